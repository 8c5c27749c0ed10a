"""The closed lists and the formats of a record's values."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

DocumentKind = Literal[
    "proces_verbal",
    "compte_rendu",
    "liste_des_deliberations",
    "deliberation",
    "extrait_du_registre",
    "convocation",
    "ordre_du_jour",
    "other",
]
OrganizationKind = Literal[
    "commune",
    "communaute_de_communes",
    "communaute_d_agglomeration",
    "communaute_urbaine",
    "metropole",
    "departement",
    "region",
    "syndicat_intercommunal",
    "syndicat_mixte",
    "etablissement_public",
    "association",
    "societe",
    "copropriete",
    "etat",
    "other",
]
BodyKind = Literal[
    "conseil_municipal",
    "conseil_communautaire",
    "conseil_metropolitain",
    "conseil_departemental",
    "conseil_regional",
    "comite_syndical",
    "bureau",
    "commission_permanente",
    "commission",
    "conseil_d_administration",
    "comite_directeur",
    "assemblee_generale",
    "conseil_de_quartier",
    "cse",
    "conseil",
    "other",
]
Status = Literal["present", "remote", "represented", "excused", "absent", "unknown"]
Outcome = Literal[
    "adopted", "rejected", "postponed", "withdrawn", "noted", "favourable_opinion", "unfavourable_opinion"
]
EventKind = Literal["arrival", "departure", "chair_change", "suspension", "resumption"]
How = Literal["stated", "derived", "inferred"]
IsoDate = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Decimal = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$")]
Count = Annotated[int, Field(ge=0)]
SpanPair = tuple[int, int]


class Model(BaseModel):
    """Frozen, and closed to keys that the contract does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
