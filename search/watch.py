"""Saved searches asked again, and what is new for each since somebody last looked.

What is new is told by the catalogue's numbered changes, not by time: the matching pages of the documents that came or
changed (were read anew, edited, restored, met in another delivery) after the last change looked at. The search is
restricted to those documents. A document that the index has yet to take in is not told of and not ticked off.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from corpus.errors import GongmunError, UsageError
from corpus.model import EVERYTHING, Audience
from corpus.saved_searches import SavedSearch, changed_between, looked, save, saved_searches
from corpus.store import Store
from search.filters import Filters
from search.index import Documents
from search.looking import Patience
from search.query import And, Node, Scope, parse
from search.results import Hit, Results
from search.searcher import SORTS, Searcher
from search.widening import Widening

_NO_FILTERS, _PATIENCE = Filters(), Patience()


@dataclass(frozen=True, slots=True)
class New:
    """What is new for a saved search: `total` pages in `documents` documents, some of which are the `hits`.

    `results` is None where nothing changed or the search can no longer be asked; `error` then says why. `fresh` are the
    documents that were not in the catalogue when somebody last looked; the others changed. `until` is the last change
    that was taken in, for `tick`; `waiting` is the number of documents that changed after it, of whatever content.
    Where not all pages could be looked through in time (`unfinished`), nothing can be ticked off.
    """

    saved: SavedSearch
    results: Results | None
    fresh: frozenset[str]
    until: int
    waiting: int = 0
    error: str = ""

    @property
    def total(self) -> int:
        return self.results.total if self.results is not None else 0

    @property
    def documents(self) -> int:
        return self.results.documents if self.results is not None else 0

    @property
    def unfinished(self) -> bool:
        return self.results is not None and bool(self.results.unfinished)

    @property
    def hits(self) -> tuple[Hit, ...]:
        return self.results.hits if self.results is not None else ()


def keep(
    store: Store,
    name: str,
    query: str,
    *,
    author: str,
    sort: str = "relevance",
    filters: Filters = _NO_FILTERS,
    audience: Audience = EVERYTHING,
) -> SavedSearch:
    """Keep a search by a name; all that is there now counts as looked at.

    Raises:
        QueryError: the query cannot be understood.
        UsageError: an unknown sort, or the name is taken, empty or too long.
    """
    if sort not in SORTS:
        raise UsageError(f"Sort by one of {', '.join(SORTS)}.")
    parse(query)
    options = {"sort": sort, "chosen": filters.chosen, "excluded": filters.excluded}
    return save(store, name, query, author=author, audience=audience, **options)  # type: ignore[arg-type]


def run(
    searcher: Searcher,
    saved: SavedSearch,
    limit: int = 10,
    offset: int = 0,
    facets: bool = True,
    patience: Patience = _PATIENCE,
) -> Results:
    """Ask a saved search again, of all that the searcher's audience may see, as `gongmun search` asks: with partial
    matches where few pages have all the words.

    Raises:
        QueryError: the query cannot be understood any more.
    """
    filters, widening = filters_of(saved), Widening.of(searcher.corpus.folder)
    return searcher.search(
        saved.query, limit, offset, saved.sort, facets, filters, patience=patience, partial=True, widening=widening
    )


def filters_of(saved: SavedSearch) -> Filters:
    """Return the filters a search was saved with."""
    chosen = {facet: frozenset(values) for facet, values in saved.chosen.items()}
    return Filters(chosen, {facet: frozenset(values) for facet, values in saved.excluded.items()})


def whats_new(
    searcher: Searcher, saved: SavedSearch, limit: int = 10, offset: int = 0, patience: Patience = _PATIENCE
) -> New:
    """Return what is new for a saved search since somebody last looked; changes nothing.

    Raises:
        QueryError: the query cannot be understood any more.
    """
    known = searcher.known()  # brings the searcher up to date, before the index is asked how far it is
    until = max(searcher.index.state().change, saved.seen)
    store = searcher.corpus.store
    changed = {d: new for d, new in changed_between(store, saved.seen, until).items() if d in known}
    waiting = sum(d in known for d in changed_between(store, until, store.last_change()))
    fresh = frozenset(document for document, new in changed.items() if new)
    node = Widening.of(searcher.corpus.folder).of_query(parse(saved.query)).node
    if not changed:
        return New(saved, None, fresh, until, waiting)
    restricted, filters = _within(node, frozenset(changed)), filters_of(saved)
    found = searcher.search(restricted, limit, offset, saved.sort, False, filters, patience=patience)
    return New(saved, found, fresh, saved.seen if found.unfinished else until, waiting)


def _within(node: Node, documents: frozenset[str]) -> Node:
    """Return a query restricted to documents; a scope stays outermost, since it counts for the whole query."""
    if isinstance(node, Scope):
        return Scope(node.unit, _within(node.child, documents))
    return And((node, cast(Node, Documents(documents))))


def news(searcher: Searcher, limit: int = 10, patience: Patience = _PATIENCE) -> list[New]:
    """Return what is new for every saved search the searcher's audience may know of, by name; `limit` hits of each.

    A search that can no longer be asked is listed with its error.
    """
    found: Sequence[SavedSearch] = saved_searches(searcher.corpus.store, searcher.audience)
    return [_or_error(searcher, saved, limit, patience) for saved in found]


def tick(store: Store, found: New, *, editor: str, audience: Audience = EVERYTHING) -> SavedSearch:
    """Note that somebody has looked at what is new for a search, and not at what came after that was found."""
    return looked(store, found.saved.id, found.until, editor=editor, audience=audience)


def _or_error(searcher: Searcher, saved: SavedSearch, limit: int, patience: Patience) -> New:
    try:
        return whats_new(searcher, saved, limit, patience=patience)
    except GongmunError as error:
        return New(saved, None, frozenset(), saved.seen, error=str(error))
