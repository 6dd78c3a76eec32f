"""Text that a person hands over in a file or on standard input."""

from __future__ import annotations

import codecs
import sys
from pathlib import Path

_BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def given_text(name: str) -> str:
    """Return the text of a file, or of standard input for "-", in the encodings Korean offices use.

    Raises:
        UsageError: it is not there, or is no text.
    """
    from corpus.errors import UsageError

    made = decoded(given_bytes(name))
    if made is None:
        raise UsageError(f"{name} is no text in UTF-8, UTF-16 or CP949; save it as plain text first.")
    return made


def given_bytes(name: str) -> bytes:
    """Return what a file holds, or standard input for "-".

    Raises:
        UsageError: it is not there.
    """
    from corpus.errors import UsageError

    try:
        return sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise UsageError(f"{name} cannot be read ({error.strerror}); check the name.") from error


def decoded(raw: bytes) -> str | None:
    """Return bytes as text: by their mark, else as UTF-8, else as CP949; None if they are none of these."""
    if b"\0" in raw and not raw.startswith(tuple(_BOMS)):
        return None
    marked = next((encoding for mark, encoding in _BOMS.items() if raw.startswith(mark)), None)
    for encoding in [marked] if marked else ["utf-8", "cp949"]:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None
