"""In which words a quotation differs from a passage whose letters are not the same.

Letters are aligned first, since neither side can be trusted with its blanks: a Korean line ends inside a word, and a
quotation may be re-spaced. Each stretch of letters that differs is then widened to whole words on both sides, and
what is the same is graded like any other passage (search/grading.py), sign by sign.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from corpus.folding import HYPHEN, Folded, squash
from search import grading
from search.grading import PAGE_END, Difference, Grade
from search.kinds import Kind, kind_of

_CONTEXT = 24  # code points of the paper on either side that help to tell what a difference is
_WIDEST = 16  # letters at most by which a region is widened at either end: a quotation may have no blanks at all
_APART = 6  # letters at most that stay in place between two words that changed places
_BREAKS = re.compile(r"\s*[\n\f]\s*")


@dataclass(frozen=True, slots=True)
class Block:
    """Letters that stand in both: `length` of them, from `mine` of the quotation and from `its` of the passage."""

    mine: int
    its: int
    length: int


@dataclass(frozen=True, slots=True)
class Region:
    """Letters that differ: `[a, b)` of the quotation stand where `[c, d)` of the passage do; either may be empty."""

    a: int
    b: int
    c: int
    d: int


@dataclass(frozen=True, slots=True)
class Sides:
    """A quotation and the text around a passage, each with the map of its letters; of the passage only its own."""

    quote: str
    mine: Folded
    text: str
    its: Folded

    def quoted(self, region: Region) -> str:
        return _words(self.quote, self.mine, region.a, region.b)

    def stands(self, region: Region) -> str:
        return _words(self.text, self.its, region.c, region.d)


def blocks(mine: str, its: str) -> list[Block]:
    """Return the letters two squashed texts have in common, in order, as many as can be."""
    found = Indel.opcodes(mine, its)
    return [
        Block(o.src_start, o.dest_start, o.src_end - o.src_start)
        for o in found
        if o.tag == "equal" and o.src_end > o.src_start
    ]


def differences(sides: Sides) -> list[Difference]:
    """Return in which words a quotation and a passage differ, in order, and where else they are written differently."""
    same = blocks(sides.mine.text, sides.its.text)
    regions = _moved(list(_widened(_regions(same, sides), sides)), sides)
    found: list[Difference] = []
    at, other = 0, 0
    for region in [*regions, Region(len(sides.mine.text), 0, len(sides.its.text), 0)]:
        if region.a > at:
            found += _same(sides, at, region.a, other)
        if region.b or region.d:
            found += [*_beside(sides, region.a, region.c, False), *_different(sides, region)]
            found += _beside(sides, region.b, region.d, True)
        at, other = region.b, region.d
    return found


def _regions(same: Sequence[Block], sides: Sides) -> list[Region]:
    found, a, c = [], 0, 0
    for block in [*same, Block(len(sides.mine.text), len(sides.its.text), 0)]:
        if block.mine > a or block.its > c:
            found.append(Region(a, block.mine, c, block.its))
        a, c = block.mine + block.length, block.its + block.length
    return found


def _widened(regions: Sequence[Region], sides: Sides) -> Iterator[Region]:
    """Widen regions to whole words, and join those that then touch."""
    last: Region | None = None
    for at, region in enumerate(regions):
        high = regions[at + 1].a if at + 1 < len(regions) else len(sides.mine.text)
        low = last.b if last else 0
        a, c = _back(sides, region, low)
        b, d = _on(sides, region, high)
        if last and a == low:
            a, c = last.a, last.c
        elif last:
            yield last
        last = Region(a, b, c, d)
    if last:
        yield last


def _back(sides: Sides, region: Region, low: int) -> tuple[int, int]:
    """Return where the words begin that a region's letters are in, on either side; not before `low`."""
    a, c = region.a, region.c
    least = max(low, a - _WIDEST)
    while a > least and not _bounds(sides, a, c, region):
        a, c = a - 1, c - 1
    return a, c


def _on(sides: Sides, region: Region, high: int) -> tuple[int, int]:
    b, d = region.b, region.d
    most = min(high, b + _WIDEST)
    while b < most and not _bounds(sides, b, d, region):
        b, d = b + 1, d + 1
    return b, d


def _bounds(sides: Sides, a: int, c: int, region: Region) -> bool:
    """Whether words part before two letters, on a side that has letters of its own in a region."""
    ours = parted(sides.quote, sides.mine, a)
    its = parted(sides.text, sides.its, c)
    if region.a == region.b:
        return its
    return ours if region.c == region.d else ours or its


def parted(text: str, letters: Folded, at: int) -> bool:
    """Whether a word ends before a letter; a Korean word goes on over a line end that has no blank."""
    if at in (0, len(letters.text)):
        return True
    gap = text[letters.ends[at - 1] : letters.starts[at]]
    if letters.text[at - 1].isascii() and letters.text[at].isascii():
        return any(map(str.isspace, gap))
    return any(map(str.isspace, gap)) and bool(re.sub("[\n\f]", "", gap))


def _moved(regions: list[Region], sides: Sides) -> list[Region]:
    """Join regions that are the same words in another order, with what stands between them."""
    found: list[Region] = []
    for region in regions:
        for count in (1, 2):
            if len(found) < count or region.a - found[-1].b > _APART * count:
                continue
            first = found[-count]
            joined = Region(first.a, region.b, first.c, region.d)
            if _same_words(sides.quoted(joined), sides.stands(joined)):
                found[-count:] = []
                region = joined
                break
        found.append(region)
    return found


def _same_words(ours: str, its: str) -> bool:
    mine, other = (list(filter(None, map(squash, _BREAKS.sub(" ", words).split()))) for words in (ours, its))
    return mine != other and sorted(mine) == sorted(other)


def _same(sides: Sides, start: int, end: int, its: int) -> list[Difference]:
    """Grade a stretch of the same letters, at the ends of the quotation with what stands beyond."""
    mine, other = _part(sides.mine, start, end), _part(sides.its, its, its + end - start)
    found = grading.inside(sides.quote, mine, sides.text, other)
    if start == 0 and its == 0:
        found = grading.before(sides.quote, mine.starts[0], sides.text, other.starts[0]) + found
    if end == len(sides.mine.text) and its + end - start == len(sides.its.text):
        found += grading.after(sides.quote, mine.ends[-1], sides.text, other.ends[-1])
    return found


def _part(whole: Folded, start: int, end: int) -> Folded:
    return Folded(whole.text[start:end], whole.starts[start:end], whole.ends[start:end])


def _different(sides: Sides, region: Region) -> Iterator[Difference]:
    """Yield what differs in a region: word by word where both sides have as many."""
    quoted, stands = sides.quoted(region), sides.stands(region)
    begins = sides.its.starts[region.c] if region.c < len(sides.its.starts) else len(sides.text)
    ends = sides.its.ends[region.d - 1] if region.d else 0
    before = sides.text[max(0, begins - _CONTEXT) : begins]
    after = sides.text[ends : ends + _CONTEXT]
    mine, its = quoted.split(), _BREAKS.sub("\n", stands).split(" ")
    if len(mine) != len(its) or len(mine) == 1 or _same_words(quoted, stands):
        yield Difference(Grade.ALTERED, quoted, stands, kind_of(quoted, _one_line(stands), before, after))
        return
    for at, (ours, theirs) in enumerate(zip(mine, its, strict=True)):
        if ours != theirs:
            near = before + " ".join(its[:at]), " ".join([*its[at + 1 :], after])
            yield Difference(Grade.ALTERED, ours, theirs, kind_of(ours, _one_line(theirs), *near))


def _one_line(text: str) -> str:
    return re.sub("[\n\f" + HYPHEN + "]", "", text)


def _words(text: str, letters: Folded, start: int, end: int) -> str:
    """Return letters as written, with the signs that hang on to them."""
    if end <= start:
        return ""
    first, last = letters.starts[start], letters.ends[end - 1]
    if start:
        first -= len(_hanging(text[letters.ends[start - 1] : first])[1])
    if end < len(letters.text):
        last += len(_hanging(text[last : letters.starts[end]], turned=True)[0])
    return text[first:last].replace(PAGE_END, "\n").strip()


def _hanging(gap: str, turned: bool = False) -> tuple[str, str]:
    """Part the signs between two words: those of the word before, those of the word after; all are the latter's where
    no blank tells, or with `turned` the former's."""
    blanks = [at for at, char in enumerate(gap) if char.isspace()]
    if not blanks:
        return (gap, "") if turned else ("", gap)
    at = blanks[0] if turned else blanks[-1] + 1
    return gap[:at], gap[at:]


def _beside(sides: Sides, a: int, c: int, after: bool) -> Iterator[Difference]:
    """Compare the signs of the word before a region, or after it, which itself is the same."""
    if not (0 < a < len(sides.mine.text) and 0 < c < len(sides.its.text)):
        return
    gaps = (
        sides.quote[sides.mine.ends[a - 1] : sides.mine.starts[a]],
        sides.text[sides.its.ends[c - 1] : sides.its.starts[c]],
    )
    ours, its = ("".join(_hanging(gap.replace(HYPHEN, ""), turned=after)[after].split()) for gap in gaps)
    if ours != its:
        yield Difference(Grade.ALTERED, ours, its, Kind.SIGN)
