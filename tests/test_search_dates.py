"""Dates in text: every way to write one, ranges, and years that come from the text alone."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.figures import mentions


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2005.02.03.", "2005-02-03", "2005-02-03"),
        ("2010.8.23.", "2010-08-23", "2010-08-23"),
        ("2021. 12. 20.", "2021-12-20", "2021-12-20"),
        ("'21.12.20", "2021-12-20", "2021-12-20"),
        ("‘99년", "1999", "1999"),
        ("2019년 4월", "2019-04", "2019-04"),
        ("2013\n년", "2013", "2013"),
        ("4월 22일", "--04-22", "--04-22"),
        ("April 30, 2019", "2019-04-30", "2019-04-30"),
        ("30 April 2019", "2019-04-30", "2019-04-30"),
        ("April 2019", "2019-04", "2019-04"),
        ("Jun-2014", "2014-06", "2014-06"),
        ("04/13/2015", "2015-04-13", "2015-04-13"),
        ("2020년 1분기", "2020-01", "2020-03"),
        ("‘24.1Q", "2024-01", "2024-03"),
        ("2022년 하반기", "2022-07", "2022-12"),
        ("’18년~’20년", "2018", "2020"),
        ("2024년부터 2028년", "2024", "2028"),
        ("‘21.3.2∼9", "2021-03-02", "2021-03-09"),
        ("3월~6월", "--03", "--06"),
        ("2022. 8. 1.(월) ~ 8. 3.(수)", "2022-08-01", "2022-08-03"),
        ("22.3.5.(토)에 한 회의", "2022-03-05", "2022-03-05"),
        ("22년 3월 5일 회의", "2022-03-05", "2022-03-05"),
        ("21년도 예산", "2021", "2021"),
        ("97년 대선", "1997", "1997"),
        ("2020~21년", "2020", "2021"),
        ("1970~80년대", "1970", "1989"),
        ("1960-64", "1960", "1964"),
        ("2019/20", "2019", "2020"),
        ("‘21.6~12", "2021-06", "2021-12"),
        ("19.01~22.12 산업부", "2019-01", "2022-12"),
        ("3월 5~7일", "--03-05", "--03-07"),
        ("5·6월", "--05", "--06"),
        ("3/5(금)", "--03-05", "--03-05"),
        ("이달 28일까지", "---28", "---28"),
        ("(‘10월)", "--10", "--10"),
        ("왕순(1215~1294)", "1215", "1294"),
        ("Q3 2020", "2020-07", "2020-09"),
        ("mid-1980s", "1980", "1989"),
    ],
)
def test_ways_to_write_a_date(text: str, first: str, last: str) -> None:
    assert [(each.first, each.last) for each in mentions(text)] == [(first, last)]


def test_a_year_comes_from_a_full_date_just_before_and_never_from_after() -> None:
    assert [each.first for each in mentions("2018. 9. 4.(화) 조간(온라인 9. 3. 12:00)부터")] == [
        "2018-09-04",
        "2018-09-03",
    ]
    assert [each.first for each in mentions("1월 2일(화), 2024년 새해")] == ["--01-02", "2024"]
    assert [each.first for each in mentions("2018. 9. 4. 발표\n3월 5일 회의")] == ["2018-09-04", "--03-05"]


@pytest.mark.parametrize(
    "text", ["20년간", "5개월", "30일 이내", "170,2019", "$2019", "75년간", "80년 만에", "40년도 더", "90년대"]
)
def test_what_is_no_date(text: str) -> None:
    assert mentions(text) == []


@given(st.dates(dt.date(1970, 1, 1), dt.date(2069, 12, 31)))
def test_a_day_in_every_spelling_is_itself(day: dt.date) -> None:
    two = f"{day.year % 100:02}"
    spellings = [
        f"{day.year}. {day.month}. {day.day}.",
        f"{day.year}.{day.month:02}.{day.day:02}.",
        f"{day.year}년 {day.month}월 {day.day}일",
        f"’{two}. {day.month}. {day.day}.",
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day:%m/%d/%Y}",
    ]
    for spelling in spellings:
        assert [(each.first, each.last) for each in mentions(spelling)] == [(day.isoformat(), day.isoformat())], (
            spelling
        )
