"""The catalogue on SQLite: readers and writers beside each other, and refusals.

What every catalogue does is in contracts/test_catalogue_contract.py.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import Corpus, disk, tables
from corpus.errors import CorpusTooNew, CorpusUnusable
from corpus.model import Document
from corpus.store import Store
from tests.conftest import Write


@contextmanager
def writer_at_work(store: Store) -> Iterator[threading.Event]:
    """Hold a write transaction open in another thread until the event is set."""
    begun, finish = threading.Event(), threading.Event()

    def work() -> None:
        with store.writing() as record:
            record.document(Document("f" * 64, 1, "x"))
            begun.set()
            finish.wait(10)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(10)
    try:
        yield finish
    finally:
        finish.set()
        thread.join()


def test_reader_does_not_wait_for_a_writer(corpus: Corpus, write: Write) -> None:
    document = write("하나")
    with writer_at_work(corpus.store):
        started = time.perf_counter()
        assert corpus.store.page(document, 1).text == "하나"
        assert list(corpus.store.documents()) == [document]
        assert time.perf_counter() - started < 1
    assert len(corpus.store.documents()) == 2


def test_reader_sees_one_state_for_as_long_as_it_reads(corpus: Corpus, write: Write) -> None:
    write("하나")
    count = sa.select(sa.func.count()).select_from(tables.documents)
    with corpus.store.reading() as connection:
        assert connection.scalar(count) == 1
        write("둘", name="둘.pdf")
        assert connection.scalar(count) == 1
    assert len(corpus.store.documents()) == 2


def test_busy_writer_waits_for_its_turn(corpus: Corpus) -> None:
    with writer_at_work(corpus.store) as finish:
        threading.Timer(0.2, finish.set).start()
        started = time.perf_counter()
        with corpus.store.writing() as record:
            record.document(Document("e" * 64, 1, "x"))
        assert time.perf_counter() - started > 0.1
    assert set(corpus.store.documents()) == {"e" * 64, "f" * 64}


def test_many_threads_may_write_and_read(corpus: Corpus) -> None:
    def work(n: int) -> None:
        with corpus.store.writing() as record:
            record.change(f"{n:064x}", "read")
        corpus.store.last_change()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert corpus.store.last_change() == 8
    assert len(corpus.store.changed_since(0)[1]) == 8


def test_catalogue_is_made_to_survive(corpus: Corpus) -> None:
    with corpus.store.reading() as connection:
        said = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous")]
        assert said == ["wal", 2]
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_korean_text_is_stored_as_itself(corpus: Corpus, write: Write) -> None:
    write("얼굴 1억 7천만 건")
    with sqlite3.connect(corpus.folder / "catalogue.sqlite") as connection:
        assert connection.execute("SELECT text FROM pages").fetchone() == ("얼굴 1억 7천만 건",)
    connection.close()


def test_newer_catalogue_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "새 말뭉치"
    with Corpus.create(folder) as corpus, corpus.store.writing() as record:
        record.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(CorpusTooNew, match="install a newer Gongmun"):
        Corpus.open(folder)


def test_file_that_is_no_catalogue_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "깨진 말뭉치"
    Corpus.create(folder).close()
    (folder / "catalogue.sqlite").write_bytes(b"not a database, and longer than a header" * 50)
    with pytest.raises(CorpusUnusable, match="restore a backup"):
        Corpus.open(folder)


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_network_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(disk, "_file_system", lambda folder: kind)
    with pytest.raises(CorpusUnusable, match="local disk"):
        Store(f"sqlite:///{tmp_path / 'catalogue.sqlite'}")


def test_local_disk_is_not_refused(tmp_path: Path) -> None:
    disk.refuse_network(tmp_path)


def test_labels_of_all_pages_by_number(corpus: Corpus, write: Write) -> None:
    id = write("하나", "둘", "셋")
    pages = corpus.store.pages(id)
    with corpus.store.writing() as record:
        record.connection.execute(
            sa.update(tables.pages).where(tables.pages.c.document == id, tables.pages.c.number == 2).values(label=None)
        )
    assert [page.number for page in pages] == [1, 2, 3]
    assert corpus.store.labels(id) == ["1", None, "3"]
    assert corpus.store.labels("f" * 64) == []


def test_an_extraction_by_its_fingerprint(corpus: Corpus, write: Write) -> None:
    id = write("하나")
    found = corpus.store.extraction(id, "test-1")
    assert found is not None
    assert (found.document, found.tool, found.pages) == (id, "test", 1)
    assert corpus.store.extraction(id, "test") is None
