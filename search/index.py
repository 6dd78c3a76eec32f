"""The Index protocol: what an engine must do, and what a query means to every one of them.

An engine gives ids, scores and counts; text, titles and dates are the store's. A leaf of a query matches a page so:

- A Korean word (`Word`) stands where its syllables follow each other, blanks between them ignored, anything around
  them allowed: 안면인식 is in "안면 인식과" and in "비안면인식", not where 안면 stands here and 인식 there.
- A Latin word is a whole word, or one of its inflections (search/english.py) unless `exact`.
- A number is that number, thousands separators aside: 5,764 is 5764; 764 is not in it; 1.7 is not 17.
- In a word made of several such parts the parts follow each other, with a sign between them where the word has one,
  and with nothing but blanks where it has none.
- A `Prefix` is a word whose last Latin word or number may go on.

The searcher turns phrases into `Pages` and fields into `Documents` before an engine sees the tree.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from corpus.store import PageKey
from search.analysis import Entry
from search.query import Node, Word


@dataclass(frozen=True, slots=True)
class Pages:
    """Exactly these pages; ranked by `words`, which do not narrow them."""

    keys: frozenset[PageKey]
    words: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Documents:
    """Every page of these documents; says nothing for ranking."""

    ids: frozenset[str]


Tree = Node | Pages | Documents


@dataclass(frozen=True, slots=True)
class RankedPage:
    """A page an engine found; scores compare within one result only."""

    document: str
    number: int
    score: float


@dataclass(frozen=True, slots=True)
class Ranked:
    """Some pages of a result, best first, and the exact number of all."""

    hits: tuple[RankedPage, ...]
    total: int
    documents: int


@dataclass(frozen=True, slots=True)
class IndexState:
    """What an index holds: the last change of the store it took in, and how many pages."""

    change: int
    pages: int
    documents: int
    analysis: str


class Index(Protocol):
    """An engine. `allowed` are the documents an audience may see, None for all; it narrows everything."""

    def put_pages(self, document: str, entries: Sequence[Entry]) -> None:
        """Take in a document's pages in place of those it had."""

    def delete(self, document: str) -> None:
        """Forget a document's pages."""

    def commit(self, change: int) -> None:
        """Make what was put findable, and remember the store's change it was up to."""

    def search(
        self,
        tree: Tree,
        allowed: frozenset[str] | None,
        order: Mapping[str, int] | None,
        after: RankedPage | None,
        limit: int,
        by: Tree | None = None,
    ) -> Ranked:
        """Return up to `limit` pages that follow `after`, by score or, with `order`, by its rank of their document.

        Scores are for the words of the tree itself, or for those of the tree `by`.
        """

    def facets(self, tree: Tree, allowed: frozenset[str] | None) -> Mapping[str, int]:
        """Return how many pages of each document match."""

    def candidates(self, squashed: str, allowed: frozenset[str] | None, without: Word | None = None) -> list[PageKey]:
        """Return the pages whose squashed text holds this, or on which a passage over the page end begins that does.

        Pages on which the word `without` stands are left out. Complete for up to `search.analysis.JOINT` characters;
        never a grade: the stored text decides.
        """

    def terms(self, prefix: str, limit: int) -> list[str]:
        """Return index terms that begin so, in order."""

    def frequency(self, term: str) -> int:
        """Return on how many pages a term stands."""

    def state(self) -> IndexState:
        """Return what the index holds."""

    def refresh(self) -> None:
        """See what was committed since, by this process or another."""

    def close(self) -> None:
        """Let go of files; what was not committed is forgotten."""
