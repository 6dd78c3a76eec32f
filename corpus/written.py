"""What people write beside a paper: notes, tags and names, cleaned before they are kept.

Nothing of it is dropped silently: what cannot be kept as written becomes a replacement mark, what is too long is
refused.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from corpus.errors import UsageError
from corpus.folding import canonical

MOST_NOTE = 20_000  # characters
MOST_TAG = 100
MOST_TAGS = 50
MOST_NAME = 200

_LINE_ENDS = re.compile("[\v\f\x1c-\x1e\x85\u2028\u2029]")  # what word processors paste for one
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\uffff]")


def note_of(text: str) -> str:
    r"""Return a note as it is kept: lines ended by \n, controls as U+FFFD, no blanks around it.

    Raises:
        UsageError: it is longer than 20,000 characters.
    """
    note = _CONTROLS.sub("\ufffd", _LINE_ENDS.sub("\n", canonical(text))).strip()
    if len(note) > MOST_NOTE:
        raise UsageError(
            f"The note has {len(note):,} characters and may have {MOST_NOTE:,}; shorten it, or make two of it."
        )
    return note


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Return tags as they are kept: one line each, composed (NFC), none empty, none twice, in the order given.

    Raises:
        UsageError: one is longer than 100 characters, or there are more than 50.
    """
    tags = tuple(dict.fromkeys(tag for tag in map(_line, texts) if tag))
    longest = max(map(len, tags), default=0)
    if longest > MOST_TAG:
        raise UsageError(f"A tag has {longest:,} characters and may have {MOST_TAG}; write it as a note.")
    if len(tags) > MOST_TAGS:
        raise UsageError(f"There are {len(tags):,} tags and may be {MOST_TAGS}; leave some out.")
    return tags


def name_of(text: str) -> str:
    """Return the name of a person or of a colour as it is kept: one line, composed (NFC).

    Raises:
        UsageError: it is empty or longer than 200 characters.
    """
    name = _line(text)
    if not name or len(name) > MOST_NAME:
        raise UsageError(f"A name needs 1 to {MOST_NAME} characters and has {len(name):,}; give another.")
    return name


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(_CONTROLS.sub("\ufffd", _LINE_ENDS.sub(" ", canonical(text))).split()))


_COMMANDING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u2028\u2029\ufff9-\ufffb\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def harmless(text: str) -> str:
    """Return text of the same length without controls and marks of writing direction: for files that people open."""
    return _COMMANDING.sub("\ufffd", text)
