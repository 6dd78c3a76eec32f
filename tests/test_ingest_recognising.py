"""OCR through the corpus: what waits is read, kept, found, and goes on where it was stopped."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus import Corpus
from corpus.custody import verify
from corpus.model import Basis, Page, Reason, State
from corpus.waiting import waiting, want
from ingest import correcting, ocr, recognising
from ingest.ocr_models import available
from ingest.workers import SerialExecutor
from search import Searcher
from tests.ingests import by_name, ingest
from tests.pdfs import lines, make

NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")

if (missing := available(None)) or not NANUM.exists():
    if os.environ.get("GONGMUN_REQUIRE") == "all":
        raise RuntimeError(missing or "fonts-nanum is not installed")
    pytest.skip(missing or "needs a Korean font: apt install fonts-nanum", allow_module_level=True)

LETTER = "본인의 동의를 받지 않고 민간 기업에 제공하였다."


def scan(path: Path, line: str, pages: int = 1) -> Path:
    """Write pages that are pictures of a line, at 200 dpi."""
    made = []
    for number in range(1, pages + 1):
        image = Image.new("L", (1300, 500), 255)
        draw = ImageDraw.Draw(image)
        draw.text((120, 120), line, fill=0, font=ImageFont.truetype(str(NANUM), 34))
        draw.text((120, 220), f"쪽 번호 {number}", fill=0, font=ImageFont.truetype(str(NANUM), 34))
        made.append(image)
    made[0].save(path, "PDF", resolution=200, save_all=True, append_images=made[1:])
    return path


def read(corpus: Corpus, **options: object) -> list[recognising.Recognised]:
    return list(recognising.run(corpus, executor=SerialExecutor(), **options))  # type: ignore[arg-type]


def test_scan_is_read_after_the_text_and_found(corpus: Corpus, tmp_path: Path) -> None:
    found = by_name(ingest(corpus, scan(tmp_path / "공문.pdf", LETTER), make(tmp_path / "글.pdf", lines("plain text"))))
    assert found["공문.pdf"].reason is Reason.NEEDS_OCR
    document = found["공문.pdf"].document or ""
    assert [(step.pages, step.of_pages) for step in read(corpus)] == [(1, 1)]
    page = corpus.store.page(document, 1)
    assert (page.basis, page.state, page.reason) == (Basis.OCR, State.OCR, Reason.NONE)
    listed = corpus.store.document(document)
    assert (listed.state, listed.reason) == (State.OCR, Reason.NONE)
    assert "1 of 1 pages were read by OCR" in listed.detail
    with Searcher(corpus) as searcher:
        [place] = searcher.quote("동의를 받지 않고 민간 기업에").places
        assert (place.document, place.basis) == (document, Basis.OCR)
        assert not searcher.quote("a sentence that nobody ever wrote").coverage.whole
    assert not list(verify(corpus))


def test_pages_done_are_not_read_again_and_the_rest_is(corpus: Corpus, tmp_path: Path) -> None:
    ingest(corpus, scan(tmp_path / "두 쪽.pdf", LETTER, pages=2))
    steps = recognising.run(corpus, executor=SerialExecutor())
    assert next(steps).pages == 1
    steps.close()  # type: ignore[attr-defined]
    assert len(recognising.left(corpus)) <= 1
    read(corpus)
    assert recognising.left(corpus) == []
    assert waiting(corpus.store, ocr.MEDIA_TYPES) == []


def test_page_without_writing_is_tried_once(corpus: Corpus, tmp_path: Path) -> None:
    image = Image.radial_gradient("L").resize((900, 700))
    image.save(tmp_path / "사진.pdf", "PDF", resolution=100)
    [outcome] = ingest(corpus, tmp_path / "사진.pdf")
    read(corpus)
    assert corpus.store.document(outcome.document or "").reason is Reason.NOTHING_RECOGNISED
    assert recognising.left(corpus) == []


def test_papers_asked_for_come_first(corpus: Corpus, tmp_path: Path) -> None:
    ingest(corpus, scan(tmp_path / "가.pdf", LETTER), scan(tmp_path / "나.pdf", "관련 계약서와 회의록의 제출", pages=2))
    first, *_, last = [each.document for each in recognising.left(corpus)]
    assert first != last
    with corpus.store.writing() as record:
        want(record, last, "김 보좌관")
        want(record, last, "김 보좌관")
    assert [each.document for each in recognising.left(corpus)] == [last, last, first]
    assert [row.what for row in corpus.store.log()].count("read this first") == 1


def test_a_paper_asked_for_meanwhile_comes_next(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(corpus, *(scan(tmp_path / name, f"{LETTER} {name}") for name in ("가.pdf", "나.pdf", "다.pdf")))
    first, second, third = (each.document for each in recognising.left(corpus))
    met: list[str] = []

    def handed_out(run: object, page: Page) -> None:
        met.append(page.document)
        if page.document == first:
            with corpus.store.writing() as record:
                want(record, third, "김 보좌관")

    monkeypatch.setattr("ingest.recognising._Run._hand_out", handed_out)
    assert read(corpus) == []
    assert met == [first, third, second]


def test_a_scan_read_once_more_stays_as_people_corrected_it(corpus: Corpus, tmp_path: Path) -> None:
    [outcome] = ingest(corpus, scan(tmp_path / "공문.pdf", LETTER))
    document = outcome.document or ""
    bare = corpus.store.page(document, 1)
    read(corpus)
    page = corpus.store.page(document, 1)
    start = page.text.index("기업")
    made = correcting.correct(corpus, document, 1, page.fingerprint, start, start + 2, "업체", "김 보좌관")
    assert made.text == page.text.replace("기업", "업체")
    assert [word.box for word in made.words] == [word.box for word in page.words]
    with Searcher(corpus) as searcher:
        assert [place.basis for place in searcher.quote("민간 업체에 제공").places] == [Basis.CORRECTED]
    with corpus.store.writing() as record:
        record.pages([bare])  # as a paper is that is read again
    read(corpus, retry=True)
    assert corpus.store.page(document, 1) == made
    assert not list(verify(corpus))
