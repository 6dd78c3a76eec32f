"""The Whoosh engine by itself: many small commits, merging, readers beside a writer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from corpus import Corpus
from corpus.model import Page
from search.analysis import entries
from search.engines.evaluation import Postings
from search.engines.postings import ReadBefore
from search.engines.scan import ScanIndex
from search.engines.whoosh import Part, WhooshIndex
from search.index import Documents, Index, Tree
from search.query import And, Not, Prefix, Scope, Word
from tests.conftest import Write
from tests.contracts.test_index_contract import found


def put(index: Index, document: str, *texts: str) -> None:
    index.put_pages(document, entries([Page(document, n, "f", text) for n, text in enumerate(texts, start=1)]))


def total(index: Index, word: str) -> int:
    return index.search(Word(word), None, None, None, 1000).total


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "ix"


def test_many_small_commits_merge_and_still_agree(corpus: Corpus, write: Write, folder: Path) -> None:
    index, reader = WhooshIndex(folder, writable=True), WhooshIndex(folder)
    trees: list[Tree] = [
        Word("안면인식"),
        Word("문서"),
        Word("5764만"),
        Prefix("im"),
        Word("image"),
        Not(Word("동의")),
        And((Word("안면"), Word("동의"))),
        Scope("document", And((Word("둘째"), Word("안면")))),
        Word("면"),
    ]
    seen: list[str] = []
    segments: list[int] = []
    for n in range(22):
        if n % 5 == 4:  # read again, with other pages
            document = seen[n // 2]
            write(f"다시 읽은 문서 {n} 동의", name="다시.pdf", fingerprint=f"test-{n}", document=document)
        elif n % 7 == 6:
            document = seen.pop(0)
            with corpus.store.writing() as record:
                record.remove(corpus.store.occurrences(document), "누군가")
        else:
            document = write(f"안면 인식 문서 {n}", f"둘째 쪽 5,764만 images {n}", name=f"{n}.pdf")
            seen.append(document)
        pages = corpus.store.pages(document) if document in corpus.store.visible() else []
        if pages:
            index.put_pages(document, entries(pages))
        else:
            index.delete(document)
        index.commit(corpus.store.last_change())
        segments.append(len(list((folder / "whoosh").glob("*.seg"))))
        if n in (6, 13, 21):
            scan = ScanIndex(corpus.store)
            reader.refresh()
            assert index.state() == reader.state() == scan.state()
            for tree in [*trees, Documents(frozenset(seen[:2]))]:
                assert found(index, tree) == found(reader, tree) == found(scan, tree), (n, tree)
    assert max(segments) < 20
    assert min(segments[12:]) < max(segments[:12])  # they were merged
    reader.close()
    index.close()
    again = WhooshIndex(folder)
    assert found(again, Word("문서")) == found(ScanIndex(corpus.store), Word("문서"))
    again.close()


def test_a_document_put_twice_before_a_commit_counts_once(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    put(index, "d", "처음 글", "둘째 처음")
    put(index, "d", "나중 글")
    put(index, "e", "나중 글")
    index.delete("e")
    index.commit(1)
    assert (total(index, "처음"), total(index, "나중"), total(index, "글")) == (0, 1, 1)
    assert index.frequency("나중") == 1
    assert (index.state().pages, index.state().documents) == (1, 1)
    index.close()


def test_a_reader_beside_a_writer(folder: Path) -> None:
    early = WhooshIndex(folder)  # before there is one
    assert (total(early, "글"), early.state().change) == (0, 0)
    writer = WhooshIndex(folder, writable=True)
    put(writer, "d", "처음 글")
    beside = WhooshIndex(folder)  # a reader never waits for a writer in the midst of its work, nor harms it
    assert total(beside, "글") == 0
    assert beside.candidates("처음글", None) == []
    writer.commit(1)
    for reader in (early, beside):
        assert total(reader, "글") == 0  # as when it last looked
        reader.refresh()
        assert total(reader, "글") == 1
        assert reader.state().change == 1
        assert reader.candidates("처음글", None) == [("d", 1)]
    put(writer, "d", "나중 글")
    writer.close()
    early.refresh()
    assert (total(early, "처음"), total(early, "나중")) == (1, 0)
    early.close()
    beside.close()


def test_ranking_by_rare_words_and_their_number(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    put(index, "d", "법무부 " * 3 + "자료 " * 20, "법무부 안면인식 자료", "법무부 자료 " * 5, *["법무부 공문"] * 20)
    index.commit(1)
    hits = index.search(And((Word("법무부"), Word("자료"))), None, None, None, 10).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert index.search(Word("안면인식"), None, None, None, 1).hits[0].number == 2
    assert hits[0].score > 0
    index.close()


def test_a_term_on_very_many_places_of_a_page(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    put(index, "d", "법무부 " * 5000, "법무부")
    index.commit(1)
    hits = index.search(Word("법무"), None, None, None, 9).hits
    assert {hit.number for hit in hits} == {1, 2}
    index.close()


def test_terms_and_how_often_they_stand(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    put(index, "d", "image images", "imagine\n- 이미지", "image")
    index.commit(1)
    assert index.terms("ima", 10) == ["image", "images", "imagine"]
    assert index.terms("ima", 2) == ["image", "images"]
    assert index.terms("이", 2) == ["이", "이미"]
    assert [index.frequency(term) for term in ("image", "images", "이미", "없음")] == [2, 1, 1, 0]
    index.close()


def test_an_index_of_nothing(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    assert total(index, "글") == 0
    assert index.search(Not(Word("글")), None, None, None, 9).total == 0
    put(index, "d")
    put(index, "e", "")
    index.commit(3)
    assert index.search(Not(Word("글")), None, None, None, 9).total == 1
    assert index.state().change == 3
    assert index.candidates("글", None) == index.candidates("긴글이다", None) == []
    index.close()


def test_postings_are_those_that_whoosh_itself_reads(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    for n in range(14):  # more segments than are left alone
        put(index, f"d{n}", "동의 없이 동의 1.7억", "consent and consent", f"쪽 {n}")
        index.commit(n + 1)
    index.delete("d3")
    index.commit(20)
    postings = {"terms": index._snapshot.postings, "morphemes": index._snapshot.morphemes}
    compared = 0
    for field, term in index._reader.all_terms():
        if field in postings:
            expected: dict[int, float] = {}
            for leaf, base in index._reader.leaf_readers():
                if (field, term) in leaf:
                    matcher = leaf._terms.matcher(field, term, leaf.schema[field].format)
                    while matcher.is_active():
                        expected[matcher.id() + base] = matcher.weight()
                        matcher.next()
            places, often = postings[field](term.decode())
            assert dict(zip(places.tolist(), often.tolist(), strict=True)) == expected
            compared += len(expected)
    assert compared > 100
    assert [len(part) for part in postings["terms"]("nowhere")] == [0, 0]
    index.close()


def test_opening_an_index_copies_nothing_of_its_postings(folder: Path) -> None:
    index = WhooshIndex(folder, writable=True)
    put(index, "d", "동의 없이")
    index.commit(1)
    (leaf, _), *_ = index._reader.leaf_readers()
    files = [leaf._terms._postfile, leaf._terms._dbfile]
    mapped = leaf._storage.a._source
    assert all(isinstance(file, Part) and memoryview(file._buf).obj is mapped for file in files)
    index.close()
    assert all(file.is_closed for file in files)


def test_what_was_asked_for_last_is_kept() -> None:
    asked: list[str] = []

    def read(term: str) -> Postings:
        asked.append(term)
        return np.arange(1000, dtype=np.int32), np.ones(1000, dtype=np.float32)

    kept = ReadBefore(read, most=2500)  # two of them
    for term in ("a", "b", "a", "c", "a", "b"):
        assert len(kept(term)[0]) == 1000
    assert asked == ["a", "b", "c", "b"]
