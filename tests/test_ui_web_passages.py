"""What is copied of a selected passage."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus import Corpus
from corpus.citation import Status, find, verify
from corpus.errors import UsageError
from corpus.model import Release, Withheld
from search import Searcher
from search.grading import Grade
from tests import rooms
from tests.asgi import ask
from tests.conftest import Write
from ui.web.passages import ROUTES
from ui.web.room import Room

PAGE = "그 결과 개인정보를\n동의를 받지 않\n고 제공하였다."
OTHERS = "동의를 받지 않고 제공하였다. 개인정보를 동의를 받지 않고 제공하였다.\n" * 9


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def copied(room: Room, document: str, span: str, page: str = "1", lang: str = "ko") -> tuple[int, dict[str, Any]]:
    query = room.signer.query("passage", document)
    answer = ask(ROUTES, f"/passage/{document}/{page}/{span}?{query}&lang={lang}")
    return answer.status, json.loads(answer.body) if answer.headers["content-type"] == "application/json" else {}


def test_a_quotation_with_its_citation(room: Room, corpus: Corpus, write: Write) -> None:
    write(OTHERS, name="다른.pdf")
    id = write(PAGE, name="추진계획.pdf", agency="법무부", received="2021-10-21")
    status, found = copied(room, id, f"5-{len(PAGE)}")
    assert (status, found["text"]) == (200, "개인정보를 동의를 받지 않고 제공하였다.")
    assert (found["choices"], found["grade"], found["span"]) == ([found["text"]], "exact", [5, len(PAGE)])
    assert found["link"] == f"/reader?doc={id}&page=1&at=5-{len(PAGE)}"
    first, source, form = found["plain"].split("\n")
    assert (first, found["citation"]) == (f"“{found['text']}”", f"{source}\n{form}")
    assert "법무부" in source
    assert "「추진계획」" in source
    assert found["copies"] == [{"plain": found["plain"], "html": found["html"]}]
    [(_, permanent)] = find(found["plain"])
    assert verify(permanent, corpus.store, corpus.originals).status is Status.TRUE
    with Searcher(corpus) as searcher:
        assert searcher.quote(first).grade is Grade.EXACT


def test_both_readings_where_nothing_tells(room: Room, write: Write) -> None:
    id = write("밝혔\n음")
    found = copied(room, id, "0-4", lang="en")[1]
    assert set(found["choices"]) == {"밝혔음", "밝혔 음"}
    assert [copy["plain"].split("\n")[0] for copy in found["copies"]] == [f"“{each}”" for each in found["choices"]]
    assert len({copy["plain"].rpartition("\n")[2] for copy in found["copies"]}) == 1


def test_a_notice_is_part_of_the_citation(room: Room, corpus: Corpus, write: Write) -> None:
    id = write(PAGE)
    with corpus.store.writing() as record:
        record.release(Release("자료", "자료", notice="시연용 <자료>"))
        record.change(id, "edit")
    found = copied(room, id, "0-3")[1]
    assert "[시연용 <자료>]" in found["plain"]
    assert "[시연용 &lt;자료&gt;]" in found["html"]


def test_html_is_escaped(room: Room, write: Write) -> None:
    text = "<img src=x onerror=alert(1)> & 'x'"
    found = copied(room, write(text, name="<b>.pdf"), f"0-{len(text)}")[1]
    assert "<img" not in found["html"]
    assert "<b>" not in found["html"]
    assert found["html"].startswith("<blockquote><p>“&lt;img")
    assert text.strip() in found["plain"]


def test_what_cannot_be_quoted_is_refused_with_a_sentence(room: Room, corpus: Corpus, write: Write) -> None:
    id = write("성명 홍길동 귀하")
    page = replace(corpus.store.page(id, 1), fingerprint="test-2", withheld=(Withheld(3, 6, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([page])
        record.settle(corpus.store.document(id), "test-2", 2)
    for span, word in (("0-9", "가려진"), ("2-3", "글자나 숫자"), ("3-3", "구간"), ("5-2", "구간"), ("0-99", "구간")):
        status, found = copied(room, id, span)
        assert (status, list(found)) == (422, ["error"])
        assert word in found["error"]
        assert "홍길동" not in found["error"]


def test_a_passage_too_long_to_be_looked_for_is_refused(room: Room, write: Write) -> None:
    status, found = copied(room, write("가나 " * 8_000), "0-21000", lang="en")
    assert status == 422
    assert "20,000" in found["error"]


def test_unsigned_and_foreign_addresses_are_refused(room: Room, write: Write) -> None:
    id, other = write("가나"), "f" * 64
    for query in ("", room.signer.query("passage", other), room.signer.query("picture", id)):
        assert ask(ROUTES, f"/passage/{id}/1/0-2?{query}").status == 403
    assert copied(room, other, "0-2")[0] == 404
    assert copied(room, id, "0-2", page="2")[0] == 404
    for span in ("x-2", "0-" + "9" * 20, "0", "-1-2"):
        assert copied(room, id, span)[0] == 404


def test_an_extraction_that_cannot_be_cited_is_told(room: Room, write: Write) -> None:
    id = write("가나 다라", fingerprint="Not Citable")
    status, found = copied(room, id, "0-2")
    assert status == 422
    assert found["error"].endswith(".")


def test_the_error_is_one_of_ours() -> None:
    from search.clean import NoWords, Withheld

    assert issubclass(NoWords, UsageError)
    assert issubclass(Withheld, UsageError)
