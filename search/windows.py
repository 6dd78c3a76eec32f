"""Where in the letters of some pages the passage begins and ends that has the most of a quotation.

The letters are aligned by their longest common subsequence (Indel distance, the package rapidfuzz), which takes no heed
of how far apart they stand; so what lies far from the rest is left out, and words that changed places are looked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import squashed
from search.quotes import Sought
from search.stretches import Read
from search.wording import Block, blocks

ROOM = 1.5  # times as many letters as the quotation a passage may have


@dataclass(frozen=True, slots=True)
class Window:
    """A passage beside a quotation: letters `[start, end)` of some pages, and how many of the quotation's stand there.

    Of one page the letters are all of it, of several their running text. `head` and `tail` letters of the quotation
    have no place before and after the passage yet.
    """

    run: tuple[Read, ...]
    start: int
    end: int
    head: int
    tail: int
    standing: int
    longest: int
    score: float


def window_of(sought: Sought, run: Sequence[Read], letters: str, low: int, high: int) -> Window | None:
    """Return the passage within some letters of some pages that has the most of a quotation."""
    wanted, here = sought.squashed.text, letters[low:high]
    same = _compact(blocks(wanted, here), wanted, here)
    loose, tight = _dense(same, 1 / 3), _dense(same, 1)
    windows = [
        _around(sought, run, letters, low, each) for each in ([loose] if loose == tight else [loose, tight]) if each
    ]
    return max(windows, key=lambda window: window.score, default=None)


def _around(sought: Sought, run: Sequence[Read], letters: str, low: int, same: Sequence[Block]) -> Window:
    wanted = sought.squashed.text
    start, end = low + same[0].its, low + same[-1].its + same[-1].length
    moved = _moved(sought, same)
    here = letters[start:end]
    for word in moved:
        if not _has(wanted, word, here):
            start, end = _with(word, letters, start, end, len(wanted))
            here = letters[start:end] if len(here) != end - start else here
    head, tail = _lacking(wanted, same, moved, here)
    room = letters[max(0, start - head) : end + tail]
    final = blocks(wanted, room)
    in_order, moved_there = _standing(sought, final, room)
    longest = max((block.length for block in final), default=0)
    score = 2 * (in_order + 0.9 * moved_there) / (len(wanted) + len(room))
    return Window(tuple(run), start, end, head, tail, in_order + moved_there, longest, score)


def _compact(same: Sequence[Block], wanted: str, here: str) -> list[Block]:
    """Take letters that could as well stand beside the next ones there, and the last ones beside those before.

    Of equally long ways to align two texts the one that was found may begin or end far from the rest.
    """
    found: list[Block] = []
    for block in same:
        back = 0
        while back < min(block.mine, block.its) and wanted[block.mine - back - 1] == here[block.its - back - 1]:
            back += 1
        while found and found[-1].mine >= block.mine - back:
            found.pop()
        if found:
            back = min(back, block.mine - found[-1].mine - found[-1].length)
        found.append(Block(block.mine - back, block.its - back, block.length + back))
    kept: list[Block] = []
    for block in reversed(found):
        most = min(len(wanted) - block.mine, len(here) - block.its)
        length = block.length
        while length < most and wanted[block.mine + length] == here[block.its + length]:
            length += 1
        while kept and kept[-1].mine + kept[-1].length <= block.mine + length:
            kept.pop()
        if kept:
            length = min(length, kept[-1].mine - block.mine)
        kept.append(Block(block.mine, block.its, length))
    return kept[::-1]


def _dense(same: Sequence[Block], price: float) -> list[Block]:
    """Return the run of blocks with the most letters for the room between them, of which each letter has its price.

    Stray letters at the ends go.
    """
    best, run, first, chosen = 0.0, 0.0, 0, (0, 0)
    for at, block in enumerate(same):
        if at:
            before = same[at - 1]
            gap = max(block.its - before.its - before.length, block.mine - before.mine - before.length)
            run -= gap * price
        if run <= 0:
            run, first = 0.0, at
        run += block.length
        if run > best:
            best, chosen = run, (first, at + 1)
    return list(same[chosen[0] : chosen[1]])


def word_spans(sought: Sought) -> list[tuple[int, int]]:
    """Return the spans of a quotation's words in its letters."""
    return _word_spans(sought.text)


@lru_cache(maxsize=4)  # asked of every window
def _word_spans(text: str) -> list[tuple[int, int]]:
    mine, found, start = squashed(text), [], 0
    for at in range(1, len(mine.text) + 1):
        if at == len(mine.text) or any(map(str.isspace, text[mine.ends[at - 1] : mine.starts[at]])):
            found.append((start, at))
            start = at
    return found


def _moved(sought: Sought, same: Sequence[Block]) -> list[str]:
    """Return the words of a quotation of which more than half does not stand where the rest does."""
    taken = [False] * len(sought.squashed.text)
    for block in same:
        taken[block.mine : block.mine + block.length] = [True] * block.length
    words = [(a, b) for a, b in word_spans(sought) if b - a > 1 and 2 * sum(taken[a:b]) < b - a]
    return [sought.squashed.text[a:b] for a, b in words]


def _has(wanted: str, word: str, here: str) -> bool:
    """Whether a word stands in a passage as often as in the quotation."""
    return word in here and here.count(word) >= _times(wanted, word)


@lru_cache(maxsize=1024)  # asked of every window
def _times(wanted: str, word: str) -> int:
    return wanted.count(word)


def _with(word: str, letters: str, start: int, end: int, length: int) -> tuple[int, int]:
    """Widen a passage to a word that stands just beside it."""
    room = len(word) + 2
    before, after = letters.rfind(word, max(0, start - room), start), letters.find(word, end, end + room)
    if before >= 0 and end - before <= ROOM * length:
        return before, end
    if after >= 0 and after + len(word) - start <= ROOM * length:
        return start, after + len(word)
    return start, end


def _lacking(wanted: str, same: Sequence[Block], moved: Sequence[str], here: str) -> tuple[int, int]:
    """Return how many letters of a quotation's beginning and end have no place in a passage."""
    elsewhere = sum(len(word) for word in moved if _has(wanted, word, here))
    head, tail = same[0].mine, len(wanted) - same[-1].mine - same[-1].length
    return (0, 0) if 0 < head + tail <= elsewhere else (head, tail)


def _standing(sought: Sought, same: Sequence[Block], here: str) -> tuple[int, int]:
    """Count the letters of a quotation that stand in a passage in order, and those of words that changed places."""
    wanted = sought.squashed.text
    taken = [False] * len(wanted)
    for block in same:
        taken[block.mine : block.mine + block.length] = [True] * block.length
    in_order = sum(taken)
    for a, b in word_spans(sought):
        if b - a > 1 and not all(taken[a:b]) and _has(wanted, wanted[a:b], here):
            taken[a:b] = [True] * (b - a)
    return in_order, min(sum(taken), len(here)) - in_order
