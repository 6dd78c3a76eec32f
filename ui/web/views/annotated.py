"""The annotations: what people marked and wrote, as a list."""

from __future__ import annotations

import uuid
from typing import Any

import streamlit as st

from ui.web.annotating import restore
from ui.web.annotation_list import Asked, contents
from ui.web.components import mount
from ui.web.exports import MOST_BYTES, addresses
from ui.web.notes_left import left_data
from ui.web.room import room
from ui.web.visit import Visit

_SAID = "annotated_said"


def show() -> None:
    """Show it."""
    visit = Visit.now()
    asked = Asked.of(visit.asked)

    def restored(value: Any) -> None:
        said = restore(room(), None, value, visit.language)
        st.session_state[_SAID] = {"id": uuid.uuid4().hex, "kind": said["kind"], "text": said["text"]}

    shown = contents(room().corpus.store, room().audience, asked, visit.language)
    papers = {item["document"] for group in shown["groups"] for item in group["items"]}
    data = {
        "language": visit.language,
        "texts": visit.texts("annotated"),
        **shown,
        "left": left_data(room().corpus.store, room().audience),
        "passages": {paper: room().signer.query("passage", paper) for paper in papers},
        "files": addresses(asked, visit.language),
        "most_bytes": MOST_BYTES,
        "said": st.session_state.get(_SAID),
    }
    mount("annotated", data, on={"restore": restored, "imported": lambda value: None})
