"""More like this page: the query that finds pages like one, and which page that is."""

from __future__ import annotations

from typing import Any, cast

from corpus.errors import NotFound
from search import Searcher
from search.alike import alike
from search.index import Pages
from search.query import And, Node, Not
from ui.web.units import unit_of


def likeness(searcher: Searcher, like: tuple[str, int]) -> tuple[Node | None, dict[str, Any]]:
    """Return the query for pages like one, itself left out, and that page as the component names it.

    There is no query where there is no such page for this audience (`gone`) or it says too little.
    """
    document, number = like
    listing = searcher.listing(document)
    try:
        page = searcher.corpus.store.page(document, number) if listing else None
    except NotFound:
        page = None
    if page is None or listing is None:
        return None, {"gone": True}
    told = {"document": document, "title": listing.title, **unit_of(page), "gone": False}
    found = alike(page, searcher.index)
    if found is None:
        return None, told
    itself = cast(Node, Pages(frozenset({like})))
    return And((found, Not(itself))), told
