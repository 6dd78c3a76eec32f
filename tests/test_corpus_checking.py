"""Pages ticked off: read by eye, counted as fully read, and no longer so once they read otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus import Corpus
from corpus.checking import Check, bases, check, checks, uncheck
from corpus.citation import cite_page, formatted
from corpus.custody import verify
from corpus.errors import NotFound, PageChanged, UsageError
from corpus.listings import listings
from corpus.model import Basis, Furniture, FurnitureKind, Reason, State, Withheld
from corpus.resting import basis_at
from ingest import correcting
from search import Searcher

from .conftest import Write
from .scans import OCR, TEXT, at, kept_scan, ocr_page, put_right

WHO = "김 보좌관"


@pytest.fixture
def scan(corpus: Corpus) -> str:
    return kept_scan(corpus, TEXT, "둘째 쪽의 글")


def states(corpus: Corpus, document: str) -> list[State]:
    return [state for state, _ in corpus.store.page_states(document).values()]


def test_a_checked_page_counts_as_fully_read(corpus: Corpus, scan: str) -> None:
    with Searcher(corpus) as searcher:
        assert not searcher.quote("이런 말은 어디에도 없다").coverage.whole
        check(corpus.store, scan, 1, OCR, WHO)
        page, listed = corpus.store.page(scan, 1), corpus.store.document(scan)
        assert (page.basis, page.state, page.text) == (Basis.CHECKED, State.SEARCHABLE, TEXT)
        assert (listed.state, listed.detail.partition(";")[0]) == (State.OCR, "1 of 2 pages were read by OCR")
        assert not searcher.coverage().whole
        check(corpus.store, scan, 2, OCR, WHO)
        assert searcher.quote("이런 말은 어디에도 없다").coverage.whole
    listed = corpus.store.document(scan)
    assert (listed.state, listed.reason, listed.detail) == (State.SEARCHABLE, Reason.NONE, "")
    assert bases(corpus.store) == {Basis.CHECKED: 2}
    assert not verify(corpus)
    with Searcher(corpus) as searcher:
        assert searcher.search("basis:checked").total == 2
        assert searcher.search("has:ocr").total == 0
        assert [hit.page.basis for hit in searcher.search("동의률").hits] == [Basis.CHECKED]
    citation = cite_page(corpus.store, listings(corpus.store)[scan], 1)
    assert citation.basis is Basis.CHECKED
    assert "사람이 대조한 텍스트" in formatted(citation, "korean")


def test_the_tick_can_be_taken_off(corpus: Corpus, scan: str) -> None:
    check(corpus.store, scan, 1, OCR, WHO)
    check(corpus.store, scan, 1, OCR, "이 비서")
    [ticked] = checks(corpus.store, scan)
    assert (ticked.page, ticked.who, ticked.at[:2]) == (1, WHO, "20")
    assert isinstance(ticked, Check)
    uncheck(corpus.store, scan, 1, "이 비서")
    page = corpus.store.page(scan, 1)
    assert (page.basis, page.state, corpus.store.document(scan).state) == (Basis.OCR, State.OCR, State.OCR)
    assert checks(corpus.store, scan) == []
    with pytest.raises(UsageError, match="not ticked off"):
        uncheck(corpus.store, scan, 1, WHO)
    told = [(row.who, row.what) for row in corpus.store.log() if "read by eye" in row.what]
    assert told == [(WHO, "read by eye"), ("이 비서", "read by eye taken back")]


def test_a_later_correction_takes_the_tick_off_and_taking_it_back_puts_it_on(corpus: Corpus, scan: str) -> None:
    check(corpus.store, scan, 1, OCR, WHO)
    made = put_right(corpus, scan, "동의률", "동의를")
    assert (made.basis, made.state) == (Basis.CORRECTED, State.OCR)
    assert (checks(corpus.store, scan), corpus.store.document(scan).state) == ([], State.OCR)
    check(corpus.store, scan, 1, made.fingerprint, WHO)
    assert corpus.store.page(scan, 1).basis is Basis.CHECKED
    uncheck(corpus.store, scan, 1, WHO)
    assert corpus.store.page(scan, 1).basis is Basis.CORRECTED
    back = correcting.undo(corpus, scan, 1, made.fingerprint, WHO)
    assert (back.basis, back.state) == (Basis.CHECKED, State.SEARCHABLE)
    assert [each.page for each in checks(corpus.store, scan)] == [1]


def test_a_text_that_was_changed_meanwhile_is_not_ticked_off(corpus: Corpus, scan: str) -> None:
    put_right(corpus, scan, "동의률", "동의를", "이 비서")
    with pytest.raises(PageChanged, match="changed by 이 비서"):
        check(corpus.store, scan, 1, OCR, WHO)
    assert checks(corpus.store, scan) == []


@pytest.mark.parametrize(
    ("given", "match"),
    [
        ({"state": State.IN_PART, "reason": Reason.UNREAD_PICTURES, "basis": Basis.TEXT_LAYER}, "not read yet"),
        ({"state": State.NOT_SEARCHABLE, "reason": Reason.NEEDS_OCR, "text": ""}, "needs OCR"),
        ({"state": State.NOT_SEARCHABLE, "reason": Reason.NOTHING_RECOGNISED, "text": ""}, "nothing recognised"),
        ({"withheld": (Withheld(0, 4, (0, 0, 9, 9)),), "reason": Reason.WITHHELD, "state": State.IN_PART}, "withheld"),
    ],
)
def test_only_whole_pages_are_ticked_off(corpus: Corpus, scan: str, given: dict[str, object], match: str) -> None:
    with corpus.store.writing() as record:
        record.pages([replace(ocr_page(TEXT, scan), fingerprint="other", **given)])  # type: ignore[arg-type]
    with pytest.raises(UsageError, match=match):
        check(corpus.store, scan, 1, "other", WHO)
    assert corpus.store.page(scan, 1).basis is not Basis.CHECKED


def test_pictures_on_a_page_of_text_are_ticked_off_with_it(corpus: Corpus, scan: str) -> None:
    marks = (Furniture(FurnitureKind.PICTURE, *at(ocr_page(), "- 3 -")),)
    page = replace(ocr_page(TEXT, scan), fingerprint="pdf+ocr", basis=Basis.TEXT_LAYER, furniture=marks)
    with corpus.store.writing() as record:
        record.pages([page])
    made = put_right(corpus, scan, "- 3 -", "- 8 -")
    check(corpus.store, scan, 1, made.fingerprint, WHO)
    seen = corpus.store.page(scan, 1)
    assert (seen.basis, seen.state) == (Basis.CHECKED, State.SEARCHABLE)
    uncheck(corpus.store, scan, 1, WHO)
    seen = corpus.store.page(scan, 1)
    assert (seen.basis, seen.state) == (Basis.TEXT_LAYER, State.OCR)
    assert basis_at(seen, *at(seen, "- 8 -")) is Basis.CORRECTED


def test_a_text_layer_has_nothing_to_tick_off(corpus: Corpus, write: Write) -> None:
    document = write("보통의 글")
    with pytest.raises(UsageError, match="file's own text"):
        check(corpus.store, document, 1, "test-1", WHO)
    with pytest.raises(NotFound):
        check(corpus.store, document, 2, "test-1", WHO)
    with pytest.raises(UsageError, match="name"):
        check(corpus.store, document, 1, "test-1", " ")


def test_a_paper_in_an_archive_that_lacks_files_stays_listed_so(corpus: Corpus, scan: str) -> None:
    with corpus.store.writing() as record:
        listed = replace(corpus.store.document(scan), state=State.IN_PART, reason=Reason.SOME_FILES, detail="1 lost.")
        record.restate(listed)
    check(corpus.store, scan, 1, OCR, WHO)
    check(corpus.store, scan, 2, OCR, WHO)
    assert corpus.store.document(scan) == listed
