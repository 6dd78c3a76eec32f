"""Two tellings of one text, matched letter by letter: what a file says, and what a layout program draws of it.

Stretches that stand once in both are anchors (patience diff, Bram Cohen); between two anchors shorter ones are looked
for. What is drawn elsewhere than it is told (a note, a floating table) is found afterwards by itself.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from unicodedata import normalize

from rapidfuzz.distance import LCSseq

_SIZES = (40, 16, 8, 4, 2)  # letters of an anchor, the longest first
_SHORT = 4  # anchors up to this many letters
_NEAR = 400  # mean something only in gaps up to so many
_LONG = 6000  # letters of a gap that is not compared letter by letter any more
_SLIT = (3, 12)  # told, drawn: a gap in which single letters are believed where they go on from an anchor
_WHOLE = 60  # letters of a stretch that are looked for at once
_PART = 12
_TRIES = 50  # places that are taken already, before one gives up
_LEAST = 3

_Gap = tuple[int, int, int, int]


@cache
def _letters_of(sign: str) -> str:
    return "".join(char for char in normalize("NFKC", sign).lower() if char.isalnum())


def letters(text: str) -> tuple[str, array[int]]:
    """Return the letters and digits of a text, folded, and for each the offset of the sign that it comes from."""
    found: list[str] = []
    at = array("i")
    for offset, sign in enumerate(text):
        for letter in _letters_of(sign):
            found.append(letter)
            at.append(offset)
    return "".join(found), at


def match(told: str, drawn: str, edges: set[int]) -> array[int]:
    """Return for each letter of `told` where it stands in `drawn`, in order; -1 where it does not.

    `edges` are the offsets in `told` where one piece of text ends and another begins: short pieces count if whole.
    """
    found = array("i", [-1]) * len(told)
    gaps: list[_Gap] = [(0, len(told), 0, len(drawn))]
    for size in _SIZES:
        gaps = [rest for gap in gaps for rest in _anchored(told, drawn, gap, size, found)]
    for gap in gaps:
        _compare(told, drawn, gap, edges, found)
    return found


def _compare(told: str, drawn: str, gap: _Gap, edges: set[int], found: array[int]) -> None:
    """Match what remains between two anchors by the longest common subsequence, if it is not by chance."""
    a, a_end, b, b_end = gap
    if max(a_end - a, b_end - b) > _LONG:
        return
    slit = a_end - a <= _SLIT[0] and b_end - b <= _SLIT[1]
    for step in LCSseq.opcodes(told[a:a_end], drawn[b:b_end]):
        if step.tag != "equal":
            continue
        start, end, first, last = a + step.src_start, a + step.src_end, b + step.dest_start, b + step.dest_end
        goes_on = slit and ((start, first) == (a, b) or (end, last) == (a_end, b_end))
        if goes_on or end - start >= _LEAST or (start in edges and end in edges):
            for at in range(start, end):
                found[at] = first + at - start


def _anchored(told: str, drawn: str, gap: _Gap, size: int, found: array[int]) -> list[_Gap]:
    """Match what can be by anchors of a size inside a gap; return the gaps that remain."""
    a, a_end, b, b_end = gap
    if min(a_end - a, b_end - b) < size or (size <= _SHORT and max(a_end - a, b_end - b) > _NEAR):
        return [gap]
    here, there = _single(told, a, a_end, size), _single(drawn, b, b_end, size)
    pairs = sorted((at, there[key]) for key, at in here.items() if at >= 0 and there.get(key, -1) >= 0)
    gaps: list[_Gap] = []
    for i, j in _rising(pairs):
        if i < a or j < b:
            continue  # inside what the anchor before has grown to
        while i > a and j > b and told[i - 1] == drawn[j - 1]:
            i, j = i - 1, j - 1
        if i > a and j > b:
            gaps.append((a, i, b, j))
        while i < a_end and j < b_end and told[i] == drawn[j]:
            found[i] = j
            i, j = i + 1, j + 1
        a, b = i, j
    if a < a_end and b < b_end:
        gaps.append((a, a_end, b, b_end))
    return gaps


def _single(text: str, start: int, end: int, size: int) -> dict[str, int]:
    """Return where each stretch of a size stands; -1 for those that stand more than once."""
    found: dict[str, int] = {}
    for at in range(start, end - size + 1):
        key = text[at : at + size]
        found[key] = -1 if key in found else at
    return found


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest chain of pairs that rises in both numbers."""
    tails: list[int] = []
    tail_at: list[int] = []
    before = [-1] * len(pairs)
    for n, (_, value) in enumerate(pairs):
        place = bisect_left(tails, value)
        before[n] = tail_at[place - 1] if place else -1
        tails[place : place + 1] = [value]
        tail_at[place : place + 1] = [n]
    chain = []
    at = tail_at[-1] if tail_at else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def find(wanted: str, drawn: str, used: bytearray, near: int) -> Iterable[tuple[int, int, int]]:
    """Return where letters stand that were not matched in order: (offset in `wanted`, offset in `drawn`, length).

    Of several places not yet `used`, the one nearest to `near` of `drawn`; a long stretch may be found in parts.
    """
    if len(wanted) < _LEAST:
        return []
    place = _nearest(wanted[:_WHOLE], drawn, used, near)
    if place < 0 and len(wanted) > _PART:
        return _parts(wanted, drawn, used, near)
    length = 0
    while place >= 0 and length < len(wanted) and place + length < len(drawn) and not used[place + length]:
        if wanted[length] != drawn[place + length]:
            break
        length += 1
    if not length:
        return []
    rest = find(wanted[length:], drawn, used, place + length) if len(wanted) - length >= _PART else []
    return [(0, place, length), *((offset + length, at, size) for offset, at, size in rest)]


def _parts(wanted: str, drawn: str, used: bytearray, near: int) -> list[tuple[int, int, int]]:
    found = []
    for start in range(0, len(wanted) - _PART + 1, _PART):
        place = _nearest(wanted[start : start + _PART], drawn, used, near)
        if place >= 0:
            found.append((start, place, _PART))
            near = place + _PART
    return found


def _nearest(wanted: str, drawn: str, used: bytearray, near: int) -> int:
    """Return the place nearest to `near` that is not used, -1 if there is none among the next few on either side."""
    size = len(wanted)
    after = drawn.find(wanted, near)
    for _ in range(_TRIES):
        if after < 0 or not (used[after] or used[after + size - 1]):
            break
        after = drawn.find(wanted, after + 1)
    before = drawn.rfind(wanted, 0, near + size - 1) if near else -1
    for _ in range(_TRIES):
        if before < 0 or not (used[before] or used[before + size - 1]):
            break
        before = drawn.rfind(wanted, 0, before + size - 1)
    free = [at for at in (after, before) if at >= 0 and not (used[at] or used[at + size - 1])]
    return min(free, key=lambda at: abs(at - near), default=-1)
