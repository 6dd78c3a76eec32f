"""Saved searches on the search page: keeping, what is new, putting away; whatever the component sends."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from corpus import Corpus
from corpus.model import EVERYTHING
from corpus.saved_searches import saved_searches
from search import Searcher
from tests.conftest import Write
from ui.web import saved
from ui.web.asked import Asked
from ui.web.hits import contents
from ui.web.texts import LANGUAGES, texts

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def searcher(corpus: Corpus, write: Write) -> Iterator[Searcher]:
    write("동의를 받지 않고", name="가.pdf", agency="법무부", received="2019")
    with Searcher(corpus) as made:
        yield made


def shown(searcher: Searcher, **parameters: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(json.dumps(contents(searcher, Asked.of(parameters), "ko")))
    return made


def act(searcher: Searcher, name: str, value: Any) -> dict[str, Any]:
    came = saved.ACTS[name](searcher.corpus, EVERYTHING, value, "누군가")
    assert all(came["name"] in texts("finding", language) for language in LANGUAGES)
    return came


def keep(searcher: Searcher, name: str = "동의 지켜보기", query: str = "동의", **more: Any) -> str:
    came = act(searcher, "save", {"name": name, "q": query, "sort": "date", "chosen": {}, "excluded": {}, **more})
    assert came["name"] == "saved_done"
    return str(came["id"])


def test_a_search_is_kept_with_its_filters_and_told_what_is_new(searcher: Searcher, write: Write) -> None:
    id = keep(searcher, chosen={"agency": ["법무부"]}, excluded={"year": ["2021"], "colour": ["red"]})
    (line,) = shown(searcher)["begin"]["saved"]
    assert (line["name"], line["q"], line["sort"], line["total"]) == ("동의 지켜보기", "동의", "date", 0)
    assert (line["chosen"], line["excluded"]) == ({"agency": ["법무부"]}, {"year": ["2021"]})
    write("새 동의", "동의 없이", name="나.pdf", release="을", agency="법무부", received="2020")
    write("동의", name="다.pdf", release="병", agency="감사원", received="2020")
    with Searcher(searcher.corpus) as fresh:
        (line,) = shown(fresh)["begin"]["saved"]
        assert (line["total"], line["documents"]) == (2, 1)
        made = shown(fresh, new=[id])
        assert [hit["page"] for hit in made["found"]["hits"]] == [1, 2]
        assert act(fresh, "seen", {"id": id, "until": made["news"]["until"]})["name"] == "saved_seen"
        after = shown(fresh, new=[id])
        assert (after["news"]["total"], "found" in after) == (0, False)
        assert shown(fresh)["begin"]["saved"][0]["total"] == 0


def test_what_came_after_the_news_were_shown_stays_new(searcher: Searcher, write: Write) -> None:
    id = keep(searcher)
    until = shown(searcher, new=[id])["news"]["until"]
    write("동의", name="나.pdf", release="을")
    with Searcher(searcher.corpus) as fresh:
        act(fresh, "seen", {"id": id, "until": until})
        assert shown(fresh)["begin"]["saved"][0]["total"] == 1


def test_one_that_was_removed_can_be_brought_back(searcher: Searcher) -> None:
    id = keep(searcher, HOSTILE)
    came = act(searcher, "remove", {"id": id})
    assert came == {"name": "saved_removed", "value": HOSTILE, "id": id}
    assert shown(searcher)["begin"]["saved"] == []
    assert act(searcher, "restore", {"id": id})["name"] == "saved_restored"
    assert [each.editor for each in saved_searches(searcher.corpus.store)] == ["누군가"]


def test_one_gets_another_name(searcher: Searcher) -> None:
    id = keep(searcher)
    assert act(searcher, "rename", {"id": id, "name": HOSTILE}) == {"name": "saved_renamed", "value": HOSTILE, "id": id}
    assert [each["name"] for each in shown(searcher)["begin"]["saved"]] == [HOSTILE]
    other = keep(searcher)
    assert act(searcher, "rename", {"id": other, "name": HOSTILE}) == {"name": "saved_taken"}
    assert act(searcher, "rename", {"id": other, "name": " "}) == {"name": "saved_nameless"}
    assert act(searcher, "rename", {"id": "x", "name": "가"}) == {"name": "saved_gone"}
    assert act(searcher, "rename", None) == {"name": "saved_nameless"}


def test_a_name_is_taken_once(searcher: Searcher) -> None:
    id = keep(searcher)
    again = act(searcher, "save", {"name": "동의 지켜보기", "q": "안면"})
    assert again == {"name": "saved_taken"}
    act(searcher, "remove", {"id": id})
    keep(searcher)
    assert act(searcher, "restore", {"id": id}) == {"name": "saved_taken"}


@pytest.mark.parametrize(
    ("name", "value", "answer"),
    [
        ("save", None, "saved_nameless"),
        ("save", {"name": " ", "q": "동의"}, "saved_nameless"),
        ("save", {"name": "가" * 201, "q": "동의"}, "saved_nameless"),
        ("save", {"name": "가", "q": ""}, "saved_empty"),
        ("save", {"name": "가", "q": "동" * 5000}, "saved_empty"),
        ("save", {"name": "가", "q": "동의 ("}, "saved_not_understood"),
        ("save", {"name": ["가"], "q": {"x": 1}}, "saved_nameless"),
        ("remove", {"id": "x"}, "saved_gone"),
        ("remove", [], "saved_gone"),
        ("restore", {"id": None}, "saved_gone"),
        ("seen", {"id": "x", "until": 1}, "saved_gone"),
        ("seen", {"id": "x", "until": True}, "saved_broken"),
        ("seen", {"id": "x", "until": "1"}, "saved_broken"),
        ("seen", {"id": "x", "until": -1}, "saved_broken"),
    ],
)
def test_nothing_that_is_sent_is_trusted(searcher: Searcher, name: str, value: Any, answer: str) -> None:
    assert act(searcher, name, value) == {"name": answer}
    assert saved_searches(searcher.corpus.store) == []


def test_a_change_that_is_yet_to_come_cannot_be_ticked_off(searcher: Searcher, write: Write) -> None:
    id = keep(searcher)
    act(searcher, "seen", {"id": id, "until": 10**15})
    write("동의", name="나.pdf", release="을")
    with Searcher(searcher.corpus) as fresh:
        assert shown(fresh)["begin"]["saved"][0]["total"] == 1


def test_odd_halves_of_characters_and_filters_are_kept_out(searcher: Searcher) -> None:
    keep(searcher, "가\ud800나", sort="size", chosen={"agency": [1, None, "", "법무부"], "year": "2019"})
    (line,) = shown(searcher)["begin"]["saved"]
    assert (line["name"], line["sort"], line["chosen"]) == ("가?나", "relevance", {"agency": ["법무부"]})


def test_one_that_is_not_there_says_so(searcher: Searcher) -> None:
    assert shown(searcher, new=["0" * 36])["news"] == {"gone": True}
    assert "begin" in shown(searcher, new=["../x"])
