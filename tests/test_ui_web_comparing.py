"""Two versions side by side: what differs between them, in order, where it is marked, and who may see it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.model import (
    Audience,
    Delivery,
    Document,
    Extraction,
    Occurrence,
    Page,
    Redaction,
    Release,
    State,
    Withheld,
    Word,
    Words,
)
from search import Searcher, near_duplicates
from tests import pdfs, rooms
from tests.asgi import ask
from tests.conftest import Write
from tests.ingests import SAMPLE, ingest
from ui.web import comparing, differing
from ui.web import room as rooms_module
from ui.web.comparing import Asked, assemble
from ui.web.differing import Kind, compared
from ui.web.nearly_alike import ROUTES, alike, also_in, differences_address, in_words, versions
from ui.web.reading import Asked as Opened
from ui.web.reading import assemble as opened
from ui.web.room import Room

SECOND = SAMPLE.parent / "second"
LONG = " ".join(f"법무부는 {n}번째로 인천공항 출입국 심사에서 얻은 얼굴 정보를 민간 업체에 넘겼다." for n in range(12))
HOSTILE = "<script>alert(1)</script>"


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


@pytest.fixture
def versions_of_sample(corpus: Corpus) -> tuple[str, str]:
    """The paper of the sample release that came in two versions."""
    before, after = next(SAMPLE.glob("07_*.pdf")), next(SECOND.glob("19_*.pdf"))
    ingest(corpus, before)
    ingest(corpus, after)
    near_duplicates.link(corpus)
    return of(corpus, before.name), of(corpus, after.name)


def of(corpus: Corpus, name: str) -> str:
    return next(each.document for each in corpus.store.occurrences() if each.name == name)


def data(room: Room, one: str, other: str, language: str = "ko", **asked: str) -> dict[str, Any]:
    given = {"a": one, "b": other, **asked}
    made = assemble(room, Asked.of(lambda name: given.get(name, "")), language)
    found: dict[str, Any] = json.loads(json.dumps(made))
    return found


def rows(found: dict[str, Any]) -> dict[str, list[tuple[str, str, str]]]:
    """Return what is listed, by group: how it is marked, what either version says."""
    return {
        group["name"]: [(row["look"], row["before"], row["after"]) for row in group["rows"]]
        for group in found["groups"]
        if group["rows"]
    }


def marked(sheet: dict[str, Any]) -> list[tuple[int, str, str]]:
    """Return the marks of words on a page: the number of the difference, the look, the words."""
    return [
        (mark["n"], mark["look"], sheet["text"][mark["start"] : mark["end"]])
        for mark in sheet["marks"]
        if mark["start"] is not None
    ]


# -- the sample's second version


def test_the_sample_differs_in_one_figure_and_one_black_box(room: Room, versions_of_sample: tuple[str, str]) -> None:
    found = data(room, *versions_of_sample)
    assert (found["state"], found["backwards"], found["likeness"], found["matched"]) == ("compared", False, 96, 4)
    assert rows(found) == {
        "figures": [("changed", "5,760만 건", "5,764만 여 건")],
        "boxes": [("uncovered", "", "출입국 업무 담당 부서(시연용)")],
        "words": [("changed", "두", "한"), ("changed", "세", "두"), ("changed", "비공개(두", "비공개(한")],
    }
    assert [pair["count"] for pair in found["pairs"]] == [1, 0, 1, 3]
    assert (found["at"], found["total"], found["spacing"]) == (0, 5, 0)
    assert [marked(sheet) for sheet in found["sheets"]] == [[(1, "changed", "5,760만")], [(1, "changed", "5,764만 여")]]
    assert all(sheet["picture"].startswith("/picture/") for sheet in found["sheets"])


def test_a_black_box_that_is_gone_is_marked_in_both(room: Room, versions_of_sample: tuple[str, str]) -> None:
    one, other = data(room, *versions_of_sample, diff="2")["sheets"]
    (box,) = one["marks"]
    assert (one["number"], box["n"], box["look"], box["start"], len(box["boxes"])) == (3, 2, "uncovered", None, 1)
    assert marked(other) == [(2, "uncovered", "출입국 업무 담당 부서(시연용)")]
    left, top, right, bottom = box["boxes"][0]
    x0, y0, x1, y1 = other["marks"][0]["boxes"][0]
    assert left - 2 <= x0 < x1 <= right + 2  # the words stand where the box was
    assert top - 2 <= y0 < y1 <= bottom + 2


def test_the_other_way_round_the_box_is_new(room: Room, versions_of_sample: tuple[str, str]) -> None:
    found = data(room, *reversed(versions_of_sample))
    assert rows(found)["boxes"] == [("covered", "출입국 업무 담당 부서(시연용)", "")]


def test_withheld_text_is_in_none_of_it(room: Room, corpus: Corpus, versions_of_sample: tuple[str, str]) -> None:
    hidden = [
        page.text[each.start : each.end]
        for id in versions_of_sample
        for page in corpus.store.pages(id)
        for each in page.withheld
    ]
    assert hidden
    for diff in "12345":
        told = json.dumps(data(room, *versions_of_sample, diff=diff), ensure_ascii=False)
        assert not [words for words in hidden if words in told]


# -- pages and differences of all kinds


def page(number: int, text: str, document: str = "가" * 64, **more: Any) -> Page:
    return Page(document, number, "f", text, **more)


def boxed(number: int, text: str, **more: Any) -> Page:
    """A page whose words stand on one line, ten points a character."""
    words, at = [], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        words.append(Word(start, at, (start * 10.0, 100.0, at * 10.0, 110.0)))
    return page(number, text, width=2000.0, height=200.0, words=Words.pack(words, 2000.0, 200.0), **more)


def test_differences_come_in_the_order_of_the_pages() -> None:
    ours = [
        page(1, f"{LONG} 세 건"),
        page(2, f"둘째 {LONG[::-1]} 100명"),
        page(3, "끝 " + LONG.replace("넘겼", "주었") * 2),
    ]
    theirs = [page(1, f"{LONG} 네 건"), page(2, f"둘째 {LONG[::-1]} 200명 더"), ours[2]]
    found = compared(ours, theirs)
    assert [(each.kind.value, each.pair) for each in found.differences] == [("words", 0), ("figure", 1)]
    assert in_words(found, "en") == "Differences: figures and dates: 1 · words: 1"


def test_a_page_in_one_version_alone_is_one_difference() -> None:
    first, last = page(1, LONG), "바" * 3 + LONG[::-1]
    found = compared([first, page(2, "새로 넣은 쪽 " * 30), page(3, last)], [first, page(2, last)])
    assert [(each.kind, each.pair) for each in found.differences] == [(Kind.ONLY_ONE, 1)]
    back = compared([first, page(2, last)], [first, page(2, "새로 넣은 쪽 " * 30), page(3, last)])
    assert [(each.kind, each.pair) for each in back.differences] == [(Kind.ONLY_OTHER, 1)]
    assert in_words(back, "ko") == "다른 곳: 한 판에만 있는 쪽 1"
    more = compared([page(1, f"{LONG} 끝 문장"), page(2, "새로 넣은 3쪽 " * 30), page(3, last)], [first, page(2, last)])
    assert [(each.kind.value, each.before, each.pair) for each in more.differences] == [
        ("words", "끝 문장", 0),
        ("only_one", "", 1),
    ]


def test_blanks_alone_are_kept_apart() -> None:
    found = compared([page(1, f"{LONG} 김 철수")], [page(1, f"{LONG} 김철수")])
    assert (found.differences, len(found.spacing)) == ((), 1)


def test_words_beside_a_box_stay_a_difference_of_their_own() -> None:
    text = "의뢰 부서 출입국 담당 부서 귀하 " + "얼굴 " * 30
    start, end = text.index("출입국"), text.index(" 귀하")
    hidden = Withheld(start, end, (start * 10.0, 98.0, end * 10.0, 112.0))
    covered = boxed(1, text, withheld=(hidden,), redactions=(Redaction(hidden.box, "box", bad=True),))
    shown = boxed(1, text.replace("귀하", "앞"))
    found = compared([covered], [shown]).differences
    assert (found[0].kind, found[0].before, found[0].after) == (Kind.UNCOVERED, "", "출입국 담당 부서")
    assert "출입국" not in json.dumps([each.before for each in found], ensure_ascii=False)
    assert any("앞" in each.after for each in found[1:])


def test_missing_words_leave_a_gap_where_they_would_stand(room: Room, write: Write) -> None:
    one, other = write(f"{LONG} 그리고 끝", name="가.pdf"), write(f"{LONG} 끝", name="나.pdf")
    found = data(room, one, other)
    assert marked(found["sheets"][0]) == [(1, "removed", "그리고")]
    assert marked(found["sheets"][1]) == [(1, "gap", "")]
    back = data(room, other, one)
    assert [look for _, look, _ in marked(back["sheets"][1])] == ["added"]


def test_text_of_papers_is_passed_on_as_text(room: Room, write: Write) -> None:
    one, other = write(f"{LONG} {HOSTILE}", name="가.pdf"), write(f"{LONG} 없음", name="나.pdf")
    assert rows(data(room, one, other)) == {"figures": [("changed", HOSTILE, "없음")]}


def test_a_long_text_is_cut_in_the_list_and_whole_on_the_page(room: Room, write: Write) -> None:
    added = "새로운 문장이 들어갔다. " * 60
    one, other = write(LONG, name="가.pdf"), write(f"{LONG} {added}", name="나.pdf")
    found = data(room, one, other)
    assert len(rows(found)["words"][0][2]) < 200
    assert marked(found["sheets"][1])[0][2] == added.strip()


# -- which pair is shown


@pytest.fixture
def three(room: Room, write: Write) -> tuple[str, str]:
    """Two versions of three pages: the first is the same, a figure differs on the last, the second lacks a page."""
    middle = "가운데 쪽에는 다른 이야기가 있다. " * 20
    last = LONG.replace("얼굴", "지문")
    return (
        write(LONG, middle, f"{last} 100명", name="가.pdf"),
        write(LONG, f"{last} 200명", name="나.pdf"),
    )


WHERE: list[tuple[dict[str, str], int, int | None]] = [
    ({}, 1, None),  # the first difference
    ({"page": "1"}, 0, None),
    ({"page": "3"}, 2, None),
    ({"page_b": "2"}, 2, None),
    ({"diff": "2"}, 2, 2),
    ({"page": "3", "diff": "2"}, 2, 2),
    ({"page": "1", "diff": "2"}, 0, None),
    ({"page": "99"}, 1, None),
    ({"diff": "99"}, 1, None),
    ({"diff": "<b>", "page": "-1"}, 1, None),
]


def test_the_address_says_which_pair_is_shown(room: Room, three: tuple[str, str]) -> None:
    for asked, at, chosen in WHERE:
        found = data(room, *three, **asked)
        assert (found["at"], found["chosen"]) == (at, chosen), asked
        assert [pair["count"] for pair in found["pairs"]] == [0, 1, 1]
        assert [sheet is None for sheet in found["sheets"]] == [False, at == 1]


def test_every_address_of_the_page_leads_where_it_says(room: Room, three: tuple[str, str]) -> None:
    found = data(room, *three)
    for at, pair in enumerate(found["pairs"]):
        assert data(room, *three, **asked_of(pair["href"]))["at"] == at
    for group in found["groups"]:
        for row in group["rows"]:
            assert data(room, *three, **asked_of(row["href"]))["chosen"] == row["n"]


def asked_of(href: str) -> dict[str, str]:
    from urllib.parse import parse_qsl, urlsplit

    asked = dict(parse_qsl(urlsplit(href).query))
    return {name: value for name, value in asked.items() if name not in ("a", "b")}


# -- what is said where there is nothing to compare


def test_states_in_which_nothing_is_compared(room: Room, corpus: Corpus, write: Write) -> None:
    unread(corpus)
    one, other = write(LONG, name="가.pdf"), write(f"{LONG} 끝.", name="나.pdf")
    assert data(room, "", "")["state"] == "choose"
    assert data(room, one, one)["error"] == "두 주소는 바이트까지 똑같은 한 파일입니다. 견줄 것이 없습니다."
    assert data(room, one, "f" * 64)["state"] == "error"
    assert data(room, one, "<script>")["state"] == "error"
    assert data(room, one[:12], other[:12])["state"] == "compared"  # the beginning of an id does
    assert data(room, one, of(corpus, "빈.hwp"), "en")["error"] == "“빈” has no pages to compare."


def unread(corpus: Corpus) -> None:
    with corpus.store.writing() as record:
        record.release(Release("없", "없"))
        record.delivery(Delivery("없-1", "없", "없"))
        record.document(Document("e" * 64, 1, "application/x-hwp"))
        record.occurrence(Occurrence("e" * 16, "e" * 64, "없-1", "빈.hwp", "빈.hwp", 1, 0))


def test_the_same_words_and_papers_that_have_little_in_common(room: Room, write: Write) -> None:
    one, same = write(LONG, name="가.pdf"), write(f"{LONG} ", name="나.pdf")
    other = write("전혀 다른 이야기를 하는 문서이다. 바다와 산과 강이 나온다. " * 5, name="다.pdf")
    found = data(room, one, same)
    assert (found["total"], found["at"], found["likeness"], found["slight"]) == (0, 0, 100, False)
    assert [sheet["marks"] for sheet in found["sheets"]] == [[], []]
    far = data(room, one, other)
    assert (far["state"], far["slight"]) == ("compared", True)
    assert far["total"] > 0


def test_papers_nearly_alike_are_offered(room: Room, corpus: Corpus, write: Write) -> None:
    one = write(f"{LONG} 세 건", name="가.pdf", release="갑", received="2021")
    other = write(f"{LONG} 네 건", name="나.pdf", release="을", received="2019")
    lone = write("전혀 다른 이야기를 하는 문서이다. " * 9, name="다.pdf")
    near_duplicates.link(corpus)
    for asked in (("", ""), (one, ""), ("", other)):
        (pair,) = data(room, *asked)["pairs"]
        assert (pair["one"]["id"], pair["other"]["id"]) == (other, one)  # the earlier first
        assert data(room, other, one)["backwards"] is False
        assert data(room, one, other)["backwards"] is True
    nothing = data(room, lone, "")
    assert (nothing["pairs"], nothing["given"]["id"]) == ([], lone)


# -- who may see it


def test_an_audience_compares_its_own_papers_alone(
    room: Room, corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = (
        write(f"{LONG} 세 건", name="가.pdf", release="갑"),
        write(f"{LONG} 네 건", name="나.pdf", release="을"),
    )
    near_duplicates.link(corpus)
    assert data(room, one, other)["state"] == "compared"
    address = differences_address(room, one, other, "ko")
    assert ask(ROUTES, address).status == 200
    assert also_in(corpus.store, known(room), [one])
    mine = Room(corpus, room.signer, Searcher(corpus, Audience(frozenset({"갑"}))))
    monkeypatch.setitem(rooms_module._rooms, str(corpus.folder), mine)
    assert list(known(mine)) == [one]
    assert data(mine, one, other)["state"] == "error"
    assert data(mine, one, "")["pairs"] == []
    assert ask(ROUTES, address).status == 404
    assert versions(mine, one, 1, "ko") == []
    assert also_in(corpus.store, known(mine), [one]) == {}
    mine.close()


def known(room: Room) -> dict[str, Any]:
    with room.searching() as searcher:
        return dict(searcher.known())


# -- said beside the paper and beside hits


def test_the_reader_names_the_other_versions(room: Room, corpus: Corpus, versions_of_sample: tuple[str, str]) -> None:
    one, other = versions_of_sample
    for id, its, key in ((one, other, "page=3"), (other, one, "page_b=3")):
        shown = opened(
            room,
            Opened.of({"doc": id, "page": "3", "q": "", "at": "", "annotation": "", "bridge": ""}.__getitem__),
            "ko",
        )
        (version,) = shown["versions"]
        assert (version["document"], version["likeness"]) == (its, 96)
        assert version["compare"] == f"/compare?a={one}&b={other}&{key}"
        answer = ask(ROUTES, version["differences"])
        assert json.loads(answer.text) == {"said": "다른 곳: 수치·날짜 1곳 · 검은 칸·가린 말 1곳 · 낱말 3곳"}
    assert [(pair.one.document.id, pair.other.document.id) for pair in alike(corpus.store, known(room))] == [
        (one, other)
    ]


def test_in_how_much_papers_differ_is_told_at_signed_addresses(room: Room, write: Write) -> None:
    one, other = write(f"{LONG} 세 건", name="가.pdf"), write(f"{LONG} 네 건", name="나.pdf")
    address = differences_address(room, one, other, "en")
    assert json.loads(ask(ROUTES, address).text) == {"said": "Differences: words: 1"}
    assert ask(ROUTES, address.partition("?")[0]).status == 403
    assert ask(ROUTES, address.replace(one, other, 1)).status == 403
    assert ask(ROUTES, address.replace(other, "f" * 64)).status == 404


# -- made once


def test_a_comparison_is_made_anew_when_a_paper_changes(
    room: Room, corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = write(f"{LONG} 세 건", name="가.pdf"), write(f"{LONG} 네 건", name="나.pdf")
    made: list[int] = []
    differences = differing.differences

    def counted(*pages: Any) -> Any:
        made.append(1)
        return differences(*pages)

    monkeypatch.setattr(differing, "differences", counted)
    for _ in range(3):
        assert data(room, one, other)["total"] == 1
    assert len(made) == 1
    reread = Page(other, 1, "test-2", f"{LONG} 세 건", label="1")
    with corpus.store.writing() as record:
        record.extraction(Extraction(other, "test-2", "test", {}, 1, {}))
        record.pages([reread])
        record.settle(Document(other, 9, "application/pdf", 1, State.SEARCHABLE), "test-2", 1)
    assert data(room, one, other)["total"] == 0
    assert len(made) == 2


def test_who_waits_is_told_so(room: Room, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = write(f"{LONG} 세 건", name="가.pdf"), write(f"{LONG} 네 건", name="나.pdf")
    monkeypatch.setattr(comparing, "_PATIENCE", 0)
    go_on = threading.Event()
    differences = differing.differences

    def slow(*pages: Any) -> Any:
        go_on.wait()
        return differences(*pages)

    monkeypatch.setattr(differing, "differences", slow)
    waiting = [data(room, one, other, "en") for _ in range(2)]
    assert [each["state"] for each in waiting] == ["waiting", "waiting"]
    go_on.set()
    assert json.loads(ask(ROUTES, waiting[0]["when_done"]).text) == {"said": "Differences: words: 1"}
    assert data(room, one, other)["state"] == "compared"


# -- the view


def script() -> None:
    import sys

    from ui.web.views import compare

    sys.modules["__main__"].__dict__.pop("__file__", None)  # as ui/web/app.py does
    compare.show()


@pytest.mark.usefixtures("room")
def test_the_view_is_one_component(write: Write) -> None:
    one, other = write(f"{LONG} 100건", name="가.pdf"), write(f"{LONG} 200건", name="나.pdf")
    at = AppTest.from_function(script, default_timeout=60)
    for asked, state in (({"a": one, "b": other}, "compared"), ({"a": one, "b": "ffff"}, "error"), ({}, "choose")):
        at.query_params.clear()
        for name, value in asked.items():
            at.query_params[name] = value
        at.run()
        assert not at.exception
        (component,) = at.get("bidi_component")
        shown = json.loads(component.proto.json)
        assert (shown["state"], bool(shown["texts"]["title"])) == (state, True)


def test_pages_of_a_pdf_have_marks_inside_their_words(room: Room, corpus: Corpus, tmp_path: Path) -> None:
    """Boxes are those of the characters, within the page, also where it is turned."""
    words = [f"line {n} of a letter about faces and airports" for n in range(20)]
    for name, figure, turn in (("a.pdf", "3,000", 0), ("b.pdf", "5,000", 90)):
        draw = pdfs.lines(*words, f"in all {figure} persons", "the end of it")
        ingest(corpus, pdfs.make(tmp_path / name, pdfs.turned(turn, draw)))
    found = data(room, of(corpus, "a.pdf"), of(corpus, "b.pdf"))
    assert rows(found)["figures"][0][1:] == ("3,000 persons", "5,000 persons")
    for sheet, figure in zip(found["sheets"], ("3,000", "5,000"), strict=True):
        ((_, look, text),) = marked(sheet)
        assert (look, text) == ("changed", figure)
        ((x0, top, x1, bottom),) = sheet["marks"][0]["boxes"]
        assert 0 < x0 < x1 < sheet["width"]
        assert 0 < top < bottom < sheet["height"]
        assert 15 < x1 - x0 < 60
    assert [sheet["rotation"] for sheet in found["sheets"]] == [0, 90]
