"""The one state a paper is listed under, and what is said of what went wrong."""

from __future__ import annotations

import errno
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import OperationalError

from corpus import Corpus
from corpus.errors import CorpusUnusable, ExitCode
from corpus.model import Reason, State
from corpus.stating import PageState, listed
from ingest.formats import FormatError
from ingest.outcomes import failure, writing_to
from ingest.workers import NotSendable, WorkerDied, WorkerError, WorkerTimedOut

READ: PageState = (State.SEARCHABLE, Reason.NONE)
SCAN: PageState = (State.NOT_SEARCHABLE, Reason.NEEDS_OCR)
BROKEN: PageState = (State.NOT_SEARCHABLE, Reason.DAMAGED)
PICTURES: PageState = (State.IN_PART, Reason.UNREAD_PICTURES)
TIMED_OUT = (Reason.TIMED_OUT, "The work took too long.")


def numbered(*states: PageState) -> dict[int, PageState]:
    return dict(enumerate(states, 1))


@pytest.mark.parametrize(
    ("pages", "state", "reason"),
    [
        ([READ, READ], State.SEARCHABLE, Reason.NONE),
        ([SCAN, SCAN], State.NOT_SEARCHABLE, Reason.NEEDS_OCR),
        ([SCAN], State.NOT_SEARCHABLE, Reason.NEEDS_OCR),
        ([SCAN, BROKEN], State.NOT_SEARCHABLE, Reason.SOME_PAGES),
        ([READ, SCAN], State.IN_PART, Reason.SOME_PAGES),
        ([PICTURES, PICTURES], State.IN_PART, Reason.UNREAD_PICTURES),
        ([PICTURES, READ], State.IN_PART, Reason.SOME_PAGES),
        ([PICTURES, SCAN], State.IN_PART, Reason.SOME_PAGES),
    ],
)
def test_state_of_a_paper_from_those_of_its_pages(pages: list[PageState], state: State, reason: Reason) -> None:
    found = listed(len(pages), numbered(*pages), None)
    assert found[:2] == (state, reason)
    assert bool(found[2]) == (state is not State.SEARCHABLE)


def test_sentence_counts_and_names_what_is_short() -> None:
    detail = listed(4, numbered(READ, SCAN, PICTURES, READ), None)[2]
    assert detail == "2 of 4 pages cannot be searched in full: needs OCR, unread pictures."


def test_page_nobody_read_is_damaged() -> None:
    state, reason, detail = listed(3, {1: READ, 3: READ}, None)
    assert (state, reason) == (State.IN_PART, Reason.SOME_PAGES)
    assert "1 of 3" in detail
    assert "damaged" in detail


def test_lost_batch_leaves_a_paper_searchable_in_part() -> None:
    state, reason, detail = listed(80, {number: READ for number in range(1, 41)}, TIMED_OUT)
    assert (state, reason) == (State.IN_PART, Reason.SOME_PAGES)
    assert detail == "40 of 80 pages could not be read: The work took too long."


@given(st.lists(st.sampled_from([READ, SCAN, BROKEN, PICTURES]), min_size=1), st.sampled_from([None, TIMED_OUT]))
def test_what_is_not_whole_has_a_reason_and_a_sentence(
    pages: list[PageState], failed: tuple[Reason, str] | None
) -> None:
    state, reason, detail = listed(len(pages), numbered(*pages), failed)
    whole = state is State.SEARCHABLE
    assert whole == (failed is None and all(page == READ for page in pages))
    assert whole == (reason is Reason.NONE)
    assert whole == (detail == "")
    assert whole or detail.endswith(".")


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (FormatError(Reason.DRM, "It is locked; ask for another."), Reason.DRM),
        (WorkerTimedOut(60), Reason.TIMED_OUT),
        (WorkerDied(-9), Reason.CRASHED),
        (NotSendable("A thing cannot be sent back; return plain data."), Reason.CRASHED),
        (WorkerError("lost."), Reason.CRASHED),
        (MemoryError(), Reason.TOO_LARGE),
        (ValueError("<b>text of a hostile paper</b>"), Reason.CRASHED),
        (RecursionError(), Reason.CRASHED),
    ],
)
def test_what_a_failed_paper_is_listed_under(error: Exception, reason: Reason) -> None:
    found, detail = failure(error)
    assert found is reason
    assert detail.endswith(".")
    assert "\n" not in detail
    assert "hostile" not in detail  # what a paper says has no place in a message of ours


@pytest.mark.parametrize(
    "error",
    [
        OSError(errno.ENOSPC, "No space left on device"),
        PermissionError(errno.EACCES, "Permission denied", "/말뭉치/writer.lock"),
        sqlite3.OperationalError("database or disk is full"),
        OperationalError("INSERT INTO pages", {}, sqlite3.OperationalError("attempt to write a readonly database")),
        OSError("odd"),
    ],
)
def test_corpus_that_cannot_be_written_is_one_sentence(corpus: Corpus, error: Exception) -> None:
    with pytest.raises(CorpusUnusable) as raised, writing_to(corpus):
        raise error
    said = raised.value
    assert said.exit_code is ExitCode.CORPUS
    assert "\n" not in str(said)
    assert "INSERT" not in str(said)
    assert str(said).endswith("then run it again.")
