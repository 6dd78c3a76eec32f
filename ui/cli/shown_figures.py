"""Statements of numbers on a terminal, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.figures import Figure, plain
from ui.cli import json_forms, wording
from ui.cli.lookup import SHORT_ID
from ui.cli.patience import undone as undone_parts
from ui.cli.sheets import inert_cell
from ui.cli.shown_hits import show_gaps
from ui.cli.terminal import headed, line, marked

if TYPE_CHECKING:
    from rich.console import Console

    from search.statements import Group, Stated, Statement

INDENT = 4
MOST_GROUPS, MOST_STATEMENTS = 12, 3  # shown unless all are asked for


def show(found: Stated, whole: bool, console: Console) -> None:
    """Print the groups of statements, each with its sentences: the first of them, or all where the `whole` is asked."""
    for place, group in enumerate(found.groups if whole else found.groups[:MOST_GROUPS], start=1):
        _show_group(place, group, found, whole, console)
        console.print()
    if not whole and len(found.groups) > MOST_GROUPS:
        line(console, f"{wording.count(len(found.groups) - MOST_GROUPS, 'value')} more: --all")
    if not found.groups:
        said = f"{wording.count(found.pages, 'page')} with the term" if found.pages else "no page with the term"
        line(console, ("No number stands in one sentence with it. ", "bold"), f"Found: {said}.")
    else:
        documents = len({each.document.document.id for group in found.groups for each in group.statements})
        said = f"{wording.count(found.total, 'statement')} in {wording.count(documents, 'document')}"
        line(console, f"{said}, {wording.count(len(found.groups), 'value')}")
    searched = found.coverage.searchable
    line(console, (f"Searched: {wording.count(searched, 'page')}, of which {found.pages:,} with the term.", "dim"))
    show_gaps(found.coverage, found.behind, console)


def _show_group(place: int, group: Group, found: Stated, whole: bool, console: Console) -> None:
    said = f"{wording.count(len(group.statements), 'statement')} in {wording.count(group.documents, 'document')}"
    headed(console, f"{place}.".ljust(INDENT), (_spellings(group), "bold"), f"  {said}")
    for near in group.near:
        other = _spellings(found.groups[near], most=1)
        line(console, (f"differs a little from {near + 1}: {other}", "yellow"), indent=INDENT)
    shown = group.statements if whole else _first(group)
    for statement in shown:
        about = f"{statement.document.title}, {wording.unit(statement.page)}"
        line(console, (f"{about} · {statement.document.document.id[:SHORT_ID]}", "dim"), indent=INDENT)
        _show_sentence(statement, console)
    if len(shown) < len(group.statements):
        line(console, f"{len(group.statements) - len(shown):,} more: --all", indent=INDENT)


def _first(group: Group) -> list[Statement]:
    """Return a few statements of a group, of different papers as far as there are."""
    papers: dict[str, Statement] = {}
    for statement in group.statements:
        papers.setdefault(statement.document.document.id, statement)
    return list(papers.values())[:MOST_STATEMENTS]


def _show_sentence(statement: Statement, console: Console) -> None:
    from rich.padding import Padding

    made = marked(statement.sentence, [statement.mark], console)
    if statement.before:
        line(console, (statement.before, "dim"), indent=INDENT + 2)
    if statement.head:
        line(console, (f"[{statement.head}]", "dim"), indent=INDENT + 2)
    console.print(Padding(made, (0, 0, 0, INDENT + 2), expand=False))


def _spellings(group: Group, most: int = 4) -> str:
    written = list(dict.fromkeys(_with_unit(each) for each in group.statements))
    return " = ".join(written[:most]) + (" …" if len(written) > most else "")


def _with_unit(statement: Statement) -> str:
    """Return a figure as it is written, with the unit that only the head of the table tells."""
    unit = statement.figure.unit
    bare = unit is not None and not any(sign.isalpha() or sign in "$%₩€" for sign in statement.written)
    return f"{statement.written} ({unit})" if bare else statement.written


def value(figure: Figure) -> str:
    """Return the values of a figure: 170000000, 170000000..180000000, 100.."""
    if figure.plain and figure.low is not None:
        return plain(figure.low)
    low, high = ("" if each is None else plain(each) for each in (figure.low, figure.high))
    return f"{low}..{high}"


def undone(found: Stated) -> Iterator[str]:
    """Yield a sentence for each thing that was not looked at."""
    if found.looked_at < found.pages:
        yield f"Only the first {found.looked_at:,} of {found.pages:,} pages with the term were looked at; add words."
    yield from undone_parts(found)


def form(found: Stated) -> json_forms.Json:
    """Return the JSON document of gongmun figures."""
    return {
        "schema": json_forms.SCHEMA,
        "term": found.term,
        "total": found.total,
        "groups": [
            {
                "unit": group.unit,
                "near": list(group.near),
                "statements": [_statement(each) for each in group.statements],
            }
            for group in found.groups
        ],
        "pages": found.pages,
        "looked_at": found.looked_at,
        "coverage": json_forms.counts(found.coverage),
    }


def _statement(statement: Statement) -> json_forms.Json:
    listing, page, figure = statement.document, statement.page, statement.figure
    return {
        "document": listing.document.id,
        "title": listing.title,
        "page": json_forms.page_number(page),
        "unit": json_forms.unit_form(page),
        "basis": page.basis.value,
        "span": [figure.start, figure.end],
        "written": statement.written,
        "kind": figure.kind.value,
        "low": None if figure.low is None else plain(figure.low),
        "high": None if figure.high is None else plain(figure.high),
        "low_open": figure.low_open,
        "high_open": figure.high_open,
        "counted": figure.unit,
        "sentence": statement.sentence,
        "mark": list(statement.mark),
        "table": statement.head,
        "before": statement.before,
    }


COLUMNS = (
    "group",
    "differs from",
    "value",
    "unit",
    "written",
    "title",
    "page",
    "document",
    "basis",
    "sentence",
    "table",
    "before",
)


def csv_text(found: Stated) -> str:
    """Return the statements as CSV in which no cell is a formula to a spreadsheet."""
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(COLUMNS)
    for place, group in enumerate(found.groups, start=1):
        near = " ".join(str(each + 1) for each in group.near)
        for each in group.statements:
            row = [str(place), near, value(each.figure), each.figure.unit or "", each.written, each.document.title]
            row += [
                wording.unit(each.page),
                each.document.document.id,
                each.page.basis.value,
                each.sentence,
                each.head,
                each.before,
            ]
            writer.writerow([inert_cell(text, lines=False) for text in row])
    return made.getvalue()
