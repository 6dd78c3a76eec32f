"""Corrections: what people put right in recognised text. The machine's text stays, and so does each text in between.

A correction makes a new text of its page, current from then on, out of the one the person saw; taking it back makes
that one current again. Both are rows of `corrections`, in order, and entries of the log.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa
from sqlalchemy import Connection, select

from corpus import tables
from corpus.corrected_page import corrected
from corpus.errors import NotFound, PageChanged, UsageError
from corpus.figures import PageFigures
from corpus.model import Extraction, Page, Span, now
from corpus.recording import Recorder
from corpus.resting import by_hand, machine_part
from corpus.stating import restate
from corpus.store import Store
from corpus.written import name_of

__all__ = [
    "Correction",
    "Figures",
    "as_corrected",
    "correct",
    "corrected",
    "current",
    "history",
    "said_since",
    "undo_correction",
]


@dataclass(frozen=True, slots=True)
class Figures:
    """Who recognises the figures of a page, and by which version (search/figures.py)."""

    of_page: Callable[[Page], PageFigures]
    version: int


@dataclass(frozen=True, slots=True)
class Correction:
    """Code points [start, end) of the text `before` said `was`; `text` stands there in the text `fingerprint`.

    With `undo` it is a correction taken back. `at` is ISO, UTC.
    """

    document: str
    page: int
    fingerprint: str
    before: str
    start: int
    end: int
    was: str
    text: str
    who: str
    at: str
    undo: bool


def current(store: Store, document: str, page: int, fingerprint: str, text: str | None = None) -> Page:
    """Return a page as currently read, with its tables, if it is the one that a person saw.

    Raises:
        PageChanged: it reads otherwise now.
        NotFound: there is no such page, or its document is in the trash.
    """
    if document not in store.visible():
        raise NotFound(f"There is no document {document[:12]} here; gongmun status --files lists them all.")
    found = store.page(document, page)
    if found.fingerprint != fingerprint:
        with store.reading() as connection:
            raise _changed(connection, found.document, page, found.fingerprint, text)
    return replace(found, tables=store.tables(found))


def unchanged(connection: Connection, seen: Page, text: str | None = None) -> None:
    """Look once more, inside the transaction that writes, whether a page still reads as it was seen.

    Raises:
        PageChanged: it does not.
    """
    t = tables.pages
    query = select(t.c.fingerprint).where(t.c.document == seen.document, t.c.number == seen.number, t.c.current)
    there = connection.scalar(query)
    if there != seen.fingerprint:
        raise _changed(connection, seen.document, seen.number, there or "", text)


def correct(
    store: Store,
    document: str,
    page: int,
    fingerprint: str,
    start: int,
    end: int,
    text: str,
    who: str,
    figures: Figures,
) -> Page:
    """Put right code points [start, end) of a page (from 1) that was seen as `fingerprint`; return the page as it is.

    Raises:
        PageChanged: the page reads otherwise now; nothing is written, what was typed is in the error.
        UsageError: it may not be corrected so (`corpus.corrected_page.corrected`), or the name is none.
        NotFound: there is no such page.
    """
    name, seen = name_of(who), current(store, document, page, fingerprint, text)
    made = corrected(seen, start, end, text)
    row = {"start": start, "end": end, "text": text, "who": name, "at": now()}
    _turn_to(store, seen, made, row, figures, "corrected")
    return store.page(document, page)


def undo_correction(store: Store, document: str, page: int, fingerprint: str, who: str, figures: Figures) -> Page:
    """Make the text before a page's last correction the current one again; the correction stays in the history.

    Raises:
        PageChanged: the page reads otherwise than as `fingerprint` now.
        UsageError: nobody has corrected it, or the name is none.
        NotFound: there is no such page.
    """
    name, seen = name_of(who), current(store, document, page, fingerprint)
    made_by = next((each for each in history(store, document, page) if each.fingerprint == fingerprint), None)
    if made_by is None or not by_hand(fingerprint):
        raise UsageError(f"Page {page} has no correction that could be taken back.")
    before = store.page(document, page, made_by.before)
    end = made_by.start + len(made_by.text)
    row = {"start": made_by.start, "end": end, "text": made_by.was, "who": name, "at": now()}
    _turn_to(store, seen, before, row, figures, "correction taken back")
    return store.page(document, page)


def history(store: Store, document: str, page: int) -> list[Correction]:
    """Return what people put right on a page and took back, oldest first; withheld words as █."""
    t, p = tables.corrections, tables.pages
    with store.reading() as connection:
        query = select(t).where(t.c.document == document, t.c.page == page).order_by(t.c.seq)
        rows = connection.execute(query).all()
        known = set(connection.scalars(select(p.c.fingerprint).where(p.c.document == document, p.c.number == page)))
    texts = {name: store.page(document, page, name).visible for name in {row.before for row in rows} & known}
    made_of: dict[str, str] = {}
    found = []
    for row in rows:
        undo = made_of.get(row.before) == row.fingerprint
        if not undo:
            made_of.setdefault(row.fingerprint, row.before)
        was = texts.get(row.before, "")[row.start : row.end]
        about = (row.document, row.page, row.fingerprint, row.before, row.start, row.end, was, row.text)
        found.append(Correction(*about, row.who, row.at, undo))
    return found


def said_since(store: Store, document: str, page: int, then: str, here: str, spans: Sequence[Span]) -> str:
    """Return a sentence on what people put right on a page between two texts of it, or took back; "" if nothing.

    `spans` are stretches of the text `then`: what was put right in these is told, if anything was.
    """
    if then == here or machine_part(then) != machine_part(here):
        return ""
    made = {each.fingerprint: each for each in reversed(history(store, document, page)) if not each.undo}
    done, back = _way(made, here, then), _way(made, then, here)
    way = _in_stretches(done, spans) or done or back
    if not way:
        return ""
    told = [f"“{each.was}” to “{each.text}” ({each.who}, {each.at[:10]})" for each in way[:_TOLD]]
    more = f" and {len(way) - _TOLD} more" if len(way) > _TOLD else ""
    said = "was corrected since" if done else "lost corrections that were taken back since"
    return f"Page {page} {said}: {', '.join(told)}{more}."


_TOLD = 3


def _way(made: Mapping[str, Correction], end: str, start: str) -> list[Correction]:
    """Return the corrections that lead from one text to another, in order; none where they do not."""
    way: list[Correction] = []
    while end != start:
        if end not in made:
            return []
        way.append(made[end])
        end = made[end].before
    return way[::-1]


def _in_stretches(way: list[Correction], spans: Sequence[Span]) -> list[Correction]:
    """Return those of some corrections, one after the other, that touch stretches of the text before the first."""
    found, here = list[Correction](), list(spans)
    for each in way:
        step = len(each.text) - (each.end - each.start)
        if any(each.start < span.end and span.start < each.end for span in here):
            found.append(each)
        here = [
            Span(
                span.start + (step if each.end <= span.start else 0), span.end + (step if each.start < span.end else 0)
            )
            for span in here
        ]
    return found


def as_corrected(store: Store, found: Page) -> Page:
    """Return a page that was recognised once more as people had left it, where the machine read the same as before."""
    t = tables.corrections
    newest = select(t.c.fingerprint).where(t.c.document == found.document, t.c.page == found.number)
    with store.reading() as connection:
        last = connection.scalar(newest.order_by(t.c.seq.desc()).limit(1))
    if last is None or not by_hand(last) or machine_part(last) != found.fingerprint:
        return found
    return store.page(found.document, found.number, last)


# -- writing


def _turn_to(store: Store, seen: Page, made: Page, row: dict[str, object], figures: Figures, what: str) -> None:
    """Make a text the current one of its page, in one transaction."""
    recognised = figures.of_page(made)
    before = store.extraction(seen.document, seen.fingerprint)
    about = {"document": seen.document, "page": seen.number, "fingerprint": made.fingerprint}
    with store.writing() as record:
        typed = row["text"] if what == "corrected" else None
        unchanged(record.connection, seen, str(typed) if typed is not None else None)
        if before is not None:
            record.extraction(replace(before, fingerprint=made.fingerprint, tool=_TOOL, settings={}))
        else:
            record.extraction(Extraction(seen.document, made.fingerprint, _TOOL, {}, 0, {}))
        known = _has_figures(record, seen.document, figures.version)
        record.pages([made], [recognised] if known else None, figures.version if known else None)
        record.connection.execute(sa.insert(tables.corrections).values(**about, before=seen.fingerprint, **row))
        restate(record, seen.document)
        record.log(str(row["who"]), what, f"{seen.document} p{seen.number} {made.fingerprint}")
        record.change(seen.document, "corrected")


_TOOL = "corrected by hand"


def _has_figures(record: Recorder, document: str, version: int) -> bool:
    """Whether all other pages of a document have the figures of this version."""
    t = tables.recognised
    query = select(t.c.version).where(t.c.document == document, t.c.version == version)
    return record.connection.execute(query).first() is not None


def _changed(connection: Connection, document: str, page: int, fingerprint: str, text: str | None) -> PageChanged:
    """Say who has changed a page since it was seen."""
    t = tables.corrections
    here = (t.c.document == document) & (t.c.page == page) & (t.c.fingerprint == fingerprint)
    by = connection.scalar(select(t.c.who).where(here).order_by(t.c.seq.desc()).limit(1))
    return PageChanged(page, f"changed by {by}" if by else "read anew", fingerprint, text)
