"""Pictures made ready: how far askew they are, and where things lie in them when that is undone."""

import numpy as np
import pytest
from PIL import Image

from ingest.ocr_picture import Sheet, ink_of, is_sideways, levelled, samples, skew_of, turned


def ruled(lines: int = 20, grey: int = 250, ink: int = 20) -> Image.Image:
    """Return a sheet with lines of something like words."""
    chance = np.random.default_rng(1)
    pixels = np.full((1600, 1200), grey, np.uint8)
    for row in range(lines):
        at = 120
        while at < 1000:
            width = int(chance.integers(30, 120))
            top = 150 + 60 * row
            pixels[top : top + 24, at : at + width : 6] = ink
            pixels[top : top + 24, at + 1 : at + width : 6] = ink
            at += width + 20
    return Image.fromarray(pixels)


@pytest.mark.parametrize("angle", [-5.0, -1.0, 0.0, 0.5, 2.0, 4.5])
def test_skew_is_measured(angle: float) -> None:
    askew = ruled().rotate(-angle, Image.Resampling.BILINEAR, fillcolor=250)
    assert skew_of(ink_of(askew)) == pytest.approx(angle, abs=0.15)


def test_an_empty_sheet_is_level() -> None:
    assert levelled(Image.new("L", (800, 600), 255), 0).skew == 0
    assert samples(Image.new("L", (800, 600), 255)) == []


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_lines_on_their_side(turn: int) -> None:
    assert is_sideways(ink_of(turned(ruled(), turn))) is (turn in (90, 270))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_places_lead_back_to_the_page(turn: int) -> None:
    """A dark spot is found in the turned, levelled picture, and led back to where it was put."""
    image = ruled()
    askew = image.rotate(-2, fillcolor=250)
    spot = Image.new("L", askew.size, 0)
    spot.paste(255, (300, 500, 340, 530))
    sheet = levelled(turned(askew, turn), turn)
    if turn in (0, 180):
        assert abs(sheet.skew) == pytest.approx(2, abs=0.15)
    found = turned(spot, turn).rotate(sheet.skew).getbbox()
    assert found is not None
    x0, top, x1, bottom = sheet.on_page(found)
    assert ((x0 + x1) / 2, (top + bottom) / 2) == pytest.approx((320, 515), abs=2)


def test_faint_print_on_grey_paper_is_cleared() -> None:
    dark, light = levelled(ruled(grey=200, ink=110), 0).image.getextrema()
    assert (dark, light) == (0, 255)


def test_a_sheet_that_is_level_keeps_its_boxes() -> None:
    sheet = Sheet(Image.new("L", (100, 50)), 0, 0.0)
    assert sheet.on_page((10, 20, 30, 40)) == pytest.approx((10, 20, 30, 40))


def test_samples_come_from_different_places() -> None:
    found = samples(ruled())
    assert len(found) == 3
    assert all(part.height < 100 and part.width > 300 for part in found)
