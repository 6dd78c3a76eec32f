"""Hostile and broken files: the run goes on, and every one of them is listed with a reason and a sentence."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.custody import verify
from corpus.model import Page, Reason, State
from ingest import worker
from ingest.formats import FORMATS, Format, FormatError, Outline
from ingest.outcomes import Outcome, Verdict
from ingest.worker import Reading
from ingest.workers import SerialExecutor, WorkerPool
from tests.ingests import SAMPLE, by_name, ingest, pages_with
from tests.pdfs import lines, make

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and signals are POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / unicodedata.normalize("NFD", "받은 자료")
    made.mkdir()
    make(made / "온전.pdf", lines("whole paper"))
    return made


def check_listed(corpus: Corpus, outcomes: Sequence[Outcome]) -> None:
    """Check that each file has one outcome, and each document and page one listed state."""
    by_name(outcomes)
    documents = corpus.store.documents()
    tries = corpus.store.tries()
    for outcome in outcomes:
        assert outcome.state is not None
        assert (outcome.state is State.SEARCHABLE) == (outcome.reason is Reason.NONE), outcome
        assert (outcome.state is State.SEARCHABLE) == (outcome.detail == ""), outcome
        assert outcome.detail == "" or outcome.detail.endswith("."), outcome
        if outcome.document is None:
            assert outcome.reason is Reason.UNREADABLE
        else:
            document = documents[outcome.document]
            assert (document.state, document.reason) == (outcome.state, outcome.reason)
            assert (document.detail, document.pages or 0) == (outcome.detail, outcome.pages)
            assert document.id in tries
    for document in documents.values():
        assert document.pages is None or len(corpus.store.pages(document.id)) == document.pages or document.reason
    assert set(tries) == set(documents)
    assert verify(corpus) == []


Spoil = Callable[[bytes, random.Random], bytes]


def truncated(content: bytes, lots: random.Random) -> bytes:
    return content[: lots.randrange(9, len(content))]


def flipped(content: bytes, lots: random.Random) -> bytes:
    spoiled = bytearray(content)
    for _ in range(200):
        spoiled[lots.randrange(len(spoiled))] ^= 1 << lots.randrange(8)
    return bytes(spoiled)


def without_table(content: bytes, lots: random.Random) -> bytes:
    at = content.rindex(b"startxref")
    start = int(content[at:].split()[1])
    end = content.find(b"trailer", start)
    end = at if end < 0 else end
    return content[:start] + b"\0" * (end - start) + content[end:]


def junk_before(content: bytes, lots: random.Random) -> bytes:
    return lots.randbytes(lots.randrange(1, 900)).replace(b"PK", b"..") + content


def hole(content: bytes, lots: random.Random) -> bytes:
    start = lots.randrange(len(content) // 2)
    return content[:start] + b"\0" * (len(content) // 3) + content[start + len(content) // 3 :]


def swapped(content: bytes, lots: random.Random) -> bytes:
    numbers = [b"1 0 R", b"2 0 R", b"3 0 R", b"5 0 R", b"/Kids", b"/Length", b"endstream", b"/Contents"]
    for _ in range(3):
        content = content.replace(lots.choice(numbers), lots.choice(numbers))
    return content


def loop(content: bytes, lots: random.Random) -> bytes:
    """Make the page tree its own parent and child."""
    return content.replace(b"/Kids [ ", b"/Kids [ 1 0 R 2 0 R 3 0 R 4 0 R 5 0 R ").replace(b"/Count", b"/Count 99999 %")


SPOILS = [truncated, flipped, without_table, junk_before, hole, swapped, loop]


def test_spoiled_papers(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    whole = [*sorted(SAMPLE.iterdir())[:4], make(tmp_path / "만든.pdf", *map(lines, "abcde"))]
    for spoil in SPOILS:
        lots = random.Random(spoil.__name__)
        for paper in whole:
            (folder / f"{spoil.__name__} {paper.name}").write_bytes(spoil(paper.read_bytes(), lots))
    outcomes = ingest(corpus, folder, executor=None, workers=2)
    check_listed(corpus, outcomes)
    assert len(outcomes) == 1 + len(SPOILS) * len(whole)
    assert len({outcome.state for outcome in outcomes}) > 1
    assert by_name(outcomes)["온전.pdf"].verdict is Verdict.NEW
    assert len(pages_with(corpus, "whole paper")) == 1


def test_zeroed_table_and_junk_cost_nothing(corpus: Corpus, folder: Path) -> None:
    """What every reader repairs, ours does too."""
    paper = sorted(SAMPLE.iterdir())[0]
    pages = worker.begin(paper, "application/pdf", "", ()).outline.pages
    for spoil in (without_table, junk_before):
        (folder / f"{spoil.__name__}.pdf").write_bytes(spoil(paper.read_bytes(), random.Random(1)))
    found = by_name(ingest(corpus, folder))
    assert {outcome.state for outcome in found.values()} == {State.SEARCHABLE}
    assert {found[f"{spoil.__name__}.pdf"].pages for spoil in (without_table, junk_before)} == {pages}


@posix
def test_things_that_are_no_papers(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    (folder / "글.pdf").write_text("공문이 아니라 글이다", encoding="utf-8")
    (folder / "머리만.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    (folder / "쪽 없음.pdf").write_bytes(
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R>>\n%%EOF"
    )
    (folder / "빈.pdf").touch()
    (folder / "빈.hwp").touch()
    (folder / "폴더.pdf").mkdir()
    (folder / "끊긴.pdf").symlink_to(tmp_path / "없음.pdf")
    (folder / "고리.pdf").symlink_to(folder / "고리.pdf")
    (folder / "그림.pdf").write_bytes(b"\x89PNG\r\n\x1a\n")
    os.mkfifo(folder / "관.pdf")
    outcomes = ingest(corpus, folder)
    check_listed(corpus, outcomes)
    assert {name: outcome.reason for name, outcome in by_name(outcomes).items()} == {
        "온전.pdf": Reason.NONE,
        "글.pdf": Reason.DAMAGED,
        "머리만.pdf": Reason.DAMAGED,
        "쪽 없음.pdf": Reason.DAMAGED,
        "빈.pdf": Reason.EMPTY,
        "빈.hwp": Reason.EMPTY,
        "끊긴.pdf": Reason.UNREADABLE,
        "고리.pdf": Reason.UNREADABLE,
        "그림.pdf": Reason.DAMAGED,
    }
    again = by_name(ingest(corpus, folder))
    assert {name for name, outcome in again.items() if outcome.verdict is not Verdict.UNCHANGED} == {
        "끊긴.pdf",
        "고리.pdf",
    }


def refusing(monkeypatch: pytest.MonkeyPatch, name: str, error: OSError) -> None:
    """Make opening a file of some name fail, as it would for anyone but root."""
    plain = Path.open

    def open_(path: Path, *args: Any, **kwargs: Any) -> Any:
        if path.name == name:
            error.filename = str(path)
            raise error
        return plain(path, *args, **kwargs)

    monkeypatch.setattr(Path, "open", open_)


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(5, "Input/output error"), FileNotFoundError(2, "gone")]
)
def test_file_that_cannot_be_opened(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    make(folder / "비밀.pdf", lines("secret"))
    with monkeypatch.context() as patched:
        refusing(patched, "비밀.pdf", error)
        outcomes = ingest(corpus, folder)
        check_listed(corpus, outcomes)
        closed = by_name(outcomes)["비밀.pdf"]
        assert (closed.verdict, closed.document, closed.reason) == (Verdict.FAILED, None, Reason.UNREADABLE)
        assert str(error.strerror) in closed.detail
    assert by_name(ingest(corpus, folder))["비밀.pdf"].verdict is Verdict.NEW


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read any file")
def test_file_without_permission(corpus: Corpus, folder: Path) -> None:
    closed = make(folder / "비밀.pdf", lines("secret"))
    closed.chmod(0)
    assert by_name(ingest(corpus, folder))["비밀.pdf"].reason is Reason.UNREADABLE
    closed.chmod(0o600)
    assert by_name(ingest(corpus, folder))["비밀.pdf"].verdict is Verdict.NEW


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ValueError("a surprise"), Reason.CRASHED),
        (RecursionError(), Reason.CRASHED),
        (UnicodeDecodeError("utf-16", b"x", 0, 1, "odd"), Reason.CRASHED),
        (OSError(5, "Input/output error"), Reason.CRASHED),
        (MemoryError(), Reason.TOO_LARGE),
        (FormatError(Reason.DRM, "It is locked; ask for another."), Reason.DRM),
    ],
)
def test_reader_that_fails_in_a_way_of_its_own(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, reason: Reason
) -> None:
    def outline(path: Path, password: str | None) -> Outline:
        raise error

    (folder / "사진.png").write_bytes(b"\x89PNG")
    with monkeypatch.context() as patched:
        patched.setitem(FORMATS, "image/png", Format("test", "test-1", outline, no_pages))
        outcomes = ingest(corpus, folder)
        check_listed(corpus, outcomes)
        assert by_name(outcomes)["사진.png"].reason is reason
        assert by_name(outcomes)["온전.pdf"].verdict is Verdict.NEW
        assert by_name(ingest(corpus, folder))["사진.png"].verdict is Verdict.UNCHANGED
        patched.setitem(FORMATS, "image/png", Format("test", "test-1", one_page, picture_page))
        outcome = by_name(ingest(corpus, folder, retry=True))["사진.png"]
        assert (outcome.verdict, outcome.state, outcome.detail) == (Verdict.NEW, State.SEARCHABLE, "")
    assert pages_with(corpus, "그림 속의 글") == [(outcome.document, 1)]


def no_pages(path: Path, first: int, last: int, password: str | None, document: str) -> list[Page]:
    return []


def one_page(path: Path, password: str | None) -> Outline:
    return Outline(1, {})


def picture_page(path: Path, first: int, last: int, password: str | None, document: str) -> list[Page]:
    return [Page(document, 1, "test-1", "그림 속의 글")]


def test_batch_that_fails_costs_its_own_pages(corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other pages are searched, the file says how many are lost, and --retry reads them."""
    path = make(folder / "긴.pdf", *(lines(f"word{number}") for number in range(1, 101)))
    plain = worker.go_on
    calls: list[int] = []

    def go_on(*args: Any) -> Reading:
        calls.append(args[4])
        if len(calls) == 3:
            raise FormatError(Reason.TIMED_OUT, "It took too long.")
        return plain(*args)

    class Failing(SerialExecutor):
        def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
            if fn is plain:
                fn = go_on
                if not calls:
                    calls.extend([0, 0])
            return super().submit(fn, *args, **kwargs)

    outcome = by_name(ingest(corpus, folder, executor=Failing()))["긴.pdf"]
    assert (outcome.state, outcome.reason) == (State.IN_PART, Reason.SOME_PAGES)
    assert outcome.detail == "33 of 100 pages could not be read: It took too long."
    pages = corpus.store.pages(outcome.document or "")
    lost = [page for page in pages if (page.state, page.reason) == (State.NOT_SEARCHABLE, Reason.TIMED_OUT)]
    assert (len(pages), len(lost)) == (100, 33)  # every page has its listed state, the lost ones too
    assert verify(corpus) == []
    assert pages_with(corpus, "word5") == [(outcome.document, 5)]
    assert pages_with(corpus, "word50") == []
    assert not corpus.store.coverage().whole
    assert by_name(ingest(corpus, folder))["긴.pdf"].verdict is Verdict.UNCHANGED
    mended = by_name(ingest(corpus, folder, retry=True))[path.name]
    assert (mended.state, mended.detail) == (State.SEARCHABLE, "")
    assert pages_with(corpus, "word50") == [(outcome.document, 50)]
    assert verify(corpus) == []


# With worker processes: these two are run in them


def begin_or_else(path: Path, *args: Any) -> Reading:
    """Do as the file says, then as it should be done."""
    head = path.read_bytes()[:64]
    if b"HANG" in head:
        time.sleep(600)
    if b"DIE" in head:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"EXIT" in head:
        os._exit(7)
    if b"HOG" in head:
        assert bytearray(4 << 30)
    if b"ODD" in head:
        raise ValueError("a surprise")
    return worker.begin(path, *args)


class Hostile(Executor):
    """A worker pool whose reader does as the files say."""

    def __init__(self) -> None:
        self.pool = WorkerPool(2, seconds=12, memory_mb=1024)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        return self.pool.submit(begin_or_else if fn is worker.begin else fn, *args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        self.pool.shutdown(wait, cancel_futures=cancel_futures)


@posix
def test_papers_that_hang_kill_or_bloat_the_reader(corpus: Corpus, folder: Path) -> None:
    wanted = {
        "HANG": Reason.TIMED_OUT,
        "DIE": Reason.CRASHED,
        "EXIT": Reason.CRASHED,
        "ODD": Reason.CRASHED,
        "PLAIN": Reason.DAMAGED,
    }
    if sys.platform == "linux":
        wanted["HOG"] = Reason.TOO_LARGE
    for name in wanted:
        (folder / f"{name}.pdf").write_bytes(b"%PDF-1.4 " + name.encode())
    for number in range(12):
        make(folder / f"온전 {number}.pdf", lines(f"paper {number}"))
    outcomes = ingest(corpus, folder, executor=Hostile())
    check_listed(corpus, outcomes)
    found = by_name(outcomes)
    assert {name: found[f"{name}.pdf"].reason for name in wanted} == wanted
    assert {found[f"온전 {number}.pdf"].verdict for number in range(12)} == {Verdict.NEW}
    assert len(pages_with(corpus, "paper")) == 13
    log = (corpus.folder / "gongmun.log").read_text(encoding="utf-8")
    assert "a surprise" in log  # for whoever mends it
    (folder / "ODD.pdf").unlink()
    again = by_name(ingest(corpus, folder, retry=True))
    assert {again[f"{name}.pdf"].reason for name in wanted if name != "ODD"} == {Reason.DAMAGED}


@pytest.mark.parametrize("known", ["", "wrong", "비밀"])
def test_encrypted_papers(corpus: Corpus, folder: Path, known: str) -> None:
    for word in ("one", "two"):
        make(folder / f"{word}.pdf", lines(f"locked {word}"), password=word)
    passwords = [known, "one", "two"] if known else []
    outcomes = ingest(corpus, folder, passwords=passwords)
    check_listed(corpus, outcomes)
    found = by_name(outcomes)
    reasons = {found[f"{word}.pdf"].reason for word in ("one", "two")}
    assert reasons == {Reason.NONE if known else Reason.ENCRYPTED}
    assert len(pages_with(corpus, "locked")) == (2 if known else 0)
    for kept in (corpus.folder / "gongmun.log", corpus.folder / "catalogue.sqlite"):
        assert not kept.exists() or "비밀".encode() not in kept.read_bytes()  # passwords are not kept
