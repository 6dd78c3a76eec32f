"""The wording of a pasted quotation against the paper's words at the place that its permanent form names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.citation import clean
from corpus.errors import UsageError
from corpus.folding import HYPHEN, squash, squashed
from corpus.model import Page, Passage
from corpus.verifying import words_at
from search.grading import Difference, Grade, aligned, grade
from search.kinds import Kind
from search.quotes import Place, Sought, on_page
from search.wording import Sides, differences

if TYPE_CHECKING:
    from corpus.store import Store

_MOST = 80  # characters shown of a stretch that differs


@dataclass(frozen=True, slots=True)
class Compared:
    """A quotation as the file has it, how exactly it has the paper's words, and where the two differ."""

    quoted: str
    grade: Grade
    differences: tuple[Difference, ...]

    @property
    def holds(self) -> bool:
        return self.grade < Grade.ALTERED


def compared(readings: Sequence[str], document: str, passage: Passage, store: Store) -> Compared:
    """Compare a quotation with a passage of the pages as now read; of its readings the one that fits best counts."""
    keys = [(document, number) for number in range(passage[0].page, passage[-1].page + 1)]
    pages = {number: page for (_, number), page in store.some_pages(keys, words=False).items()}
    words = words_at(passage, pages)
    graded = [_graded(each, words, passage, pages.values()) for each in readings]
    return min(graded, key=lambda each: (each.grade, abs(len(each.quoted) - len(words))))


def _graded(quote: str, words: str, passage: Passage, pages: Iterable[Page]) -> Compared:
    if quote in (words, clean(words)):
        return Compared(quote, Grade.EXACT, ())
    if not squash(quote) or not squash(words):
        return Compared(quote, Grade.ALTERED, (_difference(quote, words),))
    if squash(quote) != squash(words):
        found = differences(Sides(quote, squashed(quote), words, squashed(words)))
        return Compared(quote, Grade.ALTERED, tuple(each for each in found if each.grade))
    try:
        place = _place(quote, words, passage, pages)
    except UsageError:  # too long to be looked for
        place = None
    if place is None:
        return Compared(quote, Grade.ALTERED, (_difference(quote, words),))
    found = [*(each for each in place.differences if each.grade), *_outer(quote, words)]
    return Compared(quote, grade(found), tuple(found))


def _place(quote: str, words: str, passage: Passage, pages: Iterable[Page]) -> Place | None:
    """Grade a quotation where it stands; by the words alone if a running head is among them."""
    first, sought = passage[0], Sought.of(quote)
    here = [
        place
        for place in on_page(sought, pages)
        if place.passage[0].page == first.page
        and place.passage[0].start < first.end
        and first.start < max(span.end for span in place.passage if span.page == first.page)
    ]
    return min(here or on_page(sought, [Page("", 1, "", words)]), key=lambda place: place.grade, default=None)


def _outer(quote: str, words: str) -> list[Difference]:
    """Return how the signs before the first and after the last letter or digit differ.

    A quotation may leave them out, but one that was copied with its form has those of its passage.
    """
    mine, its = squashed(quote), squashed(words)
    ends = [
        (quote[: mine.ends[0]], words[: its.ends[0]]),
        (quote[mine.starts[-1] :], words[its.starts[-1] :]),
    ]
    return [_edge(ours, theirs) for ours, theirs in ends if _signs(ours) != _signs(theirs)]


def _edge(ours: str, theirs: str) -> Difference:
    # The other way round: whether the paper's signs say something that the quotation leaves out.
    mine, its = squashed(ours), squashed(theirs)
    worst = grade(aligned(theirs, its, ours, mine)) if mine.text == its.text else Grade.TYPOGRAPHY
    return Difference(max(worst, Grade.TYPOGRAPHY), ours, theirs)


def _signs(text: str) -> str:
    return "".join(sign for sign in text if not sign.isalnum() and not sign.isspace() and sign != HYPHEN)


def _difference(quote: str, words: str) -> Difference:
    """Return the one stretch in which two texts differ, whole words of it."""
    ours, its = quote.split(), clean(words).split()
    start = _common(ours, its)
    end = min(_common(ours[::-1], its[::-1]), len(ours) - start, len(its) - start)
    if start and not (ours[start : len(ours) - end] and its[start : len(its) - end]):
        start -= 1  # where one has nothing, the word before shows the place
    return Difference(
        Grade.ALTERED,
        _short(" ".join(ours[start : len(ours) - end])),
        _short(" ".join(its[start : len(its) - end])),
        Kind.WORD,
    )


def _common(one: list[str], other: list[str]) -> int:
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST // 2]} … {text[-_MOST // 2 :]}"
