"""PDF: text, words, furniture, withheld text and state of each page, read with pdfium."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from pypdfium2.version import PDFIUM_INFO, PYPDFIUM_INFO

from corpus.folding import CANONICAL_VERSION, canonical
from corpus.model import Box, Page, Reason, State
from ingest.formats import pdf_calls as calls
from ingest.formats import pdf_furniture
from ingest.formats.model import Outline
from ingest.formats.pdf_objects import Painted, painted_on
from ingest.formats.pdf_redactions import redactions_of
from ingest.formats.pdf_text import Floats, Frame, PageText, read_text

_READER = "3"  # to be raised with every change of what is read
TOOL = f"pypdfium2 {PYPDFIUM_INFO.version} (pdfium {PDFIUM_INFO.build}), reader {_READER}"
FINGERPRINT = "pdf1-" + sha256(f"{TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]
_FACTS = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")

_READABLE = re.compile(r"[^\W_]")
_GARBAGE = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]")
_MOST_GARBAGE = 0.3
_MOST_UNREAD = 0.05
_LEAST_READ = 0.03  # of a picture's area under words, for the words to be the reading of it
_DRAWN_TEXT = 200  # path objects on a page without text, or text objects that give none


def outline(path: Path, password: str | None = None) -> Outline:
    """Return the page count and the file's own claims about itself, as found."""
    with calls.opened(path, password) as document:
        facts = {key: value for key in _FACTS if (value := calls.fact(document, key))}
        if calls.label(document, 0) is not None:
            facts["page labels"] = "yes"
        return Outline(calls.count_pages(document), {key: canonical(value) for key, value in facts.items()})


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the pages `first` to `last`, from 1 and inclusive; `last` may lie beyond the end.

    `document` is the document's id. Pages read together see each other's running heads (`pdf_furniture.mark`).
    """
    with calls.opened(path, password) as handle:
        numbers = range(max(1, first), min(last, calls.count_pages(handle)) + 1)
        pages = [_read_page(handle, number, document) for number in numbers]
    return pdf_furniture.mark(pages)


def _read_page(handle: int, number: int, document: str) -> Page:
    name = calls.label(handle, number - 1)
    label = canonical(name) if name is not None else None
    with calls.loaded(handle, number - 1) as page:
        if page:
            return _read_loaded(page, number, document, label)
    return Page(
        document, number, FINGERPRINT, "", label=label, state=State.NOT_SEARCHABLE, reason=Reason.DAMAGED
    )  # the page's own object is broken; the rest of the file may be whole


def _read_loaded(page: int, number: int, document: str, label: str | None) -> Page:
    rotation = calls.get_rotation(page) * 90
    calls.set_rotation(page, 0)  # pdfium orders the text of a turned page wrongly
    frame = _frame(page)
    with calls.loaded_text(page) as text_handle:
        text = read_text(text_handle, frame)
        painted = painted_on(page, frame)
        hidden, redactions = redactions_of(page, text, painted, frame, rotation)
    state, reason = _state(text, painted, frame)
    if hidden and state is State.SEARCHABLE:
        state, reason = State.IN_PART, Reason.WITHHELD
    return Page(
        document,
        number,
        FINGERPRINT,
        text.text,
        label=label,
        width=frame.width,
        height=frame.height,
        rotation=rotation,
        words=text.packed(frame.width, frame.height),
        withheld=hidden,
        state=state,
        reason=reason,
        redactions=redactions,
    )


def _frame(page: int) -> Frame:
    calls.page_box(page, calls.FLOATS_AT)
    left, top, right, bottom = calls.FLOATS[:4]
    return Frame(left, top, right - left, top - bottom)


def _state(text: PageText, painted: Painted, frame: Frame) -> tuple[State, Reason]:
    """Judge how much of a page its text layer gives."""
    if _is_garbage(text):
        return State.NOT_SEARCHABLE, Reason.NEEDS_OCR
    if not _READABLE.search(text.text):
        drawn = painted.pictures or max(painted.paths, painted.texts) > _DRAWN_TEXT
        return (State.NOT_SEARCHABLE, Reason.NEEDS_OCR) if drawn else (State.SEARCHABLE, Reason.NONE)
    if _unread(text.boxes, painted.pictures, frame) > _MOST_UNREAD:
        return State.IN_PART, Reason.UNREAD_PICTURES
    return State.SEARCHABLE, Reason.NONE


def _is_garbage(text: PageText) -> bool:
    """Whether too much of the text is what a font without a map to Unicode gives."""
    count = len(_GARBAGE.findall(text.text))
    return count > 0 and count > _MOST_GARBAGE * int((text.ends - text.starts).sum())


def _unread(words: Floats, pictures: list[Box], frame: Frame) -> float:
    """Return the share of the page that is pictures without words on them (an OCR layer, a letterhead's text)."""
    page = frame.width * frame.height or 1.0
    clipped = [
        (max(0.0, x0), max(0.0, top), min(frame.width, x1), min(frame.height, bottom))
        for x0, top, x1, bottom in pictures
    ]
    if sum(map(_area, clipped)) <= _MOST_UNREAD * page:
        return 0.0
    return sum(_area(box) for box in clipped if _read_area(words, box) < _LEAST_READ * _area(box)) / page


def _read_area(words: Floats, box: Box) -> float:
    x0, top, x1, bottom = box
    across, down = (words[:, 0] + words[:, 2]) / 2, (words[:, 1] + words[:, 3]) / 2
    on = words[(across > x0) & (across < x1) & (down > top) & (down < bottom)]
    return float(((on[:, 2] - on[:, 0]) * (on[:, 3] - on[:, 1])).sum())


def _area(box: Box) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])
