"""Progress on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.terminal import err, say

if TYPE_CHECKING:
    from ingest.outcomes import Progress

Steps = Callable[[int, int], None]
_EVERY = 10.0  # seconds between two lines where there is no terminal


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
