"""Reports: the answer and its proof, how a query was understood, and that no paper's text does anything in one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from corpus import Corpus
from corpus.locking import only_writer
from corpus.model import EVERYTHING, Audience, Basis, Document, Page, Reason, State, UnitKind, Withheld
from search import Searcher
from search.looking import Patience
from search.query import parse
from search.report import Answer, Report, Rule, report, rule_of
from tests.conftest import Write
from ui.cli.report_text import report_text
from ui.cli.report_words import _RULES, _WORDS, LANGUAGES

HOSTILE = "<script>alert(1)</script> [동의](http://x) # 동의 `동의` ![](x) \x1b[31m동의\n\n# 동의\n- 동의\n    동의"


def made(corpus: Corpus, query: str, audience: Audience = EVERYTHING, **options: object) -> Report:
    with Searcher(corpus, audience) as searcher:
        return report(searcher, query, **options)  # type: ignore[arg-type]


def texts(found: Report) -> list[str]:
    return [report_text(found, language, "1.2.3") for language in LANGUAGES]


def test_yes_has_its_passages(corpus: Corpus, write: Write) -> None:
    key = write("첫 쪽", "정보주체의 동의를 받지 않고", name="답변.pdf", agency="법무부", received="2021-10-21")
    write("consent given. Consents", name="letter.pdf")
    found = made(corpus, "동의 OR consent")
    assert (found.answer, found.complete, found.results.total) == (Answer.YES, True, 2)
    assert [hit.page.document == key for hit in found.results] == [False, True]
    korean, english = found.terms
    assert (korean.typed, korean.rule, korean.pages, korean.forms) == ("동의", Rule.KOREAN, 1, (("동의", 1),))
    assert english.inflections == ("consent", "consents")
    assert dict(english.forms) == {"consent": 1, "Consents": 1}
    for text in texts(found):
        assert "    정보주체의 동의를 받지 않고\n" in text
        assert key in text
        assert corpus.settings.id in text
        assert "1.2.3" in text
        assert found.made in text
    assert "YES: found on 2 pages in 2 documents." in texts(found)[0]
    assert "있음: 문서 2건, 모두 2쪽에서 찾았습니다." in texts(found)[1]


def test_no_is_said_only_where_everything_was_searched(corpus: Corpus, write: Write) -> None:
    write("하나", "둘", name="가.pdf")
    found = made(corpus, '"동의를 받지"')
    assert (found.answer, found.complete) == (Answer.NO, True)
    assert "NO: it stands on none of the 2 pages of 1 file." in texts(found)[0]
    with corpus.store.writing() as record:
        damaged = Document("ab" * 32, 5, "application/pdf", None, State.NOT_SEARCHABLE, Reason.DAMAGED)
        record.document(damaged)
        occurrence = corpus.store.occurrences()[0]
        record.occurrence(replace(occurrence, id="other", document=damaged.id, path="나 <b>.pdf", name="나 <b>.pdf"))
        record.change(damaged.id, "read")
    found = made(corpus, '"동의를 받지"')
    assert (found.answer, found.complete) == (Answer.NOT_FOUND, False)
    english, korean = texts(found)
    assert "1 file whose pages nobody could count: damaged" in english
    assert "    나 <b>.pdf · ababababab · damaged" in english
    assert "손상" in korean
    assert "NO:" not in english


def test_withheld_text_leaves_the_answer_open(corpus: Corpus, write: Write) -> None:
    key = write("자리", name="가.pdf")
    page = corpus.store.page(key, 1)
    hidden = replace(page, fingerprint="2", text="연락처 비밀번호 끝", withheld=(Withheld(4, 8, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([hidden])
        record.change(key, "read")
    found = made(corpus, "비밀번호")
    assert (found.answer, found.withheld) == (Answer.NOT_FOUND, 1)
    assert "Text under covers on 1 page was not searched." in texts(found)[0]
    seen = made(corpus, "연락처")
    assert seen.answer is Answer.YES
    for text in texts(seen):
        assert "연락처 ████ 끝" in text
        assert "비밀번호" not in text


def test_an_index_that_is_behind_leaves_the_answer_open(corpus: Corpus, write: Write) -> None:
    write("하나", name="가.pdf")
    with only_writer(corpus.folder, "a test"):
        found = made(corpus, "둘")
    assert (found.answer, found.results.behind) == (Answer.NOT_FOUND, 1)
    assert "The index is not up to date: 1 file changed since" in texts(found)[0]


def test_what_was_not_finished_leaves_the_answer_open(corpus: Corpus, write: Write) -> None:
    write("하나", "둘", "셋", name="가.pdf")
    found = made(corpus, "/넷?/", patience=Patience(0))
    assert found.answer is Answer.NOT_FOUND
    assert found.terms[0].pages is None
    english, korean = texts(found)
    assert "Stopped after 0 s: 0 of 3 pages looked at for this part:\n\n    /넷?/\n" in english
    assert "3쪽 가운데 0쪽만" in korean


def test_the_audience_sees_only_its_own(corpus: Corpus, write: Write) -> None:
    write("동의 하나", name="가.pdf", release="갑")
    write("동의 둘", name="나.pdf", release="을")
    found = made(corpus, "동의", Audience(frozenset({"갑"})))
    assert (found.results.total, found.coverage.total, found.terms[0].pages) == (1, 1, 1)
    assert "나.pdf" not in texts(found)[0]


def test_the_rest_is_counted(corpus: Corpus, write: Write) -> None:
    write(*[f"동의 {n}" for n in range(7)], name="가.pdf")
    found = made(corpus, "동의", most=3)
    assert (len(found.results), found.results.total) == (3, 7)
    english, korean = texts(found)
    assert "The first 3 of 7 pages, by title of the document; 4 more are not listed." in english
    assert "나머지 4쪽은 싣지 않았습니다." in korean


def test_nothing_of_a_paper_is_markdown(corpus: Corpus, write: Write) -> None:
    write(HOSTILE, name="# [x](y)\n<b>.pdf", release="<i>자료\n# 제목", agency="**기관**")
    found = made(corpus, '동의 -"<b>굵게"')
    for text in texts(found):
        for line in text.splitlines():
            hostile = re.search(r"[<>`*\[\]\x1b]|http|기관\*", line)
            assert not hostile or line.startswith("    "), line
        headings = [line for line in text.splitlines() if line.startswith("#")]
        assert not any("동의" in line or "제목" in line for line in headings)
        blocks = re.findall(r"(.*)\n((?:    .*\n)+)", text)
        assert blocks
        assert all(before == "" for before, _ in blocks), "an indented block follows a blank line"
        assert "\x1b" not in text


def test_units_are_named_and_the_basis_is_told(corpus: Corpus, write: Write) -> None:
    key = write("동의", name="표.xlsx")
    sheet = Page(key, 1, "2", "동의", kind=UnitKind.SHEET, name="카메라", basis=Basis.OCR, confidence=0.91)
    with corpus.store.writing() as record:
        record.pages([sheet])
        record.change(key, "read")
    english, korean = texts(made(corpus, "동의"))
    assert '[sheet "카메라" · OCR 0.91]' in english
    assert "[시트 “카메라” · 문자인식(OCR) 0.91]" in korean


@pytest.mark.parametrize(
    ("query", "rule"),
    [
        ("동의", Rule.KOREAN), ("consent", Rule.LATIN), ("5,764", Rule.NUMBER), ("제12조", Rule.MIXED),
        ("=AI", Rule.AS_TYPED), ("ident*", Rule.PREFIX), ('"동의를 받지"', Rule.PHRASE), ('"가 * 나"', Rule.GAPPED),
        ('"가 나"~3', Rule.NEAR), ("/가/", Rule.EXPRESSION), ("figure:17", Rule.FIGURE),
        ("mention:2019-04", Rule.MENTION), ("face-image", Rule.MIXED),
    ],
)  # fmt: skip
def test_every_part_has_its_rule(query: str, rule: Rule) -> None:
    assert rule_of(parse(query)) is rule  # type: ignore[arg-type]


def test_every_rule_and_answer_is_said_in_both_languages() -> None:
    assert set(_RULES) == {rule.value for rule in Rule}
    assert {answer.value for answer in Answer} <= set(_WORDS)
    for said in (*_RULES.values(), *_WORDS.values()):
        english, korean = said
        assert not re.search("[가-힣]", english)
        assert re.search("[가-힣]", korean)
        assert set(re.findall(r"{\w+}", english)) == set(re.findall(r"{\w+}", korean))
