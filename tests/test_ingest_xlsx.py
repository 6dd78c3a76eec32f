"""XLSX: sheets and cells at their own addresses, numbers as shown, what is hidden, long sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.workbook import Workbook

from corpus.cells import Cell
from corpus.model import FurnitureKind, Page, Reason, State, UnitKind
from ingest.formats import xlsx
from ingest.formats.model import FormatError


def made(folder: Path, fill: Callable[[Workbook], None]) -> list[Page]:
    book = openpyxl.Workbook()
    fill(book)
    path = folder / "a.xlsx"
    book.save(path)
    return xlsx.read(path, 1, xlsx.outline(path).pages, None, "d")


def cells(page: Page) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): page.text[cell.start : cell.end] for table in page.tables for cell in table.cells}


def test_cells_stand_at_their_addresses_as_shown(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        sheet.title = "카메라"
        sheet["B2"], sheet["C2"], sheet["E4"] = "안면인식 카메라", 1234567.5, dt.date(2019, 5, 1)
        sheet["C2"].number_format = '#,##0"원"'
        sheet["B4"], sheet["C4"], sheet["D4"] = 0.125, 0.1 + 0.2, True
        sheet["B4"].number_format = "0.0%"
        sheet["A6"] = "합친 칸"
        sheet.merge_cells("A6:C7")

    (page,) = made(tmp_path, fill)
    assert (page.kind, page.name, page.address) == (UnitKind.SHEET, "카메라", "A2:E6")
    assert cells(page) == {
        (2, 2): "안면인식 카메라",
        (2, 3): "1,234,568원",
        (4, 2): "12.5%",
        (4, 3): "0.3",
        (4, 4): "TRUE",
        (4, 5): "2019-05-01",
        (6, 1): "합친 칸",
    }
    merged = page.tables[0].cells[-1]
    assert isinstance(merged, Cell)
    assert (merged.rows, merged.columns) == (2, 3)
    assert page.text.startswith("안면인식 카메라\t1,234,568원\n12.5%\t0.3\tTRUE\t2019-05-01\n")


def test_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.active.append([2, 3, "=A1*B1"])

    (page,) = made(tmp_path, fill)
    assert page.text == "2\t3\t=A1*B1"
    assert (page.state, page.reason) == (State.IN_PART, Reason.UNSUPPORTED)


def test_what_is_hidden(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet = book.active
        for row in range(1, 6):
            sheet.append([f"가{row}", "나", "다"])
        sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True
        sheet.column_dimensions["B"].hidden = True
        secret = book.create_sheet("숨김")
        secret["A1"], secret["A2"] = "보임", 5764
        secret["A2"].number_format = ";;;"
        secret.sheet_state = "hidden"

    plain, secret = made(tmp_path, fill)
    assert plain.address == "A1:C5 · hidden: B:B, 2:3"
    assert "가2" in plain.visible
    assert secret.address == "A1:A2 · hidden"
    assert secret.visible == "보임\n████"
    assert [secret.text[span.start : span.end] for span in secret.withheld] == ["5764"]


def test_comments_and_running_heads_stand_apart(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        book.active["B7"] = "값"
        book.active["B7"].comment = Comment("김과장:\n확인 요망", "김과장")
        book.active.oddHeader.center.text = "대외비 &P/&N"

    (page,) = made(tmp_path, fill)
    apart = {mark.kind: page.text[mark.start : mark.end] for mark in page.furniture}
    assert apart[FurnitureKind.COMMENT] == "B7 김과장: 확인 요망"
    assert apart[FurnitureKind.HEAD].startswith("대외비")


def test_a_long_sheet_is_many_pages(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        for row in range(1, 1201):
            book.active.append([row, f"이름 {row}"])
        book.active["A500000"] = "외딴 칸"
        book.create_sheet("뒤")["A1"] = "뒤 시트"

    pages = made(tmp_path, fill)
    assert [page.address for page in pages] == ["A1:B500", "A501:B1000", "A1001:B500000", "A1:A1"]
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert cells(pages[2])[500000, 1] == "외딴 칸"
    assert pages[2].text.startswith("1001\t이름 1001\n")
    assert xlsx.read(tmp_path / "a.xlsx", 2, 3, None, "d") == pages[1:3]
    assert xlsx.read(tmp_path / "a.xlsx", 4, 9, None, "d") == pages[3:]


def test_an_empty_workbook_has_a_page(tmp_path: Path) -> None:
    (page,) = made(tmp_path, lambda book: None)
    assert (page.text, page.state, page.name) == ("", State.SEARCHABLE, "Sheet")


def test_password_and_damage(tmp_path: Path) -> None:
    def refusal(data: bytes) -> Reason:
        (tmp_path / "b.xlsx").write_bytes(data)
        with pytest.raises(FormatError) as refused:
            xlsx.outline(tmp_path / "b.xlsx")
        return refused.value.reason

    made(tmp_path, lambda book: book.active.append(["가"]))
    whole = (tmp_path / "a.xlsx").read_bytes()
    assert refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)) is Reason.ENCRYPTED
    assert refusal(whole[: len(whole) // 2]) is Reason.DAMAGED
    assert refusal(b"PK\x03\x04" + bytes(100)) is Reason.DAMAGED
