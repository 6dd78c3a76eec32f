"""What the tests of ingesting share: running one, and telling what came of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus import Corpus
from corpus.model import Release
from corpus.store import PageKey
from ingest.outcomes import Outcome, Request
from ingest.pipeline import run
from ingest.workers import SerialExecutor
from search import Searcher

SAMPLE = Path(__file__).parent.parent / "ui" / "sample" / "release"
REQUEST = Request(Release("자료-1", "식별추적시스템 자료", agency="법무부"), "2021-10-21")
OTHER = Request(Release("자료-2", "다른 자료", agency="인천공항공사"), "2022-03-02")

_QUERIES, _LIMIT = 50, 100
_WORDS = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}|[0-9]{3,}")


def ingest(corpus: Corpus, *paths: Path, request: Request = REQUEST, **options: Any) -> list[Outcome]:
    """Run an ingest to its end, in this process unless an executor is given."""
    options.setdefault("executor", SerialExecutor())
    return list(run(list(paths), corpus, request, **options))


def by_name(outcomes: Iterable[Outcome]) -> dict[str, Outcome]:
    """Return outcomes by the path of their file, of which there must be one each."""
    listed = list(outcomes)
    found = {outcome.source.relative: outcome for outcome in listed}
    assert len(found) == len(listed)
    return found


def pages_with(corpus: Corpus, query: str) -> list[PageKey]:
    """Return the pages a search finds; what it says of their number must agree."""
    with Searcher(corpus) as searcher:
        return _pages(searcher, query)


def _pages(searcher: Searcher, query: str) -> list[PageKey]:
    results = searcher.search(query, limit=_LIMIT)
    hits = [(hit.page.document, hit.page.number) for hit in results.hits]
    assert results.total == len(hits) or results.total > _LIMIT
    return hits


def queries(corpus: Corpus, seed: int = 20211021) -> list[str]:
    """Draw words, pairs of words, phrases and (beginning with =) quotations from the texts of a corpus."""
    lots = random.Random(seed)
    pages = [page for document in sorted(corpus.store.documents()) for page in corpus.store.pages(document)]
    texts = [page.visible for page in pages if len(_WORDS.findall(page.visible)) > 20]
    drawn: list[str] = []
    while len(drawn) < _QUERIES:
        text = lots.choice(texts)
        places = list(_WORDS.finditer(text))
        words = [place[0] for place in places]
        at = lots.randrange(len(words) - 6)
        kind = len(drawn) % 5
        if kind < 2:
            drawn.append(words[at].lower())
        elif kind == 2:
            drawn.append(" ".join(word.lower() for word in words[at : at + 2]))
        elif kind == 3:
            stretch = text[places[at].start() : places[at + 2].end()]
            drawn.append('"' + stretch.replace('"', " ").replace("\n", " ") + '"')
        else:
            drawn.append("= " + text[places[at].start() : places[at + 5].end()])
    return drawn


def answers(corpus: Corpus, asked: Iterable[str]) -> dict[str, list[Any]]:
    """Return the ids of what each query finds, in order; queries that begin with = are quotations."""
    found: dict[str, list[Any]] = {}
    with Searcher(corpus) as searcher:
        for query in asked:
            if query.startswith("= "):
                places = searcher.quote(query[2:], limit=_LIMIT).places
                found[query] = [(place.grade, place.document, place.passage) for place in places]
            else:
                found[query] = _pages(searcher, query)
    return found
