"""Checking files one after another, and then the meetings of each body against one another."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pv_extract.checks import case_of, run
from pv_extract.checks.contract import Finding
from pv_extract.checks.meetings import Meeting
from pv_extract.checks.series import kept, run_across
from pv_extract.conventions import Conventions
from pv_extract.minutes import Given, opened
from pv_extract.policy import Demands, Policy, policy_for
from pv_extract.readers import ReadOptions
from pv_extract.reports import Checked, reported


@dataclass
class Checking:
    """One run over any number of files. Of a file that was checked only a few kilobytes are kept."""

    demands: Demands
    options: ReadOptions
    asked: Conventions = field(default_factory=Conventions)
    meetings: list[Meeting] = field(default_factory=list)
    policies: dict[str, Policy] = field(default_factory=dict)

    def check(self, given: Given) -> Checked:
        """What is found in one file. Raises as ``minutes.opened``, UsageError for a wrong configuration."""
        path, policy = shown(given), policy_for(given.file, self.demands)
        told = self.asked.within(policy.configuration)
        minutes = opened(given, told.grammar, self.options, told.register)
        if not minutes.recognised:
            return Checked(path, minutes=False)
        case = case_of(minutes.record, policy.configuration.assembly, minutes.layout)
        outcome = run(case, policy.selects)
        if meeting := kept(path, case):
            self.meetings.append(meeting)
            self.policies[path] = policy
        found = [policy.weighed(finding) for finding in outcome.findings]
        broken = {finding.rule for finding in found}
        passed = tuple(rule for rule in outcome.checked if rule not in broken)
        return Checked(path, reported(path, found, policy.fails), outcome.skipped, passed)

    def across(self) -> Iterator[Checked]:
        """What is found from one meeting to the next, by file; to be asked for once all files are checked."""
        found: dict[str, list[Finding]] = defaultdict(list)
        for path, finding in run_across(self.meetings):
            if self.policies[path].selects(finding.rule):
                found[path].append(self.policies[path].weighed(finding))
        for path, findings in found.items():
            yield Checked(path, reported(path, findings, self.policies[path].fails))


def shown(given: Given) -> str:
    """The path by which a file is named in reports: from the working folder where it is below it."""
    if given.file == "-":
        return f"stdin{given.place}"
    path, here = Path(given.file).absolute(), Path.cwd()
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix() + given.place
