"""Writes the odds that `normalise` ships: what the words around a place speak for « donné » and not « donne ».

    npm pack @socialgouv/legi-data @socialgouv/kali-data    # two .tgz; unpack each into a folder of its own
    apt-get download stardict-xmlittre && dpkg -x stardict-xmlittre_*.deb LITTRE
    python -m scripts.build_odds LEGI/package/data KALI/package/data LITTRE/usr/share/stardict/dic

The texts are French law (codes) and collective agreements, official texts, and the Dictionnaire de la langue française
of Émile Littré (1863-1877, in the public domain) with the sentences that it cites of the 17th to the 19th century; its
quotations in old French and its etymologies are left out. Of each question, places are drawn evenly, a logistic model
is fitted, and what moves the odds by little is left out.
"""

import argparse
import gzip
import html
import json
import re
import struct
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from pv_extract.repair.accents import participles, subjunctive
from pv_extract.repair.context import context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.odds import PAIRS, PARTICIPLE, SUBJUNCTIVE, Odds, traits, word_of, yes_of
from pv_extract.repair.wording import REACH, Wording

DATA = Path(__file__).resolve().parent.parent / "pv_extract" / "repair" / "data"
TAG, BLOCK = re.compile(r"<[^>]+>"), re.compile(r"<br\s*/?>|</p>|</div>|</td>|</li>|\n")
SHORTEST_BLOCK = 20  # letters of a block that is looked at
LITTRE = "XMLittre"
SECTION = re.compile(r"<b><big>([^<]*)</big></b>")
OF_OLD = ("HISTORIQUE", "ÉTYMOLOGIE")  # sections that quote old French and other tongues
PRONUNCIATION = re.compile(r"<i><small>.*?</small></i>", re.S)
CITED = re.compile(r'<span foreground="#0000CD">(.*?)</span>')
SPAN = re.compile(r"<span.*?</span>")
OF_PAIRS = {form: pair[1] for pair in PAIRS for form in pair if form != "dés"}
MOST, MOST_OF_PAIR = 3_000, 60_000  # places of one verb, and of one pair of words, that are looked at in one source
MET = 8  # places where a trait must be met
PENALTY, LEAST = 1.0, 0.15
HELD_OUT = 16  # of so many blocks one is left out, for measuring


class Place(NamedTuple):
    """A place: the question it asks, the answer, what frequency tells of it, the numbers of what is told of it."""

    question: str
    answer: bool
    known: float
    told: Sequence[int]


def blocks(folder: Path) -> Iterator[str]:
    """The paragraphs of all articles of a source, each but once."""
    met: set[int] = set()
    for markup in littre(folder) if (folder / f"{LITTRE}.idx").exists() else of_law(folder):
        text = " ".join(html.unescape(TAG.sub(" ", markup)).split())
        if len(text) >= SHORTEST_BLOCK and (digest := hash_of(text)) not in met:
            met.add(digest)
            yield text


def of_law(folder: Path) -> Iterator[str]:
    """The paragraphs of codes and agreements."""
    for file in sorted(folder.glob("[LK]*.json")):
        for article in articles(json.loads(file.read_text(encoding="utf-8"))):
            yield from BLOCK.split(article)


def articles(node: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a node and of those below it."""
    data = node.get("data", {})
    yield data.get("texteHtml") or data.get("content") or ""
    for child in node.get("children", []):
        yield from articles(child)


def littre(folder: Path) -> Iterator[str]:
    """The sentences that Littré cites and those of his own, without his sections on old French."""
    for entry in entries(folder):
        first, *others = SECTION.split(PRONUNCIATION.sub("", entry))
        titled = zip(others[::2], others[1::2], strict=True)
        for part in (first, *(part for title, part in titled if not title.strip().startswith(OF_OLD))):
            for line in part.split("\n"):
                yield from CITED.findall(line)
                yield SPAN.sub("", line)


def entries(folder: Path) -> Iterator[str]:
    """The entries of a StarDict dictionary: words, offsets and sizes in one file, texts in another."""
    texts = gzip.decompress((folder / f"{LITTRE}.dict.dz").read_bytes())
    index, at = (folder / f"{LITTRE}.idx").read_bytes(), 0
    while at < len(index):
        at = index.index(b"\0", at) + 1
        offset, size = struct.unpack_from(">II", index, at)
        at += struct.calcsize(">II")
        yield texts[offset : offset + size].decode()


def hash_of(text: str) -> int:
    """A digest of a text that is the same on every run."""
    return zlib.crc32(text.encode()) << 32 | zlib.adler32(text.encode())


def places(texts: Iterable[str], model: Odds, numbers: dict[str, int]) -> Iterator[Place]:
    """The places of texts that ask a question, of one word not more than enough; new traits get their numbers."""
    met: Counter[str] = Counter()
    for text in texts:
        seen = Wording.of(text).linked
        for index, form in enumerate(seen):
            asked = question_of(form, model)
            met[skeleton(form)] += bool(asked)
            if asked and met[skeleton(form)] <= (MOST_OF_PAIR if form in OF_PAIRS else MOST):
                before, after = seen[max(0, index - REACH) : index], seen[index + 1 : index + 1 + REACH]
                told = traits(word_of(asked[0], form), [*map(model.view, before)], [*map(model.view, after)])
                yield Place(*asked, array("L", [numbers.setdefault(trait, len(numbers)) for trait in told]))


def question_of(form: str, model: Odds) -> tuple[str, bool, float] | None:
    """What a word in lower case asks, the answer, and what the frequency of both forms speaks for « yes »."""
    if form in OF_PAIRS:
        return OF_PAIRS[form], form == OF_PAIRS[form], 0.0
    if not form.islower():
        return None
    if other := next(participles(form, model.context), None):
        return asked(PARTICIPLE, form, other, model)
    plain = skeleton(form)
    wished = next(subjunctive(plain, model.context), None)
    if wished is None or form not in (plain, wished):
        return None
    return asked(SUBJUNCTIVE, form, wished if form == plain else plain, model)


def asked(question: str, form: str, other: str, model: Odds) -> tuple[str, bool, float]:
    """A question that has one form for its answer and might have had the other."""
    is_yes = form in yes_of(question, other)
    gain = model.context.prior(form) - model.context.prior(other)
    return question, is_yes, gain if is_yes else -gain


def fitted(places: Sequence[Place], names: Sequence[str]) -> dict[str, float]:
    """The weights of the traits that a logistic model finds."""
    counts = Counter(trait for place in places for trait in place.told)
    often = sorted((trait for trait, count in counts.items() if count >= MET), key=names.__getitem__)
    columns = {trait: at for at, trait in enumerate(often)}
    found, ends = array("i"), array("l", [0])
    for place in places:
        found.extend(columns[trait] for trait in place.told if trait in columns)
        ends.append(len(found))
    told = sparse.csr_matrix((np.ones(len(found)), found, ends), shape=(len(places), len(columns)))
    sign = np.array([1.0 if place.answer else -1.0 for place in places])
    known = np.array([place.known for place in places])

    def cost(weights: Any) -> tuple[float, Any]:
        lead = sign * (told @ weights + known)
        slope = -sign / (1 + np.exp(np.clip(lead, -50, 50)))
        return np.logaddexp(0, -lead).sum() + PENALTY * weights @ weights / 2, told.T @ slope + PENALTY * weights

    best = minimize(cost, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 80}).x
    return {names[trait]: float(best[at]) for trait, at in columns.items() if abs(best[at]) >= LEAST}


def write(tables: Mapping[str, Mapping[str, float]]) -> None:
    """Write of each question its name, its traits and their weights in tenths; the same input gives the same bytes."""
    lines: list[str] = []
    for question, table in tables.items():
        traits = sorted(table)
        lines += [question, "\t".join(traits), " ".join(str(round(10 * table[trait])) for trait in traits)]
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (DATA / "odds.gz").write_bytes(packed)
    print(sum(map(len, tables.values())), "traits", len(packed), "bytes")


def main() -> None:
    """Write odds.gz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    model, numbers = Odds(context(), {}), dict[str, int]()
    by_question: dict[str, list[Place]] = {}
    for folder in parser.parse_args().folders:
        texts = sorted(blocks(folder), key=hash_of)  # in no order that the source has
        for place in places(texts[len(texts) // HELD_OUT :], model, numbers):
            by_question.setdefault(place.question, []).append(place)
    names = list(numbers)
    write({question: fitted(found, names) for question, found in sorted(by_question.items())})


if __name__ == "__main__":
    main()
