"""The formats that can be read: one module each, and one line each in `FORMATS`, by media type (ingest/media_types.py).

CONTRIBUTING.md shows how to add one. Modules load what they are made of when they are first used: a worker that reads
PDFs alone never loads the rest.
"""

from __future__ import annotations

from types import ModuleType

from ingest.formats import archives, docx, html, hwp, images, legacy_office, mail, msg, pdf, plain, pptx, xlsx
from ingest.formats.model import Format, FormatError, Outline


def _reader(module: ModuleType) -> Format:
    """Return a module's reader: its TOOL, FINGERPRINT, outline, read and, if it has them, unpack and pictures."""
    optional = (getattr(module, name, None) for name in ("unpack", "pictures"))
    return Format(module.TOOL, module.FINGERPRINT, module.outline, module.read, *optional)


_OFFICE = "application/vnd.openxmlformats-officedocument."

FORMATS = {
    "application/pdf": _reader(pdf),
    "application/x-hwp": _reader(hwp),
    "application/hwp+zip": _reader(hwp),
    f"{_OFFICE}wordprocessingml.document": _reader(docx),
    f"{_OFFICE}spreadsheetml.sheet": _reader(xlsx),
    f"{_OFFICE}presentationml.presentation": _reader(pptx),
    "application/msword": _reader(legacy_office),
    "application/vnd.ms-excel": _reader(legacy_office),
    "application/vnd.ms-powerpoint": _reader(legacy_office),
    "message/rfc822": _reader(mail),
    "application/vnd.ms-outlook": _reader(msg),
    "text/html": _reader(html),
    "text/plain": _reader(plain),
    "text/csv": Format(plain.TOOL, plain.FINGERPRINT, plain.outline_csv, plain.read_csv),
    "text/markdown": Format(plain.TOOL, plain.FINGERPRINT, plain.outline_markdown, plain.read_markdown),
    **dict.fromkeys(archives.TYPES, _reader(archives)),
    **dict.fromkeys(images.MEDIA_TYPES, _reader(images)),
}

__all__ = ["FORMATS", "Format", "FormatError", "Outline"]
