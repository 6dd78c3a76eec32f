"""Recognition of pages made by code: drawn, turned, askew, with pictures, and behind black boxes."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.model import Basis, Box, FurnitureKind, Page, Reason, Redaction, Span, State
from ingest import ocr
from ingest.formats import FormatError, images, pdf
from ingest.ocr_models import available, folder
from tests import pdfs

NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")

if (missing := available(None)) or not NANUM.exists():
    if os.environ.get("GONGMUN_REQUIRE") == "all":
        raise RuntimeError(missing or "fonts-nanum is not installed")
    pytest.skip(missing or "needs a Korean font: apt install fonts-nanum", allow_module_level=True)

ENGLISH = [
    "The Ministry of Justice provided facial images of travellers",
    "to private companies without asking for their consent.",
    "The committee was told of it on 21 October 2021, and asked",
    "for every contract, protocol and invoice of the project.",
]
KOREAN = [
    "법무부는 출입국 심사 과정에서 수집한 얼굴 사진을",
    "본인의 동의를 받지 않고 민간 기업에 제공하였다.",
    "개인정보 보호위원회는 이에 대하여 조사를 시작하고",
    "관련 계약서와 회의록의 제출을 요구하기로 하였다.",
]


def written(lines: list[str], size: tuple[int, int] = (1300, 700), grey: int = 255) -> Image.Image:
    """Return lines of about 11 points at 200 dpi."""
    image = Image.new("L", size, grey)
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(NANUM), 34)
    for row, line in enumerate(lines):
        draw.text((120, 120 + 70 * row), line, fill=0, font=font)
    return image


def scan(path: Path, image: Image.Image) -> Page:
    """Write a picture as a PDF of 200 dpi, and read it."""
    image.save(path, "PDF", resolution=200)
    (page,) = pdf.read(path, 1, 1, None, "document")
    return page


def recognised(tmp_path: Path, image: Image.Image) -> Page:
    page = scan(tmp_path / "scan.pdf", image)
    assert page.reason is Reason.NEEDS_OCR
    return ocr.recognise(tmp_path / "scan.pdf", ocr.PDF, page, None)


def box_of(page: Page, word: str) -> Box:
    start = page.text.index(word)
    return page.words.boxes(Span(start, start + len(word)))[0]


def test_english(tmp_path: Path) -> None:
    page = recognised(tmp_path, written(ENGLISH))
    assert page.text.splitlines() == ENGLISH
    assert (page.state, page.reason, page.basis) == (State.OCR, Reason.NONE, Basis.OCR)
    assert page.confidence is not None
    assert 0.85 < page.confidence <= 1
    assert page.fingerprint == ocr.fingerprint(None)


def test_korean_words_are_those_between_blanks_not_syllables(tmp_path: Path) -> None:
    page = recognised(tmp_path, written(KOREAN))
    assert "본인의 동의를 받지 않고" in page.text
    found = [page.text[word.start : word.end] for word in page.words]
    assert found == page.text.split()
    assert {"법무부는", "동의를", "조사를"} <= set(found)
    assert len(page.confidences) == len(page.words)
    assert max(page.confidences) <= 100


def test_words_lie_where_they_are_printed(tmp_path: Path) -> None:
    page = recognised(tmp_path, written(ENGLISH))
    x0, top, x1, bottom = box_of(page, "Ministry")
    assert (page.width, page.height) == pytest.approx((1300 * 0.36, 700 * 0.36), abs=1)
    assert 60 < x0 < x1 < 140
    assert 43 < top < bottom < 58


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("lines", [ENGLISH, KOREAN], ids=["English", "Korean"])
def test_a_page_scanned_the_wrong_way_round(tmp_path: Path, turn: int, lines: list[str]) -> None:
    upright = recognised(tmp_path, written(lines))
    page = recognised(tmp_path, written(lines).rotate(-turn, expand=True))
    assert page.text == upright.text
    word = lines[0].split()[1]
    x0, top, x1, bottom = box_of(upright, word)
    width, height = upright.width, upright.height
    places = {
        90: (height - bottom, x0, height - top, x1),
        180: (width - x1, height - bottom, width - x0, height - top),
        270: (top, width - x1, bottom, width - x0),
    }
    assert box_of(page, word) == pytest.approx(places[turn], abs=2)


def test_boxes_undo_the_rotation_that_the_file_asks_for(tmp_path: Path) -> None:
    """The picture lies on its side in a page that viewers turn: boxes are those of the page not turned."""
    path = tmp_path / "turned.pdf"
    written(ENGLISH).rotate(90, expand=True).save(tmp_path / "side.png")

    def draw(canvas: object) -> None:
        canvas.drawImage(str(tmp_path / "side.png"), 0, 0, *pdfs.PAGE)  # type: ignore[attr-defined]

    pdfs.make(path, pdfs.turned(90, draw))
    (page,) = pdf.read(path, 1, 1, None, "document")
    assert page.rotation == 90
    read = ocr.recognise(path, ocr.PDF, page, None)
    assert "without asking for their consent" in read.text
    first, last = box_of(read, "The"), box_of(read, "travellers")
    assert first[1] > last[3], "the line runs up the page that is not turned"
    assert first[0] == pytest.approx(last[0], abs=5)


def test_a_page_askew(tmp_path: Path) -> None:
    image = written(ENGLISH, (1300, 900)).rotate(-3, fillcolor=255)
    page = recognised(tmp_path, image)
    assert page.text.splitlines() == ENGLISH
    left, right = box_of(page, "The"), box_of(page, "travellers")
    assert right[1] - left[1] == pytest.approx((right[0] - left[0]) * 0.052, abs=2.5)


def test_latin_letters_in_korean_are_read_with_the_other_model(tmp_path: Path) -> None:
    """The Korean fast model knows none; CCTV would be a number."""
    page = recognised(
        tmp_path, written([KOREAN[0], "이 사업은 CCTV 영상과 Dual Chamber 장치를 사용한다.", *KOREAN[1:]])
    )
    assert "CCTV" in page.text
    assert "Dual Chamber" in page.text
    assert "받지 않고" in page.text


def test_nothing_on_an_empty_sheet(tmp_path: Path) -> None:
    page = recognised(tmp_path, Image.new("L", (800, 600), 250))
    assert (page.state, page.reason, page.text) == (State.NOT_SEARCHABLE, Reason.NOTHING_RECOGNISED, "")
    assert len(page.words) == 0


def test_what_an_unapplied_redaction_leaves_to_be_seen_is_withheld(tmp_path: Path) -> None:
    plain = recognised(tmp_path, written(ENGLISH))
    box = box_of(plain, "Ministry")
    marked = replace(
        scan(tmp_path / "scan.pdf", written(ENGLISH)),
        redactions=(Redaction((box[0] - 2, box[1] - 2, box[2] + 2, box[3] + 2), "unapplied annotation", True),),
    )
    page = ocr.recognise(tmp_path / "scan.pdf", ocr.PDF, marked, None)
    assert "Ministry" in page.text
    assert "Ministry" not in page.visible
    assert "The ████████ of Justice" in page.visible
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)


def test_pictures_on_a_page_of_text_are_added_after_it(tmp_path: Path) -> None:
    path, figure = tmp_path / "report.pdf", tmp_path / "figure.png"
    written(ENGLISH, (1300, 480)).save(figure)

    def draw(canvas: object) -> None:
        canvas.drawImage(str(figure), 20, 60, 360, 133)  # type: ignore[attr-defined]

    pdfs.make(path, pdfs.all_of(pdfs.lines("A page with a text layer", "and a picture of writing"), draw))
    (page,) = pdf.read(path, 1, 1, None, "document")
    assert page.reason is Reason.UNREAD_PICTURES
    read = ocr.read(path, ocr.PDF, page, None)
    assert read.text.startswith(page.text + "\n")
    (mark,) = read.furniture
    assert mark.kind is FurnitureKind.PICTURE
    assert "without asking for their consent" in read.text[mark.start : mark.end].replace("\n", " ")
    assert (read.state, read.reason, read.basis) == (State.OCR, Reason.NONE, Basis.TEXT_LAYER)
    assert read.fingerprint == f"{page.fingerprint}+{ocr.fingerprint(None)}"
    assert list(read.words)[: len(page.words)] == list(page.words)
    assert len(read.confidences) == len(read.words)
    x0, top, x1, bottom = box_of(read, "Ministry")
    assert 20 < x0 < x1 < 380
    assert 600 - 60 - 133 < top < bottom < 600 - 60


def test_a_picture_without_writing_adds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    pdfs.make(path, pdfs.all_of(pdfs.lines("A page with a text layer"), pdfs.picture(50, 200, 350, 500, 90)))
    (page,) = pdf.read(path, 1, 1, None, "document")
    read = ocr.read(path, ocr.PDF, page, None)
    assert (read.text, read.state, read.furniture) == (page.text, State.OCR, ())


def test_picture_files_with_their_resolution_and_turn(tmp_path: Path) -> None:
    path = tmp_path / "letter.jpg"
    turned = Image.Exif()
    turned[274] = 6  # to be turned clockwise by 90 degrees
    written(ENGLISH).rotate(90, expand=True).save(path, dpi=(200, 200), exif=turned)
    (page,) = images.read(path, 1, 1, None, "document")
    read = ocr.read(path, "image/jpeg", page, None)
    assert read.text.splitlines() == ENGLISH
    assert 60 < box_of(read, "Ministry")[0] < 90


@pytest.mark.parametrize("dpi", [None, 96, 400])
def test_pictures_of_other_resolutions_are_resized(tmp_path: Path, dpi: int | None) -> None:
    path, image = tmp_path / "letter.png", written(ENGLISH)
    image = image.resize((650, 350), Image.Resampling.LANCZOS) if dpi != 400 else image.resize((2600, 1400))
    image.save(path, **({"dpi": (dpi, dpi)} if dpi else {}))
    (page,) = images.read(path, 1, 1, None, "document")
    read = ocr.read(path, "image/png", page, None)
    assert "without asking for their consent" in read.text
    assert 0 < box_of(read, "Ministry")[2] < page.width / 2


def test_passwords_are_tried_in_turn(tmp_path: Path) -> None:
    path, figure = tmp_path / "locked.pdf", tmp_path / "figure.png"
    written(ENGLISH).save(figure)

    def draw(canvas: object) -> None:
        canvas.drawImage(str(figure), 0, 100, 400, 215)  # type: ignore[attr-defined]

    pdfs.make(path, draw, password="secret")
    (page,) = pdf.read(path, 1, 1, "secret", "document")
    assert "consent" in ocr.read(path, ocr.PDF, page, None, ["wrong", "secret"]).text
    with pytest.raises(FormatError) as caught:
        ocr.read(path, ocr.PDF, page, None, ["wrong"])
    assert caught.value.reason is Reason.ENCRYPTED


def test_a_text_layer_without_the_hangul_of_its_picture(tmp_path: Path) -> None:
    for lines, expected in ((KOREAN, True), (ENGLISH, False)):
        page = scan(tmp_path / "scan.pdf", written(lines))
        assert ocr.shows_hangul(tmp_path / "scan.pdf", ocr.PDF, page, None) is expected


def test_without_models_the_sentence_says_what_to_do(tmp_path: Path) -> None:
    page = scan(tmp_path / "scan.pdf", written(ENGLISH))
    with pytest.raises(FormatError, match=r"kor\.traineddata") as caught:
        ocr.recognise(tmp_path / "scan.pdf", ocr.PDF, page, tmp_path)
    assert caught.value.reason is Reason.NEEDS_OCR


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    for name in ("kor", "eng"):
        (tmp_path / f"{name}.traineddata").write_bytes(b"no model")
    page = scan(tmp_path / "scan.pdf", written(ENGLISH))
    with pytest.raises(FormatError, match=r"cannot load .*traineddata"):
        ocr.recognise(tmp_path / "scan.pdf", ocr.PDF, page, tmp_path)


def test_the_fingerprint_changes_with_a_model(tmp_path: Path) -> None:
    place = folder(None)
    assert place is not None
    for name in ("kor", "eng"):
        (tmp_path / f"{name}.traineddata").write_bytes((place / f"{name}.traineddata").read_bytes())
    same = ocr.fingerprint(tmp_path)
    with (tmp_path / "kor.traineddata").open("ab") as file:
        file.write(b"more")
    assert same == ocr.fingerprint(None)
    assert ocr.fingerprint(tmp_path) != same
