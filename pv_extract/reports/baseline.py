"""The findings that somebody accepted: a file of fingerprints, so that a check tells only of what is new."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pv_extract.errors import UsageError
from pv_extract.output import write
from pv_extract.reports.report import Checked


class Accepted(BaseModel):
    """One accepted finding; rule, path and message are there for whoever reads the file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    rule: str
    path: str
    message: str


class Contents(BaseModel):
    """What a baseline file holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    version: int = 1
    findings: tuple[Accepted, ...] = ()


@dataclass(frozen=True)
class Baseline:
    """The accepted findings by fingerprint."""

    accepted: Mapping[str, Accepted]

    def new_in(self, file: Checked) -> Checked:
        """The file with those findings only that nobody accepted."""
        return replace(file, found=tuple(each for each in file.found if each.fingerprint not in self.accepted))


def load(file: Path) -> Baseline:
    """The baseline in a file. Raises UsageError where there is none, or where it is none."""
    try:
        contents = Contents.model_validate_json(file.read_bytes())
    except OSError as error:
        raise UsageError(
            f"{file}: no baseline to read ({error.strerror}): make it with --update",
            f"{file} : pas de référence à lire ({error.strerror}) : créez-la avec --update",
        ) from error
    except ValidationError as error:
        raise UsageError(
            f"{file} is no baseline: delete it and make it again with --update",
            f"{file} n'est pas une référence : supprimez-la et refaites-la avec --update",
        ) from error
    return Baseline({each.fingerprint: each for each in contents.findings})


def update(file: Path, checked: Iterable[Checked]) -> int:
    """Accept all that was found, and say how much; what stood there of files that were not checked now stays.

    Raises UsageError where the file cannot be written.
    """
    files = tuple(checked)
    paths = {each.path for each in files}
    before = load(file).accepted.values() if file.exists() else ()
    kept = [each for each in before if each.path not in paths]
    found = [
        Accepted(fingerprint=r.fingerprint, rule=r.finding.rule, path=f.path, message=r.finding.message.en)
        for f in files
        for r in f.found
    ]
    ordered = sorted([*kept, *found], key=lambda each: (each.path, each.rule, each.fingerprint))
    contents = Contents(findings=tuple(ordered)).model_dump()
    write(json.dumps(contents, ensure_ascii=False, indent=1) + "\n", file)
    return len(found)
