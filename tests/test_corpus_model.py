"""The record's vocabulary: packed words, covered text, counts, selectors."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import (
    COVER,
    Box,
    Coverage,
    Document,
    Page,
    Reason,
    Selector,
    Span,
    State,
    Withheld,
    Word,
    Words,
    now,
)

WIDTH, HEIGHT = 612.0, 2600.0
share = st.floats(0, 1)
boxes = st.builds(lambda a, b, c, d: (a * WIDTH, b * HEIGHT, c * WIDTH, d * HEIGHT), share, share, share, share)
words = st.builds(lambda at, n, box: Word(at, at + n, box), st.integers(0, 2**31), st.integers(0, 65535), boxes)


@given(st.lists(words, max_size=20))
def test_words_come_back_as_packed(given_words: list[Word]) -> None:
    packed = Words.pack(given_words, WIDTH, HEIGHT)
    back = list(packed)
    assert len(packed) == len(back) == len(given_words)
    for before, after in zip(given_words, back, strict=True):
        assert (before.start, before.end) == (after.start, after.end)
        assert after.box == pytest.approx(before.box, abs=0.02)


@pytest.mark.parametrize("box", [(-5.0, -5.0, 9999.0, 9999.0), (0.0, 0.0, WIDTH, HEIGHT)])
def test_boxes_are_clipped_to_the_page(box: Box) -> None:
    (word,) = Words.pack([Word(0, 1, box)], WIDTH, HEIGHT)
    assert word.box == (0.0, 0.0, WIDTH, HEIGHT)


def test_words_of_a_page_without_size() -> None:
    packed = Words.pack([Word(0, 3, (1.0, 1.0, 2.0, 2.0)), Word(4, 90_000, (0.0, 0.0, 0.0, 0.0))], 0.0, 0.0)
    assert [(word.start, word.end) for word in packed] == [(0, 3), (4, 4 + 65535)]


def test_boxes_of_a_span_are_those_it_touches() -> None:
    packed = Words.pack([Word(0, 2, (0, 0, 1, 1)), Word(3, 5, (2, 0, 3, 1)), Word(6, 8, (4, 0, 5, 1))], 10, 10)
    assert len(packed.boxes(Span(1, 4))) == 2
    assert packed.boxes(Span(2, 3)) == []


def test_visible_text_keeps_offsets() -> None:
    page = Page("d", 1, "x", "이름 홍길동 끝", withheld=(Withheld(3, 6, (0, 0, 1, 1)),))
    assert page.visible == f"이름 {COVER * 3} 끝"
    assert len(page.visible) == len(page.text)


def test_coverage_counts() -> None:
    broken = Document("d", 1, "x", None, State.NOT_SEARCHABLE, Reason.DAMAGED)
    pages = {(State.SEARCHABLE, Reason.NONE): 3, (State.OCR, Reason.NONE): 2, (State.NOT_SEARCHABLE, Reason.EMPTY): 1}
    coverage = Coverage(pages, {}, (broken,))
    assert (coverage.total, coverage.searchable, coverage.unread_files, coverage.whole) == (6, 5, 1, False)
    assert Coverage({(State.SEARCHABLE, Reason.NONE): 3}, {}, ()).whole
    assert not Coverage({(State.OCR, Reason.NONE): 3}, {}, ()).whole


def test_selector_describes_its_place() -> None:
    text = "가" * 40 + "인용문" + "나" * 40
    selector = Selector.of(text, Span(40, 43))
    assert (selector.exact, selector.prefix, selector.suffix) == ("인용문", "가" * 32, "나" * 32)
    assert Selector.of(text, Span(0, 3)).prefix == ""


def test_now_is_utc_to_the_second() -> None:
    moment = dt.datetime.fromisoformat(now())
    assert moment.utcoffset() == dt.timedelta(0)
    assert moment.microsecond == 0
