"""The search page: one component that shows what the address asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import streamlit as st

from ui.cli.session import who
from ui.web import saved
from ui.web.asked import Asked
from ui.web.components import mount
from ui.web.hits import contents
from ui.web.reports import address
from ui.web.room import room
from ui.web.visit import Visit

_SAID = "finding-said"


def show() -> None:
    """Show it, and the answer to the act before."""
    visit = Visit.now()
    asked, texts = Asked.of(visit.asked), visit.texts("finding")
    with room().searching() as searcher:
        data = contents(searcher, asked, visit.language)
    said = st.session_state.get(_SAID)
    data["said"] = {**said, "text": texts[said["name"]]} if said else None
    data["report"] = (
        address(asked.query, visit.language, asked.without, asked.bridge)
        if asked.query and "fault" not in data
        else None
    )
    mount(
        "finding",
        {**data, "language": visit.language, "texts": texts},
        on={name: _acting(name) for name in saved.ACTS},
    )


def _acting(name: str) -> Callable[[Any], None]:
    def act(value: Any) -> None:
        here = room()
        came = saved.ACTS[name](here.corpus, here.audience, value, who())
        st.session_state[_SAID] = {"act": name, "number": uuid4().hex, "wrong": came["name"] not in saved.FINE, **came}

    return act
