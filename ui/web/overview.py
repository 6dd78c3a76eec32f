"""What a corpus holds, counted: over time, by agency, release, kind, state, and the words it is about.

Every count comes with the address of the search, or page, that shows what was counted.
"""

from __future__ import annotations

import functools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.annotations import annotations as all_of
from corpus.listings import listings
from corpus.model import Audience, Listing, Page, Reason, State
from search import Searcher
from search.filters import values
from search.query import DateRange, Node, QueryError, Word, parse, unparse
from ui.web.annotation_list import threads
from ui.web.frequent_words import frequent_words
from ui.web.release_list import STATES, key_of

Json = dict[str, Any]

MOST_BARS = 12  # of one figure; the rest is told as one number
MOST_WORDS = 24
MOST_READ = 600  # pages looked through for frequent words: first pages first, of as many documents as there are
_MOST_MONTHS = 36
_CODES = {state: code for code, state in STATES.items()}  # as the table of files takes them


@dataclass(frozen=True, slots=True)
class Counted:
    """Pages of each document in all, by what their text rests on, and by tenths of OCR confidence (0 to 9)."""

    pages: Mapping[str, int]
    bases: Mapping[str, int]
    confidence: Mapping[int, int]


def overview(searcher: Searcher, words: Words, by: str = "") -> Json:
    """Return all figures for the searcher's audience; `by` is "year", "month" or "" for what suits the dates."""
    corpus, audience = searcher.corpus, searcher.audience
    change = corpus.store.last_change()
    known, counted = _listed(corpus, change, audience), _counted(corpus, change, audience)
    coverage = corpus.store.coverage(audience)
    return {
        "documents": len(known),
        "pages": coverage.total,
        "searchable": coverage.searchable,
        "time": _time(known, counted.pages, by),
        "agencies": _bars("agency", {d: each.agencies for d, each in known.items()}, counted.pages),
        "releases": _bars("release", {d: each.releases for d, each in known.items()}, counted.pages),
        "kinds": _bars("kind", {d: values(each)["kind"] for d, each in known.items()}, counted.pages),
        "bases": [{"name": name, "count": n, "href": _files(basis=key_of(name))} for name, n in _most(counted.bases)],
        "page_states": _states(coverage.pages, "pages", "why"),
        "file_states": _states(coverage.files, "state", "reason"),
        "confidence": [
            {"from": tenth * 10, "to": tenth * 10 + 10, "count": n, "href": _files(confidence=str(tenth * 10))}
            for tenth, n in sorted(counted.confidence.items(), reverse=True)
        ],
        "words": _found(searcher, words, frozenset(known)),
        "words_read": words.read,
        "tags": _tags(corpus, audience),
    }


@dataclass(frozen=True, slots=True)
class Words:
    """Frequent words of a corpus, and on how many pages they were looked for."""

    words: tuple[str, ...]
    read: int


def words_of(corpus: Corpus, audience: Audience) -> Words:
    """Return the frequent words of what an audience may see; takes up to a second after a change of the corpus."""
    return _words_of(corpus, corpus.store.last_change(), audience)


@functools.lru_cache(maxsize=4)
def _words_of(corpus: Corpus, change: int, audience: Audience) -> Words:
    read = _read(corpus, _counted(corpus, change, audience).pages)
    return Words(tuple(frequent_words(read, MOST_WORDS)), sum(map(len, read.values())))


@functools.lru_cache(maxsize=4)
def _listed(corpus: Corpus, change: int, audience: Audience) -> dict[str, Listing]:
    return listings(corpus.store, audience)


@functools.lru_cache(maxsize=4)
def _counted(corpus: Corpus, change: int, audience: Audience) -> Counted:
    """Count pages in the catalogue; no text is read."""
    t, known = tables.pages, _listed(corpus, change, audience)
    tenth = sa.cast(t.c.confidence * 10, sa.Integer).label("tenth")
    query = sa.select(t.c.document, t.c.basis, tenth, sa.func.count().label("n")).where(t.c.current)
    pages, bases, confidence = Counter[str](), Counter[str](), Counter[int]()
    with corpus.store.reading() as connection:
        for row in connection.execute(query.group_by(t.c.document, t.c.basis, tenth)):
            if row.document in known:
                pages[row.document] += row.n
                bases[row.basis] += row.n
                if row.tenth is not None:
                    confidence[min(max(row.tenth, 0), 9)] += row.n
    return Counted(pages, bases, confidence)


# -- addresses


def address(node: Node) -> str:
    """Return the address of a search; what cannot be asked for leads to the search page."""
    query = unparse(node)
    try:
        parse(query)
    except QueryError:
        return "/"
    return "/?" + urlencode({"q": query})


def _having(facet: str, value: str) -> str:
    """Return the address of all pages whose documents have a value of a facet: nothing in the box, the filter on."""
    return "/?" + urlencode({facet: value})


def _files(**asked: str) -> str:
    """Return the address of the table of files, narrowed: where no search can ask for what is counted."""
    return f"/releases?{urlencode(asked)}#files"


# -- figures


def _bars(facet: str, has: Mapping[str, Iterable[str]], pages: Mapping[str, int]) -> Json:
    """Count pages and documents by value, most pages first; what is beyond `MOST_BARS` or has no value in numbers."""
    found, documents, without = Counter[str](), Counter[str](), 0
    for document, names in has.items():
        without += 0 if names else pages.get(document, 0)
        for name in names:
            found[name] += pages.get(document, 0)
            documents[name] += 1
    ordered = _most(found)
    bars = [
        {"name": name, "count": n, "documents": documents[name], "href": _having(facet, name)}
        for name, n in ordered[:MOST_BARS]
    ]
    return {"bars": bars, "others": max(0, len(ordered) - MOST_BARS), "without": without}


def _most(found: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(found.items(), key=lambda item: (-item[1], item[0]))


def _states(counts: Mapping[tuple[State, Reason], int], state_as: str, reason_as: str) -> list[Json]:
    ordered = sorted(counts.items(), key=lambda item: (list(State).index(item[0][0]), -item[1]))
    return [
        {
            "name": state.value,
            "reason": reason.value,
            "count": n,
            "href": _files(**{state_as: _CODES[state], reason_as: key_of(reason.value)}),
        }
        for (state, reason), n in ordered
    ]


def _time(known: Mapping[str, Listing], pages: Mapping[str, int], by: str) -> Json:
    """Return a bar for every year or month from the first to the last, empty ones too, so that gaps are seen.

    By month only where every date has one: a search for a month also finds what is of its year, month unknown.
    """
    dates = [each.date for each in known.values() if each.date]
    months = bool(dates) and all(len(date) >= 7 for date in dates)
    few = len({date[:4] for date in dates}) <= _MOST_MONTHS // 12
    by = "month" if months and (by == "month" or (by != "year" and few)) else "year"
    length = 4 if by == "year" else 7
    bars = {name: [0, 0] for name in _between(sorted(date[:length] for date in dates), by)}
    undated = [0, 0]
    for document, each in known.items():
        bar = bars.setdefault(each.date[:length], [0, 0]) if each.date else undated
        bar[0] += pages.get(document, 0)
        bar[1] += 1
    drawn = [
        {"name": name, "count": n, "documents": d, "href": address(DateRange(name, name)) if d else None}
        for name, (n, d) in sorted(bars.items())
    ]
    return {
        "by": by,
        "months": months,
        "bars": drawn,
        "undated": {"count": undated[0], "documents": undated[1], "href": _files(dated="no")},
    }


def _between(ordered: list[str], by: str) -> Iterable[str]:
    """Yield the years or months from the first to the last, if there are not too many to be drawn."""
    whole = [each for each in ordered if len(each) == (4 if by == "year" else 7)]
    if not whole:
        return
    first, last = int(whole[0][:4]), int(whole[-1][:4])
    if last - first > 60:
        return
    names = [str(y) for y in range(first, last + 1)]
    if by == "month":
        names = [f"{y}-{m:02}" for y in names for m in range(1, 13)]
    yield from (name for name in names if whole[0] <= name <= whole[-1])


def _read(corpus: Corpus, pages: Mapping[str, int]) -> dict[str, list[str]]:
    """Return what may be seen of the first pages of every document, by document."""
    keys = sorted(((n, document) for document, count in pages.items() for n in range(1, min(count, 50) + 1)))
    found: defaultdict[str, list[str]] = defaultdict(list)
    wanted = [(document, n) for n, document in keys[:MOST_READ]]
    for (document, _), page in corpus.store.some_pages(wanted, words=False).items():
        found[document].append(_running(page))
    return found


def _running(page: Page) -> str:
    """Return what may be seen of a page without its running heads, up to 10,000 characters."""
    text = page.visible
    for each in page.furniture:
        text = text[: each.start] + " " * (each.end - each.start) + text[each.end :]
    return text[:10_000]


def _found(searcher: Searcher, words: Words, known: frozenset[str]) -> list[Json]:
    """Return words with how many pages and documents a search for each finds."""
    made = []
    for word in words.words:
        found, href = searcher.index.facets(Word(word), known), address(Word(word)) + "&bridge=off"  # as counted here
        made.append({"name": word, "count": sum(found.values()), "documents": len(found), "href": href})
    return sorted(made, key=lambda each: (-each["count"], each["name"]))


def _tags(corpus: Corpus, audience: Audience) -> Json:
    """Count annotations with their replies by tag, as the list does; they are no change of the corpus, so each time."""
    tagged = [{tag for each in thread.all for tag in each.tags} for thread in threads(all_of(corpus.store, audience))]
    counts = Counter(tag for tags in tagged for tag in tags)
    bars = [{"name": tag, "count": n, "href": "/annotations?" + urlencode({"tag": tag})} for tag, n in _most(counts)]
    without = sum(1 for tags in tagged if not tags)
    return {"total": len(tagged), "bars": bars[: 2 * MOST_BARS], "without": without}
