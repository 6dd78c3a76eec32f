"""Boxes of characters in the catalogue: their packed form, what is withheld, and the guess from words."""

from __future__ import annotations

import zlib
from dataclasses import replace
from itertools import accumulate

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import Corpus
from corpus.glyphs import exactly, from_words, keep, load, pack, text_digest, unpack
from corpus.model import Box, Page, Span, Withheld, Word, Words

WIDE, HIGH = 400.0, 600.0
numbers = st.floats(-50, 700, allow_nan=False)


def page(text: str, *words: Word, withheld: tuple[Withheld, ...] = (), rotation: int = 0) -> Page:
    packed = Words.pack(list(words), WIDE, HIGH)
    size = {"width": WIDE, "height": HIGH}
    return Page("d1", 1, "test-1", text, words=packed, withheld=withheld, rotation=rotation, **size)


def beside(text: str) -> list[Box]:
    """Boxes 10 points wide and 12 high beside each other, for blanks too."""
    return [(50.0 + 10 * at, 100.0, 60.0 + 10 * at, 112.0) for at in range(len(text))]


def packed(boxes: list[Box]) -> bytes:
    return pack(np.array(boxes).reshape(-1, 4), WIDE, HIGH)


@settings(deadline=None)
@given(st.lists(st.tuples(numbers, numbers, numbers, numbers)))
def test_unpacking_gives_back_what_was_packed(boxes: list[Box]) -> None:
    found = unpack(packed(boxes), len(boxes), WIDE, HIGH)
    clipped = np.clip(np.array(boxes).reshape(-1, 4), 0, [WIDE, HIGH, WIDE, HIGH])
    assert found.shape == (len(boxes), 4)
    assert np.abs(found - clipped).max(initial=0) <= 0.005


def test_the_form_is_as_documented() -> None:
    content = packed([(0, 0, WIDE, HIGH), (WIDE / 2, 0, WIDE, HIGH / 2)])
    assert content[0] == 1
    columns = np.frombuffer(zlib.decompress(content[1:]), "<u2").reshape(4, 2)
    assert columns.tolist() == [[0, 32768], [0, 0], [65535, 65535], [65535, 32768]]


def test_boxes_without_a_number_lie_nowhere() -> None:
    assert unpack(packed([(float("nan"), 0, 0, 0)]), 1, WIDE, HIGH).tolist() == [[0, 0, 0, 0]]


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_damaged_bytes_are_refused_as_such(content: bytes) -> None:
    whole = packed(beside("가나다"))
    for wrong in (content, b"\x01" + content, whole[:-1], whole[:-6], b"\x02" + whole[1:]):
        with pytest.raises(ValueError, match="boxes"):
            unpack(wrong, 3, WIDE, HIGH)
    for count in (0, 2, 4):
        with pytest.raises(ValueError, match="as many"):
            unpack(whole, count, WIDE, HIGH)


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(ValueError, match="as many"):
        unpack(b"\x01" + zlib.compress(bytes(50_000_000)), 3, WIDE, HIGH)


def test_marks_are_exact_inside_a_word() -> None:
    text = "안면인식"
    glyphs = exactly(page(text), packed(beside(text)))
    assert glyphs.exact
    (mark,) = glyphs.boxes(Span(1, 3))
    assert mark == pytest.approx((60, 100, 80, 112), abs=0.01)


def test_rows_are_hundredths_of_a_point_and_steps() -> None:
    text = "안 면\n인"
    glyphs = exactly(page(text), packed([*beside(text)[:4], (50, 120, 60, 132)]))
    first, second = glyphs.rows()
    assert first[:3] == [0, 4, 0]
    assert second[:3] == [4, 5, 0]
    assert list(accumulate(first[5:])) == pytest.approx([5000, 6000, 7000, 8000, 8000], abs=1)
    assert (first[3:5], second[3:5]) == ([10000, 11200], [pytest.approx(12000, abs=1), pytest.approx(13200, abs=1)])
    assert all(type(number) is int for row in glyphs.rows() for number in row)


covers = st.tuples(numbers, numbers, numbers, numbers)


@settings(deadline=None)
@given(st.lists(covers, min_size=4, max_size=4))
def test_withheld_text_gives_nothing_away(hidden: list[Box]) -> None:
    """Whatever the boxes of hidden characters are, what is given away is the same."""
    text, cover = "가나다라마바사아", Withheld(2, 6, (70, 99, 110, 113))
    boxes = beside(text)
    covered = page(text, withheld=(cover,))
    known = exactly(covered, packed(boxes))
    assert exactly(covered, packed([*boxes[:2], *hidden, *boxes[6:]])) == known
    edges = [round(edge) for edge in known.lines[0].edges]
    assert edges == [50, 60, 70, 80, 90, 100, 110, 120, 130]  # the gap in equal parts
    assert exactly(page(text), packed(boxes)).boxes(Span(2, 3)) != []


def test_withheld_words_are_not_guessed_from_either() -> None:
    words = (Word(0, 2, (50, 100, 70, 112)), Word(3, 7, (80, 100, 120, 112)), Word(8, 10, (130, 100, 150, 112)))
    covered = page("가나 다라마바 사아", *words, withheld=(Withheld(5, 7, (100, 99, 120, 113)),))
    wider = replace(words[1], box=(80, 100, 126, 112))
    moved = page("가나 다라마바 사아", words[0], wider, words[2], withheld=covered.withheld)
    assert from_words(covered) == from_words(moved)
    assert from_words(covered).boxes(Span(8, 10)) == [pytest.approx((130, 100, 150, 112), abs=0.01)]


def test_guess_shares_a_word_out_by_the_width_of_its_letters() -> None:
    glyphs = from_words(page("가ab", Word(0, 3, (50, 100, 90, 112))))
    assert not glyphs.exact
    assert glyphs.lines[0].edges == pytest.approx((50, 70, 80, 90), abs=0.01)


@pytest.mark.parametrize(
    ("rotation", "box", "direction", "edges"),
    [
        (0, (50, 100, 60, 140), 90, (100, 120, 140)),
        (270, (50, 100, 60, 140), 90, (100, 120, 140)),
        (90, (50, 100, 60, 140), 270, (140, 120, 100)),
        (180, (50, 100, 90, 110), 180, (90, 70, 50)),
    ],
)
def test_guess_on_a_turned_page(rotation: int, box: Box, direction: int, edges: tuple[float, ...]) -> None:
    (line,) = from_words(page("가나", Word(0, 2, box), rotation=rotation)).lines
    assert line.direction == direction
    assert line.edges == pytest.approx(edges, abs=0.01)


def test_page_without_words() -> None:
    assert from_words(page("")).lines == ()
    assert from_words(page("글은 있다")).lines == ()
    assert exactly(page(""), packed([])).rows() == []


def test_kept_with_the_extraction_they_are_of(corpus: Corpus, write) -> None:
    document = write("안면인식", "둘째 쪽")
    first, second = corpus.store.pages(document)
    assert load(corpus.store, first) is None
    sized = replace(first, width=WIDE, height=HIGH)
    keep(corpus.store, first, packed(beside("안면인식")))
    found = load(corpus.store, sized)
    assert found is not None
    assert found.exact
    assert found.boxes(Span(0, 1)) == [pytest.approx((50, 100, 60, 112), abs=0.01)]
    assert load(corpus.store, second) is None
    assert load(corpus.store, replace(sized, fingerprint="test-2")) is None


def test_damaged_ones_are_as_if_there_were_none_and_can_be_replaced(corpus: Corpus, write) -> None:
    document = write("안면인식")
    (first,) = corpus.store.pages(document)
    for wrong in (b"", b"\x01broken", packed(beside("셋글자"))):
        keep(corpus.store, first, wrong)
        assert load(corpus.store, first) is None
    keep(corpus.store, first, packed(beside("안면인식")))
    assert load(corpus.store, first) is not None


def test_digest_tells_texts_apart() -> None:
    assert text_digest("안면") == text_digest("안" + "면") != text_digest("안면 ")
