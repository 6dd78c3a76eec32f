"""The trash, an ingest undone and a purge asked for, in words and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.json_forms import SCHEMA, Json
from ui.cli.lookup import SHORT_ID
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.purging import Plan
    from corpus.taking_back import Trashed, Undone

_NAMED = 10


def show_trash(found: list[Trashed], out: Console) -> None:
    for each in found:
        by = f" · {each.at[:16].replace('T', ' ')} UTC, {each.who}" if each.at else ""
        line(out, (each.document[:SHORT_ID], "dim"), "  ", (each.name, "bold"), (by, "dim"))
        for place in each.places:
            if place.path != place.name:
                line(out, _path(place.path), indent=4)
        if each.elsewhere:
            line(out, ("also met elsewhere, and found there", "dim"), indent=4)
    line(out, (f"{wording.count(len(found), 'document')} in the trash.", "bold"))


def _path(path: str) -> str:
    from corpus.listings import shown

    return shown(path)


def trash_form(found: list[Trashed]) -> Json:
    rows = [
        {
            "document": each.document,
            "file": each.name,
            "paths": [_path(place.path) for place in each.places],
            "releases": list(each.releases),
            "removed_at": each.at,
            "removed_by": each.who,
            "elsewhere": each.elsewhere,
        }
        for each in found
    ]
    return {"schema": SCHEMA, "total": len(rows), "documents": rows}


def said_undone(corpus: Corpus, done: Undone, restored: bool, again: str) -> str:
    """Say which ingest was undone, or that undoing taken back; `again` is the command that takes it back."""
    run, store = done.run, corpus.store
    delivery = store.deliveries().get(run.delivery)
    where = f" of {delivery.source} into {store.releases()[delivery.release].name}" if delivery else ""
    ingest = f"the ingest{where}, {run.at[:16].replace('T', ' ')} UTC"
    papers = wording.count(len({each.document for each in done.places}), "document")
    if restored:
        return f"Brought back what undoing {ingest} had put in the trash: {papers}."
    said = f"Undid {ingest}: {papers} to the trash"
    if done.known:
        said += f", of which {len(done.known):,} were met elsewhere before and stay there"
    return f"{said}. To bring it back: {again}"


def said_planned(corpus: Corpus, planned: Plan) -> str:
    """Say what a purge would delete, and ask for it."""
    gone = set(planned.documents)
    paths = list(dict.fromkeys(_path(each.path) for each in planned.places if each.document in gone))
    more = [f"  and {len(paths) - _NAMED:,} more"] if len(paths) > _NAMED else []
    lines = [f"  {path}" for path in paths[:_NAMED]] + more
    if planned.stay:
        lines.append(
            f"  ({wording.count(len(planned.stay), 'document')} met elsewhere, too: only these places of it go)"
        )
    lines += _notes(corpus, gone)
    papers = wording.count(len(gone), "document")
    return "\n".join([*lines, f"Delete {papers} for good, bytes and text, which nothing here brings back?"])


def _notes(corpus: Corpus, gone: set[str]) -> list[str]:
    import sqlalchemy as sa

    from corpus import tables

    t = tables.annotations
    with corpus.store.reading() as connection:
        marked = sum(1 for document in connection.scalars(sa.select(t.c.document)) if document in gone)
    return [f"  {wording.count(marked, 'annotation')} kept, the quoted words covered"] if marked else []
