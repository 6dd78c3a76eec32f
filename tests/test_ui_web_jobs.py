"""Jobs: names, a real ingest in a process of its own, killed and started again, waiting for its turn."""

from __future__ import annotations

import os
import signal
import sys
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.custody import verify
from corpus.locking import only_writer
from tests.ingests import SAMPLE, pages_with
from tests.pdfs import lines, make
from ui.web import jobs, uploads
from ui.web.jobs import Job, Refused, Sent, storable_path

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX")


@pytest.fixture(autouse=True)
def ended(corpus: Corpus) -> Iterator[None]:
    """End the processes that a test has left running."""
    yield
    for job in jobs.jobs(corpus):
        child = jobs._CHILDREN.pop(job.id, None)
        if child is not None:
            child.kill()
            child.wait()


def sent(corpus: Corpus, *files: tuple[str, bytes]) -> Job:
    job = Job.create(corpus)
    for number, (path, content) in enumerate(files, start=1):
        part = job.part(number)
        part.write_bytes(content)
        job.keep(part, Sent(number, path, len(content), 1_600_000_000.0))
    return job


def until(job: Job, *phases: str) -> dict[str, Any]:
    for _ in range(1200):
        state = uploads.state(job, 0)
        if state["phase"] in phases:
            return state
        time.sleep(0.05)
    raise AssertionError(f"{state}, {job.last_said()}")


def many(corpus: Corpus, count: int) -> Job:
    paper = next(SAMPLE.glob("01_*.pdf")).read_bytes()
    return sent(corpus, *((f"{n:02}.pdf", paper + f"%{n}\n".encode()) for n in range(count)))


@pytest.mark.parametrize(
    ("received", "windows", "stored"),
    [
        ("답변서.pdf", False, "답변서.pdf"),
        (unicodedata.normalize("NFD", "답변서.pdf"), False, unicodedata.normalize("NFD", "답변서.pdf")),
        ("1차/붙임 2/표.pdf", False, "1차/붙임 2/표.pdf"),
        ("../../x", False, "x"),
        ("/etc/passwd", False, "etc/passwd"),
        ("a/../../../b.pdf", False, "a/b.pdf"),
        ("CON", False, "CON"),
        ("CON", True, "_CON"),
        ("aux.pdf", True, "_aux.pdf"),
        ("C:\\x\\..\\y.pdf", True, "C__x_.._y.pdf"),
        ("끝. ", True, "끝"),
        ("a\0b.pdf", False, "a_b.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", False, "<img src=x onerror=alert(1)>.pdf"),
    ],
)
def test_names_stay_as_received_where_they_can_be_stored(received: str, windows: bool, stored: str) -> None:
    assert storable_path(received, windows) == stored


def test_long_names_are_cut_and_told_apart() -> None:
    first, second = storable_path("가" * 300 + "1.pdf"), storable_path("가" * 300 + "2.pdf")
    assert first != second
    assert all(len(name.encode()) <= 255 and name.endswith(".pdf") for name in (first, second))
    for hopeless in ("", "..", "/", "a/" * 60 + "x", ("나" * 70 + "/") * 12 + "x"):
        with pytest.raises(Refused, match="name"):
            storable_path(hopeless)


def test_files_of_one_name_are_all_kept() -> None:
    names = ["답변서.pdf", unicodedata.normalize("NFD", "답변서.pdf"), "x", "x/y.pdf", "표/A.pdf", "표/a.PDF"]
    found = jobs.stored_paths([Sent(number, name, 1, 0) for number, name in enumerate(names)])
    assert list(found.values())[0::2] == ["답변서.pdf", "x", "표/A.pdf"]
    assert [found[1], found[3], found[5]] == ["~1/" + names[1], "~3/y.pdf", "~5/a.PDF"]


def test_an_ingest_tells_what_became_of_each_file(corpus: Corpus, tmp_path: Path) -> None:
    readable = make(tmp_path / "made.pdf", lines("Consent was not asked")).read_bytes()
    long = "가" * 200 + ".pdf"
    job = sent(corpus, ("붙임/동의.pdf", readable), ("../끊김.pdf", b"%PDF-1.4 broken"), (long, b""))
    jobs.start(corpus, job, {"name": "--요구 자료", "agency": "법무부", "received": "2021-10-21"})
    with pytest.raises(Refused, match="begun"):
        jobs.start(corpus, job, {"name": "또"})
    state = until(job, "done")
    outcomes = {each["path"]: (each["state"], each["reason"]) for each in state["outcomes"]}
    assert outcomes["붙임/동의.pdf"] == ("searchable", "")
    assert outcomes["끊김.pdf"] == ("not searchable", "damaged")
    assert (state["failed"], state["told"], state["files"]) == (2, 3, 3)
    (release,) = corpus.store.releases().values()
    assert (release.name, release.agency) == ("--요구 자료", "법무부")
    assert len(pages_with(corpus, "consent")) == 1
    assert not job.papers.exists()
    assert verify(corpus) == []
    assert any(row.what == "received under another name" and repr(long) in row.detail for row in corpus.store.log())
    met = {each.path: each.modified_ns for each in corpus.store.occurrences()}
    assert met["붙임/동의.pdf"] == 1_600_000_000 * 10**9


@posix
def test_a_killed_ingest_is_told_and_started_again(corpus: Corpus) -> None:
    job = many(corpus, 12)
    jobs.start(corpus, job, {"name": "많은 자료"})
    while not corpus.store.tries():
        assert uploads.state(job)["phase"] == "running"
        time.sleep(0.02)
    os.kill(jobs._CHILDREN[job.id].pid, signal.SIGKILL)
    assert until(job, "killed", "done")["phase"] == "killed"
    assert len(list(job.papers.iterdir())) == 12
    jobs.again(corpus, job)
    assert until(job, "done")["told"] == 12
    assert len(corpus.store.tries()) == 12
    assert len(corpus.store.deliveries()) == 1
    assert verify(corpus) == []


@posix
def test_an_ingest_can_be_stopped_and_a_running_one_not_be_deleted(corpus: Corpus) -> None:
    job = many(corpus, 12)
    jobs.start(corpus, job, {"name": "많은 자료"})
    while not corpus.store.tries():
        time.sleep(0.02)
    with pytest.raises(Refused, match="running"):
        jobs.delete(job)
    jobs.stop(job)
    assert until(job, "stopped", "done")["phase"] == "stopped"
    jobs.delete(job)
    assert jobs.jobs(corpus) == []
    assert corpus.store.tries()


def test_the_second_waits_for_the_first_writer(corpus: Corpus) -> None:
    job = sent(corpus, ("글.pdf", next(SAMPLE.glob("02_*.pdf")).read_bytes()))
    with only_writer(corpus.folder, "a test"):
        jobs.start(corpus, job, {"name": "자료"})
        assert "a test, process" in until(job, "waiting", "failed", "done")["error"]
        told = uploads.overview(corpus)
        assert told["writer"]["doing"] == "a test"
    assert until(job, "done", "failed")["phase"] == "done"
    assert uploads.overview(corpus)["writer"] is None


def test_a_password_opens_a_file_and_is_written_nowhere(corpus: Corpus, tmp_path: Path) -> None:
    secret = "비밀-Xq7"
    locked = make(tmp_path / "locked.pdf", lines("Locked away"), password=secret).read_bytes()
    job = sent(corpus, ("잠김.pdf", locked))
    jobs.start(corpus, job, {"name": "자료"}, secret)
    assert secret not in " ".join(map(str, jobs._CHILDREN[job.id].args))  # type: ignore[arg-type]
    assert [each["state"] for each in until(job, "done")["outcomes"]] == ["searchable"]
    kept = [path for path in corpus.folder.rglob("*") if path.is_file() and "originals" not in path.parts]
    assert [path for path in kept if secret.encode() in path.read_bytes()] == []


def test_what_cannot_run_says_why(corpus: Corpus) -> None:
    job = sent(corpus, ("글.pdf", b"x"))
    jobs.start(corpus, job, {"name": "자료", "received": "no date"})
    state = until(job, "failed")
    assert "no date" in state["error"]
    with pytest.raises(Refused, match="No file"):
        jobs.start(corpus, Job.create(corpus), {"name": "자료"})
    for name in ("..", "../../etc", "0" * 16, ""):
        with pytest.raises(Refused, match="no such upload"):
            Job.of(corpus, name)
