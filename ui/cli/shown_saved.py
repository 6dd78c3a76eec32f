"""Saved searches and what is new for each, on a terminal and as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.json_forms import SCHEMA, Json, search_form
from ui.cli.session import typed
from ui.cli.shown_hits import show_hit
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus.saved_searches import SavedSearch
    from search.watch import New


def show_list(found: list[New], out: Console) -> None:
    """Print the saved searches with their queries and how much is new for each."""
    for new in found:
        saved = new.saved
        line(out, (saved.name, "bold"), "  ", saved.query)
        about = f"{told(new)} · {saved.author} · {saved.created[:10]} · {saved.id[:8]}"
        line(out, (about + _options(saved), "dim"), indent=4)
    if not found:
        line(out, "There are no saved searches: gongmun saved add NAME QUERY keeps one.")


def show_removed(gone: list[SavedSearch], out: Console) -> None:
    """Print the saved searches that were put away."""
    for saved in gone:
        line(out, (saved.name, "bold"), "  ", saved.query)
        line(out, (f"removed by {saved.editor} · {saved.modified[:10]} · {saved.id[:8]}", "dim"), indent=4)
    if not gone:
        line(out, "No saved search was removed.")


def show_news(found: list[New], out: Console) -> None:
    """Print what is new for each search, hits of documents that were known before marked as changed."""
    for nth, new in enumerate(found):
        if nth and (new.hits or found[nth - 1].hits):
            out.print()
        line(out, (new.saved.name, "bold"), f"  {new.saved.query}: ", (told(new), "" if new.total else "dim"))
        for place, hit in enumerate(new.hits, start=1):
            out.print()
            show_hit(place, hit, out)
            if hit.document.document.id not in new.fresh:
                line(out, ("this document was here before, and changed", "dim"), indent=4)
        left = new.total - len(new.hits)
        if new.hits and left:
            line(out, f"and {wording.count(left, 'page')} more: gongmun saved new {typed(new.saved.name)} --limit N")
        if new.unfinished:
            cut = "not all pages could be looked through in time, so that nothing is ticked off; narrow the query"
            line(out, (cut, "yellow"), indent=4)
        if new.waiting:
            late = f"{wording.count(new.waiting, 'changed document')} not looked into yet, since an ingest is going on"
            line(out, (late, "yellow"), indent=4)
    if not found:
        line(out, "There are no saved searches: gongmun saved add NAME QUERY keeps one.")


def show_after_ingest(found: Iterable[New], out: Console) -> None:
    """Print a line for each saved search that something is new for, or that can no longer be asked."""
    for new in found:
        if new.total or new.error or new.unfinished:
            how = "" if new.error else f" (gongmun saved new {typed(new.saved.name)})"
            line(out, "Saved search ", (new.saved.name, "bold"), f": {told(new)}{how}")


def told(new: New) -> str:
    """Return "12 new pages in 3 documents", "nothing new", or why the search can no longer be asked."""
    if new.error:
        return f"cannot be asked any more: {new.error}"
    if not new.total:
        return "not all pages could be looked through in time" if new.unfinished else "nothing new"
    least = "at least " if new.unfinished else ""
    return f"{least}{wording.count(new.total, 'new page')} in {wording.count(new.documents, 'document')}"


def _options(saved: SavedSearch) -> str:
    filters = [f"{facet}:{'|'.join(values)}" for facet, values in saved.chosen.items()]
    filters += [f"-{facet}:{'|'.join(values)}" for facet, values in saved.excluded.items()]
    sort = [f"by {saved.sort}"] if saved.sort != "relevance" else []
    return "".join(f" · {each}" for each in [*filters, *sort])


# -- JSON


def list_form(found: list[New]) -> Json:
    return {"schema": SCHEMA, "saved": [_new_form(new) for new in found]}


def removed_form(gone: list[SavedSearch]) -> Json:
    return {"schema": SCHEMA, "saved": [_saved_form(saved) for saved in gone]}


def news_form(found: list[New]) -> Json:
    """Return what is new for each search with its hits, each as `search --json` has it, and what happened to it."""
    return {"schema": SCHEMA, "saved": [{**_new_form(new), "hits": _hits(new)} for new in found]}


def _hits(new: New) -> list[Json]:
    hits: list[Json] = search_form(new.results)["hits"] if new.results is not None else []
    return [{**hit, "change": "new" if hit["document"] in new.fresh else "changed"} for hit in hits]


def _new_form(new: New) -> Json:
    counts = {"total": new.total, "documents": new.documents, "counted": "new pages"}
    known = {"waiting": new.waiting, "unfinished": new.unfinished, "error": new.error or None}
    return {**_saved_form(new.saved), **counts, **known}


def _saved_form(saved: SavedSearch) -> Json:
    return {
        "id": saved.id,
        "name": saved.name,
        "query": saved.query,
        "chosen": {facet: list(values) for facet, values in saved.chosen.items()},
        "excluded": {facet: list(values) for facet, values in saved.excluded.items()},
        "sort": saved.sort,
        "author": saved.author,
        "created": saved.created,
        "removed": saved.deleted,
        "editor": saved.editor,
        "modified": saved.modified,
    }
