"""Boxes of characters: those of the text as it was ingested, and where the picture has its ink."""

from __future__ import annotations

from io import BytesIO
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from corpus.errors import NotFound
from corpus.glyphs import Glyphs, exactly, from_words, text_digest
from corpus.model import Box, Page, Reason, Span
from ingest.formats import FormatError
from ingest.formats.pdf import read
from ingest.glyphs import glyphs
from ingest.render import open_to_draw, picture_of_width
from ingest.workers import WorkerPool
from tests.ingests import SAMPLE
from tests.pdfs import PAGE, Draw, all_of, box, cropped, korean, lines, make, turned, with_map

SCALE = 3  # pixels to a point
KOREAN = ("제1조(목적) 이 협약은 인공지능 식별추적시스템", "구축에 필요한 사항을 정함.", "가 나 다")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "공문.pdf"


def of(path: Path, number: int = 1) -> tuple[Page, Glyphs]:
    (page,) = read(path, number, number)
    return page, exactly(page, glyphs(path, number, text_digest(page.text)))


def dark(path: Path, page: Page) -> NDArray[np.bool_]:
    """Return which pixels of a page are dark, in the space of the boxes."""
    document = open_to_draw(path)
    drawn = picture_of_width(document, page.number, round(page.width * SCALE), -page.rotation % 360, "png")
    document.close()
    image = Image.open(BytesIO(drawn)).convert("L")
    assert image.size == pytest.approx((page.width * SCALE, page.height * SCALE), abs=1.5)
    found: NDArray[np.bool_] = np.asarray(image) < 128
    return found


def part(pixels: NDArray[np.bool_], box: Box, around: float = 0.0) -> NDArray[np.bool_]:
    x0, top, x1, bottom = box
    rows = slice(max(0, int((top - around) * SCALE)), int((bottom + around) * SCALE) + 1)
    return pixels[rows, max(0, int((x0 - around) * SCALE)) : int((x1 + around) * SCALE) + 1]


def share_of_ink_in_boxes(path: Path, number: int) -> float:
    page, found = of(path, number)
    pixels = dark(path, page)
    inside = np.zeros_like(pixels)
    for start in range(len(page.text)):
        for mark in found.boxes(Span(start, start + 1)):
            part(inside, mark, 1.0)[:] = True
    assert pixels.sum() > 1000
    assert inside.mean() < 0.6
    return float(pixels[inside].sum() / pixels.sum())


def sideways(*texts: str) -> Draw:
    """A page whose text runs upwards in the file, and which viewers turn by 90 degrees so that it can be read."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(korean(), 12)
        canvas.rotate(90)
        for row, text in enumerate(texts):
            canvas.drawString(60, -120 - 20 * row, text)

    return turned(90, draw)


def leaning(angle: float, text: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.translate(200, 300)
        canvas.rotate(angle)
        canvas.drawString(0, 0, text)

    return draw


TEXT_ONLY = [("01_", 2), ("01_", 4), ("02_", 2), ("03_", 2), ("05_", 4), ("06_", 1), ("08_", 2), ("12_", 2)]


@pytest.mark.parametrize(("file", "number"), TEXT_ONLY)
def test_ink_of_the_sample_lies_in_the_boxes(file: str, number: int) -> None:
    (path,) = SAMPLE.glob(f"{file}*.pdf")
    assert share_of_ink_in_boxes(path, number) >= 0.99


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(lines(*KOREAN, font=korean()), id="upright"),
        pytest.param(sideways(*KOREAN), id="sideways"),
        pytest.param(turned(180, lines(*KOREAN, font=korean())), id="upside down"),
        pytest.param(turned(270, lines(*KOREAN, font=korean())), id="to the left"),
        pytest.param(cropped((40, 400, 380, 560), lines(*KOREAN, font=korean())), id="cropped"),
        pytest.param(turned(90, cropped((40, 400, 380, 560), lines(*KOREAN, font=korean()))), id="turned and cropped"),
        pytest.param(leaning(30, "A line that goes uphill and has thirty degrees or so"), id="uphill"),
    ],
)
def test_ink_of_made_pages_lies_in_the_boxes(path: Path, draw: Draw) -> None:
    assert share_of_ink_in_boxes(make(path, draw), 1) >= 0.99


def test_every_letter_has_its_own_ink(path: Path) -> None:
    """Of letters apart from each other, each box holds that letter's ink: a shift by one letter would show."""
    text = "I W i M 가 l 힣 m . W"
    page, found = of(make(path, lines(text, font=korean())))
    pixels = dark(path, page)
    for at, char in enumerate(page.text):
        if not char.isspace():
            (mark,) = found.boxes(Span(at, at + 1))
            assert part(pixels, mark).any(), char
    for at, char in enumerate(page.text):
        if char == " ":
            ((x0, top, x1, bottom),) = found.boxes(Span(at, at + 1))
            assert not part(pixels, (x0 + 0.6, top, x1 - 0.6, bottom)).any()


def test_syllables_lie_in_their_word_in_order(path: Path) -> None:
    page, found = of(make(path, lines(*KOREAN, font=korean())))
    assert found.exact
    assert len(found.lines) == len(KOREAN)
    for word in page.words:
        boxes = [found.boxes(Span(at, at + 1)) for at in range(word.start, word.end)]
        assert all(len(each) == 1 for each in boxes)
        for (left, top, right, bottom), (x0, high, x1, low) in ((each[0], word.box) for each in boxes):
            assert x0 - 0.1 <= left < right <= x1 + 0.1
            assert top <= high + 0.1
            assert bottom >= low - 0.1
        assert all(one[0][2] <= other[0][0] + 1e-6 for one, other in pairwise(boxes))


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_lie_in_the_space_of_the_words(path: Path, rotation: int) -> None:
    page, found = of(make(path, turned(rotation, lines("reading it upright", "or not"))))
    assert page.rotation == rotation
    assert {line.direction for line in found.lines} == {0}
    for word in page.words:
        (mark,) = found.boxes(Span(word.start, word.end))
        assert mark == pytest.approx(word.box, abs=0.1)


def test_sideways_lines_run_up_the_page(path: Path) -> None:
    page, found = of(make(path, sideways(*KOREAN)))
    assert page.rotation == 90
    assert [line.direction for line in found.lines] == [270] * len(KOREAN)
    assert [line.direction for line in from_words(page).lines] == [270] * len(KOREAN)


def test_landscape_page(path: Path) -> None:
    page, found = of(make(path, lines("wide enough for a thousand dark pixels", top=300), size=PAGE[::-1]))
    assert page.width > page.height
    assert [line.direction for line in found.lines] == [0]
    assert share_of_ink_in_boxes(path, 1) >= 0.99


def test_character_outside_the_first_plane_is_one_code_point(path: Path) -> None:
    content = "BT /F 20 Tf 50 400 Td (ABC) Tj ET"
    page, found = of(with_map(path, [(0x41, "가"), (0x42, "𠮷"), (0x43, "나")], content))
    assert page.text == "가𠮷나"
    (line,) = found.lines
    steps = [after - before for before, after in pairwise(line.edges)]
    assert len(steps) == 3
    assert all(step > 10 for step in steps)  # Helvetica's A, B and C


def test_line_end_hyphen_ends_a_line() -> None:
    (path,) = SAMPLE.glob("12_*.pdf")
    page, found = of(path, 2)
    at = page.text.index("\ufffe")
    marks = found.boxes(Span(at - 2, at + 3))
    assert len(marks) == 2
    assert marks[0][3] < marks[1][3]
    assert marks[1][0] < marks[0][0]


def test_table_cells_are_marked_one_by_one(path: Path) -> None:
    cells = all_of(*(lines("one", "two", x=x) for x in (50, 200, 330)))
    page, found = of(make(path, cells))
    assert len(page.text) >= 18
    assert len(found.boxes(Span(0, len(page.text)))) == 6


def test_withheld_text_has_no_box_and_its_cover_is_drawn() -> None:
    (path,) = SAMPLE.glob("07_*.pdf")
    page = next(page for page in read(path, 1, 99) if page.withheld)
    found = exactly(page, glyphs(path, page.number, text_digest(page.text)))
    pixels = dark(path, page)
    for span in page.withheld:
        inner = part(pixels, (span.box[0] + 1, span.box[1] + 1, span.box[2] - 1, span.box[3] - 1))
        assert inner.mean() > 0.99
        line = next(line for line in found.lines if line.start <= span.start < line.end)
        steps = np.diff(line.edges)[span.start - line.start : span.end - line.start]
        assert np.ptp(steps) < 1e-6  # all alike, whatever the letters are


def test_other_text_is_refused(path: Path) -> None:
    make(path, lines("one"))
    with pytest.raises(FormatError, match="reads the page otherwise"):
        glyphs(path, 1, text_digest("two"))


def test_page_that_is_not_there_or_a_file_that_cannot_be_read(path: Path) -> None:
    make(path, lines("one"), password="secret")
    with pytest.raises(FormatError) as error:
        glyphs(path, 1, text_digest("one"))
    assert error.value.reason is Reason.ENCRYPTED
    assert glyphs(path, 1, text_digest("one"), "secret")
    for number in (0, 2):
        with pytest.raises(NotFound, match="from 1 to 1"):
            glyphs(path, number, text_digest("one"), "secret")


def test_page_without_text(path: Path) -> None:
    page, found = of(make(path, box(10, 10, 100, 100)))
    assert (page.text, found.lines) == ("", ())


def test_read_in_a_worker(path: Path) -> None:
    make(path, lines("one"))
    with WorkerPool(1, seconds=60, memory_mb=1024) as pool:
        packed = pool.submit(glyphs, path, 1, text_digest("one")).result(90)
    assert packed == glyphs(path, 1, text_digest("one"))
