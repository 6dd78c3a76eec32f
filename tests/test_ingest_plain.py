"""Plain text, CSV and Markdown: units, addresses, damage."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.cells import grid
from corpus.model import Reason, State, UnitKind
from ingest.formats import plain
from ingest.formats.model import FormatError


def put(folder: Path, text: str | bytes, name: str = "글.txt") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def test_lines_are_paragraphs_and_blank_ones_count(tmp_path: Path) -> None:
    path = put(tmp_path, "수신: 과장\r\n\r\n1. 목적\r\n")
    assert plain.outline(path).pages == 1
    (page,) = plain.read(path, 1, 1, None, "d" * 64)
    assert page.text == "수신: 과장\n\n1. 목적"
    assert (page.kind, page.address, page.state) == (UnitKind.SECTION, "¶1–3", State.SEARCHABLE)
    assert page.document == "d" * 64


def test_form_feeds_and_length_part_units(tmp_path: Path) -> None:
    path = put(tmp_path, "앞쪽\f뒤쪽\n" + "가나다라마바사\n" * 2000)
    pages = plain.read(path, 1, plain.outline(path).pages)
    assert pages[0].text == "앞쪽"
    assert pages[1].text.startswith("뒤쪽\n가나다")
    assert [page.number for page in pages] == [1, 2, 3, 4]
    assert plain.read(path, 3, 3) == pages[2:3]
    assert "\n".join(page.text for page in pages).count("가나다라마바사") == 2000


def test_damage_is_told_where_it_is(tmp_path: Path) -> None:
    path = put(tmp_path, "온전한 쪽이다.\f깨진 \xff 쪽이다.".encode().replace("\xff".encode(), b"\xff"))
    whole, broken = plain.read(path, 1, 2)
    assert (whole.state, whole.reason) == (State.SEARCHABLE, Reason.NONE)
    assert (broken.state, broken.reason, broken.text) == (State.IN_PART, Reason.DAMAGED, "깨진 \ufffd 쪽이다.")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY),
        (b" \r\n\t ", Reason.EMPTY),
        (b"\xef\xbb\xbf", Reason.EMPTY),
        (bytes(600), Reason.UNSUPPORTED),
    ],
)
def test_nothing_to_read(tmp_path: Path, data: bytes, reason: Reason) -> None:
    with pytest.raises(FormatError) as refused:
        plain.outline(put(tmp_path, data))
    assert refused.value.reason is reason


def test_too_large(tmp_path: Path) -> None:
    path = tmp_path / "기록.log"
    with path.open("wb") as file:
        file.truncate(40 << 20)
    with pytest.raises(FormatError) as refused:
        plain.outline(path)
    assert refused.value.reason is Reason.TOO_LARGE


def test_markdown_is_cut_at_headings(tmp_path: Path) -> None:
    body = "무슨 일이 있었는지 적는다. " * 20
    path = put(tmp_path, f"# 회의 결과\n{body}\n## 결정 ##\n```\n# 주석\n```\n**공개**한다.\n", "글.md")
    pages = plain.read_markdown(path, 1, plain.outline_markdown(path).pages)
    assert [page.name for page in pages] == ["회의 결과", "결정"]
    assert pages[1].text == "결정\n```\n# 주석\n```\n**공개**한다."


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_csv_is_a_table_with_the_rows_of_the_file(tmp_path: Path, sign: str) -> None:
    rows = f'연번{sign}비고\n1{sign}"둘{sign}셋 ""넷"""\n\n3{sign}"두 줄\n비고"\n'
    path = put(tmp_path, rows.encode("cp949"), "표.csv")
    assert plain.outline_csv(path).pages == 1
    (page,) = plain.read_csv(path, 1, 1)
    assert (page.kind, page.address) == (UnitKind.SHEET, "A1:B4")
    assert grid(page.tables[0], page.text) == [
        ["연번", "비고"],
        ["1", " ".join(f'둘{sign}셋 "넷"'.split())],
        ["", ""],
        ["3", "두 줄 비고"],
    ]
    assert page.text.startswith("연번\t비고\n1\t")


def test_a_long_csv_is_many_pages(tmp_path: Path) -> None:
    path = put(tmp_path, "번호,이름\n" + "".join(f"{n},이름 {n}\n" for n in range(1, 1200)), "표.csv")
    assert plain.outline_csv(path).pages == 3
    pages = plain.read_csv(path, 2, 3)
    assert [(page.number, page.address) for page in pages] == [(2, "A501:B1000"), (3, "A1001:B1200")]
    last = pages[-1].tables[0].cells[-1]
    assert (last.row, last.column, pages[-1].text[last.start : last.end]) == (1200, 2, "이름 1199")


def test_formulas_in_a_csv_stay_text(tmp_path: Path) -> None:
    path = put(tmp_path, "id,name\n1,=1+1\n2,@SUM(A1)\n", "표.csv")
    (page,) = plain.read_csv(path, 1, 1)
    assert page.text == "id\tname\n1\t=1+1\n2\t@SUM(A1)"
