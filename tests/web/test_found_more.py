"""Beyond the words typed, in a browser: chips, did you mean, saved searches, pages like one, altered, numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from search.indexes import current_index
from tests.conftest import write_document
from tests.web.conftest import Served, serving
from tests.web.steps import asked

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-finding"
HOSTILE = '<img src=x onerror="window.hacked=1">'


def add(folder: Path, texts: tuple[str, ...], name: str, release: str) -> None:
    with Corpus.open(folder) as corpus:
        write_document(corpus, texts, name, release, "법무부", "2021", "f", {}, None)
        current_index(corpus).close()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on two small papers."""
    place = tmp_path_factory.mktemp("작은")
    before = pytest.MonkeyPatch()
    before.setenv("GONGMUN_CACHE", str(place / "cache"))
    Corpus.create(place / "말뭉치").close()
    texts = ("정보주체의 동의를 받지 않고 안면 이미지 1억 7천만 건을 이용", f"{HOSTILE} 보관 기간과 파기")
    add(place / "말뭉치", texts, "가 기관 업무 보고.pdf", "갑")
    add(
        place / "말뭉치",
        ("without consent, 170 million face images", "보관 기간과 파기 절차"),
        "나 기관 업무 보고.pdf",
        "을",
    )
    with serving(place / "말뭉치", place / "cache") as server:
        yield server
    before.undo()


def total(page: Page) -> str:
    return page.locator(".gm-finding-head h2").inner_text()


def test_chips_are_taken_off_and_put_back_and_the_reader_marks_the_same(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=동의", ready=READY)
    assert total(page).startswith("2개 문서의 2쪽")
    chip = page.locator("[data-at='widened consent']")
    expect(chip).to_have_attribute("aria-label", "‘consent’ 빼고 찾기")
    chip.press("Enter")
    expect(page.locator(".gm-finding-head h2")).to_contain_text("1개 문서의 1쪽")
    assert asked(page) == {"q": ["동의"], "without": ["consent"]}
    expect(chip).to_be_focused()
    expect(chip).to_have_attribute("aria-label", "‘consent’ 다시 넣어 찾기")
    chip.press("Enter")
    expect(page.locator(".gm-finding-head h2")).to_contain_text("2개 문서의 2쪽")
    page.locator("[data-at='bridge off']").click()
    expect(page.locator(".gm-finding-widened")).to_contain_text("적은 그대로만 찾았습니다")
    page.locator("[data-at='bridge on']").click()
    page.locator(".gm-finding-open", has_text="나 기관").click()
    page.wait_for_selector(".gm-viewer-bar")
    assert asked(page)["bridge"] == ["on"]
    expect(page.locator(".gm-viewer-count")).to_have_text("1 / 1")
    page.locator(".gm-viewer-find input").fill("보관")
    page.keyboard.press("Enter")
    page.wait_for_function("new URL(location.href).searchParams.get('q') === '보관'")
    assert "bridge" not in asked(page)  # what is typed in the reader is looked for as typed


def test_a_slip_of_the_fingers_is_answered(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=ehddml", ready=READY)
    page.locator(".gm-finding-meant a", has_text="동의").click()
    expect(page.locator("[data-search]")).to_have_value("동의")
    expect(page.locator(".gm-finding-hits")).to_be_visible()


def test_partial_matches_are_told_apart(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=동의 파기", ready=READY)
    assert total(page).startswith("모든 낱말이 함께 있는 쪽은 없습니다")
    lacking = page.locator(".gm-finding-missing").all_inner_texts()
    assert sorted(set(lacking)) == ["이 쪽에 없는 말: 동의", "이 쪽에 없는 말: 파기"]
    counts = page.locator(".gm-finding-facet").last.locator("b").all_inner_texts()
    assert counts == [f"0 +{len(lacking)}"]  # of the one kind: full matches, and partial ones apart
    page.locator("[data-at='group true']").click()
    expect(page.locator(".gm-finding-paper")).not_to_have_count(0)
    assert page.locator(".gm-finding-missing").count() == page.locator(".gm-finding-hit").count() > 0


def test_a_quotation_that_stands_otherwise_is_set_beside_what_stands(small: Served, reader: Reader) -> None:
    page = reader(small.url + "/?q=" + quote('"정보주체의 동의를 받고 안면 이미지 1억 8천만 건을"'), ready=READY)
    expect(page.locator(".gm-finding-state h2").first).to_have_text("이 말은 그대로는 어디에도 없습니다")
    expect(page.locator(".gm-finding-proof")).to_contain_text("색인 4쪽")
    assert "받고" in page.locator(".gm-finding-compared del").first.inner_text()
    assert "받지 않고" in page.locator(".gm-finding-compared ins").first.inner_text()
    page.locator(".gm-finding-elsewhere .gm-finding-open").click()
    page.wait_for_selector(".gm-viewer-bar")


def test_a_search_is_saved_told_of_what_is_new_and_put_away(tmp_path: Path, own_cache: Path, reader: Reader) -> None:
    Corpus.create(tmp_path / "말뭉치").close()
    add(tmp_path / "말뭉치", ("동의를 받지 않고",), "가.pdf", "갑")
    with serving(tmp_path / "말뭉치", own_cache) as server:
        page = reader(f"{server.url}/?q=동의", ready=READY)
        page.locator("[data-at=save]").press("Enter")
        name = page.locator("#gm-finding-save-name")
        expect(name).to_be_focused()
        expect(name).to_have_value("동의")
        name.fill(HOSTILE)
        page.keyboard.press("Enter")
        expect(page.locator("#gm-said.gm-shown")).to_contain_text(HOSTILE)
        expect(name).to_be_hidden()
        add(tmp_path / "말뭉치", ("새 동의", "다른 말"), "나.pdf", "을")
        page.goto(f"{server.url}/releases")
        page.locator(".gm-releases-news a").click()
        expect(page.locator(".gm-finding-news h2")).to_contain_text(HOSTILE)
        assert page.locator(".gm-finding-open").all_inner_texts() == ["나"]
        page.locator("[data-at=seen]").click()
        expect(page.locator(".gm-finding-news")).to_contain_text("새로 나온 쪽이 없습니다")
        page.goto(server.url)
        page.locator("[data-at^='saved rename']").click()
        name = page.get_by_label("새 이름", exact=True)
        expect(name).to_be_focused()
        expect(name).to_have_value(HOSTILE)
        name.fill(f"둘째 {HOSTILE}")
        page.keyboard.press("Enter")
        expect(page.locator("#gm-said.gm-shown")).to_contain_text(f"둘째 {HOSTILE}")
        expect(page.locator(".gm-finding-saved li a").first).to_have_text(f"둘째 {HOSTILE}")
        page.locator("[data-at^='saved remove']").click()
        page.locator("[data-at='saved undo']").click()
        saved = page.locator(".gm-finding-saved li")
        expect(saved).to_have_count(1)
        saved.locator("a").click()
        expect(page.locator(".gm-finding-head h2")).to_contain_text("2개 문서의 2쪽")
        assert asked(page) == {"q": ["동의"]}
        assert page.evaluate("window.hacked") is None


def test_pages_like_one_from_a_hit_and_from_the_reader(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=절차", ready=READY)
    page.locator(".gm-finding-like").click()
    page.wait_for_url("**/?like=*")
    expect(page.locator(".gm-finding-lead-like")).to_contain_text("나 기관 업무 보고 2쪽과 비슷한 쪽")
    expect(page.locator(".gm-finding-open").first).to_have_text("가 기관 업무 보고")
    page.locator(".gm-finding-open").first.click()
    page.wait_for_selector(".gm-viewer-bar")
    page.get_by_role("link", name="이 쪽과 비슷한 쪽 찾기").click()
    expect(page.locator(".gm-finding-lead-like")).to_contain_text("가 기관 업무 보고 2쪽과 비슷한 쪽")
    assert page.evaluate("window.hacked") is None


def test_numbers_stand_side_by_side(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=이미지", ready=READY)
    page.locator("[data-at=numbers]").click()
    expect(page.locator(".gm-finding-numbers h3").first).to_contain_text("1억 7천만 건")
    page.locator(".gm-finding-numbers .gm-finding-open").first.click()
    page.wait_for_selector(".gm-viewer-bar")
    page.go_back()
    page.locator("[data-at=pages]").click()
    expect(page.locator(".gm-finding-hits")).to_be_visible()
    assert asked(page) == {"q": ["이미지"]}


def test_the_report_is_a_file(small: Served, reader: Reader) -> None:
    page = reader(f"{small.url}/?q=없는말", locale="en-GB", ready=READY)
    with page.expect_download() as waiting:
        page.locator("a[download]").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert "없는말" in text
    assert unquote(waiting.value.suggested_filename).startswith("Search report")


PLACES = [
    "?q=동의 파기",
    "?q=1억 7천만 동의",
    "?q=ehddml",
    '?q="정보주체의 동의를 받고 안면 이미지"',
    "?q=이미지&show=numbers",
    "?q=동의&without=consent",
]


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_axe_finds_nothing_serious_and_nothing_runs_over(
    small: Served, reader: Reader, locale: str, scheme: str
) -> None:
    page = reader(small.url, locale=locale, scheme=scheme, ready=READY)
    found = []
    for place in PLACES:
        page.goto(f"{small.url}/{place}")
        page.wait_for_selector(READY)
        if page.locator("[data-at=save]").count():
            page.locator("[data-at=save]").click()
        for violation in Axe().run(page).response["violations"]:
            if violation["impact"] in ("serious", "critical"):
                found.append((place, violation["id"], [node["html"][:120] for node in violation["nodes"][:3]]))
        for width in (820, 320):
            page.set_viewport_size({"width": width, "height": 860})
            if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
                found.append((place, f"{width} px", []))
        page.set_viewport_size({"width": 1280, "height": 860})
    assert found == [], found
