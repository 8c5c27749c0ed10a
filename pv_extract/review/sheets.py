"""The pages beside the facts: pictures with boxes on them, or the text with its passages marked."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from pv_extract.document import Document
from pv_extract.readers.pictures import Picture
from pv_extract.records import Record
from pv_extract.review.places import Place, Places


@dataclass(frozen=True)
class Mark:
    """A place on a picture: left, top, width, height in hundredths of the page."""

    number: int
    place: Place
    doubtful: bool
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class PictureSheet:
    """A page as picture, a data URI; ``unmarked`` are the numbers of the places whose box is not known."""

    number: int
    image: str
    marks: tuple[Mark, ...]
    unmarked: tuple[int, ...]


@dataclass(frozen=True)
class Piece:
    """A run of text: the numbers of the places that begin here, the innermost that it is in, and how it is marked."""

    text: str
    begins: tuple[int, ...] = ()
    place: int | None = None
    doubtful: bool = False
    unclaimed: bool = False


@dataclass(frozen=True)
class TextSheet:
    """A page as text."""

    number: int
    pieces: tuple[Piece, ...]


def picture_sheets(pictures: Iterable[Picture], places: Places) -> Iterator[PictureSheet]:
    """The pages that have a picture; a box that does not fit its page is not shown."""
    for number, picture in enumerate(pictures, 1):
        here = [(place, n) for place, n in places.numbers.items() if place.page == number]
        marks = tuple(mark for place, n in here if (mark := _mark(place, n, picture, place in places.doubtful)))
        shown = {mark.number for mark in marks}
        image = f"data:image/jpeg;base64,{b64encode(picture.jpeg).decode()}" if picture.jpeg else ""
        yield PictureSheet(number, image, marks, tuple(n for _, n in here if n not in shown))


def _mark(place: Place, number: int, picture: Picture, doubtful: bool) -> Mark | None:
    if place.box is None or not picture.jpeg:
        return None
    x0, top, x1, bottom = place.box
    if x1 > picture.width * 1.01 or bottom > picture.height * 1.01:
        return None
    across, down = 100 / picture.width, 100 / picture.height
    sides = (x0 * across, top * down, (x1 - x0) * across, (bottom - top) * down)
    return Mark(number, place, doubtful, *(round(side, 2) for side in sides))


def text_sheets(document: Document, record: Record, places: Places) -> Iterator[TextSheet]:
    """The pages of a text, cut where a place or a passage that no rule took begins or ends."""
    for page in document.pages:
        end = page.start + len(document.text[page.start : page.end].removesuffix("\f"))
        yield TextSheet(page.number, tuple(pieces(document.text, (page.start, end), record, places)))


def pieces(text: str, part: tuple[int, int], record: Record, places: Places) -> Iterator[Piece]:
    """A part of the text in pieces."""
    start, end = part
    inside = [(place, n) for place, n in places.numbers.items() if start <= place.span[0] < end]
    loose = [each.span for each in record.unclaimed]
    spans = [place.span for place, _ in inside] + loose
    cuts = sorted({start, end, *(cut for span in spans for cut in span if start < cut < end)})
    for left, right in pairwise(cuts):
        around = [(place, n) for place, n in inside if place.span[0] <= left and right <= place.span[1]]
        begins = tuple(n for place, n in inside if place.span[0] == left)
        inner = min(around, key=lambda pair: (pair[0].span[1] - pair[0].span[0], pair[1]), default=None)
        unclaimed = any(first <= left and right <= last for first, last in loose)
        number, doubtful = (inner[1], inner[0] in places.doubtful) if inner else (None, False)
        yield Piece(text[left:right], begins, number, doubtful, unclaimed)
