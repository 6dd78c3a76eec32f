"""How fast does a release become searchable, and in how much memory?

    .venv/bin/python -m benchmarks.ingest [--pages 10000] [--only generated]

In one run on the same files: `pdftotext` file after file plus an SQLite FTS5 insert of its pages, then our ingest with
two workers, index included. Three classes: the Korean ministry PDFs and pdf/plumber of ../shared, and a corpus of dense
Korean pages made for it. Wall time; peak RSS of any process, from /proc. The shares come from a run in one process.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.made import dense_pages
from corpus import Corpus
from corpus.model import Release
from corpus.recording import Recorder
from ingest import pipeline, worker
from ingest.formats import pdf
from ingest.pipeline import Request, run
from ingest.workers import SerialExecutor
from search.engines.whoosh import WhooshIndex
from search.indexes import open_index

DATA = Path("../shared/data/pdf")
REQUEST = Request(Release("benchmark", "benchmark"))


def baseline(folder: Path, place: Path) -> tuple[float, int, int]:
    """Run pdftotext file after file and insert the pages into FTS5: seconds, pages, characters."""
    began = time.perf_counter()
    pages = characters = 0
    with sqlite3.connect(place / "fts.sqlite") as connection:
        connection.execute("CREATE VIRTUAL TABLE pages USING fts5 (file, number, text)")
        for path in sorted(folder.rglob("*.pdf")):
            read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=False)
            texts = read.stdout.decode("utf-8", errors="replace").split("\f")[:-1]
            rows = [(path.name, number, text) for number, text in enumerate(texts, start=1)]
            connection.executemany("INSERT INTO pages VALUES (?, ?, ?)", rows)
            pages += len(texts)
            characters += sum(map(len, texts))
    return time.perf_counter() - began, pages, characters


def ours(folder: Path, place: Path, workers: int) -> tuple[float, int, float, float, int]:
    """Ingest a folder: seconds, pages, seconds to the first page that can be found, peak RSS in MB, files failed."""
    with Corpus.create(place / "corpus") as corpus, peak_memory() as peak:
        first: list[float] = []
        began = time.perf_counter()
        watcher = threading.Thread(target=_watch, args=(corpus, began, first), daemon=True)
        watcher.start()
        outcomes = list(run([folder], corpus, REQUEST, workers=workers))
        took = time.perf_counter() - began
        watcher.join(timeout=5)
    failed = sum(outcome.verdict is pipeline.Verdict.FAILED for outcome in outcomes)
    return took, sum(outcome.pages for outcome in outcomes), first[0] if first else took, max(peak), failed


def _watch(corpus: Corpus, began: float, first: list[float]) -> None:
    """Note when the first page can be found by another reader."""
    while not first:
        time.sleep(0.05)
        index = open_index(corpus)
        if index.state().pages:
            first.append(time.perf_counter() - began)
        index.close()


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """Collect the peak resident memory (VmHWM, in MB) of this process and those it started, five times a second."""
    peaks: list[float] = [0.0]
    over = threading.Event()

    def watch() -> None:
        while not over.wait(0.2):
            peaks[0] = max(peaks[0], *map(_peak_of, _family()), 0.0)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peaks
    finally:
        over.set()
        thread.join()


def _family() -> list[str]:
    found = [str(os.getpid())]
    for pid in found:
        for children in Path(f"/proc/{pid}/task").glob("*/children"):
            try:
                found += children.read_text().split()
            except OSError:
                continue
    return found


def _peak_of(pid: str) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def shares(folder: Path, place: Path) -> dict[str, float]:
    """Ingest in one process and return the share of its CPU time that each part takes."""
    spent: Counter[str] = Counter()
    with (
        timed(spent, "extract", pdf, "read"),
        timed(spent, "tokens", worker, "entries"),
        timed(spent, "index", WhooshIndex, "put_pages"),
        timed(spent, "index", WhooshIndex, "commit"),
        timed(spent, "catalogue", Recorder, "pages"),
        timed(spent, "catalogue", Recorder, "settle"),
        Corpus.create(place / "serial") as corpus,
    ):
        formats = dict(worker.FORMATS)
        kind = formats["application/pdf"]
        worker.FORMATS["application/pdf"] = type(kind)(kind.tool, kind.fingerprint, kind.outline, pdf.read)
        began = time.process_time()
        list(run([folder], corpus, REQUEST, executor=SerialExecutor()))
        total = time.process_time() - began
        worker.FORMATS.update(formats)
    spent["other"] = total - sum(spent.values())  # type: ignore[assignment]
    return {name: part / total for name, part in spent.items()}


@contextmanager
def timed(spent: Counter[str], name: str, place: Any, function: str) -> Iterator[None]:
    """Add up the CPU time of a function while the block runs."""
    plain: Callable[..., Any] = getattr(place, function)

    def measured(*args: Any, **kwargs: Any) -> Any:
        began = time.process_time()
        try:
            return plain(*args, **kwargs)
        finally:
            spent[name] += time.process_time() - began  # type: ignore[assignment]

    setattr(place, function, measured)
    try:
        yield
    finally:
        setattr(place, function, plain)


def compare(name: str, folder: Path, workers: int, goal: float) -> None:
    with tempfile.TemporaryDirectory() as place:
        theirs, their_pages, characters = baseline(folder, Path(place))
        took, pages, first, peak, failed = ours(folder, Path(place), workers)
        parts = shares(folder, Path(place)) if pages <= 2000 else {}
    print(f"{name}: {pages} pages (pdftotext: {their_pages}), {characters:,} characters, {failed} files not searchable")
    print(f"  pdftotext + FTS5 {theirs:.2f} s, {their_pages / theirs:.0f} pages/s, {characters / theirs:,.0f} chars/s")
    print(f"  gongmun          {took:.2f} s, {pages / took:.0f} pages/s, {characters / took:,.0f} chars/s")
    print(f"  ratio {took / theirs:.2f} (goal {goal}); first page found after {first:.2f} s; peak RSS {peak:.0f} MB")
    if parts:
        print("  CPU shares in one process: " + ", ".join(f"{part} {share:.0%}" for part, share in parts.items()))


def unchanged(files: int) -> None:
    """Measure a second run over a folder of small files of which none has changed."""
    with tempfile.TemporaryDirectory() as place:
        folder = dense_pages(Path(place, "papers"), files, pages_each=1)
        environment = os.environ | {"GONGMUN_CORPUS": str(Path(place, "corpus"))}
        gongmun = [os.sys.executable, "-m", "ui.cli"]  # type: ignore[attr-defined]
        subprocess.run([*gongmun, "init", str(Path(place, "corpus"))], check=True, capture_output=True)
        for when in ("first", "second"):
            began = time.perf_counter()
            subprocess.run([*gongmun, "ingest", str(folder)], check=True, capture_output=True, env=environment)
            print(f"{files} files of one page, {when} run, the command as a whole: {time.perf_counter() - began:.2f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=10_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--made", type=Path, default=Path(tempfile.gettempdir(), "gongmun-made"))
    parser.add_argument("--only", choices=["korean", "plumber", "generated", "unchanged"])
    options = parser.parse_args()
    if options.only in (None, "korean"):
        compare("Korean ministry PDFs", DATA / "korean", options.workers, 1.0)
    if options.only in (None, "plumber"):
        compare("pdf/plumber", DATA / "plumber", options.workers, 1.0)
    if options.only in (None, "generated"):
        folder = dense_pages(options.made / str(options.pages), options.pages)
        compare(f"generated, {options.pages} dense Korean pages", folder, options.workers, 2.5)
    if options.only in (None, "unchanged"):
        unchanged(1000)


if __name__ == "__main__":
    main()
