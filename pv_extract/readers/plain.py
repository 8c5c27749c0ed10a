"""Text and Markdown, as people and OCR engines write them."""

import re

from pv_extract.document import Document, Page
from pv_extract.readers.decoding import decode
from pv_extract.readers.notation import notation_of
from pv_extract.readers.source import ReadOptions, Source
from pv_extract.readers.styling import style_runs

MARKDOWN_EXTENSIONS = ("md", "markdown", "mkd")


def read(source: Source, options: ReadOptions) -> Document:
    """The text exactly as written; its notation is listed in ``markup``, form feeds separate pages."""
    text = decode(source)
    markup, intervals = notation_of(text)
    markdown = source.extension(options) in MARKDOWN_EXTENSIONS
    return Document(
        name=source.name,
        sha256=source.sha256,
        media_type="text/markdown" if markdown else "text/plain",
        reader="markdown" if markdown else "text",
        text=text,
        pages=pages_of(text),
        styles=style_runs(intervals),
        markup=markup,
    )


def pages_of(text: str) -> tuple[Page, ...]:
    r"""The pages of a text: each ends with its form feed, the last one with the text.

    >>> [(page.start, page.end) for page in pages_of("un\fdeux\f")]
    [(0, 3), (3, 8)]
    """
    ends = [match.end() for match in re.finditer("\f", text)]
    if not ends or text[ends[-1] :].strip():
        ends.append(len(text))
    else:
        ends[-1] = len(text)
    starts = [0, *ends[:-1]]
    return tuple(Page(number, *bounds) for number, bounds in enumerate(zip(starts, ends, strict=True), 1))
