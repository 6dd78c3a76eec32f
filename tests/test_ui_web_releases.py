"""The view of releases: what its component is given."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from tests.conftest import Write


def given(corpus: Corpus, monkeypatch: pytest.MonkeyPatch, **query: str) -> dict[str, Any]:
    monkeypatch.setenv("GONGMUN_CORPUS", str(corpus.folder))
    # Streamlit puts its script there; worker processes that later tests start would run it.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    at = AppTest.from_function(_script, default_timeout=30)
    for name, value in query.items():
        at.query_params[name] = value
    at.run()
    assert not at.exception
    (component,) = at.get("bidi_component")
    found = json.loads(component.proto.json)
    assert isinstance(found, dict)
    return found


def _script() -> None:
    from ui.web.views import releases

    releases.show()


def test_the_view_gives_plain_data(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("본문", name="<img src=x>[글](x).pdf", agency="법무부", received="2021-10-21")
    data = given(corpus, monkeypatch, state="searchable")
    assert data["coverage"]["total"] == 1
    assert data["files"]["states"] == ["searchable"]
    assert data["files"]["rows"][0]["names"] == ["<img src=x>[글](x).pdf"]
    assert data["token"].startswith("until=")
    assert (data["limit_mb"], data["said"], data["language"]) == (2048, None, "en")
    assert "secret" not in json.dumps(data)


def test_an_empty_corpus_is_shown_too(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    assert given(corpus, monkeypatch)["releases"] == []


def test_the_view_is_thin() -> None:
    view = Path(__file__).parent.parent / "ui/web/views/releases.py"
    assert len(view.read_text(encoding="utf-8").splitlines()) <= 150
