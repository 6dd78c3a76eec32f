"""Exact passages: where does this stand, word for word?

Candidates come from the index, by squashed text; whether and how exactly a quotation stands there is decided on the
stored text alone (search/grading.py). Pages that changed after the index was last written are read themselves, so
that "absent" never means "not indexed yet".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.folding import Folded, canonical, squashed
from corpus.model import Basis, Page, Passage
from corpus.resting import basis_at
from corpus.store import PageKey, Store
from search.analysis import JOINT
from search.gap import Gap, ends_as_begins
from search.grading import PAGE_END, Difference, Grade, aligned, grade, reach
from search.index import Index
from search.query import Word
from search.stretches import Read, Stretch, standing

MAX_LENGTH = 20_000
_EDGE = 100  # code points beyond the letters of a quotation in which its outer signs may stand
_AT_ONCE = 20  # candidate pages read in one go
_LONG = 100  # letters from which on those of the whole page tell sooner that a quotation does not stand there


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quotation stands: its spans on one page or several, the text there, and how exactly it agrees."""

    document: str
    passage: Passage
    text: str
    grade: Grade
    basis: Basis
    confidence: float | None
    differences: tuple[Difference, ...]

    @property
    def page(self) -> int:
        return self.passage[0].page


@dataclass(frozen=True, slots=True)
class Sought:
    """A quotation ready to be looked for."""

    text: str
    squashed: Folded
    any_case: bool = False

    @classmethod
    def of(cls, text: str, any_case: bool = False) -> Sought:
        """Prepare a quotation.

        Raises:
            UsageError: it has no letter or digit, or is longer than MAX_LENGTH.
        """
        text = canonical(text)
        if len(text) > MAX_LENGTH:
            raise UsageError(f"The quotation has {len(text):,} characters; give at most {MAX_LENGTH:,}.")
        made = squashed(text)
        if not made.text:
            raise UsageError("The quotation has no letter and no digit; give the words to look for.")
        return cls(text, made, any_case)


@dataclass(frozen=True, slots=True)
class Field:
    """What quotations are looked for in: an index, the stored text behind it, and the documents that may be seen.

    `changed` are the documents the index does not know as they are now; `gap` looks through all their pages.
    """

    index: Index
    store: Store
    visible: frozenset[str]
    changed: frozenset[str]
    gap: Gap

    def runs(self, sought: Sought, without: Word | None = None, gap: bool = True) -> Iterator[list[Read]]:
        """Yield each page a quotation may begin on, with as many of the following ones as it may run over.

        With `gap`, those that the index does not know come last.
        """
        wanted = sought.squashed.text
        keys = self.index.candidates(wanted[:JOINT], self.visible, without)
        keys = [key for key in keys if key[0] not in self.changed]
        if gap:
            keys += self.gap.candidates(wanted, sorted(self.changed & self.visible), self.store)
        for start in range(0, len(keys), _AT_ONCE):
            pages = self.store.some_pages(keys[start : start + _AT_ONCE], words=False)
            yield from (self._run(page, wanted) for page in pages.values())

    def pages_with(self, piece: str) -> list[PageKey]:
        """Return the pages that some letters of a quotation stand on, or begin at the end of."""
        keys = [key for key in self.index.candidates(piece, self.visible) if key[0] not in self.changed]
        return keys + list(self.gap.candidates(piece, sorted(self.changed & self.visible), self.store))

    def read(self, keys: Iterable[PageKey]) -> list[Read]:
        """Read pages, those that are there and may be seen."""
        pages = self.store.some_pages((key for key in keys if key[0] in self.visible), words=False)
        return [Read.of(page) for page in pages.values()]

    def following(self, first: Read, letters: int) -> list[Read]:
        """Return a page with as many of the next ones as it takes for so many letters beyond it."""
        run = [first]
        while letters > 0 and (following := self._next(run[-1])):
            run.append(following)
            letters -= len(following.letters)
        return run

    def _run(self, page: Page, wanted: str) -> list[Read]:
        """Return a page with those that follow for as long as a quotation may go on over their ends."""
        run, further = [Read.of(page)], len(wanted)
        if not run[0].may_begin(wanted):
            return run
        letters = run[0].letters
        while further > 0 and ends_as_begins(letters, len(letters), wanted) and (following := self._next(run[-1])):
            run.append(following)
            letters += following.letters
            further -= len(following.letters)
        return run

    def _next(self, read: Read) -> Read | None:
        key = read.page.document, read.page.number + 1
        following = self.store.some_pages([key], words=False).get(key)
        return Read.of(following) if following is not None else None


def places(sought: Sought, field: Field, limit: int) -> list[Place]:
    """Return where a quotation stands, best grades first, then in order of documents; at most `limit`."""
    found: list[Place] = []
    for run in field.runs(sought):
        found += _on_first(sought, run)
        if sum(place.grade is Grade.EXACT for place in found) >= limit:
            break
    found.sort(key=lambda place: (place.grade, place.document, place.passage))
    return found[:limit]


def pages_with(sought: Sought, field: Field, without: Word | None) -> frozenset[PageKey]:
    """Return the pages on which a phrase begins, altered ones and those where `without` stands left out."""
    return frozenset(
        (run[0].page.document, run[0].page.number)
        for run in field.runs(sought, without, gap=False)
        if any(
            grade(_differences(sought, stretch, its)) < Grade.ALTERED
            for stretch, its in _occurrences(sought.squashed.text, run)
        )
    )


def on_page(sought: Sought, run: Iterable[Page]) -> list[Place]:
    """Return where a quotation stands on the first of some consecutive pages, or begins there.

    The others are asked for only where it may run over.
    """
    pages = iter(run)
    first = Read.of(next(pages))
    further = map(Read.of, pages) if first.may_begin(sought.squashed.text) else ()
    return list(_on_first(sought, [first, *further]))


def _on_first(sought: Sought, run: Sequence[Read]) -> Iterator[Place]:
    for stretch, its in _occurrences(sought.squashed.text, run):
        yield _place(sought, run[0].page, stretch, its)


def _occurrences(wanted: str, run: Sequence[Read]) -> Iterator[tuple[Stretch, Folded]]:
    first = run[0]
    whole: Stretch | None = None
    for its in standing(wanted, first.text) if len(wanted) < _LONG or wanted in first.squashed else ():
        whole = whole or Stretch.of_page(first)
        yield whole, its
    if _runs_over(wanted, run):
        joined = Stretch.of_bodies(run)
        for its in standing(wanted, joined.text):
            if joined.page_at(its.starts[0]) == first.page.number != joined.page_at(its.starts[-1]):
                yield joined, its


def _runs_over(wanted: str, run: Sequence[Read]) -> bool:
    """Whether a quotation begins in the running text of the first page and ends in that of a later one."""
    if len(run) == 1 or len(wanted) == 1:
        return False
    before, *after = (read.letters for read in run)
    return wanted in before[-(len(wanted) - 1) :] + "".join(after)[: len(wanted) - 1]


def _differences(sought: Sought, stretch: Stretch, its: Folded) -> list[Difference]:
    return aligned(sought.text, sought.squashed, stretch.text, its, sought.any_case)


def _place(sought: Sought, page: Page, stretch: Stretch, its: Folded) -> Place:
    start, end = its.starts[0], its.ends[-1]
    differences = _differences(sought, stretch, its)
    if before := sought.text[: sought.squashed.starts[0]]:
        start -= reach(before[::-1], stretch.text[max(0, start - _EDGE) : start][::-1])
    if after := sought.text[sought.squashed.ends[-1] :]:
        end += reach(after, stretch.text[end : end + _EDGE])
    passage = stretch.passage(start, end)
    return Place(
        document=page.document,
        passage=passage,
        text=stretch.text[start:end].replace(PAGE_END, "\n"),
        grade=grade(differences),
        basis=basis_at(page, passage[0].start, passage[0].end),
        confidence=page.confidence,
        differences=tuple(differences),
    )
