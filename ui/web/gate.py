"""What our own routes about papers share: who may ask, in which language, and how they are refused."""

from __future__ import annotations

import re

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from ui.web.room import room
from ui.web.texts import LANGUAGES, chosen, texts
from ui.web.visit import LANGUAGE_COOKIE

NOT_KEPT = {"cache-control": "no-store"}

_DOCUMENT = re.compile("[0-9a-f]{64}")
_NUMBER = re.compile("[1-9][0-9]{0,8}")


class Refused(Exception):
    """A request that is answered with a status and a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


def language_of(request: Request) -> str:
    """Return the language to answer in: that of the address, of the reader's cookie or of the browser."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    return chosen(request.cookies.get(LANGUAGE_COOKIE), request.headers.get("accept-language"))


def document_of(request: Request, purpose: str) -> str:
    """Return the id of the document that a signed address is about.

    Raises:
        Refused: the address was not signed here for this purpose and document, or has ended; there is no such document.
    """
    said, document = texts("reading", language_of(request)), str(request.path_params["document"])
    asked = request.query_params
    if not room().signer.holds(purpose, document, asked.get("until"), asked.get("by")):
        raise Refused(403, said["not_signed"])
    if not _DOCUMENT.fullmatch(document):
        raise Refused(404, said["no_such"])
    return document


def number_of(request: Request, name: str) -> int:
    """Return a whole number from 1 out of the address.

    Raises:
        Refused: it is none.
    """
    written = str(request.path_params[name])
    if not _NUMBER.fullmatch(written):
        raise Refused(404, texts("reading", language_of(request))["no_such"])
    return int(written)


def from_here(origin: str | None, host: str | None) -> bool:
    """Whether a request comes from a page of this server, as browsers say (Fetch standard, Origin)."""
    return bool(host) and origin in (f"http://{host}", f"https://{host}")


def refused(error: Refused, as_json: bool = False) -> Response:
    """Return the answer to a request that is refused."""
    if as_json:
        return JSONResponse({"error": str(error)}, error.status, headers=NOT_KEPT)
    return PlainTextResponse(str(error), error.status, headers=NOT_KEPT)
