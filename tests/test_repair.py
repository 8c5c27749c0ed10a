"""The repair of words: what it mends, what it leaves alone, and that every change keeps its place."""

import json
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import FIXTURES
from fixtures.generator import damaged, generate
from pv_extract import commands
from pv_extract.grammar import load_grammars
from pv_extract.normalisation.filtering import Switches, repaired
from pv_extract.repair.lexicon import lexicon, skeleton
from pv_extract.repair.odds import hangs_on_far_words, odds
from pv_extract.repair.restoration import restoration_edits, stripped
from pv_extract.text import AlignedText, Span

CLEAN = sorted((FIXTURES / "text").glob("*[!d].txt"))
WORDS = "le la conseil maire a à ou où délibéré deliberé ehaque contréle commlssion lcs vote . , ; - 12 "
WORDS += "Régnier l' d' ceuvre avai t dé- \n"

DAMAGED = [
    ("le conseil a decidé de voter", "le conseil a décidé de voter"),
    ("le contréle des comptes", "le contrôle des comptes"),
    ("dans lés délais prévus", "dans les délais prévus"),
    ("la révision dé ma demande", "la révision de ma demande"),
    ("la môrt du maire", "la mort du maire"),
    ("il est proposé â tous les membres", "il est proposé à tous les membres"),
    ("à partir du jour ou il est élu", "à partir du jour où il est élu"),
    ("donner lecture de ehaque article", "donner lecture de chaque article"),
    ("le prepdre en considération", "le prendre en considération"),
    ("il avai t été convoqué", "il avait été convoqué"),
    ("le montant deleur subvention", "le montant de leur subvention"),
    ("un plan annexé a une délibération", "un plan annexé à une délibération"),
    ("bien que l'on manqué de crédits", "bien que l'on manque de crédits"),
    ("la convocation envoyée la veillé du vote", "la convocation envoyée la veille du vote"),
    ("les riverains signalent la gène du chantier", "les riverains signalent la gêne du chantier"),
    ("il se rend assidùment aux séances", "il se rend assidûment aux séances"),
    ("sans que nous voulüssions la vendre", "sans que nous voulussions la vendre"),
    ("qu'il eùt fallu voter", "qu'il eût fallu voter"),
    ("Il voulait qu'elle vint seule", "Il voulait qu'elle vînt seule"),
    ("jusqu'à ce qu'elle sortit", "jusqu'à ce qu'elle sortît"),
    ("une lettre de la Présidentè", "une lettre de la Présidente"),
    ("les bureaux vis-a-vis de la mairie", "les bureaux vis-à-vis de la mairie"),
    ("sous le controle du maire", "sous le contrôle du maire"),
    ("nous primes acte du rapport", "nous prîmes acte du rapport"),
    ("I'ordonnance du 1°\" avril", "l'ordonnance du 1er avril"),
    ("la conﬁance", "la confiance"),
    ("le compte rendu dès délibérations", "le compte rendu des délibérations"),
    ("les membres dû conseil municipal", "les membres du conseil municipal"),
    ("l'avis dé là commission des finances", "l'avis de la commission des finances"),
]


@cache
def grammar():
    return load_grammars()


def mended(text, **switches):
    return repaired(text, grammar(), Switches(**switches)).text


@pytest.mark.parametrize(("damaged", "printed"), DAMAGED)
def test_damaged_words_are_mended(damaged, printed):
    assert mended(damaged) == printed


@pytest.mark.parametrize(
    "text",
    [
        "il y a lieu de voter ou de renvoyer la question",
        "le maire a la parole ; elle a donné lecture du rapport",
        "la réunion a lieu là où elle est annoncée",
        "Mme Zéphirine Quorvel, de Brelincourt, vote contre",
        "il connoissoit les enfans ; ils étoient venus",
        "un collége et son manége ; il siègera avec son ainé",
        "la mise en oeuvre du coeur de bourg",
        "voir www.brelincourt.fr/conseil ou écrire à mairie@brelincourt.fr",
        "le numéro 12b du cadastre, parcelle zx",
        "vice-président, rendez-vous, peut-être",
        "une parcelle de 12 a 40 ca, une autre de 3 ha 7 a 15 ca",
        "M. Quorvel, adjoint, a la parole",
        "la commune a une dette ; le maire a procuration",
        "credo in unum Deum, patrem omnipotentem factorem caeli",
        "les élus votè-\nrent le budget",
        "la lecture des primes de l'année",
        "leur horrible fête par un temps sombre",
        "payé par la ou les communes, par la « Pro-Zone »",
        "dès le lendemain il a dû payer ; il est sûr de lui, là comme ailleurs",
        "elle croyoit être feule",
    ],
)
def test_what_is_right_is_left_alone(text):
    assert mended(text) == text


@pytest.mark.parametrize("file", CLEAN, ids=lambda file: file.stem)
def test_the_words_of_clean_minutes_are_left_alone(file):
    changes = repaired(file.read_text(encoding="utf-8"), grammar()).edits
    assert [c for c in changes if not c.rule.startswith(("unicode.", "hyphen.line_end"))] == []


def test_what_a_document_writes_often_is_its_own():
    assert (
        mended("le prepdre, puis un prepdre ; encore un prepdre") == "le prepdre, puis un prepdre ; encore un prepdre"
    )


OLD_PRINT = """une vûe du pont ;
la troisiéme piéce, une vûe de la premiére cour ; la vûe de la riviére, d'une maniére ancienne.
La derniére chambre : une vûe de la lumiére ; le cortège, vu de la manière dont la première pièce est ornée,
une autre vue, dans la quatriéme piéce, de la troisiéme barriére."""


def test_a_document_of_its_time_keeps_its_own_accents_throughout():
    text = mended(OLD_PRINT)
    assert "le cortége, vû de la maniére dont la premiére piéce est ornée,\nune autre vûe" in text


def test_accents_of_former_times_in_a_quotation_change_nothing_around_it():
    quotation = "« la troisiéme piéce, la premiére riviére, d'une maniére singuliére »"
    rest = " La première pièce, la rivière, la manière et la lumière de la dernière barrière." * 4
    assert mended(quotation + rest).endswith(rest)


def test_a_form_that_no_list_has_is_written_as_the_document_writes_it():
    often = "il paroît, elle paroît, on paroît, tout paroît, rien ne paroît"
    assert mended(f"{often} ; elle paroit") == f"{often} ; elle paroît"
    assert mended("elle paroît ; elle paroit") == "elle paroît ; elle paroit"


def test_a_form_of_a_document_that_two_others_explain_alike_stays():
    often = " ; ".join(["rue du Parc, vers trévoné"] * 6 + ["vers trevoné"] * 6)
    assert mended(f"{often} ; vers trèvone") == f"{often} ; vers trèvone"


def test_an_old_document_may_print_a_word_without_accents():
    old = "il étoit un piedestal ; ils avoient vu les enfans, qui croyoient au reglement"
    assert mended(old) == old
    assert mended("le reglement") == "le règlement"


def test_what_a_document_writes_at_a_place_is_written_there_again():
    usual = "un buste, moulé sur l'antique ; une tête, moulé sur l'antique ; un vase, moulé sur l'antique"
    assert mended(f"{usual} ; un torse, moule sur l'antique").endswith("un torse, moulé sur l'antique")
    assert mended("un torse, moule sur l'antique") == "un torse, moule sur l'antique"


def test_a_hyphen_goes_where_the_document_proves_the_word():
    text = "la délibération ; cette délibération ; une délibération ; leur déli-bération, et l'auto-critique"
    assert "leur délibération, et l'auto-critique" in mended(text)
    assert mended("leur déli-bération") == "leur déli-bération"


def test_lines_stay_as_printed_unless_asked():
    text = "la délibé-\nration du conseil, le vice-\nprésident"
    assert mended(text) == text
    assert mended(text, join_hyphens=True) == "la délibération du conseil, le vice-président"


def test_many_proven_hyphens_prove_the_others():
    words = ["séance", "commune", "conseil", "budget", "marché", "travaux", "rapport", "mairie", "école", "voirie"]
    whole = " ; ".join(" ; ".join(words) for _ in range(3))
    broken = " ; ".join(f"{word[:2]}-{word[2:]}" for word in words)
    assert "une sub-vention" in mended(f"{whole} ; une sub-vention, un porte-parole")
    text = mended(f"{whole} ; {broken} ; une sub-vention, un porte-parole")
    assert "une subvention, un porte-parole" in text and "-" not in text.replace("porte-parole", "")


def test_names_need_proof():
    seen = "M. Frédéric vote, M. Frédéric parle, puis M. Frédéric sort"
    assert mended(f"{seen} ; le vote de Frederic") == f"{seen} ; le vote de Frédéric"
    assert mended("le vote de Frederic") == "le vote de Frederic"
    assert mended("le vote de Frederic", roster=frozenset({"Frédéric"})) == "le vote de Frédéric"


def test_typography_has_its_own_switch():
    assert mended("le coeur de l'Etat", typography=True) == "le cœur de l'État"


def test_accents_are_restored_where_there_are_none():
    text = (
        "Le maire a décidé de donner à la commune un bâtiment situé là où elle a été fondée. "
        "Il a été donné lecture du procès-verbal, adopté à l'unanimité des membres présents ou représentés. "
        "Dès lors, la délibération est exécutée ; le marché de travaux avec la société sera signé par le maire. "
        "Qu'y a-t-il ? demanda-t-il à trois reprises ; il eût fallu partir. "
        "Quand on l'arrêta, il dé-clara qu'il s'é-tait enfui; on est résolu à en finir, à dire vrai. "
        "Celui-là reste là-bas, à Corcieux-la-Vallée. Quelle que fût sa hâte, il voulait qu'elle eût fini. "
        "Le péril où les travaux mettaient la rue est grand. M. Véran a placé une pierre. Mme Oudry demande pourquoi. "
        "Le Président de l'Académie l'a désigné ; un portrait gravé par le maître, tous dès le matin."
    )
    assert mended(stripped(text), restore_accents=True) == text


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_every_character_keeps_its_place(text):
    result = repaired(text, grammar())
    assert list(result.starts) == sorted(result.starts)
    for change in result.edits:
        assert 0 <= change.span.start < change.span.end <= len(text)
        assert 0 <= change.confidence <= 1
    for at, char in enumerate(result.text):
        source = result.source_span(Span(at, at + 1))
        assert source.end > source.start
        if source.end == source.start + 1 and not any(c.span.start <= source.start < c.span.end for c in result.edits):
            assert text[source.start] == char


@given(st.lists(st.sampled_from(WORDS.split(" ")), max_size=30).map(" ".join))
@settings(max_examples=100, deadline=None)
def test_repairing_twice_is_repairing_once(text):
    once = mended(text)
    assert mended(once) == once


@given(st.integers(0, 99), st.sampled_from([0.02, 0.05]))
@settings(max_examples=12, deadline=None, derandomize=True)
def test_damaged_minutes_repaired_twice_are_repaired_once(seed, rate):
    minutes = generate(seed, 0)
    once = mended(damaged(minutes.text, rate, minutes.name))
    assert mended(once) == once


@pytest.mark.parametrize(
    ("damaged", "printed"),
    [
        ("le procès-verbal est adopt è à l'unanimité", "le procès-verbal est adopté à l'unanimité"),
        ("autoriser Mme la Présidente a signér les pièces", "autoriser Mme la Présidente à signer les pièces"),
        ("les volontaires sonl lcs bienvenus", "les volontaires sont les bienvenus"),
    ],
)
def test_a_repair_shows_what_its_neighbours_were(damaged, printed):
    assert mended(damaged) == printed


@given(st.lists(st.sampled_from([text for text, _ in DAMAGED]), max_size=12).map(".\n".join))
@settings(max_examples=100, deadline=None)
def test_damage_apart_from_other_damage_is_mended_at_once(text):
    once = mended(text)
    assert mended(once) == once


def test_the_odds_see_words_without_their_accents():
    told = odds().told("donné", "donne", ["il", "a", "été"], ["à", "la"])
    assert told == odds().told("donné", "donne", ["il", "a", "ete"], ["a", "là"]) > 3
    assert odds().told("donne", "donné", ["il", "a", "été"], ["à", "la"]) == -told


@pytest.mark.parametrize(
    ("right", "wrong", "before", "after"),
    [
        ("où", "ou", ["le", "jour"], ["il", "vint"]),
        ("ou", "où", ["le", "maire"], ["son", "adjoint"]),
        ("marché", "marche", ["le"], ["de", "fournitures"]),
        ("marche", "marché", ["la"], ["à", "suivre"]),
        ("vînt", "vint", ["il", "fallait", "qu'", "on"], ["."]),
        ("vint", "vînt", ["le", "maire"], ["à", "la", "séance"]),
        ("la", "là", ["payé", "par"], ["«", "Société", "des", "eaux"]),
    ],
)
def test_the_odds_know_the_word_and_what_stands_beside_it(right, wrong, before, after):
    assert odds().favour(right, wrong, before, after) > 1


def test_what_hangs_on_far_words_is_left_to_the_context():
    assert hangs_on_far_words("devint", "devînt")
    assert not hangs_on_far_words("donne", "donné")
    assert not hangs_on_far_words("lieu", "lien")


def test_what_governs_words_ends_no_sentence():
    restored = mended("Saignant, e, a. Il en a. La seance est a huit heures.", restore_accents=True)
    assert restored == "Saignant, e, a. Il en a. La séance est à huit heures."


def test_the_odds_tell_nothing_of_forms_that_no_question_parts():
    assert odds().favour("lieu", "lien", ["au"], ["de"]) is None
    assert odds().favour("donne", "donne", ["il"], ["à"]) is None


@given(st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_restoring_touches_accents_only(text):
    restored = AlignedText.of(text).edit(restoration_edits(text)).text
    assert skeleton(restored) == skeleton(text)


def test_the_lexicon_knows_french():
    words = lexicon()
    assert all(words.knows(word) for word in ("délibération", "procès", "œuvre", "donnât"))
    assert not words.knows("deliberation")
    assert words.frequency("de") > words.frequency("délibération") > words.frequency("donnât")


def test_the_command_writes_a_report(tmp_path, capsys):
    source, report = tmp_path / "ocr.txt", tmp_path / "changes.jsonl"
    source.write_text("Le conseil a decidé.\n", encoding="utf-8")
    assert commands.run(["normalise", "--report", str(report), str(source)]) == 0
    assert capsys.readouterr().out == "Le conseil a décidé.\n"
    (change,) = [json.loads(line) for line in report.read_text(encoding="utf-8").splitlines()]
    assert (change["span"], change["before"], change["after"]) == ([13, 19], "decidé", "décidé")
    assert change["rule"] == "accent.misread" and 0.5 < change["confidence"] <= 1


def test_a_roster_that_is_missing_is_told(tmp_path, capsys):
    assert commands.run(["normalise", "--roster", str(tmp_path / "none.txt"), str(CLEAN[0])]) == 3
    assert "none.txt" in capsys.readouterr().err


@pytest.mark.parametrize(
    "text",
    ["Il voulut savoir ce qu'il dit alors.", "Pour punir ceux qu'il mit au premier rang.", "On vit qu'il vint seul."],
)
def test_the_past_behind_a_relative_is_no_subjunctive(text):
    assert mended(text) == text
