"""The reader on trial: hostile papers and notes stay words; a mark outlives an ingest and the server's death."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from corpus import Corpus
from corpus.annotations import annotate
from corpus.model import Page as Leaf
from corpus.model import Span
from tests.ingests import ingest
from tests.pdfs import lines, make
from tests.web.conftest import Served, serving
from tests.web.steps import Reader, drag, kept, leaf, named, opened, paste, said

FINDING = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-finding"
LISTED = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-annotated-page"
MARK = ".gm-viewer-mark[data-annotation]"
IMAGE = "<img src=x onerror=window.hacked=1>"
SCRIPT = "</script><script>window.hacked=1</script>"
MARKDOWN = "![x](http://evil.example/x.png) [y](javascript:window.hacked=1)"
FORMULA = "=cmd|' /C calc'!A0 $$\\href{javascript:window.hacked=1}{x}$$ {{texts}} ${hacked}"
WRITTEN = (f"kumquat {IMAGE}", SCRIPT, MARKDOWN, FORMULA)


@pytest.fixture
def hostile(tmp_path: Path, own_cache: Path) -> Iterator[Served]:
    """A server on a paper whose words, file name, title, note, tag and author all want to be more than words."""
    texts = lines(*WRITTEN, x=20)
    paper = make(tmp_path / f"{IMAGE} {MARKDOWN.replace('/', '∕')}.pdf", texts, title=f"{IMAGE} {SCRIPT}")
    with Corpus.create(tmp_path / "말뭉치") as corpus:
        ingest(corpus, paper)
        (document,) = corpus.store.visible()
        page = corpus.store.page(document, 1)
        annotate(corpus.store, page, Span(0, 30), author=IMAGE, note="\n".join(WRITTEN), tags=[IMAGE, MARKDOWN])
    with serving(tmp_path / "말뭉치", own_cache) as server:
        yield server


def harmless(page: Page) -> None:
    """Nothing of it ran, nothing of it became an element."""
    page.wait_for_timeout(200)
    assert page.evaluate("window.hacked") is None
    assert page.locator("img[src='x'], img[src*='evil'], a[href^='javascript'], main script, .katex").count() == 0


def test_hostile_words_stay_words_wherever_they_are_read(hostile: Served, reader: Reader) -> None:
    shown = leaf(hostile.folder, "onerror")
    assert [line.strip() for line in shown.visible.splitlines()] == list(WRITTEN)
    page = opened(reader, hostile, shown, "&q=kumquat")
    expect(page.locator("h1")).to_contain_text(IMAGE)
    assert "".join(page.locator(".gm-viewer-text > span").all_text_contents()).startswith(f"kumquat {IMAGE}")
    card = page.locator(".gm-viewer-card")
    expect(card.locator(".gm-viewer-note")).to_have_text("\n".join(WRITTEN), use_inner_text=True)
    expect(card.locator(".gm-viewer-tag")).to_have_text([IMAGE, MARKDOWN])
    expect(card.locator(".gm-viewer-by")).to_contain_text(IMAGE)
    harmless(page)
    drag(page, hostile, shown, (0, shown.visible.index(SCRIPT) + len(SCRIPT)))
    page.keyboard.press("y")
    said(page, IMAGE[:20])
    taken = paste(page)
    assert taken.parts[0] == f"kumquat {IMAGE} {SCRIPT}"
    assert "<img" not in taken.html
    assert "<script" not in taken.html
    page.keyboard.press("i")
    expect(page.locator(".gm-viewer-facts")).to_contain_text(IMAGE)
    page.keyboard.press("x")
    assert page.locator(".gm-viewer-plain").inner_text().splitlines() == shown.visible.splitlines()
    harmless(page)
    for form in ("print", "plain"):
        page.goto(hostile.url + str(page.locator(f"a[href^='/{form}/']").first.get_attribute("href")))
        expect(page.locator("h1")).to_contain_text(IMAGE)
        harmless(page)
        page.go_back()
        page.wait_for_selector(".gm-viewer-page[data-ready=true]")
        page.keyboard.press("i")


def test_hostile_words_stay_words_wherever_they_are_listed(hostile: Served, reader: Reader) -> None:
    page = reader(f"{hostile.url}/?q=kumquat", ready=FINDING)
    expect(page.locator(".gm-finding-passage")).to_contain_text(IMAGE)
    expect(page.locator(".gm-finding-open")).to_contain_text(IMAGE)
    harmless(page)
    page.goto(f"{hostile.url}/annotations?group=tag")
    page.wait_for_selector(LISTED)
    expect(page.locator(".gm-annotated-note").first).to_contain_text(SCRIPT)
    expect(page.locator(".gm-annotated-group")).to_have_text([MARKDOWN, IMAGE])
    harmless(page)


@pytest.fixture
def pile(tmp_path: Path) -> Path:
    """Papers that keep an ingest busy for a while."""
    folder = tmp_path / "받은 자료"
    folder.mkdir()
    for n in range(60):
        make(
            folder / f"{n:02}.pdf",
            *[lines(*[f"Paper {n}, page {m}, line {k} of the pile" for k in range(24)]) for m in range(20)],
        )
    return folder


def test_a_mark_outlives_an_ingest_and_the_death_of_the_server(
    sample: Path, pile: Path, own_cache: Path, reader: Reader, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = leaf(sample, "08_보도")
    with serving(sample, own_cache) as server:
        page = opened(reader, server, shown)
        named(page, "김보좌")
        command = [sys.executable, "-m", "ui.cli", "--corpus", str(sample), "ingest", str(pile), "--release", "더미"]
        with (sample.parent / "ingest.log").open("wb") as log:
            taking = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PYTHONUTF8": "1"})
        try:
            wait_until(lambda: papers(sample) > 15)
            spans = [(140, 150), (60, 70)]
            times = [marked(page, server, shown, span) for span in spans]
            server.process.kill()
            assert taking.poll() is None  # it was still at work
        finally:
            taking.kill()
            taking.wait()
    assert sorted((made.span.start, made.span.end) for made in kept(sample, shown)) == sorted(spans)
    with capsys.disabled():
        sys.stdout.write(f" drawn after {', '.join(f'{took * 1000:.0f} ms' for took in times)} during an ingest ")


def marked(page: Page, server: Served, shown: Leaf, span: tuple[int, int]) -> float:
    """Highlight a stretch; return the seconds until it is drawn."""
    before = page.locator(MARK).count()
    drag(page, server, shown, span)
    began = time.perf_counter()
    page.keyboard.press("h")
    page.wait_for_function(f"document.querySelectorAll('{MARK}').length > {before}", polling=10)
    return time.perf_counter() - began


def papers(folder: Path) -> int:
    with Corpus.open(folder) as corpus:
        return len(corpus.store.visible())


def wait_until(true: Callable[[], bool]) -> None:
    for _ in range(600):
        if true():
            return
        time.sleep(0.05)
    raise AssertionError("it never came true")
