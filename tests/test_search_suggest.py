"""Other forms of a query that find something, where it finds nothing."""

from __future__ import annotations

import pytest

from corpus import Corpus
from corpus.model import Audience
from search import Searcher
from search.filters import Filters
from search.looking import Patience
from search.query import parse
from search.suggest import did_you_mean
from tests.conftest import Write


@pytest.fixture
def papers(corpus: Corpus, write: Write) -> Corpus:
    write("안면 인식 기술로 출입국 심사를 한다.", "정보주체의 동의를 받지 않았다.", name="가.pdf", release="갑")
    write("The biometric images were collected without consent.", name="b.pdf", release="을")
    return corpus


def meant(corpus: Corpus, query: str, audience: Audience | None = None, filters: Filters | None = None) -> list[str]:
    with Searcher(corpus, audience or Audience()) as searcher:
        found = did_you_mean(searcher, query, filters, patience=Patience(60))
        for suggestion in found:
            assert searcher.search(parse(suggestion.query), filters=filters or Filters()).total == suggestion.total > 0
        return [suggestion.query for suggestion in found]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("안면인싁", "안면인식"),  # a final consonant or vowel that slipped
        ("출입귝", "출입국"),
        ("동이를", "동의를"),
        ("안면인식식", "안면인식"),  # one too many
        ("안면식인", "안면인식"),  # exchanged
        ("dksausdlstlr", "안면인식"),  # the keyboard was left in English
        ("채ㅜㄴ둣", "consent"),  # and in Korean
        ("biometirc", "biometric"),
        ("bometric", "biometric"),
        ("imagse", "images"),
        ("안면인싁 기술", "안면인식 기술"),
        ("안면인싁 기슬", "안면인식 기술"),  # two at once
        ("안면인싁 -동의", "안면인식 -동의"),
        ("scope:document 안면인싁 동의", "scope:document 안면인식 동의"),
    ],
)
def test_slips(papers: Corpus, query: str, expected: str) -> None:
    assert meant(papers, query)[0] == expected


@pytest.mark.parametrize(
    "query", ["안면인식", "동의 consent", "가나다라마바사", "zzzzzz", '"안면인싁"', "title:안면인싁", "12345"]
)
def test_nothing_to_suggest(papers: Corpus, query: str) -> None:
    assert meant(papers, query) == []


def test_an_audience_is_not_told_of_words_it_cannot_see(papers: Corpus) -> None:
    assert meant(papers, "biometirc", Audience(frozenset({"을"}))) == ["biometric"]
    assert meant(papers, "biometirc", Audience(frozenset({"갑"}))) == []


def test_filters_narrow_what_is_suggested(papers: Corpus) -> None:
    assert meant(papers, "biometirc", filters=Filters({"release": frozenset({"갑"})})) == []


def test_no_longer_than_there_is_patience(papers: Corpus) -> None:
    with Searcher(papers) as searcher:
        assert did_you_mean(searcher, "안면인싁", patience=Patience(60))
        assert did_you_mean(searcher, "안면인싁", patience=Patience(0)) == []
