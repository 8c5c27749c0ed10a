"""Records for tests of what reads records: those of the samples, those of the seeds, and some made for the purpose."""

import json
from functools import cache
from typing import Any

from conftest import FIXTURES, SHARED
from pv_extract import pipeline
from pv_extract.grammar import load_grammars
from pv_extract.records import Record

SAMPLES = sorted((FIXTURES / "text").glob("*.txt")) + sorted((FIXTURES / "variety" / "text").glob("*.txt"))
SEEDS = sorted((SHARED / "corpus" / "seeds").glob("*.txt"))


@cache
def extracted(sources: tuple = tuple(SAMPLES)) -> tuple[Record, ...]:
    """The records of documents, extracted once for all tests."""
    grammar = load_grammars()
    return tuple(pipeline.extract(source, grammar) for source in sources)


def made(name: str = "seance.txt", **parts: Any) -> Record:
    """A record that says no more than what is given; each name is another document."""
    source = {"name": name, "sha256": name.encode().hex().ljust(64, "0")[:64], "media_type": "text/plain"}
    return Record.model_validate_json(
        json.dumps({"source": {**source, "pages": 1, "reader": "text", "ocr": None}, **parts})
    )


def hostile() -> Record:
    """A record whose texts are a trial for every format."""
    person = {"id": "jean-dupre", "name": 'DUPRÉ, Jean "Jo" <jd@example.org>; & fils'}
    return made(
        "../../etc/=séance|1,2.txt",
        meeting={
            "title": '=HYPERLINK("http://example.org")',
            "date": "2024-02-29",
            "place": "salle A | salle B",
            "organization": {"name": "@Valmorin", "kind": "commune"},
            "body": {"name": 'Conseil,\n"municipal"', "kind": "conseil_municipal"},
        },
        attendance={"members": [{**person, "status": "present", "role": "+maire"}]},
        deliberations=[
            {"title": "-2+3+cmd|' /C calc'!A0", "text": "\x00Vu\x0b le\x1f code ]]> & <p> " + "très long " * 20_000},
            {"title": "Budget", "amounts": [{"value": "9" * 40 + ".123456789012", "currency": "EUR"}]},
        ],
    )
