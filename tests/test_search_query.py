from __future__ import annotations

import pickle
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus import Corpus, tables
from corpus.annotations import annotate
from corpus.model import Basis, Span, Withheld
from search import Searcher
from search.engines.scan import ScanIndex
from search.query import (
    CHOICES,
    FIELDS,
    MAX_DEPTH,
    MAX_LENGTH,
    NAME_FIELDS,
    TEXT_FIELDS,
    And,
    Choice,
    ConfidenceRange,
    DateRange,
    Expression,
    Gapped,
    Near,
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
from tests.conftest import write_document

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
        pytest.param('"C* 등급"', Phrase("C* 등급"), id="phrase-star-at-a-word"),
        pytest.param('"* 참고: 동의 *"', Phrase("* 참고: 동의 *"), id="phrase-star-at-its-ends"),
        pytest.param('"동의를 * 않았다"', Gapped(("동의를", "않았다"), (1,)), id="gap"),
        pytest.param('"가 * * 나  ＊\t다"', Gapped(("가", "나", "다"), (2, 1)), id="gaps"),
        pytest.param('“그는 "가" * 나”', Gapped(('그는 "가"', "나"), (1,)), id="gap-in-curly"),
        pytest.param('"* 가 * 나*"', Gapped(("* 가", "나*"), (1,)), id="gap-and-signs"),
        pytest.param('"동의 제공"~10', Near((Word("동의"), Word("제공")), 10), id="near"),
        pytest.param("“동의  제공”～０", Near((Word("동의"), Word("제공")), 0), id="near-full-width"),
        pytest.param('"=AI 식별 AI"~5', Near((Word("AI", True), Word("식별"), Word("AI")), 5), id="near-exact"),
        pytest.param('"가 나 가"~5', Near((가, 나), 5), id="near-each-once"),
        pytest.param("/제 ?[0-9]+조/", Expression("제 ?[0-9]+조"), id="expression"),
        pytest.param(r"/1\/2 (가|나) \"다\"/", Expression(r"1\/2 (가|나) \"다\""), id="expression-raw"),
        pytest.param("/OR|-가/", Expression("OR|-가"), id="expression-with-syntax"),
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
        pytest.param(
            "-/가나?/ (/나/|다)",
            And((Not(Expression("가나?")), Or((Expression("나"), 다)))),
            "-/가나?/ (/나/ OR 다)",
            id="expressions",
        ),
        pytest.param("가/나/ 다", And((Word("가/나/"), 다)), "가/나/ 다", id="slash-within-word"),
        pytest.param(
            "file:/가/ file:/나",
            And((TextField("file", Word("/가/")), TextField("file", Word("/나")))),
            "file:/가/ file:/나",
            id="slash-in-field",
        ),
        pytest.param('"가 나" ~5', And((Phrase("가 나"), Word("~5"))), '"가 나" ~5', id="blank-before-tilde"),
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
        pytest.param("type:PDF", Choice("type", "pdf"), "type:pdf", id="type"),
        pytest.param("type:vnd.ms-excel", Choice("type", "vnd.ms-excel"), "type:vnd.ms-excel", id="media-type"),
        pytest.param("-lang:ＫＯ", Not(Choice("lang", "ko")), "-lang:ko", id="lang"),
        pytest.param("basis:checked", Choice("basis", "checked"), "basis:checked", id="basis"),
        pytest.param("unit:sheet", Choice("unit", "sheet"), "unit:sheet", id="unit"),
        pytest.param("has:Annotation", Choice("has", "annotation"), "has:annotation", id="has"),
        pytest.param("confidence:..0.8", ConfidenceRange(None, 0.8), "confidence:..0.8", id="confidence-until"),
        pytest.param("confidence:.5~0.875", ConfidenceRange(0.5, 0.875), "confidence:0.5..0.875", id="confidences"),
        pytest.param("confidence:0.90..", ConfidenceRange(0.9, None), "confidence:0.9..", id="confidence-from"),
        pytest.param("confidence:1", ConfidenceRange(1.0, 1.0), "confidence:1", id="confidence"),
        pytest.param("confidence:0..0", ConfidenceRange(0.0, 0.0), "confidence:0", id="confidence-0"),
        pytest.param("label:iv", TextField("label", Word("iv")), "label:iv", id="label"),
        pytest.param('tag:"동의 없음"', TextField("tag", Phrase("동의 없음")), 'tag:"동의 없음"', id="tag"),
        pytest.param("tag:동의*", TextField("tag", Prefix("동의")), "tag:동의*", id="tag-prefix"),
        pytest.param('title:"가 * 나"', TextField("title", Phrase("가 * 나")), 'title:"가 * 나"', id="no-gap-in-field"),
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
        pytest.param('"가 * %"', 0, "Before and after a *", id="gap-before-sign"),
        pytest.param('"가 나"~', 5, "a number of words", id="near-without-number"),
        pytest.param('"50"~60대', 4, "a number of words", id="near-range"),
        pytest.param('나 "가 나"~1000', 7, "up to 999", id="near-too-far"),
        pytest.param('나 "가"~5', 2, "two or more different words", id="near-one-word"),
        pytest.param('"가 가"~5', 0, "two or more different words", id="near-same-word"),
        pytest.param('"가 %"~5', 0, "two or more different words", id="near-sign"),
        pytest.param('"가* 나"~5', 0, "without *", id="near-prefix"),
        pytest.param("나 /가", 2, "has no end", id="expression-open"),
        pytest.param("/가/나", 0, "has no end", id="expression-goes-on"),
        pytest.param("나 /가(나/", 6, "no regular expression (missing )", id="expression-fault"),
        pytest.param("/[가/", 3, "unterminated character set", id="expression-fault-at-its-end"),
        pytest.param("type:", 5, "no value", id="type-empty"),
        pytest.param("type:/", 5, "not a kind of file", id="type-sign"),
        pytest.param("가 lang:kr", 7, "write lang:ko or lang:en", id="lang-unknown"),
        pytest.param('basis:"ocr"', 6, "without quotes", id="basis-in-quotes"),
        pytest.param("has:pictures", 4, "has:table, has:withheld", id="has-unknown"),
        pytest.param("confidence:80", 11, "from 0 to 1", id="confidence-percent"),
        pytest.param("confidence:1.5", 11, "from 0 to 1", id="confidence-above-1"),
        pytest.param("confidence:..", 11, "from 0 to 1", id="confidence-open-twice"),
        pytest.param("confidence:0.9..0.5", 11, "ends before it begins", id="confidence-reversed"),
        pytest.param("label:%", 6, "nothing to search for", id="label-sign"),
        pytest.param("=tag:가", 0, "title:=word", id="equals-before-new-field"),
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
        pytest.param(
            '"가 * 나" -/가/ "다 라"~3 /나+/ has:ocr tag:가',
            (Gapped(("가", "나"), (1,)), Near((다, 라), 3), Expression("나+")),
            id="new-leaves",
        ),
        pytest.param("-가", (), id="none"),
    ],
)
def test_positive_leaves(query: str, leaves: tuple[Node, ...]) -> None:
    assert positive_leaves(parse(query)) == leaves


LETTERS = "가나다힣ㄱAIxé5만漢"
SYNTAX = "/~～ \t\"“”＂()（）|｜*＊-－=＝:：.,~·…%'≠\u0338\u1161\u200b\ud800\x00"
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
    *(f"{name}:" for name in FIELDS),
    *(value for values in CHOICES.values() for value in values),
    " * ",
    '"~',
    "0.8",
    "[가]",
    r"\/",
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
parts = phrase_texts.filter(lambda text: not re.search(r"(^|\s)[*＊]|[*＊](\s|$)|[”＂]", text))
gapped = st.lists(st.tuples(parts, st.integers(1, 3)), min_size=2, max_size=4).map(
    lambda made: Gapped(tuple(part for part, _ in made), tuple(stars for _, stars in made[1:]))
)
near_words = st.builds(Word, word_texts.filter(lambda text: not text.startswith("title")), st.booleans())
nearness = st.builds(Near, st.lists(near_words, min_size=2, max_size=4, unique=True).map(tuple), st.integers(0, 999))
expressions = st.from_regex(
    r"([가-힣a-z0-9.]|\\[/.*dw]|\[[가-힣]{1,3}\]|\([가-힣|]*\)){1,6}[+*?]?", fullmatch=True
).map(Expression)
choices = st.sampled_from([Choice(name, value) for name, values in CHOICES.items() for value in values]) | st.builds(
    Choice, st.just("type"), st.from_regex(r"[a-z0-9][a-z0-9.+\-]{0,12}", fullmatch=True)
)
confidences = st.integers(0, 10_000).map(lambda number: number / 10_000)
confidence_ranges = (
    st.builds(lambda first, last: ConfidenceRange(*sorted([first, last])), confidences, confidences)
    | st.builds(lambda first: ConfidenceRange(first, None), confidences)
    | st.builds(lambda last: ConfidenceRange(None, last), confidences)
)
terms = (
    leaves
    | gapped
    | nearness
    | expressions
    | st.builds(TextField, st.sampled_from(TEXT_FIELDS + NAME_FIELDS), leaves)
    | choices
    | date_ranges
    | page_ranges
    | confidence_ranges
)


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
@example('"가 * "나"~3')
@example("/가/|/나/")
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


PAGES = (
    "안면인식 동의, 얼굴인식. 출입국 공항 인식 AI식별 AI 식별추적. 홍*동 12:30 비고:없음 가/나 C++ e-mail",
    "5,764만 2019.4.22. 제1·2항 50~60대 face-image 동의, 동의를 받지 않고 동의 없는 제3조(정의) 제12조의2",
    "증가율 -5% 5 % C* 등급 인공지능 식별추적시스템 안면 데이터 http://www.moj.go.kr card identification",
    "동의를 전혀 받지 않았다. 정보주체의 동의 없는 제공. It may not do so without consent. Face\nimages 안면인식",
    "2019. 4. 22. 동의 없이 안면인식",
    "consent card AI 5,764 증가율",
    "안면 동의",
    "얼굴 170,000,000건, 1억 7천만여 건, 177,600,000건, 사업비 2천만원, 50명, 40%, $500. 2019년 4월 22일",
)
FINDS_NOTHING = {"has:table", "unit:sheet OR unit:slide"}


@pytest.fixture(scope="module")
def documented(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """A corpus in which nearly every query of the documentation finds something."""
    folder = tmp_path_factory.mktemp("documented")
    with Corpus.create(folder / "말뭉치") as corpus:
        plans = (
            ("보고서 추진계획 report.pdf", "법무부", "2019-04-22", PAGES),
            ("계획.hwp", "과학기술정보통신부", "2020-01", ("안면인식 출입국 동의 철회 없음",)),
            ("사진.png", None, None, ("동의 안면",)),
        )
        ids = [
            write_document(corpus, texts, name, f"2021 {name}", agency, date, "f", {}, None)
            for name, agency, date, texts in plans
        ]
        pages = [replace(page, fingerprint="g") for page in corpus.store.pages(ids[0])]
        pages[5] = replace(pages[5], label="iv", withheld=(Withheld(0, 1, (0, 0, 1, 1)),))
        pages[6] = replace(pages[6], label="A-3", basis=Basis.OCR, confidence=0.7)
        with corpus.store.writing() as record:
            record.pages(pages)
            record.change(ids[0], "read")
            for document, kind in ((ids[1], "application/x-hwp"), (ids[2], "image/png")):
                kept = corpus.store.documents([document])[document]
                record.connection.execute(
                    sa.update(tables.documents).where(tables.documents.c.id == kept.id).values(media_type=kind)
                )
        for number, tags in ((1, ["동의 없음"]), (2, ["인용할 것"])):
            annotate(corpus.store, pages[number - 1], Span(0, 2), author="나", tags=tags)
        with Searcher(corpus, index=ScanIndex(corpus.store)) as searcher:
            yield searcher


@pytest.mark.parametrize("query", documented_queries())
def test_documented_query_finds_what_it_says(documented: Searcher, query: str) -> None:
    results = documented.search(query, 100)
    assert results.unfinished == ()
    assert (results.total == 0) is (query in FINDS_NOTHING)
    assert results.total == len(results)


def test_documentation_names_every_field_and_limit() -> None:
    text = DOCUMENTATION.read_text(encoding="utf-8")
    assert [field for field in FIELDS if f"{field}:" not in text] == []
    assert f"{MAX_DEPTH} parentheses" in text
    assert f"{MAX_LENGTH:,} characters" in text
