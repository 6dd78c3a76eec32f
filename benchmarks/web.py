"""How fast is the reading room?

    .venv/bin/python -m benchmarks.web [--pages 10000] [--readers 20]

A real server, and headless Chromium on the same machine, so that the two share its cores. The sample release, or a
generated corpus of so many dense Korean pages (benchmarks/made.py). Milliseconds from the key press or click to what it
asked for standing on the page, each the median (and range) of ROUNDS: first paint with an empty browser cache, a query
to visible hits, a page flip to picture and text in place, a highlight from the click to the drawn mark. Then READERS
readers at once, each a session of its own without a browser (twenty of those would measure themselves), asking five
queries with a second's pause between; and the memory of the server's processes together (PSS).
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
import urllib.parse
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from benchmarks.search import corpus_of, one_word
from benchmarks.seats import Seat
from corpus import Corpus
from search import Searcher
from tests.ingests import SAMPLE, ingest
from tests.web.conftest import ARGUMENTS, CHROMIUM, READY, Served, serving

ROUNDS = 15
PAUSE = 1.0  # seconds a reader looks at the hits


def sample_corpus(place: Path) -> Path:
    with Corpus.create(place / "sample") as corpus:
        ingest(corpus, SAMPLE)
    return place / "sample"


def words_of(folder: Path, count: int) -> list[str]:
    """Draw words from random pages, such as find something."""
    chance = random.Random(7)
    with Corpus.open(folder) as corpus, Searcher(corpus) as searcher:
        documents = sorted(corpus.store.visible())
        found: list[str] = []
        while len(found) < count:
            page = chance.choice(corpus.store.pages(chance.choice(documents)))
            word = one_word(page, chance)
            if len(word) > 1 and word not in found and searcher.search(word, limit=0).total:
                found.append(word)
    return found


def timed(act: Callable[[], object]) -> float:
    """Return how long an act takes, in milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def told(what: str, times: list[float], goal: int) -> None:
    middle = statistics.median(times)
    print(f"{what:<44}{middle:>7.0f} ms  ({min(times):.0f}–{max(times):.0f}, n={len(times)}, goal {goal})", flush=True)


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    page.wait_for_selector(READY, timeout=60_000)
    return page


def first_paint(browser: Browser, url: str) -> list[float]:
    """First Contentful Paint (W3C Paint Timing), empty cache each time."""
    found = []
    for _ in range(10):
        context = browser.new_context(locale="ko-KR")
        page = opened(context, url)
        paint = "performance.getEntriesByName('first-contentful-paint')[0].startTime"
        found.append(float(page.evaluate(paint)))
        context.close()
    return found


def ask(page: Page, word: str) -> None:
    """Type a query, press Enter, wait until its hits stand there."""
    box = page.locator("[data-search]")
    box.fill(word)
    box.press("Enter")
    page.wait_for_selector(shown(word), timeout=60_000)


def shown(word: str) -> str:
    """Return what stands on the page once a query's hits do."""
    return f".gm-finding-hit a[href*='{urllib.parse.urlencode({'q': word})}']"


def queries(page: Page, words: list[str]) -> list[float]:
    return [timed(lambda word=word: ask(page, word)) for word in words]  # type: ignore[misc]


def in_place(page: Page, number: int) -> None:
    """Wait until a page's picture and text are both there."""
    ready = f".gm-viewer-page[data-number='{number}'][data-ready=true]"
    page.wait_for_selector(ready, timeout=60_000)


def flips(page: Page, last: int) -> list[float]:
    def flip(number: int) -> None:
        page.keyboard.press("j")
        in_place(page, number)

    times = []
    for number in range(2, last + 1):
        times.append(timed(lambda number=number: flip(number)))  # type: ignore[misc]
        time.sleep(0.5)  # a reader looks at a page before the next
    return times


def highlights(page: Page) -> list[float]:
    """Select some words and press h; wait for the mark."""

    def mark(count: int) -> None:
        page.keyboard.press("h")
        page.wait_for_function(f"({COUNT})() >= {count}")

    page.evaluate("localStorage.setItem('gongmun-author', '측정')")  # else the first highlight asks for a name
    times = []
    for count in range(1, ROUNDS + 1):
        page.evaluate(SELECT, count)
        time.sleep(0.4)
        times.append(timed(lambda count=count: mark(count)))  # type: ignore[misc]
    return times


COUNT = "() => new Set([...document.querySelectorAll('[data-annotation]')].map((e) => e.dataset.annotation)).size"
SELECT = """(n) => {
    const word = document.querySelectorAll(".gm-viewer-text [data-s]")[3 * n];
    const range = document.createRange();
    range.selectNodeContents(word);
    const selection = document.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
}"""


def many(url: str, readers: int, words: list[str]) -> tuple[list[float], int]:
    """Let readers ask at once; return the times of their queries and how many failed."""
    failed = 0

    def read(number: int) -> list[float]:
        nonlocal failed
        times = []
        with Seat(url) as seat:
            time.sleep(random.uniform(0, PAUSE))
            for word in words[number * 5 : number * 5 + 5]:
                try:
                    times.append(seat.ask(word))
                except (AssertionError, TimeoutError) as error:
                    print(f"failed: {error}")
                    failed += 1
                time.sleep(PAUSE)
        return times

    with ThreadPoolExecutor(readers) as pool:
        times = [each for found in pool.map(read, range(readers)) for each in found]
    return times, failed


def memory(server: Served) -> float:
    """Return the resident memory of the server and its workers, in megabytes (shared pages counted once each)."""
    family = {server.process.pid}
    for _ in range(4):
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = path.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            if int(fields[1]) in family:
                family.add(int(path.parent.name))
    return sum(_proportional(pid) for pid in family) / 1024


def _proportional(pid: int) -> int:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next(int(row.split()[1]) for row in rollup.splitlines() if row.startswith("Pss:"))


def measure(folder: Path, cache: Path, readers: int) -> None:
    words = words_of(folder, max(readers * 5, ROUNDS + 1))
    with Corpus.open(folder) as corpus:
        papers = sorted(corpus.store.documents().values(), key=lambda document: document.pages or 0)[:-3:-1]
    with serving(folder, cache) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        told("first paint, empty cache", first_paint(browser, server.url), 2000)
        context = browser.new_context(locale="ko-KR", viewport={"width": 1280, "height": 860})
        page = opened(context, server.url)
        ask(page, words[0])
        told("query to visible hits", queries(page, words[1 : ROUNDS + 1]), 300)
        times = []
        for paper in papers:
            page.goto(f"{server.url}/reader?doc={paper.id}&page=1")
            in_place(page, 1)
            times += flips(page, min(ROUNDS, paper.pages or 1))
        print(f"{'page flip, the first':<44}{times[0]:>7.0f} ms")
        told("page flip, the others", times[1:], 250)
        told("highlight, click to drawn mark", highlights(page), 300)
        browser.close()
        print(f"{'memory of the server, one reader':<44}{memory(server):>7.0f} MB")
    with serving(folder, cache) as server:
        times, failed = many(server.url, readers, words)
        told(f"{readers} readers at once: a query", times, 1000)
        print(f"{'failed':<44}{failed:>7}")
        print(f"{'memory of the server after them':<44}{memory(server):>7.0f} MB  (goal 600)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, help="a generated corpus of so many pages instead of the sample")
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--made", type=Path, default=Path(tempfile.gettempdir()) / "gongmun-made")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        cache = given.made / "cache" if given.pages else Path(place) / "cache"
        os.environ["GONGMUN_CACHE"] = str(cache)
        given.made.mkdir(exist_ok=True)
        folder = corpus_of(given.pages, given.made) if given.pages else sample_corpus(Path(place))
        measure(folder, cache, given.readers)


if __name__ == "__main__":
    main()
