"""The words of a page as two versions are compared by, and which of them are the same."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from corpus.folding import HYPHEN
from corpus.model import FurnitureKind, Page

Block = tuple[int, int, int]  # from the first word of one, from the first of the other, so many

_WORD = re.compile(r"\S+")
_ZERO_WIDTH = re.compile(f"[{HYPHEN}\u00ad\u200b-\u200d\u2060\ufeff]")
_CELLS = 400_000_000  # beyond, the words are compared more roughly: the exact way takes a bit for each pair
_LONE = 2  # so few equal words between longer changes are a part of them


@dataclass(frozen=True, slots=True)
class Token:
    """A word at [start, end) of a page (from 1): as shown, and as compared, without marks of line-end hyphens."""

    page: int
    start: int
    end: int
    shown: str
    key: str


def tokens(page: Page, margin: bool) -> list[Token]:
    """Return the words of a page's running text, or those of all else on it but the page number; nothing withheld."""
    text, found = page.visible, []
    marks = sorted((mark.start, mark.end, mark.kind) for mark in page.furniture)
    if margin:
        spans = [(start, end) for start, end, kind in marks if kind is not FurnitureKind.NUMBER]
    else:
        spans, done = [], 0
        for start, end, _ in marks:
            if start > done:
                spans.append((done, start))
            done = max(done, end)
        spans.append((done, len(text)))
    for start, end in spans:
        for word in _WORD.finditer(text, start, end):
            key = unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", word[0]))
            if key:
                found.append(Token(page.number, word.start(), word.end(), word[0].replace(HYPHEN, ""), key))
    return found


def matched(mine: Sequence[str], its: Sequence[str]) -> list[Block]:
    """Return the words that two texts have in common, in order, in blocks; as many as can be."""
    if len(mine) * len(its) > _CELLS:
        found = difflib.SequenceMatcher(None, mine, its).get_matching_blocks()
        blocks = [(each.a, each.b, each.size) for each in found if each.size]
    else:
        opcodes = Indel.opcodes(mine, its)
        blocks = [
            (each.src_start, each.dest_start, each.src_end - each.src_start)
            for each in opcodes
            if each.tag == "equal" and each.src_end > each.src_start
        ]
    return _without_lone(blocks, len(mine), len(its))


def _without_lone(blocks: Sequence[Block], length: int, its_length: int) -> list[Block]:
    """Leave out few equal words between two changes that are longer than they: they were met by chance."""
    kept: list[Block] = []
    for number, (a, b, size) in enumerate(blocks):
        last_a, last_b = (kept[-1][0] + kept[-1][2], kept[-1][1] + kept[-1][2]) if kept else (0, 0)
        next_a, next_b = blocks[number + 1][:2] if number + 1 < len(blocks) else (length, its_length)
        gaps = (a - last_a, b - last_b, next_a - a - size, next_b - b - size)
        if size <= _LONE and min(gaps) > size:
            continue
        kept.append((a, b, size))
    return kept
