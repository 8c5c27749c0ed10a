"""Writes the odds that `normalise` ships: what the words around a place speak for « donné » and not « donne ».

    npm pack @socialgouv/legi-data @socialgouv/kali-data    # two .tgz; unpack each into a folder of its own
    python -m scripts.build_odds LEGI/package/data KALI/package/data

The texts are French law (codes) and collective agreements, official texts. Of each question, places are
drawn evenly, a logistic model is fitted, and what moves the odds by little is left out.
"""

import argparse
import gzip
import html
import json
import re
import zlib
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from pv_extract.repair.accents import participles
from pv_extract.repair.context import context
from pv_extract.repair.lexicon import skeleton
from pv_extract.repair.odds import PAIRS, PARTICIPLE, Odds, traits
from pv_extract.repair.wording import REACH, Wording

DATA = Path(__file__).resolve().parent.parent / "pv_extract" / "repair" / "data"
TAG, BLOCK = re.compile(r"<[^>]+>"), re.compile(r"<br\s*/?>|</p>|</div>|</td>|</li>|\n")
SHORTEST = 20  # letters of a block that is looked at
OF_PAIRS = {form: pair[1] for pair in PAIRS for form in pair if form != "dés"}
MOST, MOST_OF_PAIR = 400, 60_000  # places of one verb, and of one pair of words, that are looked at
MET = 10  # places where a trait must be met
PENALTY, LEAST = 1.0, 0.15
HELD_OUT = 16  # of so many blocks one is left out, for measuring


class Place(NamedTuple):
    """A place: the question it asks, the answer, what frequency tells of it, what is told of it."""

    question: str
    answer: bool
    known: float
    told: tuple[str, ...]


def blocks(folders: Sequence[Path]) -> Iterator[str]:
    """The paragraphs of all articles, each but once."""
    met: set[int] = set()
    for file in (file for folder in folders for file in sorted(folder.glob("[LK]*.json"))):
        for article in articles(json.loads(file.read_text(encoding="utf-8"))):
            for block in BLOCK.split(article):
                text = " ".join(html.unescape(TAG.sub(" ", block)).split())
                if len(text) >= SHORTEST and (digest := hash_of(text)) not in met:
                    met.add(digest)
                    yield text


def articles(node: Mapping[str, Any]) -> Iterator[str]:
    """The texts of a node and of those below it."""
    data = node.get("data", {})
    yield data.get("texteHtml") or data.get("content") or ""
    for child in node.get("children", []):
        yield from articles(child)


def hash_of(text: str) -> int:
    """A digest of a text that is the same on every run."""
    return zlib.crc32(text.encode()) << 32 | zlib.adler32(text.encode())


def places(texts: Iterable[str], model: Odds) -> Iterator[Place]:
    """The places of texts that ask a question, of one word not more than enough."""
    met: Counter[str] = Counter()
    for text in texts:
        seen = Wording.of(text).linked
        for index, form in enumerate(seen):
            asked = question_of(form, model)
            met[skeleton(form)] += bool(asked)
            if asked and met[skeleton(form)] <= (MOST_OF_PAIR if form in OF_PAIRS else MOST):
                views = [*map(model.view, seen[max(0, index - REACH) : index + REACH + 1])]
                cut = min(index, REACH)
                yield Place(*asked, traits(views[:cut], views[cut + 1 :]))


def question_of(form: str, model: Odds) -> tuple[str, bool, float] | None:
    """What a word in lower case asks, the answer, and what the frequency of both forms speaks for « yes »."""
    if form in OF_PAIRS:
        return OF_PAIRS[form], form == OF_PAIRS[form], 0.0
    if not form.islower() or form in model.context.closed:
        return None
    other = next(participles(form, model.context), None)
    if other is None:
        return None
    answer = form.endswith(("é", "és"))
    gain = model.context.prior(form) - model.context.prior(other)
    return PARTICIPLE, answer, gain if answer else -gain


def fitted(places: Sequence[Place]) -> dict[str, float]:
    """The weights of the traits that a logistic model finds."""
    counts = Counter(trait for place in places for trait in place.told)
    columns = {trait: at for at, trait in enumerate(sorted(t for t, count in counts.items() if count >= MET))}
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
    return {trait: float(best[at]) for trait, at in columns.items() if abs(best[at]) >= LEAST}


def write(tables: Mapping[str, Mapping[str, float]]) -> None:
    """Write the weights in tenths, with no date inside: the same input gives the same bytes."""
    lines = ["\t".join(tables)]
    for trait in sorted(set().union(*tables.values())):
        weights = [table.get(trait, 0.0) for table in tables.values()]
        lines.append("\t".join([trait, *(str(round(10 * weight)) if weight else "" for weight in weights)]))
    packed = gzip.compress("\n".join(lines).encode(), 9, mtime=0)
    (DATA / "odds.gz").write_bytes(packed)
    print(len(lines), "traits", len(packed), "bytes")


def main() -> None:
    """Write odds.gz."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+")
    model = Odds(context(), {})
    texts = sorted(blocks(parser.parse_args().folders), key=hash_of)  # in no order that the sources have
    by_question: dict[str, list[Place]] = {}
    for place in places(texts[len(texts) // HELD_OUT :], model):
        by_question.setdefault(place.question, []).append(place)
    write({question: fitted(found) for question, found in sorted(by_question.items())})


if __name__ == "__main__":
    main()
