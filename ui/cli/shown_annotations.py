"""Annotations and what came of importing them, on a terminal and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.json_forms import SCHEMA, Json, page_number, unit_form
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.anchoring import Anchored
    from corpus.annotation_import import Imported
    from corpus.annotations import Annotation
    from corpus.model import Listing, Page

_SHORT = 8  # characters of an id as shown


@dataclass(frozen=True, slots=True)
class Fact:
    """An annotation with its document, the page it is on as currently read, and where on it it stands."""

    annotation: Annotation
    listing: Listing
    page: Page | None
    placed: Anchored | None
    colour: str


def facts(corpus: Corpus, found: list[Annotation]) -> list[Fact]:
    """Return annotations with what is to be said of them."""
    from corpus.annotations import colour_names, placed
    from corpus.listings import listings

    known, names = listings(corpus.store), colour_names(corpus.store)
    pages = corpus.store.some_pages({(each.document, each.page) for each in found}, words=False)
    made = []
    for each in found:
        if each.document not in known:  # removed since
            continue
        page = pages.get((each.document, each.page))
        where = placed(each, page) if page is not None else None
        made.append(Fact(each, known[each.document], page, where, names.get(each.colour, each.colour)))
    return made


def show_annotations(found: list[Fact], out: Console) -> None:
    for fact in found:
        each = fact.annotation
        where = wording.unit(fact.page) if fact.page is not None else f"page {each.page}, which is gone"
        reply = f" · reply to {each.parent[:_SHORT]}" if each.parent else ""
        line(out, (each.id[:_SHORT], "dim"), "  ", (fact.listing.title, "bold"), f", {where}{reply}")
        line(out, f"“{_quoted(each)}”", indent=2)
        if fact.placed is not None and fact.placed.span is None:
            line(out, (f"not found for sure on the page as it is read now ({fact.placed.how.value})", "red"), indent=2)
        for row in each.note.split("\n") if each.note else ():
            line(out, row, indent=2)
        tags = [f"tags: {', '.join(each.tags)}"] if each.tags else []
        facts = [fact.colour, *tags, each.author, each.modified[:16].replace("T", " ") + " UTC"]
        line(out, (" · ".join(facts), "dim"), indent=2)
    line(out, (f"{wording.count(len(found), 'annotation')}.", "bold"))


def _quoted(found: Annotation) -> str:
    from corpus.citation import clean

    return clean(found.selector.exact)


def annotations_form(found: list[Fact]) -> Json:
    return {"schema": SCHEMA, "total": len(found), "annotations": [_form(fact) for fact in found]}


def _form(fact: Fact) -> Json:
    each, page = fact.annotation, fact.page
    span = fact.placed.span if fact.placed is not None else None
    return {
        "id": each.id,
        "document": each.document,
        "title": fact.listing.title,
        "page": page_number(page) if page is not None else None,
        "label": page.label if page is not None else None,
        "unit": unit_form(page) if page is not None else None,
        "extraction": each.fingerprint,
        "start": each.selector.start,
        "end": each.selector.end,
        "quote": each.selector.exact,
        "placed": fact.placed.how.value if fact.placed is not None else "lost",
        "stands": [span.start, span.end] if span is not None else None,
        "colour": each.colour,
        "colour_name": fact.colour,
        "note": each.note,
        "tags": list(each.tags),
        "parent": each.parent,
        "author": each.author,
        "created": each.created,
        "editor": each.editor,
        "modified": each.modified,
        "version": each.version,
    }


def show_import(report: Imported, out: Console) -> None:
    for sentence in report.remarks:
        line(out, sentence)
    for sentence in report.refused:
        line(out, ("not imported: ", "bold red"), sentence)
    counts = [
        f"{report.added:,} added",
        f"{report.changed:,} changed",
        f"{report.kept:,} older, kept in the history",
        f"{report.same:,} here already",
        f"{len(report.refused):,} not imported",
    ]
    line(out, (", ".join(counts) + ".", "bold"))


def import_form(report: Imported) -> Json:
    return {
        "schema": SCHEMA,
        "added": report.added,
        "changed": report.changed,
        "kept": report.kept,
        "same": report.same,
        "remarks": list(report.remarks),
        "refused": list(report.refused),
    }
