"""What OCR read, kept as ALTO 4.4: one file for each page image, found again by the image's fingerprint.

OCR is the dear step. A METS file lists the pages of a source that was read by OCR alone, so that the
folder can be read in the place of the scan.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import file_digest
from itertools import count, groupby
from pathlib import Path
from typing import TYPE_CHECKING

from pv_extract import __version__
from pv_extract.errors import UnreadableSource
from pv_extract.files import cannot_write, write
from pv_extract.readers import alto
from pv_extract.readers.engine import OcrWord
from pv_extract.readers.ocr_file import OcrFile
from pv_extract.readers.scan import PageImage
from pv_extract.readers.source import Source

if TYPE_CHECKING:
    from lxml.etree import _Element

ALTO = "http://www.loc.gov/standards/alto/ns-v4#"
METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
ENGINE = "tesseract"
LANGUAGE = re.compile(r"[a-z]{2,3}")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that XML cannot hold."""


def place(folder: Path, image: PageImage, lang: str) -> Path:
    """The file of what is read on an image in a language, whatever the version of the engine."""
    with image.path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    return folder / f"{digest}.{ENGINE}.{re.sub(r'[^A-Za-z0-9_+]', '-', lang)}.alto.xml"


def load(file: Path, image: PageImage) -> OcrFile | None:
    """What an earlier run kept of an image, None where it kept nothing that can be read."""
    try:
        return alto.content(Source(file.name, file.read_bytes(), file), image.dpi)
    except (OSError, UnreadableSource):
        return None


def save(file: Path, words: Sequence[OcrWord], image: PageImage, lang: str, engine: str) -> None:
    """Keep the words of a page; raises UsageError where the folder cannot be made or takes no file."""
    from lxml import etree
    from PIL import Image

    with Image.open(image.path) as picture:
        size = picture.size
    root = etree.Element(f"{{{ALTO}}}alto", nsmap={None: ALTO}, SCHEMAVERSION="4.4")
    _describe(root, file.name.partition(".")[0], image, lang, engine)
    languages = {"LANG": lang} if LANGUAGE.fullmatch(lang) else {}
    page = _add(_add(root, "Layout"), "Page", ID="P1", PHYSICAL_IMG_NR=1, WIDTH=size[0], HEIGHT=size[1], **languages)
    _add_columns(_add(page, "PrintSpace", HPOS=0, VPOS=0, WIDTH=size[0], HEIGHT=size[1]), words)
    _write(root, file)


def _describe(root: "_Element", digest: str, image: PageImage, lang: str, engine: str) -> None:
    description = _add(root, "Description")
    _add(description, "MeasurementUnit").text = "pixel"
    _add(_add(description, "sourceImageInformation"), "fileIdentifier").text = f"sha256:{digest}"
    name, _, version = engine.partition(" ")
    turns = f" turns={image.turns}" if image.turns else ""
    settings = f"lang={lang} resolution={float(image.dpi)!r}{turns}"
    for number, program in enumerate(((name, version, settings), ("pv-extract", __version__, "")), 1):
        step = _add(description, "Processing", ID=f"OCR{number}")
        if program[2]:
            _add(step, "processingStepSettings").text = program[2]
        software = _add(step, "processingSoftware")
        _add(software, "softwareName").text = program[0]
        _add(software, "softwareVersion").text = program[1]


def _add_columns(space: "_Element", words: Iterable[OcrWord]) -> None:
    numbers = count(1)
    for number, ((part, _), column) in enumerate(groupby(words, key=lambda w: (w.part, w.column)), 1):
        parent = _add(space, "ComposedBlock", ID=f"C{number}", TYPE=part)
        for _, block in groupby(column, key=lambda w: w.block):
            identity = next(numbers)
            lines = _add(parent, "TextBlock", ID=f"B{identity}")
            for index, (_, row) in enumerate(groupby(block, key=lambda w: (w.paragraph, w.line)), 1):
                line = _add(lines, "TextLine", ID=f"B{identity}L{index}")
                for word in row:
                    style = {"STYLE": alto.UNDERLINE} if word.underlined else {}
                    _add(line, "String", CONTENT=word.text, **_box(word), **style, WC=repr(float(word.confidence)))


def _box(word: OcrWord) -> dict[str, str]:
    x0, top, x1, bottom = word.box
    return {"HPOS": f"{x0:.10g}", "VPOS": f"{top:.10g}", "WIDTH": f"{x1 - x0:.10g}", "HEIGHT": f"{bottom - top:.10g}"}


def _add(parent: "_Element", name: str, **attributes: object) -> "_Element":
    from lxml import etree

    item = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}")
    for key, value in attributes.items():
        item.set(key, UNPRINTABLE.sub("\ufffd", str(value)))
    return item


def bind(folder: Path, source: Source, pages: Sequence[Path | None]) -> None:
    """List the files of a source's pages in a METS file, unless a page was not read by OCR (None)."""
    from lxml import etree

    if not pages or None in pages:
        return
    root = etree.Element(f"{{{METS}}}mets", nsmap={None: METS, "xlink": XLINK})
    group = _add(_add(root, "fileSec"), "fileGrp", USE="ALTO")
    pile = _add(_add(root, "structMap", TYPE="PHYSICAL"), "div", TYPE="physSequence")
    for number, page in enumerate(pages, 1):
        file = _add(group, "file", ID=f"F{number}", MIMETYPE=alto.MEDIA_TYPE)
        _add(file, "FLocat", LOCTYPE="URL").set(f"{{{XLINK}}}href", page.name if page else "")
        _add(_add(pile, "div", TYPE="page", ORDER=number), "fptr", FILEID=f"F{number}")
    _write(root, folder / f"{Path(source.name).stem}-{source.sha256[:12]}.mets.xml")


def _write(root: "_Element", file: Path) -> None:
    from lxml import etree

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise cannot_write(file.parent, error) from None
    etree.indent(root)
    write('<?xml version="1.0" encoding="UTF-8"?>\n' + etree.tostring(root, encoding="unicode") + "\n", file)
