"""The trash in the reading room: papers put there and brought back, and what their addresses say meanwhile."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus import Corpus, purging
from corpus.annotations import annotate
from corpus.listings import listings
from corpus.model import EVERYTHING, Audience, Span
from ingest.purging import purge
from search import Searcher
from tests import rooms
from tests.conftest import Write
from ui.web.notes_left import left_data
from ui.web.reading import Asked, assemble
from ui.web.room import Room
from ui.web.texts import LANGUAGES
from ui.web.trash import discarded, put_back, shown_trash
from ui.web.views.releases import _FINE

WHO = "김주무관"


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def error(room: Room, language: str = "ko", **asked: str) -> str | None:
    found: dict[str, Any] = json.loads(json.dumps(assemble(room, Asked.of(lambda name: asked.get(name, "")), language)))
    return found["error"]  # type: ignore[no-any-return]


def total(corpus: Corpus, query: str) -> int:
    with Searcher(corpus) as searcher:
        return searcher.search(query).total


def test_a_paper_goes_to_the_trash_and_comes_back(corpus: Corpus, write: Write) -> None:
    document = write("동의 하나", name="회의록.pdf", release="1차")
    write("동의 둘", name="계획.pdf", release="2차")
    assert shown_trash(corpus) == {"rows": [], "total": 0}
    assert discarded(corpus, {"document": document}, WHO) == "discarded"
    assert total(corpus, "동의") == 1
    listed = shown_trash(corpus)
    row = listed["rows"][0]
    assert (listed["total"], row["name"], row["paths"], row["releases"]) == (1, "회의록.pdf", ["회의록.pdf"], "1차")
    assert (row["who"], row["at"]) == (WHO, corpus.store.log()[-1].at[:10])
    assert discarded(corpus, {"document": document}, WHO) == "edit_gone"
    assert put_back(corpus, {"document": document}, WHO) == "put_back_done"
    assert (total(corpus, "동의"), shown_trash(corpus)["total"]) == (2, 0)
    assert put_back(corpus, {"document": document}, WHO) == "edit_gone"
    assert {"discarded", "put_back_done"} < set(_FINE)


def test_an_archive_goes_and_comes_with_what_is_in_it(corpus: Corpus, write: Write) -> None:
    archive, inside = write("묶음", name="1.zip"), write("안의 동의", name="2.pdf")
    with corpus.store.writing() as record:
        (place,) = corpus.store.occurrences(inside)
        record.occurrence(replace(place, path="1.zip!/2.pdf", parent=archive))
    assert discarded(corpus, {"document": archive}, WHO) == "discarded"
    assert listings(corpus.store) == {}
    assert shown_trash(corpus)["total"] == 2
    assert put_back(corpus, {"document": archive}, WHO) == "put_back_done"
    assert set(listings(corpus.store)) == {archive, inside}


def test_whatever_is_sent_breaks_nothing(corpus: Corpus, write: Write) -> None:
    write("글")
    for broken in (None, [], "x", {}, {"document": 3}, {"document": ["x"]}):
        assert discarded(corpus, broken, WHO) == put_back(corpus, broken, WHO) == "edit_broken"
    assert discarded(corpus, {"document": "0" * 64}, WHO) == "edit_gone"
    assert len(listings(corpus.store)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_address_of_a_paper_that_is_gone_says_so(room: Room, corpus: Corpus, write: Write, language: str) -> None:
    document = write("동의를 받지 않고", name="회의록.pdf")
    note = annotate(corpus.store, corpus.store.page(document, 1), Span(0, 3), author="이")
    assert error(room, language, doc=document) is None
    discarded(corpus, {"document": document}, WHO)
    for asked in ({"doc": document}, {"doc": document[:12], "page": "1"}, {"annotation": note.id}):
        said = error(room, language, **asked)
        assert said is not None
        assert ("휴지통" if language == "ko" else "in the trash") in said
        assert "회의록.pdf" in said
    purge(corpus, purging.plan(corpus.store, corpus.store.occurrences(document)), WHO)
    for asked in ({"doc": document}, {"annotation": note.id}):
        said = error(room, language, **asked)
        assert said is not None
        assert ("영구 삭제" if language == "ko" else "purged") in said
        assert "회의록" not in said
        assert document[:12] in said
    assert shown_trash(corpus)["total"] == 0


def test_notes_on_a_paper_that_is_gone_are_listed_without_its_words(corpus: Corpus, write: Write) -> None:
    document = write("동의를 받지 않고", name="회의록.pdf")
    annotate(corpus.store, corpus.store.page(document, 1), Span(0, 3), author="이", note="다시 볼 것", tags=["동의"])
    assert left_data(corpus.store, EVERYTHING) == {"rows": [], "total": 0}
    discarded(corpus, {"document": document}, WHO)
    (row,) = left_data(corpus.store, EVERYTHING)["rows"]
    assert (row["name"], row["purged"], row["note"], row["tags"]) == ("회의록.pdf", False, "다시 볼 것", ["동의"])
    assert left_data(corpus.store, Audience(frozenset({"자료"}))) == {"rows": [], "total": 0}
    purge(corpus, purging.plan(corpus.store, corpus.store.occurrences(document)), WHO)
    (row,) = left_data(corpus.store, EVERYTHING)["rows"]
    assert (row["name"], row["purged"], row["note"], row["page"]) == (document[:12], True, "다시 볼 것", 1)
    assert "받지" not in json.dumps(row, ensure_ascii=False)


def test_who_may_not_see_a_release_is_not_told_of_its_trash(
    room: Room, corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = write("글", name="회의록.pdf", release="1차")
    discarded(corpus, {"document": document}, WHO)
    monkeypatch.setattr(Room, "audience", Audience(frozenset({"2차"})))
    said = error(room, "en", doc=document)
    assert said is not None
    assert "회의록" not in said
    assert "trash" not in said
