"""Words near each other: gaps in phrases and words in any order, counted in words of the running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Furniture, FurnitureKind, Page, Withheld
from search.near import GAP, gapped_spans, near_spans
from search.query import Gapped, Near, Word, parse


def found(query: str, text: str, **page: object) -> list[str]:
    node, here = parse(query), Page("d", 1, "f", text, **page)  # type: ignore[arg-type]
    assert isinstance(node, Gapped | Near)
    spans = gapped_spans(here, node) if isinstance(node, Gapped) else near_spans(here, node)
    return [text[span.start : span.end] for span in spans]


def between(first: str, last: str, words: int) -> str:
    return " ".join([first, *(f"낱말{n}" for n in range(words)), last])


@pytest.mark.parametrize(
    ("query", "text", "there"),
    [
        ('"동의를 * 않았다"', "동의를 전혀 받지 않았다", ["동의를", "않았다"]),
        ('"동의를 * 않았다"', "동의를\n받지\n않았다고", ["동의를", "않았다"]),
        ('"동의를 * 않았다"', "동의를 않았다", ["동의를", "않았다"]),  # none between will do
        ('"동의를 * 않았다"', "않았다. 동의를", []),
        ('"동의를 * 않았다"', between("동의를", "않았다", GAP), ["동의를", "않았다"]),
        ('"동의를 * 않았다"', between("동의를", "않았다", GAP + 1), []),
        ('"동의를 * * 않았다"', between("동의를", "않았다", 2 * GAP), ["동의를", "않았다"]),
        ('"동의를 * * 않았다"', between("동의를", "않았다", 2 * GAP + 1), []),
        ('"동의를 * 않았다"', "동의를 " + "- · ■ " * 20 + "않았다", ["동의를", "않았다"]),  # signs are no words
        ('"정보 * 동의 * 제공"', "개인정보의 동의 없는 제공", ["정보", "동의", "제공"]),
        ('"정보 * 동의 * 제공"', "개인정보의 제공 동의", []),
        ('"may * consent"', "May not do so without CONSENT", ["May", "CONSENT"]),
        ('"5 * 6"', "5 * 6", ["5", "6"]),
        ('"1.7억 * 원"', "17억 몇 원", []),  # a part is a phrase: figures are exact
        ('"가 * 가"', "가 나 다", []),
        ('"가 * 가"', "가 나 가", ["가", "가"]),
    ],
)
def test_gaps(query: str, text: str, there: list[str]) -> None:
    assert found(query, text) == there


@pytest.mark.parametrize(
    ("query", "text", "there"),
    [
        ('"동의 제공"~3', "제공에 관한 동의", ["제공", "동의"]),
        ('"동의 제공"~3', between("동의", "제공", 3), ["동의", "제공"]),
        ('"동의 제공"~3', between("동의", "제공", 4), []),
        ('"동의 제공"~0', "동의제공", ["동의", "제공"]),
        ('"동의 제공"~0', "동의 후 제공", []),
        ('"안면인식 동의"~1', "안면 인식에 대한 동의", ["안면 인식", "동의"]),
        ('"image consent"~5', "Consent for images", ["Consent", "images"]),
        ('"=image consent"~5', "consent for images", []),
        ('"가 나 다"~2', "다 하나 나 둘 가", ["다", "나", "가"]),
        ('"가 나 다"~1', "다 하나 나 둘 가", []),
        ('"5764만 안면"~2', "내국인 5,764만 건의 안면", ["5,764만", "안면"]),
    ],
)
def test_nearness(query: str, text: str, there: list[str]) -> None:
    assert found(query, text) == there


def test_only_near_places_are_marked() -> None:
    text = between("동의", "제공 동의", 9)
    assert found('"동의 제공"~2', text) == ["제공", "동의"]


def test_running_heads_and_withheld_text_do_not_count() -> None:
    text = "동의를\n- 1 쪽 하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열 -\n않았다"
    head = (Furniture(FurnitureKind.FOOT, 4, text.index("않았다")),)
    assert found('"동의를 * 않았다"', text) == []
    assert found('"동의를 * 않았다"', text, furniture=head) == ["동의를", "않았다"]
    assert found('"동의 여섯"~99', text) == ["동의", "여섯"]
    assert found('"동의 여섯"~99', text, furniture=head) == []
    covered = (Withheld(text.index("않았다"), len(text), (0, 0, 1, 1)),)
    assert found('"동의 않았다"~99', text, withheld=covered) == []


WORDS = ["가", "나", "다", "라"]


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.integers(0, 6), st.integers(2, 3))
def test_nearness_by_brute_force(words: list[str], within: int, number: int) -> None:
    sought = WORDS[:number]
    there = any(
        set(sought) <= set(words[start:end]) and end - start - number <= within
        for start in range(len(words))
        for end in range(start + number, len(words) + 1)
    )
    page = Page("d", 1, "f", " ".join(words))
    assert bool(near_spans(page, Near(tuple(map(Word, sought)), within))) is there


@given(st.lists(st.sampled_from(["가", "나", "다", "x"]), max_size=30))
def test_gaps_by_brute_force(words: list[str]) -> None:
    there = any(
        words[i] == "가" and words[j] == "나" and words[k] == "다" and j - i - 1 <= GAP and k - j - 1 <= 2 * GAP
        for i in range(len(words))
        for j in range(i + 1, len(words))
        for k in range(j + 1, len(words))
    )
    page = Page("d", 1, "f", " ".join(words))
    assert bool(gapped_spans(page, Gapped(("가", "나", "다"), (1, 2)))) is there
