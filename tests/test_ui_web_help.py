"""The help: its examples are queries, its words are there in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from search.query import parse
from tests.conftest import Write
from ui.web import guide as page
from ui.web.texts import LANGUAGES, texts

DOCS = (Path(__file__).parent.parent / "docs" / "query-language.md").read_text(encoding="utf-8")
FIXED = {form: [(query, 1) for query in given] for form, given in {**page.QUERIES, **page.FIELDS}.items()}
EXAMPLES = [query for asked in (page.QUERIES, page.FIELDS) for queries in asked.values() for query in queries]


@pytest.mark.parametrize("query", EXAMPLES)
def test_every_example_parses_and_is_documented(query: str) -> None:
    parse(query)
    blocks = re.findall(r"```query\n(.*?)```", DOCS, re.DOTALL)
    tried = {line for block in blocks for line in block.splitlines()} | set(re.findall(r"`([^`]+)`", DOCS))
    assert query in tried


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_says_something(language: str) -> None:
    sections = page.sections(dict(texts("help", language)), FIXED)
    assert [each["id"] for each in sections] == [
        "queries",
        "results",
        "keys",
        "grades",
        "citing",
        "marking",
        "unsearchable",
    ]
    for section in sections:
        assert section["title"]
        assert section["lead"]
        assert all(part["rows"] for part in section["parts"])


def test_no_text_is_left_over_and_backticks_pair() -> None:
    for language in LANGUAGES:
        found = dict(texts("help", language))
        found = {name: text for name, text in found.items() if name not in texts("units", language)}
        shown = json.dumps(page.sections(found, FIXED), ensure_ascii=False)
        for name, text in found.items():
            assert text.count("`") % 2 == 0, name
            assert (
                name in ("title", "contents", "try_it", "finds_nothing", "or")
                or json.dumps(text, ensure_ascii=False) in shown
            ), name


def test_the_view_gives_the_component_its_sections(
    corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("안면 정보 전달", "안면 정보 보관", name="보고.pdf")
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    at = AppTest.from_string("from ui.web.views.help import show\nshow()", default_timeout=60)
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    data = json.loads(component.proto.json)
    assert data["texts"]["title"] in ("도움말", "Help")
    examples = [query for row in data["sections"][0]["parts"][0]["rows"] for query in row["examples"]]
    assert ["안면인식 동의", 0] not in examples
    assert any(total for _, total in examples)
