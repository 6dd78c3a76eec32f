"""The report of a search as a download: signed for its query, in the reader's language, inert."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, unquote, urlsplit

import pytest
from starlette.applications import Starlette

from corpus import Corpus
from tests import rooms
from tests.conftest import Write
from ui.web import reports

HOSTILE = "<img src=x onerror=alert(1)> [y](javascript:alert(1))"


def ask(address: str) -> tuple[int, dict[str, str], str]:
    """Ask the route as a browser on this machine would; return status, headers and text."""
    split, sent = urlsplit(address), list[dict[str, Any]]()

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": unquote(split.path), "query_string": split.query.encode()}
    asyncio.run(Starlette(routes=reports.ROUTES)({**scope, "headers": []}, receive, send))
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(message.get("body", b"") for message in sent[1:]).decode()


@pytest.fixture(autouse=True)
def room(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    write(f"동의를 받지 않고 {HOSTILE}", name="가.pdf")
    with rooms.opened(corpus, monkeypatch):
        yield


@pytest.mark.parametrize(("language", "name"), [("ko", "검색 보고서"), ("en", "Search report")])
def test_a_report_is_downloaded(language: str, name: str) -> None:
    status, headers, text = ask(reports.address('"동의를 받지" 않고', language))
    assert (status, text[:2]) == (200, "# ")
    assert HOSTILE in text
    assert not [line for line in text.splitlines() if HOSTILE in line and not line.startswith("    ")]
    assert name in unquote(headers["content-disposition"])
    assert headers["cache-control"] == "no-store"


def test_a_report_tells_which_words_were_added_and_leaves_them_out() -> None:
    assert "    동의: consent" in ask(reports.address("동의", "ko"))[2]
    assert "consent" not in ask(reports.address("동의", "ko", ("consent",)))[2]
    plain = reports.address("동의", "ko", bridge=False)
    assert "consent" not in ask(plain)[2]
    assert ask(plain.replace("bridge=off&", ""))[0] == 403


def test_the_address_holds_for_its_query_alone() -> None:
    address = reports.address("동의", "ko")
    assert ask(address)[0] == 200
    assert ask(address.replace(quote("동의"), quote("안면")))[0] == 403
    assert ask("/export/report.md?q=x")[0] == 403


def test_a_query_that_is_not_understood_is_told_in_a_sentence() -> None:
    status, _, text = ask(reports.address("동의 (", "ko"))
    assert (status, text) == (400, "여기서 연 괄호가 닫히지 않았습니다. 뒤에 )를 적으십시오.")
