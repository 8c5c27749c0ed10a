"""What went wrong with a document: its class, what happened, what to do; one line of ``failures.jsonl`` each."""

import json
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pv_extract.errors import OcrMissing, PvExtractError

Kind = Literal["missing", "changed", "unreadable", "ocr", "timeout", "memory", "crash", "lost", "version", "bug"]
Words = tuple[str, str]  # English, French


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


def refused(name: str, digest: str, recipe: str, error: PvExtractError) -> Failure:
    """A document that its reader refuses; the error's words behind the last colon say what to do."""
    english, french = error.english.rpartition(": "), error.french.rpartition(" : ")
    message, advice = (english[0] or english[2], french[0] or french[2]), (english[2], french[2])
    missing = isinstance(error, OcrMissing)
    return Failure(name, digest, recipe, "ocr" if missing else "unreadable", missing, message, advice)


def missing(name: str, digest: str | None, recipe: str, reason: str) -> Failure:
    """A source that is not there, or no longer, or that cannot be opened."""
    return Failure(
        name,
        digest,
        recipe,
        "missing",
        True,
        (f"cannot be opened ({reason})", f"ne peut être ouvert ({reason})"),
        ("put it back or check the permissions, then run again", "remettez-le ou vérifiez les droits, puis relancez"),
    )


def changed(name: str, digest: str, recipe: str) -> Failure:
    """A source whose bytes are no longer those that were listed."""
    return Failure(
        name,
        digest,
        recipe,
        "changed",
        True,
        ("was changed while the batch ran", "a été modifié pendant le traitement"),
        ("run again once it is finished", "relancez quand il sera définitif"),
    )


def too_slow(name: str, digest: str, recipe: str, seconds: float) -> Failure:
    """A document that took longer than allowed: its process was ended."""
    return Failure(
        name,
        digest,
        recipe,
        "timeout",
        False,
        (f"was not done after {seconds:g} s, and was ended", f"n'était pas fini après {seconds:g} s, et a été arrêté"),
        ("split it, or run again with a higher --timeout", "scindez-le, ou relancez avec un --timeout plus élevé"),
        seconds,
    )


def too_big(name: str, digest: str, recipe: str, megabytes: int) -> Failure:
    """A document that took more memory than allowed: its process was ended."""
    return Failure(
        name,
        digest,
        recipe,
        "memory",
        False,
        (
            f"took more than {megabytes} MB of memory, and was ended",
            f"prenait plus de {megabytes} Mo de mémoire, et a été arrêté",
        ),
        (
            "split it, or run again with a higher --max-memory",
            "scindez-le, ou relancez avec un --max-memory plus élevé",
        ),
        megabytes,
    )


def crashed(name: str, digest: str, recipe: str, how: str, killed: bool) -> Failure:
    """A document whose process died twice; ``killed``: from outside, as a machine out of memory does."""
    return Failure(
        name,
        digest,
        recipe,
        "crash",
        killed,
        (f"its process died twice ({how})", f"son processus est mort deux fois ({how})"),
        (
            "look at the file; convert it to another format, or run with fewer --jobs if memory was short",
            "examinez le fichier ; convertissez-le, ou relancez avec moins de --jobs si la mémoire manquait",
        ),
    )


def lost(name: str, digest: str, recipe: str, how: str) -> Failure:
    """A document that a cluster lost with its workers."""
    return Failure(
        name,
        digest,
        recipe,
        "lost",
        True,
        (f"was lost by the cluster ({how})", f"a été perdu par la grappe ({how})"),
        ("look at the workers' logs, then run again", "consultez les journaux des workers, puis relancez"),
    )


def other_version(name: str, digest: str, recipe: str) -> Failure:
    """A document given to a worker that would make another record of it."""
    return Failure(
        name,
        digest,
        recipe,
        "version",
        True,
        (
            "its worker has another version of pv-extract or other grammars",
            "son worker a une autre version de pv-extract ou d'autres grammaires",
        ),
        ("install the same on all machines, then run again", "installez la même partout, puis relancez"),
    )


def unforeseen(name: str, digest: str, recipe: str, error: Exception) -> Failure:
    """A document on which the program itself failed."""
    what = f"{type(error).__name__}: {error}"[:200]
    return Failure(
        name,
        digest,
        recipe,
        "bug",
        False,
        (f"unexpected error ({what})", f"erreur imprévue ({what})"),
        (
            "report it with what `pv-extract --debug extract` prints for this file",
            "signalez-la avec ce qu'affiche `pv-extract --debug extract` pour ce fichier",
        ),
    )
