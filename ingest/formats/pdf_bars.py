"""Which dark boxes of a page stand in the place of words, by their shape, the words around them and those on them.

Lines of text run from left to right here: turn the boxes of a page whose lines run otherwise. What is taken for a
header, a rule, a bullet or a bar of a chart was tried on benchmarks/redactions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from corpus.model import Box

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

_LINE = 14.0  # points: the height of a line where no words tell
_LEAST_HEIGHT, _LEAST_WIDTH = 6.5, 8.0
_OF_A_LINE = 0.75
_WIDE, _OF_A_WIDE_LINE = 0.6, 0.95  # of the page; what is as wide and lower than a line is a rule
_CLOSE = 0.8  # lines: a label that is no known one needs words so close on both sides
_OF_A_COLUMN = 0.3  # of the lines that have room beside a high box
_EDGE = 3.0
_OUT = 2.0  # points that a word stands out from a box, to be seen
_TALLEST = 0.5  # width by height, at least
_FLAT = 1.2  # width by height, at least
_BLOCK = 40.0  # points: what is as wide and as high is no bullet
_NEAR = 4.0  # lines
_BESIDE = 2.5  # lines
_WHY = (
    r"\(?[bk]\)?(?:\(?\d{1,2}\)?|\([a-z]\))+|(?:\(\d{1,2}\)|\([a-z]\))+|redact(?:ed|ion)s?|with(?:held|holding)"
    r"|privileged?|exempt(?:ion|ed)?\d*|confidential|(?:under)?seal(?:ed)?|foia|deleted|omitted|masked|classified|secret"
    r"|privacy|personalinformation|pii|비공개|비실명|비식별|익명|가림|삭제|생략|기밀|대외비|마스킹|영업(?:상)?비밀|사생활(?:보호)?"
    r"|(?:개인|민감)정보|(?:제?\d+조(?:의\d+)?)?(?:제?\d+(?:항|호|목)(?:의\d+)?)+|정보공개법|[x*○●□■◯]+"
)
_LABELS = re.compile(rf"[\W_]*(?:(?:{_WHY}|보호|처리|대상|사항|정보|제?\d+조|법률?)[\W_]*){{1,6}}", re.IGNORECASE)
_WHYS = re.compile(_WHY, re.IGNORECASE)
_CODE = re.compile(r"\([bk]\) ?\(|redacted|withheld", re.IGNORECASE)
_CODES = re.compile(r"[\W_]*(?:(?:\([bk]\)(?:\(\d{1,2}\)|\([a-z]\))+|redacted|withheld)[\W_]*){1,6}", re.IGNORECASE)
_LONGEST_LABEL = 60


def is_label(words: str) -> bool:
    """Whether words on a box say why something was taken out, not what: `(b)(6)`, `비공개`, `Redacted`."""
    bare = "".join(words.split())
    if len(bare) > _LONGEST_LABEL:
        return False
    return not bare or (_LABELS.fullmatch(bare) is not None and _WHYS.search(bare) is not None)


def is_large(box: Box) -> bool:
    """Whether a box can hide a letter, whichever way the lines run."""
    return min(box[2] - box[0], box[3] - box[1]) >= _LEAST_HEIGHT


def is_code(words: str) -> bool:
    """Whether words say that, and nothing else can be meant: `(b)(6)`. They make a box of any colour a redaction."""
    bare = "".join(words.split())
    return len(bare) <= _LONGEST_LABEL and _CODES.fullmatch(bare) is not None


def has_code(text: str) -> bool:
    """Whether a text may hold such a code, to be asked first."""
    return _CODE.search(text) is not None


@dataclass(frozen=True, slots=True)
class Lines:
    """The words of a page and its dark boxes, in points (n rows of 4 each), and the page's size."""

    words: Floats
    bars: Floats
    width: float
    height: float
    line: float

    @classmethod
    def of(cls, words: Floats, bars: Floats, width: float, height: float) -> Lines:
        """Take in a page; `line` is the height of its lines, with a guess where it has no words."""
        return cls(words, bars, width, height, _height(words) if len(words) else _LINE)

    def stands_for_words(self, box: Box, label: str = "") -> bool:
        """Whether a solid dark box with nothing to be seen on it but `label` is a redaction.

        No words at all on the page, as on a scan, leaves the shape to judge.
        """
        if not self.has_shape(box):
            return False
        wide, high = box[2] - box[0], box[3] - box[1]
        if label and not is_label(label):
            return self._beside(box, _CLOSE) == {"left", "right"} and high < 2 * self._line(box)
        beside = self._beside(box, _BESIDE)
        if wide < _FLAT * high and min(wide, high) < _BLOCK and not self._is_column(box):
            return beside == {"left", "right"} or ("left" in beside and wide > 0.9 * high)
        return (
            not len(self.words) or bool(beside) or self._is_near(box, _BESIDE if wide > _WIDE * self.width else _NEAR)
        )

    def has_shape(self, box: Box) -> bool:
        """Whether a box may be one by its size and its place: to be asked first, since it costs nothing."""
        left, top, right, bottom = box
        wide, high = right - left, bottom - top
        if high < _LEAST_HEIGHT or wide < _LEAST_WIDTH or (wide < _TALLEST * high and not self._is_column(box)):
            return False
        if wide > 0.9 * self.width and high > 0.9 * self.height:
            return True
        if min(left, top) < _EDGE or right > self.width - _EDGE or bottom > self.height - _EDGE:
            return False
        return high >= (_OF_A_WIDE_LINE if wide > _WIDE * self.width else _OF_A_LINE) * self._line(box)

    def _is_column(self, box: Box) -> bool:
        """Whether a high box stands in a column of a table: among several lines, and not on the axis of a chart."""
        if box[2] - box[0] < self.line or not len(self.words):
            return False
        reach = _BESIDE * self.line
        x0, top, x1, bottom = self.words.T
        level = (top + bottom) / 2
        close = (np.minimum(np.abs(x0 - box[2]), np.abs(box[0] - x1)) < reach) & (level > box[1]) & (level < box[3])
        lines = np.unique(np.round(level[close] / self.line)).size
        on_axis = (np.abs(self.bars[:, 3] - box[3]) < _OUT) & (np.abs(self.bars[:, 1] - box[1]) > _OUT)
        return lines >= max(3, _OF_A_COLUMN * (box[3] - box[1]) / self.line) and not on_axis.any()

    def _line(self, box: Box) -> float:
        """Return the height of the words on the line of a box, else of the page's."""
        on = self.words[self._on_line(box)]
        return _height(on) if len(on) else self.line

    def _on_line(self, box: Box) -> Mask:
        """Return which words share half of the smaller height with a box."""
        common = np.minimum(self.words[:, 3], box[3]) - np.maximum(self.words[:, 1], box[1])
        on: Mask = common > 0.5 * np.minimum(self.words[:, 3] - self.words[:, 1], box[3] - box[1])
        return on

    def _beside(self, box: Box, lines: float) -> set[str]:
        """Return the sides on which a word of the same line stands, at most some lines' heights away."""
        on = self.words[self._on_line(box)]
        reach = lines * self._line(box)
        left = (on[:, 0] < box[0] - _OUT) & (on[:, 2] > box[0] - reach)
        right = (on[:, 2] > box[2] + _OUT) & (on[:, 0] < box[2] + reach)
        return {side for side, found in (("left", left), ("right", right)) if found.any()}

    def _is_near(self, box: Box, lines: float) -> bool:
        reach = lines * self._line(box)
        others = self.bars[np.abs(self.bars - np.array(box)).max(axis=1) > _OUT]
        x0, top, x1, bottom = np.concatenate([self.words, others]).T
        near = (x0 < box[2] + reach) & (x1 > box[0] - reach) & (top < box[3] + reach) & (bottom > box[1] - reach)
        return bool(near.any())


def _height(words: Floats) -> float:
    heights = np.sort(words[:, 3] - words[:, 1])
    return float(heights[len(heights) // 2])
