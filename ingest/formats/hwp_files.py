"""HWP 5, HWPX and HWP 3 files as dochan's model of them, or why there is none.

HWP 3 goes through rhwp, which writes it as HWPX. dochan puts its own marks into the text; here it is kept from
doing that where the marks could not be told from the text itself afterwards.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

from corpus.model import Reason
from ingest.formats import hwp_layout
from ingest.formats.model import FormatError

_OLE = b"\xd0\xcf\x11\xe0"
_ZIP = b"PK"
_HWP3 = b"HWP Document File V"
_AGAIN = "ask the agency to send the file again."
_UNLOCKED = "ask the agency: please send an unprotected copy of it."
_BOX = re.compile(r"\[([ x])\]")
_BOXES = (b"tbc+", b"tbr+")  # tick boxes and radio buttons
_DELETED = b"deleteBegin"
_MOST_XML = 64 * 1024 * 1024
ON, OFF = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Model:
    """A paper as dochan reads it; `final` without what was deleted under tracking, None where nothing was.

    `damage` is a sentence on what could not be read of it, empty where all could.
    """

    document: Any
    final: Any | None
    damage: str


def opened(path: Path, password: str | None = None) -> Model:
    """Read a paper's structure.

    Raises:
        FormatError: it is encrypted, protected, damaged, too large, or HWP 3 and rhwp is not there.
    """
    with path.open("rb") as file:
        head = file.read(32)
    if head.startswith(_HWP3):
        return _model(lambda mode: _read_hwpx(io.BytesIO(hwp_layout.as_hwpx(path)), mode, None), _never)
    if head.startswith(_OLE):
        return _model(lambda mode: _read_hwp(path, mode), _tracked)
    if head.startswith(_ZIP):
        return _model(lambda mode: _read_hwpx(path, mode, password), lambda document: _has_deletions(path, password))
    raise FormatError(Reason.DAMAGED, f"It does not begin as an HWP paper does; {_AGAIN}")


def _model(read: Callable[[str], Any], tracks: Callable[[Any], bool]) -> Model:
    document = read("preserve")
    damage = _judge(document)
    final = None
    if tracks(document):
        final = read("final")
        damage = _judge(final) or damage
    return Model(document, final, damage)


def _judge(document: Any) -> str:
    """Return what dochan could not read, as a sentence; raise where that is all there is, or where it is locked."""
    told = [str(error) for error in document.errors]
    said = " ".join(told)
    header = document.file_header
    if header is not None and (header.is_drm or header.has_cert_drm):
        raise FormatError(Reason.DRM, f"It is protected by Hancom's DRM; {_UNLOCKED}")
    if header is not None and (header.is_encrypted or header.has_cert_encrypt):
        raise FormatError(
            Reason.ENCRYPTED, f"It is an HWP 5 paper with a password, which Gongmun cannot open; {_UNLOCKED}"
        )
    if "지원하지 않는 HWPX 암호화" in said:
        raise FormatError(Reason.DRM, f"It is encrypted in a way that is not HWPX's own; {_UNLOCKED}")
    if "암호화된 HWPX" in said:
        raise FormatError(Reason.ENCRYPTED, f"It has a password; give it with --password, or {_UNLOCKED}")
    if "MemoryError" in said:
        raise FormatError(Reason.TOO_LARGE, "It needs more memory than a reader is given; raise worker_memory_mb.")
    broken = [error for error in told if error.startswith("ERR:")]
    if broken and not any(section.elements for section in document.sections):
        limited = any("limit" in error or "초과" in error for error in broken)
        if limited:
            raise FormatError(
                Reason.TOO_LARGE, "It unpacks to more than a reader takes; ask the agency for a PDF of it."
            )
        raise FormatError(Reason.DAMAGED, f"It is damaged and cannot be read; {_AGAIN}")
    return f"Parts of it are damaged and were not read; {_AGAIN}" if broken else ""


def _read_hwp(path: Path, mode: str) -> Any:
    _mend_hwp()
    try:
        document = import_module("dochan").Dochan(str(path), revision_mode=mode).doc
    except (ValueError, OSError) as error:  # asked for "final" of what is no HWP 5
        raise FormatError(Reason.DAMAGED, f"It is damaged and cannot be read; {_AGAIN}") from error
    if document.source_format != "hwp":
        raise FormatError(Reason.DAMAGED, f"It is no HWP paper inside, or a damaged one; {_AGAIN}")
    return document


def _read_hwpx(source: Path | io.BytesIO, mode: str, password: str | None) -> Any:
    given = str(source) if isinstance(source, Path) else source
    return _hwpx_parser()().parse(given, revision_mode=mode, password=password)


@lru_cache(maxsize=1)
def _hwpx_parser() -> Any:
    """Return dochan's parser of HWPX, made to mark boxes that are ticked or not with signs of their own."""
    parser: Any = import_module("dochan.hwpx.parser").HWPXParser

    class Parser(parser):  # type: ignore[misc]
        def _parse_form_run(self, elem: Any, context: Any = None) -> Any:
            run = super()._parse_form_run(elem, context)
            if run is not None and elem.tag.endswith(("checkBtn", "radioBtn")):
                run.text = _as_box(run.text)
            return run

    return Parser


@lru_cache(maxsize=1)
def _mend_hwp() -> None:
    """Have dochan's parser of HWP 5 do the same, and find the equations that have a caption, which it loses."""
    section: Any = import_module("dochan.hwp.section")
    told: Callable[[bytes], str] | None = getattr(section, "form_text", None)
    if told is not None:
        section.form_text = lambda data: _as_box(told(data)) if data[:4] in _BOXES else told(data)
    parse: Callable[[Any, Any], Any] | None = getattr(section.SectionParser, "_parse_equation", None)
    if parse is not None:

        def equation(parser: Any, node: Any) -> Any:
            found = (parse(parser, each) for each in (node, *node["children"]))
            return next((each for each in found if each is not None), None)

        section.SectionParser._parse_equation = equation


def _as_box(text: str) -> str:
    """Return a form's text with ☑ or ☐ for the [x] or [ ] it begins with: signs, which no word of the text has."""
    found = _BOX.match(text)
    return (ON if found[1] == "x" else OFF) + text[found.end() :] if found else text


def _never(document: Any) -> bool:
    return False


def _tracked(document: Any) -> bool:
    header = document.file_header
    return header is not None and header.is_track_change and not header.is_distribution


def _has_deletions(path: Path, password: str | None) -> bool:
    """Whether a section of an HWPX file has text that was deleted under tracking; of an encrypted one, perhaps."""
    if password is not None:
        return True
    try:
        with zipfile.ZipFile(path) as package:
            parts = [part for part in package.infolist() if re.fullmatch(r"Contents/section\d+\.xml", part.filename)]
            return any(part.file_size <= _MOST_XML and _DELETED in package.read(part) for part in parts)
    except (OSError, ValueError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return False
