"""What is said where Tesseract or its models are missing."""

import sys
from pathlib import Path

import pytest

from ingest import ocr_models
from ingest.ocr_models import available, fingerprint, folder


def made(place: Path, *names: str) -> Path:
    place.mkdir(exist_ok=True)
    for name in names:
        (place / f"{name}.traineddata").write_bytes(b"")
    return place


def test_a_folder_of_ones_own_is_named_with_what_it_lacks(tmp_path: Path) -> None:
    pytest.importorskip("tesserocr")
    place = made(tmp_path / "models", "eng")
    said = available(place) or ""
    assert "kor.traineddata" in said
    assert str(place) in said
    assert "eng.traineddata" not in said
    assert available(made(place, "kor")) is None


def test_the_line_to_type_is_that_of_the_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("tesserocr")
    monkeypatch.setattr(ocr_models, "_SYSTEM", ())
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    for tool, line in (("apt-get", "sudo apt install tesseract-ocr-kor"), ("brew", "brew install tesseract-lang")):
        place = tmp_path / tool
        place.mkdir()
        program = place / tool
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", str(place))
        assert line in (available(None) or "")
    monkeypatch.setenv("PATH", "")
    assert "ocr_models in corpus.toml" in (available(None) or "")


def test_the_package_is_asked_for_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr_models, "find_spec", lambda name: None)
    said = available(None) or ""
    assert "tesserocr" in said
    assert sys.executable in said
    assert fingerprint(None, "") == "ocr1-missing"


def test_models_are_taken_from_one_folder_that_has_them_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    some, every = made(tmp_path / "some", "eng"), made(tmp_path / "every", "kor", "eng")
    monkeypatch.setattr(ocr_models, "_SYSTEM", (str(some), str(every)))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    assert folder(None) == every
    assert folder(some) is None
