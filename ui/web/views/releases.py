"""The page of releases: what was obtained, how much of it can be searched, and sending more."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ui.cli.session import who
from ui.web import release_list, uploads
from ui.web.components import mount
from ui.web.room import room
from ui.web.visit import Visit

_SAID = "releases_said"


def show() -> None:
    """Show the releases."""
    visit, corpus = Visit.now(), room().corpus
    texts = visit.texts("releases")
    said = st.session_state.get(_SAID)
    data = {
        "language": visit.language,
        "texts": texts,
        "token": uploads.token(),
        "limit_mb": corpus.settings.file_limit_mb,
        "said": {"text": texts[said["name"]], "number": said["number"], "wrong": said["wrong"]} if said else None,
        **release_list.shown_data(corpus, visit),
    }
    mount("releases", data, on={"edit": _edit, "finished": _finished})


def _edit(value: Any) -> None:
    name = release_list.edited(room().corpus, value, who())
    before = st.session_state.get(_SAID)
    number = before["number"] + 1 if before else 1
    st.session_state[_SAID] = {"name": name, "number": number, "wrong": name not in ("edit_saved", "edit_same")}


def _finished(value: Any) -> None:
    """An ingest has ended: the script runs and shows what is new."""
