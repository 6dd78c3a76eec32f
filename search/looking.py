"""Looking through stored pages, one by one, for what an index cannot tell: gaps, nearness, expressions, =word, lang:.

The index narrows the pages first where it can. What is left is looked through for as long as the searcher's patience
lasts; how far that went is told with the results, never kept quiet.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.folding import squash
from corpus.model import Page, Span
from corpus.store import PageKey, Store
from search import figure_values, near, patterns, snippets
from search.analysis import JOINT
from search.index import Documents, Index
from search.languages import languages
from search.query_nodes import And, Choice, Expression, FigureRange, Gapped, MentionRange, Near, Node, Or, Word

SECONDS = 20.0  # for one query
_AT_ONCE = 50  # pages read in one go

Looked = Word | Gapped | Near | Expression | Choice | FigureRange | MentionRange


@dataclass(frozen=True, slots=True)
class Patience:
    """How long pages are looked through for one query, in seconds; `told` hears how many of how many are done."""

    seconds: float = SECONDS
    told: Callable[[int, int], None] | None = None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A part of a query that not all pages were looked through for.

    `done` of `pages` were, in `seconds`; on `given_up` of them the expression took too long. Of the pages in `unknown`,
    those given up and those not come to, nothing is known: they count as found only where that leaves them out.
    """

    part: Node
    pages: int
    done: int
    given_up: int
    seconds: float
    unknown: frozenset[PageKey] = frozenset()


def is_looked_for(node: Node) -> bool:
    """Whether a leaf of a query is decided by looking at pages."""
    match node:
        case Word(_, exact):
            return exact
        case Choice(name):
            return name == "lang"
        case _:
            return isinstance(node, Gapped | Near | Expression)


def candidates(node: Looked, index: Index, visible: frozenset[str]) -> list[PageKey]:
    """Return the pages of documents, in order, that may have what is looked for, as far as the index can tell."""
    match node:
        case Word():
            found = _matching(node, index, visible)
        case Near(words):
            found = _matching(And(words), index, visible)
        case Gapped(parts):
            found = set.intersection(*(set(index.candidates(squash(part)[:JOINT], visible)) for part in parts))
        case Expression(text) if groups := patterns.literals(text):
            found = set.intersection(*(_with_any(group, index, visible) for group in groups))
        case _:
            found = _matching(Documents(visible), index, visible)
    return sorted(found)


def _matching(tree: Node | Documents, index: Index, visible: frozenset[str]) -> set[PageKey]:
    ranked = index.search(tree, visible, None, None, sys.maxsize)
    return {(hit.document, hit.number) for hit in ranked.hits}


def _with_any(stretches: tuple[str, ...], index: Index, visible: frozenset[str]) -> set[PageKey]:
    """Return the pages that may hold one of some stretches of letters side by side; they begin alike."""
    if patterns.is_korean(stretches[0][0] + stretches[0][-1]):  # then they stand wherever they stand as words
        words = tuple(map(Word, stretches))
        return _matching(Or(words) if len(words) > 1 else words[0], index, visible)
    return {key for stretch in stretches for key in index.candidates(stretch, visible)}


def spans(node: Node, page: Page) -> tuple[Span, ...]:
    """Return where on a page stands what is looked for, as spans of its text in order."""
    match node:
        case Gapped():
            return near.gapped_spans(page, node)
        case Near():
            return near.near_spans(page, node)
        case Expression(text):
            return patterns.spans(page, text)
        case FigureRange() | MentionRange():
            return figure_values.spans(page, node)
        case Word():
            return snippets.spans(page, [node])
        case _:
            return ()


def _holds(node: Looked, page: Page) -> bool:
    match node:
        case Expression(text):
            return any(True for _ in patterns.stretches(page, text))
        case Word(text):
            return snippets.holds_exactly(page, text)
        case Choice(_, value):
            return value in languages(page)
        case _:
            return bool(spans(node, page))


def look_through(
    node: Looked, keys: Sequence[PageKey], store: Store, patience: Patience, until: float
) -> tuple[frozenset[PageKey], Unfinished | None]:
    """Return which pages have what is looked for, and what of them could not be told.

    `until` is the moment, as time.monotonic() tells it, at which patience ends.
    """
    began = time.monotonic()
    found: set[PageKey] = set()
    given_up: set[PageKey] = set()
    done = 0
    for start in range(0, len(keys), _AT_ONCE):
        if time.monotonic() >= until:
            break
        some = keys[start : start + _AT_ONCE]
        pages = store.some_pages(some, words=False)
        for key in some:
            if time.monotonic() >= until:
                break
            done += 1
            try:
                if key in pages and _holds(node, pages[key]):
                    found.add(key)
            except TimeoutError:
                given_up.add(key)
        if patience.told:
            patience.told(done, len(keys))
    unknown = frozenset(given_up.union(keys[done:]))
    took = time.monotonic() - began
    unsure = Unfinished(node, len(keys), done, len(given_up), took, unknown) if unknown else None
    return frozenset(found), unsure
