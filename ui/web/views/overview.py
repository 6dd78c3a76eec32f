"""The overview: what the corpus holds, drawn; every mark leads to what it counts."""

from __future__ import annotations

from ui.web.components import mount
from ui.web.overview import overview, words_of
from ui.web.room import room
from ui.web.visit import Visit


def show() -> None:
    """Show it."""
    visit = Visit.now()
    words = words_of(room().corpus, room().audience)  # not while others wait for the searcher
    with room().searching() as searcher:
        figures = overview(searcher, words, visit.one("by"))
    mount("overview", {"language": visit.language, "texts": visit.texts("overview"), **figures})
