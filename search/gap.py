"""The gap: pages of documents that changed after the index was last written.

A quotation must be looked for there too, or "absent" would sometimes mean "not indexed yet". During an ingest the gap
holds thousands of pages, so the letters of each are kept from search to search and each page is read once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from corpus.folding import squash
from corpus.model import Page
from corpus.store import PageKey, Store
from search.analysis import body_length, reading


@dataclass(frozen=True, slots=True)
class Letters:
    """The letters and digits of a page in reading order; those of its running text are the first `body`."""

    number: int
    squashed: str
    body: int

    @classmethod
    def of(cls, page: Page) -> Letters:
        text = reading(page).text
        whole = squash(text)
        return cls(page.number, whole, len(whole) - len(squash(text[body_length(page) :])))

    def may_begin(self, wanted: str) -> bool:
        """Whether the running text ends as a quotation begins."""
        return ends_as_begins(self.squashed, self.body, wanted)


def ends_as_begins(letters: str, end: int, wanted: str) -> bool:
    """Whether the letters before `end` end as a quotation begins, which goes on after them."""
    least = max(0, end - len(wanted) + 1)
    at = letters.find(wanted[0], least, end)
    while at >= 0:
        if wanted.startswith(letters[at:end]):
            return True
        at = letters.find(wanted[0], at + 1, end)
    return False


@dataclass(slots=True)
class Gap:
    """The letters of the documents of the gap that were looked through so far."""

    _kept: dict[str, tuple[Letters, ...]] = field(default_factory=dict)

    def forget(self, documents: Iterable[str]) -> None:
        """Forget documents that the index has taken in meanwhile, or that changed again."""
        for document in documents:
            self._kept.pop(document, None)

    def held(self) -> frozenset[str]:
        return frozenset(self._kept)

    def candidates(self, wanted: str, documents: Iterable[str], store: Store) -> Iterator[PageKey]:
        """Yield the pages of documents on which squashed text stands or may begin, in order."""
        for document in documents:
            if document not in self._kept:
                self._kept[document] = tuple(map(Letters.of, store.pages(document)))
            for page in self._kept[document]:
                if wanted in page.squashed or page.may_begin(wanted):
                    yield document, page.number
