"""What a rule can find: the kinds of mention and the fields of each.

A mention says where in the normalised text something stands; what it *means* is decided by later stages.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pv_extract.text import Span

KINDS: dict[str, frozenset[str]] = {
    # header
    "DocumentKind": frozenset({"kind"}),
    "Body": frozenset({"name", "kind"}),
    "Council": frozenset({"name", "kind"}),
    "Organization": frozenset({"name", "kind"}),
    "OrganizationSort": frozenset(),
    "SortBelow": frozenset(),
    "ParticleAlone": frozenset(),
    "StandingCommission": frozenset(),
    "SeatingItem": frozenset(),
    "ApprovingWord": frozenset(),
    "MeetingDate": frozenset({"date"}),
    "ConvocationDate": frozenset({"date"}),
    "StartTime": frozenset({"time"}),
    "EndTime": frozenset({"time"}),
    "Duration": frozenset({"time"}),
    "Place": frozenset({"place"}),
    "PlaceName": frozenset({"place"}),
    "Mode": frozenset({"mode"}),
    "Public": frozenset({"public"}),
    "Chair": frozenset({"person", "role", "how"}),
    "OfficeNamed": frozenset(),
    "Secretary": frozenset({"person"}),
    # attendance
    "AttendanceLabel": frozenset({"status", "count", "group", "names"}),
    "SignersLabel": frozenset(),
    "Column": frozenset({"column"}),
    "Group": frozenset({"group"}),
    "StyleLegend": frozenset({"bold", "italic"}),
    "Proxy": frozenset({"giver", "holder"}),
    "ProxyPair": frozenset({"giver", "holder"}),
    "EntryMark": frozenset({"mark"}),
    "CellStatus": frozenset({"status"}),
    "CellVoices": frozenset({"votes", "unit"}),
    "CodeLegend": frozenset(),
    "TickedUnder": frozenset({"status"}),
    "TicksTellPresence": frozenset(),
    "GivesProxy": frozenset(),
    "StandsIn": frozenset(),
    "Names": frozenset(),
    "AnnexedList": frozenset(),
    "Bounded": frozenset(),
    "AwayBehind": frozenset(),
    "AllExcused": frozenset(),
    "CapacityProxy": frozenset({"holder"}),
    "OfficeLine": frozenset(),
    "Reminder": frozenset(),
    "Petition": frozenset(),
    "PlaceShape": frozenset(),
    "CoOwners": frozenset(),
    "Nobody": frozenset(),
    "HonorificsAlone": frozenset(),
    "MarkedEntry": frozenset(),
    "EntryGroup": frozenset({"group"}),
    "Weight": frozenset({"votes"}),
    "LegalPerson": frozenset({"name"}),
    "Staff": frozenset(),
    "Substitution": frozenset({"person", "substitute"}),
    "StatedCount": frozenset({"count", "what"}),
    "CountHead": frozenset({"what"}),
    "Quorum": frozenset({"reached"}),
    "Conditional": frozenset(),
    "Role": frozenset({"role"}),
    "NotAName": frozenset(),
    # structure
    "AgendaHeading": frozenset({"date"}),
    "AgendaColumns": frozenset(),
    "Preamble": frozenset(),
    "UpcomingHeading": frozenset({"body", "date"}),
    "SummaryHeading": frozenset(),
    "SectionHeading": frozenset({"number", "title"}),
    "ItemHeading": frozenset({"number", "reference", "title", "style"}),
    "Theme": frozenset(),
    "ListColumn": frozenset({"column"}),
    "ActNumber": frozenset({"reference"}),
    "TitleTail": frozenset({"number", "reference"}),
    "ProseBehind": frozenset(),
    "NotAHeading": frozenset(),
    "MotionHeading": frozenset({"title"}),
    "WholeMotion": frozenset(),
    "GenericCaption": frozenset(),
    "LetteredVote": frozenset(),
    "CaseLine": frozenset(),
    "FiniteVerb": frozenset(),
    "Clause": frozenset(),
    "MatterOpening": frozenset(),
    "RefersBack": frozenset(),
    "Procedural": frozenset(),
    "Closing": frozenset(),
    "Signature": frozenset(),
    "AnnexHeading": frozenset(),
    # decisions
    "Decision": frozenset({"verb", "outcome"}),
    "ProceduralVote": frozenset(),
    "PastVote": frozenset(),
    "SetAside": frozenset(),
    "Unticked": frozenset(),
    "SpeakerTurn": frozenset(),
    "VoteOutcome": frozenset({"outcome", "manner", "secret"}),
    "VoteCount": frozenset({"in_favour", "against", "abstentions", "not_participating", "voting"}),
    "NamedVoters": frozenset({"names", "vote"}),
    "VerbOutcome": frozenset({"outcome"}),
    "ResultLine": frozenset(),
    "LeavesForVote": frozenset(),
    "LeavesDuringVote": frozenset(),
    "OwnProxy": frozenset(),
    "ThroughProxy": frozenset(),
    "BareAdoption": frozenset(),
    "DecisionsWord": frozenset(),
    "ChoiceVotes": frozenset(),
    "ChoiceMade": frozenset(),
    "Elected": frozenset({"person", "office"}),
    "CandidateVotes": frozenset({"person", "votes"}),
    "Ballots": frozenset({"ballots", "blank", "void", "cast", "majority"}),
    "CandidateRow": frozenset({"person", "votes"}),
    "CandidateHead": frozenset(),
    "ElectedHead": frozenset({"office"}),
    "ElectionRound": frozenset({"number"}),
    "ElectionOffice": frozenset({"office"}),
    "Approval": frozenset({"date"}),
    "Rapporteur": frozenset({"person"}),
    "Amount": frozenset({"value", "currency", "tax"}),
    "ItemPart": frozenset(),
    "Reference": frozenset({"kind", "target"}),
    # events and speech
    "Event": frozenset({"kind", "person", "time", "item"}),
    "Speech": frozenset({"person"}),
    # what the checks of the law search for
    "LegalMention": frozenset({"what", "date", "count", "person"}),
    # repairs of the normalisation stage
    "Repair": frozenset({"part"}),
    "Furniture": frozenset(),
    "Stamp": frozenset(),
    "StampPart": frozenset(),
    # lines and paragraphs
    "LineStart": frozenset({"label"}),
    "OpenEnd": frozenset({"strong"}),
    "AwaitsValue": frozenset(),
    "AwaitsVoters": frozenset({"names"}),
    "CountLine": frozenset(),
}


@dataclass(frozen=True, slots=True)
class Mention:
    """What a rule found: the span of the whole, those of its named parts, and what the rule itself states."""

    kind: str
    rule: str
    span: Span
    fields: Mapping[str, Span] = field(default_factory=dict)
    sets: Mapping[str, str] = field(default_factory=dict)

    def shift(self, by: int) -> "Mention":
        """The same mention in a text that begins ``by`` characters earlier."""
        moved = {name: span.shift(by) for name, span in self.fields.items()}
        return Mention(self.kind, self.rule, self.span.shift(by), moved, self.sets)
