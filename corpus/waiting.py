"""Pages that wait to be recognised, and the papers somebody wants to have recognised first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.model import Reason, now
from corpus.recording import Recorder
from corpus.store import Store

OCR_STAGE = "ocr"
SCRIPT_STAGE = "script"  # a page of text compared with its picture, or as page 0 a paper looked through for such


@dataclass(frozen=True, slots=True)
class Waiting:
    """A page with something to recognise; `tried` is the fingerprint of the OCR that has failed on it, or empty."""

    document: str
    page: int
    reason: Reason
    tried: str


def waiting(store: Store, media_types: Iterable[str]) -> list[Waiting]:
    """Return the pages of documents of some types that wait for OCR: wanted documents first, short ones before long.

    Documents that are met nowhere any more (removed) do not wait.
    """
    p, d, s, w = tables.pages, tables.documents, tables.stages, tables.wanted
    reasons = [Reason.NEEDS_OCR, Reason.UNREAD_PICTURES]
    query = (
        select(p.c.document, p.c.number, p.c.reason, s.c.fingerprint)
        .join(d, d.c.id == p.c.document)
        .outerjoin(w, w.c.document == p.c.document)
        .outerjoin(s, (s.c.document == p.c.document) & (s.c.page == p.c.number) & (s.c.stage == OCR_STAGE))
        .where(p.c.current, p.c.reason.in_(reasons), d.c.media_type.in_(list(media_types)))
        .order_by(w.c.at.is_(None), w.c.at, d.c.pages, p.c.document, p.c.number)
    )
    met = store.visible()
    with store.reading() as connection:
        rows = connection.execute(query).all()
    return [
        Waiting(row.document, row.number, Reason(row.reason), row.fingerprint or "")
        for row in rows
        if row.document in met
    ]


def want(record: Recorder, document: str, who: str) -> None:
    """Have a document recognised before those that were not asked for; asked twice changes nothing."""
    t = tables.wanted
    if record.connection.scalar(select(sa.func.count()).where(t.c.document == document)):
        return
    record.connection.execute(sa.insert(t).values(document=document, who=who, at=now()))
    record.log(who, "read this first", document)


def wanted(store: Store) -> list[str]:
    """Return the documents asked for, in the order of asking."""
    with store.reading() as connection:
        return list(connection.scalars(select(tables.wanted.c.document).order_by(tables.wanted.c.at)))
