"""The page of releases: what was obtained, how much of it can be searched, and sending more."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from ui.cli.session import who
from ui.web import release_acts, release_list, saved, trash, uploads
from ui.web.components import mount
from ui.web.room import room
from ui.web.visit import Visit

_SAID = "releases_said"
_ACTS = {
    "edit": release_acts.edited,
    "edit_release": release_acts.release_edited,
    "withdraw": release_acts.withdrawn,
    "bring_back": release_acts.brought_back,
    "discard": trash.discarded,
    "put_back": trash.put_back,
}
_FINE = (*release_acts.FINE, *trash.FINE)


def show() -> None:
    """Show the releases."""
    visit, corpus = Visit.now(), room().corpus
    texts = visit.texts("releases")
    said = st.session_state.get(_SAID)
    with room().searching() as searcher:
        news = saved.news(searcher)
    data = {
        "language": visit.language,
        "texts": texts,
        "token": uploads.token(),
        "limit_mb": corpus.settings.file_limit_mb,
        "said": {**said, "text": texts[said["name"]]} if said else None,
        "news": [[each["id"], each["name"], each["total"]] for each in news],
        "trash": trash.shown_trash(corpus),
        **release_list.shown_data(corpus, visit),
    }
    mount("releases", data, on={**{name: _acting(name) for name in _ACTS}, "finished": _finished})


def _acting(act: str) -> Callable[[Any], None]:
    def acted(value: Any) -> None:
        name = _ACTS[act](room().corpus, value, who())
        before = st.session_state.get(_SAID)
        number = before["number"] + 1 if before else 1
        wrong = name not in _FINE
        st.session_state[_SAID] = {"act": act, "name": name, "number": number, "wrong": wrong}

    return acted


def _finished(value: Any) -> None:
    """An ingest has ended: the script runs and shows what is new."""
