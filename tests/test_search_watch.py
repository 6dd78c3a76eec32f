"""What is new for saved searches: by the catalogue's changes, exactly, and never ticked off unseen."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Corpus, tables
from corpus.errors import UsageError
from corpus.locking import only_writer
from corpus.model import Audience
from corpus.saved_searches import SavedSearch, saved_search
from search import Searcher, watch
from search.filters import Filters
from search.query import QueryError
from tests.conftest import Write


def keep(corpus: Corpus, query: str = "동의", name: str = "동의", **options: object) -> SavedSearch:
    return watch.keep(corpus.store, name, query, author="김", **options)  # type: ignore[arg-type]


def new_pages(corpus: Corpus, name: str = "동의", audience: Audience | None = None) -> list[tuple[str, int]]:
    """Return the new pages, by title and number; the totals must agree with them."""
    seen = audience or Audience()
    with Searcher(corpus, seen) as searcher:
        found = watch.whats_new(searcher, saved_search(corpus.store, name, seen), limit=100)
    pages = [(hit.document.title, hit.page.number) for hit in found.hits]
    assert (found.total, found.documents) == (len(pages), len({title for title, _ in pages}))
    return sorted(pages)


def test_only_pages_of_papers_that_came_since_are_new(corpus: Corpus, write: Write) -> None:
    write("동의", name="옛것.pdf")
    keep(corpus)
    assert new_pages(corpus) == []
    write("동의 없이", "다른 말", "그 동의", name="새것.pdf")
    write("다른 말", name="무관.pdf")
    assert new_pages(corpus) == [("새것", 1), ("새것", 3)]
    assert new_pages(corpus) == [("새것", 1), ("새것", 3)]  # looking does not tick off


@pytest.mark.parametrize(
    "query",
    [
        "동의",
        '"동의를 받지"',
        "동의 OR 얼굴",
        "동의 -사진",
        "file:새",
        "title:새",
        "page:1",
        "scope:document 동의 얼굴",
    ],
)
def test_every_kind_of_query_is_restricted(corpus: Corpus, write: Write, query: str) -> None:
    write("동의를 받지 않고 얼굴", "얼굴", name="새옛.pdf")
    keep(corpus, query)
    document = write("동의를 받지\n않고 얼굴", "얼굴", name="새.pdf")
    with Searcher(corpus) as searcher:
        every = searcher.search(query, limit=100)
        wanted = [(hit.document.title, hit.page.number) for hit in every if hit.page.document == document]
        assert len(wanted) < every.total
    assert new_pages(corpus) == sorted(wanted) != []


def test_ticked_off_is_not_new(corpus: Corpus, write: Write) -> None:
    keep(corpus)
    write("동의 하나", name="하나.pdf")
    with Searcher(corpus) as searcher:
        found = watch.whats_new(searcher, saved_search(corpus.store, "동의"))
    write("동의 둘", name="둘.pdf")  # came after somebody looked, before they ticked it off
    watch.tick(corpus.store, found, editor="김")
    assert new_pages(corpus) == [("둘", 1)]


def test_a_changed_paper_is_new_again(corpus: Corpus, write: Write) -> None:
    document = write("다른 말", name="가.pdf")
    keep(corpus, "title:동의서")
    with corpus.store.writing() as record:
        record.edit(document, "title", "동의서", "김")
    with Searcher(corpus) as searcher:
        found = watch.whats_new(searcher, saved_search(corpus.store, "동의"))
    assert [(hit.document.title, hit.page.number) for hit in found.hits] == [("동의서", 1)]
    assert found.fresh == frozenset()
    write("동의 동의서", name="동의서.pdf")
    with Searcher(corpus) as searcher:
        found = watch.whats_new(searcher, saved_search(corpus.store, "동의"))
    assert (found.total, len(found.fresh)) == (2, 1)


def test_a_removed_paper_is_not_new(corpus: Corpus, write: Write) -> None:
    keep(corpus)
    document = write("동의 가", name="가.pdf")
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document=document), "김")
    assert new_pages(corpus) == []


def test_what_the_index_has_yet_to_take_in_is_not_ticked_off(corpus: Corpus, write: Write) -> None:
    keep(corpus)
    write("동의 하나", name="하나.pdf")
    assert new_pages(corpus) == [("하나", 1)]
    with only_writer(corpus.folder, "a test"):
        write("동의 둘", name="둘.pdf")
        with Searcher(corpus) as searcher:
            found = watch.whats_new(searcher, saved_search(corpus.store, "동의"))
            assert [hit.document.title for hit in found.hits] == ["하나"]
            assert found.waiting == 1
            watch.tick(corpus.store, found, editor="김")
    assert new_pages(corpus) == [("둘", 1)]


def test_filters_and_sort_are_kept(corpus: Corpus, write: Write) -> None:
    keep(corpus, sort="document", filters=Filters({"agency": frozenset({"법무부"})}, {"release": frozenset({"을"})}))
    write("동의 나", name="나.pdf", release="갑", agency="법무부")
    write("동의 가", name="가.pdf", release="갑", agency="법무부")
    write("동의 다", name="다.pdf", release="을", agency="법무부")
    write("동의 라", name="라.pdf", release="병", agency="감사원")
    with Searcher(corpus) as searcher:
        saved = saved_search(corpus.store, "동의")
        assert [hit.document.title for hit in watch.whats_new(searcher, saved).hits] == ["가", "나"]
        assert [hit.document.title for hit in watch.run(searcher, saved)] == ["가", "나"]


def test_audiences_are_told_of_their_own(corpus: Corpus, write: Write) -> None:
    one = Audience(frozenset({"갑"}))
    keep(corpus, audience=one)
    keep(corpus, name="모두")
    write("동의 가", name="가.pdf", release="갑")
    write("동의 나", name="나.pdf", release="을")
    assert new_pages(corpus, audience=one) == [("가", 1)]
    with Searcher(corpus, one) as searcher:
        (found,) = watch.news(searcher)
        assert (found.saved.name, found.total, len(found.fresh), found.waiting) == ("동의", 1, 1, 0)
    with Searcher(corpus) as searcher:
        assert [(each.saved.name, each.total) for each in watch.news(searcher)] == [("동의", 2), ("모두", 2)]
        assert [(each.total, each.hits) for each in watch.news(searcher, limit=0)] == [(2, ()), (2, ())]


def test_a_query_must_be_understood_to_be_kept(corpus: Corpus) -> None:
    with pytest.raises(QueryError):
        keep(corpus, "동의 (")
    with pytest.raises(UsageError, match="Sort by"):
        keep(corpus, sort="size")
    with Searcher(corpus) as searcher:
        assert watch.news(searcher) == []


def test_one_that_can_no_longer_be_asked_does_not_stop_the_rest(corpus: Corpus, write: Write) -> None:
    keep(corpus)
    broken = keep(corpus, name="낡은 것")
    with corpus.store.writing() as record:
        t = tables.saved_searches
        record.connection.execute(t.update().where(t.c.id == broken.id).values(query="동의 ("))
    write("동의")
    with Searcher(corpus) as searcher:
        found = watch.news(searcher)
    assert [(each.saved.name, each.total, bool(each.error)) for each in found] == [
        ("낡은 것", 0, True),
        ("동의", 1, False),
    ]
    assert watch.tick(corpus.store, found[0], editor="김").seen == broken.seen


def test_a_second_reading_of_a_paper_shows_its_pages(corpus: Corpus, write: Write, tmp_path: Path) -> None:
    document = write("다른 말", name="가.pdf")
    keep(corpus)
    write("동의 가", name="가.pdf", fingerprint="test-2", document=document)
    assert new_pages(corpus) == [("가", 1)]


def test_what_could_not_be_looked_through_is_not_ticked_off(corpus: Corpus, write: Write) -> None:
    keep(corpus, "/(a|aa)+$/")  # takes for ever on a page of many a's
    write("a" * 60 + "c", name="가.pdf")
    with Searcher(corpus) as searcher:
        found = watch.whats_new(searcher, saved_search(corpus.store, "동의"))
    assert (found.total, found.unfinished) == (0, True)
    assert watch.tick(corpus.store, found, editor="김").seen == found.saved.seen


def test_an_expression_looks_through_changed_papers_alone(corpus: Corpus, write: Write) -> None:
    write("a" * 60 + "c", name="옛것.pdf")  # would take for ever
    keep(corpus, "/(a|aa)+$/")
    write("aa", name="새것.pdf")
    assert new_pages(corpus) == [("새것", 1)]
    with Searcher(corpus) as searcher:
        assert not watch.whats_new(searcher, saved_search(corpus.store, "동의")).unfinished


def test_pages_with_some_of_the_words_are_no_news(corpus: Corpus, write: Write) -> None:
    keep(corpus, "동의 사진")
    write("동의 없이", "사진", name="가.pdf")
    assert new_pages(corpus) == []
    with Searcher(corpus) as searcher:
        assert watch.run(searcher, saved_search(corpus.store, "동의")).partial
