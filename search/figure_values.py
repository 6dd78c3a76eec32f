"""Where on a page a figure or date stands that a query asks for."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from corpus.figure_rows import COUNTED, is_close
from corpus.figures import Figure, FigureKind, Mention, day_number, days
from corpus.model import Page, Span
from search.figures import read
from search.query_nodes import FigureRange, MentionRange


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[list[Figure], list[Mention]]:
    return read(text)


def spans(page: Page, node: FigureRange | MentionRange) -> tuple[Span, ...]:
    """Return where a page states what a query asks for, in order; withheld text is never read."""
    figures, mentions = _read(page.visible)
    if isinstance(node, MentionRange):
        return tuple(Span(each.start, each.end) for each in mentions if mentioned(each, node))
    wanted = figure_of(node)
    return tuple(Span(each.start, each.end) for each in figures if stated(each, wanted, node.close))


def figure_of(node: FigureRange) -> Figure:
    """Return the figure a query asks for."""
    low, high = (None if each is None else Decimal(each) for each in (node.low, node.high))
    return Figure(FigureKind.QUANTITY, low, high, False, False, node.unit, 0, 0)


def stated(figure: Figure, wanted: Figure, close: bool) -> bool:
    """Whether a figure states a wanted one, by the rule of `corpus.figure_rows.pages_with_figure`."""
    if figure.kind not in COUNTED or (wanted.unit is not None and figure.unit != wanted.unit):
        return False
    return figure.overlaps(wanted) and (not close or is_close(figure, wanted))


def mentioned(mention: Mention, wanted: MentionRange) -> bool:
    """Whether a mention is of a wanted day, by the rule of `corpus.figure_rows.pages_with_mention`."""
    first, last = days(mention)
    low, high = (wanted.first or wanted.last or ""), (wanted.last or wanted.first or "")
    if low.startswith("-"):
        if first > 10_000:
            if len(mention.first) < (10 if len(low) > 4 else 7) or mention.first[:4] != mention.last[:4]:
                return False
            first, last = first % 10_000, last % 10_000
        return first <= day_number(high, True) and last >= day_number(low, False)
    if first < 10_000:
        return False
    before = wanted.last is None or first <= day_number(wanted.last, True)
    return before and (wanted.first is None or last >= day_number(wanted.first, False))
