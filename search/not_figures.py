"""Digits that tell no number: list marks, times of day, telephone and file numbers, addresses, names, ratios."""

from __future__ import annotations

import re

# What stands directly before the digits and makes them a name, a place in a list or a page of a volume.
_WORDS_TEXT = """
fig figs figure figures table tables vol no nos p pp page pages room flight model line lines docket revision rev
version ver item items step steps box suite po fax tel jkt frm fmt sfmt phase exhibit appendix note notes boeing
airbus eq equation equations algorithm level case group category site type form number numbers ref window
windows ipv chart highway route interstate count grade question answer schedule attachment annex ext extension
building bldg apt floor unit volume issue edition report publication order bulletin amendment district area zone
lot size dkt cv algol fortran id isbn issn zip gs iso ieee rfc channel problem theorem lemma hearing resolution
option scope guide column columns notices debtor doc document
"""
_WORDS = frozenset(_WORDS_TEXT.split())
_PHRASES = re.compile(
    r"(?:proposed\s+rules|rules\s+and\s+regulations|public\s+law|pub\.\s?l\.|act\s+of)\s+$", re.IGNORECASE
)
_KOREAN_NAMES_TEXT = """
그림 붙임 별지 별표 별첨 표 서식 참고 부록 첨부 도면 사진 버전 수식 각주 문단 문항 문 번호 호텔 우편번호 국도
고속도로 채널 아폴로 보잉 에어버스 윈도 윈도우 아이폰 갤럭시 안드로이드 빌보드 핫 포춘
"""
_KOREAN_NAMES = tuple(_KOREAN_NAMES_TEXT.split())
_ISSUED_TEXT = """
법률 령 규칙 고시 공고 훈령 예규 지침 조례 특허 국보 보물 사적 기념물
"""
_ISSUED = tuple(_ISSUED_TEXT.split())
_CAMEL = re.compile(r"\b(?:[A-Z][a-z]+[A-Z][A-Za-z]+|[a-z][A-Z]+[a-z]*)\s$")
_CONTINUED = re.compile(r"(?:[A-Za-z0-9]-\s*\n|[0-9]-|[a-z)][.,])$")  # a number broken at a line end; a footnote's mark
_BEGINS_LINE = re.compile(r"(?:^|\n)[ \t]*$")
_HOUSE = re.compile(r"[0-9]+(?:-[0-9]+)?(?=[\s,\[()]|$)")
_POSTCODE = re.compile(r"[0-9]{5}(?:-[0-9]{4})?(?![0-9]|,[0-9])")
_LEADER = re.compile(r"코로나-?$|[A-Za-z]\+$|각\s?[호항]의\s$")
_DOTS = re.compile(r"[·.…]{4,}\s?$")
_LABEL = re.compile(r"[가-힣]$")
_LABELLED = re.compile(r"[0-9]{1,2}(?=\s?[):\]]|\([A-Z가-힣])")  # 매출원가1), 유형1:, 핵심기술요소1(CTE1)
_REIGN = re.compile(
    r"(?:헨리|루이|조지|찰스|제임스|에드워드|윌리엄|엘리자베스|요한|바오로|바오로|비오|베네딕토|레오|나폴레옹|카를|프리드리히|빌헬름|알렉산드르|"
    r"니콜라이|펠리페|프랑수아|하인리히|오토|구스타프|표트르|람세스|샤를|필리프|크리스티안|인노켄티우스|그레고리우스|클레멘스|보니파시오)\s$"
)
_MACHINE = re.compile(r"\b[A-Z]{1,7}(?:\s|-)$")
_MODEL = re.compile(r"[0-9]{3,4}(?![0-9,.]*[0-9])(?!\s?[가-힣%])")
_IN_A_ROW = re.compile(r"[0-9](?:[0-9.,]*[0-9])?[ \t]+[(△-]?[0-9]")
_FORMULA = re.compile(
    r"(?:(?<![A-Za-z가-힣0-9])[A-Za-z]{1,2}\s?[=<>≤≥¼]\s?-?|\)\s?[=<>]\s?|[×*^]\s?|(?<![A-Za-z])[A-Za-z]\s?[-+]\s?)$"
)
_UNIT_FOLLOWS = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[A-Za-z]{1,4}\b|\s?[가-힣%])")
_ADDRESS = re.compile(r"[가-힣]{1,5}(?:[로길동리읍면]|로\s?[0-9]+[번가]?길)\s(?:산\s?)?$")
_TIMES = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?:\s?~\s?[0-9]{1,2}:[0-9]{2})?"
_AT = [
    r"(?:[0-9][.,]?){28,}",
    rf"{_TIMES}(?!\d)(?:\s?[ap]\.?m\b\.?)?",
    r"[0-9]{1,2}(?::[0-9]{2})?\s?[ap]\.?\s?m\b\.?(?:\s?(?:-|to|and|until)\s?[0-9]{1,2}(?::[0-9]{2})?(?:\s?[ap]\.?m\b\.?)?)?",
    r"[0-9]{1,2}\s?시\s?(?:[0-9]{1,2}\s?분|반)?(?:\s?[~-]\s?[0-9]{1,2}\s?시(?:\s?[0-9]{1,2}\s?분)?)?(?=[^가-힣]|$|[에경쯤까부이로의]|정각)",
    r"[0-9]+(?:\.[0-9]+)?\s?:\s?[0-9]+(?:\.[0-9]+)?(?:\s?:\s?[0-9]+)*(?![0-9])",  # 3:2
    r"[0-9]+\s?분의\s?[0-9]+(?:\s?(?:이상|이하|미만|초과))?",
    r"[0-9]{1,3}/[0-9]+(?:\.[0-9]+)?(?![0-9/])(?!\s?분기)",  # 1/3.5
    r"\(?[0-9]{2,4}\)?\s?[-.)]\s*[0-9]{3,4}\s?[-.]\s?[0-9]{4}(?:[~-][0-9]+)?(?:,?\s*ext\.?\s*[0-9]+)?(?![0-9,])",
    r"[0-9]{4}-[0-9]{4}(?![0-9년,])",
    r"[0-9]{6}-[0-9*]{7}",
    r"[0-9]+(?:-[0-9A-Za-z가-힣]+){2,}(?![0-9])",
    r"[0-9]+-[A-Z][A-Za-z0-9-]*",
    r"[0-9]+(?:\.[0-9]+){2,}(?!\.?[0-9])",  # 2.1.3, 192.168.0.1
    r"0[0-9]+(?![0-9.,]|\s?(?:%|개|명|월|일|년))",
    r"[0-9]+(?<=제3)(?=자)",
    r"[0-9]+'s\b",
    r"[0-9]+>\s?[0-9]*",
    r"[0-9]+\s+[A-Z][A-Za-z.]*\s?(?:[0-9]?d\s)?\s?[0-9]+\s?\((?:[A-Z0-9][A-Za-z0-9.\s]*\s)?[0-9]{4}\)",
    r"[0-9]+\s+(?:U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:2d|3d|4th|Supp\.?(?:\s?[23]d)?)|FR|Fed\.\s?Reg\.|P\.[23]d|Stat\.|L\.\s?Ed\.)\s?(?:2d\s)?[0-9_]+(?:,\s[0-9]+(?:-[0-9]+)?)*",
    r"[0-9]+(?:-[0-9]+)?호선",
    r"[0-9]+\s?동\s(?=옥상|지하|[0-9]+호)|[0-9]{3}동(?=[\s,)]|$)",
    r"[0-9]+\s(?:[A-Z]\w+\s){1,3}(?:LLC|Inc|Corp|Co)\b",
    r"[0-9]+\s(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w.]*\s){1,3}(?:Avenue|Ave|Street|St|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Way|Court|Parkway|Highway|Place|Plaza)\b",
    r"[0-9]+\s?MAX\b",
    r"[0-9]+[A-Za-z]{1,3}[0-9]\w*",
    r"[0-9]+번지|[0-9]+번\s?(?:국도|출구|버스|홀|길)",
    r"[0-9]+[nxyzpqrijNXYZPQ](?![A-Za-z0-9])|[0-9]\([a-z]\)",
    r"[0-9]{1,2}(?=[A-Z][a-z])",  # a footnote's mark
    r"(?<=\+)[0-9]{1,3}(?:\s?\([0-9]+\))?(?:[\s-]?[0-9]{2,4})+",
    r"[0-9]+(?:,\s?[0-9]+)*세부|[0-9]+(?:\s?[£·]\s?[0-9]+)+(?:\s?=\s?[0-9 ]+)?",  # items (3세부), factors
    r"[0-9]{1,2}-[0-9]{1,2}\.(?=\s)|[1-4]\s?(?:/\s?4\s?)?분기|802\.1[0-9]*[a-z]*",
    r"[0-9]{1,2}\s?\.\s?[~⋅·∙・]\s?[0-9]{1,2}\s?\.",
    r"[0-9]+(?:\s?[x×X]\s?[0-9]+)+(?![0-9,.]*\s?[가-힣%])",
    r"[0-9]+-[0-9]+(?:/[0-9]+)+|[0-9]+-[0-9]+-(?:\s*[0-9]+)?|[0-9]+-\s*\n[0-9]+(?:-[0-9]+)*",
    r"(?<=, )[0-9]+\s+[A-Z][a-z]+(?=,)|[0-9]+-\s*\n?[A-Z]",
    r"[0-9]+\s?[+*/^]\s?[A-Za-z(](?![a-z])",
    r"[0-9]{4,6}\s+Federal\s+Register",
    r"[0-9]{1,2}[.·ㆍ⋅・][0-9]{1,2}(?=\s?(?:사건|사태|항쟁|운동|혁명|의거|테러|선언|전쟁|대책|민주|쿠데타|정변|반란|광복|해방|선거|군사|총선|재보선|지진|참사|만세))",
    r"[0-9]+\s?대\s?[0-9]+(?!\s?[개명건만억])|[0-9]+-[0-9]+(?=\s?(?:으?로\s|승|패|무승부))",  # 3대 2
    r"[2-5][DGK](?![A-Za-z0-9])|[23]d(?![A-Za-z0-9])(?!\s(?:Cir|Dept|Dist|ed))",
    r"(?:1?[0-9]|2[0-3])세(?=(?:은|는|이|가|을|를|의|와|과|에게)?\s)(?<=[0-9]세)(?!의?\s(?:나이|때|이상|이하|미만|아동|남|여|어린))",
    r"[0-9]{1,2}(?=(?:혁명|운동))",
    r"[0-9]{1,2}\.\s?[~⋅·∙・]\s?[0-9]{1,2}\.",
    r"[0-9]+\s?[~-]\s?[0-9]+\]",
    r"[0-9]{1,3}(?=\s?·\s?·)",
]
_HERE = re.compile("|".join(f"(?:{each})" for each in _AT))
_POSTAL = re.compile(r",\s+[A-Z][a-z]+\s$|\b[A-Z]{2}\.?\s$|우\)?\s?$")
_MARK = re.compile(r"[0-9]{1,2}(?:[.)\]](?=\s|[가-힣A-Z「(]|$)|\s(?=[「『]))")
_SECTION = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\s+(?=[A-Z가-힣])")
_KOREAN_MARK = re.compile(r"[0-9]{1,2}(?:\.\s?|\)\s)(?=[가-힣「｢(第])")
_PAGE_NUMBER = re.compile(r"[0-9]{1,3}(?=\s-(?:\s|$))")
_OF = re.compile(r"[0-9]+\s+of\s+[0-9]+(?![0-9,])")
_LINE_START = re.compile(r"(?:^|[\n\t])[ \t]*[(\[]?$|[.!?:;■□○●◦▪ㅇ]\s$|(?:^|[\s])\($")
_BRACKETED = re.compile(r"[0-9]{1,2}[)\]]")
_ALONE = re.compile(r"[0-9]{1,3}[ \t]*(?=\n|$)")
_DASHED = re.compile(r"[0-9]+-[0-9]+(?![0-9])")


def not_a_figure(text: str, at: int, floor: int) -> int:
    """Return where digits that begin at a place and tell no number end; `at` where they may tell one."""
    window = text[max(0, at - 32) : at]
    here = _HERE.match(text, at)
    if here and here.end() > at and (not here[0].endswith("세") or _REIGN.search(window)):
        return here.end()
    of = _OF.match(text, at)
    if of and re.search(r"(?i)\bpage\s+$", window):
        return of.end()
    if _named(window, text, at):
        end = re.compile(
            r"[0-9]+(?:[-.,&][0-9A-Za-z]+)*[A-Za-z]?(?:,\s[0-9]+(?=[,)]))*(?:\s(?:through|to|and)\s[0-9]+(?![0-9.,]*\s?[a-z%]))?"
        ).match(text, at)
        return end.end() if end else at
    mark = _MARK.match(text, at)
    if mark and _LINE_START.search(window):
        return mark.end()
    if (section := _SECTION.match(text, at)) and "\t" not in section[0] and _BEGINS_LINE.search(window):
        return section.end() - 1
    if window.endswith("- ") and (page := _PAGE_NUMBER.match(text, at)) and window[-3:-2].strip() == "":
        return page.end()
    if (mark := _KOREAN_MARK.match(text, at)) and (window[-1:].isspace() or window[-1:] in ")'"):
        return mark.end() - 1
    if (found := _HOUSE.match(text, at)) and _ADDRESS.search(window):
        return found.end()
    if (found := _POSTCODE.match(text, at)) and _POSTAL.search(window):
        return found.end()
    dashed = _DASHED.match(text, at)
    if dashed:
        one, other = map(int, dashed[0].split("-"))
        return dashed.end() if one >= other else at
    return at


def _named(window: str, text: str, at: int) -> bool:
    if _FORMULA.search(window):
        return not _UNIT_FOLLOWS.match(text, at)
    if _DOTS.search(window) and re.match(r"[0-9]{1,3}\s*(?:\n|$)", text[at : at + 8]):
        return True
    if _CONTINUED.search(window) or _LEADER.search(window) or (_LABEL.search(window) and _LABELLED.match(text, at)):
        return True
    if (
        window.rstrip("-/")[-1:].isalpha()
        and window.rstrip("-/")[-1:].isascii()
        and len(window.rstrip("-/")) > len(window) - 2
    ):
        return not window.endswith(("USD", "KRW", "EUR"))
    if _IN_A_ROW.match(text, at):
        return False
    if _CAMEL.search(window) or (_MACHINE.search(window) and _MODEL.match(text, at)):
        return True
    return _after_a_name(window)


def _after_a_name(window: str) -> bool:
    """Whether digits follow a word that they are the number of."""
    if window.endswith(("<", "#", "#:", "# ", "#: ")):
        return True
    bare = window.rstrip()
    if bare.endswith("번 호"):
        return True
    if bare.endswith("제"):
        bare = bare[:-1].rstrip()
        return bare.endswith(_ISSUED) or _korean_name(bare)
    if len(bare) == len(window):
        return _korean_name(bare)
    words = bare.rsplit(maxsplit=1)
    if not words:
        return False
    return (
        words[-1].lower().strip(".(,") in _WORDS
        or _korean_name(bare)
        or (words[-1].lower() in ("rules", "regulations", "law", "l.", "of") and bool(_PHRASES.search(window)))
    )


def _korean_name(bare: str) -> bool:
    if not bare.endswith(_KOREAN_NAMES):
        return False
    name = next(each for each in sorted(_KOREAN_NAMES, key=len, reverse=True) if bare.endswith(each))
    before = bare[: -len(name)][-1:]
    return not "가" <= before <= "힣"


def bracketed_mark(text: str, at: int) -> int:
    """Return the end of a number in brackets that is a mark: (1), [3]; `at` where it is none."""
    found = _BRACKETED.match(text, at)
    return found.end() if found and at and text[at - 1] in "([" else at
