"""How many pixels make an inch: what a file tells, where it can be, else what makes a page of usual width."""

LEAST_DPI = 70
PAGE_WIDTH = 8.27
"""The width of an A4 page in inches: gives the resolution of an image that does not tell its own."""
PAGE_WIDTHS = (4.0, 24.0)
"""Widths of pages in inches; many programs write 72 dpi whatever the resolution is."""


def resolution(told: float, width: float, height: float) -> float:
    """The resolution told (0: none) of an image in pixels, if it makes a page of usual size, else that of A4."""
    side = min(width, height)
    if told >= LEAST_DPI and PAGE_WIDTHS[0] < side / told < PAGE_WIDTHS[1]:
        return told
    return max(LEAST_DPI, side / PAGE_WIDTH)
