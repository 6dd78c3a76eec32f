"""A scan in a browser: doubtful words are underlined, a word is corrected beside its picture, a page is ticked off."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Page, ViewportSize, expect

from corpus import Corpus
from corpus.model import Basis, Extraction, Reason, State, Word, Words
from corpus.waiting import wanted
from ingest.outcomes import Outcome
from tests.ingests import by_name, ingest
from tests.web.conftest import Served, serving
from tests.web.steps import SHOWN, TOOLS, Reader, boxes, cut, leaf, named, opened, painted, said

READ = [["recognised", "vvithout", "consent"], ["seventeen", "mi1lion", "records"]]
DRAWN = [["recognised", "without", "consent"], ["seventeen", "million", "records"]]
SURE = [[96, 52, 91], [95, 41, 90]]
POINTS = 72 / 200  # a pixel of the scan

TALL: ViewportSize = {"width": 1280, "height": 1500}
FORM = ".gm-viewer-correction"
TICK = "[data-act=check]"
STANDING = ".gm-viewer-standing"


def scan(path: Path) -> list[tuple[Word, int]]:
    """Draw a page, and return what a machine might have read there, with how sure it was."""
    image = Image.new("L", (1654, 2339), 255)
    draw, words, at = ImageDraw.Draw(image), [], 0
    for row, (line, read, sure) in enumerate(zip(DRAWN, READ, SURE, strict=True)):
        left = 200.0
        for drawn, word, percent in zip(line, read, sure, strict=True):
            top = 300 + 140 * row
            box = draw.textbbox((left, top), drawn, font_size=48)
            draw.text((left, top), drawn, fill=0, font_size=48)
            x0, y0, x1, y1 = (side * POINTS for side in box)
            words.append((Word(at, at + len(word), (x0, y0 - 1, x1, y1 + 1)), percent))
            at += len(word) + 1
            left = box[2] + 20
    image.save(path, "PDF", resolution=200)
    return words


def read_by_machine(corpus: Corpus, outcome: Outcome, words: list[tuple[Word, int]]) -> None:
    """Keep what was read of the scan, as OCR does."""
    page = corpus.store.page(outcome.document or "", 1)
    read = replace(
        page,
        fingerprint="ocr-1",
        text="\n".join(" ".join(line) for line in READ),
        basis=Basis.OCR,
        confidence=0.78,
        words=Words.pack([word for word, _ in words], page.width, page.height),
        confidences=bytes(percent for _, percent in words),
        state=State.OCR,
        reason=Reason.NONE,
    )
    with corpus.store.writing() as record:
        record.extraction(Extraction(page.document, "ocr-1", "Tesseract", {}, 1, {}))
        record.pages([read])
        record.change(page.document, "recognised")


@pytest.fixture
def scanned(tmp_path: Path, own_cache: Path) -> Iterator[Served]:
    """A server on two scans: one that a machine has read, one that waits."""
    words = scan(tmp_path / "letter.pdf")
    Image.new("L", (900, 600), 200).save(tmp_path / "waits.pdf", "PDF", resolution=100)
    with Corpus.create(tmp_path / "corpus") as corpus:
        found = by_name(ingest(corpus, tmp_path / "letter.pdf", tmp_path / "waits.pdf"))
        read_by_machine(corpus, found["letter.pdf"], words)
    with serving(tmp_path / "corpus", own_cache) as server:
        yield server


def pick(page: Page, word: str) -> None:
    """Select a word by a double click."""
    box = page.locator(".gm-viewer-text > span", has_text=word).bounding_box()
    assert box is not None
    page.mouse.dblclick(box["x"] + box["width"] / 3, box["y"] + box["height"] / 2)
    expect(page.locator(TOOLS)).to_be_visible()


def corrected(page: Page, word: str, right: str) -> None:
    """Select a word with the mouse, and type what it should be."""
    pick(page, word)
    page.keyboard.press("e")
    field = page.locator(f"{FORM} input")
    expect(field).to_be_focused()
    expect(field).to_have_value(word)
    field.fill(right)
    page.keyboard.press("Enter")


def test_a_word_is_corrected_and_stays_so(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    page = opened(reader, scanned, shown, locale="en-GB")
    named(page, "Kim")
    assert len(boxes(page, ".gm-uncertain")) == 2
    expect(page.locator(".gm-viewer-text > span", has_text="vvithout")).to_have_attribute("title", "52% sure")
    pick(page, "vvithout")
    page.locator(TOOLS).get_by_role("button", name="Correct").click()
    cutting = page.locator(f"{FORM} .gm-viewer-cut")
    expect(cutting).to_be_visible()
    page.wait_for_function("document.querySelector('.gm-viewer-cut img').naturalWidth > 0")
    page.locator(f"{FORM} input").fill("without")
    page.keyboard.press("Enter")
    said(page, "Corrected.")
    expect(page.locator(FORM)).to_have_count(0)
    expect(page.locator(STANDING)).to_contain_text("Corrected by Kim")
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    expect(page.locator(".gm-viewer-text")).to_contain_text("recognised without consent")
    expect(page.locator(".gm-viewer-head p")).to_contain_text("corrected")
    assert len(boxes(page, ".gm-uncertain")) == 1
    page.goto(f"{scanned.url}/?q=without")
    expect(page.locator("a[href*='/reader']").first).to_contain_text("letter")
    with Corpus.open(scanned.folder) as corpus:
        assert corpus.store.page(shown.document, 1).basis is Basis.CORRECTED


def test_the_picture_in_the_form_is_of_the_word(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    page = opened(reader, scanned, shown)
    page.set_viewport_size(TALL)
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    other, word = (small(cut(painted(page), box)) for box in boxes(page, ".gm-uncertain"))
    pick(page, "mi1lion")
    page.keyboard.press("e")
    page.wait_for_function("document.querySelector('.gm-viewer-cut img')?.naturalWidth > 0")
    page.evaluate("document.querySelector('.gm-viewer-cut img').decode()")
    seen = small(Image.open(io.BytesIO(page.locator(".gm-viewer-cut i").screenshot())))
    assert difference(seen, word) < 0.7 * difference(seen, other)


def small(picture: Image.Image) -> Image.Image:
    """Return a word's picture in greys, without its edges, at a size at which two pictures can be compared."""
    width, height = picture.size
    inner = picture.convert("L").crop((2, height // 6, width - 2, height - height // 6))
    return inner.resize((60, 16))


def difference(one: Image.Image, other: Image.Image) -> float:
    return sum(abs(a - b) for a, b in zip(one.tobytes(), other.tobytes(), strict=True)) / (60 * 16)


def test_doubtful_words_are_hidden_and_remembered(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    page = opened(reader, scanned, shown)
    page.set_viewport_size(TALL)
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    under = [[x - 2, y - 2, width + 4, height + 4] for x, y, width, height in boxes(page, ".gm-uncertain")]
    marked = painted(page)
    page.keyboard.press("l")
    page.get_by_role("checkbox", name="인식이 불확실한 말").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    expect(page.locator(".gm-uncertain:visible")).to_have_count(0)
    expect(page.locator(".gm-viewer-text > span[title]")).to_have_count(0)
    bare = painted(page)
    assert all(cut(marked, box).histogram() != cut(bare, box).histogram() for box in under)


def test_a_page_is_ticked_off_by_keyboard_and_a_correction_taken_back(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    page = opened(reader, scanned, shown)
    page.keyboard.press("v")
    page.locator(".gm-viewer-undo input").fill("김보좌")
    page.keyboard.press("Enter")
    expect(page.locator(TICK)).to_have_attribute("aria-pressed", "true")
    expect(page.locator(STANDING)).to_contain_text("김보좌 님이 그림과 대조하여 눈으로 확인한 글입니다")
    expect(page.locator(".gm-viewer-head p")).to_contain_text("사람이 대조함")
    expect(page.locator(".gm-uncertain")).to_have_count(0)
    corrected(page, "mi1lion", "million")
    expect(page.locator(TICK)).to_have_attribute("aria-pressed", "false")  # another text, which nobody compared
    expect(page.locator(".gm-viewer-text")).to_contain_text("seventeen million records")
    page.locator("[data-act=undo]").click()
    expect(page.locator(".gm-viewer-text")).to_contain_text("seventeen mi1lion records")
    with Corpus.open(scanned.folder) as corpus:
        assert corpus.store.page(shown.document, 1).fingerprint == "ocr-1"


def test_two_who_correct_one_page_lose_nothing(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    first, second = (opened(reader, scanned, shown) for _ in range(2))
    for page, name in ((first, "김보좌"), (second, "이조사관")):
        named(page, name)
    pick(second, "mi1lion")
    second.keyboard.press("e")
    second.locator(f"{FORM} input").fill("million")
    corrected(first, "vvithout", "without any")
    expect(first.locator(FORM)).to_have_count(0)
    second.locator(f"{FORM} [type=submit]").click()
    expect(second.locator(f"{FORM} [role=alert]")).to_contain_text("김보좌 님이 바로잡음")
    expect(second.locator(f"{FORM} input")).to_have_value("million")
    second.locator(f"{FORM} [type=submit]").click()
    expect(second.locator(FORM)).to_have_count(0)
    with Corpus.open(scanned.folder) as corpus:
        read = corpus.store.page(shown.document, 1).text
    assert read == "recognised without any consent\nseventeen million records"


def test_what_is_typed_outlives_a_reload(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "letter")
    page = opened(reader, scanned, shown)
    pick(page, "vvithout")
    page.keyboard.press("e")
    page.locator(f"{FORM} input").first.fill("witho")
    page.reload()
    page.wait_for_selector(FORM)
    expect(page.locator(f"{FORM} input").first).to_have_value("witho")
    page.locator(f"{FORM} button", has_text="취소").click()
    expect(page.locator(FORM)).to_have_count(0)


def test_a_paper_that_waits_is_asked_for(scanned: Served, reader: Reader) -> None:
    shown = leaf(scanned.folder, "waits")
    page = opened(reader, scanned, shown, locale="en-GB")
    named(page, "Kim")
    page.get_by_role("button", name="Read this first").click()
    expect(page.locator(STANDING)).to_contain_text("It has been asked to be read first.")
    expect(page.get_by_role("button", name="Read this first")).to_have_count(0)
    with Corpus.open(scanned.folder) as corpus:
        assert wanted(corpus.store) == [shown.document]
