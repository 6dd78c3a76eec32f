"""Lines as the eye sees them: every code point on one, edges in order, marks of one height."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from corpus.model import Box, Span
from corpus.visual_lines import Line, Places, boxes_on, lines_of

HIGH = 10.0  # points


def places(text: str, boxes: dict[int, Box], bridges: tuple[int, ...] = ()) -> Places:
    """Blanks and what is not in `boxes` have no place; lines end at newlines."""
    rows: NDArray[np.float64] = np.zeros((len(text), 4))
    for at, box in boxes.items():
        rows[at] = box
    shown = np.array([at in boxes for at in range(len(text))], np.bool_)
    breaks = np.array([char == "\n" for char in text], np.bool_)
    return Places(rows, shown, breaks, np.array([at in bridges for at in range(len(text))], np.bool_))


def typed(text: str, x: float = 100, top: float = 50, wide: float = 6, high: float = HIGH) -> dict[int, Box]:
    """Letters of one width beside each other, blanks as wide; a newline goes down by one and a half heights."""
    found, left, row = {}, x, 0
    for at, char in enumerate(text):
        if char == "\n":
            left, row = x, row + 1
            continue
        y = top + row * 1.5 * high
        if char != " ":
            found[at] = (left, y, left + wide, y + high)
        left += wide
    return found


def laid(text: str) -> list[Line]:
    return list(lines_of(places(text, typed(text))))


def turned(boxes: dict[int, Box], direction: int) -> dict[int, Box]:
    """Turn boxes clockwise about the origin, and back onto the page."""
    turns = {
        0: lambda x0, y0, x1, y1: (x0, y0, x1, y1),
        90: lambda x0, y0, x1, y1: (500 - y1, x0, 500 - y0, x1),
        180: lambda x0, y0, x1, y1: (500 - x1, 500 - y1, 500 - x0, 500 - y0),
        270: lambda x0, y0, x1, y1: (y0, 500 - x1, y1, 500 - x0),
    }
    return {at: turns[direction](*box) for at, box in boxes.items()}


def test_one_rectangle_for_each_line() -> None:
    text = "ab cd\nefg"
    lines = laid(text)
    assert [(line.start, line.end, line.direction) for line in lines] == [(0, 6, 0), (6, 9, 0)]
    assert boxes_on(lines, Span(0, 9)) == [(100, 50, 130, 60), (100, 65, 118, 75)]
    assert boxes_on(lines, Span(1, 2)) == [(106, 50, 112, 60)]
    assert boxes_on(lines, Span(4, 7)) == [(124, 50, 130, 60), (100, 65, 106, 75)]


def test_blank_fills_the_gap_and_a_line_end_is_nothing() -> None:
    lines = laid("ab cd\nefg")
    assert lines[0].edges == (100, 106, 112, 118, 124, 130, 130)
    assert boxes_on(lines, Span(5, 6)) == []


def test_nothing_shown_is_no_line() -> None:
    assert lines_of(places(" \n ", {})) == ()
    assert lines_of(places("", {})) == ()
    assert boxes_on((), Span(0, 3)) == []


def test_blanks_before_the_first_letter_belong_to_its_line() -> None:
    (line,) = lines_of(places("\n a", {2: (10, 10, 16, 20)}))
    assert (line.start, line.end, line.edges) == (0, 3, (10, 10, 10, 16))


@pytest.mark.parametrize("direction", [0, 90, 180, 270])
def test_direction_and_order_of_edges(direction: int) -> None:
    text = "abc de"
    (line,) = lines_of(places(text, turned(typed(text), direction)))
    assert line.direction == direction
    steps = [after - before for before, after in pairwise(line.edges)]
    assert all(step > 0 for step in steps) if direction in (0, 90) else all(step < 0 for step in steps)
    for at, box in turned(typed(text), direction).items():
        assert line.box(at, at + 1) == pytest.approx(box)


def test_superscript_is_on_its_line_and_all_marks_there_are_as_high() -> None:
    boxes = typed("m2 a")
    boxes[1] = (106, 46, 110, 52)
    (line,) = lines_of(places("m2 a", boxes))
    assert (line.low, line.high) == (46, 60)
    assert boxes_on([line], Span(3, 4)) == [(118, 46, 124, 60)]


def test_drop_cap_is_a_line_of_its_own() -> None:
    boxes = typed("Abc")
    boxes[0] = (80, 50, 100, 90)
    assert [(line.start, line.end) for line in lines_of(places("Abc", boxes))] == [(0, 1), (1, 3)]


def test_line_ends_at_a_wide_gap_but_not_under_a_cover() -> None:
    boxes = {0: (100.0, 50.0, 106.0, 60.0), 2: (300.0, 50.0, 306.0, 60.0)}
    assert len(lines_of(places("a b", boxes))) == 2
    (line,) = lines_of(places("a█b", boxes, bridges=(1,)))
    assert line.edges == (100, 106, 300, 306)


def test_digits_below_each_other_are_no_vertical_line() -> None:
    text = "1\n2\n3"
    boxes = {0: (100.0, 50.0, 106.0, 60.0), 2: (100.0, 61.0, 106.0, 71.0), 4: (100.0, 72.0, 106.0, 82.0)}
    assert [line.direction for line in lines_of(places(text, boxes))] == [0, 0, 0]


def test_letters_written_downwards_are_one_vertical_line() -> None:
    boxes = {at: (100.0, 50.0 + 11 * at, 110.0, 60.0 + 11 * at) for at in range(4)}
    (line,) = lines_of(places("대한민국", boxes))
    assert line.direction == 90
    assert boxes_on([line], Span(1, 3)) == [(100, 60.5, 110, 82.5)]


def test_letters_in_one_place_share_it() -> None:
    """A ligature is two code points in one box; an accent lies on its letter."""
    boxes = typed("ofi")
    boxes[1] = boxes[2] = (106, 50, 114, 60)
    (line,) = lines_of(places("ofi", boxes))
    assert line.edges == (100, 106, 110, 114)


def test_kerned_letters_meet_in_the_middle() -> None:
    boxes: dict[int, Box] = {0: (100, 50, 108, 60), 1: (106, 50, 114, 60)}
    (line,) = lines_of(places("AV", boxes))
    assert line.edges == (100, 107, 114)


numbers = st.floats(0, 600, allow_nan=False).map(lambda value: round(value, 2))
corners = st.tuples(numbers, numbers, numbers, numbers)


def test_a_line_reaches_as_far_as_a_letter_that_lies_over_its_others() -> None:
    boxes: dict[int, Box] = {
        **dict.fromkeys(range(3), (0.0, 0.0, 1.0, 1.0)),
        3: (1, 0, 2, 3),
        4: (2, 0, 3, 5),
        5: (0, 0, 3, 5),
    }
    for line in lines_of(places("aaaaaa", boxes)):
        inside = [boxes[at] for at in range(line.start, line.end)]
        assert line.box(line.start, line.end)[::2] == (min(b[0] for b in inside), max(b[2] for b in inside))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(corners, st.sampled_from("ab \n"))), st.data())
def test_any_boxes_give_lines_that_hold_every_code_point_once(rows: list[tuple[Box, str]], data: st.DataObject) -> None:
    text = "".join(char for _, char in rows)
    boxes = {
        at: (min(x0, x1), min(y0, y1), max(x0, x1) + 1, max(y0, y1) + 1)
        for at, ((x0, y0, x1, y1), char) in enumerate(rows)
        if not char.isspace()
    }
    lines = lines_of(places(text, boxes))
    assert [at for line in lines for at in range(line.start, line.end)] == list(range(len(text) if boxes else 0))
    for line in lines:
        assert len(line.edges) == line.end - line.start + 1
        sign = 1 if line.direction in (0, 90) else -1
        assert all(sign * (after - before) >= -1e-6 for before, after in pairwise(line.edges))
        inside = [boxes[at] for at in range(line.start, line.end) if at in boxes]
        whole = line.box(line.start, line.end)
        sides = (min(b[0] for b in inside), min(b[1] for b in inside), max(b[2] for b in inside))
        assert whole == pytest.approx((*sides, max(b[3] for b in inside)), abs=1e-6)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    marks = boxes_on(lines, Span(start, end))
    assert len(marks) <= sum(line.start < end and start < line.end for line in lines)
    assert all(box[0] < box[2] and box[1] < box[3] for box in marks)
