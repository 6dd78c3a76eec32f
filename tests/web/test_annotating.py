"""A pencil in a browser: a mark lies exactly where it was put, words stay readable under it, no note is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from corpus import Corpus
from corpus.annotations import COLOURS, annotate, history
from corpus.model import Page as Leaf
from corpus.model import Span
from tests.ingests import ingest
from tests.pdfs import with_map
from tests.web.conftest import Served, serving
from tests.web.steps import (
    SHOWN,
    TOOLS,
    Reader,
    boxes,
    compose,
    cut,
    drag,
    fits,
    greys,
    ime,
    kept,
    leaf,
    named,
    opened,
    painted,
    span_of,
)

MARK = ".gm-viewer-mark[data-annotation]"
TALL: ViewportSize = {"width": 1280, "height": 1500}


def test_a_note_on_two_lines_of_korean_comes_back_exactly_there(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "08_보도")
    words = "민간 기업에 이전하였으며, 그 수가 약 1억 7천만\n건에 이른다는 내용임"
    page = opened(reader, served, shown)
    drag(page, served, shown, span_of(shown, words))
    page.keyboard.press("m")
    page.keyboard.type("질의서에 인용")
    page.locator(".gm-viewer-form [data-tags]").click()
    compose(ime(page), "ㄷ", "도", "동")
    compose(ime(page), "ㅇ", "으", "의")
    page.keyboard.press("Enter")
    page.locator(".gm-viewer-form .gm-viewer-name input").fill("김보좌")
    page.locator(".gm-viewer-form [type=submit]").click()
    expect(page.locator(MARK)).to_have_count(2)
    (made,) = kept(served.folder, shown)
    assert (made.span.start, made.span.end) == span_of(shown, words)
    assert made.selector.exact == shown.visible[made.span.start : made.span.end] == words
    assert (made.note, made.tags, made.author) == ("질의서에 인용", ("동의",), "김보좌")
    page.mouse.move(0, 0)
    before, paper = boxes(page, MARK), painted(page)
    assert all(fits(paper, box) for box in before)
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    expect(page.locator(MARK)).to_have_count(2)
    assert boxes(page, MARK) == before
    assert page.locator(MARK).first.get_attribute("data-annotation") == made.id
    expect(page.locator(".gm-viewer-card .gm-viewer-note")).to_have_text("질의서에 인용")


def highlighted(page: Page, served: Served, shown: Leaf, span: tuple[int, int]) -> str:
    """Highlight a stretch with the mouse; return the words the catalogue then holds, which stand where they should."""
    drag(page, served, shown, span)
    page.keyboard.press("h")
    expect(page.locator(MARK)).not_to_have_count(0)
    (made,) = kept(served.folder, shown)
    assert (made.span.start, made.span.end) == span
    assert made.selector.exact == shown.visible[span[0] : span[1]]
    return made.selector.exact


def test_a_selection_ends_inside_a_word(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "05_실무")
    start = shown.visible.index("식별추적시스템")
    page = opened(reader, served, shown)
    named(page, "김보좌")
    assert highlighted(page, served, shown, (start + 2, start + 3)) == "추"
    (mark,) = boxes(page, MARK)
    (word,) = [
        box
        for box in boxes(page, ".gm-viewer-text > span")
        if box[0] < mark[0] < box[0] + box[2] and abs(box[1] - mark[1]) < 4
    ]
    assert mark[2] < word[2] / 3


BEYOND = "\U00020bb7"  # 𠮷, two units of UTF-16


@pytest.fixture
def rare(tmp_path: Path, own_cache: Path) -> Iterator[Served]:
    """A server on a page whose words hold characters outside the Basic Multilingual Plane."""
    letters = [(ord(each), each) for each in "abcdefgh "] + [(ord("x"), BEYOND)]
    drawn = "BT /F 24 Tf 50 500 Td (xxab xcd efgh) Tj 0 -60 Td (ab x cx) Tj ET"
    paper = with_map(tmp_path / "이름.pdf", letters, drawn)
    with Corpus.create(tmp_path / "말뭉치") as corpus:
        ingest(corpus, paper)
    with serving(tmp_path / "말뭉치", own_cache) as server:
        yield server


@pytest.mark.parametrize("way", ["mouse", "keyboard"])
def test_characters_beyond_sixteen_bits_count_once(rare: Served, reader: Reader, way: str) -> None:
    shown = leaf(rare.folder, "이름")
    words = f"b {BEYOND}cd e"
    start, end = span_of(shown, words)
    assert shown.visible.startswith(f"{BEYOND}{BEYOND}ab")
    page = opened(reader, rare, shown)
    named(page, "김보좌")
    if way == "mouse":
        assert highlighted(page, rare, shown, (start, end)) == words
        return
    page.keyboard.press("x")
    page.wait_for_selector(".gm-viewer-plain:focus")
    for _ in range(start):
        page.keyboard.press("ArrowRight")
    for _ in range(end - start):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(TOOLS)).to_be_visible()
    page.keyboard.press("h")
    expect(page.locator("mark[data-annotation]")).to_have_text(words)
    (made,) = kept(rare.folder, shown)
    assert (made.span.start, made.span.end, made.selector.exact) == (start, end, words)


@pytest.fixture
def coloured(sample: Path, own_cache: Path) -> Iterator[Served]:
    """A server on the sample with a mark of each colour on one page."""
    shown = leaf(sample, "08_보도", 2)
    places = ["5,760만 건으로도", "정보주체의 동의", "인천국제공항", "정보통신산업진흥원", "자동출입국심사를"]
    with Corpus.open(sample) as corpus:
        for colour, words in zip(COLOURS, places, strict=True):
            start = shown.visible.index(words)
            annotate(corpus.store, shown, Span(start, start + len(words)), author="김보좌", colour=colour)
    with serving(sample, own_cache) as server:
        yield server


@pytest.mark.parametrize(("scheme", "paper"), [("light", "true"), ("dark", "dim"), ("dark", "invert")])
def test_words_stay_readable_under_marks(coloured: Served, reader: Reader, scheme: str, paper: str) -> None:
    shown = leaf(coloured.folder, "08_보도", 2)
    page = opened(reader, coloured, shown, "&q=자주", scheme=scheme)
    page.set_viewport_size(TALL)
    page.evaluate("name => localStorage.setItem('gongmun-paper', JSON.stringify(name))", paper)
    page.reload()
    page.wait_for_selector(SHOWN.format(2))
    page.mouse.move(0, 0)
    marks = boxes(page, f"{MARK}, .gm-hit")
    assert len(marks) == len(COLOURS) + 1
    marked = painted(page)
    page.keyboard.press("l")
    for layer in ("찾은 말", "주석"):
        page.get_by_role("checkbox", name=layer, exact=True).uncheck()
    page.keyboard.press("Escape")
    expect(page.locator(f"{MARK}:visible, .gm-hit:visible")).to_have_count(0)
    bare = painted(page)
    for box in marks:
        (dark, light), (words, ground) = greys(cut(marked, box)), greys(cut(bare, box))
        assert light - dark > 90, (box, dark, light)
        assert abs((words if paper != "invert" else ground) - (dark if paper != "invert" else light)) < 40, box
        assert cut(marked, box).histogram() != cut(bare, box).histogram()  # and the mark is seen


def test_two_who_edit_one_note_lose_nothing(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "09_6개", 1)
    with Corpus.open(served.folder) as corpus:
        start, end = span_of(shown, shown.visible[300:330])
        made = annotate(corpus.store, shown, Span(start, end), author="김보좌", note="처음")
    first, second = opened(reader, served, shown), opened(reader, served, shown, locale="en-GB")
    for page, name in ((first, "김보좌"), (second, "이조사관")):
        named(page, name)
        page.locator("[data-act=edit]").click()
        page.locator(".gm-viewer-form textarea").fill(f"{name}의 글")
    first.locator(".gm-viewer-form [type=submit]").click()
    expect(first.locator(".gm-viewer-cardbody .gm-viewer-note")).to_have_text("김보좌의 글")
    second.locator(".gm-viewer-form [type=submit]").click()
    told = second.locator(".gm-viewer-conflict[role=alert]")
    expect(told).to_contain_text("김보좌의 글")
    expect(second.locator(".gm-viewer-form textarea")).to_have_value("이조사관의 글")
    assert [each.note for each in kept(served.folder, shown)] == ["김보좌의 글"]
    told.get_by_role("button").nth(1).click()  # replace theirs, having read it
    expect(second.locator(".gm-viewer-cardbody .gm-viewer-note")).to_have_text("이조사관의 글")
    with Corpus.open(served.folder) as corpus:
        versions = history(corpus.store, made.id)
    assert [(each.note, each.editor) for each in versions] == [
        ("처음", "김보좌"),
        ("김보좌의 글", "김보좌"),
        ("이조사관의 글", "이조사관"),
    ]
