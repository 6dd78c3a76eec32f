"""A second opinion: stretches of a line that are most likely in the other script are read again with its model.

The Korean fast model knows no Latin letter: CCTV becomes a number, AI a syllable. Both models together read Korean
worse and take half as long again; reading only what is doubtful again costs a few milliseconds for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from corpus.model import Box
from ingest.ocr_words import LETTER, Piece, around, mean_of

Read = Callable[[Box], list[list[Piece]]]  # a box of the picture, read as one line with the other model

_SYLLABLE = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
OWN = {"kor": _SYLLABLE, "eng": _LATIN}
"""The letters that only the model of a language reads."""

_LOOKS_LIKE_AI = frozenset({"시", "씨"})  # what the Korean model makes of AI, which is in every other paper now
_AI = re.compile(r"\bAl\b")  # and what the English one does, where l and I have one shape

_DIGITS_DOUBTED = 90.0  # confidence below which signs without a Korean syllable may be Latin letters
_AI_DOUBTED = 80.0
_SYLLABLES_DOUBTED = 60.0  # the same for syllables between such signs
_LATIN_DOUBTED = 50.0  # and for English that may be Korean
_ACCEPTED = 85.0
_LEAST_DOUBTED = {"kor": 2, "eng": 4}  # letters and digits: a rule reads l, a bullet O
_LEAST_AMONG_SYLLABLES = 4  # Latin letters
_IN_VAIN = {"kor": 12, "eng": 2}  # readings in a row after which a page is taken for what it seems
_GAP = 1.5  # heights of a line: what is farther apart is read apart


@dataclass(frozen=True, slots=True)
class _Stretch:
    line: int
    first: int
    last: int  # not in it
    text: str
    box: Box
    confidence: float


def better(lines: Sequence[list[Piece]], language: str, read_again: Read) -> list[list[Piece]]:
    """Return the lines of a page read in one language, with what the other one's model reads better put in place."""
    accepted: dict[_Stretch, list[Piece]] = {}
    in_vain = 0
    for stretch in sorted(_doubted(lines, language), key=lambda stretch: stretch.confidence):
        again = [piece for line in read_again(stretch.box) for piece in line]
        if again and _is_better(again, stretch, language):
            accepted[stretch] = again
            in_vain = 0
            continue
        in_vain += 1
        if in_vain == _IN_VAIN[language]:
            break
    return _mended(lines, accepted)


def _mended(lines: Sequence[list[Piece]], accepted: Mapping[_Stretch, list[Piece]]) -> list[list[Piece]]:
    mended = [list(line) for line in lines]
    for stretch in sorted(accepted, key=lambda stretch: -stretch.first):  # the last first: places hold
        first, *others = (replace(piece, text=_AI.sub("AI", piece.text)) for piece in accepted[stretch])
        first = replace(first, joined=lines[stretch.line][stretch.first].joined)
        mended[stretch.line][stretch.first : stretch.last] = [first, *others]
    return mended


def _is_better(again: Sequence[Piece], stretch: _Stretch, language: str) -> bool:
    if mean_of(again) < max(_ACCEPTED, stretch.confidence):
        return False
    text = "".join(piece.text for piece in again)
    if language == "eng":
        return len(_SYLLABLE.findall(text)) >= _LEAST_DOUBTED["kor"]
    if stretch.text in _LOOKS_LIKE_AI:
        return text in ("AI", "Al")
    among_syllables = bool(_SYLLABLE.search(stretch.text))
    return len(_LATIN.findall(text)) >= (_LEAST_AMONG_SYLLABLES if among_syllables else _LEAST_DOUBTED["kor"])


def _doubted(lines: Sequence[Sequence[Piece]], language: str) -> Iterator[_Stretch]:
    for number, line in enumerate(lines):
        for first, last in _runs(line, [_is_doubtful(piece, language) for piece in line]):
            parts = line[first:last]
            text = "".join(part.text for part in parts)
            if len(LETTER.findall(text)) >= _LEAST_DOUBTED[language] or text in _LOOKS_LIKE_AI:
                yield _Stretch(number, first, last, text, around([part.box for part in parts]), mean_of(parts))


def _is_doubtful(piece: Piece, language: str) -> bool | None:
    """Whether a piece may be of the other script; None for what goes with its neighbours."""
    if not LETTER.search(piece.text):
        return None
    if language == "eng":
        return piece.confidence < _LATIN_DOUBTED
    if not _SYLLABLE.search(piece.text):
        return piece.confidence < _DIGITS_DOUBTED
    if piece.text in _LOOKS_LIKE_AI and piece.confidence < _AI_DOUBTED:
        return True
    if piece.confidence >= _SYLLABLES_DOUBTED:
        return False
    return True if LETTER.search(_SYLLABLE.sub("", piece.text)) else None


def _runs(line: Sequence[Piece], doubtful: Sequence[bool | None]) -> Iterator[tuple[int, int]]:
    """Yield where doubtful pieces stand one after the other, signs between them included, wide gaps not."""
    at = 0
    while at < len(line):
        last = at + 1
        if doubtful[at]:
            end = last
            while end < len(line) and doubtful[end] is not False and _is_near(line[end - 1].box, line[end].box):
                end += 1
                if doubtful[end - 1]:
                    last = end
            yield at, last
        at = last


def _is_near(one: Box, other: Box) -> bool:
    return other[0] - one[2] < _GAP * max(one[3] - one[1], other[3] - other[1])
