"""Own routes for uploads: files stream to disk, an ingest is started, watched, stopped.

Every request is signed by a token from a page of this server, and what changes something must come from this origin.
Refusals are JSON: `why` names the sentence in the reader's language, `said` is it in English.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import anyio
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus import Corpus
from ui.cli.dates import iso
from ui.web import jobs
from ui.web.gate import from_here
from ui.web.jobs import Job, Refused, Sent
from ui.web.room import room

PURPOSE = "uploads"
_CHUNK = 1 << 20
_SPARE = 256 << 20  # bytes that must stay free
_FORM = 64 << 10
_AT_ONCE = 500  # outcomes in one answer
_STATUS = {"token": 403, "origin": 403, "gone": 404, "begun": 409, "runs": 409, "too_large": 413, "full": 507}
_DATES = ("requested", "due", "received")
_TEXTS = ("name", "agency", "requester", "request_number", "legal_basis")

Answer = Callable[[Request], Awaitable[Any]]


def token() -> str:
    """Return what the page's requests carry in their query."""
    return room().signer.query(PURPOSE, "")


def _route(path: str, method: str, answer: Answer) -> Route:
    async def answered(request: Request) -> Response:
        try:
            _check(request)
            return JSONResponse(await answer(request), headers={"cache-control": "no-store"})
        except Refused as error:
            status = _STATUS.get(error.why, 400)
            return JSONResponse({"why": error.why, "said": str(error)}, status, headers={"cache-control": "no-store"})
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError as error:  # the disk is full, or the corpus may not be written
            sentence = f"The folder of uploads cannot be written ({error.strerror}); make room and send it again."
            return JSONResponse({"why": "full", "said": sentence}, 507, headers={"cache-control": "no-store"})

    return Route(path, answered, methods=[method])


def _check(request: Request) -> None:
    """Refuse what a page of this server did not send.

    Raises:
        Refused: no valid token, or another origin.
    """
    query = request.query_params
    if not room().signer.holds(PURPOSE, "", query.get("until"), query.get("by")):
        raise Refused("token", "This page is too old to send files; load it anew.")
    if request.method == "GET":
        return
    if not from_here(request.headers.get("origin"), request.headers.get("host")):
        raise Refused("origin", "Only this server's own page may send files; open it at its own address.")


def _job(request: Request) -> Job:
    return Job.of(room().corpus, request.path_params["job"])


def _number(request: Request) -> int:
    written = request.path_params["number"]
    if not re.fullmatch("[0-9]{1,9}", written):
        raise Refused("gone", "There is no such file in this upload; load the page anew.")
    return int(written)


# -- sending


async def create(request: Request) -> dict[str, Any]:
    return {"job": (await anyio.to_thread.run_sync(Job.create, room().corpus)).id}


async def receive(request: Request) -> dict[str, Any]:
    """Write a body to disk as it comes, and keep it if it is whole."""
    job, number = _job(request), _number(request)
    size = _size(request, room().corpus)
    path, modified = request.query_params.get("path", ""), request.query_params.get("modified", "")
    if "\ufffd" in path:
        raise Refused("name", "This name is not UTF-8; rename the file and send it again.")
    seconds = int(modified) / 1000 if re.fullmatch(r"\d{1,14}", modified) else time.time()
    sent = Sent(number, path, size, seconds)
    jobs.storable_path(path)
    part = job.part(number)
    try:
        if await _stream(request, part) != size:
            raise Refused("broken_off", "The file did not come whole; send it again.")
        await anyio.to_thread.run_sync(job.keep, part, sent)
    finally:
        part.unlink(missing_ok=True)
    return {"number": number, "size": size}


def _size(request: Request, corpus: Corpus) -> int:
    """Return the size that a file is announced with.

    Raises:
        Refused: none is, it is over the limit, or the disk has no room for it and for its copy among the originals.
    """
    said = request.headers.get("content-length", "")
    if not (said.isascii() and said.isdigit()):
        raise Refused("broken_off", "The size of the file was not told; send it again.")
    size, limit = int(said), corpus.settings.file_limit_mb
    if size > limit << 20:
        raise Refused("too_large", f"The file is over {limit} MB; raise file_limit_mb in corpus.toml, or split it.")
    if shutil.disk_usage(corpus.folder).free < 2 * size + _SPARE:
        raise Refused("full", "The disk has no room for this file; free some and send it again.")
    return size


async def _stream(request: Request, part: Path) -> int:
    """Write the body in pieces of a megabyte, whatever its size; return that."""
    size, waiting = 0, bytearray()
    try:
        file = await anyio.to_thread.run_sync(part.open, "wb")
    except FileNotFoundError:
        raise Refused("begun", "The ingest of this upload has begun; send the file as a new upload.") from None
    try:
        async for chunk in request.stream():
            waiting += chunk
            size += len(chunk)
            if len(waiting) >= _CHUNK:
                await anyio.to_thread.run_sync(file.write, bytes(waiting))
                waiting.clear()
        await anyio.to_thread.run_sync(file.write, bytes(waiting))
    except OSError as error:
        raise Refused("full", f"The file cannot be written ({error.strerror}); make room and send it again.") from error
    finally:
        await anyio.to_thread.run_sync(file.close)
    return size


async def drop(request: Request) -> dict[str, Any]:
    await anyio.to_thread.run_sync(_job(request).drop, _number(request))
    return {}


# -- ingesting


async def start(request: Request) -> dict[str, Any]:
    asked = await _form(request)
    about = {name: str(asked.get(name) or "").replace("\0", "").strip() for name in (*_TEXTS, *_DATES)}
    if not about["name"]:
        raise Refused("nameless", "The release has no name; give one.")
    if any(len(value) > 500 for value in about.values()):
        raise Refused("long", "One of the fields is longer than 500 characters; shorten it.")
    for name in _DATES:
        found = iso(about[name]) if about[name] else ""
        if found is None:
            raise Refused("date", f"{about[name]!r} is no date; write it as 2021-12-20, 2021.12.20. or 2021.")
        about[name] = found
    job, password = _job(request), str(asked.get("password") or "")[:1000]
    kept = {name: value for name, value in about.items() if value}
    await anyio.to_thread.run_sync(jobs.start, room().corpus, job, kept, password)
    return {"job": job.id}


async def again(request: Request) -> dict[str, Any]:
    password = str((await _form(request)).get("password") or "")[:1000]
    await anyio.to_thread.run_sync(jobs.again, room().corpus, _job(request), password)
    return {}


async def stop(request: Request) -> dict[str, Any]:
    await anyio.to_thread.run_sync(jobs.stop, _job(request))
    return {}


async def delete(request: Request) -> dict[str, Any]:
    await anyio.to_thread.run_sync(jobs.delete, _job(request))
    return {}


async def _form(request: Request) -> dict[str, Any]:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > _FORM:
            raise Refused("long", "The form is too long; shorten it.")
    try:
        found = json.loads(body or b"{}")
        json.dumps(found, ensure_ascii=False).encode()  # half a character (a lone surrogate) cannot be kept
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise Refused("broken_off", "The form did not come whole; send it again.")
    return found


# -- watching


async def watch(request: Request) -> dict[str, Any]:
    since = request.query_params.get("from", "0")
    first = int(since) if since.isascii() and since.isdigit() and len(since) < 9 else 0
    return await anyio.to_thread.run_sync(state, _job(request), first)


async def watch_all(request: Request) -> dict[str, Any]:
    return await anyio.to_thread.run_sync(overview, room().corpus)


def overview(corpus: Corpus) -> dict[str, Any]:
    """Return every job without its outcomes, newest first, and who else writes to the corpus."""
    found = [state(job) for job in jobs.jobs(corpus)]
    ours = any(each["phase"] == "running" for each in found)
    return {"jobs": found, "writer": None if ours else writer(corpus.folder)}


def state(job: Job, first: int | None = None) -> dict[str, Any]:
    """Return how far a job is; with `first` also outcomes from that one (counted from 0) on."""
    phase, asked, events = jobs.phase(job), job.asked(), job.events()
    if phase == "done":
        jobs.tidy(job)
    steps = [event for event in events if event["event"] == "progress"]
    files = [event for event in events if event["event"] == "file"]
    ends = [event for event in events if event["event"] in ("end", "waiting")]
    told: dict[str, Any] = {
        "id": job.id,
        "phase": phase,
        "name": asked["about"].get("name", "") if asked else "",
        "at": asked["at"] if asked else None,
        "chosen": len(asked["files"] if asked else job.sent()),
        "size": sum(each["size"] for each in asked["files"]) if asked else sum(each.size for each in job.sent()),
        "error": (ends[-1]["error"] if ends else job.last_said()) if phase in ("failed", "waiting") else None,
        "told": len(files),
        "failed": sum(1 for each in files if each["state"] == "not searchable"),
        "in_part": sum(1 for each in files if each["state"] == "searchable in part"),
        **_far(events, steps),
    }
    if first is not None:
        told["outcomes"] = [_outcome(each) for each in files[first : first + _AT_ONCE]]
    return told


def _far(events: list[dict[str, Any]], steps: list[dict[str, Any]]) -> dict[str, Any]:
    """Return counts, the rate and the time left, in seconds, at the rate so far."""
    if not steps:
        return {"files": 0, "of_files": 0, "pages": 0, "share": 0.0, "rate": 0.0, "left": None, "seconds": 0.0}
    last = steps[-1]
    took = max(0.1, last["time"] - events[0]["time"])
    share = last["bytes"] / last["of_bytes"] if last["of_bytes"] else 1.0
    left = took / share - took if share > 0.02 and took > 2 else None
    counts = {name: last[name] for name in ("files", "of_files", "pages")}
    return {**counts, "share": share, "rate": last["pages"] / took, "left": left, "seconds": took}


def _outcome(event: dict[str, Any]) -> dict[str, Any]:
    return {name: event[name] for name in ("path", "document", "verdict", "state", "reason", "pages")}


_HOLDER = re.compile(r"(?P<doing>.+), process (?P<process>\d+) on (?P<host>\S+) since (?P<since>\S+)")


def writer(folder: Path) -> dict[str, str] | None:
    """Return who holds the corpus's writer lock, by its own note; None if nobody alive does."""
    try:
        found = _HOLDER.fullmatch((folder / "writer.txt").read_text(encoding="utf-8"))
    except OSError:
        return None
    if found is None or (found["host"] == socket.gethostname() and not _lives(int(found["process"]))):
        return None
    return found.groupdict()


def _lives(process: int) -> bool:
    if os.name == "nt":
        return True  # signal 0 would end it there
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


ROUTES = [
    _route("/uploads", "POST", create),
    _route("/uploads", "GET", watch_all),
    _route("/uploads/{job}", "GET", watch),
    _route("/uploads/{job}", "DELETE", delete),
    _route("/uploads/{job}/start", "POST", start),
    _route("/uploads/{job}/again", "POST", again),
    _route("/uploads/{job}/stop", "POST", stop),
    _route("/uploads/{job}/{number}", "PUT", receive),
    _route("/uploads/{job}/{number}", "DELETE", drop),
]
