"""Regular expressions over pages: what matches, what may be narrowed by letters, and that time ends."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.folding import HYPHEN, squash
from corpus.model import Page, Withheld
from search.patterns import PatternFault, compiled, literals, spans, stretches


def page(text: str, withheld: tuple[Withheld, ...] = ()) -> Page:
    return Page("d", 1, "f", text, withheld=withheld)


def matched(expression: str, text: str) -> list[str]:
    return [text[span.start : span.end] for span in spans(page(text), expression)]


@pytest.mark.parametrize(
    ("expression", "text", "there"),
    [
        (r"제 ?\d+조", "출입국관리법 제12조, 제 3조의2", ["제12조", "제 3조"]),
        (r"AI", "AI와 ai", ["AI"]),
        (r"(?i)ai", "AI와 ai", ["AI", "ai"]),
        (r"^2\.", "1. 하나\n2. 둘", ["2."]),
        (r"다\.$", "하였다.\n되었다. 끝", ["다."]),
        (r"동의.않", "동의\n않", []),
        (r"동의\s않", "동의\n않", ["동의\n않"]),
        (r"recog-nition", f"recog{HYPHEN}nition", [f"recog{HYPHEN}nition"]),
        (r"x*", "글", []),  # what matches nothing at all is no match
        (r"[가-힣]+(?=은)", "기관은", ["기관"]),
        (r"1\/2", "1/2", ["1/2"]),
    ],
)
def test_what_matches(expression: str, text: str, there: list[str]) -> None:
    assert matched(expression, text) == there


def test_withheld_text_is_not_looked_into() -> None:
    hidden = page("연락처 비밀번호 끝", (Withheld(4, 8, (0, 0, 1, 1)),))
    assert spans(hidden, "비밀번호") == ()
    assert spans(hidden, "비|█+")[0].start == 4


def test_time_ends() -> None:
    slow = page("x" * 5000 + "!")
    with pytest.raises(TimeoutError):
        list(stretches(slow, "(x+x+)+y", seconds=0.05))


def test_what_was_found_before_time_ended_is_kept() -> None:
    slow = page("y" + "x" * 5000)
    assert [span.end for span in spans(slow, "y|(x+x+)+z")] == [1]


@pytest.mark.parametrize(
    ("expression", "position"),
    [
        ("가(나", 3),
        ("[가", 2),
        ("*가", 0),
        ("가\\", 2),
        ("가(?R)*", 1),
        ("(?P<가>나)(?&가)", 8),
        (r"\L<목록>", None),
        ("가{99999999999}", None),
    ],
)
def test_faults_have_a_place(expression: str, position: int | None) -> None:
    with pytest.raises(PatternFault) as caught:
        compiled(expression)
    assert 0 <= caught.value.position <= len(expression)
    if position is not None:
        assert caught.value.position == position
    assert str(caught.value)


@pytest.mark.parametrize(
    ("expression", "runs"),
    [
        ("동의.{0,5}않습니다", ["않습니", "동의"]),
        ("안면인식?시스템", ["안면인", "시스템"]),
        ("consent", ["consen"]),  # an accent may follow, and join the t
        ("(?i)consent 동의", ["동의"]),
        (r"2019\. ?4", ["2019"]),
        ("가나|다라", []),
        ("(가나다)", []),
        ("(가나|다라)마바", ["마바"]),
        ("[가나다]라마", ["라마"]),
        ("[^]가]라마", ["라마"]),
        ("(?!가나)다라", ["다라"]),
        (r"\x41가나다", []),
        ("(?x) 가 나 다", []),
        ("가", []),
        ("가나{2}다라", ["다라"]),
    ],
)
def test_letters_that_must_stand_there(expression: str, runs: list[str]) -> None:
    found = literals(expression)
    assert len(found) == len(runs)
    for group, run in zip(sorted(found, key=str), sorted(runs), strict=True):
        assert any(form.startswith(run) for form in group)


PIECES = [
    "가",
    "나",
    "각",
    "동의",
    "AI",
    "ai",
    "ß",
    "SS",
    "é",
    "e",
    "\u0301",
    "5",
    "²",
    "㎡",
    " ",
    "\n",
    "-",
    HYPHEN,
    "\u11a8",
    "ﬁ",
]
EXPRESSIONS = [
    *["가나", "동의", "각", "AI", "ai", "ss", "e", "5", "m2", "fi"],
    *["?", "*", "+", "{0,2}", r"\s*", ".", "(가|나)", "[가-힣]", "(?:동의)?", "|", r"\W", "(?!나)", "(?=가)"],
]
texts = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)
expressions = st.tuples(
    st.sampled_from(["", "(?i)"]), st.lists(st.sampled_from(EXPRESSIONS), min_size=1, max_size=6)
).map(lambda made: made[0] + "".join(made[1]))


@given(expressions, st.lists(texts, min_size=1, max_size=5))
def test_narrowing_loses_nothing(expression: str, some: list[str]) -> None:
    try:
        compiled(expression)
    except PatternFault:
        return
    for text in some:
        if spans(page(text), expression):
            squashed = squash(text)
            for group in literals(expression):
                assert any(form in squashed for form in group), (expression, text)


@given(st.text(alphabet="가나ab1()[]{}|?*+.\\^$-,:=!<>xi#& \n", max_size=12))
def test_any_text_is_an_expression_or_a_fault(expression: str) -> None:
    literals(expression)
    fault = None
    try:
        compiled(expression)
    except PatternFault as error:
        fault = error
    assert fault is None or 0 <= fault.position <= len(expression)


def test_an_expression_is_what_it_is_elsewhere() -> None:
    """For plain expressions the standard library is the judge."""
    text = "제12조의2(정의) 2019. 4. 22. 5,764만여 건\n1억 2,000만 건 AI식별추적"
    for expression in (r"\d{1,3}(?:,\d{3})+", r"[가-힣]+\(", r"(?m)^\d억", r"\d{4}\. ?\d+\.", r"(?<=AI)식별"):
        assert matched(expression, text) == [found[0] for found in re.finditer(expression, text)]
