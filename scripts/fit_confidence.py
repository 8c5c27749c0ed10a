"""Fits the confidence of values on annotated and drawn minutes; tells of it at the end of docs/accuracy.md.

``python -m scripts.fit_confidence``. Each value found that an annotation can judge is a case: its signals, and whether
it was right. A logistic model with weak weights for fields and rules is fitted, then calibrated by isotonic regression.
The figures told are those of documents left out of the fit, in five folds.
"""

import argparse
import json
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from scipy.optimize import isotonic_regression, minimize

from fixtures.generator import damaged, generate
from pv_extract.confidence import Signals, calibrated, score, signals
from pv_extract.document import Document
from pv_extract.pipeline import layout_of, record_of
from pv_extract.text import Span
from scripts.accuracy import REPORT, SCANS, SHARED, corpus, parted, samples
from scripts.confidence_page import page
from scripts.robustness import grammar
from scripts.scoring import compare
from tests.conftest import recorded_ocr

ROOT = Path(__file__).resolve().parent.parent
WEIGHTS = ROOT / "pv_extract" / "confidence.toml"
RATES = (0.0, 0.02, 0.05)
FOLDS = 5
KINDS = ("field", "rule", "how")
SLOPES = ("page", "line", "unread")
PENALTY = {"field": 1.0, "rule": 1.0, "how": 1.0}  # variance 1 of a weight: a rule seen twice moves little
KNOTS = 20
SUREST = 0.999


class Case(NamedTuple):
    """A value found: the document, whether it is a real one or a sample, its signals, whether it was right."""

    document: str
    real: bool
    signals: Signals
    right: bool


def drawn_cases(number: int, seed: int) -> list[Case]:
    """The cases of drawn minutes, clean and damaged."""
    minutes, cases = generate(seed, number), []
    for rate in RATES:
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, f"{minutes.name}.txt")
            source.write_text(damaged(minutes.text, rate, minutes.name), encoding="utf-8")
            cases += cases_of(minutes.name, False, source, minutes.record)
    return cases


def annotated_cases(gold: Path, source: Path) -> list[Case]:
    """The cases of an annotated document; scans of samples are read from the words recorded of them."""
    record = json.loads(gold.read_text(encoding="utf-8"))
    with recorded_ocr(source) if source.parent.name == "scan" else nullcontext():
        return cases_of(gold.stem, SHARED in gold.parents, source, record)


def cases_of(document: str, real: bool, source: Path, expected: dict[str, Any]) -> list[Case]:
    """A document's values that the annotation judges."""
    layout = layout_of(source, grammar())
    record = json.loads(record_of(layout).to_json())
    cases = []
    for fact in compare(expected, record):
        pointer = evidenced(fact.pointer, record["evidence"])
        if fact.found is not None and pointer is not None:
            signs = signals_of(layout.document, pointer, record["evidence"][pointer])
            cases.append(Case(document, real, signs, fact.right))
    return cases


def signals_of(document: Document, pointer: str, evidence: dict[str, Any]) -> Signals:
    """The signals that the evidence of a value had when it was written down."""
    start, end = evidence["span"]
    read = document.confidence_of(Span(start, end))
    return signals(pointer, evidence["rule"], evidence["how"], document.text, start, end, read)


def evidenced(pointer: str | None, evidence: dict[str, Any]) -> str | None:
    """The pointer itself or the nearest one above it that has evidence."""
    while pointer and pointer not in evidence:
        pointer = pointer.rpartition("/")[0]
    return pointer or None


def gather(seed: int, count: int, processes: int) -> list[Case]:
    """All the cases: real minutes where the corpus is at hand, samples, drawn minutes."""
    pairs = [pair for folder in ("text", "pdf", "scan") for pair in samples(folder)]
    if (SHARED / "score.py").is_file():
        pairs += corpus("seeds") + [pair for pair in corpus("dev") if pair.gold.stem not in SCANS]
    else:
        print(f"the reference corpus is not in {SHARED}: fitted on samples and drawn minutes alone")
    cases = list(chain.from_iterable(annotated_cases(*pair) for pair in pairs))
    with ProcessPoolExecutor(processes) as pool:
        cases += chain.from_iterable(pool.map(partial(drawn_cases, seed=seed), range(count), chunksize=10))
    return cases


def fit(cases: Sequence[Case]) -> dict[str, Any]:
    """The weights of the model on some cases, and its calibration on chances told of documents left out."""
    right, raw = [], []
    for fold in range(FOLDS):
        weights = fit_weights([case for case in cases if fold_of(case, "inner") != fold])
        for case in cases:
            if fold_of(case, "inner") == fold:
                right.append(case.right)
                raw.append(raw_chance(case.signals, weights))
    return {**fit_weights(cases), "calibration": knots(raw, np.array(right, dtype=float))}


def fit_weights(cases: Sequence[Case]) -> dict[str, Any]:
    """The weights of the logistic model."""
    names = {kind: sorted({getattr(case.signals, kind) for case in cases}) for kind in KINDS}
    matrix, penalty = design(cases, names), penalties(names)
    right = np.array([case.right for case in cases], dtype=float)
    found = minimize(loss, np.zeros(matrix.shape[1]), (matrix, right, penalty), jac=True, method="L-BFGS-B")
    return unpacked(found.x, names)


def design(cases: Sequence[Case], names: dict[str, list[str]]) -> np.ndarray:
    """A row for each case: one, the slopes' measures, a one for its field, its rule and how it is known."""
    columns = {(kind, name): i for i, (kind, name) in enumerate((k, n) for k in KINDS for n in names[k])}
    rows = np.zeros((len(cases), 1 + len(SLOPES) + len(columns)))
    for row, case in zip(rows, cases, strict=True):
        signs = case.signals
        row[:4] = 1.0, signs.page, signs.line, 0.0 if signs.read is None else 1 - signs.read
        for kind in KINDS:
            row[1 + len(SLOPES) + columns[kind, getattr(signs, kind)]] = 1.0
    return rows


def penalties(names: dict[str, list[str]]) -> np.ndarray:
    """The penalty of each weight: none for intercept and slopes."""
    return np.array([0.0] * (1 + len(SLOPES)) + [PENALTY[kind] for kind in KINDS for _ in names[kind]])


def loss(weights: np.ndarray, matrix: np.ndarray, right: np.ndarray, penalty: np.ndarray) -> tuple[float, np.ndarray]:
    """Penalised log loss and its gradient."""
    odds = matrix @ weights
    value = np.logaddexp(0, odds).sum() - right @ odds + (penalty * weights**2).sum() / 2
    return float(value), matrix.T @ (1 / (1 + np.exp(-odds)) - right) + penalty * weights


def unpacked(values: np.ndarray, names: dict[str, list[str]]) -> dict[str, Any]:
    """The weights by name, to three places."""
    numbers = iter(round(float(value), 3) for value in values)
    weights: dict[str, Any] = {"intercept": next(numbers), "slope": {name: next(numbers) for name in SLOPES}}
    return weights | {kind: {name: next(numbers) for name in names[kind]} for kind in KINDS}


def raw_chance(signs: Signals, weights: dict[str, Any]) -> float:
    """The chance before calibration."""
    return float(1 / (1 + np.exp(-score(signs, weights))))


def knots(raw: list[float], right: np.ndarray) -> list[list[float]]:
    """The broken line from raw chance to the share observed: means of equal parts, made to rise."""
    order = np.argsort(raw, kind="stable")
    parts = [part for part in np.array_split(order, KNOTS) if len(part)]
    means = [float(np.mean([raw[i] for i in part])) for part in parts]
    rising = isotonic_regression([right[part].mean() for part in parts]).x
    return [[round(x, 4), round(min(SUREST, float(y)), 4)] for x, y in zip(means, rising, strict=True)]


def held_out(cases: Sequence[Case]) -> list[tuple[Case, float]]:
    """Each case with the chance that a model fitted on the other folds' documents gives it."""
    judged = []
    for fold in range(FOLDS):
        weights = fit([case for case in cases if fold_of(case) != fold])
        for case in cases:
            if fold_of(case) == fold:
                judged.append((case, calibrated(raw_chance(case.signals, weights), weights["calibration"])))
    return judged


def fold_of(case: Case, split: str = "outer") -> int:
    """The fold of a document in one of two splits, the same for all its versions."""
    return crc32(f"{split} {case.document}".encode()) % FOLDS


def as_toml(weights: dict[str, Any]) -> str:
    """The weights as shipped."""
    lines = ["# Written by scripts/fit_confidence.py: log-odds that a value is right, then calibrated.", ""]
    lines += [f"intercept = {weights['intercept']}", f"calibration = {weights['calibration']}", ""]
    for kind in ("slope", *KINDS):
        lines += [f"[{kind}]", *(f"{json.dumps(name)} = {value}" for name, value in weights[kind].items()), ""]
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Write the weights and the page of reliability."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--count", type=int, default=300, help="drawn minutes, each clean and damaged")
    parser.add_argument("--processes", type=int, default=2)
    wanted = parser.parse_args()
    cases = gather(wanted.seed, wanted.count, wanted.processes)
    judged = held_out(cases)
    WEIGHTS.write_text(as_toml(fit(cases)), encoding="utf-8")
    text = page([(case.right, sure, case.real) for case, sure in judged], len({case.document for case in cases}))
    REPORT.write_text(parted()[0] + text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
