"""What a check found, file by file, each finding with a fingerprint that outlives other changes of its file."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from pv_extract.checks import Finding, Severity, Skipped, Words
from pv_extract.grammar import fold


@dataclass(frozen=True)
class Reported:
    """A finding, its fingerprint, and whether it makes the check fail."""

    finding: Finding
    fingerprint: str
    fails: bool


@dataclass(frozen=True)
class Checked:
    """One file: what was found in it, which rules could not be evaluated and why, which found nothing.

    ``path`` is relative to the working folder where it is below it. ``problem`` says why the file could not be
    checked; ``minutes`` whether it was taken for minutes: anything else is not checked.
    """

    path: str
    found: tuple[Reported, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    passed: tuple[str, ...] = ()
    problem: Words | None = None
    minutes: bool = True


@dataclass(frozen=True)
class Report:
    """All files of a check, in its order, each once; ``accepted`` findings stand in the baseline and are left out."""

    files: tuple[Checked, ...]
    accepted: int = 0

    def findings(self) -> Iterator[tuple[Checked, Reported]]:
        """Every finding with its file."""
        return ((file, each) for file in self.files for each in file.found)

    def count(self, severity: Severity) -> int:
        """How many findings have a severity."""
        return sum(each.finding.severity == severity for _, each in self.findings())


def reported(path: str, findings: Sequence[Finding], fails: Callable[[Severity], bool]) -> tuple[Reported, ...]:
    """The findings of a file in the order of their places."""
    ordered = sorted(findings, key=lambda f: (f.span or (1 << 60, 0), f.rule))
    seen: Counter[str] = Counter()
    result = []
    for finding in ordered:
        core = identity(path, finding)
        seen[core] += 1
        result.append(Reported(finding, digest(core, seen[core]), fails(finding.severity)))
    return tuple(result)


def identity(path: str, finding: Finding) -> str:
    """What stays of a finding when lines are added before it or spaces, case and accents change."""
    quote = " ".join(fold(finding.quote or "").lower().split())
    return "\n".join((finding.rule, path, quote, finding.message.en))


def digest(identity: str, number: int) -> str:
    """The fingerprint of the nth finding with an identity: 32 hexadecimal digits."""
    return sha256(f"{identity}\n{number}".encode("utf-8", "surrogateescape")).hexdigest()[:32]


def merged(files: Sequence[Checked]) -> tuple[Checked, ...]:
    """The files, each once: what was found in one meeting and what was found across meetings, together."""
    together: dict[str, Checked] = {}
    for file in files:
        known = together.get(file.path)
        together[file.path] = joined(known, file) if known else file
    return tuple(together.values())


def joined(first: Checked, second: Checked) -> Checked:
    """Two accounts of one file as one."""
    found = (*first.found, *second.found)
    broken = {each.finding.rule for each in found}
    passed = tuple(rule for rule in (*first.passed, *second.passed) if rule not in broken)
    return Checked(
        first.path, found, (*first.skipped, *second.skipped), passed, first.problem or second.problem, first.minutes
    )
