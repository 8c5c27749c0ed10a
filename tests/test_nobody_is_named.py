"""Rules read any body's minutes: none names a real person or place of the reference corpus."""

import json
import re

import pytest

from conftest import SHARED
from pv_extract.grammar import fold, load_grammars
from pv_extract.members.names import tokens_of

GOLD = sorted((SHARED / "gold").glob("*/*.json"))
# Words that the names of bodies share with the language itself.
# fmt: off
COMMON = {
    "administration", "agglomeration", "amis", "assemblee", "association", "bassin", "bureau", "centre",
    "comite", "commission", "communal", "communaute", "commune", "communes", "conseil", "conseils",
    "departement", "departemental", "eaux", "ecole", "etablissement", "europe", "europeenne", "francaise",
    "francophone", "general", "grand", "grande", "haut", "haute", "intercommunal", "mairie", "metropole",
    "mixte", "municipal", "municipalite", "pays", "public", "quartier", "region", "regional", "rivieres",
    "saint", "sainte", "social", "societe", "somme", "syndical", "syndicat", "vallee", "ville", "villes",
}
# fmt: on


def people_and_places():
    """The full names of persons, bare initials aside, and the rarer words of the names of organisations, all folded."""
    people, places = set(), set()
    for file in GOLD:
        record = json.loads(file.read_text(encoding="utf-8"))
        names = [member["name"] for member in record.get("attendance", {}).get("members", ())]
        people |= {tokens for tokens in map(tokens_of, names) if sum(len(token) > 1 for token in tokens) > 1}
        holder = record.get("meeting", {}).get("organization") or {}
        words = re.findall(r"[A-Z][\w']{3,}", fold(holder.get("name") or ""))
        places |= {word.lower() for word in words} - COMMON
    return people, places


def text_of(rule):
    examples = [*(example["text"] for example in rule.matches), *rule.rejects]
    return " ".join(re.findall(r"[a-z]+", fold(" ".join([rule.id, rule.about, rule.source, *examples])).lower()))


def test_no_rule_names_a_person_or_a_place_of_the_corpus():
    if not GOLD:
        pytest.skip("the annotated records are not on this machine")
    people, places = people_and_places()
    assert people and places
    named = []
    for rule in load_grammars().rules:
        text = f" {text_of(rule)} "
        named += [(rule.id, place) for place in sorted(places) if f" {place} " in text]
        for tokens in sorted(people):
            orders = (" ".join(tokens), " ".join((*tokens[1:], tokens[0])))
            named += [(rule.id, order) for order in orders if f" {order} " in text]
    assert named == []
