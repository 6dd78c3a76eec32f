"""The values of the fields figure: and mention: of a query."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal

from lark import Token

from corpus.figures import Figure, day_number, plain
from search.figures import mentions, value
from search.query_faults import Fault
from search.query_nodes import FigureRange, MentionRange

_FIGURE = "This is not a figure; write figure:170000000, figure:1억7천만, figure:50명 or figure:1.6억..1.8억."
_MENTION = "This is not a date; write mention:2019, mention:2019-04-22, mention:04-22 or mention:2019..2021."
_RANGE = re.compile(r"(.*?)(?:\.\.|~)(.*)", re.DOTALL)
_ISO = re.compile(r"(\d{4})(?:[-.](\d{1,2})(?:[-.](\d{1,2}))?)?\.?|(?:--)?(\d{2})(?:-(\d{2}))?", re.ASCII)


def figure_range(token: Token, typed: str) -> FigureRange:
    """Return what figure: asks for: a value as people write it, or two with .. between them.

    Raises:
        Fault: it is no number.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    close = text.startswith("=")
    text = text.removeprefix("=").strip()
    found = _RANGE.fullmatch(text)
    if found and not close:
        bounds = [_figure(token, part) for part in found.groups()]
        if not any(bounds):
            raise Fault(token.start_pos, _FIGURE)
        return _between(token, *bounds)
    figure = _figure(token, text)
    if figure is None:
        raise Fault(token.start_pos, _FIGURE)
    return FigureRange(_written(figure.low), _written(figure.high), figure.unit, close)


def _figure(token: Token, text: str) -> Figure | None:
    """Read one value; None where there is no text."""
    if not text.strip():
        return None
    try:
        figure = value(text.strip())
    except ArithmeticError:
        figure = None
    if figure is None:
        raise Fault(token.start_pos, _FIGURE)
    return figure


def _between(token: Token, first: Figure | None, last: Figure | None) -> FigureRange:
    units = {figure.unit for figure in (first, last) if figure and figure.unit}
    if len(units) > 1:
        raise Fault(token.start_pos, "The two figures have different units; write the same unit, or none.")
    low, high = first.low if first else None, last.high if last else None
    if low is not None and high is not None and low > high:
        raise Fault(token.start_pos, "This range of figures ends before it begins; write the lower figure first.")
    return FigureRange(_written(low), _written(high), units.pop() if units else None)


def _written(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)


def mention_range(token: Token, typed: str) -> MentionRange:
    """Return what mention: asks for: a day, month or year, or two with .. between them.

    Raises:
        Fault: it is no date.
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    found = _RANGE.fullmatch(text)
    if found is None:
        return MentionRange(*_mention(token, text))
    begins, ends = (_mention(token, part.strip()) if part.strip() else None for part in found.groups())
    if begins is None and ends is None:
        raise Fault(token.start_pos, _MENTION)
    first, last = begins[0] if begins else None, ends[1] if ends else None
    if first and last and (first[0] == "-") != (last[0] == "-"):
        raise Fault(token.start_pos, "One of the two dates has no year; write the year in both, or in neither.")
    if (first or last or "").startswith("-") and not (first and last):
        raise Fault(token.start_pos, "A range of dates without a year has two ends; write mention:04-01..04-30, say.")
    if first and last and day_number(first, False) > day_number(last, True):
        raise Fault(token.start_pos, "This range of dates ends before it begins; write the earlier date first.")
    return MentionRange(first, last)


def _mention(token: Token, text: str) -> tuple[str, str]:
    """Read one date, in the form 2019-04-22 or as it is written in papers."""
    iso = _ISO.fullmatch(text)
    if iso:
        year, *rest = (iso[1], iso[2], iso[3]) if iso[1] else ("-", iso[4], iso[5])
        written = "-".join([year, *(part.zfill(2) for part in rest if part)])
        if not _in_calendar(written):
            raise Fault(token.start_pos, f"The calendar has no {text}; correct the date.")
        return written, written
    found = mentions(text)
    if len(found) != 1 or found[0].start != 0 or found[0].end != len(text):
        raise Fault(token.start_pos, _MENTION)
    return found[0].first, found[0].last


def _in_calendar(written: str) -> bool:
    number = day_number(written, last=False)
    try:
        dt.date(number // 10_000 or 2000, number // 100 % 100, number % 100)
    except ValueError:
        return False
    return True
