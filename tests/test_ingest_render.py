"""Pictures of pages: turned as a reader sees them, with annotations, never larger than 20 megapixels."""

from __future__ import annotations

import unicodedata
from contextlib import closing
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import NotFound
from corpus.model import Reason
from ingest import render
from ingest.formats import FormatError
from ingest.render import open_to_draw, picture, picture_of_width
from ingest.workers import WorkerPool
from tests import pdfs
from tests.pdfs import all_of, annotation, box, cropped, lines, make, turned

SIZE = (int(pdfs.PAGE[0]), int(pdfs.PAGE[1]))
CORNER = box(0, 0, 40, 40)  # black, at the top left of the page as it lies in the file
RED = pdfs.Color(1, 0, 0)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / unicodedata.normalize("NFD", "공문 사본.pdf")


def drawn(path: Path, number: int = 1, scale: float = 1.0, password: str | None = None) -> Image.Image:
    png = picture(path, number, scale, password)
    assert png.startswith(b"\x89PNG")
    return Image.open(BytesIO(png)).convert("RGB")


def dark_corner(image: Image.Image) -> tuple[str, str]:
    """Return where the black corner is."""
    width, height = image.size
    places = {("upper", "left"): (9, 9), ("upper", "right"): (width - 9, 9)}
    places |= {("lower", "left"): (9, height - 9), ("lower", "right"): (width - 9, height - 9)}
    (found,) = (place for place, at in places.items() if image.getpixel(at) == (0, 0, 0))
    return found


def test_page_at_a_scale(path: Path) -> None:
    make(path, lines("one"), all_of(CORNER, lines("two")))
    first, second = drawn(path, 1), drawn(path, 2, 2.5)
    assert first.size == SIZE
    assert second.size == (1000, 1500)
    assert first.getpixel((5, 5)) == (255, 255, 255)
    assert dark_corner(second) == ("upper", "left")


def test_two_pixels_to_a_point_if_nothing_is_said(path: Path) -> None:
    png = picture(make(path, lines("one")), 1)
    assert Image.open(BytesIO(png)).size == (2 * SIZE[0], 2 * SIZE[1])


@pytest.mark.parametrize(
    ("rotation", "corner"),
    [(0, ("upper", "left")), (90, ("upper", "right")), (180, ("lower", "right")), (270, ("lower", "left"))],
)
def test_page_is_turned_as_its_reader_sees_it(path: Path, rotation: int, corner: tuple[str, str]) -> None:
    image = drawn(make(path, turned(rotation, CORNER)))
    assert image.size == (SIZE[::-1] if rotation in (90, 270) else SIZE)
    assert dark_corner(image) == corner


def test_what_is_cropped_away_is_not_drawn(path: Path) -> None:
    make(path, cropped((100, 300, 300, 500), box(100, 100, 120, 120)))  # its top left corner is at 100, 100
    image = drawn(path)
    assert image.size == (200, 200)
    assert dark_corner(image) == ("upper", "left")


def test_turned_and_cropped(path: Path) -> None:
    image = drawn(make(path, turned(90, cropped((100, 200, 300, 500), box(100, 100, 120, 120)))))
    assert image.size == (300, 200)
    assert dark_corner(image) == ("upper", "right")


def test_annotations_are_drawn(path: Path) -> None:
    red = {"IC": pdfdoc.PDFArray([1, 0, 0]), "C": pdfdoc.PDFArray([1, 0, 0])}
    make(path, annotation("Square", 100, 100, 200, 200, **red), annotation("Square", 100, 100, 200, 200, **red, F=2))
    assert drawn(path, 1).getpixel((150, 150)) == (255, 0, 0)
    assert drawn(path, 2).getpixel((150, 150)) == (255, 255, 255)  # a hidden one


def test_filled_in_form_shows_its_answers(path: Path) -> None:
    def form(canvas: Canvas) -> None:
        canvas.acroForm.textfield(name="answer", value="XXXXXX", x=100, y=400, width=200, height=40, fontSize=30)

    image = drawn(make(path, form))
    inside = image.crop((104, 164, 296, 196))
    assert min(low for low, _ in inside.getextrema()) < 100


def test_colours_are_the_right_way_round(path: Path) -> None:
    assert drawn(make(path, box(0, 0, 400, 600, color=RED))).getpixel((200, 300)) == (255, 0, 0)


@pytest.mark.parametrize("size", [(14_400, 14_400), (3, 14_400), (14_400, 0.5), (200_000, 90_000)])
def test_huge_pages_are_drawn_smaller(path: Path, size: tuple[float, float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "_MOST_PIXELS", 500_000)
    image = Image.open(BytesIO(picture(make(path, pdfs.blank, size=size), 1, 400.0)))
    assert image.width * image.height <= 500_000
    assert image.width >= 1
    assert image.height >= 1


def test_no_scale_gets_past_the_limit(path: Path) -> None:
    image = Image.open(BytesIO(picture(make(path, lines("one")), 1, 10_000.0)))
    assert 15_000_000 < image.width * image.height <= 20_000_000
    assert abs(image.width / image.height - SIZE[0] / SIZE[1]) < 0.01


@pytest.mark.parametrize("scale", [0.0, -1.0, float("nan"), float("inf")])
def test_scales_that_draw_nothing(path: Path, scale: float) -> None:
    with pytest.raises(ValueError, match="draws nothing"):
        picture(make(path, lines("one")), 1, scale)


@pytest.mark.parametrize("number", [-1, 0, 2])
def test_page_that_is_not_there(path: Path, number: int) -> None:
    with pytest.raises(NotFound, match="from 1 to 1"):
        picture(make(path, lines("one")), number)


def test_failures_are_those_of_the_reader(path: Path) -> None:
    with pytest.raises(FormatError) as gone:
        picture(path, 1)
    assert gone.value.reason is Reason.UNREADABLE
    path.write_bytes(b"")
    with pytest.raises(FormatError) as empty:
        picture(path, 1)
    assert empty.value.reason is Reason.EMPTY
    path.write_text("공문이 아니다", encoding="utf-8")
    with pytest.raises(FormatError) as text:
        picture(path, 1)
    assert text.value.reason is Reason.DAMAGED


def test_password(path: Path) -> None:
    make(path, CORNER, password="secret")
    for wrong in (None, "other"):
        with pytest.raises(FormatError) as error:
            picture(path, 1, 1.0, wrong)
        assert error.value.reason is Reason.ENCRYPTED
    assert dark_corner(drawn(path, 1, 1.0, "secret")) == ("upper", "left")


def test_drawn_in_a_worker(path: Path) -> None:
    make(path, CORNER)
    with WorkerPool(1, seconds=60, memory_mb=1024) as pool:
        task = pool.submit(picture, path, 1, 1.0)
        missing = pool.submit(picture, path, 7)
        assert task.result(90) == picture(path, 1, 1.0)
        with pytest.raises(NotFound, match="from 1 to 1"):
            missing.result(90)


def test_webp_shows_what_the_png_shows(path: Path) -> None:
    """Text stays crisp: hardly a pixel of black on white comes out grey."""
    make(path, lines("Released papers", "안면 이미지 1억 7,760만 건", font=pdfs.korean()))
    webp = picture(path, 1, 3.0, form="webp")
    assert webp[:4] + webp[8:12] == b"RIFFWEBP"
    shown, exact = Image.open(BytesIO(webp)).convert("L"), drawn(path, 1, 3.0).convert("L")
    assert shown.size == exact.size
    before, after = np.asarray(exact).astype(int), np.asarray(shown).astype(int)
    assert (before < 40).sum() > 1000
    assert np.percentile(after[before < 40], 99) < 100
    assert np.percentile(after[before == 255], 0.1) > 240


@pytest.mark.parametrize(("rotation", "turn"), [(0, 0), (90, 0), (90, 270), (180, 180), (270, 90), (0, 90)])
def test_width_is_that_of_the_turned_picture(path: Path, rotation: int, turn: int) -> None:
    with closing(open_to_draw(make(path, turned(rotation, CORNER)))) as document:
        image = Image.open(BytesIO(picture_of_width(document, 1, 300, turn, "png"))).convert("RGB")
    assert image.size == ((300, 450) if (rotation + turn) % 180 == 0 else (300, 200))
    places = [("upper", "left"), ("upper", "right"), ("lower", "right"), ("lower", "left")]
    assert dark_corner(image) == places[(rotation + turn) % 360 // 90]


@pytest.mark.parametrize("points", [400.0, 595.276, 600.0, 612.0, 841.89, 1190.55])
def test_width_is_what_was_asked_for_to_the_pixel(path: Path, points: float) -> None:
    with closing(open_to_draw(make(path, pdfs.blank, size=(points, 100.0)))) as document:
        for width in (160, 310, 620, 930, 1240, 1860, 2480):
            assert Image.open(BytesIO(picture_of_width(document, 1, width))).width == width


@pytest.mark.parametrize(("width", "turn"), [(0, 0), (-1, 0), (300, 45), (300, -90)])
def test_widths_and_turns_that_draw_nothing(path: Path, width: int, turn: int) -> None:
    with closing(open_to_draw(make(path, CORNER))) as document, pytest.raises(ValueError, match="cannot be drawn"):
        picture_of_width(document, 1, width, turn)


@pytest.mark.parametrize("size", [(3, 14_400), (14_400, 3), (14_400, 14_400)])
def test_no_webp_is_larger_than_its_form_allows(path: Path, size: tuple[float, float]) -> None:
    with closing(open_to_draw(make(path, pdfs.blank, size=size))) as document:
        for turn in (0, 90):
            image = Image.open(BytesIO(picture_of_width(document, 1, 100_000, turn)))
            assert max(image.size) <= 16_383
            assert image.width * image.height <= 20_000_000
