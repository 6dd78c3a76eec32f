"""Searcher: a query in, results out, for one audience."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Mapping
from types import TracebackType

from corpus import Corpus
from corpus.errors import UsageError
from corpus.listings import listings
from corpus.model import EVERYTHING, Audience, Coverage, Listing, Page, Span
from search import looking, snippets
from search.altered import nearest
from search.filters import Filters, folded
from search.gap import Gap
from search.grading import Grade
from search.index import Index, Ranked, RankedPage
from search.indexes import behind, current_index
from search.looking import Patience
from search.partial import FEW, Loosened, loosened, missing, without
from search.query import Findable, Node, Phrase, Prefix, Word, parse, positive_leaves
from search.quotes import Field, Sought, on_page, places
from search.resolving import Kept, Resolver
from search.results import Hit, QuoteResult, Results, best_pages
from search.widening import Widened, Widening

SORTS = ("relevance", "date", "document")
_NO_FILTERS, _PATIENCE = Filters(), Patience()
_MOST_KEPT = 16  # answers of what pages were looked through for


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
        self._gap = Gap()
        self._kept: Kept = {}
        self._refresh()

    def search(
        self,
        query: str | Node,
        limit: int = 10,
        offset: int = 0,
        sort: str = "relevance",
        facets: bool = True,
        filters: Filters = _NO_FILTERS,
        best: int = 0,
        patience: Patience = _PATIENCE,
        partial: bool = False,
        widening: Widening | None = None,
    ) -> Results:
        """Return pages that match, `limit` of them from `offset` on.

        With `best`, limit and offset count documents, and of each its `best` pages are returned, one document after
        another. Without `facets`, neither these nor the counts by document are made. Regular expressions and the like
        are looked for as long as `patience` says; what that leaves undone is in the results. With `partial`, where few
        pages have all the words, those that have some follow, marked so (search/partial.py); with `widening`, words are
        also looked for in the other language and numbers in their other spellings, which the results tell.

        Raises:
            QueryError: the query cannot be understood.
            UsageError: an unknown sort, or a limit, an offset or a `best` below zero.
        """
        began = time.perf_counter()
        if sort not in SORTS or limit < 0 or offset < 0 or best < 0:
            raise UsageError(f"Sort by one of {', '.join(SORTS)}; limit, offset and best count from 0.")
        self._refresh()
        typed = parse(query) if isinstance(query, str) else query
        widened = widening.of_query(typed) if widening else Widened(typed, typed)
        node = widened.node
        resolver = self._resolver(self._field(), patience)
        tree = resolver.tree(node)
        allowed = self._passing(filters) if filters else self._allowed
        order, most = self._order(sort), sys.maxsize if best else offset + limit
        ranked, some, loose = self.index.search(tree, allowed, order, None, most), Ranked((), 0, 0), None
        if partial and ranked.total < FEW and not resolver.unfinished:
            loose = loosened(node)
        if loose:
            by, tree = tree, resolver.tree(loose.node)
            some = self.index.search(without(tree, by) if ranked.total else tree, allowed, order, None, most, by)
        counts = self.index.facets(tree, self._allowed) if facets else {}
        found = (ranked.hits + some.hits)[:most]
        wanted = best_pages(found, best, limit, offset) if best else found[offset:]
        hits = self._hits(wanted, widened, loose, frozenset(some.hits))
        return Results(
            query=query if isinstance(query, str) else "",
            total=ranked.total,
            documents=ranked.documents,
            hits=hits,
            per_document={hit.page.document: counts.get(hit.page.document, 0) for hit in hits} if facets else {},
            facets=folded(counts, self._listings, filters),
            coverage=self._coverage,
            behind=len(self._changed & self._known),
            took_ms=(time.perf_counter() - began) * 1000,
            unfinished=tuple(resolver.unfinished),
            partial=some.total,
            added=widened.added,
        )

    def quote(self, text: str, document: str | None = None, limit: int = 20) -> QuoteResult:
        """Return where a quotation stands, best grade first, in the corpus or in one document.

        Of one that stands nowhere, the nearest passage with its differences is returned, if one is near enough
        (search/altered.py): from 12 letters and digits on, in one document whatever its length.

        Raises:
            UsageError: there is nothing in it to look for, or nothing is to be shown of it.
        """
        if limit < 1:
            raise UsageError("Ask for at least one place of a quotation.")
        began = time.perf_counter()
        self._refresh()
        sought, where = Sought.of(text), self._field(document)
        found = places(sought, where, limit) or nearest(sought, where, limit, any_length=document is not None)
        return QuoteResult(
            quote=text,
            grade=found[0].grade if found else Grade.ABSENT,
            places=tuple(found),
            listings={place.document: self._listings[place.document] for place in found},
            coverage=self._coverage,
            behind=len(self._changed & self._known),
            took_ms=(time.perf_counter() - began) * 1000,
        )

    def pages_of(self, document: str, query: str | Node) -> list[int]:
        """Return the numbers of the pages of one document that match, in order.

        Raises:
            QueryError: the query cannot be understood.
        """
        self._refresh()
        if document not in self._known:
            return []
        node = parse(query) if isinstance(query, str) else query
        tree = self._resolver(self._field(document), _PATIENCE).tree(node)
        pages = self._listings[document].document.pages or 1
        found = self.index.search(tree, frozenset({document}), None, None, pages)
        return sorted(hit.number for hit in found.hits)

    def marks(self, query: str | Node, pages: Iterable[Page]) -> list[tuple[Span, ...]]:
        """Return where a query's words stand on each of some pages, as spans that do not overlap.

        Raises:
            QueryError: the query cannot be understood.
        """
        leaves = positive_leaves(parse(query) if isinstance(query, str) else query)
        return [self._marks(page, leaves) for page in pages]

    def listing(self, document: str) -> Listing | None:
        """Return what the audience may know of a document."""
        self._refresh()
        return self._listings.get(document)

    def known(self) -> Mapping[str, Listing]:
        """Return every document the audience may see, by id."""
        self._refresh()
        return self._listings

    def coverage(self) -> Coverage:
        """Return how much of what the audience may see can be searched."""
        self._refresh()
        return self._coverage

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
        self._gap.forget(self._gap.held() - self._changed)
        if change != self._at:
            self._gap.forget(self.corpus.store.changed_since(self._at)[1])
            self._kept.clear()
            self._listings = listings(self.corpus.store, self.audience)
            self._known = frozenset(self._listings)
            self._coverage = self.corpus.store.coverage(self.audience)
            self._at = change

    @property
    def _allowed(self) -> frozenset[str] | None:
        return None if self.audience.releases is None and not self._changed else self._known

    def _passing(self, filters: Filters) -> frozenset[str]:
        return frozenset(document for document, listing in self._listings.items() if filters.passes(listing))

    def _resolver(self, field: Field, patience: Patience) -> Resolver:
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        return Resolver(field, self._listings, patience, self._kept)

    def _field(self, document: str | None = None) -> Field:
        visible = self._known if document is None else self._known & {document}
        return Field(self.index, self.corpus.store, visible, self._changed, self._gap)

    def _order(self, sort: str) -> Mapping[str, int] | None:
        """Return the place of each document in an order by date (undated last) or by title."""
        if sort == "relevance":
            return None
        known = self._listings
        by_date = sort == "date"
        order = sorted(known, key=lambda d: ((known[d].date or "9999") if by_date else "", known[d].title, d))
        return {document: place for place, document in enumerate(order)}

    def _hits(
        self, ranked: tuple[RankedPage, ...], widened: Widened, loose: Loosened | None, some: frozenset[RankedPage]
    ) -> tuple[Hit, ...]:
        pages = self.corpus.store.some_pages((hit.document, hit.number) for hit in ranked)
        hits = []
        for hit in ranked:
            parts = loose.parts if loose and hit in some else ()
            leaves = positive_leaves(loose.node if loose and parts else widened.node)
            page, listing = pages.get((hit.document, hit.number)), self._listings.get(hit.document)
            if page is not None and listing is not None:  # gone since the index was written
                marks = self._marks(page, leaves)
                lacks = tuple(map(widened.as_typed, missing(page, parts))) if parts else ()
                hits.append(Hit(listing, page, hit.score, snippets.snippet(page, marks), marks, bool(parts), lacks))
        return tuple(hits)

    def _marks(self, page: Page, leaves: tuple[Findable, ...]) -> tuple[Span, ...]:
        words = [leaf for leaf in leaves if isinstance(leaf, Word | Prefix)]
        found = list(snippets.spans(page, words)) if words else []
        for leaf in leaves:
            if isinstance(leaf, Phrase):
                run = [page, *self.corpus.store.some_pages([(page.document, page.number + 1)]).values()]
                for place in on_page(Sought.of(leaf.text, any_case=True), run):
                    found += [Span(s.start, s.end) for s in place.passage if s.page == page.number]
            elif not isinstance(leaf, Word | Prefix):
                found += looking.spans(leaf, page)
        return snippets.merged(sorted(found))
