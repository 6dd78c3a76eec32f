"""The text of a PDF page, its words and their boxes.

Recipe: research of this project, measured against PyMuPDF, pdftotext and pdfplumber (one call for the text, two for
each word). A word's box is the union of the loose boxes of its first and last character.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from ctypes import addressof, c_ushort, string_at
from dataclasses import dataclass
from itertools import accumulate, repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.folding import HYPHEN, canonical
from corpus.model import Words
from ingest.formats import pdf_calls as calls
from ingest.formats import pdf_gaps
from ingest.formats.pdf_gaps import WordEnds

Floats = NDArray[np.float64]

WORD_ROWS = np.dtype([("start", "<u4"), ("length", "<u2"), ("box", "<u2", (4,))])
"""The rows of `corpus.model.Words.packed`; a test holds the two together."""

_STEPS = 65535
_LONGEST = 65535
_BLANK = np.array([chr(code).isspace() for code in range(0x3002)])  # U+3000 is the last


@dataclass(frozen=True, slots=True)
class Frame:
    """The rendered page box in PDF space: its left and top edge, width and height in points."""

    left: float
    top: float
    width: float
    height: float

    def from_top(self, corners: NDArray[Any]) -> Floats:
        """Turn rows of (left, bottom, right, top) in PDF space into boxes from the page's top left corner."""
        left, bottom, right, top = corners.astype(np.float64).T
        boxes: Floats = np.stack([left - self.left, self.top - top, right - self.left, self.top - bottom], axis=1)
        return boxes if np.isfinite(boxes.sum()) else np.nan_to_num(boxes)  # broken fonts have no finite width


@dataclass(frozen=True, slots=True)
class PageText:
    """A page's canonical text; `chars[i]` is pdfium's index of the text's code point `i`, -1 for a blank put in.

    Word `i` is `text[starts[i]:ends[i]]` and lies in `boxes[i]` (x0, top, x1, bottom).
    """

    handle: int
    text: str
    chars: Sequence[int]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]
    boxes: Floats

    def packed(self, width: float, height: float) -> Words:
        """Return the words as the record keeps them: what `Words.pack` gives, without an object for each word."""
        scale = np.array([_STEPS / (width or 1.0), _STEPS / (height or 1.0)] * 2)
        rows = np.empty(len(self.starts), WORD_ROWS)
        rows["start"] = self.starts
        rows["length"] = self.ends - self.starts
        rows["box"] = np.clip(np.rint(self.boxes * scale), 0, _STEPS)
        return Words(rows.tobytes(), width, height)


def read_text(handle: int, frame: Frame) -> PageText:
    """Read the text and words of a loaded text page."""
    raw = _raw_text(handle)
    text = canonical(raw)
    chars = _char_indices(handle, raw)
    words = _words(handle, text, chars)
    cuts = _cuts(handle, text, chars, words)
    if cuts:
        text, chars = pdf_gaps.cut(text, chars, cuts)
        words = _words(handle, text, chars)
    boxes = _from_loose(_joint(words.first, words.last), frame)
    odd = _is_odd(words.first, words.last)
    if HYPHEN in text:
        odd |= np.array([HYPHEN in text[start:end] for start, end in words.spans()], np.bool_)
    if odd.any():
        return PageText(handle, text, chars, *_with_parts(handle, text, chars, frame, words, boxes, odd))
    return PageText(handle, text, chars, words.starts, words.ends, boxes)


def boxes_of(handle: int, chars: Sequence[int], frame: Frame) -> Floats:
    """Return the loose boxes of characters; one without a box gets zeros in PDF space."""
    return _from_loose(_loose(handle, chars), frame)


def _raw_text(handle: int) -> str:
    count = calls.count_chars(handle)
    if count <= 0:
        return ""
    buffer = (c_ushort * (count + 1))()
    written = calls.get_text(handle, 0, count, addressof(buffer))
    return string_at(addressof(buffer), 2 * max(0, written - 1)).decode("utf-16-le", "surrogatepass")


def _char_indices(handle: int, raw: str) -> Sequence[int]:
    """Return pdfium's character index of each code point of the canonical text: CR before LF is left out of it."""
    kept: list[int] = []
    done = 0
    for match in re.finditer("\r\n", raw):
        kept.extend(range(done, match.start()))
        done = match.start() + 1
    kept.extend(range(done, len(raw)))
    to_char = _raw_to_char(handle, raw)
    return kept if to_char is None else [to_char[at] for at in kept]


def _raw_to_char(handle: int, raw: str) -> list[int] | None:
    """Map code points to characters, None where they are the same.

    pdfium counts UTF-16 units, and its text leaves out characters that cannot be shown: it only ever skips, so that
    a last index which maps to itself proves the whole map.
    """
    units = list(accumulate((1 + (char > "\uffff") for char in raw), initial=0)) if _is_wide(raw) else range(len(raw))
    if not raw or (units[-1] == len(raw) - 1 and calls.char_of_text(handle, len(raw) - 1) == len(raw) - 1):
        return None
    return [calls.char_of_text(handle, units[at]) for at in range(len(raw))]


def _is_wide(raw: str) -> bool:
    return max(raw, default="") > "\uffff"


def _words(handle: int, text: str, chars: Sequence[int]) -> WordEnds:
    codes = pdf_gaps.codes_of(text)
    shown = np.concatenate([[False], ~_BLANK[np.minimum(codes, len(_BLANK) - 1)], [False]])
    edges = np.flatnonzero(shown[1:] != shown[:-1])
    starts, ends = edges[::2], edges[1::2]
    if len(starts) and (ends - starts).max() > _LONGEST:
        cut = [(at, end) for start, end in edges.reshape(-1, 2).tolist() for at in range(start, end, _LONGEST)]
        starts, ends = np.array([(at, min(at + _LONGEST, end)) for at, end in cut], np.int64).T
    first = _loose(handle, [chars[start] for start in starts.tolist()])
    return WordEnds(starts, ends, first, _loose(handle, [chars[end - 1] for end in ends.tolist()]))


def _cuts(handle: int, text: str, chars: Sequence[int], words: WordEnds) -> list[pdf_gaps.Cut]:
    """Return where the characters of a word stand too far apart to be one."""
    suspects = pdf_gaps.suspects(text, words)
    if not len(suspects):
        return []
    spans = zip(words.starts[suspects].tolist(), words.ends[suspects].tolist(), strict=True)
    offsets = [at for start, end in spans for at in range(start, end)]
    height = float(np.median(words.first[:, 1] - words.first[:, 3]))
    return list(pdf_gaps.cuts_of(text, offsets, _loose(handle, [chars[at] for at in offsets]), height))


def _joint(first: NDArray[np.float32], last: NDArray[np.float32]) -> NDArray[np.float32]:
    joint = np.maximum(first, last)
    joint[:, [0, 3]] = np.minimum(first[:, [0, 3]], last[:, [0, 3]])
    return joint


def _is_odd(first: NDArray[np.float32], last: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether a word's last character is not beside its first, to the right: or one of them has no box."""
    overlap = np.minimum(first[:, 1], last[:, 1]) - np.maximum(first[:, 3], last[:, 3])
    missing = ~(first.any(axis=1) & last.any(axis=1))
    odd: NDArray[np.bool_] = ~(overlap > 0) | (last[:, 0] < first[:, 0]) | missing
    return odd


def _with_parts(
    handle: int,
    text: str,
    chars: Sequence[int],
    frame: Frame,
    words: WordEnds,
    boxes: Floats,
    odd: NDArray[np.bool_],
) -> tuple[NDArray[np.int64], NDArray[np.int64], Floats]:
    """Put in place of each odd word its parts, one for each line that it stands on."""
    offsets = [
        at for (start, end), is_odd in zip(words.spans(), odd, strict=True) if is_odd for at in range(start, end)
    ]
    loose = _loose(handle, [chars[at] for at in offsets])
    rows = zip(offsets, _from_loose(loose, frame).tolist(), np.asarray(loose.any(axis=1)).tolist(), strict=True)
    places = {at: row for at, row, known in rows if known}
    found: list[tuple[int, int, list[float]]] = []
    for (start, end), box, is_odd in zip(words.spans(), boxes.tolist(), odd.tolist(), strict=True):
        found += _parts(text, start, end, places) if is_odd else [(start, end, box)]
    at = np.array([(start, end) for start, end, _ in found], np.int64)
    return at[:, 0], at[:, 1], np.array([box for _, _, box in found])


def _parts(
    text: str, start: int, end: int, places: Mapping[int, list[float]]
) -> Iterator[tuple[int, int, list[float]]]:
    """Cut a word after each line-end hyphen and wherever the next character stands more than its size away."""
    cut, here = start, places.get(start)
    for at in range(start + 1, end):
        last, here = here, places.get(at, here)
        if text[at - 1] == HYPHEN or (last and here and _is_away(last, here)):
            yield cut, at, _union(places, cut, at)
            cut = at
    yield cut, end, _union(places, cut, end)


def _is_away(one: list[float], other: list[float]) -> bool:
    across = max(other[0] - one[2], one[0] - other[2])
    down = max(other[1] - one[3], one[1] - other[3])
    sizes = (box[side + 2] - box[side] for box in (one, other) for side in (0, 1))
    return max(across, down) > max(sizes)


def _union(places: Mapping[int, list[float]], start: int, end: int) -> list[float]:
    boxes = [places[at] for at in range(start, end) if at in places]
    if not boxes:
        return [0.0] * 4
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return [min(x0), min(top), max(x1), max(bottom)]


def _loose(handle: int, chars: Sequence[int]) -> NDArray[np.float32]:
    """Return rows of (left, top, right, bottom) in PDF space, zeros where pdfium has no box.

    The loop over `map` runs in C: with a Python loop the calls cost twice as much.
    """
    found = np.zeros((len(chars), 4), np.float32)
    at = found.ctypes.data
    run(map(calls.char_box, repeat(handle), chars, range(at, at + found.nbytes, 16)))
    return found


def _from_loose(loose: NDArray[np.float32], frame: Frame) -> Floats:
    return frame.from_top(loose[:, [0, 3, 2, 1]])


def run(calls_to_make: Iterable[Any]) -> None:
    """Make calls for what they do to their buffers."""
    deque(calls_to_make, maxlen=0)
