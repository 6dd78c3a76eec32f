"""The reader's frame: pages flipped with the notes closed, finding as with Ctrl+F, messages that go, the way back."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, expect

from tests.web.conftest import Served
from tests.web.steps import SHOWN, Reader, asked, drag, leaf, named, opened

PLAN = "01_인공지능"  # ten pages, of which some have printed numbers
BROKEN = ".gm-broken, .gm-viewer-instead"
NOTES = ".gm-viewer-notesbutton"
QUERY = ".gm-viewer-find input"
NARROW, WIDE = "**/930.webp*", "**/1240.webp*"


def stands(page: Page, number: int) -> None:
    page.wait_for_selector(SHOWN.format(number))
    page.wait_for_timeout(200)
    assert page.locator(SHOWN.format(number)).count() == 1
    assert page.locator(BROKEN).count() == 0, number
    assert page.locator(".gm-viewer-image").evaluate("image => image.complete && image.naturalWidth") > 0


def test_pages_flipped_with_the_notes_closed_are_all_there(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, PLAN, 1))
    page.locator(NOTES).click()
    page.route(NARROW, lambda route: None)  # so slow that a wider one would overtake it
    page.reload()
    for number in range(1, 7):
        stands(page, number)
        page.keyboard.press("j")


def test_a_sharper_picture_that_overtakes_breaks_nothing(served: Served, reader: Reader) -> None:
    """The notes are closed while the first picture is on its way: the paper gets wider, the picture another."""
    page = opened(reader, served, leaf(served.folder, PLAN, 1))
    held: list[Route] = []
    page.route(NARROW, lambda route: held.append(route))
    page.reload(wait_until="commit")
    page.wait_for_selector(".gm-viewer-page.gm-loading")
    assert page.locator(".gm-viewer-layer").first.evaluate("layer => getComputedStyle(layer).visibility") == "hidden"
    expect(page.locator(".gm-viewer-drawing span")).to_be_visible()
    with page.expect_response(WIDE):
        page.locator(NOTES).click()
    stands(page, 1)
    assert held
    expect(page.locator(".gm-viewer-drawing span")).to_be_hidden()


def test_a_picture_that_fails_is_said_to(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, PLAN, 1))
    page.route("**/*.webp*", lambda route: route.abort())
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    expect(page.locator(".gm-viewer-instead")).to_be_visible()


def test_words_are_found_as_they_follow_each_other(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, "08_보도", 1))
    query = page.locator(QUERY)
    query.fill("사업을 철회하거나")
    query.press("Enter")
    expect(page.locator(".gm-viewer-count")).to_have_text("1 / 1")
    assert asked(page)["q"] == ['"사업을 철회하거나"']
    expect(query).to_have_value("사업을 철회하거나")
    height = page.locator(".gm-viewer-bar").bounding_box()
    query.fill("동의 (철회")
    query.press("Enter")
    fault = page.locator(".gm-viewer-fault")
    expect(fault).to_contain_text("여기서 연 괄호가 닫히지 않았습니다")
    assert page.locator(".gm-viewer-bar").bounding_box() == height
    query.press("Escape")
    expect(fault).to_be_hidden()


def test_what_went_wrong_is_said_until_it_is_read(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, PLAN, 1))
    said = page.locator("#gm-said")
    close = said.get_by_role("button", name="닫기")

    def wrong() -> None:
        page.locator(".gm-viewer-stage").focus()
        page.keyboard.press("h")
        expect(said).to_have_class("gm-shown gm-wrong")
        expect(close).to_be_visible()

    wrong()
    close.click()
    expect(said).to_have_class("gm-wrong")
    expect(close).to_be_hidden()
    wrong()
    page.keyboard.press("Escape")
    expect(said).to_have_class("gm-wrong")
    wrong()
    page.keyboard.press("j")
    expect(said).to_have_class("gm-wrong")


def test_nothing_stays_beside_the_offer_to_undo(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "05_실무", 2)
    page = opened(reader, served, shown)
    named(page, "김보좌")
    drag(page, served, shown, (20, 30))
    page.keyboard.press("h")
    expect(page.locator("#gm-said")).to_have_class("gm-shown")
    page.locator("[data-act=delete]").click()
    expect(page.get_by_role("button", name="되돌리기")).to_be_visible()
    expect(page.locator("#gm-said")).to_have_class("", timeout=1000)


def test_the_way_back_to_the_results(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, PLAN, 4), "&q=동의&agency=법무부")
    expect(page.locator(".gm-viewer-of")).to_contain_text("인쇄된 쪽 번호 1")
    page.locator(".gm-viewer-back").click()
    page.wait_for_selector("main.gm-finding")
    assert asked(page) == {"q": ["동의"], "agency": ["법무부"]}


def test_the_original_of_a_paper_with_withheld_text_comes_after_a_question(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, "07_개인정보"))
    expect(page.locator("a.gm-viewer-tool[download]")).to_be_hidden()
    guarded = page.get_by_role("button", name="받은 원본 내려받기: 열람실에서 가린 글이 들어 있음")
    guarded.click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("이 열람실에서 가린 글이 그 안에 들어 있습니다")
    expect(question.get_by_role("button", name="취소")).to_be_focused()
    page.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(guarded).to_be_focused()
    guarded.click()
    with page.expect_download() as download:
        question.get_by_role("link", name="그래도 내려받기").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")
    expect(question).to_be_hidden()


def test_the_original_of_another_paper_is_one_click_away(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, PLAN))
    expect(page.locator(".gm-viewer-guarded")).to_be_hidden()
    with page.expect_download() as download:
        page.locator("a.gm-viewer-tool[download]").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


def test_a_printed_number_is_said_alike_in_hits_and_reader(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q=title:추진계획 page:3")
    expect(page.locator(".gm-finding-where").first).to_have_text("iii쪽(파일 3쪽)")
    page.locator(".gm-finding-open").first.click()
    expect(page).to_have_title(re.compile(r"iii쪽\(파일 3쪽\)"))
