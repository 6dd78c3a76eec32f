"""What is looked for beside what was typed: the words in the other language, the numbers in their other spellings.

Everything added is shown, and can be left out: one form, a word with all of its forms, or all of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.errors import GongmunError
from search import widening
from search.bridge import Glossary
from search.query import And, Node, Or, Scope, unparse
from search.widening import Widened, glossary_of

Json = dict[str, Any]
Widen = Callable[[Node], Node]


@dataclass(frozen=True, slots=True)
class Widening:
    """How the queries of one address are widened; `fault` says why the glossary cannot be used."""

    glossary: Glossary | None
    without: frozenset[str]
    on: bool
    fault: str = ""
    _made: dict[Node, Node] = field(default_factory=dict)

    @classmethod
    def of(cls, folder: Path, without: tuple[str, ...] = (), on: bool = True) -> Widening:
        """Return it for the corpus in a folder, whose own glossary counts too."""
        left = frozenset(without)
        try:
            return cls(glossary_of(folder), left, on)
        except GongmunError as error:
            return cls(None, left, on, str(error))

    def tree(self, node: Node) -> Node:
        """Return a query widened, as far as that is asked for."""
        if not self.on:
            return node
        if node not in self._made:
            self._made[node] = self._widened(node, self.without).node
        return self._made[node]

    def chips(self, node: Node) -> list[Json]:
        """Return what was added to which words, what was left out, and what would be added: all that can be chosen."""
        whole, now = self._widened(node, frozenset()), self._widened(node, self.without)
        left = frozenset(each.casefold() for each in self.without)
        # A form that was left out is told by the whole alone.
        words = {term.typed: term.added for term in [*whole.words, *now.words, *whole.words]}
        made = [
            {
                "kind": "word",
                "typed": typed,
                "on": typed.casefold() not in left,
                "forms": [[form, form.casefold() not in left] for form in added],
            }
            for typed, added in words.items()
        ]
        values = {each.typed: each for each in [*whole.numbers, *now.numbers]}
        return made + [
            {
                "kind": "number",
                "typed": each.typed,
                "on": each.typed.casefold() not in left,
                "forms": [[form, True] for form in each.forms],
            }
            for each in values.values()
        ]

    def _widened(self, node: Node, without: frozenset[str]) -> Widened:
        return widening.Widening(self.glossary, without).of_query(node)


def typed_forms(node: Node, widen: Widen) -> dict[str, str]:
    """Return the parts of a query as typed, by the text of what they were widened to."""
    tree = widen(node)
    inner, typed = (each.child if isinstance(each, Scope) else each for each in (tree, node))
    if not isinstance(inner, And) or not isinstance(typed, And):
        return {}
    names = {unparse(each): unparse(each.children[0]) for each in inner.children if isinstance(each, Or)}
    return names | {unparse(widen(each)): unparse(each) for each in typed.children if isinstance(each, Or)}
