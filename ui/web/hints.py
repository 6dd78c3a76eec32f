"""What the search page offers where there are no hits to show: queries that do find something, counted.

Nothing is invented: each query offered was made of the corpus's own words or of the reader's, and was tried.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from corpus.model import Listing
from search import Searcher
from search.filters import Filters
from search.query import (
    MAX_LENGTH,
    And,
    Node,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Scope,
    Word,
    parse,
    positive_leaves,
    unparse,
)

_RELEASES = 12
_LEAVES = 8
_TITLES = 400  # titles looked at for examples
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{4,}")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_COMMON = {"with", "from", "that", "this", "and", "for", "관한", "대한", "위한", "요약"}


def counted(searcher: Searcher, query: str | Node, filters: Filters | None = None) -> int:
    """Return on how many pages a query is met; 0 for one that cannot be understood."""
    try:
        return searcher.search(query, 0, facets=False, filters=filters or Filters()).total
    except QueryError:
        return 0


# -- nothing found


def hints(searcher: Searcher, node: Node, filters: Filters) -> dict[str, Any]:
    """Return what each word alone finds, and other forms of the query that find something."""
    leaves = list(dict.fromkeys(positive_leaves(node)))[:_LEAVES]
    words = [[unparse(leaf), counted(searcher, leaf, filters)] for leaf in leaves] if len(leaves) > 1 else []
    tries = []
    for kind, tree in _others(searcher, node, [leaf for leaf in leaves if isinstance(leaf, Word)]):
        query = unparse(tree)
        found = counted(searcher, tree, filters) if len(query) <= MAX_LENGTH else 0
        if found:
            tries.append({"kind": kind, "q": query, "total": found})
    free = counted(searcher, node) if filters else 0
    return {"words": words, "tries": tries, "unfiltered": free}


def _others(searcher: Searcher, node: Node, words: list[Word]) -> Iterator[tuple[str, Node]]:
    match node:
        case Phrase(text):
            apart = [cast(Node, Word(word)) for word in _plain(text)]
            if len(apart) > 1:
                yield "apart", And(tuple(apart))
                yield "any", Or(tuple(apart))
        case And(children):
            yield "whole", Scope("document", node)
            leaves = [child for child in children if isinstance(child, Word | Phrase | Prefix)]
            if len(leaves) > 1:
                yield "any", Or(tuple(leaves))
    for word in words:
        for near in _near(searcher, word.text):
            yield "near", _replaced(node, word, Word(near))


def _plain(text: str) -> list[str]:
    """Return the words of a phrase that mean themselves outside of one."""
    return [word for word in text.split() if _parsed(word) == Word(word)]


def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except QueryError:
        return None


def _near(searcher: Searcher, word: str) -> list[str]:
    """Return words of the record that are spelt almost like a Latin one that stands nowhere."""
    if not _LATIN.fullmatch(word) or searcher.index.frequency(word.lower()):
        return []
    there = searcher.index.terms(word[:2].lower(), 2000)
    return difflib.get_close_matches(word.lower(), there, n=2, cutoff=0.75)


def _replaced(node: Node, old: Word, new: Word) -> Node:
    match node:
        case And(children):
            return And(tuple(_replaced(child, old, new) for child in children))
        case Or(children):
            return Or(tuple(_replaced(child, old, new) for child in children))
        case Scope(unit, child):
            return Scope(unit, _replaced(child, old, new))
        case _:
            return new if node == old else node


# -- nothing asked


def beginning(searcher: Searcher) -> dict[str, Any]:
    """Return what there is to search, and queries to begin with."""
    known = searcher.known()
    return {
        "documents": len(known),
        "releases": _releases(known.values())[:_RELEASES],
        "examples": [{"q": query, "total": total} for query, total in _examples(searcher, known)],
    }


def _releases(known: Iterable[Listing]) -> list[dict[str, Any]]:
    """Return the releases, biggest first, with their agencies and how many documents and pages they have."""
    made: dict[str, dict[str, Any]] = {}
    for listing in known:
        for name in listing.releases:
            release = made.setdefault(name, {"name": name, "documents": 0, "pages": 0, "notices": {}, "agencies": {}})
            release["documents"] += 1
            release["pages"] += listing.document.pages or 0
            release["notices"] |= dict.fromkeys(listing.notices)
            release["agencies"] |= dict.fromkeys(listing.agencies)
    listed = sorted(made.values(), key=lambda release: (-release["pages"], release["name"]))
    return [
        {**release, "notices": list(release["notices"]), "agencies": list(release["agencies"])} for release in listed
    ]


def _examples(searcher: Searcher, known: Mapping[str, Listing]) -> Iterator[tuple[str, int]]:
    """Yield queries made of the words of titles, each a different construct, each finding something."""
    titles = [listing.title for _, listing in sorted(known.items())[:_TITLES]]
    korean, latin = _frequent(titles)
    words = (korean or latin)[:4]
    phrase = next((found for title in titles if (found := _phrase(title))), None)
    agency = next((listing.agencies[0] for listing in known.values() if listing.agencies), None)
    tried = [
        words[0] if words else None,
        " ".join(words[:2]) if len(words) > 1 else None,
        f'"{phrase}"' if phrase else None,
        f"{words[-1]} agency:{agency if agency.isalnum() else _quoted(agency)}" if words and agency else None,
        " OR ".join(words[1:3]) if len(words) > 2 else None,
        latin[0] if latin and korean else None,
    ]
    for query in tried:
        total = counted(searcher, query) if query else 0
        if query and total:
            yield query, total


def _quoted(text: str) -> str:
    return unparse(Phrase(text.replace('"', " ")))


def _frequent(titles: list[str]) -> tuple[list[str], list[str]]:
    """Return the words that most titles have, Korean ones and Latin ones; longer ones first among equals."""
    counts = Counter(word for title in titles for word in {found.lower() for found in _WORD.findall(title)})
    order = sorted(counts, key=lambda word: (-counts[word], -len(word), word))
    order = [word for word in order if word not in _COMMON]
    return [w for w in order if not w.isascii()], [w for w in order if w.isascii()]


def _phrase(title: str) -> str | None:
    """Return two words that follow each other in a title."""
    found = re.search(r"([가-힣]{2,}) ([가-힣]{3,})", title) or re.search(r"([A-Za-z]{4,}) ([A-Za-z]{4,})", title)
    return found[0] if found else None
