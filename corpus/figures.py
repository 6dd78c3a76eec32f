"""Numbers and dates that stand in the text of pages, as values that can be compared.

Who recognises them is in search/figures.py; how they are kept is in corpus/figure_rows.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class FigureKind(StrEnum):
    """What a number tells."""

    QUANTITY = "quantity"
    PERCENT = "percent"
    MONEY = "money"
    ORDINAL = "ordinal"  # 제2차, 1등급, 2nd
    ARTICLE = "article"  # 제15조, Section 106


@dataclass(frozen=True, slots=True)
class Figure:
    """A number at [start, end) of a page's text: exact values from `low` to `high`, None is no bound.

    A bound is included unless it is open; a plain number has two equal bounds. `unit` is the counting word or sign
    in small letters (명, 달러, %, km), None where there is none.
    """

    kind: FigureKind
    low: Decimal | None
    high: Decimal | None
    low_open: bool
    high_open: bool
    unit: str | None
    start: int
    end: int

    def overlaps(self, other: Figure) -> bool:
        """Whether one value at least is in both."""
        return _reaches(self, other) and _reaches(other, self)

    @property
    def plain(self) -> bool:
        """Whether this is one exact value."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Mention:
    """A day, month or year, or a range of them, at [start, end) of a page's text.

    `first` and `last` are 2019, 2019-04 or 2019-04-22; where the text gives no year, --04 or --04-22.
    """

    first: str
    last: str
    start: int
    end: int


def _reaches(one: Figure, other: Figure) -> bool:
    """Whether `one` does not end before `other` begins."""
    if one.high is None or other.low is None:
        return True
    if one.high == other.low:
        return not (one.high_open or other.low_open)
    return one.high > other.low


@dataclass(frozen=True, slots=True)
class PageFigures:
    """What was recognised in one page of one extraction."""

    document: str
    page: int
    fingerprint: str
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]


def plain(value: Decimal) -> str:
    """Return a decimal as digits alone: 170000000, -0.2; never 1.7E+8."""
    written = format(value, "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


_OFFSET, _MOST = 500, 400  # of the exponent, so that it has three digits


def sort_key(value: Decimal | None, none: str) -> str:
    """Return a text that sorts as the value does, in any database and collation: digits, and a after negatives.

    It is a sign (7 above zero, 5 zero, 3 below), the exponent in three digits and the significant digits, both as
    nines' complement below zero, where a longer number is the smaller one. Values have no bound but +-10^400 and lose
    nothing, unlike floating point or 64-bit integers. `none` is returned for no value: "0" and "9" are below and above
    all.

    Raises:
        ValueError: the value has an exponent of more than 400.
    """
    if value is None:
        return none
    sign, digits, exponent = value.as_tuple()
    significant = "".join(map(str, digits)).lstrip("0").rstrip("0")
    if not significant:
        return "5"
    power = value.adjusted()
    if not isinstance(exponent, int) or abs(power) > _MOST:
        raise ValueError(f"{value} is too large or too small a number to keep.")
    if not sign:
        return f"7{power + _OFFSET:03}{significant}"
    return f"3{999 - power - _OFFSET:03}{''.join(str(9 - int(digit)) for digit in significant)}a"


def days(mention: Mention) -> tuple[int, int]:
    """Return the first and last day a mention may mean, as numbers that sort: 20190401; without a year, 401."""
    return day_number(mention.first, last=False), day_number(mention.last, last=True)


def day_number(written: str, last: bool) -> int:
    """Return the first or last day of 2019, 2019-04, 2019-04-22, --04 or --04-22 as a number."""
    with_year = "0" + written[1:] if written.startswith("--") else written
    year, month, day = [*with_year.split("-"), "", ""][:3]
    return int(year) * 10_000 + int(month or (12 if last else 1)) * 100 + int(day or (31 if last else 1))
