"""Pictures in HWPX, DOCX, PPTX and XLSX made by code: their words are read, at their place; or it is said why not."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docx as python_docx
import openpyxl
import pytest
from docx.oxml import parse_xml
from openpyxl.drawing.image import Image as SheetPicture
from PIL import Image, ImageChops, ImageDraw, ImageFont
from pptx import Presentation
from pptx.util import Inches

from corpus import Corpus
from corpus.custody import verify
from corpus.glyphs import from_words
from corpus.model import Basis, FurnitureKind, Page, Reason, Span, State, UnitKind
from corpus.resting import basis_at
from ingest import ocr, recognising
from ingest.formats import FORMATS, FormatError, hwp, hwp_layout
from ingest.ocr_models import available
from ingest.workers import SerialExecutor
from search import Searcher
from tests import hwpx, office_files
from tests.ingests import ingest

NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")

if (missing := available(None)) or not NANUM.exists():
    if os.environ.get("GONGMUN_REQUIRE") == "all":
        raise RuntimeError(missing or "fonts-nanum is not installed")
    pytest.skip(missing or "needs a Korean font: apt install fonts-nanum", allow_module_level=True)

needs_layout = pytest.mark.skipif(not hwp_layout.there(), reason="install rhwp-python and libfreetype6")

OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, PPTX, XLSX = (f"{OFFICE}{name}" for name in ("wordprocessingml.document", "presentationml.presentation",
                                                   "spreadsheetml.sheet"))  # fmt: skip
HWPX = "application/hwp+zip"
SAID = "본인의 동의를 받지 않고 제공하였다."
OTHER = "관련 계약서와 회의록의 제출"


def drawn(*lines: str, form: str = "PNG", at: int = 60) -> bytes:
    """Return a picture of lines on paper with a grain, so that it is over 20 kB."""
    image = Image.new("L", (1200, 100 + 120 * len(lines)), 255)
    font = ImageFont.truetype(str(NANUM), 34)
    for row, line in enumerate(lines):
        ImageDraw.Draw(image).text((at, 60 + 120 * row), line, fill=0, font=font)
    grain = Image.frombytes("L", image.size, random.Random(1).randbytes(image.width * image.height))
    image = ImageChops.darker(image, grain.point(lambda grey: 235 + grey * 20 // 255))
    held = BytesIO()
    image.convert("RGB").save(held, form, dpi=(200, 200))
    assert len(held.getvalue()) > 20_000
    return held.getvalue()


def page_of(path: Path, media_type: str, number: int = 1) -> Page:
    (page,) = FORMATS[media_type].read(path, number, number, None, "d")
    assert (page.state, page.reason) == (State.IN_PART, Reason.UNREAD_PICTURES)
    return page


def recognised(path: Path, media_type: str, number: int = 1) -> Page:
    return ocr.read(path, media_type, page_of(path, media_type, number), None)


def in_pictures(page: Page) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.furniture if mark.kind is FurnitureKind.PICTURE]


def in_docx(folder: Path) -> Path:
    paper = python_docx.Document()
    paper.add_paragraph("앞의 글")
    paper.add_picture(BytesIO(drawn(SAID)))
    paper.add_paragraph("뒤의 글").add_run().add_picture(BytesIO(drawn(OTHER, form="BMP")))
    paper.save(str(folder / "글.docx"))
    return folder / "글.docx"


def in_pptx(folder: Path) -> Path:
    show = Presentation()
    for lines in ((SAID, OTHER), ("개인정보 보호위원회는 조사를 시작하고",)):
        slide = show.slides.add_slide(show.slide_layouts[6])
        for row, line in enumerate(lines):
            slide.shapes.add_picture(BytesIO(drawn(line)), 0, Inches(1 + 3 * row), Inches(6))
    show.save(str(folder / "발표.pptx"))
    return folder / "발표.pptx"


def in_xlsx(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "표"
    sheet.add_image(SheetPicture(BytesIO(drawn(SAID))), "B3")
    sheet.add_image(SheetPicture(BytesIO(drawn(OTHER, form="JPEG"))), "B30")
    book.create_sheet("빈 것")
    book.save(folder / "표.xlsx")
    return folder / "표.xlsx"


def laid(name: str, bottom: int = 16500) -> str:
    """Return a picture as the word processor writes it, 300 points across; of its pixels, `bottom` / 75 are shown."""
    return (
        '<hp:pic id="7" zOrder="1" numberingType="PICTURE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0">'
        '<hp:offset x="0" y="0"/><hp:orgSz width="90000" height="16500"/><hp:curSz width="30000" height="5500"/>'
        '<hp:imgRect><hc:pt0 x="0" y="0"/><hc:pt1 x="90000" y="0"/><hc:pt2 x="90000" y="16500"/>'
        '<hc:pt3 x="0" y="16500"/></hp:imgRect>'
        f'<hp:imgClip left="0" right="90000" top="0" bottom="{bottom}"/>'
        f'<hc:img binaryItemIDRef="{name}" bright="0" contrast="0" effect="REAL_PIC" alpha="0"/>'
        '<hp:sz width="30000" widthRelTo="ABSOLUTE" height="5500" heightRelTo="ABSOLUTE"/>'
        '<hp:pos treatAsChar="1" vertRelTo="PARA" horzRelTo="COLUMN" vertAlign="TOP" horzAlign="LEFT" vertOffset="0"'
        ' horzOffset="0"/><hp:outMargin left="0" right="0" top="0" bottom="0"/></hp:pic>'
    )


def in_hwpx(folder: Path, picture: Callable[[str], str] = laid) -> Path:
    return hwpx.make(
        folder / "글.hwpx",
        hwpx.p("앞의 글"),
        hwpx.p("그림 쪽", picture("image1"), picture("image2"), new_page=True),
        pictures={"image1": drawn(SAID), "image2": drawn(OTHER)},
    )


@pytest.fixture(autouse=True)
def read_afresh() -> None:
    hwp._read.cache_clear()


@pytest.mark.parametrize(("make", "media_type"), [(in_docx, DOCX), (in_pptx, PPTX), (in_xlsx, XLSX)])
def test_pictures_are_read_in_the_order_of_the_text(
    make: Callable[[Path], Path], media_type: str, tmp_path: Path
) -> None:
    path = make(tmp_path)
    before = page_of(path, media_type)
    page = recognised(path, media_type)
    assert page.text.startswith(before.text)
    assert [line.replace(" ", "") for line in in_pictures(page)] == [SAID.replace(" ", ""), OTHER.replace(" ", "")]
    assert (page.state, page.reason, page.basis) == (State.OCR, Reason.NONE, Basis.TEXT_LAYER)
    start = page.text.index(in_pictures(page)[0])
    assert basis_at(page, start, start + 2) is Basis.OCR
    assert start == 0 or (page.text[start - 1] == "\n" and basis_at(page, 0, 1) is Basis.TEXT_LAYER)
    assert page.fingerprint == f"{before.fingerprint}+{ocr.fingerprint(None)}"
    assert len(page.words) == len(page.confidences) > 0
    assert page.confidence is not None
    assert page.confidence > 0.75


def test_pictures_of_another_slide_are_read_with_it(tmp_path: Path) -> None:
    assert in_pictures(recognised(in_pptx(tmp_path), PPTX, 2)) == ["개인정보 보호위원회는 조사를 시작하고"]


def test_hwpx_without_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp_layout, "_rhwp", lambda: None)
    page = recognised(in_hwpx(tmp_path), HWPX)
    assert page.kind is UnitKind.SECTION
    assert in_pictures(page) == [SAID, OTHER]


@needs_layout
def test_hwpx_on_the_page_of_the_picture_and_in_its_place(tmp_path: Path) -> None:
    path = in_hwpx(tmp_path)
    (first,) = hwp.read(path, 1, 1)
    assert first.state is State.SEARCHABLE
    page = recognised(path, HWPX, 2)
    assert page.kind is UnitKind.COMPUTED
    assert in_pictures(page) == [SAID, OTHER]
    said = page.text.index("동의를")
    (box,) = (word.box for word in page.words if word.start == said)
    lies = [picture.box for picture in hwp.pictures(path, 2) if picture.box is not None]
    assert any(
        left <= box[0] < box[2] <= right and top <= box[1] < box[3] <= bottom for left, top, right, bottom in lies
    )


@needs_layout
def test_a_picture_that_the_layout_does_not_draw_is_read_all_the_same(tmp_path: Path) -> None:
    page = recognised(in_hwpx(tmp_path, hwpx.image), HWPX, 2)
    assert in_pictures(page) == [SAID, OTHER]


def test_what_is_cut_away_is_not_read(tmp_path: Path) -> None:
    paper = python_docx.Document()
    paper.add_picture(BytesIO(drawn(SAID, OTHER)))
    fill = next(paper.element.iter("{http://schemas.openxmlformats.org/drawingml/2006/picture}blipFill"))
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    fill.insert(1, parse_xml(f'<a:srcRect {space} b="50000"/>'))
    paper.save(str(tmp_path / "a.docx"))
    assert in_pictures(recognised(tmp_path / "a.docx", DOCX)) == [SAID]


@needs_layout
def test_what_is_cut_away_in_hwpx_is_not_read(tmp_path: Path) -> None:
    part = laid("image1", bottom=12_750)
    path = hwpx.make(tmp_path / "a", hwpx.p("글", part), pictures={"image1": drawn(SAID, OTHER)})
    assert in_pictures(recognised(path, HWPX)) == [SAID]


def test_a_photograph_leaves_a_unit_without_words_and_one_of_text_read(tmp_path: Path) -> None:
    held = BytesIO()
    Image.radial_gradient("L").resize((900, 700)).save(held, "BMP")
    for name, text in (("a.docx", ""), ("b.docx", "글")):
        paper = python_docx.Document()
        paper.add_paragraph(text).add_run().add_picture(BytesIO(held.getvalue()))
        paper.save(str(tmp_path / name))
    alone, beside = recognised(tmp_path / "a.docx", DOCX), recognised(tmp_path / "b.docx", DOCX)
    assert (alone.state, alone.reason) == (State.NOT_SEARCHABLE, Reason.NOTHING_RECOGNISED)
    assert (beside.text, beside.state, beside.reason) == ("글", State.OCR, Reason.NONE)


def with_two(path: Path, first: bytes, second: bytes, before: str = "") -> Path:
    pictures = [f'<w:r>{before}<w:drawing><a:blip r:embed="{name}"/></w:drawing></w:r>' for name in ("a", "b")]
    body = office_files.paragraph("글", *pictures)
    return office_files.docx(path, body, media={"a": first, "b": second})


def test_drawings_that_cannot_be_decoded_leave_a_unit_searchable_in_part(tmp_path: Path) -> None:
    wmf = b"\xd7\xcd\xc6\x9a" + random.Random(1).randbytes(30_000)
    page = recognised(with_two(tmp_path / "a.docx", wmf, drawn(SAID)), DOCX)
    assert in_pictures(page) == [SAID]
    assert (page.state, page.reason) == (State.IN_PART, Reason.UNREAD_PICTURES)
    again = ocr.read(tmp_path / "a.docx", DOCX, page, None)
    assert again == page  # not twice in the text
    with pytest.raises(FormatError, match="WMF or EMF") as told:
        recognised(with_two(tmp_path / "b.docx", wmf, wmf[:-1]), DOCX)
    assert told.value.reason is Reason.UNREAD_PICTURES


def test_a_hidden_picture_is_not_read_into_what_is_seen(tmp_path: Path) -> None:
    path = with_two(tmp_path / "a.docx", drawn(SAID), drawn(OTHER), before="<w:rPr><w:vanish/></w:rPr>")
    with pytest.raises(FormatError, match="open the original"):
        recognised(path, DOCX)


def test_pictures_that_are_too_large_are_not_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = with_two(tmp_path / "a.docx", drawn(SAID), drawn(OTHER))
    page = page_of(path, DOCX)
    monkeypatch.setattr("ingest.formats.images._MOST_PIXELS", 1000)
    with pytest.raises(FormatError, match="cannot be decoded"):
        ocr.read(path, DOCX, page, None)


def test_tables_of_a_unit_stay_and_words_without_a_place_have_none(corpus: Corpus, tmp_path: Path) -> None:
    (outcome,) = ingest(corpus, in_xlsx(tmp_path))
    document = outcome.document or ""
    before = corpus.store.tables(corpus.store.page(document, 1))
    assert before
    list(recognising.run(corpus, executor=SerialExecutor()))
    page = corpus.store.page(document, 1)
    assert len(in_pictures(page)) == 2
    assert corpus.store.tables(page) == before
    start = page.text.index(in_pictures(page)[0])
    assert from_words(page).boxes(Span(start, start + 3)) == []


def test_through_the_corpus_found_and_tried_once(corpus: Corpus, tmp_path: Path) -> None:
    wmf = b"\xd7\xcd\xc6\x9a" + random.Random(1).randbytes(30_000)
    whole = with_two(tmp_path / "가.docx", drawn(SAID), drawn("사진"))
    partly = with_two(tmp_path / "나.docx", drawn(OTHER), wmf)
    never = with_two(tmp_path / "다.docx", wmf, wmf[:-1])
    ids = {each.source.relative: each.document or "" for each in ingest(corpus, whole, partly, never)}
    assert len(recognising.left(corpus)) == 3
    list(recognising.run(corpus, executor=SerialExecutor()))
    assert recognising.left(corpus) == []
    listed = {name: corpus.store.document(document) for name, document in ids.items()}
    assert listed["가.docx"].state is State.OCR
    for name in ("나.docx", "다.docx"):
        assert (listed[name].state, listed[name].reason) == (State.IN_PART, Reason.UNREAD_PICTURES)
        assert listed[name].detail.endswith(ocr.NOT_DECODED)
    with Searcher(corpus) as searcher:
        [place] = searcher.quote("본인의 동의를 받지 않고").places
        assert (place.document, place.basis) == (ids["가.docx"], Basis.OCR)
    list(recognising.run(corpus, retry=True, executor=SerialExecutor()))
    assert corpus.store.page(ids["나.docx"], 1).text.count("계약서") == 1
    assert not list(verify(corpus))
