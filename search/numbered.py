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
    r"para\.|(?<!zip )(?<!area )codes?(?=\s[0-9]{3})|subsections?|evid\.|(?:civ|crim|app)\.\s?p\.)\s+|§+\s*)$",
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
_COUNT = r"(?:\s?[~-]\s?(?P<n2>[0-9]{1,3}))?"
_AFTER_THE = re.compile(
    rf"(?P<n>[0-9]{{1,4}}){_COUNT}(?:\s?(?:차년도|차례|차|대|위|등급|등|단계|상|학년|학기|교시|기|회|급|세기|번째|번|순위|군|종|보병|사단|군단|함대|부|권|집|판|호|과|일|막|파|심|세대|세|군사|방|분과|의))?(?![0-9-])"
)
# Words that make the number before them a place in an order, each without those that begin as it does.
_PLACES = (
    r"차\s?년도|[년주일]\s?차(?=[^가-힣]|$|[에의인를가는은로때])|회차|"
    r"차(?!선|례|이|에\s?걸|로|량|별|원|단|액|감|고|익|트)|순위|위(?![원안반치험])|등급|"
    r"등(?![록분급산\s]*[록분급산])(?=[\s을를은이,)]|$|까지|에|으로)|단계|상(?!자|당|태)|학년(?!도)|학기(?!제)|교시|급(?![여식속수])(?=[\s가-힣),.~]|$)|세기|번째|"
    r"차(?=로\s(?!도로|확|구간))(?<=[1-3]차)|"  # 1차로 29명; 4차로 is a road
    r"집(?=[\s을은이의에》」』)]|$|부터|까지|앨범)|"
    r"심(?=[\s,·)의에은을과]|$|판결|법원|재판|선고)|"
    r"대(?=\s?(?:[가-힣]{1,4}\s)?(?:국회|대통령|대선|총선|왕|교황|황제|회장|총장|총리|사무총장|의원|이사장|위원장|총재|장관|시장\b|지사))|"
    r"기(?=\s?(?:졸업|생|내각|입주|후보))|회(?=\s?대회)"
)
_PLAIN = re.compile(rf"(?P<n>[0-9]{{1,4}}){_COUNT}(?:\s(?=차(?:\s|수)))?(?P<word>{_PLACES})")
_TO = re.compile(r"\s?(?:[~-]|내지)\s?(?P<n2>[0-9]{1,3})")  # 1급 내지 7급
_LISTED = re.compile(  # 1·2차; 17, 18대 국회
    r"(?P<n>[0-9]{1,2})\s?[·ㆍ⋅,]\s?(?P<next>[0-9]{1,2})(?:,\s?[0-9]{1,2})*"
    r"(?:차(?![례원로이])|단계|등급|학년|순위|위(?![원안반])|급(?!여)|대\s(?:국회|총선|대선))"
)
_IN_BRACKETS = re.compile(r"\((?!총|약|예산|매출|합계|규모|국비)[가-힣]{0,3}\s?$")
_BRACKETED_ARTICLE = re.compile(r"(?P<n>[0-9]{1,4})(?:-[0-9]{1,4})?조(?=[),·]|\s(?:이하|참조))")  # (민법 758조)
_LANES = re.compile(r"(?:왕복|편도)\s?$")
_PHASE = re.compile(r"(?:임상|제|[0-9]상\s?(?:및|,|·|/))\s?$")
_STEPS_COUNTED = re.compile(
    r"\s?(?:의\s?)?(?:절차|체계|구조|척도|과정)|로\s?(?:나|구분|세분|이루|구성|되어|진행)|형|에\s?걸"
)
_ENGLISH_ORDINAL = re.compile(r"(?P<n>[0-9]+)(?:st|nd|rd|th|d(?=\s(?:Cir|Dept|Dist|ed)))(?![A-Za-z])", re.IGNORECASE)
_ISSUED = re.compile(r"(?:법률|령|규칙|고시|공고|훈령|예규|지침|조례|특허|국보|보물|사적|기념물)\s?$")
_FILE = re.compile(r"[0-9]+(?:-[0-9]+)?\s?호")
_RUN = re.compile(r"[0-9]+")
_IDENTIFIER = re.compile(r"[0-9]+-[0-9]+\s?호?|[0-9]{4}-[0-9]+")


def numbered(text: str, at: int, floor: int, hangul: bool) -> Figure | None:
    """Read an article or ordinal whose first digit stands at a place of a flat text."""
    if not hangul:
        return _english(text, at, floor)
    before = text[max(floor, at - 2) : at].rstrip()[-1:]
    if before == "제":
        start = text.rindex("제", 0, at)
        if _ISSUED.search(text[max(0, start - 8) : start]) and _FILE.match(text, at):
            return None
        found = _korean_article(text, at, start)
        if found or not "가" <= text[start - 1 : start] <= "힣":  # 과제 1, 문제 2
            found = found or _the(text, at, start)
        if found:
            return found
    elif before == "第" and (hanja := _HANJA.match(text, at)):
        return _made(FigureKind.ARTICLE, hanja, text.rindex("第", 0, at), hanja.end())
    run = _RUN.match(text, at)
    behind = text[run.end() : run.end() + 2].strip()[:1] if run else ""
    if "가" <= behind <= "힣" or behind in "~-·ㆍ⋅,":
        found = (_bare_article(text, at) if behind in "조항호-" else None) or _ordinal(text, at)
        if found:
            return found
    return _english(text, at, floor) if behind.isascii() or before.isascii() else None


def _made(kind: FigureKind, match: re.Match[str], start: int, end: int) -> Figure:
    value = Decimal(match["n"])
    return Figure(kind, value, value, False, False, None, start, end)


def _korean_article(text: str, at: int, start: int) -> Figure | None:
    if _IDENTIFIER.match(text, at):
        return None
    found = _ARTICLE.match(text, at)
    return _made(FigureKind.ARTICLE, found, start, found.end()) if found else None


def _bare_article(text: str, at: int) -> Figure | None:
    found = _BARE_ARTICLE.match(text, at)
    if found is None and _LAW.search(text[max(0, at - 5) : at]):
        found = _LAW_ARTICLE.match(text, at)
    if found is None and _IN_BRACKETS.search(text[max(0, at - 6) : at]):
        found = _BRACKETED_ARTICLE.match(text, at)
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
        listed = _LISTED.match(text, at)
        follows = listed and int(listed["next"]) == int(listed["n"]) + 1
        return _made(FigureKind.ORDINAL, listed, at, listed.end("n")) if listed and follows else None
    word = found["word"]
    if found["n2"] and int(found["n2"]) <= int(found["n"]):
        if found["word"] != "세기":
            return None  # 2026-1차: a number of a file
        values = Decimal(found["n2"]), Decimal(found["n"])  # 18~17세기, told backwards
        return Figure(FigureKind.ORDINAL, *values, False, False, None, at, found.end())
    if word == "상" and not _PHASE.search(text[max(0, at - 6) : at]):
        return None
    if word == "차" and _LANES.search(text[max(0, at - 4) : at]):
        return None
    if word == "단계" and not found["n2"] and _STEPS_COUNTED.match(text, found.end()):
        return None
    if not found["n2"] and (to := _TO.match(text, found.end())):
        last = _PLAIN.match(text, to.start("n2"))
        if last and last["word"] == word and int(last["n"]) > int(found["n"]):
            values = Decimal(found["n"]), Decimal(last["n"])
            return Figure(FigureKind.ORDINAL, *values, False, False, None, at, last.end())
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
