"""The pictures of a PDF page that its text layer says nothing of, to be recognised."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.model import Box, Reason
from ingest.formats import pdf_calls as calls
from ingest.formats.model import FormatError
from ingest.formats.pdf_objects import painted_on
from ingest.formats.pdf_text import Frame

_LEAST_READ = 0.03  # of a picture's area under words, for the words to be the reading of it, as in pdf.py
_LEAST_SIDE = 20.0  # points: smaller pictures are bullets and emblems
_TOUCHING = 2.0  # points between strips of one picture


def unread_pictures(path: Path, number: int, password: str | None, words: Sequence[Box]) -> list[Box]:
    """Return where pictures without words on them lie on page `number` (from 1), strips of one picture put together.

    `words` are the boxes of the page's words; all are in points from its top left corner, its rotation undone.

    Raises:
        FormatError: the file cannot be opened, or has no such page.
    """
    with calls.opened(path, password) as document, calls.loaded(document, number - 1) as page:
        if not page:
            raise FormatError(Reason.DAMAGED, f"Page {number} is damaged; ask the agency to send the file again.")
        calls.set_rotation(page, 0)
        calls.page_box(page, calls.FLOATS_AT)
        left, top, right, bottom = calls.FLOATS[:4]
        frame = Frame(left, top, right - left, top - bottom)
        pictures = [_clipped(box, frame) for box in painted_on(page, frame).pictures]
    unread = [box for box in pictures if _read_area(words, box) < _LEAST_READ * _area(box)]
    return sorted(filter(_is_large, _joined(unread)), key=lambda box: (box[1], box[0]))


def _clipped(box: Box, frame: Frame) -> Box:
    return max(0.0, box[0]), max(0.0, box[1]), min(frame.width, box[2]), min(frame.height, box[3])


def _read_area(words: Sequence[Box], box: Box) -> float:
    return sum(_area(word) for word in words if holds_centre(box, word))


def holds_centre(box: Box, word: Box) -> bool:
    """Whether a word's centre lies in a box."""
    x, y = (word[0] + word[2]) / 2, (word[1] + word[3]) / 2
    return box[0] < x < box[2] and box[1] < y < box[3]


def _joined(boxes: Sequence[Box]) -> list[Box]:
    """Put boxes together that overlap or touch: scanners cut pictures into strips."""
    done: list[Box] = []
    for box in boxes:
        while near := next((other for other in done if _touch(box, other)), None):
            done.remove(near)
            box = min(box[0], near[0]), min(box[1], near[1]), max(box[2], near[2]), max(box[3], near[3])
        done.append(box)
    return done


def _touch(one: Box, other: Box) -> bool:
    return all(one[side] - _TOUCHING < other[side + 2] and other[side] - _TOUCHING < one[side + 2] for side in (0, 1))


def _is_large(box: Box) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _LEAST_SIDE


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
