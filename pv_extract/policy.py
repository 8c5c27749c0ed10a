"""What is asked of a check: which rules, how grave, from which severity on it fails."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from pv_extract.checks import Finding, Severity, sheets
from pv_extract.checks.contract import SEVERITIES
from pv_extract.configuration import Configuration, FailOn
from pv_extract.conventions import configuration_for
from pv_extract.errors import UsageError


@dataclass(frozen=True)
class Demands:
    """What the command line asks for; it goes before what a ``pv-extract.toml`` says."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: FailOn | None = None
    config: Path | None = None


@dataclass(frozen=True)
class Policy:
    """The rules for one file, from the command line and the configuration that is nearest to it."""

    configuration: Configuration
    demands: Demands
    file: Path

    @cached_property
    def spared(self) -> tuple[str, ...]:
        """The rules, or beginnings of ids, that this file is spared."""
        ignores = self.configuration.check.ignore_files
        return tuple(rule for each in ignores if each.covers(self.file) for rule in each.rules)

    def selects(self, rule: str) -> bool:
        """Whether a rule is applied to the file; of a selected and an ignored beginning, the longer one decides."""
        check = self.configuration.check
        select, ignore = self.demands.select or check.select, self.demands.ignore or check.ignore
        if longest(self.spared, rule):
            return False
        return longest(select or ("P",), rule) > longest(ignore, rule)

    def weighed(self, finding: Finding) -> Finding:
        """The finding with the severity that the configuration gives to its rule, less a step where it is unsure."""
        severities = self.configuration.check.severity
        length = longest(severities, finding.rule)
        if not length:
            return finding
        rank = SEVERITIES.index(severities[finding.rule[:length]])
        return replace(finding, severity=SEVERITIES[max(0, rank - finding.unsure)])

    def fails(self, severity: Severity) -> bool:
        """Whether a finding of a severity makes the check fail."""
        least = self.demands.fail_on or self.configuration.check.fail_on
        return least != "never" and SEVERITIES.index(severity) >= SEVERITIES.index(least)


def longest(beginnings: Iterable[str], rule: str) -> int:
    """The length of the longest beginning of a rule's id among some; 0 where there is none."""
    return max((len(each) for each in beginnings if rule.startswith(each)), default=0)


def policy_for(source: str, demands: Demands) -> Policy:
    """The policy for a source. Raises UsageError for a configuration that is wrong or names no known rule."""
    file = Path("stdin" if source == "-" else source).resolve()
    configuration = configuration_for(source, demands.config)
    check = configuration.check
    spared = [rule for each in check.ignore_files for rule in each.rules]
    known([*check.select, *check.ignore, *check.severity, *spared])
    return Policy(configuration, demands, file)


def known(beginnings: Sequence[str]) -> None:
    """Raise UsageError for a beginning that no rule has."""
    for beginning in beginnings:
        if not any(rule.startswith(beginning) for rule in sheets()):
            raise UsageError(
                f"no rule begins with {beginning}: `pv-extract check --explain PV` shows them all",
                f"aucune règle ne commence par {beginning} : `pv-extract check --explain PV` les montre toutes",
            )
