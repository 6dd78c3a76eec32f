"""Two versions side by side in a browser: the sample's differ in one figure, one black box and three words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from search import near_duplicates
from tests.ingests import SAMPLE, ingest
from tests.web.conftest import Served, serving
from tests.web.steps import Reader

READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-comparing-page figure"
NOW = ".gm-comparing-now"
ROWS = ".gm-comparing-of-{} li"


@dataclass(frozen=True)
class Pair:
    server: Served
    one: str
    other: str

    def address(self, rest: str = "") -> str:
        return f"{self.server.url}/compare?a={self.one}&b={self.other}{rest}"


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    place = tmp_path_factory.mktemp("두 판")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GONGMUN_CACHE", str(place / "cache"))
        with Corpus.create(place / "모음") as corpus:
            files = next(SAMPLE.glob("07_*.pdf")), next((SAMPLE.parent / "second").glob("19_*.pdf"))
            for file in files:
                ingest(corpus, file)
            near_duplicates.link(corpus)
            one, other = (document_of(corpus, file) for file in files)
    with serving(place / "모음", place / "cache") as server:
        yield Pair(server, one, other)


def document_of(corpus: Corpus, file: Path) -> str:
    return next(each.document for each in corpus.store.occurrences() if each.name == file.name)


def compared(reader: Reader, pair: Pair, rest: str = "", **options: str | int) -> Page:
    page = reader(pair.address(rest), ready=READY, **options)
    expect(page.locator(".gm-comparing-paper img").first).to_have_js_property("complete", True)
    return page


def covered(page: Page, mark: str, picture: str) -> bool:
    """Whether a mark lies on the picture of its page, and is small beside it."""
    box, paper = page.locator(mark).bounding_box(), page.locator(picture).bounding_box()
    assert box is not None
    assert paper is not None
    inside = paper["x"] < box["x"] and box["x"] + box["width"] < paper["x"] + paper["width"]
    return inside and paper["y"] < box["y"] < paper["y"] + paper["height"] and box["width"] < paper["width"] / 2


def test_one_figure_and_one_black_box_differ(pair: Pair, reader: Reader) -> None:
    page = compared(reader, pair)
    figures, boxes, words = (page.locator(ROWS.format(each)) for each in ("figures", "boxes", "words"))
    assert figures.all_inner_texts() == ["1쪽\n5,760만 건 → 5,764만 여 건"]
    assert boxes.all_inner_texts() == ["3쪽\n전에는 가림 검은 칸 → 출입국 업무 담당 부서(시연용)"]
    expect(words).to_have_count(3)
    for side, number in (("one", 1), ("other", 1)):
        place = f".gm-comparing-side[data-side={side}]"
        expect(page.locator(f"{place} .gm-comparing-on")).to_have_count(number)
        assert covered(page, f"{place} .gm-comparing-on.gm-comparing-changed", f"{place} .gm-comparing-paper")
    boxes.locator("a").click()
    expect(page.locator("[data-side=one] .gm-comparing-boxed.gm-chosen")).to_have_count(1)
    expect(page.locator("[data-side=other] .gm-comparing-on.gm-comparing-uncovered.gm-chosen")).to_have_count(1)
    assert covered(page, "[data-side=one] .gm-comparing-boxed", "[data-side=one] .gm-comparing-paper")
    page.go_back()
    expect(page.locator("[data-side=one] .gm-comparing-boxed")).to_have_count(0)


def test_keys_step_through_the_differences(pair: Pair, reader: Reader) -> None:
    page = compared(reader, pair, locale="en-GB")
    here, count = page.locator(NOW), page.locator(".gm-comparing-number")
    for number, words in enumerate(("5,764만", "출입국 업무 담당 부서(시연용)", "한", "두", "비공개(한"), start=1):
        page.keyboard.press("n")
        expect(count).to_have_text(f"{number} / 5")
        expect(here).to_contain_text(words)
        expect(page.locator("[data-side=other] .gm-chosen").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Next difference (N)")).to_be_disabled()
    expect(page.locator(".gm-comparing-page > [role=status]")).to_contain_text("Changed: 비공개(두 → 비공개(한")
    page.reload()
    expect(count).to_have_text("5 / 5")  # the address has it
    page.get_by_role("button", name="Previous difference (P)").click()
    expect(count).to_have_text("4 / 5")
    for _ in range(2):
        page.keyboard.press("p")
    expect(count).to_have_text("2 / 5")
    expect(page.locator("figcaption").first).to_contain_text("p. 3")
    page.keyboard.press("k")
    expect(page.locator("figcaption").first).to_contain_text("p. 2")
    page.keyboard.press("n")  # from a pair without any, to the next one that has
    expect(count).to_have_text("2 / 5")


def test_the_text_view_has_real_elements_for_what_differs(pair: Pair, reader: Reader) -> None:
    page = compared(reader, pair)
    page.keyboard.press("x")
    expect(page.locator("[data-side=one] del")).to_have_text("바뀜: 5,760만")
    expect(page.locator("[data-side=other] ins")).to_have_text("바뀜: 5,764만 여")
    expect(page.locator(".gm-comparing-paper")).to_have_count(0)
    page.keyboard.press("n")
    expect(page.locator("[data-side=one] del")).to_have_class("gm-comparing-mark gm-comparing-changed gm-chosen")
    page.get_by_role("button", name="글로 보기").click()
    expect(page.locator(".gm-comparing-paper")).to_have_count(2)


def test_larger_pages_move_sideways_together(pair: Pair, reader: Reader) -> None:
    page = compared(reader, pair)
    panes = page.locator(".gm-comparing-pane")
    narrow = page.locator(".gm-comparing-paper").first.evaluate("each => each.clientWidth")
    page.keyboard.press("+")
    page.get_by_role("button", name="크게 (+)").click()
    wide = page.locator(".gm-comparing-paper").first.evaluate("each => each.clientWidth")
    assert round(wide / narrow, 1) == 1.5
    panes.first.evaluate("each => { each.scrollLeft = 90; }")
    expect(panes.last).to_have_js_property("scrollLeft", 90)


def test_the_way_there_from_the_reader_and_from_a_hit(pair: Pair, reader: Reader) -> None:
    page = reader(f"{pair.server.url}/reader?doc={pair.one}&page=3", ready=".gm-viewer-page[data-ready=true]")
    page.keyboard.press("i")
    versions = page.locator(".gm-viewer-versions li")
    expect(versions).to_have_count(1)
    expect(versions).to_contain_text("글의 96%가 같음")
    expect(versions).to_contain_text("다른 곳: 수치·날짜 1곳 · 검은 칸·가린 말 1곳 · 낱말 3곳")
    versions.locator(".gm-viewer-compare").click()
    expect(page.locator("figcaption").first).to_contain_text("앞 판 3쪽")
    page.goto(f"{pair.server.url}/?q=%EA%B2%80%ED%86%A0%EC%84%9C")
    also = page.locator(".gm-finding-also")
    expect(also).to_have_count(2)  # once a paper
    also.first.locator("a").click()
    expect(page.locator(ROWS.format("figures"))).to_have_count(1)


def test_what_cannot_be_compared_is_said(pair: Pair, reader: Reader) -> None:
    said = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-comparing-page [role=alert]"
    page = reader(f"{pair.server.url}/compare?a={pair.one}&b={pair.one}", ready=said)
    expect(page.locator(said)).to_contain_text("한 파일입니다")
    page.goto(f"{pair.server.url}/compare")
    page.locator(".gm-comparing-choice a").click()
    expect(page.locator(ROWS.format("boxes"))).to_have_count(1)


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_nothing_serious_is_found_and_nothing_runs_over(pair: Pair, reader: Reader, locale: str, scheme: str) -> None:
    for rest in ("", "&diff=2", "&page=2"):
        page = compared(reader, pair, rest, locale=locale, scheme=scheme)
        for view in range(2):
            serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
            assert serious == [], view
            page.keyboard.press("x")
        for width in (820, 640):  # a tablet; 1280 at 200 %
            page.set_viewport_size({"width": width, "height": 500})
            assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
