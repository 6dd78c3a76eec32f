"""Killed anywhere and started again, an ingest ends at the record and the answers of one that was left alone."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
import unicodedata
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.custody import verify
from corpus.dump import Dump, logical_dump
from corpus.failpoints import POINTS
from corpus.model import Reason
from ingest.outcomes import Outcome, Verdict
from search import Searcher
from search.engines.scan import ScanIndex
from tests.ingests import SAMPLE, answers, by_name, ingest, pages_with, queries
from tests.pdfs import lines, make

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")

ROOT = Path(__file__).parent.parent
FILES = len(list(SAMPLE.iterdir()))
INGEST = """
import os, sys
from pathlib import Path
from corpus import Corpus
from ingest.pipeline import run
from ingest.workers import SerialExecutor
from tests.ingests import REQUEST

folder, source, workers, point, after = sys.argv[1:]
told = 0
if after == "0":
    os.environ["GONGMUN_FAILPOINT"] = point
with Corpus.open(folder) as corpus:
    executor = None if int(workers) else SerialExecutor()
    try:
        print("open", flush=True)
        for outcome in run([Path(source)], corpus, REQUEST, workers=int(workers), executor=executor):
            told += 1
            print(outcome.source.relative, flush=True)
            if told == int(after):
                os.environ["GONGMUN_FAILPOINT"] = point
    except KeyboardInterrupt:
        sys.exit(130)
"""


def command(corpus: Corpus, source: Path, workers: int = 0, point: str = "", after: int = -1) -> list[str]:
    """Return how to ingest in a process of its own, to be killed at a point after so many outcomes."""
    return [sys.executable, "-c", INGEST, str(corpus.folder), str(source), str(workers), point, str(after)]


def environment(mark: str = "") -> dict[str, str]:
    return {**os.environ, "PYTHONUTF8": "1", "GONGMUN_TEST_RUN": mark}


def killed_at(corpus: Corpus, source: Path, point: str, after: int, workers: int = 0) -> list[str]:
    """Run an ingest that kills itself; return the files it told of before."""
    done = subprocess.run(
        command(corpus, source, workers, point, after), cwd=ROOT, env=environment(), capture_output=True, text=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    return done.stdout.splitlines()[1:]


@contextmanager
def running(corpus: Corpus, source: Path, mark: str) -> Iterator[subprocess.Popen[str]]:
    """Run an ingest with two worker processes; it has opened its corpus when this begins."""
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command(corpus, source, 2), cwd=ROOT, env=environment(mark), stdout=pipe, stderr=pipe, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()
        process.communicate()


def left_over(mark: str) -> list[int]:
    """Return the processes whose environment bears a mark, once those that are ending have ended."""
    for _ in range(100):
        if not bearing(mark):
            break
        time.sleep(0.1)
    return bearing(mark)


def bearing(mark: str) -> list[int]:
    return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ") if bears(path, mark)]


def bears(path: Path, mark: str) -> bool:
    try:
        return mark.encode() in path.read_bytes()
    except OSError:
        return False


class Undisturbed:
    """What an ingest that was left alone gives: the record, queries, and their answers."""

    def __init__(self, corpus: Corpus, source: Path) -> None:
        ingest(corpus, source)
        self.source = source
        self.dump: Dump = logical_dump(corpus.store)
        self.queries = queries(corpus)
        self.answers: dict[str, list[Any]] = answers(corpus, self.queries)
        assert sum(map(bool, self.answers.values())) >= 45

    def check(self, corpus: Corpus) -> None:
        """Check that a corpus is as it would be had nothing happened to it, and in itself whole."""
        assert logical_dump(corpus.store) == self.dump
        assert answers(corpus, self.queries) == self.answers
        assert verify(corpus) == []
        with Searcher(corpus) as searcher:
            state = searcher.index.state()
            assert state.change == corpus.store.last_change()
            assert (state.pages, state.documents) == (len(self.dump["pages"]), len(corpus.store.documents()))
        assert not list(Path(corpus.originals.root, "part").glob("*"))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    folder = tmp_path_factory.mktemp("한 번에")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("GONGMUN_CACHE", str(folder / "cache"))
        with Corpus.create(folder / "말뭉치") as corpus:
            return Undisturbed(corpus, SAMPLE)


def test_same_files_give_the_same_record_and_answers(corpus: Corpus, undisturbed: Undisturbed) -> None:
    """The measure itself: two undisturbed runs agree, with worker processes or without."""
    found = ingest(corpus, SAMPLE, executor=None, workers=2)
    assert {outcome.verdict for outcome in found} == {Verdict.NEW}
    assert sum(outcome.pages for outcome in found) == corpus.store.coverage().total == 44
    undisturbed.check(corpus)


@pytest.mark.parametrize(
    ("point", "after"),
    [
        ("original", 3),
        ("page batch", 2),
        ("between catalogue and index", 4),
        ("index commit", 0),
    ],
)
def test_killed_at_a_point_and_resumed(corpus: Corpus, undisturbed: Undisturbed, point: str, after: int) -> None:
    told = killed_at(corpus, SAMPLE, point, after)
    assert len(told) >= after
    with Searcher(corpus) as searcher:  # whoever searches now is told nothing wrong
        results = searcher.search("식별추적시스템", limit=100)
        assert len(results.hits) == results.total
    outcomes = ingest(corpus, SAMPLE)
    assert len(by_name(outcomes)) == FILES
    assert sum(outcome.verdict is Verdict.UNCHANGED for outcome in outcomes) >= len(told)
    undisturbed.check(corpus)


def test_points_are_all_tried() -> None:
    (mark,) = (m for m in test_killed_at_a_point_and_resumed.pytestmark if m.name == "parametrize")
    assert {point for point, _ in mark.args[1]} == set(POINTS)


def test_killed_at_a_random_moment(corpus: Corpus, undisturbed: Undisturbed) -> None:
    """With worker processes, which end with it."""
    mark = uuid.uuid4().hex
    with running(corpus, SAMPLE, mark) as process:
        time.sleep(random.uniform(0.0, 1.2))
        process.kill()
    if sys.platform == "linux":
        assert left_over(mark) == []
    assert len(by_name(ingest(corpus, SAMPLE))) == FILES
    undisturbed.check(corpus)


def test_what_was_half_kept_is_cleared(corpus: Corpus, undisturbed: Undisturbed) -> None:
    """A kill while an original is being copied leaves a part of it behind; the next run takes it away."""
    part = Path(corpus.originals.root, "part")
    part.mkdir(parents=True)
    (part / "0123abcd").write_bytes(b"%PDF-")
    ingest(corpus, SAMPLE)
    undisturbed.check(corpus)


def test_interrupted(corpus: Corpus, undisturbed: Undisturbed) -> None:
    """Ctrl-C goes to every process of the terminal, and ends all of them."""
    mark = uuid.uuid4().hex
    with running(corpus, SAMPLE, mark) as process:
        assert process.stdout
        assert process.stdout.readline()  # the first outcome
        for pid in bearing(mark):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert process.returncode in (0, 130), errors
        assert "Traceback" not in errors
    if sys.platform == "linux":
        assert left_over(mark) == []
    assert not (corpus.folder / "writer.txt").exists()
    outcomes = ingest(corpus, SAMPLE)
    assert sum(outcome.verdict is Verdict.UNCHANGED for outcome in outcomes) >= 1
    undisturbed.check(corpus)


# Papers that were half read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / unicodedata.normalize("NFD", "받은자료")
    made.mkdir()
    make(made / "긴 문서.pdf", *(lines(f"word{number}", "everywhere") for number in range(1, 101)))
    make(made / "짧은 문서.pdf", lines("short"))
    return made


def test_killed_again_and_again(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    """Each run gets a little further than the one before it."""
    for point in ("page batch", "between catalogue and index", "index commit"):
        killed_at(corpus, folder, point, 0)
    ingest(corpus, folder)
    with Corpus.create(tmp_path / "다른 말뭉치") as other:
        ingest(other, folder)
        assert logical_dump(corpus.store) == logical_dump(other.store)
    assert verify(corpus) == []
    plain = Searcher(corpus, index=ScanIndex(corpus.store))  # the oracle: brute force over the store
    for query in ("word1", "word77", "everywhere", "short", '"word40 everywhere"', "word1*"):
        expected = {(hit.page.document, hit.page.number) for hit in plain.search(query, limit=100).hits}
        assert expected
        assert set(pages_with(corpus, query)) == expected


def test_long_paper_stopped_between_its_batches(corpus: Corpus, folder: Path) -> None:
    killed_at(corpus, folder, "page batch", 0, workers=2)
    half = [document for document in corpus.store.documents() if corpus.store.pages(document)]
    assert half
    with Searcher(corpus) as searcher:
        quoted = searcher.quote("nowhere at all")
        assert not quoted.coverage.whole  # "absent" is not said without a reservation
    found = by_name(ingest(corpus, folder))
    assert found["긴 문서.pdf"].pages == 100
    assert len(pages_with(corpus, "everywhere")) == 100
    assert verify(corpus) == []


def test_files_changed_between_the_runs(corpus: Corpus, folder: Path) -> None:
    killed_at(corpus, folder, "page batch", 0)
    make(folder / "긴 문서.pdf", lines("now short"))
    make(folder / "새 문서.pdf", lines("added"))
    (folder / "짧은 문서.pdf").rename(folder / "다른 이름.pdf")
    outcomes = by_name(ingest(corpus, folder))
    assert {name: outcome.reason for name, outcome in outcomes.items()} == dict.fromkeys(
        ("긴 문서.pdf", "새 문서.pdf", "다른 이름.pdf"), Reason.NONE
    )
    for query in ("now short", "added", "short"):
        assert pages_with(corpus, query)


def test_paper_whose_file_is_gone_before_the_second_run(corpus: Corpus, folder: Path) -> None:
    """Its original is kept, so it is read from there: a document met is never left without a listed state."""
    killed_at(corpus, folder, "page batch", 0)
    for path in folder.iterdir():
        path.unlink()
    outcomes: list[Outcome] = ingest(corpus, folder)
    documents = corpus.store.documents()
    assert documents
    assert set(corpus.store.tries()) == set(documents)
    assert {document.reason for document in documents.values()} == {Reason.NONE}
    assert all(outcome.pages for outcome in outcomes)
    assert verify(corpus) == []
