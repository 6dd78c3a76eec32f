"""Two versions of a paper side by side: pairs of pages, with what differs marked in both."""

from __future__ import annotations

from ui.web.comparing import Asked, assemble
from ui.web.components import mount
from ui.web.room import room
from ui.web.visit import Visit


def show() -> None:
    """Show it; while the comparison is being made, the component asks again."""
    visit = Visit.now()
    data = assemble(room(), Asked.of(visit.one), visit.language)
    data["texts"] = visit.texts("compare")
    mount("comparing", data, on={"ready": lambda value: None})
