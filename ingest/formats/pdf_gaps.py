"""Characters that pdfium puts together although they stand apart: the cells of a table's row, read as one figure.

pdfium takes the least space between the characters of a text object for letter-spacing when the object has any
(`Tc`), however wide it is: two cells `3` and `0`, an inch apart and drawn by one operator, come out as `30`. It may
also take digits drawn one below the other, a narrow column, for vertical writing. Of 935,035 pairs of neighbours on one
line of the 858 pages of data/pdf, 10 stand 0.2 em apart or more, and all 10 are cells.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.folding import HYPHEN

Cut = tuple[int, str]  # an offset in the text, and the blank or line end to be put before it

_FIGURE = 0.5  # em between two digits
_OTHERS = 1.0
_LEADER = 2.0  # between two of the same sign: dot leaders are spaced widely, the dashes of empty cells more so
_LEAST_SIZE = 0.5  # of the page's median line height; a dot may have a box no larger than itself
_WIDE = 0x2E80  # where scripts begin whose letters are as wide as high
_JAMO = range(0x1100, 0x1200)
_BELOW = 0.7  # of the line height: so far down stands the next line, never a superscript
_NEAR = 0.8  # of the distances above, for a word to be looked at letter by letter
_GUESS, _GUESS_WIDE = 0.45, 0.75  # em that a character takes up
_BACKWARD = frozenset(("R", "AL", "AN"))


def _guesses() -> NDArray[np.float32]:
    """Return what each character of ASCII takes up, in em: letters about as in Helvetica, digits as in Times."""
    widths = np.full(128, _GUESS, np.float32)
    widths[[ord(char) for char in "!'(),./:;I[]fijlrt|"]] = 0.23
    widths[[ord(char) for char in "0123456789"]] = 0.46
    widths[[ord(char) for char in "ABCDEFGHJKLMNOPQRSTUVWXYZmw%&@"]] = 0.6
    return widths


_WIDTHS = _guesses()


@dataclass(frozen=True, slots=True)
class WordEnds:
    """The words `[starts, ends)` of a text, and the boxes of each one's first and last character.

    Boxes are rows of (left, top, right, bottom) in PDF space, zeros where pdfium has none.
    """

    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    first: NDArray[np.float32]
    last: NDArray[np.float32]

    def spans(self) -> Iterator[tuple[int, int]]:
        """Yield the words as pairs of offsets."""
        return zip(self.starts.tolist(), self.ends.tolist(), strict=True)


def suspects(text: str, words: WordEnds) -> NDArray[np.intp]:
    """Return the numbers of the words whose ends stand further apart than what is between them is wide."""
    codes = codes_of(text)
    wide = _is_wide(codes)
    widths = np.where(wide, np.float32(_GUESS_WIDE), _WIDTHS[np.minimum(codes, len(_WIDTHS) - 1)])
    digits = (codes >= ord("0")) & (codes <= ord("9"))
    start, end = words.starts, words.ends
    before = np.concatenate([[0.0], np.cumsum(widths)])
    inner = before[end - 1] - before[start + 1]
    most = np.where(_holds(digits[:-1] & digits[1:], start, end), _FIGURE, _OTHERS)
    across, down = _apart(words.first, words.last)
    far = np.maximum(across, down) > (inner + _NEAR * most) * _sizes(words.first, words.last)
    far |= _stacked(words.first, words.last)
    return np.flatnonzero(far & (end - start > 1) & _holds(~(wide[:-1] & wide[1:]), start, end))


def _holds(pairs: NDArray[np.bool_], start: NDArray[np.int64], end: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether there is one of some pairs of neighbours (by their first) in each word."""
    before = np.concatenate([[0], np.cumsum(pairs, dtype=np.int64)])
    found: NDArray[np.bool_] = before[end - 1] > before[start]
    return found


def cuts_of(text: str, offsets: Sequence[int], boxes: NDArray[np.float32], median: float) -> Iterator[Cut]:
    """Yield where characters at ascending `offsets` stand apart from the one before them.

    `boxes` are theirs; `median` is the page's line height.
    """
    if len(offsets) < 2:
        return
    one, other = boxes[:-1], boxes[1:]
    across, down = _apart(one, other)
    size = np.maximum(_sizes(one, other), _LEAST_SIZE * median)
    known = one.any(axis=1) & other.any(axis=1) & (np.diff(offsets) == 1)
    far = np.maximum(across, down) / np.where(size > 0, size, 1.0)
    stacked = _stacked(one, other)
    same_line = ~stacked & (np.where(_sideways(one) & _sideways(other), across, down) < 0)
    for place in np.flatnonzero(known & (size > 0) & (stacked | (far > _FIGURE))).tolist():
        at = offsets[place + 1]
        below = stacked[place] and text[at - 1].isalnum() and text[at].isalnum()
        most = _most(text[at - 1], text[at])
        if far[place] > most or (below and most < float("inf")):
            yield at, " " if same_line[place] else "\n"


def cut(text: str, chars: Sequence[int], cuts: Sequence[Cut]) -> tuple[str, list[int]]:
    """Put blanks into a text; they are no character of pdfium's, which is -1 in `chars`."""
    parts: list[str] = []
    found: list[int] = []
    done = 0
    for at, blank in cuts:
        parts += [text[done:at], blank]
        found += [*chars[done:at], -1]
        done = at
    return "".join([*parts, text[done:]]), [*found, *chars[done:]]


def _most(one: str, other: str) -> float:
    """Return how far apart two neighbours may stand, in em."""
    if one.isdigit() and other.isdigit():
        return _FIGURE
    if HYPHEN in (one, other) or (_is_wide_letter(one) and _is_wide_letter(other)):
        return float("inf")  # 합      계 is one word, spread over its cell
    if unicodedata.bidirectional(one) in _BACKWARD or unicodedata.bidirectional(other) in _BACKWARD:
        return float("inf")  # pdfium gives them in the order of reading, figures within them the other way round
    return _LEADER if one == other and not one.isalnum() else _OTHERS


def _is_wide_letter(char: str) -> bool:
    return bool(_is_wide(np.array([ord(char)], np.uint32))[0])


def codes_of(text: str) -> NDArray[np.uint32]:
    """Return the code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _is_wide(codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
    wide: NDArray[np.bool_] = (codes >= _WIDE) | ((codes >= _JAMO.start) & (codes < _JAMO.stop))
    return wide


def _apart(one: NDArray[np.float32], other: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return how far boxes stand apart across the page and down it, in either direction."""
    across = np.maximum(other[:, 0] - one[:, 2], one[:, 0] - other[:, 2])
    down = np.maximum(other[:, 3] - one[:, 1], one[:, 3] - other[:, 1])
    return across, down


def _stacked(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether upright characters stand on different lines."""
    step = np.abs(one[:, 1] + one[:, 3] - other[:, 1] - other[:, 3]) / 2
    below: NDArray[np.bool_] = step > _BELOW * np.maximum(_heights(one), _heights(other))
    return below & ~_sideways(one) & ~_sideways(other)


def _sideways(boxes: NDArray[np.float32]) -> NDArray[np.bool_]:
    wider: NDArray[np.bool_] = _breadths(boxes) > _heights(boxes)
    return wider


def _sizes(one: NDArray[np.float32], other: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the longest side of each pair of boxes: the height of the line, also where it runs up the page."""
    sides = [_heights(one), _heights(other), _breadths(one), _breadths(other)]
    longest: NDArray[np.float32] = np.maximum.reduce(sides)
    return longest


def _heights(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    return boxes[:, 1] - boxes[:, 3]


def _breadths(boxes: NDArray[np.float32]) -> NDArray[np.float32]:
    return boxes[:, 2] - boxes[:, 0]
