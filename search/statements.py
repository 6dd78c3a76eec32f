"""What the papers say in numbers about something: figures in one sentence or table row with a term, side by side.

Statements are grouped where one value fits all of them (their intervals have a value in common, their units the same),
so that two that differ never stand in one group; groups of nearly the same value are told of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from corpus.figure_rows import COUNTED
from corpus.figures import Figure, FigureKind
from corpus.model import Coverage, Listing, Page, Span
from search.figure_grammar import flat
from search.figure_tables import Tables
from search.figure_units import unit_key
from search.figures import read
from search.looking import Patience, Unfinished
from search.query import (
    And,
    Expression,
    FigureRange,
    Findable,
    Gapped,
    MentionRange,
    Near,
    Node,
    Or,
    Phrase,
    Prefix,
    Scope,
    Word,
    parse,
    positive_leaves,
    unparse,
)
from search.searcher import Searcher

MOST_PAGES = 2_000  # with a term, looked through for one question
Places = dict[Findable, tuple[Span, ...]]  # where each part of a term stands on a page
NEAR = Decimal("0.1")  # groups whose values differ by less are told of each other

_BREAK = re.compile(
    r"(?<=[^\d\s][.!?])[\"”’)\]]*\s+(?=\S)|\n[ \t]*\n\s*|"
    r"\n(?=[ \t]*(?:[□■○●◦ㅇ❍※▶▷◆◇▲▪•·⋅*]|[-–]\s|\(?\d{1,2}[.)]\s|[가나다라마바사아자차카타파하][.)]\s|[①-⑳]|"
    r"<[^>\n]+>))"
)
_ENDED = re.compile(r"[다음임함됨요][.]?\s*$|[.!?]\s*$")
_GOES_ON = re.compile(
    r"[\s□■○●◦ㅇ※·•*-]*(?:그(?=\s)|이(?=\s|는|들)|건수|수량|규모|인원|금액|합계|전체|총|모두|in all|it\b|they\b|"
    r"these\b|of (?:these|them|which)|the (?:number|total)|that is)",
    re.IGNORECASE,
)
_ATTACHED = re.compile(r"\s*붙\s?임")
_NUMBER_CELL = r"[(△▲-]*[0-9][0-9,.]*\)?(?:%|[명건개원대회])?"
_ROW = re.compile(
    rf"(?![ \t]*[□■○●◦ㅇ❍※*])[^\n]*(?:\t[^\n]*|\s{_NUMBER_CELL}\s(?:[^\n]*\s)?(?:{_NUMBER_CELL}|-|…))[ \t]*(?=\n|$)"
)
_HEAD_LINES = 3


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure beside a term: where it stands and the sentence or row it is in, as it may be seen.

    `sentence` is one line; `mark` is where the figure stands in it. `head` is the title of the table for a row;
    `before` the sentence before, where that has the term and this one has not.
    """

    document: Listing
    page: Page
    figure: Figure
    written: str
    sentence: str
    mark: tuple[int, int]
    head: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Statements that one value fits. `near` are the places, from 0, of groups of nearly that value, which differ."""

    unit: str | None
    statements: tuple[Statement, ...]
    near: tuple[int, ...] = ()

    @property
    def documents(self) -> int:
        return len({each.document.document.id for each in self.statements})


@dataclass(frozen=True, slots=True)
class Stated:
    """All statements about a term; `pages` have the term, of which `looked_at` were looked through."""

    term: str
    groups: tuple[Group, ...]
    pages: int
    looked_at: int
    coverage: Coverage
    behind: int
    unfinished: tuple[Unfinished, ...] = ()

    @property
    def total(self) -> int:
        return sum(len(group.statements) for group in self.groups)


def stated(
    searcher: Searcher,
    term: str,
    patience: Patience | None = None,
    unit: str | None = None,
    most: int = MOST_PAGES,
) -> Stated:
    """Return every statement of a number in one sentence or table row with a term, in the query language.

    With `unit` only numbers of that unit are told, of the first `most` pages with the term.

    Raises:
        QueryError: the term cannot be understood.
    """
    node = parse(term)
    results = searcher.search(node, limit=most, sort="document", facets=False, patience=patience or Patience())
    hits = [hit for hit in results.hits if not hit.partial]
    found: list[Statement] = []
    for hit in hits:
        found += _on_page(searcher, hit.document, hit.page, node)
    if unit is not None:
        found = [each for each in found if each.figure.unit == unit_key(unit)]
    return Stated(term, groups(found), results.total, len(hits), results.coverage, results.behind, results.unfinished)


def _on_page(searcher: Searcher, listing: Listing, page: Page, node: Node) -> Iterator[Statement]:
    text = page.visible
    figures = [each for each in read(text)[0] if each.kind in COUNTED]
    if not figures:
        return
    places = {leaf: searcher.marks(unparse(leaf), [page])[0] for leaf in positive_leaves(node)}
    term = [span for spans in places.values() for span in spans]
    before: Stretch | None = None
    for stretch in stretches(text):
        inside = [
            each
            for each in figures
            if stretch.at.start <= each.start < stretch.at.end
            and not any(span.start <= each.start and each.end <= span.end for span in term)
        ]
        if inside and not _ATTACHED.match(text, stretch.at.start):
            above = None if _holds(node, places, stretch) else before
            goes_on = above is not None and _GOES_ON.match(text, stretch.at.start)
            if _holds(node, places, stretch) or (goes_on and _holds(node, places, stretch, above)):
                for figure in inside:
                    yield _statement(listing, page, text, stretch, figure, above)
        before = None if stretch.row else stretch


def _statement(
    listing: Listing, page: Page, text: str, stretch: Stretch, figure: Figure, above: Stretch | None
) -> Statement:
    start, end = stretch.at.start, max(stretch.at.end, figure.end)
    before, written, behind = (
        _one_line(text[begin:stop])
        for begin, stop in ((start, figure.start), (figure.start, figure.end), (figure.end, end))
    )
    before += " " if before and text[figure.start - 1].isspace() else ""
    behind = (" " if behind and text[figure.end].isspace() else "") + behind
    head, mark = stretch.head, (len(before), len(before) + len(written))
    title = _one_line(text[head.start : head.end]) if head else ""
    leading = _one_line(text[above.at.start : above.at.end]) if above else ""
    return Statement(listing, page, figure, written, before + written + behind, mark, title, leading)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _holds(node: Node, places: Places, stretch: Stretch, above: Stretch | None = None) -> bool:
    """Whether a sentence, or a row with its title, has what a term asks for; fields were met by the page."""
    match node:
        case And(children):
            return all(_holds(child, places, stretch, above) for child in children)
        case Or(children):
            return any(_holds(child, places, stretch, above) for child in children)
        case Scope(_, child):
            return _holds(child, places, stretch, above)
        case Word() | Phrase() | Prefix() | Gapped() | Near() | Expression() | FigureRange() | MentionRange():
            parts = (stretch.at, stretch.head, above.at if above else None)
            return any(
                part.start < span.end and span.start < part.end for span in places[node] for part in parts if part
            )
        case _:
            return True


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence of a page, or a row of a table, which has a `head`: its title and the heads of its columns."""

    at: Span
    row: bool = False
    head: Span | None = None


def stretches(text: str) -> list[Stretch]:
    """Return the sentences of a page and the rows of its tables, in order.

    A sentence ends at its full stop, at an empty line or before a bullet, and runs on over other line ends. A row is a
    line with tabs or two numbers, or with one below a header that tells the unit.
    """
    rows = _rows(text)
    cuts = {0, len(text)} | {edge for row in rows for edge in (row.at.start, row.at.end)}
    for found in _BREAK.finditer(text):
        if not any(row.at.start < found.end() < row.at.end for row in rows):
            cuts.add(found.end())
    ordered, by_start = sorted(cuts), {row.at.start: row for row in rows}
    made = []
    for start, end in pairwise(ordered):
        row = by_start.get(start)
        if row or text[start:end].strip():
            made.append(row or Stretch(Span(start, end)))
    return made


def _rows(text: str) -> list[Stretch]:
    """Return the rows of a page's tables, each with the lines over the first of them as its head."""
    tables = Tables(flat(text))
    found: list[Stretch] = []
    head: Span | None = None
    lines = [Span(line.start(), line.end()) for line in re.finditer(r"[^\n]+", text)]
    in_table = False
    for at, line in enumerate(lines):
        row = text[line.start : line.end]
        told = tables.covers(line.start) and re.search(r"(?:^|\s)[(△▲-]*[0-9][0-9,.]*\)?\s*$", row)
        if _ROW.fullmatch(row) or told:
            if not in_table:
                over = [
                    each
                    for each in lines[max(0, at - _HEAD_LINES) : at]
                    if not _ENDED.search(text[each.start : each.end])
                ]
                head = Span(over[0].start, line.start) if over else None
            found.append(Stretch(line, True, head))
            in_table = True
        else:
            in_table = in_table and bool(tables.covers(line.start))
    return found


def groups(found: Sequence[Statement]) -> tuple[Group, ...]:
    """Group statements by unit and by a value that fits all of a group, larger groups first."""
    by_unit: dict[tuple[FigureKind, str | None], list[Statement]] = {}
    for statement in found:
        by_unit.setdefault((statement.figure.kind, _unit(statement.figure)), []).append(statement)
    made = [Group(unit, tuple(members)) for (_, unit), same_unit in by_unit.items() for members in _agreeing(same_unit)]
    made.sort(key=lambda group: (-group.documents, -len(group.statements)))
    return tuple(
        Group(group.unit, group.statements, tuple(i for i, other in enumerate(made) if _nearly(group, other)))
        for group in made
    )


def _unit(figure: Figure) -> str | None:
    """Return the unit by which statements are compared: an English noun is none, as images are 건."""
    unit = figure.unit
    return None if unit in ("건", "개", "장", None) or re.fullmatch("[a-z-]{3,}", unit or "") else unit


def _agreeing(statements: Iterable[Statement]) -> Iterator[list[Statement]]:
    """Yield statements in as few groups as there can be of which each has a value that fits all its members.

    Intervals are taken by where they end, and each goes to the last value chosen if it holds that (the greedy piercing
    of intervals); statements without an upper bound come last and join a group they hold.
    """
    ordered = sorted(statements, key=lambda each: _ends(each.figure))
    group: list[Statement] = []
    at: Figure | None = None
    for statement in ordered:
        if at is None or not _fits(statement.figure, at):
            if group:
                yield group
            group, at = [], statement.figure
        group.append(statement)
        at = _common(at, statement.figure)
    if group:
        yield group


def _ends(figure: Figure) -> tuple[bool, Decimal, bool]:
    return figure.high is None, figure.high if figure.high is not None else Decimal(0), not figure.high_open


def _fits(figure: Figure, common: Figure) -> bool:
    """Whether a figure states a value in common with a group; at least 100 is no statement of 170 million."""
    if None in (figure.low, figure.high, common.low, common.high):
        return (figure.low, figure.high) == (common.low, common.high)
    return figure.overlaps(common)


def _common(one: Figure, other: Figure) -> Figure:
    """Return the values that two overlapping figures have in common."""
    low, low_open = max(
        (one.low, one.low_open),
        (other.low, other.low_open),
        key=lambda each: (each[0] is not None, each[0] or 0, each[1]),
    )
    high, high_open = min(
        (one.high, one.high_open),
        (other.high, other.high_open),
        key=lambda each: (each[0] is None, each[0] or 0, not each[1]),
    )
    return Figure(one.kind, low, high, low_open, high_open, one.unit, 0, 0)


def _nearly(one: Group, other: Group) -> bool:
    """Whether two groups of one unit state nearly the same value, and differ."""
    if one is other or one.unit != other.unit or one.statements[0].figure.kind is not other.statements[0].figure.kind:
        return False
    a, b = _middle(one.statements[0].figure), _middle(other.statements[0].figure)
    return a is not None and b is not None and abs(a) >= 100 and 0 < abs(a - b) <= NEAR * max(abs(a), abs(b))


def _middle(figure: Figure) -> Decimal | None:
    return None if figure.low is None or figure.high is None else (figure.low + figure.high) / 2
