"""What a search gives back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from corpus.model import Coverage, Listing, Page, Span
from search.bridge import Bridged
from search.figure_search import Spelled
from search.grading import Grade
from search.index import RankedPage
from search.looking import Unfinished
from search.quotes import Place
from search.snippets import Snippet

FACETS = ("agency", "release", "year", "kind")


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that was found; `matches` are spans of its text."""

    document: Listing
    page: Page
    score: float
    snippet: Snippet
    matches: tuple[Span, ...]
    partial: bool = False  # not all of the words stand here
    missing: tuple[str, ...] = ()  # those that do not, as typed


@dataclass(frozen=True, slots=True)
class Results:
    """Some hits of a query, and exact counts of all: `total` pages in `documents` documents.

    `facets` count the pages of `total` by field and value, those of a facet without what was asked of that facet
    itself; `per_document` counts those of the documents that have hits here. `behind` is the number of documents that
    changed since the index was last written, which only quotations look into; `took_ms` is in milliseconds.
    `unfinished` tells what not all pages could be looked through for in time: with it the counts are of what was looked
    at. Where few pages have all the words, `partial` further ones that have some follow them, counted apart in
    `partial_facets`; where documents are asked for, `partial_documents` have such pages alone, and come last. `added`
    tells what was looked for beside the words as typed.
    """

    query: str
    total: int
    documents: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]
    coverage: Coverage
    behind: int
    took_ms: float
    per_document: Mapping[str, int] = field(default_factory=dict)
    unfinished: tuple[Unfinished, ...] = ()
    partial: int = 0
    partial_documents: int = 0
    partial_facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    added: tuple[Bridged | Spelled, ...] = ()

    def __iter__(self) -> Iterator[Hit]:
        return iter(self.hits)

    def __len__(self) -> int:
        return len(self.hits)

    def rows(self) -> list[dict[str, Any]]:
        """Return the hits as flat rows, ready for `pandas.DataFrame(results.rows())`."""
        return [
            {
                "document": hit.document.document.id,
                "title": hit.document.title,
                "page": hit.page.number,
                "label": hit.page.label,
                "score": hit.score,
                "snippet": hit.snippet.text,
                "basis": hit.page.basis.value,
                "releases": "; ".join(hit.document.releases),
            }
            for hit in self.hits
        ]


@dataclass(frozen=True, slots=True)
class QuoteResult:
    """Where a quotation stands, with the proof that the rest was looked through.

    `whole` says that every page and file the audience may see was read in full: without it, "absent" means "not in what
    can be searched".
    """

    quote: str
    grade: Grade
    places: tuple[Place, ...]
    listings: Mapping[str, Listing]
    coverage: Coverage
    behind: int
    took_ms: float


def best_pages(
    ranked: Iterable[RankedPage], best: int, limit: int, offset: int, last: frozenset[RankedPage] = frozenset()
) -> tuple[RankedPage, ...]:
    """Return the `best` pages by score of `limit` documents from `offset` on, one document after another.

    In each document the pages of `last` come last, whatever their score.
    """
    by_document: dict[str, list[RankedPage]] = {}
    for page in ranked:
        by_document.setdefault(page.document, []).append(page)
    some = list(by_document.values())[offset : offset + limit]
    return tuple(page for pages in some for page in sorted(pages, key=lambda each: (each in last, -each.score))[:best])
