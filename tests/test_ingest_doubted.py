"""Text layers that are garbage: recognised instead where the picture is Korean for sure; right pages keep their own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus import Corpus
from corpus.custody import verify
from corpus.model import Basis, Page, Reason, State
from ingest import doubted, ocr, recognising
from ingest.formats import pdf
from ingest.ocr_models import available
from ingest.workers import SerialExecutor
from search import Searcher
from tests import pdfs
from tests.ingests import ingest

NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")

if (missing := available(None)) or not NANUM.exists():
    if os.environ.get("GONGMUN_REQUIRE") == "all":
        raise RuntimeError(missing or "fonts-nanum is not installed")
    pytest.skip(missing or "needs a Korean font: apt install fonts-nanum", allow_module_level=True)

KOREAN = [
    "법무부는 출입국 심사 과정에서 수집한 얼굴 사진을",
    "본인의 동의를 받지 않고 민간 기업에 제공하였다.",
    "개인정보 보호위원회는 이에 대하여 조사를 시작하고",
    "관련 계약서와 회의록의 제출을 요구하기로 하였다.",
]
GARBAGE = [line.encode("cp949").decode("latin-1") for line in KOREAN]
TABLE = [
    "Vendor Camera Lens Serial",
    "Hanwha XNO-6120R 2.8 mm 00412",
    "Axis P3245-LVE 3.4 mm 00413",
    "Bosch NBE-4502 00414",
]


def scan(shown: list[str], layer: list[str]) -> pdfs.Draw:
    """Draw a scan of lines with a layer of text on it that is not seen."""

    def draw(canvas: Canvas) -> None:
        image = Image.new("L", (1111, 1667), 255)
        for row, line in enumerate(shown):
            font = ImageFont.truetype(str(NANUM), 34)
            ImageDraw.Draw(image).text((120, 150 + 70 * row), line, fill=0, font=font)
        canvas.drawImage(ImageReader(image), 0, 0, *pdfs.PAGE)
        text = canvas.beginText(43, pdfs.PAGE[1] - 64)
        text.setTextRenderMode(3)
        text.setFont("Helvetica", 12, 25)
        for line in layer:
            text.textLine(line)
        canvas.drawText(text)

    return draw


def taken_in(corpus: Corpus, path: Path, *pages: pdfs.Draw) -> str:
    (outcome,) = ingest(corpus, pdfs.make(path, *pages))
    return outcome.document or ""


def recognise(corpus: Corpus) -> None:
    list(recognising.run(corpus, executor=SerialExecutor()))


def test_garbage_over_a_korean_picture_is_recognised_instead(corpus: Corpus, tmp_path: Path) -> None:
    document = taken_in(corpus, tmp_path / "공문.pdf", scan(KOREAN, GARBAGE), pdfs.lines("Annex", "1 2 3"))
    before = corpus.store.page(document, 1)
    assert (before.state, before.reason) == (State.SEARCHABLE, Reason.NONE)
    assert [(each.page, each.reason) for each in recognising.left(corpus)] == [(1, Reason.NONE)]
    recognise(corpus)
    page = corpus.store.page(document, 1)
    assert (page.basis, page.state) == (Basis.OCR, State.OCR)
    assert page.text.splitlines()[1] == KOREAN[1]
    assert corpus.store.page(document, 1, pdf.FINGERPRINT).text == before.text
    assert corpus.store.document(document).detail.endswith(doubted.SAID)
    with Searcher(corpus) as searcher:
        assert searcher.quote("동의를 받지 않고 민간 기업에").places
    assert recognising.left(corpus) == []
    assert not list(verify(corpus))


def test_right_pages_keep_their_text_and_are_looked_at_once(corpus: Corpus, tmp_path: Path) -> None:
    stamped = pdfs.all_of(pdfs.lines(*TABLE), lambda canvas: _stamp(canvas, "법무부 출입국외국인정책본부"))
    document = taken_in(corpus, tmp_path / "목록.pdf", scan(TABLE, TABLE), stamped)
    texts = [page.text for page in corpus.store.pages(document)]
    assert [each.page for each in recognising.left(corpus)] == [1, 2]
    recognise(corpus)
    assert [page.text for page in corpus.store.pages(document)] == texts
    assert corpus.store.document(document).state is State.SEARCHABLE
    assert recognising.left(corpus) == []


def _stamp(canvas: Canvas, words: str) -> None:
    canvas.setFont(pdfs.korean(), 14)
    image = Image.new("L", (700, 60), 255)
    ImageDraw.Draw(image).text((10, 10), words, fill=0, font=ImageFont.truetype(str(NANUM), 34))
    canvas.drawImage(ImageReader(image), 50, 300, 250, 22)


def test_pages_to_read_and_pages_to_compare_of_one_paper_are_both_done(corpus: Corpus, tmp_path: Path) -> None:
    document = taken_in(corpus, tmp_path / "공문.pdf", scan(KOREAN, []), scan(KOREAN, GARBAGE))
    assert sorted((each.page, each.reason) for each in recognising.left(corpus)) == [
        (1, Reason.NEEDS_OCR),
        (2, Reason.NONE),
    ]
    recognise(corpus)
    assert [page.basis for page in corpus.store.pages(document)] == [Basis.OCR, Basis.OCR]


def test_papers_that_are_not_korean_are_not_looked_at(corpus: Corpus, tmp_path: Path) -> None:
    taken_in(corpus, tmp_path / "list.pdf", scan(TABLE, TABLE))
    assert recognising.left(corpus) == []
    recognising.nothing_left(corpus)
    assert doubted.unseen(corpus, ocr.fingerprint(None)) == []


@pytest.mark.parametrize(
    ("text", "said", "looked_at"),
    [
        (" ".join(GARBAGE), "공문.pdf", True),
        (" ".join(GARBAGE), "paper.pdf", False),
        ("The text of the layer is in English, and it is what the page shows to a reader of it.", "공문.pdf", False),
        ("R&D CCTV 2021", "공문.pdf", False),
        (" ".join(GARBAGE) + " 한글", "공문.pdf", False),
    ],
)
def test_which_pages_are_looked_at(text: str, said: str, looked_at: bool) -> None:
    assert [page.text for page in doubted.doubtful([Page("d", 1, "x", text)], [said])] == [text] * looked_at


def test_what_was_recognised_must_be_korean_sure_and_another_text() -> None:
    def found(text: str, confidence: float = 0.9) -> Page:
        return Page("d", 1, "y", text, basis=Basis.OCR, confidence=confidence)

    garbage, korean = Page("d", 1, "x", " ".join(GARBAGE)), "\n".join(KOREAN)
    assert doubted.replaces(found(korean), garbage)
    assert not doubted.replaces(found(korean, confidence=0.6), garbage)
    assert not doubted.replaces(found("\n".join(TABLE) + KOREAN[0]), garbage)
    right = Page("d", 1, "x", "\n".join(TABLE))
    assert not doubted.replaces(found(korean + "\n".join(TABLE)), right)
