"""Progress: on standard error, a bar on a terminal and a line now and then elsewhere; in a file for programs."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from ui.cli import STOPPED, wording
from ui.cli.terminal import err, say

if TYPE_CHECKING:
    from ingest.outcomes import Outcome, Progress

Steps = Callable[[int, int], None]
_EVERY = 10.0  # seconds between two lines where there is no terminal
_EVENT_EVERY = 0.3  # seconds between two events of progress
_LOOKED = 5.0  # seconds: whoever looks whether an ingest is alive holds its lock for an instant


@contextmanager
def steps(doing: str) -> Iterator[Steps]:
    """Give a function that is told how many of how many are done."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = err()
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@contextmanager
def reading() -> Iterator[Callable[[Progress], None]]:
    """Give a function that is told how far an ingest is."""
    console = err()
    if not console.is_terminal:
        yield _Lines().tell
        return
    from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[said]}", markup=False),
        BarColumn(bar_width=24),
        TimeRemainingColumn(compact=True),
        TextColumn("left"),
    )
    began = time.monotonic()
    with Bar(*columns, console=console, transient=True) as bar:
        task = bar.add_task("", total=None, said="Reading")
        yield lambda now: bar.update(task, completed=now.bytes, total=now.of_bytes or None, said=_said(now, began))


class _Lines:
    """Says how far an ingest is every ten seconds."""

    def __init__(self) -> None:
        self.began = self.last = time.monotonic()

    def tell(self, now: Progress) -> None:
        if time.monotonic() - self.last >= _EVERY:
            self.last = time.monotonic()
            say(_said(now, self.began))


def _said(now: Progress, began: float) -> str:
    rate = now.pages / max(time.monotonic() - began, 0.1)
    return f"{now.files:,}/{now.of_files:,} files · {wording.count(now.pages, 'page')} · {rate:,.0f} pages/s"


class Events:
    """Tells a watching program how an ingest goes: a JSON object a line (docs/json.md). Without a stream, nobody."""

    def __init__(self, stream: IO[str] | None = None) -> None:
        self.stream = stream
        self.last = 0.0

    def tell(self, event: str, **said: object) -> None:
        if self.stream is not None:
            self.stream.write(json.dumps({"event": event, "time": time.time(), **said}) + "\n")
            self.stream.flush()

    def progress(self, now: Progress) -> None:
        """Tell how far it is, now and then and at the last file."""
        if time.monotonic() - self.last >= _EVENT_EVERY or now.files == now.of_files:
            self.last = time.monotonic()
            counts = {"files": now.files, "of_files": now.of_files, "bytes": now.bytes, "of_bytes": now.of_bytes}
            self.tell("progress", **counts, pages=now.pages)

    def recognised(self, pages: int, of_pages: int) -> None:
        """Tell how many of the pages that are pictures have been read."""
        self.tell("recognised", pages=pages, of_pages=of_pages)

    def outcome(self, outcome: Outcome) -> None:
        """Tell what became of a file."""
        self.tell(
            "file",
            path=outcome.source.relative,
            document=outcome.document,
            verdict=outcome.verdict.value,
            state=outcome.state.value if outcome.state else None,
            reason=outcome.reason.value,
            detail=outcome.detail,
            pages=outcome.pages,
        )


@contextmanager
def watched(file: Path | None) -> Iterator[Events]:
    """Give what writes to a progress file, made anew; its end is told, and FILE.lock is held until then.

    So a program that can take the lock and finds no end knows that the process was killed.

    Raises:
        UsageError: another process writes its progress there.
    """
    if file is None:
        yield Events()
        return
    import filelock

    from corpus.errors import GongmunError, UsageError

    lock = filelock.FileLock(f"{file}.lock", timeout=_LOOKED)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise UsageError(f"Another ingest writes its progress to {file}; name another file.") from None
    with lock, file.open("w", encoding="utf-8") as stream:
        events = Events(stream)
        events.tell("begin", process=os.getpid())
        try:
            yield events
        except KeyboardInterrupt:
            events.tell("end", how="stopped", error=STOPPED)
            raise
        except Exception as error:
            said = str(error) if isinstance(error, GongmunError) else f"{type(error).__name__}: {error}"
            events.tell("end", how="failed", error=said)
            raise
        events.tell("end", how="done", error=None)
