"""Do the pages that answer a question come first?

    .venv/bin/python -m benchmarks.relevance [--half tuning] [--methods ours bigrams words] [--only korquad]

Two collections from ../shared: KorQuAD v1 dev (964 passages, 5,774 questions, each with the passage it was asked of)
and CACM (3,204 abstracts, 52 queries with judgements). Passages are put into a store as pages and asked through
`Searcher`, each question as a person would type it, without quotation marks. Beside it the same BM25 with other terms:
words at blanks, stems of English words, pairs of syllables, morphemes, and morphemes with .3 of the pairs.

Questions are split in two once: those of KorQuAD by article, those of CACM one by one, both by SPLIT. Parameters were
chosen by the tuning half alone. The passages of both halves are always searched. nDCG@10 with binary gains (Järvelin
and Kekäläinen, 2002), MRR over the first 10, R@10; milliseconds of wall time. "Best single" is the best of the methods
with one kind of term on that half; the difference to it is tested by a paired bootstrap over questions.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import statistics
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import log1p, log2
from pathlib import Path

import numpy as np
from whoosh.analysis import StemmingAnalyzer

from corpus import Corpus
from corpus.folding import folded
from corpus.model import Delivery, Document, Extraction, Occurrence, Page, Release, State
from corpus.store import PageKey
from search import Searcher
from search.analysis import pattern
from search.morphemes import morphemes as analysed
from search.query import And, Node, Word

DATA = Path("../shared/data/retrieval")
SPLIT = 4  # seed
DEPTH = 10
RESAMPLES = 10_000


@dataclass(frozen=True, slots=True)
class Question:
    """`relevant` are places in the collection's list of passages."""

    text: str
    relevant: frozenset[int]
    half: str  # tuning | test


@dataclass(frozen=True, slots=True)
class Collection:
    name: str
    passages: list[tuple[str, str]]  # name of the document, text
    questions: list[Question]
    k1: float  # of the baselines


def halves(keys: Iterable[str]) -> dict[str, str]:
    """Assign each key to a half, at random but always the same."""
    shuffled = sorted(set(keys))
    random.Random(SPLIT).shuffle(shuffled)
    return {key: ("tuning", "test")[place % 2] for place, key in enumerate(shuffled)}


def korquad() -> Collection:
    articles = json.loads((DATA / "KorQuAD_v1.0_dev.json").read_text(encoding="utf-8"))["data"]
    half = halves(article["title"] for article in articles)
    passages, questions = [], []
    for article in articles:
        for paragraph in article["paragraphs"]:
            here = frozenset({len(passages)})
            passages.append((article["title"], paragraph["context"]))
            questions += [Question(each["question"], here, half[article["title"]]) for each in paragraph["qas"]]
    return Collection("KorQuAD", passages, questions, 0.9)


def cacm() -> Collection:
    """Title, author, abstract and keywords of each record; a hundred records make a document."""
    folder = DATA / "cacm"
    records = list(_records(folder / "cacm.all", "TAWK"))
    judged: dict[str, set[int]] = defaultdict(set)
    for row in (folder / "qrels.text").read_text().splitlines():
        query, record = row.split()[:2]
        judged[str(int(query))].add(int(record) - 1)
    half = halves(judged)
    questions = [
        Question(text, frozenset(judged[number]), half[number])
        for number, text in _records(folder / "query.text", "WA")
        if number in judged
    ]
    return Collection("CACM", [(f"{place // 100}", text) for place, (_, text) in enumerate(records)], questions, 1.2)


def _records(path: Path, fields: str) -> Iterator[tuple[str, str]]:
    for record in re.split(r"^\.I ", path.read_text(encoding="latin-1"), flags=re.M)[1:]:
        number, _, rest = record.partition("\n")
        parts = re.split(r"^\.([A-Z])[ ]*\n", rest, flags=re.M)[1:]
        yield (
            number.strip(),
            "\n".join(text for name, text in zip(parts[::2], parts[1::2], strict=True) if name in fields),
        )


COLLECTIONS = {"korquad": korquad, "cacm": cacm}


# -- our own ranking


def fill(corpus: Corpus, collection: Collection) -> dict[PageKey, int]:
    """Put a collection into a catalogue; return the place of each page in the collection."""
    texts: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place, (name, text) in enumerate(collection.passages):
        texts[name].append((place, text))
    places = {}
    with corpus.store.writing() as record:
        record.release(Release("r", collection.name))
        record.delivery(Delivery("d", "r", "made", None))
        for name, passages in texts.items():
            document = hashlib.sha256(name.encode()).hexdigest()
            record.document(Document(document, 1, "application/pdf"))
            record.occurrence(Occurrence(document[:16], document, "d", name, name, 1, 0))
            record.extraction(Extraction(document, "f", "made", {}, len(passages), {}))
            record.pages(Page(document, number, "f", text) for number, (_, text) in enumerate(passages, start=1))
            record.settle(Document(document, 1, "application/pdf", len(passages), State.SEARCHABLE), "f", 1)
            places.update({(document, number): place for number, (place, _) in enumerate(passages, start=1)})
    return places


def typed(text: str) -> Node:
    """Return the tree of a question typed without quotation marks and other signs of the query language."""
    words = tuple(dict.fromkeys(Word(word) for word in text.split() if pattern(word).stream))
    return And(words) if len(words) > 1 else words[0]


Ranker = Callable[[str], list[int]]


def ours(searcher: Searcher, places: dict[PageKey, int]) -> Ranker:
    def ranked(text: str) -> list[int]:
        hits = searcher.search(typed(text), limit=DEPTH, partial=True)
        return [places[hit.page.document, hit.page.number] for hit in hits]

    return ranked


# -- the same with other terms

Terms = Callable[[str], list[str]]
_RUN = re.compile(r"[가-힣]+|[^\W가-힣_]+")
_SIGNS = ".,?!\"'()[]<>《》〈〉‘’“”·:;"


def words(text: str) -> list[str]:
    """Return what stands between blanks, without signs at its ends."""
    return [word for word in (part.strip(_SIGNS) for part in folded(text).split()) if word]


def pairs(text: str) -> list[str]:
    """Return pairs of syllables that follow each other in a word, and other words whole."""
    found = []
    for run in _RUN.findall(folded(text)):
        korean = "가" <= run[0] <= "힣" and len(run) > 1
        found += [run[at : at + 2] for at in range(len(run) - 1)] if korean else [run]
    return found


def stems(text: str) -> list[str]:
    """Return Porter stems of words that are not on Whoosh's stop list."""
    return [token.text for token in _STEMMING(text)]  # type: ignore[no-untyped-call]


_STEMMING = StemmingAnalyzer()  # type: ignore[no-untyped-call]


def morphemes(text: str) -> list[str]:
    """Return Korean morphemes, and other words whole."""
    return analysed(folded(text)) + [word for word in pairs(text) if not "가" <= word[0] <= "힣"]


class Bm25:
    """BM25 over the distinct terms of a question, any of which may be there."""

    def __init__(self, texts: Iterable[str], terms: Terms, k1: float, b: float = 0.75) -> None:
        self.terms = terms
        counts = [Counter(terms(text)) for text in texts]
        lengths = np.array([count.total() for count in counts], dtype=float)
        norm = k1 * (1 - b + b * lengths / lengths.mean())
        held: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for place, count in enumerate(counts):
            for term, often in count.items():
                held[term].append((place, often))
        self.size = len(counts)
        self.weights = {}
        for term, postings in held.items():
            at, often = np.array([p for p, _ in postings]), np.array([n for _, n in postings], dtype=float)
            idf = log1p((self.size - len(at) + 0.5) / (len(at) + 0.5))
            self.weights[term] = at, idf * often * (k1 + 1) / (often + norm[at])

    def scores(self, text: str) -> np.ndarray:
        total = np.zeros(self.size)
        for term in set(self.terms(text)):
            if term in self.weights:
                at, weight = self.weights[term]
                total[at] += weight
        return total


SINGLE: dict[str, Terms] = {"words": words, "stems": stems, "bigrams": pairs, "morphemes": morphemes}
BOTH = "morphemes + .3 bigrams"


def baseline(method: str, collection: Collection) -> Ranker:
    texts = [text for _, text in collection.passages]
    if method == BOTH:
        parts = [(1.0, Bm25(texts, morphemes, collection.k1)), (0.3, Bm25(texts, pairs, collection.k1))]
    else:
        parts = [(1.0, Bm25(texts, SINGLE[method], collection.k1))]

    def ranked(text: str) -> list[int]:
        total = sum(weight * part.scores(text) for weight, part in parts)
        best = np.argsort(-total, kind="stable")[:DEPTH]
        return [int(place) for place in best if total[place] > 0]

    return ranked


# -- measuring


@dataclass(frozen=True, slots=True)
class Outcome:
    ndcg: np.ndarray
    reciprocal: float
    recall: float
    took: list[float]


def judged(questions: list[Question], ranker: Ranker) -> Outcome:
    ndcg, reciprocal, recall, took = [], [], [], []
    for question in questions:
        began = time.perf_counter()
        found = ranker(question.text)
        took.append((time.perf_counter() - began) * 1000)
        right = [place in question.relevant for place in found]
        ideal = sum(1 / log2(rank + 2) for rank in range(min(DEPTH, len(question.relevant))))
        ndcg.append(sum(hit / log2(rank + 2) for rank, hit in enumerate(right)) / ideal)
        reciprocal.append(1 / (right.index(True) + 1) if any(right) else 0.0)
        recall.append(sum(right) / len(question.relevant))
    return Outcome(np.array(ndcg), statistics.mean(reciprocal), statistics.mean(recall), sorted(took))


def show(name: str, outcome: Outcome) -> None:
    took = outcome.took
    speed = f"p50 {took[len(took) // 2]:6.1f} ms, p95 {took[int(len(took) * 0.95)]:6.1f} ms"
    print(
        f"  {name:<24} nDCG@10 {outcome.ndcg.mean():.4f}  MRR {outcome.reciprocal:.4f}  R@10 {outcome.recall:.4f}"
        f"  {speed}",
        flush=True,
    )


def difference(ours_: np.ndarray, other: np.ndarray) -> tuple[float, float, float]:
    """Return the mean difference and its 95 % interval by a paired bootstrap."""
    apart = ours_ - other
    random_ = np.random.default_rng(SPLIT)
    means = [apart[random_.integers(0, len(apart), len(apart))].mean() for _ in range(RESAMPLES)]
    low, high = np.quantile(means, [0.025, 0.975])
    return float(apart.mean()), float(low), float(high)


def measure(collection: Collection, half: str, methods: list[str]) -> None:
    questions = [each for each in collection.questions if half in (each.half, "all")]
    print(
        f"{collection.name}, {half} half: {len(collection.passages)} passages, {len(questions)} questions", flush=True
    )
    outcomes: dict[str, Outcome] = {}
    for method in methods:
        if method == "ours":
            with (
                tempfile.TemporaryDirectory() as folder,
                Corpus.create(Path(folder, "corpus")) as corpus,
            ):
                os.environ["GONGMUN_CACHE"] = str(Path(folder, "cache"))
                places = fill(corpus, collection)
                with Searcher(corpus) as searcher:
                    outcomes[method] = judged(questions, ours(searcher, places))
        else:
            outcomes[method] = judged(questions, baseline(method, collection))
        show(method, outcomes[method])
    singles = {name: outcome for name, outcome in outcomes.items() if name in SINGLE}
    if singles and "ours" in outcomes:
        best = max(singles, key=lambda name: singles[name].ndcg.mean())
        for name in dict.fromkeys([best, *outcomes]):
            if name != "ours":
                mean, low, high = difference(outcomes["ours"].ndcg, outcomes[name].ndcg)
                mark = " (the best single)" if name == best else ""
                print(f"  ours − {name}{mark}: {mean:+.4f} nDCG@10, 95 % from {low:+.4f} to {high:+.4f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=["tuning", "test", "all"], default="tuning")
    parser.add_argument("--methods", nargs="+", choices=["ours", *SINGLE, BOTH], default=["ours", *SINGLE, BOTH])
    parser.add_argument("--only", choices=COLLECTIONS)
    options = parser.parse_args()
    for name, load in COLLECTIONS.items():
        if options.only in (None, name):
            measure(load(), options.half, options.methods)


if __name__ == "__main__":
    main()
