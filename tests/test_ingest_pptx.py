"""PPTX: slides by their titles, shapes in reading order, tables, charts, notes."""

from __future__ import annotations

import io
import random
from pathlib import Path
from typing import Any

from PIL import Image
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from corpus.cells import grid
from corpus.model import FurnitureKind, Page, Reason, State, UnitKind
from ingest.formats import pptx


def pages(folder: Path, show: Any) -> list[Page]:
    path = folder / "a.pptx"
    show.save(str(path))
    return pptx.read(path, 1, pptx.outline(path).pages, None, "d")


def box(slide: Any, text: str, left: float, top: float) -> Any:
    made = slide.shapes.add_textbox(Inches(left), Inches(top), Inches(3), Inches(1))
    made.text_frame.text = text
    return made


def test_shapes_are_read_from_the_top_and_from_the_left(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[5])
    box(slide, "아래", 1, 5)
    box(slide, "오른쪽", 5, 2)
    box(slide, "왼쪽\n둘째 줄", 1, 2.1)
    group = slide.shapes.add_group_shape()
    group.shapes.add_textbox(Inches(1), Inches(3.5), Inches(1), Inches(1)).text_frame.text = "묶음"
    slide.shapes.title.text = "추진 현황"
    (page,) = pages(tmp_path, show)
    assert page.text == "추진 현황\n왼쪽\n둘째 줄\n오른쪽\n묶음\n아래"
    assert (page.kind, page.name, page.number) == (UnitKind.SLIDE, "추진 현황", 1)
    assert (page.width, page.height) == (720, 540)


def test_placeholders_lie_where_the_layout_says(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.placeholders[1].text = "본문"
    slide.shapes.title.text = "제목"
    box(slide, "사이", 1, 1.3)
    (page,) = pages(tmp_path, show)
    assert page.text == "제목\n사이\n본문"


def test_tables_and_charts(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(1), Inches(4), Inches(1)).table
    table.cell(0, 0).merge(table.cell(0, 1))
    table.cell(0, 0).text, table.cell(1, 0).text, table.cell(1, 1).text = "구분", "서버", "3식"
    data = CategoryChartData(number_format="#,##0")
    data.categories = ["2019", "2020"]
    data.add_series("대수", (12, 3400))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(4), Inches(4), Inches(2), data)
    (page,) = pages(tmp_path, show)
    assert [grid(each, page.text) for each in page.tables] == [
        [["구분", ""], ["서버", "3식"]],
        [["", "대수"], ["2019", "12"], ["2020", "3,400"]],
    ]


def test_notes_hidden_slides_and_hidden_shapes(tmp_path: Path) -> None:
    show = Presentation()
    slide = show.slides.add_slide(show.slide_layouts[6])
    box(slide, "보임", 1, 1)
    box(slide, "숨김", 1, 3)._element.nvSpPr.cNvPr.set("hidden", "1")
    slide.notes_slide.notes_text_frame.text = "발표자 메모"
    slide._element.set("show", "0")
    (page,) = pages(tmp_path, show)
    assert page.address == "hidden"
    assert page.visible == "보임\n██\n발표자 메모"
    assert [(mark.kind, page.text[mark.start : mark.end]) for mark in page.furniture] == [
        (FurnitureKind.NOTE, "발표자 메모")
    ]


def test_pictures_are_told(tmp_path: Path) -> None:
    lots = random.Random(1)
    noise, held = Image.frombytes("L", (200, 200), lots.randbytes(40_000)), io.BytesIO()
    noise.save(held, "PNG")
    show = Presentation()
    for width in (0.2, 6):
        slide = show.slides.add_slide(show.slide_layouts[6])
        plain = io.BytesIO()
        Image.new("L", (8, 8)).save(plain, "PNG")
        slide.shapes.add_picture(plain, 0, 0, Inches(width))
    show.slides.add_slide(show.slide_layouts[6]).shapes.add_picture(held, 0, 0, Inches(0.2))
    found = [(page.state, page.reason) for page in pages(tmp_path, show)]
    unread = (State.IN_PART, Reason.UNREAD_PICTURES)
    assert found == [(State.SEARCHABLE, Reason.NONE), unread, unread]


def test_a_show_without_slides_has_a_page(tmp_path: Path) -> None:
    (page,) = pages(tmp_path, Presentation())
    assert (page.text, page.kind) == ("", UnitKind.SLIDE)
