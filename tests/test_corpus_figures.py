"""Figures as rows: exact comparison whatever the size, withheld text never, and nothing missing quietly."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus, figure_rows
from corpus.figures import Figure, FigureKind, PageFigures, plain, sort_key
from corpus.model import Document, Page, State, Withheld
from search import Searcher
from search.figure_filling import fill, lacking
from search.figures import VERSION
from search.looking import Patience
from tests.conftest import Write
from tests.ingests import SAMPLE, ingest

NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**40), max_value=10**40, places=6)


@given(NUMBERS | st.integers(-(10**40), 10**40).map(Decimal), NUMBERS | st.integers(-(10**40), 10**40).map(Decimal))
def test_keys_sort_as_values_do(one: Decimal, other: Decimal) -> None:
    first, second = sort_key(one, "0"), sort_key(other, "0")
    assert (first < second, first == second) == (one < other, one == other)
    assert sort_key(None, "0") < first < sort_key(None, "9")
    assert Decimal(plain(one)) == one


def stated(low: int | None, high: int | None, unit: str | None = None, open_end: bool = False) -> Figure:
    values = [None if each is None else Decimal(each) for each in (low, high)]
    return Figure(FigureKind.QUANTITY, values[0], values[1], False, open_end, unit, 0, 5)


def test_rows_are_compared_exactly_beyond_64_bits(corpus: Corpus, write: Write) -> None:
    document = write("본문", "본문", "본문")
    figures = [stated(10**30, 10**30), stated(10**30 + 1, 10**30 + 2, "명", open_end=True), stated(None, 5)]
    with corpus.store.writing() as record:
        made = [PageFigures(document, n, "test-1", (each,), ()) for n, each in enumerate(figures, start=1)]
        figure_rows.write(record.connection, made, VERSION)
    with corpus.store.reading() as connection:

        def pages(low: int | None, high: int | None, unit: str | None = None) -> set[int]:
            found = figure_rows.pages_with_figure(connection, stated(low, high, unit), close=False)
            return {page for _, page in found}

        assert pages(10**30, 10**30) == {1}
        assert pages(10**30 + 1, None) == {2}
        assert pages(10**30 + 2, None) == set()  # the end is open
        assert pages(10**30, 10**30 + 1, "명") == {2}
        assert pages(None, 0) == {3}
        assert pages(6, 10) == set()
        assert figure_rows.of_page(connection, document, 2, "test-1").figures == (figures[1],)


def test_an_ingest_writes_them_with_the_pages(corpus: Corpus) -> None:
    ingest(corpus, SAMPLE)
    assert lacking(corpus) == []
    with corpus.store.reading() as connection:
        found = figure_rows.pages_with_figure(connection, stated(170_000_000, 170_000_000, "건"), close=True)
    for document, number in found:
        assert "1억" in corpus.store.page(document, number).visible
    assert len(found) >= 4


def test_pages_written_without_them_get_theirs_from_the_next_writer(corpus: Corpus, write: Write) -> None:
    document = write("참석자 120명", "나머지 30명")
    assert lacking(corpus) == [document]
    with Searcher(corpus) as searcher:  # brings the index up to date, and the rows
        assert lacking(corpus) == []
        assert [hit.page.number for hit in searcher.search("figure:120명")] == [1]


def test_pages_without_rows_are_looked_through_and_what_is_left_is_told(corpus: Corpus, write: Write) -> None:
    document = write("참석자 120명", "나머지 30명")
    with Searcher(corpus) as searcher:
        with corpus.store.writing() as record:
            record.connection.exec_driver_sql("DELETE FROM figures")
            figure_rows.forget(record.connection, document)
        assert [hit.page.number for hit in searcher.search("figure:120명")] == [1]
        assert not searcher.search("figure:120명").unfinished
        hurried = searcher.search("figure:30명", patience=Patience(seconds=0))
        assert (hurried.total, hurried.unfinished[0].done, hurried.unfinished[0].pages) == (0, 0, 2)


def test_withheld_numbers_are_found_only_after_their_release(corpus: Corpus, write: Write) -> None:
    document = write("처음")
    text = "이전된 얼굴은 170,000,000건이다"
    start = text.index("170")
    box = (0.0, 0.0, 1.0, 1.0)
    page = Page(document, 1, "test-2", text, withheld=(Withheld(start, start + 12, box),))
    with corpus.store.writing() as record:
        record.pages([page])
        record.settle(Document(document, 2, "application/pdf", 1, State.SEARCHABLE), "test-2", 2)
    with Searcher(corpus) as searcher:
        assert searcher.search("figure:170000000").total == 0
    with corpus.store.writing() as record:
        record.open_withheld(document, "검사자")
    assert lacking(corpus) == [document]
    with Searcher(corpus) as searcher:
        assert searcher.search("figure:170000000").total == 1


def test_an_older_recogniser_s_rows_are_written_anew(corpus: Corpus, write: Write) -> None:
    document = write("참석자 120명")
    with corpus.store.writing() as record:
        wrong = PageFigures(document, 1, "test-1", (replace(stated(7, 7), start=4, end=8),), ())
        figure_rows.write(record.connection, [wrong], VERSION - 1)
    assert lacking(corpus) == [document]
    assert fill(corpus) == 1
    with corpus.store.reading() as connection:
        kept = figure_rows.of_page(connection, document, 1, "test-1").figures
    assert [(each.low, each.unit) for each in kept] == [(Decimal(120), "명")]
