"""Where few pages have all the words of a query: which others have some of them.

Loose are the words (typed without =), the prefixes, and the groups joined with OR that hold such a one, wherever all of
them would have to be there. A page is a partial match if at least one of them stands on it, a Korean word without its
particle (바그너는 is met by 바그너가), English stop words only where there are no other words. All else of the query
still binds: phrases, fields, NOT, proximity, regular expressions, =words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from corpus.folding import folded
from corpus.model import Page
from search.analysis import analyse, pattern, reading
from search.english import STOP_WORDS, stem
from search.index import Tree
from search.query_nodes import And, Node, Not, Or, Phrase, Prefix, Scope, Word
from search.query_text import unparse

FEW = 10  # pages: where so many have all the words, no partial matches follow

# 조사, one or two of them, and those that close a noun used as a verb; the longest that fits is taken off.
_PARTICLES = (
    "은|는|이|가|을|를|에|의|와|과|도|로|으로|만|나|이나|까지|부터|보다|처럼|마다|조차|밖에|에서|에게|에게서|께|께서|한테|에는|에도"
    "|에만|에의|에서는|에서도|에서의|에게는|으로는|로는|으로도|로도|으로서|로서|으로써|로써|으로의|로의|으로부터|로부터|에서부터"
    "|까지의|까지는|부터는|과는|와는|과의|와의|과도|와도|만은|만이|만을|만의|이란|란|이라는|라는|이라고|라고|이라|라|이며|며|이고"
    "|이다|이었다|였다|인|인가|이었던|였던|들|들은|들이|들을|들의|들에|들에게|들과|들도|들로"
)
_ENDING = re.compile(rf"(?<=[^\W_]{{2}})(?:{_PARTICLES})[\W_]*\Z")


@dataclass(frozen=True, slots=True)
class Loosened:
    """A query loosened: what to look for instead, and each of the parts of which a page may lack some.

    A part is as it was typed, and as it is looked for.
    """

    node: Node
    parts: tuple[tuple[Node, Node], ...]


def loosened(node: Node) -> Loosened | None:
    """Return a query loosened, or None where it asks for no two words that could be apart."""
    if isinstance(node, Scope):
        inner = loosened(node.child)
        return Loosened(Scope(node.unit, inner.node), inner.parts) if inner else None
    if not isinstance(node, And):
        return None
    loose = {child: bare for child in node.children if (bare := _bare(child)) is not None}
    if len(loose) < 2:
        return None
    some = [bare for child, bare in loose.items() if not _is_stop_word(child)] or list(loose.values())
    either = Or(tuple(part for bare in some for part in (bare.children if isinstance(bare, Or) else (bare,))))
    bound = tuple(child for child in node.children if child not in loose)
    any_of: Node = either if len(either.children) > 1 else either.children[0]
    return Loosened(And((any_of, *bound)) if bound else any_of, tuple(loose.items()))


def without(tree: Tree, other: Tree) -> Tree:
    """Return the tree of what matches one tree and not the other, both of the same scope."""
    if isinstance(tree, Scope) and isinstance(other, Scope):
        return Scope(tree.unit, And((tree.child, Not(other.child))))
    return And((cast(Node, tree), Not(cast(Node, other))))


def missing(page: Page, parts: tuple[tuple[Node, Node], ...]) -> tuple[str, ...]:
    """Return those of the loose parts, as typed, that do not stand on a page."""
    stream = analyse(folded(reading(page).text))[0]
    words = {stem(word) for word in stream.replace("_", "|").split("|")}
    return tuple(unparse(typed) for typed, bare in parts if not _stands(bare, stream, words))


def _stands(node: Node, stream: str, words: set[str]) -> bool:
    match node:
        case Word(text) | Phrase(text) | Prefix(text):
            shape = pattern(text, prefix=isinstance(node, Prefix))
            if shape.single and isinstance(node, Word):
                return stem(shape.stream) in words
            return any(form in stream for form in shape.forms())
        case Or(children):
            return any(_stands(child, stream, words) for child in children)
        case And(children):
            return all(_stands(child, stream, words) for child in children)
        case _:
            return True


def without_particle(word: str) -> str:
    """Return a word without the particle at its end, if two letters or digits are left."""
    ending = _ENDING.search(word)
    return word[: ending.start()] if ending else word


def _bare(node: Node) -> Node | None:
    """Return what a loose part is looked for as; None of a part that binds."""
    match node:
        case Word(text, exact) if not exact:
            bare = without_particle(text)
            return Word(bare) if pattern(bare).stream else node
        case Prefix():
            return node
        case Or(children) if any(_bare(child) is not None for child in children):
            return Or(tuple(_bare(child) or child for child in children))
        case _:
            return None


def _is_stop_word(node: Node) -> bool:
    return isinstance(node, Word) and folded(node.text).strip(".,?!") in STOP_WORDS
