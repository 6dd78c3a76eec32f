"""Many queries at once: a table of them read line by line, each asked exactly as `search` and `quote` ask it.

A line that cannot be read or understood is an answer with an error, and the rest goes on.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.errors import CorpusUnusable, GongmunError, UsageError
from search.looking import Patience
from search.query import QueryError
from search.results import QuoteResult, Results
from search.searcher import Searcher
from search.widening import Widening

# Names of columns that mean something to us, as people write them; all others are carried through.
_NAMES: Mapping[str, frozenset[str]] = {
    "query": frozenset({"query", "검색어", "검색식", "질의"}),
    "quote": frozenset({"quote", "quotation", "인용", "인용문"}),
    "limit": frozenset({"limit", "개수"}),
    "id": frozenset({"id", "번호"}),
    "note": frozenset({"note", "비고"}),
}
_DELIMITERS = ",\t;"
_HITS, _PLACES = 10, 20  # what Searcher.search and Searcher.quote take by themselves
_PATIENCE = Patience()
_MARKS = (
    "The quotation marks are not as CSV has them; double each mark inside a cell and put the cell in marks "
    '("""동의를 받지 않고"" agency:법무부"), or write “동의를 받지 않고” agency:법무부.'
)
_TAKEN_AWAY = (
    "the marks around a cell belong to CSV, so these words are asked in any order; for words in this order write "
    '"""동의를 받지 않고""" or “동의를 받지 않고”.'
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table of queries.

    `number` counts lines of the file from 1; `carried` are the cells of the columns that are carried through. `error`
    says why the line cannot be read, else it is "".
    """

    number: int
    query: str = ""
    quote: str = ""
    limit: int | None = None
    carried: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Queries:
    """A table of queries: the names of the columns carried through, its lines, and what a person should know of it."""

    carried: tuple[str, ...]
    lines: tuple[Line, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a line: the results of its query, or those of its quotation, or an error.

    With `all_places` no place of the quotation was left out for the limit. `position` is where in the query the error
    is, in code points from 0 (None where it is in no place); `pointer` shows that as two lines.
    """

    line: Line
    results: Results | None = None
    quoted: QuoteResult | None = None
    all_places: bool = False
    error: str = ""
    position: int | None = None
    pointer: str = ""


@dataclass(frozen=True, slots=True)
class _Header:
    """Which column is what: the places of those that mean something, and the names of all."""

    names: tuple[str, ...]
    places: Mapping[str, int]

    @property
    def carried(self) -> list[int]:
        asked = {self.places.get(name) for name in ("query", "quote", "limit")}
        return [place for place in range(len(self.names)) if place not in asked]


# -- asking


def answers(
    searcher: Searcher,
    queries: Queries,
    limit: int | None = None,
    sort: str = "relevance",
    patience: Patience = _PATIENCE,
    widening: Widening | None = None,
) -> Iterator[Answer]:
    """Yield an answer for each query and each quotation of a table, in order; facets are not counted.

    `limit` is for lines that give none; None is what `Searcher.search` and `Searcher.quote` take by themselves.
    `patience` is had with each query, which `widening` widens. Where few pages have all the words of a query, those
    that have some follow.
    """
    for line in queries.lines:
        most = line.limit if line.limit is not None else limit
        if line.error:
            yield Answer(line, error=line.error)
            continue
        if line.query:
            yield _searched(searcher, line, _HITS if most is None else most, sort, patience, widening)
        if line.quote:
            yield _quoted(searcher, line, _PLACES if most is None else most)


def _searched(
    searcher: Searcher, line: Line, limit: int, sort: str, patience: Patience, widening: Widening | None
) -> Answer:
    try:
        found = searcher.search(
            line.query, limit, sort=sort, facets=False, patience=patience, partial=True, widening=widening
        )
        return Answer(line, results=found)
    except QueryError as error:
        return Answer(line, error=str(error), position=error.position, pointer=error.pointer())
    except CorpusUnusable:
        raise
    except GongmunError as error:
        return Answer(line, error=str(error))


def _quoted(searcher: Searcher, line: Line, limit: int) -> Answer:
    try:
        found = searcher.quote(line.quote, limit=limit)
        return Answer(line, quoted=found, all_places=len(found.places) < limit)
    except CorpusUnusable:
        raise
    except GongmunError as error:
        return Answer(line, error=str(error))


# -- reading a table


def read(text: str) -> Queries:
    """Read a table of queries: CSV, its cells parted by commas, tabs or semicolons.

    A column is called `query` or `quote` (검색어, 인용문); without these the first is the query. A column `limit`
    (개수) is the number of hits wanted. A first line that names none of these is a query already. Blank lines are
    passed over.

    Raises:
        UsageError: there is no query in it, or nothing to tell which column has them.
    """
    rows = list(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    delimiter, header = _header(rows)
    first = next(_records(rows, delimiter), None)
    if first is None:
        raise UsageError("There is no query in it; write one a line.")
    names = header or _Header(("query", *(f"column {n}" for n in range(2, len(first.cells) + 1))), {"query": 0})
    lines, bare = [], []
    for record in _records(rows, delimiter, first.end if header else 0):
        line = _line(record, names)
        lines.append(line)
        if _loses_marks(record.raw, line.query, delimiter):
            bare.append(line.number)
    if not lines:
        raise UsageError("There is no query in it, only a line of names; write one a line.")
    if header and first.raw.startswith('"'):
        bare = []  # whoever wrote the file puts marks around every cell
    return Queries(tuple(names.names[place] for place in names.carried), tuple(lines), _remarks(bool(header), bare))


@dataclass(frozen=True, slots=True)
class _Record:
    """A record of a table: the lines `number` (from 1) to `end` of the file, its cells or what is wrong with it."""

    number: int
    end: int
    cells: list[str]
    error: str
    raw: str


def _records(rows: Sequence[str], delimiter: str, after: int = 0) -> Iterator[_Record]:
    """Yield the records of a table that are not blank; one that breaks the rules of CSV costs one line."""
    at = after
    while at < len(rows):
        reader = csv.reader((rows[n] for n in range(at, len(rows))), delimiter=delimiter, strict=True)
        try:
            cells, error, end = next(reader), "", at + reader.line_num
        except csv.Error:
            cells, error, end = [], _MARKS, at + 1
        if error or any(cell.strip() for cell in cells):
            yield _Record(at + 1, end, cells, error, "".join(rows[at:end]).strip())
        at = end


def _header(rows: Sequence[str]) -> tuple[str, _Header | None]:
    """Return what parts the cells, and the names of the columns if the first line has them.

    Raises:
        UsageError: there are names, and none of them is that of the query.
    """
    for delimiter in _DELIMITERS:
        first = next(_records(rows, delimiter), None)
        names = tuple(unicodedata.normalize("NFC", cell.strip()) for cell in (first.cells if first else []))
        places: dict[str, int] = {}
        for place, name in enumerate(names):
            meaning = next((each for each, said in _NAMES.items() if name.casefold() in said), None)
            if meaning is not None:
                places.setdefault(meaning, place)
        if "query" in places or "quote" in places:
            return delimiter, _Header(names, places)
        if places and len(names) > 1:
            if 0 in places.values():
                raise UsageError(
                    f"None of the columns {', '.join(names)} is called query; name the one with queries so."
                )
            return delimiter, _Header(names, {**places, "query": 0})
    return ",", None


def _line(record: _Record, header: _Header) -> Line:
    number, cells = record.number, record.cells
    if record.error:
        return Line(number, record.raw, error=record.error)
    if len(cells) > len(header.names):
        said = f"The line has {len(cells)} cells, more than the {len(header.names)} of the first line"
        return Line(number, record.raw, error=f"{said}; put a query that holds a comma in quotation marks.")
    cells = cells + [""] * (len(header.names) - len(cells))
    found = {name: cells[place].strip() for name, place in header.places.items()}
    carried = tuple(cells[place] for place in header.carried)
    query, quote, asked = found.get("query", ""), found.get("quote", ""), found.get("limit", "")
    if not query and not quote:
        return Line(number, carried=carried, error="The line has no query; write one, or take the line out.")
    limit = int(asked) if asked.isdecimal() and len(asked) < 10 else None
    if asked and limit is None:
        return Line(number, query, quote, None, carried, f"The limit {asked!r} is no whole number; write 20, say.")
    return Line(number, query, quote, limit, carried)


def _loses_marks(raw: str, query: str, delimiter: str) -> bool:
    """Whether a query of several words stands in marks that CSV takes away and has no need of."""
    return f'"{query}"' in raw and " " in query and not set(query) & set('"\r\n' + delimiter)


def _remarks(named: bool, bare: list[int]) -> tuple[str, ...]:
    found = []
    if not named:
        found.append("No column is called query or quote: the first column of every line is asked.")
    if bare:
        more = f" and {len(bare) - 1} more" if len(bare) > 1 else ""
        found.append(f"Line {bare[0]}{more}: {_TAKEN_AWAY}")
    return tuple(found)
