"""What was masked in one version of a paper and is not in the other, or the reverse.

A black box is looked for in the other version where the words nearest to it went: by how much the nearest word that
both have was moved, the box is too. What then stands there, and may be shown, was uncovered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.model import COVER, Box, Page
from search.version_words import Token

Moves = dict[tuple[int, int], Token]  # page and start of a word of one version: the same word of the other

_SAME_LINE = 4.0  # a word above or below is so much farther away than one beside
_STILL = 3.0  # points: a word moved by less stands where it stood
_SHARE = 0.3  # of the smaller of two boxes that must be common to both
_SIZE = 0.15  # by which the sides of a box that was moved may differ


@dataclass(frozen=True, slots=True)
class Cover:
    """A box over a place of a page, in PDF points, and how it was made."""

    page: int
    box: Box
    made: str


@dataclass(frozen=True, slots=True)
class BoxChange:
    """A black box that only one version has. `uncovered`: the first has it; else it is new in the second.

    `page` (from 1) is of the version without it, and `text` what can be read there, empty where nothing can.
    """

    uncovered: bool
    cover: Cover
    page: int
    text: str


def covers(page: Page) -> list[Cover]:
    """Return the boxes on a page that hide something, each place once."""
    found: list[Cover] = []
    boxes = [(each.box, each.made) for each in page.redactions]
    boxes += [(each.box, "covered text") for each in page.withheld]
    for box, made in boxes:
        if _area(box) > 0 and not any(_overlap(box, each.box) > _SHARE for each in found):
            found.append(Cover(page.number, box, made))
    return found


def box_changes(
    pairs: Sequence[tuple[Page, Page]], ours: Sequence[Page], theirs: Sequence[Page], moves: Moves
) -> Iterator[BoxChange]:
    """Yield the boxes that only one of two versions has, on pages that both have."""
    here, there = ({page.number: page for page in pages} for pages in (ours, theirs))
    back = {(its.page, its.start): mine for mine, its in moves.items()}
    sides = (
        (True, list(pairs), there, {key: (its.page, its.start) for key, its in moves.items()}),
        (False, [(b, a) for a, b in pairs], here, back),
    )
    for uncovered, partners, others, words in sides:
        for page, partner in partners:
            for cover, other, text in _gone(page, partner, others, words):
                yield BoxChange(uncovered, cover, other, text)


def _gone(
    page: Page, partner: Page, others: Mapping[int, Page], words: Mapping[tuple[int, int], tuple[int, int]]
) -> Iterator[tuple[Cover, int, str]]:
    """Yield the boxes of a page that the other version does not have, the page they would be on, and what is there."""
    left: dict[int, list[Cover]] = {}
    for cover in covers(page):
        number, box = _moved(cover.box, page, partner, others, words)
        other = others[number]
        there = left.setdefault(number, covers(other))
        same = next((each for each in there if _overlap(box, each.box) > _SHARE), None)
        text = _read(other, box, [each.box for each in covers(other)])
        if same is None and not text:  # nothing stands where it should be: it may have gone elsewhere on the page
            same = next((each for each in there if _like(cover.box, each.box)), None)
            if same is not None:
                there.remove(same)
        if same is None or text:
            yield cover, number, text


def _moved(
    box: Box,
    page: Page,
    partner: Page,
    others: Mapping[int, Page],
    words: Mapping[tuple[int, int], tuple[int, int]],
) -> tuple[int, Box]:
    """Return where a box would be in the other version: the page and the place."""
    known = [(_distance(box, each.box), each) for each in page.words if (page.number, each.start) in words]
    if not known:
        return partner.number, box
    nearest = min(known, key=lambda each: each[0])[1]
    number, start = words[page.number, nearest.start]
    its = next((each for each in others[number].words if each.start == start), None)
    if its is None:
        return number, box
    across, down = its.box[0] - nearest.box[0], its.box[1] - nearest.box[1]
    if abs(across) < _STILL and abs(down) < _STILL:
        return number, box
    return number, (box[0] + across, box[1] + down, box[2] + across, box[3] + down)


def _read(page: Page, box: Box, covered: Sequence[Box]) -> str:
    """Return the words that can be read in a place of a page."""
    text, found = page.visible, []
    for word in page.words:
        middle = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
        if _holds(box, middle) and not any(_holds(each, middle) for each in covered):
            shown = text[word.start : word.end]
            if shown.strip(COVER):
                found.append(shown)
    return " ".join(found)


def _holds(box: Box, point: tuple[float, float]) -> bool:
    return box[0] - 1 <= point[0] <= box[2] + 1 and box[1] - 1 <= point[1] <= box[3] + 1


def _distance(box: Box, word: Box) -> float:
    across = max(box[0] - word[2], word[0] - box[2], 0.0)
    down = max(box[1] - word[3], word[1] - box[3], 0.0)
    return across + _SAME_LINE * down


def _overlap(one: Box, other: Box) -> float:
    """Return the share of the smaller box that is common to both."""
    common = min(one[2], other[2]) - max(one[0], other[0]), min(one[3], other[3]) - max(one[1], other[1])
    if min(common) <= 0:
        return 0.0
    return common[0] * common[1] / (min(_area(one), _area(other)) or 1.0)


def _like(one: Box, other: Box) -> bool:
    sides = [(each[2] - each[0], each[3] - each[1]) for each in (one, other)]
    return all(abs(a - b) <= _SIZE * max(a, b) + 1 for a, b in zip(*sides, strict=True))


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
