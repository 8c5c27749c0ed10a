"""Choices: what a damaged word may have been, and which of it the sentence asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp
from typing import NamedTuple

from pv_extract.repair.context import Context
from pv_extract.repair.odds import hangs_on_far_words, odds
from pv_extract.repair.wording import Wording

CLEAR = 0.8  # by how much, in natural logarithms, the best reading must lead the next
UNLIKELY, SURE_ALONE = 0.0, 7.0  # odds below which a reading is ruled out, and that need nothing beside them
HOPELESS_ODDS = -3.0  # odds between two neighbours alone that no wider look makes good
HOPELESS = -1.5  # a lead between its two neighbours alone that no wider context makes good
SUREST = 0.99
OFTEN = 3  # times that a document must write a reading between two words to show it usual there
USUAL = 7.0  # what that speaks for it


class Reading(NamedTuple):
    """What a word may have been (in lower case; several words apart by blanks) and what speaks for it by itself."""

    form: str
    favour: float
    rule: str


class Decision(NamedTuple):
    """The reading chosen, and how sure it is, from 0 to 1."""

    reading: Reading
    confidence: float


def decided(reading: Reading, lead: float) -> Decision | None:
    """The decision for a reading with some lead; None where it is not clear."""
    return Decision(reading, min(SUREST, round(1 / (1 + exp(-lead)), 2))) if lead >= CLEAR else None


@dataclass(frozen=True)
class Choice:
    """The readings of a form; ``stay`` is what speaks for the form as it stands."""

    form: str
    readings: Sequence[Reading]
    stay: float = 0.0
    leads: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)
    odds_met: dict[tuple[str, ...], float] = field(default_factory=dict, repr=False)
    decisions: dict[tuple[str, ...], Decision | None] = field(default_factory=dict, repr=False)

    def decide(self, wording: Wording, index: int, context: Context) -> Decision | None:
        """The reading that leads all others and the form itself; None where none is clear."""
        usual = () if self.form in context.closed else self.usual_here(wording, index)
        if usual:
            best, lead = self.ranked(wording.before(index), wording.after(index), context)
            return decided(best, lead + USUAL * (best in usual))
        if self.odds_between(wording.before(index, 1), wording.after(index, 1)) < HOPELESS_ODDS:
            return None
        before, after = wording.before(index), wording.after(index)
        key = (*before, "", *after)
        if key not in self.decisions:
            self.decisions[key] = self.decided_between(before, after, context)
        return self.decisions[key]

    def decided_between(self, before: Sequence[str], after: Sequence[str], context: Context) -> Decision | None:
        """The reading that words on either side ask for; None where none is clear."""
        best, lead = self.likeliest(before, after)
        if lead >= SURE_ALONE:
            return decided(best, lead)
        hopeless = self.lead_between(before[-1:], after[:1], context) < HOPELESS
        if lead < UNLIKELY or (hopeless and not context.is_wished(before)):
            return None
        return decided(*self.ranked(before, after, context))

    def odds_between(self, before: Sequence[str], after: Sequence[str]) -> float:
        """The odds of the best reading between its two neighbours."""
        key = (*before, "", *after)
        if key not in self.odds_met:
            self.odds_met[key] = self.likeliest(before, after)[1]
        return self.odds_met[key]

    def likeliest(self, before: Sequence[str], after: Sequence[str]) -> tuple[Reading, float]:
        """The reading that the odds favour most, and by how much; 0 where they tell nothing or too little of one."""
        if any(hangs_on_far_words(self.form, reading.form) for reading in self.readings):
            return self.readings[0], 0.0
        told = [odds().favour(reading.form, self.form, before, after) for reading in self.readings]
        favours = [0.0 if favour is None else favour for favour in told]
        best = max(range(len(favours)), key=favours.__getitem__)
        return self.readings[best], 0.0 if None in told else favours[best]

    def usual_here(self, wording: Wording, index: int) -> Sequence[Reading]:
        """The readings that the document writes between the same words, and often, where it has the form but once."""
        frequent = [reading for reading in self.readings if wording.counts[reading.form] >= OFTEN]
        if not frequent or wording.written_here(index, self.form) > 1:
            return ()
        return [reading for reading in frequent if wording.written_here(index, reading.form) >= OFTEN]

    def ranked(self, before: Sequence[str], after: Sequence[str], context: Context) -> tuple[Reading, float]:
        """The best reading between some words, and by how much it leads the next and the form itself."""
        start = context.paths(before)
        weights = [context.weight(start, (*r.form.split(), *after)) + r.favour for r in self.readings]
        best = max(range(len(weights)), key=weights.__getitem__)
        rivals = [*weights[:best], *weights[best + 1 :], context.weight(start, (self.form, *after)) + self.stay]
        return self.readings[best], weights[best] - max(rivals)

    def lead_between(self, before: Sequence[str], after: Sequence[str], context: Context) -> float:
        """The lead of the best reading between its two neighbours."""
        key = (*map(context.kind, before), "", *map(context.kind, after))
        if key not in self.leads:
            self.leads[key] = self.ranked(before, after, context)[1]
        return self.leads[key]
