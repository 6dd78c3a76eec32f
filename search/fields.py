"""Fields of a query, answered from what an audience may know of each document.

Titles, agencies and dates can be edited, so no engine knows them: a field becomes the set of documents it is true of.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from corpus.folding import fold
from corpus.model import Listing
from search.analysis import analyse, pattern
from search.english import stem
from search.index import Documents, Tree
from search.query import And, DateRange, Node, Not, Or, Phrase, Prefix, Scope, TextField, Word, positive_leaves

_VALUES: Mapping[str, Callable[[Listing], tuple[str, ...]]] = {
    "title": lambda listing: (listing.title,),
    "agency": lambda listing: listing.agencies,
    "release": lambda listing: listing.releases,
    "file": lambda listing: listing.files,
}


def resolved(node: Node, listings: Mapping[str, Listing], phrase: Callable[[Phrase], Tree]) -> Tree:
    """Return the tree an engine can answer: fields as `Documents`, phrases as `Pages`."""
    match node:
        case And(children):
            return And(cast(tuple[Node, ...], tuple(resolved(child, listings, phrase) for child in children)))
        case Or(children):
            return Or(cast(tuple[Node, ...], tuple(resolved(child, listings, phrase) for child in children)))
        case Not(child):
            return Not(cast(Node, resolved(child, listings, phrase)))
        case Scope(unit, child):
            return Scope(unit, cast(Node, resolved(child, listings, phrase)))
        case Phrase():
            return phrase(node)
        case TextField(name, value):
            values = _VALUES[name]
            return Documents(
                frozenset(d for d, known in listings.items() if any(_holds(v, value) for v in values(known)))
            )
        case DateRange(first, last):
            return Documents(frozenset(d for d, known in listings.items() if _within(known.date, first, last)))
        case _:
            return node


def _holds(text: str, value: Word | Phrase | Prefix) -> bool:
    """Whether a title, name or path holds a word or phrase, by the same rule as a page does."""
    stream = analyse(fold(text).text)[0]
    shape = pattern(value.text, prefix=isinstance(value, Prefix))
    if shape.single and isinstance(value, Word) and not value.exact:
        return any(stem(part) == stem(shape.stream) for part in stream.replace("_", "|").split("|"))
    return bool(shape.stream) and any(form in stream for form in shape.forms())


def _within(date: str | None, first: str | None, last: str | None) -> bool:
    """Whether a date (of any precision) can lie between two others, both included."""
    if date is None:
        return False
    return (first is None or date >= first[: len(date)]) and (last is None or date[: len(last)] <= last)


def words_of(phrase: Phrase) -> tuple[Word, ...]:
    """Return the words of a phrase, by which pages with it are ranked."""
    return tuple(Word(word) for word in phrase.text.split() if pattern(word).stream)


def highlighted(node: Node) -> tuple[Word | Phrase | Prefix, ...]:
    """Return what is to be marked in the hits of a query."""
    return positive_leaves(node)
