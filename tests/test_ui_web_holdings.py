"""Papers without pages, what they hold, what they came in; tables as the reader lays them out."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.cells import Cell, Table
from corpus.model import Audience, Page, Reason, UnitKind
from corpus.store import Store
from tests import rooms
from tests.ingests import ingest
from ui.web.grids import grids
from ui.web.holdings import holdings, occurrences
from ui.web.reading import Asked, assemble
from ui.web.room import Room


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


@pytest.fixture
def archive(corpus: Corpus, tmp_path: Path) -> Path:
    path = tmp_path / "자료.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("공문/시행문.txt", "동의 없이 수집하였다.\n")
        file.writestr("빈 파일.pdf", "")
    ingest(corpus, path)
    return path


def of(corpus: Corpus, path: str) -> str:
    return next(each.document for each in corpus.store.occurrences() if each.path == path)


def read(room: Room, document: str) -> dict[str, Any]:
    asked = Asked.of(lambda name: document if name == "doc" else "")
    found: dict[str, Any] = json.loads(json.dumps(assemble(room, asked, "ko")))
    return found


def test_an_archive_lists_what_is_in_it(room: Room, corpus: Corpus, archive: Path) -> None:
    data = read(room, of(corpus, "자료.zip"))
    paper = data["unpaged"]
    assert (paper["title"], paper["media_type"], paper["held"]["lost"]) == ("자료", "application/zip", [])
    told = [(each["folder"], each["name"], each["pages"], each["reason"]) for each in paper["held"]["files"]]
    assert told == [("공문", "시행문.txt", 1, ""), ("", "빈 파일.pdf", None, "empty file")]
    assert paper["held"]["files"][0]["document"] == of(corpus, "자료.zip!/공문/시행문.txt")
    assert paper["original"].startswith(f"/original/{paper['id']}?")


def test_what_could_not_be_taken_out_is_listed(room: Room, corpus: Corpus, archive: Path) -> None:
    document = of(corpus, "자료.zip")
    with corpus.store.writing() as record:
        record.lost(document, [("비밀.xlsx", Reason.ENCRYPTED, "It is locked.")])
    held = holdings(room, document)
    assert held is not None
    assert held["lost"] == [{"reason": "encrypted", "detail": "비밀.xlsx: It is locked."}]


def test_a_paper_names_the_file_it_came_in(room: Room, corpus: Corpus, archive: Path) -> None:
    data = read(room, of(corpus, "자료.zip!/공문/시행문.txt"))
    (met,) = data["document"]["occurrences"]
    assert met["parent"] == {"document": of(corpus, "자료.zip"), "name": "자료.zip"}
    assert data["document"]["held"] is None


def test_a_file_that_could_not_be_read_is_told_of(room: Room, corpus: Corpus, archive: Path) -> None:
    data = read(room, of(corpus, "자료.zip!/빈 파일.pdf"))
    assert "읽어 낸 쪽이 없습니다(빈 파일)" in data["error"]
    assert (data["unpaged"]["title"], data["unpaged"]["held"]) == ("빈 파일", None)


def test_nobody_learns_of_files_of_releases_that_are_not_theirs(room: Room, corpus: Corpus, archive: Path) -> None:
    inside = of(corpus, "자료.zip!/공문/시행문.txt")
    assert occurrences(room, inside, Audience(frozenset({"다른 자료"}))) == []


def test_tables_whose_words_run_on_are_laid_out(corpus: Corpus) -> None:
    cells = (Cell(1, 1, 0, 1), Cell(1, 2, 2, 3, columns=2))
    strewn = (Cell(1, 1, 0, 1, more=((4, 5),)), Cell(1, 2, 2, 3))
    backwards = (Cell(1, 1, 2, 3), Cell(1, 2, 0, 1))
    tables = (Table(1, cells), Table(2, strewn), Table(3, backwards), Table(4, ()))
    page = Page("d" * 64, 1, "test-1", "가\t나", kind=UnitKind.SHEET, tables=tables)
    first, second, third = grids(_Kept(tables), page)
    plain = [[1, 1, 0, 1, 1, 1], [1, 2, 2, 3, 1, 2]]
    assert first == {"number": 1, "box": None, "caption": "", "running": True, "cells": plain}
    assert (second["running"], second["cells"][0]) == (False, [1, 1, 0, 1, 1, 1, [4, 5]])
    assert not third["running"]


class _Kept(Store):
    """A catalogue that has these tables on every page."""

    def __init__(self, tables: tuple[Table, ...]) -> None:
        self._tables = tables

    def tables(self, page: Page) -> tuple[Table, ...]:
        return self._tables
