"""Number formats of spreadsheets, taken apart (ECMA-376-1, 18.8.30 and 18.8.31): `#,##0"원";[Red]-#,##0` to tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

# Formats that a file need not spell out. Dates that the standard leaves to the system's language are given as ISO;
# money without its sign, which is not in the file. 27 to 36 and 50 to 58 are those of Korean.
BUILT_IN = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?",
    13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM",
    20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0",
    39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 5: "#,##0;-#,##0", 6: "#,##0;-#,##0", 7: "#,##0.00;-#,##0.00", 8: "#,##0.00;-#,##0.00",
    41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"', 44: '#,##0.00;-#,##0.00;"-"',
    27: 'yyyy"年" mm"月" dd"日"', 28: "mm-dd", 29: "mm-dd", 30: "mm-dd-yy", 31: 'yyyy"년" mm"월" dd"일"',
    32: 'h"시" mm"분"', 33: 'h"시" mm"분" ss"초"', 34: "yyyy-mm-dd", 35: "yyyy-mm-dd", 36: 'yyyy"年" mm"月" dd"日"',
    50: 'yyyy"年" mm"月" dd"日"', 51: "mm-dd", 52: "yyyy-mm-dd", 53: "yyyy-mm-dd", 54: "mm-dd", 55: "yyyy-mm-dd",
    56: "yyyy-mm-dd", 57: 'yyyy"年" mm"月" dd"日"', 58: "mm-dd",
}  # fmt: skip

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?'
    r"|\\(?P<escaped>.)"
    r"|(?P<room>[_*].)"
    r"|\[(?P<bracket>[^\]]*)\]"
    r"|(?P<general>General|G/표준)"
    r"|(?P<half>AM/PM|A/P|上午/下午|오전/오후)"
    r"|(?P<exponent>E[+-])"
    r"|(?P<date>y+|m+|d+|h+|s+|a{3,4}|e+|b+|g+)"
    r"|(?P<digit>[0#?])"
    r"|(?P<other>.)",
    re.I | re.S,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9.]+)")
_ELAPSED = re.compile(r"h+|m+|s+", re.I)
_KOREAN = ("412", "ko", "ko-kr")


@dataclass(frozen=True, slots=True)
class Token:
    """`kind`: literal, general, digit (0 # ?), sign (. , % /), exponent, date, half (of a day), elapsed, text (@)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the parts between semicolons; `condition` is its own, such as (">=", 100.0); `system`: the long date."""

    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None = None
    korean: bool = False
    system: str = ""

    def has(self, *kinds: str) -> bool:
        return any(token.kind in kinds for token in self.tokens)

    @property
    def is_date(self) -> bool:
        return self.has("date", "elapsed", "half")


@lru_cache(maxsize=512)
def sections(code: str) -> tuple[Section, ...]:
    """Take a number format apart."""
    parts: list[list[re.Match[str]]] = [[]]
    for match in _TOKEN.finditer(code):
        if match["other"] == ";":
            parts.append([])
        else:
            parts[-1].append(match)
    return tuple(_section(part) for part in parts[:4])


def _section(matches: list[re.Match[str]]) -> Section:
    tokens: list[Token] = []
    condition, korean, system = None, False, ""
    for match in matches:
        bracket = match["bracket"]
        if bracket is None:
            tokens += _tokens(match)
        elif found := _CONDITION.fullmatch(bracket):
            condition = found[1], float(found[2])
        elif bracket.startswith("$"):
            sign, _, place = bracket[1:].partition("-")
            place = place.lower()
            korean = korean or place in _KOREAN or place.endswith("0412")
            system = place if place in ("f800", "f400") else system
            tokens += [Token("literal", sign)] if sign else []
        elif _ELAPSED.fullmatch(bracket):
            tokens.append(Token("elapsed", bracket.lower()))
    return Section(tuple(tokens), condition, korean, system)


def _tokens(match: re.Match[str]) -> list[Token]:
    kind = match.lastgroup or "other"
    text = match[kind] or ""
    if kind in ("quoted", "escaped"):
        return [Token("literal", text)]
    if kind == "room":
        return []
    if kind == "date":
        return [Token("date", text.lower())]
    if kind == "other":
        return [Token({"@": "text", ".": "sign", ",": "sign", "%": "sign", "/": "sign"}.get(text, "literal"), text)]
    return [Token(kind, text)]
