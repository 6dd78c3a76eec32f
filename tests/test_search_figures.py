"""Numbers in text: every spelling of a value is that value, intervals are what words of bound say, traps stay traps."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.labelled_figures import read as labelled
from corpus.figures import Figure, FigureKind
from search.figure_search import forms, spelled
from search.figures import figures, mentions, value
from search.query import FigureRange, parse


def one(text: str) -> Figure:
    found = figures(text)
    assert len(found) == 1, found
    return found[0]


def bounds(figure: Figure) -> str:
    low, high = (None if each is None else format(each.normalize(), "f") for each in (figure.low, figure.high))
    return f"{'(' if figure.low_open else '['}{low},{high}{')' if figure.high_open else ']'}"


# research/peers.md, section 7, and the issue.
SAME = [
    "1억7,000만",
    "1억 7천만",
    "1억 7000만",
    "1억7천만",
    "170,000,000",
    "170000000",
    "170 million",
    "170M",
    "1.7억",
    "１억 ７천만",
    "일억 칠천만",
]


@pytest.mark.parametrize("written", SAME)
def test_every_spelling_is_one_value(written: str) -> None:
    found = value(written)
    assert found is not None
    assert found.plain
    assert found.low == Decimal(170_000_000)


@pytest.mark.parametrize(
    ("written", "low", "high", "unit"),
    [
        ("1억7,000만여건", 170_000_000, 180_000_000, "건"),
        ("1억 7천만건", 170_000_000, 170_000_000, "건"),
        ("1억 7천만 건", 170_000_000, 170_000_000, "건"),
        ("1억 7000만 장", 170_000_000, 170_000_000, "장"),
        ("1억 7760만 건", 177_600_000, 177_600_000, "건"),
        ("5,764만여", 57_640_000, 57_650_000, None),
        ("5,764만 여 건", 57_640_000, 57_650_000, "건"),
        ("5,760만", 57_600_000, 57_600_000, None),
        ("1억 2,000만", 120_000_000, 120_000_000, None),
    ],
)
def test_the_spellings_of_the_story(written: str, low: int, high: int, unit: str | None) -> None:
    found = one(f"그 수는 {written}이다.")
    assert (found.low, found.high, found.unit) == (Decimal(low), Decimal(high), unit)


def test_a_rounded_number_holds_the_exact_one_and_not_its_neighbour() -> None:
    assert one("1억 7천만여 건").overlaps(one("1억 7,760만 건"))
    assert not one("5,764만여 건").overlaps(one("5,760만 건"))
    assert not one("1.7억").overlaps(one("17억"))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("약 42만 개", "[415000,425000)"),
        ("약 28.8%", "[28.75,28.85)"),
        ("300여 명", "[300,400)"),
        ("약 6,300여명", "[6300,6400)"),
        ("4회 이상", "[4,None]"),
        ("100개 초과", "(100,None]"),
        ("3천만원 이하", "[None,30000000]"),
        ("30% 미만", "[None,30)"),
        ("약 3조원 이상", "[3000000000000,None]"),
        ("1천만원 이상 2천만원 미만", "[10000000,20000000)"),
        ("10～15년 미만", "[10,15)"),
        ("3~4억", "[300000000,400000000]"),
        ("2~5B", "[2000000000,5000000000]"),
        ("5 to 8 million", "[5000000,8000000]"),
        ("70에서 95%", "[70,95]"),
        ("30대 여성", "[30,40)"),
        ("50~60대", "[50,70)"),
        ("20%대", "[20,30)"),
        ("more than 200 feet", "(200,None]"),
        ("no more than 5 days", "[None,5]"),
        ("between 5 and 60 seconds", "[5,60]"),
        ("about 60 percent", "[55,65)"),
        ("574백만원", "[574000000,574000000]"),
        ("3천25만원", "[30250000,30250000]"),
        ("만오천명", "[15000,15000]"),
        ("one million words", "[1000000,1000000]"),
        ("△46.3%", "[-46.3,-46.3]"),
        ("$4,416,261.50", "[4416261.5,4416261.5]"),
    ],
)
def test_intervals(written: str, expected: str) -> None:
    assert bounds(one(written)) == expected


def test_a_change_in_time_is_no_range() -> None:
    assert [bounds(each) for each in figures("2015년 2조원에서 2020년 3조원으로")] == [
        "[2000000000000,2000000000000]",
        "[3000000000000,3000000000000]",
    ]


@pytest.mark.parametrize("text", ["제15조", "766조 1항", "책임을 진다(758조).", "Section 106", "§ 1302(b)(1)"])
def test_articles_are_apart(text: str) -> None:
    assert {each.kind for each in figures(text)} == {FigureKind.ARTICLE}


@pytest.mark.parametrize("text", ["제2차", "1등급", "2위를", "제17대 국회", "3rd", "1차년도"])
def test_ordinals_are_apart(text: str) -> None:
    assert one(text).kind is FigureKind.ORDINAL


@pytest.mark.parametrize(
    "text",
    [
        "전화 02-1234-5678",
        "3:2",
        "오후 3시 30분",
        "9 a.m.",
        "[그림 1] 비교",
        "100분의 70",
        "PCC-772",
        "2호선",
        "A1블록",
        "Vol. 85, No. 152",
        "9" * 500,
    ],
)
def test_what_is_no_figure(text: str) -> None:
    assert figures(text) == []


def test_the_header_of_a_table_holds_for_its_cells() -> None:
    text = "(단위: 천명, %)\n구분 2019년 2020년\n남성 1,200 1,350\n비율 45.1 46.0\n※ 3 이상은 뺐다."
    found = [(bounds(each), each.unit) for each in figures(text)]
    assert found == [
        ("[1200000,1200000]", "명"),
        ("[1350000,1350000]", "명"),
        ("[45.1,45.1]", "%"),
        ("[46,46]", "%"),
        ("[3,None]", None),
    ]


@pytest.mark.parametrize(
    ("written", "expected", "unit"),
    [
        ("2관왕을 차지", "[2,2]", "관왕"),  # a counter that no list has
        ("12마디의", "[12,12]", "마디"),
        ("33개사", "[33,33]", "개사"),
        ("63개분야", "[63,63]", "개"),
        ("4인가구", "[4,4]", "인"),
        ("1,234 가구", "[1234,1234]", "가구"),
        ("45필지", "[45,45]", "필지"),
        ("3,300㎡", "[3300,3300]", "m2"),
        ("200리터", "[200,200]", "l"),
        ("75톤급", "[75,75]", "톤"),
        ("1년여 동안", "[1,2)", "년"),
        ("해병 1여단", "[1,1]", "여단"),
        ("9억4000여만원", "[940000000,950000000)", "원"),
        ("10여만 명", "[100000,200000)", "명"),
        ("6조3천29억원", "[6302900000000,6302900000000]", "원"),
        ("60대 이상", "[60,None]", "세"),
        ("10대 그룹", "[10,10]", "대"),
        ("2인 1조로", "[2,2] [1,1]", "조"),
        ("1명부터 3명까지", "[1,3]", "명"),
        ("300만원에서 500만원까지", "[3000000,5000000]", "원"),
        ("(−)5.1%", "[-5.1,-5.1]", "%"),
        ("98 percent or higher", "[98,None]", "%"),
        ("the .05 level", "[0.05,0.05]", "level"),
        ("$.50 each", "[0.5,0.5]", "달러"),
        ("£3.2m", "[3200000,3200000]", "파운드"),
        ("4.5 hours", "[4.5,4.5]", "hour"),
        ("5 days", "[5,5]", "day"),
        ("40k characters", "[40000,40000]", "character"),
    ],
)
def test_units_and_numbers_of_other_papers(written: str, expected: str, unit: str) -> None:
    found = figures(f"모두 {written}" if any(sign >= "가" for sign in written) else written)
    assert " ".join(map(bounds, found)) == expected
    assert found[-1].unit == unit


@pytest.mark.parametrize(
    "text",
    [
        "F-35, K-9 자주포, 코로나19, KTX-1, ISO 9001, USB 3.0 규격, Windows 10 운영체제",
        "의안번호 2101234, 개인정보정책과-1234, 법률 제7368호, 문제1: 단절, 합동 결의안 94호",
        "6.25전쟁, 5․18민주유공자, 8.15경축사, 90년대, 제 3자 제공",
        "서울시 중구 세종대로 110, 101동 1203호, 402호실, 3,4호라인",
        "20××년, 000,000, 이천 시민, 일조권, 백조, 1만분의 3, 1:N",
        "개요 · · · · · 27",
        "《반올림 3》, 《19》, 5·17 폭거, 8.15 사면, 갤럭시 노트 7 폭발 사건을 본다.",
        "Algorithms 271 and 402, the IBM 7074, 7080 and 7090 systems, for the Control Data 3600, [1,2]",
        "the flight control system 2 generated, at Time 2, this decrease, H.R. 3684, 21 Mag. 4335",
        "401(k), 1 1/2 years, the 80s, 1 < a < 2, page 3 of 12, Fig. 2",
    ],
)
def test_names_marks_and_ratios_of_other_papers(text: str) -> None:
    assert figures(text) == []


def test_a_number_after_a_name_that_is_no_name_counts() -> None:
    assert [bounds(each) for each in figures("일반도로 2,000km를 달린 뒤 앞으로 3, 그리고 GDP 3.2%")] == [
        "[2000,2000]",
        "[3,3]",
        "[3.2,3.2]",
    ]
    assert [bounds(each) for each in figures("Number of months case was pending: 13.\nFiled")] == ["[13,13]"]
    assert [bounds(each) for each in figures("11/01/2015 11/09/2015 Gowan Farming, Inc. Kerman 2551 Closure")] == [
        "[2551,2551]"
    ]


def test_a_scale_over_a_line_end_belongs_to_ages_below() -> None:
    found = figures("만50∼만60세 미만 23\n만40∼만50세 미만 21")
    assert [bounds(each) for each in found] == ["[50,60)", "[23,23]", "[40,50)", "[21,21]"]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1급 내지 7급", 1, 7),
        ("17, 18대 국회", 17, 17),
        ("1~2단계", 1, 2),
        ("18~17세기", 17, 18),
        ("2주차", 2, 2),
        ("5년 차에", 5, 5),
        ("1심 판결", 1, 1),
        ("국정원 2차장", 2, 2),
        ("1차로 29명", 1, 1),
    ],
)
def test_more_ordinals(text: str, low: int, high: int) -> None:
    found = figures(text)[0]
    assert (found.kind, found.low, found.high) == (FigureKind.ORDINAL, Decimal(low), Decimal(high))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("구분\t건수\t백만원\n서울\t12\t1,200", ["[12,12] None", "[1200000000,1200000000] 원"]),
        ("구분 건수 백만원\n서울 12 1,200", ["[12,12] None", "[1200000000,1200000000] 원"]),
        ("Country Cases Million\nKorea 12 1,200", ["[12,12] None", "[1200000000,1200000000] None"]),
        ("Country New Cases Million\nKorea 12 1,200", ["[12,12] None", "[1200,1200] None"]),  # which column?
        ("구분 전년 올해\n예산(백만원) 12 13", ["[12000000,12000000] 원", "[13000000,13000000] 원"]),
        ("성명 나이(만) 점수(전체)\n홍길동 33 95", ["[33,33] None", "[95,95] None"]),
        ("(단위: 명, 백만원)\n지원 인원 12 13", ["[12,12] 명", "[13,13] 명"]),
        ("(단위: 명, 백만원)\n사업 예산 12 13", ["[12000000,12000000] 원", "[13000000,13000000] 원"]),
        ("(단위: 명, 백만원)\n기타 12 13", ["[12,12] None", "[13,13] None"]),  # it cannot be told
        (
            "(단위: 건, 천원)\n구분 건수 금액\n서울 12 13",
            ["[12,12] 건", "[13000,13000] 원"],
        ),
    ],
)
def test_heads_of_columns_and_rows_under_several_units(text: str, expected: list[str]) -> None:
    assert [f"{bounds(each)} {each.unit}" for each in figures(text)] == expected


def test_withheld_digits_join_nothing() -> None:
    assert [bounds(each) for each in figures("17█만 명")] == ["[17,17]"]


@given(st.text(alphabet="0123456789,.- \n\t년월일만억조천백십명건원%~약여이상제조()'’△$kKmM억million of", max_size=60))
def test_any_text_is_read_and_spans_are_in_order(text: str) -> None:
    spans = sorted(
        [(each.start, each.end) for each in figures(text)] + [(each.start, each.end) for each in mentions(text)]
    )
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.integers(1, 10**15), st.sampled_from(["", "명", "건", "원", "개월"]))
def test_a_value_in_every_spelling_is_itself(number: int, unit: str) -> None:
    for form in (str(number), *forms(Decimal(number))):
        if unit and form.endswith("million"):
            continue
        found = value(form + unit)
        assert found is not None, form + unit
        assert found.low == found.high == number, form


@given(
    st.integers(1, 10**9),
    st.sampled_from(["약 {}명", "{}여 건", "{}원 이상", "{}% 미만", "최대 {}개", "up to {} days", "{} million people"]),
)
def test_a_figure_read_alone_has_the_same_value(number: int, pattern: str) -> None:
    text = f"그 수는 {pattern.format(f'{number:,}')} 라고 한다."
    found = one(text)
    again = one(text[found.start : found.end])
    assert (found.low, found.high, found.low_open, found.high_open) == (
        again.low,
        again.high,
        again.low_open,
        again.high_open,
    )


def test_numbers_of_a_query_are_found_in_other_spellings() -> None:
    node, told = spelled(parse("1억 7천만 건 동의"))
    assert [(each.typed, each.value) for each in told] == [("1억 7천만 건", "170000000")]
    assert "170 million" in told[0].forms
    assert FigureRange("170000000", "170000000", "건", close=True) in node.children[0].children  # type: ignore[union-attr]
    assert spelled(parse("1억 7천만 건 동의"), frozenset({"1억 7천만 건"}))[1] == ()


@pytest.mark.parametrize(
    "query", ["=57640000", '"5,764만"', "-57640000", "2019", "figure:57640000", "5764*", "안면 12"]
)
def test_what_a_query_means_word_for_word_has_no_other_spellings(query: str) -> None:
    assert spelled(parse(query)) == (parse(query), ())


def test_the_tuning_half_is_read_right() -> None:
    for line in labelled("tuning"):
        outcomes = {how for _, how in line.kinds()}
        assert outcomes <= {"right", "optional"}, line.name
