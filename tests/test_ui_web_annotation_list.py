"""The list of annotations: what an address asks for, in what order, and that nothing withheld is in it."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.annotations import Annotation, annotate, delete, name_colour, reply
from corpus.model import COVER, EVERYTHING, Audience, Extraction, Page, Span, Withheld
from corpus.verifying import Status, verify_all
from tests.conftest import Write
from ui.web.annotation_list import Asked, contents, matching

TEXT = "정보주체의 동의를 받지\n않고 얼굴 사진을 민간 기업에 넘겼다. 동의를 받지 않았다."
HOSTILE = '<img src=x onerror="alert(1)"> **굵게** [y](javascript:alert(1))'


def listed(corpus: Corpus, audience: Audience = EVERYTHING, **asked: str) -> dict[str, Any]:
    return contents(corpus.store, audience, Asked.of({name: [value] for name, value in asked.items()}), "ko")


def items(data: dict[str, Any]) -> list[dict[str, Any]]:
    return [item for group in data["groups"] for item in group["items"]]


def mark(corpus: Corpus, document: str, words: str, **options: Any) -> Annotation:
    page = corpus.store.page(document, 1)
    start = page.text.index(words)
    return annotate(corpus.store, page, Span(start, start + len(words)), **{"author": "김보좌", **options})


@pytest.fixture
def marks(corpus: Corpus, write: Write) -> dict[str, Annotation]:
    first = write(TEXT, name="나 문서.pdf", release="갑", agency="법무부")
    second = write(TEXT + " 끝.", name="가 문서.pdf", release="을")
    made = {
        "동의": mark(corpus, first, "동의를 받지\n않고", note="질의서에 인용", tags=["동의", "질의"]),
        "사진": mark(corpus, first, "얼굴 사진", colour="green", author="이조사관", tags=["동의"]),
        "기업": mark(corpus, second, "민간 기업", note=HOSTILE, tags=["=1+1"]),
        "끝": mark(corpus, second, "끝"),
    }
    made["답"] = reply(corpus.store, made["사진"].id, author="박", note="원문과 대조함")
    return made


def ids(data: dict[str, Any]) -> list[str]:
    return [item["id"] for item in items(data)]


def test_each_shows_what_was_marked_and_written(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    data = listed(corpus)
    found = {item["id"]: item for item in items(data)}
    one = found[marks["동의"].id]
    assert one["quote"] == "동의를 받지 않고"
    assert (one["title"], one["page"], one["note"], one["tags"]) == ("나 문서", 1, "질의서에 인용", ["동의", "질의"])
    assert one["placed"] == "position"
    span = marks["동의"].span
    assert one["href"] == (f"/reader?doc={one['document']}&page=1&annotation={one['id']}&at={span.start}-{span.end}")
    assert found[marks["사진"].id]["replies"][0]["note"] == "원문과 대조함"
    assert found[marks["기업"].id]["note"] == HOSTILE
    assert (data["found"], data["all"], data["deleted"]) == (4, 5, 0)


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ({"q": "동의를받지 않고"}, ["동의"]),
        ({"q": "인용 질의"}, ["동의"]),
        ({"q": "대조"}, ["사진"]),
        ({"q": "없는말"}, []),
        ({"tag": "동의"}, ["동의", "사진"]),
        ({"tag": "=1+1"}, ["기업"]),
        ({"colour": "green"}, ["사진"]),
        ({"author": "박"}, ["사진"]),
        ({"author": "김보좌", "tag": "동의"}, ["동의"]),
        ({"release": "을"}, ["기업", "끝"]),
        ({"document": "x"}, []),
    ],
)
def test_filters(corpus: Corpus, marks: dict[str, Annotation], asked: dict[str, str], names: list[str]) -> None:
    assert set(ids(listed(corpus, **asked))) == {marks[name].id for name in names}
    exported = {each.id for each in matching(corpus.store, EVERYTHING, Asked.of({n: [v] for n, v in asked.items()}))}
    assert exported >= {marks[name].id for name in names}
    assert (marks["답"].id in exported) == ("사진" in names)


def test_order_and_groups(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    place = [marks[name].id for name in ("기업", "끝", "동의", "사진")]
    assert ids(listed(corpus, sort="place")) == place
    assert ids(listed(corpus))[0] == marks["사진"].id  # the reply to it is the latest
    documents = listed(corpus, group="document", sort="place")["groups"]
    assert [group["title"] for group in documents] == ["가 문서", "나 문서"]
    tags = listed(corpus, group="tag")["groups"]
    assert [group["key"] for group in tags] == ["동의", "=1+1", "질의", ""]
    assert listed(corpus, group="<b>", sort="up", show="-5")["asked"]["group"] == "none"


def test_few_are_shown_at_first(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    data = listed(corpus, show="2")
    assert (len(items(data)), data["found"], data["more"]) == (2, 4, 32)


def test_deleted_ones_are_listed_apart(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    delete(corpus.store, marks["사진"].id, 1, editor="이조사관")
    alive = listed(corpus)
    assert marks["사진"].id not in ids(alive)
    assert marks["답"].id in ids(alive)  # what answered it stands by itself
    gone = listed(corpus, deleted="1")
    assert ids(gone) == [marks["사진"].id]
    assert (gone["deleted"], items(gone)[0]["editor"]) == (1, "이조사관")


def test_an_audience_sees_its_own_releases_alone(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    data = listed(corpus, Audience(frozenset({"을"})))
    assert set(ids(data)) == {marks["기업"].id, marks["끝"].id}
    assert [value for value, _ in data["choices"]["author"]] == ["김보좌"]
    assert "나 문서" not in json.dumps(data, ensure_ascii=False)


def anew(corpus: Corpus, document: str, text: str, withheld: tuple[Withheld, ...] = ()) -> None:
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, "test-2", "test", {}, 1, {}))
        record.pages([Page(document, 1, "test-2", text, withheld=withheld)])


def test_what_has_no_place_any_more_is_told(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    anew(corpus, marks["동의"].document, "얼굴 사진. 다른 글")
    found = {item["id"]: item for item in items(listed(corpus))}
    assert found[marks["동의"].id]["placed"] == "lost"
    assert "at=" not in found[marks["동의"].id]["href"]
    assert found[marks["사진"].id]["placed"] == "exact"
    assert found[marks["동의"].id]["span"] is None
    assert found[marks["동의"].id]["copied"].startswith("“동의를 받지 않고”\n법무부, 「나 문서」")


def test_words_withheld_since_are_nowhere_in_the_list(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    at = TEXT.index("얼굴")
    anew(corpus, marks["사진"].document, TEXT, (Withheld(at, at + 5, (0, 0, 9, 9)),))
    data = listed(corpus, colour="green")
    assert COVER in items(data)[0]["quote"]
    assert "얼굴 사진" not in json.dumps(data, ensure_ascii=False)
    assert ids(listed(corpus, q="얼굴사진")) == []


def test_the_citation_is_in_the_readers_language(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    english = contents(corpus.store, EVERYTHING, Asked(query="인용"), "en")
    assert "“나 문서”" in items(english)[0]["citation"]
    assert "「나 문서」" in items(listed(corpus, q="인용"))[0]["citation"]


def test_a_quotation_is_copied_with_its_citation(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    one = {item["id"]: item for item in items(listed(corpus))}[marks["동의"].id]
    words, source, form = one["copied"].split("\n")
    assert (words, one["citation"]) == ("“동의를 받지 않고”", f"{source}\n{form}")
    assert source == "법무부, 「나 문서」, 갑, 1쪽"
    assert verify_all(form, corpus.store, corpus.originals)[0][2].status is Status.TRUE
    assert one["span"] == [marks["동의"].span.start, marks["동의"].span.end]


def test_colours_have_the_names_given_to_them(corpus: Corpus, marks: dict[str, Annotation]) -> None:
    name_colour(corpus.store, "green", "중요", "김보좌")
    assert listed(corpus)["colours"]["green"] == "중요"
    assert listed(corpus)["colours"]["pink"] == ""


def test_the_view_lists_what_the_address_asks_for(
    corpus: Corpus, marks: dict[str, Annotation], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    delete(corpus.store, marks["끝"].id, 1, editor="김보좌")
    at = AppTest.from_string("from ui.web.views.annotated import show\nshow()", default_timeout=60)
    at.query_params["tag"] = "질의"
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    data = json.loads(component.proto.json)
    assert ids(data) == [marks["동의"].id]
    assert data["files"]["csv"].startswith("/export/annotations.csv?tag=")
    assert data["said"] is None


def test_an_unknown_annotation_cannot_be_restored(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    from ui.web.annotating import restore
    from ui.web.room import room

    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    for value in (None, {}, {"id": "x"}, {"id": str(uuid.uuid4()), "author": "김"}):
        assert restore(room(), None, value, "ko")["kind"] == "error"
