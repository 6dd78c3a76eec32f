"""Digits that tell no number: list marks, times of day, telephone and file numbers, addresses, names, ratios.

Three things tell them, looked at in this order: how they are written, to the sign or word behind them (12:30, 3/5,
02-123-4567, 5G, 1.2.3, 2호선, 101동); what stands before them (COVID-19, Figure 3, 의안번호 2101234); where they stand
(the mark of a list, the page at the end of dots, the house of a street). A number with a unit is a figure after most
names: only bare ones are taken for names.
"""

from __future__ import annotations

import re

from search.figure_units import GRAMMAR, unit_at

# How they are written, by the sign behind the first digits.
_PHONE = r"[0-9]{2,4}\)?\s?[-.)]\s*[0-9]{3,4}\s?[-.]\s?[0-9]{4}(?:[~-][0-9]+)?(?:,?\s*ext\.?\s*[0-9]+)?(?![0-9,])"
_MERIDIEM = r"\s?(?:[ap]\.?\s?m|[AP]\.?M)\.?(?![A-Za-z])"
_HOURS = rf"(?:\s?(?:-|to|and|until)\s?[0-9]{{1,2}}(?::[0-9]{{2}})?(?:{_MERIDIEM})?)?"
_STREETS = "Avenue|Ave|Street|St|Road|Rd|Drive|Dr|Boulevard|Blvd|Lane|Way|Court|Parkway|Highway|Place|Plaza"
_REPORTERS = (
    r"U\.\s?S\.|S\.\s?Ct\.|F\.\s?(?:[234]d|4th|Supp\.?(?:\s?[23]d)?)|FR|Fed(?:\.|eral)\s+Reg(?:\.|ister)|P\.[23]d|Stat\.|"
    r"L\.\s?Ed\."
)
_EVENTS = (  # of which the day is the name: 6.25전쟁, 5·18 민주화운동
    "사건|사태|항쟁|운동|혁명|의거|테러|선언|전쟁|대책|민주|쿠데타|정변|반란|광복|해방|선거|군사|총선|"
    "지진|참사|만세|조치|경축|독립|절"
)
_BY_SIGN = {
    ":": [
        rf"[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?:\s?[~-]\s?[0-9]{{1,2}}:[0-9]{{2}})?(?!\d)(?:{_MERIDIEM})?",
        r"[0-9]+\s?:\s?[0-9]+(?:\.[0-9]+)?(?:\s?:\s?[0-9]+)*(?![0-9])",  # 3:2
        r"[0-9]+:[A-Z](?![A-Za-z])",  # 1:N
    ],
    "/": [
        r"[0-9]+/[0-9]+(?:\.[0-9]+)?(?![0-9/])(?!\s?분기)",  # 1/3.5
        r"[1-4]/\s?4\s?분기",
        r"[0-9]+/\s?[A-Za-z(](?![a-z])",
    ],
    "-": [
        r"[0-9]-[0-9](?=[,\")으]|\s[가-힣]{2})|[0-9]{4}-[0-9]{4}(?![0-9년,])|[0-9]{6}-[0-9*]{7}",
        r"[0-9]+(?:-[0-9A-Za-z가-힣]+){2,}(?![0-9])|[0-9]+-[0-9]+(?:/[0-9]+)+|[0-9]+-[0-9]+-(?:\s*[0-9]+)?",
        r"[0-9]{1,2}-(?=[가-힣]{2})|[0-9]+-\s*\n?[A-Z][A-Za-z0-9-]*|[0-9]+-\s*\n[0-9]+(?:-[0-9]+)*",
        r"[0-9]{1,2}-[0-9]{1,2}\.(?=\s)|[0-9]+-[0-9]+(?=\s?(?:으?로\s|승|패|무승부))",
        r"[0-9]+\s?[~-]\s?[0-9]+(?:\]|\s?시(?!간)|호(?:라인|실|선))|[0-9]{3,4}\s?[~-]\s?[0-9]{3,4}동",
    ],
    ".": [
        r"[0-9]+(?:\.[0-9]+){2,}(?!\.?[0-9])",  # 2.1.3, 192.168.0.1
        r"[0-9]+\.[0-9]+\s?:\s?[0-9]+(?:\.[0-9]+)?(?![0-9])",
        r"(?:4\.19|5\.1[68]|6\.2[59]|8\.15|10\.26|12\.12)(?=\s[가-힣])(?!\s(?:배|점|퍼센트))",
        r"802\.1[0-9]*[A-Za-z]*",
        rf"[0-9]{{1,2}}\.[0-9]{{1,2}}(?=\s?(?:{_EVENTS}))",
        r"[0-9]{1,2}\s?\.\s?[~⋅·∙・]\s?[0-9]{1,2}\s?\.",
    ],
    "·": [
        rf"[0-9]{{1,2}}[·ㆍ⋅・․‧][0-9]{{1,2}}(?=\s?(?:{_EVENTS}))",
        r"[0-9]+(?:\s?[£·⋅]\s?[0-9]+)+(?![0-9])(?:\s?=\s?[0-9 ]+)?(?!\s?[가-힣%])",  # factors
        r"(?:1[0-2]|[1-9])[·ㆍ⋅・․‧](?:3[01]|[12][0-9])(?![0-9])(?=\s?[가-힣]{2})",  # 5·17 폭거
        r"[0-9]{1,3}(?=\s?·\s?·)",
    ],
    "+": [r"[0-9]+\s?[+*^]\s?[A-Za-z(](?![a-z])|[0-9]+\^[0-9]+|[0-9]\+[0-9](?![0-9])"],
    ">": [r"[0-9]+>\s?[0-9]*|[0-9]+\s?[<>]=?\s?[A-Za-z]"],
    "'": [r"[0-9]+'s\b"],
    "(": [r"[0-9]+\([a-z]\)(?:\([0-9a-z]+\))*"],  # 401(k)
    "×": [
        r"[0-9]+(?:[,.][0-9]+)*(?:\s?[x×X*]\s?[0-9]+(?:[,.][0-9]+)*)+(?![0-9]|[,.][0-9]|\s?[%㎀-㏟]|[가-힣])",
        r"[0-9]+(?:(?:,\s?|~)[0-9]+)+(?:세부|동|호(?:라인|실))",  # 3,4호라인
    ],
    "A": [
        r"[0-9]+[A-Za-z]{1,3}[0-9]\w*",  # codes
        rf"[0-9]{{1,2}}{_MERIDIEM}{_HOURS}",
        r"[0-9]+[nxyzpqrijNXYZPQDGEHRS](?![A-Za-z0-9])|[2-5]K(?![A-Za-z0-9])",  # factors, models and marks: 5G, 3D
        r"[23]d(?![A-Za-z0-9])(?!\s(?:Cir|Dept|Dist|ed))",
        r"[1-9]0s\b|[0-9]{1,2}(?=(?![KMGT]bps|[KMGT]?[HW]z?h?\b|Pa\b|Hz)[A-Z][a-z])",  # the 80s; a footnote's mark
    ],
    " ": [
        rf"[0-9]{{1,2}}{_MERIDIEM}{_HOURS}",
        rf"[0-9]+\s+(?:{_REPORTERS})\s?(?:2d\s)?[0-9_]+(?:,\s[0-9]+(?:-[0-9]+)?)*|[0-9]{{4,6}}\s+Federal\s+Register",
        r"[0-9]+\s+[A-Z][A-Za-z.]*\s?(?:[0-9]?d\s)?\s?[0-9]+\s?\((?:[A-Z0-9][A-Za-z0-9.\s]*\s)?[0-9]{4}\)",
        r"[0-9]+\s(?:[A-Z]\w+\s){1,3}(?:LLC|Inc|Corp|Co)\b|[0-9]+\sMAX\b",
        rf"[0-9]+\s(?:[NSEW]\.?\s)?(?:[A-Z0-9][\w.]*\s){{1,3}}(?:{_STREETS})\b",
        r"[0-9]+\s1/[2-8](?![0-9])",  # 1 1/2
        r"(?<=, )[0-9]+\s[A-Z][a-z]+(?=,)|[0-9]{1,2}\s(?:Mag|Civ|Crim|Cr|Cv|Misc|B)\.?\s[0-9]+",
        r"[0-9]+\s[<>]=?\s[A-Za-z](?![A-Za-z])",  # 1 < a
        r"[0-9]{1,3}(?=\s·\s·)",
    ],
    "가": [
        r"[0-9]{1,2}\s?시\s?(?:[0-9]{1,2}\s?분|반)?(?:\s?[~-]\s?[0-9]{1,2}\s?시(?:\s?[0-9]{1,2}\s?분)?)?"
        r"(?=[^가-힣]|$|[에경쯤까부이로의]|정각)",
        r"[0-9]+\s?[만천백]?\s?분의\s?[0-9]+(?:\s?(?:이상|이하|미만|초과))?",
        r"[0-9]+호선|[0-9]{3,4}동|[0-9]+동\s(?=옥상|지하|[0-9]+호)|[0-9]+번지",
        r"[0-9]+번\s?(?:국도|출구|버스|홀|길|문항|타자|창구|게이트)",
        r"[1-9]0\s?년대|(?:(?<=제)|(?<=제 ))3(?=자)|[0-9]+세부|[1-4]\s?분기|[0-9]{1,2}(?=혁명|운동)",
        r"[0-9]+\s?대\s?[0-9]+(?!\s?[개명건만억])",  # 3대 2
    ],
}
_ALIKE = {
    **{"ㆍ": "·", "⋅": "·", "・": "·", "∙": "·", "․": "·", "‧": "·", "£": "·", "*": "×", "x": "×", "X": "×", ",": "×"},
    **{"^": "+", "<": ">", "~": "-", "\n": " "},
}
_HERE = {sign: re.compile("|".join(f"(?:{each})" for each in forms)) for sign, forms in _BY_SIGN.items()}
_ANYHOW = re.compile(
    rf"(?:[0-9][.,]?){{28,}}|0[0,]*00(?![0-9]|[.,][0-9])|[12][0-9]?[xX×○]{{2}}|20(?=\s\.\s\.)|(?:(?<!\.)|(?<=[0-9A-Za-z]\.))0[0-9]+(?![0-9.,~-]|\s?(?:%|개|명|월|일|년))|\(?{_PHONE}|"
    r"(?<=\[)[0-9]{1,3}(?:\s?[,-]\s?[0-9]{1,3})*(?=\])(?!\]\s?[0-9])|"  # [1,2]
    r"(?<=\+)[0-9]{1,3}(?:\s?\([0-9]+\))?(?:[\s-]?[0-9]{2,4})+"
)
_RUN = re.compile(r"[0-9]+")

# What stands before them. Nouns that number what they name: parts of papers, papers, kinds, places.
_NUMBERED_TEXT = """
fig figure table chart exhibit appendix annex attachment schedule column page p pp note footnote item step question
equation eq algorithm bit case docket dkt doc document form order report bulletin amendment resolution rules guide vol
volume no number issue edition version ver rev revision id isbn zip ref tel fax ext level layer phase tier grade group
type category class option model unit line flight boeing room suite floor building apt lot box po route highway district
zone area jkt frm fmt sfmt
"""
_NUMBERED = frozenset(_NUMBERED_TEXT.split())
_CITED = re.compile(r"\b(?:dkt|tr|ex|exh|decl|br|id|supra|app|ecf)\.?\s?[^\s]{0,8}\sat\s$", re.I)  # Dkt. 208 at 31
_LAWS = ("rules", "regulations", "law", "l", "of")
_LEGAL = re.compile(r"(?:proposed\s+rules|rules\s+and\s+regulations|public\s+law|pub\.\s?l\.|act\s+of)\s+$", re.I)
_KOREAN_TEXT = """
그림 붙임 별지 별표 별첨 표 서식 참고 부록 첨부 도면 사진 버전 수식 각주 문단 문항 문 국도 고속도로
채널 호텔 전화 내선 국번없이 코로나 윈도 윈도우 아이폰 갤럭시 안드로이드 빌보드 핫 보잉 에어버스 아폴로
"""
_KOREAN_NAMES = _KOREAN_TEXT.split()
_KOREAN = re.compile(rf"(?:(?<![가-힣])(?:{'|'.join(_KOREAN_NAMES)}|번 호)|번호|코드|☎)-?\s?[::]?\s?$")
_ENDS_OF_NAMES = frozenset(name[-1] for name in [*_KOREAN_NAMES, "번호", "코드"])
_ISSUED = re.compile(
    r"(?:법률|령|규칙|고시|공고|훈령|예규|지침|조례|특허|국보|보물|사적|기념물|별지|별표|문서)\s?제\s?$"
)
_REIGN = re.compile(r"[가-힣]{2,}\s$")
_TITLE = re.compile(r"[0-9]{1,4}(?=[》〉])")  # 《반올림 3》
_KING = re.compile(
    r"(?:1?[0-9]|2[0-3])세(?=(?:은|는|이|가|을|를|의|와|과|에게)?\s)(?!의?\s(?:나이|때|이상|이하|미만|아동|남|여|어린|청|영))"
)
_GLUED = re.compile(r"(?<![A-Za-z0-9])[A-Z]\.\Z|[A-Za-zⅠ-Ⅻ][-/+]?\Z|[0-9]/\Z|[가-힣]-\Z|[#<@]:?\s?\Z|각\s?[호항]의\s\Z")
_GLUE, _SIGNS = frozenset("-/+#<@:. ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"), frozenset("=<>≤≥¼×*^-+")
_LABELLED = re.compile(r"[0-9]{1,2}(?=\s?[):\]」]|\([A-Z가-힣])")  # 유형1:, 매출원가1)
_CURRENCY = ("USD", "KRW", "EUR", "JPY", "GBP")
_CAPITALS = re.compile(
    r"\b(?:[A-Z][a-z]+[A-Z][A-Za-z]+|[a-z][A-Z]+[a-z]*|[A-Z]{1,7}|[A-Z][a-z]*-[A-Z][a-z]*|(?:[A-Z]\.\s?){1,3})(?:\s|-)$"
)
_LATIN_NAME = re.compile(r"(?<![A-Za-z.])[A-Z][A-Za-z-]+\s$")  # in a Korean text: USB 3.0, Windows 10
_VERSION = re.compile(r"[0-9]{1,5}(?:\.[0-9])?(?![0-9]|[.,][0-9]|\s?(?:이상|이하|미만|초과|내외|정도))")
_PERCENT = re.compile(r"\s?(?:%|per\s?cent)")
# Machines: Control Data 3600, the 1604, IBM 7074, 7080 and 7090; a number that counts has a comma from 1,000 on.
_MODEL_OF = re.compile(r"(?:\b[A-Z][a-z]+|\bthe|\b[A-Z]{2,}\s[0-9]{3,4}(?:,\s[0-9]{3,4})*,?(?:\sand|\sor)?)\s$")
_MODEL = re.compile(r"[1-9][0-9]{3,6}(?![0-9]|[,.][0-9]|\s(?!series|systems?|machines?|computers?)[a-z]{3,}s\b)")
_LOWER = re.compile(r"\s[a-z]{2,}[,;]?\s")
_RAISED = re.compile(r"[0-9]{1,2}\s[a-z]{2,}ed\b")  # a footnote's mark between noun and verb: the system 2 generated
_MID_SENTENCE = re.compile(r"(?:^|\s)[a-z]+[,;]?\s[\"“(]?[A-Z][a-z]+\s$")  # at Time 2
_FORMULA = re.compile(
    r"(?:(?<![A-Za-z가-힣0-9])[A-Za-z]{1,2}[0-9]?\s?[=<>≤≥¼]=?\s?-?|\)\s?[=<>]\s?|[×*^]\s?|(?<![A-Za-z])[A-Za-z]\s?[-+]\s?)$"
)
_CONTINUED = re.compile(r"(?:[A-Za-z0-9]-\s*\n|[0-9]-|[a-z)][.,])$")  # a number broken at a line end; a footnote's mark
_IN_A_ROW = re.compile(r"[0-9](?:[0-9.,]*[0-9])?[ \t]+(?:-[ \t]+)?[(△-]?[0-9]")
_UNIT_FOLLOWS = re.compile(r"[0-9]+(?:[.,][0-9]+)*(?:[A-Za-z]{1,4}\b|\s?[가-힣%㎀-㏟])")
_NAMED = re.compile(
    r"[0-9]+(?:[-.,&][0-9A-Za-z]+)*[A-Za-z]?(?:,\s[0-9]+(?=[,)]))*(?:\s(?:through|to|and)\s[0-9]+(?![0-9.,]*(?:\s?%|\s[a-z]+s\b)))?"
)

# Where they stand.
_LARGE = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})*(?:\.[0-9]+)?\s?[만억조](?![가-힣]{2})")  # 사진 5,764만 건 is no caption
_MARK = re.compile(r"[0-9]{1,2}(?:[.)\]](?=[\s가-힣A-Z「(\[<《]|$)|\s(?=[「『]))")
_KOREAN_MARK = re.compile(r"[0-9]{1,2}(?:\.\s?|\)\s?)(?=[가-힣「｢(第])")
_SECTION = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\s+(?=[A-Z가-힣])")
_LINE_START = re.compile(r"(?:^|[\n\t])[ \t]*[(\[]?$|[.!?:;■□○●◦▪ㅇ]\s$|(?:^|[\s])\($")
_GOES_ON = re.compile(r" ?[^\s]")
_BEGINS_LINE = re.compile(r"(?:^|\n)[ \t]*$")
_DOTS = re.compile(r"(?:(?:[·.…]\s?){4,}|[·…]{2,}\s?)$")
_PAGE_NUMBER = re.compile(r"[0-9]{1,3}(?=\s-(?:\s|$))")
_OF = re.compile(r"[0-9]+\s+of\s+[0-9]+(?![0-9]|,[0-9])")
# A street has a town before it: 로 and 동 end many other words (앞으로 3, 활동 2).
_ADDRESS = re.compile(
    r"[가-힣](?:시|군|구|읍|면)\s(?:[가-힣0-9·]+\s)?[가-힣0-9]+(?:[로길동리가])\s?(?:산\s?)?$|[동로][1-9]가\s$|[가-힣][로동]$"
)
_ENDS_OF_STREETS = frozenset("로길동리가산")
_HOUSE = re.compile(r"[0-9]+(?:-[0-9]+)?(?:가(?=\s)|번?길|(?![,.][0-9])(?=[\s,\[()]|$))")
_POSTAL = re.compile(r",\s+[A-Z][a-z]+\s$|\b[A-Z]{2}\.?\s$|우\)?\s?$")
_POSTCODE = re.compile(r"[0-9]{5}(?:-[0-9]{4})?(?![0-9]|,[0-9])")
_DASHED = re.compile(r"[0-9]+-[0-9]+(?![0-9])")
_BRACKETED = re.compile(r"[0-9]{1,2}[)\]]")


def not_a_figure(text: str, at: int, floor: int, hangul: bool) -> int:
    """Return where digits that begin at a place and tell no number end; `at` where they may tell one."""
    written = _written(text, at)
    if written > at:
        return written
    window = text[max(0, at - 32) : at]
    bare = window.rstrip()
    if bare[-4:].lower() == "page" and (of := _OF.match(text, at)):
        return of.end()
    if (title := _TITLE.match(text, at)) and "\n" not in window and ("《" in window or "〈" in window):
        return title.end()
    if window[-1:] == " " and (king := _KING.match(text, at)) and _REIGN.search(window):
        return king.end()
    if _named(window, text, at, hangul) and not _LARGE.match(text, at):
        end = _NAMED.match(text, at)
        return end.end() if end else at
    return _placed(window, text, at)


def _written(text: str, at: int) -> int:
    """Return the end of digits that are no number by how they are written, else `at`."""
    run = _RUN.match(text, at)
    behind = text[run.end() : run.end() + 1] if run else ""
    if behind:
        sign = _ALIKE.get(behind, behind)
        group = "A" if sign.isascii() and sign.isalpha() else "가" if "가" <= sign <= "힣" else sign
        forms = [_HERE[group]] if group in _HERE else []
        if behind in "xX":
            forms.append(_HERE["A"])
        if group == " " and (following := text[run.end() + 1 : run.end() + 2] if run else ""):
            other = _ALIKE.get(following, "가" if "가" <= following <= "힣" else following)
            forms += [_HERE[other]] if other in _HERE and other != " " else []
        for form in forms:
            if found := form.match(text, at):
                return found.end()
    found = _ANYHOW.match(text, at)
    return found.end() if found else at


def _named(window: str, text: str, at: int, hangul: bool) -> bool:
    """Whether what stands before digits makes them a name, or the number of something named."""
    last = window[-1:]
    if not last or last == "\t":
        return False
    bare = window.rstrip()
    tail = bare[-1:]
    if last in "·.… " and _DOTS.search(window) and re.match(r"[0-9]{1,3}\s*(?:\n|$)", text[at : at + 8]):
        return True
    if last in "-.,)\n" and _CONTINUED.search(window):
        return True
    if (last in _GLUE or (last.isascii() and last.isalpha())) and _GLUED.search(window):
        signed = last == "-" and "가" <= window[-2:-1] <= "힣" and _UNIT_FOLLOWS.match(text, at)
        return not window.endswith(_CURRENCY) and not signed
    if last in "=<>≤≥¼×*^-+ " and tail in _SIGNS and _FORMULA.search(window):
        return not _UNIT_FOLLOWS.match(text, at)
    if ("가" <= last <= "힣" or last == ")") and _LABELLED.match(text, at):
        return True
    if (tail in _ENDS_OF_NAMES or not tail.isalnum()) and _KOREAN.search(window):
        return True
    if tail == "제" and _ISSUED.search(window):
        return True
    if not last.isspace() or not tail.isascii() or _IN_A_ROW.match(text, at):
        return False
    prose = hangul or _LOWER.search(window) is not None  # else a row of a table: Gowan Farming Kerman 2551
    if prose and not hangul and _RAISED.match(text, at) and bare.rsplit(maxsplit=1)[-1] not in GRAMMAR:
        return True
    if prose and not hangul and _MODEL_OF.search(window) and _MODEL.match(text, at):
        return True
    if _CAPITALS.search(window) or (_LATIN_NAME if hangul else _MID_SENTENCE).search(window):
        version = _VERSION.match(text, at)
        if version is None:
            return False
        known = len(version[0]) > 2 or (prose and (len(version[0]) == 1 or bare[-2:].isupper()))
        model = not hangul and version[0].isdigit() and known
        if model and not _PERCENT.match(text, version.end()):
            return True  # FIPS 140 enabled, Tray 1 is
        return unit_at(text, version.end(), hangul) is None
    words = bare.split()
    word = words[-1].lower().strip(".(:") if words else ""
    if text[at : at + 3].rstrip()[-1:] == ":" and word.isalpha() and words[-1][0].isupper():
        return True  # Debtor 1: Name
    return (
        word in _NUMBERED
        or word.rstrip("s") in _NUMBERED
        or bool(_LEGAL.search(window) if word in _LAWS else word == "at" and _CITED.search(window))
    )


def _placed(window: str, text: str, at: int) -> int:
    """Return the end of digits that are no number by where they stand, else `at`."""
    mark = _MARK.match(text, at)
    begins = _LINE_START.search(window) if mark else None
    if mark and begins and (begins[0].rstrip(" ")[-1:] in "\n\t([" or _GOES_ON.match(text, mark.end())):
        return mark.end()  # behind a full stop or colon, where something follows; not in pending: 13.
    section = _SECTION.match(text, at)
    if section and "\t" not in section[0] and _BEGINS_LINE.search(window):
        return section.end() - 1
    if window.endswith("- ") and window[-3:-2].strip() == "" and (page := _PAGE_NUMBER.match(text, at)):
        return page.end()
    mark = _KOREAN_MARK.match(text, at)
    if mark and (window[-1:].isspace() or window[-1:] in ")'"):
        return mark.end() - 1
    if window.rstrip()[-1:] in _ENDS_OF_STREETS and (house := _HOUSE.match(text, at)) and _ADDRESS.search(window):
        return house.end()
    postcode = _POSTCODE.match(text, at)
    if postcode and _POSTAL.search(window):
        return postcode.end()
    dashed = _DASHED.match(text, at)
    if dashed:
        one, other = map(int, dashed[0].split("-"))
        return dashed.end() if one >= other else at
    return at


def bracketed_mark(text: str, at: int) -> int:
    """Return the end of a number in brackets that is a mark: (1), [3]; `at` where it is none."""
    found = _BRACKETED.match(text, at)
    return found.end() if found and at and text[at - 1] in "([" else at
