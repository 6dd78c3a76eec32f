"""What the search page offers where there are no hits to show: queries that do find something, counted.

Nothing is invented: each query offered was made of the corpus's own words or of the reader's, and was tried.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, cast

from corpus.model import Listing
from search import Searcher
from search.filters import Filters
from search.looking import Patience
from search.query import (
    MAX_LENGTH,
    And,
    Node,
    Or,
    Phrase,
    Prefix,
    QueryError,
    Scope,
    TextField,
    Word,
    parse,
    positive_leaves,
    unparse,
)
from search.suggest import did_you_mean, replaced
from ui.web.widening import Widen

_RELEASES = 12
_LEAVES = 8
_TITLES = 400  # titles looked at for examples
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{4,}")
_HANGUL = re.compile("[가-힣]")
_NAMED = 8  # values of a field that are listed
_CLOSE = 0.5  # how much alike two names must be, of 1
_MEANT = 3  # other forms of a query that are offered
_SHORT = Patience(1.0)  # for each query that is tried
_COMMON = {"with", "from", "that", "this", "and", "for", "관한", "대한", "위한", "요약"}


def as_typed(node: Node) -> Node:
    """Return a query as it is: the way to look for it in no other language or spelling."""
    return node


def counted(searcher: Searcher, query: str | Node, filters: Filters | None = None, widen: Widen = as_typed) -> int:
    """Return on how many pages a query is met; 0 for one that cannot be understood."""
    try:
        tree = widen(parse(query) if isinstance(query, str) else query)
        return searcher.search(tree, 0, facets=False, filters=filters or Filters(), patience=_SHORT).total
    except QueryError:
        return 0


# -- nothing found

NO_HINTS: dict[str, Any] = {"words": [], "tries": [], "unfiltered": 0, "fields": []}


def meant(searcher: Searcher, node: Node, filters: Filters, widen: Widen = as_typed) -> list[dict[str, Any]]:
    """Return other forms of a query for its words that stand nowhere, neither as typed nor in another language."""
    found = did_you_mean(searcher, node, filters, _MEANT)
    return [
        {"q": each.query, "typed": each.typed, "meant": each.meant, "total": total}
        for each in found
        if not counted(searcher, each.typed, None, widen) and (total := counted(searcher, each.query, filters, widen))
    ]


def hints(searcher: Searcher, node: Node, filters: Filters, widen: Widen = as_typed) -> dict[str, Any]:
    """Return what each word alone finds, and other forms of the query that find something."""
    leaves = list(dict.fromkeys(positive_leaves(node)))[:_LEAVES]
    words = [[unparse(leaf), counted(searcher, leaf, filters, widen)] for leaf in leaves] if len(leaves) > 1 else []
    tries = []
    for kind, tree in _others(node):
        query = unparse(tree)
        found = counted(searcher, tree, filters, widen) if len(query) <= MAX_LENGTH else 0
        if found:
            tries.append({"kind": kind, "q": query, "total": found})
    free = counted(searcher, node, None, widen) if filters else 0
    fields = list(_unmet(searcher, node, filters, widen))
    return {"words": words, "tries": tries, "unfiltered": free, "fields": fields}


def _unmet(searcher: Searcher, node: Node, filters: Filters, widen: Widen) -> Iterator[dict[str, Any]]:
    """Yield each field of a query that no document meets, with values that are meant or that there are.

    Each value comes with the query that asks for it instead; `near` says that they were chosen for being alike.
    """
    for asked in dict.fromkeys(_fields(node)):
        if asked.name not in _VALUED or counted(searcher, asked):
            continue
        counts = Counter(value for listing in searcher.known().values() for value in _VALUED[asked.name](listing))
        near = _alike(asked.value.text, counts)
        made = []
        for value in (near or [value for value, _ in counts.most_common()])[:_NAMED]:
            tree = replaced(node, asked, TextField(asked.name, Phrase(value.replace('"', " "))))
            made.append({"value": value, "q": unparse(tree), "total": counted(searcher, tree, filters, widen)})
        yield {"name": asked.name, "asked": asked.value.text, "near": bool(near), "values": made, "all": len(counts)}


_VALUED: Mapping[str, Callable[[Listing], tuple[str, ...]]] = {
    "agency": lambda listing: listing.agencies,
    "release": lambda listing: listing.releases,
}


def _fields(node: Node) -> Iterator[TextField]:
    match node:
        case And(children) | Or(children):
            for child in children:
                yield from _fields(child)
        case Scope(_, child):
            yield from _fields(child)
        case TextField():
            yield node


def _alike(asked: str, there: Mapping[str, int]) -> list[str]:
    """Return the values that hold what was asked for, or are spelt almost so; those of most documents first."""
    bare = {value: "".join(value.split()).casefold() for value in there}
    sought = "".join(asked.split()).casefold()
    held = [value for value, text in bare.items() if sought in text or text in sought]
    close = difflib.get_close_matches(sought, bare.values(), n=_NAMED, cutoff=_CLOSE)
    near = held or [value for value, text in bare.items() if text in close]
    return sorted(near, key=lambda value: (-there[value], value))


def _others(node: Node) -> Iterator[tuple[str, Node]]:
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


def _plain(text: str) -> list[str]:
    """Return the words of a phrase that mean themselves outside of one."""
    return [word for word in text.split() if _parsed(word) == Word(word)]


def _parsed(text: str) -> Node | None:
    try:
        return parse(text)
    except QueryError:
        return None


# -- nothing asked


def beginning(searcher: Searcher, language: str, widen: Widen = as_typed) -> dict[str, Any]:
    """Return what there is to search, and queries to begin with; `foreign`: they are Korean, the reader's are none."""
    known = searcher.known()
    found = list(_examples(searcher, known, language, widen))
    return {
        "documents": len(known),
        "releases": _releases(known.values())[:_RELEASES],
        "examples": [{"q": query, "total": total} for query, total in found],
        "foreign": language == "en" and any(_HANGUL.search(_said(query)) for query, _ in found),
    }


def _said(query: str) -> str:
    """Return a query without its field: an agency's name is what it is in any language."""
    return query.partition(" agency:")[0]


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


def _examples(
    searcher: Searcher, known: Mapping[str, Listing], language: str, widen: Widen
) -> Iterator[tuple[str, int]]:
    """Yield queries made of the words of titles, each a different construct, each finding something.

    They are in the reader's language where titles are.
    """
    listings = [listing for _, listing in sorted(known.items())[:_TITLES]]
    korean, latin = _frequent([listing.title for listing in listings])
    own, other = (latin, korean) if language == "en" else (korean, latin)
    words = (own or other)[:4]
    of_words = [listing for listing in listings if words and words[0] in listing.title.lower()]
    phrase = next((found for each in of_words if (found := _phrase(each.title, bool(words[0].isascii())))), None)
    agency = next((each.agencies[0] for each in of_words if each.agencies), None)
    tried = [
        words[0] if words else None,
        " ".join(words[:2]) if len(words) > 1 else None,
        f'"{phrase}"' if phrase else None,
        f"{words[-1]} agency:{agency if agency.isalnum() else _quoted(agency)}" if words and agency else None,
        " OR ".join(words[1:3]) if len(words) > 2 else None,
        latin[0] if latin and korean and words != latin[:4] else None,
    ]
    for query in tried:
        total = counted(searcher, query, None, widen) if query else 0
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


def _phrase(title: str, latin: bool) -> str | None:
    """Return two words that follow each other in a title."""
    found = re.search(r"[A-Za-z]{4,} [A-Za-z]{4,}" if latin else r"[가-힣]{2,} [가-힣]{3,}", title)
    return found[0] if found else None
