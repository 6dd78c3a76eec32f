"""The reader in a browser: from a search to the mark on the paper and back, by every key, for every reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ViewportSize, expect

from corpus import Corpus
from corpus.glyphs import load
from corpus.model import Span
from tests.ingests import OTHER, ingest
from tests.pdfs import blank, korean, lines, make
from tests.web.conftest import Served, serving
from tests.web.steps import (
    SHOWN,
    TOOLS,
    Reader,
    asked,
    boxes,
    cut,
    drag,
    fits,
    ime,
    ink,
    kept,
    leaf,
    named,
    opened,
    painted,
    paste,
    said,
    span_of,
)

FINDING = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-finding"
SAME = "document.querySelector('main.gm-viewer') === window.kept && window.kept.isConnected"
TALL: ViewportSize = {"width": 1280, "height": 1500}


@pytest.fixture
def agencies(sample: Path, own_cache: Path, tmp_path: Path) -> Iterator[Served]:
    """A server on the sample release and a paper of another agency."""
    texts = lines("이용자의 동의를 받지 아니하고", "제공한 때에는 동의 없이 제공한 것으로 봄", font=korean())
    paper = make(tmp_path / "지침.pdf", blank, texts)
    with Corpus.open(sample) as corpus:
        ingest(corpus, paper, request=OTHER)
    with serving(sample, own_cache) as server:
        yield server


def test_from_a_search_to_the_mark_and_back(agencies: Served, reader: Reader) -> None:
    page = reader(f"{agencies.url}/?q=동의", ready=FINDING)
    hits = page.locator(".gm-finding-open")
    before = hits.count()
    page.locator("[data-at='choose agency 인천공항공사']").click()
    expect(hits).to_have_count(1)
    assert before > 1
    found = hits.all_inner_texts()
    hits.first.click()
    page.wait_for_selector(SHOWN.format(2))
    shown = leaf(agencies.folder, "지침", 2)
    assert {"doc", "page", "q", "at"} <= set(asked(page))
    start, end = map(int, asked(page)["at"][0].split("-"))
    assert (asked(page)["doc"], asked(page)["page"], asked(page)["q"]) == ([shown.document], ["2"], ["동의"])
    assert shown.visible[start:end] == "동의"
    marks, outlined = boxes(page, ".gm-hit"), boxes(page, ".gm-hit.gm-active")
    assert (len(marks), len(outlined)) == (2, 1)
    paper = painted(page)
    for mark in marks:
        assert fits(paper, mark)
    page.go_back()
    expect(page.locator(".gm-finding-chips .gm-finding-chip")).to_have_count(1)
    assert hits.all_inner_texts() == found


def test_a_flip_and_a_mark_keep_the_node_and_the_focus(served: Served, reader: Reader) -> None:
    first = leaf(served.folder, "04_안면", 1)
    page = opened(reader, served, first)
    named(page, "김보좌")
    page.evaluate("window.kept = document.querySelector('main.gm-viewer')")
    onward = page.locator(".gm-viewer-bar button[title$='(j)']")
    onward.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(SHOWN.format(2))
    expect(onward).to_be_focused()
    second = leaf(served.folder, "04_안면", 2)
    drag(page, served, second, (20, 30))
    page.keyboard.press("h")
    expect(page.locator(".gm-viewer-mark[data-annotation]")).not_to_have_count(0)
    assert len(kept(served.folder, second)) == 1
    text = page.locator(".gm-viewer-text")
    expect(text).to_be_focused()
    page.keyboard.press("k")
    page.wait_for_selector(SHOWN.format(1))
    expect(text).to_be_focused()
    expect(text).to_have_attribute("aria-label", "1쪽의 글")
    assert page.evaluate(SAME)


def test_a_korean_layout_flips_pages_and_composing_does_not(served: Served, reader: Reader) -> None:
    page = opened(reader, served, leaf(served.folder, "03_국회", 1))
    keyboard = ime(page)

    def press(key: str, code: int) -> None:
        event = {"key": key, "code": "KeyJ", "windowsVirtualKeyCode": code}
        keyboard.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **event})
        keyboard.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})

    press("ㅓ", 74)
    page.wait_for_selector(SHOWN.format(2))
    press("Process", 229)  # what an input method takes for itself
    page.wait_for_timeout(300)
    assert asked(page)["page"] == ["2"]
    press("ㅓ", 74)
    page.wait_for_selector(SHOWN.format(3))


ROTATED = "06_인천"


@pytest.mark.parametrize("number", [2, 3])  # landscape; upright in the file and turned by 90 degrees
def test_words_lie_on_their_ink_however_the_page_is_turned(served: Served, reader: Reader, number: int) -> None:
    page = opened(reader, served, leaf(served.folder, ROTATED, number))
    page.set_viewport_size(TALL)
    words = [word.strip() for word in page.locator(".gm-viewer-text > span").all_inner_texts()]
    for turns in range(2):  # as the file says, then turned by the reader as well
        paper = painted(page)
        assert (paper.width > paper.height) is (turns == 0)
        lying = boxes(page, ".gm-viewer-text > span")
        bare = [word for word, box in zip(words, lying, strict=True) if word and ink(cut(paper, box), dark=200) < 0.03]
        assert [word for word in bare if any(sign.isalnum() for sign in word)] == []
        page.locator(".gm-viewer-bar button[aria-label='오른쪽으로 돌리기']").click()


LETTERS = """() => {
  const paper = document.querySelector(".gm-viewer-page").getBoundingClientRect(), range = document.createRange();
  return [...document.querySelectorAll(".gm-viewer-text > span")].flatMap((word) =>
    [...word.textContent].map((_, at) => {
      range.setStart(word.firstChild, at);
      range.setEnd(word.firstChild, at + 1);
      const box = range.getBoundingClientRect();
      return [Number(word.dataset.s) + at, (box.left + box.width / 2 - paper.left) / paper.width];
    }));
}"""


def test_the_browsers_own_letters_lie_on_the_papers(served: Served, reader: Reader) -> None:
    """A finger selects by the browser's layout, which is fitted word by word."""
    shown = leaf(served.folder, "08_보도")
    page = opened(reader, served, shown)
    with Corpus.open(served.folder) as corpus:
        glyphs = load(corpus.store, shown)
    assert glyphs is not None
    middles = dict(page.evaluate(LETTERS))
    words = [found for found in re.finditer(r"\S+", shown.visible) if re.fullmatch("[가-힣]+", found[0])]
    assert len(words) > 60
    astray = []
    for at in (at for word in words for at in range(*word.span())):
        ((left, _, right, _),) = glyphs.boxes(Span(at, at + 1))
        off = (middles[at] * shown.width - (left + right) / 2) / (right - left)
        if abs(off) > 0.25:
            astray.append((at, shown.visible[at], round(off, 2)))
    assert astray == []


def test_what_is_withheld_is_nowhere(served: Served, reader: Reader) -> None:
    covered = leaf(served.folder, "07_개인", 4)
    (cover,) = covered.withheld
    secret = covered.text[cover.start : cover.end]
    assert secret.startswith("000-0000")
    page = opened(reader, served, covered)
    frames: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framereceived", lambda sent: frames.append(bytes_of(sent))))
    page.on("response", lambda answer: frames.append(answer.body() if is_text(answer.headers) else b""))
    page.reload()
    page.wait_for_selector(SHOWN.format(4))
    assert boxes(page, ".gm-withheld")
    start, end = cover.start - 8, covered.visible.index("검은 칸은") + 4
    drag(page, served, covered, (start, end))
    page.keyboard.press("y")
    said(page, "가려진 부분이 있어 인용할 수 없습니다")
    page.keyboard.press("Control+c")
    assert paste(page).plain == covered.visible[start:end].replace("\n", " ")
    page.keyboard.press("x")
    page.wait_for_selector(".gm-viewer-plain")
    page.keyboard.press("i")
    for form in ("print", "plain"):
        address = page.locator(f"a[href^='/{form}/']").first.get_attribute("href")
        frames.append(page.context.request.get(f"{served.url}{address}").body())
    assert secret[:8] not in page.content()
    sent = b"".join(frames)
    assert "담당자 연락처".encode() in sent
    assert secret[:8].encode() not in sent


def bytes_of(sent: object) -> bytes:
    return sent if isinstance(sent, bytes) else str(sent).encode()


def is_text(headers: dict[str, str]) -> bool:
    return headers.get("content-type", "").startswith(("text/html", "application/json"))


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_nothing_serious_is_found_and_nothing_runs_over(
    served: Served, reader: Reader, locale: str, scheme: str
) -> None:
    shown = leaf(served.folder, "08_보도")
    page = opened(reader, served, shown, "&q=동의", locale=locale, scheme=scheme)
    drag(page, served, shown, span_of(shown, "과학기술정보통신부와 민간 기업에"))
    page.keyboard.press("m")
    page.wait_for_selector(".gm-viewer-form textarea")
    drag(page, served, shown, span_of(shown, "사업을 철회하거나 취소할 수 없다는"))
    expect(page.locator(f"{TOOLS} button").first).to_be_visible()
    expect(page.locator(".gm-viewer-form textarea")).to_be_visible()
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"][:150] for node in each["nodes"][:3]]) for each in serious] == []
    for width in (820, 640):  # a tablet; 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 500})
        page.wait_for_timeout(200)
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_printed_page_has_its_citation(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "08_보도")
    page = opened(reader, served, shown)
    with page.context.expect_page() as opening:
        page.locator(".gm-viewer-bar a[href^='/print/']").click()
    printed = opening.value
    expect(printed.locator("footer")).to_contain_text(f"gongmun:1/{shown.document}/p1")
    expect(printed.locator("figure img")).to_have_js_property("complete", True)
    assert printed.locator("figure img").evaluate("image => image.naturalWidth") > 600
