"""Hits of a search on a terminal, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import TYPE_CHECKING

from corpus.model import State
from ui.cli import wording
from ui.cli.lookup import SHORT_ID
from ui.cli.sheets import inert_cell
from ui.cli.terminal import headed, line, marked

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.model import Coverage
    from search.results import Hit, Results

INDENT = 4
_FACET_VALUES = 6
_NOT_ALL = "No page has all the words; these have some:"
_ONLY_SOME = "These have only some of the words:"


def show_results(results: Results, offset: int, console: Console) -> None:
    """Print hits, counts, facets, and what could not be searched."""
    said = False
    for place, hit in enumerate(results, start=offset + 1):
        if hit.partial and not said:
            said = True
            line(console, (_ONLY_SOME if results.total else _NOT_ALL, "yellow"))
            console.print()
        show_hit(place, hit, console)
        console.print()
    line(console, *_totals(results, offset))
    show_facets(results.facets, results.partial_facets, console)
    show_gaps(results.coverage, results.behind, console)


def show_hit(place: int, hit: Hit, console: Console) -> None:
    """Print one hit: title and page, where it is from, the passage."""
    listing, page = hit.document, hit.page
    headed(console, number(place), (listing.title, "bold"), f", {wording.unit(page)}")
    about = [wording.origin(listing), wording.basis(page.basis, page.confidence), listing.document.id[:SHORT_ID]]
    line(console, (" · ".join(part for part in about if part), "dim"), indent=INDENT)
    if hit.missing:
        line(console, (f"without: {' · '.join(hit.missing)}", "yellow"), indent=INDENT)
    console.print(_passage(hit, console))


def number(place: int) -> str:
    """Return what stands before a hit."""
    return f"{place}.".ljust(INDENT - 1) + " "


def _passage(hit: Hit, console: Console) -> object:
    from rich.padding import Padding

    snippet = hit.snippet
    more = snippet.start + len(snippet.text) < len(hit.page.text.rstrip())
    spans = [(span.start, span.end) for span in snippet.marks]
    made = marked(snippet.text, spans, console)
    if snippet.start:
        made = type(made)("… ") + made
    return Padding(made + (" …" if more else ""), (0, 0, 0, INDENT), expand=False)


def _totals(results: Results, offset: int) -> list[tuple[str, str] | str]:
    said = f"{wording.count(results.total, 'page')} in {wording.count(results.documents, 'document')}"
    if results.partial:
        said += f"; {wording.count(results.partial, 'page')} more with some of the words"
    shown, all_ = len(results), results.total + results.partial
    if shown and shown < all_:
        said += f", {offset + 1:,} to {offset + shown:,} shown"
        if offset + shown < all_:
            said += f" (more: --offset {offset + shown})"
    elif not shown and offset:
        said += f", none from {offset + 1:,} on"
    return [(said, "bold"), (f"  {results.took_ms:,.0f} ms", "dim")]


def show_facets(
    facets: Mapping[str, Mapping[str, int]], partial: Mapping[str, Mapping[str, int]], console: Console
) -> None:
    """Print how many pages there are of each agency, release, year and kind; those with some of the words apart."""
    for name, values in facets.items():
        some = partial.get(name, {})
        every = list(dict.fromkeys([*values, *some]))
        if every:
            parts = [f"{value} {_counted(values.get(value, 0), some.get(value, 0))}" for value in every[:_FACET_VALUES]]
            more = len(every) - _FACET_VALUES
            line(console, (f"{name:<8}", "dim"), " · ".join(parts) + (f" · {more} more" if more > 0 else ""))


def _counted(number: int, some: int) -> str:
    return f"{number:,} (+{some:,} in part)" if some else f"{number:,}"


def show_gaps(coverage: Coverage, behind: int, console: Console) -> None:
    """Say what could not be searched, if anything."""
    said = gaps(coverage)
    if said:
        line(console, (f"{said} could not be searched: gongmun status", "yellow"))
    if behind:
        changed = (
            f"{wording.count(behind, 'document')} changed since the index was written, and a search does not see that"
        )
        line(console, (f"{changed} yet; wait for the ingest to end, or: gongmun reindex", "yellow"))


def gaps(coverage: Coverage) -> str:
    """Return "13 of 881 pages and 2 files", or "" where everything can be searched."""
    missing = coverage.total - coverage.searchable
    parts = [f"{missing:,} of {wording.count(coverage.total, 'page')}"] if missing else []
    if coverage.unread_files:
        parts.append(wording.count(coverage.unread_files, "file"))
    return " and ".join(parts)


def in_part(coverage: Coverage) -> str:
    """Return "50 of 881 pages only in part", or "" where no page is."""
    pages = sum(n for (state, _), n in coverage.pages.items() if state is State.IN_PART)
    return f"{pages:,} of {wording.count(coverage.total, 'page')} only in part" if pages else ""


def show_nothing(query: str, coverage: Coverage, console: Console, undone: bool = False) -> None:
    """Say that nothing was found, and what to try; `undone` where not all pages could be looked through."""
    part = in_part(coverage)
    searched = wording.count(coverage.searchable, "page") + (f", {part}: gongmun status" if part else "")
    if undone:
        line(console, ("Nothing found in what could be looked through in time.", "bold"))
        return
    line(console, ("Nothing found. ", "bold"), f"Searched: {searched}.")
    if not coverage.total:
        line(console, "- There is nothing here yet: gongmun ingest FOLDER takes papers in.", indent=2)
        return
    for hint in _hints(query):
        line(console, f"- {hint}", indent=2)


def _hints(query: str) -> list[str]:
    from search.query import Expression, Gapped, Near, Phrase, Word, parse, positive_leaves, unparse

    leaves = positive_leaves(parse(query))
    rest = query
    for leaf in leaves:
        rest = rest.replace(unparse(leaf), "")
    hints = []
    if any(isinstance(leaf, Phrase) for leaf in leaves):
        hints.append(
            "Leave the quotation marks out: the words may stand in another order, or with others between them."
        )
    if any(isinstance(leaf, Gapped | Near) for leaf in leaves):
        hints.append('Let the words stand farther apart: "… * * …", "…"~50.')
    if any(isinstance(leaf, Expression) for leaf in leaves):
        hints.append(
            "In /…/ capital and small letters differ ((?i) makes them the same), and a line end is \\s, not a blank."
        )
    if any(isinstance(leaf, Word) and leaf.exact for leaf in leaves):
        hints.append("Leave = out: a word is then found in capital and small letters and in its inflections.")
    if len(leaves) > 1:
        hints.append("Use fewer words: all of them must stand on one page (scope:document: anywhere in one document).")
        hints.append("Write OR between words of like meaning: 안면인식 OR 얼굴인식.")
    if any(isinstance(leaf, Word) and len(leaf.text) > 4 and not leaf.text.isascii() for leaf in leaves):
        hints.append("Use a shorter word: 안면인식 also finds 안면인식시스템을, but not the other way round.")
    if ":" in rest or "-" in rest:
        hints.append("Leave out what narrows the search (title:, agency:, date:, -word).")
    return hints or ["Try another word, or a part of it; docs/query-language.md has the whole language."]


# -- CSV

COLUMNS = (
    "document",
    "title",
    "file",
    "page",
    "label",
    "unit",
    "agency",
    "date",
    "releases",
    "basis",
    "score",
    "snippet",
)


def csv_text(results: Results) -> str:
    """Return the hits as CSV in which no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for hit in results:
        writer.writerow([inert_cell(value, lines=False) for value in _row(hit)])
    return made.getvalue()


def _row(hit: Hit) -> list[str]:
    listing, page = hit.document, hit.page
    return [
        listing.document.id,
        listing.title,
        listing.files[0].rpartition("/")[2],
        str(page.number) if page.kind.value == "page" else "",
        page.label or "",
        wording.unit(page),
        "; ".join(listing.agencies),
        listing.date or "",
        "; ".join(listing.releases),
        page.basis.value,
        f"{hit.score:.4f}",
        hit.snippet.text,
    ]
