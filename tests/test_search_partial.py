"""Partial matches: which parts of a query are loose, what a page lacks, and that they come after all others."""

from __future__ import annotations

import pytest

from corpus import Corpus
from search import Searcher
from search.engines.scan import ScanIndex
from search.partial import FEW, loosened, without_particle
from search.query import parse, unparse
from tests.conftest import Write


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("바그너는", "바그너"),
        ("국가인권위원회에서는", "국가인권위원회"),
        ("AI를", "AI"),
        ("2019년에", "2019년"),
        ("여성의?", "여성"),
        ("나는", "나는"),  # two letters must be left
        ("안면인식", "안면인식"),
        ("비공개로", "비공개"),
        ("the", "the"),
    ],
)
def test_particles_come_off(word: str, bare: str) -> None:
    assert without_particle(word) == bare


@pytest.mark.parametrize(
    ("query", "instead"),
    [
        ("안면을 동의", "안면 OR 동의"),
        ("안면을 동의 -파기", "(안면 OR 동의) -파기"),
        ('안면 동의 "받지 않"', '(안면 OR 동의) "받지 않"'),
        ("안면 동의 agency:법무부 =AI", "(안면 OR 동의) agency:법무부 =AI"),
        ("안면 (동의를 OR 승낙)", "안면 OR 동의 OR 승낙"),
        ("안면 개인*", "안면 OR 개인*"),
        ("consent of the people", "consent OR people"),
        ("to be", "to OR be"),
        ("scope:document 안면 동의", "scope:document 안면 OR 동의"),
    ],
)
def test_what_is_looked_for_instead(query: str, instead: str) -> None:
    loose = loosened(parse(query))
    assert loose is not None
    assert unparse(loose.node) == instead
    assert parse(instead) == loose.node


@pytest.mark.parametrize(
    "query", ["안면", "안면 OR 동의", '"안면 인식"', "안면 -동의", "=안면 =동의", "안면 date:2019"]
)
def test_what_cannot_be_loosened(query: str) -> None:
    assert loosened(parse(query)) is None


def test_partial_matches_come_last_and_say_what_they_lack(corpus: Corpus, write: Write) -> None:
    write("동의 동의 동의", "안면 데이터와 동의", "안면 데이터", "다른 글")
    with Searcher(corpus) as searcher:
        results = searcher.search("안면데이터 동의를", partial=True)
        assert (results.total, results.documents, results.partial) == (0, 0, 3)
        results = searcher.search("안면데이터 동의", partial=True)
        assert (results.total, results.documents, results.partial) == (1, 1, 2)
        assert (results.hits[0].page.number, results.hits[0].partial, results.hits[0].missing) == (2, False, ())
        lacking = {hit.page.number: hit.missing for hit in results.hits[1:]}
        assert lacking == {1: ("안면데이터",), 3: ("동의",)}
        assert all(hit.partial and hit.matches for hit in results.hits[1:])
        assert results.facets["kind"] == {"page": 3} or sum(results.facets["kind"].values()) == 3
        assert searcher.search("안면데이터 동의").partial == 0  # asked for by name alone


def test_what_binds_still_binds(corpus: Corpus, write: Write) -> None:
    write("안면 비밀", "동의", "동의 비밀", agency="법무부", name="가.pdf")
    write("안면", agency="과기정통부", release="다른", name="나.pdf")
    with Searcher(corpus) as searcher:
        found = searcher.search("안면 동의 -비밀 agency:법무부", partial=True)
        assert [(hit.page.number, hit.missing) for hit in found] == [(2, ("안면",))]
        assert searcher.search('안면 동의 "없는 말"', partial=True).partial == 0


def test_where_many_pages_have_all_the_words_none_follow(corpus: Corpus, write: Write) -> None:
    write(*["안면 동의"] * FEW, "안면")
    with Searcher(corpus) as searcher:
        assert searcher.search("안면 동의", partial=True).partial == 0
    write(*["안면 동의"] * (FEW - 1), "안면", name="다른.pdf", release="다른")
    with Searcher(corpus) as searcher:
        assert searcher.search("안면 동의 release:다른", partial=True).partial == 1


def test_paging_walks_from_whole_matches_to_partial_ones(corpus: Corpus, write: Write) -> None:
    write("안면", "안면 동의", "동의", "안면 동의", "기타", "동의 동의")
    with Searcher(corpus) as searcher:
        every = [(hit.page.number, hit.partial) for hit in searcher.search("안면 동의", 99, partial=True)]
        assert [partial for _, partial in every] == [False] * 2 + [True] * 3
        for step in (1, 2, 3):
            walked = [
                (hit.page.number, hit.partial)
                for offset in range(0, 6, step)
                for hit in searcher.search("안면 동의", step, offset, partial=True)
            ]
            assert walked == every


def test_best_pages_of_documents_are_marked_too(corpus: Corpus, write: Write) -> None:
    write("안면", "안면 동의", name="가.pdf")
    write("동의", name="나.pdf", release="다른")
    with Searcher(corpus) as searcher:
        hits = searcher.search("안면 동의", best=1, partial=True).hits
        assert [(hit.page.number, hit.partial) for hit in hits] == [(2, False), (1, True)]


@pytest.mark.parametrize("query", ["안면 동의를 기타", "scope:document 안면 다른", "the image of", "비공개 AI를 -글"])
def test_the_scan_finds_the_same(corpus: Corpus, write: Write, query: str) -> None:
    write("안면", "동의", "images", "비 공개 글", "AI 비공개", name="가.pdf")
    write("기타", "안면 동의와 기타", "the of", "AI", name="나.pdf", release="다른")
    with Searcher(corpus) as searcher:
        scan = Searcher(corpus, index=ScanIndex(corpus.store))
        ours, theirs = (each.search(query, 99, partial=True) for each in (searcher, scan))
    assert (ours.total, ours.documents, ours.partial) == (theirs.total, theirs.documents, theirs.partial)
    named = [{(h.page.document, h.page.number, h.partial, h.missing) for h in each} for each in (ours, theirs)]
    assert named[0] == named[1]
