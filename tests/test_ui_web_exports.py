"""Annotations as files over the network: signed, for this server's own pages, and inert."""

from __future__ import annotations

import asyncio
import csv
import io
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from starlette.applications import Starlette

from corpus import Corpus
from corpus.annotations import Annotation, annotate, annotations
from corpus.model import Span
from tests.conftest import Write
from ui.web import exports
from ui.web.annotation_list import Asked

HOST = "127.0.0.1:8501"
HOSTILE = '=HYPERLINK("http://example","x") <script>alert(1)</script> [y](javascript:alert(1))'


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


def ask(address: str, body: bytes | None = None, **headers: str) -> Answer:
    """Ask the routes as a browser on this machine would."""
    split = urlsplit(address)
    sent: list[dict[str, Any]] = []
    pieces = [{"type": "http.request", "body": body or b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        return pieces.pop(0) if pieces else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "GET" if body is None else "POST",
        "path": unquote(split.path),
        "query_string": split.query.encode(),
        "headers": [(name.encode(), value.encode()) for name, value in {"host": HOST, **headers}.items()],
    }
    asyncio.run(Starlette(routes=exports.ROUTES)(scope, receive, send))
    start = sent[0]
    given = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], given, b"".join(message.get("body", b"") for message in sent[1:]))


@pytest.fixture
def mark(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> Annotation:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    page = corpus.store.page(write("=1+1 동의를 받지\n않고", name="=문서 <b>.pdf"), 1)
    annotate(corpus.store, page, Span(5, 12), author="이조사관", note="다른 것")
    return annotate(corpus.store, page, Span(0, 8), author="@김", note=HOSTILE, tags=["+태그", "동의"])


def own(**headers: str) -> dict[str, str]:
    return {"origin": f"http://{HOST}", **headers}


def test_files_hold_what_the_list_shows(corpus: Corpus, mark: Annotation) -> None:
    files = exports.addresses(Asked(tag="동의"), "ko")
    answer = ask(files["jsonld"])
    assert answer.status == 200
    assert [item["id"] for item in answer.json()["first"]["items"]] == [f"urn:uuid:{mark.id}"]
    assert answer.headers["cache-control"] == "no-store"
    name = unquote(answer.headers["content-disposition"].partition("filename*=UTF-8''")[2])
    assert name.startswith("주석_말뭉치_")
    assert name.endswith(".jsonld")
    assert ask(exports.addresses(Asked(), "ko")["jsonld"]).json()["total"] == 2


def test_a_hostile_note_is_inert_in_csv_and_markdown(mark: Annotation) -> None:
    files = exports.addresses(Asked(tag="동의"), "en")
    table = ask(files["csv"]).body
    assert table.startswith(b"\xef\xbb\xbf")
    (row,) = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert not [cell for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
    reading = ask(files["md"]).body.decode()
    assert "<script" not in reading
    assert "[y](" not in reading


@pytest.mark.parametrize("change", [("by=", "by=0"), ("until=", "until=9"), (".csv", ".md"), (".csv", ".exe")])
def test_what_was_not_signed_is_refused(mark: Annotation, change: tuple[str, str]) -> None:
    answer = ask(exports.addresses(Asked(), "ko")["csv"].replace(*change))
    assert answer.status == 403
    assert HOSTILE.encode() not in answer.body


def test_a_file_comes_back_in(corpus: Corpus, mark: Annotation) -> None:
    files = exports.addresses(Asked(), "ko")
    made = ask(files["jsonld"]).json()
    again = ask(files["import"], json.dumps(made).encode(), **own())
    assert (again.status, again.json()["same"], again.json()["added"]) == (200, 2, 0)
    made["first"]["items"][0]["id"] = "urn:uuid:00000000-0000-4000-8000-000000000001"
    made["first"]["items"][1]["target"]["source"] = f"urn:sha256:{'0' * 64}#page=1"
    report = ask(files["import"] + "&who=%EA%B9%80", json.dumps(made).encode(), **own()).json()
    assert (report["added"], report["refused_count"]) == (1, 1)
    assert "not in this corpus" in report["refused"][0]
    assert len(annotations(corpus.store)) == 3


@pytest.mark.parametrize(
    "origin", [None, "", "null", "https://example.invalid", "http://127.0.0.1:9999", f"https://x/{HOST}"]
)
def test_another_site_cannot_import(corpus: Corpus, mark: Annotation, origin: str | None) -> None:
    address = exports.addresses(Asked(), "ko")["import"]
    headers = {} if origin is None else {"origin": origin}
    answer = ask(address, b"[]", **headers)
    assert answer.status == 403
    assert "error" in answer.json()


def test_an_unsigned_import_is_refused(mark: Annotation) -> None:
    files = exports.addresses(Asked(), "ko")
    signed_for_another = files["csv"].partition("until=")[2]
    for address in ("/import/annotations", f"/import/annotations?until={signed_for_another}"):
        assert ask(address, b"[]", **own()).status == 403
    assert ask(files["import"]).status == 405  # no GET


def test_what_is_too_large_or_no_file_of_annotations_is_refused(
    corpus: Corpus, mark: Annotation, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = exports.addresses(Asked(), "ko")["import"]
    for body in (b"\x00\xff", b"", b"# \xec\xa3\xbc\xec\x84\x9d", b'{"type": "x"}', b"[" * 100_000):
        answer = ask(address, body, **own())
        assert answer.status == 400, body[:20]
        assert answer.json()["error"]
    assert ask(address, b"[]", **own(**{"content-length": str(exports.MOST_BYTES + 1)})).status == 413
    monkeypatch.setattr(exports, "MOST_BYTES", 10)
    assert ask(address, b"[          ]", **own()).status == 413
    assert len(annotations(corpus.store)) == 2
