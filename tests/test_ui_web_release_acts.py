"""What people set on the page of releases: facts of papers and releases; a release withdrawn, and back."""

from __future__ import annotations

from typing import Any

import pytest

from corpus import Corpus
from corpus.listings import listings
from search import Searcher
from tests.conftest import Write
from ui.web.release_acts import RELEASE_FACTS, brought_back, edited, release_edited, withdrawn
from ui.web.release_list import shown_data
from ui.web.texts import LANGUAGES, texts
from ui.web.visit import Visit


@pytest.fixture
def two(corpus: Corpus, write: Write) -> tuple[Corpus, str, str]:
    """A paper that came with two releases, and one of the first alone."""
    both = write("함께 온 글", name="함께.pdf", release="갑", agency="법무부")
    write("함께 온 글", name="함께.pdf", release="을", document=both)
    return corpus, both, write("혼자 온 글", name="혼자.pdf", release="갑", agency="법무부")


def changed(corpus: Corpus, author: str = "김주무관", **changes: Any) -> str:
    return release_edited(corpus, {"release": "갑", "changes": changes}, author)


def visible(corpus: Corpus, words: str) -> int:
    with Searcher(corpus) as searcher:
        return searcher.search(words).total


def releases(corpus: Corpus) -> dict[str, Any]:
    return {each["id"]: each for each in shown_data(corpus, Visit("ko", {}))["releases"]}


def test_facts_of_a_release_are_set_logged_and_seen_by_searches(two: tuple[Corpus, str, str]) -> None:
    corpus, both, _ = two
    assert changed(corpus, agency=["법무부", " 인천국제공항공사 "], due=["", "2021. 10. 21."]) == "edit_saved"
    release = corpus.store.releases()["갑"]
    assert (release.name, release.agency, release.due) == ("갑", "인천국제공항공사", "2021-10-21")
    assert listings(corpus.store)[both].agencies == ("인천국제공항공사",)
    assert visible(corpus, 'agency:"인천국제공항공사"') == 2
    logged = [(row.who, row.what, row.detail) for row in corpus.store.log() if row.what == "release edited"]
    assert logged == [
        ("김주무관", "release edited", "갑 agency: 법무부 → 인천국제공항공사"),
        ("김주무관", "release edited", "갑 due:  → 2021-10-21"),
    ]
    assert changed(corpus, agency=["인천국제공항공사", ""]) == "edit_saved"
    assert listings(corpus.store)[both].agencies == ()
    assert changed(corpus, name=["갑", "갑 자료"]) == "edit_saved"
    assert visible(corpus, "release:자료") == 2


def test_what_another_has_changed_meanwhile_is_not_written_over(two: tuple[Corpus, str, str]) -> None:
    corpus, _, _ = two
    assert changed(corpus, requester=["", "박주민 의원"]) == "edit_saved"
    assert changed(corpus, requester=["", "다른 의원"], due=["", "2021"]) == "edit_release_changed"
    release = corpus.store.releases()["갑"]
    assert (release.requester, release.due) == ("박주민 의원", None)


def test_what_cannot_be_set_is_told(two: tuple[Corpus, str, str]) -> None:
    corpus, _, _ = two
    before = corpus.store.releases()
    assert changed(corpus, name=["갑", "을"]) == "edit_name_taken"
    assert changed(corpus, name=["갑", " "]) == "why_nameless"
    assert changed(corpus, requested=["", "어제"]) == "edit_no_date"
    assert changed(corpus, agency=["법무부", "법무부 "]) == "edit_same"
    assert release_edited(corpus, {"release": "없음", "changes": {}}, "김") == "edit_release_gone"
    for broken in (None, "x", {"release": 3}, {"release": ["갑"]}):
        assert release_edited(corpus, broken, "김") == "edit_release_gone"
    for broken in (None, [], {"agency": "x"}, {"agency": ["x"]}, {"agency": [1, 2]}, {"name": [None, "x"]}):
        assert release_edited(corpus, {"release": "갑", "changes": broken}, "김") == "edit_broken"
    assert changed(corpus, notice=["", "x"], id=["갑", "y"]) == "edit_same"
    assert changed(corpus, agency=["법무부", "가\ud800\x00나" + "다" * 900]) == "edit_saved"
    assert len(corpus.store.releases()["갑"].agency or "") == 500
    assert {**corpus.store.releases(), "갑": None} == {**before, "갑": None}


def test_a_release_is_withdrawn_and_brought_back(two: tuple[Corpus, str, str]) -> None:
    corpus, both, alone = two
    assert withdrawn(corpus, {"release": "갑"}, "김주무관") == "withdrawn_done"
    assert set(listings(corpus.store)) == {both}  # it came with another release, too
    assert (visible(corpus, "혼자"), visible(corpus, "release:갑"), visible(corpus, "함께")) == (0, 0, 1)
    told = releases(corpus)
    assert (told["갑"]["coverage"]["documents"], told["갑"]["withdrawn"], told["을"]["withdrawn"]) == (0, 2, 0)
    assert withdrawn(corpus, {"release": "갑"}, "김주무관") == "edit_same"
    assert brought_back(corpus, {"release": "갑"}, "이주무관") == "brought_back"
    assert set(listings(corpus.store)) == {both, alone}
    assert visible(corpus, "release:갑") == 2
    logged = [(row.who, row.what) for row in corpus.store.log()]
    assert ("김주무관", "release withdrawn") in logged
    assert ("김주무관", "remove") in logged
    assert ("이주무관", "release brought back") in logged
    assert ("이주무관", "restore") in logged


def test_what_was_in_the_trash_before_stays_there(two: tuple[Corpus, str, str]) -> None:
    corpus, both, alone = two
    with corpus.store.writing() as record:
        record.remove([met for met in corpus.store.occurrences(alone)], "김주무관")
    withdrawn(corpus, {"release": "갑"}, "김주무관")
    assert brought_back(corpus, {"release": "갑"}, "김주무관") == "brought_back"
    assert set(listings(corpus.store)) == {both}
    assert releases(corpus)["갑"]["coverage"]["documents"] == 1


def test_what_the_command_line_put_in_the_trash_comes_back_whole(two: tuple[Corpus, str, str]) -> None:
    corpus, both, alone = two
    with corpus.store.writing() as record:
        record.remove([met for met in corpus.store.occurrences() if met.delivery == "갑-1"], "김주무관")
    assert brought_back(corpus, {"release": "갑"}, "김주무관") == "brought_back"
    assert set(listings(corpus.store)) == {both, alone}
    assert brought_back(corpus, {"release": "갑"}, "김주무관") == "edit_same"
    for broken in (None, {"release": "없음"}, {"release": 1}):
        assert brought_back(corpus, broken, "김") == withdrawn(corpus, broken, "김") == "edit_release_gone"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fact_has_its_words(language: str) -> None:
    assert all(texts("releases", language)[name] for name in RELEASE_FACTS)


def test_edits_are_written_with_their_author(corpus: Corpus, write: Write) -> None:
    document = write("본문", name="답변서.pdf", agency="법무부", received="2021-10-21")

    def edit(**fields: Any) -> str:
        return edited(corpus, {"document": document, **fields}, "김주무관")

    assert edit(title="답변서", date="2021-10-21", agency="법무부") == "edit_same"
    assert edit(title=" 국회 답변서\x00 ", date="2021. 11. 3.", agency="법무부") == "edit_saved"
    listing = listings(corpus.store)[document]
    assert (listing.title, listing.date, listing.agencies) == ("국회 답변서\ufffd", "2021-11-03", ("법무부",))
    assert corpus.store.edits() == {document: {"title": "국회 답변서\ufffd", "date": "2021-11-03"}}
    assert edit(title="", date="") == "edit_saved"
    assert listings(corpus.store)[document].title == "답변서"
    assert edit(date="어제") == "edit_no_date"
    assert edited(corpus, {"document": "0" * 64, "title": "x"}, "김") == "edit_gone"
    for broken in (None, "x", [], {"document": 3}, {"title": "x"}):
        assert edited(corpus, broken, "김") == "edit_broken"
    assert edit(title=["x"], date=5) == "edit_same"
