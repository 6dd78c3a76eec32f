"""Chinese characters as Koreans read them, by the rules of the standard orthography."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.readings import read_aloud


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("女性 政策", "여성 정책"),
        ("男女", "남녀"),
        ("勞動部", "노동부"),
        ("過勞", "과로"),
        ("利益", "이익"),
        ("歷史", "역사"),
        ("比率과 確率", "비율과 확률"),
        ("規律", "규율"),
        ("第44條(休職)", "제44조(휴직)"),
        ("證明書를", "증명서를"),
        ("안면인식 AI", "안면인식 AI"),
        ("", ""),
    ],
)
def test_readings(written: str, read: str) -> None:
    assert read_aloud(written) == read


@given(st.text())
def test_every_character_gives_one(text: str) -> None:
    read = read_aloud(text)
    assert len(read) == len(text)
    assert all(new == old or "가" <= new <= "힣" for old, new in zip(text, read, strict=True))
