"""What the law asks to know of a meeting: from its record, where that says so, and from what the user tells."""

from typing import Annotated, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field

from pv_extract.records import BodyKind, OrganizationKind, Record

Profile = Literal["general", "alsace_moselle", "syndicat_mixte_ouvert", "historical", "foreign"]
Law = Literal["municipal", "intercommunal", "departmental", "standing", "regional"]

LAW_OF_BODY: dict[BodyKind, Law] = {
    "conseil_municipal": "municipal",
    "conseil_communautaire": "intercommunal",
    "conseil_metropolitain": "intercommunal",
    "comite_syndical": "intercommunal",
    "conseil_departemental": "departmental",
    "conseil_regional": "regional",
}
LOCAL_LAW = ("57", "67", "68")  # Moselle, Bas-Rhin, Haut-Rhin (CGCT L2541-1)
CODE_BEGINS = "1996-02-24"  # the code général des collectivités territoriales enters into force
Number = Annotated[int, Field(ge=0, strict=True)]
LAWS: tuple[Law, ...] = get_args(Law)


class Told(BaseModel):
    """Closed and frozen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Statutes(Told):
    """What the statutes of a body say: whose rules of the code they adopt, members for a quorum, proxies a holder."""

    follow: Law | None = None
    quorum: Number | None = None
    proxies: Number | None = None


class Facts(Told):
    """What is known of a meeting beside its text. None is unknown: no rule guesses it.

    ``department`` is its number as in ``"67"`` or ``"2A"``; ``population`` counts the inhabitants at the date.
    """

    body: BodyKind | None = None
    department: str | None = None
    population: Number | None = None
    in_office: Number | None = None
    statutes: Statutes = Statutes()
    profile: Profile | None = None
    organization: OrganizationKind | None = None

    @property
    def law(self) -> Law | None:
        """Whose rules of the code the assembly follows; None for others, and where that is not known."""
        if self.statutes.follow or self.body is None or self.depends_on_statutes:
            return self.statutes.follow
        if self.body == "commission_permanente":
            return "standing" if self.organization == "departement" else None
        return LAW_OF_BODY.get(self.body)

    @property
    def depends_on_statutes(self) -> bool:
        """Whether the statutes, or what was delegated to it, decide whose rules the assembly follows.

        A syndicat mixte is closed (CGCT L5711-1, rules of the EPCI) or open (L5721-1, its own); a bureau follows
        the rules of the council only where it acts by delegation (L5211-10).
        """
        mixed = self.organization == "syndicat_mixte" and self.profile != "syndicat_mixte_ouvert"
        return not self.statutes.follow and (mixed or self.body == "bureau")


def facts_of(record: Record, told: Facts | None = None, found: Profile | None = None) -> Facts:
    """The facts that the record states, overridden by those told; ``found``: the profile that the text calls for."""
    told = told or Facts()
    known = {key: value for key, value in told.model_dump().items() if key in told.model_fields_set}
    stated = {
        "body": record.meeting.body.kind,
        "in_office": record.attendance.stated.in_office,
        "organization": record.meeting.organization.kind,
    }
    facts = Facts.model_validate({**stated, **known})
    return facts if facts.profile else facts.model_copy(update={"profile": profile_of(record, facts, found)})


def profile_of(record: Record, facts: Facts, found: Profile | None) -> Profile:
    """The profile that country, date and department call for."""
    if found != "foreign" and record.meeting.date and record.meeting.date < CODE_BEGINS:
        return "historical"
    if found is None and facts.department in LOCAL_LAW:
        return "alsace_moselle"
    return found or "general"
