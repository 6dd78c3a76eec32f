"""What all readers of one server share: the corpus, the searcher, the drawing of pages, the secret of its addresses."""

from __future__ import annotations

import atexit
import functools
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from corpus import Corpus
from search import Searcher
from search.indexes import keep_up
from ui.web.signing import Signer

_KEEP_UP_EVERY = 2.0  # seconds between attempts to bring the index up to date with edits


@dataclass(slots=True)
class Room:
    """One server's reading room. A Searcher serves one thread at a time, so readers take turns at it."""

    corpus: Corpus
    signer: Signer
    _searcher: Searcher
    _turn: threading.Lock = field(default_factory=threading.Lock)
    _kept_up: float = 0.0

    @classmethod
    def open(cls, folder: str) -> Room:
        """Open the reading room of the corpus in a folder.

        Raises:
            CorpusUnusable: there is none, or it cannot be used.
        """
        corpus = Corpus.open(folder)
        return cls(corpus, Signer(os.urandom(32)), Searcher(corpus))

    @contextmanager
    def searching(self) -> Iterator[Searcher]:
        """Take the searcher for a short while."""
        with self._turn:
            self._keep_up()
            yield self._searcher

    def _keep_up(self) -> None:
        """Bring the index up to date with what people edited since; an ingest does so for itself."""
        late = self._searcher.index.state().change != self.corpus.store.last_change()
        if late and time.monotonic() - self._kept_up > _KEEP_UP_EVERY:
            keep_up(self.corpus)
            self._kept_up = time.monotonic()

    def close(self) -> None:
        self._searcher.close()
        self.corpus.close()


@functools.cache
def room_of(folder: str) -> Room:
    """Return the one room of this process for a corpus folder."""
    room = Room.open(folder)
    atexit.register(room.close)
    return room


def room() -> Room:
    """Return the room of the corpus that the server was started with ($GONGMUN_CORPUS).

    Raises:
        CorpusUnusable: there is none, or it cannot be used.
    """
    return room_of(str(Corpus.find(None)))
