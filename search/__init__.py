"""Finding pages and passages in the record, and judging exactness."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from search.searcher import Searcher

__all__ = ["Searcher"]


def __getattr__(name: str) -> Any:
    # Worker processes import search.analysis alone; the engines would cost each of them their own imports.
    if name == "Searcher":
        from search.searcher import Searcher

        return Searcher
    raise AttributeError(name)
