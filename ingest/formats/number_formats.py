"""Numbers and dates as a spreadsheet shows them, for a figure is quoted as it is read: 12.5%, 1,234원, 2021-10-21."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Context, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from ingest.formats.number_codes import Section, Token, sections

_EXACT = Context(prec=15, rounding=ROUND_HALF_UP)  # digits that a spreadsheet keeps: 0.30000000000000004 is 0.3
_WIDE = Context(prec=400, rounding=ROUND_HALF_UP)
_GENERAL_SIGNS = 11  # that the format General has room for
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
_KOREAN_DAYS = "월화수목금토일"
_MOST_DAYS = 2_958_466  # the end of the year 9999


@lru_cache(maxsize=4096)
def shown(value: str, code: str, from_1904: bool = False) -> str:
    """Return a number, as the file writes it, under a number format. What is no number is returned as it is."""
    try:
        number = _EXACT.plus(Decimal(value))
    except InvalidOperation:
        return value
    if not number.is_finite() or abs(number.adjusted()) > 310:
        return value
    parts = [section for section in sections(code) if not section.has("text")] or list(sections("General"))
    section, absolute = _section_for(number, parts)
    if section.is_date:
        return _date(number, section, from_1904)
    return _number(abs(number) if absolute else number, section)


def shown_text(text: str, code: str) -> str:
    """Return a text under a number format: most show it as it is, some put words around it (`@"님"`) or hide it."""
    parts = sections(code)
    section = parts[3] if len(parts) == 4 else next((each for each in parts if each.has("text")), None)
    if section is None:
        return text
    return "".join(text if token.kind == "text" else token.text for token in section.tokens)


def _section_for(number: Decimal, parts: list[Section]) -> tuple[Section, bool]:
    """Return the part of a format that a number falls under, and whether its sign is left to that part."""
    for at, part in enumerate(parts):
        if part.condition and _holds(float(number), *part.condition):
            return part, at > 0 or (part.condition[0] in ("<", "<=") and part.condition[1] <= 0)
    if any(part.condition for part in parts):
        return parts[-1], False
    if number < 0 and len(parts) > 1:
        return parts[1], True
    if not number and len(parts) > 2:
        return parts[2], False
    return parts[0], False


def _holds(number: float, sign: str, bound: float) -> bool:
    return {
        "<": number < bound,
        "<=": number <= bound,
        ">": number > bound,
        ">=": number >= bound,
        "=": number == bound,
        "<>": number != bound,
    }[sign]


def general(number: Decimal) -> str:
    """Return a number as the format General shows it, but never with an exponent: 11 signs, whole numbers in full."""
    whole = len(str(abs(int(number))))
    places = max(0, _GENERAL_SIGNS - 1 - whole) if abs(number) >= Decimal("0.0001") or not number else 20
    text = f"{_rounded(number, places):f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("", "-0") else text


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-places), context=_WIDE)


def _number(number: Decimal, section: Section) -> str:
    tokens = list(section.tokens)
    if section.has("general"):
        body = "".join(general(abs(number)) if token.kind == "general" else token.text for token in tokens)
    elif section.has("exponent"):
        body = _scientific(abs(number), tokens)
    elif _is_fraction(tokens):
        body = _fraction(abs(number), tokens)
    else:
        body = _plain(abs(number), tokens)
    minus = "-" if number < 0 and section.has("general", "digit") else ""
    return (minus + body).strip()


def _plain(number: Decimal, tokens: list[Token]) -> str:
    """Return a number in a format of digits, separators, per cent and literals, such as `#,##0.0"원"`."""
    digits = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    if not digits:
        return "".join(token.text for token in tokens)
    point = next((at for at, token in enumerate(tokens) if token == Token("sign", ".")), None)
    last_whole = max((at for at in digits if point is None or at < point), default=-1)
    number = number.scaleb(2 * tokens.count(Token("sign", "%")), context=_WIDE)
    scale = _commas_after(tokens, digits[-1]) or (_commas_after(tokens, last_whole) if last_whole >= 0 else 0)
    number = number.scaleb(-3 * scale, context=_WIDE)
    places = sum(1 for at in digits if point is not None and at > point)
    whole, _, rest = f"{_rounded(number, places):f}".partition(".")
    first = [at for at in digits if at <= last_whole]
    grouped = bool(first) and any(tokens[at] == Token("sign", ",") for at in range(first[0], last_whole))
    ahead = tokens[:point] if point is not None else tokens
    text = _whole_part(whole.lstrip("0"), ahead, grouped)
    return text if point is None else text + _decimal_part(rest, tokens[point:], "" if first else whole.lstrip("0"))


def _commas_after(tokens: list[Token], at: int) -> int:
    """Return how many commas follow a digit directly: each is a thousand left out."""
    count = 0
    while at + 1 + count < len(tokens) and tokens[at + 1 + count] == Token("sign", ","):
        count += 1
    return 0 if at + 1 + count < len(tokens) and tokens[at + 1 + count].kind == "digit" else count


def _whole_part(digits: str, tokens: list[Token], grouped: bool) -> str:
    """Fill the places before the decimal point from the right; what is left over stands at the first of them."""
    places = [at for at, token in enumerate(tokens) if token.kind == "digit"]
    left, out, count = list(digits), [], 0
    for at in range(len(tokens) - 1, -1, -1):
        token = tokens[at]
        if token == Token("sign", ","):
            continue
        if token.kind != "digit":
            out.append(token.text)
            continue
        while True:
            digit = left.pop() if left else {"0": "0", "?": " "}.get(token.text, "")
            if grouped and count and count % 3 == 0 and digit.strip():
                out.append(",")
            out.append(digit)
            count += 1
            if at != places[0] or not left:
                break
    return "".join(reversed(out))


def _decimal_part(digits: str, tokens: list[Token], before: str) -> str:
    kept = digits.rstrip("0")
    out, place = [before], 0
    for token in tokens:
        if token.kind == "digit":
            out.append(digits[place] if token.text == "0" or place < len(kept) else {"?": " "}.get(token.text, ""))
            place += 1
        elif token != Token("sign", ","):
            out.append(token.text)
    return "".join(out)


def _scientific(number: Decimal, tokens: list[Token]) -> str:
    at = next(place for place, token in enumerate(tokens) if token.kind == "exponent")
    ahead = tokens[:at]
    point = next((place for place, token in enumerate(ahead) if token == Token("sign", ".")), len(ahead))
    step = max(1, sum(1 for token in ahead[:point] if token.kind == "digit"))
    power = number.adjusted() // step * step if number else 0
    mantissa = _plain(number.scaleb(-power, context=_WIDE), ahead)
    width = sum(1 for token in tokens[at:] if token.kind == "digit")
    sign = "-" if power < 0 else "+" if tokens[at].text.endswith("+") else ""
    return f"{mantissa}E{sign}{abs(power):0{width}d}"


def _is_fraction(tokens: list[Token]) -> bool:
    return any(token == Token("sign", "/") for token in tokens) and any(token.kind == "digit" for token in tokens)


def _fraction(number: Decimal, tokens: list[Token]) -> str:
    """Return a mixed number: `# ?/?`, `# ??/??`, `# ?/8`."""
    bar = tokens.index(Token("sign", "/"))
    fixed = "".join(token.text for token in tokens[bar + 1 :] if token.text.isdigit() and token.text != "0")
    width = sum(1 for token in tokens[bar + 1 :] if token.kind == "digit")
    mixed = sum(1 for at, token in enumerate(tokens[:bar]) if token.kind == "digit") > 1
    whole = int(number) if mixed else 0
    rest = Fraction(number - whole)
    if fixed:
        above, below = round(rest * int(fixed)), int(fixed)
    else:
        near = rest.limit_denominator(10 ** max(1, min(width, 4)) - 1)
        above, below = near.numerator, near.denominator
    if mixed and above == below:
        return str(whole + 1)
    part = f"{above}/{below}" if above or not mixed else ""
    return " ".join(piece for piece in (str(whole) if whole or (mixed and not part) else "", part) if piece)


def _date(number: Decimal, section: Section, from_1904: bool) -> str:
    if number < 0 or number >= _MOST_DAYS:
        return general(number)
    exact = any("." in token.text for token in section.tokens if token.kind in ("date", "sign")) and section.has(
        "digit"
    )
    seconds = (number * 86400).quantize(Decimal("0.001") if exact else Decimal(1), context=_WIDE)
    days, left = divmod(seconds, 86400)
    day = _day(int(days), from_1904)
    if section.system:
        return "-".join(f"{part:02d}" for part in day) if section.system == "f800" else _clock(left)
    return "".join(_date_pieces(section, day, left, seconds)).strip()


def _clock(left: Decimal) -> str:
    return f"{int(left // 3600)}:{int(left // 60 % 60):02d}:{int(left % 60):02d}"


def _day(days: int, from_1904: bool) -> tuple[int, int, int]:
    """Return year, month and day of a serial number; that of 1900 counts a 29th of February that was not."""
    if not from_1904 and days in (0, 60):
        return (1900, 1, 0) if days == 0 else (1900, 2, 29)
    start = dt.date(1904, 1, 1) if from_1904 else dt.date(1899, 12, 31 if days < 60 else 30)
    day = start + dt.timedelta(days)
    return day.year, day.month, day.day


def _date_pieces(section: Section, day: tuple[int, int, int], left: Decimal, seconds: Decimal) -> Iterator[str]:
    tokens = section.tokens
    half = section.has("half")
    for at, token in enumerate(tokens):
        if token.kind == "elapsed":
            unit = {"h": 3600, "m": 60, "s": 1}[token.text[0]]
            yield f"{int(seconds // unit):0{len(token.text)}d}"
        elif token.kind == "half":
            late = left >= 43200
            yield (("오후" if late else "오전") if section.korean else "PM" if late else "AM")
        elif token.kind == "date":
            yield _date_piece(token.text, day, left, half, section.korean, _is_minutes(tokens, at))
        elif token.kind == "digit":  # of a second: ss.00
            place = sum(1 for each in tokens[:at] if each.kind == "digit")
            yield f"{left % 1:.3f}"[2:][place : place + 1] or "0"
        else:
            yield token.text


def _is_minutes(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether an m is of minutes: after an hour, or before a second."""
    if tokens[at].text[0] != "m" or len(tokens[at].text) > 2:
        return False
    kinds = ("date", "elapsed")
    before = next((each.text for each in reversed(tokens[:at]) if each.kind in kinds), "")
    after = next((each.text for each in tokens[at + 1 :] if each.kind in kinds), "")
    return before.startswith("h") or after.startswith("s")


def _date_piece(text: str, day: tuple[int, int, int], left: Decimal, half: bool, korean: bool, minutes: bool) -> str:
    sign, long = text[0], len(text) >= 2
    if sign == "h":
        hour = int(left // 3600)
        hour = (hour + 11) % 12 + 1 if half else hour
        return f"{hour:02d}" if long else str(hour)
    if sign == "s" or minutes:
        value = int(left % 60) if sign == "s" else int(left // 60 % 60)
        return f"{value:02d}" if long else str(value)
    year, month, number = day
    if sign in "yeb":
        value = year + 543 if sign == "b" else year
        return f"{value % 100:02d}" if len(text) <= 2 and sign != "e" else str(value)
    if sign == "m":
        return _month(month, len(text), korean)
    if sign == "d" and len(text) <= 2:
        return f"{number:02d}" if long else str(number)
    return _weekday(day, len(text), korean or sign == "a") if sign in "da" else ""


def _month(month: int, length: int, korean: bool) -> str:
    if length <= 2:
        return f"{month:0{length}d}"
    if korean:
        return f"{month}월" if length == 4 else str(month)
    name = _MONTHS[month - 1]
    return name[:3] if length == 3 else name[0] if length == 5 else name


def _weekday(day: tuple[int, int, int], length: int, korean: bool) -> str:
    try:
        at = dt.date(*day).weekday()
    except ValueError:
        return ""  # the day that was not
    if korean:
        return _KOREAN_DAYS[at] + ("요일" if length == 4 else "")
    return _DAYS[at][:3] if length == 3 else _DAYS[at]
