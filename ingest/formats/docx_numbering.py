"""The numbers and bullets of paragraphs in DOCX, which stand nowhere in its text (ECMA-376-1, 17.9)."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.formats.office_symbols import symbol
from ingest.formats.ooxml import find, is_on

_LEVEL = re.compile(r"%([1-9])")
_GANADA = "가나다라마바사아자차카타파하"
_CONSONANTS = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_DIGITS = {
    "koreanDigital": "영일이삼사오육칠팔구",
    "koreanDigital2": "零一二三四五六七八九",
    "ideographDigital": "〇一二三四五六七八九",
}
_HANGUL, _HANJA = "영일이삼사오육칠팔구", "零一二三四五六七八九"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int
    font: str
    legal: bool
    restart: int | None


@dataclass(slots=True)
class Numbering:
    """The lists of a document. `label` counts on: ask once for each paragraph, in order."""

    lists: dict[str, tuple[str, dict[int, _Level]]] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def of(cls, part: Element) -> Numbering:
        """Read the part `numbering.xml`."""
        abstract = {each.get("w:abstractNumId", ""): _levels(each) for each in part.findall("w:abstractNum")}
        made = cls()
        for each in part.findall("w:num"):
            number, name = each.get("w:numId", ""), _value(each, "w:abstractNumId")
            levels = dict(abstract.get(name, {}))
            for change in each.findall("w:lvlOverride"):
                at = int(change.get("w:ilvl", "0"))
                levels.update(_levels(change))
                start = change.find("w:startOverride")
                if start is not None and at in levels:
                    level, name = levels[at], f"{name}/{number}"  # counts by itself
                    levels[at] = _Level(
                        level.form, level.text, int(start.get("w:val", "1")), level.font, level.legal, level.restart
                    )
            made.lists[number] = name, levels
        return made

    def label(self, number: str, at: int) -> str:
        """Return the number or bullet of the next paragraph on a level (from 0) of a list; "" where it has none."""
        name, levels = self.lists.get(number, ("", {}))
        level = levels.get(at)
        if level is None:
            return ""
        counts = self.counts[name]
        for each in range(at):
            counts.setdefault(each, levels[each].start if each in levels else 1)
        counts[at] = counts.get(at, level.start - 1) + 1
        for deeper in [each for each in counts if each > at and _restarts(levels.get(each), at)]:
            del counts[deeper]
        if level.form == "bullet":
            return "".join(symbol(level.font, char) for char in level.text).strip()

        def count(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            form = "decimal" if level.legal or place not in levels else levels[place].form
            return formatted(counts.get(place, 1), form)

        return _LEVEL.sub(count, level.text).strip()


def _restarts(level: _Level | None, at: int) -> bool:
    return level is None or level.restart is None or 0 <= at < level.restart


def _levels(holder: Element) -> dict[int, _Level]:
    found = {}
    for each in holder.findall("w:lvl"):
        restart = _value(each, "w:lvlRestart")
        fonts = find(each, "w:rPr/w:rFonts")
        found[int(each.get("w:ilvl", "0"))] = _Level(
            _value(each, "w:numFmt") or "decimal",
            _value(each, "w:lvlText"),
            int(_value(each, "w:start") or 0),
            "" if fonts is None else fonts.get("w:ascii", ""),
            is_on(each.find("w:isLgl")),
            int(restart) if restart else None,
        )
    return found


def _value(element: Element, name: str) -> str:
    found = element.find(name)
    return "" if found is None else found.get("w:val", "")


def formatted(number: int, form: str) -> str:
    """Return a number in one of Word's formats (ECMA-376-1, 17.18.59); in Arabic digits where it is none of ours."""
    if form in ("none", "bullet"):
        return ""
    if form in ("lowerLetter", "upperLetter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""
        return text.upper() if form == "upperLetter" else text
    if form in ("lowerRoman", "upperRoman"):
        return roman(number).upper() if form == "upperRoman" else roman(number)
    if form in ("ganada", "chosung"):
        letters = _GANADA if form == "ganada" else _CONSONANTS
        return letters[(number - 1) % len(letters)]
    if form == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(number))
    if form in ("koreanCounting", "japaneseCounting", "chineseCounting") and 0 < number < 100:
        return _counted(number, *((_HANGUL, "십") if form == "koreanCounting" else (_HANJA, "十")))
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _counted(number: int, digits: str, ten: str) -> str:
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + (ten if tens else "") + (digits[ones] if ones else "")


def roman(number: int) -> str:
    """Return a number in small Roman letters."""
    text = ""
    for value, letters in _ROMAN:
        times, number = divmod(max(number, 0), value)
        text += letters * min(times, 100)
    return text
