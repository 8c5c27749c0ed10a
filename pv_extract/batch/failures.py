"""What went wrong with a document: its class, what happened, what to do; one line of ``failures.jsonl`` each."""

import json
import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pv_extract.errors import OcrMissing, PvExtractError

Kind = Literal["missing", "changed", "unreadable", "ocr", "timeout", "memory", "crash", "lost", "version", "bug"]
Words = tuple[str, str]  # English, French
LONGEST = 200  # characters of an error's own words


@dataclass(frozen=True)
class Failure:
    """A document that has no record, and why.

    ``transient``: the same command may succeed as it is, so that the next run tries again. ``limit`` is the one
    that the document went over (seconds, or megabytes); a run with a higher one tries again.
    """

    name: str
    sha256: str | None
    recipe: str
    kind: Kind
    transient: bool
    message: Words
    advice: Words
    limit: float | None = None

    def line(self) -> str:
        """The failure as a line of JSON."""
        fields: dict[str, Any] = asdict(self)
        fields["class"] = "transient" if fields.pop("transient") else "permanent"
        for key in ("message", "advice"):
            fields[key] = dict(zip(("en", "fr"), fields[key], strict=True))
        return json.dumps(fields, ensure_ascii=False, sort_keys=True)

    @classmethod
    def of_line(cls, line: str | bytes) -> "Failure":
        """The failure that a line of JSON tells."""
        fields = json.loads(line)
        fields["transient"] = fields.pop("class") == "transient"
        for key in ("message", "advice"):
            fields[key] = (fields[key]["en"], fields[key]["fr"])
        return cls(**fields)

    def stands(self, recipe: str, timeout: float, memory: int) -> bool:
        """Whether a run of this recipe, under these limits, would only see it again."""
        allowed = {"timeout": timeout, "memory": memory}.get(self.kind)
        raised = allowed is not None and self.limit is not None and allowed > self.limit
        return not self.transient and self.recipe == recipe and not raised


def failed(
    kind: Kind,
    name: str,
    digest: str | None,
    recipe: str,
    told: object = "",
    *,
    limit: float | None = None,
    transient: bool = False,
) -> Failure:
    """A document that failed in one of the ways of ``failures.toml``; ``told`` is what its message has to add.

    ``transient`` where this time it may pass though its kind does not.
    """
    known = _kinds()[kind]
    english, french = known["message"]
    message = english.format(told), french.format(told)
    passes = transient or known["transient"]
    return Failure(name, digest, recipe, kind, passes, message, tuple(known["advice"]), limit)


def refused(name: str, digest: str, recipe: str, error: PvExtractError) -> Failure:
    """A document that its reader refuses; the error's words behind the last colon say what to do."""
    english, french = error.english.rpartition(": "), error.french.rpartition(" : ")
    message, advice = (english[0] or english[2], french[0] or french[2]), (english[2], french[2])
    lacking = isinstance(error, OcrMissing)
    return Failure(name, digest, recipe, "ocr" if lacking else "unreadable", lacking, message, advice)


def unforeseen(name: str, digest: str, recipe: str, error: BaseException, kind: Kind = "bug") -> Failure:
    """A document on which the program itself failed, or the cluster that ran it."""
    return failed(kind, name, digest, recipe, f"{type(error).__name__}: {error}"[:LONGEST])


@cache
def _kinds() -> dict[str, Any]:
    return tomllib.loads((files("pv_extract.batch") / "failures.toml").read_text(encoding="utf-8"))
