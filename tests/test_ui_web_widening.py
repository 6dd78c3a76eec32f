"""What the search page looks for beside what was typed, and what it offers where little is found."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus import Corpus
from search import Searcher
from search.looking import Patience
from search.query import parse
from tests import rooms
from tests.conftest import Write
from ui.web import hits as page
from ui.web.asked import Asked
from ui.web.hits import contents
from ui.web.quoted import compared
from ui.web.reading import hits
from ui.web.widening import Widening, typed_forms


@pytest.fixture
def searcher(corpus: Corpus, write: Write) -> Iterator[Searcher]:
    write("정보주체의 동의를 받지 않고 1억 7천만 건을 이용", "안면 정보의 보관 기간", name="가.pdf", agency="법무부")
    write("without the consent of travellers", "some 170 million images", name="나.pdf", agency="감사원")
    with Searcher(corpus) as made:
        yield made


def shown(searcher: Searcher, query: str = "", **parameters: list[str]) -> dict[str, Any]:
    made = contents(searcher, Asked.of({"q": [query], **parameters}), "ko")
    plain: dict[str, Any] = json.loads(json.dumps(made))
    return plain


def marked(made: dict[str, Any]) -> set[str]:
    return {hit["text"][start:end] for hit in made["found"]["hits"] for start, end in hit["marks"]}


def test_words_are_found_in_the_other_language_and_told(searcher: Searcher) -> None:
    made = shown(searcher, "동의")
    (chip,) = made["widened"]["chips"]
    assert (chip["kind"], chip["typed"], chip["on"], ["consent", True] in chip["forms"]) == ("word", "동의", True, True)
    assert (made["found"]["total"], marked(made)) == (2, {"동의", "consent"})
    assert made["asked"]["widens"]


def test_a_form_a_word_or_everything_added_can_be_left_out(searcher: Searcher) -> None:
    without = shown(searcher, "동의", without=["consent"])
    assert without["found"]["total"] == 1
    assert ["consent", False] in without["widened"]["chips"][0]["forms"]  # still told, to be put back
    whole = shown(searcher, "동의", without=["동의"])
    assert (whole["found"]["total"], whole["widened"]["chips"][0]["on"]) == (1, False)
    off = shown(searcher, "동의", bridge=["off"])
    assert (off["found"]["total"], off["widened"]["on"], off["asked"]["widens"]) == (1, False, False)
    assert off["widened"]["chips"][0]["forms"] != []


def test_within_quotation_marks_nothing_is_added(searcher: Searcher) -> None:
    made = shown(searcher, '"동의"')
    assert (made["found"]["total"], made["widened"]["chips"]) == (1, [])


def test_a_number_is_found_in_its_other_spellings(searcher: Searcher) -> None:
    made = shown(searcher, "1억 7천만")
    (chip,) = made["widened"]["chips"]
    assert (chip["kind"], chip["typed"]) == ("number", "1억 7천만")
    assert "170 million" in [form for form, _ in chip["forms"]]
    assert made["found"]["total"] == 2
    assert shown(searcher, "1억 7천만", without=["1억 7천만"])["found"]["total"] == 1


def test_a_glossary_that_cannot_be_read_is_said_and_the_search_goes_on(searcher: Searcher) -> None:
    (searcher.corpus.folder / "glossary.tsv").write_text("한 칸뿐\n", encoding="utf-8")
    made = shown(searcher, "동의")
    assert "Line 1" in made["widened"]["fault"]
    assert made["found"]["total"] == 1
    (searcher.corpus.folder / "glossary.tsv").write_text("숙직\tnight duty\n", encoding="utf-8")
    again = shown(searcher, "숙직")
    assert (again["widened"]["fault"], again["widened"]["chips"][0]["forms"]) == ("", [["night duty", True]])


def test_parts_are_named_as_typed(tmp_path: Path) -> None:
    widen = Widening.of(tmp_path).tree
    names = typed_forms(parse("동의 (안면 OR 얼굴)"), widen)
    assert {"동의", "안면 OR 얼굴"} == set(names.values())


# -- partial matches


def test_where_no_page_has_all_the_words_some_follow_and_say_what_they_lack(searcher: Searcher) -> None:
    found = shown(searcher, "동의 보관")["found"]
    assert (found["total"], found["partial"]) == (0, 3)
    titles = {id: paper["title"] for id, paper in found["papers"].items()}
    lacking = {(titles[hit["document"]], hit["page"]): hit["missing"] for hit in found["hits"]}
    assert lacking == {("가", 1): ["보관"], ("가", 2): ["동의"], ("나", 1): ["보관"]}
    assert {"kind": "whole", "q": "scope:document 동의 보관", "total": 2} in found["hints"]["tries"]


def test_full_matches_come_first_and_partial_ones_are_told_apart(searcher: Searcher) -> None:
    found = shown(searcher, "정보주체 동의")["found"]
    assert (found["total"], "missing" in found["hits"][0]) == (1, False)
    assert [hit["missing"] for hit in found["hits"][1:]] == [["정보주체"]]
    grouped = shown(searcher, "정보주체 동의", group=["document"])["found"]
    assert [hit["missing"] for hit in grouped["hits"][1:]] == [["정보주체"]]
    assert (grouped["partial"], grouped["documents"], grouped["partialDocuments"]) == (1, 1, 1)


# -- did you mean


@pytest.mark.parametrize(
    ("query", "other"), [("보괸", "보관"), ("ehddml", "동의"), ("traveller concent", "traveller consent")]
)
def test_what_was_meant_is_offered_and_finds_what_it_says(searcher: Searcher, query: str, other: str) -> None:
    offered = {each["q"]: each["total"] for each in shown(searcher, query)["found"]["meant"]}
    assert offered[other] == shown(searcher, other)["found"]["total"] > 0


def test_a_word_that_stands_in_the_other_language_was_meant(searcher: Searcher) -> None:
    made = shown(searcher, "travellers 이미지")  # 이미지 stands nowhere, images do
    assert made["found"]["meant"] == []


def test_what_could_not_be_finished_is_said_and_not_tried_in_other_forms(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "_PATIENCE", Patience(0.0))
    made = shown(searcher, "/[가-힣]{30}/ OR 보괸")
    assert made["unfinished"] == [["/[가-힣]{30}/", 4, 0]]
    assert (made["found"]["hints"]["words"], "meant" in made["found"]) == ([], False)


# -- altered and absent


def test_a_quotation_that_stands_nowhere_is_answered_with_the_nearest_passage_and_the_proof(searcher: Searcher) -> None:
    found = shown(searcher, '"정보주체의 동의를 받고 1억 8천만 건을 이용"')["found"]
    assert found["total"] == 0
    (place,) = found["elsewhere"]
    assert place["grade"]["word"] == "altered"
    kinds = {kind for _, _, kind in place["grade"]["differences"]}
    assert {"negation", "figure"} <= kinds
    assert ["quoted", "8천만"] in place["pieces"]
    assert ["stands", "7천만"] in place["pieces"]
    assert found["proof"] == {"withheld": 0, "indexed": 4, "documents": 2}


def test_blanks_and_line_ends_are_no_difference_of_words() -> None:
    assert compared("안면인식 정보", "안면\n인식 정보") == [("same", "안면 인식"), ("same", "정보")]
    assert compared("가 " * 3000, "나 " * 3000)[0][0] == "same"  # too long to be set side by side


# -- more like this page


def test_pages_like_one_without_itself(searcher: Searcher, write: Write) -> None:
    write("안면 정보의 보관 기간과 파기", "회의 일정", name="다.pdf")
    document = next(id for id, listing in searcher.known().items() if listing.title == "가")
    with Searcher(searcher.corpus) as fresh:
        made = shown(fresh, like=[f"{document}:2"])
    assert (made["like"]["title"], made["like"]["page"]) == ("가", 2)
    keys = [(made["found"]["papers"][hit["document"]]["title"], hit["page"]) for hit in made["found"]["hits"]]
    assert keys[0] == ("다", 1)
    assert ("가", 2) not in keys


@pytest.mark.parametrize("like", ["0" * 64 + ":1", "DOCUMENT:99"])
def test_there_is_nothing_like_a_page_that_is_not_there(searcher: Searcher, like: str) -> None:
    document = next(iter(searcher.known()))
    made = shown(searcher, like=[like.replace("DOCUMENT", document)])
    assert made["like"] == {"gone": True}
    assert "found" not in made
    assert "begin" in shown(searcher, like=["x:1"])  # not understood counts as not asked


# -- the reader


def test_the_reader_marks_what_was_added_only_where_the_address_says_so(
    corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = write("동의 and consent")
    with rooms.opened(corpus, monkeypatch) as room:
        page = corpus.store.page(document, 1)
        plain = hits(room, page, "동의", "ko")
        widened = hits(room, page, "동의", "ko", bridge=True)
        left = hits(room, page, "동의", "ko", bridge=True, without=("consent",))
    assert plain is not None
    assert widened is not None
    assert left is not None
    assert (plain["here"], left["here"]) == ([[0, 2]], [[0, 2]])
    assert (widened["here"], widened["total"]) == ([[0, 2], [7, 14]], 2)
