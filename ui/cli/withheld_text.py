"""Where text lies under a cover: pages, areas and counts, never the words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.cli import wording
from ui.cli.json_forms import SCHEMA, page_number, unit_form
from ui.cli.lookup import SHORT_ID
from ui.cli.shown_records import table
from ui.cli.terminal import line, text

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.model import Box, Listing, Page

Found = list[tuple["Listing", list["Page"]]]


def covered(corpus: Corpus) -> Found:
    """Return the documents that have covered text, each with the pages that do."""
    import sqlalchemy as sa

    from corpus import tables
    from corpus.listings import listings

    t = tables.pages
    query = sa.select(t.c.document, t.c.number).where(t.c.current, sa.cast(t.c.withheld, sa.String) != "[]")
    with corpus.store.reading() as connection:
        keys = [(row.document, row.number) for row in connection.execute(query)]
    pages: dict[str, list[Page]] = {}
    for (document, _), page in sorted(corpus.store.some_pages(keys).items()):
        if page.withheld:  # not released since
            pages.setdefault(document, []).append(page)
    known = listings(corpus.store)
    return [(known[document], found) for document, found in pages.items() if document in known]


def show_withheld(found: Found, out: Console) -> None:
    """Print the pages with covered text by document: how many stretches, characters and covers, of what area."""
    if not found:
        line(out, "No page has text under a cover.")
        return
    made = table("id", "page", "stretches", "characters", "covers", "of page", "title", right=(2, 3, 4, 5))
    for listing, pages in found:
        for page in pages:
            where = (listing.document.id[:SHORT_ID], wording.unit(page))
            made.add_row(*map(text, where), *_counts(page), text(listing.title))
    out.print(made)
    out.print()
    line(
        out, ("To let the covered text of one document be searched and shown: gongmun withheld release DOCUMENT", "dim")
    )


def _counts(page: Page) -> tuple[str, str, str, str]:
    letters, boxes = sum(span.end - span.start for span in page.withheld), _boxes(page)
    return f"{len(page.withheld):,}", f"{letters:,}", f"{len(boxes):,}", _share(page, boxes)


def _boxes(page: Page) -> list[Box]:
    return list(dict.fromkeys(span.box for span in page.withheld))


def _area(box: Box) -> float:
    x0, top, x1, bottom = box
    return max(0.0, x1 - x0) * max(0.0, bottom - top)


def _share(page: Page, boxes: list[Box]) -> str:
    whole = page.width * page.height
    return f"{100 * sum(map(_area, boxes)) / whole:.1f}%" if whole else "?"


def withheld_form(found: Found) -> dict[str, Any]:
    """Return the same as JSON, with the boxes in points from the top left of the page."""
    return {
        "schema": SCHEMA,
        "documents": [
            {"document": listing.document.id, "title": listing.title, "pages": [_page(page) for page in pages]}
            for listing, pages in found
        ],
    }


def _page(page: Page) -> dict[str, Any]:
    return {
        "page": page_number(page),
        "unit": unit_form(page),
        "stretches": len(page.withheld),
        "characters": sum(span.end - span.start for span in page.withheld),
        "boxes": [[round(edge, 2) for edge in box] for box in _boxes(page)],
        "areas": [round(_area(box), 1) for box in _boxes(page)],
    }
