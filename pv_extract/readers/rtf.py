"""Rich Text Format, as Word and WordPad write it: text, bold, italics, the cells of tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pv_extract.document import Document
from pv_extract.readers.office import Run, Writer
from pv_extract.readers.source import ReadOptions, Source

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
UNPRINTED = frozenset(
    (
        *("fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "listtable", "fldinst"),
        *("listoverridetable", "themedata", "datastore", "xmlnstbl", "deleted"),
    )
)
APART = frozenset(("footnote", *(f"{place}{pages}" for place in ("header", "footer") for pages in ("", "l", "r", "f"))))
"""Groups that are no part of the body."""
SIGNS = {
    "tab": "\t",
    "line": "\n",
    "cell": "\t",
    "emdash": "—",
    "endash": "–",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "bullet": "•",
}
SYMBOLS = {"~": "\xa0", "_": "-", "-": "", "\\": "\\", "{": "{", "}": "}"}
PARAGRAPH_ENDS = frozenset(("par", "row", "sect", "page"))


@dataclass(frozen=True, slots=True)
class State:
    """What a group of RTF says of its text; ``skip`` is how many characters follow a Unicode sign."""

    bold: bool = False
    italic: bool = False
    hidden: bool = False
    apart: bool = False
    skip: int = 1


def read(source: Source, options: ReadOptions) -> Document:
    """The body of the text, paragraph by paragraph; headers, footers and notes apart.

    Raises UnreadableSource where it holds no text.
    """
    text = source.data.decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", text[:1000])
    writer = Writer()
    lines: dict[bool, list[Run]] = {False: [], True: []}
    for run, apart in _runs(text, f"cp{page[1]}" if page else "cp1252"):
        if run is not None:
            lines[apart].append(run)
        elif apart:
            writer.apart([lines.pop(True)])
            lines[True] = []
        else:
            writer.paragraph(_without_mark(lines.pop(False)))
            lines[False] = []
    if lines[False]:
        writer.paragraph(lines[False])
    writer.apart([lines[True]])
    return writer.document(source, "application/rtf", "rtf")


def _without_mark(line: list[Run]) -> list[Run]:
    """A line without the mark of the last cell of a table row."""
    return line[:-1] if line and line[-1].text == "\t" else line


def _runs(text: str, code_page: str) -> Iterator[tuple[Run | None, bool]]:
    """The printed text of an RTF source, and whether it stands apart from the body; None ends a paragraph."""
    state, stack, ignore = State(), list[State](), 0
    for match in TOKEN.finditer(text):
        word, number, code, symbol, brace, plain = match.groups()
        if brace == "{":
            stack.append(state)
        elif brace == "}":
            state = stack.pop() if stack else state
        elif word:
            state, printed = _control(state, word, number)
            ignore = state.skip if word == "u" else 0
            if not state.hidden and printed is not None:
                yield Run(printed, state.bold, state.italic) if printed else None, state.apart
        elif symbol == "*":
            state = replace(state, hidden=True)
        elif not state.hidden and (code or symbol or plain):
            printed = _decoded(code, code_page) if code else SYMBOLS.get(symbol, "") if symbol else plain
            ignored, ignore = min(ignore, len(printed)), max(0, ignore - len(printed))
            if printed[ignored:]:
                yield Run(printed[ignored:], state.bold, state.italic), state.apart


def _control(state: State, word: str, number: str | None) -> tuple[State, str | None]:
    """The state after a control word, and what it prints: None nothing, an empty text a paragraph's end."""
    on = number != "0"
    if word == "b":
        return replace(state, bold=on), None
    if word == "i":
        return replace(state, italic=on), None
    if word == "plain":
        return replace(state, bold=False, italic=False), None
    if word == "uc":
        return replace(state, skip=int(number or 1)), None
    if word in APART:
        return replace(state, apart=True), ""
    if word in UNPRINTED or (word == "v" and on):
        return replace(state, hidden=True), None
    if word == "u" and number:
        character = chr(int(number) % 0x10000)
        return state, "\ufffd" if "\ud800" <= character <= "\udfff" else character
    return state, "" if word in PARAGRAPH_ENDS else SIGNS.get(word)


def _decoded(code: str, code_page: str) -> str:
    try:
        return bytes.fromhex(code).decode(code_page)
    except (LookupError, UnicodeDecodeError):
        return bytes.fromhex(code).decode("latin-1")
