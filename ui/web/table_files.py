"""A table of a paper as a CSV file, at a signed address: what its page shows, withheld words covered."""

from __future__ import annotations

import csv
import io

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from corpus.cells import Table, grid
from corpus.errors import GongmunError, NotFound
from corpus.folding import HYPHEN
from ui.cli.sheets import inert_cell
from ui.web.gate import NOT_KEPT, Refused, document_of, language_of, number_of, refused
from ui.web.papers import disposition
from ui.web.room import room
from ui.web.texts import texts
from ui.web.units import unit


async def table_file(request: Request) -> Response:
    """Answer with a table as CSV; 403 unsigned, 404 where there is none."""
    try:
        document, page, number = document_of(request, "table"), number_of(request, "page"), number_of(request, "table")
        name, body = await to_thread.run_sync(_file, document, page, number, language_of(request))
    except Refused as error:
        return refused(error)
    headers = {**NOT_KEPT, "content-disposition": disposition(name), "content-security-policy": "default-src 'none'"}
    return Response(body, media_type="text/csv; charset=utf-8", headers=headers)


def _file(document: str, number: int, wanted: int, language: str) -> tuple[str, bytes]:
    here, said = room(), texts("reading", language)
    with here.searching() as searcher:
        listing = searcher.listing(document)
    if listing is None:
        raise Refused(404, said["no_such"])
    try:
        page = here.corpus.store.page(document, number)
        found = next((each for each in here.corpus.store.tables(page) if each.number == wanted), None)
    except NotFound as error:
        raise Refused(404, said["no_such"]) from error
    except GongmunError as error:
        raise Refused(503, str(error)) from error
    if found is None:
        raise Refused(404, said["no_such"])
    where = unit(number, page.label, language, page.kind, page.name, page.address)
    name = " ".join([listing.title, where, texts("reader", language)["table_n"].format(n=wanted)])
    return f"{name}.csv", csv_text(found, page.visible).encode("utf-8-sig")


def csv_text(table: Table, text: str) -> str:
    """Return a table's cells as CSV, row by row; no cell is a formula."""
    made = io.StringIO()
    writer = csv.writer(made)
    for row in grid(table, text):
        writer.writerow(inert_cell(cell.replace(f"{HYPHEN} ", "-")) for cell in row)
    return made.getvalue()


ROUTES = [Route("/table/{document}/{page}/{table}.csv", table_file)]
