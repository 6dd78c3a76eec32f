"""The fields of a query: a label and what stands after it, to a node."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Callable

from lark import Token

from search.figure_query import figure_range, mention_range
from search.query_faults import Fault, empty_field
from search.query_nodes import (
    CHOICES,
    FIELDS,
    NAME_FIELDS,
    SCOPES,
    TEXT_FIELDS,
    Choice,
    ConfidenceRange,
    DateRange,
    Node,
    PageRange,
    TextField,
)
from search.query_terms import leaf


def field(label: Token, value: Token) -> Node | Token:
    """Return a field's node; a scope comes back as a token, on its way to the root.

    Raises:
        Fault: there is no such field, or it cannot have this value.
    """
    name = unicodedata.normalize("NFKC", label[:-1]).lower()
    if name not in FIELDS:
        near = "".join(f" (did you mean {field}:?)" for field in difflib.get_close_matches(name, FIELDS, n=1))
        advice = f"use one of {', '.join(FIELDS)}, or put the text in quotes."
        raise Fault(label.start_pos, f"There is no field {name}:{near}; {advice}", *FIELDS)
    if value.start_pos != label.end_pos:
        raise empty_field(label)
    if name in TEXT_FIELDS or name in NAME_FIELDS:
        return TextField(name, leaf(value))
    if name in ("figure", "mention"):
        text = value[1:-1] if value.type == "PHRASE" else value
        return (figure_range if name == "figure" else mention_range)(value, str(text))
    if value.type == "PHRASE":
        raise Fault(value.start_pos, f"The value of {name}: is not a phrase; write it without quotes.")
    if name == "scope":
        return _scope(label, value)
    if name in CHOICES:
        return _choice(name, value)
    return _RANGES[name](value, unicodedata.normalize("NFKC", value))


def _scope(label: Token, value: Token) -> Token:
    unit = unicodedata.normalize("NFKC", value).lower()
    if unit not in SCOPES:
        raise Fault(value.start_pos, "This is not a scope; write scope:document or scope:page.", *SCOPES)
    return Token.new_borrow_pos("SCOPE", unit, label)


def _choice(name: str, value: Token) -> Choice:
    chosen, known = unicodedata.normalize("NFKC", value).lower(), CHOICES[name]
    if chosen in known or (not known and re.fullmatch(r"[a-z0-9][a-z0-9.+-]{0,80}", chosen)):
        return Choice(name, chosen)
    if not known:
        raise Fault(value.start_pos, f"This is not a kind of file; write {name}:pdf, say.")
    listed = ", ".join(f"{name}:{each}" for each in known[:-1]) + f" or {name}:{known[-1]}"
    raise Fault(value.start_pos, f"The field {name}: has no such value; write {listed}.", *known)


def _date_range(value: Token, text: str) -> DateRange:
    message = "This is not a date; write date:2019, date:2019-04, date:2019-04-22 or date:2019..2021."
    bounds = _bounds(value, text, r"\d{4}(?:[-.]\d{1,2}(?:[-.]\d{1,2})?)?\.?", message)
    first, last = (bound and _iso(value, bound) for bound in bounds)
    # Cut to the shorter one, the two differ only where they share no day.
    if first and last and first[: len(last)] > last[: len(first)]:
        raise Fault(value.start_pos, "This range of dates ends before it begins; write the earlier date first.")
    return DateRange(first, last)


def _iso(value: Token, text: str) -> str:
    year, *rest = (part.zfill(2) for part in re.split("[-.]", text) if part)
    try:
        dt.date(int(year), *map(int, [*rest, "1", "1"][:2]))
    except ValueError:
        raise Fault(value.start_pos, f"The calendar has no {text}; correct the date.") from None
    return "-".join([year, *rest])


def _page_range(value: Token, text: str) -> PageRange:
    message = "This is not a page number; write page:3, page:3..5, page:3.. or page:..5."
    first, last = (bound and int(bound) for bound in _bounds(value, text, r"\d{1,9}", message))
    if 0 in (first, last):
        raise Fault(value.start_pos, "Pages are counted from 1; write page:1 for the first page.")
    if first and last and first > last:
        raise Fault(value.start_pos, "This range of pages ends before it begins; write the lower page first.")
    return PageRange(first or None, last or None)


def _confidence_range(value: Token, text: str) -> ConfidenceRange:
    message = "This is not a confidence, a number from 0 to 1; write confidence:..0.8 or confidence:0.5..0.8."
    bounds = _bounds(value, text, r"(?:0|1)(?:\.\d{1,4})?|\.\d{1,4}", message)
    first, last = (None if bound is None else float(bound) for bound in bounds)
    if max(first or 0, last or 0) > 1:
        raise Fault(value.start_pos, message)
    if first is not None and last is not None and first > last:
        raise Fault(value.start_pos, "This range ends before it begins; write the lower confidence first.")
    return ConfidenceRange(first, last)


_RANGES: dict[str, Callable[[Token, str], Node]] = {
    "date": _date_range,
    "page": _page_range,
    "confidence": _confidence_range,
}


def _bounds(value: Token, text: str, one: str, message: str) -> tuple[str | None, str | None]:
    found = re.fullmatch(rf"({one})|({one})?(?:\.\.|~)({one})?", text, re.ASCII)
    if found is None or not any(found.groups()):
        raise Fault(value.start_pos, message)
    return found[1] or found[2], found[1] or found[3]
