"""Partial matches: which parts of a query are loose, what a page lacks, and that they come after all others."""

from __future__ import annotations

import pytest

from corpus import Corpus
from search import Searcher
from search.engines.scan import ScanIndex
from search.filters import Filters
from search.partial import FEW, loosened, without_particle
from search.query import parse, unparse
from search.results import Results
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
        assert (results.facets["kind"], results.partial_facets["kind"]) == ({"pdf": 1}, {"pdf": 2})
        assert set(results.per_document.values()) == {1}
        assert searcher.search("안면데이터 동의").partial == 0  # asked for by name alone


def test_facets_count_full_and_partial_matches_apart(corpus: Corpus, write: Write) -> None:
    write("안면 동의", "안면", "안면 동의", agency="법무부", name="가.pdf")
    write("동의", agency="과기정통부", release="다른", name="나.pdf")
    write("동의 안면", agency="감사원", release="셋째", name="다.pdf")

    def asked(**chosen: str) -> Results:
        filters = Filters({name: frozenset({value}) for name, value in chosen.items()})
        found = searcher.search("안면 동의", partial=True, filters=filters)
        for facets, total in ((found.facets, found.total), (found.partial_facets, found.partial)):
            assert sum(facets["kind"].values()) == total
        return found

    with Searcher(corpus) as searcher:
        found = asked()
        assert (found.total, found.partial) == (3, 2)
        assert found.facets["agency"] == {"법무부": 2, "감사원": 1}
        assert found.partial_facets["agency"] == {"과기정통부": 1, "법무부": 1}
        found = asked(agency="과기정통부")  # here no page has all the words; elsewhere some have
        assert (found.total, found.partial) == (0, 1)
        assert found.facets["agency"] == {"법무부": 2, "감사원": 1}
        assert found.partial_facets["agency"] == {"과기정통부": 1, "법무부": 1}
        whole = searcher.search("안면 동의", filters=Filters({"agency": frozenset({"감사원"})}))
        assert not any(whole.partial_facets.values())
        none = searcher.search("안면 없는말", partial=True)
        assert (none.total, none.facets["agency"]) == (0, {})
        assert none.partial_facets["agency"] == {"법무부": 3, "감사원": 1}
        assert not any(searcher.search("안면 동의", partial=True, facets=False).partial_facets.values())


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


def test_documents_with_partial_matches_alone_come_last(corpus: Corpus, write: Write) -> None:
    write("안면 안면 안면 안면", "글 안면 글 글 글 글 동의 글 글 글", "동의", name="가.pdf")
    for n in range(3):
        write(f"동의 동의 동의 {n}", name=f"나{n}.pdf", release=f"나{n}")
    with Searcher(corpus) as searcher:
        every = searcher.search("안면 동의", best=3, limit=9, partial=True)
        assert (every.total, every.documents, every.partial, every.partial_documents) == (1, 1, 5, 3)
        assert (every.hits[0].page.number, every.hits[0].partial) == (2, False)  # whatever the scores of the others
        assert [hit.partial for hit in every] == [False] + [True] * 5
        assert every.per_document[every.hits[0].page.document] == 1
        walked = [
            hit.page
            for at in range(4)
            for hit in searcher.search("안면 동의", best=3, limit=1, offset=at, partial=True)
        ]
        assert walked == [hit.page for hit in every]
        assert searcher.search("동의 없는말", best=1, limit=9, partial=True).partial_documents == 4


@pytest.mark.parametrize("query", ["안면 동의를 기타", "scope:document 안면 다른", "the image of", "비공개 AI를 -글"])
def test_the_scan_finds_the_same(corpus: Corpus, write: Write, query: str) -> None:
    write("안면", "동의", "images", "비 공개 글", "AI 비공개", name="가.pdf")
    write("기타", "안면 동의와 기타", "the of", "AI", name="나.pdf", release="다른")
    with Searcher(corpus) as searcher:
        scan = Searcher(corpus, index=ScanIndex(corpus.store))
        ours, theirs = (each.search(query, 99, partial=True) for each in (searcher, scan))
    assert (ours.total, ours.documents, ours.partial) == (theirs.total, theirs.documents, theirs.partial)
    assert (ours.facets, ours.partial_facets) == (theirs.facets, theirs.partial_facets)
    named = [{(h.page.document, h.page.number, h.partial, h.missing) for h in each} for each in (ours, theirs)]
    assert named[0] == named[1]
