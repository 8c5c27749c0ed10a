"""The rules of ``check``: their sheets, and how they are run."""

from pathlib import Path

import pytest

from conftest import FIXTURES
from pv_extract import checks
from pv_extract.checks import interests
from pv_extract.checks.contract import CHECKS
from pv_extract.grammar import load_grammars
from pv_extract.pipeline import layout_of, record_of
from pv_extract.records import Record
from scripts import rule_docs

COMMUNE = (FIXTURES / "planted" / "commune.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", [s.id for s in checks.sheets().values() if s.scope == "meeting"])
def test_every_rule_has_a_check(rule: str) -> None:
    assert rule in {check.rule for check in CHECKS}


def test_every_check_has_a_sheet() -> None:
    assert {check.rule for check in CHECKS} <= set(checks.sheets())


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: f"{c.rule}-{c.function.__name__}")
def test_what_is_from_memory_is_never_an_error(check: "checks.Check") -> None:
    assert check.severity != "error" or checks.sheets()[check.rule].known != "memory"


@pytest.mark.parametrize("page", ["rules.en.md", "regles.fr.md"])
def test_the_pages_about_rules_are_up_to_date(page: str) -> None:
    path = rule_docs.RULES / page
    assert path.read_text(encoding="utf-8") == rule_docs.pages()[path], "run scripts/rule_docs.py"


@pytest.mark.parametrize("check", CHECKS, ids=lambda c: f"{c.rule}-{c.function.__name__}")
def test_the_docstring_of_a_check_of_law_names_an_article(check: "checks.Check") -> None:
    articles = checks.sheets()[check.rule].articles
    assert check.logic or any(article in (check.function.__doc__ or "") for article in articles)


RULE_OF_INFO = {
    "PV-106": [
        ("M. Luc FERRANDOU demande si", "Le maire désigne M. Luc FERRANDOU secrétaire de séance, qui demande si")
    ],
    "PV-416": [],
    "PV-507": [("Subvention à l'harmonie municipale", "Budget primitif 2023")],
    "PV-605": [
        (
            "La maire, Alice",
            "Procès-verbal arrêté le 9 avril 2024.\n\nProcès-verbal publié le 2 mai 2024.\n\nLa maire, Alice",
        )
    ],
    "PV-608": [("La séance est levée", "099-219900016-20240312-2024_014-AR\n\nLa séance est levée")],
    "PV-609": [
        ("Subvention à l'harmonie municipale", "Compte administratif 2023"),
        ("de 600 €.", "de 600 €. Elle est transmise à la préfecture par le maire."),
    ],
}


def infos(text: str, folder: Path, facts: checks.Facts) -> checks.Outcome:
    source = folder / "minutes.md"
    source.write_text(text, encoding="utf-8")
    layout = layout_of(source, load_grammars())
    return checks.run(checks.case_of(record_of(layout), facts, layout))


@pytest.mark.parametrize("rule", RULE_OF_INFO)
def test_what_is_worth_knowing_is_told(rule: str, tmp_path: Path) -> None:
    text = COMMUNE
    for before, after in RULE_OF_INFO[rule]:
        assert before in text
        text = text.replace(before, after)
    outcome = infos(text, tmp_path, checks.Facts())
    assert (rule, "info") in {(f.rule, f.severity) for f in outcome.findings}
    if RULE_OF_INFO[rule]:
        assert rule not in {f.rule for f in infos(COMMUNE, tmp_path, checks.Facts()).findings}


@pytest.mark.parametrize(
    ("rule", "body", "line"),
    [
        ("PV-207", "conseil_departemental", "Rapports adressés aux conseillers départementaux le 6 mars 2024."),
        ("PV-606", "conseil_communautaire", "Liste transmise aux conseillers municipaux des communes le 2 mai 2024."),
    ],
)
def test_what_needs_a_day_that_is_not_printed_is_skipped(rule: str, body: str, line: str, tmp_path: Path) -> None:
    facts = checks.Facts(body=body)
    assert rule in {skipped.rule for skipped in infos(COMMUNE, tmp_path, facts).skipped}
    told = infos(COMMUNE.replace("Le quorum est atteint.", f"Le quorum est atteint.\n\n{line}"), tmp_path, facts)
    assert (rule, "info") in {(f.rule, f.severity) for f in told.findings}


SHEETS = "\f".join(f"{{head}}\n{part}\n\nFeuillet n° {n}" for n, part in enumerate(COMMUNE.split("\n4. "), 12))


@pytest.mark.parametrize(
    ("head", "missing"),
    [
        ("Commune de Valserine-le-Haut – séance du 12/03/2024", []),
        ("Valserine-le-Haut – séance du 12/04/2024", ["the date on the sheet"]),
        ("Séance du 12 mars 2024", ["the commune's name on the sheet"]),
    ],
)
def test_sheets_of_a_register_tell_commune_and_date(head: str, missing: list[str], tmp_path: Path) -> None:
    findings = infos(SHEETS.format(head=head), tmp_path, checks.Facts()).findings
    told = [f.message.en for f in findings if f.rule == "PV-611"]
    assert set(told) == {f"not found: {each}" for each in missing}


def test_pages_of_minutes_are_no_sheets_of_a_register(tmp_path: Path) -> None:
    outcome = infos(SHEETS.replace("Feuillet n°", "Page").format(head=""), tmp_path, checks.Facts())
    assert "PV-611" in {skipped.rule for skipped in outcome.skipped}


def test_who_does_not_count_for_the_quorum_is_taken_off(tmp_path: Path) -> None:
    said = "Trois conseillers ne sont pas comptabilisés pour le calcul du quorum. Vu le plan"
    [item] = [
        item
        for item in record_of_text(COMMUNE.replace("Vu le plan", said), tmp_path).deliberations
        if item.reference == "2024-013"
    ]
    case = checks.case_of(record_of_text(COMMUNE, tmp_path))
    assert interests.not_counted(case, item) == 3
    before = case.record.model_copy(update={"meeting": case.record.meeting.model_copy(update={"date": "2021-12-01"})})
    assert interests.not_counted(checks.case_of(before), item) == 0


def record_of_text(text: str, folder: Path) -> Record:
    source = folder / "minutes.md"
    source.write_text(text, encoding="utf-8")
    return record_of(layout_of(source, load_grammars()))


def test_lists_of_deliberations_owe_no_contents_of_minutes(tmp_path: Path) -> None:
    text = COMMUNE.replace("PROCÈS-VERBAL DU CONSEIL MUNICIPAL", "LISTE DES DÉLIBÉRATIONS DU CONSEIL MUNICIPAL")
    without_quorum = text.replace("Le quorum est atteint.", "")
    assert "PV-107" not in {f.rule for f in infos(without_quorum, tmp_path, checks.Facts()).findings}


NO_FLAW = {
    "those present in the room are counted alone": [
        ("Présents : 8\n", "Présents en salle : 8\nPrésents à distance : 1\n"),
        ("Absent : M. Gaston PRADALIER.", "Présent en visioconférence : M. Gaston PRADALIER."),
    ],
    "a substitute sits for somebody who is not listed": [
        ("M. Gaston PRADALIER.", "M. Gaston PRADALIER (suppléant de Mme Anne ROUX)."),
        ("Luc FERRANDOU et Paul DESTRAMPES.", "Luc FERRANDOU et M. Paul DESTRAMPES (suppléant de M. Jean ROUX)."),
    ],
    "those excused are not among those absent": [
        ("Présents : 8\n", "Présents : 8\nAbsents : 0\n"),
        ("Absent : M. Gaston PRADALIER.", "Excusé : M. Gaston PRADALIER.\n\nAbsents : aucun"),
    ],
    "the secretary's office stands beside the mayor's": [
        ("La maire, Alice COSSONNEL\n", "La maire,\tLa secrétaire,\nAlice COSSONNEL\tMarion TEYSSANDRE\n"),
    ],
}


@pytest.mark.parametrize("changes", NO_FLAW.values(), ids=NO_FLAW)
def test_what_is_no_flaw(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    text = COMMUNE
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    assert [f for f in infos(text, tmp_path, checks.Facts()).findings if f.severity != "info"] == []


@pytest.mark.parametrize(
    ("law", "profile", "articles"),
    [
        ("municipal", "general", ("L2121-15",)),
        ("intercommunal", "general", ("L2121-15", "L5211-1")),
        ("departmental", "general", ("L3121-13",)),
        ("regional", "general", ("L4132-12",)),
        (None, "general", ("L2121-15", "L3121-13", "L4132-12")),
        (None, "historical", ()),
    ],
)
def test_only_the_articles_that_bind_an_assembly_are_told(law, profile, articles) -> None:
    assert checks.sheets()["PV-104"].articles_for(law, profile) == articles


def test_the_mayor_is_known_by_the_words_behind_the_name_of_the_chair(tmp_path: Path) -> None:
    text = COMMUNE.replace("Alice COSSONNEL, maire, Mmes", "Alice COSSONNEL, Mmes")
    text = text.replace("Subvention à l'harmonie municipale", "Compte administratif 2023")
    assert text.count(", maire") == 1
    told = [f.message.en for f in infos(text, tmp_path, checks.Facts()).findings if f.rule == "PV-503"]
    assert told == ["not found: who presides over the accounts", "not found: the mayor's withdrawal at the vote"]


def test_a_receipt_on_each_page_is_told_once(tmp_path: Path) -> None:
    stamp = "099-219900016-20240321-2024_012-DE"
    text = COMMUNE.replace("Ordre du jour", f"{stamp}\n\nOrdre du jour").replace(
        "La séance est levée", f"{stamp}\n\nLa séance est levée"
    )
    told = [f.message.fr for f in infos(text, tmp_path, checks.Facts()).findings if f.rule == "PV-608"]
    assert told == ["accusé daté du 21/03/2024, séance du 12/03/2024"]


@pytest.mark.parametrize(
    ("voters", "told"), [("Mme Odette RAMPONNEL", True), ("Mme Odette RAMPONNEL, illisible", False)]
)
def test_a_list_of_voters_that_was_not_read_whole_is_not_counted(voters: str, told: bool, tmp_path: Path) -> None:
    text = COMMUNE.replace("Pour : 7 –", "Pour : 6 –")
    text = text.replace("Abstention : 1 (Mme Odette RAMPONNEL)", f"Abstention : 2 ({voters})")
    assert ("PV-405" in {f.rule for f in infos(text, tmp_path, checks.Facts()).findings}) is told
