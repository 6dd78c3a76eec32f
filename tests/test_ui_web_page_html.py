"""A page as HTML without scripts: tables as tables, a mail's head as a list, nothing of a paper as markup."""

from __future__ import annotations

from corpus.cells import Cell, Table
from corpus.model import Furniture, FurnitureKind, Page, UnitKind, Withheld
from ui.web.page_html import page_html
from ui.web.texts import texts

SAID = texts("reading", "ko")


def html(page: Page, *tables: Table) -> str:
    return page_html(page, tables, SAID, texts("reader", "ko")["table_n"])


def page_of(text: str, kind: UnitKind = UnitKind.PAGE, **more: object) -> Page:
    return Page("d" * 64, 1, "test-1", text, kind=kind, **more)  # type: ignore[arg-type]


def test_a_table_is_a_table_between_its_paragraphs() -> None:
    cells = (Cell(1, 1, 2, 3, columns=2), Cell(2, 1, 4, 5), Cell(2, 2, 6, 9))
    made = html(page_of("앞\n가\n나\t<b>\n뒤"), Table(1, cells))
    assert made == (
        '<p class="text" lang="ko">앞</p><table lang="ko"><caption>1번째 표</caption>'
        '<tr><td colspan="2">가</td></tr><tr><td>나</td><td>&lt;b&gt;</td></tr></table><p class="text" lang="ko">뒤</p>'
    )


def test_a_sheet_has_its_letters_and_numbers_and_covers_stay() -> None:
    cells = (Cell(2, 1, 0, 2), Cell(4, 3, 3, 5))
    page = page_of("가나\t다라", UnitKind.SHEET, withheld=(Withheld(3, 5, (0.0, 0.0, 0.0, 0.0)),))
    made = html(page, Table(1, cells))
    assert '<th scope="col">A</th><th scope="col">C</th>' in made
    assert '<th scope="row">4</th><td></td><td><span role="img"' in made
    assert "██" in made
    assert "다라" not in made


def test_words_that_run_over_the_columns_stay_and_the_table_follows() -> None:
    cells = (Cell(1, 1, 0, 1, more=((4, 5),)), Cell(1, 2, 2, 3))
    made = html(page_of("가 나 다"), Table(1, cells))
    assert made.index("가 나 다") < made.index("<table")
    assert "<td>가<br>다</td><td>나</td>" in made


def test_a_table_in_a_cell_stands_in_it() -> None:
    outer = Table(1, (Cell(1, 1, 0, 3), Cell(1, 2, 4, 5)))
    inner = Table(2, (Cell(1, 1, 0, 1), Cell(1, 2, 2, 3)))
    made = html(page_of("가\t나\t다"), outer, inner)
    assert made.count("<table") == 2
    assert made.index("1번째 표") < made.index("2번째 표") < made.index("</table>") < made.index("다")


def test_the_head_of_a_mail_is_a_list() -> None:
    made = html(page_of("From: a@b.kr\nSubject: <i>자료</i>\n\n안녕: 본문", UnitKind.MESSAGE))
    assert '<dl lang="ko"><dt>From</dt><dd>a@b.kr</dd><dt>Subject</dt><dd>&lt;i&gt;자료&lt;/i&gt;</dd></dl>' in made
    assert made.endswith('<p class="text" lang="ko">안녕: 본문</p>')


def test_running_heads_are_set_apart() -> None:
    page = page_of("머리\n글", furniture=(Furniture(FurnitureKind.HEAD, 0, 2),))
    assert html(page) == '<p class="text" lang="ko"><span class="head">머리</span>\n글</p>'


def test_a_sheet_of_very_many_places_stays_text() -> None:
    cells = tuple(Cell(n, n, 2 * n - 2, 2 * n - 1) for n in range(1, 301))
    assert "<table" not in html(page_of("가\t" * 300, UnitKind.SHEET), Table(1, cells))
