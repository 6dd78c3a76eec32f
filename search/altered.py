"""The nearest passage for a quotation that stands nowhere.

What is near enough is a definition, the same for every engine (docs/quotations.md). A passage counts when of the
quotation's letters and digits

- at least two in three stand there in the same order, words that merely changed places among them,
- one unbroken stretch of at least `unbroken(length)` stands there, and
- the passage has no more than one and a half times as many letters itself.

Pages to look at come from pieces of the quotation, through the index and the gap: long pieces first, since of two
halves one stands where a single change was made, then ever shorter and closer ones. A stretch of `unbroken(length)`
letters holds one of the last pieces whole, wherever it begins. Of the pages that share pieces, those with the most and
the rarest are read, `_READ` a round.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, log

from corpus.folding import Folded
from corpus.resting import basis_at
from corpus.store import PageKey
from search.grading import PAGE_END, Grade
from search.quotes import Field, Place, Sought
from search.stretches import Read, Stretch, squashed
from search.windows import ROOM, Window, window_of, word_spans
from search.wording import Sides, differences, parted

FEWEST_LETTERS = 12  # of a quotation that is looked for in all documents
STANDING = 2 / 3
_READ = 8  # pages a round, of a long quotation fewer: with its pieces, hardly any other page is as likely
_LONG_PIECE, _SHORT_PIECE, _PIECES = 32, 8, 16
_PAGE_LETTERS = 800  # about as many as a page has: how many pages a long quotation may run over
_WORD = 4  # letters more or less at an end of a passage, to come to a whole word
_MOST_NEAR = 5  # passages given that are as near as each other
_MOST_PLACES = 400  # in one text at which a passage is looked for


def unbroken(length: int) -> int:
    """Return how many letters of a quotation of that length must stand in one stretch for a passage to be near."""
    piece, step = _finest(length)
    return piece + step - 1


def is_near(window: Window, length: int) -> bool:
    """Whether a passage is near enough to a quotation of so many letters to be called what was altered."""
    return (
        window.standing >= STANDING * length - 1e-9
        and window.longest >= unbroken(length)
        and window.end - window.start <= ROOM * length
    )


def _finest(length: int) -> tuple[int, int]:
    """Return the length of the shortest pieces that are looked for, and from one to the next how far it is."""
    piece = min(_SHORT_PIECE, max(3 if length >= FEWEST_LETTERS else 2, length // 4))
    return piece, max(1, ceil((length - piece) / (_PIECES - 1)))


@dataclass(frozen=True, slots=True)
class Piece:
    """Some letters of a quotation, from `at` on."""

    at: int
    text: str


def rounds(wanted: str) -> Iterator[list[Piece]]:
    """Yield the pieces of squashed text that are looked for: halves, fifths, then short ones close to each other."""
    length = len(wanted)
    shortest, step = _finest(length)
    for parts in (2, 5):
        size = length // parts
        if size > shortest:
            yield [Piece(at, wanted[at : at + min(size, _LONG_PIECE)]) for at in range(0, size * parts, size)]
    last = max(0, length - shortest)
    yield [Piece(at, wanted[at : at + shortest]) for at in (*range(0, last, step), last)]


Choice = tuple[PageKey, bool]  # a page, and whether the following ones are read on with it


@dataclass(slots=True)
class Votes:
    """Which pages share which pieces, by bits, and what sharing one is worth: the rarer the more."""

    pages: int
    pieces: list[Piece] = field(default_factory=list)
    worth: list[float] = field(default_factory=list)
    of: dict[PageKey, int] = field(default_factory=dict)

    def add(self, piece: Piece, keys: Sequence[PageKey]) -> None:
        bit = 1 << len(self.pieces)
        self.pieces.append(piece)
        self.worth.append(log(1 + self.pages / (1 + len(keys))))
        for key in keys:
            self.of[key] = self.of.get(key, 0) | bit

    def shared(self, key: PageKey) -> list[Piece]:
        mask = self.of.get(key, 0)
        return [piece for at, piece in enumerate(self.pieces) if mask >> at & 1]

    def best(self, many: int, length: int, done: set[Choice]) -> list[Choice]:
        """Return the likeliest pages, those done left out: by themselves, or with the pages that follow."""
        known: dict[int, float] = {}

        def worth(mask: int) -> float:
            if mask not in known:
                known[mask] = sum(each for at, each in enumerate(self.worth) if mask >> at & 1)
            return known[mask]

        def choices() -> Iterator[tuple[float, Choice]]:
            for (document, number), mask in self.of.items():
                yield worth(mask), ((document, number), False)
                run = mask
                for more in range(1, 2 + length // _PAGE_LETTERS):
                    run |= self.of.get((document, number + more), 0)
                if run != mask:
                    yield worth(run), ((document, number), True)

        fresh = (choice for choice in choices() if choice[1] not in done)
        return [choice for _, choice in heapq.nsmallest(many, fresh, key=lambda each: (-each[0], each[1]))]


def nearest(sought: Sought, where: Field, limit: int, any_length: bool = False) -> list[Place]:
    """Return the nearest passage of a quotation that stands nowhere, or several that are as near; none if none is near.

    With `any_length`, as against one document, a short quotation is compared too.
    """
    wanted = sought.squashed.text
    if len(wanted) < FEWEST_LETTERS and not any_length:
        return []
    votes = Votes(max(1, where.index.state().pages))
    done: set[Choice] = set()
    found: list[Window] = []
    for pieces in rounds(wanted):
        for piece in pieces:
            votes.add(piece, where.pages_with(piece.text))
        choices = votes.best(max(2, min(_READ, 1600 // len(wanted))), len(wanted), done)
        read = {(each.page.document, each.page.number): each for each in where.read({key for key, _ in choices})}
        for key, further in choices:
            done.add((key, further))
            if key in read:
                found += _on(sought, where, read[key], further, votes)
        best = max((window.standing for window in found), default=0)
        if len(wanted) - best <= len(pieces):  # with fewer changes than pieces, one piece would have stood
            break
    return _places(sought, found, limit)


def _places(sought: Sought, found: Iterable[Window], limit: int) -> list[Place]:
    near = [window for window in found if is_near(window, len(sought.squashed.text))]
    best = max((window.score for window in near), default=0.0)
    made: list[Place] = []
    for window in sorted(near, key=lambda each: (-each.score, len(each.run))):
        if window.score < best - 1e-9 or len(made) == _MOST_NEAR:
            break
        place = _place(sought, window)
        if not any(_overlap(place, other) for other in made):
            made.append(place)
    return sorted(made, key=lambda place: (len(place.differences), place.document, place.passage))[:limit]


def _overlap(one: Place, other: Place) -> bool:
    return one.document == other.document and any(
        a.page == b.page and a.start < b.end and b.start < a.end for a in one.passage for b in other.passage
    )


def _on(sought: Sought, where: Field, read: Read, further: bool, votes: Votes) -> Iterator[Window]:
    """Yield the passages nearest to a quotation on a page, those that run over a page end among them."""
    wanted, (document, number) = sought.squashed.text, (read.page.document, read.page.number)
    if further:
        yield from _in(sought, where.following(read, len(wanted)), votes.pieces)
        return
    found = list(_in(sought, [read], votes.pieces))
    yield from found
    ends = [(window, len(wanted) - window.standing + _WORD) for window in found]
    over = any(abs(window.end - len(read.letters)) <= missing for window, missing in ends)
    if over or any(piece.text not in read.squashed for piece in votes.shared((document, number))):
        yield from _in(sought, where.following(read, len(wanted)), votes.pieces)
    if any(window.start <= missing for window, missing in ends):
        for before in where.read([(document, number - 1)]):
            yield from _in(sought, [before, *where.following(read, len(wanted))], votes.pieces)


def _in(sought: Sought, run: Sequence[Read], pieces: Sequence[Piece]) -> Iterator[Window]:
    letters = run[0].squashed if len(run) == 1 else "".join(read.letters for read in run)
    for low, high in _spots(sought.squashed.text, letters, pieces):
        for first, last in _parts(run):
            if max(low, first) < min(high, last):
                window = window_of(sought, run, letters, max(low, first), min(high, last))
                if window is not None:
                    yield window


def _parts(run: Sequence[Read]) -> list[tuple[int, int]]:
    """Return the spans of letters no passage runs out of: of one page its running text, and its heads and notes."""
    if len(run) > 1:
        return [(0, sum(len(read.letters) for read in run))]
    return [(0, len(run[0].letters)), (len(run[0].letters), len(run[0].squashed))]


def _spots(wanted: str, letters: str, pieces: Sequence[Piece]) -> list[tuple[int, int]]:
    """Return spans of letters around the places where pieces of a quotation stand, those with the most first."""
    slack = max(12, len(wanted) // 4)
    starts: list[tuple[int, int]] = []
    for piece in pieces:
        at = letters.find(piece.text)
        while at >= 0 and len(starts) < _MOST_PLACES:
            starts.append((at - piece.at, len(piece.text)))
            at = letters.find(piece.text, at + 1)
    starts.sort()
    groups: list[tuple[int, int, int]] = []  # weight, first start, last start
    for start, weight in starts:
        if groups and start - groups[-1][2] <= slack:
            groups[-1] = groups[-1][0] + weight, groups[-1][1], start
        else:
            groups.append((weight, start, start))
    best = heapq.nlargest(3, groups)
    return [(max(0, low - slack), min(len(letters), high + len(wanted) + slack)) for _, low, high in best]


def _place(sought: Sought, window: Window) -> Place:
    stretch = Stretch.of_page(window.run[0]) if len(window.run) == 1 else Stretch.of_bodies(window.run)
    whole = squashed(stretch.text)
    start, end = _to_words(window, stretch.text, whole, sought)
    its = Folded(whole.text[start:end], whole.starts[start:end], whole.ends[start:end])
    first, last = its.starts[0], its.ends[-1]
    passage = stretch.passage(first, last)
    page = next(read.page for read in window.run if read.page.number == passage[0].page)
    return Place(
        document=page.document,
        passage=passage,
        text=stretch.text[first:last].replace(PAGE_END, "\n"),
        grade=Grade.ALTERED,
        basis=basis_at(page, passage[0].start, passage[0].end),
        confidence=page.confidence,
        differences=tuple(differences(Sides(sought.text, sought.squashed, stretch.text, its))),
    )


def _to_words(window: Window, text: str, whole: Folded, sought: Sought) -> tuple[int, int]:
    """Widen a passage by the words that stand in place of those of the quotation which it lacks at either end."""
    start, end, length = window.start, window.end, len(sought.squashed.text)
    begins = {first for first, _ in word_spans(sought)} | {length}
    if window.head:
        inside = window.head not in begins
        words = sum(at in begins for at in range(window.head)) - inside
        start = _by_words(text, whole, start, -1, inside, words, window.head)
    if window.tail:
        inside = length - window.tail not in begins
        words = sum(at in begins for at in range(length - window.tail, length))
        end = _by_words(text, whole, end, 1, inside, words, window.tail)
    return start, end


def _by_words(text: str, whole: Folded, at: int, step: int, inside: bool, words: int, letters: int) -> int:
    """Return the letter to which a passage reaches, from `at` on or back: to its word's end, and so many words on.

    Where these have not about as many letters as there are to replace, so many letters on.
    """
    here, most = at, len(whole.text)
    while inside and not parted(text, whole, here):
        here += step
    for _ in range(words):
        here = min(max(here + step, 0), most)
        while not parted(text, whole, here):
            here += step
    return here if abs(here - at) <= letters + _WORD else min(max(at + step * letters, 0), most)
