"""Pages in reading order: their letters, where a quotation's stand in them, and the offsets these come from.

What a quotation costs is made here, page by page, so nothing is worked out before it is asked for: most pages are read
to find one passage on them, and their letters as a whole are needed by few.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus import folding
from corpus.folding import Folded, folded, occurrences
from corpus.model import Page, PageSpan, Passage
from search.analysis import body_length, reading_spans, reading_text, squash_folded
from search.gap import ends_as_begins
from search.grading import PAGE_END

_BEGINNING = 8  # letters of a quotation that are looked for first; more take longer to make a pattern of
# Signs that folding leaves as they are but for capital letters; on most pages there are no others.
_EVERYDAY = re.compile("[\t\n -~가-힣一-鿿█‘’“”·「」『』○□※→–—]*")
_KEPT = re.compile(r"[^\W_]+")
_BLANKS = 3  # signs in which a letter stands, as a rule at most


@dataclass(slots=True)
class Read:
    """A page in reading order, the first `body` code points of its text being running text.

    `squashed` are the letters and digits of all of it, `letters` those of the running text.
    """

    page: Page
    text: str
    body: int
    _squashed: str | None = None
    _letters: str | None = None

    @classmethod
    def of(cls, page: Page) -> Read:
        return cls(page, reading_text(page), body_length(page))

    @property
    def squashed(self) -> str:
        if self._squashed is None:
            self._squashed = squash(self.text)
        return self._squashed

    @property
    def letters(self) -> str:
        if self._letters is None:
            whole = self.squashed
            self._letters = whole[: len(whole) - len(squash(self.text[self.body :]))]
        return self._letters

    def may_begin(self, wanted: str) -> bool:
        """Whether the running text ends as a quotation begins."""
        if self._letters is None and _BLANKS * len(wanted) < self.body:
            near = squash(self.text[self.body - _BLANKS * len(wanted) : self.body])
            if len(near) > len(wanted):  # else its first letter may be joined to what stands before
                return ends_as_begins(near, len(near), wanted)
        return ends_as_begins(self.letters, len(self.letters), wanted)


@dataclass(frozen=True, slots=True)
class Part:
    """Code points `[at, at + length)` of a stretch are those of a page from `offset` on."""

    at: int
    length: int
    page: int
    offset: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text of one page or of several that follow each other, and the parts it is made of, in order."""

    text: str
    parts: tuple[Part, ...]

    @classmethod
    def of_page(cls, read: Read) -> Stretch:
        return cls(read.text, tuple(_parts(read, 0, len(read.text))))

    @classmethod
    def of_bodies(cls, run: Iterable[Read]) -> Stretch:
        """Join the running text of pages, a form feed between them."""
        text: list[str] = []
        parts: list[Part] = []
        at = 0
        for read in run:
            text += [read.text[: read.body], PAGE_END]
            parts += _parts(read, at, read.body)
            at += read.body + 1
        return cls("".join(text), tuple(parts))

    def page_at(self, at: int) -> int:
        """Return the number of the page that a code point of the stretch stands on."""
        return self.parts[bisect_right(self.parts, at, key=lambda part: part.at) - 1].page

    def passage(self, start: int, end: int) -> Passage:
        """Return the spans of a stretch's span, one for each run of offsets on one page."""
        spans: list[PageSpan] = []
        for part in self.parts:
            first, last = max(start, part.at), min(end, part.at + part.length)
            if first < last:
                for a, b in _without_page_ends(self.text, first, last):
                    _add(spans, part.page, part.offset + a - part.at, part.offset + b - part.at)
        return tuple(spans)


def _parts(read: Read, at: int, most: int) -> Iterator[Part]:
    """Yield the parts of the first `most` code points of a page's text, which stand in a stretch from `at` on."""
    here = 0
    for start, end in reading_spans(read.page):
        length = min(end - start, most - here)
        if length > 0:
            yield Part(at + here, length, read.page.number, start)
        here += end - start


def _without_page_ends(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while (at := text.find(PAGE_END, start, end)) >= 0:
        if at > start:
            yield start, at
        start = at + 1
    if end > start:
        yield start, end


def _add(spans: list[PageSpan], page: int, start: int, end: int) -> None:
    if spans and spans[-1].page == page and spans[-1].end == start:
        spans[-1] = PageSpan(page, spans[-1].start, end)
    else:
        spans.append(PageSpan(page, start, end))


def squash(text: str) -> str:
    """Return what `corpus.folding.squash` does, of an everyday page several times faster."""
    plain = text.lower() if _EVERYDAY.fullmatch(text) else folded(text)
    return squash_folded("".join(plain.split()))


def squashed(text: str) -> Folded:
    """Return what `corpus.folding.squashed` does, of an everyday page several times faster."""
    if not _EVERYDAY.fullmatch(text):
        return folding.squashed(text)
    plain = text.lower()
    at = [each for run in _KEPT.finditer(plain) for each in range(*run.span())]
    return Folded(squash_folded("".join(plain.split())), at, [each + 1 for each in at])


def standing(wanted: str, text: str) -> Iterator[Folded]:
    """Yield what `corpus.folding.occurrences` does, of an everyday page several times faster."""
    if not _EVERYDAY.fullmatch(text):
        if _beginning(wanted[:_BEGINNING]).search(folded(text)):
            yield from occurrences(wanted, text)
        return
    plain, beginning = text.lower(), _beginning(wanted[:_BEGINNING])
    match = beginning.search(plain)
    while match:
        at = _letters_at(wanted, plain, match.start())
        if at:
            yield Folded(wanted, at, [each + 1 for each in at])
        match = beginning.search(plain, match.start() + 1)


@lru_cache(maxsize=64)  # asked of every page
def _beginning(letters: str) -> re.Pattern[str]:
    return re.compile(r"[\W_]*".join(map(re.escape, letters)))


def _letters_at(wanted: str, plain: str, start: int) -> list[int]:
    """Return the offsets of the letters of a quotation if they stand from there on; else nothing."""
    at: list[int] = []
    done, most = 0, len(wanted)
    for run in _KEPT.finditer(plain, start):
        first, last = run.span()
        last = min(last, first + most - done)
        if not wanted.startswith(plain[first:last], done):
            return []
        at.extend(range(first, last))
        done += last - first
        if done == most:
            return at
    return []
