"""Text to tokens: one stream, by two ways; terms that agree with it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import folded, squash
from corpus.model import Furniture, FurnitureKind, Page
from search.analysis import Pattern, analyse, entries, mapped_stream, numbers, pattern, reading, squash_folded

SIGNS = '가힣ㄱㅋ각면女𠀋a Zß1２0.,·ㆍ-–~%_|²①½㎡㈜ﬃİé\u0301\u200b\ufffe\n\t"“(）😀█'
texts = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8", exclude_categories=["Cn"])), max_size=40)


@pytest.mark.parametrize(
    ("text", "stream"),
    [
        ("AI 식별추적 시스템(5,764만 건)", "|ai_식별추적시스템|5764_만건|"),
        ("안면\n인식", "|안면인식|"),
        ("안면 - 인식", "|안면|인식|"),
        ("1.7억", "|1.7_억|"),
        ("2019.4.22.", "|2019|4|22|"),
        ("2019.04", "|2019|04|"),
        ("2019²", "|2019|2|"),
        ("face-image", "|face|image|"),
        ("recog\ufffenition", "|recognition|"),
        ("제15조의2", "|제_15_조의_2|"),
        ("女性 정책", "|女性정책|"),
        ("ＡＩ", "|ai|"),
        ("a_b", "|a|b|"),
        ("\uf0b7안면 인식", "|안면인식|"),  # a bullet of a symbol font, in the private use area
        ("동의\uf0b7안면", "|동의|안면|"),
        ("\ue000\uf8ff", "|"),
        ("", "|"),
        ("...", "|"),
    ],
)
def test_stream(text: str, stream: str) -> None:
    assert analyse(folded(text))[0] == stream


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("안면 인식", ["안면", "면인", "인식", "안", "면", "인", "식"]),
        ("6월 3일", ["6", "6_월", "월", "월_3", "3", "3_일", "일"]),
        ("may not", ["may", "not"]),
        ("면면면", ["면면", "면면", "면"]),
        ("5,764만 건", ["5764", "5764_만", "만건", "만", "건"]),
    ],
)
def test_terms(text: str, terms: list[str]) -> None:
    assert sorted(analyse(folded(text))[1]) == sorted(terms)


@given(texts)
def test_both_ways_to_a_stream_agree(text: str) -> None:
    assert mapped_stream(reading(Page("d", 1, "f", text))).stream == analyse(folded(text))[0]


@given(texts)
def test_a_streams_letters_lead_back_to_themselves(text: str) -> None:
    mapped = mapped_stream(reading(Page("d", 1, "f", text)))
    letters = [at for at, char in enumerate(mapped.stream) if char.isalnum()]
    places = [mapped.source(at, at + 1) for at in letters]
    assert places == sorted(places)
    for at, (start, end) in zip(letters, places, strict=True):
        assert 0 <= start < end <= len(text)
        assert mapped.stream[at] in squash(text[start:end])
    if letters:
        assert mapped.source(letters[0], letters[-1] + 1) == (places[0][0], places[-1][1])


@given(texts)
def test_a_page_squashes_as_its_quotations_do(text: str) -> None:
    (entry,) = entries([Page("d", 1, "f", text)])
    assert entry.squashed == squash_folded(folded(text)) == squash(text)
    assert entry.stream == analyse(folded(text))[0]
    assert entry.joint == entry.seam == ""
    bare = entry.stream.replace("|", "").replace("_", "").replace(".", "")
    assert bare == squash(text)


@given(texts)
def test_a_page_has_the_terms_of_its_own_words(text: str) -> None:
    terms = set(analyse(folded(text))[1])
    stream = analyse(folded(text))[0]
    for word in text.split():
        shape = pattern(word)
        if shape.stream:
            assert set(shape.terms) <= terms
            assert any(form in stream for form in shape.forms())


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("안면 인식", ("안면인식",)),
        ("AI", ("|ai|", "|ai_", "_ai|", "_ai_")),
        ("AI식별", ("|ai_식별", "_ai_식별")),
        ("제15", ("제_15|", "제_15_")),
        ("(5%)", ("|5|", "|5_", "_5|", "_5_")),
    ],
)
def test_forms(word: str, forms: tuple[str, ...]) -> None:
    assert sorted(pattern(word).forms()) == sorted(forms)


def test_a_prefix_is_open_on_the_right() -> None:
    assert sorted(pattern("bio", prefix=True).forms()) == ["_bio", "|bio"]
    assert pattern("제1", prefix=True).forms() == ("제_1",)
    assert not pattern("제1", prefix=True).is_term
    assert pattern("제1").is_term


@pytest.mark.parametrize("word", ["", "%", "…", "😀", "\u200b"])
def test_a_word_of_signs_is_no_pattern(word: str) -> None:
    assert pattern(word) == Pattern("", (), False, False)


@pytest.mark.parametrize(
    ("figure", "parts"),
    [
        ("5764", ["5764"]),
        ("5,764", ["5764"]),
        ("1,234,567.8", ["1234567.8"]),
        ("1.7", ["1.7"]),
        ("57,64", ["57", "64"]),
        ("0,001", ["0001"]),
        ("2019.4", ["2019", "4"]),
        ("2019.13", ["2019.13"]),
        ("1.2.3", ["1", "2", "3"]),
    ],
)
def test_numbers(figure: str, parts: list[str]) -> None:
    assert numbers(figure) == parts


def test_running_heads_come_after_the_body() -> None:
    text = "머리글\n안면\n- 1 -\n인식"
    heads = (Furniture(FurnitureKind.HEAD, 0, 3), Furniture(FurnitureKind.NUMBER, 7, 12))
    (entry,) = entries([Page("d", 1, "f", text, furniture=heads)])
    assert entry.stream == "|안면인식|머리글|1|"
    assert "글안" not in entry.terms.split()
    assert "면인" in entry.terms.split()


def test_decomposed_hangul_is_the_same() -> None:
    word = "식별추적시스템"
    assert analyse(folded(unicodedata.normalize("NFD", word))) == analyse(folded(word))
