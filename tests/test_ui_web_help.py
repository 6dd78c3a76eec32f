"""The help: its examples are queries, its words are there in both languages."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from search.query import parse
from ui.web.texts import LANGUAGES, texts
from ui.web.views import help as page

DOCS = (Path(__file__).parent.parent / "docs" / "query-language.md").read_text(encoding="utf-8")
EXAMPLES = [query for asked in (page.QUERIES, page.FIELDS) for queries in asked.values() for query in queries]


@pytest.mark.parametrize("query", EXAMPLES)
def test_every_example_parses_and_is_documented(query: str) -> None:
    parse(query)
    blocks = re.findall(r"```query\n(.*?)```", DOCS, re.DOTALL)
    tried = {line for block in blocks for line in block.splitlines()} | set(re.findall(r"`([^`]+)`", DOCS))
    assert query in tried


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_says_something(language: str) -> None:
    sections = page.sections(dict(texts("help", language)))
    assert [each["id"] for each in sections] == ["queries", "keys", "grades", "citing", "marking", "unsearchable"]
    for section in sections:
        assert section["title"]
        assert section["lead"]
        assert all(part["rows"] for part in section["parts"])


def test_no_text_is_left_over_and_backticks_pair() -> None:
    for language in LANGUAGES:
        found = dict(texts("help", language))
        shown = json.dumps(page.sections(found), ensure_ascii=False)
        for name, text in found.items():
            assert text.count("`") % 2 == 0, name
            assert name in ("title", "contents", "try_it", "or") or json.dumps(text, ensure_ascii=False) in shown, name


def test_the_view_gives_the_component_its_sections() -> None:
    at = AppTest.from_string("from ui.web.views.help import show\nshow()", default_timeout=60)
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    data = json.loads(component.proto.json)
    assert data["texts"]["title"] in ("도움말", "Help")
    assert data["sections"][0]["parts"][0]["rows"][0]["examples"] == ["안면인식 동의"]
