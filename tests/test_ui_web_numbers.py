"""Numbers side by side on the search page: what agrees, what nearly does, each where it stands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from corpus import Corpus
from search import Searcher
from tests.conftest import Write
from ui.web.asked import Asked
from ui.web.hits import contents

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def searcher(corpus: Corpus, write: Write) -> Iterator[Searcher]:
    write("안면 이미지는 1억 7천만 건이다.", "회의는 3명이 하였다.", name="가.pdf", release="갑", agency="법무부")
    write(
        "안면 이미지 170,000,000건을 이용하였다. 안면 이미지 1억 7천만 건.",
        name="나.pdf",
        release="을",
        agency="감사원",
    )
    write(f"{HOSTILE} 안면 이미지는 1억 7,760만 건이다.", name="다.pdf", release="을", agency="감사원")
    with Searcher(corpus) as made:
        yield made


def shown(searcher: Searcher, query: str, **parameters: list[str]) -> dict[str, Any]:
    asked = Asked.of({"q": [query], "show": ["numbers"], **parameters})
    made: dict[str, Any] = json.loads(json.dumps(contents(searcher, asked, "ko")))
    return made


def test_statements_that_agree_stand_together_and_nearly_equal_ones_are_told(searcher: Searcher) -> None:
    told = shown(searcher, '"안면 이미지"')["numbers"]
    assert (told["statements"], told["documents"], told["all"], told["pages"]) == (4, 3, 2, 3)
    agreeing, other = told["groups"]
    assert (agreeing["count"], agreeing["documents"]) == (3, 2)
    assert set(agreeing["spellings"]) == {"1억 7천만 건", "170,000,000건"}
    assert agreeing["near"] == [[1, "1억 7,760만 건"]]
    assert other["near"][0][0] == 0
    titles = [each["title"] for each in agreeing["statements"]]
    assert set(titles[:2]) == {"가", "나"}  # one of each paper first


def test_each_leads_to_its_place(searcher: Searcher) -> None:
    for group in shown(searcher, "안면")["numbers"]["groups"]:
        for each in group["statements"]:
            page = searcher.corpus.store.page(each["document"], each["page"]).visible
            ((start, end),) = each["marks"]
            assert page[slice(*each["at"])] == each["text"][start:end]


def test_filters_hold_and_what_is_left_is_grouped_anew(searcher: Searcher) -> None:
    told = shown(searcher, "안면", agency=["감사원"])["numbers"]
    assert (told["statements"], told["documents"]) == (3, 2)
    assert [group["near"][0][0] for group in told["groups"]] == [1, 0]


def test_no_number_and_an_error(searcher: Searcher) -> None:
    assert shown(searcher, "뷁쉙")["numbers"]["groups"] == []
    assert shown(searcher, "안면 (")["fault"]["position"] == 3
    assert "begin" in shown(searcher, "")
