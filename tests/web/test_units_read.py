"""Papers without pictures of pages in the reader: a sheet as a grid, a mail as a letter, an archive as a list."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from playwright.sync_api import expect

from corpus import Corpus
from corpus.model import Page as Leaf
from tests.ingests import ingest
from tests.web.conftest import Served, serving
from tests.web.steps import SHOWN, Reader, opened

LIVE = ".gm-viewer > [role=status].gm-hidden"


def sheet(path: Path) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = "예산"
    for row in (["항목", "금액"], ["공항 출입", 1200], ["<b>감시</b>", 34]):
        page.append(row)
    page["B2"].comment = Comment("다시 확인할 것", "담당자")
    book.save(path)
    return path


def mail(path: Path) -> Path:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "kim@example.org", "lee@example.org", "자료 송부"
    message.set_content("붙임과 같이 보냅니다.")
    message.add_attachment("붙임의 글", filename="붙임.txt")
    path.write_bytes(message.as_bytes())
    return path


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    place = tmp_path_factory.mktemp("문서")
    packed = place / "자료.zip"
    with zipfile.ZipFile(packed, "w") as file:
        file.write(sheet(place / "예산.xlsx"), "통계/예산.xlsx")
        file.write(mail(place / "송부.eml"), "송부.eml")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GONGMUN_CACHE", str(place / "cache"))
        with Corpus.create(place / "모음") as corpus:
            ingest(corpus, packed)
    with serving(place / "모음", place / "cache") as server:
        yield server


def paper(office: Served, path: str) -> Leaf:
    with Corpus.open(office.folder) as corpus:
        return corpus.store.page(next(each.document for each in corpus.store.occurrences() if each.path == path), 1)


def test_a_sheet_is_a_grid_whose_words_are_selected_where_they_stand(office: Served, reader: Reader) -> None:
    shown = paper(office, "자료.zip!/통계/예산.xlsx")
    page = opened(reader, office, shown, "&q=공항")
    grid = page.locator(".gm-viewer-sheetgrid")
    assert grid.locator("thead th").all_inner_texts() == ["A", "B"]
    assert grid.locator("tbody th").all_inner_texts() == ["1", "2", "3"]
    assert grid.locator("td [data-s]").all_text_contents()[-2:] == ["<b>감시</b>", "34"]
    expect(grid.locator("mark.gm-hit")).to_have_text("공항")
    expect(page.locator(".gm-viewer-apart")).to_have_attribute("data-label", "검토 의견")
    page.wait_for_timeout(600)  # the window settles: fonts, the margin with the notes
    first, last = (grid.locator("td", has_text=words).locator("[data-s]").last for words in ("출입", "1200"))
    begins, ends = first.bounding_box(), last.bounding_box()
    assert begins
    assert ends
    page.mouse.move(begins["x"] + 1, begins["y"] + 8)
    page.mouse.down()
    page.mouse.move(ends["x"] + ends["width"] - 1, ends["y"] + 8, steps=8)
    page.mouse.up()
    expect(page.locator(LIVE)).to_have_text("7자를 선택했습니다: 출입\t1200")


def test_a_mail_is_a_letter_with_its_attachments(office: Served, reader: Reader) -> None:
    page = opened(reader, office, paper(office, "자료.zip!/송부.eml"))
    letter = page.locator(".gm-viewer-letter")
    expect(letter.locator(".gm-letter-name").first).to_have_text("From:")
    expect(letter).not_to_contain_text("붙임과 같이")
    page.locator(".gm-viewer-held a", has_text="붙임.txt").click()
    page.wait_for_selector(".gm-viewer-plain:has-text('붙임의 글')")
    expect(page.locator(".gm-viewer-head a", has_text="송부.eml")).to_be_visible()


def test_an_archive_leads_to_what_is_in_it_and_back(office: Served, reader: Reader) -> None:
    with Corpus.open(office.folder) as corpus:
        archive = next(each.document for each in corpus.store.occurrences() if each.path == "자료.zip")
    page = reader(f"{office.url}/reader?doc={archive}", ready=".gm-viewer-held")
    assert page.locator(".gm-viewer-held a").all_inner_texts() == ["송부.eml", "예산.xlsx"]
    page.locator(".gm-viewer-held a", has_text="예산.xlsx").click()
    page.wait_for_selector(SHOWN.format(1))
    page.locator(".gm-viewer-head a", has_text="자료.zip").click()
    expect(page.locator(".gm-viewer-held")).to_be_visible()
