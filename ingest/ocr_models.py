"""Tesseract and its language models: where they are, what is missing, and the name of what they would give."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

LANGUAGES = ("kor", "eng")

_SYSTEM = (
    "/usr/share/tesseract-ocr/5/tessdata",  # Debian, Ubuntu
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",  # Arch, Alpine, openSUSE
    "/usr/share/tesseract/tessdata",  # Fedora
    "/usr/local/share/tessdata",
    "/opt/homebrew/share/tessdata",  # macOS, Apple processors
    "/opt/local/share/tessdata",
)
_PACKAGE = f'"{sys.executable}" -m pip install tesserocr'
_INSTALL = {
    "apt-get": "sudo apt install tesseract-ocr-kor tesseract-ocr-eng",
    "dnf": "sudo dnf install tesseract-langpack-kor tesseract-langpack-eng",
    "pacman": "sudo pacman -S tesseract-data-kor tesseract-data-eng",
    "brew": "brew install tesseract-lang",
}
_BY_HAND = "copy {names} into a folder and name it as ocr_models in corpus.toml (docs/ocr.md says where they are from)"


def available(models: Path | None) -> str | None:
    """Return None if pages can be recognised, else a sentence that names what is missing and what to type for it.

    `models` is the folder of language models of the settings, None for the system's.
    """
    if find_spec("tesserocr") is None:
        return f"OCR needs the Python package tesserocr; type: {_PACKAGE}"
    missing = [name for name in LANGUAGES if _file(name, models) is None]
    if not missing:
        return None
    names = " and ".join(f"{name}.traineddata" for name in missing)
    if models is not None:
        return f"{names} not found in {models}, the folder that ocr_models names; copy it there (see docs/ocr.md)."
    line = next((line for tool, line in _INSTALL.items() if shutil.which(tool)), None)
    advice = f"type: {line}" if line else _BY_HAND.format(names=names)
    return f"OCR needs Tesseract's language models ({names} not found); {advice}"


def folder(models: Path | None) -> Path | None:
    """Return the folder that Tesseract is to take its models from: one that has them all."""
    places = _places(models)
    return next((place for place in places if all(_is_model(place, name) for name in LANGUAGES)), None)


def fingerprint(models: Path | None, settings: str) -> str:
    """Return a name for what OCR gives: another for each version of Tesseract, model and setting.

    Without Tesseract or a model it is the name of nothing, under which no page is ever read.
    """
    place = folder(models)
    if place is None or find_spec("tesserocr") is None:
        return "ocr1-missing"
    parts = [_version(), settings, *(_digest(*_stamp(place / f"{name}.traineddata")) for name in LANGUAGES)]
    return "ocr1-" + sha256("\n".join(parts).encode()).hexdigest()[:12]


def tesseract() -> Any:
    """Import tesserocr: in the processes that recognise, and only there, for it takes memory.

    One thread each, since there are as many processes as processors: more would only wait for each other.
    """
    os.environ["OMP_THREAD_LIMIT"] = "1"  # read by its libgomp once, when that is loaded
    return import_module("tesserocr")


def _places(models: Path | None) -> list[Path]:
    if models is not None:
        return [models]
    own = os.environ.get("TESSDATA_PREFIX")
    named = [Path(own), Path(own, "tessdata")] if own else []
    windows = [Path(root, "Tesseract-OCR", "tessdata") for name in _WINDOWS if (root := os.environ.get(name))]
    return [*named, *map(Path, _SYSTEM), *windows]


_WINDOWS = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")


def _file(name: str, models: Path | None) -> Path | None:
    """Return a language's model; without one folder that has them all, from any."""
    return next((place / name for place in _places(models) if _is_model(place, name)), None)


def _is_model(place: Path, name: str) -> bool:
    file = place / f"{name}.traineddata"
    return os.access(file, os.R_OK) and file.is_file()


def _stamp(file: Path) -> tuple[Path, int, int]:
    facts = file.stat()
    return file, facts.st_size, facts.st_mtime_ns


@cache
def _digest(file: Path, size: int, modified_ns: int) -> str:
    return sha256(file.read_bytes()).hexdigest()


@cache
def _version() -> str:
    return str(tesseract().tesseract_version().partition("\n")[0])
