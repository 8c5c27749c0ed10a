"""Text, Markdown and HTML: the text stays as written, its notation is listed."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pv_extract.errors import UnreadableSource, UsageError
from pv_extract.readers import ReadOptions, read
from pv_extract.readers.html import markup_of
from pv_extract.readers.notation import notation_of
from pv_extract.readers.styling import style_runs
from pv_extract.text import AlignedText, Edit, Span


def shown(text, markup):
    edits = [Edit(Span(m.start, m.end), m.after, "markup") for m in markup]
    return AlignedText.of(text).edit(edits).text


def bare(text):
    return shown(text, notation_of(text)[0])


def styled(text):
    runs = style_runs(notation_of(text)[1])
    return [(text[r.start : r.end], r.bold, r.italic) for r in runs]


WIKI = """== Présents ==
* '''Aline Mortreux''' (''présidente'')
* [[Utilisateur:Cdubreuil|Chloé Dubreuil]], [[Tours]]
== Ordre du jour ==
# Quitus
#Budget
"""


def test_a_wiki_has_titles_between_signs_numbered_lists_quotes_for_bold_and_links():
    seen = "Présents\n* Aline Mortreux (présidente)\n* Chloé Dubreuil, Tours\nOrdre du jour\n- Quitus\n- Budget\n"
    assert bare(WIKI) == seen
    assert [text.strip("'= \n") for text, bold, _ in styled(WIKI) if bold] == [
        "Présents",
        "Aline Mortreux",
        "Ordre du jour",
    ]
    assert [text for text, bold, italic in styled(WIKI) if italic] == ["présidente"]


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("= Bureau du 3 mai\n\n== Quitus\n\nAdopté.", "Bureau du 3 mai\n\nQuitus\n\nAdopté."),  # AsciiDoc
        ("====== Bureau ======\n  * Quitus", "Bureau\n  * Quitus"),  # DokuWiki
        ("h1. Bureau\n\nh2. Quitus\n", "Bureau\n\nQuitus\n"),  # Textile
        ("#+TITLE: Bureau\n* Quitus\n** Budget\n- Élodie", "Bureau\nQuitus\nBudget\n- Élodie"),  # Org
    ],
)
def test_titles_of_other_notations_are_bold_without_their_signs(source, seen):
    assert bare(source) == seen
    assert styled(source)[0] == (seen.partition("\n")[0], True, False)


@pytest.mark.parametrize(
    "source",
    [
        "Total des recettes\n= 12 500 €\n== 3 ==",
        "* M. Rivoire\n* Mme Orsel",
        "l'article ''Vente'' et l'article ''Achat''",
        "Dépenses :\n=====\n2 + 2 == 4",
    ],
)
def test_sums_lists_and_doubled_apostrophes_are_no_notation_of_a_wiki(source):
    assert "".join(bare(source).split()) == "".join(source.split()) and not styled(source)


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("**M. Jean VALMORIN** et *Mme Léa SORBIER*", "M. Jean VALMORIN et Mme Léa SORBIER"),
        ("***Présents :*** __Pour__ : 12, _Contre_ : 2", "Présents : Pour : 12, Contre : 2"),
        ("**Pour : **12 – **Contre :** 2", "Pour : 12 – Contre : 2"),
        ("**A****B**", "AB"),
        ("*italique **gras** suite*", "italique gras suite"),
        ("* M. Rivoire\n* Mme Orsel\n", "* M. Rivoire\n* Mme Orsel\n"),
        ("Fait à Valmorin le ______ 2024", "Fait à Valmorin le ______ 2024"),
        ("un_nom_de_fichier et 3*4*5", "un_nom_de_fichier et 3*4*5"),
        ("Budget (*) voir note (*)", "Budget (*) voir note (*)"),
        ("** seul au début", "** seul au début"),
        ("<i>Mme SORBIER</i> <b>M. VALMORIN</b><br>suite", "Mme SORBIER M. VALMORIN\nsuite"),
        ("écrire à <mairie@valmorin.example> si 3 < 4", "écrire à <mairie@valmorin.example> si 3 < 4"),
        ("R&amp;D &nbsp;1&#233;", "R&D \xa01é"),
        ("## Ordre du jour\n#hashtag\n", "Ordre du jour\n#hashtag\n"),
        ("voir [l'annexe](https://valmorin.example/a.pdf).", "voir l'annexe."),
        ("voir [sic](une remarque)", "voir [sic](une remarque)"),
        ("1\\. Budget \\*", "1. Budget *"),
        ("| Nom | Vote |\n|:---|---:|\n| **A** | |\n", "Nom\tVote\nA\t\n"),
        ("Nom | Vote\n--- | ---\nA | pour\n", "Nom\tVote\nA\tpour\n"),
        ("un trait | isolé", "un trait | isolé"),
        ("| a<br>b | c |", "a b\tc"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a\tb\nc\n"),
        ("Quitus\n======\n\n+ pour 15", "Quitus\n\n\n+ pour 15"),
        ("=========\nAssemblée\n=========\n", "Assemblée\n\n"),
        ("Fin du texte.\nQuitus\n------\n", "Fin du texte.\nQuitus\n------\n"),
        ("Présents   Absents\n------------------\n", "Présents   Absents\n------------------\n"),
        ("+----+---+\n| a  | b |\n+----+---+\n| c  | d |\n+----+---+\n", "a\tb\nc\td\n"),
        ("```markdown\nTexte\n```\n", "Texte\n"),
    ],
)
def test_notation_is_listed(source, seen):
    assert bare(source) == seen


def test_styles_cover_what_is_printed_bold_or_italic():
    assert styled("**M. A** *Mme B*") == [("**M. A**", True, False), ("*Mme B*", False, True)]
    assert styled("# Titre\nsuite") == [("# Titre", True, False)]
    assert styled("Quitus\n======\nsuite") == [("Quitus", True, False)]
    assert ("*x*", True, True) in styled("**gras *x* gras**")
    assert styled("<b>a <i>b</i></b>")[1] == ("<i>b</i>", True, True)


NOTATION = st.text(st.sampled_from(list("*_|<>/bi&;#[]()\\ \n-:aé1`!")), max_size=120)


@given(NOTATION)
def test_any_notation_can_be_deleted(text):
    markup, intervals = notation_of(text)
    shown(text, markup)
    runs = style_runs(intervals)
    assert all(a.end <= b.start for a, b in pairwise(runs))
    assert all(0 <= r.start < r.end <= len(text) for r in runs)


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", " ", "\n", "x", "<td>", "</td>", "<!--", "&amp;", "<"])))
def test_any_html_can_be_deleted(parts):
    text = "".join(parts)
    markup, intervals = markup_of(text)
    shown(text, markup)
    style_runs(intervals)


def test_html_shows_what_a_browser_shows():
    text = (
        "<!doctype html><html><head><title>x</title></head><body><h1>PV</h1>\n"
        "<p>Le <b>maire</b> &amp;\n le conseil</p><script>if (a<b) x()</script>"
        "<table><tr><td>a</td> <td>b</td></tr><tr><td>c</td><td>d</td></tr></table></body></html>"
    )
    assert shown(text, markup_of(text)[0]) == "PV\n\nLe maire & le conseil\n\na\tb\nc\td"


@pytest.mark.parametrize(
    "data",
    [
        "Séance\r\ndu 3\rmars".encode(),
        b"\xef\xbb\xbf" + "Séance\ndu 3\nmars".encode(),
        "Séance\ndu 3\nmars".encode("utf-16"),
        "Séance\ndu 3\nmars".encode("cp1252"),
    ],
)
def test_encodings_and_line_ends(tmp_path, data):
    (tmp_path / "pv.txt").write_bytes(data)
    assert read(tmp_path / "pv.txt").text == "Séance\ndu 3\nmars"


def test_form_feeds_separate_pages(tmp_path):
    (tmp_path / "pv.txt").write_text("un\fdeux\f")
    document = read(tmp_path / "pv.txt")
    assert [document.text[p.start : p.end] for p in document.pages] == ["un\f", "deux\f"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("vide.txt", b""),
        ("blancs.txt", b" \n\t\n"),
        ("nul.txt", b"abc\x00def"),
        ("bruit.bin", bytes(range(1, 32)) * 20),
        ("faux.pdf", b"Bonjour, ceci est du texte"),
        ("faux.odt", b"PK\x03\x04 rien"),
        ("image.gif", b"GIF89a\x00\x00"),
    ],
)
def test_what_cannot_be_read_says_so(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableSource) as caught:
        read(tmp_path / name)
    assert name in caught.value.english and name in caught.value.french
    assert "\n" not in caught.value.english and ":" in caught.value.english


def test_a_folder_is_wrong_usage_and_a_missing_file_unreadable(tmp_path):
    with pytest.raises(UsageError, match=r"/\*"):
        read(tmp_path)
    with pytest.raises(UnreadableSource):
        read(tmp_path / "absent.txt")


def test_standard_input_is_named_stdin(monkeypatch):
    class Input:
        class buffer:
            read = staticmethod(lambda: b"# PV")

    monkeypatch.setattr("sys.stdin", Input)
    document = read("-", ReadOptions(extension="md"))
    assert (document.name, document.media_type) == ("stdin", "text/markdown")
