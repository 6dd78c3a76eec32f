"""The JSON documents of the command line; docs/json.md describes each key."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from ui.cli.advice import advice

if TYPE_CHECKING:
    from corpus.model import Coverage, Listing, Occurrence, Page
    from search.bridge import Bridged
    from search.figure_search import Spelled
    from search.grading import Difference
    from search.looking import Unfinished
    from search.quotes import Place
    from search.results import Hit, QuoteResult, Results
    from search.suggest import Suggestion

SCHEMA = 1
Json = dict[str, Any]


def search_form(results: Results, meant: Sequence[Suggestion] = ()) -> Json:
    return {
        "schema": SCHEMA,
        "query": results.query,
        "total": results.total,
        "partial": results.partial,
        "counted": "pages",
        "took_ms": round(results.took_ms, 1),
        "hits": [_hit(hit) for hit in results],
        "facets": {name: dict(values) for name, values in results.facets.items()},
        "partial_facets": {name: dict(values) for name, values in results.partial_facets.items()},
        "coverage": counts(results.coverage),
        "unfinished": [_unfinished(part) for part in results.unfinished],
        "added": [_added(each) for each in results.added],
        "did_you_mean": [{"query": each.query, "total": each.total} for each in meant],
    }


def _added(added: Bridged | Spelled) -> Json:
    from search.bridge import Bridged

    if isinstance(added, Bridged):
        return {"typed": added.typed, "kind": "word", "forms": list(added.added)}
    return {"typed": added.typed, "kind": "number", "value": added.value, "forms": list(added.forms)}


def _unfinished(part: Unfinished) -> Json:
    from search.query import unparse

    return {
        "part": unparse(part.part),
        "pages": part.pages,
        "looked_at": part.done,
        "given_up": part.given_up,
        "seconds": round(part.seconds, 1),
    }


def _hit(hit: Hit) -> Json:
    listing, page = hit.document, hit.page
    return {
        "document": listing.document.id,
        "title": listing.title,
        "file": listing.files[0].rpartition("/")[2],
        "page": page_number(page),
        "label": page.label,
        "unit": unit_form(page),
        "score": round(hit.score, 4),
        "basis": page.basis.value,
        "snippet": hit.snippet.text,
        "matches": [[span.start, span.end] for span in hit.snippet.marks],
        "releases": list(listing.releases),
        "partial": hit.partial,
        "missing": list(hit.missing),
    }


def quote_form(
    result: QuoteResult, pages: Mapping[tuple[str, int], Page], covered: int, within: Listing | None = None
) -> Json:
    """Return a quotation's places; `pages` has the page each begins on, `within` is where alone it was looked for.

    `covered` is the number of pages with withheld text, counted where it has to be proved that it stands nowhere.
    """
    return {
        "schema": SCHEMA,
        "quote": result.quote,
        "grade": result.grade.word,
        "places": [_place(place, pages[place.document, place.page]) for place in result.places],
        "coverage": {
            **counts(result.coverage),
            "whole": result.coverage.whole,
            "unread_files": result.coverage.unread_files,
            "reasons": _reasons(result.coverage),
            "withheld_pages": covered if result.grade.word in ("altered", "absent") else None,
            "behind": result.behind,
            "within": _within(within),
        },
    }


def _within(listing: Listing | None) -> Json | None:
    if listing is None:
        return None
    found = listing.document
    return {"document": found.id, "pages": found.pages, "state": found.state.value, "reason": found.reason.value}


def _place(place: Place, page: Page) -> Json:
    return {
        "document": place.document,
        "page": page_number(page),
        "unit": unit_form(page),
        "spans": [{"page": span.page, "start": span.start, "end": span.end} for span in place.passage],
        "text": place.text,
        "grade": place.grade.word,
        "basis": place.basis.value,
        "difference": [difference_form(each) for each in place.differences],
    }


def difference_form(found: Difference) -> Json:
    return {"grade": found.grade.word, "kind": found.kind.value, "quoted": found.quoted, "stands": found.stands}


def page_number(page: Page) -> int | None:
    return page.number if page.kind.value == "page" else None


def unit_form(page: Page) -> Json:
    return {"kind": page.kind.value, "number": page.number, "name": page.name, "address": page.address}


def counts(coverage: Coverage) -> Json:
    total, searchable = coverage.total, coverage.searchable
    return {"pages": total, "searchable": searchable, "not_searchable": total - searchable}


def _reasons(coverage: Coverage) -> dict[str, int]:
    """Count the pages and the uncounted files that cannot be searched in full, by reason."""
    found: dict[str, int] = {}
    for (_, reason), number in coverage.pages.items():
        if reason.value:
            found[reason.value] = found.get(reason.value, 0) + number
    for document in coverage.not_whole:
        if document.pages is None and document.reason.value:
            found[document.reason.value] = found.get(document.reason.value, 0) + 1
    return found


def listing_form(listing: Listing) -> Json:
    document = listing.document
    return {
        "document": document.id,
        "title": listing.title,
        "files": list(listing.files),
        "agencies": list(listing.agencies),
        "releases": list(listing.releases),
        "notices": list(listing.notices),
        "date": listing.date,
        "date_source": listing.date_source,
        "media_type": document.media_type,
        "size": document.size,
        "pages": document.pages,
        "state": document.state.value,
        "reason": document.reason.value,
        "detail": document.detail,
    }


def status_form(folder: str, corpus_id: str, coverage: Coverage, listings: Mapping[str, Listing], index: Json) -> Json:
    """Return the coverage of a corpus; `listings` are the files to list, `index` the state of the index."""
    return {
        "schema": SCHEMA,
        "corpus": {"id": corpus_id, "folder": folder},
        "coverage": {**counts(coverage), "whole": coverage.whole, "unread_files": coverage.unread_files},
        "pages": _states(coverage.pages),
        "files": _states(coverage.files),
        "documents": [listing_form(listing) for listing in listings.values()],
        "index": index,
    }


def _states(counts: Mapping[tuple[Any, Any], int]) -> list[Json]:
    return [
        {"state": state.value, "reason": reason.value, "count": number, "what_to_do": advice(reason.value)}
        for (state, reason), number in sorted(counts.items())
    ]


def document_form(
    listing: Listing, edited: Mapping[str, str], occurrences: list[Occurrence], pages: list[Page]
) -> Json:
    """Return what is known of a document: as found, as set by a person, where it was met, page by page."""
    return {
        "schema": SCHEMA,
        **listing_form(listing),
        "set": dict(edited),
        "facts": dict(listing.facts),
        "occurrences": [
            {"path": each.path, "delivery": each.delivery, "removed": each.removed, "size": each.size}
            for each in occurrences
        ],
        "extractions": list(dict.fromkeys(page.fingerprint for page in pages)),
        "page_list": [page_form(page) for page in pages],
    }


def page_form(page: Page) -> Json:
    return {
        "page": page_number(page),
        "label": page.label,
        "unit": unit_form(page),
        "basis": page.basis.value,
        "confidence": page.confidence,
        "state": page.state.value,
        "reason": page.reason.value,
        "extraction": page.fingerprint,
        "withheld": len(page.withheld),
    }


def text_form(page: Page) -> Json:
    """Return one page with its text, withheld text covered."""
    return {"schema": SCHEMA, "document": page.document, **page_form(page), "text": page.visible}
