"""Hits of a query within one document: its pages, and where on them."""

from __future__ import annotations

import pytest

from corpus import Corpus
from corpus.model import Audience, Span
from search import Searcher
from search.query import QueryError
from tests.conftest import Write


def test_pages_of_one_document_alone(corpus: Corpus, write: Write) -> None:
    id = write("동의를 받지", "없음", "동의", name="가.pdf")
    write("동의", name="나.pdf")
    with Searcher(corpus) as searcher:
        assert searcher.pages_of(id, "동의") == [1, 3]
        assert searcher.pages_of(id, '"동의를 받지"') == [1]
        assert searcher.pages_of(id, "동의 -받지") == [3]
        assert searcher.pages_of(id, "file:가") == [1, 2, 3]
        assert searcher.pages_of("f" * 64, "동의") == []
        with pytest.raises(QueryError):
            searcher.pages_of(id, "(")


def test_marks_on_pages(corpus: Corpus, write: Write) -> None:
    id = write("동의를 받지 동의", "없음")
    with Searcher(corpus) as searcher:
        found = searcher.marks('동의 "받지"', corpus.store.pages(id))
    assert found == [(Span(0, 2), Span(4, 6), Span(7, 9)), ()]


def test_other_audiences_are_told_nothing(corpus: Corpus, write: Write) -> None:
    id = write("동의", release="갑")
    with Searcher(corpus, Audience(frozenset({"을"}))) as searcher:
        assert searcher.pages_of(id, "동의") == []
