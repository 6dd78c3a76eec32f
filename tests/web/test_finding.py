"""The search page in a browser: typing Korean, narrowing, moving by keys, hostile names, accessibility."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page, expect

from corpus import Corpus
from search.indexes import current_index
from tests.conftest import write_document
from tests.web.conftest import Served, serving
from tests.web.steps import asked

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-finding"
HOSTILE = '<img src=x onerror="window.hacked=1">'
MARKDOWN = "![x](http://127.0.0.2/x.png) [y](javascript:window.hacked=1)"


def ime(page: Page) -> CDPSession:
    return page.context.new_cdp_session(page)


def test_korean_is_typed_and_found(served: Served, reader: Reader) -> None:
    page = reader(served.url, ready=READY)
    box = page.locator("[data-search]")
    expect(box).to_be_focused()
    composing = ime(page)
    for syllable in ("ㄷ", "도", "동"):
        composing.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
    composing.send("Input.insertText", {"text": "동"})
    for syllable in ("ㅇ", "으"):
        composing.send("Input.imeSetComposition", {"text": syllable, "selectionStart": 1, "selectionEnd": 1})
    page.keyboard.press("Enter")  # in the midst of a syllable
    page.wait_for_timeout(300)
    assert asked(page) == {}
    composing.send("Input.insertText", {"text": "의"})
    expect(page.locator(".gm-finding-hits")).to_be_visible()
    assert asked(page) == {"q": ["동의"]}
    expect(box).to_be_focused()
    assert box.input_value() == "동의"
    marked = {words.lower() for words in page.locator(".gm-finding-passage mark").all_inner_texts()}
    assert marked == {"동의", "consent"}


def test_what_is_typed_while_the_page_is_drawn_anew_stays(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q=동의", ready=READY)
    box = page.locator("[data-search]")
    box.click()
    page.keyboard.press("End")
    page.keyboard.type(" 제공", delay=0)
    page.keyboard.press("Enter")
    page.keyboard.type(" 없")  # before the hits are there
    page.wait_for_function("document.title.startsWith('동의 제공 ')")
    page.wait_for_timeout(300)
    assert (box.input_value(), asked(page)["q"]) == ("동의 제공 없", ["동의 제공"])
    assert box.evaluate("box => box.selectionStart") == len("동의 제공 없")


@pytest.fixture
def varied(tmp_path: Path, own_cache: Path) -> Iterator[Served]:
    """A server on papers of twelve agencies and two years, one with hostile names."""
    with Corpus.create(tmp_path / "말뭉치") as corpus:
        for n in range(12):
            texts = ("동의를 받지 않고",) * (n + 1)
            year = "2019" if n % 2 else "2021"
            write_document(corpus, texts, f"{n}.pdf", f"자료 {n:02}", f"기관 {n:02}", year, "f", {}, None)
        texts = (f"동의 {HOSTILE} {MARKDOWN}",)
        made = write_document(corpus, texts, "x.pdf", "나쁜 자료", HOSTILE, "2021", "f", {}, None)
        with corpus.store.writing() as record:
            record.edit(made, "title", f"{HOSTILE} {MARKDOWN}", "누군가")
        current_index(corpus).close()
    with serving(tmp_path / "말뭉치", own_cache) as server:
        yield server


def test_facets_narrow_and_the_back_button_widens(varied: Served, reader: Reader) -> None:
    page = reader(f"{varied.url}/?q=동의", ready=READY)
    total = page.locator(".gm-finding-head h2")
    expect(total).to_contain_text("13개 문서의 79쪽에서")
    value = "[data-at='{} agency 기관 {}']".format
    expect(page.locator(value("choose", "03"))).to_have_count(0)  # folded after eight
    page.locator("[data-at='fold agency']").click()
    chosen = page.locator(value("choose", "03"))
    chosen.click()
    expect(total).to_contain_text("1개 문서의 4쪽에서")
    assert asked(page) == {"q": ["동의"], "agency": ["기관 03"]}
    expect(chosen).to_be_focused()  # drawn anew, the focus stays, and so does what was unfolded
    expect(chosen).to_have_attribute("aria-current", "true")
    expect(page.locator(value("choose", "02")).locator("b")).to_have_text("3")  # what widening would give
    page.locator(value("choose", "05")).click()
    expect(total).to_contain_text("2개 문서의 10쪽에서")
    page.locator("[data-at='exclude year 2019']").click()
    expect(page.locator(".gm-finding-state h2")).to_have_text("찾지 못했습니다")
    expect(page.locator(".gm-finding-chips .gm-finding-chip")).to_have_count(3)
    page.go_back()
    page.go_back()
    expect(total).to_contain_text("1개 문서의 4쪽에서")
    page.locator(".gm-finding-chips .gm-finding-chip").click()
    expect(total).to_contain_text("13개 문서의 79쪽에서")
    assert asked(page) == {"q": ["동의"]}


def test_keys_lead_from_hit_to_reader(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q=동의", ready=READY)
    links = page.locator(".gm-finding-open")
    page.locator("[data-search]").press("ArrowDown")
    expect(links.first).to_be_focused()
    page.locator("main.gm-finding").focus()
    for key, hit in (("j", 0), ("j", 1), ("j", 2), ("k", 1)):
        page.keyboard.press(key)
        expect(links.nth(hit)).to_be_focused()
    target = links.nth(1).get_attribute("href")
    assert target is not None
    page.keyboard.press("Enter")
    page.wait_for_url("**/reader?*")
    assert page.url == served.url + target
    at = re.fullmatch(r"(\d+)-(\d+)", asked(page)["at"][0])
    assert at is not None
    with Corpus.open(served.folder) as corpus:
        text = corpus.store.page(asked(page)["doc"][0], int(asked(page)["page"][0])).visible
    assert re.sub(r"\s", "", text[int(at[1]) : int(at[2])]).lower() in ("동의", "consent")
    page.go_back()
    expect(links.first).to_be_visible()
    page.locator("[data-search]").focus()
    page.keyboard.type("jk")
    assert page.locator("[data-search]").input_value().endswith("jk")


def test_coming_back_from_a_paper_is_coming_back_to_its_hit(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q=시연용", ready=READY)
    last = page.locator(".gm-finding-open").last
    address = last.get_attribute("href")
    last.click()
    page.wait_for_selector(".gm-viewer-page")
    page.go_back()
    came_back = page.locator(f'.gm-finding-open[href="{address}"]')
    expect(came_back).to_be_focused()
    expect(came_back).to_be_in_viewport()


def test_a_quotation_shows_its_grade_and_what_that_means(served: Served, reader: Reader) -> None:
    page = reader(served.url + "/?q=" + quote('"개인정보 보호법"'), ready=READY)
    grade = page.locator(".gm-finding-grade").first
    expect(grade).to_contain_text("글자 그대로")
    tip = grade.locator("[role=tooltip]")
    expect(tip).to_be_hidden()
    grade.focus()
    expect(tip).to_be_visible()


def test_the_help_popover(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q=동의&agency=법무부", ready=READY)
    button, panel = page.locator(".gm-finding-ask"), page.locator(".gm-finding-help")
    button.press("Enter")
    expect(panel.locator("dt a")).to_have_count(16)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()
    button.click()
    panel.locator("dt a", has_text="동의 -철회").click()
    expect(panel).to_be_hidden()
    page.wait_for_function("document.querySelector('[data-search]').value === '동의 -철회'")
    assert asked(page) == {"q": ["동의 -철회"]}


def test_an_error_points_at_its_place(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q={quote('동의 titel:가')}", ready=READY)
    assert page.locator(".gm-finding-fault pre").inner_text() == "동의 titel:가"
    assert page.locator(".gm-finding-here").inner_text() == "t"
    expect(page.locator(".gm-finding-fault")).to_contain_text("titel:라는 항목은 없습니다")


def test_documents_with_their_best_pages_and_pages_of_results(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/?q={quote('인공지능 OR the OR 법')}", ready=READY)
    paging = page.locator(".gm-finding-paging")
    expect(paging).to_contain_text("쪽 중 1–20")
    paging.locator("a", has_text="2").first.click()
    expect(paging).to_contain_text("쪽 중 21–")
    expect(page.locator("main.gm-finding")).to_be_focused()
    page.locator("[data-at='group true']").click()
    expect(page.locator(".gm-finding-paper").first).to_be_visible()
    assert (asked(page)["group"], asked(page).get("page")) == (["document"], None)
    assert page.evaluate("document.activeElement.dataset.at") == "group true"
    assert page.locator(".gm-finding-paper").count() <= 10


def test_names_and_passages_are_only_text(varied: Served, reader: Reader) -> None:
    page = reader(f"{varied.url}/?q={quote('동의 img')}", ready=READY)
    assert page.locator(".gm-finding-open").first.inner_text() == f"{HOSTILE} {MARKDOWN}"
    assert HOSTILE in page.locator(".gm-finding-passage").first.inner_text()
    page.locator("[data-at='fold agency']").click()
    page.locator("[data-at^='choose agency']", has_text=HOSTILE).click()
    expect(page.locator(".gm-finding-chips .gm-finding-chip")).to_contain_text(HOSTILE)
    assert asked(page)["agency"] == [HOSTILE]
    page.goto(f"{varied.url}/?q={quote(HOSTILE + '(')}")
    page.wait_for_selector(".gm-finding-fault")
    page.goto(varied.url)
    page.wait_for_selector(".gm-finding-begin")
    assert page.locator("main.gm-finding img").count() == 0
    assert page.evaluate("window.hacked") is None


def test_a_corpus_without_papers_leads_to_the_upload(tmp_path: Path, own_cache: Path, reader: Reader) -> None:
    Corpus.create(tmp_path / "말뭉치").close()
    with serving(tmp_path / "말뭉치", own_cache) as server:
        page = reader(server.url, ready=READY)
        expect(page.locator("main.gm-finding a[href='/releases']")).to_have_text("자료 올리기")


PLACES = [
    "",
    "?q=동의&agency=법무부&not-year=2019",
    '?q="개인정보 보호법"',
    "?q=동의&group=document",
    "?q=동의 (",
    "?q=뷁쉙 동의",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(served: Served, reader: Reader, scheme: str) -> None:
    page = reader(served.url, scheme=scheme, ready=READY)
    found = []
    for place in PLACES:
        page.goto(f"{served.url}/{place}")
        page.wait_for_selector(READY)
        page.locator(".gm-finding-ask").click()
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((place, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]))
    assert found == []


BEYOND = """[...document.querySelectorAll("main.gm-finding *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1).map((each) => each.className)"""


@pytest.mark.parametrize("width", [820, 640, 320])  # a tablet, 1280 at 200 %, and at 400 %
def test_narrow_windows_scroll_only_down(served: Served, reader: Reader, width: int) -> None:
    page = reader(f"{served.url}/?q=동의&agency=법무부", width=width, ready=READY)
    facets = page.locator(".gm-finding-facets")
    expect(facets.locator(".gm-finding-value").first).to_be_hidden()
    facets.locator("summary").click()
    expect(facets.locator(".gm-finding-value").first).to_be_visible()
    for place in PLACES:
        page.goto(f"{served.url}/{place}")
        page.wait_for_selector(READY)
        page.locator(".gm-finding-ask").click()
        assert page.evaluate(BEYOND) == [], place
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), place


def test_a_slash_can_be_typed_into_the_box(served: Served, reader: Callable[..., Page]) -> None:
    page = reader(served.url)
    box = page.locator("input[data-search]")
    expect(box).to_be_focused()
    page.keyboard.type("/가/나")
    expect(box).to_have_value("/가/나")
    page.locator("h1").click()
    page.keyboard.press("/")  # now it is the shortcut again
    expect(box).to_be_focused()
    expect(box).to_have_value("/가/나")
    page.keyboard.type("3/4")  # what was in it was selected
    expect(box).to_have_value("3/4")


def test_an_unknown_agency_is_answered_with_the_agencies(served: Served, reader: Callable[..., Page]) -> None:
    page = reader(f"{served.url}/?q=동의 agency:국방부")
    expect(page.locator(".gm-finding-state")).to_contain_text("‘국방부’라는 낱말이 있는 문서가 없습니다")
    page.locator(".gm-finding-tries a", has_text="법무부").click()
    expect(page.locator(".gm-finding-head h2")).to_be_visible()
    expect(page.locator("input[data-search]")).to_have_value('동의 agency:"법무부"')
