"""Which scans in colour are given to the engine in grey."""

import pytest
from PIL import Image, ImageDraw

from pv_extract.readers.greys import in_grey
from pv_extract.readers.scan import PageImage


def scan(folder, name, paper=(250, 248, 240), ink=(20, 20, 24), coloured=0):
    """A page of type, of which so many letters are red."""
    page = Image.new("RGB", (827, 1169), paper)
    draw = ImageDraw.Draw(page)
    for row in range(30):
        draw.text((80, 60 + 34 * row), "Le conseil municipal approuve le budget " * 2, fill=ink)
    draw.text((80, 20), "L" * coloured, fill=(200, 20, 20), stroke_width=1, stroke_fill=(200, 20, 20))
    page.save(folder / name, quality=90)
    return PageImage(folder / name, 100)


@pytest.mark.parametrize("name", ["page.ppm", "page.jpg", "page.png"])
def test_a_page_without_colour_becomes_grey(name, tmp_path):
    page = scan(tmp_path, name, coloured=3)
    grey = in_grey(page, tmp_path)
    assert grey.path != page.path and grey.dpi == page.dpi
    with Image.open(grey.path) as picture:
        assert (picture.mode, picture.size) == ("L", (827, 1169))
        assert picture.getpixel((10, 10)) > 240 and picture.getextrema()[0] < 60


@pytest.mark.parametrize("name", ["page.ppm", "page.jpg"])
def test_a_line_of_coloured_type_keeps_its_colour(name, tmp_path):
    page = scan(tmp_path, name, coloured=80)
    assert in_grey(page, tmp_path) == page


def test_coloured_paper_keeps_its_colour(tmp_path):
    page = scan(tmp_path, "page.ppm", paper=(255, 240, 170))
    assert in_grey(page, tmp_path) == page


@pytest.mark.parametrize("mode", ["L", "1"])
def test_a_grey_page_is_left_alone(mode, tmp_path):
    Image.new(mode, (827, 1169), 1).save(tmp_path / "page.png")
    page = PageImage(tmp_path / "page.png", 100)
    assert in_grey(page, tmp_path) == page
