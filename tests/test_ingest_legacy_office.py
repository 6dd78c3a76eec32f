"""DOC, XLS and PPT: through kreuzberg where it is installed, else a sentence that says what to install."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest

from corpus.model import Reason, UnitKind
from ingest.formats import legacy_office
from ingest.formats.model import FormatError

OFFICE = Path(__file__).parent.parent.parent / "shared" / "data" / "office"
with_files = pytest.mark.skipif(not OFFICE.is_dir(), reason="no ../shared/data here")
with_kreuzberg = pytest.mark.skipif(find_spec("kreuzberg") is None, reason="the optional package kreuzberg is not here")


@pytest.mark.parametrize("data", [b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 300])
def test_damaged(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.doc").write_bytes(data)
    with pytest.raises(FormatError) as refused:
        legacy_office.outline(tmp_path / "a.doc")
    assert refused.value.reason is Reason.DAMAGED


@with_files
@pytest.mark.skipif(find_spec("kreuzberg") is not None, reason="kreuzberg is installed")
@pytest.mark.parametrize("name", ["doc.doc", "test_excel.xls", "slides.ppt"])
def test_without_kreuzberg_it_says_what_to_install(name: str) -> None:
    with pytest.raises(FormatError) as refused:
        legacy_office.outline(OFFICE / name)
    assert refused.value.reason is Reason.UNSUPPORTED
    assert "pip install 'gongmun[legacy-office]'" in refused.value.detail


@with_files
@with_kreuzberg
def test_with_kreuzberg() -> None:
    (page,) = legacy_office.read(OFFICE / "doc.doc", 1, legacy_office.outline(OFFICE / "doc.doc").pages)
    assert "This is a sample Microsoft Word Document." in page.text
    assert "HYPERLINK" not in page.text
    sheets = legacy_office.read(OFFICE / "tests_example.xls", 1, 9)
    assert [sheet.kind for sheet in sheets] == [UnitKind.SHEET] * 3
    assert [sheet.name for sheet in sheets] == ["Example Test", "Format Abbr.", "Readme"]
    with pytest.raises(FormatError) as refused:
        legacy_office.outline(OFFICE / "password_protected.xls")
    assert refused.value.reason is Reason.ENCRYPTED
