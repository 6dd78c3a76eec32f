"""What the reader's tests do and look at: open a page of a paper, select on it, write, paste, measure pictures."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from PIL import Image
from playwright.sync_api import CDPSession, Page, expect

from corpus import Corpus
from corpus import annotations as pencil
from corpus.glyphs import load
from corpus.model import Page as Leaf
from corpus.model import Span
from tests.web.conftest import Served

Reader = Callable[..., Page]
SHOWN = ".gm-viewer-page[data-number='{}'][data-ready=true]"
TOOLS = ".gm-viewer-tools"
DARK = 110  # a grey below which a pixel is ink, of 255

_SEEN = """([top, width]) => {
  const [stage, paper] = [".gm-viewer-stage", ".gm-viewer-page"].map((each) => document.querySelector(each));
  const scale = paper.getBoundingClientRect().width / width;
  stage.scrollTop = Math.max(0, top * scale - stage.clientHeight / 3);
  const box = paper.getBoundingClientRect();
  return [box.left, box.top, scale];
}"""
_BOXES = """(chosen) => {
  const frame = document.querySelector(".gm-viewer-page").getBoundingClientRect();
  return [...document.querySelectorAll(chosen)].map((each) => {
    const box = each.getBoundingClientRect();
    const sides = [box.left - frame.left, box.top - frame.top, box.width, box.height];
    return sides.map((side) => Math.round(side * 10) / 10);
  });
}"""
_PASTE = """<div contenteditable autofocus></div>"""
_PASTED = """document.addEventListener("paste", (event) => {
  window.pasted = { plain: event.clipboardData.getData("text/plain"), html: event.clipboardData.getData("text/html") };
}), document.querySelector("div").focus()"""


def leaf(folder: Path, file: str, number: int = 1) -> Leaf:
    """Return a page, as the catalogue has it, of the paper whose file's name contains something."""
    with Corpus.open(folder) as corpus:
        for id in sorted(corpus.store.visible()):
            if any(file in each.path for each in corpus.store.occurrences(id)):
                return corpus.store.page(id, number)
    raise AssertionError(f"no {file} in {folder}")


def span_of(page: Leaf, words: str) -> tuple[int, int]:
    """Return where words stand on a page, in code points."""
    assert page.visible.count(words) == 1, words
    start = page.visible.index(words)
    return start, start + len(words)


def opened(reader: Reader, server: Served, page: Leaf, asked: str = "", **options: Any) -> Page:
    """Open a page in the reader: its picture and its words stand there."""
    address = f"{server.url}/reader?doc={page.document}&page={page.number}{asked}"
    return reader(address, ready=SHOWN.format(page.number), **options)


def drag(page: Page, server: Served, shown: Leaf, span: tuple[int, int]) -> None:
    """Select with the mouse, from within the first character to within the last, where the record has them."""
    with Corpus.open(server.folder) as corpus:
        glyphs = load(corpus.store, shown)
    assert glyphs is not None
    (first,), (last,) = (glyphs.boxes(Span(at, at + 1)) for at in (span[0], span[1] - 1))
    left, top, scale = page.evaluate(_SEEN, [first[1], shown.width])
    x0, y0 = left + (first[0] * 0.7 + first[2] * 0.3) * scale, top + (first[1] + first[3]) / 2 * scale
    x1, y1 = left + (last[0] * 0.3 + last[2] * 0.7) * scale, top + (last[1] + last[3]) / 2 * scale
    page.mouse.move(x0, y0)
    page.mouse.down()
    page.mouse.move((x0 + x1) / 2, (y0 + y1) / 2)
    page.mouse.move(x1, y1)
    page.mouse.up()
    expect(page.locator(TOOLS)).to_be_visible()


def named(page: Page, author: str) -> None:
    """Be known by a name in this browser, as after a first annotation."""
    page.evaluate("name => localStorage.setItem('gongmun-author', name)", author)


def boxes(page: Page, chosen: str) -> list[list[float]]:
    """Return the boxes of elements on the paper, from its top left corner, in pixels."""
    found: list[list[float]] = page.evaluate(_BOXES, chosen)
    return found


def kept(folder: Path, page: Leaf) -> list[pencil.Annotation]:
    """Return the annotations of a page as the catalogue has them."""
    with Corpus.open(folder) as corpus:
        return pencil.annotations(corpus.store, document=page.document, page=page.number)


def asked(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


@dataclass(frozen=True)
class Pasted:
    """What another program gets from the clipboard."""

    plain: str
    html: str

    @property
    def parts(self) -> tuple[str, str]:
        """The quotation and its citation."""
        found = re.fullmatch(r"“(.+)”\n(.+)", self.plain, re.DOTALL)
        assert found is not None, self.plain
        return found[1], found[2]


def paste(page: Page) -> Pasted:
    """Paste into another window."""
    other = page.context.new_page()
    other.set_content(_PASTE)
    other.evaluate(_PASTED)
    other.keyboard.press("Control+V")
    other.wait_for_function("window.pasted")
    found = other.evaluate("window.pasted")
    other.close()
    return Pasted(found["plain"], found["html"])


def said(page: Page, text: str) -> None:
    expect(page.locator("#gm-said")).to_contain_text(text)


def ime(page: Page) -> CDPSession:
    """Return the way to what an input method sends to the browser."""
    return page.context.new_cdp_session(page)


def compose(typing: CDPSession, *steps: str) -> None:
    """Type one syllable by its steps, the last of them what it becomes."""
    for step in steps[:-1]:
        typing.send("Input.imeSetComposition", {"text": step, "selectionStart": 1, "selectionEnd": 1})
    typing.send("Input.insertText", {"text": steps[-1]})


# -- pictures


def painted(page: Page) -> Image.Image:
    """Return the paper as it is seen, in greys, a pixel of it a CSS pixel; the window must be tall enough."""
    return Image.open(io.BytesIO(page.locator(".gm-viewer-page").screenshot())).convert("L")


def cut(picture: Image.Image, box: list[float]) -> Image.Image:
    x, y, width, height = box
    return picture.crop((int(x), int(y), max(int(x) + 1, round(x + width)), max(int(y) + 1, round(y + height))))


def ink(picture: Image.Image, dark: int = DARK) -> float:
    """Return which part of a picture is dark."""
    return sum(picture.histogram()[:dark]) / (picture.width * picture.height)


def fits(picture: Image.Image, box: list[float]) -> bool:
    """Say whether a box lies on one line of writing: ink along all of it, none in the gaps above and below."""
    x, y, width, height = box
    quarters = [ink(cut(picture, [x + width * part / 4, y, width / 4, height])) for part in range(4)]
    gaps = [ink(cut(picture, [x, edge, width, 2])) for edge in (y - 4, y + height + 2)]
    return min(quarters) > 0.02 and max(gaps) == 0


def greys(picture: Image.Image) -> tuple[int, int]:
    """Return the darkest and the lightest grey."""
    darkest, lightest = picture.getextrema()
    assert isinstance(darkest, int)
    assert isinstance(lightest, int)
    return darkest, lightest
