"""DOCX: order, tables, what stands apart, what is withheld, what numbers Word would show."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest
from docx import Document

from corpus.cells import grid
from corpus.model import FurnitureKind, Page, Reason, State, UnitKind
from ingest.formats import docx as reader
from ingest.formats.model import FormatError
from tests.office_files import cell, docx, paragraph, run, table


def read(path: Path) -> Page:
    assert reader.outline(path).pages == 1
    (page,) = reader.read(path, 1, 1, None, "d")
    return page


def apart(page: Page, kind: FurnitureKind) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.furniture if mark.kind is kind]


def withheld(page: Page) -> list[str]:
    return [page.text[span.start : span.end] for span in page.withheld]


def test_a_file_by_python_docx(tmp_path: Path) -> None:
    made = Document()
    made.core_properties.title = "사업 계획"
    made.add_heading("제1장 개요", 1)
    made.add_paragraph("총 170백만 건을 다룬다. " * 20)
    made.add_heading("제2장 예산", 1)
    grown = made.add_table(2, 2)
    grown.cell(0, 0).merge(grown.cell(0, 1)).text = "합친 칸"
    grown.cell(1, 0).text, grown.cell(1, 1).text = "서버", "3식"
    made.save(str(tmp_path / "a.docx"))
    outline = reader.outline(tmp_path / "a.docx")
    first, second = reader.read(tmp_path / "a.docx", 1, outline.pages)
    assert outline.facts["Title"] == "사업 계획"
    assert (first.kind, first.name, second.name) == (UnitKind.SECTION, "제1장 개요", "제2장 예산")
    assert second.text == "제2장 예산\n합친 칸\n서버\t3식"
    assert second.tables[0].cells[0].columns == 2
    assert reader.read(tmp_path / "a.docx", 2, 2) == [second]


def test_changes_insertions_are_read_and_deletions_withheld(tmp_path: Path) -> None:
    body = paragraph(
        "예산은 ",
        f"<w:ins>{run('3억원')}</w:ins>",
        "<w:del><w:r><w:delText>5억원</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('옮긴 말')}</w:moveFrom>",
        "이다",
        run("숨긴 말", "<w:vanish/>"),
        run("보이는 말", '<w:vanish w:val="0"/>'),
    )
    page = read(docx(tmp_path / "a.docx", body))
    assert withheld(page) == ["5억원옮긴 말", "숨긴 말"]
    assert page.visible == "예산은 3억원███████이다████보이는 말"
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)


def test_a_deletion_in_a_cell_and_a_deleted_row(tmp_path: Path) -> None:
    gone = "<w:del><w:r><w:delText>지운 말</w:delText></w:r></w:del>"
    rows = table(
        cell(paragraph("남은 말 ", gone)) + cell(paragraph("둘")),
        "<w:trPr><w:del/></w:trPr>" + cell(paragraph("지운 행")) + cell(paragraph("x")),
    )
    page = read(docx(tmp_path / "a.docx", rows))
    assert withheld(page) == ["지운 말", "지운 행", "x"]
    assert page.text == "남은 말 지운 말\t둘\n지운 행\tx"


def mark(kind: str, number: int) -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def test_notes_comments_and_running_heads_stand_apart(tmp_path: Path) -> None:
    body = (
        paragraph("170만 건", mark("footnote", 2), "이다.", mark("endnote", 1))
        + paragraph("둘째", mark("comment", 0))
        + '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
        + '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'
    )
    page_field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
    parts = {
        "footnotes": '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">'
        + paragraph("법무부 추계") + "</w:footnote>",
        "endnotes": '<w:endnote w:id="1">' + paragraph("끝주") + "</w:endnote>",
        "comments": '<w:comment w:id="0" w:author="김과장">' + paragraph("확인 요망") + "</w:comment>",
        "header": paragraph("대외비"),
        "footer": paragraph("- ", page_field, " -"),
    }  # fmt: skip
    page = read(docx(tmp_path / "a.docx", body, parts))
    assert page.text.startswith("170만 건¹이다.ⁱ\n둘째\n")
    assert apart(page, FurnitureKind.NOTE) == ["¹ 법무부 추계", "ⁱ 끝주"]
    assert apart(page, FurnitureKind.COMMENT) == ["김과장: 확인 요망"]
    assert apart(page, FurnitureKind.HEAD) == ["대외비"]
    assert apart(page, FurnitureKind.FOOT) == []


def test_text_boxes_content_controls_and_fields(tmp_path: Path) -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + paragraph("글상자")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + paragraph("글상자")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE \\@ </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("2021-10-21")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = (
        paragraph("앞", box, field, "<w:r><w:noBreakHyphen/><w:tab/><w:softHyphen/><w:br/></w:r>", "뒤")
        + f"<w:sdt><w:sdtContent>{paragraph('상자 안')}</w:sdtContent></w:sdt>"
        + paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', "시작만 있는 필드")
        + paragraph("끝")
    )
    page = read(docx(tmp_path / "a.docx", body))
    assert page.text == "앞2021-10-21\u2011\t\n뒤\n글상자\n상자 안\n끝"


def test_equations(tmp_path: Path) -> None:
    half = "<m:f><m:num><m:r><m:t>a+b</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
    square = "<m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup>"
    page = read(docx(tmp_path / "a.docx", paragraph("식 ", f"<m:oMath>{half}{square}</m:oMath>")))
    assert page.text == "식 (a+b)/2x^2"


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("decimal", "%1.", ["1.", "2."]),
        ("ganada", "%1)", ["가)", "나)"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("upperRoman", "%1.", ["I.", "II."]),
        ("koreanCounting", "제%1조", ["제일조", "제이조"]),
        ("bullet", "□", ["□", "□"]),
    ],
)
def test_numbers_of_lists(tmp_path: Path, form: str, text: str, labels: list[str]) -> None:
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    parts = {
        "numbering": f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    }
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = paragraph("목적", properties=listed) + paragraph("사이") + paragraph("범위", properties=listed)
    page = read(docx(tmp_path / "a.docx", body, parts))
    assert page.text == f"{labels[0]} 목적\n사이\n{labels[1]} 범위"


def test_merged_cells_and_a_table_in_a_cell(tmp_path: Path) -> None:
    inner = table(cell(paragraph("안")))
    rows = table(
        cell(paragraph("세로"), properties='<w:vMerge w:val="restart"/>') + cell(paragraph("가"), inner),
        cell("<w:p/>", properties="<w:vMerge/>") + cell(paragraph("나")),
        cell(paragraph("가로"), properties='<w:gridSpan w:val="2"/>'),
    )
    page = read(docx(tmp_path / "a.docx", rows))
    outer, nested = page.tables
    assert grid(outer, page.text) == [["세로", "가"], ["", "나"], ["가로", ""]]
    assert [(each.rows, each.columns) for each in outer.cells] == [(2, 1), (1, 1), (1, 1), (1, 2)]
    assert grid(nested, page.text) == [["안"]]


def test_a_large_picture_is_told(tmp_path: Path) -> None:
    body = paragraph("그림", '<w:r><w:drawing><a:blip r:embed="a.png"/></w:drawing></w:r>')
    small = read(docx(tmp_path / "a.docx", body, media={"a.png": bytes(100)}))
    large = read(docx(tmp_path / "b.docx", body, media={"a.png": random.Random(1).randbytes(30_000)}))
    assert (small.state, small.reason) == (State.SEARCHABLE, Reason.NONE)
    assert (large.state, large.reason) == (State.IN_PART, Reason.UNREAD_PICTURES)


def test_a_file_without_text_has_one_empty_unit(tmp_path: Path) -> None:
    page = read(docx(tmp_path / "a.docx", "<w:p/>"))
    assert (page.text, page.state) == ("", State.SEARCHABLE)


def refusal(path: Path) -> Reason:
    with pytest.raises(FormatError) as refused:
        reader.outline(path)
    assert str(refused.value).endswith(".")
    return refused.value.reason


def test_bombs_entities_and_passwords_are_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(docx(tmp_path / "bomb.docx", ""), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/zeros", bytes(60_000_000))
    assert refusal(tmp_path / "bomb.docx") is Reason.TOO_LARGE
    secret = tmp_path / "secret.txt"
    secret.write_text("비밀")
    with zipfile.ZipFile(docx(tmp_path / "entity.docx", ""), "a") as archive:
        archive.writestr("word/other.xml", f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]><x>&e;</x>')
        links = '<Relationships><Relationship Id="x" Type="t/officeDocument" Target="word/other.xml"/></Relationships>'
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(
                "_rels/.rels",
                links.replace("<Relationships>", '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'),
            )  # fmt: skip
    assert refusal(tmp_path / "entity.docx") is Reason.DAMAGED
    (tmp_path / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    assert refusal(tmp_path / "locked.docx") is Reason.ENCRYPTED


def test_damaged_files_end_in_a_refusal_or_a_page(tmp_path: Path) -> None:
    whole = docx(tmp_path / "a.docx", paragraph("온전하다") + table(cell(paragraph("칸")))).read_bytes()
    lots = random.Random(20211021)
    reasons = set()
    for _ in range(150):
        data = bytearray(whole)
        for _ in range(lots.randrange(1, 8)):
            data[lots.randrange(len(data))] = lots.randrange(256)
        path = tmp_path / "b.docx"
        path.write_bytes(bytes(data[: lots.randrange(len(data))] if lots.random() < 0.3 else data))
        try:
            reader.read(path, 1, reader.outline(path).pages)
        except FormatError as error:
            reasons.add(error.reason)
    assert Reason.DAMAGED in reasons
