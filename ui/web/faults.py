"""Why a query is not understood, in Korean: the sentences of search/query.py, each by its form."""

from __future__ import annotations

import re

from search.query import QueryError

_KOREAN = [
    (r"The query, written out, has (.+) characters; .+ to (.+)\.", "검색식이 모두 {}자입니다. {}자 이내로 줄이십시오."),
    (r"More than (\d+) parentheses .+", "여기에서 괄호가 {}겹을 넘습니다. 괄호를 줄이십시오."),
    (r"This scope contradicts .+", "앞에 적은 scope:와 서로 다릅니다. 하나만 남기십시오."),
    (r"Beside this scope .+", "scope: 말고는 찾을 말이 없습니다. 낱말을 더 적으십시오."),
    (r"A scope is for the whole .+", "scope:는 검색식 전체에 적용됩니다. 괄호나 NOT 밖으로 옮기십시오."),
    (r"A \* may stand .+", "*는 낱말 끝에만 쓸 수 있습니다. 그대로 찾으려면 따옴표로 묶으십시오."),
    (
        r"After = comes .+",
        "= 뒤에는 낱말 하나만 옵니다(*, 기호, 항목 이름 불가). =낱말 또는 title:=낱말처럼 적으십시오.",
    ),
    (
        r"There is nothing to search for here, .+",
        "글자나 숫자가 없어 찾을 수 없습니다. 기호는 곁의 낱말과 함께 따옴표로 묶으십시오.",
    ),
    (
        r"There is no field (.+): \(did you mean (.+):\?\); use one of (.+), or .+",
        "{}:라는 항목은 없습니다({}:?). 쓸 수 있는 항목은 {}이며, 글자 그대로 찾으려면 따옴표로 묶으십시오.",
    ),
    (
        r"There is no field (.+):; use one of (.+), or .+",
        "{}:라는 항목은 없습니다. 쓸 수 있는 항목은 {}이며, 글자 그대로 찾으려면 따옴표로 묶으십시오.",
    ),
    (r"The value of (.+): is not a phrase; .+", "{}:의 값은 따옴표 없이 적으십시오."),
    (r"This is not a scope; .+", "scope:document 또는 scope:page로 적으십시오."),
    (
        r"This is not a date; write mention.+",
        "날짜가 아닙니다. mention:2019, mention:2019-04-22, mention:04-22, mention:2019..2021처럼 적으십시오.",
    ),
    (
        r"This is not a figure; .+",
        "숫자가 아닙니다. figure:170000000, figure:1억7천만, figure:50명, figure:1.6억..1.8억처럼 적으십시오.",
    ),
    (r"The two figures have .+", "두 숫자의 단위가 다릅니다. 같은 단위를 적거나 단위를 빼십시오."),
    (r"This range of figures .+", "범위의 끝이 시작보다 작습니다. 작은 숫자를 먼저 적으십시오."),
    (r"One of the two dates .+", "두 날짜 가운데 하나에만 연도가 있습니다. 둘 다 적거나 둘 다 빼십시오."),
    (
        r"A range of dates without a year .+",
        "연도 없는 기간에는 시작과 끝이 모두 있어야 합니다. mention:04-01..04-30처럼 적으십시오.",
    ),
    (
        r"This is not a date; .+",
        "날짜가 아닙니다. date:2019, date:2019-04, date:2019-04-22, date:2019..2021처럼 적으십시오.",
    ),
    (r"This range of dates .+", "기간의 끝이 시작보다 앞섭니다. 이른 날짜를 먼저 적으십시오."),
    (r"The calendar has no (.+); .+", "{}은(는) 달력에 없는 날짜입니다. 날짜를 고치십시오."),
    (r"This is not a page number; .+", "쪽 번호가 아닙니다. page:3, page:3..5, page:3.., page:..5처럼 적으십시오."),
    (r"Pages are counted from 1; .+", "쪽은 1부터 셉니다. 첫 쪽은 page:1입니다."),
    (r"This range of pages .+", "쪽 범위의 끝이 시작보다 앞섭니다. 작은 번호를 먼저 적으십시오."),
    (r"(.+) has no value; .+", "{} 뒤에 값이 없습니다. 낱말이나 따옴표로 묶은 말을 바로 이어 적으십시오."),
    (
        r"Nothing opens the quotation .+",
        "여기서 끝나는 따옴표의 시작이 없습니다. 앞에 “를 적거나 이 따옴표를 지우십시오.",
    ),
    (
        r"The quotation that begins here .+ write (.+) after it\.",
        "여기서 시작한 따옴표가 닫히지 않았습니다. 뒤에 {}를 적으십시오.",
    ),
    (
        r"A regular expression begins here .+",
        "여기서 시작한 정규식이 닫히지 않았습니다. 뒤에 /를 적거나 따옴표로 묶으십시오.",
    ),
    (r"This is no regular expression \((.+)\); .+", "정규식이 아닙니다({}). 고치거나 따옴표로 묶으십시오."),
    (r"Before and after a \* .+", "따로 선 *의 앞뒤에는 글자나 숫자가 있어야 합니다. * 또는 기호를 지우십시오."),
    (
        r'After "…"~ comes a number of words, up to (\d+); .+',
        '"…"~ 뒤에는 낱말 수({} 이하)가 옵니다. "가 나"~10처럼 적거나 ~ 앞을 띄우십시오.',
    ),
    (
        r"Before ~ come two or more .+",
        '~ 앞에는 서로 다른 낱말 둘 이상을 * 없이 따옴표로 묶어 적습니다. "가 나"~10처럼 적으십시오.',
    ),
    (r"This is not a kind of file; .+", "파일 종류가 아닙니다. type:pdf처럼 적으십시오."),
    (
        r"The field (.+): has no such value; write (.+) or (.+)\.",
        "{}:에는 그런 값이 없습니다. {} 또는 {} 중에서 적으십시오.",
    ),
    (
        r"This is not a confidence, .+",
        "신뢰도는 0부터 1까지의 수입니다. confidence:..0.8 또는 confidence:0.5..0.8처럼 적으십시오.",
    ),
    (r"This range ends .+", "범위의 끝이 시작보다 작습니다. 작은 수를 먼저 적으십시오."),
    (r"No - or NOT may follow (.+); .+", "{} 뒤에는 -나 NOT이 올 수 없습니다. 항목 앞에 적거나 따옴표로 묶으십시오."),
    (r"Here a second NOT .+", "NOT(또는 -)이 두 번 이어집니다. 하나를 지우십시오."),
    (r"Nothing follows (.+); .+", "{} 뒤에 찾을 말이 없습니다. 말을 적거나 {}을(를) 지우십시오."),
    (r"The parenthesis opened here .+", "여기서 연 괄호가 닫히지 않았습니다. 뒤에 )를 적으십시오."),
    (r"The query is empty; .+", "검색식이 비어 있습니다. 낱말을 하나 이상 적으십시오."),
    (r"Nothing stands before (.+); .+", "{} 앞에 찾을 말이 없습니다. 말을 적거나 {}을(를) 지우십시오."),
    (r"These parentheses are empty; .+", "괄호 안이 비어 있습니다. 찾을 말을 적으십시오."),
    (r"This parenthesis closes none; .+", "짝이 없는 닫는 괄호입니다. 앞에 (를 적거나 지우십시오."),
]
KOREAN = [(re.compile(shape, re.DOTALL), sentence) for shape, sentence in _KOREAN]


def said(error: QueryError, language: str) -> str:
    """Return an error's sentence in a language; in English where there is no other."""
    if language == "ko":
        for shape, sentence in KOREAN:
            found = shape.fullmatch(error.message)
            if found:
                return _filled(sentence, found.groups())
    return error.message


def _filled(sentence: str, values: tuple[str, ...]) -> str:
    """Put values into the places of a sentence; the last one also into the places that are left."""
    first, *rest = sentence.split("{}")
    for place, part in enumerate(rest):
        first += values[min(place, len(values) - 1)] + part
    return first
