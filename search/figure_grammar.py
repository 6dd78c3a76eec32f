"""Numbers as people write them, Korean and English: digits with scale words, and numerals in words.

Everything is read exactly, as Decimals, from text whose signs `flat` has made alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

_ALIKE = {0xFF01 + i: 0x21 + i for i in range(94)}  # full-width forms
_ALIKE |= dict.fromkeys(map(ord, "∼〜˜～"), ord("~")) | dict.fromkeys(map(ord, "–—−‐‑‒"), ord("-"))
_ALIKE |= dict.fromkeys(map(ord, "‘’′`´"), ord("'")) | dict.fromkeys(
    map(ord, "\u00a0\u2002\u2003\u2009\u202f\u3000"), 32
)
_ALIKE |= {ord("￦"): ord("₩"), ord("\r"): 32}
_SIGNS = {chr(sign): chr(other) for sign, other in _ALIKE.items()}
_OTHERWISE = re.compile(f"[{''.join(map(re.escape, _SIGNS))}]")

DIGITS = r"(?:[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+)(?:\.[0-9]+)?"
MOST_DIGITS = 27  # longer ones are no numbers that people write; Decimal reads up to 28 digits exactly
_SMALL = {"십": 10, "백": 100, "천": 1000}
_BIG = {"만": 10**4, "억": 10**8, "조": 10**12}
_NUMERALS = {sign: value for value, sign in enumerate("일이삼사오육칠팔구", start=1)}
_SCALES = "십백천만억조"

_WRITTEN = re.compile(DIGITS)
# Between digits and a scale word a blank or line end may stand before 만, 억 and 조 alone: not in 5 만나다, 23 만 40세.
_SCALE = re.compile(
    r"(?:(?:\s(?!만\s?[0-9]+\s?(?:세|~)))?(?=[십백천]*[만억조](?:[\s0-9여원불]|달러|명|건|개|유로|엔|위안|표|$))|(?=[십백천만억조]))([십백천만억조])"
)
_AFTER_BIG = re.compile(r"\s?(?=[0-9]|[일이삼사오육칠팔구]?[십백천])")
_KOREAN_WORDS = re.compile(r"[일이삼사오육칠팔구십백천만억조](?:\s?[일이삼사오육칠팔구십백천만억조])+")
_SCALED = re.compile(
    r"\s?(hundred|thousand|million|billion|trillion|mn|bn)(?![a-z])|([KMB])(?![A-Za-z0-9])", re.IGNORECASE
)
_MORE_SCALE = re.compile(r"\s(thousand|million|billion|trillion)(?![a-z])", re.IGNORECASE)
_ENGLISH = {
    **{word: 100 for word in ("hundred",)},
    **{"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12},
    **{"mn": 10**6, "bn": 10**9, "k": 10**3, "m": 10**6, "b": 10**9},
}
_ONES_TEXT = """
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen
"""
_ONES = _ONES_TEXT.split()
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_WORDS = {word: value for value, word in enumerate(_ONES, start=1)}
_WORDS |= {word: 10 * value for value, word in enumerate(_TENS, start=2)}
_TELLING = ("hundred", "thousand", "million", "billion", "trillion", "ty-")
_A_WORD = "|".join([*sorted(_WORDS, key=len, reverse=True), "hundred", "thousand", "million", "billion", "trillion"])
_ENGLISH_WORDS = re.compile(rf"\b(?:{_A_WORD})(?:(?:\s+and\s+|[\s-]+)(?:{_A_WORD}))+(?![A-Za-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Number:
    """A number at [start, end): its value, and the place of its last written digit that is not zero, `step`.

    `scale` is what a number before it in a range takes too, 1억 of 3~4억: 1 where there is none, 0 where there are
    several.
    """

    value: Decimal
    step: Decimal
    scale: int
    start: int
    end: int


_ONE = Decimal(1)


def flat(text: str) -> str:
    """Return a text of the same length in which widths, dashes, tildes, apostrophes and blanks are alike."""
    return text if text.isascii() else _OTHERWISE.sub(lambda found: _SIGNS[found[0]], text)


def step_of(written: str) -> Decimal:
    """Return the place of the last digit that is not zero: 100 for 1,200, 0.1 for 28.80; 1 for 0."""
    if written[-1] != "0" and "." not in written:
        return _ONE
    plain = written.replace(",", "")
    whole, _, part = plain.partition(".")
    if part.rstrip("0"):
        return Decimal(1).scaleb(-len(part.rstrip("0")))
    zeros = len(whole) - len(whole.rstrip("0"))
    return Decimal(1) if zeros == len(whole) else Decimal(10) ** zeros


def number(text: str, at: int) -> Number | None:
    """Read the number whose digits begin at a place of a flat text."""
    written = _WRITTEN.match(text, at)
    if written is None or len(written[0]) > MOST_DIGITS:
        return None
    if text[written.end() : written.end() + 2].strip()[:1] in _SCALES:
        found = _korean(text, at)
        if found.end > written.end():
            return found
    value, step = Decimal(written[0].replace(",", "")), step_of(written[0])
    behind = text[written.end() : written.end() + 2].lstrip()[:1]
    scaled = _SCALED.match(text, written.end()) if behind.isascii() and behind.isalpha() else None
    if scaled is None or (scaled[2] in ("m", "b") and text[at - 1 : at] not in ("$", "€", "£")):  # 900m
        return Number(value, step, 1, at, written.end())
    scale = _ENGLISH[scaled[0].strip().lower()]
    end = scaled.end()
    while more := _MORE_SCALE.match(text, end):
        scale, end = scale * _ENGLISH[more[1].lower()], more.end()
    return Number(value * scale, step * scale, scale, at, end)


def scaled(text: str, read: Number, more: int, at: int) -> tuple[Number, int]:
    """Return a number with the scale words behind its 여, which stands from `more` to `at`, and where they end.

    10여만 명 and 9억4000여만원 are read as 10만 and 9억4000만.
    """
    if text[at : at + 1] not in tuple(_SCALES):
        return read, at
    written = text[read.start : more]
    whole = number(written + text[at : at + 4], 0)
    if whole is None or whole.end <= len(written):
        return read, at
    return Number(whole.value, whole.step, whole.scale, read.start, read.end), at + whole.end - len(written)


class _Sum:
    """A Korean number on the way: terms of the section before the next 만, 억 or 조, and all terms so far."""

    def __init__(self) -> None:
        self.terms: list[tuple[Decimal, Decimal]] = []  # value, step
        self.section: list[tuple[Decimal, Decimal]] = []
        self.open: tuple[Decimal, Decimal] | None = None  # written digits that a scale word may follow
        self.last_big = 10**16
        self.last_small = 10**4

    def digits(self, value: Decimal, step: Decimal) -> bool:
        if self.open is not None or value >= min(self.last_big, 10**16) or (self.section and value >= self.last_small):
            return False
        self.open = value, step
        return True

    def small(self, scale: int) -> bool:
        if scale >= self.last_small:
            return False
        value, step = self.open or (Decimal(1), Decimal(1))
        self.section.append((value * scale, step * scale))
        self.open, self.last_small = None, scale
        return True

    def big(self, scale: int) -> bool:
        if scale >= self.last_big:
            return False
        inner = [*self.section, *([self.open] if self.open else [])] or [(Decimal(1), Decimal(1))]
        self.terms += [(value * scale, step * scale) for value, step in inner]
        self.section, self.open, self.last_big, self.last_small = [], None, scale, 10**4
        return True

    def all(self) -> list[tuple[Decimal, Decimal]]:
        return [*self.terms, *self.section, *([self.open] if self.open else [])]


def _korean(text: str, at: int) -> Number:
    """Read digits and numerals with 십, 백, 천, 만, 억, 조, as far as they make one number."""
    total, end = _Sum(), at
    pos: int | None = at
    while pos is not None:
        taken = _token(text, pos, total)
        if taken == pos:
            break
        end = taken
        pos = _next(text, end, total)
    terms = total.all()
    value = sum((each for each, _ in terms), Decimal(0))
    steps = [step for each, step in terms if each]
    scale = 0
    if len(terms) == 1:
        written = _WRITTEN.match(text, at)
        scale = int(value / Decimal(written[0].replace(",", ""))) if written and value else 1
    return Number(value, steps[-1] if steps else Decimal(1), scale, at, end)


def _token(text: str, pos: int, total: _Sum) -> int:
    """Take one token of a Korean number into a sum; return where it ends, or `pos` where there is none."""
    written = _WRITTEN.match(text, pos)
    if written:
        value = Decimal(written[0].replace(",", ""))
        return written.end() if total.digits(value, step_of(written[0])) else pos
    if text[pos : pos + 1] in _NUMERALS and pos < len(text):
        return pos + 1 if total.digits(Decimal(_NUMERALS[text[pos]]), Decimal(1)) else pos
    scale = _SCALE.match(text, pos)
    if scale is None:
        return pos
    taken = total.small(_SMALL[scale[1]]) if scale[1] in _SMALL else total.big(_BIG[scale[1]])
    return scale.end() if taken else pos


def _next(text: str, end: int, total: _Sum) -> int | None:
    """Return where the next token may begin: after 만, 억 and 조 a blank may stand, numerals need a scale word."""
    sign = text[end - 1]
    follows = text[end : end + 1]
    if sign in _BIG:
        after = _AFTER_BIG.match(text, end)
        if after and not _begins_anew(text, after.end(), total):
            return after.end()
        return end if follows and follows in _BIG else None
    if sign in _SMALL and follows:
        if follows in "0123456789" or follows in _SCALES:
            return end
        if follows in _NUMERALS and text[end + 1 : end + 2] and text[end + 1] in _SCALES:
            return end
        if follows in _NUMERALS and follows not in "일이" and text[end + 1 : end + 2] in tuple("명인건개원%회곳"):
            return end
        return end if _SCALE.match(text, end) else None
    return end if _SCALE.match(text, end) else None


_ANEW = re.compile(rf"{DIGITS}(?:년|월|일|%|차|호|\.\s?[0-9])")


def _begins_anew(text: str, at: int, total: _Sum) -> bool:
    """Whether digits after 만, 억 or 조 are a number of their own: a date, or too large."""
    written = _WRITTEN.match(text, at)
    if written is None:
        return False
    if text[at - 1].isspace() and _ANEW.match(text, at):
        return True
    return Decimal(written[0].replace(",", "")) >= total.last_big


def in_words(text: str) -> list[Number]:
    """Return the numbers of two or more numeral words: 만오천, 일억 칠천만, one million, four hundred."""
    return sorted([*_korean_words(text), *_english_words(text)], key=lambda found: found.start)


_BEFORE_WORDS = re.compile(r"[가-힣0-9]")
_UNIT_HEADER = re.compile(r"위\s*[:;]?\s*$")
# Two numerals alone are other words as often (이천, 일조권, 백조 3마리): a counter must follow, and end there.
_COUNTED = re.compile(
    r"(?:여\s?)?\s?(?:명|원|달러|불|유로|개|건|회|톤|평|년|개월|일|시간|분|표|마리|그루|가구|세대|척|점|배|권|장|대|석|호|퍼센트|킬로미터|미터|리)"
    r"(?=[^가-힣]|$|(?:은|는|이|가|을|를|의|에|와|과|도|만|씩|당|간|짜리|으로|까지|부터|이상|이하|미만|정도|가량|규모)(?![가-힣]{2}))"
)

_AS_A_UNIT = re.compile(r"\s?(?:원|달러|불|명|건|개|톤)?[ ]*(?:[\n\t)/,\]]|$)")


def _korean_words(text: str) -> list[Number]:
    found = []
    for run in _KOREAN_WORDS.finditer(text):
        before = text[run.start() - 1 : run.start()]
        if _BEFORE_WORDS.match(before) or before == "(" or not any(sign in _SCALES for sign in run[0]):
            continue
        if _UNIT_HEADER.search(text, max(0, run.start() - 6), run.start()):
            continue
        read = _korean(text, run.start())
        signs = [sign for sign in text[run.start() : read.end] if not sign.isspace()]
        if len(signs) < 2 or not read.value or (len(signs) < 5 and any(sign.isdigit() for sign in signs)):
            continue
        if all(sign in _SCALES for sign in signs) and _AS_A_UNIT.match(text, read.end):
            continue  # 백만원 over a column
        alone = len(signs) > 2 and not _BEFORE_WORDS.match(text[read.end : read.end + 1])
        if alone or (_COUNTED.match(text, read.end) and not (signs[-1] == "조" and text[read.end] == "권")):
            found.append(read)
    return found


def _english_words(text: str) -> list[Number]:
    small = text.lower()
    if not any(word in small for word in _TELLING):
        return []  # most pages: looking for one of thirty words at every letter takes its time
    found = []
    for run in _ENGLISH_WORDS.finditer(text):
        if re.search(r"[0-9][\s.]*$", text[max(0, run.start() - 4) : run.start()]):
            continue  # 1.5 hundred million: begun by digits
        words = [word for word in re.split(r"[\s-]+", run[0].lower()) if word != "and"]
        total = section = 0
        step = 1
        for word in words:
            if word in _WORDS:
                section += _WORDS[word]
                step = 10 if word in _TENS else 1
            elif word == "hundred":
                section, step = (section or 1) * 100, step * 100
            else:
                total, section, step = total + (section or 1) * _ENGLISH[word], 0, step * _ENGLISH[word]
        if len(words) > 1 and (total or section > 20 or "hundred" in words):
            found.append(Number(Decimal(total + section), Decimal(step), 1, run.start(), run.end()))
    return found
