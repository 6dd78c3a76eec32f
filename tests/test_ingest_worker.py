"""The task a worker does: batches that join without a seam, and passwords tried one by one."""

from __future__ import annotations

import pickle
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.model import Page, Reason
from ingest.formats import FORMATS, Format, FormatError, Outline
from ingest.worker import BATCH, Reading, batches, begin, go_on
from search.analysis import JOINT
from tests.pdfs import lines, make

PDF = "application/pdf"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / unicodedata.normalize("NFD", "업무협약서.pdf")


def all_of(path: Path) -> list[Reading]:
    first = begin(path, PDF, "id", ())
    ends = batches(first.outline.pages)
    rest = pairwise(ends)
    return [first, *(go_on(path, PDF, "id", first.outline, before + 1, last, None) for before, last in rest)]


@given(st.integers(1, 10_000))
def test_batches_cover_every_page_once(pages: int) -> None:
    ends = batches(pages)
    sizes = [last - before for before, last in zip([0, *ends], ends, strict=False)]
    assert ends[-1] == pages
    assert max(sizes) <= BATCH
    assert max(sizes) - min(sizes) <= 1
    assert min(sizes) >= min(pages, BATCH // 2)  # enough of them to see running heads


def test_short_paper_is_one_batch(path: Path) -> None:
    (reading,) = all_of(make(path, lines("first"), lines("second")))
    assert (reading.first, reading.last, reading.password) == (1, 2, None)
    assert [page.text for page in reading.pages] == ["first", "second"]
    assert [entry.number for entry in reading.entries] == [1, 2]
    assert {page.document for page in reading.pages} == {"id"}


def test_batches_join_without_a_seam(path: Path) -> None:
    """A passage over the end of a batch is found by the same joint as one over any other page end."""
    make(path, *(lines(f"begin{n} body", f"tail{n}") for n in range(1, 2 * BATCH + 2)))
    readings = all_of(path)
    assert [(reading.first, reading.last) for reading in readings] == [(1, 27), (28, 54), (55, 81)]
    numbers = [page.number for reading in readings for page in reading.pages]
    assert numbers == list(range(1, 82))
    joints = {entry.number: entry.joint for reading in readings for entry in reading.entries}
    for number in range(1, 81):
        assert f"tail{number}begin{number + 1}body" in joints[number]
        assert len(joints[number]) <= 2 * JOINT
    assert joints[81] == ""


def test_reading_travels_between_processes(path: Path) -> None:
    (reading,) = all_of(make(path, lines("first")))
    assert pickle.loads(pickle.dumps(reading)) == reading


@pytest.mark.parametrize("tried", [("right",), ("wrong", "right"), ("wrong", "wrong", "right"), ("right", "wrong")])
def test_first_password_that_fits(path: Path, tried: tuple[str, ...]) -> None:
    reading = begin(make(path, lines("secret"), password="right"), PDF, "id", tried)
    assert reading.password == "right"
    assert reading.pages[0].text == "secret"


def test_same_password_twice_hides_none_between(path: Path) -> None:
    tried = ("wrong", "right", "wrong")
    assert begin(make(path, lines("secret"), password="right"), PDF, "id", tried).password == "right"


def test_paper_without_a_password_needs_none(path: Path) -> None:
    assert begin(make(path, lines("open")), PDF, "id", ("wrong", "암호")).password is None


@pytest.mark.parametrize(("tried", "said"), [((), "asks for a password"), (("wrong", "암호"), "does not open")])
def test_no_password_fits(path: Path, tried: tuple[str, ...], said: str) -> None:
    make(path, lines("secret"), password="right")
    with pytest.raises(FormatError, match=said) as error:
        begin(path, PDF, "id", tried)
    assert error.value.reason is Reason.ENCRYPTED


def test_other_failures_are_not_tried_again(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    tried: list[str | None] = []

    def outline(path: Path, password: str | None) -> Outline:
        tried.append(password)
        raise FormatError(Reason.DRM, "It is locked.")

    monkeypatch.setitem(FORMATS, "x/test", Format("test", "test-1", outline, nothing))
    with pytest.raises(FormatError, match="locked"):
        begin(path, "x/test", "id", ("a", "b"))
    assert tried == [None]


def nothing(path: Path, first: int, last: int, password: str | None, document: str) -> list[Page]:
    return []


def reader(pages: int, given: Callable[[int, int], list[int]]) -> Format:
    """Return a format that gives pages of its own choosing."""

    def read(path: Path, first: int, last: int, password: str | None, document: str) -> list[Page]:
        return [Page(document, number, "test-1", f"page {number}") for number in given(first, last)]

    return Format("test", "test-1", lambda path, password: Outline(pages, {}), read)


def test_reader_that_leaves_pages_out(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setitem(FORMATS, "x/test", reader(5, lambda first, last: [1, 3, 5]))
    reading = begin(path, "x/test", "id", ())
    assert [page.number for page in reading.pages] == [1, 3, 5]
    assert [entry.number for entry in reading.entries] == [1, 3, 5]
