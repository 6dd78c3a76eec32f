"""The one state a paper is listed under, from those of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select

from corpus import tables
from corpus.model import Document, Reason, State
from corpus.recording import Recorder
from corpus.waiting import OCR_STAGE, SCRIPT_STAGE

PageState = tuple[State, Reason]


def listed(count: int, pages: Mapping[int, PageState], failure: tuple[Reason, str] | None) -> tuple[State, Reason, str]:
    """Return the one state a paper of `count` pages is listed under, from those of its pages, and a sentence on it."""
    states = [pages.get(number, (State.NOT_SEARCHABLE, Reason.DAMAGED)) for number in range(1, count + 1)]
    if failure:
        lost = count - len(pages)
        return State.IN_PART, Reason.SOME_PAGES, f"{lost} of {count} pages could not be read: {failure[1]}"
    short = [found for found in states if found[0] not in (State.SEARCHABLE, State.OCR)]
    recognised = sum(state is State.OCR for state, _ in states)
    if not short and recognised:
        return State.OCR, Reason.NONE, f"{recognised} of {count} pages were read by OCR; compare before you quote."
    if not short:
        return State.SEARCHABLE, Reason.NONE, ""
    reasons = sorted({reason.value for _, reason in short})
    detail = f"{len(short)} of {count} pages cannot be searched in full: {', '.join(reasons)}."
    only = short[0][1] if len(short) == count and len(reasons) == 1 else Reason.SOME_PAGES
    if all(state is State.NOT_SEARCHABLE for state, _ in states):
        return State.NOT_SEARCHABLE, only, detail
    return State.IN_PART, only, detail


def restate(record: Recorder, document: str) -> None:
    """List a paper anew, since pages of it can be read otherwise now."""
    d, p = tables.documents, tables.pages
    row = record.connection.execute(select(d).where(d.c.id == document)).one()
    if row.reason == Reason.SOME_FILES:
        return  # what is missing there is no page
    query = select(p.c.number, p.c.state, p.c.reason).where(p.c.document == document, p.c.current)
    pages = {each.number: (State(each.state), Reason(each.reason)) for each in record.connection.execute(query)}
    state, reason, detail = listed(row.pages or 0, pages, None)
    detail = " ".join([detail, *_on_pictures(record, document)])
    if (state, reason, detail) != (row.state, row.reason, row.detail):
        record.restate(replace(Document(**row._mapping), state=state, reason=reason, detail=detail))


def _on_pictures(record: Recorder, document: str) -> list[str]:
    """Return what was said of pictures that OCR could not read, or read instead of a text: sentences, once each."""
    s = tables.stages
    unread = (s.c.stage == OCR_STAGE) & (s.c.reason == Reason.UNREAD_PICTURES)
    instead = (s.c.stage == SCRIPT_STAGE) & (s.c.reason == Reason.NONE)
    query = select(s.c.detail).where(s.c.document == document, unread | instead, s.c.detail != "")
    return list(record.connection.scalars(query.distinct().order_by(s.c.detail)))
