"""Tables in the reader: outlined on the paper, opened as a grid, copied, downloaded as CSV; sheets as they are read."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from playwright.sync_api import Page, expect

from corpus import Corpus
from ingest import table_pass
from ingest.workers import SerialExecutor
from tests.web.conftest import Served
from tests.web.steps import Reader, leaf, opened, paste, said
from tests.web.test_units_read import LIVE, office, paper

__all__ = ["office"]  # the fixture, for the tests here
TAG, PANEL = ".gm-viewer-tabletag", ".gm-viewer-table"


def downloaded(page: Page, link: str) -> list[list[str]]:
    with page.expect_download() as waiting:
        page.locator(link).click()
    content = Path(waiting.value.path()).read_bytes()
    assert waiting.value.suggested_filename.endswith(".csv")
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_sheet_is_copied_whole_and_downloaded(office: Served, reader: Reader) -> None:
    page = opened(reader, office, paper(office, "자료.zip!/통계/예산.xlsx"))
    rows = [["항목", "금액"], ["공항 출입", "1200"], ["<b>감시</b>", "34"]]
    assert downloaded(page, ".gm-viewer-tablebar a") == rows
    page.locator(".gm-viewer-tablebar button").click()
    said(page, "1번째 표를 복사했습니다")
    pasted = paste(page)
    assert pasted.plain == "\n".join("\t".join(row) for row in rows)
    assert "<td>&lt;b&gt;감시&lt;/b&gt;</td>" in pasted.html


def test_all_of_a_sheet_is_quoted_with_blanks_between_its_cells(office: Served, reader: Reader) -> None:
    page = opened(reader, office, paper(office, "자료.zip!/통계/예산.xlsx"))
    page.locator(".gm-viewer-plain").focus()
    page.keyboard.press("Control+A")
    expect(page.locator(".gm-viewer-tools")).to_be_visible()
    page.keyboard.press("y")
    said(page, "복사했습니다")
    assert paste(page).parts[0].startswith("항목 금액 공항 출입 1200 <b>감시</b> 34")


def test_a_drag_from_the_middle_of_a_letter_selects(office: Served, reader: Reader) -> None:
    page = opened(reader, office, paper(office, "자료.zip!/통계/예산.xlsx"), "&q=출입")
    hit = page.locator("mark.gm-hit")
    expect(hit).to_have_text("출입")
    page.wait_for_timeout(600)  # the window settles: fonts, the margin with the notes
    place = hit.evaluate(
        "e => { const r = document.createRange(); r.setStart(e.firstChild, 0); r.setEnd(e.firstChild, 1);"
        " const b = r.getBoundingClientRect(); return [b.x + b.width / 2, b.y + b.height / 2]; }"
    )
    page.mouse.move(*place)
    page.mouse.down()
    page.mouse.move(place[0] + 40, place[1])
    page.mouse.move(place[0] + 90, place[1])
    page.mouse.up()
    expect(page.locator(LIVE)).to_contain_text("자를 선택했습니다")


def test_a_table_of_a_pdf_is_opened_beside_its_picture(served: Served, reader: Reader) -> None:
    with Corpus.open(served.folder) as corpus:
        assert list(table_pass.run(corpus, executor=SerialExecutor()))
    shown = leaf(served.folder, "카메라_배치_현황", 2)
    page = opened(reader, served, shown)
    tag = page.locator(TAG)
    expect(tag).to_have_count(1)
    expect(page.locator(".gm-viewer-mark.gm-table")).to_have_count(1)
    page.keyboard.press("Shift+T")
    panel = page.locator(PANEL)
    expect(panel.locator("td").first).to_have_text("번호")
    rows = downloaded(page, f"{PANEL} a")
    assert (len(rows), len(rows[0])) == (6, 8)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(tag).to_be_focused()
    page.keyboard.press("l")
    page.locator(".gm-viewer-menu label", has_text="표").last.click()
    expect(tag).to_be_hidden()


def test_black_boxes_are_outlined_and_listed(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, "부분공개", 3))
    boxes = page.locator(".gm-viewer-mark.gm-box span")
    assert boxes.all_inner_texts() == ["가려짐", "가려짐"]
    page.keyboard.press("i")
    listed = page.locator(".gm-viewer-facts .gm-viewer-inline li")
    assert listed.all_inner_texts() == ["3쪽 2곳", "4쪽 1곳"]
    listed.last.locator("a").click()
    page.wait_for_selector(".gm-viewer-page[data-number='4'][data-ready=true]")
    expect(page.locator(".gm-viewer-mark.gm-box.gm-under-withheld")).to_have_count(1)
