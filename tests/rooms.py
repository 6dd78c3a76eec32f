"""A reading room for one test, closed when the test ends."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

import pytest

from corpus import Corpus
from ui.web import room as rooms


@contextmanager
def opened(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[rooms.Room]:
    """Open the room of a corpus, as the server would that was started on it.

    Processes that draw take `__main__` for the program; Streamlit's AppTest leaves one there whose file is gone.
    """
    monkeypatch.setitem(sys.modules, "__main__", ModuleType("__main__"))
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    room = rooms.room()
    try:
        yield room
    finally:
        atexit.unregister(room.close)
        rooms._rooms.pop(str(corpus.folder))
        room.close()
