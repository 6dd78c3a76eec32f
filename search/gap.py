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
        most = min(len(wanted) - 1, self.body)
        return any(self.squashed.startswith(wanted[:length], self.body - length) for length in range(1, most + 1))


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
