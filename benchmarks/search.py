"""How fast do answers come?

    .venv/bin/python -m benchmarks.search [--pages 1000 10000] [--while-ingesting]

Through `Searcher`, with snippets and facets: one word, two words, a phrase of four words and a quotation of 60
characters, sampled from the text of random pages with a fixed seed. Milliseconds of wall time; p50 and p95 of 200 each,
after one query of each kind to warm up. With --while-ingesting, another process ingests 5,000 further pages meanwhile,
and there are 50 queries of each kind.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import re
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.made import dense_pages
from corpus import Corpus
from corpus.model import Page, Release
from ingest.pipeline import Request, run
from search import Searcher

QUERIES = 200


def corpus_of(pages: int, made: Path) -> Path:
    """Make, or find, a corpus of so many dense Korean pages."""
    folder = made / f"corpus-{pages}"
    if not (folder / "done").exists():
        papers = dense_pages(made / str(pages), pages)
        with Corpus.create(folder) as corpus:
            for _ in run([papers], corpus, Request(Release("made", "made", agency="법무부"), "2021-10-20")):
                pass
        (folder / "done").touch()
    return folder


def one_word(page: Page, random_: random.Random) -> str:
    return random_.choice(_words(page.text))


def two_words(page: Page, random_: random.Random) -> str:
    return " ".join(random_.sample(_words(page.text), 2))


def phrase(page: Page, random_: random.Random) -> str:
    words = re.sub(r"[\"“”„‟＂]", " ", page.text).split()
    start = random_.randrange(max(1, len(words) - 4))
    return '"' + " ".join(words[start : start + 4]) + '"'


def quotation(page: Page, random_: random.Random) -> str:
    start = random_.randrange(max(1, len(page.text) - 80))
    return " ".join(page.text[start : start + 60].split())


def _words(text: str) -> list[str]:
    plain = ("".join(char for char in word if char.isalnum()) for word in text.split())
    return [word for word in plain if word] or ["법무부"]


KINDS: dict[str, tuple[Callable[[Page, random.Random], str], bool]] = {
    "one word": (one_word, False),
    "two words": (two_words, False),
    "4-word phrase": (phrase, False),
    "60-character quotation": (quotation, True),
}


def measure(folder: Path, pages: int, when: str, queries: int = QUERIES) -> None:
    random_ = random.Random(11)
    with Corpus.open(folder) as corpus, Searcher(corpus) as searcher:
        documents = sorted(corpus.store.visible())
        for name, (draw, is_quote) in KINDS.items():
            took: list[float] = []
            found: list[int] = []
            for _ in range(queries + 1):
                text = draw(random_.choice(corpus.store.pages(random_.choice(documents))), random_)
                began = time.perf_counter()
                found.append(_ask(searcher, text, is_quote))
                took.append((time.perf_counter() - began) * 1000)
            took, found = sorted(took[1:]), found[1:]
            p50, p95 = took[queries // 2], took[int(queries * 0.95)]
            hits = f"{sum(map(bool, found))} of {queries} found, median hits {statistics.median(found):.0f}"
            print(f"{pages} pages{when}, {name}: p50 {p50:.1f} ms, p95 {p95:.1f} ms, worst {took[-1]:.1f} ms; {hits}")


def _ask(searcher: Searcher, text: str, is_quote: bool) -> int:
    return len(searcher.quote(text).places) if is_quote else searcher.search(text).total


def ingest_more(folder: Path, papers: Path) -> None:
    with Corpus.open(folder) as corpus:
        for _ in run([papers], corpus, Request(Release("more", "more"))):
            pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, nargs="+", default=[1000, 10_000])
    parser.add_argument("--made", type=Path, default=Path(tempfile.gettempdir(), "gongmun-made"))
    parser.add_argument("--while-ingesting", action="store_true")
    options = parser.parse_args()
    for pages in options.pages:
        folder = corpus_of(pages, options.made)
        measure(folder, pages, "")
        if options.while_ingesting:
            more = dense_pages(options.made / "more", 5000, pages_each=24)
            ingest = multiprocessing.get_context("spawn").Process(target=ingest_more, args=(folder, more))
            ingest.start()
            time.sleep(3)
            measure(folder, pages, " while an ingest runs", queries=50)
            print("the ingest was still running at the end:", ingest.is_alive())
            ingest.join()


if __name__ == "__main__":
    main()
