"""PDF: the text layer where a page has one, else OCR of the page's image."""

from collections import deque
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2 as pdfium

from pv_extract.document import Document, upright_size
from pv_extract.errors import UnreadableSource
from pv_extract.readers.composition import Composer, Line, Placed
from pv_extract.readers.frames import side_frames, with_frames
from pv_extract.readers.page_image import page_image
from pv_extract.readers.pdf_drawings import Drawn, drawn_on
from pv_extract.readers.pdf_fonts import Fonts
from pv_extract.readers.pdf_page import is_standing, transform_of, upright_rotation, words_on
from pv_extract.readers.recognition import ReadPage, read_images
from pv_extract.readers.saved_ocr import bind
from pv_extract.readers.scan import PageImage
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.readers.tables import Ruled, inside_table, ruled_tables, table_lines
from pv_extract.repair.legibility import is_poor, layer_score, quality
from pv_extract.words import Box

FEW_CHARACTERS = 250
"""A layer of fewer characters over an image of the page is a stamp, a number or a scanner's banner."""
SCAN_COVERS = 0.5
"""The part of the page that images cover where it is a scan."""
OUTLINES = 150
"""A page of that many drawn paths and no character has its letters drawn."""

PAGES_AT_ONCE = 16
"""So many pages are read before a PDF is opened anew; an image of one may take a megabyte."""

NOTHING = ReadPage([])
"""What is known of a scanned page where OCR was not asked for."""


@dataclass(frozen=True)
class PageContent:
    """A page of a PDF before it is laid out: its size as it is shown, its words and what is drawn set upright.

    ``turns`` are the quarter turns against the clock that set it so.
    """

    index: int
    width: float
    height: float
    words: list[Placed]
    drawn: Drawn
    turns: int = 0

    @cached_property
    def is_scan(self) -> bool:
        """Whether images cover the page."""
        size = upright_size(self.width, self.height, self.turns)
        covered = sum(_visible_area(box, *size) for box in self.drawn.images)
        return covered >= SCAN_COVERS * max(1.0, self.width * self.height)

    @cached_property
    def has_poor_layer(self) -> bool:
        """Whether the words of the text layer are better read again."""
        return is_poor([word.text for word in self.words], self.is_scan)


def read(source: Source, options: ReadOptions) -> Document:
    """The pages in order, each from its text layer or, as ``options.ocr`` asks, from its image.

    Raises UnreadableSource for a file that is locked, damaged, cut short or without pages, and where no
    page holds a word; OcrMissing where a page needs OCR and the engine or its language is not installed.
    """
    composer, files, met = Composer(), list[Path | None](), deque[PageContent]()
    with closing(_recognised(source, met, options)) as recognised:
        for read_page in recognised:
            while not _needs_ocr(met[0], options):
                files.append(_compose(composer, met.popleft(), NOTHING, options))
            files.append(_compose(composer, met.popleft(), read_page, options))
    files += [_compose(composer, page, NOTHING, options) for page in met]
    if not composer.words:
        raise nothing_read(source, options)
    if options.save_ocr:
        bind(options.save_ocr, source, files)
    return composer.document(source, "application/pdf", "pdf", ocr_language=options.lang)


def _compose(composer: Composer, page: PageContent, read_page: ReadPage, options: ReadOptions) -> Path | None:
    """Write the page from its layer or from what OCR read, whichever is better; the file of the latter."""
    layer, size = [word.text for word in page.words], (page.width, page.height)
    score = (layer_score(layer) or 0.0) if page.has_poor_layer else None
    if read_page.engine and not (page.has_poor_layer and quality(layer) >= quality(read_page.words())):
        composer.page(read_page.lines, *size, "ocr", read_page.engine, score, read_page.turns)
        return read_page.file
    unread = options.ocr == "never" and _needs_ocr(page, options)
    lines = [] if unread else _lay_out(page)
    composer.page(lines, *size, "unread" if unread else "layer", layer_score=score, turns=page.turns)
    return None


def open_pdf(source: Source) -> pdfium.PdfDocument:
    """A PDF of one page at least; raises UnreadableSource."""
    if source.last(b"%%EOF") < source.last(b"endobj"):
        raise UnreadableSource(
            f"{source.name} is cut short (its end is missing): copy or download it again",
            f"{source.name} est tronqué (la fin manque) : copiez-le ou téléchargez-le de nouveau",
        )
    try:
        pdf = pdfium.PdfDocument(source.path if source.held is None else source.held)
    except pdfium.PdfiumError as error:
        raise _cannot_open(source, error) from None
    if len(pdf) == 0:
        raise UnreadableSource(
            f"{source.name} has no page: export it again from the program that made it",
            f"{source.name} n'a aucune page : exportez-le de nouveau depuis le logiciel qui l'a produit",
        )
    return pdf


def _cannot_open(source: Source, error: pdfium.PdfiumError) -> UnreadableSource:
    # PDFium's last error may be that of an earlier file, hence the second look.
    if "password" in str(error).lower() and b"/Encrypt" in source.data:
        return UnreadableSource(
            f"{source.name} is locked by a password: remove it, for example with "
            "qpdf --password=… --decrypt IN.pdf OUT.pdf",
            f"{source.name} est protégé par un mot de passe : retirez-le, par exemple avec "
            "qpdf --password=… --decrypt ENTREE.pdf SORTIE.pdf",
        )
    return UnreadableSource(
        f"{source.name} is damaged or no PDF: get it again, or repair it with qpdf IN.pdf OUT.pdf",
        f"{source.name} est endommagé ou n'est pas un PDF : procurez-vous-le de nouveau, ou réparez-le "
        "avec qpdf ENTREE.pdf SORTIE.pdf",
    )


def content_of(pdf: pdfium.PdfDocument, index: int, fonts: Fonts) -> PageContent:
    """A page (from 0): its size, its words the right way up, what is drawn on it."""
    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return PageContent(index, 0.0, 0.0, [], Drawn())
    with closing(page):
        transform, turns = transform_of(page), 0
        with closing(page.get_textpage()) as textpage:
            words = words_on(textpage, transform, fonts)
            if is_standing(words):  # a table printed along the long side
                rotation = upright_rotation(textpage)
                transform, turns = transform_of(page, rotation), (int(page.get_rotation()) // 90 - rotation) % 4
                words = words_on(textpage, transform, fonts)
        width, height = page.get_size()
        return PageContent(index, width, height, words, drawn_on(page, transform), turns)


def _needs_ocr(page: PageContent, options: ReadOptions) -> bool:
    if options.ocr == "always":
        return bool(page.words or page.drawn.objects)
    if sum(len(word.text) for word in page.words) >= FEW_CHARACTERS:
        return options.ocr == "auto" and page.has_poor_layer
    return page.is_scan or (not page.words and page.drawn.paths >= OUTLINES)


def _visible_area(box: Box, width: float, height: float) -> float:
    across = min(box.x1, width) - max(box.x0, 0.0)
    down = min(box.bottom, height) - max(box.top, 0.0)
    return max(0.0, across) * max(0.0, down)


def _recognised(source: Source, met: deque[PageContent], options: ReadOptions) -> Generator[ReadPage, None, None]:
    """What the scanned pages say, in order; each page is put into ``met`` before it is recognised.

    PDFium is not thread-safe, so images are made in this thread.
    """
    with TemporaryDirectory(prefix="pv-extract-") as folder:
        yield from read_images(_images(source, met, options, Path(folder)), options, Path(folder))


def _images(source: Source, met: deque[PageContent], options: ReadOptions, folder: Path) -> Iterator[PageImage]:
    """The images of the scanned pages."""
    for pdf, page in _contents(source):
        met.append(page)
        if options.ocr != "never" and _needs_ocr(page, options):
            yield page_image(pdf, page.index, folder)


def _contents(source: Source) -> Iterator[tuple[pdfium.PdfDocument, PageContent]]:
    """Each page with its PDF, which is opened anew every few pages: PDFium keeps all that it has read of it."""
    first, count = 0, 1
    while first < count:
        with closing(open_pdf(source)) as pdf:
            fonts, count = Fonts(), len(pdf)
            for index in range(first, min(first + PAGES_AT_ONCE, count)):
                yield pdf, content_of(pdf, index, fonts)
        first += PAGES_AT_ONCE


def nothing_read(source: Source, options: ReadOptions) -> UnreadableSource:
    """The error for a source in which no page holds a word."""
    if options.ocr == "never":
        return UnreadableSource(
            f"{source.name} has no text layer: read it again with --ocr auto",
            f"{source.name} n'a pas de couche de texte : relancez avec --ocr auto",
        )
    return UnreadableSource(
        f"no word was found on any page of {source.name}: check the scan (blank, upside down, too coarse?)",
        f"aucun mot trouvé sur les pages de {source.name} : vérifiez la numérisation (vierge, retournée, "
        "trop grossière ?)",
    )


def _lay_out(page: PageContent) -> list[Line | None]:
    """The lines of a page with a text layer, its ruled tables at their place."""
    lines: list[Line | None] = []
    tables = ruled_tables(page.drawn)
    frames = side_frames(page.drawn, page.words, [table.box for table in tables])
    for group in _groups(page.words, tables, frames):
        if group and lines:
            lines.append(None)
        lines += group
    return lines


def _groups(words: list[Placed], tables: list[Ruled], frames: list[Box]) -> Iterator[list[Line | None]]:
    """Text and tables in turn, from top to bottom; within text, None begins a paragraph."""
    for table in tables:
        inside = [word for word in words if inside_table(word, table)]
        above = [word for word in words if word.box.top < table.box.top and not inside_table(word, table)]
        if inside:
            yield with_frames(above, frames)
            yield from table_lines(table, inside)
            done = {id(word) for word in (*inside, *above)}
            words = [word for word in words if id(word) not in done]
    yield with_frames(words, frames)
