"""Clauses: how far a clause has come at each word, for it has one finite verb, and each one within it another.

« le billet où le maire déclare » has its second verb in the clause that « où » opens; « le billet ou le maire déclare »
has one too many.
"""

from collections.abc import Mapping
from typing import NamedTuple

FINITE = frozenset("VTABEUFl")  # classes of finite verbs
OPENING = frozenset("Qwu")  # « que, dont, où, qui »: a clause within opens
EDGE, COMMA, JOINING, CHOICE, SUBJECT = "X", ",", "c", "o", frozenset("Ss")
OF_VERBS = FINITE | frozenset("KGWy")  # what joins verbs where it stands behind « ou »
SECOND_VERB = 1.5  # what a second finite verb in one clause costs, in natural logarithms
COORDINATED = 0.3  # and one behind a comma
NO_MAIN = 0.4  # what a sentence costs that has none
NO_VERB = 1.0  # what a clause within another costs that ends without one
STAGES = ("", "v", "w", "vw")  # v: the clause has its verb; w: the one within it wants one


class Step(NamedTuple):
    """The state that a word of some class leads to, and what that costs."""

    state: str
    cost: float


def steps(costs: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, Step]]:
    """From each state (a class, and the stage of the clause) what each class leads to."""
    return {
        last + stage: {label: step(last, stage, label, cost) for label, cost in row.items()}
        for last, row in costs.items()
        for stage in STAGES
    }


def step(last: str, stage: str, label: str, cost: float) -> Step:
    """What a word of a class does to a clause."""
    done, within = "v" in stage, "w" in stage
    if label == EDGE:
        return Step(label, cost - NO_VERB * within - NO_MAIN * (not done))
    if label == COMMA:
        return Step(label + "v" * done, cost - NO_VERB * within)
    if label in OPENING:
        return Step(label + "v" * done + "w", cost)
    if within:
        return Step(label + "v" * done + "w" * (label not in FINITE), cost)
    if label == JOINING or label in SUBJECT or (last == CHOICE and label in OF_VERBS - FINITE):
        return Step(label, cost)
    if label not in FINITE:
        return Step(label + stage, cost)
    again = 0.0 if last == CHOICE or not done else COORDINATED if last == COMMA else SECOND_VERB
    return Step(label + "v", cost - again)
