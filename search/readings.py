"""Chinese characters as Koreans read them: 女性 → 여성, for ranking alone. Readings are Unihan's (readings.txt).

The rules of 한글 맞춤법 (the standard orthography) §10 to §12: at the beginning of a word ㄹ and ㄴ soften (女 녀 → 여,
勞 로 → 노), and 렬, 률 after a vowel or ㄴ are 열, 율 (比率 비율).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_RUN = re.compile("[㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff]+")
_FIRST, _VOWELS, _FINALS = 0xAC00, 21, 28
_N, _R, _SILENT = 2, 5, 11  # initial consonants ㄴ, ㄹ, ㅇ
_SOFT = frozenset((2, 3, 6, 7, 12, 17, 20))  # vowels ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ


def read_aloud(text: str) -> str:
    """Return a text with its Chinese characters as they are read; those of no known reading stay."""
    return text if text.isascii() else _RUN.sub(lambda run: _read(run[0]), text)


def _read(run: str) -> str:
    table = _table()
    found: list[str] = []
    for char in run:
        sound = table.get(char, char)
        found.append(_after(found[-1], sound) if found else _softened(sound))
    return "".join(found)


def _softened(sound: str) -> str:
    """Return a syllable as it sounds at the beginning of a word."""
    first, vowel, final = _letters(sound)
    if vowel in _SOFT and first in (_N, _R):
        return _syllable(_SILENT, vowel, final)
    return _syllable(_N, vowel, final) if first == _R else sound


def _after(before: str, sound: str) -> str:
    if sound in ("렬", "률") and _letters(before)[2] in (0, 4):  # no final consonant, or ㄴ
        return _softened(sound)
    return sound


def _letters(syllable: str) -> tuple[int, int, int]:
    """Return the numbers of a syllable's initial, vowel and final; of another character, none that is looked for."""
    if not "가" <= syllable <= "힣":
        return -1, -1, -1
    place = ord(syllable) - _FIRST
    return place // (_VOWELS * _FINALS), place // _FINALS % _VOWELS, place % _FINALS


def _syllable(first: int, vowel: int, final: int) -> str:
    return chr(_FIRST + (first * _VOWELS + vowel) * _FINALS + final)


@cache
def _table() -> Mapping[str, str]:
    lines = (Path(__file__).parent / "readings.txt").read_text(encoding="utf-8").splitlines()
    return {char: line[0] for line in lines if not line.startswith("#") for char in line[1:]}
