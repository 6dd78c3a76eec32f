"""The query language: text to a tree of frozen nodes (parse) and back to canonical text (unparse).

What each construct means is in docs/query-language.md, the grammar in query.lark; every engine reads this tree.
"""

from __future__ import annotations

import datetime as dt
import difflib
import functools
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lark import Lark, Token, Transformer
from lark.exceptions import UnexpectedCharacters, UnexpectedToken
from lark.lark import PostLex

from corpus.errors import UsageError

TEXT_FIELDS = ("title", "agency", "release", "file")
FIELDS = (*TEXT_FIELDS, "date", "page", "scope")
SCOPES = ("document", "page")
MAX_LENGTH = 4_000  # code points, as typed and as unparse() writes them
MAX_DEPTH = 30  # open parentheses; at 100, comparing or pickling a tree would pass Python's recursion limit


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, without blanks; `exact` (typed =word) leaves out its inflections."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """The text between double quotation marks, raw but for the blanks at both ends."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin with `text` (typed text*)."""

    text: str


Leaf: TypeAlias = Word | Phrase | Prefix


@dataclass(frozen=True, slots=True)
class TextField:
    """The field `name`, one of TEXT_FIELDS, holds this word or phrase."""

    name: str
    value: Leaf


@dataclass(frozen=True, slots=True)
class DateRange:
    """Dates from `first` to `last`, both included; ISO prefixes (2019, 2019-04, 2019-04-22), None is open."""

    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class PageRange:
    """Pages from number `first` to `last`, both included, counted from 1; None is open."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class And:
    """All of two or more children, none of them an And."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Any of two or more children, none of them an Or."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """What the child does not match."""

    child: Node


@dataclass(frozen=True, slots=True)
class Scope:
    """The whole query, its parts found anywhere in one `unit` ("document"); only ever the root."""

    unit: str
    child: Node


Node: TypeAlias = Word | Phrase | Prefix | TextField | DateRange | PageRange | And | Or | Not | Scope


class QueryError(UsageError):
    """A query that cannot be understood: where, and what to do about it.

    `query` is the text after NFC, `position` a code point offset in it, `message` one sentence that ends in
    what to do, `expected` names what could stand there.
    """

    def __init__(self, query: str, position: int, message: str, expected: tuple[str, ...] = ()) -> None:
        super().__init__(query, position, message, expected)
        self.query, self.position, self.message, self.expected = query, position, message, expected

    def __str__(self) -> str:
        return self.message

    def pointer(self) -> str:
        """Return two lines: the query, and a "^" in the terminal column of the position."""
        shown = "".join(" " if unicodedata.category(mark) in "Cc Cs Zs Zl Zp" else mark for mark in self.query)
        return f"{shown}\n{' ' * sum(map(_columns, shown[: self.position]))}^"


def parse(query: str) -> Node:
    """Return the tree of a query; what breaks a rule of the language or a limit raises QueryError, nothing else."""
    query = unicodedata.normalize("NFC", query)
    try:
        return _parsed(query)
    except UnexpectedCharacters as error:  # no terminal matches: only a quotation mark without its twin
        fault = _lone_mark(query, error.pos_in_stream or 0)
    except UnexpectedToken as error:
        fault = _unexpected(error.token, error.state.value_stack)
    except _Fault as error:
        fault = error
    position, message, *expected = fault.args
    raise QueryError(query, position, message, tuple(expected))


def unparse(node: Node) -> str:
    """Return the canonical text of a tree: parse(unparse(node)) == node for every tree that parse() returns."""
    match node:
        case Scope(unit, child):
            return f"scope:{unit} {unparse(child)}"
        case Or(children):
            return " OR ".join(_bracketed(child, Or) for child in children)
        case And(children):
            return " ".join(_bracketed(child, And, Or) for child in children)
        case Not(child):
            return "-" + _bracketed(child, And, Or, Not)
        case TextField(name, value):
            return f"{name}:{unparse(value)}"
        case DateRange(first, last) | PageRange(first, last):
            name = "date" if isinstance(node, DateRange) else "page"
            return f"{name}:{first}" if first == last else f"{name}:{first or ''}..{last or ''}"
        case Phrase(text):
            return _quoted(text)
        case Prefix(text):
            return f"{text}*"
        case Word(text, exact):
            return f"={text}" if exact else text


def positive_leaves(node: Node) -> tuple[Leaf, ...]:
    """Return, in order, the words, phrases and prefixes to mark in a page: none under a Not, none of a field."""
    match node:
        case Word() | Phrase() | Prefix():
            return (node,)
        case And(children) | Or(children):
            return tuple(leaf for child in children for leaf in positive_leaves(child))
        case Scope(_, child):
            return positive_leaves(child)
        case _:
            return ()


def _bracketed(node: Node, *loose: type) -> str:
    return f"({unparse(node)})" if isinstance(node, loose) else unparse(node)


def _quoted(text: str) -> str:
    # A phrase came out of one of these pairs, so it cannot hold the closing mark of all three.
    opening, closing = '""' if '"' not in text else "“”" if "”" not in text else "＂＂"
    return f"{opening}{text}{closing}"


def _columns(character: str) -> int:
    # Medial and final jamo join the syllable before them.
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


class _Fault(Exception):
    """Position, message and what was expected of a QueryError: the parser's callbacks do not see the query."""


_Part: TypeAlias = Node | Token  # the Token: a scope on its way to the root
_TERM = ("a word", "a phrase in quotes", "a field", "a group in parentheses")


def _parsed(query: str) -> Node:
    _check_length(query, len(query))
    node: Node = _parser().parse(query)  # type: ignore[assignment]  # lark knows no other result than Tree
    _check_length(query, len(unparse(node)))  # "a|b" grows, and what is saved must be readable again
    return node


def _check_length(query: str, length: int) -> None:
    if length > MAX_LENGTH:
        at = min(len(query), MAX_LENGTH)
        raise _Fault(at, f"The query, written out, has {length:,} characters; shorten it to {MAX_LENGTH:,}.")


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
                raise _Fault(token.start_pos, f"More than {MAX_DEPTH} parentheses are open here; take some out.")
            yield token


class _Builder(Transformer[Token, _Part]):
    """Builds nodes while the parser reduces, innermost first; a method has the name of its rule."""

    def start(self, clauses: list[tuple[Node, list[Token]]]) -> Node:
        root = _joined(Or, [node for node, _ in clauses])
        scopes = [scope for _, found in clauses for scope in found]
        for scope in scopes:
            if scope != scopes[0]:
                raise _Fault(scope.start_pos, "This scope contradicts the one before it; keep one of them.", *SCOPES)
        return Scope(str(scopes[0]), root) if scopes and scopes[0] != "page" else root

    def clause(self, parts: list[_Part]) -> tuple[Node, list[Token]]:
        scopes = [part for part in parts if isinstance(part, Token)]
        nodes = [part for part in parts if not isinstance(part, Token)]
        if not nodes:
            raise _Fault(scopes[0].start_pos, "Beside this scope there is nothing to search for; add a word.", *_TERM)
        return _joined(And, nodes), scopes

    def either(self, parts: list[Node]) -> Node:
        return _joined(Or, parts)

    def both(self, parts: list[_Part]) -> Node:
        return _joined(And, [_unscoped(part) for part in parts])

    def negation(self, parts: list[_Part]) -> Node:
        return Not(_unscoped(parts[0]))

    def leaf(self, tokens: list[Token]) -> Leaf:
        return _leaf(tokens[0])

    def field(self, tokens: list[Token]) -> _Part:
        return _field(*tokens)


def _joined(kind: type[And] | type[Or], nodes: list[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    return kind(tuple(inner for node in nodes for inner in (node.children if isinstance(node, kind) else (node,))))


def _unscoped(part: _Part) -> Node:
    if isinstance(part, Token):
        raise _Fault(part.start_pos, "A scope is for the whole query; move it out of the parentheses or the NOT.")
    return part


def _leaf(token: Token) -> Leaf:
    if token.type == "PHRASE":
        return Phrase(_searchable(token, token[1:-1].strip()))
    star = re.search("[*＊]", _searchable(token, token))
    if star and star.end() < len(token):
        at = (token.start_pos or 0) + star.start()
        raise _Fault(at, "A * may stand only at the end of a word; put the text in quotes.")
    if token[0] not in "=＝":
        return Prefix(token[:-1]) if star else Word(str(token))
    # Not before a combining mark either: after NFC the two would be one character (≠).
    if star or not token[1].isalnum() or re.match(f"({'|'.join(FIELDS)})[:：]", token[1:], re.IGNORECASE):
        message = "After = comes one whole word, no *, symbol or field; write =word or, in a field, title:=word."
        raise _Fault(token.start_pos, message, "a word")
    return Word(token[1:], exact=True)


def _searchable(token: Token, text: str) -> str:
    # Folded first: ㎡ and ㈜ hold letters.
    if not any(map(str.isalnum, unicodedata.normalize("NFKC", text))):
        message = "There is nothing to search for here, no letter or digit; put symbols in quotes with their word."
        raise _Fault(token.start_pos, message, "a letter or digit")
    return text


def _field(label: Token, value: Token) -> _Part:
    name = unicodedata.normalize("NFKC", label[:-1]).lower()
    if name not in FIELDS:
        near = "".join(f" (did you mean {field}:?)" for field in difflib.get_close_matches(name, FIELDS, n=1))
        advice = f"use one of {', '.join(FIELDS)}, or put the text in quotes."
        raise _Fault(label.start_pos, f"There is no field {name}:{near}; {advice}", *FIELDS)
    if value.start_pos != label.end_pos:
        raise _empty_field(label)
    if name in TEXT_FIELDS:
        return TextField(name, _leaf(value))
    if value.type == "PHRASE":
        raise _Fault(value.start_pos, f"The value of {name}: is not a phrase; write it without quotes.")
    if name == "scope":
        return _scope(label, value)
    return (_date_range if name == "date" else _page_range)(value, unicodedata.normalize("NFKC", value))


def _scope(label: Token, value: Token) -> Token:
    unit = unicodedata.normalize("NFKC", value).lower()
    if unit not in SCOPES:
        raise _Fault(value.start_pos, "This is not a scope; write scope:document or scope:page.", *SCOPES)
    return Token.new_borrow_pos("SCOPE", unit, label)


def _date_range(value: Token, text: str) -> DateRange:
    message = "This is not a date; write date:2019, date:2019-04, date:2019-04-22 or date:2019..2021."
    bounds = _bounds(value, text, r"\d{4}(?:[-.]\d{1,2}(?:[-.]\d{1,2})?)?\.?", message)
    first, last = (bound and _iso(value, bound) for bound in bounds)
    # Cut to the shorter one, the two differ only where they share no day.
    if first and last and first[: len(last)] > last[: len(first)]:
        raise _Fault(value.start_pos, "This range of dates ends before it begins; write the earlier date first.")
    return DateRange(first, last)


def _iso(value: Token, text: str) -> str:
    year, *rest = (part.zfill(2) for part in re.split("[-.]", text) if part)
    try:
        dt.date(int(year), *map(int, [*rest, "1", "1"][:2]))
    except ValueError:
        raise _Fault(value.start_pos, f"The calendar has no {text}; correct the date.") from None
    return "-".join([year, *rest])


def _page_range(value: Token, text: str) -> PageRange:
    message = "This is not a page number; write page:3, page:3..5, page:3.. or page:..5."
    first, last = (bound and int(bound) for bound in _bounds(value, text, r"\d{1,9}", message))
    if 0 in (first, last):
        raise _Fault(value.start_pos, "Pages are counted from 1; write page:1 for the first page.")
    if first and last and first > last:
        raise _Fault(value.start_pos, "This range of pages ends before it begins; write the lower page first.")
    return PageRange(first or None, last or None)


def _bounds(value: Token, text: str, one: str, message: str) -> tuple[str | None, str | None]:
    found = re.fullmatch(rf"({one})|({one})?(?:\.\.|~)({one})?", text, re.ASCII)
    if found is None or not any(found.groups()):
        raise _Fault(value.start_pos, message)
    return found[1] or found[2], found[1] or found[3]


def _empty_field(label: Token) -> _Fault:
    message = f"{label} has no value; write a word or a phrase in quotes right after it."
    return _Fault(label.end_pos, message, *_TERM[:2])


def _lone_mark(query: str, position: int) -> _Fault:
    if query[position] == "”":
        return _Fault(position, "Nothing opens the quotation that ends here; write “ before it or take it out.", "“")
    closing = query[position].replace("“", "”")
    return _Fault(position, f"The quotation that begins here has no end; write {closing} after it.", closing)


def _unexpected(token: Token, stack: list[object]) -> _Fault:
    before = stack[-1] if stack and isinstance(stack[-1], Token) else Token("", "")
    minus = token.type in ("_MINUS", "_NOT")
    if before.type == "FIELD":
        message = f"No - or NOT may follow {before}; write it before the field or use quotes."
        return _Fault(token.start_pos, message) if minus else _empty_field(before)
    if before.type in ("_MINUS", "_NOT") and minus:
        return _Fault(token.start_pos, "Here a second NOT (or -) follows the first; leave one of them out.", *_TERM)
    if before.type in ("_AND", "_OR", "_NOT", "_MINUS"):
        return _Fault(before.start_pos, f"Nothing follows {before}; write a term there or leave it out.", *_TERM)
    if token.type == "$END":
        if opened := [item.start_pos for item in stack if isinstance(item, Token) and item.type == "_LPAR"]:
            return _Fault(opened[-1], "The parenthesis opened here is not closed; write ) after it.", ")")
        return _Fault(0, "The query is empty; write at least one word to search for.", *_TERM)
    if token.type != "_RPAR":
        return _Fault(token.start_pos, f"Nothing stands before {token}; write a term there or leave it out.", *_TERM)
    if before.type == "_LPAR":
        return _Fault(before.start_pos, "These parentheses are empty; write a term in them.", *_TERM)
    return _Fault(token.start_pos, "This parenthesis closes none; write ( before it or take it out.", "(")
