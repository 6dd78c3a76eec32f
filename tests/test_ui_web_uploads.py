"""The routes of uploads: who may send, what is refused, and that nothing is left of what was broken off."""

from __future__ import annotations

import atexit
import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import uvicorn
from starlette.applications import Starlette

from corpus import Corpus
from tests.pdfs import lines, make
from ui.web import jobs, room, uploads


@dataclass
class Answer:
    status_code: int
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class TestClient:
    """Asks a real server, as a page of its own would."""

    __test__ = False
    port: int

    def request(self, method: str, path: str, **options: Any) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        body = json.dumps(options["json"]).encode() if "json" in options else options.get("content")
        connection.request(method, path, body, {"origin": f"http://127.0.0.1:{self.port}"} | options.get("headers", {}))
        answer = connection.getresponse()
        made = Answer(answer.status, answer.read())
        connection.close()
        return made

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def post(self, path: str, **options: Any) -> Answer:
        return self.request("POST", path, **options)

    def put(self, path: str, **options: Any) -> Answer:
        return self.request("PUT", path, **options)

    def delete(self, path: str) -> Answer:
        return self.request("DELETE", path)


@pytest.fixture
def client(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(Starlette(routes=uploads.ROUTES), log_level="warning", ws="none"))
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield TestClient(listening.getsockname()[1])
        server.should_exit = True
        thread.join()
    opened = room._rooms.pop(str(corpus.folder), None)
    if opened is not None:
        atexit.unregister(opened.close)
        opened.close()


def at(route: str, /, **query: str) -> str:
    more = "".join(f"&{name}={quote(value)}" for name, value in query.items())
    return f"/uploads{route}?{uploads.token()}{more}"


def new(client: TestClient) -> str:
    return str(client.post(at("")).json()["job"])


def left(corpus: Corpus) -> list[Path]:
    return [path for path in (corpus.folder / "jobs").rglob("*") if path.is_file()]


def put(client: TestClient, job: str, path: str, content: Any, number: int = 1) -> Any:
    return client.put(at(f"/{job}/{number}", path=path), content=content)


def test_only_our_own_page_may_send(client: TestClient, corpus: Corpus) -> None:
    job = new(client)
    for method, path in (("POST", ""), ("PUT", f"/{job}/1"), ("DELETE", f"/{job}"), ("POST", f"/{job}/start")):
        without = client.request(method, f"/uploads{path}")
        assert (without.status_code, without.json()["why"]) == (403, "token")
        for origin in ("http://elsewhere.example", "null", ""):
            foreign = client.request(method, at(path, path="x"), headers={"origin": origin})
            assert (foreign.status_code, foreign.json()["why"]) == (403, "origin")
    assert client.get("/uploads").status_code == 403
    assert client.get(f"/uploads/{job}?until=9999999999&by=00").status_code == 403
    assert [each.id for each in jobs.jobs(corpus)] == [job]
    assert left(corpus) == []


def test_a_file_is_kept_as_it_came(client: TestClient, corpus: Corpus) -> None:
    job = new(client)
    content = bytes(range(256)) * 20_000
    assert put(client, job, "붙임/../../../밖 <b>.pdf", content).json() == {"number": 1, "size": len(content)}
    folder = corpus.folder / "jobs" / job
    assert (folder / "incoming" / "1").read_bytes() == content
    assert {path.name for path in left(corpus)} == {"1", "1.json"}
    assert client.get(at(f"/{job}")).json()["chosen"] == 1
    put(client, job, "다른.pdf", b"other")  # sent again
    assert [(each.path, each.size) for each in jobs.Job.of(corpus, job).sent()] == [("다른.pdf", 5)]
    client.delete(at(f"/{job}/1"))
    assert left(corpus) == []


def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    client: TestClient, corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = new(client)
    monkeypatch.setattr(uploads, "_SPARE", shutil.disk_usage(corpus.folder).total)
    assert put(client, job, "a.pdf", b"x").status_code == 507
    monkeypatch.undo()
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    over = {"content-length": str((2048 << 20) + 1)}
    refused = client.put(at(f"/{job}/1", path="a.pdf"), content=b"x", headers=over)
    assert (refused.status_code, refused.json()["why"]) == (413, "too_large")
    assert put(client, job, "a.pdf", iter([b"no length"])).json()["why"] == "broken_off"
    assert put(client, job, "..", b"x").json()["why"] == "name"
    assert client.put(at(f"/{job}/1") + "&path=%FF.pdf", content=b"x").json()["why"] == "name"
    assert put(client, "0" * 16, "a.pdf", b"x").status_code == 404
    assert put(client, "%2e%2e", "a.pdf", b"x").status_code == 404
    assert left(corpus) == []
    client.delete(at(f"/{job}"))
    assert jobs.jobs(corpus) == []


def test_a_cancelled_upload_leaves_nothing(client: TestClient, corpus: Corpus) -> None:
    job = new(client)
    head = f"PUT {at(f'/{job}/1', path='a.pdf')} HTTP/1.1\r\nHost: 127.0.0.1:{client.port}\r\n"
    head += f"Origin: http://127.0.0.1:{client.port}\r\nContent-Length: 9000000\r\n\r\n"
    with socket.create_connection(("127.0.0.1", client.port)) as connection:
        connection.sendall(head.encode() + b"x" * 3_000_000)
        while not any(path.stat().st_size > 1_000_000 for path in left(corpus)):
            time.sleep(0.01)
    for _ in range(500):
        if not left(corpus):
            break
        time.sleep(0.01)
    assert left(corpus) == []
    assert client.get(at(f"/{job}")).json()["chosen"] == 0


def test_the_form_is_checked(client: TestClient, corpus: Corpus) -> None:
    job = new(client)
    put(client, job, "a.pdf", b"x")

    def start(**form: Any) -> Any:
        return client.post(at(f"/{job}/start"), json=form).json()["why"]

    assert start(name=" ") == "nameless"
    assert start(name="자료", received="어제") == "date"
    assert start(name="자료" * 300) == "long"
    assert client.post(at(f"/{job}/start"), content=b"[1]").json()["why"] == "broken_off"
    assert client.post(at(f"/{job}/start"), content=b'"' + b"x" * 70_000).json()["why"] == "long"
    assert client.post(at(f"/{new(client)}/start"), json={"name": "자료"}).json()["why"] == "empty"
    assert {each.id: jobs.phase(each) for each in jobs.jobs(corpus)}[job] == "open"


def test_sent_started_watched_once(client: TestClient, corpus: Corpus, tmp_path: Path) -> None:
    job = new(client)
    put(client, job, "동의.pdf", make(tmp_path / "a.pdf", lines("Consent")).read_bytes())
    form = {"name": "자료", "received": "2021. 10. 21.", "unknown": "x"}
    assert client.post(at(f"/{job}/start"), json=form).json() == {"job": job}
    twice = client.post(at(f"/{job}/start"), json=form)
    assert (twice.status_code, twice.json()["why"]) == (409, "begun")
    assert put(client, job, "late.pdf", b"x", 2).json()["why"] == "begun"
    while (state := client.get(at(f"/{job}")).json())["phase"] == "running":
        pass
    assert (state["phase"], [each["path"] for each in state["outcomes"]]) == ("done", ["동의.pdf"])
    assert client.get(at(f"/{job}", **{"from": "1"})).json()["outcomes"] == []
    assert [each.received for each in corpus.store.deliveries().values()] == ["2021-10-21"]
    (told,) = client.get(at("")).json()["jobs"]
    assert (told["phase"], told["told"], "outcomes" in told) == ("done", 1, False)
    assert client.post(at(f"/{job}/again")).status_code == 409
