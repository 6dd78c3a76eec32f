"""The report of a search, as a file to download: what `gongmun search … --report` writes, at a signed address.

It is about the query without filters, widened as on the page, which the report tells.
"""

from __future__ import annotations

import datetime as dt
import re
from hashlib import sha256
from urllib.parse import urlencode

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from corpus.errors import GongmunError
from search.looking import Patience
from search.query import QueryError
from search.report import report
from search.widening import Widening
from ui.cli.entry import version
from ui.cli.report_text import report_text
from ui.web.faults import said
from ui.web.gate import NOT_KEPT, Refused, language_of, refused
from ui.web.papers import disposition
from ui.web.room import room
from ui.web.texts import texts

_PATIENCE = Patience(8.0)
_IN_A_NAME = 40  # characters of the query in the file's name


def address(query: str, language: str, without: tuple[str, ...] = (), bridge: bool = True) -> str:
    """Return the signed address of the report of a query; `without` and `bridge` as in `Asked`."""
    signed = room().signer.query("report", _subject(query, without, bridge))
    given = {"q": query, "lang": language, "without": without} | ({} if bridge else {"bridge": "off"})
    return f"/export/report.md?{urlencode(given, doseq=True)}&{signed}"


def _subject(query: str, without: tuple[str, ...], bridge: bool) -> str:
    return sha256("\n".join((query, str(bridge), *without)).encode("utf-8", "replace")).hexdigest()


async def download(request: Request) -> Response:
    """Answer with the report of the query in the address."""
    language, asked = language_of(request), request.query_params
    query, bridge, without = asked.get("q", ""), asked.get("bridge") != "off", tuple(asked.getlist("without"))
    try:
        if not room().signer.holds("report", _subject(query, without, bridge), asked.get("until"), asked.get("by")):
            raise Refused(403, texts("reading", language)["not_signed"])
        body = await to_thread.run_sync(_made, query, language, without if bridge else None)
    except Refused as error:
        return refused(error)
    except QueryError as error:
        return refused(Refused(400, said(error, language)))
    except GongmunError as error:
        return refused(Refused(409, str(error)))
    words = re.sub(r"[^\w]+", " ", query).strip()[:_IN_A_NAME].strip()
    name = f"{texts('finding', language)['report_file']} {words} {dt.date.today().isoformat()}.md"
    headers = {**NOT_KEPT, "content-disposition": disposition(name), "content-security-policy": "default-src 'none'"}
    return Response(body, media_type="text/markdown; charset=utf-8", headers=headers)


def _made(query: str, language: str, without: tuple[str, ...] | None) -> bytes:
    with room().searching() as searcher:
        widening = None if without is None else Widening.of(room().corpus.folder, without)
        made = report(searcher, query, patience=_PATIENCE, widening=widening)
    return report_text(made, language, version()).encode("utf-8", "replace")


ROUTES = [Route("/export/report.md", download)]
