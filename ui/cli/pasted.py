"""Text that was copied with its citation: the quotation that stands before a permanent form.

Read is what our own formats write (corpus/citation.py, corpus/annotation_forms.py, ui/web/passages.py):

    “quotation”(source) [notice]      agency: “quotation”, “title”, …      “quotation”
    gongmun:1/…                       gongmun:1/…                          source [notice]
                                                                           gongmun:1/…

each also inside a mail's or Markdown's `>`, and one line of JSON. A quotation may hold such marks itself, and not in
pairs; so every reading is given in which what stands before it and what stands after it have theirs in pairs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus.citation import clean
from corpus.verifying import Permanent, find

if TYPE_CHECKING:
    from corpus.model import Listing

_REPLY = re.compile(r"(?m)^[ \t]*(?:>[ \t]?)+")
_APART = re.compile(r"\n\s*\n")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&"}
_TITLE = re.compile("「[^「」]*」")
_CLOSING = re.compile(r"”(?=\s*\(|,\s+“|[ \t]*\n\s*\S)")  # what follows a quotation: (source), “title”, a source's line
_MOST = 50  # readings of one paragraph
_SIDES = {"“": 1, "”": -1}


def quotations(text: str, at: int, since: int = 0, listing: Listing | None = None) -> tuple[str, ...]:
    """Return the readings of the quotation directly before the form at `at`; none if there is no quotation.

    `since` is where the form before it begins; `listing` is the document cited: marks in its names are no quotation's.
    """
    line = text[text.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    if line.lstrip().startswith("{"):
        return _of_json(line)
    block = _plain(text[since:at].replace("\r\n", "\n"))
    names = _names(listing) if listing else []
    *earlier, last = _APART.split(block)
    found = _readings(last, names)
    if found or not earlier:
        return found
    before = earlier[-1].strip()
    if not last.strip():
        return _readings(before, names)
    return _readings(f"{before}\n{last}", names) if before.startswith("“") and before.endswith("”") else ()


def copied(text: str, listing: Callable[[str], Listing | None]) -> tuple[str, bool] | None:
    """Return the words of a text that is a quotation in “ ”, and whether its citation follows; None if it is not.

    `listing` says what is known of a document.
    """
    text = text.strip()
    forms = find(text)
    if not forms:
        depths = [*accumulate(_SIDES.get(sign, 0) for sign in text)]
        whole = text.startswith("“") and text.endswith("”") and min(depths[:-1]) > 0
        return (text[1:-1], False) if whole and text[1:-1].strip() else None
    at, form = forms[0]
    found = quotations(text, at, listing=listing(form.document) if isinstance(form, Permanent) else None)
    lead = _plain(text[:at]).partition("“")[0].rstrip()
    ended = len("".join(text[at:].split()).rstrip("`")) <= len(str(form))
    whole = len(forms) == 1 and ended and (not lead or lead.endswith(":"))
    return (found[0], True) if found and found[0].strip() and whole else None


def _of_json(line: str) -> tuple[str, ...]:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return ()
    quote = found.get("quote") if isinstance(found, dict) else None
    return (quote,) if isinstance(quote, str) and quote else ()


def _plain(block: str) -> str:
    """Return what stands before a form without the `>` of an answered mail, and without Markdown's escapes."""
    if block.rpartition("\n")[2].lstrip().startswith(">"):
        block = _REPLY.sub("", block)
    if block.endswith("`"):
        block = _ESCAPED.sub(r"\1", block[:-1])
        block = re.sub("&(?:lt|gt|amp);", lambda entity: _ENTITIES[entity[0]], block)
    return block


def _names(listing: Listing) -> list[str]:
    """Return what a source is written of where it has marks of quotation itself."""
    files = [file.rpartition("/")[2] for file in listing.files]
    names = [listing.title, *files, *listing.agencies, *listing.releases, *listing.notices]
    written = {clean(" ".join(name.split())) for name in names if "“" in name or "”" in name}
    return sorted(written, key=len, reverse=True)


def _readings(text: str, names: list[str]) -> tuple[str, ...]:
    bare = text
    for name in names:
        start = bare.rfind(name)  # the quotation may have it, too
        if start >= 0:
            bare = bare[:start] + " " * len(name) + bare[start + len(name) :]  # as long as it was: places stay
    bare = _TITLE.sub(lambda title: " " * len(title[0]), bare)
    depths = [0, *accumulate(_SIDES.get(sign, 0) for sign in bare)]
    closings = [found.start() for found in _CLOSING.finditer(bare) if depths[found.end()] == depths[-1]]
    if not closings:
        return ()
    end = closings[-1]
    openings = [n for n in range(end) if bare[n] == "“" and depths[n] == 0]
    return tuple(text[n + 1 : end] for n in openings[:1] + openings[1:][-_MOST:])
