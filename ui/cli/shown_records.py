"""The record on a terminal: coverage, documents, lists of files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.advice import advice
from ui.cli.lookup import SHORT_ID
from ui.cli.terminal import line, text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from corpus.model import Coverage, Listing, Occurrence, Page, Reason, State

_NAMES = 12  # columns of the names of facts
_REASONS = 18  # columns of the names of reasons
_MOST_FILES = 40
STATE_STYLES = {"searchable": "green", "not searchable": "red"}


def table(*headings: str, right: tuple[int, ...] = ()) -> Table:
    """Return an empty table with plain headings; columns named in `right` hold numbers."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    made = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for at, heading in enumerate(headings):
        made.add_column(heading, justify="right" if at in right else "left", overflow="fold", no_wrap=at in right)
    return made


def show_coverage(coverage: Coverage, out: Console) -> None:
    """Print pages and files by listed state, with what to do about each."""
    pages, files = wording.count(coverage.total, "page"), wording.count(sum(coverage.files.values()), "file")
    if coverage.whole:
        line(out, (f"{pages} in {files}", "bold"), ", all searchable." if coverage.total else ".")
        return
    line(out, (f"{pages} in {files}", "bold"), f"; {wording.count(coverage.searchable, 'page')} can be searched.")
    for thing, counts in (("pages", coverage.pages), ("files", coverage.files)):
        if counts:
            out.print()
            out.print(_states(thing, counts))
    reasons = {reason.value for _, reason in (*coverage.pages, *coverage.files)}
    show_advice(sorted(reason for reason in reasons if advice(reason)), out)


def show_advice(reasons: Iterable[str], out: Console) -> None:
    """Print what to do about each reason."""
    named = list(reasons)
    if not named:
        return
    out.print()
    line(out, ("What to do:", "bold"))
    for reason in named:
        _row(reason, advice(reason), out, _REASONS)


def _states(thing: str, counts: Mapping[tuple[State, Reason], int]) -> Table:
    made = table(thing, "state", "reason", right=(0,))
    for (state, reason), number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        style = STATE_STYLES.get(state.value, "yellow")
        made.add_row(f"{number:,}", text((state.value, style)), reason.value)
    return made


def show_files(listings: Iterable[Listing], every: bool, out: Console) -> None:
    """Print one line for each document; no more than fit a screen or two unless `every`."""
    made = table("id", "pages", "state", "title and file", right=(1,))
    ordered = sorted(listings, key=lambda each: each.files[0])
    for listing in ordered if every else ordered[:_MOST_FILES]:
        document = listing.document
        state = document.state.value + (f": {document.reason.value}" if document.reason.value else "")
        pages = "?" if document.pages is None else f"{document.pages:,}"
        styled = text((state, STATE_STYLES.get(document.state.value, "yellow")))
        made.add_row(document.id[:SHORT_ID], pages, styled, _named(listing))
    out.print(made)
    if not every and len(ordered) > _MOST_FILES:
        line(out, f"and {len(ordered) - _MOST_FILES:,} more: gongmun status --files")


def _named(listing: Listing) -> Text:
    """Return a title, and under it the file where that says more."""
    file = listing.files[0]
    if PurePosixPath(file).stem == listing.title:
        return text(file)
    return text(listing.title).append("\n").append(text((file, "dim")))


def show_document(
    listing: Listing, edited: Mapping[str, str], met: list[Occurrence], pages: list[Page], out: Console
) -> None:
    """Print what is known of a document: as found, as set, where it was met, how it was read."""
    document = listing.document
    line(out, (listing.title, "bold"))
    dated = f"{listing.date} ({listing.date_source})" if listing.date else None
    rows: list[tuple[str, str | None]] = [
        ("id", document.id),
        ("agency", ", ".join(listing.agencies)),
        ("date", dated),
        ("release", ", ".join(listing.releases)),
        ("notice", "; ".join(listing.notices)),
        ("type", f"{document.media_type}, {wording.size(document.size)}"),
        ("pages", _pages(document.pages, pages)),
        ("state", document.state.value + (f": {document.reason.value}" if document.reason.value else "")),
        ("", document.detail),
        *(("", said) for said in _pages_not_whole(pages)),
        ("to do", "; ".join(_to_do(document.reason.value, pages))),
        ("read by", ", ".join(dict.fromkeys(page.fingerprint for page in pages))),
        ("set by hand", ", ".join(f"{name}: {value}" for name, value in edited.items())),
    ]
    rows += [("met at", each.path + (" (removed)" if each.removed else "")) for each in met]
    rows += [("file says", f"{name}: {value}") for name, value in listing.facts.items()]
    for name, value in rows:
        if value:
            _row(name, value, out)


def _row(name: str, value: str, out: Console, width: int = _NAMES) -> None:
    """Print a name and its value, the value wrapped beside the name."""
    from rich.table import Table

    made = Table.grid(padding=(0, 1, 0, 0))
    made.add_column(min_width=width)
    made.add_row(text((name, "dim")), text(value))
    out.print(made)


def _pages(counted: int | None, pages: list[Page]) -> str:
    if counted is None:
        return "could not be counted"
    labels = [page.label for page in pages if page.label and page.label != str(page.number)]
    return f"{counted:,}" + (f" (printed {labels[0]} to {labels[-1]})" if len(labels) > 1 else "")


def _to_do(reason: str, pages: list[Page]) -> list[str]:
    """Return what to do about a document: about each reason of its pages, where it is listed for these."""
    reasons = dict.fromkeys(page.reason.value for page in pages) if reason == "some pages" else {reason: None}
    return [advice(each) for each in reasons if advice(each)]


def _pages_not_whole(pages: list[Page]) -> Iterator[str]:
    """Yield which pages cannot be searched in full, by state and reason."""
    groups: dict[tuple[str, str], list[int]] = {}
    for page in pages:
        if page.reason.value:
            groups.setdefault((page.state.value, page.reason.value), []).append(page.number)
    for (state, reason), numbers in groups.items():
        yield f"{state}, {reason}: p. {_runs(numbers)}"


def _runs(numbers: list[int]) -> str:
    """Return 1, 2, 3, 7 as "1-3, 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
