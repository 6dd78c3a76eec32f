"""A table as a CSV file: signed, inert, and nothing in it that is withheld."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import unquote

import pytest
import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.cells import Cell, Table
from corpus.model import Redaction, Withheld
from tests import asgi, rooms
from tests.conftest import Write
from ui.web.grids import boxed_pages, boxes
from ui.web.reading import Asked, assemble
from ui.web.room import Room
from ui.web.table_files import ROUTES, csv_text

TEXT = "항목\t금액\n=1+1\t1200"
CELLS = (Cell(1, 1, 0, 2), Cell(1, 2, 3, 5), Cell(2, 1, 6, 10), Cell(2, 2, 11, 15))


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def put(corpus: Corpus, document: str, table: Table) -> None:
    page = corpus.store.page(document, 1)
    with corpus.store.writing() as record:
        row = {"document": document, "page": 1, "fingerprint": page.fingerprint, **table.row()}
        record.connection.execute(sa.insert(tables.page_tables), [row])


def asked(address: str) -> asgi.Answer:
    return asgi.ask(ROUTES, address)


def address_of(room: Room, document: str) -> str:
    data = assemble(room, Asked(document, "1", "", "", ""), "ko")
    return str(data["page"]["table_file"]).replace("{table}", "1")


def test_a_table_is_a_file_that_a_spreadsheet_takes_for_words(room: Room, corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    page = corpus.store.page(document, 1)
    covered = replace(page, fingerprint="test-2", withheld=(Withheld(11, 15, (0.0, 0.0, 1.0, 1.0)),))
    with corpus.store.writing() as record:
        record.pages([covered])
    put(corpus, document, Table(1, CELLS))
    answer = asked(address_of(room, document))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    assert answer.body.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(answer.body.decode("utf-8-sig"))))
    assert rows == [["항목", "금액"], ["'=1+1", "████"]]
    assert "문서 1쪽 1번째 표.csv" in unquote(answer.headers["content-disposition"])


def test_what_is_not_signed_or_not_there_is_refused(room: Room, corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    put(corpus, document, Table(1, CELLS))
    address = address_of(room, document)
    assert asked(address.partition("?")[0]).status == 403
    assert asked(address.replace("/1/1.csv", "/1/2.csv")).status == 404
    assert asked(address.replace("/1/1.csv", "/7/1.csv")).status == 404
    assert asked(address.replace("/1/1.csv", "/1/0.csv")).status == 404
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document), "test")
    assert asked(address).status == 404


def test_a_sheet_with_a_cell_far_from_all_others_makes_a_small_file() -> None:
    far = Table(1, (Cell(1, 1, 0, 1), Cell(1_048_576, 16_384, 2, 3)))
    assert csv_text(far, "가\n나") == "가,\r\n,나\r\n"
    near = Table(1, (Cell(3, 1, 0, 1), Cell(5, 2, 2, 3)))
    assert csv_text(near, "가\n나") == "가,\r\n,\r\n,나\r\n"


def test_black_boxes_are_told_with_what_is_under_them(corpus: Corpus, write: Write) -> None:
    made = (
        Redaction((0.0, 0.0, 9.0, 9.0), "filled rectangle"),
        Redaction((20.0, 0.0, 29.0, 9.0), "filled rectangle", bad=True),
        Redaction((40.0, 0.0, 49.0, 9.0), "filled rectangle", bad=True),
    )
    document = write("가나", "다라")
    hidden = (Withheld(0, 1, (21.0, 1.0, 28.0, 8.0)),)
    boxed = replace(corpus.store.page(document, 2), fingerprint="test-2", redactions=made, withheld=hidden)
    with corpus.store.writing() as record:
        record.pages([boxed])
    page = corpus.store.page(document, 2)
    assert [each["under"] for each in boxes(page)] == ["covered", "withheld", "released"]
    assert boxes(page)[0]["box"] == [0.0, 0.0, 9.0, 9.0]
    assert boxed_pages(corpus.store, document) == [[2, "2", 3]]
