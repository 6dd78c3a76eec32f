"""What the search page says where not all pages could be looked through in time."""

from __future__ import annotations

import pytest

from corpus import Corpus
from search import Searcher
from search.looking import Patience
from tests.conftest import Write
from ui.web import hits
from ui.web.asked import Asked
from ui.web.texts import LANGUAGES, texts


def test_what_was_not_finished_is_told(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("동의를 받지", "동의 없이", name="가.pdf")
    asked = Asked.of({"q": ["/동의(를|가)/"]})
    with Searcher(corpus) as searcher:
        monkeypatch.setattr(hits, "_PATIENCE", Patience(0))
        stopped = hits.contents(searcher, asked, "ko")
        assert (stopped["found"]["total"], stopped["unfinished"]) == (0, [["/동의(를|가)/", 2, 0]])
        monkeypatch.setattr(hits, "_PATIENCE", Patience(60))
        whole = hits.contents(searcher, asked, "ko")
        assert whole["found"]["total"] == 1
        assert "unfinished" not in whole


def test_the_sentence_has_its_places() -> None:
    for language in LANGUAGES:
        said = texts("finding", language)["unfinished"]
        assert all(place in said for place in ("{part}", "{pages}", "{done}"))
