"""The reader's data: which page an address leads to, and what is told of it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.annotations import annotate, delete, reply
from corpus.model import Extraction, Furniture, FurnitureKind, Span, Withheld
from tests import pdfs, rooms
from tests.conftest import Write
from tests.ingests import ingest
from ui.web.reading import Asked, assemble
from ui.web.room import Room


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def read(room: Room, language: str = "ko", **asked: str) -> dict[str, Any]:
    """Return the data as the component gets them: through JSON."""
    found: dict[str, Any] = json.loads(json.dumps(assemble(room, Asked.of(lambda name: asked.get(name, "")), language)))
    return found


def test_a_page_with_all_that_is_known_of_it(room: Room, corpus: Corpus, write: Write) -> None:
    furniture = {2: (Furniture(FurnitureKind.NUMBER, 0, 1),)}
    id = write("첫 쪽", "2\n동의를 받지 않고", agency="법무부", received="2021-10-21", furniture=furniture)
    data = read(room, doc=id[:12], page="2", at="2-99")
    document, page = data["document"], data["page"]
    assert (data["error"], data["language"], data["at"], data["hits"]) == (None, "ko", [2, 11], None)
    assert (document["id"], document["title"], document["files"], document["pages"]) == (id, "문서", ["문서.pdf"], 2)
    assert (document["agencies"], document["releases"], document["tool"]) == (["법무부"], ["자료"], "test")
    assert document["occurrences"] == [{"release": "자료", "received": "2021-10-21", "path": "문서.pdf"}]
    assert (document["labels"], document["date"], document["date_source"]) == (["1", "2"], "2021-10-21", "received")
    assert (page["number"], page["text"], page["fingerprint"]) == (2, "2\n동의를 받지 않고", "test-1")
    assert (page["furniture"], page["withheld"], page["uncertain"]) == ([["page number", 0, 1]], [], [])
    assert data["colours"][0] == ["yellow", ""]


def test_addresses_are_signed_for_this_document_alone(room: Room, write: Write) -> None:
    id = write("가나", name="하나.pdf")
    data = read(room, doc=id)
    addresses = {
        "original": data["document"]["original"],
        "print": data["page"]["print"],
        "plain": data["page"]["plain"],
        "picture": data["picture_of"],
        "passage": data["passage"],
    }
    for purpose, address in addresses.items():
        path, _, query = address.partition("?")
        given = dict(pair.split("=") for pair in query.split("&"))
        assert path.startswith(f"/{purpose}/{id}")
        assert room.signer.holds(purpose, id, given["until"], given["by"])
    assert data["page"]["picture"] == data["picture_of"].replace("{page}", "1")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_is_not_there_is_told_in_a_sentence(room: Room, write: Write, language: str) -> None:
    id = write("가나")
    said = [
        read(room, language)["error"],
        read(room, language, doc="zz")["error"],
        read(room, language, doc="<img src=x>")["error"],
        read(room, language, doc=id, page="2")["error"],
        read(room, language, doc=id, page="0")["error"],
        read(room, language, doc=id, page="-1")["error"],
        read(room, language, doc=id, page="9" * 30)["error"],
        read(room, language, annotation="0" * 36)["error"],
        read(room, language, annotation="x")["error"],
    ]
    assert all(said)
    assert all((max(sentence) >= "가") == (language == "ko") for sentence in said)


def test_an_ambiguous_beginning_is_no_document(room: Room, write: Write) -> None:
    write("가나", name="1.pdf", document="ab" + "0" * 62)
    write("다라", name="2.pdf", document="ab" + "1" * 62)
    assert "둘 이상" in read(room, doc="ab")["error"]
    assert read(room, doc="AB1")["page"]["text"] == "다라"


def test_a_removed_document_is_not_shown(room: Room, corpus: Corpus, write: Write) -> None:
    id = write("가나")
    assert read(room, doc=id)["error"] is None
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(id), "test")
    assert read(room, doc=id)["error"]


def test_hits_of_a_query_in_the_document(room: Room, write: Write) -> None:
    id = write("동의 동의", "없음", "동의", name="가.pdf")
    write("동의", name="나.pdf")
    hits = read(room, doc=id, page="1", q="동의")["hits"]
    assert hits == {
        "query": "동의",
        "error": None,
        "here": [[0, 2], [3, 5]],
        "pages": [[1, 2], [3, 1]],
        "total": 3,
        "counted": "hits",
    }
    assert read(room, doc=id, page="2", q="동의")["hits"]["here"] == []
    assert read(room, doc=id, page="1", q="동의 -받지")["hits"]["total"] == 3
    assert read(room, doc=id, page="3", q='"동의"')["hits"]["pages"] == [[1, 2], [3, 1]]


def test_a_page_that_does_not_match_has_no_hits(room: Room, write: Write) -> None:
    id = write("동의를 받지 않고", "동의를 받고")
    hits = read(room, doc=id, page="1", q="동의 -않고")["hits"]
    assert (hits["here"], hits["pages"], hits["total"]) == ([], [[2, 1]], 1)


def test_why_a_paper_cannot_be_read_is_told_in_words(room: Room, corpus: Corpus, tmp_path: Path) -> None:
    broken = tmp_path / "깨진.pdf"
    broken.write_bytes(b"%PDF-1.4 broken")
    ingest(corpus, broken)
    [id] = corpus.store.documents()
    assert "(" in read(room, doc=id)["error"]
    assert "damaged" not in read(room, doc=id)["error"]
    assert "damaged" in read(room, "en", doc=id)["error"]


def test_hits_on_very_many_pages_count_pages(room: Room, write: Write) -> None:
    id = write(*["동의 동의"] * 70)
    hits = read(room, doc=id, page="4", q="동의")["hits"]
    assert (hits["counted"], len(hits["pages"]), hits["pages"][3]) == ("pages", 70, [4, 2])


def test_a_query_that_is_none_is_told_beside_the_page(room: Room, write: Write) -> None:
    data = read(room, doc=write("가나"), q="(")
    assert data["error"] is None
    assert data["hits"]["error"]


def test_a_paper_says_whether_its_original_has_what_is_withheld(room: Room, corpus: Corpus, write: Write) -> None:
    id, plain = write("이름 홍길동", "둘째 쪽", name="가림.pdf"), write("다른 글", name="그대로.pdf")
    covered = replace(corpus.store.page(id, 1), fingerprint="test-2", withheld=(Withheld(3, 6, (1.0, 2.0, 3.0, 4.0)),))
    with corpus.store.writing() as record:
        record.extraction(Extraction(id, "test-2", "test", {}, 2, {}))
        record.pages([covered])
    assert [read(room, doc=id, page=page)["document"]["withheld"] for page in ("1", "2")] == [True, True]
    assert read(room, doc=plain)["document"]["withheld"] is False
    with corpus.store.writing() as record:
        record.open_withheld(id, "김주무관")
    assert read(room, doc=id, page="2")["document"]["withheld"] is False


def test_withheld_text_is_nowhere_in_the_data(room: Room, corpus: Corpus, write: Write) -> None:
    id = write("성명 홍길동 귀하")
    page = corpus.store.page(id, 1)
    other = replace(page, fingerprint="test-2", withheld=(Withheld(3, 6, (1.0, 2.0, 3.0, 4.0)),))
    with corpus.store.writing() as record:
        document = corpus.store.document(id)
        record.extraction(replace(corpus.store.extraction(id, "test-1"), fingerprint="test-2"))  # type: ignore[type-var]
        record.pages([other])
        record.settle(document, "test-2", 2)
    whole = json.dumps(read(room, doc=id, q="홍길동"), ensure_ascii=False)
    assert "홍길동" not in whole.replace('"query": "홍길동"', "")
    assert read(room, doc=id)["page"]["withheld"] == [[3, 6, [1.0, 2.0, 3.0, 4.0]]]


def test_annotations_of_the_page_and_of_others(room: Room, corpus: Corpus, write: Write) -> None:
    id = write("동의를 받지 않고", "다른 쪽")
    store = corpus.store
    mark = annotate(store, store.page(id, 1), Span(0, 3), author="갑", note="중요", tags=["동의"])
    answer = reply(store, mark.id, author="을", note="맞음")
    second = reply(store, answer.id, author="병", note="그렇다")
    far = annotate(store, store.page(id, 2), Span(0, 2), author="갑")
    data = read(room, doc=id)
    [shown] = data["annotations"]
    assert (shown["start"], shown["end"], shown["how"], shown["note"], shown["tags"]) == (
        0,
        3,
        "position",
        "중요",
        ["동의"],
    )
    assert [each["id"] for each in shown["replies"]] == [answer.id, second.id]
    assert (data["elsewhere"], data["tags"]) == ({"2": 1}, ["동의"])
    opened = read(room, annotation=far.id, doc="zz", page="77")
    assert (opened["page"]["number"], opened["annotation"]) == (2, far.id)
    delete(store, mark.id, 1, editor="갑")
    assert [each["id"] for each in read(room, doc=id)["annotations"]] == [answer.id]


def test_a_dense_page_is_small_and_exact(room: Room, corpus: Corpus, tmp_path: Path) -> None:
    rows = [f"{row}. 동의를 받지 않고 제공한 정보 {row * 7}건에 관하여" for row in range(38)]
    path = pdfs.make(tmp_path / "빽빽.pdf", pdfs.lines(*rows, x=5, top=20, step=15, font=pdfs.korean()))
    ingest(corpus, path)
    [id] = corpus.store.documents()
    data = read(room, doc=id)
    length = len(data["page"]["text"])
    assert length > 1_000
    assert data["page"]["exact"]
    assert len(json.dumps(data, ensure_ascii=False).encode()) <= 12 * length + 4_000  # 80 KB for 6,000 characters
    assert sum(row[1] - row[0] for row in data["page"]["lines"]) > 0.9 * length
    with corpus.store.reading() as connection:
        kept = connection.exec_driver_sql("SELECT count(*) FROM glyphs").scalar()
    assert kept == 1
