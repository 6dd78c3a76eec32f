"""What the search page shows, as plain data: what was asked, hits and facets, what could not be searched.

Everything taken from papers and names is text for text nodes; of pages only `Page.visible` goes out, in snippets.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

import filelock

from corpus import Corpus
from corpus.model import Coverage, Listing, Page, State
from search import Searcher
from search.filters import Filters
from search.grading import Grade
from search.query import Phrase, QueryError, parse
from search.quotes import Place, Sought, on_page
from search.results import FACETS, Hit, Results
from search.searcher import SORTS
from ui.web.faults import said
from ui.web.hints import beginning, hints

PAGES, DOCUMENTS, BEST = 20, 10, 3  # hits on one page of results, or documents with their best pages
ELSEWHERE = 5  # altered places of a quotation that are shown
_FEW = 100  # pages up to which a quotation is also looked for as altered
_DIFFERENCES = 3
_MOST = 50  # values of one facet that an address may ask for


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; `page` counts from 1."""

    query: str
    filters: Filters
    sort: str
    grouped: bool
    page: int

    @classmethod
    def of(cls, parameters: Mapping[str, list[str]]) -> Asked:
        """Read an address's parameters; what is not understood counts as not given."""

        def one(name: str) -> str:
            return (parameters.get(name) or [""])[-1]

        def several(prefix: str) -> dict[str, frozenset[str]]:
            found = {name: frozenset(parameters.get(prefix + name, [])[:_MOST]) - {""} for name in FACETS}
            return {name: values for name, values in found.items() if values}

        page = one("page")
        return cls(
            query=one("q").strip(),
            filters=Filters(several(""), several("not-")),
            sort=one("sort") if one("sort") in SORTS else SORTS[0],
            grouped=one("group") == "document",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
        )

    def form(self) -> dict[str, Any]:
        """Return it as the component's links are made of."""
        filters = self.filters
        return {
            "q": self.query,
            "sort": self.sort,
            "grouped": self.grouped,
            "page": self.page,
            "chosen": {name: sorted(values) for name, values in filters.chosen.items()},
            "excluded": {name: sorted(values) for name, values in filters.excluded.items()},
        }


def contents(searcher: Searcher, asked: Asked, language: str) -> dict[str, Any]:
    """Return what to show for what is asked: a beginning, an error, hits, or what to try instead of them."""
    made: dict[str, Any] = {"asked": asked.form(), "ingesting": ingesting(searcher.corpus)}
    if not asked.query:
        return {**made, "coverage": coverage(searcher.coverage()), "begin": beginning(searcher)}
    try:
        node = parse(asked.query)
    except QueryError as error:
        fault = {"query": error.query, "position": error.position, "said": said(error, language)}
        return {**made, "coverage": coverage(searcher.coverage()), "fault": fault}
    results, page = _searched(searcher, asked)
    made["asked"]["page"] = page
    phrase = node.text if isinstance(node, Phrase) else None
    found = {
        "total": results.total,
        "documents": results.documents,
        "first": (page - 1) * _step(asked) + 1,
        "step": _step(asked),
        "took": round(results.took_ms),
        **shown(searcher.corpus, results, phrase),
        "facets": facets(results, asked.filters),
        "elsewhere": _elsewhere(searcher, results, phrase, asked.filters) if phrase and page == 1 else [],
    }
    if not results.total:
        found["hints"] = hints(searcher, node, asked.filters)
    return {**made, "coverage": coverage(results.coverage), "behind": results.behind, "found": found}


def _step(asked: Asked) -> int:
    return DOCUMENTS if asked.grouped else PAGES


def _searched(searcher: Searcher, asked: Asked) -> tuple[Results, int]:
    """Return the results and their page; beyond the last page, the last."""
    step, best = _step(asked), BEST if asked.grouped else 0

    def at(page: int) -> Results:
        return searcher.search(asked.query, step, (page - 1) * step, asked.sort, filters=asked.filters, best=best)

    results, page = at(asked.page), asked.page
    if not results.hits and results.total and page > 1:
        number = results.documents if asked.grouped else results.total
        page = -(-number // step)
        results = at(page)
    return results, page


def facets(results: Results, filters: Filters) -> list[dict[str, Any]]:
    """Return the facets with their values and counts of pages; what is chosen is there though it counts nothing."""
    made = []
    for name in FACETS:
        counts = dict(results.facets.get(name, {}))
        for value in sorted(filters.chosen.get(name, frozenset()) | filters.excluded.get(name, frozenset())):
            counts.setdefault(value, 0)
        made.append({"name": name, "values": [[value, number] for value, number in counts.items()]})
    return made


def coverage(found: Coverage) -> dict[str, int]:
    """Return how many pages there are, were searched, and only in part; and the files nobody could count pages of."""
    part = sum(number for (state, _), number in found.pages.items() if state is State.IN_PART)
    return {"total": found.total, "searched": found.searchable, "part": part, "files": found.unread_files}


def ingesting(corpus: Corpus) -> bool:
    """Whether an ingest is writing to the corpus now."""
    try:
        doing = (corpus.folder / "writer.txt").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    if not doing.startswith("an ingest"):
        return False
    lock = filelock.FileLock(corpus.folder / "writer.lock", blocking=False)
    try:  # the note of one that was killed stays; its lock does not
        lock.acquire()
    except filelock.Timeout:
        return True
    lock.release()
    return False


# -- hits


def shown(corpus: Corpus, results: Results, phrase: str | None) -> dict[str, Any]:
    """Return the hits, and once each the documents they are in; a `phrase` that is all of the query is graded."""
    listings = {hit.page.document: hit.document for hit in results}
    places = _graded(corpus, results, phrase) if phrase else {}
    shared = {listing.notices for listing in listings.values()}
    common = next(iter(shared)) if len(shared) == 1 else ()
    return {
        "hits": [_hit(hit, places.get((hit.page.document, hit.page.number))) for hit in results],
        "notices": list(common),
        "papers": {
            document: {**paper(listing, common), "pages": results.per_document.get(document, 0)}
            for document, listing in listings.items()
        },
    }


def paper(listing: Listing, common: tuple[str, ...]) -> dict[str, Any]:
    """Return what is said of a document beside each of its hits; `common` notices are said once above all."""
    return {
        "title": listing.title,
        "agency": " · ".join(listing.agencies),
        "date": listing.date or "",
        "received": listing.date_source == "received",
        "release": " · ".join(listing.releases),
        "notices": [notice for notice in listing.notices if notice not in common],
    }


def _hit(hit: Hit, place: Place | None) -> dict[str, Any]:
    page, snippet = hit.page, hit.snippet
    if place is not None:
        at: tuple[int, int] | None = _first_span(place, page.number)
    else:
        shown = [match for match in hit.matches if match.start >= snippet.start] or list(hit.matches)
        at = (shown[0].start, shown[0].end) if shown else None
    return {
        "document": page.document,
        **_unit(page),
        "at": at,
        "text": snippet.text,
        "marks": [(mark.start, mark.end) for mark in snippet.marks],
        "before": snippet.start > 0,
        "after": snippet.start + len(snippet.text) < len(page.text.rstrip()),
        **({"grade": _grade(place)} if place is not None else {}),
    }


def _unit(page: Page) -> dict[str, Any]:
    confidence = None if page.confidence is None else floor(page.confidence * 100 + 1e-9)
    return {
        "page": page.number,
        "label": page.label,
        "kind": page.kind.value,
        "name": page.name,
        "basis": page.basis.name.lower(),
        "confidence": confidence,
    }


def _first_span(place: Place, number: int) -> tuple[int, int]:
    return next((span.start, span.end) for span in place.passage if span.page == number)


def _grade(place: Place) -> dict[str, Any]:
    differences = [(each.quoted, each.stands) for each in place.differences[:_DIFFERENCES]]
    more = max(0, len(place.differences) - _DIFFERENCES)
    return {"word": place.grade.word, "differences": differences, "more": more}


def _graded(corpus: Corpus, results: Results, phrase: str) -> dict[tuple[str, int], Place]:
    """Grade a quotation on the pages that are shown, by its best place on each."""
    sought, found = Sought.of(phrase), {}
    for hit in results:
        key = hit.page.document, hit.page.number
        following = corpus.store.some_pages([(key[0], key[1] + 1)], words=False)
        places = on_page(sought, [hit.page, *following.values()])
        if places:
            found[key] = min(places, key=lambda place: (place.grade, place.passage))
    return found


def _elsewhere(searcher: Searcher, results: Results, phrase: str, filters: Filters) -> list[dict[str, Any]]:
    """Return places where a quotation stands altered: no hit of it, but what one may have meant."""
    if results.total > _FEW:
        return []
    quoted = searcher.quote(phrase, limit=4 * _FEW)
    here = {(hit.page.document, hit.page.number) for hit in results}
    altered = [place for place in quoted.places if place.grade is Grade.ALTERED]
    within = [place for place in altered if filters.passes(quoted.listings[place.document])]
    places = [place for place in within if (place.document, place.page) not in here][:ELSEWHERE]
    pages = searcher.corpus.store.some_pages(((place.document, place.page) for place in places), words=False)
    return [
        {
            "document": place.document,
            "title": quoted.listings[place.document].title,
            **_unit(pages[place.document, place.page]),
            "at": _first_span(place, place.page),
            "text": place.text[:300],
            "grade": _grade(place),
        }
        for place in places
        if (place.document, place.page) in pages
    ]
