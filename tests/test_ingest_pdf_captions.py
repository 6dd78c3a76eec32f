"""Captions of tables: the line over a table that names it, and no other."""

from __future__ import annotations

import pytest

from corpus.model import Box, Page, Word, Words
from ingest.formats.pdf_captions import captions

TABLE: Box = (70.0, 300.0, 500.0, 400.0)


def page_of(*lines: tuple[str, float, float]) -> Page:
    """Return a page with lines of text, each with where its left and its top are; they are 12 points high."""
    words, text = [], ""
    for line, x, top in lines:
        for part in line.split():
            start = len(text) + line.index(part)
            words.append(Word(start, start + len(part), (x, top, x + 20.0, top + 12.0)))
        text += line + "\n"
    return Page("d" * 64, 1, "test-1", text, width=595.0, height=842.0, words=Words.pack(words, 595.0, 842.0))


@pytest.mark.parametrize(
    "line", ["<표 4> 단계별 정보의 종류", "표 2-1. 카메라 현황", "[표3] 예산", "Table 2: Reactions", "○ 표 1 비용"]
)
def test_the_line_over_a_table_names_it(line: str) -> None:
    page = page_of((line, 70.0, 270.0), ("(단위: 천 명)", 400.0, 285.0))
    (found,) = captions(page, [TABLE])
    assert found is not None
    assert page.text[slice(*found)] == line


@pytest.mark.parametrize(
    "line", ["표 4는 이전 규모를 보여 준다", "자료의 종류", "표본 3건", "Tables were left out", "표 4와 같다"]
)
def test_a_sentence_is_no_caption(line: str) -> None:
    assert captions(page_of((line, 70.0, 280.0)), [TABLE]) == [None]


@pytest.mark.parametrize(("x", "top"), [(70.0, 200.0), (520.0, 280.0), (70.0, 405.0)])
def test_far_away_beside_or_below_it_names_another(x: float, top: float) -> None:
    assert captions(page_of(("<표 4> 정보의 종류", x, top)), [TABLE]) == [None]


def test_each_caption_belongs_to_the_nearest_table() -> None:
    page = page_of(("표 1 갑", 70.0, 280.0), ("표 2 을", 300.0, 280.0))
    left, right, below = (70.0, 300.0, 200.0, 320.0), (300.0, 295.0, 500.0, 320.0), (70.0, 322.0, 500.0, 400.0)
    found = captions(page, [left, right, below])
    assert [page.text[slice(*each)] if each else None for each in found] == ["표 1 갑", "표 2 을", None]
