"""What is wrong with a query: QueryError, and the sentences for what the grammar does not expect.

ui/web/faults.py has each sentence in Korean; a new one belongs there too.
"""

from __future__ import annotations

import unicodedata

from lark import Token

from corpus.errors import UsageError

TERM = ("a word", "a phrase in quotes", "a field", "a group in parentheses")


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


class Fault(Exception):
    """Position, message and what was expected of a QueryError: the parser's callbacks do not see the query."""


def _columns(character: str) -> int:
    # Medial and final jamo join the syllable before them.
    if unicodedata.category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def empty_field(label: Token) -> Fault:
    message = f"{label} has no value; write a word or a phrase in quotes right after it."
    return Fault(label.end_pos, message, *TERM[:2])


def lone_mark(query: str, position: int) -> Fault:
    """Say what is wrong where no terminal matches: only a quotation mark has no twin."""
    if query[position] == "”":
        return Fault(position, "Nothing opens the quotation that ends here; write “ before it or take it out.", "“")
    closing = query[position].replace("“", "”")
    return Fault(position, f"The quotation that begins here has no end; write {closing} after it.", closing)


def unexpected(token: Token, stack: list[object]) -> Fault:
    """Say what is wrong with a token that the grammar does not expect after what is on the parser's stack."""
    before = stack[-1] if stack and isinstance(stack[-1], Token) else Token("", "")
    minus = token.type in ("_MINUS", "_NOT")
    if before.type == "FIELD":
        message = f"No - or NOT may follow {before}; write it before the field or use quotes."
        return Fault(token.start_pos, message) if minus else empty_field(before)
    if before.type in ("_MINUS", "_NOT") and minus:
        return Fault(token.start_pos, "Here a second NOT (or -) follows the first; leave one of them out.", *TERM)
    if before.type in ("_AND", "_OR", "_NOT", "_MINUS"):
        return Fault(before.start_pos, f"Nothing follows {before}; write a term there or leave it out.", *TERM)
    if token.type == "$END":
        if opened := [item.start_pos for item in stack if isinstance(item, Token) and item.type == "_LPAR"]:
            return Fault(opened[-1], "The parenthesis opened here is not closed; write ) after it.", ")")
        return Fault(0, "The query is empty; write at least one word to search for.", *TERM)
    if token.type != "_RPAR":
        return Fault(token.start_pos, f"Nothing stands before {token}; write a term there or leave it out.", *TERM)
    if before.type == "_LPAR":
        return Fault(before.start_pos, "These parentheses are empty; write a term in them.", *TERM)
    return Fault(token.start_pos, "This parenthesis closes none; write ( before it or take it out.", "(")
