"""Searcher: a query in, results out, for one audience."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
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
from search.index import Index, Ranked, RankedPage, Tree
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


@dataclass(frozen=True, slots=True)
class _Asked:
    """A search as it is put to the index: `most` pages; `counted` if pages are counted by document, too."""

    node: Node
    filters: Filters
    order: Mapping[str, int] | None
    most: int
    counted: bool
    partial: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Pages that pass the filters, and how many there are in each document, whether it passes or not."""

    pages: Ranked
    counts: Mapping[str, int]

    @property
    def documents(self) -> set[str]:
        return {hit.document for hit in self.pages.hits}


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
        resolver = self._resolver(self._field(), patience)
        order, most = self._order(sort), sys.maxsize if best else offset + limit
        asked = _Asked(widened.node, filters, order, most, facets, partial)
        full, some, loose = self._ranked(asked, resolver)
        found, last = (full.pages.hits + some.pages.hits)[:most], frozenset(some.pages.hits)
        hits = self._hits(
            best_pages(found, best, limit, offset, last) if best else found[offset:], widened, loose, last
        )
        counts, listings = full.counts, self._listings
        return Results(
            query=query if isinstance(query, str) else "",
            total=full.pages.total,
            documents=full.pages.documents,
            hits=hits,
            per_document={hit.page.document: counts.get(hit.page.document, 0) for hit in hits} if facets else {},
            facets=folded(counts, listings, filters),
            coverage=self._coverage,
            behind=len(self._changed & self._known),
            took_ms=(time.perf_counter() - began) * 1000,
            unfinished=tuple(resolver.unfinished),
            partial=some.pages.total,
            partial_documents=len(some.documents - full.documents) if best else 0,
            partial_facets=folded(some.counts, listings, filters),
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

    def _ranked(self, asked: _Asked, resolver: Resolver) -> tuple[_Found, _Found, Loosened | None]:
        """Return the pages that match, and where these are few and it is asked for, those that have some of the words,
        with the query loosened to find them."""
        tree = resolver.tree(asked.node)
        full = self._found(tree, asked, None)
        loose = None
        if asked.partial and full.pages.total < FEW and not resolver.unfinished:
            loose = loosened(asked.node)
        if loose is None:
            return full, _Found(Ranked((), 0, 0), {}), None
        rest = resolver.tree(loose.node)
        if full.pages.total or asked.filters:  # what passes no filter is counted as well
            rest = without(rest, tree)
        return full, self._found(rest, asked, tree), loose

    def _found(self, tree: Tree, asked: _Asked, by: Tree | None) -> _Found:
        allowed = self._passing(asked.filters) if asked.filters else self._allowed
        pages = self.index.search(tree, allowed, asked.order, None, asked.most, by)
        return _Found(pages, self.index.facets(tree, self._allowed) if asked.counted else {})

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

    def _with_next(self, page: Page) -> Iterator[Page]:
        yield page
        yield from self.corpus.store.some_pages([(page.document, page.number + 1)], words=False).values()

    def _marks(self, page: Page, leaves: tuple[Findable, ...]) -> tuple[Span, ...]:
        words = [leaf for leaf in leaves if isinstance(leaf, Word | Prefix)]
        found = list(snippets.spans(page, words)) if words else []
        for leaf in leaves:
            if isinstance(leaf, Phrase):
                for place in on_page(Sought.of(leaf.text, any_case=True), self._with_next(page)):
                    found += [Span(s.start, s.end) for s in place.passage if s.page == page.number]
            elif not isinstance(leaf, Word | Prefix):
                found += looking.spans(leaf, page)
        return snippets.merged(sorted(found))
