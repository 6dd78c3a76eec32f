"""What is looked for beside what was typed: words in the other language, numbers in their other spellings.

All that is added is told with the results, and can be left out.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path

from search.bridge import OWN, Bridged, Glossary, bridged
from search.figure_search import Spelled, spelled
from search.query import And, Node, Or, Scope, unparse


@dataclass(frozen=True, slots=True)
class Widened:
    """A query as typed and as it is looked for, with the words and numbers to which something was added."""

    typed: Node
    node: Node
    words: tuple[Bridged, ...] = ()
    numbers: tuple[Spelled, ...] = ()

    @property
    def added(self) -> tuple[Bridged | Spelled, ...]:
        return self.words + self.numbers

    def as_typed(self, part: str) -> str:
        """Return a part of the query as typed, by the text of what it was widened to."""
        return _typed_parts(self).get(part, part)


@dataclass(frozen=True, slots=True)
class Widening:
    """How queries are widened; without a glossary, numbers alone.

    `without` are words, forms and numbers to leave alone, as `Widened.added` tells them.
    """

    glossary: Glossary | None
    without: frozenset[str] = frozenset()

    @classmethod
    def of(cls, folder: Path, without: tuple[str, ...] = ()) -> Widening:
        """Return it for the corpus in a folder.

        Raises:
            UsageError: a line of the corpus's own glossary cannot be read.
        """
        return cls(glossary_of(folder), frozenset(without))

    def of_query(self, node: Node) -> Widened:
        tree, numbers = spelled(node, self.without)
        tree, words = bridged(tree, self.glossary, self.without) if self.glossary else (tree, ())
        return Widened(node, tree, words, numbers)


def glossary_of(folder: Path) -> Glossary:
    """Return the glossary of a corpus; it is read again when the corpus's own part of it changes.

    Raises:
        UsageError: a line of that part cannot be read.
    """
    own = folder / OWN
    return _glossary(folder, own.stat().st_mtime_ns if own.exists() else 0)


@functools.lru_cache(maxsize=4)
def _glossary(folder: Path, changed: int) -> Glossary:
    return Glossary.of(folder)


def _typed_parts(widened: Widened) -> dict[str, str]:
    inner = widened.node.child if isinstance(widened.node, Scope) else widened.node
    if not isinstance(inner, And):
        return {}
    return {unparse(each): unparse(each.children[0]) for each in inner.children if isinstance(each, Or)}
