"""The acts of a reader with a pencil: what anybody may send, and what is answered."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from corpus import Corpus
from corpus.annotations import annotations, colour_names, revise
from tests import rooms
from tests.conftest import Write
from ui.web.annotating import ACTS, Place
from ui.web.room import Room


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


@pytest.fixture
def place(write: Write) -> Place:
    return Place(write("동의를 받지 않고", "둘째 쪽"), 1)


def mark(**changes: Any) -> dict[str, Any]:
    sent = {
        "start": 0,
        "end": 3,
        "fingerprint": "test-1",
        "colour": "green",
        "note": "중요",
        "tags": ["동의"],
        "author": "갑",
    }
    return {**sent, **changes}


def test_an_annotation_is_kept_where_it_was_put(room: Room, place: Place) -> None:
    said = ACTS["annotate"](room, place, mark(), "ko")
    assert (said["kind"], said["text"]) == ("saved", "저장했습니다.")
    [kept] = annotations(room.corpus.store)
    assert (kept.document, kept.page, kept.selector.exact, kept.author) == (place.document, 1, "동의를", "갑")
    shown = said["annotation"]
    assert (shown["id"], shown["start"], shown["end"], shown["version"]) == (kept.id, 0, 3, 1)


def test_the_page_that_was_drawn_is_annotated_not_the_one_flipped_to(room: Room, place: Place) -> None:
    later = Place(place.document, 2)
    ACTS["annotate"](room, later, mark(document=place.document, page=1), "ko")
    [kept] = annotations(room.corpus.store)
    assert kept.page == 1


def test_replies_edits_deleting_and_undoing(room: Room, place: Place) -> None:
    first = ACTS["annotate"](room, place, mark(), "en")["annotation"]
    reply = ACTS["annotate"](room, place, {"parent": first["id"], "note": "맞음", "author": "을"}, "en")
    assert (reply["kind"], reply["annotation"]["parent"]) == ("saved", first["id"])
    edited = ACTS["revise"](room, place, {"id": first["id"], "version": 1, "note": "아주 중요", "author": "을"}, "en")
    assert edited["annotation"]["note"] == "아주 중요"
    assert (edited["annotation"]["tags"], edited["annotation"]["editor"]) == (["동의"], "을")
    gone = ACTS["delete"](room, place, {"id": first["id"], "version": 2, "author": "갑"}, "en")
    assert (gone["kind"], gone["annotation"]["deleted"]) == ("deleted", True)
    back = ACTS["restore"](room, place, {"id": first["id"], "author": "갑"}, "en")
    assert (back["kind"], back["annotation"]["note"]) == ("restored", "아주 중요")


def test_a_conflict_loses_nobodys_text(room: Room, place: Place) -> None:
    first = ACTS["annotate"](room, place, mark(), "ko")["annotation"]
    revise(room.corpus.store, first["id"], 1, editor="을", note="을의 글")
    sent = {"id": first["id"], "version": 1, "note": "갑의 글", "tags": ["가"], "colour": "blue", "author": "갑"}
    said = ACTS["revise"](room, place, sent, "ko")
    assert (said["kind"], said["annotation"]["note"], said["annotation"]["version"]) == ("conflict", "을의 글", 2)
    assert said["yours"] == {"note": "갑의 글", "tags": ["가"], "colour": "blue"}
    assert "을 님이" in said["text"]
    late = ACTS["delete"](room, place, {"id": first["id"], "version": 1, "author": "갑"}, "ko")
    assert (late["kind"], late["annotation"]["deleted"]) == ("conflict", False)


def test_a_colour_is_named(room: Room, place: Place) -> None:
    said = ACTS["name_colour"](room, place, {"colour": "blue", "name": "확인할 것"}, "ko")
    assert (said["kind"], colour_names(room.corpus.store)) == ("saved", {"blue": "확인할 것"})


@pytest.mark.parametrize(
    ("act", "sent"),
    [
        ("annotate", None),
        ("annotate", "text"),
        ("annotate", []),
        ("annotate", {}),
        ("annotate", mark(start="0")),
        ("annotate", mark(start=True)),
        ("annotate", mark(start=-1)),
        ("annotate", mark(end=10**12)),
        ("annotate", mark(end=2.5)),
        ("annotate", mark(end=0)),
        ("annotate", mark(end=99)),
        ("annotate", mark(note=7)),
        ("annotate", mark(note="가" * 50_001)),
        ("annotate", mark(note="가" * 20_001)),
        ("annotate", mark(tags="가")),
        ("annotate", mark(tags=[1])),
        ("annotate", mark(tags=["가"] * 201)),
        ("annotate", mark(colour="<b>")),
        ("annotate", mark(author="")),
        ("annotate", mark(fingerprint="")),
        ("annotate", mark(fingerprint="test")),
        ("annotate", mark(fingerprint="other-2")),
        ("annotate", mark(document="f" * 64)),
        ("annotate", mark(page=9)),
        ("annotate", mark(parent="../x")),
        ("annotate", mark(parent="0" * 36)),
        ("revise", {"id": "0" * 36, "version": 1, "author": "갑"}),
        ("revise", {"id": "x", "version": 1, "author": "갑"}),
        ("revise", {"id": "0" * 36, "author": "갑"}),
        ("delete", {"id": "0" * 36, "version": 1, "author": "갑"}),
        ("restore", {"id": "0" * 36, "author": ""}),
        ("name_colour", {"colour": "black", "name": "가"}),
        ("name_colour", {"colour": "blue", "name": "가" * 201}),
    ],
)
@pytest.mark.parametrize("language", ["ko", "en"])
def test_what_cannot_be_is_answered_with_a_sentence(
    room: Room, place: Place, act: str, sent: Any, language: str
) -> None:
    said = ACTS[act](room, place, sent, language)
    assert said["kind"] == "error"
    assert said["text"]
    assert annotations(room.corpus.store) == []
    assert colour_names(room.corpus.store) == {}


def test_without_a_page_on_the_screen_nothing_is_written(room: Room) -> None:
    assert ACTS["annotate"](room, None, mark(), "ko")["kind"] == "error"


def test_what_was_written_comes_back_with_an_error(room: Room, place: Place) -> None:
    said = ACTS["annotate"](room, place, mark(fingerprint="other-2"), "ko")
    assert said["yours"] == {"note": "중요", "tags": ["동의"], "colour": "green"}


def test_what_is_answered_is_on_disk(room: Room, place: Place) -> None:
    """Another connection sees it at once, and SQLite was told to wait for the disk."""
    id = ACTS["annotate"](room, place, mark(), "ko")["annotation"]["id"]
    with sqlite3.connect(room.corpus.folder / "catalogue.sqlite") as other:
        assert other.execute("SELECT note FROM annotations WHERE id = ?", (id,)).fetchone() == ("중요",)
    other.close()
    with room.corpus.store.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_an_annotation_waits_for_a_writer_and_is_kept(room: Room, place: Place) -> None:
    """While an ingest writes its pages, in short transactions, a reader's mark gets its turn."""
    begun, finish = threading.Event(), threading.Event()

    def ingesting() -> None:
        with room.corpus.store.writing():
            begun.set()
            finish.wait(10)

    writer = threading.Thread(target=ingesting)
    writer.start()
    begun.wait(10)
    threading.Timer(0.2, finish.set).start()
    said = ACTS["annotate"](room, place, mark(), "ko")
    writer.join()
    assert said["kind"] == "saved"
    assert len(annotations(room.corpus.store)) == 1
