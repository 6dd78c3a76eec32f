"""Dates as Koreans and Americans write them: days, months, quarters, years, and ranges of them.

`mention_at` reads the one whose first digit stands at a place. Nothing is guessed: a year comes from the same mention,
or from a full date just before it in the same line.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from corpus.figures import Mention


@dataclass(frozen=True, slots=True)
class _Date:
    """A date as far as it is written; `last_month` and the like end what is itself a range: a quarter."""

    year: int | None
    month: int | None
    day: int | None
    start: int
    end: int
    last_month: int | None = None
    last_year: int | None = None
    last_day: int | None = None


_Y4 = r"(?P<y>[12][0-9]{3})"
_Y2 = r"'(?P<yy>[0-9]{2})(?![0-9])"
_M, _D = r"(?P<m>1[0-2]|0?[1-9])(?![0-9])", r"(?P<d>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
_TO_D = r"(?:\s?[~-]\s?(?P<d2>3[01]|[12][0-9]|0?[1-9])(?![0-9]))?"
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_NAME = (
    r"(?P<name>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)"
)
_WEEKDAY = r"\s?\((?:월|화|수|목|금|토|일)(?:요일)?\)"
_NO_UNIT = r"(?!\s?(?:[%명개건원대회만억조천백권점]|여\s|시간|달러))"
_IN_WORDS = r"\s*(?:학년도|회계연도|년도|년)(?!간|생[^산]|\s?동안)"
# From the first digit (or the ' before it) on; the first that matches is the date. Those that begin with a year:
_AFTER_YEAR = [
    r"\s?년?\s?(?P<half>상|하)반기",
    r"\s?(?:년\s?|[.]\s?|\s)(?:제\s?)?(?P<q>[1-4])\s?(?:/\s?4\s?)?분기",
    r"\s?(?:년\s?|[.]\s?|\s)?(?:(?P<q>[1-4])Q|Q(?P<q2>[1-4]))(?![A-Za-z0-9])",
    rf"\s?년\s*{_M}\s?월\s*{_D}{_TO_D}\s?일",
    rf"\s?\.\s?{_M}\s?\.\s?{_D}(?:\s?일|\.(?![0-9]))?",
    rf"-{_M}-{_D}",
    rf"/{_M}/{_D}",
    rf"\s?년\s*{_M}\s?[~-]\s?(?P<m2>1[0-2]|0?[1-9])\s?월(?!\s?평균)",
    rf"\s?년\s*{_M}\s?월(?!\s?평균)",
    rf"\s?\.\s?{_M}\s?월",
]
_WITH_FOUR = [
    rf"{_Y4}\s?\.\s?{_M}\.(?![0-9])",
    rf"{_Y4}\.{_M}(?=\s?[)~,년\]]|\s?-\s?[0-9']|\s[가-힣]|$){_NO_UNIT}",
    rf"{_Y4}-(?P<m>0[1-9]|1[0-2])(?![0-9-])",
    rf"{_Y4}\s?(?P<decade>년대)(?![통한선회비])",
]
# 97년 대선: of 70 to 99 years, few papers speak of a time so long; those that do say one of these words.
_SPANS = ("약", "총", "최근", "지난", "향후", "징역", "재위", "매", "이후", "한", "무려")
_NO_SPAN = "".join(f"(?<!{word} )" for word in _SPANS) + "(?<![0-9가-힣])"
_SHORT = [
    rf"{_M}/{_D}/(?P<y>[12][0-9]{{3}}|[0-9]{{2}})(?![0-9/])(?P<american>)",
    rf"{_M}-{_D}-(?P<y>(?:19|20)[0-9]{{2}}|[0-9]{{2}})(?![0-9-])(?P<american>)",
    rf"{_D}(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?{_NAME}\.?,?\s+{_Y4}(?![0-9])",
    # 19.01~22.12
    r"(?P<yy>[0-9]{2})\.(?P<m>0[1-9]|1[0-2])(?=\s?~\s?'?[0-9]{2}\.(?:0[1-9]|1[0-2])(?![0-9]))(?P<korean>)",
    rf"(?P<yy>[0-9]{{2}})\.\s?{_M}\.\s?{_D}(?:\.(?![0-9])|(?={_WEEKDAY}))(?P<korean>)",  # 22.3.5.
    r"(?P<yy>[0-9]{2})\s?(?:학년도|회계연도|년도(?!\s(?:더|채|안|못|되)))",
    rf"(?<![가-힣]\s)(?<![0-9가-힣])(?P<yy>[0-9]{{2}})\s?년\s?{_M}\s?월(?:\s?{_D}\s?일)?",
    rf"{_NO_SPAN}(?P<yy>[7-9][0-9])년(?!\s?(?:간|동안|만|째|전|이상|이하|이내|넘|여|된|가까|의\s(?:세월|역사|전통))|[대형차산생])"
    rf"(?:\s?{_M}\s?월(?:\s?{_D}\s?일)?)?",
    rf"{_M}\s?월\s*{_D}{_TO_D}\s?일",
    rf"{_M}\s?월(?![가-힣]*\s?평균|\s?[0-9]+회|세|급|드|차|간|납|\s?기준\s?금액)",
    rf"{_M}\s?\.\s?{_D}\.?(?={_WEEKDAY})",
    rf"{_M}/{_D}(?={_WEEKDAY})",
    rf"{_D}\s?일(?={_WEEKDAY})",
]


class _Forms:
    """Ways to write a date, tried as one pattern; the one that matches is matched again for its parts."""

    def __init__(self, forms: list[str]) -> None:
        self._each = [re.compile(form) for form in forms]
        bare = (re.sub(r"\(\?P<\w+>", "(?:", form) for form in forms)
        self._any = re.compile("|".join(f"{form}(?P<form{i}>)" for i, form in enumerate(bare)))

    def match(self, text: str, at: int) -> re.Match[str] | None:
        found = self._any.match(text, at)
        return self._each[int(str(found.lastgroup)[4:])].match(text, at) if found else None


_FULL = _Forms([_Y4 + form for form in _AFTER_YEAR] + _WITH_FOUR + [_Y4 + _IN_WORDS])
_QUOTED = _Forms(
    [_Y2 + form for form in _AFTER_YEAR]
    + [rf"{_Y2}\s?\.\s?{_M}\.?", _Y2 + _IN_WORDS, rf"{_Y2}(?!\s?[0-9A-Za-z.,]|'|\s?월)(?![0-9])"]
)
_BRIEF = _Forms(_SHORT)
_RUN = re.compile(r"[0-9]+")
_BEHIND_BRIEF = frozenset("/-.월일년학회~·ㆍ⋅")  # what a day or month in one or two digits has behind it
# The name of a month before the digits.
_NAMED_BEFORE = re.compile(rf"\b{_NAME}(?P<sep>\.?,?\s+|-)$")
_AFTER_NAME = re.compile(
    rf"{_D}(?:st|nd|rd|th)?(?:\s?-\s?(?P<d2>3[01]|[12][0-9]|0?[1-9])(?![0-9]))?(?:\s*,\s*|\s+)?(?:(?P<y>[12][0-9]{{3}})(?![0-9]))?(?!,?[0-9])"
)
_YEAR_ALONE = re.compile(r"(?P<y>1[89][0-9]{2}|20[0-9]{2})(?![0-9]|,[0-9]|\.[0-9]|-[0-9A-Z]|-\s*\n|s?/[0-9])")
_EARLIER = re.compile(r"(?P<y>1[0-7][0-9]{2})(?:\s?[~-]\s?(?P<y2>1[0-9]{3}))?\)")
_YEAR_SPAN = re.compile(
    r"(?P<y>1[89][0-9]{2}|20[0-9]{2})\s?[~-]\s?(?P<y2>(?:1[89]|20)[0-9]{2})(?:\s?년)?(?![0-9]|[,.-][0-9])"
)
_NO_YEAR_BEFORE = re.compile(
    r"(?:[$₩€£#§/<×]\s?|(?<![가-힣])제\s?|(?<!mid)(?<!late)(?<!early)(?<!pre)(?<!post)-|[0-9][.,]|[A-Za-z])$"
)
_NO_YEAR_AFTER = re.compile(
    r"\s?(?:[%명개건원대회만억조천백권점호번쪽면위]|여\s|시간|달러|km|kg|m\b|MHz|GHz|KB|MB|GB|TB)|\s(?:words|bytes|bits|characters|feet|people|employees|[a-z]+s\b(?=\s(?:of|in|per|were|are)))"
)
_SEP = re.compile(
    r"\s*\.?\s*(?:\((?:월|화|수|목|금|토|일|[가-힣]요일)\))?\s*(?:부터|에서|[~-]|to\b|through\b|until\b)\s*|\s+(?:to|through|and)\s+"
)
_REST = [
    rf"{_M}\s?월\s*{_D}\s?일",
    rf"{_M}\s?\.\s?{_D}(?:\.(?![0-9]))?",
    rf"{_M}\s?월",
    rf"{_M}\s?\.(?!\s?[0-9])",
    rf"(?P<yy>[0-9]{{2}})\.\s?{_M}(?!\.?[0-9])",
    rf"{_D}\s?일",
    rf"{_D}\.?(?:(?![0-9,]|\s?[가-힣%])|(?=\s?(?:까지|현재|\()))",
    rf"{_M}(?![0-9]|[,.][0-9]|\s?[가-힣%])",  # '21.6~12
    r"(?P<same>[0-9]{2})(?:년(?P<decade>대)|\s?(?:학년도|년도|년))(?!간)",  # 2020~21년, 1970~80년대
]
_RIGHT = [re.compile(form) for form in _REST]
_DIGIT, _FOUR_DIGITS = re.compile(r"'?[0-9]"), re.compile(r"[12][0-9]{3}(?![0-9])")
_NAME_AHEAD = re.compile(rf"{_NAME}\.?\s+(?=[0-9])")
_CARRIED = re.compile(rf"{_M}\s?\.\s?{_D}\.")
_BEFORE_MONTH = re.compile(r"(?P<m>1[0-2]|0?[1-9])\s?(?P<sep>[~·ㆍ⋅-])\s?(?P<m2>1[0-2]|0?[1-9])\s?월(?!\s?평균)")
_SEASON = re.compile(r"(?P<y>(?:1[89]|20)[0-9]{2})[-/](?P<yy>[0-9]{2})(?![0-9]|[-/.,][0-9]|호)")  # 2019/20
_TENS = re.compile(r"[1-9]0\s?년대")
_DAY = re.compile(rf"{_D}\s?일(?!\s?(?:간|동안|이내|이상|이하|미만|씩|마다|치|분|째|차|전|후))")
_OF_A_MONTH = re.compile(r"(?:이달|지난\s?달|다음\s?달|내달|이번\s?달|매월|매달|당월|익월|오는)\s?$")
_QUARTER_OF = re.compile(r"([1-4])\s?(?:of\s)?'?((?:19|20)[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Seen:
    """What was read before in the same text: the last full date, and whether the text is Korean."""

    year: int | None
    month: int | None
    end: int
    hangul: bool


def mention_at(text: str, at: int, floor: int, seen: Seen) -> tuple[Mention, int | None, int | None] | None:
    """Return the mention whose first digit stands at `at` of a flat text, with the year and month it gives.

    Nothing before `floor` belongs to it any more.
    """
    first = _read(text, at, floor, seen)
    if first is None:
        return None
    last = _until(text, first, seen)
    start, end = first.start, last.end if last else first.end
    to = last or first
    made = Mention(
        _iso(first.year, first.month, first.day),
        _iso(to.last_year or to.year, to.last_month or to.month, to.last_day or to.day),
        start,
        end,
    )
    return made, to.year, to.month


def _read(text: str, at: int, floor: int, seen: Seen) -> _Date | None:
    """Read one date at a place, no range."""
    quoted = (
        at > floor and text[at - 1] == "'" and not (at - 2 >= 0 and text[at - 2].isalnum() and text[at - 2].isascii())
    )
    before = text[at - 1] if at > floor else ""
    earlier = text[at - 2 : at - 1] if before and before in " ,.-\n" and at > 1 else before
    if earlier and earlier.isascii():  # no Hangul: the name of a month may stand there
        lettered = _named(text, at, floor) or _fiscal(text, at) or _quarter_of(text, at)
        if lettered or (before.isalpha() and before.isascii()):
            return lettered
    if before == "$" or text[at - 1 : at] == "제":
        return None
    run = _RUN.match(text, at)
    digits = run.end() - at if run else 0
    behind = text[at + digits : at + digits + 3].strip()[:1]
    found = _QUOTED.match(text, at - 1) if quoted else None
    if digits == 4:
        found = found or _FULL.match(text, at)
    elif digits <= 2 and behind and (behind in _BEHIND_BRIEF or (behind.isascii() and behind.isalpha())):
        brief = _brief(text, at, behind, seen)
        if brief:
            return brief
        found = found or _BRIEF.match(text, at)
    made = _made(found, seen) if found else None
    if made:
        return made
    return _year_alone(text, at) if digits == 4 else None


def _brief(text: str, at: int, behind: str, seen: Seen) -> _Date | None:
    """Read what begins with a month or day and needs what was read before: 1~3월, 9. 3.; and 70년대 of a century."""
    span = _BEFORE_MONTH.match(text, at) if behind in "~-·ㆍ⋅" else None
    if span and (int(span["m"]) < int(span["m2"]) if span["sep"] in "~-" else int(span["m"]) + 1 == int(span["m2"])):
        year = seen.year if _same_breath(text, at, seen) else None
        return _Date(year, int(span["m"]), None, at, span.end(), int(span["m2"]))
    day = _DAY.match(text, at) if behind == "일" else None
    if day and _OF_A_MONTH.search(text[max(0, at - 6) : at]):
        return _Date(None, None, int(day["d"]), at, day.end())
    if not _same_breath(text, at, seen):
        return None
    if behind == "." and not _BRIEF.match(text, at) and (carried := _CARRIED.match(text, at)):
        return _valid(_Date(seen.year, int(carried["m"]), int(carried["d"]), at, carried.end()))
    tens = _TENS.match(text, at) if behind == "년" and seen.year else None
    if tens and seen.year:
        decade = seen.year // 100 * 100 + int(tens[0][:2])
        return _Date(decade, None, None, at, tens.end(), None, decade + 9)
    return None


def _made(found: re.Match[str], seen: Seen) -> _Date | None:
    """Make a date of a match of one of the forms."""
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    if ("american" in parts and seen.hangul) or ("korean" in parts and not seen.hangul):
        return None
    year = _year(parts)
    month = (
        _MONTHS.index(parts["name"][:3].lower()) + 1 if "name" in parts else int(parts["m"]) if "m" in parts else None
    )
    day = int(parts["d"]) if "d" in parts else None
    start, end = found.span()
    if "decade" in parts:
        return _Date(year, None, None, start, end, None, (year or 0) + 9)
    if "half" in parts:
        return _Date(year, 1 if parts["half"] == "상" else 7, None, start, end, 6 if parts["half"] == "상" else 12)
    quarter = parts.get("q") or parts.get("q2")
    if quarter:
        return _Date(year, 3 * int(quarter) - 2, None, start, end, 3 * int(quarter))
    if month and year is None and _same_breath(found.string, start, seen) and found.string[start - 1 : start] == "(":
        year = seen.year
    last_month = int(parts["m2"]) if "m2" in parts else None
    if last_month and month and last_month < month:
        return None
    last_day = int(parts["d2"]) if "d2" in parts else None
    if last_day and day and last_day < day:
        return None
    return _valid(_Date(year, month, day, start, end, last_month, last_day=last_day))


def _year(parts: dict[str, str]) -> int | None:
    written = parts.get("y") or parts.get("yy")
    if written is None:
        return None
    return int(written) if len(written) == 4 else int(written) + (2000 if int(written) < 70 else 1900)


def _named(text: str, at: int, floor: int) -> _Date | None:
    """Read a date whose month is named before the digits: April 30, 2019; April 2019; Jun-2014."""
    letter = text[max(floor, at - 3) : at].rstrip(" ,.-\n")[-1:]
    name = _NAMED_BEFORE.search(text, max(floor, at - 12), at) if letter.isascii() and letter.isalpha() else None
    if name is None:
        return None
    month = _MONTHS.index(name["name"][:3].lower()) + 1
    year = _FOUR_DIGITS.match(text, at)
    if year:
        return _Date(int(year[0]), month, None, name.start(), year.end())
    day = _AFTER_NAME.match(text, at)
    if day is None or name["sep"] == "-":
        return None
    end = day.end() if day["y"] else max(day.end("d"), day.end("d2"))
    year_of, last = int(day["y"]) if day["y"] else None, int(day["d2"]) if day["d2"] else None
    return _valid(_Date(year_of, month, int(day["d"]), name.start(), end, last_day=last))


def _fiscal(text: str, at: int) -> _Date | None:
    """Read FY2015 and FY15."""
    if "Y" not in text[max(0, at - 2) : at] or text[max(0, at - 3) : at].strip() not in ("FY", "'FY"):
        return None
    found = re.compile(r"((?:20|19)?[0-9]{2})(?![0-9,.])(?:\s[1-4](?:st|nd|rd|th)\sQ\b)?").match(text, at)
    if found is None:
        return None
    year = int(found[1])
    return _Date(
        year if year > 99 else year + (2000 if year < 70 else 1900), None, None, text.rindex("FY", 0, at), found.end()
    )


def _quarter_of(text: str, at: int) -> _Date | None:
    """Read Q3 2020."""
    found = _QUARTER_OF.match(text, at) if text[at - 1] == "Q" else None
    if found is None:
        return None
    return _Date(int(found[2]), 3 * int(found[1]) - 2, None, at - 1, found.end(), 3 * int(found[1]))


def _year_alone(text: str, at: int) -> _Date | None:
    """Read a bare year, or a range of two: 2019, 2019-2021."""
    if _NO_YEAR_BEFORE.search(text[max(0, at - 4) : at]):
        return None
    earlier = _EARLIER.match(text, at) if text[at - 1 : at] == "(" else None
    if earlier:  # (1215~1294): of a time before the papers', in brackets alone
        last = int(earlier["y2"]) if earlier["y2"] else None
        return _Date(int(earlier["y"]), None, None, at, earlier.end() - 1, None, last)
    both = _YEAR_SPAN.match(text, at)
    if both and int(both["y"]) < int(both["y2"]) and not _NO_YEAR_AFTER.match(text, both.end()):
        return _Date(int(both["y"]), None, None, at, both.end(), None, int(both["y2"]))
    season = _SEASON.match(text, at)
    years = (int(season["yy"]) - int(season["y"])) % 100 if season else 0
    if season and (years == 1 or (1 < years < 30 and text[at + 4] == "-")):
        return _Date(int(season["y"]), None, None, at, season.end(), None, int(season["y"]) + years)
    found = _YEAR_ALONE.match(text, at)
    if found is None or _NO_YEAR_AFTER.match(text, found.end()):
        return None
    if text[found.end() : found.end() + 1] == "s" and found["y"].endswith("0"):
        return _Date(int(found["y"]), None, None, at, found.end() + 1, None, int(found["y"]) + 9)
    return _Date(int(found["y"]), None, None, at, found.end())


def _until(text: str, first: _Date, seen: Seen) -> _Date | None:
    """Return the date at which a range ends that begins with `first`."""
    separator = _SEP.match(text, first.end)
    if separator is None or first.last_year or first.last_day:
        return None
    begins = separator.end()
    if " and" in separator[0] and "between" not in text[max(0, first.start - 12) : first.start].lower():
        return None
    digit, named = _DIGIT.match(text, begins), _NAME_AHEAD.match(text, begins)
    at = digit.end() - 1 if digit else named.end() if named else None
    if at is None:
        return None
    whole = _read(text, at, begins, Seen(None, None, 0, seen.hangul))
    if whole and whole.year and _not_before(first, whole):
        return whole
    return _rest(text, at, first) or (whole if whole and _fits(first, whole) else None)


def _rest(text: str, at: int, first: _Date) -> _Date | None:
    """Read the end of a range that leaves out what it shares with its beginning: 21.3.2~9, 3월~6월."""
    for form in _RIGHT:
        found = form.match(text, at)
        if not found:
            continue
        parts = found.groupdict()
        month = int(parts["m"]) if parts.get("m") else first.month
        year = _year(parts) if parts.get("yy") and first.year else first.year
        if parts.get("same"):
            if first.year is None or first.month or not re.search("[~-]", text[first.end : at]):
                continue
            year = first.year // 100 * 100 + int(parts["same"])
            decade = year + 9 if parts.get("decade") else None
            return _Date(year, None, None, at, found.end(), None, decade) if year > first.year else None
        day = int(parts["d"]) if parts.get("d") else None
        if (day is None) != (first.day is None):
            continue
        made = _Date(year, month, day, at, found.end())
        if _valid(made) and _not_before(first, made):
            return made
    return None


def _fits(first: _Date, last: _Date) -> bool:
    """Whether two dates without a year, written alike, make a range."""
    return first.year is None and last.year is None and (first.day is None) == (last.day is None) and bool(last.month)


def _not_before(first: _Date, last: _Date) -> bool:
    if first.year is None and last.year is not None:
        return False
    one = (first.year or 0, first.month or 0, first.day or 0)
    other = (last.last_year or last.year or 0, last.month or 99, last.day or 99)
    return one <= other


def _same_breath(text: str, at: int, seen: Seen) -> bool:
    """Whether a date with a year stands just before, in the same line."""
    return seen.year is not None and 0 <= at - seen.end <= 20 and "\n" not in text[seen.end : at]


def _valid(date: _Date) -> _Date | None:
    """Return a date that the calendar has, else None."""
    try:
        dt.date(date.year or 2000, date.month or 1, date.day or 1)
    except ValueError:
        return None
    return date


def _iso(year: int | None, month: int | None, day: int | None) -> str:
    made = "-" if year is None else f"{year:04}"
    if month is not None or day is not None:
        made += "--" if month is None else f"-{month:02}"
    return made if day is None else f"{made}{'' if month is None else '-'}{day:02}"
