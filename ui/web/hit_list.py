"""Hits as the search page lists them, and once each the documents they are in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from corpus import Corpus
from corpus.model import Listing
from search.quotes import Place
from search.results import Hit, Results
from ui.web.quoted import first_span, grade_of, graded
from ui.web.units import unit_of

_NO_NAMES: Mapping[str, str] = {}


def shown(corpus: Corpus, results: Results, phrase: str | None, typed: Mapping[str, str] = _NO_NAMES) -> dict[str, Any]:
    """Return the hits and their documents; a `phrase` that is all of the query is graded.

    `typed` has the parts of a widened query as typed: a hit that has only some of them says which it lacks.
    """
    listings = {hit.page.document: hit.document for hit in results}
    places = graded(corpus, results, phrase) if phrase else {}
    shared = {listing.notices for listing in listings.values()}
    common = next(iter(shared)) if len(shared) == 1 else ()
    return {
        "hits": [_hit(hit, places.get((hit.page.document, hit.page.number)), typed) for hit in results],
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


def _hit(hit: Hit, place: Place | None, typed: Mapping[str, str]) -> dict[str, Any]:
    page, snippet = hit.page, hit.snippet
    if place is not None:
        at: tuple[int, int] | None = first_span(place, page.number)
    else:
        shown = [match for match in hit.matches if match.start >= snippet.start] or list(hit.matches)
        at = (shown[0].start, shown[0].end) if shown else None
    return {
        "document": page.document,
        **unit_of(page),
        "at": at,
        "text": snippet.text,
        "marks": [(mark.start, mark.end) for mark in snippet.marks],
        "before": snippet.start > 0,
        "after": snippet.start + len(snippet.text) < len(page.text.rstrip()),
        **({"grade": grade_of(place)} if place is not None else {}),
        **({"missing": [typed.get(part, part) for part in hit.missing]} if hit.partial else {}),
    }
