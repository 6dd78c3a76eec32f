"""Annotations out to files and in again, at signed addresses."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any
from urllib.parse import urlencode

from anyio import to_thread
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus import annotation_forms
from corpus.annotation_import import import_annotations
from corpus.errors import GongmunError
from corpus.written import name_of
from ui.cli.reading_files import decoded
from ui.web.annotation_list import Asked, matching
from ui.web.gate import NOT_KEPT, Refused, from_here, language_of, refused
from ui.web.papers import disposition
from ui.web.room import room
from ui.web.texts import texts

MOST_BYTES = 20 * 1024 * 1024  # of a file that is imported
FORMS = {"jsonld": "application/ld+json", "csv": "text/csv; charset=utf-8", "md": "text/markdown; charset=utf-8"}
_MOST_TOLD = 200  # sentences of a report


def addresses(asked: Asked, language: str) -> dict[str, str]:
    """Return the signed addresses of the files, with the same filters as the list, and of the import."""
    signer, asking = room().signer, urlencode({**asked.filters(), "lang": language})
    made = {form: f"/export/annotations.{form}?{asking}&{signer.query('export', form)}" for form in FORMS}
    return {**made, "import": f"/import/annotations?lang={language}&{signer.query('import', 'annotations')}"}


async def export(request: Request) -> Response:
    """Answer with the annotations that the list shows, as a file."""
    form, language = str(request.path_params["form"]), language_of(request)
    try:
        _signed(request, "export", form)
        if form not in FORMS:
            raise Refused(404, texts("annotated", language)["no_such_form"])
        body = await to_thread.run_sync(_file, form, _asked(request), language)
    except Refused as error:
        return refused(error)
    except GongmunError as error:
        return refused(Refused(409, str(error)))
    name = f"주석_{room().corpus.folder.name.lstrip('.')}_{dt.date.today().isoformat()}.{form}"
    headers = {**NOT_KEPT, "content-disposition": disposition(name), "content-security-policy": "default-src 'none'"}
    return Response(body, media_type=FORMS[form], headers=headers)


def _asked(request: Request) -> Asked:
    return Asked.of({name: request.query_params.getlist(name) for name in request.query_params})


def _file(form: str, asked: Asked, language: str) -> bytes:
    store, audience = room().corpus.store, room().audience
    found = matching(store, audience, asked)
    if form == "jsonld":
        made = annotation_forms.jsonld(store, found, audience)
        return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode()
    if form == "csv":
        return annotation_forms.csv_text(store, found, audience, language).encode("utf-8-sig")
    style = "korean" if language == "ko" else "english"
    return annotation_forms.markdown(store, found, audience, style).encode()


async def take_in(request: Request) -> Response:
    """Import the JSON-LD or CSV file in the body; answer with what came of it."""
    language = language_of(request)
    try:
        _own(request, language)
        _signed(request, "import", "annotations")
        body = await _body(request, language)
        report = await to_thread.run_sync(_imported, body, request.query_params.get("who", ""), language)
    except Refused as error:
        return refused(error, as_json=True)
    except GongmunError as error:
        return refused(Refused(400, str(error)), as_json=True)
    except SQLAlchemyError:  # another holds the catalogue for long, or the disk is full
        room().corpus.logger().exception("web: an import was not written")
        return refused(Refused(503, texts("reading", language)["not_written"]), as_json=True)
    return JSONResponse(report, headers=NOT_KEPT)


def _imported(body: bytes, who: str, language: str) -> dict[str, Any]:
    text = decoded(body)
    if text is None:
        raise Refused(400, texts("annotated", language)["no_text"])
    made = import_annotations(room().corpus.store, annotation_forms.keyed(text), name_of(who or "web"), room().audience)
    return {
        "added": made.added,
        "changed": made.changed,
        "kept": made.kept,
        "same": made.same,
        "remarks": list(made.remarks[:_MOST_TOLD]),
        "refused": list(made.refused[:_MOST_TOLD]),
        "refused_count": len(made.refused),
    }


async def _body(request: Request, language: str) -> bytes:
    """Return the body, of at most 20 MB.

    Raises:
        Refused: it is larger, whatever its header says.
    """
    too_large = Refused(413, texts("annotated", language)["too_large"])
    announced = request.headers.get("content-length", "0")
    if announced.isascii() and announced.isdigit() and int(announced[:12]) > MOST_BYTES:
        raise too_large
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_BYTES:
            raise too_large
    return bytes(body)


def _signed(request: Request, purpose: str, subject: str) -> None:
    asked = request.query_params
    if not room().signer.holds(purpose, subject, asked.get("until"), asked.get("by")):
        raise Refused(403, texts("annotated", language_of(request))["not_signed"])


def _own(request: Request, language: str) -> None:
    """Refuse what a page of another site sent: browsers say where a POST comes from (Fetch standard, Origin)."""
    if not from_here(request.headers.get("origin"), request.headers.get("host")):
        raise Refused(403, texts("annotated", language)["not_own"])


ROUTES = [
    Route("/export/annotations.{form}", export),
    Route("/import/annotations", take_in, methods=["POST"]),
]
