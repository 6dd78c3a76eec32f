"""What the search page is given: exact counts, places, grades, hints that were tried, errors in both languages."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from corpus import Corpus
from corpus.locking import only_writer
from corpus.model import Basis, Withheld
from search import Searcher
from search.query import QueryError, parse
from tests.conftest import Write
from ui.web.asked import Asked
from ui.web.faults import KOREAN, said
from ui.web.hits import PAGES, contents

HOSTILE = '<img src=x onerror="alert(1)">'


@pytest.fixture
def searcher(corpus: Corpus, write: Write) -> Iterator[Searcher]:
    write(
        "추진계획\n정보주체의 동의를 받지 않고 1.7억 건을 이용",
        "안면 인식 기술과 동의",
        name="추진 계획.pdf",
        release="갑 자료",
        agency="법무부",
        received="2019-04-22",
    )
    write(
        "동의 없이 제공한 consent images", name="Letter on consent.pdf", release="을", agency="감사원", received="2021"
    )
    with Searcher(corpus) as made:
        yield made


def asked(query: str = "", **parameters: list[str]) -> Asked:
    return Asked.of({"q": [query], **{name.replace("_", "-"): value for name, value in parameters.items()}})


def shown(searcher: Searcher, query: str = "", language: str = "ko", **parameters: list[str]) -> dict[str, Any]:
    made = contents(searcher, asked(query, **parameters), language)
    assert json.loads(json.dumps(made))["asked"]["q"] == query.strip()  # plain data
    return made


def test_an_address_is_read_and_nonsense_in_it_passed_over() -> None:
    read = Asked.of({"q": [" 동의 "], "agency": ["법무부", "", HOSTILE], "not-year": ["2019"], "page": ["3"]})
    assert read.form() == {
        "q": "동의",
        "sort": "relevance",
        "grouped": False,
        "page": 3,
        "chosen": {"agency": sorted(["법무부", HOSTILE])},
        "excluded": {"year": ["2019"]},
        "without": [],
        "bridge": True,
        "numbers": False,
        "like": "",
    }
    odd = Asked.of({"page": ["-1"], "sort": ["size"], "group": ["year"], "colour": ["red"]})
    assert odd == Asked.of({})
    assert Asked.of({"page": ["٣"]}).page == Asked.of({"page": ["99999999999"]}).page == 1


def test_a_hit_says_where_it_stands(searcher: Searcher) -> None:
    found = shown(searcher, "안면인식")["found"]
    (hit,) = found["hits"]
    assert (found["total"], found["documents"], hit["page"], hit["label"], hit["basis"]) == (1, 1, 2, "2", "text_layer")
    text = searcher.corpus.store.page(hit["document"], 2).visible
    assert text[slice(*hit["at"])] == "안면 인식"
    ((start, end),) = hit["marks"]
    assert hit["text"][start:end] == "안면 인식"
    assert found["papers"][hit["document"]] == {
        "title": "추진 계획",
        "agency": "법무부",
        "date": "2019-04-22",
        "received": True,
        "release": "갑 자료",
        "notices": [],
        "pages": 1,
    }


def test_a_hit_opens_at_what_its_passage_shows(corpus: Corpus, write: Write) -> None:
    """The passage is where the words stand closest; the first of them on the page may be far above it."""
    write("동의\n" + "다른 말을 적는다. " * 60 + "\n안면 이미지는 동의 없이 제공")
    with Searcher(corpus) as searcher:
        (hit,) = shown(searcher, "안면이미지 동의")["found"]["hits"]
    page = corpus.store.page(hit["document"], 1).visible
    assert page[slice(*hit["at"])] == "안면 이미지"
    assert hit["text"][slice(*hit["marks"][0])] == "안면 이미지"


def test_facets_count_what_another_choice_would_give(searcher: Searcher) -> None:
    found = shown(searcher, "동의", agency=["법무부", "없는 기관"], not_year=["2021"])["found"]
    assert (found["total"], found["documents"]) == (2, 1)
    facets = {facet["name"]: dict(facet["values"]) for facet in found["facets"]}
    assert facets["agency"] == {"법무부": 2, "없는 기관": 0}  # 감사원 is not of another year
    assert facets["year"] == {"2019": 2, "2021": 0}
    assert facets["release"] == {"갑 자료": 2}


def test_grouping_and_pages_of_results(corpus: Corpus, write: Write) -> None:
    texts = [f"공통 {n}" + " 공통" * (n % 3) for n in range(30)]
    write(*texts, name="긴.pdf")
    write("공통", name="짧은.pdf")
    with Searcher(corpus) as searcher:
        first, last = shown(searcher, "공통")["found"], shown(searcher, "공통", page=["2"])
        assert (len(first["hits"]), first["total"], first["first"]) == (PAGES, 31, 1)
        assert (len(last["found"]["hits"]), last["found"]["first"]) == (11, PAGES + 1)
        beyond = shown(searcher, "공통", page=["77"])
        assert (beyond["asked"]["page"], beyond["found"]["hits"]) == (2, last["found"]["hits"])
        grouped = shown(searcher, "공통", group=["document"])["found"]
        assert [paper["pages"] for paper in grouped["papers"].values()].count(30) == 1
        assert len(grouped["hits"]) == 4  # three best of one document, the one of the other


def test_a_quotation_is_graded_and_altered_places_are_listed(searcher: Searcher) -> None:
    found = shown(searcher, '"동의를 받지 않고"')["found"]
    assert [hit["grade"]["word"] for hit in found["hits"]] == ["exact"]
    spaced = shown(searcher, '"동의를 받지않고"')["found"]["hits"][0]
    assert (spaced["grade"]["word"], spaced["grade"]["differences"]) == ("spacing", [("", " ", "spacing")])
    nowhere = shown(searcher, '"17억 건"')["found"]
    assert nowhere["total"] == 0
    (place,) = nowhere["elsewhere"]
    assert (place["grade"]["word"], place["page"]) == ("altered", 1)
    assert place["pieces"] == [("quoted", "17억"), ("stands", "1.7억"), ("same", "건")]
    assert place["grade"]["differences"] == [("", ".", "figure")]
    assert shown(searcher, '"17억 건"', agency=["감사원"])["found"]["elsewhere"] == []
    assert "grade" not in shown(searcher, "동의")["found"]["hits"][0]


def test_a_passage_over_a_page_end_is_graded(corpus: Corpus, write: Write) -> None:
    write("개인정보를 동의", "없이 이용하였다", name="가.pdf")
    with Searcher(corpus) as searcher:
        (hit,) = shown(searcher, '"동의 없이 이용"')["found"]["hits"]
        assert (hit["grade"]["word"], hit["page"], hit["at"]) == ("exact", 1, (6, 8))


def test_ocr_brings_its_confidence_and_withheld_text_stays(corpus: Corpus, write: Write) -> None:
    document = write("자리", name="가.pdf")
    page = corpus.store.page(document, 1)
    text = "연락처 비밀번호 끝"
    covered = (Withheld(4, 8, (0, 0, 1, 1)),)
    with corpus.store.writing() as record:
        record.pages([replace(page, fingerprint="2", text=text, basis=Basis.OCR, confidence=0.876, withheld=covered)])
        record.change(document, "read")
    with Searcher(corpus) as searcher:
        made = shown(searcher, "연락처")
        (hit,) = made["found"]["hits"]
        assert (hit["basis"], hit["confidence"], hit["text"]) == ("ocr", 87, "연락처 ████ 끝")
        assert "비밀번호" not in json.dumps(made, ensure_ascii=False)
        assert shown(searcher, "비밀번호")["found"]["total"] == 0


def test_notices_are_said_once_where_all_hits_share_them(corpus: Corpus, write: Write, searcher: Searcher) -> None:
    with corpus.store.writing() as record:
        record.release(replace(corpus.store.releases()["을"], notice=HOSTILE))
        record.change(next(iter(corpus.store.visible())), "release")
    both = shown(searcher, "동의")["found"]
    assert both["notices"] == []
    assert sorted(paper["notices"] for paper in both["papers"].values()) == [[], [HOSTILE]]
    one = shown(searcher, "consent", bridge=["off"])["found"]
    assert (one["notices"], [paper["notices"] for paper in one["papers"].values()]) == ([HOSTILE], [[]])


@pytest.mark.parametrize(
    ("query", "kind", "other", "total"),
    [
        ("추진계획 images", "any", "추진계획 OR images", 2),
        ("추진계획 안면", "whole", "scope:document 추진계획 안면", 2),
        ('"건을 동의를"', "apart", "건을 동의를", 1),
    ],
)
def test_hints_find_what_they_say(searcher: Searcher, query: str, kind: str, other: str, total: int) -> None:
    found = shown(searcher, query)["found"]
    assert found["total"] == 0
    assert {"kind": kind, "q": other, "total": total} in found["hints"]["tries"]
    for hint in found["hints"]["tries"]:
        assert shown(searcher, hint["q"])["found"]["total"] == hint["total"] > 0


def test_hints_count_each_word_and_what_is_outside_of_the_filters(searcher: Searcher) -> None:
    hints = shown(searcher, "동의 뷁쉙")["found"]["hints"]
    assert hints["words"] == [["동의", 3], ["뷁쉙", 0]]
    narrowed = shown(searcher, "안면인식", year=["2021"])["found"]
    assert (narrowed["total"], narrowed["hints"]["unfiltered"]) == (0, 1)


def test_what_is_here_before_anything_is_asked(searcher: Searcher) -> None:
    made = shown(searcher)
    begin = made["begin"]
    assert begin["documents"] == 2
    assert {release["name"]: release["pages"] for release in begin["releases"]} == {"갑 자료": 2, "을": 1}
    assert made["coverage"] == {"total": 3, "searched": 3, "part": 0, "files": 0}
    assert len(begin["examples"]) >= 3
    for example in begin["examples"]:
        assert shown(searcher, example["q"])["found"]["total"] == example["total"] > 0


def test_an_empty_corpus(corpus: Corpus) -> None:
    with Searcher(corpus) as searcher:
        begin = shown(searcher)["begin"]
        assert (begin["documents"], begin["releases"], begin["examples"]) == (0, [], [])


WRONG = [
    "x" * 5000, "(" * 40 + "가", "scope:document scope:page 가", "scope:document", "(scope:document 가)", "가*나", "=",
    "=가*", "%", "titel:가", "zzz:가", 'date:"2019"', "scope:x", "date:x", "date:2021..2019", "date:2019-13", "page:x",
    "page:0", "page:5..3", "title:", "가 ”", '"가', "title:-가", "- -가", "NOT NOT 가", "가 OR", "가 (나", "OR 가",
    "()", "가)", "", "-(가", "| 가", "가 AND", "title: 가", '"가 * %"', '"50"~60대', '"가"~5', "/가", "/(가/", "type:/",
    "lang:kr", "has:x", "confidence:80", "confidence:0.9..0.5",
    "figure:x", "figure:5명..6원", "figure:5..3", "mention:x", "mention:2019..04-22", "mention:04-22..",
]  # fmt: skip


@pytest.mark.parametrize("query", WRONG)
def test_every_error_has_a_korean_sentence(query: str) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    error = caught.value
    korean = said(error, "ko")
    assert korean != error.message
    assert "{" not in korean
    assert said(error, "en") == error.message


def test_no_korean_sentence_is_left_over() -> None:
    used = set()
    for query in WRONG:
        with pytest.raises(QueryError) as caught:
            parse(query)
        used.add(next(sentence for shape, sentence in KOREAN if shape.fullmatch(caught.value.message)))
    assert used == {sentence for _, sentence in KOREAN}


def test_an_error_is_shown_with_its_position(searcher: Searcher) -> None:
    made = shown(searcher, "동의 (안면")
    assert made["fault"] == {
        "query": "동의 (안면",
        "position": 3,
        "said": "여기서 연 괄호가 닫히지 않았습니다. 뒤에 )를 적으십시오.",
    }
    assert "found" not in made


def test_an_ingest_is_said_only_while_it_runs(searcher: Searcher) -> None:
    folder = searcher.corpus.folder
    assert shown(searcher)["ingesting"] is False
    with only_writer(folder, "an ingest"):
        assert shown(searcher)["ingesting"] is True
    with only_writer(folder, "bringing the index up to date"):
        assert shown(searcher)["ingesting"] is False
    (folder / "writer.txt").write_text("an ingest, process 1, killed", encoding="utf-8")
    assert shown(searcher)["ingesting"] is False


def test_documents_not_in_the_index_yet_are_counted(searcher: Searcher, write: Write) -> None:
    write("새 동의", name="추진 계획.pdf", release="갑 자료", fingerprint="test-2")
    changed = searcher.corpus.store.document(next(iter(searcher.corpus.store.visible())))
    with searcher.corpus.store.writing() as record:
        record.change(changed.id, "read")
    assert shown(searcher, "동의")["behind"] > 0


# -- filters alone, fields that nothing meets, the reader's language


def test_filters_alone_show_all_their_pages_with_nothing_in_the_box(searcher: Searcher) -> None:
    made = shown(searcher, agency=["법무부"])
    assert (made["asked"]["q"], made["asked"]["chosen"]) == ("", {"agency": ["법무부"]})
    assert (made["found"]["total"], made["found"]["documents"]) == (2, 1)
    assert [hit["page"] for hit in made["found"]["hits"]] == [1, 2]
    assert shown(searcher, not_agency=["법무부"])["found"]["total"] == 1
    assert shown(searcher, agency=["없음"])["found"]["total"] == 0
    assert "begin" in shown(searcher)


@pytest.mark.parametrize(
    ("query", "meant", "near"),
    [
        ("agency:국방부", {"감사원", "법무부"}, False),
        ("동의 agency:감사언", {"감사원"}, True),
        ('(동의 OR 안면) agency:"법무부 본부"', {"법무부"}, True),
        ("agency:국*", {"감사원", "법무부"}, False),
    ],
)
def test_an_unknown_agency_is_answered_with_those_there_are(
    searcher: Searcher, query: str, meant: set[str], near: bool
) -> None:
    (field,) = shown(searcher, query)["found"]["hints"]["fields"]
    assert (field["name"], field["near"], field["all"]) == ("agency", near, 2)
    assert {value["value"] for value in field["values"]} == meant
    for value in field["values"]:
        assert shown(searcher, value["q"])["found"]["total"] == value["total"] > 0


def test_a_field_that_is_met_is_not_to_blame(searcher: Searcher) -> None:
    assert shown(searcher, "뷁쉙 agency:법무부")["found"]["hints"]["fields"] == []
    assert shown(searcher, "뷁쉙 -agency:국방부")["found"]["hints"]["fields"] == []
    (field,) = shown(searcher, "release:병")["found"]["hints"]["fields"]
    assert {value["value"] for value in field["values"]} == {"갑 자료", "을"}


def test_examples_are_in_the_readers_language_or_said_to_be_in_the_papers(
    searcher: Searcher, corpus: Corpus, write: Write
) -> None:
    english = shown(searcher, language="en")["begin"]
    assert english["examples"][0]["q"] == "consent"
    assert not english["foreign"]
    korean = shown(searcher)["begin"]
    assert (korean["examples"][0]["q"], korean["foreign"]) == ("계획", False)


def test_a_reader_of_english_is_told_that_examples_are_korean(corpus: Corpus, write: Write) -> None:
    write("추진 계획: 정보주체의 동의", name="추진 계획.pdf")
    with Searcher(corpus) as alone:
        assert shown(alone, language="en")["begin"]["foreign"]
        assert not shown(alone)["begin"]["foreign"]
