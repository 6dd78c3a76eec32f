"""Searcher: a query in, results out, for one audience."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from types import TracebackType
from typing import cast

from corpus import Corpus
from corpus.errors import UsageError
from corpus.listings import listings
from corpus.model import EVERYTHING, Audience, Coverage, Listing, Page, Span
from search import snippets
from search.fields import highlighted, resolved, words_of
from search.grading import Grade
from search.index import Index, Pages, RankedPage, Tree
from search.indexes import behind, current_index
from search.query import Node, Or, Phrase, Prefix, Word, parse
from search.quotes import Field, Sought, on_page, pages_with, places
from search.results import FACETS, Hit, QuoteResult, Results

_PLAIN = re.compile(r"(?:[^\W\d_]|\s)+")  # letters and blanks alone: no sign or figure that could differ
SORTS = ("relevance", "date", "document")


class Searcher:
    """Searches a corpus as one audience; sees what is committed when a search begins.

    With no index given, opens the corpus's own and brings it up to date first, unless another process is writing.
    """

    def __init__(self, corpus: Corpus, audience: Audience = EVERYTHING, index: Index | None = None) -> None:
        self.corpus = corpus
        self.audience = audience
        self.index = index or current_index(corpus)
        self._at = -1
        self._listings: Mapping[str, Listing] = {}
        self._coverage = Coverage({}, {}, ())
        self._known: frozenset[str] = frozenset()
        self._changed: frozenset[str] = frozenset()
        self._refresh()

    def search(
        self, query: str | Node, limit: int = 10, offset: int = 0, sort: str = "relevance", facets: bool = True
    ) -> Results:
        """Return pages that match, `limit` of them from `offset` on.

        Raises:
            QueryError: the query cannot be understood.
            UsageError: an unknown sort, or a limit or offset below zero.
        """
        began = time.perf_counter()
        if sort not in SORTS or limit < 0 or offset < 0:
            raise UsageError(f"Sort by one of {', '.join(SORTS)}; limit and offset count from 0.")
        self._refresh()
        node = parse(query) if isinstance(query, str) else query
        tree = resolved(node, self._listings, self._phrase)
        ranked = self.index.search(tree, self._allowed, self._order(sort), None, offset + limit)
        counts = self.index.facets(tree, self._allowed) if facets else {}
        hits = self._hits(ranked.hits[offset:], node)
        return Results(
            query=query if isinstance(query, str) else "",
            total=ranked.total,
            documents=ranked.documents,
            hits=hits,
            facets=self._facets(counts),
            coverage=self._coverage,
            behind=len(self._changed & self._known),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def quote(self, text: str, document: str | None = None, limit: int = 20) -> QuoteResult:
        """Return where a quotation stands, best grade first, in the corpus or in one document.

        Raises:
            UsageError: there is nothing in it to look for, or nothing is to be shown of it.
        """
        if limit < 1:
            raise UsageError("Ask for at least one place of a quotation.")
        began = time.perf_counter()
        self._refresh()
        found = places(Sought.of(text), self._field(document), limit)
        return QuoteResult(
            quote=text,
            grade=found[0].grade if found else Grade.ABSENT,
            places=tuple(found),
            listings={place.document: self._listings[place.document] for place in found},
            coverage=self._coverage,
            behind=len(self._changed & self._known),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def listing(self, document: str) -> Listing | None:
        """Return what the audience may know of a document."""
        self._refresh()
        return self._listings.get(document)

    def close(self) -> None:
        self.index.close()

    def __enter__(self) -> Searcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _refresh(self) -> None:
        """Take in what was committed since the last search."""
        self.index.refresh()
        change = self.corpus.store.last_change()
        late = change != self.index.state().change
        self._changed = frozenset(behind(self.corpus, self.index)) if late else frozenset()
        if change != self._at:
            self._listings = listings(self.corpus.store, self.audience)
            self._known = frozenset(self._listings)
            self._coverage = self.corpus.store.coverage(self.audience)
            self._at = change

    @property
    def _allowed(self) -> frozenset[str] | None:
        return None if self.audience.releases is None and not self._changed else self._known

    def _phrase(self, phrase: Phrase) -> Tree:
        """Return the pages with a phrase: where it is what a word is, the index tells most of them by itself."""
        sought = Sought.of(phrase.text, any_case=True)
        plain = Word(phrase.text, exact=True) if _PLAIN.fullmatch(sought.text) else None
        checked = Pages(pages_with(sought, self._field(), plain), words_of(phrase))
        return checked if plain is None else Or(cast(tuple[Node, ...], (plain, checked)))

    def _field(self, document: str | None = None) -> Field:
        visible = self._known if document is None else self._known & {document}
        return Field(self.index, self.corpus.store, visible, self._changed)

    def _order(self, sort: str) -> Mapping[str, int] | None:
        """Return the place of each document in an order by date (undated last) or by title."""
        if sort == "relevance":
            return None
        known = self._listings
        by_date = sort == "date"
        order = sorted(known, key=lambda d: ((known[d].date or "9999") if by_date else "", known[d].title, d))
        return {document: place for place, document in enumerate(order)}

    def _hits(self, ranked: tuple[RankedPage, ...], node: Node) -> tuple[Hit, ...]:
        pages = self.corpus.store.some_pages((hit.document, hit.number) for hit in ranked)
        leaves = highlighted(node)
        hits = []
        for hit in ranked:
            page, listing = pages.get((hit.document, hit.number)), self._listings.get(hit.document)
            if page is not None and listing is not None:  # gone since the index was written
                marks = self._marks(page, leaves)
                hits.append(Hit(listing, page, hit.score, snippets.snippet(page, marks), marks))
        return tuple(hits)

    def _marks(self, page: Page, leaves: tuple[Word | Phrase | Prefix, ...]) -> tuple[Span, ...]:
        words = [leaf for leaf in leaves if not isinstance(leaf, Phrase)]
        found = list(snippets.spans(page, words)) if words else []
        for leaf in leaves:
            if isinstance(leaf, Phrase):
                run = [page, *self.corpus.store.some_pages([(page.document, page.number + 1)]).values()]
                for place in on_page(Sought.of(leaf.text, any_case=True), run):
                    found += [Span(s.start, s.end) for s in place.passage if s.page == page.number]
        return snippets.merged(sorted(found))

    def _facets(self, counts: Mapping[str, int]) -> Mapping[str, Mapping[str, int]]:
        """Fold counts by document into counts by agency, release, year and kind, most pages first."""
        folded: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for document, pages in counts.items():
            listing = self._listings.get(document)
            if listing is None:
                continue
            kind = listing.document.media_type.rsplit("/", 1)[-1]
            values = {"agency": listing.agencies, "release": listing.releases, "year": (listing.year,), "kind": (kind,)}
            for name, found in values.items():
                for value in found:
                    if value:
                        folded[name][value] = folded[name].get(value, 0) + pages
        return {name: dict(sorted(v.items(), key=lambda item: (-item[1], item[0]))) for name, v in folded.items()}
