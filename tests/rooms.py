"""A reading room for one test, closed when the test ends."""

from __future__ import annotations

import atexit
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from corpus import Corpus
from ui.web import room as rooms


@contextmanager
def opened(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[rooms.Room]:
    """Open the room of a corpus, as the server would that was started on it."""
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    room = rooms.room()
    try:
        yield room
    finally:
        atexit.unregister(room.close)
        rooms._rooms.pop(str(corpus.folder))
        room.close()
