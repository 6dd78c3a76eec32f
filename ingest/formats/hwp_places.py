"""Where on its computed pages each sign of an HWP paper's text is drawn, and what is drawn that the file computes.

Numbers of captions, notes and outlines are not in the text of an HWP file: the program that shows it counts them. They
are taken from the layout, where they stand on the line of the words that they belong to.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise

from ingest.formats.hwp_align import find, letters, match
from ingest.formats.hwp_layout import LaidPage

_NUMBER = 8  # signs that a computed number has at most
_ENDS = ".)]}>:"
_BULLETS = frozenset("·-•●○■□▪▫◆◇▶▷◎⬥⚪※*❖➢✓▸◦")
_HEAD = 3  # letters of a caption before its number
_FAR = 3  # heights of a sign
_OPENING = "([{<「『“‘"
_LEAST = 3  # letters on a page, for a text to be taken to go on there


@dataclass(slots=True)
class Leaf:
    """A text that is in one piece in the file: a paragraph, a cell, a note. `at` has a drawn sign for each of its own.

    -1 stands for a sign that is not drawn. `apart` are notes, heads, captions: drawn out of order; `repeated` ones are
    drawn on many pages, of which the first counts; `cell` is in or of a table. No number is put into what is `fixed`,
    for there are marks on its signs.
    """

    text: str
    apart: bool = False
    repeated: bool = False
    cell: bool = False
    fixed: bool = False
    at: array[int] = field(default_factory=lambda: array("i"))


class Drawn:
    """All signs of a layout one after the other, with the page and the box of each."""

    def __init__(self, pages: Sequence[LaidPage]) -> None:
        self.pages = pages
        self.signs = "".join(page.signs for page in pages)
        self._starts = [0, *accumulate(len(page.signs) for page in pages)]
        self.letters, self.letter_at = letters(self.signs)

    def page(self, sign: int) -> int:
        """Return the page, from 0, that a sign is on."""
        return bisect_right(self._starts, sign) - 1

    def box(self, sign: int) -> tuple[float, float, float, float]:
        page = self.page(sign)
        place = 4 * (sign - self._starts[page])
        x0, top, x1, bottom = self.pages[page].boxes[place : place + 4]
        return x0, top, x1, bottom

    def same_line(self, one: int, other: int) -> bool:
        """Whether two signs stand on one line of one page."""
        if self.page(one) != self.page(other):
            return False
        (_, top, _, bottom), (_, over, _, under) = self.box(one), self.box(other)
        return min(bottom, under) - max(top, over) > 0.4 * min(bottom - top, under - over)


def place(leaves: list[Leaf], drawn: Drawn) -> float:
    """Give each leaf the signs that draw it; return the share of the letters of text and tables that are drawn."""
    taken = [letters(leaf.text) for leaf in leaves]
    for leaf in leaves:
        leaf.at = array("i", [-1]) * len(leaf.text)
    running = [n for n, leaf in enumerate(leaves) if not leaf.apart]
    edges = {0, *accumulate(len(taken[n][0]) for n in running)}
    found = match("".join(taken[n][0] for n in running), drawn.letters, edges)
    used = bytearray(len(drawn.letters))
    matched: list[array[int]] = [array("i", [-1]) * len(text) for text, _ in taken]
    start = 0
    for n in running:
        size = len(taken[n][0])
        matched[n] = found[start : start + size]
        start += size
        for at in matched[n]:
            if at >= 0:
                used[at] = 1
    _find_others(leaves, taken, matched, drawn, used)
    for leaf, (_, offsets), places in zip(leaves, taken, matched, strict=True):
        for offset, at in zip(offsets, places, strict=True):
            if at >= 0:
                leaf.at[offset] = drawn.letter_at[at]
        _add_signs(leaf, drawn)
    counted = [places for leaf, places in zip(leaves, matched, strict=True) if leaf.cell or not leaf.apart]
    total = sum(map(len, counted))
    return sum(at >= 0 for places in counted for at in places) / total if total else 1.0


def _add_signs(leaf: Leaf, drawn: Drawn) -> None:
    """Give signs that are no letters the drawn ones beside those of their neighbours."""
    last = len(leaf.text) - 1
    for order, back in ((range(1, last + 1), -1), (range(last - 1, -1, -1), 1)):
        for offset in order:
            sign, beside = leaf.text[offset], leaf.at[offset + back]
            drawn_too = beside >= 0 and drawn.signs[max(0, beside - back) : beside - back + 1] == sign
            if leaf.at[offset] < 0 and drawn_too and not sign.isalnum():
                leaf.at[offset] = beside - back


def _find_others(
    leaves: list[Leaf],
    taken: list[tuple[str, array[int]]],
    matched: list[array[int]],
    drawn: Drawn,
    used: bytearray,
) -> None:
    """Look for the leaves that are not drawn in the order of the text."""
    near = 0
    for leaf, (text, _), places in zip(leaves, taken, matched, strict=True):
        known = [at for at in places if at >= 0]
        if len(known) * 2 < len(text):
            for offset, at, size in _found(text, drawn.letters, used, 0 if leaf.repeated else near):
                for step in range(size):
                    if places[offset + step] < 0:
                        places[offset + step] = at + step
                        used[at + step] = 1
        if not leaf.repeated:
            near = max((at for at in places if at >= 0), default=near)


def _found(text: str, drawn: str, used: bytearray, near: int) -> list[tuple[int, int, int]]:
    """Look for a text; if it is not there, for one with a number after its first letters, as captions have: 표 [26]."""
    found = list(find(text, drawn, used, near))
    for head in range(1, _HEAD + 1) if not found else ():
        rest = list(find(text[head:], drawn, used, near))
        if rest and rest[0][0] == 0:
            at = drawn.rfind(text[:head], max(0, rest[0][1] - head - _NUMBER), rest[0][1])
            start = [(0, at, head)] if at >= 0 else []
            return start + [(head + offset, place, size) for offset, place, size in rest]
    return found


def number(leaves: list[Leaf], drawn: Drawn) -> None:
    """Put in the numbers that are drawn in a leaf's line and are no text of the file."""
    taken = set[int]()
    for leaf in leaves:
        taken.update(at for at in leaf.at if at >= 0)
    for leaf in leaves:
        if not leaf.fixed:
            _number_inside(leaf, drawn, taken)
        if not leaf.fixed and not leaf.cell:  # a number left of a cell's words may be the cell beside it
            _number_before(leaf, drawn, taken)


def _number_inside(leaf: Leaf, drawn: Drawn, taken: set[int]) -> None:
    """Put in what is drawn between two signs that follow each other in the leaf: 표 [1] 위 캡션."""
    known = [(offset, at) for offset, at in enumerate(leaf.at) if at >= 0]
    added = 0
    for (one, left), (other, right) in pairwise(known):
        if not 1 < right - left <= _NUMBER + 1 or any(at in taken for at in range(left + 1, right)):
            continue
        between = drawn.signs[left + 1 : right]
        digits = between.strip()
        if not any(sign.isdigit() for sign in digits) or leaf.text[one + added + 1 : other + added].strip():
            continue
        if not drawn.same_line(left, right):
            continue
        start = one + added + (2 if other - one > 1 else 1)  # a blank on either side of the number
        first = left + 1 + between.index(digits)
        signs = array("i", range(first, first + len(digits)))
        leaf.text = leaf.text[:start] + digits + leaf.text[start:]
        leaf.at = leaf.at[:start] + signs + leaf.at[start:]
        taken.update(signs)
        added += len(digits)


def _number_before(leaf: Leaf, drawn: Drawn, taken: set[int]) -> None:
    """Put in what is drawn on the line before the first sign of a leaf that begins with a letter: [가.] 목적."""
    if not leaf.text or leaf.at[0] <= 0 or not _whole(leaf):
        return
    first = start = leaf.at[0]
    while start and first - start <= _NUMBER and start - 1 not in taken and _leads_to(drawn, start - 1, start):
        start -= 1
    told = drawn.signs[start:first].strip()
    if told in leaf.text:
        return  # the mark of a note, drawn in another place than it is told
    numbered = any(map(str.isalnum, told)) and (told[-1] in _ENDS or told.isdigit())
    if not 0 < len(told) <= _NUMBER or not (numbered or told in _BULLETS):
        return
    leaf.text = told + " " + leaf.text
    leaf.at = array("i", range(first - len(told), first)) + array("i", [-1]) + leaf.at
    taken.update(range(start, first))


def _whole(leaf: Leaf) -> bool:
    """Whether every letter of a leaf is drawn: if not, its line may be another's that looks alike."""
    return all(at >= 0 for sign, at in zip(leaf.text, leaf.at, strict=True) if sign.isalnum())


def _leads_to(drawn: Drawn, one: int, other: int) -> bool:
    """Whether a sign stands on the line of another, to the left of it and not far away."""
    if not drawn.same_line(one, other):
        return False
    (left, top, end, bottom), (start, *_) = drawn.box(one), drawn.box(other)
    return left < start and start - end < _FAR * (bottom - top)


def pages_of(leaf: Leaf, drawn: Drawn) -> list[tuple[int, int, int]]:
    """Return which stretch of a leaf stands on which page: (page from 0, start, end); none where nothing is drawn."""
    runs: list[list[int]] = []  # page, first offset, letters
    for offset, at in enumerate(leaf.at):
        if at >= 0:
            page = drawn.page(at)
            if runs and runs[-1][0] == page:
                runs[-1][2] += 1
            else:
                runs.append([page, offset, 1])
    longest = max((run[2] for run in runs), default=0)
    kept: list[list[int]] = []
    for run in runs:
        if run[2] < min(_LEAST, longest) or (kept and run[0] <= kept[-1][0]):
            continue
        kept.append(run)
    ends = [_cut(leaf.text, run[1]) for run in kept[1:]] + [len(leaf.text)]
    starts = [0, *ends[:-1]]
    if not kept:
        return []
    return [(run[0], start, end) for run, start, end in zip(kept, starts, ends, strict=True)]


def _cut(text: str, offset: int) -> int:
    """Return where the first line of a page begins, given the first letter on it: brackets open before it."""
    while offset and text[offset - 1] in _OPENING:
        offset -= 1
    return offset
