"""The drawing of pages for a server: limited, shared, kept, and never in another reader's way."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from corpus import Corpus
from corpus.errors import FileFailure, NotFound, UsageError
from corpus.glyphs import load
from corpus.model import Audience, Basis, Reason, Span
from ingest import drawing, open_papers
from ingest.drawing import WIDTHS, Drawing
from tests.ingests import OTHER, REQUEST, SAMPLE, ingest
from tests.pdfs import all_of, box, korean, lines, make, turned

LIMIT = 10  # seconds to draw a page; far more than any needs, even on a machine that stalls
PATIENCE = 60.0  # seconds


@pytest.fixture
def paper(corpus: Corpus, tmp_path: Path) -> str:
    """A paper of three pages, the third landscape and turned; its id."""
    pages = [lines(f"{number} 안면 이미지를 이전함", font=korean()) for number in (1, 2)]
    path = make(tmp_path / "공문.pdf", *pages, turned(90, all_of(box(0, 0, 40, 40), lines("turned"))))
    (outcome,) = ingest(corpus, path)
    assert outcome.document is not None
    return outcome.document


@pytest.fixture
def desk(corpus: Corpus) -> Iterator[Drawing]:
    with Drawing(corpus) as opened:
        yield opened


def limited(corpus: Corpus, **settings: int) -> Corpus:
    return replace(corpus, settings=replace(corpus.settings, **settings))


def size(webp: bytes) -> tuple[int, int]:
    assert webp[:4] + webp[8:12] == b"RIFFWEBP"
    return Image.open(BytesIO(webp)).size


def kept(corpus: Corpus) -> list[Path]:
    return sorted((corpus.folder / "cache").rglob("*.picture"))


# Stand-ins for what a worker does: a page that hangs, one that crashes, and a count of what was drawn.


def hang(path: Path, number: int, width: int, turn: int) -> bytes:
    if number == 2:
        time.sleep(PATIENCE)
    return open_papers.page_picture(path, number, width, turn)


def crash(path: Path, number: int, width: int, turn: int) -> bytes:
    if number == 2:
        os._exit(7)
    return open_papers.page_picture(path, number, width, turn)


def crash_once(path: Path, number: int, width: int, turn: int) -> bytes:
    marker = path.parent / "crashed"
    if not marker.exists():
        marker.touch()
        os._exit(7)
    return open_papers.page_picture(path, number, width, turn)


def hog(path: Path, number: int, width: int, turn: int) -> bytes:
    return b"".join(bytes(50 << 20) for _ in range(1000))


def slow(path: Path, number: int, width: int, turn: int) -> bytes:
    time.sleep(0.3)
    return f"{time.time_ns()}".encode()


def stumble(path: Path, number: int, digest: str) -> bytes:
    os._exit(7)


def test_pages_at_widths(desk: Drawing, paper: str) -> None:
    assert size(desk.picture(paper, 1, 1240)) == (1240, 1860)
    assert size(desk.picture(paper, 1, 1000)) == (1240, 1860)  # the next of the few widths
    assert size(desk.picture(paper, 1, 10**9))[0] == WIDTHS[-1]
    assert size(desk.thumbnail(paper, 2)) == (160, 240)
    assert size(desk.picture(paper, 3, 620)) == (620, 414)


@pytest.mark.parametrize(("turn", "wide"), [(0, (620, 414)), (90, (620, 930)), (180, (620, 414)), (270, (620, 930))])
def test_turned_pictures(desk: Drawing, paper: str, turn: int, wide: tuple[int, int]) -> None:
    image = Image.open(BytesIO(desk.picture(paper, 3, 620, turn))).convert("L")
    assert image.size == wide
    width, height = image.size
    corners = {0: (width - 9, 9), 90: (width - 9, height - 9), 180: (9, height - 9), 270: (9, 9)}
    dark = [at for at, place in corners.items() if image.getpixel(place) < 50]  # type: ignore[operator]
    assert dark == [turn]  # a page turned by minus its rotation lies as the record's boxes do: black at the top left


def test_wrong_turn(desk: Drawing, paper: str) -> None:
    with pytest.raises(UsageError, match="0, 90, 180 or 270"):
        desk.picture(paper, 1, 620, 45)


def test_kept_and_read_again(corpus: Corpus, paper: str) -> None:
    with Drawing(corpus) as desk:
        first = desk.picture(paper, 1, 620)
        assert desk.picture(paper, 1, 620) == first
    assert len(kept(corpus)) == 1
    corpus.originals.local(paper).unlink()
    with Drawing(corpus) as desk:
        assert desk.picture(paper, 1, 620) == first
        with pytest.raises(NotFound, match="original"):
            desk.picture(paper, 1, 930)
        desk.forget(paper)
        assert kept(corpus) == []


def test_damaged_picture_is_drawn_anew(corpus: Corpus, desk: Drawing, paper: str) -> None:
    first = desk.picture(paper, 1, 620)
    (path,) = kept(corpus)
    path.write_bytes(path.read_bytes()[:-40])
    assert desk.picture(paper, 1, 620) == first
    assert path.read_bytes().endswith(first)


def test_threads_that_ask_at_once_get_one_drawing(corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "page_picture", slow)
    with Drawing(corpus) as desk, ThreadPoolExecutor(16) as threads:
        found = [threads.submit(desk.picture, paper, 1, 620) for _ in range(8)]
        others = [threads.submit(desk.picture, paper, 2, 620) for _ in range(8)]
        assert len({each.result(PATIENCE) for each in found}) == 1
        assert len({each.result(PATIENCE) for each in others}) == 1


def test_kept_pictures_stay_within_the_limit(corpus: Corpus) -> None:
    (path,) = SAMPLE.glob("12_*.pdf")
    ingest(corpus, path)
    (document,) = corpus.store.documents()
    with Drawing(limited(corpus, picture_cache_mb=1)) as desk:
        for number in (1, 2, 3):
            for width in (1240, 1860):
                assert size(desk.picture(document, number, width))[0] == width
    assert 0 < sum(path.stat().st_size for path in kept(corpus)) <= 1 << 20


def test_page_that_hangs_costs_its_own_readers_only(
    corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "page_picture", hang)
    with Drawing(limited(corpus, picture_seconds=LIMIT)) as desk, ThreadPoolExecutor(4) as threads:
        hanging = [threads.submit(desk.picture, paper, 2, width) for width in (620, 620)]
        assert size(desk.picture(paper, 1, 620)) == (620, 930)
        for each in hanging:
            error = each.exception(PATIENCE)
            assert isinstance(error, FileFailure)
            assert f"longer than {LIMIT} s" in str(error)
        monkeypatch.setattr(drawing, "page_picture", open_papers.page_picture)
        with pytest.raises(FileFailure, match=f"longer than {LIMIT} s; read its text"):
            desk.picture(paper, 2, 930)  # though it would now be drawn: not tried again so soon
        assert size(desk.picture(paper, 3, 620)) == (620, 414)
    assert len(kept(corpus)) == 2


def test_page_that_crashes_costs_its_own_readers_only(
    corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "page_picture", crash)
    with Drawing(corpus) as desk:
        with pytest.raises(FileFailure, match="broke the program that draws"):
            desk.picture(paper, 2, 620)
        assert size(desk.picture(paper, 1, 620)) == (620, 930)
    assert "page 2: The reader ended" in (corpus.folder / "gongmun.log").read_text(encoding="utf-8")


def test_worker_that_was_lost_is_made_good(corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "page_picture", crash_once)
    with Drawing(corpus) as desk:
        assert size(desk.picture(paper, 1, 620)) == (620, 930)


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms do not bound the address space")
def test_page_that_eats_memory(corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched, Drawing(corpus) as desk:
        patched.setattr(drawing, "page_picture", hog)
        with pytest.raises(FileFailure, match="memory"):
            desk.picture(paper, 1, 620)


@pytest.mark.parametrize("number", [-1, 0, 4, 10**12])
def test_page_that_is_not_there(desk: Drawing, paper: str, number: int) -> None:
    with pytest.raises(NotFound, match="from 1 to 3"):
        desk.picture(paper, number, 620)


@pytest.mark.parametrize("document", ["", "..", "../../etc/passwd", "f" * 64, "%"])
def test_document_that_is_not_there(desk: Drawing, paper: str, document: str) -> None:
    for wrong in (document, paper[:12]):
        with pytest.raises(NotFound, match="There is no document"):
            desk.picture(wrong, 1, 620)


def test_pictures_obey_the_audience(corpus: Corpus, desk: Drawing, paper: str) -> None:
    ours, others = Audience(frozenset({REQUEST.release.id})), Audience(frozenset({OTHER.release.id}))
    assert desk.picture(paper, 1, 620, audience=ours)
    for nobody in (others, Audience(frozenset())):
        with pytest.raises(NotFound):
            desk.picture(paper, 1, 620, audience=nobody)  # though it is kept
        with pytest.raises(NotFound):
            desk.thumbnail(paper, 1, nobody)
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(paper), "시험")
    with pytest.raises(NotFound):
        desk.picture(paper, 1, 620)


def test_encrypted_paper_is_read_as_text(corpus: Corpus, desk: Drawing, tmp_path: Path) -> None:
    (outcome,) = ingest(corpus, make(tmp_path / "암호.pdf", lines("secret words"), password="pw"), passwords=["pw"])
    assert outcome.document is not None
    with pytest.raises(FileFailure, match="no password is kept; read its text, or draw it with: gongmun show") as error:
        desk.picture(outcome.document, 1, 620)
    assert error.value.reason is Reason.ENCRYPTED  # type: ignore[attr-defined]
    page = corpus.store.page(outcome.document, 1)
    found = desk.glyphs(page)
    assert not found.exact
    assert len(found.boxes(Span(0, len(page.text)))) == 1
    assert load(corpus.store, page) is None


def test_paper_without_pictures(corpus: Corpus, desk: Drawing, tmp_path: Path) -> None:
    (tmp_path / "메모.hwp").write_bytes(b"HWP Document File")
    (outcome,) = ingest(corpus, tmp_path / "메모.hwp")
    assert outcome.document is not None
    with pytest.raises(FileFailure, match="no pictures of its pages; read its text"):
        desk.picture(outcome.document, 1, 620)


def test_glyphs_are_read_once_and_kept(corpus: Corpus, paper: str) -> None:
    page = corpus.store.page(paper, 1)
    with Drawing(corpus) as desk:
        first = desk.glyphs(page)
    assert first.exact
    assert load(corpus.store, page) == first
    corpus.originals.local(paper).unlink()
    with Drawing(corpus) as desk:
        assert desk.glyphs(page) == first
        assert not desk.glyphs(corpus.store.page(paper, 2)).exact  # its original is gone


def test_glyphs_of_another_reading_are_guessed(corpus: Corpus, desk: Drawing, paper: str) -> None:
    page = corpus.store.page(paper, 1)
    for other in (replace(page, text=page.text + "."), replace(page, basis=Basis.OCR)):
        assert not desk.glyphs(replace(other, fingerprint="newer-1")).exact
    assert desk.glyphs(page).exact


def test_glyphs_where_the_reader_crashes(corpus: Corpus, paper: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page = corpus.store.page(paper, 1)
    with monkeypatch.context() as patched, Drawing(corpus) as desk:
        patched.setattr(drawing, "glyphs", stumble)
        assert not desk.glyphs(page).exact
        assert desk.picture(paper, 1, 620)
    with Drawing(corpus) as desk:
        assert desk.glyphs(page).exact


def test_glyphs_asked_for_by_many_threads(corpus: Corpus, desk: Drawing, paper: str) -> None:
    pages = corpus.store.pages(paper)
    with ThreadPoolExecutor(12) as threads:
        found = list(threads.map(desk.glyphs, pages * 8))
    assert found == found[:3] * 8
    assert all(each.exact for each in found)


def test_worker_keeps_the_last_papers_open(tmp_path: Path) -> None:
    paths = [make(tmp_path / f"{name}.pdf", lines(name)) for name in ("one", "two", "three")]
    for path in [*paths, *paths, paths[-1]]:
        assert size(open_papers.page_picture(path, 1, 160, 0)) == (160, 240)
        assert len(open_papers._open) <= 2
    make(paths[-1], box(0, 0, 400, 600), box(0, 0, 9, 9))  # another file in the place of one that is open
    image = Image.open(BytesIO(open_papers.page_picture(paths[-1], 2, 160, 0)))
    assert image.size == (160, 240)
    while open_papers._open:
        open_papers._open.popitem()[1].close()


def test_drawing_leaves_the_rotation_alone(desk: Drawing, corpus: Corpus, paper: str) -> None:
    """The text of a turned page is read with the rotation undone; its picture must not be."""
    before = desk.picture(paper, 3, 620)
    assert desk.glyphs(corpus.store.page(paper, 3)).exact
    desk.forget(paper)
    assert desk.picture(paper, 3, 620) == before


def test_closing_ends_the_processes(corpus: Corpus, paper: str) -> None:
    before = set(multiprocessing.active_children())
    desk = Drawing(corpus)
    assert desk.picture(paper, 1, 620)
    assert set(multiprocessing.active_children()) > before
    desk.close()
    assert set(multiprocessing.active_children()) == before
