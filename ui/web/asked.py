"""What the address of the search page asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from search.filters import Filters
from search.query import Node, PageRange, parse
from search.results import FACETS
from search.searcher import SORTS

_MOST = 50  # values of one facet, and words left alone, that an address may ask for
_LONGEST_WORD = 200
_LIKE = re.compile("([0-9a-f]{64}):([1-9][0-9]{0,8})")
_ID = re.compile("[0-9a-f-]{36}")


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for; `page` counts from 1.

    `without` are words, numbers and forms that are not to be looked for in other languages and spellings, `bridge` is
    whether any are. `like` is a page (document and number) of which others like it are asked for; `new` the id of a
    saved search of which only what is new is. With `numbers`, what is said in numbers is shown instead of pages.
    """

    query: str
    filters: Filters
    sort: str
    grouped: bool
    page: int
    without: tuple[str, ...] = ()
    bridge: bool = True
    like: tuple[str, int] | None = None
    new: str = ""
    numbers: bool = False

    @classmethod
    def of(cls, parameters: Mapping[str, list[str]]) -> Asked:
        """Read an address's parameters; what is not understood counts as not given."""

        def one(name: str) -> str:
            return (parameters.get(name) or [""])[-1]

        def several(prefix: str) -> dict[str, frozenset[str]]:
            found = {name: frozenset(parameters.get(prefix + name, [])[:_MOST]) - {""} for name in FACETS}
            return {name: values for name, values in found.items() if values}

        page, like = one("page"), _LIKE.fullmatch(one("like"))
        return cls(
            query="" if like else one("q").strip(),
            filters=Filters(several(""), several("not-")),
            sort=one("sort") if one("sort") in SORTS else SORTS[0],
            grouped=one("group") == "document",
            page=max(1, int(page)) if page.isascii() and page.isdigit() and len(page) < 7 else 1,
            without=without_of(parameters),
            bridge=one("bridge") != "off",
            like=(like[1], int(like[2])) if like else None,
            numbers=one("show") == "numbers",
            new=one("new") if _ID.fullmatch(one("new")) else "",
        )

    @property
    def node(self) -> Node:
        """The query as a tree; where only filters are asked for, every page.

        Raises:
            QueryError: the query cannot be understood.
        """
        return parse(self.query) if self.query else PageRange(1, None)

    @property
    def anything(self) -> bool:
        """Whether pages are asked for at all."""
        return bool(self.query or self.filters or self.like)

    def form(self) -> dict[str, Any]:
        """Return it as the component's links are made of."""
        filters = self.filters
        return {
            "q": self.query,
            "sort": self.sort,
            "grouped": self.grouped,
            "page": self.page,
            "chosen": {name: sorted(values) for name, values in filters.chosen.items()},
            "excluded": {name: sorted(values) for name, values in filters.excluded.items()},
            "without": list(self.without),
            "bridge": self.bridge,
            "numbers": self.numbers,
            "like": f"{self.like[0]}:{self.like[1]}" if self.like else "",
        }


def without_of(parameters: Mapping[str, list[str]]) -> tuple[str, ...]:
    """Return the words an address leaves alone, each once."""
    given = (value[:_LONGEST_WORD].strip() for value in parameters.get("without", [])[:_MOST])
    return tuple(dict.fromkeys(value for value in given if value))
