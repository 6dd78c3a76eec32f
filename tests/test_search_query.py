from __future__ import annotations

import pickle
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from search.query import (
    FIELDS,
    MAX_DEPTH,
    MAX_LENGTH,
    TEXT_FIELDS,
    And,
    DateRange,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    QueryError,
    Scope,
    TextField,
    Word,
    parse,
    positive_leaves,
    unparse,
)

DOCUMENTATION = Path(__file__).parent.parent / "docs" / "query-language.md"
가, 나, 다, 라 = Word("가"), Word("나"), Word("다"), Word("라")


@pytest.mark.parametrize(
    "text",
    [
        "안면인식", "5,764만", "2019.4.22.", "AI식별", "제1·2항", "C++", "50~60대", "가/나", "e-mail", "face-image",
        "12:30", "비고:없음", "a1:x", "「개인정보", "보호법」", "5%", "가-", "and", "or", "not", "ORACLE", "NOTE",
        "title", "x=y",
        "５，７６４만", "가－나", "비고：없음", "㎡", "㈜한국", "'23년", "#3", "+82-2-2110", "…등",
    ],
)  # fmt: skip
def test_one_word(text: str) -> None:
    assert parse(text) == Word(text)
    assert unparse(Word(text)) == text


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        pytest.param("=card", Word("card", exact=True), id="exact"),
        pytest.param("=OR", Word("OR", exact=True), id="exact-keyword"),
        pytest.param("=title", Word("title", exact=True), id="exact-word-like-a-field"),
        pytest.param("＝card", Word("card", exact=True), id="exact-full-width"),
        pytest.param("식별*", Prefix("식별"), id="prefix"),
        pytest.param("식별＊", Prefix("식별"), id="prefix-full-width"),
        pytest.param('"동의를 받지 않"', Phrase("동의를 받지 않"), id="phrase"),
        pytest.param('"  동의  를 \t"', Phrase("동의  를"), id="phrase-stripped-outside-only"),
        pytest.param("“동의를 받지 않”", Phrase("동의를 받지 않"), id="phrase-curly"),
        pytest.param("＂동의＂", Phrase("동의"), id="phrase-full-width"),
        pytest.param('"그는 “동의”라고"', Phrase("그는 “동의”라고"), id="phrase-curly-within-straight"),
        pytest.param('“그는 "동의"라고”', Phrase('그는 "동의"라고'), id="phrase-straight-within-curly"),
        pytest.param('＂"가" “나”＂', Phrase('"가" “나”'), id="phrase-both-within-full-width"),
        pytest.param('"-5% (OR) 홍*동"', Phrase("-5% (OR) 홍*동"), id="phrase-raw"),
    ],
)
def test_leaves(query: str, tree: Node) -> None:
    assert parse(query) == tree
    assert parse(unparse(tree)) == tree


@pytest.mark.parametrize(
    ("query", "tree", "canonical"),
    [
        pytest.param("가 나", And((가, 나)), "가 나", id="blank-is-and"),
        pytest.param("\t가\u3000\n나 ", And((가, 나)), "가 나", id="any-blank"),
        pytest.param("가 AND 나", And((가, 나)), "가 나", id="and"),
        pytest.param("가 OR 나", Or((가, 나)), "가 OR 나", id="or"),
        pytest.param("가 | 나", Or((가, 나)), "가 OR 나", id="bar"),
        pytest.param("가|나｜다", Or((가, 나, 다)), "가 OR 나 OR 다", id="bar-without-blanks"),
        pytest.param("NOT 가", Not(가), "-가", id="not"),
        pytest.param("-가", Not(가), "-가", id="minus"),
        pytest.param("－가", Not(가), "-가", id="minus-full-width"),
        pytest.param("-5%", Not(Word("5%")), "-5%", id="minus-before-digit"),
        pytest.param('-"가 나"', Not(Phrase("가 나")), '-"가 나"', id="minus-phrase"),
        pytest.param("-(가 나)", Not(And((가, 나))), "-(가 나)", id="minus-group"),
        pytest.param("NOT(가|나)", Not(Or((가, 나))), "-(가 OR 나)", id="not-group"),
        pytest.param("-(-가)", Not(Not(가)), "-(-가)", id="not-not-in-parentheses"),
        pytest.param("가 -나", And((가, Not(나))), "가 -나", id="and-not"),
        pytest.param("가 OR 나 다", Or((가, And((나, 다)))), "가 OR 나 다", id="and-before-or"),
        pytest.param("가 나 OR -다 라", Or((And((가, 나)), And((Not(다), 라)))), "가 나 OR -다 라", id="precedence"),
        pytest.param("(가 OR 나) 다", And((Or((가, 나)), 다)), "(가 OR 나) 다", id="group"),
        pytest.param("（가 ｜ 나） －다", And((Or((가, 나)), Not(다))), "(가 OR 나) -다", id="full-width"),
        pytest.param("((가))", 가, "가", id="one-child"),
        pytest.param("가 (나 (다 라))", And((가, 나, 다, 라)), "가 나 다 라", id="and-flat"),
        pytest.param("가 | (나 | (다 OR 라))", Or((가, 나, 다, 라)), "가 OR 나 OR 다 OR 라", id="or-flat"),
        pytest.param("제3조(정의)", And((Word("제3조"), Word("정의"))), "제3조 정의", id="parenthesis-ends-word"),
        pytest.param('가"나"다', And((가, Phrase("나"), 다)), '가 "나" 다', id="quotation-ends-word"),
    ],
)
def test_combining(query: str, tree: Node, canonical: str) -> None:
    assert parse(query) == tree
    assert unparse(tree) == canonical
    assert parse(canonical) == tree


@pytest.mark.parametrize(
    ("query", "tree", "canonical"),
    [
        pytest.param("title:추진계획", TextField("title", Word("추진계획")), "title:추진계획", id="title"),
        pytest.param(
            'agency:"과기 정통부"', TextField("agency", Phrase("과기 정통부")), 'agency:"과기 정통부"', id="phrase"
        ),
        pytest.param("-agency:법무부", Not(TextField("agency", Word("법무부"))), "-agency:법무부", id="not"),
        pytest.param("file:보고*", TextField("file", Prefix("보고")), "file:보고*", id="prefix"),
        pytest.param(
            "release:=Report", TextField("release", Word("Report", exact=True)), "release:=Report", id="exact"
        ),
        pytest.param("Title：가", TextField("title", 가), "title:가", id="capital-and-full-width-colon"),
        pytest.param("ｔｉｔｌｅ：가", TextField("title", 가), "title:가", id="full-width-name"),
        pytest.param("title:RE:견적", TextField("title", Word("RE:견적")), "title:RE:견적", id="colon-in-value"),
        pytest.param("date:2019", DateRange("2019", "2019"), "date:2019", id="year"),
        pytest.param("date:2019-04", DateRange("2019-04", "2019-04"), "date:2019-04", id="month"),
        pytest.param("date:2019-04-22", DateRange("2019-04-22", "2019-04-22"), "date:2019-04-22", id="day"),
        pytest.param("date:2019..2021", DateRange("2019", "2021"), "date:2019..2021", id="years"),
        pytest.param("date:2019-04..", DateRange("2019-04", None), "date:2019-04..", id="from"),
        pytest.param("date:..2020-12-31", DateRange(None, "2020-12-31"), "date:..2020-12-31", id="until"),
        pytest.param("date:2019.4", DateRange("2019-04", "2019-04"), "date:2019-04", id="dotted-month"),
        pytest.param("date:2019.04.22.", DateRange("2019-04-22", "2019-04-22"), "date:2019-04-22", id="dotted-day"),
        pytest.param(
            "date:2019.4.22...2020", DateRange("2019-04-22", "2020"), "date:2019-04-22..2020", id="three-dots"
        ),
        pytest.param(
            "date:2019.4.～２０２０", DateRange("2019-04", "2020"), "date:2019-04..2020", id="tilde-full-width"
        ),
        pytest.param("date:2019-04..2019", DateRange("2019-04", "2019"), "date:2019-04..2019", id="month-to-its-year"),
        pytest.param("date:2020-02-29", DateRange("2020-02-29", "2020-02-29"), "date:2020-02-29", id="leap-day"),
        pytest.param("date:2019..2019", DateRange("2019", "2019"), "date:2019", id="one-year-range"),
        pytest.param("page:3", PageRange(3, 3), "page:3", id="page"),
        pytest.param("page:3..5", PageRange(3, 5), "page:3..5", id="pages"),
        pytest.param("page:3..", PageRange(3, None), "page:3..", id="pages-from"),
        pytest.param("page:..5", PageRange(None, 5), "page:..5", id="pages-until"),
        pytest.param("-page:１", Not(PageRange(1, 1)), "-page:1", id="page-full-width"),
        pytest.param("scope:document 가", Scope("document", 가), "scope:document 가", id="scope"),
        pytest.param(
            "가 scope:document 나", Scope("document", And((가, 나))), "scope:document 가 나", id="scope-between"
        ),
        pytest.param(
            "가 OR 나 Scope:Document", Scope("document", Or((가, 나))), "scope:document 가 OR 나", id="scope-or"
        ),
        pytest.param("scope:document 가 scope:document", Scope("document", 가), "scope:document 가", id="scope-twice"),
        pytest.param("가 scope:page", 가, "가", id="scope-page"),
    ],
)
def test_fields(query: str, tree: Node, canonical: str) -> None:
    assert parse(query) == tree
    assert unparse(tree) == canonical
    assert parse(canonical) == tree


TOO_DEEP = "(" * (MAX_DEPTH + 1) + "가"
ALTERNATING = "가"
for _ in range(MAX_DEPTH):
    ALTERNATING = f"-({ALTERNATING} OR 나) 다"


@pytest.mark.parametrize(
    ("query", "position", "says"),
    [
        pytest.param("", 0, "empty", id="empty"),
        pytest.param(" \u3000", 0, "empty", id="blank"),
        pytest.param("가 %", 2, "nothing to search for", id="symbols"),
        pytest.param("가 - 나", 2, "nothing to search for", id="lone-minus"),
        pytest.param('가 "%"', 2, "in quotes", id="symbols-in-quotes"),
        pytest.param('""', 0, "nothing to search for", id="empty-quotes"),
        pytest.param("*", 0, "nothing to search for", id="lone-star"),
        pytest.param("=", 0, "nothing to search for", id="lone-equals"),
        pytest.param("홍*동", 1, "only at the end", id="star-within"),
        pytest.param("가 *나", 2, "only at the end", id="star-before"),
        pytest.param("가**", 1, "only at the end", id="two-stars"),
        pytest.param("title:홍*동", 7, "only at the end", id="star-within-field"),
        pytest.param("가 =나*", 2, "whole word", id="exact-prefix"),
        pytest.param("＝\u0338가", 0, "whole word", id="equals-before-combining-mark"),
        pytest.param("=title:가", 0, "title:=word", id="equals-before-field"),
        pytest.param('가 "나', 2, 'write " after', id="open-quotation"),
        pytest.param("가 “나", 2, "write ” after", id="open-curly"),
        pytest.param('가 “나"', 2, "write ” after", id="mixed-quotation-marks"),
        pytest.param("가 ＂나", 2, "write ＂ after", id="open-full-width"),
        pytest.param("가” 나", 1, "write “ before", id="closing-curly"),
        pytest.param("가 (나 (다)", 2, "not closed", id="open-parenthesis"),
        pytest.param("((가", 1, "not closed", id="two-open-parentheses"),
        pytest.param("가) 나", 1, "closes none", id="closing-parenthesis"),
        pytest.param("가 ()", 2, "are empty", id="empty-parentheses"),
        pytest.param("（ ）", 0, "are empty", id="empty-full-width"),
        pytest.param("가 OR", 2, "follows OR", id="or-at-end"),
        pytest.param("가 | ", 2, "follows |", id="bar-at-end"),
        pytest.param("OR 가", 0, "before OR", id="or-at-start"),
        pytest.param("AND", 0, "before AND", id="and-alone"),
        pytest.param("가 OR AND 나", 2, "follows OR", id="or-and"),
        pytest.param("(가 OR) 나", 3, "follows OR", id="or-before-parenthesis"),
        pytest.param("(OR 가)", 1, "before OR", id="or-after-parenthesis"),
        pytest.param("가 NOT", 2, "follows NOT", id="not-at-end"),
        pytest.param("(-)", 1, "follows -", id="minus-before-parenthesis"),
        pytest.param("--가", 1, "second NOT", id="minus-minus"),
        pytest.param("NOT -가", 4, "second NOT", id="not-minus"),
        pytest.param("title:", 6, "no value", id="field-at-end"),
        pytest.param("title: 가", 6, "no value", id="field-blank"),
        pytest.param("가 title:(나)", 8, "no value", id="field-group"),
        pytest.param("title:OR 가", 6, "no value", id="field-or"),
        pytest.param('title:""', 6, "nothing to search for", id="field-empty-quotes"),
        pytest.param("title:-가", 6, "before the field", id="minus-after-field"),
        pytest.param("가 titel:x", 2, "did you mean title:?", id="unknown-field"),
        pytest.param("http://moj.go.kr", 0, "no field http:; use one of", id="unknown-field-without-guess"),
        pytest.param("가 date:soon", 7, "not a date", id="date"),
        pytest.param("date:..", 5, "not a date", id="date-open-twice"),
        pytest.param("date:20192020", 5, "not a date", id="date-digits"),
        pytest.param("date:2019-13", 5, "no 2019-13", id="month-13"),
        pytest.param("date:2019-02-29", 5, "no 2019-02-29", id="no-leap-day"),
        pytest.param("date:0000", 5, "no 0000", id="year-0"),
        pytest.param("date:2021..2019", 5, "ends before it begins", id="dates-reversed"),
        pytest.param("date:2019-05..2019-04-30", 5, "ends before it begins", id="dates-reversed-within-year"),
        pytest.param('date:"2019"', 5, "without quotes", id="date-in-quotes"),
        pytest.param("page:0", 5, "from 1", id="page-0"),
        pytest.param("page:0..3", 5, "from 1", id="page-from-0"),
        pytest.param("page:5..3", 5, "ends before it begins", id="pages-reversed"),
        pytest.param("page:3-5", 5, "page:3..5", id="page-hyphen"),
        pytest.param("page:٣", 5, "not a page number", id="page-arabic-digit"),
        pytest.param("page:9999999999", 5, "not a page number", id="page-too-large"),
        pytest.param("가 scope:all", 8, "not a scope", id="scope-unknown"),
        pytest.param("scope:document", 0, "nothing to search for", id="scope-alone"),
        pytest.param("가 OR scope:document", 5, "nothing to search for", id="scope-alone-in-or"),
        pytest.param("가 (나 scope:document)", 5, "move it out", id="scope-in-parentheses"),
        pytest.param("(scope:document 나)", 1, "move it out", id="scope-first-in-parentheses"),
        pytest.param("가 -scope:document", 3, "move it out", id="scope-after-minus"),
        pytest.param("scope:document 가 scope:page", 17, "contradicts", id="two-scopes"),
        pytest.param(TOO_DEEP, MAX_DEPTH, "30 parentheses", id="too-deep"),
        pytest.param("(" * 1_900 + "가" + ")" * 1_900, MAX_DEPTH, "30 parentheses", id="much-too-deep"),
        pytest.param("(" * 5_000 + "가" + ")" * 5_000, MAX_LENGTH, "10,001 characters", id="too-deep-and-long"),
        pytest.param("가" * (MAX_LENGTH + 1), MAX_LENGTH, "4,001 characters", id="too-long"),
        pytest.param("|".join("가" * 1_500), 2_999, "7,496 characters", id="too-long-written-out"),
    ],
)
def test_errors(query: str, position: int, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    assert (error.query, error.position, str(error)) == (query, position, error.message)
    assert says in error.message
    assert re.search(r"; (write|put|use|leave|take|add|move|shorten|keep|correct)\b.*\.$", error.message)


def test_error_names_what_was_expected() -> None:
    with pytest.raises(QueryError) as caught:
        parse("titel:x")
    assert caught.value.expected == FIELDS
    with pytest.raises(QueryError) as caught:
        parse("(가")
    assert caught.value.expected == (")",)


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        pytest.param("ab %", "ab %\n   ^", id="latin"),
        pytest.param("동의 %", "동의 %\n     ^", id="hangul-is-two-columns"),
        pytest.param("（가\n", "（가 \n^", id="line-end-shown-as-blank"),
        pytest.param("가\u3000) ", "가 ) \n   ^", id="wide-blank-shown-as-blank"),
        pytest.param("\x1b가\ud800 %", " 가  %\n     ^", id="control-shown-as-blank"),
        pytest.param("q\u0308 %", "q\u0308 %\n  ^", id="combining-mark-has-no-column"),
    ],
)
def test_pointer(query: str, pointer: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert caught.value.pointer() == pointer


def test_error_survives_a_process_border() -> None:
    error = QueryError("가 OR", 2, "Nothing follows OR; write a term there.", ("a word",))
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.query, copy.position, copy.message, copy.expected) == (
        error.query,
        error.position,
        error.message,
        error.expected,
    )


def test_decomposed_text_is_composed_first() -> None:
    query = '안면인식 title:추진계획 -"동의를 받지" 식별*'
    assert parse(unicodedata.normalize("NFD", query)) == parse(query)
    with pytest.raises(QueryError) as caught:
        parse(unicodedata.normalize("NFD", "동의 %"))
    assert (caught.value.query, caught.value.position) == ("동의 %", 3)


def test_deepest_tree_can_be_used() -> None:
    tree = parse(ALTERNATING)
    assert tree == parse(ALTERNATING)
    assert hash(tree) == hash(pickle.loads(pickle.dumps(tree)))
    assert repr(tree).count("Not(") == MAX_DEPTH
    assert parse(unparse(tree)) == tree
    assert parse("(" * MAX_DEPTH + "가" + ")" * MAX_DEPTH) == 가


@pytest.mark.parametrize(
    ("query", "leaves"),
    [
        pytest.param("가", (가,), id="word"),
        pytest.param(
            '가 (나* OR "다 라") =마', (가, Prefix("나"), Phrase("다 라"), Word("마", exact=True)), id="order"
        ),
        pytest.param("가 -나 -(다 라)", (가,), id="not-under-not"),
        pytest.param("scope:document 가 가", (가, 가), id="scope"),
        pytest.param("title:가 date:2019 page:3 나", (나,), id="no-fields"),
        pytest.param("-가", (), id="none"),
    ],
)
def test_positive_leaves(query: str, leaves: tuple[Node, ...]) -> None:
    assert positive_leaves(parse(query)) == leaves


LETTERS = "가나다힣ㄱAIxé5만漢"
SYNTAX = " \t\"“”＂()（）|｜*＊-－=＝:：.,~·…%'≠\u0338\u1161\u200b\ud800\x00"
FRAGMENTS = [
    *SYNTAX,
    *LETTERS,
    " OR ",
    " AND ",
    "NOT ",
    "title:",
    "date:",
    "page:",
    "scope:document",
    "titel:",
    "..",
    "2019",
]
random_queries = st.text(LETTERS + SYNTAX) | st.lists(st.sampled_from(FRAGMENTS)).map("".join) | st.text()

word_texts = st.from_regex(r"[가-힣A-Za-z5][가-힣A-Za-z0-9.,·/~+:\-=]{0,6}", fullmatch=True).filter(
    lambda text: text not in ("AND", "OR", "NOT") and not re.match("[A-Za-z]+:", text)
)
phrase_texts = st.text(LETTERS + ' "()|*-=:%“').map(str.strip).filter(lambda text: any(map(str.isalnum, text)))
leaves = st.builds(Word, word_texts, st.booleans()) | st.builds(Phrase, phrase_texts) | st.builds(Prefix, word_texts)
days = st.dates().map(lambda day: day.isoformat())
dates = st.tuples(days, st.sampled_from([4, 7, 10])).map(lambda pair: pair[0][: pair[1]])
date_ranges = (
    st.builds(lambda date: DateRange(date, date), dates)
    | st.builds(lambda first, last: DateRange(*sorted([first, last])), days, days)
    | st.builds(lambda date: DateRange(date, None), dates)
    | st.builds(lambda date: DateRange(None, date), dates)
)
pages = st.integers(1, 10**9 - 1)
page_ranges = (
    st.builds(lambda first, last: PageRange(*sorted([first, last])), pages, pages)
    | st.builds(lambda page: PageRange(page, None), pages)
    | st.builds(lambda page: PageRange(None, page), pages)
)
terms = leaves | st.builds(TextField, st.sampled_from(TEXT_FIELDS), leaves) | date_ranges | page_ranges


def joined(kind: type[And] | type[Or], nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    children = nodes.filter(lambda node: not isinstance(node, kind))
    return st.lists(children, min_size=2, max_size=4).map(lambda found: kind(tuple(found)))


def branches(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return joined(And, nodes) | joined(Or, nodes) | st.builds(Not, nodes)


trees = st.recursive(terms, branches, max_leaves=12)


@settings(deadline=None)  # the first query builds the parser
@given(trees | st.builds(Scope, st.just("document"), trees))
def test_unparse_is_undone_by_parse(tree: Node) -> None:
    assert parse(unparse(tree)) == tree


@settings(max_examples=500, deadline=None)
@given(random_queries)
@example("＝\u0338가")
@example('“"가”')
@example("가\u1161")
def test_parse_raises_nothing_but_query_errors_and_is_undone_by_unparse(query: str) -> None:
    try:
        tree = parse(query)
    except QueryError as caught:
        error = caught
    else:
        assert parse(unparse(tree)) == tree
        assert unparse(parse(unparse(tree))) == unparse(tree)
        return
    assert 0 <= error.position <= len(error.query)
    assert len(error.pointer().splitlines()) == 2


def documented_queries() -> list[str]:
    blocks = re.findall(r"```query\n(.*?)```", DOCUMENTATION.read_text(encoding="utf-8"), re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("query", documented_queries())
def test_documented_query(query: str) -> None:
    tree = parse(query)
    assert parse(unparse(tree)) == tree


def test_documentation_names_every_field_and_limit() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"{field}:" not in text] == []
    assert f"{MAX_DEPTH} parentheses" in text
    assert f"{MAX_LENGTH:,} characters" in text
