"""What a file says and what is drawn of it, matched letter by letter; numbers that only the layout knows."""

from __future__ import annotations

from array import array

import pytest

from ingest.formats.hwp_align import find, letters, match
from ingest.formats.hwp_equations import as_text
from ingest.formats.hwp_layout import LaidPage
from ingest.formats.hwp_places import Drawn, Leaf, number, pages_of, place


def laid(*lines: str) -> LaidPage:
    """Return a page with lines of signs 10 points wide and high, 20 points apart; a blank leaves a gap."""
    signs, boxes = "", array("f")
    for row, line in enumerate(lines):
        for column, sign in enumerate(line):
            if not sign.isspace():
                signs += sign
                boxes.extend((50 + 10 * column, 20 * row, 60 + 10 * column, 20 * row + 10))
    return LaidPage(595, 842, signs, boxes, False)


def put(drawn: Drawn, *texts: str) -> list[Leaf]:
    leaves = [Leaf(text) for text in texts]
    place(leaves, drawn)
    number(leaves, drawn)
    return leaves


def test_letters_are_folded_and_know_their_sign() -> None:
    text, at = letters("A ㎡(가)")
    assert (text, list(at)) == ("am2가", [0, 2, 2, 4])


def test_match_leaves_out_what_only_one_side_has() -> None:
    told, drawn = "가나다라마바사아자차", "머리말가나다라마쪽번호바사아자차"
    found = match(told, drawn, {0, len(told)})
    assert "".join(drawn[at] for at in found) == told


def test_match_does_not_take_what_stands_by_chance() -> None:
    found = match("국립공원", "전국의 나무", {0, 4})
    assert [at for at in found if at >= 0] == []


def test_repeated_lines_stay_in_order() -> None:
    told = "합계" + "일" * 3 + "가나다라" + "합계" + "이" * 3
    found = match(told, told, {0, 2, 5, 9, 11, 14})
    assert list(found) == list(range(len(told)))


def test_find_takes_the_nearest_place_that_is_free() -> None:
    drawn = "각주의말ㅡ각주의말ㅡ각주의말"
    used = bytearray(len(drawn))
    assert list(find("각주의말", drawn, used, 6)) == [(0, 5, 4)]
    used[5] = 1
    assert next(iter(find("각주의말", drawn, used, 6)))[1] in (0, 10)
    assert list(find("없는말", drawn, used, 0)) == []


def test_a_paragraph_is_cut_at_the_page_end() -> None:
    drawn = Drawn([laid("머리말", "하나의 문장이"), laid("머리말", "두 쪽에 걸친다")])
    (leaf,) = put(drawn, "하나의 문장이 두 쪽에 걸친다")
    assert [(page, leaf.text[a:z].strip()) for page, a, z in pages_of(leaf, drawn)] == [
        (0, "하나의 문장이"),
        (1, "두 쪽에 걸친다"),
    ]


def test_brackets_go_with_what_they_open() -> None:
    drawn = Drawn([laid("앞의 쪽에 있는 글"), laid("(괄호 안의 글)")])
    (leaf,) = put(drawn, "앞의 쪽에 있는 글 (괄호 안의 글)")
    assert [leaf.text[a:z].strip() for _, a, z in pages_of(leaf, drawn)] == ["앞의 쪽에 있는 글", "(괄호 안의 글)"]


def test_numbers_come_from_the_line() -> None:
    drawn = Drawn([laid("1. 추진 배경", "가. 필요성이 크다", "표 3 예산 현황")])
    leaves = put(drawn, "추진 배경", "필요성이 크다", "표  예산 현황")
    assert [leaf.text for leaf in leaves] == ["1. 추진 배경", "가. 필요성이 크다", "표 3 예산 현황"]


@pytest.mark.parametrize("line", ["먼 곳의 글      추진 배경", "아주 긴 앞말이 붙은 추진 배경"])
def test_other_words_of_the_line_are_no_number(line: str) -> None:
    (leaf,) = put(Drawn([laid(line)]), "추진 배경")
    assert leaf.text == "추진 배경"


def test_cells_take_no_number_from_the_cell_beside() -> None:
    leaf = Leaf("추진 배경", cell=True)
    drawn = Drawn([laid("15 추진 배경")])
    place([leaf], drawn)
    number([leaf], drawn)
    assert leaf.text == "추진 배경"


@pytest.mark.parametrize(
    ("script", "text"),
    [
        ("{1} over {2} a _{n}", "1/2 a_n"),
        ("{a+b} over {c}", "(a+b)/c"),
        ("x^{n+1} TIMES alpha", "x^(n+1) × α"),
        ("LEFT ( a RIGHT )", "( a )"),
        ('"그 값" <= 3', "그 값 ≤ 3"),
        ("cases{1~#2}", "1 ; 2"),
        ("{unclosed", "unclosed"),
        ("", ""),
    ],
)
def test_equations_read_as_a_line(script: str, text: str) -> None:
    assert as_text(script) == text
