"""Indexes are disposable: whatever happens to one, the next that may write has the same answers again."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from corpus import Corpus
from search import Searcher
from search.engines.whoosh import WhooshIndex
from search.index import Index
from search.indexes import behind, cache_folder, catch_up, index_folder, open_index
from search.query import Word
from tests.conftest import Write

ROOT = Path(__file__).resolve().parent.parent

Answers = tuple[object, ...]


def answers(index: Index) -> Answers:
    words = ["안면인식", "인식", "동의", "5764만", "image", "면", "처음", "나중"]
    return (
        index.state().pages,
        index.state().documents,
        [sorted((h.document, h.number) for h in index.search(Word(w), None, None, None, 100).hits) for w in words],
        [index.candidates(quote, None) for quote in ("안면인식", "동의없이", "면", "의없")],
        [index.frequency(term) for term in ("안면", "인식", "동의", "5764", "images", "처음", "나중")],
    )


def fresh(corpus: Corpus, folder: Path) -> Answers:
    """Return the answers of an index made from nothing."""
    shutil.rmtree(folder, ignore_errors=True)
    index = WhooshIndex(folder, writable=True)
    catch_up(corpus, index)
    found = answers(index)
    index.close()
    return found


def brought_up(corpus: Corpus) -> Answers:
    """Open the corpus's own index as its writer, and bring it up to date."""
    index = open_index(corpus, writable=True)
    catch_up(corpus, index)
    assert behind(corpus, index) == []
    found = answers(index)
    index.close()
    return found


@pytest.fixture
def filled(corpus: Corpus, write: Write) -> Corpus:
    """A corpus with an index of several segments."""
    for n in range(3):
        write(f"안면인식 {n} 동의", "없이 5,764만 건, images", name=f"{n}.pdf")
        brought_up(corpus)
    return corpus


def test_it_lies_in_the_users_cache_and_is_the_users_alone(
    filled: Corpus, own_cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = index_folder(filled)
    assert folder.is_relative_to(own_cache)
    assert filled.settings.id in folder.name
    assert any(folder.iterdir())
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    inside = {path.name for path in filled.folder.rglob("*")}
    assert not {name for name in inside if "whoosh" in name or "grams" in name or name.endswith((".toc", ".seg"))}
    monkeypatch.delenv("GONGMUN_CACHE")
    assert not cache_folder().is_relative_to(filled.folder)
    assert "gongmun" in str(cache_folder())


def test_two_corpora_have_two_indexes(corpus: Corpus, tmp_path: Path) -> None:
    with Corpus.create(tmp_path / "other") as other:
        assert index_folder(other) != index_folder(corpus)


def test_a_missing_index_is_made(corpus: Corpus, write: Write) -> None:
    document = write("안면인식")
    assert not index_folder(corpus).exists()
    with Searcher(corpus) as search:
        assert [hit.document.document.id for hit in search.search("안면인식")] == [document]
    assert index_folder(corpus).exists()


def half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def gone(path: Path) -> None:
    path.unlink()


def garbage(path: Path) -> None:
    path.write_bytes(b"\x80garbage\n" * (path.stat().st_size // 9 + 1))


@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")  # Whoosh leaves a segment open that it cannot read
def test_any_damaged_file_is_made_good(filled: Corpus, tmp_path: Path) -> None:
    expected = fresh(filled, tmp_path / "fresh")
    folder, kept = index_folder(filled), tmp_path / "kept"
    shutil.copytree(folder, kept)
    kinds = {path.suffix: path.relative_to(kept) for path in kept.rglob("*") if path.is_file() and path.stat().st_size}
    assert set(kinds) == {".sqlite", ".toc", ".seg"}
    for harm in (half, empty, gone, garbage):
        for file in kinds.values():
            shutil.rmtree(folder)
            shutil.copytree(kept, folder)
            harm(folder / file)
            reader = open_index(filled)  # nothing to be had from it, but no failure either
            assert reader.search(Word("안면인식"), None, None, None, 9).total == 0
            reader.close()
            assert brought_up(filled) == expected, (harm.__name__, file)
    gc.collect()  # while the warnings are ignored


def test_garbage_among_the_tables_is_made_good(filled: Corpus, tmp_path: Path) -> None:
    expected = fresh(filled, tmp_path / "fresh")
    path = index_folder(filled) / "grams.sqlite"
    whole = path.read_bytes()
    for third in (1, 2):
        path.write_bytes(whole[: third * len(whole) // 3] + os.urandom(len(whole) - third * len(whole) // 3))
        assert brought_up(filled) == expected


def test_an_index_of_another_form_is_made_anew(filled: Corpus, tmp_path: Path) -> None:
    expected = fresh(filled, tmp_path / "fresh")
    with sqlite3.connect(index_folder(filled) / "grams.sqlite") as connection:
        connection.execute("UPDATE meta SET value = 'whoosh 0' WHERE name = 'format'")
    connection.close()
    with_old = open_index(filled)
    assert with_old.state().pages == 0
    assert len(behind(filled, with_old)) == 3
    with_old.close()
    assert brought_up(filled) == expected


_KILLED = """
import sys
from corpus import Corpus
from search.indexes import catch_up, open_index

with Corpus.open(sys.argv[1]) as corpus:
    catch_up(corpus, open_index(corpus, writable=True))
"""


def killed_in_commit(corpus: Corpus) -> None:
    environment = {**os.environ, "GONGMUN_FAILPOINT": "index commit"}
    done = subprocess.run([sys.executable, "-c", _KILLED, str(corpus.folder)], cwd=ROOT, env=environment, check=False)
    assert done.returncode != 0


def test_killed_in_a_commit(filled: Corpus, write: Write, tmp_path: Path) -> None:
    document = write("처음 글", "처음", name="가.pdf")
    write("나중 글", name="0.pdf", fingerprint="test-2", document=sorted(filled.store.visible())[0])
    before = open_index(filled)
    was = answers(before)
    killed_in_commit(filled)
    before.refresh()
    assert before.state().change < filled.store.last_change()
    late = open_index(filled)
    assert set(behind(filled, late)) >= {document}
    late.close()
    before.close()
    killed_in_commit(filled)  # and once more, before anything was mended
    expected = fresh(filled, tmp_path / "fresh")
    assert expected != was
    assert brought_up(filled) == expected
    assert brought_up(filled) == expected


def test_killed_in_a_commit_of_a_removal(filled: Corpus, tmp_path: Path) -> None:
    first = sorted(filled.store.visible())[0]
    with filled.store.writing() as record:
        record.remove(filled.store.occurrences(first), "누군가")
    killed_in_commit(filled)
    expected = fresh(filled, tmp_path / "fresh")
    with Searcher(filled) as search:
        assert search.search("안면인식").total == 2
        assert answers(search.index) == expected


def test_the_gap_is_replayed_and_nothing_else(filled: Corpus, write: Write, tmp_path: Path) -> None:
    new = write("나중 글", name="새.pdf")
    old = sorted(filled.store.visible() - {new})[0]
    with filled.store.writing() as record:
        record.remove(filled.store.occurrences(old), "누군가")
    index = open_index(filled, writable=True)
    assert set(behind(filled, index)) == {new, old}
    told: list[tuple[int, int]] = []
    assert catch_up(filled, index, lambda done, of: told.append((done, of))) == 2
    assert told == [(1, 2), (2, 2)]
    assert catch_up(filled, index) == 0
    assert index.state().change == filled.store.last_change()
    found = answers(index)
    index.close()
    assert found == fresh(filled, tmp_path / "fresh")


def test_what_was_not_committed_is_forgotten(filled: Corpus, write: Write) -> None:
    from search.analysis import entries

    document = write("처음 글", name="새.pdf")
    index = open_index(filled, writable=True)
    index.put_pages(document, entries(filled.store.pages(document)))
    index.close()
    reader = open_index(filled)
    assert document in behind(filled, reader)
    assert reader.search(Word("처음"), None, None, None, 9).total == 0
    reader.close()
    assert brought_up(filled)[1] == 4


def test_only_the_writer_may_make_an_index(corpus: Corpus, write: Write) -> None:
    from corpus.locking import only_writer

    write("안면인식")
    with only_writer(corpus.folder, "test"), Searcher(corpus) as search:
        assert search.search("안면인식").behind == 1
        assert search.quote("안면인식").grade.word == "exact"
        assert not index_folder(corpus).exists()
        brought_up(corpus)
        assert search.search("안면인식").total == 1
        assert search.search("안면인식").behind == 0
