"""The reader's view in Streamlit: one component with the page that the address asks for, and the answer to an act."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from corpus import Corpus
from corpus.annotations import annotations
from tests import rooms
from tests.conftest import Write
from ui.web.annotating import Place
from ui.web.room import Room
from ui.web.views import reader


@pytest.fixture
def room(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    with rooms.opened(corpus, monkeypatch) as opened:
        yield opened


def script() -> None:
    import sys

    from ui.web.views import reader

    sys.modules["__main__"].__dict__.pop("__file__", None)  # as ui/web/app.py does
    reader.show()


def shown(app: AppTest, **asked: str) -> dict[str, Any]:
    """Run the view; return what its component is given."""
    app.query_params.clear()
    for name, value in asked.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    (component,) = app.get("bidi_component")
    data: dict[str, Any] = json.loads(component.proto.json)
    return data


@pytest.mark.usefixtures("room")
def test_pages_and_errors_are_one_component(write: Write) -> None:
    id = write("동의를 받지 않고", "<script>alert(1)</script>")
    at = AppTest.from_function(script, default_timeout=60)
    first = shown(at, doc=id, q="동의", at="0-3")
    assert (first["page"]["number"], first["at"], first["hits"]["here"]) == (1, [0, 3], [[0, 2]])
    assert (first["said"], bool(first["texts"])) == (None, True)
    assert shown(at, doc=id, page="2")["page"]["text"] == "<script>alert(1)</script>"
    wrong = shown(at, doc=id, page="3")
    assert wrong["error"]
    assert wrong["texts"]


def test_an_act_is_answered_in_the_next_data(room: Room, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    id = write("동의를 받지 않고")
    at = AppTest.from_function(script, default_timeout=60)
    shown(at, doc=id)
    state: dict[str, Any] = {reader._PLACE: Place(id, 1)}
    assert at.session_state[reader._PLACE] == state[reader._PLACE]
    monkeypatch.setattr(reader.st, "session_state", state)
    act = reader._acting("annotate", "ko")
    act({"start": 0, "end": 3, "fingerprint": "test-1", "author": "갑"})
    first = state[reader._SAID]
    assert (first["kind"], len(annotations(room.corpus.store))) == ("saved", 1)
    act({"start": 0})
    assert (state[reader._SAID]["kind"], len(annotations(room.corpus.store))) == ("error", 1)
    assert state[reader._SAID]["id"] != first["id"]
    monkeypatch.undo()
    monkeypatch.setenv("GONGMUN_CORPUS", str(room.corpus.folder))
    at.session_state[reader._SAID] = first
    assert shown(at, doc=id)["said"]["annotation"]["start"] == 0
