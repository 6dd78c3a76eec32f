"""The page of releases in a browser: facts edited in place, a release withdrawn after a question, and back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from corpus.listings import listings
from tests.web.conftest import Served, serving
from tests.web.steps import said

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-releases-page"
FOUND = ".gm-finding-head h2"


@pytest.fixture
def own(sample: Path, own_cache: Path) -> Iterator[Served]:
    with serving(sample, own_cache) as server:
        yield server


def test_facts_are_edited_by_keyboard_and_searched_at_once(own: Served, reader: Reader) -> None:
    page = reader(f"{own.url}/releases", ready=READY)
    release = page.locator("article.gm-releases-one")
    release.get_by_role("button", name="정보 수정").focus()
    page.keyboard.press("Enter")
    expect(release.get_by_label("제출 자료 이름")).to_be_focused()
    page.keyboard.press("Escape")
    expect(release.get_by_role("button", name="정보 수정")).to_be_focused()
    page.keyboard.press("Enter")
    release.get_by_label("기관").fill("어제의 기관")
    release.get_by_label("제출 기한").fill("모레")
    page.keyboard.press("Enter")
    said(page, "날짜를 알 수 없습니다")
    expect(release.get_by_label("기관")).to_have_value("어제의 기관")  # what was typed is not lost
    release.get_by_label("제출 기한").fill("2021. 10. 21.")
    page.keyboard.press("Enter")
    said(page, "저장했습니다.")
    expect(release.locator("dd").first).to_have_text("어제의 기관")
    expect(release).to_contain_text("2021-10-21")
    expect(release.locator("h3")).to_be_focused()
    page.goto(f"{own.url}/?agency=어제의 기관")
    expect(page.locator(FOUND)).to_contain_text("44쪽")
    with Corpus.open(own.folder) as corpus:
        assert [row.what for row in corpus.store.log()].count("release edited") == 2


def test_a_release_is_withdrawn_after_a_question_and_brought_back(own: Served, reader: Reader) -> None:
    page = reader(f"{own.url}/releases", ready=READY)
    release = page.locator("article.gm-releases-one")
    release.get_by_role("button", name="자료 철회").click()
    question = page.get_by_role("alertdialog")
    expect(question).to_contain_text("문서 12건")
    expect(question.get_by_role("button", name="그만두기")).to_be_focused()
    assert [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")] == []
    page.keyboard.press("Enter")
    expect(question).to_have_count(0)
    release.get_by_role("button", name="자료 철회").click()
    question.get_by_role("button", name="철회", exact=True).click()
    said(page, "철회했습니다.")
    back = release.get_by_role("button", name="철회 취소")
    expect(back).to_be_focused()
    with Corpus.open(own.folder) as corpus:
        assert listings(corpus.store) == {}
    page.goto(f"{own.url}/?q=동의")
    expect(page.locator(".gm-finding-state")).to_contain_text("찾지 못했습니다")
    page.goto(f"{own.url}/releases")
    page.wait_for_selector(READY)
    back.click()
    said(page, "철회를 취소했습니다.")
    with Corpus.open(own.folder) as corpus:
        assert len(listings(corpus.store)) == 12
    page.goto(f"{own.url}/?q=동의")
    expect(page.locator(FOUND)).to_be_visible()


def test_a_paper_goes_to_the_trash_and_comes_back(own: Served, reader: Reader) -> None:
    page = reader(f"{own.url}/releases", ready=READY)
    row = page.locator(".gm-releases-files tbody tr").first
    link = str(row.locator("a").first.get_attribute("href"))
    row.get_by_role("button", name="수정").press("Enter")
    page.get_by_role("button", name="휴지통으로").press("Enter")
    said(page, "휴지통에 넣었습니다.")
    trash = page.locator("#trash")
    expect(trash.get_by_role("heading", name="휴지통 (1건)")).to_be_focused()
    assert [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")] == []
    other = reader(f"{own.url}{link}", ready="main.gm-viewer-none")
    expect(other.get_by_role("alert")).to_contain_text("휴지통에 넣어")
    trash.get_by_role("button", name="되돌리기").press("Enter")
    said(page, "문서를 되돌렸습니다.")
    expect(trash).to_be_empty()
    with Corpus.open(own.folder) as corpus:
        assert len(listings(corpus.store)) == len({each.document for each in corpus.store.occurrences()})
