"""What does the bridge between Korean and English find?

    .venv/bin/python -m benchmarks.bridged [--frozen] [--each]

The PDFs of ../shared/data/pdf and redaction/x-ray in a corpus of their own, and the queries of benchmarks/bridge/, each
with the pages of the other language that were judged to answer it before there was a glossary (how: its README). Prints
recall@10 (judged pages among the first ten hits, of ten at most), how many queries find one at all, and recall@10 among
the pages of the other language alone, each without the bridge and with it. The odd queries are for tuning; the even
ones are frozen: --frozen counts those.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from corpus import Corpus
from corpus.model import Page
from search import Searcher
from search.bridge import Glossary, bridged, version
from search.query import Node, parse
from tests.ingests import ingest

HERE = Path(__file__).resolve().parent
DATA = HERE.parent.parent / "shared" / "data"
DEPTH = 10
DEEP = 200  # hits in which pages of the other language are looked for
_HANGUL = re.compile("[가-힣]")
Pair = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query, its number, and the pages (sha256, number) that answer it."""

    number: int
    query: str
    lang: str
    hard: bool
    pages: frozenset[tuple[str, int]]


def judged(path: Path) -> list[Judged]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [
        Judged(
            int(row["id"].lstrip("b")),
            row["query"],
            row["lang"],
            row["hard"],
            frozenset((page["sha256"][:16], page["page"]) for page in row["relevant"]),
        )
        for row in rows
    ]


def recall(searcher: Searcher, tree: Node, query: Judged) -> tuple[float, float]:
    """Return the share of the judged pages, of ten at most, among the first ten hits: of all, of the other language."""
    hits = [hit.page for hit in searcher.search(tree, DEEP, facets=False, partial=True).hits]
    other = [page for page in hits if (len(_HANGUL.findall(page.visible)) > 100) == (query.lang == "en")]
    return _share(hits[:DEPTH], query.pages), _share(other[:DEPTH], query.pages)


def _share(first: list[Page], pages: frozenset[tuple[str, int]]) -> float:
    return len({(page.document[:16], page.number) for page in first} & pages) / min(DEPTH, len(pages))


def told(name: str, values: list[Pair]) -> None:
    """Print a line of means: without and with the bridge, mixed and in the other language alone."""
    if not values:
        return
    count = len(values)
    mixed = [sum(pair[at][0] for pair in values) / count for at in (0, 1)]
    other = [sum(pair[at][1] for pair in values) / count for at in (0, 1)]
    some = [sum(pair[at][1] > 0 for pair in values) for at in (0, 1)]
    print(
        f"{name:<16}{count:>4}   {mixed[0]:.3f} → {mixed[1]:.3f}   {other[0]:.3f} → {other[1]:.3f}   "
        f"{some[0]} → {some[1]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--frozen", action="store_true")
    parser.add_argument("--each", action="store_true", help="a line for each query")
    given = parser.parse_args()
    queries = [each for each in judged(HERE / "bridge" / "queries.jsonl") if (each.number % 2 == 0) == given.frozen]
    glossary = Glossary.of()
    with tempfile.TemporaryDirectory() as place:
        os.environ["GONGMUN_CACHE"] = f"{place}/cache"
        with Corpus.create(Path(place) / "corpus") as corpus:
            for folder in ("pdf", "redaction/x-ray"):
                ingest(corpus, DATA / folder)
            with Searcher(corpus) as searcher:
                measure(searcher, glossary, queries, given.each)


def measure(searcher: Searcher, glossary: Glossary, queries: list[Judged], each: bool) -> None:
    values: list[Pair] = []
    for query in queries:
        plain = parse(query.query)
        tree, terms = bridged(plain, glossary)
        values.append((recall(searcher, plain, query), recall(searcher, tree, query)))
        if each:
            print(query.number, query.query, values[-1], [term.typed for term in terms])
    print(
        f"glossary {version()}: queries, recall@10 without → with, in the other language alone, queries that find some"
    )
    pairs = list(zip(queries, values, strict=True))
    told("all", values)
    for lang in ("en", "ko"):
        told(f"typed in {lang}", [value for query, value in pairs if query.lang == lang])
    told("hard ones", [value for query, value in pairs if query.hard])


if __name__ == "__main__":
    main()
