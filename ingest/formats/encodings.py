"""Bytes to text where nothing, or nothing to be trusted, says in which encoding they are.

Tried: byte order marks, ISO-2022-KR, UTF-8, UTF-16 without a mark, CP949 (which holds EUC-KR), Windows-1252. What the
bytes decode to decides: each reading is marked by how its characters stand beside each other, the best one is taken
where it is good and clearly better than the next, and otherwise none: a text nobody can read is worse than a refusal.
benchmarks/encodings measures it.
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import islice
from typing import NamedTuple

from corpus.folding import canonical
from corpus.model import Reason
from ingest.formats.model import FormatError


class Decoded(NamedTuple):
    """A text in canonical form, without byte order mark; the encoding's name; whether U+FFFD stands for bad bytes."""

    text: str
    encoding: str
    damaged: bool


_MARKS = (  # the longer ones first: the mark of UTF-32 begins like that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_BAD = "\ufffd"
_REFUSED = (
    Reason.UNSUPPORTED,
    "It cannot be told in which encoding this text is written; open it in an editor, save it as UTF-8 and ingest that.",
)
_Reading = tuple[float, str, str, int]  # its mark, its text, its encoding, its bad places
_OTHERS = ("cp949", "utf-16-le", "utf-16-be")
_BINARY = (Reason.UNSUPPORTED, "It is named as a text but holds no text; ask the agency what it was made with.")

_GOOD = 0.1  # the least mark of a reading
_SURE = 0.75  # how much better than UTF-8
_BETTER = 0.25  # than the next reading
_MOST_BAD = 0.02  # of the characters outside ASCII, beyond one place
_STRANGE = -0.3  # the mark of a line that is not of this encoding
_MOST_IMPOSSIBLE = 0.2  # of what a byte order mark vouches for
_PART = 1 << 17  # bytes by which a long text is judged
_SAMPLE = 20_000  # characters that are marked
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_OTHER_THAN_ASCII = re.compile(r"[^\x00-\x7f]")

_COMMON = frozenset(  # syllables: 97.5 of 100 in KorQuAD and in ministry papers
    "가각간갈감강갖같개객거건걸검것게겠겨격견결경계고곡곤골공과관광교구국군권귀규균그극근글금급기길김까께나난날남납났내너널넘네녀년념노논농높누느는능니닌다단달담답당대더덕던데델도독돌동됐되된될두뒤드득든들"
    "등디따때또뜻라락란람랑래램랫략량러런럼럽렇레려력련렸령례로록론롯뢰료루류률르른를름리린림립링마막만많말망맞맡매머먼메며면명모목몬못무문물뭉므미민밀및바박밖반받발밝방배백버번벌범법베벤변별병보복본봉부북"
    "분불브블비빈빌빠뿐사산살삼상새색생서석선설성세센션소속손솔송쇼수숙순술스습승시식신실심싱써쓰씨아악안않알암압았앙앞애액앨야약양어억언얻엄업없었에엔여역연열였영예오옥온올와완왔왕외요욕용우운울움워원월위"
    "유육윤율융으은을음응의이익인일잃임입있자작잡장재쟁저적전절점접정제져졌조족존종좌죄주죽준줄중즈즉증지직진질집징째쪽차착찬찰참창찾채책처척천철첨첫청체쳐초총최추축출충취츠측층치칙친침칭카캐커케코콘쿠크큰"
    "클키타탄탈탐태택터털테템토통퇴투트특틀티팀팅파판팔패퍼페편평폐포폭폼표품풍프플피픽필하학한할함합항해핵했행향허헌험혀혁현협혔형호혹혼홍화확환활황회획효후훈휘희히"
)
_WORDS = frozenset("àáâéèêíóòôöåæ")  # letters that are words
_LATIN_SIGNS = frozenset("‘’“”„«»–—…•·§©®™°±€£¥²³¹µ½¼¾×÷¿¡ªº†‡‰‹›")


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """Return the text of some bytes. `declared` is an encoding that the file or a mail header claims.

    It is believed where the bytes can be read in it and say nothing else: not against a byte order mark or UTF-8, nor
    where it is one of the Western ones, which fit any bytes and are often claimed by default.

    Raises:
        FormatError: it is no text, or two readings are about as likely as each other.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    if not data.strip(b" \t\r\n\f"):
        return Decoded(canonical(data.decode("ascii")), "utf-8", False)
    if b"\x1b$)C" in data and data.isascii():
        return _iso_2022(data)
    if not _CONTROL.search(data):
        plain = _utf_8(data)
        if plain:
            return plain
    return _claimed(data, declared) or _guessed(data)


def _marked(data: bytes, encoding: str) -> Decoded:
    text, bad = _read(data, encoding)
    odd = [char for char in text[:_SAMPLE] if char == _BAD or _is_impossible(char)]
    if len(odd) > 1 + _MOST_IMPOSSIBLE * min(len(text), _SAMPLE) or bad > 1 + _MOST_BAD * len(text):
        raise FormatError(*_REFUSED)
    if bad and _mixed(data, text, encoding):
        raise FormatError(*_REFUSED)
    return Decoded(canonical(text), encoding, bad > 0)


def _iso_2022(data: bytes) -> Decoded:
    text, bad = _read(data, "iso2022_kr")
    if bad > 1 + _MOST_BAD * len(text):
        raise FormatError(*_REFUSED)
    return Decoded(canonical(text), "iso-2022-kr", bad > 0)


def _utf_8(data: bytes) -> Decoded | None:
    """Return the text if it is UTF-8 throughout, and not one of the few Korean words that only look like it.

    연 in CP949 is Greek in UTF-8, 히트 in UTF-16 is Hebrew and Cyrillic.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if _looks_like_utf_8(data, text) else Decoded(canonical(text), "utf-8", False)


def _looks_like_utf_8(data: bytes, text: str) -> bool:
    """Whether the bytes of a text in UTF-8, odd as such, are good Korean."""
    if text.isascii() or max(text) >= "\u0800" or (mark := _mark(text)) > 0:
        return False
    return any(other[0] > max(0.5, mark + _SURE) and not other[3] for other in _readings(data, _OTHERS))


def _claimed(data: bytes, declared: str | None) -> Decoded | None:
    try:
        encoding = codecs.lookup(declared or "").name
    except LookupError:
        return None
    encoding = "cp949" if encoding in ("euc_kr", "cp949", "uhc") else encoding
    if encoding in ("ascii", "iso8859-1", "iso8859-15", "cp1252") or not _is_text_encoding(encoding):
        return None
    try:
        text = data.decode(encoding)
    except ValueError:
        return None
    return Decoded(canonical(text), encoding, False) if _mark(text) > 0 or text.isascii() else None


def _is_text_encoding(encoding: str) -> bool:
    return encoding.startswith(("utf", "cp", "iso", "euc", "shift", "gb", "big5", "koi", "johab", "mac"))


def _readings(data: bytes, encodings: Iterable[str]) -> list[_Reading]:
    return [reading for encoding in encodings if (reading := _reading(data, encoding))]


def _guessed(data: bytes) -> Decoded:
    part = data if len(data) <= 2 * _PART else _part(data)
    readings = _readings(part, _candidates(part))
    if not readings:
        raise FormatError(*(_BINARY if _CONTROL.search(data) else _REFUSED))
    readings.sort(key=lambda each: -each[0])
    best, text, encoding, bad = readings[0]
    if best < _GOOD or (len(readings) > 1 and best < readings[1][0] + _BETTER) or _too_short(part, text, encoding):
        raise FormatError(*_REFUSED)
    if part is not data:
        text, bad = _read(data, encoding)
    if bad > 1 + _MOST_BAD * len(text):
        raise FormatError(*_REFUSED)
    return Decoded(canonical(text), {"cp1252": "windows-1252"}.get(encoding, encoding), bad > 0)


def _part(data: bytes) -> bytes:
    """Return as much of a long text as can be judged by: its beginning, or its first lines that are not all ASCII."""
    if b"\0" in data[:_PART]:
        return data[:_PART]
    lines, size, end = [], 0, 0
    while size < _PART and (high := _HIGH.search(data, end)):
        start = max(end, data.rfind(b"\n", end, high.start()) + 1)
        end = data.find(b"\n", high.start()) + 1 or len(data)
        lines.append(data[start : min(end, start + _PART)])
        size += len(lines[-1])
    return b"".join(lines) or data[:_PART]


def _too_short(data: bytes, text: str, encoding: str) -> bool:
    """Whether so little is there that chance may have made sense of it."""
    plain = sum(char.isascii() for char in text[:_SAMPLE])
    if encoding.startswith("utf-16"):
        return plain < 2 and len(text) < 10 and not _CONTROL.search(data)
    return encoding == "cp1252" and plain < 3


def _candidates(data: bytes) -> list[str]:
    controls = len(_CONTROL.findall(data))
    wide = _OTHERS[1:] if len(data) % 2 == 0 or b"\0" in data else ()
    few = controls <= len(data) // 1000 and b"\0" not in data
    return [*wide, *(("utf-8", "cp949", "cp1252") if few else ())]


def _reading(data: bytes, encoding: str) -> _Reading | None:
    text, bad = _read(data, encoding)
    wide = encoding.startswith("utf-16")
    high = len(text) if wide else len(_OTHER_THAN_ASCII.findall(text))
    if bad > (0 if encoding == "cp1252" else 1 + _MOST_BAD * high):
        return None
    mark = _mark(text, wide) - (bad / high if high else 0)
    if (bad or not wide) and _mixed(data, text, encoding):
        return None
    return mark, text, encoding, bad


def _read(data: bytes, encoding: str) -> tuple[str, int]:
    """Return a text, and how often U+FFFD stands there for what could not be read."""
    try:
        return data.decode(encoding), 0
    except UnicodeDecodeError:
        text = data.decode(encoding, "replace")
        return text, max(1, text.count(_BAD) - (data.count(_BAD.encode()) if encoding == "utf-8" else 0))


def _mixed(data: bytes, text: str, encoding: str) -> bool:
    """Whether one of the lines is of another encoding, though the rest may be of this."""
    if encoding.startswith("utf-16"):
        return any(_mark(line, True) < _GOOD for line in text[: 4 * _SAMPLE].splitlines() if len(line) >= 4)
    other = "cp949" if encoding == "utf-8" else "utf-8"
    for line in data[: 8 * _SAMPLE].splitlines():
        if line.isascii():
            continue
        mark, (again, bad) = _mark(_read(line, encoding)[0]), _read(line, other)
        if mark < _STRANGE or (not bad and max(again) >= "\u0800" and _mark(again) > mark + _BETTER):
            return True
    return False


def _mark(text: str, wide: bool = False) -> float:
    """Return how well the characters of a text stand together, from -2 to 1; those of ASCII count if it is `wide`."""
    total, count = 0.0, 0
    for count, match in enumerate(islice(_OTHER_THAN_ASCII.finditer(text), _SAMPLE), 1):  # noqa: B007
        at = match.start()
        total += _fit(text[at - 1] if at else " ", match[0], text[at + 1] if at + 1 < len(text) else " ")
    if wide:
        total += sum(0.5 if char.isprintable() or char in "\t\n\r\f" else -2 for char in text if char.isascii())
        count = len(text)
    return total / count if count else 0.0


def _fit(before: str, char: str, after: str) -> float:
    """Return how well a character that is not ASCII stands between its neighbours."""
    if "가" <= char <= "힣":
        rare = -0.7 if _is_ascii_letter(before) or _is_ascii_letter(after) else -0.25
        return 1.0 if char in _COMMON else 0.2 if _in_ks_x_1001(char) else rare
    if char <= "\u024f" or char in _LATIN_SIGNS:
        return _fit_of_latin(before, char, after)
    if unicodedata.combining(char):
        return 0.8 if _is_ascii_letter(before) else -0.5
    return _fit_alone(char)


def _fit_of_latin(before: str, char: str, after: str) -> float:
    if char.isalpha() and char not in "ªºµ":
        beside = _is_ascii_letter(before) or _is_ascii_letter(after)
        if char.isupper():
            return 0.8 if not before.islower() and beside else -0.7
        return 0.8 if beside else 0.3 if before.isspace() and after.isspace() and char in _WORDS else -0.7
    if char in "\xa0\xad":
        return 0.2
    if char in "’":
        return 0.8 if _is_ascii_letter(before) else -0.3
    if char not in _LATIN_SIGNS:
        return -1.0
    letters = _is_ascii_letter(before) and _is_ascii_letter(after)
    lone = before.isascii() or before.isspace() or after.isascii() or after.isspace()
    return 0.5 if lone and (not letters or char in "–—") else 0.3 if char in "·…“”‘" and not letters else -0.6


def _is_ascii_letter(char: str) -> bool:
    return char.isascii() and char.isalpha()


@cache
def _fit_alone(char: str) -> float:
    if _is_impossible(char):
        return -2.0
    if unicodedata.category(char) == "Co":
        return -1.0
    if "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return 0.25 if _in_cp949(char) else -0.2
    if "\u1100" <= char <= "\u11ff":
        return 0.6
    if _in_ks_x_1001(char) or char >= "\U0001f000":
        return 0.45
    return 0.1 if "\u2000" <= char <= "\u33ff" or "\uff00" <= char <= "\uff5e" else -0.8


@cache
def _is_impossible(char: str) -> bool:
    return unicodedata.category(char) in ("Cn", "Cs") or "\x80" <= char <= "\x9f" or "\ua000" <= char <= "\ua95f"


@cache
def _in_ks_x_1001(char: str) -> bool:
    return _fits(char, "euc_kr")


@cache
def _in_cp949(char: str) -> bool:
    return _fits(char, "cp949")


def _fits(char: str, encoding: str) -> bool:
    try:
        return len(char.encode(encoding)) == 2
    except UnicodeEncodeError:
        return False
