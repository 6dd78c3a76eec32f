"""Queries against a small corpus: what is found, counted, ordered and marked, by every engine alike."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.errors import UsageError
from corpus.model import Audience, Furniture, FurnitureKind, Withheld
from search import Searcher
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.grading import Grade
from search.indexes import catch_up
from search.query import Phrase, Word
from search.quotes import Sought, on_page
from search.results import Results
from tests.conftest import Write, write_document

ROOT = Path(__file__).resolve().parent.parent

PLAN = (
    "인공지능 식별추적시스템 구축사업\n추진계획(안)\n2019. 4. 22.\n법무부·과학기술정보통신부",
    "1. 추진배경\n출입국 심사에 안면 인식 기술을 쓴다. 내국인 5,764만여 건, "
    "외국인 1억 2,000만 건의 안면\n데이터를 활용한다.",
    "2. 개인정보\n정보주체의 동의를 받지 않고\n제3자에게 제공하였다. 출입국관리법 제12조의2 근거",
    "3. 기대효과\n오인식률 -5% 감소, 처리 시간 10~20초. 비공개 대상 정보 포함",
)
AGREEMENT = (
    "협약서\n법무부와 ㈜한국인식은 1.7억 원에\n안면인식 알고리즘을 공동 개발한다.",
    "제1·2항에 따라 비밀을 유지하고, 개인정보를",
    "동의 없이 이용하지 않는다. 면책 조항 女性",
)
LETTER = (
    "Ministry of Justice may not provide face images to private companies without consent.",
    "The images were collected at airports (170 million records). See AI identification and tracking.",
    "Releasing the data was unlawful; it was unable to protect citizens' rights. recog\ufffenition",
)
MINUTES = (
    "회의록\n위원 질의: 안면인식 데이터를 왜 넘겼는가?\n답변: 동의를 받았다고 보고받았다.",
    "공개 대상 자료: 얼굴 영상 5764만 건. AI식별추적 과제",
    "",
    "별첨\n표 1. 카메라 12대, ２０１９년",
)

QUERIES = [
    "안면인식",
    "안면 인식",
    "식별추적 시스템",
    "AI식별추적",
    "동의 제공",
    "동의 -제공",
    "NOT 동의",
    "안면인식 OR images",
    "(안면 OR 얼굴) 5764만",
    "5,764만",
    "17억",
    "1.7억",
    "2019",
    "제12조",
    "제1·2항",
    "image",
    "=image",
    "release",
    "provide",
    "ident*",
    "제1*",
    "면",
    "女",
    '"동의를 받지 않고 제3자에게"',
    '"개인정보를 동의 없이"',
    '"-5%"',
    '"5%"',
    '"5,764만"',
    '"공개 대상"',
    '"MAY NOT provide"',
    '"face image"',
    '"able to"',
    '"recognition"',
    '"5 %"',
    "title:계획",
    'title:"추진 계획" OR file:회의록',
    "agency:법무부 안면",
    "-agency:법무부 안면",
    "release:갑 date:2021",
    "date:2020..",
    "date:..2019-12",
    "page:2..3 안면",
    "page:4..",
    "scope:document 안면인식 5764만",
    "scope:document 동의 -제공",
    'scope:document "동의 없이" 협약서',
    "scope:document agency:법무부 page:1",
    "scope:document date:2021",
    "뷁쉙",
    "agency:없음",
]


@dataclass
class Papers:
    corpus: Corpus
    whoosh: WhooshIndex
    ids: dict[str, str]

    def searchers(self, audience: Audience) -> tuple[Searcher, Searcher]:
        scan = Searcher(self.corpus, audience, ScanIndex(self.corpus.store))
        return scan, Searcher(self.corpus, audience, self.whoosh)


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Papers]:
    folder = tmp_path_factory.mktemp("papers")
    number = Furniture(FurnitureKind.NUMBER, PLAN[2].index("출입국"), len(PLAN[2]))
    with Corpus.create(folder / "말뭉치") as corpus:
        made = {
            name: write_document(corpus, texts, f"{name}.pdf", release, agency, received, "f", dict(marks), None)
            for name, texts, release, agency, received, marks in (
                ("추진계획", PLAN, "갑", "법무부", "2021-10-21", {3: (number,)}),
                ("협약서", AGREEMENT, "갑", "법무부", "2021-10-21", {}),
                ("letter", LETTER, "을", "과학기술정보통신부", "2019", {}),
                ("회의록", MINUTES, "을", "과학기술정보통신부", "2019", {}),
                ("무제", ("안면인식", "안면인식 " * 30, "면"), "병", None, None, {}),
            )
        }
        page = corpus.store.page(made["무제"], 3)
        text = "숨긴 안면인식과 면"
        hidden = replace(page, fingerprint="f2", text=text, withheld=(Withheld(3, 8, (0, 0, 1, 1)),))
        with corpus.store.writing() as record:
            record.pages([hidden])
            record.edit(made["회의록"], "date", "2020-05", "누군가")
            record.edit(made["협약서"], "title", "추진 계획에 따른 협약", "누군가")
            record.change(made["무제"], "read")
        whoosh = WhooshIndex(folder / "ix", writable=True)
        catch_up(corpus, whoosh)
        yield Papers(corpus, whoosh, made)
        whoosh.close()


def keys(results: Results) -> list[tuple[str, int]]:
    return [(hit.document.document.id, hit.page.number) for hit in results]


def found(results: Results) -> set[tuple[str, int]]:
    return set(keys(results))


@pytest.mark.parametrize("audience", [Audience(), Audience(frozenset({"갑", "병"}))], ids=["everyone", "two releases"])
def test_all_engines_find_and_count_the_same(papers: Papers, audience: Audience) -> None:
    scan, whoosh = papers.searchers(audience)
    sizes = set()
    for place, query in enumerate(QUERIES):
        if audience.releases and place % 3:
            continue
        one, other = scan.search(query, limit=100), whoosh.search(query, limit=100)
        assert found(one) == found(other), query
        assert one.total == other.total == len(found(other)), query
        assert one.documents == other.documents == len({document for document, _ in found(other)}), query
        assert one.facets == other.facets, query
        if place % 8 == 0:
            for sort in ("date", "document"):
                assert keys(scan.search(query, 100, sort=sort)) == keys(whoosh.search(query, 100, sort=sort)), query
        sizes.add(one.total)
    assert len(sizes) > 5


def test_what_a_query_finds(papers: Papers) -> None:
    search = papers.searchers(Audience())[1]

    def pages(query: str) -> set[tuple[str, int]]:
        names = {document: name for name, document in papers.ids.items()}
        return {(names[document], number) for document, number in found(search.search(query, limit=100))}

    assert pages('"동의를 받지 않고 제3자에게"') == {("추진계획", 3)}
    assert pages('"개인정보를 동의 없이"') == {("협약서", 2)}  # over the page end
    assert pages('"5%"') == set()
    assert pages('"-5%"') == {("추진계획", 4)}
    assert pages("5764만") == {("추진계획", 2), ("회의록", 2)}
    assert pages('"5,764만"') == {("추진계획", 2)}
    assert pages("release") == {("letter", 3)}  # releasing
    assert pages("안면인식 page:3") == set()  # withheld
    assert pages("title:계획 page:1") == {("추진계획", 1), ("협약서", 1)}
    assert pages("date:2020 page:1") == {("회의록", 1)}
    assert pages("scope:document 안면인식 5764만") == {("추진계획", 2), ("회의록", 1), ("회의록", 2)}


def test_a_phrase_is_what_a_quotation_finds(papers: Papers) -> None:
    scan, whoosh = papers.searchers(Audience())
    documents = [papers.corpus.store.pages(document) for document in papers.ids.values()]
    phrases = [
        "안면인식", "안면 데이터", "동의를 받지", "비공개", "공개 대상", "1.7억", "17억", "5%", "-5%", "10~20초",
        "1020초", "may provide", "MAY NOT", "face image", "images", "mage", "able to",
        "recognition", "㈜한국", "(주)한국", "2019년", "제1·2항", "제12항", "제12조", "女性", "여성",
        "1억 2,000만", "2,000만", "개인정보를 동의", "면", "AI", "ai 식별", "170", "0 million", "없는 말",
        "식은 1.7억",
    ]  # fmt: skip
    for phrase in phrases:
        sought = Sought.of(phrase, any_case=True)
        expected = {
            (page.document, page.number)
            for pages in documents
            for at, page in enumerate(pages)
            if any(place.grade < Grade.ALTERED for place in on_page(sought, pages[at:]))
        }
        for search in (scan, whoosh):
            assert found(search.search(Phrase(phrase), limit=100)) == expected, phrase


def test_offsets_walk_everything_once(papers: Papers) -> None:
    search = papers.searchers(Audience())[1]
    for sort in ("relevance", "date", "document"):
        whole = keys(search.search("면 OR the", 100, sort=sort))
        walked = []
        for offset in range(0, 20, 2):
            part = search.search("면 OR the", limit=2, offset=offset, sort=sort)
            assert part.total == len(whole)
            walked += keys(part)
        assert walked == whole
        assert len(set(whole)) == len(whole) > 6


def test_sorting(papers: Papers) -> None:
    search = papers.searchers(Audience())[1]
    dates = [hit.document.date for hit in search.search("면 OR the", 100, sort="date")]
    assert dates == sorted(dates, key=lambda date: date or "9999")
    assert dates[-1] is None
    hits = search.search("면 OR the", 100, sort="document")
    order = [(hit.document.title, hit.page.number) for hit in hits]
    assert order == sorted(order)
    scores = [hit.score for hit in search.search("면 OR the", 100)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("wrong", [{"sort": "size"}, {"limit": -1}, {"offset": -1}])
def test_wrong_usage(papers: Papers, wrong: dict[str, int]) -> None:
    with pytest.raises(UsageError):
        papers.searchers(Audience())[1].search("면", **wrong)  # type: ignore[arg-type]


def test_marks_and_snippets(papers: Papers) -> None:
    search = papers.searchers(Audience())[1]
    for query, words in (
        ("안면인식", {"안면인식", "안면 인식"}),
        ('"개인정보를 동의 없이"', {"개인정보를"}),
        ('"받지 않고 제3자에게"', {"받지 않고\n제3자에게"}),
        ("image -동의", {"images"}),
        ("-images 5764만", {"5,764만", "5764만"}),
        ("title:계획 page:1", set()),
    ):
        marked = set()
        for hit in search.search(query, 100):
            assert all(hit.page.visible[span.start : span.end] for span in hit.matches)
            marked |= {hit.page.visible[span.start : span.end] for span in hit.matches}
            for mark in hit.snippet.marks:
                assert hit.snippet.text[mark.start : mark.end].replace(" ", "\n") in {
                    w.replace(" ", "\n") for w in words
                }
            assert "숨긴 안면인식" not in hit.snippet.text
        assert marked == words, query


def test_rows_are_flat(papers: Papers) -> None:
    results = papers.searchers(Audience())[1].search("안면인식", limit=3)
    assert len(results.rows()) == len(results) == 3
    assert {type(value) for row in results.rows() for value in row.values()} <= {str, int, float}


def test_nothing_but_counts(papers: Papers) -> None:
    results = papers.searchers(Audience())[1].search("안면인식", limit=0, facets=False)
    assert (len(results), dict(results.facets["agency"])) == (0, {})
    assert results.total == 5


def test_a_query_can_be_a_tree(papers: Papers) -> None:
    search = papers.searchers(Audience())[1]
    assert found(search.search(Word("안면인식"), 100)) == found(search.search("안면인식", 100))


# -- what changes while a searcher is open


def test_edits_are_seen_at_once(corpus: Corpus, write: Write) -> None:
    document = write("안면인식", name="처음 이름.pdf", agency="법무부", received="2021-10-21")
    with Searcher(corpus) as search:
        assert search.search("title:처음 agency:법무부 date:2021-10").total == 1
        for field, value in (("title", "고친 제목"), ("agency", "감사원"), ("date", "2019-04")):
            with corpus.store.writing() as record:
                record.edit(document, field, value, "누군가")
        results = search.search("title:고친 agency:감사원 date:2019-04-22")
        assert results.total == 1
        assert (results.hits[0].document.title, results.hits[0].document.date_source) == ("고친 제목", "set")
        assert results.facets == {
            "agency": {"감사원": 1},
            "release": {"자료": 1},
            "year": {"2019": 1},
            "kind": {"pdf": 1},
        }
        assert search.search("title:처음").total == search.search("agency:법무부").total == 0
        with corpus.store.writing() as record:
            record.edit(document, "agency", None, "누군가")
        assert search.search("agency:법무부").total == 1


def test_a_removed_document_is_gone_at_once(corpus: Corpus, write: Write) -> None:
    first, second = write("안면인식 하나", name="가.pdf"), write("안면인식 둘", "안면인식 셋", name="나.pdf")
    with Searcher(corpus) as search:
        assert search.search("안면인식").total == 3
        with corpus.store.writing() as record:
            record.remove(corpus.store.occurrences(second), "누군가")
        results = search.search("안면인식")
        assert (results.total, results.documents, len(results)) == (1, 1, 1)
        assert results.facets["release"] == {"자료": 1}
        assert results.coverage.total == 1
        assert search.search("NOT 하나").total == 0
        assert search.listing(second) is None
        with Searcher(corpus) as later:
            assert later.search("안면인식").behind == 0
            assert found(later.search("안면인식")) == {(first, 1)}
        with corpus.store.writing() as record:
            record.remove(corpus.store.occurrences(second), "누군가", removed=False)
        with Searcher(corpus) as later:
            assert later.search("안면인식").total == 3


_WRITER = """
import sys
from corpus import Corpus
from corpus.locking import only_writer
from search.indexes import catch_up, open_index
from tests.conftest import write_document

with Corpus.open(sys.argv[1]) as corpus, only_writer(corpus.folder, "test"):
    index = open_index(corpus, writable=True)
    for n in range(3):
        texts = (f"새로운 안면인식 문서 {n}", "둘째 쪽")
        write_document(corpus, texts, f"새 {n}.pdf", "자료", None, None, "f", {}, None)
        catch_up(corpus, index)
        print(n, flush=True)
        sys.stdin.readline()
    index.close()
"""


def test_readers_see_what_another_process_writes(corpus: Corpus, write: Write) -> None:
    write("오래된 안면인식 문서", name="옛.pdf")
    with Searcher(corpus) as one, Searcher(corpus) as two:
        assert one.search("안면인식").total == 1
        command = [sys.executable, "-c", _WRITER, str(corpus.folder)]
        with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as writer:
            assert writer.stdin is not None
            assert writer.stdout is not None
            for n in range(3):
                assert writer.stdout.readline().strip() == str(n)
                for search in (one, two):
                    results = search.search("안면인식", limit=100)
                    assert (results.total, results.behind) == (2 + n, 0)
                    assert search.quote(f"새로운 안면인식 문서 {n} 둘째").grade is Grade.EXACT
                with Searcher(corpus) as third:  # opened beside the writer, which holds the lock
                    assert third.search('"둘째 쪽"').total == n + 1
                writer.stdin.write("\n")
                writer.stdin.flush()
            writer.wait(20)
            assert writer.returncode == 0
        assert found(one.search("안면인식", 100)) == found(two.search("안면인식", 100))
