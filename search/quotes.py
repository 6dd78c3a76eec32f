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
from corpus.folding import Folded, canonical, squashed
from corpus.model import Basis, Page, PageSpan, Passage
from corpus.store import PageKey, Store
from search.analysis import JOINT, body_length, reading
from search.grading import PAGE_END, Difference, Grade, aligned, grade
from search.index import Index

MAX_LENGTH = 20_000
_CHECKED = 2000  # candidates read for one quotation; more than that is a common word, not a quotation


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


def places(sought: Sought, index: Index, store: Store, allowed: frozenset[str] | None, limit: int) -> list[Place]:
    """Return where a quotation stands, best grades first, then in order of documents; at most `limit`."""
    found: list[Place] = []
    for _, pages in _candidates(sought, index, store, allowed):
        found += on_page(sought, pages)
        if sum(place.grade is Grade.EXACT for place in found) >= limit:
            break
    found.sort(key=lambda place: (place.grade, place.document, place.passage))
    return found[:limit]


def pages_with(sought: Sought, index: Index, store: Store, allowed: frozenset[str] | None) -> frozenset[PageKey]:
    """Return the pages on which a phrase begins, altered ones left out: what a phrase in a query matches."""
    return frozenset(
        key
        for key, pages in _candidates(sought, index, store, allowed, every=True)
        if any(place.grade < Grade.ALTERED for place in on_page(sought, pages))
    )


def on_page(sought: Sought, pages: Sequence[Page]) -> list[Place]:
    """Return where a quotation stands on the first of some consecutive pages, or begins there."""
    page = pages[0]
    found = [_place(sought, page, stretch, at) for stretch, at in _occurrences(sought, pages)]
    return [place for place in found if place is not None]


def _occurrences(sought: Sought, pages: Sequence[Page]) -> Iterator[tuple[tuple[Stretch, Folded], int]]:
    wanted = sought.squashed.text
    whole = Stretch.of_page(pages[0])
    its = squashed(whole.text)
    for at in _all(wanted, its.text):
        yield (whole, its), at
    if len(pages) == 1:
        return
    run = Stretch.of_bodies(pages)
    its = squashed(run.text)
    ends = sum(1 for start in its.starts if run.pages[start] == pages[0].number)
    for at in _all(wanted, its.text):
        if at < ends < at + len(wanted):
            yield (run, its), at


def _all(wanted: str, text: str) -> Iterator[int]:
    at = text.find(wanted)
    while at >= 0:
        yield at
        at = text.find(wanted, at + 1)


def _place(sought: Sought, page: Page, where: tuple[Stretch, Folded], at: int) -> Place | None:
    stretch, its = where
    last = at + len(sought.squashed.text) - 1
    if _cuts(its, at) or _cuts(its, last + 1):
        return None
    start, end = its.starts[at], its.ends[last]
    differences = aligned(sought.text, sought.squashed, stretch.text, its, at, sought.any_case)
    passage = stretch.passage(start, end)
    return Place(
        document=page.document,
        passage=passage,
        text=stretch.text[start:end].replace(PAGE_END, "\n"),
        grade=grade(differences),
        basis=page.basis,
        confidence=page.confidence,
        differences=tuple(differences),
    )


def _cuts(its: Folded, at: int) -> bool:
    """Whether a place in squashed text lies inside one sign of the source, such as before the 2 of ㎡."""
    return 0 < at < len(its.starts) and its.starts[at] == its.starts[at - 1]


def _candidates(
    sought: Sought, index: Index, store: Store, allowed: frozenset[str] | None, every: bool = False
) -> Iterator[tuple[PageKey, list[Page]]]:
    """Yield the pages a quotation may begin on, each with as many of the following ones as it may run over."""
    wanted = sought.squashed.text
    changed = set(store.changed_since(index.state().change)[1])
    visible = store.visible() if allowed is None else allowed
    keys = [key for key in index.candidates(wanted[:JOINT], allowed) if key[0] not in changed and key[0] in visible]
    for key in keys if every else keys[:_CHECKED]:
        pages = _run(store, key, len(wanted))
        if pages:
            yield key, pages
    for document in sorted(changed & visible):
        for page in store.pages(document):
            yield (document, page.number), _run(store, (document, page.number), len(wanted))


def _run(store: Store, key: PageKey, letters: int) -> list[Page]:
    """Return a page and the following ones that a quotation of so many letters, begun on it, can reach."""
    document, number = key
    reach = 2 + letters // 400
    found = store.some_pages((document, n) for n in range(number, number + reach))
    pages = []
    for n in range(number, number + reach):
        if (document, n) not in found:
            break
        pages.append(found[document, n])
    return pages
