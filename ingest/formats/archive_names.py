"""Names of files in archives and mails: decoded, made harmless, made different, and litter told from papers."""

from __future__ import annotations

import re
import unicodedata

_MOST = 4000  # code points of a path; longer ones are made to fill the memory
NAMELESS = "(no name)"
# Control characters, separators of lines, and marks that turn the direction of what follows: none may be in a path.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_UNSTORABLE = re.compile("[\ud800-\udfff]")
_DEVICE = re.compile(r"[\\/]{2}[?.][\\/]")
_DRIVE = re.compile(r"([A-Za-z]:)+")
_LATIN = re.compile("(?<=[A-Za-z])[À-ÖØ-öø-ſ](?![^\0-\x7f])|(?<![^\0-\x7f])[À-ÖØ-öø-ſ](?=[A-Za-z])")
_LITTER = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


def decoded(raw: bytes) -> str:
    """Return a name as text: UTF-8 where it is valid (a Mac does not set the flag), else CP949, else CP437.

    So a name that ZIP flags as UTF-8 is read as that, unless it was flagged wrongly. CP437, in which ZIP names are by
    default, gives some text for any bytes.
    """
    korean = _as(raw, "cp949")
    text = _as(raw, "utf-8")
    if text is None:
        return raw.decode("cp437") if korean is None else korean
    return korean if korean is not None and _chance_utf8(text, korean) else text


def _as(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _chance_utf8(text: str, korean: str) -> bool:
    """Whether CP949 is UTF-8 by chance: `첫째` is `ù°`, `표` is `ǥ`. A lone Latin letter in a word is what it seems."""
    beyond = [char for char in text if not char.isascii()]
    if not beyond or max(beyond) > "\u023f" or not all(char.isascii() or "가" <= char <= "힣" for char in korean):
        return False
    return len(_LATIN.findall(text)) < len(beyond)


def clean(name: str) -> str:
    r"""Return a path that leads nowhere else: `/` between its parts, composed (NFC), unable to turn lines.

    What led out is left out (`..`, a drive, a share's `\\`, the root): the file is still a paper.
    """
    printable = _UNSTORABLE.sub("\ufffd", _UNPRINTABLE.sub("_", name))
    parts = _DEVICE.sub("", unicodedata.normalize("NFC", printable), 1).replace("\\", "/").split("/")
    kept = [
        part for part in (_DRIVE.sub("", part, 1) if _DRIVE.match(part) else part for part in parts) if _names(part)
    ]
    path = "/".join(kept)
    return (path if len(path) <= _MOST else path[:_MOST].rstrip("/") + "…") or NAMELESS


def _names(part: str) -> bool:
    """Whether a part of a path names something: not nothing, not this folder or the one above, however padded."""
    return part.strip(" ") not in ("", ".", "..")


def different(name: str, taken: set[str]) -> str:
    """Return a name that is not in `taken`, and put it there: `회의록 (2).txt` after `회의록.txt`."""
    folder, slash, file = name.rpartition("/")
    stem, dot, suffix = file.rpartition(".")
    if not stem:
        stem, dot, suffix = file, "", ""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{folder}{slash}{stem} ({number}){dot}{suffix}"
    taken.add(free)
    return free


def is_litter(name: str) -> bool:
    """Whether a path is what a file manager leaves behind (macOS, Windows): counted, never read as a paper."""
    *folders, file = name.split("/")
    return "__MACOSX" in folders or file.startswith("._") or file.lower() in _LITTER
