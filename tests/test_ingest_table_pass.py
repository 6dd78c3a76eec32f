"""Tables of PDFs: found by their rules after an ingest, their cells in the words of the page."""

from __future__ import annotations

import json
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from corpus import Corpus
from corpus.cells import cell_at, grid
from ingest import table_pass
from ingest.workers import SerialExecutor
from tests.ingests import ingest
from tests.pdfs import PAGE, Draw, all_of, korean, lines, make


def ruled(rows: list[list[str]], left: float = 50, top: float = 100, across: float = 90, down: float = 24) -> Draw:
    """Draw a ruled table; an empty cell has no words."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(korean(), 10)
        width, height = across * len(rows[0]), down * len(rows)
        for row in range(len(rows) + 1):
            canvas.line(left, PAGE[1] - top - row * down, left + width, PAGE[1] - top - row * down)
        for column in range(len(rows[0]) + 1):
            canvas.line(left + column * across, PAGE[1] - top, left + column * across, PAGE[1] - top - height)
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                canvas.drawString(left + column * across + 4, PAGE[1] - top - row * down - 16, words)

    return draw


ROWS = [["공항", "카메라", "비고"], ["인천공항", "1,200대", ""], ["김포공항", "35대", "시험 운영"]]


def found(corpus: Corpus) -> list[tuple[int, int]]:
    return list(table_pass.run(corpus, executor=SerialExecutor()))


def test_cells_hold_the_words_of_the_page(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "현황.pdf", all_of(lines("Cameras by airport", top=60), ruled(ROWS)), lines("no table here"))
    [outcome] = ingest(corpus, path)
    assert found(corpus) == [(1, 1)]
    first, second = corpus.store.pages(outcome.document or "")
    [table] = corpus.store.tables(first)
    assert grid(table, first.visible) == ROWS
    assert (table.number, table.size) == (1, (3, 3))
    at = first.text.index("1,200대")
    where = cell_at([table], at, at + 6)
    assert where is not None
    assert (where[1].row, where[1].column) == (2, 2)
    assert cell_at([table], first.text.index("Cameras"), first.text.index("Cameras") + 7) is None
    assert corpus.store.tables(second) == ()


def test_each_paper_is_looked_through_once(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "현황.pdf", ruled(ROWS))
    ingest(corpus, path)
    before = corpus.store.last_change()
    assert table_pass.left(corpus)
    assert found(corpus) == [(1, 1)]
    assert table_pass.left(corpus) == []
    assert found(corpus) == []
    assert corpus.store.last_change() == before  # nothing for an index to take in


def test_cell_over_two_columns_and_text_that_runs_over_them(corpus: Corpus, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 10)
        for y in (500, 460, 420):
            canvas.line(50, y, 350, y)
        for x in (50, 350):
            canvas.line(x, 500, x, 420)
        canvas.line(200, 460, 200, 420)
        canvas.drawString(60, 475, "Both columns")
        for y, left, right in ((448, "left one", "right one"), (432, "left two", "right two")):
            canvas.drawString(60, y, left)
            canvas.drawString(210, y, right)

    path = make(tmp_path / "합친 셀.pdf", draw)
    [outcome] = ingest(corpus, path)
    found(corpus)
    [page] = corpus.store.pages(outcome.document or "")
    [table] = corpus.store.tables(page)
    assert grid(table, page.visible) == [["Both columns", ""], ["left one left two", "right one right two"]]
    assert [(cell.row, cell.column, cell.columns) for cell in table.cells] == [(1, 1, 2), (2, 1, 1), (2, 2, 1)]
    assert [len(cell.stretches) for cell in table.cells] == [1, 2, 2]


def test_paper_that_cannot_be_opened_is_noted_and_not_tried_again(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "잠김.pdf", ruled(ROWS), password="0000")
    [outcome] = ingest(corpus, path, passwords=["0000"])
    assert outcome.pages == 1
    assert found(corpus) == [(1, 1)]
    assert table_pass.left(corpus) == []
    assert corpus.store.tables(corpus.store.page(outcome.document or "", 1)) == ()


def test_tables_are_kept_as_they_were_given(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "현황.pdf", ruled(ROWS))
    [outcome] = ingest(corpus, path)
    found(corpus)
    [table] = corpus.store.tables(corpus.store.page(outcome.document or "", 1))
    again = type(table).of_row(json.loads(json.dumps(table.row())))
    assert again == table
