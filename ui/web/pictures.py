"""Pictures of pages, at signed addresses: a browser may keep them, drawing never holds up the rest of the server."""

from __future__ import annotations

import functools

import anyio
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from corpus.errors import FileFailure, GongmunError
from ingest.render import VERSION
from ui.web.gate import Refused, document_of, language_of, number_of, refused
from ui.web.room import room
from ui.web.texts import texts

WIDTHS = (160, 620, 930, 1240, 1860, 2480)  # pixels: what the reader's component asks for

_AT_ONCE = 8  # threads that wait for a picture; more readers wait without one
_KEPT = "private, max-age=86400"


@functools.cache
def _turns() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(_AT_ONCE)


async def picture(request: Request) -> Response:
    """Answer with a page as a WebP; 403 unsigned, 404 where there is none, 503 where it cannot be drawn."""
    try:
        document, number, width = (
            document_of(request, "picture"),
            number_of(request, "page"),
            number_of(request, "width"),
        )
        if width not in WIDTHS:
            raise Refused(404, texts("reading", language_of(request))["no_such"])
        kept = {"cache-control": _KEPT, "etag": f'"{document[:32]}-{number}-{width}-{VERSION}"'}
        content = await to_thread.run_sync(_drawn, document, number, width, limiter=_turns())
    except Refused as error:
        return refused(error)
    if kept["etag"] in request.headers.get("if-none-match", ""):  # not before: the paper may have been removed
        return Response(status_code=304, headers=kept)
    return Response(content, media_type="image/webp", headers=kept)


def _drawn(document: str, number: int, width: int) -> bytes:
    here = room()
    try:
        return here.drawing.picture(document, number, width, audience=here.audience)
    except FileFailure as error:
        raise Refused(503, str(error)) from error
    except GongmunError as error:
        raise Refused(404, str(error)) from error


ROUTES = [Route("/picture/{document}/{page}/{width}.webp", picture)]
