"""What differs between two versions of a paper: pages, words, figures and black boxes.

Pages are matched by their words, in order; then the words of pages that differ are compared, over page ends, so that
text that only moved to the next page is no difference. Running text is compared with running text; running heads,
footnotes, comments and text in pictures with theirs; page numbers not at all. Only text that may be shown is looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from corpus.errors import NotFound
from corpus.listings import listings
from corpus.model import COVER, EVERYTHING, Audience, Listing, Page, PageSpan, Passage, State
from corpus.opened import Corpus
from search.black_boxes import BoxChange, Moves, box_changes
from search.figures import read
from search.near_duplicates import likeness
from search.page_pairs import Pair, paired
from search.version_words import Token, matched, tokens

# Withheld text, and letters that somebody wrote over: 김○○, 김○수, 010-****-1234; not the ○ or * that begins a line.
_MASK = re.compile(rf"{COVER}+|[■□●○◯〇＊*]{{2,}}|(?<=[가-힣A-Za-z0-9])[■●○◯〇]")
_CELLS = 400_000_000  # words of one version times words of the other that are compared at once: 50 MB


class ChangeKind(StrEnum):
    """What a change of words is: the first of these that fits."""

    UNMASKED = "unmasked"  # covers in the text (█, ○○) were before, and are not now
    MASKED = "masked"
    FIGURE = "figure"  # a number or date
    WORDS = "words"
    SPACING = "spacing"  # only blanks, none of them between digits


@dataclass(frozen=True, slots=True)
class Side:
    """One version's words at a change: where they stand (no words: an empty span, or nothing), and their figures."""

    passage: Passage
    text: str
    figures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Words of one version (`before`) that stand in the place of words of the other (`after`); either may be none."""

    kind: ChangeKind
    before: Side
    after: Side
    margin: bool  # in running heads, notes, comments or pictures


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page of one version and its partner in the other; None where that has none. `same` is of all their words."""

    one: Page | None
    other: Page | None
    same: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """Two papers and all that differs, in the order of the pages. `unread` are pages not read in full, of each."""

    one: Listing
    other: Listing
    likeness: float | None
    pages: tuple[PagePair, ...]
    changes: tuple[Change, ...]
    boxes: tuple[BoxChange, ...]
    unread: tuple[int, int]

    @property
    def same(self) -> bool:
        """Whether nothing differs of what could be read."""
        return not self.changes and not self.boxes and all(pair.one and pair.other for pair in self.pages)


def compare(corpus: Corpus, one: str, other: str, audience: Audience = EVERYTHING) -> Versions:
    """Compare two documents, by their ids: the first is the version before.

    Raises:
        NotFound: the audience may not see one of them.
    """
    seen = listings(corpus.store, audience)
    for each in (one, other):
        if each not in seen:
            raise NotFound(f"There is no document {each[:12]}; gongmun status --files lists them all.")
    ours, theirs = corpus.store.pages(one), corpus.store.pages(other)
    pairs, changes, boxes = differences(ours, theirs)
    unread = tuple(sum(page.state not in (State.SEARCHABLE, State.OCR) for page in pages) for pages in (ours, theirs))
    return Versions(seen[one], seen[other], likeness(ours, theirs), pairs, changes, boxes, (unread[0], unread[1]))


def differences(
    ours: Sequence[Page], theirs: Sequence[Page]
) -> tuple[tuple[PagePair, ...], tuple[Change, ...], tuple[BoxChange, ...]]:
    """Return how the pages of two versions pair up, which words differ and which black boxes do."""
    bodies = [[tokens(page, False) for page in pages] for pages in (ours, theirs)]
    margins = [[tokens(page, True) for page in pages] for pages in (ours, theirs)]
    pairs = paired(*([[token.key for token in page] for page in side] for side in bodies))
    changes: list[Change] = []
    moves: Moves = {}
    for parts in (bodies, margins):
        for mine, its in _stretches(pairs, parts[0], parts[1]):
            blocks = matched([each.key for each in mine], [each.key for each in its])
            for a, b, length in blocks:
                moves.update(zip((_place(t) for t in mine[a : a + length]), its[b : b + length], strict=True))
            changes += _changes(mine, its, blocks, ours, theirs, margin=parts is margins)
    order = {(side, i if side == 0 else j): at for at, (i, j) in enumerate(pairs) for side in (0, 1)}
    changes.sort(key=lambda change: _where(change, order, ours, theirs))
    made = tuple(
        PagePair(
            ours[i] if i is not None else None,
            theirs[j] if j is not None else None,
            i is not None and j is not None and all(_same(part[0][i], part[1][j]) for part in (bodies, margins)),
        )
        for i, j in pairs
    )
    partners = [(ours[i], theirs[j]) for i, j in pairs if i is not None and j is not None]
    return made, tuple(changes), tuple(box_changes(partners, ours, theirs, moves))


def _where(
    change: Change, order: Mapping[tuple[int, int | None], int], ours: Sequence[Page], theirs: Sequence[Page]
) -> tuple[int, bool, int]:
    """Return what changes are put in order by: pages, then running text before margins, then the place."""
    for side, passage, pages in ((0, change.before.passage, ours), (1, change.after.passage, theirs)):
        if passage:
            at = next(place for place, page in enumerate(pages) if page.number == passage[0].page)
            return order[side, at], change.margin, passage[0].start
    return 0, change.margin, 0


def _same(mine: Sequence[Token], its: Sequence[Token]) -> bool:
    return [each.key for each in mine] == [each.key for each in its]


def _place(token: Token) -> tuple[int, int]:
    return token.page, token.start


def _stretches(
    pairs: Sequence[Pair], ours: Sequence[list[Token]], theirs: Sequence[list[Token]]
) -> Iterator[tuple[list[Token], list[Token]]]:
    """Yield the words of pages to be compared at once: all between two pages without difference, if not too many."""
    mine: list[Token] = []
    its: list[Token] = []
    for i, j in pairs:
        a, b = ours[i] if i is not None else [], theirs[j] if j is not None else []
        alone = i is not None and j is not None and _same(a, b) and bool(a)
        if (alone or (len(mine) + len(a)) * (len(its) + len(b)) > _CELLS) and (mine or its):
            yield mine, its
            mine, its = [], []
        if alone:
            yield a, b
        else:
            mine, its = mine + a, its + b
    if mine or its:
        yield mine, its


def _changes(
    mine: Sequence[Token],
    its: Sequence[Token],
    blocks: Sequence[tuple[int, int, int]],
    ours: Sequence[Page],
    theirs: Sequence[Page],
    margin: bool,
) -> Iterator[Change]:
    """Yield what stands between blocks of words that both versions have."""
    a = b = 0
    for start, its_start, length in [*blocks, (len(mine), len(its), 0)]:
        if start > a or its_start > b:
            before, after = _side(mine, a, start, ours), _side(its, b, its_start, theirs)
            yield Change(_kind(mine[a:start], its[b:its_start], before, after), before, after, margin)
        a, b = start + length, its_start + length


def _side(words: Sequence[Token], start: int, end: int, pages: Sequence[Page]) -> Side:
    found = words[start:end]
    if not found:
        if not words:
            return Side((), "", ())
        at = words[start - 1] if start else words[0]
        place = at.end if start else at.start
        return Side((PageSpan(at.page, place, place),), "", ())
    by_number = {page.number: page for page in pages if found[0].page <= page.number <= found[-1].page}
    passage: list[PageSpan] = []
    figures: list[str] = []
    for number in dict.fromkeys(token.page for token in found):
        here = [token for token in found if token.page == number]
        passage.append(PageSpan(number, here[0].start, here[-1].end))
        text = by_number[number].visible
        for a, z in _figures(text):
            near = a < here[-1].end and here[0].start < z
            if near and any(a < token.end and token.start < z for token in here):
                figures.append(" ".join(text[a:z].split()))
    return Side(tuple(passage), " ".join(token.shown for token in found), tuple(figures))


_RECOGNISED: dict[str, tuple[tuple[int, int], ...]] = {}


def _figures(text: str) -> tuple[tuple[int, int], ...]:
    """Return where figures and mentions of dates stand in a text; the last texts are remembered."""
    if text not in _RECOGNISED:
        if len(_RECOGNISED) > 8:
            _RECOGNISED.clear()
        numbers, dates = read(text)
        found = [(each.start, each.end) for each in numbers] + [(each.start, each.end) for each in dates]
        _RECOGNISED[text] = tuple(sorted(found))
    return _RECOGNISED[text]


def _kind(mine: Sequence[Token], its: Sequence[Token], before: Side, after: Side) -> ChangeKind:
    covered, covers = (sum(map(len, _MASK.findall(side.text))) for side in (before, after))
    if covered > covers and _speaks(after.text):
        return ChangeKind.UNMASKED
    if covers > covered and _speaks(before.text):
        return ChangeKind.MASKED
    digits = [_digits(side.text) for side in (before, after)]
    if "".join(each.key for each in mine) == "".join(each.key for each in its) and digits[0] == digits[1]:
        return ChangeKind.SPACING
    differ = Counter(before.figures) != Counter(after.figures) or digits[0] != digits[1]
    return ChangeKind.FIGURE if differ else ChangeKind.WORDS


def _speaks(text: str) -> bool:
    return any(sign.isalnum() for sign in _MASK.sub("", text))


def _digits(text: str) -> list[str]:
    return "".join(sign if sign.isdigit() else " " for sign in text).split()
