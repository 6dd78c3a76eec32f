"""From a query's tree to one that an engine can answer: fields and phrases become sets of documents and pages.

Where all parts of an And must be met on one page, those that pages have to be looked through for come last, and only
the pages that have met the others are looked through.
"""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import cast

from corpus.model import Listing
from corpus.store import PageKey
from search import figure_search, looking, page_fields
from search.analysis import pattern
from search.fields import documents_with
from search.index import Documents, Pages, Tree
from search.looking import Looked, Patience, Unfinished, is_looked_for
from search.query_nodes import (
    TEXT_FIELDS,
    And,
    Choice,
    ConfidenceRange,
    DateRange,
    Expression,
    FigureRange,
    Gapped,
    MentionRange,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Scope,
    TextField,
    Word,
)
from search.quotes import Field, Sought, pages_with

_PLAIN = re.compile(r"(?:[^\W\d_]|\s)+")  # letters and blanks alone: no sign or figure that could differ

Within = frozenset[PageKey] | None  # the pages that a part of a query is asked of; None is all
Kept = dict[tuple[Node, Within, frozenset[str]], frozenset[PageKey]]


@dataclass(slots=True)
class Resolver:
    """Resolves one query for one audience. `unfinished` tells afterwards what not all pages were looked through for.

    `kept` holds what was looked through before, as long as the corpus has not changed.
    """

    where: Field
    listings: Mapping[str, Listing]
    patience: Patience
    kept: Kept = field(default_factory=dict)
    unfinished: list[Unfinished] = field(default_factory=list)
    _until: float | None = None

    def tree(self, node: Node, within: Within = None, narrowing: bool = True, wanted: bool = True) -> Tree:
        """Return the tree an engine can answer: fields as `Documents` or pages, all else that is no word as `Pages`.

        Of pages outside `within` nothing is promised. Without `narrowing`, as in scope:document, parts of an And may
        be met on different pages, so that none narrows the others. Under a Not what is found is not `wanted`: then
        pages of which nothing could be told in time count as found, so that nothing is shown that may be wrong.
        """
        match node:
            case Scope(unit, child):
                return Scope(unit, cast(Node, self.tree(child, within, False, wanted)))
            case And(children):
                return self._and(children, within, narrowing, wanted)
            case Or(children):
                found = tuple(self.tree(child, within, narrowing, wanted) for child in children)
                return Or(cast(tuple[Node, ...], found))
            case Not(child):
                return Not(cast(Node, self.tree(child, within, narrowing, not wanted)))
            case Phrase():
                return self._phrase(node)
            case TextField() | DateRange() | Choice() | ConfidenceRange():
                return self._field(node, within, wanted)
            case FigureRange() | MentionRange():
                return Pages(self._stated(node, within, wanted))
            case Word() | Gapped() | Near() | Expression() if is_looked_for(node):
                return Pages(self._looked_for(node, within, wanted), ranking_words(node))
            case _:
                return node

    def _and(self, children: tuple[Node, ...], within: Within, narrowing: bool, wanted: bool) -> Tree:
        """Resolve quick parts first; the others are then asked only of the pages that met those before them."""
        made: dict[int, Tree] = {}
        slow = [at for at, child in enumerate(children) if _is_slow(child)]
        for at, child in enumerate(children):
            if at not in slow:
                made[at] = self.tree(child, within, narrowing, wanted)
        if slow and made and narrowing:
            within = self._met(list(made.values()), within)
        for at in slow:
            made[at] = self.tree(children[at], within, narrowing, wanted)
            if narrowing and isinstance(made[at], Pages):
                within = cast(Pages, made[at]).keys
        return And(cast(tuple[Node, ...], tuple(made[at] for at in range(len(children)))))

    def _met(self, trees: list[Tree], within: Within) -> frozenset[PageKey]:
        tree = And(cast(tuple[Node, ...], tuple(trees))) if len(trees) > 1 else trees[0]
        ranked = self.where.index.search(tree, self._visible, None, None, sys.maxsize)
        keys = frozenset((hit.document, hit.number) for hit in ranked.hits)
        return keys if within is None else keys & within

    @property
    def _visible(self) -> frozenset[str]:
        """The documents that the index knows as they are now."""
        return self.where.visible - self.where.changed

    def _phrase(self, phrase: Phrase) -> Tree:
        """Return the pages with a phrase; where it is what a word is, the index tells most of them by itself."""
        sought = Sought.of(phrase.text, any_case=True)
        plain = Word(phrase.text, exact=True) if _PLAIN.fullmatch(sought.text) else None
        checked = Pages(pages_with(sought, self.where, plain), words_of(phrase.text))
        return checked if plain is None else Or(cast(tuple[Node, ...], (plain, checked)))

    def _field(self, node: TextField | DateRange | Choice | ConfidenceRange, within: Within, wanted: bool) -> Tree:
        match node:
            case TextField(name) if name in TEXT_FIELDS:
                return Documents(documents_with(node, self.listings))
            case DateRange() | Choice("type"):
                return Documents(documents_with(node, self.listings))
            case Choice("lang"):
                return _unranked(self._looked_for(node, within, wanted))
            case TextField() | Choice() | ConfidenceRange():
                return _unranked(page_fields.pages_with(node, self.where.store, self.where.visible))

    def _stated(self, node: FigureRange | MentionRange, within: Within, wanted: bool) -> frozenset[PageKey]:
        """Return the pages with a figure or date, by their rows; pages that have none yet are looked through."""
        asked = (node, within, self.where.visible)
        if asked not in self.kept:
            self._until = self._until or time.monotonic() + self.patience.seconds
            pages, unsure = figure_search.pages_with(
                node, self.where.store, self.where.visible, self.patience, self._until
            )
            if unsure is not None:
                self.unfinished.append(unsure)
                return pages if wanted else pages | unsure.unknown
            self.kept[asked] = pages
        return self.kept[asked]

    def _looked_for(self, node: Looked, within: Within, wanted: bool) -> frozenset[PageKey]:
        """Look through pages; of what was finished the answer is kept."""
        asked = (node, within, self._visible)
        if asked not in self.kept:
            keys = looking.candidates(node, self.where.index, self._visible)
            if within is not None:
                keys = [key for key in keys if key in within]
            self._until = self._until or time.monotonic() + self.patience.seconds
            found, unsure = looking.look_through(node, keys, self.where.store, self.patience, self._until)
            if unsure is not None:
                self.unfinished.append(unsure)
                return found if wanted else found | unsure.unknown
            self.kept[asked] = found
        return self.kept[asked]


def _is_slow(node: Node) -> bool:
    match node:
        case And(children) | Or(children):
            return any(map(_is_slow, children))
        case Not(child) | Scope(_, child):
            return _is_slow(child)
        case _:
            return is_looked_for(node)


def _unranked(keys: frozenset[PageKey]) -> Tree:
    # Under a Not nothing counts for ranking, nor as what a search of whole documents shows; two cancel out.
    return Not(cast(Node, Not(cast(Node, Pages(keys)))))


def ranking_words(node: Node) -> tuple[Word, ...]:
    """Return the words by which pages with something that was looked for are ranked."""
    match node:
        case Word():
            return (node,)
        case Near(words):
            return words
        case Gapped(parts):
            return tuple(word for part in parts for word in words_of(part))
        case _:
            return ()


def words_of(text: str) -> tuple[Word, ...]:
    """Return the words of a phrase, by which pages with it are ranked."""
    return tuple(Word(word) for word in text.split() if pattern(word).stream)
