"""Pages that state a figure or mention a date, and words of a query that are numbers in their other spellings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from corpus import figure_rows
from corpus.figures import Figure, plain
from corpus.store import PageKey, Store
from search.figure_values import figure_of
from search.figures import VERSION, value
from search.looking import Patience, Unfinished, look_through
from search.query_nodes import And, FigureRange, MentionRange, Node, Or, Word
from search.word_runs import with_runs_replaced

_LONGEST = 4  # words of one number: 1 억 7천만 건
_BIG = ((10**12, "조"), (10**8, "억"), (10**4, "만"))
_ENGLISH = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))


def pages_with(
    node: FigureRange | MentionRange, store: Store, visible: frozenset[str], patience: Patience, until: float
) -> tuple[frozenset[PageKey], Unfinished | None]:
    """Return the pages of documents that state what is asked for, and what of them could not be told in time.

    Documents that have no rows yet, having been read by an older version, are looked through page by page.
    """
    with store.reading() as connection:
        if isinstance(node, FigureRange):
            found = figure_rows.pages_with_figure(connection, figure_of(node), node.close)
        else:
            found = figure_rows.pages_with_mention(connection, node.first, node.last)
        lacking = visible & frozenset(figure_rows.unrecognised(connection, VERSION))
    known = frozenset(key for key in found if key[0] in visible and key[0] not in lacking)
    if not lacking:
        return known, None
    keys = [(document, n) for document in sorted(lacking) for n in range(1, len(store.labels(document)) + 1)]
    seen, unsure = look_through(node, keys, store, patience, until)
    return known | seen, unsure


@dataclass(frozen=True, slots=True)
class Spelled:
    """Words of a query that are a number, `typed`: its value, and examples of the spellings that are found too."""

    typed: str
    value: str
    forms: tuple[str, ...]


def spelled(node: Node, without: frozenset[str] = frozenset()) -> tuple[Node, tuple[Spelled, ...]]:
    """Return a tree in which numbers are also looked for in their other spellings, and what was added to which.

    Only numbers with a scale (5,764만, 170 million) or of four digits and more, that are no year, by words that follow
    each other; nothing within quotation marks, to =word and word*, in fields and under a NOT. `without` are numbers to
    leave alone, as `Spelled.typed` tells them.
    """
    told: dict[str, Spelled] = {}

    def other(words: Sequence[Word]) -> Sequence[Node] | None:
        if _number(_typed(words)) is None:
            return None
        found = _other(words, without, told)
        return [found] if found else words  # left out: as one number, not word by word

    return with_runs_replaced(node, _LONGEST, other), tuple(told.values())


def _typed(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def _other(words: Sequence[Word], without: frozenset[str], told: dict[str, Spelled]) -> Or | None:
    """Return words as typed or the value they are; None where they are no number, or are left out."""
    typed = _typed(words)
    figure = _number(typed)
    if figure is None or typed.casefold() in {each.casefold() for each in without} or figure.low is None:
        return None
    written = plain(figure.low)
    told[typed] = Spelled(typed, written, tuple(form for form in forms(figure.low) if form != typed))
    as_typed: Node = words[0] if len(words) == 1 else And(tuple(words))
    return Or((as_typed, FigureRange(written, written, figure.unit, close=True)))


def _number(typed: str) -> Figure | None:
    """Return the plain value that words are, where it is worth another spelling."""
    if len(typed) > 60 or not any(map(str.isdigit, typed)):
        return None
    figure = value(typed)
    if figure is None or not figure.plain or figure.low is None or re.fullmatch("[a-z-]{3,}", figure.unit or ""):
        return None  # faces are words of the query like any other
    digits = [sign for sign in typed if sign.isdigit()]
    scaled = figure.low >= 10_000 and len(digits) < len(plain(figure.low))
    year = typed.isdigit() and len(typed) == 4 and "1800" <= typed < "2100"
    return figure if scaled or (len(digits) >= 4 and not year) else None


def forms(number: Decimal) -> tuple[str, ...]:
    """Return how a number may be written: 170,000,000 · 1억 7,000만 · 1.7억 · 170 million."""
    found = [f"{number:,f}"]
    whole, parts = int(number), []
    if number == whole:
        for scale, name in _BIG:
            if whole >= scale:
                parts.append(f"{whole // scale:,}{name}")
                whole %= scale
        if parts:
            found.append(" ".join([*parts, *([f"{whole:,}"] if whole else [])]))
    for scales, blank in ((_BIG, ""), (_ENGLISH, " ")):
        fitting = next(((scale, name) for scale, name in scales if abs(number) >= scale), None)
        if fitting:
            short = plain(number / fitting[0])
            if len(short) <= 6:
                found.append(f"{short}{blank}{fitting[1]}")
    return tuple(dict.fromkeys(found))
