"""What stands directly behind a number: currency, percent sign, counting word, measure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from corpus.figures import FigureKind

DOLLAR, WON = "달러", "원"


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number and the kind of figure it makes; `end` is where it ends in the text."""

    kind: FigureKind
    name: str | None
    end: int


_PREFIXES = {
    "$": DOLLAR,
    "US$": DOLLAR,
    "USD": DOLLAR,
    "₩": WON,
    "KRW": WON,
    "€": "유로",
    "EUR": "유로",
    "¥": "엔",
    "£": "파운드",
}
PREFIX = re.compile(r"(US\$|[$₩€¥£]|\b(?:USD|KRW|EUR))\s?$")

# Counting words that are one wherever they stand behind a number, but for what they begin otherwise.
_SURE = (
    r"개소|개월|개국|개사|개교|개년|개(?![발편선혁])|주일|시간대|시간|세대|어절|단어|문장|종류|차례|군데|가구|페이지|세트|가지|사람|"
    r"명(?![령칭])|건(?![설강물축])|회(?![의사])|광년|비트|바이트|픽셀|프레임|헥타르|에이커|리터|마일|피트|포인트|배럴|"
    r"킬로와트|메가와트|와트|볼트|칼로리|헤르츠|(?:킬로|메가|기가|테라)?바이트|학급|학점|업체|기업|단체|과제|항목|문항|품목|필지|상자|"
    r"마리|그루|송이|켤레|글자|음절|매체|관객|라운드|이닝|안타|홈런|득점|연승|연패|인분|킬로|"
    r"화소|계단|국가|계좌|조각|차로|차선|마력|원소|차원|어휘|표제어|주택"
)
# Others only where the word ends, a particle follows, or a word that is written together with them.
_OTHERS = (
    "인 곳 번 종 권 점 대 호 표 주 배 세 살 년 달 월 일 분 초 채 동 층 평 석 편 부 쪽 면 장 매 통 잔 병 쌍 팀 조 반 "
    "국 사 줄 행 열 단 톤 인치 노트 발 척 기 량 칸 곡 골 승 패 무 구 자 박 컷 판 수 하 도 벌 "
    "봉지 기관 학교 경기(?!도) 문제 위원 갈래 방울 마을 "
    "도움 타점 실점 학기 계좌 박자 무승부 온스 갤런 암페어 말 섬 뼘 권역 시군 "
    "지구 지점 노선 구간 전 심 주년 결 뷰 리 필 실 석 패턴 회선 코어"
)
_FOLLOWING = (
    r"(?=[^가-힣]|$|[은는이가을를의에로와과도만씩당간중나인뿐내]|으로|까지|부터|밖에|째|짜리|정도|가량|내외|안팎|이상|이하|미만|초과|"
    r"남짓|여|규모|대비|동안|마다|보다|처럼|이나|이라|였|차이|후|형|전(?!체|문|자|국)|제(?!도|한|출|품|공|조))"
)
_PERCENT = re.compile(
    r"\s?(?:(%|퍼센트|per\s?cents?\b|percent\b|pct\b)(\s?(?:포인트|p(?![a-z])|points?\b))?|(percentage\s+points?))",
    re.I,
)
_MONEY = {
    WON: r"원(?!자|점|심|인|형|본|생|칙|장|고|내|외|격|래|료|천)|won\b|KRW\b",
    DOLLAR: r"달러|불" + _FOLLOWING + r"|US\s?dollars?\b|dollars?\b|USD\b|US\$",
    "유로": r"유로|euros?\b|EUR\b",
    "엔": r"엔(?!지|진|터|드)|yen\b|JPY\b",
    "위안": r"위안(?!부|화)|위안화|yuan\b|CNY\b|RMB\b",
    "파운드": r"파운드|pounds?\s+sterling\b|GBP\b",
}
_CURRENCY = re.compile(r"\s?(?:" + "|".join(f"(?P<{name}>{signs})" for name, signs in _MONEY.items()) + ")", re.I)
_METRES = {
    "센티미터": "cm",
    "밀리미터": "mm",
    "킬로미터": "km",
    "미터": "m",
    "킬로그램": "kg",
    "밀리그램": "mg",
    "그램": "g",
    "나노미터": "nm",
}
_SIGNS = {
    "㎞": "km",
    "㎡": "m2",
    "㎢": "km2",
    "㎝": "cm",
    "㎜": "mm",
    "㎏": "kg",
    "㎎": "mg",
    "㎚": "nm",
    "㎥": "m3",
    "ℓ": "l",
    "㎖": "ml",
    "㎾": "kw",
    "㎒": "mhz",
    "㎓": "ghz",
    "㎑": "khz",
    "℃": "℃",
    "㏊": "ha",
    "㎍": "㎍",
    "㎐": "hz",
    "㎿": "mw",
    "㎛": "μm",
    "㎘": "kl",
    "㏈": "db",
    "㎃": "ma",
    "㎉": "kcal",
}


_OTHER = "|".join(sorted(_OTHERS.split(), key=len, reverse=True))
_COUNTER = re.compile(rf"\s?(?:{_SURE}|(?:{_OTHER}){_FOLLOWING})")
_METRIC = re.compile(
    r"\s?(평방\s?|제곱\s?|입방\s?|세제곱\s?)?(" + "|".join(sorted(_METRES, key=len, reverse=True)) + ")"
)
_SIGN = re.compile(r"\s?(?:(평방|제곱)\s?)?([" + "".join(_SIGNS) + "])")
_LATIN = re.compile(r"[ -]?([A-Za-zμÅ°][A-Za-z]*(?:-[A-Za-z]+)*)([²³23](?![0-9]))?(?:/(?=[a-z]))?")
_DEGREES = re.compile(r"\s?(°C|°F|°|℃)")
_LETTERS = frozenset("mgshltwvj")
_KNOWN_TEXT = """
year month day week hour minute second kb mb gb tb km kg cm mm mg ml ha page ea pc people person percent bit
byte word item case document mile foot feet inch ton acre point copy copies ghz mhz khz hz kw mw kwh mwh gwh gw
fps bps nm um ppm db kcal px rpm mg kpa psi ns ms sec min hr kbps mbps gbps dpi ppi
"""
_KNOWN = frozenset(_KNOWN_TEXT.split())
_NO_UNITS_TEXT = """
a an the of in on at to for from by with and or but as is are was were be been has have had not no than that
this these those which who whom whose when where while if then so such it its their his her our your my per each
every all any both more less over under up out about into through between among before after since until during
within without against via vs x et al also only other another total about times am pm a.m p.m will would may
might must can could shall should do does did i we they he she you or through thru including respectively
"""
_NO_UNITS = frozenset(_NO_UNITS_TEXT.split())


def unit_at(text: str, at: int, hangul: bool) -> Unit | None:
    """Return the unit that stands at a place of a flat text, with at most one blank before it.

    `hangul` tells that the text is Korean: a Latin word after a number is a unit there only if it is a measure.
    """
    percent = _PERCENT.match(text, at)
    if percent:
        points = percent[2] or percent[3]
        return Unit(FigureKind.PERCENT, "%p" if points else "%", percent.end())
    money = _CURRENCY.match(text, at)
    if money and money.lastgroup:
        return Unit(FigureKind.MONEY, money.lastgroup, money.end())
    metric = _METRIC.match(text, at)
    if metric:
        power = {"평": "2", "제": "2", "입": "3", "세": "3"}.get((metric[1] or "-")[0], "")
        return Unit(FigureKind.QUANTITY, _METRES[metric[2]] + power, metric.end())
    sign = _SIGN.match(text, at)
    if sign:
        return Unit(FigureKind.QUANTITY, _SIGNS[sign[2]] + ("2" if sign[1] else ""), sign.end())
    counter = _COUNTER.match(text, at)
    if counter:
        return Unit(FigureKind.QUANTITY, counter[0].strip(), counter.end())
    return _latin(text, at, hangul)


def _latin(text: str, at: int, hangul: bool) -> Unit | None:
    degrees = _DEGREES.match(text, at)
    if degrees:
        return Unit(FigureKind.QUANTITY, degrees[1].lower(), degrees.end())
    word: re.Match[str] | Any = _LATIN.match(text, at)
    if not word or (text[at] == "-" and not word[1].islower()):
        return None
    name = word[1].lower()
    if not _is_unit(word[1], apart=text[at] == " ", hangul=hangul):
        return None
    if text[word.end() : word.end() + 1] in tuple("0123456789=") or re.match(r"\.?\s?m\b", text[word.end() :]):
        return None  # formulas, 9 a.m.
    power = {"²": "2", "³": "3"}.get(word[2] or "", word[2] or "")
    return Unit(FigureKind.QUANTITY, unit_key(name) + power, word.end(2) if word[2] else word.end(1))


def _is_unit(word: str, apart: bool, hangul: bool) -> bool:
    """Whether a Latin word behind a number is its unit: small letters, or a known measure."""
    name = word.lower()
    if name in _NO_UNITS:
        return False
    if len(word) == 1:
        return name in _LETTERS if word.islower() else not apart and word in "VWAKCFJ"
    if (
        name.removesuffix("s") in _KNOWN
        or (word.isupper() and len(word) <= 3)
        or word in ("MHz", "GHz", "kHz", "Mbps", "Gbps")
    ):
        return True
    measure = not word.islower() and (len(word) == 2 or not word.istitle()) and len(word) <= 4  # mAh, Mpc, Mc
    return (not apart and len(word) <= 5) or (measure if hangul or not word.islower() else True)


def unit_key(name: str) -> str:
    """Return a unit as it is compared: small letters, English words in the singular."""
    name = name.lower()
    return name[:-1] if re.fullmatch("[a-z-]{3,}[^s]s", name) else name


def currency_of(prefix: str) -> str:
    """Return the currency of a sign that stands before a number."""
    return _PREFIXES[prefix.upper()]
