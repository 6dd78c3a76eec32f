"""Exact passages: where does this stand, word for word?

Candidates come from the index, by squashed text; whether and how exactly a quotation stands there is decided on the
stored text alone (search/grading.py). Pages that changed after the index was last written are read themselves, so
that "absent" never means "not indexed yet".
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.errors import UsageError
from corpus.folding import Folded, canonical, squash, squashed
from corpus.model import Basis, Page, PageSpan, Passage
from corpus.store import PageKey, Store
from search.analysis import JOINT, body_length, reading
from search.grading import PAGE_END, Difference, Grade, aligned, grade
from search.index import Index
from search.query import Word

MAX_LENGTH = 20_000
_AT_ONCE = 50  # candidate pages read in one go


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
class Stretch:
    """Text of one page or of several that follow each other, with the page and offset of every code point."""

    text: str
    pages: Sequence[int]
    offsets: Sequence[int]

    @classmethod
    def of_page(cls, page: Page) -> Stretch:
        text = reading(page)
        return cls(text.text, array("L", [page.number]) * len(text.text), text.starts)

    @classmethod
    def of_bodies(cls, pages: Iterable[Page]) -> Stretch:
        """Join the running text of pages, a form feed between them."""
        text, numbers, offsets = [], array("L"), array("L")
        for page in pages:
            body = reading(page)
            length = body_length(page)
            text += [body.text[:length], PAGE_END]
            numbers.extend([page.number] * (length + 1))
            offsets.extend([*body.starts[:length], len(page.text)])
        return cls("".join(text), numbers, offsets)

    def passage(self, start: int, end: int) -> Passage:
        """Return the spans of a stretch's span, one for each run of offsets on one page."""
        spans: list[PageSpan] = []
        for at in range(start, end):
            if self.text[at] == PAGE_END:
                continue
            page, offset = self.pages[at], self.offsets[at]
            if spans and spans[-1].page == page and spans[-1].end == offset:
                spans[-1] = PageSpan(page, spans[-1].start, offset + 1)
            else:
                spans.append(PageSpan(page, offset, offset + 1))
        return tuple(spans)


@dataclass(frozen=True, slots=True)
class Field:
    """What quotations are looked for in: an index, the stored text behind it, and the documents that may be seen.

    `changed` are the documents the index does not know as they are now; their pages are read one and all.
    """

    index: Index
    store: Store
    visible: frozenset[str]
    changed: frozenset[str]

    def runs(self, sought: Sought, without: Word | None = None) -> Iterator[list[Page]]:
        """Yield each page a quotation may begin on, with as many of the following ones as it may run over."""
        wanted = sought.squashed.text
        keys = self.index.candidates(wanted[:JOINT], self.visible, without)
        yield from self._loaded([key for key in keys if key[0] not in self.changed], len(wanted))
        for document in sorted(self.changed & self.visible):
            pages = {(document, page.number): page for page in self.store.pages(document)}
            yield from (self._run(pages, *key, len(wanted)) for key in pages)

    def _loaded(self, keys: Sequence[PageKey], letters: int) -> Iterator[list[Page]]:
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            wanted = {key for document, n in some for key in ((document, n), (document, n + 1))}
            pages = self.store.some_pages(sorted(wanted), words=False)
            for document, number in some:
                if (document, number) in pages:
                    yield self._run(pages, document, number, letters)

    def _run(self, pages: dict[PageKey, Page], document: str, number: int, letters: int) -> list[Page]:
        run = [pages[document, number]]
        reached = 0
        while reached < letters:
            key = document, run[-1].number + 1
            following = pages.get(key) or self.store.some_pages([key], words=False).get(key)
            if following is None:
                break
            run.append(following)
            reached += len(squash(reading(following).text[: body_length(following)]))
        return run


def places(sought: Sought, field: Field, limit: int) -> list[Place]:
    """Return where a quotation stands, best grades first, then in order of documents; at most `limit`."""
    found: list[Place] = []
    for run in field.runs(sought):
        found += on_page(sought, run)
        if sum(place.grade is Grade.EXACT for place in found) >= limit:
            break
    found.sort(key=lambda place: (place.grade, place.document, place.passage))
    return found[:limit]


def pages_with(sought: Sought, field: Field, without: Word | None) -> frozenset[PageKey]:
    """Return the pages on which a phrase begins, altered ones left out, and those where `without` stands."""
    return frozenset(
        (run[0].document, run[0].number)
        for run in field.runs(sought, without)
        if any(place.grade < Grade.ALTERED for place in on_page(sought, run))
    )


def on_page(sought: Sought, run: Sequence[Page]) -> list[Place]:
    """Return where a quotation stands on the first of some consecutive pages, or begins there."""
    found = [_place(sought, run[0], stretch, its, at) for stretch, its, at in _occurrences(sought, run)]
    return [place for place in found if place is not None]


def _occurrences(sought: Sought, run: Sequence[Page]) -> Iterator[tuple[Stretch, Folded, int]]:
    wanted = sought.squashed.text
    if wanted in squash(reading(run[0]).text):
        whole = Stretch.of_page(run[0])
        its = squashed(whole.text)
        for at in _all(wanted, its.text):
            yield whole, its, at
    if _runs_over(wanted, run):
        joined = Stretch.of_bodies(run)
        its = squashed(joined.text)
        first = sum(joined.pages[start] == run[0].number for start in its.starts)
        for at in _all(wanted, its.text):
            if at < first < at + len(wanted):
                yield joined, its, at


def _runs_over(wanted: str, run: Sequence[Page]) -> bool:
    """Whether a quotation begins in the running text of the first page and ends in that of a later one."""
    if len(run) == 1 or len(wanted) == 1:
        return False
    first, *others = (squash(reading(page).text[: body_length(page)]) for page in run)
    return wanted in first[-(len(wanted) - 1) :] + "".join(others)[: len(wanted) - 1]


def _all(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _place(sought: Sought, page: Page, stretch: Stretch, its: Folded, at: int) -> Place | None:
    last = at + len(sought.squashed.text) - 1
    if _cuts(its, at) or _cuts(its, last + 1):
        return None
    start, end = its.starts[at], its.ends[last]
    differences = aligned(sought.text, sought.squashed, stretch.text, its, at, sought.any_case)
    return Place(
        document=page.document,
        passage=stretch.passage(start, end),
        text=stretch.text[start:end].replace(PAGE_END, "\n"),
        grade=grade(differences),
        basis=page.basis,
        confidence=page.confidence,
        differences=tuple(differences),
    )


def _cuts(its: Folded, at: int) -> bool:
    """Whether a place in squashed text lies inside one sign of the source, such as before the 2 of ㎡."""
    return 0 < at < len(its.starts) and its.starts[at] == its.starts[at - 1]
