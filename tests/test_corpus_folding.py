"""Folding: what is equal for finding, and a map that always leads back into the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import HYPHEN, canonical, fold, folded, squash, squashed

SIGNS = "가힣ㄱㆍ·㉠㎡①²½ﬁΣςςİßAé́각\u200b\u00ad￾\r\n\0 -~%〜１Ａ　가각ﾞ゙ㅏ㈜"
texts = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), st.characters()), max_size=40)


@given(texts)
def test_canonical_is_idempotent(text: str) -> None:
    once = canonical(text)
    assert canonical(once) == once
    assert "\r" not in once
    assert "\0" not in once
    assert once.encode().decode() == once


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("가\r\n나\r다", "가\n나\n다"),
        ("가\0나", "가\ufffd나"),
        ("\ud800", "\ufffd"),
        ("recog\ufffenition", "recog\ufffenition"),
        (unicodedata.normalize("NFD", "법무부"), unicodedata.normalize("NFD", "법무부")),
    ],
)
def test_canonical_changes_as_little_as_it_can(raw: str, kept: str) -> None:
    assert canonical(raw) == kept


@given(texts)
def test_fold_agrees_with_folded(text: str) -> None:
    assert fold(text).text == folded(text)
    assert squashed(text).text == squash(text)


@given(texts)
def test_maps_are_monotonic_and_inside(text: str) -> None:
    for made in (fold(text), squashed(text)):
        assert len(made.text) == len(made.starts) == len(made.ends)
        assert list(made.starts) == sorted(made.starts)
        assert list(made.ends) == sorted(made.ends)
        assert all(0 <= a < b <= len(text) for a, b in zip(made.starts, made.ends, strict=True))


@given(texts, st.data())
def test_source_of_a_folded_span_folds_to_it_again(text: str, data: st.DataObject) -> None:
    made = fold(text)
    if made.text:
        start = data.draw(st.integers(0, len(made.text) - 1))
        end = data.draw(st.integers(start + 1, len(made.text)))
        a, b = made.source(start, end)
        assert made.text[start:end] in folded(text[a:b])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("법무부", unicodedata.normalize("NFD", "법무부")),
        ("ＡＩ", "ai"),
        ("개인ㆍ정보", "개인·정보"),
        ("recog\ufffenition", "recognition"),
        ("㎡", "m2"),
        ("㉠", "^ㄱ"),
        ("ΟΔΟΣ", "οδος"),
        ("안\u200b면", "안면"),
    ],
)
def test_folds_alike(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("2019²", "20192"), ("①", "1"), ("½", "12"), ("ㄱ", "ᄀ"), ("1.7", "17")])
def test_does_not_fold_alike(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_squash_leaves_letters_and_digits() -> None:
    assert squash("1억 7천만 건(件), ‘얼굴’_A-1") == "1억7천만건件얼굴a1"
    assert HYPHEN not in squash(f"recog{HYPHEN}nition")
