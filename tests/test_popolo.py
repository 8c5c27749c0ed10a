"""Popolo: valid against its own schemas, every reference leads somewhere."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft3Validator
from referencing import Registry, Resource

from conftest import SHARED
from pv_extract import commands
from pv_extract.exporters import popolo
from records import SEEDS, extracted, hostile, made

SCHEMAS = SHARED / "reference" / "data" / "popolo"
SCHEMA_OF = {**{name: name[:-1] for name in popolo.COLLECTIONS}, "speeches": "speech"}
needs_schemas = pytest.mark.skipif(not SCHEMAS.exists(), reason="the schemas of Popolo are not beside this checkout")


def exported(records, folder):
    losses = popolo.export(records, folder / "out.json")
    return json.loads((folder / "out.json").read_text(encoding="utf-8")), losses


def validator(name):
    schemas = [json.loads(file.read_text(encoding="utf-8")) for file in sorted(SCHEMAS.glob("*.json"))]
    registry = Registry().with_resources((schema["id"], Resource.from_contents(schema)) for schema in schemas)
    registry = registry.with_resources((schema["id"].rstrip("#"), Resource.from_contents(schema)) for schema in schemas)
    [schema] = [schema for schema in schemas if schema["id"].endswith(f"/{name}.json#")]
    return Draft3Validator(schema, registry=registry, format_checker=Draft3Validator.FORMAT_CHECKER)


def records_of(documents):
    if documents == "seeds" and not SEEDS:
        pytest.skip("the seeds are not beside this checkout")
    return {"samples": extracted, "seeds": lambda: extracted(tuple(SEEDS))}.get(
        documents, lambda: (hostile(), made())
    )()


@needs_schemas
@pytest.mark.parametrize("documents", ["samples", "seeds", "made"])
def test_every_object_is_valid(tmp_path, documents):
    whole, _ = exported(records_of(documents), tmp_path)
    assert list(whole) == list(popolo.COLLECTIONS)
    for name, objects in whole.items():
        schema = validator(SCHEMA_OF[name])
        unknown = {key for each in objects for key in each} - set(schema.schema["properties"])
        assert unknown == set()
        assert [error.message for each in objects for error in schema.iter_errors(each)] == []


@needs_schemas
def test_the_validator_would_tell():
    assert list(validator("event").iter_errors({"start_date": "hier"}))
    assert list(validator("vote_event").iter_errors({"counts": [{"option": "yes"}]}))
    assert list(validator("event").iter_errors({"identifiers": [{"scheme": "file"}]}))


@pytest.mark.parametrize("documents", ["samples", "seeds", "made"])
def test_every_reference_leads_somewhere_and_no_id_is_given_twice(tmp_path, documents):
    whole, _ = exported(records_of(documents), tmp_path)
    ids = [each["id"] for objects in whole.values() for each in objects]
    assert len(ids) == len(set(ids))

    def references(value):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str) and key.endswith("_id"):
                yield inner
            if isinstance(inner, dict | list):
                yield from references(inner)

    assert set(references(whole)) - set(ids) == set()


def test_a_meeting_its_votes_and_its_people(tmp_path):
    person = {"id": "anne-morel", "name": "Anne MOREL"}
    member = {**person, "status": "present", "role": "maire", "group": "Ensemble", "family_name": "MOREL"}
    vote = {
        "outcome": "adopted",
        "for": 1,
        "against": 0,
        "for_names": [person],
        "against_names": [{"id": None, "name": "X"}],
    }
    election = {"office": "adjoint", "candidates": [{"person": person, "votes": 12}, {"person": person}]}
    record = made(
        meeting={
            "date": "2024-03-12",
            "organization": {"name": "Valmorin", "kind": "commune"},
            "body": {"name": "Conseil"},
        },
        attendance={"members": [member], "others": [{"name": "Luc BAST"}]},
        deliberations=[{"number": "2", "title": "Budget", "text": "Vu", "vote": vote, "elections": [election]}],
        discussion=[{"speaker": person, "item": "2", "span": [0, 9]}],
    )
    whole, losses = exported([record], tmp_path)
    [event], [motion], [voted, round_] = whole["events"], whole["motions"], whole["vote_events"]
    assert [each["name"] for each in whole["organizations"]] == ["Valmorin", "Conseil", "Ensemble"]
    assert (event["start_date"], [each["name"] for each in event["attendees"]]) == (
        "2024-03-12",
        ["Anne MOREL", "Luc BAST"],
    )
    assert (motion["text"], motion["identifier"], motion["result"]) == ("Budget\n\nVu", "2", "pass")
    assert voted["counts"] == [{"option": "yes", "value": 1}, {"option": "no", "value": 0}]
    assert [(each["option"], each["voter"]["name"]) for each in voted["votes"]] == [("yes", "Anne MOREL"), ("no", "X")]
    assert round_["counts"] == [{"option": "Anne MOREL", "value": 12}]
    assert dict(losses.counts) == {popolo.NO_NUMBER: 1}


def test_a_council_is_one_organization_whatever_its_capitals(tmp_path):
    names = ("Valmorin", "VALMORIN")
    records = [made(name, meeting={"organization": {"name": name, "kind": "commune"}}) for name in names]
    whole, losses = exported(records, tmp_path)
    assert [each["name"] for each in whole["organizations"]] == ["Valmorin"]
    assert losses.told == {popolo.OTHER_SPELLING: ["VALMORIN#/meeting"]}


def council(name, *members):
    """A meeting of one council with members, the first of whom speaks."""
    people = [{"id": str(number), "name": each, "status": "present"} for number, each in enumerate(members)]
    return made(
        name,
        meeting={"organization": {"name": "Valmorin", "kind": "commune"}},
        attendance={"members": people},
        discussion=[{"speaker": {"id": "0", "name": members[0]}, "item": "1", "span": [0, 9]}],
    )


def test_people_are_one_where_a_catalogue_says_so(tmp_path):
    records = [council("mars", "Anne MOREL", "Luc BAST"), council("avril", "MOREL Anne", "Luc BAST")]
    joined = {"Anne MOREL": "valmorin:anne-morel", "MOREL Anne": "valmorin:anne-morel"}
    losses = popolo.export(records, tmp_path / "out.json", people=lambda meeting: joined)
    whole = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert [each["name"] for each in whole["persons"]] == ["Anne MOREL", "Luc BAST", "Luc BAST"]
    assert [each["creator_id"] for each in whole["speeches"]] == ["valmorin:anne-morel"] * 2
    assert len(whole["memberships"]) == 3
    assert losses.told == {popolo.OTHER_SPELLING: ["avril#/attendance"]}


def test_a_batch_is_exported_with_its_people(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for number, day in enumerate(("4 mars", "8 avril"), 1):
        head = f"COMMUNE DE VALMORIN\nProcès-verbal du conseil municipal du {day} 2024"
        Path(f"{number}.txt").write_text(f"{head}\n\nPrésents : Mme Anne MOREL, M. Luc BAST.\n", encoding="utf-8")
    assert commands.run(["batch", "1.txt", "2.txt", "-o", "out", "--jobs", "1"]) == 0
    for source, count in (("out", 2), ("out/records", 4)):
        assert commands.run(["export", source, "--to", "popolo", "-o", "people.json"]) == 0
        whole = json.loads(Path("people.json").read_text(encoding="utf-8"))
        assert len(whole["persons"]) == count
        assert len(whole["events"]) == 2
