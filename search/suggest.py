"""Did you mean: forms of a query that find something where it finds nothing.

A word that stands nowhere is taken for one typed on the keyboard of the other language (search/keyboard.py), or with a
slip in it. Of a Latin word the index knows the neighbours. Korean words are no terms of an index (they are found inside
compounds), so every slip of one letter of a syllable, one syllable too many and two exchanged are tried on the index's
pairs of syllables. Nothing is offered that was not searched for: what an audience cannot see is not suggested to it.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.english import stem
from search.filters import Filters
from search.keyboard import as_korean, as_latin
from search.looking import Patience
from search.query import And, Node, Not, Or, Scope, Word, parse, positive_leaves, unparse
from search.searcher import Searcher

_KOREAN = re.compile(r"[가-힣]{2,}")
_LATIN = re.compile(r"[A-Za-z]{4,}")
_KEYS = re.compile(r"[A-Za-z]{3,}")
_JAMO = re.compile(r"[가-힣ㄱ-ㆎ]{2,}")
_NEIGHBOURS = 20_000  # terms of the index looked at for a Latin word
_TRIED = 24  # forms of one word that are searched for
_PATIENCE = Patience(2.0)  # a person waits for the page meanwhile
_NO_FILTERS = Filters()

# Letters that sound alike or share a key (두벌식); a slip between them comes first.
_VOWELS_ALIKE = ("ㅐㅔㅖㅒ", "ㅚㅙㅞ", "ㅗㅓㅛ", "ㅜㅡㅠ", "ㅏㅑ", "ㅓㅕ", "ㅡㅢㅣ")
_INITIALS_ALIKE = ("ㄱㄲㅋ", "ㄷㄸㅌ", "ㅂㅃㅍ", "ㅅㅆ", "ㅈㅉㅊ", "ㅇㅎ")
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Another form of a query, met on `total` pages: `meant` in place of the words `typed`."""

    query: str
    typed: str
    meant: str
    total: int


class _OutOfTime(Exception):
    """Patience ended before something could be told."""


@dataclass(frozen=True, slots=True)
class _Asked:
    """A searcher that is asked until a moment, as time.monotonic() tells it."""

    searcher: Searcher
    until: float

    def left(self) -> float:
        """Return the seconds left.

        Raises:
            _OutOfTime: none are.
        """
        left = self.until - time.monotonic()
        if left <= 0:
            raise _OutOfTime
        return left

    def pages(self, node: Node, filters: Filters = _NO_FILTERS) -> int:
        """Return how many pages a query is met on.

        Raises:
            _OutOfTime: it cannot be told in time.
        """
        found = self.searcher.search(node, 0, facets=False, filters=filters, patience=Patience(self.left()))
        if found.unfinished:
            raise _OutOfTime
        return found.total

    def frequency(self, term: str) -> int:
        self.left()
        return self.searcher.index.frequency(term)


def did_you_mean(
    searcher: Searcher,
    query: str | Node,
    filters: Filters | None = None,
    limit: int = 3,
    patience: Patience = _PATIENCE,
) -> list[Suggestion]:
    """Return up to `limit` other forms of a query, for its words that stand nowhere; the likeliest first.

    What could not be found in the time that `patience` gives is left out.

    Raises:
        QueryError: the query cannot be understood.
    """
    node = parse(query) if isinstance(query, str) else query
    asked = _Asked(searcher, time.monotonic() + patience.seconds)
    found: list[Suggestion] = []
    with suppress(_OutOfTime):
        for suggestion in _suggestions(asked, node, filters or _NO_FILTERS, limit):
            found.append(suggestion)  # one by one: what was found in time is kept
    return found


def _suggestions(asked: _Asked, node: Node, filters: Filters, limit: int) -> Iterator[Suggestion]:
    words = dict.fromkeys(leaf for leaf in positive_leaves(node) if isinstance(leaf, Word))
    lacking = [word for word in words if not asked.pages(word)]
    forms = [_standing(asked, word.text, limit) for word in lacking]
    if not lacking or not all(forms):
        return
    made = set()
    for nth in range(limit):  # each word's likeliest form, then its second
        other, meant = node, []
        for word, its in zip(lacking, forms, strict=True):
            meant.append(its[min(nth, len(its) - 1)])
            other = replaced(other, word, Word(meant[-1]))
        if other not in made and (total := asked.pages(other, filters)):
            yield Suggestion(unparse(other), " ".join(word.text for word in lacking), " ".join(meant), total)
        made.add(other)


def _standing(asked: _Asked, typed: str, limit: int) -> list[str]:
    """Return the likeliest forms of a word that stand anywhere; none that is a part or an inflection of another."""
    found: list[str] = []
    with suppress(_OutOfTime):
        for form, _ in zip(_likely(asked, typed), range(_TRIED), strict=False):
            same = any(form in other or stem(form) == stem(other) for other in found)
            if not same and asked.pages(Word(form)):
                found.append(form)
            if len(found) >= limit:
                break
    return found


def replaced(node: Node, old: Node, new: Node) -> Node:
    """Return a tree with one word, or other part without parts, in place of another, wherever it stands."""
    match node:
        case And(children):
            return And(tuple(replaced(child, old, new) for child in children))
        case Or(children):
            return Or(tuple(replaced(child, old, new) for child in children))
        case Not(child):
            return Not(replaced(child, old, new))
        case Scope(unit, child):
            return Scope(unit, replaced(child, old, new))
        case _:
            return new if node == old else node


def _likely(asked: _Asked, word: str) -> Iterator[str]:
    """Yield what a word may have been meant to be, the likeliest first."""
    if _KEYS.fullmatch(word) and _KOREAN.fullmatch(korean := as_korean(word)):
        yield korean
    if _JAMO.fullmatch(word) and _LATIN.fullmatch(latin := as_latin(word)):
        yield latin
    if _LATIN.fullmatch(word):
        yield from _latin(asked, word.lower())
    elif _KOREAN.fullmatch(word):
        yield from _korean(asked, word)


def _latin(asked: _Asked, word: str) -> list[str]:
    """Return words of the record at most one slip away (two in a long word): a letter too many, wrong, exchanged."""
    near = [
        term
        for first in dict.fromkeys(word[:2])
        for term in asked.searcher.index.terms(first, _NEIGHBOURS)
        if term.isalpha()
    ]
    slips = 1 if len(word) < 8 else 2
    close = process.extract(word, near, scorer=OSA.distance, score_cutoff=slips, limit=_TRIED)
    ranked = sorted(close, key=lambda match: (match[1], -asked.frequency(match[0]), match[0]))
    return [term for term, _, _ in ranked if term != word]


def _korean(asked: _Asked, word: str) -> list[str]:
    """Return words one slip away of which every two neighbouring syllables stand somewhere in the record."""
    known: dict[str, int] = {}

    def weakest(form: str) -> int:
        """Return on how many pages the rarest pair of a form's syllables stands."""
        pairs = [a + b for a, b in pairwise(form)]
        for pair in pairs:
            if pair not in known:
                known[pair] = asked.frequency(pair)
            if not known[pair]:
                return 0
        return min(known[pair] for pair in pairs)

    forms = {form: alike for form, alike in _slips(word) if form != word}
    there = {form: pages for form in forms if len(form) > 1 and (pages := weakest(form))}
    return sorted(there, key=lambda form: (not forms[form], -there[form], form))


def _slips(word: str) -> Iterator[tuple[str, bool]]:
    """Yield every form one slip away, and whether it is one that is made easily."""
    for at in range(len(word)):
        if at:
            yield word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], True
        if len(word) > 2:
            yield word[:at] + word[at + 1 :], False
    unlike: list[str] = []
    for at, syllable in enumerate(word):
        for other, alike in _syllables_near(syllable):
            form = word[:at] + other + word[at + 1 :]
            if alike:
                yield form, True
            else:
                unlike.append(form)
    yield from ((form, False) for form in unlike)


def _syllables_near(syllable: str) -> Iterator[tuple[str, bool]]:
    """Yield the syllables that differ in one letter, and whether the two letters are taken for each other easily."""
    rest, final = divmod(ord(syllable) - 0xAC00, 28)
    initial, vowel = divmod(rest, 21)
    for other in set(range(19)) - {initial}:
        alike = _share(_INITIALS_ALIKE, _INITIALS[initial], _INITIALS[other])
        yield chr(0xAC00 + (other * 21 + vowel) * 28 + final), alike
    for other in set(range(21)) - {vowel}:
        yield chr(0xAC00 + (initial * 21 + other) * 28 + final), _share(_VOWELS_ALIKE, _VOWELS[vowel], _VOWELS[other])
    for other in set(range(28)) - {final}:
        yield chr(0xAC00 + (initial * 21 + vowel) * 28 + other), 0 in (final, other)


def _share(groups: tuple[str, ...], one: str, other: str) -> bool:
    return any(one in group and other in group for group in groups)
