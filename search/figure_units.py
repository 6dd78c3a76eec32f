"""What stands directly behind a number: currency, percent sign, counting word, measure.

A Korean counting word written together with its digits needs no list (12마디, 2관왕): it is the word there, less its
particle. Lists are needed where a word goes on behind the counter without a blank (3개팀, 5년간, 1인가구), and where a
blank stands before it (12 명), because any other word may follow there, too. A Latin word is a unit in an English text
unless it is one of the small words of grammar; in a Korean one only if it looks like a measure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from corpus.figures import FigureKind

DOLLAR, WON = "달러", "원"


@dataclass(frozen=True, slots=True)
class Unit:
    """The unit of a number and the kind of figure it makes; `end` is where it ends in the text."""

    kind: FigureKind
    name: str | None
    end: int


_PREFIXES = {
    **{"$": DOLLAR, "US$": DOLLAR, "USD": DOLLAR, "₩": WON, "KRW": WON},
    **{"€": "유로", "EUR": "유로", "¥": "엔", "JPY": "엔", "£": "파운드", "GBP": "파운드"},
}
PREFIX = re.compile(r"(US\$|[$₩€¥£]|\b(?:USD|KRW|EUR|JPY|GBP))\s?$")
SIGN_ENDS = frozenset("$₩€¥£DWRYP")

# Counters behind which any word may go on, but for those that begin with the same syllable otherwise (개발, 회의).
_ANYWHERE = (
    r"개소|개월|개국|개사|개교|개년|개(?![발편선혁])|명(?![령칭])|건(?![설강물축])|회(?![의사])|시간대|시간|광년|주일|주년|세대|가구|가지|"
    r"차례|차로|차선|어절|세트|종류|필지|학점|인분|페이지|포인트|헥타르|에이커|마일|피트|배럴|(?:킬로|메가|기가|테라)?와트|볼트|(?:킬로|메가|기가|테라|페타)?바이트|"
    r"비트|픽셀|화소"
)
# Those of one syllable, where the word ends or goes on as a particle; of two, where a blank may stand before them.
_SHORT = "인곳번종권점대호표주배세살년달월일분초채동층평편부쪽면장매통잔병쌍팀조반국석톤척기량칸필실단도박행열승패골뷰"
_COMPOUNDING = "인점년월일분초살세층장권표배대"  # those of them that make no other word with the next syllable (2단지)
_NOUNS = (
    "군데|사람|단어|문장|단체|업체|기업|기관|학교|학급|과제|항목|문항|품목|마리|경기(?!도)|국가|글자|위원|좌석|병상|지구|지점|구간|노선|마을|"
    "시군구|어휘|센티|인치|라운드|코어|심|수"
)
_PARTICLE = (
    r"(?:당|급|용|새|경|(?:들|은|는|이|가|을|를|의|에|와|과|도|만|로|나|인|뿐|씩|간|중|째|쯤|분|짜리|으로|까지|부터|에서|에게|보다|밖에|마다|"
    r"이나|이라|라|이고|이며|이다|이었|였|입니다|정도|가량|내외|안팎|이상|이하|미만|초과|이내|내|남짓|규모|수준|대비|동안|차이|전|후|형|제)"
    r"(?:[은는도을의이에만고서써다며면인던데자]|부터|으나)?)"
)
_ENDS = (
    rf"(?={_PARTICLE}(?![가-힣])|[^가-힣]|$|으로|까지|부터|이상|이하|미만|초과|이내|내외|정도|가량|규모|대비|동안|"
    r"여(?![가-힣]))"
)
_BLANK = re.compile(rf"\s?(?:{_ANYWHERE}|(?:[{_SHORT}]|{_NOUNS}){_ENDS})")
_WRITTEN_TOGETHER = re.compile(rf"(?!{_PARTICLE}(?![가-힣]))([가-힣]{{1,4}}?)(?={_PARTICLE}(?![가-힣])|[^가-힣]|$)")

_PERCENT = re.compile(
    r"\s?(?:(%|퍼센트|per\s?cents?\b|percent\b|pct\b)(\s?(?:포인트|p(?![a-z])|points?\b))?|(percentage\s+points?))",
    re.I,
)
_MONEY = {
    WON: r"원(?!자|점|심|형|본|생|칙|장|고|내|외|격|래|료|천)|won\b|KRW\b",
    DOLLAR: r"달러|불" + _ENDS + r"|US\s?dollars?\b|dollars?\b|USD\b|US\$",
    "유로": r"유로|euros?\b|EUR\b",
    "엔": r"엔(?!지|진|터|드)|yen\b|JPY\b",
    "위안": r"위안(?!부|화)|위안화|yuan\b|CNY\b|RMB\b",
    "파운드": r"파운드|pounds?\s+sterling\b|GBP\b",
}
_CURRENCY = re.compile(r"\s?(?:" + "|".join(f"(?P<{name}>{signs})" for name, signs in _MONEY.items()) + ")", re.I)
_METRES = {"미터": "m", "그램": "g", "리터": "l"}
_PARTS = {"킬로": "k", "센티": "c", "밀리": "m", "나노": "n", "마이크로": "μ", "": ""}
_METRIC = re.compile(
    r"\s?(평방\s?|제곱\s?|입방\s?|세제곱\s?)?(킬로|센티|밀리|나노|마이크로|)(미터|그램|리터)(?!당\s?기)"
)
_SIGN = re.compile(r"\s?(?:(평방|제곱)\s?)?([㎀-㏟ℓ℃])")  # the square of CJK compatibility: ㎞, ㎡, ㏊
_LATIN = re.compile(r"[ -]?([A-Za-zμÅ°][A-Za-z]*(?:-[A-Za-z]+)*)([²³23](?![0-9]))?(?:/(?=[a-z]))?")
_DEGREES = re.compile(r"\s?(°C|°F|°)")
_NO_MEASURE = re.compile(r"[0-9=]|\.?\s?m\b")  # formulas, 9 a.m.
_LETTERS = {False: frozenset("mgshltwvj"), True: frozenset("VWKCFJ")}  # by whether they are capitals
_GRAMMAR_TEXT = """
a an the of in on at to for from by with and or but as is are was were be been has have had not no than that this these
those which who whom whose when where while if then so such it its their his her our your my per each every all any both
more less over under up out about into through between among before after since until during within without against via
vs x et al also only other another total times am pm a.m p.m will would may might must can could shall should do does
did i we they he she you thru including respectively
"""
GRAMMAR = frozenset(_GRAMMAR_TEXT.split())


def unit_at(text: str, at: int, hangul: bool, listed: bool = False) -> Unit | None:
    """Return the unit that stands at a place of a flat text, with at most one blank before it.

    `hangul` tells that the text is Korean: a Latin word after a number is a unit there only if it is a measure. With
    `listed`, a Korean word is one only if it is a counter known as such.
    """
    sign = text[at : at + 2].strip()[:1]
    if not sign or sign in ",.)(]:;-~|\"'":
        return None if sign != "-" else _latin(text, at, hangul)  # 5-year
    percent = _PERCENT.match(text, at) if sign in "%퍼pP" else None
    if percent:
        points = percent[2] or percent[3]
        return Unit(FigureKind.PERCENT, "%p" if points else "%", percent.end())
    money = _CURRENCY.match(text, at)
    if money and money.lastgroup:
        return Unit(FigureKind.MONEY, money.lastgroup, money.end())
    if "가" <= sign <= "힣":
        return _korean(text, at, listed)
    if sign > "ℏ":
        found = _SIGN.match(text, at)
        return Unit(FigureKind.QUANTITY, _sign(found[2]), found.end()) if found else None
    return _latin(text, at, hangul)


def _korean(text: str, at: int, listed: bool) -> Unit | None:
    metric = _METRIC.match(text, at)
    if metric:
        power = {"평": "2", "제": "2", "입": "3", "세": "3"}.get((metric[1] or "-")[0], "")
        return Unit(FigureKind.QUANTITY, _PARTS[metric[2]] + _METRES[metric[3]] + power, metric.end())
    square = _SIGN.match(text, at)
    if square:
        return Unit(FigureKind.QUANTITY, _sign(square[2]) + "2", square.end())
    counter = _BLANK.match(text, at)
    if counter:
        return Unit(FigureKind.QUANTITY, counter[0].strip(), counter.end())
    together = None if listed else _WRITTEN_TOGETHER.match(text, at)
    if together is None:
        return None
    word = together[1]
    if (len(word) > 2 and word[0] in _SHORT) or word[0] in _COMPOUNDING:
        word = word[0]  # 5분거리, 4인가구, 5대과제
    return Unit(FigureKind.QUANTITY, word, at + len(word))


def _sign(sign: str) -> str:
    return sign if sign == "℃" else unicodedata.normalize("NFKC", sign).lower()


def _latin(text: str, at: int, hangul: bool) -> Unit | None:
    degrees = _DEGREES.match(text, at)
    if degrees:
        return Unit(FigureKind.QUANTITY, degrees[1].lower(), degrees.end())
    word = _LATIN.match(text, at)
    if not word or (text[at] == "-" and not word[1].islower()):
        return None
    if not _is_unit(word[1], text[at] == " ", hangul) or _NO_MEASURE.match(text, word.end()):
        return None
    power = {"²": "2", "³": "3"}.get(word[2] or "", word[2] or "")
    return Unit(FigureKind.QUANTITY, unit_key(word[1]) + power, word.end(2) if word[2] else word.end(1))


def _is_unit(word: str, apart: bool, hangul: bool) -> bool:
    """Whether a Latin word behind a number is its unit."""
    if len(word) == 1:
        return word in _LETTERS[word.isupper()] and (not apart or word.islower() or (hangul and word in "WV"))
    if word.lower() in GRAMMAR:
        return False
    if not apart and len(word) <= 5:
        return True
    if word.islower() and not hangul:
        return True
    return len(word) <= 3 or (len(word) == 4 and not word.istitle() and not word.islower()) or word[1:] == "bps"


def unit_key(name: str) -> str:
    """Return a unit as it is compared: small letters, English words in the singular."""
    name = name.lower()
    plural = re.fullmatch("[a-z-]{2,}[^s]s", name) and not name.endswith("bps")
    return name[:-1] if plural else name


def currency_of(prefix: str) -> str:
    """Return the currency of a sign that stands before a number."""
    return _PREFIXES[prefix.upper()]
