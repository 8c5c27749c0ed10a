"""Members printed under their college: in tables, over lists, in lists side by side; what their letters mean."""

from pathlib import Path

from pv_extract.grammar import Grammar
from test_rolls import minutes, proxies, statuses

LETTERS = """\
Nom              Mandat                    Liste    Présence   Observation
1er collège – Ouvriers et employés
Luc CARREL       Titulaire, trésorier      UNS      P
Inès BONNAY      Titulaire, secrétaire     SAC      V
Rémi TISSOT      Titulaire                 UNS      E          remplacé par È. LORRAIN
Ève LORRAIN      Suppléante                UNS      P          remplace R. TISSOT
2e collège – Cadres
Zoé GARNIER      Titulaire                 SAC      A

P : présent en salle – V : présent en visioconférence – E : excusé – A : absent
"""


def test_a_college_on_a_row_of_its_own_holds_those_below_it_whatever_their_list(
    tmp_path: Path, grammar: Grammar
) -> None:
    members = minutes(tmp_path, LETTERS, grammar).attendance.members
    assert [(m.family_name, m.status, m.group) for m in members] == [
        ("CARREL", "present", "1er collège – Ouvriers et employés"),
        ("BONNAY", "remote", "1er collège – Ouvriers et employés"),
        ("TISSOT", "excused", "1er collège – Ouvriers et employés"),
        ("LORRAIN", "present", "1er collège – Ouvriers et employés"),
        ("GARNIER", "absent", "2e collège – Cadres"),
    ]
    substitute = members[3].substitute_for
    assert substitute is not None and substitute.name == "Rémi TISSOT"


def test_the_secretary_of_a_committee_is_told_by_its_table(tmp_path: Path, grammar: Grammar) -> None:
    written = minutes(tmp_path, LETTERS, grammar).meeting.secretaries
    assert [person.name for person in written] == ["Inès BONNAY"]


def test_a_legend_of_letters_calls_no_roll(tmp_path: Path, grammar: Grammar) -> None:
    told = statuses(minutes(tmp_path, "P : présent – D : à distance – E : excusé\n", grammar))
    assert told == {}


FLUSH_RIGHT = """\
Délégué\tCollectivité\tPrésence\tVoix\t
Collège des communes\t(1 voix par délégué)\t\t\t
Luc CARREL\tOrvanne\tPrésent(e)\t\t1
Inès BONNAY\tBrenne\tPouvoir à Luc CARREL\t\t1
Collège du Département\t(4 voix par délégué)\t\t\t
Zoé GARNIER\tCanton de Vaux\tPrésent(e)\t\t4
"""


def test_numbers_flush_right_of_their_head_are_voices(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, FLUSH_RIGHT, grammar)
    assert [(m.family_name, m.status, m.group, m.votes) for m in record.attendance.members] == [
        ("CARREL", "present", "Collège des communes (1 voix par délégué)", 1),
        ("BONNAY", "represented", "Collège des communes (1 voix par délégué)", 1),
        ("GARNIER", "present", "Collège du Département (4 voix par délégué)", 4),
    ]


BESIDE = """\
PRÉSENTS

Collège des exploitants                Collège des salariés
  M. Luc CARREL                         Mme Inès BONNAY
  Mme Ève LORRAIN
  M. Rémi TISSOT                      Collège des groupements
                                        Mme Zoé GARNIER (coopératives)
Collège des propriétaires
  M. Paul MOREL

EXCUSÉ
  M. Luc FABRE

ASSISTAIENT À LA SESSION
  M. le Préfet, représenté par M. Rouvier, secrétaire général
"""


def test_colleges_side_by_side_hold_those_below_them_in_their_column(tmp_path: Path, grammar: Grammar) -> None:
    members = minutes(tmp_path, BESIDE, grammar).attendance.members
    assert {m.family_name: m.group for m in members} == {
        "CARREL": "Collège des exploitants",
        "BONNAY": "Collège des salariés",
        "LORRAIN": "Collège des exploitants",
        "TISSOT": "Collège des exploitants",
        "GARNIER": "Collège des groupements",
        "MOREL": "Collège des propriétaires",
        "FABRE": None,
    }


SEATS = """\
Au titre des représentants des communes :

- M. Luc CARREL, maire, président : présent
- Mme Inès BONNAY, représentante de la communauté de communes du Plateau :
présente

Au titre des usagers :

- Mme Zoé GARNIER, désignée par les familles : présente
- M. Rémi TISSOT, représentant des usagers (Entraide) : absent, pouvoir à Mme GARNIER
"""


def test_members_whose_line_says_what_they_are_and_whether_they_are_there(tmp_path: Path, grammar: Grammar) -> None:
    record = minutes(tmp_path, SEATS, grammar)
    assert [(m.family_name, m.status, m.group) for m in record.attendance.members] == [
        ("CARREL", "present", "représentants des communes"),
        ("BONNAY", "present", "représentants des communes"),
        ("GARNIER", "present", "usagers"),
        ("TISSOT", "represented", "usagers"),
    ]
    assert proxies(record) == {"Rémi TISSOT": "Zoé GARNIER"}


EITHER = """\
Sont présents et ont signé la feuille de présence :
Pour la Communauté de communes du Plateau :
– Madame Inès BONNAY, présidente,
– Monsieur Luc CARREL, administrateur,
Pour la Commune d'Orvanne :
– Monsieur Rémi TISSOT, administrateur.
Sont absents ou excusés : Madame Zoé GARNIER (Commune d'Orvanne), qui a donné pouvoir à Monsieur Rémi TISSOT ; \
Monsieur Paul MOREL (Commune de Brenne), absent ; Madame Ève LORRAIN (Commune de Brenne), excusée.
"""


def test_of_absent_or_excused_each_name_says_which(tmp_path: Path, grammar: Grammar) -> None:
    members = minutes(tmp_path, EITHER, grammar).attendance.members
    assert [(m.family_name, m.status, m.group) for m in members] == [
        ("BONNAY", "present", "Communauté de communes du Plateau"),
        ("CARREL", "present", "Communauté de communes du Plateau"),
        ("TISSOT", "present", "Commune d'Orvanne"),
        ("GARNIER", "represented", "Commune d'Orvanne"),
        ("MOREL", "absent", "Commune de Brenne"),
        ("LORRAIN", "excused", "Commune de Brenne"),
    ]
