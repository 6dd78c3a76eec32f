"""Numbers and dates in the text of a page, read exactly, Korean and English.

What counts as which figure, and where an interval begins and ends, is defined in benchmarks/figures/README.md, with
examples in docs/query-language.md. The text is gone through from digit to digit; at each the first reader that
understands what stands there takes it: dates, what is no figure at all, articles, ordinals, quantities.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal

from corpus.figures import Figure, FigureKind, Mention, PageFigures
from corpus.model import Page
from search.dates import Seen, mention_at
from search.figure_bounds import Bound, Interval, after, before, interval
from search.figure_grammar import Number, flat, in_words, number, scaled, step_of
from search.figure_tables import Tables, is_cell
from search.figure_units import PREFIX, SIGN_ENDS, Unit, currency_of, unit_at
from search.not_figures import bracketed_mark, not_a_figure
from search.numbered import numbered

VERSION = 2  # of what is recognised: rows that an older one wrote are written anew

_DIGIT = re.compile(r"[0-9]")
_HANGUL = re.compile(r"[가-힣]")
_MORE = re.compile(
    r"여(?=\s?[가-힣㎡㎞㎏%]|[\s,.)]|$)|\s여(?=\s?(?:[명인건개원회대년권표점종석]|달러|시간|개월|일|세대|가구|곳)|\s|$)"
)
_RANGE = re.compile(r"\s?~\s?|-\s?|\s-\s|\s?(?:에서|내지)\s|부터\s|\s+(?:to|through)\s+")
_MINUSES = frozenset("△-)")
_BEGINS_RANGE = frozenset("~- \n\t에내부")
_POINT = re.compile(r"(?:^|(?<=[\s(\[=<>$-]))\.$")
_UP_TO = re.compile(r"\s?까지")
_CHANGES = re.compile("에서|부터")
_BETWEEN = re.compile(r"\b(between|from)\s+(?:about\s+)?(?:[$€£]\s?)?$", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|to|through)\s+|-\s?|\s-\s")
_SIGNED = re.compile(r"(?:약\s?|만\s?)?(?:US\$|[$₩€£])?\s?(?=[0-9])")
_SECOND_BOUND = re.compile(r"\s?[,~]?\s?(?:만\s?)?(?=[0-9])|\s?[,~]?\s?")
_MINUS = re.compile(r"(?:△|\([-△]\)|(?:^|[\s(\[:])-)$")
_CHANGED = re.compile(
    r"(?:rose|fell|grew|went|increase[ds]?|decrease[ds]?|declined?|dropped|jumped|reduced|raised|up|down|changed?)\s+(?:\w+\s+)?from\s+$",
    re.I,
)
_MACHINES = re.compile(
    r"(?:차|카메라|서버|PC|장비|버스|트럭|기기|로봇|드론|컴퓨터|단말기|설치|항공기|엔진|게이트|전화|TV)[^.\n]{0,10}$"
)
# What is counted as the ten or twenty foremost: 10대 그룹, 20대 국정과제.
_FOREMOST = re.compile(
    r"\s?(?:핵심|주요|중점|국정|전략|과제|그룹|기업|재벌|대기업|뉴스|사건|대학|도시|건설사|업체|산업|품목|분야|공약|제품|기술|수출|사업|원칙|정책|목표)"
)
_HOMES = re.compile(r"(?:주택|임대|공급|분양|물량|건설|세대|가구|호수|빈집|공가|단지|총|계|약)[^.\n]{0,20}$")
_PAIR = re.compile(r"[2-9]인\s?$")
_LABEL_BEFORE = re.compile(r"(?<!총)(?<!각)(?<!약)(?<!계)(?<!균)(?<!만)[가-힣]$")
# 엑스박스 360의, 갤럭시 노트 7 폭발: in a Korean sentence a number without a unit behind a noun names one of its kind.
_NOUN = re.compile(
    r"[가-힣A-Za-z]{2,}(?<![은는이가을를의에로와과도만서며고중각총약씩년월일당수균율률량도력계인된한할미])(?<!피트)\s$"
)
_OF_ITS_KIND = re.compile(
    r"(?:[의와과을를은는이가에로용](?![가-힣])|\s[가-힣]{2,}[의을를은는이가에로서도과와]?\s)[^\n]*(?:[을를은는]\s|다\.)"
)
_LIST_BEHIND, _LIST_BEFORE = re.compile(r"\s?,\s?[가-힣]+\s?[0-9]"), re.compile(r"[0-9]\s?,\s?[가-힣]+$")
_KOREAN_NOUN = re.compile(r"\s([가-힣]{2,4}?)(?=[을를이가은는의로와과도에]?(?:[\s,.)]|$))")


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with what belongs to it, from `start` to `end`."""

    number: Number
    unit: Unit | None
    bounds: frozenset[Bound]
    negative: bool
    start: int
    end: int


@dataclass(slots=True)
class _Page:
    """A text on the way: flat, with what has been read of it so far."""

    text: str
    hangul: bool
    tables: Tables
    seen: Seen
    figures: list[Figure] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    floor: int = 0


def figures(text: str) -> list[Figure]:
    """Return the figures of a text in order; spans are offsets into it and do not overlap."""
    return read(text)[0]


def mentions(text: str) -> list[Mention]:
    """Return the mentions of days, months and years of a text in order."""
    return read(text)[1]


def read(text: str) -> tuple[list[Figure], list[Mention]]:
    """Return figures and mentions of a text; no span of one overlaps another."""
    plain = flat(text)
    hangul = bool(_HANGUL.search(plain))
    page = _Page(plain, hangul, Tables(plain), Seen(None, None, 0, hangul))
    words = in_words(plain)
    at = 0
    while (found := _DIGIT.search(plain, at)) or words:
        if words and (found is None or words[0].start < found.start()):
            word = words.pop(0)
            if word.start >= page.floor:
                page.floor = _quantity(page, word.start, word)
            at = max(at, page.floor)
            continue
        assert found is not None
        end = _take(page, found.start())
        page.floor = at = max(end, found.start() + 1)
        while words and words[0].start < page.floor:
            words.pop(0)
    return page.figures, page.mentions


def _take(page: _Page, at: int) -> int:
    """Read what begins with the digit at a place, and return where it ends."""
    text = page.text
    mention = mention_at(text, at, page.floor, page.seen)
    if mention:
        made, year, month = mention
        page.mentions.append(made)
        if year is not None:
            page.seen = Seen(year, month, made.end, page.hangul)
        return made.end
    figure = numbered(text, at, page.floor, page.hangul)
    if figure:
        page.figures.append(figure)
        return figure.end
    skipped = not_a_figure(text, at, page.floor, page.hangul)
    if skipped > at:
        return skipped
    return _quantity(page, at)


def _quantity(page: _Page, at: int, word: Number | None = None) -> int:
    """Read an amount, or a range of two, and add its figure; return where it ends."""
    text = page.text
    first = _amount(page, at, page.floor, word)
    if first is None:
        return at + 1
    second = _second(page, first)
    if second:
        made = _ranged(text, first, second)
        page.figures.append(made)
        return made.end
    if not first.bounds and (_is_mark(page, first) if first.unit is None else _is_room(page, first)):
        return first.end
    page.figures.append(_single(page, first))
    return first.end


def _is_mark(page: _Page, amount: _Amount) -> bool:
    """Whether a bare number is no figure: (1), a number alone in its line, one that a word follows as a name."""
    text, start, end = page.text, amount.number.start, amount.number.end
    in_table = page.tables.covers(start)
    if not in_table and end - start < 3 and _LABEL_BEFORE.search(text[max(0, start - 2) : start]):
        listed = _LIST_BEHIND.match(text, end) or _LIST_BEFORE.search(text[max(0, start - 12) : start])
        return not listed
    if bracketed_mark(text, start) > start and not in_table:
        return True
    small = page.hangul and not in_table and end - start < 4 and text[start:end].isdigit() and amount.start == start
    if small and _OF_ITS_KIND.match(text, end) and _NOUN.search(text[max(0, start - 12) : start]):
        return True
    alone = re.search(r"(?:^|\n)[ \t]*-?[ \t]*$", text[max(0, start - 8) : start]) and re.match(
        r"[ \t]*-?[ \t]*(?:\n|$)", text[end:]
    )
    if alone and amount.number.value < 1000 and len(text.strip()) > end - start:
        return text[start:end].isdigit()
    line_start = re.search(r"(?:^|\n)[ \t]*$", text[max(0, start - 8) : start])
    if line_start and in_table and re.match(r"[ ][가-힣]", text[end : end + 2]):
        return end - start <= 2  # the number of a row
    if line_start and not in_table and re.match(r",\s+[A-Z][a-z]+\s[a-z]+\.", text[end : end + 40]):
        return True
    heads = re.match(r",?\s+(?:[A-Z가-힣]|20\d\d년)", text[end : end + 8])  # 3 2022년 예산 현황
    if line_start and not in_table and end - start <= 3 and heads:
        return not re.match(r"[^\n]*\s[0-9.,]+\s+[0-9.,]+", text[end : end + 120])
    return False


def _is_room(page: _Page, amount: _Amount) -> bool:
    """Whether N호 is a number of a room, a bill or a satellite and not a count of houses."""
    text, start, end = page.text, amount.number.start, amount.number.end
    if amount.unit is None or (amount.unit.name or "")[:1] != "호" or page.tables.covers(start):
        return False
    return "," not in text[start:end] and not _HOMES.search(text[max(0, start - 30) : start])


def _amount(page: _Page, at: int, floor: int, word: Number | None = None) -> _Amount | None:
    """Read a number at a place with its sign, currency, unit and words of bound; nothing before `floor` is its."""
    text = page.text
    read = word or number(text, at)
    if read is None:
        return None
    start, currency, negative = at, None, False
    if text[at - 1 : at] == "." and at > floor and _POINT.search(text, max(floor, at - 2), at):
        start, part = at - 1, read.end - at
        if read.scale == 1 and text[at : read.end].isdigit():
            read = Number(read.value.scaleb(-part), step_of(f"0.{text[at : read.end]}"), 1, start, read.end)  # .05
    if read.scale == 10**12 and text[read.end - 1] == "조" and _PAIR.search(text[max(0, at - 5) : at]):
        read = Number(Decimal(read.value / 10**12), Decimal(1), 1, at, read.end - 1)  # 2인 1조
    ends = text[max(0, start - 2) : start].rstrip()[-1:] in SIGN_ENDS
    sign = PREFIX.search(text, max(floor, start - 5), start) if ends else None
    if sign:
        start, currency = sign.start(), currency_of(sign[1])
    minus = _MINUS.search(text, max(floor, start - 3), start) if text[start - 1 : start] in _MINUSES else None
    if minus:
        start, negative = start - (3 if minus[0].endswith(")") else 1), True
    bound, start = before(text, floor, start)
    bounds = {bound} if bound else set()
    end = read.end
    more = _MORE.match(text, end) if "여" in text[end : end + 2] and read.value >= 10 else None  # 1여단
    if more:
        bounds.add(Bound.MORE)
        read, end = scaled(text, read, more.start(), more.end())
    unit = unit_at(text, end, page.hangul)
    if unit is None and more and (noun := _KOREAN_NOUN.match(text, end)):
        unit = Unit(FigureKind.QUANTITY, noun[1], noun.end(1))
    if currency:
        money = unit if unit and unit.kind is FigureKind.MONEY else None
        unit = Unit(FigureKind.MONEY, currency, money.end if money else end)
    if unit:
        end = unit.end
        again = not more and unit.kind is not FigureKind.PERCENT and "여" in text[end : end + 2]
        more = _MORE.match(text, end) if again else None
        if more:
            bounds.add(Bound.MORE)
            end = more.end()
    said, end = after(text, end)
    if said:
        bounds.add(said)
    return _Amount(read, unit, frozenset(bounds), negative, start, end)


def _second(page: _Page, first: _Amount) -> _Amount | None:
    """Return the amount that ends a range or sets the upper bound to a lower one, where there is one."""
    text = page.text
    lower = first.bounds and first.bounds & {Bound.LOW, Bound.LOW_OPEN}
    if lower and first.unit:
        blank = _SECOND_BOUND.match(text, first.end)
        second = (
            _amount(page, blank.end(), blank.end()) if blank and text[blank.end() : blank.end() + 1].isdigit() else None
        )
        upper = second and second.unit and second.unit.name == first.unit.name
        return second if second and upper and second.bounds & {Bound.HIGH, Bound.HIGH_OPEN} else None
    if first.bounds and first.bounds - {Bound.ABOUT, Bound.HIGH}:
        return None
    intro = _introduced(text, first.start)
    if intro and _CHANGED.search(text[max(0, first.start - 40) : first.start]):
        return None
    if text[first.end : first.end + 1] not in _BEGINS_RANGE:
        return None
    separator = (_AND if intro and intro[1].lower() == "between" else _RANGE).match(text, first.end)
    if separator is None:
        return None
    begins = separator.end()
    signed = _SIGNED.match(text, begins)
    if signed is None:
        return None
    second = _amount(page, signed.end(), begins)
    if second is None or (_CHANGES.search(separator[0]) and first.unit and not _UP_TO.match(text, second.end)):
        return None  # 2015년 2조원에서 2020년 3조원으로: a change
    return second if _is_range(text, first, second, separator[0], bool(intro)) else None


def _introduced(text: str, start: int) -> re.Match[str] | None:
    """Return between or from before a place."""
    before = text[max(0, start - 3) : start].rstrip("$€£ \n")[-1:]
    return _BETWEEN.search(text[max(0, start - 20) : start]) if before.isascii() and before.isalpha() else None


def _is_range(text: str, first: _Amount, second: _Amount, separator: str, announced: bool) -> bool:
    if first.unit and second.unit is None and not _leads(first):
        return False
    if first.unit and second.unit and first.unit.name != second.unit.name and first.unit.kind is not second.unit.kind:
        return False
    if separator == " - " and first.unit is None:
        return False  # an empty cell of a table
    low = _low_end(first, second)
    return announced or low <= second.number.value


def _leads(first: _Amount) -> bool:
    """Whether a currency stands before the first number, and so for both: $5-10 million."""
    return first.unit is not None and first.unit.kind is FigureKind.MONEY and first.unit.end == first.number.end


def _low_end(first: _Amount, second: _Amount) -> Decimal:
    """Return the first number of a range, by the scale behind the second where it has none: 3~4억, 2천~3천만."""
    own, scale = first.number.scale, second.number.scale
    if (first.unit is not None and not _leads(first)) or own > 1000 or own == 0 or scale <= own:
        return first.number.value
    if own == 1:
        return first.number.value * scale
    return first.number.value * next((big for big in (10**12, 10**8, 10**4) if scale % big == 0), 1)


def _ranged(text: str, first: _Amount, second: _Amount) -> Figure:
    """Make one figure of two amounts."""
    low = _low_end(first, second)
    high, low_open, high_open = second.number.value, Bound.LOW_OPEN in first.bounds, Bound.HIGH_OPEN in second.bounds
    low, high = (-low if first.negative else low), (-high if second.negative else high)
    unit = second.unit or first.unit
    start, end = first.start, second.end
    intro = _introduced(text, start)
    if intro:
        start -= len(text[max(0, start - 20) : start]) - intro.start()
    if unit and unit.name == "대" and _is_decade(text, second):
        return Figure(FigureKind.QUANTITY, low, high + 10, False, True, "세", start, end)
    kind, name = (unit.kind, unit.name) if unit else (FigureKind.QUANTITY, None)
    if second.bounds & {Bound.LOW, Bound.LOW_OPEN}:
        return Figure(kind, low, None, False, False, name, start, end)
    return Figure(kind, low, high, low_open, high_open, name, start, end)


def _single(page: _Page, amount: _Amount) -> Figure:
    text, unit = page.text, amount.unit
    if unit and unit.name == "대" and _is_decade(text, amount):
        low: Decimal | None = amount.number.value
        high: Decimal | None = amount.number.value + 10
        if Bound.LOW in amount.bounds:
            high = None
        if Bound.HIGH in amount.bounds:
            low = None
        return Figure(FigureKind.QUANTITY, low, high, False, high is not None, "세", amount.start, amount.end)
    if unit and unit.name == "%" and re.match(r"대(?![비상])", text[unit.end : unit.end + 2]):
        low = amount.number.value
        step = Decimal(10) if low >= 10 and low % 10 == 0 else Decimal(1)
        return Figure(unit.kind, low, low + step, False, True, "%", amount.start, unit.end + 1)
    cell = None
    if unit is None and is_cell(text, amount.number.start, amount.number.end):
        cell = page.tables.unit_of(amount.number.start, amount.number.end)
    if cell:
        value = replace(amount.number, value=amount.number.value * cell.factor, step=amount.number.step * cell.factor)
        return _figure(cell.kind, cell.unit, interval(value, set(amount.bounds), amount.negative), amount)
    kind, name = (unit.kind, unit.name) if unit else (FigureKind.QUANTITY, None)
    return _figure(kind, name, interval(amount.number, set(amount.bounds), amount.negative), amount)


def _figure(kind: FigureKind, unit: str | None, values: Interval, amount: _Amount) -> Figure:
    low, high, low_open, high_open = values
    if unit == "살":
        unit = "세"
    return Figure(kind, low, high, low_open, high_open, unit, amount.start, amount.end)


def _is_decade(text: str, amount: _Amount) -> bool:
    """Whether N대 is an age: tens from 10 to 90, with no machine before them and nothing to be counted behind."""
    value = amount.number.value
    tens = amount.number.scale == 1 and value in {Decimal(10 * tens) for tens in range(1, 10)}
    if not tens or amount.bounds - {Bound.LOW, Bound.HIGH} or _FOREMOST.match(text, amount.end):
        return False
    return not _MACHINES.search(text[max(0, amount.start - 16) : amount.start])


def of_page(page: Page) -> PageFigures:
    """Return the figures and mentions of what may be seen of a page; withheld text is never read."""
    found, dates = read(page.visible)
    return PageFigures(page.document, page.number, page.fingerprint, tuple(found), tuple(dates))


def value(text: str) -> Figure | None:
    """Return the one amount that a whole text is, as 1억 7천만여 건 or $5 million; None where it is anything else."""
    plain = flat(text).strip()
    hangul = bool(_HANGUL.search(plain))
    page = _Page(plain, hangul, Tables(""), Seen(None, None, 0, hangul))
    words = in_words(plain)
    found = _DIGIT.search(plain)
    word = words[0] if words and (found is None or words[0].start < found.start()) else None
    at = word.start if word else found.start() if found else -1
    amount = _amount(page, at, 0, word) if at >= 0 else None
    if amount is None or amount.start != 0 or amount.end != len(plain):
        return None
    return _single(page, amount)
