"""A quotation that is all of a query: how exactly it stands on each page, where it stands altered, and the proof."""

from __future__ import annotations

import difflib
from typing import Any

from corpus import Corpus
from search import Searcher
from search.filters import Filters
from search.grading import Grade
from search.page_fields import pages_with
from search.query import Choice
from search.quotes import Place, Sought, on_page
from search.results import Results
from ui.web.units import unit_of

Json = dict[str, Any]

ELSEWHERE = 5  # altered places of a quotation that are shown
_FEW = 100  # pages up to which a quotation is also looked for as altered
_DIFFERENCES, _MOST_DIFFERENCES = 3, 12  # told of a hit, and of a place where a quotation stands altered
_COMPARED = 4000  # characters up to which a passage is set beside the quotation word by word


def first_span(place: Place, number: int) -> tuple[int, int]:
    """Return where a place begins on a page."""
    return next((span.start, span.end) for span in place.passage if span.page == number)


def grade_of(place: Place, most: int = _DIFFERENCES) -> Json:
    """Return a grade, and what differs: as quoted, as it stands, and what kind of thing that is."""
    differences = [(each.quoted, each.stands, each.kind.value) for each in place.differences[:most]]
    return {"word": place.grade.word, "differences": differences, "more": max(0, len(place.differences) - most)}


def graded(corpus: Corpus, results: Results, phrase: str) -> dict[tuple[str, int], Place]:
    """Grade a quotation on the pages that are shown, by its best place on each."""
    sought, found = Sought.of(phrase), {}
    for hit in results:
        key = hit.page.document, hit.page.number
        following = corpus.store.some_pages([(key[0], key[1] + 1)], words=False)
        places = on_page(sought, [hit.page, *following.values()])
        if places:
            found[key] = min(places, key=lambda place: (place.grade, place.passage))
    return found


def elsewhere(searcher: Searcher, results: Results, phrase: str, filters: Filters) -> list[Json]:
    """Return places where a quotation stands altered: no hit of it, but what one may have meant.

    Of one that stands nowhere, it is the nearest passages.
    """
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
            **unit_of(pages[place.document, place.page]),
            "at": first_span(place, place.page),
            "pieces": compared(phrase, place.text),
            "grade": grade_of(place, _MOST_DIFFERENCES),
        }
        for place in places
        if (place.document, place.page) in pages
    ]


def compared(quoted: str, stands: str) -> list[tuple[str, str]]:
    """Return a passage word by word: what is the `same`, what is only `quoted`, what `stands` there instead."""
    mine, theirs = quoted.split(), stands.replace("\f", " ").split()
    if len(quoted) + len(stands) > _COMPARED:
        return [("same", " ".join(theirs))]
    made: list[tuple[str, str]] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes():
        before, after = mine[a:b], theirs[c:d]
        if kind == "equal" or "".join(before) == "".join(after):
            made.append(("same", " ".join(after)))
            continue
        made += [(name, " ".join(words)) for name, words in (("quoted", before), ("stands", after)) if words]
    return made


def proof(searcher: Searcher) -> Json:
    """Return what "it stands nowhere" rests on, beside the coverage: pages with text under covers, the index."""
    known = frozenset(searcher.known())
    withheld = pages_with(Choice("has", "withheld"), searcher.corpus.store, known)
    state = searcher.index.state()
    return {"withheld": len(withheld), "indexed": state.pages, "documents": state.documents}
