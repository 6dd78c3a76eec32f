"""Pages ticked off: recognised text that a person has compared with the picture, letter by letter.

Such a page counts as fully read. The tick is for one text: a correction makes another, which has none. That the page is
checked stands in its own row, as its basis and state, so that whoever reads pages needs to ask nothing else; who has
checked it and when is in `checked`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.correcting import current, unchanged
from corpus.errors import UsageError
from corpus.model import EVERYTHING, Audience, Basis, Page, Reason, State, now
from corpus.recording import Recorder
from corpus.resting import has_pictures, unchecked_basis, unchecked_state
from corpus.stating import restate
from corpus.store import Store
from corpus.written import name_of


@dataclass(frozen=True, slots=True)
class Check:
    """A page's current text was compared with its picture, by whom and when (ISO, UTC)."""

    page: int
    who: str
    at: str


def check(store: Store, document: str, page: int, fingerprint: str, who: str) -> None:
    """Note that a person has compared a page (from 1), seen as `fingerprint`, with its picture; twice changes nothing.

    Raises:
        PageChanged: the page reads otherwise now.
        UsageError: there is nothing recognised on it, not all of it is recognised, some of it is withheld, or the name
            is none.
        NotFound: there is no such page.
    """
    name, seen = name_of(who), current(store, document, page, fingerprint)
    if seen.basis is Basis.CHECKED:
        return
    refuse(seen)
    key = {"document": document, "page": page, "fingerprint": fingerprint}
    with store.writing() as record:
        unchanged(record.connection, seen)
        _forget(record, seen)
        record.connection.execute(sa.insert(tables.checked).values(**key, who=name, at=now()))
        _mark(record, seen, Basis.CHECKED, State.SEARCHABLE, (name, "read by eye"))


def uncheck(store: Store, document: str, page: int, who: str) -> None:
    """Take the tick off a page (from 1) again.

    Raises:
        UsageError: it has none, or the name is none.
        NotFound: there is no such page.
    """
    name = name_of(who)
    seen = current(store, document, page, store.page(document, page).fingerprint)
    if seen.basis is not Basis.CHECKED:
        raise UsageError(f"Page {page} is not ticked off; gongmun checked {document[:12]} lists the pages that are.")
    with store.writing() as record:
        unchanged(record.connection, seen)
        _forget(record, seen)
        _mark(record, seen, unchecked_basis(seen), unchecked_state(seen), (name, "read by eye taken back"))


def checks(store: Store, document: str) -> list[Check]:
    """Return which pages of a document are ticked off as currently read, in order."""
    t, p = tables.checked, tables.pages
    same = (p.c.document == t.c.document) & (p.c.number == t.c.page) & (p.c.fingerprint == t.c.fingerprint)
    query = select(t.c.page, t.c.who, t.c.at).join(p, same).where(t.c.document == document, p.c.current)
    with store.reading() as connection:
        return [Check(*row) for row in connection.execute(query.order_by(t.c.page))]


def bases(store: Store, audience: Audience = EVERYTHING) -> Mapping[Basis, int]:
    """Count the pages that an audience may see by what their text rests on; those that nothing is read of count not."""
    t, seen, counts = tables.pages, store.visible(audience), Counter[Basis]()
    query = select(t.c.document, t.c.basis, sa.func.count().label("n"))
    query = query.where(t.c.current, t.c.state != State.NOT_SEARCHABLE).group_by(t.c.document, t.c.basis)
    with store.reading() as connection:
        for row in connection.execute(query):
            if row.document in seen:
                counts[Basis(row.basis)] += row.n
    return counts


def refuse(page: Page) -> None:
    """Refuse to tick off a page that is not fully recognised.

    Raises:
        UsageError: there is nothing recognised on it, not all of it is, or some of it is withheld.
    """
    number = page.number
    if page.reason is Reason.UNREAD_PICTURES:
        raise UsageError(
            f"Page {number} has pictures that are not read yet; have them read first: gongmun ingest --ocr"
        )
    if page.reason is Reason.WITHHELD or page.withheld:
        raise UsageError(f"Page {number} has withheld text, which nobody can compare; it cannot be ticked off.")
    if page.reason is not Reason.NONE:
        raise UsageError(f"Page {number} is listed as {page.reason.value}; only a page that is read can be ticked off.")
    if page.basis is Basis.TEXT_LAYER and not has_pictures(page):
        raise UsageError(f"Page {number} has the file's own text and nothing recognised; there is nothing to tick off.")


def _forget(record: Recorder, page: Page) -> None:
    t = tables.checked
    same = (t.c.document == page.document) & (t.c.page == page.number) & (t.c.fingerprint == page.fingerprint)
    record.connection.execute(sa.delete(t).where(same))


def _mark(record: Recorder, page: Page, basis: Basis, state: State, done: tuple[str, str]) -> None:
    """Give a page another basis and state, its document the state that follows, and tell searches and the log."""
    t = tables.pages
    same = (t.c.document == page.document) & (t.c.number == page.number) & (t.c.fingerprint == page.fingerprint)
    record.connection.execute(sa.update(t).where(same).values(basis=basis, state=state))
    record.stage(page.document, page.number, "text", page.fingerprint, (state, page.reason, ""))
    restate(record, page.document)
    who, what = done
    record.log(who, what, f"{page.document} p{page.number} {page.fingerprint}")
    record.change(page.document, "checked")
