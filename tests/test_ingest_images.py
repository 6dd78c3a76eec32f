"""Pictures as papers: how many pages, how large, and what is damaged."""

import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from corpus.model import Reason, State, UnitKind
from ingest.formats import FormatError, images


def sheet(size: tuple[int, int] = (200, 100), mode: str = "L") -> Image.Image:
    """Return a white sheet, black in its top left corner."""
    image = Image.new(mode, size, "white")
    image.paste("black", (0, 0, 20, 10))
    return image


def turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[274] = orientation
    return exif


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "bmp", "tif"])
def test_every_kind_is_a_page_that_waits_for_ocr(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"scan.{kind}"
    sheet().save(path)
    assert images.outline(path).pages == 1
    (page,) = images.read(path, 1, 9, None, "document")
    assert (page.kind, page.state, page.reason) == (UnitKind.IMAGE, State.NOT_SEARCHABLE, Reason.NEEDS_OCR)
    assert (page.document, page.number, page.text) == ("document", 1, "")
    if kind != "bmp":  # which always has a resolution
        assert (page.width, page.height) == (200, 100)


def test_sizes_are_in_points(tmp_path: Path) -> None:
    path = tmp_path / "scan.tif"
    sheet((1654, 2339)).save(path, dpi=(200, 200))
    (page,) = images.read(path, 1, 1)
    assert (page.width, page.height) == pytest.approx((595.4, 842.0), abs=0.1)
    assert images.outline(path).facts["Resolution"] == "200 dpi"


def test_a_resolution_that_cannot_be_is_not_believed(tmp_path: Path) -> None:
    path = tmp_path / "scan.jpg"
    sheet().save(path, dpi=(1, 1))
    assert images.read(path, 1, 1)[0].width == 200


def test_tiff_has_pages_and_an_animation_is_one(tmp_path: Path) -> None:
    fax, moving = tmp_path / "fax.tif", tmp_path / "moving.gif"
    frames = [sheet((200, 100 + 10 * number)) for number in range(4)]
    frames[0].save(fax, save_all=True, append_images=frames[1:])
    frames[0].save(moving, save_all=True, append_images=frames[1:])
    assert images.outline(fax).pages == 4
    assert [(page.number, page.height) for page in images.read(fax, 2, 3)] == [(2, 110), (3, 120)]
    assert images.picture_of(fax, 4)[0].size == (200, 130)
    assert images.outline(moving).pages == 1


@pytest.mark.parametrize("kind", ["jpg", "png", "tif"])
@pytest.mark.parametrize(("orientation", "corner"), [(1, (0, 0)), (3, (190, 95)), (6, (95, 5)), (8, (5, 195))])
def test_pictures_are_upright(tmp_path: Path, kind: str, orientation: int, corner: tuple[int, int]) -> None:
    path = tmp_path / f"photo.{kind}"
    sheet().save(path, exif=turned(orientation))
    (page,) = images.read(path, 1, 1)
    image, _ = images.picture_of(path, 1)
    assert image.size == (page.width, page.height)
    assert image.getpixel(corner) < 50
    assert image.getpixel((image.width // 2, image.height // 2)) > 200


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    path = tmp_path / "logo.png"
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(path)
    assert images.picture_of(path, 1)[0].getextrema() == (255, 255)


def test_sixteen_bits_and_one(tmp_path: Path) -> None:
    deep, fax = tmp_path / "deep.png", tmp_path / "fax.tif"
    image = Image.new("I;16", (10, 10), 60_000)
    image.putpixel((0, 0), 1000)
    image.save(deep)
    sheet(mode="1").save(fax, compression="group4")
    assert images.picture_of(deep, 1)[0].getextrema() == (0, 255)
    assert images.picture_of(fax, 1)[0].getpixel((5, 5)) == 0


@pytest.mark.parametrize("kind", ["png", "jpg", "gif", "bmp", "tif"])
def test_damaged_files_end_in_a_sentence(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"scan.{kind}"
    Image.effect_noise((200, 100), 90).save(path)
    whole = path.read_bytes()
    for length in (1, 8, 20, 60, len(whole) // 2):
        path.write_bytes(whole[:length])
        with pytest.raises(FormatError, match="send it again") as caught:
            images.read(path, 1, 1)
        assert caught.value.reason is Reason.DAMAGED


def test_a_damaged_page_among_others(tmp_path: Path) -> None:
    path = tmp_path / "fax.tif"
    noise = [Image.effect_noise((200, 100), 90) for _ in range(2)]
    noise[0].save(path, save_all=True, append_images=noise[1:], compression="tiff_lzw")
    content = bytearray(path.read_bytes())
    with Image.open(path) as image:
        start = image.tag_v2[273][0]  # type: ignore[attr-defined]
    content[start : start + 2000] = b"\xff" * 2000
    path.write_bytes(content)
    assert [page.reason for page in images.read(path, 1, 2)] == [Reason.DAMAGED, Reason.NEEDS_OCR]


def test_empty_and_missing_files(tmp_path: Path) -> None:
    path = tmp_path / "scan.png"
    path.touch()
    with pytest.raises(FormatError) as caught:
        images.outline(path)
    assert caught.value.reason is Reason.EMPTY
    path.unlink()
    with pytest.raises(FormatError) as caught:
        images.outline(path)
    assert caught.value.reason is Reason.UNREADABLE


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = tmp_path / "bomb.png"
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 1, 0, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", zlib.compress(bytes(5000))), (b"IEND", b"")]
    chunks = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(chunks))
    with pytest.raises(FormatError) as caught:
        images.outline(path)
    assert caught.value.reason is Reason.TOO_LARGE
