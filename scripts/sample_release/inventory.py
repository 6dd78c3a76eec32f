"""The camera inventory (카메라 대장) as a workbook: a sheet of 88 rows, and one that adds them up."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from sample_release.containers import repacked
from sample_release.house import AUTHOR, NOTICE_EN, NOTICE_KO, Entry

FILE = "15_인천국제공항_카메라_대장.xlsx"
TITLE = "인천국제공항 출입국심사장 카메라 대장"
HEAD = ["관리번호", "구분", "안면 생체정보 촬영", "구역", "비고"]
CAMERAS, ABLE = 88, 50  # as in the camera layout


def _row(number: int) -> list[str]:
    able = number <= ABLE
    note = {1: "연계 점검의 첫 번째 카메라", ABLE: "안면 생체정보를 촬영할 수 있는 마지막 카메라"}.get(number, "")
    kind = "안면 생체정보를 촬영할 수 있는 카메라" if able else "그 밖의 카메라"
    return [f"시연-{number:03}", kind, "가능" if able else "…", "…", note]


def _titled(sheet: Worksheet, title: str) -> None:
    """Write the title and, on every sheet and at its printed foot, the notice."""
    sheet["A1"] = title
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = f"{NOTICE_KO} / {NOTICE_EN}"
    sheet.oddFooter.center.text = NOTICE_KO


def _add(sheet: Worksheet, rows: Sequence[Sequence[str | int]]) -> None:
    for row in rows:
        sheet.append(row)
    for cell in sheet[4]:
        cell.font = Font(bold=True)


def build(folder: Path) -> list[Entry]:
    """Write the inventory."""
    book = Workbook()
    book.properties.creator, book.properties.title = AUTHOR, TITLE
    listed = book.worksheets[0]
    listed.title = "카메라 대장"
    _titled(listed, TITLE)
    listed["A3"] = "관리번호는 시연을 위하여 붙인 것이며, 구역은 알려지지 않아 ‘…’로 적음"
    _add(listed, [HEAD, *map(_row, range(1, CAMERAS + 1))])
    for column, wide in zip("ABCDE", (12, 38, 20, 10, 44), strict=True):
        listed.column_dimensions[column].width = wide
    listed.freeze_panes = "A5"
    summed = book.create_sheet("집계")
    _titled(summed, "카메라 집계")
    summed["A3"] = "(단위: 대)"
    kinds: list[list[str | int]] = [
        ["안면 생체정보 촬영 가능", ABLE],
        ["그 밖의 카메라", CAMERAS - ABLE],
        ["합계", CAMERAS],
    ]
    _add(summed, [["구분", "설치"], *kinds])
    summed.column_dimensions["A"].width = 30
    made = BytesIO()
    book.save(made)
    (folder / FILE).write_bytes(repacked(made.getvalue()))
    return [Entry(FILE, TITLE, "ko", agency="법무부")]
