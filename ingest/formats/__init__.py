"""The formats that can be read: one module each, and one line each in `FORMATS`."""

from __future__ import annotations

from ingest.formats import pdf
from ingest.formats.model import Format, FormatError, Outline

FORMATS = {
    "application/pdf": Format(pdf.TOOL, pdf.FINGERPRINT, pdf.outline, pdf.read),
}

__all__ = ["FORMATS", "Format", "FormatError", "Outline"]
