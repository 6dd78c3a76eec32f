"""HWP files that cannot be read say why, in a sentence that ends in what to do."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path

import pytest

from corpus.model import Reason
from ingest.formats import hwp, hwp_files, hwp_layout
from ingest.formats.hwp_blocks import blocks_of
from ingest.formats.model import FormatError
from tests import hwpx

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED = (
    '<odf:manifest xmlns:odf="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<odf:file-entry full-path="Contents/section0.xml" media-type="application/xml" size="10">'
    '<odf:encryption-data checksum-type="SOMETHING-ELSE" checksum="AAAA"/></odf:file-entry></odf:manifest>'
)


def refused(path: Path, password: str | None = None) -> FormatError:
    with pytest.raises(FormatError) as caught:
        hwp.outline(path, password)
    assert str(caught.value).endswith(".")
    return caught.value


@pytest.mark.parametrize(
    "content",
    [b"", b"HWP", OLE, OLE + bytes(600), b"PK\x03\x04" + bytes(50), b"%PDF-1.7\n", OLE + b"\xff" * 5000],
    ids=["empty", "short", "ole magic", "ole zeros", "zip magic", "pdf", "ole ones"],
)
def test_what_is_no_paper_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    error = refused(path)
    assert error.reason is Reason.DAMAGED
    assert "send the file again" in error.detail


def test_a_zip_that_is_no_hwpx_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/epub+zip")
    assert refused(path).reason is Reason.DAMAGED


def test_a_cut_off_paper_is_damaged(tmp_path: Path) -> None:
    whole = hwpx.make(tmp_path / "a", hwpx.p("글")).read_bytes()
    path = tmp_path / "b"
    path.write_bytes(whole[: len(whole) // 2])
    assert refused(path).reason is Reason.DAMAGED


def test_an_unknown_encryption_is_drm(tmp_path: Path) -> None:
    error = refused(hwpx.make(tmp_path / "a", hwpx.p("글"), manifest=ENCRYPTED))
    assert error.reason is Reason.DRM
    assert "please send an unprotected copy" in error.detail


def test_the_placeholder_is_never_text(tmp_path: Path) -> None:
    said = "이 문서는 상위 버전의 배포용 문서입니다. 문서를 읽으려면 최신 버전의 한글 또는 한글 전용 뷰어가 필요합니다."
    error = refused(hwpx.make(tmp_path / "a", hwpx.p(said)))
    assert error.reason is Reason.DRM
    assert "배포용" in error.detail
    quoted = hwpx.make(tmp_path / "b", hwpx.p(f"화면에 “{said}”라고 나온다."), hwpx.p(said))
    texts = [block.text for block in blocks_of(hwp_files.opened(quoted))]
    assert texts == [f"화면에 “{said}”라고 나온다."]


def test_hwp_3_without_rhwp_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp_layout, "_rhwp", lambda: None)
    path = tmp_path / "a"
    path.write_bytes(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + bytes(200))
    error = refused(path)
    assert error.reason is Reason.UNSUPPORTED
    assert "pip install 'gongmun[hwp-pages]'" in error.detail


@pytest.mark.skipif(not hwp_layout.there(), reason="install rhwp-python and libfreetype6")
def test_a_damaged_hwp_3_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"HWP Document File V3.00 \x1a\x01\x02\x03\x04\x05" + bytes(200))
    assert refused(path).reason is Reason.DAMAGED


@needs_files
def test_passwords() -> None:
    package, ole = SHARED / "hwpx" / "password-12345.hwpx", SHARED / "hwp" / "password-12345.hwp"
    assert refused(package).reason is Reason.ENCRYPTED
    assert refused(package, "다른 것").reason is Reason.ENCRYPTED
    assert hwp.outline(package, "12345").pages == 1
    assert "암호로 보호되는 파일" in hwp.read(package, 1, 1, "12345")[0].text
    assert refused(ole, "12345").reason is Reason.ENCRYPTED


@needs_files
def test_bytes_changed_at_random_end_in_pages_or_a_sentence(tmp_path: Path) -> None:
    random_ = random.Random(5)
    sources = [SHARED / "hwp" / "table.hwp", SHARED / "hwp" / "etc.hwp", SHARED / "hwpx" / "table.hwpx"]
    path = tmp_path / "a"
    outcomes: set[Reason | bool] = set()
    for source in sources:
        whole = source.read_bytes()
        for _ in range(12):
            changed = bytearray(whole)
            for _ in range(random_.choice([1, 20, 400])):
                changed[random_.randrange(len(changed))] = random_.randrange(256)
            path.write_bytes(changed[: random_.choice([len(changed), len(changed) * 3 // 4])])
            hwp._read.cache_clear()
            try:
                outcomes.add(len(hwp.read(path, 1, 9)) > 0)
            except FormatError as error:
                outcomes.add(error.reason)
    assert outcomes <= {True, Reason.DAMAGED, Reason.ENCRYPTED, Reason.DRM, Reason.TOO_LARGE}
    assert {True, Reason.DAMAGED} <= outcomes
