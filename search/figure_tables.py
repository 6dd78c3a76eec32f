"""What the header of a table says of the bare numbers below it: (단위: 백만원), a column y.o.y(%), a row 비율(%)."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from corpus.figures import FigureKind
from search.figure_units import unit_at

_HEADER = re.compile(
    r"[(\[<【]?\s*단\s?위\s*([:;]?)\s*([^()\[\]<>】\n]{1,40}(?:\([^)\n]{1,12}\))?[^()\[\]<>】\n]{0,12})[)\]>】\n]"
)
_BRACKETED = re.compile(
    r"\(\s*((?:[십백천만억조]+\s?)?(?:원|달러|불|US\$|명|건|개|톤|호|㎡)\s*(?:,\s*(?:%p?|전[^)]{1,12}%))?)\s*\)"
)
_SCALE = re.compile(r"(십|백|천)?(만|억|조)?")
_SMALL, _BIG = {"십": 10, "백": 100, "천": 1000}, {"만": 10**4, "억": 10**8, "조": 10**12}
_ENGLISH = re.compile(
    r"\(?\s*(?:\$|USD|dollars?|amounts?)?\s*(?:are\s+)?\(?in\s+(?:(\$|USD)\s*)?(thousands|millions|billions)(?:\s+of\s+(dollars|won|people|persons))?",
    re.IGNORECASE,
)
_FACTORS = {"thousands": 10**3, "millions": 10**6, "billions": 10**9}
_RATE = re.compile(
    r"%|비율|[율률](?:\([^)]*\))?$|구성비|증감률|비중|퍼센트|y\.?o\.?y|\brate\b|per\s?cent", re.IGNORECASE
)
_PERCENT_COLUMN = re.compile(r"(?:^|.*\()%p?\)?$|.*%\)$|^%$")
_THOUSANDS_COLUMN = re.compile(r".*\(?000'?s\)?$")
_PROSE = re.compile(r"다\.|습니다|^\s*[□ㅇ○◦■※*▶▷●]|[a-z]{3,} [a-z]{2,} [a-z]{2,} [a-z]{2,}")
_ANY_UNIT_COLUMN = re.compile(
    r"[가-힣]\((?:[십백천만억]*원|[명개건호㎡㎞%톤점회]|개소|개월|세대|가구|시간|억\s?달러)\)"
)
# A head that is nothing but a scaled unit (백만원, Million), and those that tell which of several units is theirs.
_BARE_HEAD = re.compile(
    r"[십백천만억조]+(?:원|달러|불|명|건|개|톤|호)$|(?:(?P<dollars>US\$|\$|USD)\s?)?(?P<scale>thousand|million|billion)s?$",
    re.IGNORECASE,
)
_ANY_BARE_HEAD = re.compile(
    r"(?<![^\s])(?:[십백천만억조]+(?:원|달러|불|명|건|개|톤|호)|(?:US\$|\$|USD\s?)?(?:[Tt]housand|[Mm]illion|[Bb]illion)s?)(?=\s|$)"
)
_OF_MONEY = re.compile(r"(?:금액|예산|비용|매출|원가|지출|수입|[가-힣](?:액|비))(?:\([^)]*\))?$")
_OF_COUNT = re.compile(r"(?:인원|[가-힣]수|물량|면적)(?:\([^)]*\))?$")
_ROW = re.compile(r"(?:\s[(△▲-]*[0-9][0-9,.]*\)?|\s-){2,}\s*$")  # a line that ends in two numbers, whatever begins it
_UNIT_COLUMN = re.compile(r"\(([^()A-Za-z]{1,12})\)$")
_CELL = re.compile(
    r"(?<![^\s(△▲-])\(?[△▲-]?\(?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?\)?(?=\s|$)|(?<=\s)-(?=\s|$)"
)
_LINES_DOWN, _LINES_UP = 80, 40


@dataclass(frozen=True, slots=True)
class CellUnit:
    """What a bare number in a table is: kind, unit, and what its digits are multiplied by."""

    kind: FigureKind
    unit: str | None
    factor: int


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where the units of a header hold: from the end of the header to the end of its table."""

    start: int
    end: int
    units: tuple[CellUnit, ...]


PERCENT = CellUnit(FigureKind.PERCENT, "%", 1)


class Tables:
    """The tables of one flat text."""

    def __init__(self, text: str) -> None:
        self.text = text
        heads = "%" in text or "000'" in text or _ANY_UNIT_COLUMN.search(text) or _ANY_BARE_HEAD.search(text)
        self.any_column = bool(heads)
        self._scopes = _scopes(text) if ("단" in text or "(" in text or " in " in text) else []
        self._starts = [scope.start for scope in self._scopes]
        self._lines = (
            [0, *(found.end() for found in re.finditer("\n", text))] if self._scopes or self.any_column else []
        )
        self._columns: dict[int, list[str] | None] = {}

    def unit_of(self, start: int, end: int) -> CellUnit | None:
        """Return what a bare number at a place is by its row, its column or the header; None outside of tables."""
        if not self._lines:
            return None
        line = bisect_right(self._lines, start) - 1
        scope = self._scope(start)
        first, last = self._bounds(line)
        text = self.text[first:last]
        cells = [cell.span() for cell in _CELL.finditer(text)]
        if scope is None and len(cells) < 2:
            return None
        row = _row_name(text, cells, start - first)
        if "%" in row or (scope and PERCENT in scope.units and _RATE.search(row)):
            return PERCENT
        several = tuple({unit for unit in scope.units if unit.unit != "%"}) if scope else ()
        column = self._column(line, text, cells, start - first, len(several) > 1)
        told = [unit for name in (column, row) if name and (unit := _told(name))]
        if told:
            return told[0] if len(set(told)) == 1 else None  # the row says one thing and the column another
        if scope is None:
            return None
        if len(scope.units) > 1 and PERCENT in scope.units and _in_brackets(self.text, start, end):
            return PERCENT  # the second row of a cell: the change
        if len(several) < 2:
            return several[0] if several else scope.units[0]
        return _fitting(several, column or "") or _fitting(several, row)  # else it cannot be told

    def covers(self, at: int) -> bool:
        """Whether a place stands under a header that tells units."""
        return self._scope(at) is not None

    def _scope(self, at: int) -> _Scope | None:
        place = bisect_right(self._starts, at) - 1
        return self._scopes[place] if place >= 0 and at < self._scopes[place].end else None

    def _bounds(self, line: int) -> tuple[int, int]:
        first = self._lines[line]
        last = self._lines[line + 1] - 1 if line + 1 < len(self._lines) else len(self.text)
        return first, last

    def _column(self, line: int, text: str, cells: list[tuple[int, int]], at: int, several: bool) -> str | None:
        """Return the head of the column of the number at `at` of a line, counted from the right.

        `several`: the table has several units, and its heads may tell which is whose without naming one.
        """
        if not (self.any_column or several) or len(cells) < 2:
            return None
        heads = self._heads(line)
        if heads is None:
            return None
        if "\t" in text:
            place = text.count("\t", 0, at)
            return heads[place] if place < len(heads) and text.count("\t") + 1 == len(heads) else None
        after = sum(1 for start, _ in cells if start > at)
        head = heads[-1 - after] if after < len(heads) else None
        in_words = head is not None and _UNIT_COLUMN.search(head) is None and not _PERCENT_COLUMN.match(head)
        sure = len(heads) - len(cells) in (0, 1)  # else blanks within heads make the counting unsure
        return head if sure or not in_words or (head and _THOUSANDS_COLUMN.match(head)) else None

    def _heads(self, line: int) -> list[str] | None:
        """Return the column heads over a line: the nearest line above with few numbers and a % or 000's."""
        if line not in self._columns:
            found = None
            for above in range(line - 1, max(-1, line - _LINES_UP), -1):
                if above in self._columns:
                    found = self._columns[above]
                    break
                first, last = self._bounds(above)
                text = self.text[first:last]
                if _PROSE.search(text):
                    break
                heads = (
                    [head.strip() for head in text.split("\t")]
                    if "\t" in text
                    else re.sub(r"\s+(?=\()", " ", text).split()
                )
                header = any(first <= start <= last for start in self._starts)
                few_numbers = len(_CELL.findall(text)) <= len(heads) // 2
                if len(heads) > 1 and not header and few_numbers and any(map(_tells_unit, heads)):
                    found = heads
                    break
            self._columns[line] = found
        return self._columns[line]


def _tells_unit(head: str) -> bool:
    """Whether the head of a column tells the unit of its numbers, or which of several units it is."""
    return _told(head) is not None or bool(_OF_MONEY.search(head) or _OF_COUNT.search(head))


def _told(name: str) -> CellUnit | None:
    """Return the unit that the head of a column or the name of a row tells: y.o.y(%), 예산(백만원), 백만원, Million."""
    if _PERCENT_COLUMN.match(name):
        return PERCENT
    if _THOUSANDS_COLUMN.match(name):
        return CellUnit(FigureKind.QUANTITY, None, 1000)
    bare = _BARE_HEAD.match(name)
    if bare and bare["scale"]:
        factor = _FACTORS[bare["scale"].lower() + "s"]
        kind, unit = (FigureKind.MONEY, "달러") if bare["dollars"] else (FigureKind.QUANTITY, None)
        return CellUnit(kind, unit, factor)
    bracketed = _UNIT_COLUMN.search(name)
    written = name if bare else bracketed[1] if bracketed and bracketed.start() else ""
    units = _units(written, listed=True)
    return units[0] if len(units) == 1 else None


def _fitting(units: tuple[CellUnit, ...], name: str) -> CellUnit | None:
    """Return the one of several units that fits the name of a row or column: money for 예산, else for 인원."""
    money = [unit for unit in units if unit.kind is FigureKind.MONEY]
    others = [unit for unit in units if unit.kind is not FigureKind.MONEY]
    fitting = money if _OF_MONEY.search(name) else others if _OF_COUNT.search(name) else []
    return fitting[0] if len(fitting) == 1 else None


def _in_brackets(text: str, start: int, end: int) -> bool:
    return bool(re.search(r"\([△▲-]?$", text[max(0, start - 2) : start])) and text[end : end + 1] == ")"


def _row_name(text: str, cells: list[tuple[int, int]], at: int) -> str:
    """Return the words before the run of numbers that a number stands in."""
    name = ""
    for one, other in pairwise([(0, 0), *(cell for cell in cells if cell[0] <= at)]):
        name = text[one[1] : other[0]].strip() or name
    return name.replace(" ", "")


def _scopes(text: str) -> list[_Scope]:
    small = text.lower()
    headers = [*_HEADER.finditer(text)] if "단위" in text or "단 위" in text else []
    told = [(match, match[2], not match[1]) for match in headers]  # with a colon any word is a unit: (단위: 어절)
    told += [(match, match[1], True) for match in _BRACKETED.finditer(text)]
    found = [(match.start(), match.end(), units) for match, unit, listed in told if (units := _units(unit, listed))]
    if any(word in small for word in _FACTORS):
        found += [(each.start(), each.end(), (unit,)) for each in _ENGLISH.finditer(text) if (unit := _english(each))]
    found.sort(key=lambda each: each[0])
    following = [*(start for start, _, _ in found[1:]), *([len(text)] if found else [])]
    return [
        _Scope(start, min(last, _table_end(text, start)), units)
        for (_, start, units), last in zip(found, following, strict=True)
    ]


def _english(match: re.Match[str]) -> CellUnit | None:
    dollars = match[1] or "$" in match[0] or (match[3] or "").lower() == "dollars" or "dollar" in match[0].lower()
    factor = _FACTORS[match[2].lower()]
    if dollars:
        return CellUnit(FigureKind.MONEY, "달러", factor)
    return CellUnit(FigureKind.QUANTITY, None, factor) if "(" in match[0] else None


def _table_end(text: str, start: int) -> int:
    """Return where the lines after a header stop looking like those of a table."""
    at = text.find("\n", start)
    at = len(text) if at < 0 else at
    for _ in range(_LINES_DOWN):
        if at >= len(text):
            break
        following = text.find("\n", at + 1)
        following = len(text) if following < 0 else following
        line = text[at + 1 : following]
        if _PROSE.search(line) and not _ROW.search(line):
            break
        at = following
    return at


def _units(written: str, listed: bool = False) -> tuple[CellUnit, ...]:
    """Read what a header lists: 백만원; 명, %; 억 달러, 전년동기 대비 %. With `listed`, known units only."""
    found = []
    for part in re.split(r"[,/·ㆍ]|\s및\s", written):
        part = part.strip()
        if "%" in part:
            found.append(PERCENT)
            continue
        scale = _SCALE.match(part)
        name = part[scale.end() :].strip() if scale else part
        unit = unit_at(f"1{name} ", 1, hangul=True, listed=listed) if name else None
        factor = (_SMALL.get(scale[1], 1) if scale else 1) * (_BIG.get(scale[2], 1) if scale else 1)
        if unit and unit.end >= 1 + len(name.split()[0]):
            found.append(CellUnit(unit.kind, unit.name, factor))
        elif factor > 1 and not name:
            found.append(CellUnit(FigureKind.QUANTITY, None, factor))
    return tuple(found)


def is_cell(text: str, start: int, end: int) -> bool:
    """Whether digits stand between blanks, tabs, brackets or line ends, as a cell of a table does."""
    before, behind = text[start - 1 : start], text[end : end + 1]
    return (not before or before in " \t\n(△▲-") and (not behind or behind in " \t\n)")
