"""From what Tesseract gives, pieces with boxes, to lines of words.

Tesseract's "words" of Korean are mostly single syllables. Whether a blank stands between two of them is known to the
line alone, and asked of it here (`preserve_interword_spaces`, which the Korean model sets for itself).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.folding import canonical
from corpus.model import Box

LETTER = re.compile(r"[^\W_]")
_BLANK = re.compile(r"\s+")
_SURE_SIGN = 60.0  # confidence (of 100) that a word without a letter or digit needs: specks and rules become signs
_LEAST_LINE = 15.0  # confidence below which a line is taken for a drawing


@dataclass(frozen=True, slots=True)
class Piece:
    """What Tesseract calls a word: its box in pixels of the picture, and its confidence from 0 to 100.

    `joined` means that no blank stands between it and the piece before it in its line.
    """

    text: str
    box: Box
    confidence: float
    joined: bool


@dataclass(frozen=True, slots=True)
class Recognised:
    """A blank-delimited word, its box in pixels of the picture, and its confidence from 0 to 100."""

    text: str
    box: Box
    confidence: float


Line = list[Recognised]


def pieces(iterator: Any, word: Any, line: Any) -> list[list[Piece]]:
    """Return, line by line, what a result iterator of tesserocr goes over; `word` and `line` are levels of it."""
    found: list[list[Piece]] = [[]]
    while True:
        if iterator.IsAtBeginningOf(line):
            found.append([])
        try:
            text = _BLANK.sub("", canonical(iterator.GetUTF8Text(word) or ""))
        except RuntimeError:  # a rule or a picture: tesserocr raises where there is no text
            text = ""
        if text:
            x0, top, x1, bottom = iterator.BoundingBox(word)
            joined = bool(found[-1]) and not iterator.BlanksBeforeWord()
            found[-1].append(Piece(text, (x0, top, x1, bottom), iterator.Confidence(word), joined))
        if not iterator.Next(word):
            return [each for each in found if each]


def words_of(lines: Iterable[Sequence[Piece]]) -> list[Line]:
    """Put pieces together to words; what is most likely no writing is left out."""
    kept = ([word for word in _words(line) if _is_writing(word)] for line in lines)
    return [line for line in kept if line and (confidence_of([line]) >= _LEAST_LINE)]


def _words(line: Sequence[Piece]) -> Iterator[Recognised]:
    begun: list[Piece] = []
    for piece in line:
        if begun and not piece.joined:
            yield _word(begun)
            begun = []
        begun.append(piece)
    yield _word(begun)


def _word(parts: Sequence[Piece]) -> Recognised:
    return Recognised("".join(part.text for part in parts), around([part.box for part in parts]), mean_of(parts))


def around(boxes: Sequence[Box]) -> Box:
    """Return the box around boxes."""
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def mean_of(parts: Sequence[Piece | Recognised]) -> float:
    """Return the mean confidence of pieces or words, each of their characters counting once."""
    return sum(part.confidence * len(part.text) for part in parts) / sum(len(part.text) for part in parts)


def _is_writing(word: Recognised) -> bool:
    return bool(LETTER.search(word.text)) or word.confidence >= _SURE_SIGN


def letters_of(lines: Iterable[Line]) -> int:
    """Return how many letters and digits lines have."""
    return sum(len(LETTER.findall(word.text)) for line in lines for word in line)


def confidence_of(lines: Iterable[Line]) -> float:
    """Return the mean confidence of lines, each letter or digit counting once: 0 to 100, 0 without any."""
    counted = [(word.confidence, len(LETTER.findall(word.text))) for line in lines for word in line]
    count = sum(letters for _, letters in counted)
    return sum(confidence * letters for confidence, letters in counted) / count if count else 0.0
