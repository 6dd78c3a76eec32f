"""Numbers that tell a place in an order or in a law: 제2차, 1등급, 3rd; 제15조, Section 106."""

from __future__ import annotations

import re
from decimal import Decimal

from corpus.figures import Figure, FigureKind
from search.figure_bounds import Bound, after, interval
from search.figure_grammar import Number

_N = r"(?P<n>[0-9]{1,4})"
_ARTICLE = re.compile(
    rf"{_N}\s?(?:조(?!\s?[0-9원각직건]|\s?달러)|항(?![목공만구])|호|목(?![적표])|장(?!비)|절|편|관)(?:\s?의\s?[0-9]+)?(?![0-9])"
)
_BARE_ARTICLE = re.compile(
    rf"{_N}\s?(?:조(?=\s?(?:제?\s?[0-9]+\s?항|의\s?[0-9]|제[0-9]|소정|각\s?호|\([가-힣]|에\s?(?:따|의|규정|명시|근거)|의\s?규정))(?:\s?의\s?[0-9]+)?|항(?![목공만구성체암]))"
)
_AFTER_ARTICLE = re.compile(rf"{_N}\s?호(?!선|기|봉|텔)")
_HANJA = re.compile(rf"{_N}\s?[條項號]")
_LAW = re.compile(r"(?:법|령|규칙|법률|헌법|조례|규정)\s*$")
_LAW_ARTICLE = re.compile(rf"{_N}조(?![0-9원각직건\s]*[0-9억원달])(?:\s?의\s?[0-9]+)?")
_ENGLISH_BEFORE = re.compile(
    r"(?:(?<![A-Za-z])(?:articles?|art\.|sections?|sec\.|ch\.|chapters?|chs\.|rules?|titles?|subtitle|subparts?|parts?|clauses?|paragraphs?|"
    r"para\.|subsections?|evid\.|(?:civ|crim|app)\.\s?p\.)\s+|§+\s*)$",
    re.IGNORECASE,
)
_ALSO_ARTICLE = re.compile(
    r"(?:(?<![A-Za-z])(?:articles|sections|chapters|rules|titles|parts|paragraphs)\s+|§§\s*)[0-9][0-9.a-z()-]*(?:,\s[0-9][0-9.a-z()-]*)*,?\s(?:and|or|through|to)?\s?$",
    re.IGNORECASE,
)
_ENGLISH = re.compile(r"(?P<n>[0-9]+)(?:\.[0-9]+)*[a-z]?(?:-[0-9]+[a-z]?)?(?:\([A-Za-z0-9]{1,4}\))*(?![0-9])")
_CODE = re.compile(
    r"[0-9]+\s+(?:U\.?\s?S\.?\s?C\.?(?:\s?A\.)?|C\.?\s?F\.?\s?R\.?)(?:\s*,?\s*(?:§+|part|parts|section|sec\.|ch\.|subpart)?\s*"
    r"(?P<n>[0-9]+)(?:\.[0-9]+)*[a-z]?(?:-[0-9]+)?(?:\([A-Za-z0-9]{1,4}\))*(?:\s(?:and|or|through)\s[0-9]+\.[0-9]+|(?:,\s[0-9]{3,5})+)?)?",
    re.IGNORECASE,
)
_COUNT = r"(?:\s?(?:[~-])\s?(?P<n2>[0-9]{1,3}))?"
_AFTER_THE = re.compile(
    rf"(?P<n>[0-9]{{1,4}}){_COUNT}(?:\s?(?:차년도|차례|차|대|위|등급|등|단계|상|학년|교시|기|회|급|세기|번째|번|순위|군|종|보병|사단|군단|함대|부|권|집|판|호|과|일|막|파|세대|세|군사|방|분과|의))?(?![0-9-])"
)
_PLAIN = re.compile(
    rf"(?P<n>[0-9]{{1,4}}){_COUNT}(?:"
    r"\s?차\s?년도|차(?=\s?(?:[가-힣]{2,}|및|[),·])|$)(?!선|례|이|에\s?걸|로|량|별|원)|순위|위(?![원안반치험])|등급|등(?![록분급산\s]*[록분급산])(?=[\s을를은이,)]|$|까지|에)|단계|상(?!자|당|태)|학년(?!도)|"
    r"교시|급(?![여식속수])(?=[\s가-힣),.~]|$)|세기|번째|대(?=\s?(?:[가-힣]{1,4}\s)?(?:국회|대통령|대선|총선|왕|교황|황제|회장|총장|총리|사무총장|의원|이사장|위원장|총재|장관|시장\b|지사))|회차|기(?=\s?(?:졸업|생|내각|입주|후보))|회(?=\s?대회)"
    r")"
)
_PHASE = re.compile(r"(?:임상|제|[0-9]상\s?(?:및|,|·|/))\s?$")
_STEPS_COUNTED = re.compile(
    r"\s?(?:의\s?)?(?:절차|체계|구조|척도|과정)|로\s?(?:나|구분|세분|이루|구성|되어|진행)|형|에\s?걸"
)
_ENGLISH_ORDINAL = re.compile(r"(?P<n>[0-9]+)(?:st|nd|rd|th|d(?=\s(?:Cir|Dept|Dist|ed)))(?![A-Za-z])", re.IGNORECASE)
_ISSUED = re.compile(r"(?:법률|령|규칙|고시|공고|훈령|예규|지침|조례|특허|국보|보물|사적|기념물)\s?$")
_NUMBERED = re.compile(r"[0-9]+\s?호")
_IDENTIFIER = re.compile(r"[0-9]+-[0-9]+\s?호?|[0-9]{4}-[0-9]+")


def numbered(text: str, at: int, floor: int, hangul: bool) -> Figure | None:
    """Read an article or ordinal whose first digit stands at a place of a flat text."""
    before = text[max(floor, at - 3) : at]
    the = re.search(r"제\s?$", before) if hangul and "제" in before else None
    if the:
        found = _korean_article(text, at, at - len(the[0])) or _the(text, at, at - len(the[0]))
        if found:
            return found
    hanja = _HANJA.match(text, at) if text[max(floor, at - 2) : at].rstrip().endswith("第") else None
    if hanja:
        return _made(FigureKind.ARTICLE, hanja, text.rindex("第", 0, at), hanja.end())
    if hangul:
        found = _bare_article(text, at) or _ordinal(text, at)
        if found:
            return found
    return _english(text, at, floor)


def _made(kind: FigureKind, match: re.Match[str], start: int, end: int) -> Figure:
    value = Decimal(match["n"])
    return Figure(kind, value, value, False, False, None, start, end)


def _korean_article(text: str, at: int, start: int) -> Figure | None:
    if _IDENTIFIER.match(text, at) or (_ISSUED.search(text[max(0, start - 8) : start]) and _NUMBERED.match(text, at)):
        return None
    found = _ARTICLE.match(text, at)
    return _made(FigureKind.ARTICLE, found, start, found.end()) if found else None


def _bare_article(text: str, at: int) -> Figure | None:
    found = _BARE_ARTICLE.match(text, at)
    if found is None and _LAW.search(text[max(0, at - 5) : at]):
        found = _LAW_ARTICLE.match(text, at)
    lawful = found is None and any(sign in "조항" for sign in text[max(0, at - 10) : at])
    if lawful and re.search(r"[0-9]조(?:의\s?[0-9]+)?\s?(?:,|·|및|와|과|또는)\s?$", text[max(0, at - 10) : at]):
        found = _LAW_ARTICLE.match(text, at)
    if (
        lawful
        and found is None
        and re.search(r"[0-9]\s?[항조]\s?(?:제?\s?[0-9]+[호,]\s?)*$", text[max(0, at - 8) : at])
    ):
        found = _AFTER_ARTICLE.match(text, at)
    return _made(FigureKind.ARTICLE, found, at, found.end()) if found else None


def _the(text: str, at: int, start: int) -> Figure | None:
    """Read what 제 makes an ordinal."""
    if _IDENTIFIER.match(text, at) or re.match(r"3(?:자(?![가-힣]*[녀매])|국)", text[at : at + 6]):
        return None  # a third party, a third country
    found = _AFTER_THE.match(text, at)
    return _ranged(text, found, start) if found else None


def _ordinal(text: str, at: int) -> Figure | None:
    found = _PLAIN.match(text, at)
    if found is None:
        return None
    word = re.sub(r"[0-9~\s-]", "", found[0])
    if word == "상" and not _PHASE.search(text[max(0, at - 6) : at]):
        return None
    if word == "단계" and not found["n2"] and _STEPS_COUNTED.match(text, found.end()):
        return None
    return _ranged(text, found, at)


def _ranged(text: str, found: re.Match[str], start: int) -> Figure:
    """Make an ordinal, one or from one to another, with the word of bound behind it."""
    first, last = Decimal(found["n"]), Decimal(found["n2"] or found["n"])
    bound, end = after(text, found.end())
    if bound in (None, Bound.ABOUT, Bound.MORE) or found["n2"]:
        return Figure(FigureKind.ORDINAL, first, last, False, False, None, start, found.end())
    low, high, low_open, high_open = interval(Number(first, Decimal(1), 1, start, end), {bound} if bound else set())
    return Figure(FigureKind.ORDINAL, low, high, low_open, high_open, None, start, end)


def _english(text: str, at: int, floor: int) -> Figure | None:
    code = _CODE.match(text, at)
    if code:
        value = Decimal(code["n"] or re.match(r"[0-9]+", code[0])[0])  # type: ignore[index]
        return Figure(FigureKind.ARTICLE, value, value, False, False, None, at, code.end())
    last = text[max(floor, at - 3) : at].rstrip()[-1:]
    if not last or not (last in ".§," or (last.isascii() and last.isalpha())):
        return (
            _made(FigureKind.ORDINAL, found, at, found.end()) if (found := _ENGLISH_ORDINAL.match(text, at)) else None
        )
    before = _ENGLISH_BEFORE.search(text, max(floor, at - 14), at)
    if before and not (before[0].lower().startswith("rules") and re.match(r"[0-9]{5}", text[at:])):
        found = _ENGLISH.match(text, at)
        if found:
            return _made(FigureKind.ARTICLE, found, before.start(), found.end())
    if (
        text[max(0, at - 4) : at].endswith((", ", "and ", "or ", "ugh ", "to "))
        and _ALSO_ARTICLE.search(text[max(0, at - 40) : at])
        and (also := _ENGLISH.match(text, at))
    ):
        return _made(FigureKind.ARTICLE, also, at, also.end())
    ordinal = _ENGLISH_ORDINAL.match(text, at)
    return _made(FigureKind.ORDINAL, ordinal, at, ordinal.end()) if ordinal else None
