"""Running an ingest with its progress, and telling what became of each file."""

from __future__ import annotations

import hashlib
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.advice import advice
from ui.cli.progress import Events, reading
from ui.cli.session import who
from ui.cli.shown_records import table
from ui.cli.terminal import line, out, say, text

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from ingest.outcomes import Outcome, Progress, Request

_LISTED = 20  # files named of each reason
_TURN_EVERY = 0.5  # seconds


def request_for(corpus: Corpus, name: str, received: str | None, about: Mapping[str, str | None]) -> Request:
    """Return the request for a release: the one of this name, or a new one whose id is made from it."""
    from corpus.listings import shown
    from corpus.model import Release
    from ingest.outcomes import Request

    plain = shown(unicodedata.normalize("NFC", name).strip())
    known = next((each.id for each in corpus.store.releases().values() if each.name == plain), None)
    key = known or hashlib.sha256(plain.encode()).hexdigest()[:16]
    release = Release(key, plain, **{field: shown(said) for field, said in about.items() if said})
    return Request(release, received, who())


@dataclass(frozen=True, slots=True)
class Manner:
    """How an ingest is done: `wait` until others have written, `events` for a program that watches."""

    workers: int | None = None
    passwords: Sequence[str] = ()
    retry: bool = False
    wait: bool = False
    events: Events = field(default_factory=Events)


def run(paths: Sequence[Path], corpus: Corpus, request: Request, manner: Manner) -> list[Outcome]:
    """Ingest with a progress bar; return what became of each file.

    Raises:
        CorpusLocked: another process writes to the corpus, and it is not to be waited for.
    """
    from corpus.errors import CorpusLocked

    said = ""
    while True:
        outcomes: list[Outcome] = []
        try:
            with reading() as tell:
                _run(paths, corpus, request, manner, tell, outcomes)
            return outcomes
        except CorpusLocked as error:
            if not manner.wait or outcomes:
                raise
            if str(error) != said:
                said = str(error)
                say(said)
                manner.events.tell("waiting", error=said)
        time.sleep(_TURN_EVERY)


def _run(
    paths: Sequence[Path],
    corpus: Corpus,
    request: Request,
    manner: Manner,
    tell: Callable[[Progress], None],
    outcomes: list[Outcome],
) -> None:
    from ingest import pipeline

    def report(now: Progress) -> None:
        tell(now)
        manner.events.progress(now)

    workers, passwords, retry = manner.workers, manner.passwords, manner.retry
    for outcome in pipeline.run(
        paths, corpus, request, workers=workers, passwords=passwords, retry=retry, progress=report
    ):
        manner.events.outcome(outcome)
        outcomes.append(outcome)


def run_and_show(paths: Sequence[Path], corpus: Corpus, request: Request, manner: Manner) -> list[Outcome]:
    """Ingest with a progress bar, and print the summary."""
    began = time.monotonic()
    outcomes = run(paths, corpus, request, manner)
    show_summary(request.release.name, outcomes, time.monotonic() - began, out())
    return outcomes


def failed(outcome: Outcome) -> bool:
    """Whether nothing of a file can be searched, be it new or met before."""
    return outcome.state is not None and outcome.state.value == "not searchable"


def show_summary(name: str, outcomes: list[Outcome], seconds: float, console: Console) -> None:
    """Print how many files came out how, and each that cannot be searched in full, with what to do."""
    fresh = sum(each.pages for each in outcomes if each.verdict.value == "new")
    rate = f", {fresh / max(seconds, 0.01):,.0f} pages/s" if fresh else ""
    files = wording.count(len(outcomes), "file")
    line(console, (name, "bold"), f": {files} in {seconds:,.1f} s{rate}")
    made = table("files", "pages", "", right=(0, 1))
    counts = Counter(_came_out(each) for each in outcomes)
    for said in dict.fromkeys(_came_out(each) for each in sorted(outcomes, key=lambda each: failed(each))):
        pages = sum(each.pages for each in outcomes if _came_out(each) == said)
        style = "red" if said == "not searchable" else "green" if said == "new" else ""
        made.add_row(f"{counts[said]:,}", f"{pages:,}", text((said, style)))
    console.print(made)
    show_troubles([each for each in outcomes if each.reason.value], console)


def _came_out(outcome: Outcome) -> str:
    return "not searchable" if failed(outcome) else outcome.verdict.value


def show_troubles(outcomes: list[Outcome], console: Console) -> None:
    """Print the files that cannot be searched in full by reason, with what to do about each reason."""
    groups: dict[tuple[str, str], list[Outcome]] = {}
    for outcome in sorted(outcomes, key=lambda each: (not failed(each), each.reason.value, each.source.relative)):
        state = outcome.state.value if outcome.state else outcome.verdict.value
        groups.setdefault((state, outcome.reason.value), []).append(outcome)
    for (state, reason), group in groups.items():
        console.print()
        style = "bold red" if failed(group[0]) else "bold yellow"
        line(console, (f"{state}, {reason}", style), f": {advice(reason)}")
        said = Counter(outcome.detail for outcome in group)
        for detail, files in said.items():
            if files > 1 and detail:
                line(console, (detail, "dim"), indent=2)
        for outcome in group[:_LISTED]:
            about = f"  {outcome.detail}" if said[outcome.detail] == 1 else ""
            line(console, outcome.source.relative, (about, "dim"), indent=4)
        if len(group) > _LISTED:
            line(console, f"and {len(group) - _LISTED} more: gongmun status", indent=4)


def show_news(corpus: Corpus) -> None:
    """Say for which saved searches something is new that nobody has looked at, if there are any saved searches."""
    from corpus.saved_searches import saved_searches

    if not saved_searches(corpus.store):
        return
    from search import Searcher
    from search.watch import news
    from ui.cli.shown_saved import show_after_ingest

    with Searcher(corpus) as searcher:
        show_after_ingest(news(searcher, limit=0), out())


def show_plan(paths: Sequence[Path], corpus: Corpus, request: Request) -> None:
    """Print what an ingest would do with each file."""
    from ingest import planning

    planned = planning.plan(paths, corpus, request)
    console = out()
    line(console, (request.release.name, "bold"), f": {wording.count(len(planned), 'file')}, nothing done yet")
    made = table("file", "size", "what would be done", right=(1,))
    for each in planned:
        made.add_row(text(each.source.relative), wording.size(each.source.size), each.action)
    console.print(made)
