"""One writer at a time: an operating-system lock whose message names the holder."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import filelock

from corpus.errors import CorpusLocked
from corpus.model import now


@contextmanager
def only_writer(folder: Path, doing: str) -> Iterator[None]:
    """Hold the corpus's writer lock; the system releases it when the process dies.

    Raises:
        CorpusLocked: another process holds it.
    """
    holder = folder / "writer.txt"
    lock = filelock.FileLock(folder / "writer.lock", blocking=False)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise CorpusLocked(f"Another process writes to this corpus ({_said(holder)}); wait until it is done.") from None
    try:
        holder.write_text(f"{doing}, process {os.getpid()} on {socket.gethostname()} since {now()}", encoding="utf-8")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _said(holder: Path) -> str:
    try:
        return holder.read_text(encoding="utf-8")
    except OSError:
        return "it did not say what it does"
