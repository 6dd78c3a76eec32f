"""What the papers say in numbers about what is asked for, side by side: groups that agree, and how they differ."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from search import Searcher
from search.filters import Filters
from search.looking import Patience
from search.query import unparse
from search.statements import Group, Statement, groups, stated
from ui.web.units import unit_of

Json = dict[str, Any]

_PATIENCE = Patience(8.0)
_PAGES = 500  # with the term, looked through
_GROUPS, _STATEMENTS = 40, 60  # shown, the latter of each group
_SPELLINGS = 4
_AROUND = 140  # characters of a sentence before and after its figure


def numbers(searcher: Searcher, term: str, filters: Filters) -> Json:
    """Return the statements of numbers beside a term, in the documents that pass.

    Raises:
        QueryError: the term cannot be understood.
    """
    found = stated(searcher, term, _PATIENCE, most=_PAGES)
    listed: Sequence[Group] = found.groups
    if filters:
        passing = [each for group in listed for each in group.statements if filters.passes(each.document)]
        listed = groups(passing)
    return {
        "groups": [_group(group, listed) for group in listed[:_GROUPS]],
        "all": len(listed),
        "statements": sum(len(group.statements) for group in listed),
        "documents": len({each.page.document for group in listed for each in group.statements}),
        "pages": found.pages,
        "looked_at": found.looked_at,
        "unfinished": [[unparse(each.part), each.pages, each.done - each.given_up] for each in found.unfinished],
        "behind": found.behind,
    }


def _group(group: Group, every: Sequence[Group]) -> Json:
    return {
        "spellings": spellings(group),
        "documents": group.documents,
        "count": len(group.statements),
        "near": [[place, spellings(every[place])[0]] for place in group.near if place < _GROUPS],
        "statements": [_statement(each) for each in _by_paper(group)[:_STATEMENTS]],
    }


def _by_paper(group: Group) -> list[Statement]:
    """Return the statements of a group, the first of each paper before its others."""
    seen: dict[str, int] = {}
    ranked = []
    for statement in group.statements:
        before = seen[statement.page.document] = seen.get(statement.page.document, -1) + 1
        ranked.append((before, statement))
    return [statement for _, statement in sorted(ranked, key=lambda each: each[0])]


def spellings(group: Group) -> list[str]:
    """Return how the figures of a group are written, each once, with the unit that only a table's head tells."""
    return list(dict.fromkeys(_with_unit(each) for each in group.statements))[:_SPELLINGS]


def _with_unit(statement: Statement) -> str:
    unit = statement.figure.unit
    bare = unit is not None and not any(sign.isalpha() or sign in "$%₩€" for sign in statement.written)
    return f"{statement.written} ({unit})" if bare else statement.written


def _statement(statement: Statement) -> Json:
    (start, end), sentence = statement.mark, statement.sentence
    first, last = max(0, start - _AROUND), min(len(sentence), end + _AROUND)
    return {
        "document": statement.page.document,
        "title": statement.document.title,
        **unit_of(statement.page),
        "at": (statement.figure.start, statement.figure.end),
        "text": sentence[first:last],
        "marks": [(start - first, end - first)],
        "before": first > 0,
        "after": last < len(sentence),
        "head": statement.head[:_AROUND],
        "lead": statement.before[-_AROUND:],
    }
