"""The search page: one component that shows what the address asks for."""

from __future__ import annotations

from ui.web.components import mount
from ui.web.hits import Asked, contents
from ui.web.room import room
from ui.web.visit import Visit


def show() -> None:
    """Show it."""
    visit = Visit.now()
    with room().searching() as searcher:
        data = contents(searcher, Asked.of(visit.asked), visit.language)
    mount("finding", {**data, "language": visit.language, "texts": visit.texts("finding")})
