"""When the index is written during an ingest, and up to which change it then has everything."""

from __future__ import annotations

import time

from corpus import Corpus
from corpus.failpoints import failpoint
from search.analysis import Entry
from search.index import Index
from search.indexes import catch_up

_COMMIT_PAGES = 2500


class Indexing:
    """The index's side of an ingest: takes the entries of papers as they are read, and commits now and then."""

    def __init__(self, corpus: Corpus, index: Index) -> None:
        self.corpus, self.index = corpus, index
        self.waiting = 0  # pages put and not committed
        self.last_change = self.complete_to = index.state().change  # our last change; the last the index has all up to
        self.began = self.committed_at = time.monotonic()

    def put(self, document: str, entries: list[Entry]) -> None:
        """Hand over the entries of all pages of a document."""
        self.index.put_pages(document, entries)
        self.waiting += max(1, len(entries))

    def leave(self, pages: int) -> None:
        """Leave the document of the last change to the next commit, which takes it from the store."""
        self.complete_to = min(self.complete_to, self.last_change - 1)
        self.waiting += pages

    def changed(self, number: int) -> None:
        """Note a change of ours; a number left out was another process's change, which the index has not taken in."""
        if number == self.last_change + 1 and self.complete_to == self.last_change:
            self.complete_to = number
        self.last_change = number

    def commit_if_due(self) -> None:
        waited = time.monotonic() - self.committed_at
        if self.waiting >= _COMMIT_PAGES or (self.waiting > 0 and waited > self._patience()):
            self.commit()

    def _patience(self) -> float:
        """Return how long pages may wait for a commit, in seconds: the first not at all, later ones ever longer."""
        since = time.monotonic() - self.began
        return 0.0 if self.committed_at == self.began else min(20.0, 5.0 + since / 4)

    def commit(self) -> None:
        """Write the index; what it has not been given (long papers, changes of others) it takes from the store."""
        failpoint("between catalogue and index")
        self.index.commit(self.complete_to)
        if self.complete_to < self.last_change:
            catch_up(self.corpus, self.index)
            self.last_change = self.complete_to = self.index.state().change
        self.waiting, self.committed_at = 0, time.monotonic()
