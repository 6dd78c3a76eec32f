"""What all readers of one server share: the corpus, the searcher, the drawing of pages, the secret of its addresses."""

from __future__ import annotations

import atexit
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from corpus import Corpus
from corpus.model import Audience
from ingest.drawing import Drawing
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
    _drawing: Drawing | None = None
    _drawing_starts: threading.Lock = field(default_factory=threading.Lock)

    @classmethod
    def open(cls, folder: str) -> Room:
        """Open the reading room of the corpus in a folder.

        Raises:
            CorpusUnusable: there is none, or it cannot be used.
        """
        corpus = Corpus.open(folder)
        return cls(corpus, Signer(os.urandom(32)), Searcher(corpus))

    @property
    def audience(self) -> Audience:
        """Who is reading here."""
        return self._searcher.audience

    @property
    def drawing(self) -> Drawing:
        """The drawing of pages; its processes start when the first page is looked at."""
        with self._drawing_starts:
            if self._drawing is None:
                self._drawing = Drawing(self.corpus)
            return self._drawing

    def warm(self) -> None:
        """Start the processes that draw, so that the first page does not wait for them."""
        assert self.drawing is not None

    @contextmanager
    def searching(self) -> Iterator[Searcher]:
        """Take the searcher for a short while."""
        with self._turn:
            self._keep_up()
            yield self._searcher

    def edited(self) -> None:
        """Note that a text was changed here: the next search brings the index up to date without delay."""
        self._kept_up = 0.0

    def _keep_up(self) -> None:
        """Bring the index up to date with what people edited since; an ingest does so for itself."""
        late = self._searcher.index.state().change != self.corpus.store.last_change()
        if late and time.monotonic() - self._kept_up > _KEEP_UP_EVERY:
            keep_up(self.corpus)
            self._kept_up = time.monotonic()

    def close(self) -> None:
        with self._drawing_starts:
            if self._drawing is not None:
                self._drawing.close()
        self._searcher.close()
        self.corpus.close()


_rooms: dict[str, Room] = {}
_rooms_open = threading.Lock()


def room_of(folder: str) -> Room:
    """Return the one room of this process for a corpus folder: two would not honour each other's addresses."""
    with _rooms_open:
        if folder not in _rooms:
            _rooms[folder] = Room.open(folder)
            atexit.register(_rooms[folder].close)
        return _rooms[folder]


def room() -> Room:
    """Return the room of the corpus that the server was started with ($GONGMUN_CORPUS).

    Raises:
        CorpusUnusable: there is none, or it cannot be used.
    """
    return room_of(str(Corpus.find(None)))
