"""What a reader does with recognised text: correct its words, tick a page off, have a paper read first.

Each act takes what the component sent, which anybody may have written, and returns what to say, as those of
ui/web/annotating.py do; `kind` is corrected, undone, checked, unchecked, wanted, changed or error. With "changed" the
page has another text than the one that was seen: nothing was written, and `place` is where the stretch stands now,
[start, end, fingerprint], or None where it cannot be told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import sqlalchemy as sa

from corpus import checking, tables
from corpus.anchoring import anchor
from corpus.correcting import history
from corpus.errors import PageChanged
from corpus.model import Basis, FurnitureKind, Page, Reason, Selector, Span
from corpus.resting import by_hand, has_pictures
from corpus.waiting import OCR_STAGE, want
from corpus.written import name_of
from ingest import correcting, ocr
from ui.web.annotating import Act, NotUnderstood, Place, Said, Sent, answered, page_seen
from ui.web.room import Room
from ui.web.texts import texts

Json = dict[str, Any]

DOUBTFUL = 70  # of 100: words read with less confidence are underlined
_RECOGNISED = (Basis.OCR, Basis.CORRECTED, Basis.CHECKED)
_WAITS = (Reason.NEEDS_OCR, Reason.UNREAD_PICTURES)


# -- what is shown


def doubtful(page: Page) -> list[list[int]]:
    """Return the words that were recognised with doubt: [start, end, confidence of 100] each, none of them withheld.

    On a page that somebody compared with its picture none is in doubt any more.
    """
    if page.basis is Basis.CHECKED:
        return []
    return [
        [word.start, word.end, sure]
        for word, sure in zip(page.words, page.confidences, strict=False)
        if sure < DOUBTFUL and not _withheld(page, word.start, word.end)
    ]


def standing(room: Room, page: Page) -> Json:
    """Return what people did about the text of a page, and whether its paper waits for OCR.

    `checked` and `corrected` are {who, at} of the last time, or None; `waiting` counts pages of the whole paper.
    """
    waiting, wanted = _waiting(room, page.document)
    recognised = page.basis in _RECOGNISED or has_pictures(page)
    return {
        "corrected": _corrected(room, page),
        "checked": _checked(room, page),
        "tickable": recognised and page.reason is Reason.NONE and not page.withheld and bool(page.text.strip()),
        "waiting": waiting,
        "wanted": wanted,
    }


def _corrected(room: Room, page: Page) -> Json | None:
    """Return who made this very text of a page, and when; None where the machine did."""
    if not by_hand(page.fingerprint):
        return None
    made = [each for each in history(room.corpus.store, page.document, page.number) if not each.undo]
    return next(({"who": each.who, "at": each.at} for each in made if each.fingerprint == page.fingerprint), None)


def _checked(room: Room, page: Page) -> Json | None:
    if page.basis is not Basis.CHECKED:
        return None
    found = checking.checks(room.corpus.store, page.document)
    return next(({"who": each.who, "at": each.at} for each in found if each.page == page.number), None)


def _waiting(room: Room, document: str) -> tuple[int, bool]:
    """Return how many pages of a paper nobody has tried to recognise yet, and whether it was asked for."""
    p, d, s, w = tables.pages, tables.documents, tables.stages, tables.wanted
    tried = sa.exists().where((s.c.document == p.c.document) & (s.c.page == p.c.number) & (s.c.stage == OCR_STAGE))
    waits = p.c.current & p.c.reason.in_(_WAITS) & d.c.media_type.in_(ocr.MEDIA_TYPES) & ~tried
    pages = sa.select(sa.func.count()).join_from(p, d, d.c.id == p.c.document).where(p.c.document == document, waits)
    with room.corpus.store.reading() as connection:
        waiting = connection.scalar(pages) or 0
        wanted = connection.scalar(sa.select(sa.func.count()).where(w.c.document == document)) or 0
    return waiting, wanted > 0


def _withheld(page: Page, start: int, end: int) -> bool:
    return any(each.start < end and start < each.end for each in page.withheld)


# -- the acts


def correct(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Put another text in the place of a stretch of recognised text."""

    def act(sent: Sent) -> Said:
        start, end, who = sent.number("start"), sent.number("end"), sent.text("author").strip()
        seen = page_seen(room, place, sent)
        if seen is None:
            return _said("error", "page_changed", language)
        if refused := _refused(seen, start, end, sent.text("text"), who):
            return _said("error", refused, language)
        key = (seen.document, seen.number, seen.fingerprint)
        try:
            correcting.correct(room.corpus, *key, start, end, sent.text("text"), who)
        except PageChanged:
            return _changed(room, seen, Span(start, end), language)
        room.edited()
        return _said("corrected", "corrected", language)

    return answered(room, value, language, act)


def undo_correction(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Let the text before the last correction stand again."""

    def act(page: Page, who: str) -> Said:
        correcting.undo(room.corpus, page.document, page.number, page.fingerprint, who)
        room.edited()
        return _said("undone", "correction_undone", language)

    return _on_page(room, place, value, language, act)


def check(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Tick a page off: somebody compared it with its picture, letter by letter."""

    def act(page: Page, who: str) -> Said:
        checking.check(room.corpus.store, page.document, page.number, page.fingerprint, who)
        room.edited()
        return _said("checked", "checked", language)

    return _on_page(room, place, value, language, act)


def uncheck(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Take the tick off a page."""

    def act(page: Page, who: str) -> Said:
        checking.uncheck(room.corpus.store, page.document, page.number, who)
        room.edited()
        return _said("unchecked", "unchecked", language)

    return _on_page(room, place, value, language, act)


def read_first(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Have a paper recognised before those that nobody asked for."""

    def act(page: Page, who: str) -> Said:
        with room.corpus.store.writing() as record:
            want(record, page.document, name_of(who))
        return _said("wanted", "wanted", language)

    return _on_page(room, place, value, language, act)


ACTS: Mapping[str, Act] = {
    "correct": correct,
    "undo_correction": undo_correction,
    "check": check,
    "uncheck": uncheck,
    "read_first": read_first,
}


# -- how they are done and answered


def _on_page(room: Room, place: Place | None, value: Any, language: str, act: Callable[[Page, str], Said]) -> Said:
    """Do something with the page whose text was on the screen, if it is still its text."""

    def acted(sent: Sent) -> Said:
        page, who = page_seen(room, place, sent), sent.text("author").strip()
        if not who:
            raise NotUnderstood("author")
        try:
            return _said("error", "page_met", language) if page is None else act(page, who)
        except PageChanged:
            return _said("error", "page_met", language)

    return answered(room, value, language, acted)


def _refused(page: Page, start: int, end: int, text: str, who: str) -> str | None:
    """Return the name of the sentence that says why a stretch cannot be corrected so; None if it can."""
    if not who or not 0 <= start < end <= len(page.text):
        raise NotUnderstood("author" if not who else "end")
    if _withheld(page, start, end):
        return "correct_withheld"
    if "\n" in page.text[start:end]:
        return "correct_lines"
    pictures = [each for each in page.furniture if each.kind is FurnitureKind.PICTURE]
    own = bool(pictures) or page.basis not in _RECOGNISED  # beside its pictures, a page has the file's own text
    if own and not any(each.start <= start and end <= each.end for each in pictures):
        return "correct_own_text"
    return "correct_nothing" if text == page.text[start:end] else None


def _changed(room: Room, seen: Page, span: Span, language: str) -> Said:
    """Say that the page has another text by now, and where the stretch stands in it."""
    now = room.corpus.store.page(seen.document, seen.number)
    found = anchor(Selector.of(seen.text, span), now.text).span
    same = found is not None and now.text[found.start : found.end] == seen.text[span.start : span.end]
    by = _corrected(room, now)
    said = texts("reading", language)
    who = said["changed_by"].format(name=by["who"]) if by else ""
    text = said["correction_met" if found and same else "correction_met_lost"].format(page=now.number, who=who)
    place = [found.start, found.end, now.fingerprint] if found and same else None
    return {"kind": "changed", "text": text, "annotation": None, "yours": None, "place": place}


def _said(kind: str, name: str, language: str) -> Said:
    return {"kind": kind, "text": texts("reading", language)[name], "annotation": None, "yours": None}
