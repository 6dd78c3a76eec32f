"""Regular expressions over the visible text of pages, with a limit on time.

The syntax is that of the library `regex`, version 1 behaviour: capital and small letters differ unless the expression
has (?i); ^ and $ are the ends of a line; a line-end hyphen of the paper is an ordinary "-"; withheld text is █.
"""

from __future__ import annotations

import contextlib
import functools
import re
import unicodedata
import warnings
from collections.abc import Iterator
from typing import Any

from corpus.folding import HYPHEN, squash
from corpus.model import Page, Span
from search.analysis import JOINT, K

PAGE_SECONDS = 1.0  # for one page; a page that takes longer is given up, and counted
_CALL = re.compile(r"(?<!\\)\(\?(?:R|[+-]?[0-9]|&|P>)")  # (?R)* takes hundreds of megabytes before its time is up
_KOREAN = re.compile(f"[{K}]+")
_MOST_RUNS = 3  # stretches of letters by which pages are narrowed


class PatternFault(Exception):
    """What is not right in an expression, and where: `position` is an offset in it."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message, position)
        self.message, self.position = message, position

    def __str__(self) -> str:
        return self.message


@functools.lru_cache(maxsize=256)
def compiled(expression: str) -> Any:
    """Return an expression ready to be looked for.

    Raises:
        PatternFault: it is none.
    """
    if call := _CALL.search(expression):
        raise PatternFault("a group that calls itself or another is not allowed", call.start())
    import regex  # type: ignore[import-untyped]  # takes a while to import, and is rarely needed

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return regex.compile(expression, regex.MULTILINE | regex.VERSION1)
    except regex.error as error:
        position = min(error.pos or 0, len(expression))
        raise PatternFault(str(error.msg), position) from None
    except (ValueError, OverflowError, RecursionError, MemoryError, TypeError, KeyError, IndexError) as error:
        # The library lets some of its own errors through: \L without a list, counts that are too high.
        raise PatternFault(f"{type(error).__name__} while it was read", 0) from None


def stretches(page: Page, expression: str, seconds: float = PAGE_SECONDS) -> Iterator[Span]:
    """Yield where an expression matches a page, empty matches left out, as spans of its text in order.

    Raises:
        TimeoutError: it took longer.
    """
    text = page.visible.replace(HYPHEN, "-")
    # concurrent: other threads (readers of the web page) go on meanwhile
    for found in compiled(expression).finditer(text, timeout=seconds, concurrent=True):
        if found.end() > found.start():
            yield Span(found.start(), found.end())


def spans(page: Page, expression: str) -> tuple[Span, ...]:
    """Return where an expression matches a page, as far as it can be told in time."""
    found: list[Span] = []
    with contextlib.suppress(TimeoutError):
        for span in stretches(page, expression):
            found.append(span)  # one by one: what was found in time is kept
    return tuple(found)


# -- the letters that must stand on every page that matches

_PLAIN_ESCAPES = frozenset("dDwWsSbBAZntr")


def literals(expression: str) -> tuple[tuple[str, ...], ...]:
    """Return squashed letters that a page must hold for an expression to match: of each group one at least.

    Only what is certain is used: letters that stand outside of groups, sets and alternatives and are not repeated or
    left out. Nothing is returned where nothing is certain.
    """
    try:
        runs = _runs(expression)
    except (IndexError, ValueError):
        return ()
    groups = [forms for run in sorted(runs, key=len, reverse=True) if (forms := _forms(run))]
    return tuple(groups[:_MOST_RUNS])


def _runs(expression: str) -> list[str]:
    """Return the runs of letters and digits that stand at the top of an expression.

    Raises:
        ValueError: it has alternatives there, or something that is not looked into.
        IndexError: it ends too soon.
    """
    ignores_case = re.search(r"\(\?[a-zA-Z01-]*[a-zA-Z]", expression) is not None
    if re.search(r"\(\?[a-zA-Z01]*x", expression):
        raise ValueError("blanks and comments mean nothing in it")
    runs, run, at = [], "", 0
    while at < len(expression):
        char = expression[at]
        if char == "|":
            raise ValueError("alternatives")
        if char in "*+?{":  # the letter before may be missing, or stand more often
            runs.append(run[:-1])
            run, at = "", _after_repeat(expression, at)
        elif char.isalnum() and _stays_itself(char, ignores_case):
            run, at = run + char, at + 1
        else:
            runs.append(run)
            run, at = "", _after(expression, at)
    return [*runs, run]


def _after(expression: str, at: int) -> int:
    """Return where what begins here ends: an escape, a set, a group, or one sign."""
    char = expression[at]
    if char == "\\":
        if expression[at + 1].isalnum() and expression[at + 1] not in _PLAIN_ESCAPES:
            raise ValueError("an escape that goes on, such as \\x41")
        return at + 2
    if char == "[":
        return _after_set(expression, at)
    return _after_group(expression, at) if char == "(" else at + 1


def _after_repeat(expression: str, at: int) -> int:
    return expression.index("}", at) + 1 if expression[at] == "{" else at + 1


def _after_set(expression: str, at: int) -> int:
    at += 2 if expression[at + 1] == "^" else 1
    at += expression[at] == "]"
    while expression[at] != "]":
        at = _after_set(expression, at) if expression[at] == "[" else at + 1 + (expression[at] == "\\")
    return at + 1


def _after_group(expression: str, at: int) -> int:
    at += 1
    while expression[at] != ")":
        char = expression[at]
        at = _after(expression, at) if char in "([" else at + 1 + (char == "\\")
    return at + 1


def _stays_itself(char: str, ignores_case: bool) -> bool:
    """Whether a letter of an expression stands in squashed text wherever it matches, apart from its case."""
    if unicodedata.normalize("NFKC", char) != char or "\u1100" <= char <= "\u11ff":
        return False
    # Of letters with a case, (?i) lets others match: ss and ß.
    return not ignores_case or char.isdigit() or char.lower() == char.upper()


def _forms(run: str) -> tuple[str, ...]:
    """Return the squashed forms of a run, of which one stands where the run stands; () if it is too short to help.

    What follows the run in a page's text may join its last letter: an accent, or a final consonant in old Hangul.
    """
    if not run:
        return ()
    last = run[-1]
    if "가" <= last <= "힣":
        open_syllable = (ord(last) - ord("가")) % 28 == 0
        ends = [chr(ord(last) + final) for final in range(28)] if open_syllable else [last]
        forms = tuple(squash(run[:-1] + end) for end in ends)
    else:
        forms = (squash(run if last.isdigit() or last.lower() == last.upper() else run[:-1]),)
    # An index finds two syllables as quickly as a word, but looks through all pages for two letters or digits.
    least = 2 if is_korean(forms[0]) else 3
    return tuple(form[:JOINT] for form in forms) if len(forms[0]) >= least else ()


def is_korean(letters: str) -> bool:
    """Whether letters are all Hangul or hanja."""
    return _KOREAN.fullmatch(letters) is not None
