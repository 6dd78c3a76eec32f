"""What pages are looked through for: expressions, gaps, nearness, =word, languages; and the fields of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Corpus
from corpus.annotations import annotate, delete
from corpus.model import EVERYTHING, Audience, Basis, Page, Span, UnitKind, Withheld
from search import Searcher, patterns, snippets
from search.analysis import entries
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.indexes import catch_up
from search.languages import languages
from search.looking import Patience
from search.query import Expression, Word, parse, unparse
from tests.conftest import Write, write_document

TEXTS = {
    "갑": (
        "안면인식 AI 시스템. 동의를 전혀 받지 않았다. 5,764만 건",
        "안면 인식 ai 시스템. 동의를 받지\n않았다. 5764만 건",
        "Ai and cards, the card. 안면\n인식. May not provide without consent",
        "제12조의2(정의) 제공에 관한 정보주체의 동의",
    ),
    "을": ("The AI system provides images", "AI 식별추적 KAI AIs", "", "12. 34."),
}


@dataclass
class Papers:
    corpus: Corpus
    whoosh: WhooshIndex
    ids: dict[str, str]

    def searchers(self, audience: Audience = EVERYTHING) -> tuple[Searcher, Searcher]:
        scan = Searcher(self.corpus, audience, ScanIndex(self.corpus.store))
        return scan, Searcher(self.corpus, audience, self.whoosh)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    folder = tmp_path_factory.mktemp("papers")
    with Corpus.create(folder / "말뭉치") as corpus:
        ids = {
            name: write_document(corpus, texts, f"{name}.pdf", name, None, None, "f", {}, None)
            for name, texts in TEXTS.items()
        }
        first, second, third, fourth = (replace(page, fingerprint="g") for page in corpus.store.pages(ids["갑"]))
        with corpus.store.writing() as record:
            record.pages(
                [
                    replace(first, label="iv"),
                    replace(second, basis=Basis.OCR, confidence=0.8, label="IV"),
                    replace(third, basis=Basis.CHECKED, label="A-1", withheld=(Withheld(24, 26, (0, 0, 1, 1)),)),
                    replace(fourth, kind=UnitKind.SHEET, basis=Basis.OCR, confidence=0.95),
                ]
            )
            record.change(ids["갑"], "read")
        for name, number, tags in (("갑", 1, ["동의 없음"]), ("갑", 2, ["Check"]), ("을", 1, ["동의 없음", "인용"])):
            page = corpus.store.page(ids[name], number)
            annotate(corpus.store, page, Span(0, 2), author="나", tags=tags)
        gone = annotate(corpus.store, corpus.store.page(ids["을"], 2), Span(0, 2), author="나", tags=["지움"])
        delete(corpus.store, gone.id, 1, editor="나")
        whoosh = WhooshIndex(folder / "ix", writable=True)
        catch_up(corpus, whoosh)
        yield Papers(corpus, whoosh, ids)
        whoosh.close()


def found(papers: Papers, query: str, audience: Audience = EVERYTHING) -> str:
    """Return the pages that every engine finds, as 갑1 갑2."""
    names = {document: name for name, document in papers.ids.items()}
    answers = []
    for searcher in papers.searchers(audience):
        results = searcher.search(query, 100)
        assert results.total == len(results)
        assert results.unfinished == ()
        answers.append(" ".join(sorted(f"{names[hit.page.document]}{hit.page.number}" for hit in results)))
    assert answers[0] == answers[1], query
    return answers[0]


@pytest.mark.parametrize(
    ("query", "pages"),
    [
        ("AI", "갑1 갑2 갑3 을1 을2"),  # AIs too
        ("=AI", "갑1 을1 을2"),
        ("=ai", "갑2"),
        ("=Ai", "갑3"),
        ("=card", "갑3"),
        ("=cards", "갑3"),
        ("=KAI", "을2"),
        ("=AIs", "을2"),
        ("안면인식", "갑1 갑2"),  # of the third page's, half is withheld
        ("=안면인식", "갑1"),
        ("=5,764", "갑1"),
        ("=5,764만", "갑1"),
        ("=5764만", "갑2"),
        ('"동의를 * 않았다"', "갑1 갑2"),
        ('"동의를 전혀 * 않았다"', "갑1"),
        ('"may * consent"', "갑3"),
        ('"제공 동의"~5', "갑4"),
        ('"제공 동의"~0', ""),
        ('"system image"~1', "을1"),
        (r"/제\d+조의\d/", "갑4"),
        ("/AI/", "갑1 을1 을2"),
        ("/(?i)ai/", "갑1 갑2 갑3 을1 을2"),
        ("/안면인식|card/", "갑1 갑3"),
        ("/안면/", "갑1 갑2"),
        ("/받지.않/", "갑1"),
        (r"/받지\s않/", "갑1 갑2"),
        ("-/AI/ /시스템/", "갑2"),
        ("/AI/ OR 제12조", "갑1 갑4 을1 을2"),
        ("/AI/ -(식별 OR /system/)", "갑1"),
        ('"동의를 * 않았다" =AI', "갑1"),
        ("scope:document /card/ /시스템/", "갑1 갑2 갑3"),
        ("scope:document basis:ocr card", "갑3"),
        ("scope:document =AI 제12조", "갑1 갑4"),
        ("lang:ko", "갑1 갑2 갑4 을2"),
        ("lang:en", "갑3 을1 을2"),
        ("lang:ko lang:en", "을2"),
        ("-lang:ko -lang:en", "을3 을4"),
        ("lang:en /card/", "갑3"),
        ("type:pdf =AI", "갑1 을1 을2"),
        ("type:hwp", ""),
        ("basis:text", "갑1 을1 을2 을3 을4"),
        ("basis:ocr", "갑2 갑4"),
        ("basis:checked", "갑3"),
        ("basis:corrected", ""),
        ("confidence:..0.8", "갑2"),
        ("confidence:0.8..", "갑2 갑4"),
        ("confidence:0.81..0.94", ""),
        ("confidence:0.95", "갑4"),
        ("-confidence:0..1 안면 OR confidence:0.95", "갑1 갑4"),
        ("unit:sheet", "갑4"),
        ("unit:page 동의", "갑1 갑2"),
        ("label:iv", "갑1 갑2"),
        ("label:=IV", "갑1 갑2"),
        ("label:i", ""),
        ("label:a*", "갑3"),
        ('label:"A-1"', "갑3"),
        ("has:withheld", "갑3"),
        ("has:ocr", "갑2 갑4"),
        ("has:annotation", "갑1 갑2 을1"),
        ("has:table", ""),
        ('tag:"동의 없음"', "갑1 을1"),
        ("tag:동의", ""),
        ("tag:동의*", "갑1 을1"),
        ("tag:check -tag:동의*", "갑2"),
        ("tag:지움", ""),
        ("has:annotation -label:iv", "을1"),
    ],
)
def test_what_is_found(papers: Papers, query: str, pages: str) -> None:
    assert found(papers, query) == pages


def test_an_audience_finds_its_own_alone(papers: Papers) -> None:
    mine = Audience(frozenset({"을"}))
    queries = [
        "=AI",
        "/안면/",
        "has:annotation",
        "has:withheld",
        "basis:ocr",
        "label:iv",
        "tag:동의*",
        "lang:en",
        '"동의를 * 않았다"',
    ]
    for query in queries:
        pages = [page for page in found(papers, query).split() if page.startswith("을")]
        assert found(papers, query, mine).split() == pages, query
        for searcher in papers.searchers(mine):
            everything = searcher.search(f"-({query})").total + searcher.search(query).total
            assert everything == len(TEXTS["을"])


def test_released_text_is_no_longer_withheld(corpus: Corpus, write: Write) -> None:
    key = write("비밀 글")
    hidden = replace(corpus.store.page(key, 1), fingerprint="2", withheld=(Withheld(0, 2, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([hidden])
        record.change(key, "read")
    with Searcher(corpus) as searcher:
        assert (searcher.search("has:withheld").total, searcher.search("/비밀/").total) == (1, 0)
        with corpus.store.writing() as record:
            record.open_withheld(key, "나")
    with Searcher(corpus) as searcher:
        assert (searcher.search("has:withheld").total, searcher.search("/비밀/").total) == (0, 1)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("=AI", {"AI"}),
        (r"/제\d+조/", {"제12조"}),
        ('"동의를 * 않았다"', {"동의를", "않았다"}),
        ('"제공 동의"~5', {"제공", "동의"}),
        ("basis:ocr", set()),
        ("-/AI/ card", {"card", "cards"}),
    ],
)
def test_what_is_marked(papers: Papers, query: str, marked: set[str]) -> None:
    for searcher in papers.searchers():
        results = searcher.search(query)
        shown = {hit.page.visible[span.start : span.end] for hit in results for span in hit.matches}
        assert shown == marked
        numbers = {document: searcher.pages_of(document, query) for document in papers.ids.values()}
        assert sum(map(len, numbers.values())) == results.total


# -- patience


def test_what_is_left_undone_is_told(papers: Papers) -> None:
    for searcher in papers.searchers():
        results = searcher.search("/AI|동의/", patience=Patience(0))
        (part,) = results.unfinished
        assert (results.total, unparse(part.part), part.pages, part.done) == (
            0,
            "/AI|동의/",
            8,
            0,
        )
        assert searcher.search("/AI|동의/").unfinished == ()  # what was left undone is not kept as an answer
        assert searcher.search("동의", patience=Patience(0)).unfinished == ()


@pytest.mark.parametrize(
    "query",
    ["-/AI|동의/", "-(/AI|동의/ OR card)", "card -/AI|동의/", "-lang:ko", "-=AI AI", "scope:document card -/없음|말/"],
)
def test_what_is_not_known_is_not_shown(papers: Papers, query: str) -> None:
    """What may have the words that are not wanted is left out."""
    for searcher in papers.searchers():
        stopped = searcher.search(query, patience=Patience(0))
        assert (stopped.total, len(stopped.unfinished)) == (0, 1)
        assert searcher.search(query).total > 0 or query == "card -/AI|동의/"


def test_what_is_not_unwanted_is_wanted(papers: Papers) -> None:
    for searcher in papers.searchers():
        assert searcher.search("-(-/AI|동의/)", patience=Patience(0)).total == 0
        assert searcher.search("-(-/AI|동의/)").total == 5


def test_pages_given_up_are_not_shown_as_if_looked_at(corpus: Corpus, write: Write) -> None:
    write("x" * 4000 + " 동의", "동의 y", "동의", name="가.pdf")
    with Searcher(corpus) as searcher:
        results = searcher.search("동의 -/(x+x+)+z|y/")
        assert [hit.page.number for hit in results] == [3]
        assert [(part.pages, part.done, part.given_up) for part in results.unfinished] == [(3, 3, 1)]


def test_progress_is_told(papers: Papers) -> None:
    told: list[tuple[int, int]] = []
    papers.searchers()[1].search("/(AI|동의)/", patience=Patience(told=lambda done, total: told.append((done, total))))
    assert told[-1] == (8, 8)


def test_other_parts_narrow_what_is_looked_through(papers: Papers) -> None:
    told: list[int] = []
    patience = Patience(told=lambda done, total: told.append(total))
    for query, most in (
        ("/[A-Z]/ card", 1),
        ("card -/[A-Z]/", 1),
        ("/[A-Z]/ (card OR 제12조)", 2),
        ("lang:en /[0-9]/ card", 1),
        ("/card/", 3),  # with the pages before, from which a word may run over
        ("/제12조/ OR /card/", 3),
        ("basis:ocr /[가-힣]/", 2),
    ):
        told.clear()
        papers.searchers()[1].search(query, patience=patience)
        assert told, query
        assert max(told) <= most, query


def test_answers_are_kept_until_something_changes(corpus: Corpus, write: Write) -> None:
    write("동의 하나", name="가.pdf")
    told: list[int] = []
    patience = Patience(told=lambda done, total: told.append(total))
    with Searcher(corpus) as searcher:
        for _ in range(3):
            assert searcher.search("/동의|없음/", patience=patience).total == 1
        assert told == [1]
        write("동의 둘", name="나.pdf")
    with Searcher(corpus) as searcher:
        assert searcher.search("/동의|없음/", patience=patience).total == 2


# -- languages, and =word


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("동의", {"ko"}), ("女性", {"ko"}), ("consent", {"en"}), ("가 abc", {"ko", "en"}), ("가 abcd", {"en"}),
        ("가나 a", {"ko"}), ("가나다 abc", {"ko", "en"}), ("12 - 34 %", set()), ("", set()), ("Привет", set()),
        ("ａｂｃ", {"en"}), ("café", {"en"}), ("\ud7ff😀", set()),
    ],
)  # fmt: skip
def test_languages(text: str, spoken: set[str]) -> None:
    assert languages(Page("d", 1, "f", text)) == spoken


def test_withheld_text_has_no_language() -> None:
    hidden = Page("d", 1, "f", "비밀글자 abc", withheld=(Withheld(0, 4, (0, 0, 1, 1)),))
    assert languages(hidden) == {"en"}


PARTS = [
    "AI",
    "ai",
    "안면",
    "인식",
    "가",
    "\u11a8",
    "s",
    "5",
    ",",
    "764",
    " ",
    "\n",
    "\ufffe",
    "-",
    "é",
    "e\u0301",
    "(",
    "²",
]


@given(
    st.lists(st.sampled_from(PARTS), max_size=10).map("".join),
    st.sampled_from(["AI", "ai", "안면인식", "안면", "가", "5,764", "e", "AI안면", "s"]),
)
def test_the_quick_way_to_tell_says_the_same(text: str, typed: str) -> None:
    page = Page("d", 1, "f", text)
    if snippets.spans(page, [Word(typed)]) or snippets.spans(page, [Word(typed, exact=True)]):
        assert snippets.holds_exactly(page, typed) is bool(snippets.spans(page, [Word(typed, exact=True)]))


# -- against brute force


EXPRESSIONS = [
    "동의",
    "동의.?않",
    "(?i)AI",
    "AI",
    "인식|동의",
    "안면\\s?인식",
    "[가-힣]{2}",
    "않$",
    "^안면",
    "5,?764",
    "AI안면",
    "제\\d조",
]
LETTERS = ["동의", "않", "AI", "ai", "안면", "인식", "5,764", "제1조", " ", "\n", ".", "가\u11a8", "-"]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(st.sampled_from(LETTERS), max_size=8).map("".join), min_size=1, max_size=4))
def test_an_index_narrows_without_losing_anything(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    folder: Path = tmp_path_factory.mktemp("narrow")
    with Corpus.create(folder / "corpus") as corpus:
        write_document(corpus, tuple(texts), "가.pdf", "자료", None, None, "f", {}, None)
        engine = WhooshIndex(folder / "ix", True)
        catch_up(corpus, engine)
        searcher = Searcher(corpus, index=engine)
        for expression in EXPRESSIONS:
            true = {n for n, text in enumerate(texts, 1) if patterns.spans(Page("d", n, "f", text), expression)}
            assert parse(f"/{expression}/") == Expression(expression)
            assert {hit.page.number for hit in searcher.search(Expression(expression), 100)} == true, expression
        searcher.close()


def test_there_is_no_wall_at_any_offset(corpus: Corpus, write: Write, tmp_path: Path) -> None:
    each = 7_000
    engine = WhooshIndex(tmp_path / "ix", True)
    for name in "가나다":
        document = write(f"동의 {name}", name=f"{name}.pdf")
        (page,) = corpus.store.pages(document)
        (entry,) = entries([page])
        with corpus.store.writing() as record:
            shown = [6_001, 6_002, 6_003, *range(6_996, 7_001)]  # only what is looked at below needs to be stored
            record.pages([replace(page, number=number) for number in shown])
        engine.put_pages(document, [replace(entry, number=number) for number in range(1, each + 1)])
    engine.commit(corpus.store.last_change())
    with Searcher(corpus, index=engine) as searcher:
        for sort in ("relevance", "document"):
            results = searcher.search("동의", limit=10, offset=20_995, sort=sort)
            assert (results.total, results.documents, len(results)) == (3 * each, 3, 5)
        assert len(searcher.search("동의", limit=10, offset=3 * each)) == 0
        pages = [hit.page.number for hit in searcher.search("동의", limit=3, offset=20_000, sort="document")]
        assert pages == [6_001, 6_002, 6_003]
        assert searcher.search("동의", limit=0).total == 3 * each
