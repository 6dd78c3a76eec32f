"""Custody: every difference between originals, catalogue and index is told, and nothing else."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.custody import Indexed, Kind, Problem, verify
from corpus.model import Document, Reason, State
from tests.conftest import Write


def kinds(corpus: Corpus) -> list[Kind]:
    return [problem.kind for problem in checked(corpus)]


def checked(corpus: Corpus, index: Indexed | None = None) -> list[Problem]:
    found = verify(corpus, (lambda: index) if index else None)
    for problem in found:
        assert problem.sentence.endswith(".")
        assert "\n" not in problem.sentence
    return found


def change(corpus: Corpus, statement: sa.Executable) -> None:
    with corpus.store.writing() as record:
        record.connection.execute(statement)


def original(corpus: Corpus, document: str) -> Path:
    path = corpus.originals.local(document)
    path.chmod(0o600)
    return path


def test_whole_corpus_has_no_problem(corpus: Corpus, write: Write) -> None:
    write("하나", "둘")
    write("셋", name="셋.pdf")
    locked = Document(write(name="암호.pdf"), 1, "", None, State.NOT_SEARCHABLE, Reason.ENCRYPTED)
    with corpus.store.writing() as record:
        record.settle(locked, "t", 1)
    assert checked(corpus) == []


def test_progress_is_told(corpus: Corpus, write: Write) -> None:
    write("하나")
    write("둘", name="둘.pdf")
    told: list[tuple[str, int, int]] = []
    verify(corpus, progress=lambda *step: told.append(step))
    assert told == [("originals", 1, 2), ("originals", 2, 2)]


# -- originals


def test_missing_original(corpus: Corpus, write: Write) -> None:
    document = write("하나")
    original(corpus, document).unlink()
    (problem,) = checked(corpus)
    assert (problem.kind, problem.document) == (Kind.MISSING, document)
    assert "restore it from a backup" in problem.sentence


def test_altered_original(corpus: Corpus, write: Write) -> None:
    document = write("하나")
    original(corpus, document).write_bytes(b"other bytes")
    (problem,) = checked(corpus)
    assert (problem.kind, problem.document) == (Kind.ALTERED, document)
    assert hashlib.sha256(b"other bytes").hexdigest()[:12] in problem.sentence


def test_original_that_was_never_listed(corpus: Corpus, tmp_path: Path) -> None:
    source = tmp_path / "x.pdf"
    source.write_bytes(b"x")
    corpus.originals.put(source)
    (problem,) = checked(corpus)
    assert problem.kind is Kind.STRAY
    assert "never listed" in problem.sentence


@pytest.mark.parametrize("name", ["메모.txt", "aa/메모.txt", f"aa/bb/{'c' * 64}", f"aa/aa/{'a' * 64}"])
def test_stray_file(corpus: Corpus, write: Write, name: str) -> None:
    write("하나")
    path = corpus.folder / "originals" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"half")
    assert kinds(corpus) == [Kind.STRAY]


def test_file_on_its_way_in_is_no_stray(corpus: Corpus, write: Write) -> None:
    write("하나")
    (corpus.folder / "originals" / "part" / "0123").write_bytes(b"half")
    assert checked(corpus) == []


# -- catalogue


def test_missing_page(corpus: Corpus, write: Write) -> None:
    document = write("하나", "둘", "셋")
    change(corpus, sa.delete(tables.pages).where(tables.pages.c.number == 2))
    (problem,) = checked(corpus)
    assert (problem.kind, problem.document) == (Kind.PAGES, document)
    assert "2 of the 3 pages; page 2 is the first missing" in problem.sentence


def test_page_too_many(corpus: Corpus, write: Write) -> None:
    write("하나", "둘", "셋")
    change(corpus, sa.update(tables.documents).values(pages=2))
    (problem,) = checked(corpus)
    assert "3 pages and is listed with 2" in problem.sentence


@pytest.mark.parametrize(("current", "said"), [(True, "2 current"), (False, "no current")])
def test_current_extraction_is_one(corpus: Corpus, write: Write, current: bool, said: str) -> None:
    document = write("하나")
    write("하나", document=document, fingerprint="test-2")
    change(corpus, sa.update(tables.pages).values(current=current))
    (problem,) = checked(corpus)
    assert (problem.kind, problem.document) == (Kind.CURRENT, document)
    assert said in problem.sentence


@pytest.mark.parametrize(("page", "said"), [(0, "the file as a whole"), (2, "page 2")])
def test_missing_stage(corpus: Corpus, write: Write, page: int, said: str) -> None:
    write("하나", "둘")
    change(corpus, sa.delete(tables.stages).where(tables.stages.c.page == page))
    (problem,) = checked(corpus)
    assert problem.kind is Kind.STAGES
    assert said in problem.sentence


def test_page_of_an_unlisted_extraction(corpus: Corpus, write: Write) -> None:
    write("하나")
    change(corpus, sa.delete(tables.extractions))
    assert kinds(corpus) == [Kind.NO_EXTRACTION]


# -- index


def test_index_that_holds_the_same(corpus: Corpus, write: Write) -> None:
    one, other = write("하나", "둘"), write("셋", name="셋.pdf")
    last = corpus.store.last_change()
    assert checked(corpus, Indexed(last, {one: 2, other: 1})) == []


def test_index_that_differs(corpus: Corpus, write: Write) -> None:
    one, other = write("하나", "둘"), write("셋", name="셋.pdf")
    last = corpus.store.last_change()
    found = checked(corpus, Indexed(last, {one: 1, "e" * 64: 3}))
    assert {(problem.kind, problem.document) for problem in found} == {
        (Kind.INDEX, document) for document in (one, other, "e" * 64)
    }
    assert all("gongmun reindex" in problem.sentence for problem in found)


def test_index_must_not_hold_what_was_removed(corpus: Corpus, write: Write) -> None:
    document = write("하나")
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document), "김")
    last = corpus.store.last_change()
    assert [problem.kind for problem in checked(corpus, Indexed(last, {document: 1}))] == [Kind.INDEX]
    assert checked(corpus, Indexed(last, {})) == []


def test_index_behind_or_ahead_is_not_compared(corpus: Corpus, write: Write) -> None:
    write("하나")
    for at in (0, 99):
        (problem,) = checked(corpus, Indexed(at, {}))
        assert (problem.kind, problem.document) == (Kind.INDEX, "")
        assert f"at change {at}" in problem.sentence
