"""The search view in Streamlit: one component, always at the same place, whatever is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from tests.conftest import Write

APP = Path(__file__).parent.parent / "ui" / "web" / "app.py"


@pytest.fixture
def folder(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(*["동의를 받지 않고"] * 25, name="긴.pdf", release="갑", agency="법무부", received="2019")
    write("동의 <b>없이</b>", name="<img src=x>.pdf", release="을", agency="감사원", received="2021")
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    return corpus.folder


def run(query: dict[str, str | list[str]]) -> dict[str, Any]:
    at = AppTest.from_file(str(APP), default_timeout=60)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    assert [text.value for text in at.text] == []
    components = at.get("bidi_component")
    assert len(components) == 2  # the masthead and the page
    data: dict[str, Any] = json.loads(components[1].proto.json)
    return data


@pytest.mark.usefixtures("folder")
def test_a_query_shows_its_hits() -> None:
    data = run({"q": "동의"})
    assert (data["found"]["total"], len(data["found"]["hits"])) == (26, 20)
    assert data["texts"]["title"] in ("검색", "Search")


@pytest.mark.usefixtures("folder")
def test_filters_grouping_and_pages_come_from_the_address() -> None:
    assert run({"q": "동의", "agency": ["법무부", "감사원"], "not-year": "2021"})["found"]["total"] == 25
    assert run({"q": "동의", "group": "document"})["found"]["documents"] == 2
    assert run({"q": "동의", "page": "2", "sort": "date"})["found"]["first"] == 21


@pytest.mark.usefixtures("folder")
def test_an_error_and_a_beginning_are_no_exceptions() -> None:
    assert run({"q": "동의 ("})["fault"]["position"] == 3
    assert run({})["begin"]["documents"] == 2
    assert run({"q": "뷁쉙"})["found"]["hints"]["tries"] == []


@pytest.mark.usefixtures("folder")
def test_pages_like_one_numbers_and_saved_searches_have_addresses() -> None:
    document = run({"q": "동의"})["found"]["hits"][0]["document"]
    assert run({"like": f"{document}:1"})["like"]["page"] == 1
    assert run({"q": "동의", "show": "numbers"})["numbers"]["pages"] == 26
    assert run({"new": "0" * 36})["news"] == {"gone": True}
    off = run({"q": "동의", "bridge": "off", "without": ["consent", "x"]})
    assert (off["widened"]["on"], off["asked"]["without"]) == (False, ["consent", "x"])
    assert off["report"].startswith("/export/report.md?q=")


def test_an_empty_corpus_says_so(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    assert run({})["begin"]["documents"] == 0
