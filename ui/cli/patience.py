"""What a person sees while pages are looked through one by one, and what they are told of what was left undone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from ui.cli import progress
from ui.cli.terminal import err, say

if TYPE_CHECKING:
    from search.looking import Patience, Unfinished
    from search.results import Results
    from search.statements import Stated

_QUICK = 1.0  # seconds in which nothing needs to be said
_EVERY = 5.0  # seconds between two lines where there is no terminal


@contextmanager
def patience(seconds: float) -> Iterator[Patience]:
    """Give a searcher's patience that shows, on standard error, how many of how many pages were looked at."""
    from search.looking import Patience

    with ExitStack() as stack:
        yield Patience(seconds, _Told(stack).tell)


class _Told:
    """Tells how far it is: by a bar on a terminal, by a line now and then elsewhere; nothing of what is quick."""

    def __init__(self, stack: ExitStack) -> None:
        self.stack = stack
        self.steps: progress.Steps | None = None
        self.next = time.monotonic() + _QUICK

    def tell(self, done: int, total: int) -> None:
        if self.steps is not None:
            self.steps(done, total)
        elif time.monotonic() >= self.next and done < total:
            if err().is_terminal:
                self.steps = self.stack.enter_context(progress.steps("Looking at pages"))
            else:
                self.next = time.monotonic() + _EVERY
                say(f"{done:,} of {total:,} pages looked at")


def undone(results: Results | Stated) -> list[str]:
    """Return a sentence for each part of a query that not all pages could be looked through for."""
    return [sentence for each in results.unfinished for sentence in _undone(each)]


def _undone(part: Unfinished) -> Iterator[str]:
    from search.query import unparse

    typed = unparse(part.part)
    if part.done < part.pages:
        more = f"add words that narrow the search, or give more time: --seconds {max(1, round(part.seconds)) * 5}"
        yield f"{typed}: stopped after {part.seconds:.0f} s: {part.done:,} of {part.pages:,} pages looked at; {more}"
    if part.given_up:
        pages = f"{part.given_up:,} of them" if part.given_up > 1 else "one of them"
        yield f"{typed}: took too long on {pages}, so nothing is known of {pages}; write a simpler expression"
