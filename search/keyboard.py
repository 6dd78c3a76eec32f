"""What a keyboard left in the other language has made of a word: dksaus is 안면, 채ㅜㄴ둣 is consent.

The keys are those of the two-set Korean keyboard (두벌식, KS X 5002).
"""

from __future__ import annotations

import re
import unicodedata

_INITIAL_KEYS = "r R s e E f a q Q t T d w W c z x v g"
_VOWEL_KEYS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l"
_FINAL_KEYS = "r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g"
_INITIALS = {key: place for place, key in enumerate(_INITIAL_KEYS.split())}
_VOWELS = {key: place for place, key in enumerate(_VOWEL_KEYS.split())}
_FINALS = {key: place for place, key in enumerate(["", *_FINAL_KEYS.split()])}
_LONE = dict(
    zip(
        "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml",
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ",
        strict=True,
    )
)
_SHIFTED = "RETQWOP"  # the keys that give another letter with Shift


def _any(keys: dict[str, int]) -> str:
    return "|".join(sorted(keys, key=len, reverse=True))


_VOWEL_AHEAD = "[koiOjpuPhynbml]"
# A consonant before a vowel begins the next syllable.
_SYLLABLE = re.compile(
    rf"({_any(_INITIALS)})({_any(_VOWELS)})(?:({_any(_FINALS)[:-1]})(?!{_VOWEL_AHEAD}))?|(.)", re.DOTALL
)
_KEYS_OF = tuple(list(keys) for keys in (_INITIALS, _VOWELS, _FINALS))
_KEY_OF_LONE = {jamo: key for key, jamo in _LONE.items()}


def as_korean(keys: str) -> str:
    """Return what the Korean keyboard writes for Latin letters: dksaus → 안면; other characters stay."""
    level = "".join(key if key in _SHIFTED else key.lower() for key in keys)
    return _SYLLABLE.sub(_written, level)


def _written(match: re.Match[str]) -> str:
    initial, vowel, final, other = match.groups()
    if other:
        return _LONE.get(other, other)
    return chr(0xAC00 + (_INITIALS[initial] * 21 + _VOWELS[vowel]) * 28 + _FINALS[final or ""])


def as_latin(text: str) -> str:
    """Return the Latin letters on the keys that write a Korean text: 채ㅜㄴ둣 → consent; other characters stay."""
    return "".join(_keys(char) for char in unicodedata.normalize("NFC", text))


def _keys(char: str) -> str:
    if not "가" <= char <= "힣":
        return _KEY_OF_LONE.get(char, char)
    rest, final = divmod(ord(char) - 0xAC00, 28)
    initial, vowel = divmod(rest, 21)
    return "".join(keys[place] for keys, place in zip(_KEYS_OF, (initial, vowel, final), strict=True))
