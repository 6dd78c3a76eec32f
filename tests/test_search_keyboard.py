"""What a keyboard left in the other language makes of a word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.keyboard import as_korean, as_latin

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8)


@pytest.mark.parametrize(
    ("keys", "korean"),
    [
        ("dksaus", "안면"),
        ("dlstlr", "인식"),
        ("rkqt", "값"),  # two final consonants
        ("rkqtdl", "값이"),
        ("rkrtk", "각사"),  # the second of two consonants begins the next syllable
        ("EKfrl", "딸기"),  # capitals where Shift changes nothing
        ("dksaus dlstlr!", "안면 인식!"),
        ("wkehdcnfdlqrnrtlatkeo", "자동출입국심사대"),
    ],
)
def test_latin_keys(keys: str, korean: str) -> None:
    assert as_korean(keys) == korean


def test_korean_keys() -> None:
    assert as_latin("채ㅜㄴ둣") == "consent"
    assert as_latin("ㅑㅡㅁㅎㄷ") == "image"


@given(SYLLABLES)
def test_there_and_back(text: str) -> None:
    assert as_korean(as_latin(text)) == text


@given(st.text())
def test_any_text(text: str) -> None:
    as_latin(as_korean(text))
