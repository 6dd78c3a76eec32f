"""Ingesting: what is read, what is skipped, what is kept, and who may write meanwhile."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from corpus.dump import logical_dump
from corpus.errors import CorpusLocked, CorpusUnusable, UsageError
from corpus.locking import only_writer
from corpus.model import Audience, FurnitureKind, Reason, State
from ingest import indexing, pipeline
from ingest.outcomes import Progress, Verdict
from ingest.pipeline import run
from ingest.planning import plan
from ingest.workers import SerialExecutor
from search import Searcher
from search.indexes import index_folder
from tests.ingests import OTHER, REQUEST, SAMPLE, by_name, ingest, pages_with
from tests.pdfs import all_of, lines, make

NFC = unicodedata.normalize("NFC", "법무부 회신.pdf")
NFD = unicodedata.normalize("NFD", "안면정보 처리.pdf")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A delivery of two papers and a format that cannot be read."""
    made = tmp_path / "받은자료"
    (made / "별지").mkdir(parents=True)
    make(made / NFC, lines("Reply of the Ministry", "alpha"), lines("second page", "beta"))
    make(made / "별지" / NFD, lines("Processing of face data", "gamma"))
    (made / "별지" / "한글.hwp").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 HWP")
    return made


def later(path: Path, seconds: int = 5) -> None:
    facts = path.stat()
    os.utime(path, ns=(facts.st_atime_ns, facts.st_mtime_ns + seconds * 10**9))


def only(outcomes: list[Any]) -> Any:
    (outcome,) = outcomes
    return outcome


# What is read


def test_every_file_has_one_outcome(corpus: Corpus, folder: Path) -> None:
    found = by_name(ingest(corpus, folder))
    reply, annex, hangul = found[NFC], found[f"별지/{NFD}"], found["별지/한글.hwp"]
    assert (reply.verdict, reply.state, reply.reason, reply.pages) == (Verdict.NEW, State.SEARCHABLE, Reason.NONE, 2)
    assert (annex.verdict, annex.pages) == (Verdict.NEW, 1)
    assert (hangul.verdict, hangul.state, hangul.reason) == (Verdict.FAILED, State.NOT_SEARCHABLE, Reason.DAMAGED)
    assert hangul.detail
    assert pages_with(corpus, "beta") == [(reply.document, 2)]
    for outcome in found.values():
        kept = corpus.originals.local(outcome.document or "")
        assert kept.read_bytes() == outcome.source.path.read_bytes()


def test_record_of_where_it_was_met(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    (delivery,) = corpus.store.deliveries().values()
    assert (delivery.release, delivery.received, delivery.source) == (REQUEST.release.id, "2021-10-21", str(folder))
    assert corpus.store.releases()[REQUEST.release.id] == REQUEST.release
    met = {occurrence.path: occurrence for occurrence in corpus.store.occurrences()}
    assert set(met) == {NFC, f"별지/{NFD}", "별지/한글.hwp"}
    annex = met[f"별지/{NFD}"]
    facts = (folder / "별지" / NFD).stat()
    assert (annex.name, annex.size, annex.modified_ns) == (NFD, facts.st_size, facts.st_mtime_ns)


def test_long_paper_goes_through_in_batches(corpus: Corpus, tmp_path: Path) -> None:
    def page(number: int) -> Callable[..., None]:
        head, foot = lines("Ministry of Justice 2021", top=30), lines(f"- {number} -", top=580)
        return all_of(head, lines(f"This is what page {number} says", f"word{number}"), foot)

    path = make(tmp_path / "긴 문서.pdf", *(page(number) for number in range(1, 501)))
    outcome = only(ingest(corpus, path))
    assert (outcome.verdict, outcome.pages, outcome.state) == (Verdict.NEW, 500, State.SEARCHABLE)
    pages = corpus.store.pages(outcome.document)
    assert [page.number for page in pages] == list(range(1, 501))
    for page_read in pages:
        marks = {mark.kind: page_read.text[mark.start : mark.end] for mark in page_read.furniture}
        assert marks[FurnitureKind.HEAD] == "Ministry of Justice 2021"
        assert marks[FurnitureKind.NUMBER] == f"- {page_read.number} -"
        assert f"word{page_read.number}" in page_read.text
    for number in (1, 38, 39, 250, 500):
        assert pages_with(corpus, f"word{number}") == [(outcome.document, number)]
    with Searcher(corpus) as searcher:  # over the end of a batch, and of a page inside one
        for number in (38, 40, 384, 385):
            quoted = searcher.quote(f"word{number} This is what page {number + 1} says")
            assert [span.page for span in quoted.places[0].passage] == [number, number + 1]


@pytest.mark.parametrize("kept", [0, 10, 45])
def test_papers_too_long_to_be_kept_in_memory_are_found(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    monkeypatch.setattr(pipeline, "_KEPT_ENTRIES", kept)
    make(folder / "가.pdf", *(lines(f"long{number}", "everywhere") for number in range(1, 91)))
    found = by_name(ingest(corpus, folder))
    assert len(pages_with(corpus, "everywhere")) == 90
    assert pages_with(corpus, "long77") == [(found["가.pdf"].document, 77)]
    assert pages_with(corpus, "gamma") == [(found[f"별지/{NFD}"].document, 1)]
    with Searcher(corpus) as searcher:
        assert searcher.index.state().pages == 93
        assert searcher.index.state().change == corpus.store.last_change()


def test_commits_while_papers_are_read(corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What has been told can be found, be it that the index is written for each paper or once at the end."""
    monkeypatch.setattr(indexing, "_COMMIT_PAGES", 1)
    for outcome in run([folder], corpus, REQUEST, executor=SerialExecutor()):
        with Searcher(corpus) as searcher:
            for page in corpus.store.pages(outcome.document or ""):
                word = page.text.split()[0]
                places = searcher.quote(word).places
                assert (outcome.document, page.number) in {(place.document, place.page) for place in places}


# Running it again


def test_second_run_does_nothing(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    before, dump = corpus.store.last_change(), logical_dump(corpus.store)
    files = sorted(index_folder(corpus).rglob("*.seg"))
    again = ingest(corpus, folder)
    assert [outcome.verdict for outcome in again] == [Verdict.UNCHANGED] * 3
    assert [(o.state, o.reason, o.pages) for o in again if o.source.name == NFC] == [(State.SEARCHABLE, Reason.NONE, 2)]
    assert corpus.store.last_change() == before
    assert logical_dump(corpus.store) == dump
    assert sorted(index_folder(corpus).rglob("*.seg")) == files


def test_touched_file_is_the_same_document(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    dump = logical_dump(corpus.store)
    later(folder / NFC)
    assert by_name(ingest(corpus, folder))[NFC].verdict is Verdict.KNOWN
    assert logical_dump(corpus.store) == dump
    assert by_name(ingest(corpus, folder))[NFC].verdict is Verdict.UNCHANGED


def test_changed_file_leaves_both_papers_in_the_record(corpus: Corpus, folder: Path) -> None:
    old = by_name(ingest(corpus, folder))[NFC].document
    make(folder / NFC, lines("Another reply", "delta"))
    outcome = by_name(ingest(corpus, folder))[NFC]
    assert outcome.verdict is Verdict.NEW
    assert outcome.document != old
    assert {met.document for met in corpus.store.occurrences() if met.path == NFC} == {old, outcome.document}
    assert pages_with(corpus, "alpha") == [(old, 1)]
    assert pages_with(corpus, "delta") == [(outcome.document, 1)]


def test_changed_back_is_known(corpus: Corpus, folder: Path) -> None:
    first = (folder / NFC).read_bytes()
    ingest(corpus, folder)
    make(folder / NFC, lines("Another reply"))
    ingest(corpus, folder)
    dump = logical_dump(corpus.store)
    (folder / NFC).write_bytes(first)
    later(folder / NFC, 50)
    assert by_name(ingest(corpus, folder))[NFC].verdict is Verdict.KNOWN
    assert logical_dump(corpus.store) == dump


def test_file_that_is_gone_stays_in_the_record(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    dump = logical_dump(corpus.store)
    (folder / NFC).unlink()
    assert [outcome.verdict for outcome in ingest(corpus, folder)] == [Verdict.UNCHANGED] * 2
    assert logical_dump(corpus.store) == dump


@pytest.mark.parametrize("written", ["..", "../받은자료", "."])
def test_same_folder_is_the_same_delivery(
    corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch, written: str
) -> None:
    ingest(corpus, folder)
    monkeypatch.chdir({"..": folder / "별지", "../받은자료": folder, ".": folder}[written])
    assert [outcome.verdict for outcome in ingest(corpus, Path(written))] == [Verdict.UNCHANGED] * 3
    assert len(corpus.store.deliveries()) == 1


# The same bytes twice


def test_same_bytes_twice_in_one_run(corpus: Corpus, folder: Path) -> None:
    """The second is told with the state of the first, which is still being read when it is met."""
    shutil.copyfile(folder / NFC, folder / "별지" / "사본.pdf")
    shutil.copyfile(folder / NFC, folder / "가 사본.pdf")
    told: list[Progress] = []
    found = by_name(ingest(corpus, folder, progress=told.append))
    copies = [found[name] for name in ("가 사본.pdf", NFC, "별지/사본.pdf")]
    assert sorted(outcome.verdict for outcome in copies) == [Verdict.KNOWN, Verdict.KNOWN, Verdict.NEW]
    assert len({outcome.document for outcome in copies}) == 1
    assert {(outcome.state, outcome.pages) for outcome in copies} == {(State.SEARCHABLE, 2)}
    assert pages_with(corpus, "alpha") == [(copies[0].document, 1)]
    assert (told[-1].files, told[-1].bytes, told[-1].pages) == (5, told[-1].of_bytes, 3)


def test_copies_of_a_paper_that_cannot_be_read(corpus: Corpus, tmp_path: Path) -> None:
    for name in ("하나.pdf", "둘.pdf", "셋.pdf"):
        (tmp_path / "자료").mkdir(exist_ok=True)
        (tmp_path / "자료" / name).write_bytes(b"%PDF-1.4 damaged")
    found = ingest(corpus, tmp_path / "자료")
    assert len(by_name(found)) == 3
    assert {(outcome.state, outcome.reason) for outcome in found} == {(State.NOT_SEARCHABLE, Reason.DAMAGED)}
    assert all(outcome.detail for outcome in found)


def test_same_bytes_in_two_deliveries(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    """One document, two occurrences; the name it has in one delivery is not told to who may see the other."""
    document = by_name(ingest(corpus, folder))[NFC].document
    second = tmp_path / "2차"
    second.mkdir()
    shutil.copyfile(folder / NFC, second / "공개본.pdf")
    outcome = only(ingest(corpus, second, request=OTHER))
    assert (outcome.verdict, outcome.document, outcome.pages) == (Verdict.KNOWN, document, 2)
    assert {(met.path, met.name) for met in corpus.store.occurrences(document)} == {(NFC, NFC), ("공개본.pdf",) * 2}
    assert pages_with(corpus, "alpha") == [(document, 1)]
    with Searcher(corpus, Audience(frozenset({OTHER.release.id}))) as searcher:
        (hit,) = searcher.search("alpha").hits
        assert hit.document.files == ("공개본.pdf",)
        assert hit.document.agencies == ("인천공항공사",)
        assert searcher.search("gamma").total == 0


def test_release_learns_what_was_not_known_before(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder, request=replace(REQUEST, release=replace(REQUEST.release, agency=None)))
    ingest(corpus, folder)
    assert corpus.store.releases()[REQUEST.release.id].agency == "법무부"
    assert len(corpus.store.deliveries()) == 1


# The trash


def trash(corpus: Corpus, document: str) -> None:
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document), "시험")


@pytest.mark.parametrize("touched", [False, True])
def test_removed_paper_is_not_brought_back(corpus: Corpus, folder: Path, touched: bool) -> None:
    document = by_name(ingest(corpus, folder))[NFC].document
    trash(corpus, document)
    if touched:
        later(folder / NFC)
    for retry in (False, True):
        assert by_name(ingest(corpus, folder, retry=retry))[NFC].verdict is Verdict.UNCHANGED
        assert pages_with(corpus, "alpha") == []
        assert document not in corpus.store.visible()


def test_removed_paper_is_not_read_again(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "비밀.pdf", lines("alpha"), password="right")
    document = only(ingest(corpus, path)).document
    trash(corpus, document)
    outcome = only(ingest(corpus, path, passwords=["right"], retry=True))
    assert (outcome.verdict, outcome.reason) == (Verdict.UNCHANGED, Reason.ENCRYPTED)
    assert document not in corpus.store.visible()


def test_removed_paper_met_in_another_delivery_is_seen_there(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    document = by_name(ingest(corpus, folder))[NFC].document
    trash(corpus, document)
    ingest(corpus, folder)  # the index forgets it
    copy = Path(shutil.copyfile(folder / NFC, tmp_path / "다시.pdf"))
    assert only(ingest(corpus, copy, request=OTHER)).verdict is Verdict.KNOWN
    assert pages_with(corpus, "alpha") == [(document, 1)]
    with Searcher(corpus) as searcher:
        (hit,) = searcher.search("alpha").hits
        assert hit.document.files == ("다시.pdf",)


def test_paper_removed_while_an_ingest_runs_is_gone_from_the_index(corpus: Corpus, folder: Path) -> None:
    first = by_name(ingest(corpus, folder))[NFC].document
    make(folder / "더.pdf", lines("epsilon"))
    for _ in run([folder], corpus, REQUEST, executor=SerialExecutor()):
        if first in corpus.store.visible():
            trash(corpus, first)
    assert len(pages_with(corpus, "epsilon")) == 1
    assert pages_with(corpus, "alpha") == []


# What cannot be read


def test_unsupported_types_are_kept_and_listed_once(corpus: Corpus, tmp_path: Path) -> None:
    folder = tmp_path / "자료"
    folder.mkdir()
    heads = (b"Rar!\x1a\x07\x01\0", b"ALZ\1", b"EGGA\0\1", b"{\\rtf1", b"\0\1\2\3")
    for name, head in zip(("묶음.rar", "묶음.alz", "묶음.egg", "글.rtf", "이름 없음"), heads, strict=True):
        (folder / name).write_bytes(head + name.encode())
    found = ingest(corpus, folder)
    assert {outcome.reason for outcome in found} == {Reason.UNSUPPORTED}
    assert sorted(corpus.originals.ids()) == sorted(outcome.document or "" for outcome in found)
    assert corpus.store.coverage().unread_files == 5
    change = corpus.store.last_change()
    for retry in (False, True):
        assert {outcome.verdict for outcome in ingest(corpus, folder, retry=retry)} == {Verdict.UNCHANGED}
    assert corpus.store.last_change() == change


def test_too_large_for_the_limit_and_read_once_it_is_raised(corpus: Corpus, tmp_path: Path) -> None:
    path = tmp_path / "큰 파일.pdf"
    make(path, lines("alpha"))
    with path.open("ab") as file:
        file.write(b"%" + b"x" * (1 << 20) + b"\n%%EOF\n")
    small = replace(corpus, settings=replace(corpus.settings, file_limit_mb=1))
    outcome = only(ingest(small, path))
    assert (outcome.verdict, outcome.reason) == (Verdict.FAILED, Reason.TOO_LARGE)
    assert "1 MB" in outcome.detail
    assert corpus.originals.local(outcome.document).stat().st_size == path.stat().st_size
    assert only(ingest(small, path, retry=True)).reason is Reason.TOO_LARGE
    assert only(ingest(corpus, path, retry=True)).verdict is Verdict.NEW


def test_password_given_later(corpus: Corpus, tmp_path: Path) -> None:
    path = make(tmp_path / "암호.pdf", lines("alpha"), password="right")
    first = only(ingest(corpus, path))
    assert (first.verdict, first.reason) == (Verdict.FAILED, Reason.ENCRYPTED)
    assert "password" in first.detail
    assert only(ingest(corpus, path)).verdict is Verdict.UNCHANGED
    assert only(ingest(corpus, path, passwords=["wrong"])).reason is Reason.ENCRYPTED
    opened = only(ingest(corpus, path, passwords=["wrong", "right"]))
    assert (opened.verdict, opened.state, opened.reason, opened.detail) == (
        Verdict.NEW,
        State.SEARCHABLE,
        Reason.NONE,
        "",
    )
    assert pages_with(corpus, "alpha") == [(opened.document, 1)]
    assert only(ingest(corpus, path, passwords=["wrong"])).verdict is Verdict.UNCHANGED


# Dry run


def everything_in(folder: Path) -> dict[str, bytes]:
    ours = (path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(("-wal", "-shm")))
    return {str(path): path.read_bytes() for path in ours}


def test_dry_run_says_what_a_run_would_do(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    ingest(corpus, folder)
    make(folder / "가.pdf", lines("new"))
    shutil.copyfile(folder / NFC, folder / "나.pdf")
    shutil.copyfile(folder / "가.pdf", folder / "다.pdf")
    (folder / "라.rar").write_bytes(b"Rar!\x1a\x07\x01\0")
    (folder / "마.pdf").symlink_to(tmp_path / "없음.pdf")
    said = {planned.source.relative: planned.action.split(" ")[0] for planned in plan([folder], corpus, REQUEST)}
    assert said == {
        NFC: "unchanged:",
        f"별지/{NFD}": "unchanged:",
        "별지/한글.hwp": "unchanged:",
        "가.pdf": "read",
        "나.pdf": "same",
        "다.pdf": "same",
        "라.rar": "keep,",
        "마.pdf": "list",
    }


def test_dry_run_writes_nothing(corpus: Corpus, folder: Path, own_cache: Path) -> None:
    before, change = everything_in(corpus.folder), corpus.store.last_change()
    assert len(plan([folder], corpus, REQUEST)) == 3
    assert everything_in(corpus.folder) == before
    assert corpus.store.last_change() == change == 0
    assert not own_cache.exists()
    with only_writer(corpus.folder, "시험"):
        plan([folder], corpus, REQUEST)  # needs no lock


def test_dry_run_tells_of_papers_left_half_read(corpus: Corpus, folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        ingest(corpus, folder, executor=OutOfOrder())
    said = {planned.source.relative: planned.action for planned in plan([folder], corpus, REQUEST)}
    assert said[NFC].startswith("read")


class OutOfOrder(SerialExecutor):
    """An executor that takes no task."""

    def submit(self, *args: Any, **kwargs: Any) -> Any:
        raise ZeroDivisionError


# Who may write, and who reads meanwhile

HOLD = """
import sys
from pathlib import Path
from corpus import Corpus
from ingest.pipeline import run
from ingest.workers import SerialExecutor
from tests.ingests import REQUEST
with Corpus.open(sys.argv[1]) as corpus:
    for outcome in run([Path(sys.argv[2])], corpus, REQUEST, executor=SerialExecutor()):
        if outcome.verdict == "new":
            print("began", flush=True)
            sys.stdin.read()
"""


def test_second_ingest_is_told_who_holds_the_corpus(corpus: Corpus, folder: Path) -> None:
    pipe = subprocess.PIPE
    command = [sys.executable, "-c", HOLD, str(corpus.folder), str(folder)]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    root = Path(__file__).parent.parent
    with subprocess.Popen(command, cwd=root, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "began\n"
        with pytest.raises(CorpusLocked, match=f"an ingest, process {process.pid} on .*wait until it is done"):
            ingest(corpus, folder)
        assert len(plan([folder], corpus, REQUEST)) == 3
        with Searcher(corpus) as searcher:  # readers never wait
            assert searcher.quote("alpha").places or searcher.quote("gamma").places
        process.communicate()
    assert process.returncode == 0
    assert [outcome.verdict for outcome in ingest(corpus, folder)] == [Verdict.UNCHANGED] * 3


def test_reader_sees_whole_papers_while_an_ingest_runs(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every moment, what is found is there, and what is counted is found."""
    monkeypatch.setattr(indexing, "_COMMIT_PAGES", 8)
    seen: list[int] = []
    with Searcher(corpus) as searcher:
        for _ in run([SAMPLE], corpus, REQUEST, executor=SerialExecutor()):
            results = searcher.search("식별추적시스템", limit=100)
            assert len(results.hits) == results.total
            assert len({hit.document.document.id for hit in results.hits}) == results.documents
            for hit in results.hits:
                assert hit.page == corpus.store.page(hit.page.document, hit.page.number)
            quoted = searcher.quote("인공지능 식별추적시스템", limit=1000)
            assert len({place.document for place in quoted.places}) >= results.documents
            seen.append(results.total)
    assert seen == sorted(seen)
    assert seen[-1] <= len(pages_with(corpus, "식별추적시스템"))


def test_closing_early_leaves_a_corpus_that_goes_on(corpus: Corpus, folder: Path) -> None:
    outcomes = run([folder], corpus, REQUEST, executor=SerialExecutor())
    next(outcomes)
    outcomes.close()  # type: ignore[attr-defined]
    assert len(by_name(ingest(corpus, folder))) == 3
    assert len(pages_with(corpus, "gamma")) == len(pages_with(corpus, "beta")) == 1


# Progress


def test_progress_ends_at_its_totals(corpus: Corpus, folder: Path, tmp_path: Path) -> None:
    shutil.copyfile(folder / NFC, folder / "사본.pdf")
    (folder / "끊긴.pdf").symlink_to(tmp_path / "없음")
    (folder / "빈.pdf").touch()
    for first in (True, False):
        told: list[Progress] = []
        outcomes = ingest(corpus, folder, progress=told.append)
        last = told[-1]
        assert last.files == last.of_files == len(outcomes) == 6
        assert last.bytes == last.of_bytes == sum(outcome.source.size for outcome in outcomes)
        assert last.pages == (3 if first else 0)
        for before, after in pairwise(told):
            assert (before.files, before.bytes, before.pages) <= (after.files, after.bytes, after.pages)
            assert (before.of_files, before.of_bytes) == (after.of_files, after.of_bytes)


# When the corpus cannot be written


def test_path_that_is_not_there_is_told_before_anything_is_done(corpus: Corpus, folder: Path) -> None:
    with pytest.raises(UsageError, match="is not there"):
        ingest(corpus, folder, folder / "없음")
    assert corpus.store.releases() == {}


def test_full_disk_stops_the_run_in_one_sentence(corpus: Corpus, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put = type(corpus.originals).put

    def full(originals: object, source: Path) -> tuple[str, int]:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(type(corpus.originals), "put", full)
    with pytest.raises(CorpusUnusable, match=r"No space left on device\); make room"):
        ingest(corpus, folder)
    assert corpus.store.documents() == {}
    monkeypatch.setattr(type(corpus.originals), "put", put)
    assert by_name(ingest(corpus, folder))[NFC].verdict is Verdict.NEW


@pytest.mark.skipif(sys.platform == "win32", reason="limits on the size of files are POSIX")
def test_disk_that_fills_up(corpus: Corpus) -> None:
    """A real limit, in the index, the originals or the catalogue; without it, the run goes on."""
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from corpus import Corpus\n"
        "from corpus.errors import CorpusUnusable\n"
        "from tests.ingests import ingest\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "with Corpus.open(sys.argv[1]) as corpus:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (300 << 10, resource.RLIM_INFINITY))\n"
        "    try:\n"
        "        ingest(corpus, Path(sys.argv[2]))\n"
        "    except CorpusUnusable as error:\n"
        "        print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(corpus.folder), str(SAMPLE)],
        cwd=Path(__file__).parent.parent,
        env={**os.environ, "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith(f"{corpus.folder} cannot be written to (")
    assert done.stdout.count("\n") == 1
    assert len(ingest(corpus, SAMPLE)) == len(list(SAMPLE.iterdir()))
    assert corpus.store.coverage().total == 44


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write to any folder")
def test_read_only_corpus_is_told_in_one_sentence(corpus: Corpus, folder: Path) -> None:
    corpus.folder.chmod(0o500)
    try:
        with pytest.raises(CorpusUnusable, match="cannot be written"):
            ingest(corpus, folder)
    finally:
        corpus.folder.chmod(0o700)


@pytest.mark.skipif(sys.platform != "linux", reason="such names are Linux's")
def test_folder_whose_name_is_in_other_bytes(corpus: Corpus, folder: Path) -> None:
    renamed = Path(os.fsdecode(os.fsencode(folder.parent) + b"/" + "받은 자료".encode("cp949")))
    folder.rename(renamed)
    assert by_name(ingest(corpus, renamed))[NFC].verdict is Verdict.NEW
    (delivery,) = corpus.store.deliveries().values()
    assert delivery.source.endswith("받은 자료")
