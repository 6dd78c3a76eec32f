"""The query language: text to a tree of frozen nodes (parse) and back to canonical text (unparse).

What each construct means is in docs/query-language.md, the grammar in query.lark; every engine reads this tree.
The nodes are in query_nodes.py; a term's node is made in query_terms.py, a field's in query_fields.py; query_text.py
writes a tree out; query_faults.py says what is wrong.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from typing import TypeAlias

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lark import PostLex

from search.query_faults import TERM, Fault, QueryError, lone_mark, unexpected
from search.query_fields import field
from search.query_nodes import (
    CHOICES,
    FIELDS,
    NAME_FIELDS,
    SCOPES,
    TEXT_FIELDS,
    And,
    Choice,
    ConfidenceRange,
    DateRange,
    Expression,
    FigureRange,
    Findable,
    Gapped,
    Leaf,
    MentionRange,
    Near,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Scope,
    TextField,
    Word,
    positive_leaves,
)
from search.query_terms import findable
from search.query_text import unparse

__all__ = [
    "CHOICES",
    "FIELDS",
    "MAX_DEPTH",
    "MAX_LENGTH",
    "NAME_FIELDS",
    "SCOPES",
    "TEXT_FIELDS",
    "And",
    "Choice",
    "ConfidenceRange",
    "DateRange",
    "Expression",
    "FigureRange",
    "Findable",
    "Gapped",
    "Leaf",
    "MentionRange",
    "Near",
    "Node",
    "Not",
    "Or",
    "PageRange",
    "Phrase",
    "Prefix",
    "QueryError",
    "Scope",
    "TextField",
    "Word",
    "parse",
    "positive_leaves",
    "unparse",
]

MAX_LENGTH = 4_000  # code points, as typed and as unparse() writes them
MAX_DEPTH = 30  # open parentheses; at 100, comparing or pickling a tree would pass Python's recursion limit


def parse(query: str) -> Node:
    """Return the tree of a query; what breaks a rule of the language or a limit raises QueryError, nothing else."""
    query = unicodedata.normalize("NFC", query)
    try:
        return _parsed(query)
    except UnexpectedCharacters as error:
        fault = lone_mark(query, error.pos_in_stream or 0)
    except UnexpectedToken as error:
        fault = unexpected(error.token, error.state.value_stack)
    except Fault as error:
        fault = error
    position, message, *expected = fault.args
    raise QueryError(query, position, message, tuple(expected))


_Part: TypeAlias = Node | Token  # the Token: a scope on its way to the root


def _parsed(query: str) -> Node:
    _check_length(query, len(query))
    node: Node = _parser().parse(query)  # type: ignore[assignment]  # lark knows no other result than Tree
    _check_length(query, len(unparse(node)))  # "a|b" grows, and what is saved must be readable again
    return node


def _check_length(query: str, length: int) -> None:
    if length > MAX_LENGTH:
        at = min(len(query), MAX_LENGTH)
        raise Fault(at, f"The query, written out, has {length:,} characters; shorten it to {MAX_LENGTH:,}.")


@functools.cache
def _parser() -> Lark:
    options = {"parser": "lalr", "lexer": "contextual", "transformer": _Builder(), "postlex": _DepthLimit()}
    return Lark.open("query.lark", rel_to=__file__, **options)


class _DepthLimit(PostLex):
    always_accept = ()

    def process(self, stream: Iterator[Token]) -> Iterator[Token]:
        depth = 0
        for token in stream:
            depth += (token.type == "_LPAR") - (token.type == "_RPAR")
            if depth > MAX_DEPTH:
                raise Fault(token.start_pos, f"More than {MAX_DEPTH} parentheses are open here; take some out.")
            yield token


class _Builder(Transformer[Token, _Part]):
    """Builds nodes while the parser reduces, innermost first; a method has the name of its rule."""

    def start(self, clauses: list[tuple[Node, list[Token]]]) -> Node:
        root = _joined(Or, [node for node, _ in clauses])
        scopes = [scope for _, found in clauses for scope in found]
        for scope in scopes:
            if scope != scopes[0]:
                raise Fault(scope.start_pos, "This scope contradicts the one before it; keep one of them.", *SCOPES)
        return Scope(str(scopes[0]), root) if scopes and scopes[0] != "page" else root

    def clause(self, parts: list[_Part]) -> tuple[Node, list[Token]]:
        scopes = [part for part in parts if isinstance(part, Token)]
        nodes = [part for part in parts if not isinstance(part, Token)]
        if not nodes:
            raise Fault(scopes[0].start_pos, "Beside this scope there is nothing to search for; add a word.", *TERM)
        return _joined(And, nodes), scopes

    def either(self, parts: list[Node]) -> Node:
        return _joined(Or, parts)

    def both(self, parts: list[_Part]) -> Node:
        return _joined(And, [_unscoped(part) for part in parts])

    def negation(self, parts: list[_Part]) -> Node:
        return Not(_unscoped(parts[0]))

    def leaf(self, tokens: list[Token]) -> Findable:
        return findable(tokens[0])

    def field(self, tokens: list[Token]) -> _Part:
        return field(*tokens)


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    return kind(tuple(inner for node in nodes for inner in (node.children if isinstance(node, kind) else (node,))))


def _unscoped(part: _Part) -> Node:
    if isinstance(part, Token):
        raise Fault(part.start_pos, "A scope is for the whole query; move it out of the parentheses or the NOT.")
    return part
