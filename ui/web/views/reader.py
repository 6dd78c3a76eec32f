"""The reader: the paper itself, with what was found, marked and written on it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from ui.web import annotating, correcting
from ui.web.annotating import Place
from ui.web.components import mount
from ui.web.reading import Asked, assemble
from ui.web.room import room
from ui.web.visit import Visit

_SAID, _PLACE = "reader-said", "reader-place"
_ACTS = {**annotating.ACTS, **correcting.ACTS}


def show() -> None:
    """Show the page that the address asks for, and the answer to the act before."""
    visit = Visit.now()
    data = assemble(room(), Asked.of(visit.one, visit.asked), visit.language)
    data["texts"] = visit.texts("reader")
    data["said"] = st.session_state.get(_SAID)
    st.session_state[_PLACE] = None if data["error"] else Place(data["document"]["id"], data["page"]["number"])
    mount("viewer", data, on={name: _acting(name, visit.language) for name in _ACTS}, key="viewer")


def _acting(name: str, language: str) -> Callable[[Any], None]:
    """Return what is done with a trigger's value; its answer is in the data of the run that follows."""

    def act(value: Any) -> None:
        said = _ACTS[name](room(), st.session_state.get(_PLACE), value, language)
        st.session_state[_SAID] = {"id": uuid4().hex, **said}

    return act
