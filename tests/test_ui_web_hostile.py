"""What a hostile program or page does to the server: names no file can have, foreign pages, halves of characters."""

# No `from __future__ import annotations` here: the name is that of a function.

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import anyio
import pytest
import sqlalchemy as sa
import streamlit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import Message, Receive, Scope, Send
from starlette.websockets import WebSocket

from corpus import Corpus
from corpus.annotations import annotations
from corpus.listings import listings
from tests import pdfs, rooms
from tests.asgi import Answer, ask
from tests.conftest import Write
from tests.ingests import ingest
from ui.web import components, exports, jobs, release_acts, uploads
from ui.web.annotating import ACTS, Place
from ui.web.annotation_list import Asked
from ui.web.doors import CLOSED
from ui.web.gate import from_here
from ui.web.room import Room
from ui.web.server import OWN_HOSTS, guards, routes

HOST = "127.0.0.1:8501"
HALF = "\ud800"  # of a character, as JavaScript cuts one


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


async def failing(request: Request) -> Response:
    raise RuntimeError("secret of the machine")


async def talking(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


def served() -> Starlette:
    ours = [*routes(), Route("/failing", failing), WebSocketRoute("/_stcore/stream", talking)]
    return Starlette(routes=ours, middleware=guards(OWN_HOSTS))


def asked(address: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
    """Ask the whole of our routes behind what guards them; names of headers with _ for -."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_body() -> Message:
            return {**await receive(), "body": body}

        await guarded(scope, with_body, send)

    guarded = served()
    given = {"host": HOST} | {name.replace("_", "-"): value for name, value in headers.items()}
    return ask([Mount("/", app=app)], address, given, method)  # type: ignore[list-item]


# -- before any route


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize(
    ("address", "host", "status"),
    [
        ("/health", HOST, 200),
        ("/health", "elsewhere.example", 400),
        ("/nothing", HOST, 404),
        ("/failing", HOST, 500),
        *((f"{path}/a/b", HOST, 404) for path in CLOSED),
    ],
)
def test_every_answer_has_the_headers(address: str, host: str, status: int) -> None:
    answer = asked(address, host=host)
    assert answer.status == status
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "access-control-allow-origin" not in answer.headers


def test_a_mistake_is_told_in_a_sentence_and_logged_whole(room: Room) -> None:
    answer = asked("/failing", accept_language="ko")
    assert (answer.status, answer.headers["cache-control"]) == (500, "no-store")
    assert "오류" in answer.text
    assert "secret" not in answer.text
    log = (room.corpus.folder / "gongmun.log").read_text(encoding="utf-8")
    assert "web /failing" in log
    assert "secret of the machine" in log


def socket_opened(origin: str | None) -> bool:
    """Whether a WebSocket that names an origin is accepted."""
    sent: list[Message] = []
    given = {"host": HOST, "upgrade": "websocket"} | ({} if origin is None else {"origin": origin})
    scope = {
        "type": "websocket",
        "path": "/_stcore/stream",
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in given.items()],
        "subprotocols": [],
    }

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    anyio.run(served(), scope, receive, send)
    return bool(sent[0]["type"] == "websocket.accept")


@pytest.mark.usefixtures("room")
def test_only_pages_of_this_server_open_a_socket() -> None:
    assert socket_opened(f"http://{HOST}")
    assert socket_opened(None)  # a program that is no browser
    for origin in (
        "http://elsewhere.example",
        "null",
        "http://localhost:3000",
        "http://127.0.0.1:1",
        "",
        "http://[::1",
    ):
        assert not socket_opened(origin), origin


@pytest.mark.parametrize(
    "origin", [None, "", "null", "http://[::1", f"ftp://{HOST}", f"http://a@{HOST}", f"http://{HOST}/"]
)
def test_an_origin_that_is_none_is_not_ours(origin: str | None) -> None:
    assert not from_here(origin, HOST)
    assert not from_here("http://", "")


# -- names and numbers


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("name", ["a" * 300, "a/" * 3000 + "b", "가" * 200])
def test_a_name_that_no_file_can_have_is_not_found(name: str) -> None:
    assert asked(f"/assets/{components.version()}/{name}.js").status == 404
    assert asked(f"/assets/{components.version()}/shared/dom.js").status == 200


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("number", ["9" * 10, "9" * 300, "9" * 5000, "-1", "x", "%D9%A1"])
def test_a_number_that_no_file_has_is_refused(room: Room, number: str) -> None:
    job = jobs.Job.create(room.corpus)
    for method in ("PUT", "DELETE"):
        answer = asked(f"/uploads/{job.id}/{number}?{uploads.token()}&path=a.pdf", method, origin=f"http://{HOST}")
        assert (answer.status, json.loads(answer.body)["why"]) == (404, "gone")


@pytest.mark.usefixtures("room")
@pytest.mark.parametrize("origin", ["http://[::1", "http://[", "null"])
def test_a_broken_origin_is_refused(origin: str) -> None:
    imports = exports.addresses(Asked(), "en")["import"]
    for address in (f"/uploads?{uploads.token()}", imports):
        assert asked(address, "POST", origin=origin).status == 403


@pytest.mark.parametrize(
    ("form", "why"),
    [
        ("[" * 60_000, "broken_off"),
        ('{"name": "\\ud800"}', "broken_off"),
        ('{"name": "x", "password": "\\ud800"}', "broken_off"),
        ('{"name": "\\u0000 "}', "nameless"),
    ],
)
def test_a_form_that_cannot_be_kept_begins_nothing(room: Room, form: str, why: str) -> None:
    async def started() -> dict[str, Any]:
        async def receive() -> Message:
            return {"type": "http.request", "body": form.encode(), "more_body": False}

        scope = {"type": "http", "method": "POST", "headers": [], "path_params": {"job": job.id}, "query_string": b""}
        return await uploads.start(Request(scope, receive))

    job = jobs.Job.create(room.corpus)
    with pytest.raises(jobs.Refused) as refused:
        anyio.run(started)
    assert (refused.value.why, job.asked()) == (why, None)


# -- a paper that was removed


def test_a_removed_page_is_not_confirmed_to_a_browser_that_has_it(room: Room, tmp_path: Path) -> None:
    ingest(room.corpus, pdfs.make(tmp_path / "한 장.pdf", pdfs.lines("one page of words")))
    (document,) = room.corpus.store.documents()
    address = f"/picture/{document}/1/620.webp?{room.signer.query('picture', document)}"
    mark = asked(address).headers["etag"]
    assert asked(address, if_none_match=mark).status == 304
    with room.corpus.store.writing() as record:
        record.remove(room.corpus.store.occurrences(document), "갑", removed=True)
    assert asked(address, if_none_match=mark).status == 404


# -- what pages send


def test_halves_of_characters_are_not_kept_and_break_nothing(room: Room, write: Write) -> None:
    place = Place(write("동의를 받지 않고"), 1)
    sent = {"start": 0, "end": 3, "fingerprint": "test-1", "author": f"갑{HALF}", "note": HALF, "tags": [f"가{HALF}"]}
    for name in ("fingerprint", "document", "colour", "parent"):
        assert ACTS["annotate"](room, place, {**sent, name: HALF}, "ko")["kind"] == "error"
    assert annotations(room.corpus.store) == []
    assert ACTS["annotate"](room, place, sent, "ko")["kind"] == "saved"
    (kept,) = annotations(room.corpus.store)
    assert (kept.author, kept.note, kept.tags) == ("갑\ufffd", "\ufffd", ("가\ufffd",))


@contextmanager
def held(corpus: Corpus) -> Iterator[None]:
    """Hold the catalogue as another program would, for longer than anybody waits: who waits here does so for 0 s."""

    def impatient(connection: sqlite3.Connection, record: object) -> None:
        connection.execute("PRAGMA busy_timeout=0")

    corpus.store.engine.dispose()
    sa.event.listen(corpus.store.engine, "connect", impatient)
    other = sqlite3.connect(corpus.folder / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.close()


def test_what_could_not_be_written_is_said_and_given_back(room: Room, write: Write) -> None:
    place, store = Place(write("동의를 받지 않고"), 1), room.corpus.store
    sent = {"start": 0, "end": 3, "fingerprint": "test-1", "author": "갑", "note": "오래 쓴 글"}
    with held(room.corpus):
        said = ACTS["annotate"](room, place, sent, "ko")
        assert (said["kind"], said["yours"]["note"]) == ("error", "오래 쓴 글")
        assert said["text"].startswith("기록하지 못했습니다")
        assert release_acts.edited(room.corpus, {"document": place.document, "title": "새 이름"}, "갑") == "edit_broken"
        release = {"release": "자료", "changes": {"agency": ["", "새 기관"]}}
        assert release_acts.release_edited(room.corpus, release, "갑") == "edit_broken"
        assert release_acts.withdrawn(room.corpus, {"release": "자료"}, "갑") == "edit_broken"
    assert annotations(store) == []
    assert listings(store)[place.document].title != "새 이름"
    assert "was not written" in (room.corpus.folder / "gongmun.log").read_text(encoding="utf-8")


def test_an_import_that_could_not_be_written_is_said(room: Room, write: Write) -> None:
    place = Place(write("동의를 받지 않고"), 1)
    sent = {"start": 0, "end": 3, "fingerprint": "test-1", "author": "갑", "note": "글"}
    made = ACTS["annotate"](room, place, sent, "ko")["annotation"]
    files = exports.addresses(Asked(), "en")
    body = asked(files["csv"], origin=f"http://{HOST}").body.replace("글".encode(), "다른 글".encode())
    ACTS["delete"](room, place, {"id": made["id"], "version": 1, "author": "갑"}, "ko")
    with held(room.corpus):
        answer = asked(files["import"], "POST", body, origin=f"http://{HOST}")
    assert (answer.status, "Try again" in json.loads(answer.body)["error"]) == (503, True)


def test_an_act_that_fails_is_logged_and_said_while_the_page_is_shown(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: dict[str, Any] = {"nobody": SimpleNamespace(save=1)}
    given: dict[str, Any] = {}
    monkeypatch.setattr(streamlit, "session_state", state)
    monkeypatch.setattr(components, "_declared", lambda name: lambda **options: given.update(options))

    def act(value: Any) -> None:
        raise RuntimeError(f"nobody foresaw {value}")

    components.mount("nobody", {}, on={"save": act})
    given["on_save_change"]()
    assert state[components.MISTAKE] is True
    assert "nobody foresaw 1" in (room.corpus.folder / "gongmun.log").read_text(encoding="utf-8")


def test_an_upload_that_has_no_place_is_refused(room: Room) -> None:
    (room.corpus.folder / "jobs").write_text("a file where the folder of uploads should be", encoding="utf-8")
    answer = asked(f"/uploads?{uploads.token()}", "POST", origin=f"http://{HOST}")
    assert (answer.status, json.loads(answer.body)["why"]) == (507, "full")
