"""Annotations whose source is gone: of papers in the trash or purged, on a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.json_forms import Json
from ui.cli.lookup import SHORT_ID
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.gone import Left

_SHORT = 8  # characters of an annotation's id as shown


def wanted(corpus: Corpus, tag: str | None, author: str | None) -> list[Left]:
    """Return the annotations whose source is gone, those with a tag and of an author alone where these are given."""
    from corpus.gone import left
    from corpus.written import name_of, tags_of

    tags, names = set(tags_of([tag or ""])), {name_of(author)} if author else set()
    return [
        each
        for each in left(corpus.store)
        if tags <= set(each.annotation.tags) and (not names or each.annotation.author in names)
    ]


def show_left(found: list[Left], out: Console) -> None:
    for each in found:
        mark, gone = each.annotation, each.gone
        where = f"purged on {gone.at[:10]}" if gone.purged and gone.at else "purged" if gone.purged else "in the trash"
        name = gone.name or gone.document[:SHORT_ID]
        line(out, (mark.id[:_SHORT], "dim"), "  ", ("source gone", "bold red"), f": {name}, {where}")
        for row in mark.note.split("\n") if mark.note else ():
            line(out, row, indent=2)
        tags = [f"tags: {', '.join(mark.tags)}"] if mark.tags else []
        facts = [f"page {mark.page}", *tags, mark.author, mark.modified[:16].replace("T", " ") + " UTC"]
        line(out, (" · ".join(facts), "dim"), indent=2)
    if found:
        line(out, (f"{wording.count(len(found), 'annotation')} whose source is gone.", "bold"))


def left_form(found: list[Left]) -> list[Json]:
    return [
        {
            "id": each.annotation.id,
            "document": each.annotation.document,
            "source": "purged" if each.gone.purged else "in the trash",
            "since": each.gone.at,
            "page": each.annotation.page,
            "note": each.annotation.note,
            "tags": list(each.annotation.tags),
            "author": each.annotation.author,
            "created": each.annotation.created,
            "editor": each.annotation.editor,
            "modified": each.annotation.modified,
            "version": each.annotation.version,
        }
        for each in found
    ]
