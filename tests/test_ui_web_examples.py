"""Examples of queries: each that is a link finds something, in whatever corpus."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from corpus import Corpus
from search import Searcher
from search.query import parse
from tests.conftest import Write
from tests.ingests import SAMPLE, ingest
from ui.web.examples import Example, found
from ui.web.guide import FIELDS, QUERIES
from ui.web.overview import words_of
from ui.web.texts import LANGUAGES

ASKED = {**QUERIES, **FIELDS}


def examples(corpus: Corpus, language: str) -> dict[str, list[Example]]:
    with Searcher(corpus) as searcher:
        made = found(lambda: nullcontext(searcher), words_of(corpus, searcher.audience), language, ASKED)
        for queries in made.values():
            for query, total in queries:
                assert searcher.search(query).total == total, query
    return made


@pytest.mark.parametrize("language", LANGUAGES)
def test_in_the_sample_nearly_all_find_something(corpus: Corpus, language: str) -> None:
    ingest(corpus, SAMPLE)
    made = examples(corpus, language)
    assert list(made) == list(ASKED)
    assert [form for form, queries in made.items() if not all(total for _, total in queries)] in ([], ["sign"])
    first = made["both"][0][0]
    assert first.isascii() is (language == "en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_another_corpus_gives_other_examples_of_the_same_form(corpus: Corpus, write: Write, language: str) -> None:
    for n in range(3):
        write(
            f"도로 굴착 허가 {n}호 예산 집행률 82.5%",
            "도로 점용 신고",
            "굴착 공사 예산",
            name=f"도로 굴착 대장 {n}.pdf",
            agency="종로구청",
        )
    made = examples(corpus, language)
    assert made["agency"][0] == ('agency:"종로구청"', 9)
    assert made["sign"] == [('"82.5%"', 3)]
    assert "card" not in str(made["exactly"])
    for form in ("both", "either", "phrase", "title", "file", "page", "scope"):
        assert all(total for _, total in made[form]), form
    assert " OR " in made["either"][0][0]
    assert made["date"] == [("date:2019", 0)]  # no paper has a date: the form alone


def test_an_empty_corpus_has_forms_only(corpus: Corpus) -> None:
    made = examples(corpus, "ko")
    assert {total for queries in made.values() for _, total in queries} == {0}
    for form, queries in made.items():
        assert queries == [(ASKED[form][0], 0)]
        parse(queries[0][0])
