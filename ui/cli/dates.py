"""Dates as people type them, to ISO: 2021-12-20, 2021.12.20., 2021. 12. 20, 20211220; also a year or a month."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

import click

_FORM = re.compile(r"(\d{4})(?:\s*(?:[-./년]\s*)(\d{1,2})(?:\s*(?:[-./월]\s*)(\d{1,2}))?)?\s*[.년월일]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


def iso(typed: str) -> str | None:
    """Return a date as ISO (year, month or day), or None if it is not one."""
    plain = unicodedata.normalize("NFKC", typed).strip()
    match = _DIGITS.fullmatch(plain) or _FORM.fullmatch(plain)
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join([year, *(part.zfill(2) for part in (month, day) if part)])


def date(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    """Read the date of an option; "" stays "" (it unsets one)."""
    if not value:
        return value
    made = iso(value)
    if made is None:
        said = f"{value!r} is no date; write it as 2021-12-20, 2021.12.20., 2021-12 or 2021."
        raise click.BadParameter(said, context, parameter)
    return made
