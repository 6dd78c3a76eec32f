"""The terms of a query that are looked for in text: words, phrases, words near each other, regular expressions."""

from __future__ import annotations

import re
import unicodedata

from lark import Token

from search.patterns import PatternFault, compiled
from search.query_faults import Fault
from search.query_nodes import FIELDS, Expression, Findable, Gapped, Leaf, Near, Phrase, Prefix, Word

_GAP = re.compile(r"(?<=\s)((?:[*＊]\s+)+)")  # a * by itself between words; elsewhere it is a sign like any other
_MOST_NEAR = 999


def findable(token: Token) -> Findable:
    """Return the node of a term that is no field.

    Raises:
        Fault: there is nothing in it to look for, or it breaks a rule of the language.
    """
    match token.type:
        case "PATTERN":
            return _expression(token)
        case "NEAR":
            return _near(token)
        case "PHRASE" if len(_GAP.split(token[1:-1].strip())) > 1:
            return _gapped(token)
        case "WORD" if token.startswith("/"):
            message = "A regular expression begins here and has no end; write / after it, or put the text in quotes."
            raise Fault(token.start_pos, message, "/")
        case _:
            return leaf(token)


def leaf(token: Token) -> Leaf:
    """Return a word, a phrase or the beginning of a word.

    Raises:
        Fault: there is nothing in it to look for, or it breaks a rule of the language.
    """
    if token.type == "PHRASE":
        return Phrase(_searchable(token, token[1:-1].strip()))
    star = re.search("[*＊]", _searchable(token, token))
    if star and star.end() < len(token):
        at = (token.start_pos or 0) + star.start()
        raise Fault(at, "A * may stand only at the end of a word; put the text in quotes.")
    if token[0] not in "=＝":
        return Prefix(token[:-1]) if star else Word(str(token))
    if star or not _exact(token):
        message = "After = comes one whole word, no *, symbol or field; write =word or, in a field, title:=word."
        raise Fault(token.start_pos, message, "a word")
    return Word(token[1:], exact=True)


def _exact(typed: str) -> bool:
    """Whether =word is one: a letter or digit follows, and it is no field."""
    # Not before a combining mark either: after NFC the two would be one character (≠).
    return typed[1].isalnum() and not re.match(f"({'|'.join(FIELDS)})[:：]", typed[1:], re.IGNORECASE)


def _searchable(token: Token, text: str) -> str:
    # Folded first: ㎡ and ㈜ hold letters.
    if not _has_letters(text):
        message = "There is nothing to search for here, no letter or digit; put symbols in quotes with their word."
        raise Fault(token.start_pos, message, "a letter or digit")
    return text


def _has_letters(text: str) -> bool:
    return any(map(str.isalnum, unicodedata.normalize("NFKC", text)))


def _gapped(token: Token) -> Gapped:
    pieces = _GAP.split(token[1:-1].strip())
    parts, gaps = [piece.strip() for piece in pieces[::2]], pieces[1::2]
    if not all(map(_has_letters, parts)):
        message = "Before and after a * between words comes a letter or digit; take the * or the signs out."
        raise Fault(token.start_pos, message, "a letter or digit")
    return Gapped(tuple(parts), tuple(len(gap.split()) for gap in gaps))


def _near(token: Token) -> Near:
    closing = max(token.rfind(mark) for mark in '"”＂')
    tilde = (token.start_pos or 0) + closing + 1
    number = unicodedata.normalize("NFKC", token[closing + 2 :])
    if not re.fullmatch(r"\d{1,3}", number, re.ASCII):
        message = f'After "…"~ comes a number of words, up to {_MOST_NEAR}; write "가 나"~10 or put a blank before ~.'
        raise Fault(tilde, message, "a number")
    words = tuple(dict.fromkeys(map(_near_word, token[1:closing].split())))
    if len(words) < 2 or not all(_has_letters(word.text) and not set("*＊") & set(word.text) for word in words):
        message = 'Before ~ come two or more different words in quotes, without *; write "가 나"~10.'
        raise Fault(token.start_pos, message, "two words")
    return Near(words, int(number))


def _near_word(typed: str) -> Word:
    return Word(typed[1:], exact=True) if typed[0] in "=＝" and len(typed) > 1 and _exact(typed) else Word(typed)


def _expression(token: Token) -> Expression:
    text = str(token[1:-1])
    try:
        compiled(text)
    except PatternFault as fault:
        at = (token.start_pos or 0) + 1 + fault.position
        raise Fault(at, f"This is no regular expression ({fault}); correct it, or put the text in quotes.") from None
    return Expression(text)
