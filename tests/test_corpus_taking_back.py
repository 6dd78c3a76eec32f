"""The trash, undoing an ingest and taking that back, moving a delivery to another release."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.listings import listings
from corpus.model import Audience, Release
from corpus.taking_back import move, redo, runs, same_delivery, trash, undo, with_contents
from ingest.outcomes import Request, Verdict
from search import Searcher
from tests.conftest import Write
from tests.ingests import OTHER, REQUEST, by_name, ingest
from tests.pdfs import lines, make

WHO = "김주무관"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "1차"
    made.mkdir()
    make(made / "회의록.pdf", lines("ordinary minutes"))
    make(made / "계획.pdf", lines("ordinary plan"))
    return made


@pytest.fixture
def later(folder: Path, tmp_path: Path) -> Path:
    """A second folder, with one paper of the first and one of its own."""
    made = tmp_path / "2차"
    made.mkdir()
    shutil.copy(folder / "계획.pdf", made / "계획 사본.pdf")
    make(made / "답변.pdf", lines("ordinary answer"))
    return made


def titles(corpus: Corpus) -> set[str]:
    return {listing.title for listing in listings(corpus.store).values()}


def found(corpus: Corpus, query: str, audience: Audience | None = None) -> int:
    with Searcher(corpus, audience) if audience else Searcher(corpus) as searcher:
        return searcher.search(query).total


# -- undo


def test_undoing_goes_back_one_ingest_at_a_time(corpus: Corpus, folder: Path, later: Path) -> None:
    ingest(corpus, folder)
    ingest(corpus, later, request=OTHER)
    assert found(corpus, "ordinary") == 3
    last = undo(corpus.store, WHO)
    assert last is not None
    assert {each.path for each in last.places} == {"계획 사본.pdf", "답변.pdf"}
    assert len(last.known) == 1  # the plan was met before
    assert titles(corpus) == {"회의록", "계획"}
    assert found(corpus, "ordinary") == 2
    assert [release.name for release in corpus.store.releases().values()] == ["식별추적시스템 자료", "다른 자료"]
    first = undo(corpus.store, WHO)
    assert first is not None
    assert {each.path for each in first.places} == {"회의록.pdf", "계획.pdf"}
    assert (titles(corpus), found(corpus, "ordinary")) == (set(), 0)
    assert undo(corpus.store, WHO) is None
    assert [(row.who, row.what) for row in corpus.store.log()].count((WHO, "remove")) == 4


def test_undoing_is_taken_back_in_turn(corpus: Corpus, folder: Path, later: Path) -> None:
    ingest(corpus, folder)
    ingest(corpus, later, request=OTHER)
    before = titles(corpus)
    undo(corpus.store, WHO)
    undo(corpus.store, WHO)
    back = redo(corpus.store, WHO)
    assert back is not None
    assert {each.path for each in back.places} == {"회의록.pdf", "계획.pdf"}
    assert titles(corpus) == {"회의록", "계획"}
    redo(corpus.store, WHO)
    assert titles(corpus) == before
    assert redo(corpus.store, WHO) is None
    again = undo(corpus.store, WHO)
    assert again is not None
    assert {each.path for each in again.places} == {"계획 사본.pdf", "답변.pdf"}


def test_what_was_in_the_trash_before_an_undoing_stays_there(corpus: Corpus, folder: Path) -> None:
    document = by_name(ingest(corpus, folder))["회의록.pdf"].document
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document), WHO)
    undone = undo(corpus.store, WHO)
    assert undone is not None
    assert [each.path for each in undone.places] == ["계획.pdf"]
    redo(corpus.store, WHO)
    assert titles(corpus) == {"계획"}


def test_an_ingest_that_added_nothing_is_none_to_undo(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    assert {each.verdict for each in ingest(corpus, folder)} == {Verdict.UNCHANGED}
    make(folder / "추가.pdf", lines("more"))
    ingest(corpus, folder)
    ingest(corpus, folder)
    assert len(runs(corpus.store)) == 4
    only = undo(corpus.store, WHO)
    assert only is not None
    assert [each.path for each in only.places] == ["추가.pdf"]
    rest = undo(corpus.store, WHO)
    assert rest is not None
    assert len(rest.places) == 2
    assert undo(corpus.store, WHO) is None


def test_undone_papers_stay_in_the_trash_when_taken_in_again_and_come_with_another_delivery(
    corpus: Corpus, folder: Path
) -> None:
    ingest(corpus, folder)
    undo(corpus.store, WHO)
    assert {each.verdict for each in ingest(corpus, folder)} == {Verdict.UNCHANGED}
    assert titles(corpus) == set()
    assert {each.verdict for each in ingest(corpus, folder, request=OTHER)} == {Verdict.KNOWN}
    assert found(corpus, 'ordinary release:"다른 자료"') == 2


def test_an_ingest_that_stopped_half_way_is_undone_as_far_as_it_went(corpus: Corpus, folder: Path) -> None:
    from ingest.pipeline import run
    from ingest.workers import SerialExecutor

    under_way = run([folder], corpus, REQUEST, executor=SerialExecutor())
    next(under_way)
    under_way.close()
    met = corpus.store.occurrences()
    assert met
    undone = undo(corpus.store, WHO)
    assert undone is not None
    assert {each.id for each in undone.places} == {each.id for each in met}
    assert corpus.store.visible() == frozenset()


def test_who_takes_papers_in_is_logged(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder, request=Request(REQUEST.release, who="이보좌관"))
    (run,) = runs(corpus.store)
    assert (run.who, len(run.added), run.undone) == ("이보좌관", 2, None)
    assert all(".pdf" not in row.detail for row in corpus.store.log())


def test_nothing_is_noted_of_a_corpus_without_ingests(corpus: Corpus, write: Write) -> None:
    write("글")
    assert (runs(corpus.store), undo(corpus.store, WHO), redo(corpus.store, WHO)) == ([], None, None)


# -- archives


def test_what_lies_in_an_archive_of_another_delivery_is_not_meant(corpus: Corpus, write: Write) -> None:
    names = {
        "묶음": "자료.zip",
        "안": "자료.zip!/가.pdf",
        "비슷한 이름": "자료.zip2/다.pdf",
        "다른": "자료.zip!/나.pdf",
    }
    made = {
        text: write(text, name=f"{n}.pdf", release="을" if text == "다른" else "갑") for n, text in enumerate(names)
    }
    with corpus.store.writing() as record:
        for text, document in made.items():
            (place,) = corpus.store.occurrences(document)
            record.occurrence(replace(place, path=names[text]))
    archive, inside = made["묶음"], made["안"]
    (place,) = corpus.store.occurrences(archive)
    assert [each.document for each in with_contents(corpus.store, [place])] == [archive, inside]
    assert with_contents(corpus.store, []) == []


# -- the trash


def test_the_trash_says_what_is_in_it_who_put_it_there_and_when(corpus: Corpus, write: Write) -> None:
    both = write("함께", name="함께.pdf", release="갑")
    write("함께", name="함께.pdf", release="을", document=both)
    alone = write("혼자", name="혼자.pdf", release="갑")
    assert trash(corpus.store) == []
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(delivery="갑-1"), WHO)
    listed = {each.document: each for each in trash(corpus.store)}
    assert set(listed) == {both, alone}
    assert (listed[both].elsewhere, listed[alone].elsewhere) == (True, False)
    assert (listed[alone].name, listed[alone].who, listed[alone].releases) == ("혼자.pdf", WHO, ("갑",))
    assert listed[alone].at == corpus.store.log()[-1].at


def test_occurrences_put_there_without_a_log_are_listed_too(corpus: Corpus, write: Write) -> None:
    document = write("글")
    (place,) = corpus.store.occurrences(document)
    with corpus.store.writing() as record:
        record.occurrence(replace(place, removed=True))
    (only,) = trash(corpus.store)
    assert (only.document, only.at, only.who) == (document, None, None)


# -- moving


def test_a_delivery_is_moved_and_everything_follows(corpus: Corpus, folder: Path, later: Path) -> None:
    ingest(corpus, folder)
    ingest(corpus, later, request=OTHER)
    assert found(corpus, 'release:"다른 자료"') == 2
    delivery = next(each for each in corpus.store.deliveries().values() if each.release == "자료-1")
    changes = corpus.store.last_change()
    assert move(corpus.store, delivery, corpus.store.releases()["자료-2"], WHO) == 2
    assert corpus.store.last_change() == changes + 2
    assert (found(corpus, 'release:"다른 자료"'), found(corpus, "release:식별추적시스템")) == (3, 0)
    assert found(corpus, "ordinary", Audience(frozenset({"자료-2"}))) == 3
    assert found(corpus, "ordinary", Audience(frozenset({"자료-1"}))) == 0
    assert set(corpus.store.releases()) == {"자료-1", "자료-2"}
    row = corpus.store.log()[-1]
    assert (row.who, row.what, row.detail) == (WHO, "delivery moved", f"{delivery.id}: 자료-1 → 자료-2")
    moved = corpus.store.deliveries()[delivery.id]
    assert move(corpus.store, moved, corpus.store.releases()["자료-2"], WHO) == 0
    assert corpus.store.last_change() == changes + 2


def test_a_delivery_is_moved_to_a_new_release(corpus: Corpus, folder: Path) -> None:
    ingest(corpus, folder)
    (delivery,) = corpus.store.deliveries().values()
    assert move(corpus.store, delivery, Release("새", "추가 제출"), WHO) == 2
    assert found(corpus, "release:추가") == 2


@pytest.mark.parametrize("request_of", [REQUEST, Request(OTHER.release, REQUEST.received)])
def test_a_moved_delivery_is_the_same_when_its_folder_is_taken_in_again(
    corpus: Corpus, folder: Path, request_of: Request
) -> None:
    ingest(corpus, folder)
    (delivery,) = corpus.store.deliveries().values()
    move(corpus.store, delivery, OTHER.release, WHO)
    assert {each.verdict for each in ingest(corpus, folder, request=request_of)} == {Verdict.UNCHANGED}
    assert list(corpus.store.deliveries()) == [delivery.id]
    assert same_delivery(request_of.delivery([folder]), corpus.store.deliveries()).id == delivery.id
