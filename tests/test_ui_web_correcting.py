"""Recognised text in the reader: what is shown of it, and the acts on it, which anybody may send."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.model import Basis, Extraction, Furniture, FurnitureKind, Page, Reason, State, Withheld, Word, Words
from corpus.waiting import wanted
from tests import rooms
from tests.conftest import Write
from ui.web.annotating import Place
from ui.web.correcting import ACTS, doubtful, standing
from ui.web.room import Room

TEXT = "본인의 동외를 받지\n않고 1억 7천만 건올"
SURE = (96, 52, 69, 70, 90, 41, 69)


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


Scan = Callable[..., Place]


@pytest.fixture
def scan(corpus: Corpus, write: Write) -> Scan:
    """Write a page that was recognised; `changes` are the page's."""

    def written(name: str = "스캔.pdf", **changes: Any) -> Place:
        document = write(name, name=name)
        keep(corpus, recognised(corpus.store.page(document, 1), **changes))
        return Place(document, 1)

    return written


def recognised(page: Page, **changes: Any) -> Page:
    words, at = [], 0
    for number, word in enumerate(TEXT.split()):
        at = TEXT.index(word, at)
        words.append(Word(at, at + len(word), (10.0 + 40 * number, 20.0, 45.0 + 40 * number, 32.0)))
        at += len(word)
    read = replace(
        page,
        fingerprint="ocr-1",
        text=TEXT,
        width=400.0,
        height=500.0,
        basis=Basis.OCR,
        confidence=0.7,
        words=Words.pack(words, 400.0, 500.0),
        confidences=bytes(SURE),
        state=State.OCR,
    )
    return replace(read, **changes)


def keep(corpus: Corpus, page: Page) -> None:
    with corpus.store.writing() as record:
        record.extraction(Extraction(page.document, page.fingerprint, "Tesseract", {}, 1, {}))
        record.pages([page])
        record.change(page.document, "recognised")


def put(**changes: Any) -> dict[str, Any]:
    start = TEXT.index("동외를")
    sent = {"fingerprint": "ocr-1", "start": start, "end": start + 3, "text": "동의를", "author": "갑"}
    return {**sent, **changes}


def current(room: Room, place: Place) -> Page:
    return room.corpus.store.page(place.document, place.page)


# -- what is shown


def test_words_below_seventy_are_in_doubt(room: Room, scan: Scan) -> None:
    page = current(room, scan())
    assert [[page.text[start:end], sure] for start, end, sure in doubtful(page)] == [
        ["동외를", 52],
        ["받지", 69],
        ["7천만", 41],
        ["건올", 69],
    ]
    assert doubtful(replace(page, basis=Basis.CHECKED)) == []


def test_nothing_is_said_of_words_that_are_withheld(room: Room, scan: Scan) -> None:
    start = TEXT.index("7천만")
    page = current(room, scan(withheld=(Withheld(start, start + 3, (0.0, 0.0, 9.0, 9.0)),)))
    assert [sure for _, _, sure in doubtful(page)] == [52, 69, 69]


def test_what_a_page_rests_on_is_told(room: Room, scan: Scan, write: Write) -> None:
    nothing = {"corrected": None, "checked": None, "waiting": 0, "wanted": False}
    assert standing(room, current(room, scan())) == {**nothing, "tickable": True}
    assert standing(room, current(room, Place(write("글"), 1))) == {**nothing, "tickable": False}
    waits = scan("대기.pdf", text="", reason=Reason.NEEDS_OCR, state=State.NOT_SEARCHABLE, confidences=b"")
    assert standing(room, current(room, waits)) == {**nothing, "tickable": False, "waiting": 1}


def script() -> None:
    import sys

    from ui.web.views import reader

    sys.modules["__main__"].__dict__.pop("__file__", None)  # as ui/web/app.py does
    reader.show()


@pytest.mark.usefixtures("room")
def test_the_reader_is_given_all_of_it(scan: Scan) -> None:
    at = AppTest.from_function(script, default_timeout=60)
    at.query_params["doc"] = scan().document
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    page = json.loads(component.proto.json)["page"]
    assert page["uncertain"][0] == [TEXT.index("동외를"), TEXT.index("동외를") + 3, 52]
    assert page["standing"]["tickable"] is True


# -- the acts


def test_a_word_is_corrected_and_the_correction_taken_back(room: Room, scan: Scan) -> None:
    place = scan()
    said = ACTS["correct"](room, place, put(), "ko")
    assert said["kind"] == "corrected", said
    page = current(room, place)
    assert (page.text, page.basis) == (TEXT.replace("동외를", "동의를"), Basis.CORRECTED)
    assert [sure for _, _, sure in doubtful(page)] == [69, 41, 69]
    assert standing(room, page)["corrected"]["who"] == "갑"
    back = ACTS["undo_correction"](room, place, {"fingerprint": page.fingerprint, "author": "을"}, "ko")
    assert back["kind"] == "undone", back
    page = current(room, place)
    assert (page.text, page.basis, page.fingerprint) == (TEXT, Basis.OCR, "ocr-1")
    assert standing(room, page)["corrected"] is None


def test_a_corrected_word_is_found_at_once(room: Room, scan: Scan) -> None:
    place = scan()
    with room.searching() as searcher:
        assert searcher.search("동의").total == 0
    ACTS["correct"](room, place, put(), "ko")
    with room.searching() as searcher:
        assert [hit.page.document for hit in searcher.search("동의").hits] == [place.document]
        assert searcher.search("동외").total == 0


def test_a_change_in_between_is_met_and_nothing_typed_is_lost(room: Room, scan: Scan) -> None:
    place, start = scan(), TEXT.index("건올")
    ACTS["correct"](room, place, put(text="동의조차도", author="을"), "ko")
    late = put(start=start, end=start + 2, text="건을")
    met = ACTS["correct"](room, place, late, "ko")
    assert (met["kind"], "을 님이 바로잡음" in met["text"]) == ("changed", True)
    page = current(room, place)
    assert met["place"] == [start + 2, start + 4, page.fingerprint]
    again = {**late, "start": met["place"][0], "end": met["place"][1], "fingerprint": met["place"][2]}
    assert ACTS["correct"](room, place, again, "ko")["kind"] == "corrected"
    assert current(room, place).text == TEXT.replace("동외를", "동의조차도").replace("건올", "건을")


def test_of_a_stretch_that_was_changed_itself_no_place_is_told(room: Room, scan: Scan) -> None:
    place = scan()
    ACTS["correct"](room, place, put(author="을"), "en")
    met = ACTS["correct"](room, place, put(text="동의도"), "en")
    assert (met["kind"], met["place"]) == ("changed", None)
    assert "corrected by 을" in met["text"]
    assert "동의를" in current(room, place).text


def test_a_page_is_ticked_off_and_the_tick_taken_back(room: Room, scan: Scan) -> None:
    place = scan()
    sent = {"fingerprint": "ocr-1", "author": "갑"}
    assert ACTS["check"](room, place, sent, "ko")["kind"] == "checked"
    page = current(room, place)
    assert (page.basis, standing(room, page)["checked"]["who"]) == (Basis.CHECKED, "갑")
    assert ACTS["uncheck"](room, place, sent, "ko")["kind"] == "unchecked"
    page = current(room, place)
    assert (page.basis, standing(room, page)["checked"]) == (Basis.OCR, None)


def test_a_correction_takes_the_tick_off(room: Room, scan: Scan) -> None:
    place = scan()
    ACTS["check"](room, place, {"fingerprint": "ocr-1", "author": "갑"}, "ko")
    assert ACTS["correct"](room, place, put(), "ko")["kind"] == "corrected"
    page = current(room, place)
    assert (page.basis, standing(room, page)["checked"]) == (Basis.CORRECTED, None)


def test_a_text_read_anew_is_not_ticked_off_unseen(room: Room, scan: Scan) -> None:
    place = scan()
    ACTS["correct"](room, place, put(), "ko")
    late = ACTS["check"](room, place, {"fingerprint": "ocr-1", "author": "을"}, "ko")
    assert late["kind"] == "error"
    assert current(room, place).basis is Basis.CORRECTED


def test_a_paper_is_asked_for(room: Room, scan: Scan) -> None:
    place = scan(text="", reason=Reason.NEEDS_OCR, state=State.NOT_SEARCHABLE, confidences=b"")
    assert ACTS["read_first"](room, place, {"fingerprint": "ocr-1", "author": "갑"}, "ko")["kind"] == "wanted"
    assert wanted(room.corpus.store) == [place.document]
    assert standing(room, current(room, place))["wanted"] is True


def test_beside_its_pictures_a_page_keeps_the_files_own_text(room: Room, scan: Scan) -> None:
    line = TEXT.index("않고")
    picture = Furniture(FurnitureKind.PICTURE, line, len(TEXT))
    place = scan(basis=Basis.TEXT_LAYER, furniture=(picture,))
    refused = ACTS["correct"](room, place, put(), "ko")
    assert (refused["kind"], "파일에 들어 있는 글" in refused["text"]) == ("error", True)
    start = TEXT.index("건올")
    said = ACTS["correct"](room, place, put(start=start, end=start + 2, text="건을"), "ko")
    assert said["kind"] == "corrected", said


START = TEXT.index("동외를")


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("correct", None),
        ("correct", {}),
        ("correct", put(author="")),
        ("correct", put(author="  ")),
        ("correct", put(start=9, end=9)),
        ("correct", put(end=999)),
        ("correct", put(text="동외를")),
        ("correct", put(text="동\n의를")),
        ("correct", put(text="가" * 3000)),
        ("correct", put(text=7)),
        ("correct", put(end=TEXT.index("않고") + 1)),
        ("correct", put(fingerprint="other")),
        ("correct", put(document="f" * 64)),
        ("correct", put(page=9)),
        ("undo_correction", {"fingerprint": "ocr-1", "author": "갑"}),
        ("undo_correction", {"fingerprint": "ocr-1"}),
        ("check", {"fingerprint": "ocr-1", "author": ""}),
        ("check", {"fingerprint": "other", "author": "갑"}),
        ("uncheck", {"fingerprint": "ocr-1", "author": "갑"}),
        ("read_first", {"fingerprint": "ocr-1", "author": "가" * 201}),
        ("read_first", {"author": "갑", "document": "f" * 64}),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_cannot_be_is_answered_with_a_sentence(room: Room, scan: Scan, act: str, sent: Any, language: str) -> None:
    place = scan()
    said = ACTS[act](room, place, sent, language)
    assert (said["kind"], bool(said["text"])) == ("error", True), said
    assert current(room, place) == recognised(current(room, place))
    assert wanted(room.corpus.store) == []


def test_withheld_words_are_not_corrected(room: Room, scan: Scan) -> None:
    place = scan(withheld=(Withheld(START, START + 3, (0.0, 0.0, 9.0, 9.0)),))
    said = ACTS["correct"](room, place, put(), "en")
    assert (said["kind"], "withheld" in said["text"]) == ("error", True)
    assert standing(room, current(room, place))["tickable"] is False


def test_the_files_own_text_is_neither_corrected_nor_ticked_off(room: Room, write: Write) -> None:
    place = Place(write(TEXT), 1)
    for act, sent in (("correct", put(fingerprint="test-1")), ("check", {"fingerprint": "test-1", "author": "갑"})):
        assert ACTS[act](room, place, sent, "ko")["kind"] == "error"
    assert current(room, place).basis is Basis.TEXT_LAYER
