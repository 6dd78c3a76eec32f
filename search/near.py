"""Words near each other: "가 * 나" (in this order, a gap between) and "가 나"~10 (in any order).

Distance is counted in words of the running text of one page: a word is what stands between blanks or line ends and has
a letter or digit, withheld text is none, running heads and page numbers are passed over. A word that is found takes up
every such word that it touches: 안면인식 in "안면 인식을" takes up two, and 을 is not a word between.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus.model import Page, Span
from search import snippets
from search.grading import Grade
from search.query_nodes import Gapped, Near
from search.quotes import Sought, on_page

GAP = 10  # words that one * stands for at most

_WORD, _LETTER = re.compile(r"\S+"), re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class _Found:
    """A place in a page's text, and the numbers of the words it touches, from `first` to `last`."""

    spans: tuple[Span, ...]
    first: int
    last: int
    what: int = 0


class _Words:
    """The words of a page's running text, counted."""

    def __init__(self, page: Page) -> None:
        self.heads = [Span(mark.start, mark.end) for mark in page.furniture]
        found = [word.span() for word in _WORD.finditer(page.visible) if _LETTER.search(word[0])]
        if self.heads:
            found = [word for word in found if not self.in_head(Span(*word))]
        self.starts, self.ends = [start for start, _ in found], [end for _, end in found]

    def in_head(self, span: Span) -> bool:
        return any(head.start < span.end and span.start < head.end for head in self.heads)

    def place(self, spans: tuple[Span, ...], what: int = 0) -> _Found | None:
        """Return the words that spans of the running text touch; None for spans elsewhere."""
        if not spans or any(map(self.in_head, spans)):
            return None
        first = bisect_right(self.ends, spans[0].start)
        last = bisect_left(self.starts, spans[-1].end) - 1
        return _Found(spans, first, last, what) if first <= last else None


def gapped_spans(page: Page, sought: Gapped) -> tuple[Span, ...]:
    """Return where the parts of a phrase with gaps stand on a page, as spans of its text in order; () if not all do."""
    words = _Words(page)
    chains: list[tuple[_Found, ...]] = []
    for number, part in enumerate(sought.parts):
        places = _phrase_places(page, part, words)
        if number == 0:
            chains = [(place,) for place in places]
        else:
            most = sought.stars[number - 1] * GAP
            chains = list(_longer(chains, places, most))
        if not chains:
            return ()
    return snippets.merged(sorted({span for chain in chains for place in chain for span in place.spans}))


def _phrase_places(page: Page, part: str, words: _Words) -> list[_Found]:
    """Return where a phrase stands on a page, as a search finds it: case aside, altered ones left out."""
    found = []
    for place in on_page(Sought.of(part, any_case=True), [page]):
        if place.grade < Grade.ALTERED:
            spans = tuple(Span(span.start, span.end) for span in place.passage)
            found.append(words.place(spans))
    return [place for place in found if place is not None]


def _longer(chains: Sequence[tuple[_Found, ...]], places: Sequence[_Found], most: int) -> Iterator[tuple[_Found, ...]]:
    """Yield each place behind the nearest chain that ends before it, at most so many words before."""
    ordered = sorted(chains, key=lambda chain: chain[-1].spans[-1].end)
    ends = [chain[-1].spans[-1].end for chain in ordered]
    for place in places:
        before = bisect_right(ends, place.spans[0].start)
        if before and place.first - ordered[before - 1][-1].last - 1 <= most:
            yield (*ordered[before - 1], place)


def near_spans(page: Page, sought: Near) -> tuple[Span, ...]:
    """Return where words stand near enough to all the others, as spans of a page's text in order; () if none do."""
    words = _Words(page)
    places: list[_Found] = []
    for number, standing in enumerate(snippets.places(page, sought.words)):
        found = (words.place((span,), number) for span in standing)
        mine = [place for place in found if place is not None]
        if not mine:
            return ()
        places += mine
    near: set[Span] = set()
    for stretch in _stretches(sorted(places, key=lambda place: (place.last, place.first)), len(sought.words)):
        if _further_words(stretch) <= sought.within:
            near.update(span for place in stretch for span in place.spans)
    return snippets.merged(sorted(near))


def _stretches(places: Iterable[_Found], number: int) -> Iterator[tuple[_Found, ...]]:
    """Yield, for every place that ends a stretch with all the words in it, the shortest such stretch."""
    latest: dict[int, _Found] = {}
    for place in places:
        kept = latest.get(place.what)
        if kept is None or place.first >= kept.first:
            latest[place.what] = place
        if len(latest) == number:
            yield tuple(latest.values())


def _further_words(stretch: Sequence[_Found]) -> int:
    """Return how many words stand in a stretch besides those sought."""
    taken = {number for place in stretch for number in range(place.first, place.last + 1)}
    return max(taken) - min(taken) + 1 - len(taken)
