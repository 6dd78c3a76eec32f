"""Annotations: what people mark in a paper, note, tag and answer, with every version of it.

An annotation stands on one stretch of one page as one extraction read it, and stays there; only what is written beside
it changes. Each change is a version with its author and time, deleting too, and all versions are kept.
"""

# No `from __future__ import annotations` here: the name is that of a function.
import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.anchoring import Anchored, How, anchor
from corpus.annotation_rows import Annotation, Version, add, annotation_of, stored, supersede, versions
from corpus.covering import agrees, covered
from corpus.errors import EditConflict, NotFound, UsageError
from corpus.model import COVER, EVERYTHING, Audience, Page, Selector, Span
from corpus.store import PageKey, Store
from corpus.written import name_of, note_of, tags_of

__all__ = [
    "COLOURS",
    "Annotation",
    "Version",
    "all_tags",
    "annotate",
    "annotation",
    "annotations",
    "colour_names",
    "delete",
    "history",
    "moment",
    "name_colour",
    "placed",
    "reply",
    "restore",
    "revise",
    "without_source",
]

COLOURS = ("yellow", "green", "blue", "pink", "purple")


def moment() -> str:
    """Return the present moment, UTC, to the millisecond: answers follow each other within a second."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


# -- reading


def annotations(
    store: Store,
    audience: Audience = EVERYTHING,
    *,
    document: str | None = None,
    page: int | None = None,
    include_deleted: bool = False,
) -> list[Annotation]:
    """Return the annotations an audience may see, by document, page, place and time; withheld words as █."""
    t = tables.annotations
    query = select(t).order_by(t.c.document, t.c.page, t.c.start, t.c.created, t.c.id)
    if document is not None:
        query = query.where(t.c.document == document)
    if page is not None:
        query = query.where(t.c.page == page)
    if not include_deleted:
        query = query.where(~t.c.deleted)
    seen = store.visible(audience)
    with store.reading() as connection:
        found = [annotation_of(row) for row in connection.execute(query) if row.document in seen]
    return _covered(store, found)


def annotation(store: Store, id: str, audience: Audience = EVERYTHING) -> Annotation:
    """Return one annotation, a deleted one too; withheld words as █.

    Raises:
        NotFound: there is none of that id, or not for this audience.
    """
    seen = store.visible(audience)
    with store.reading() as connection:
        found = stored(connection, id)
    if found is None or found.document not in seen:
        raise _not_found(id)
    return _covered(store, [found])[0]


def history(store: Store, id: str, audience: Audience = EVERYTHING) -> list[Version]:
    """Return every version of an annotation, oldest first.

    Raises:
        NotFound: there is none of that id, or not for this audience.
    """
    annotation(store, id, audience)
    with store.reading() as connection:
        return versions(connection, id)


def without_source(store: Store) -> list[Annotation]:
    """Return the annotations of papers in the trash or purged, as `annotations` does; for who may see everything."""
    t, seen = tables.annotations, store.visible()
    query = select(t).where(~t.c.deleted).order_by(t.c.document, t.c.page, t.c.start, t.c.created, t.c.id)
    with store.reading() as connection:
        found = [annotation_of(row) for row in connection.execute(query) if row.document not in seen]
    return _covered(store, found)


def placed(annotation: Annotation, page: Page) -> Anchored:
    """Say where an annotation stands on its page, as read by any extraction, and how that is known; never a guess.

    Raises:
        UsageError: it is the annotation of another page.
    """
    if (annotation.document, annotation.page) != (page.document, page.number):
        raise UsageError("The annotation is of another page; take the page it names.")
    here, visible = annotation.span, page.visible
    exact = annotation.selector.exact
    if annotation.fingerprint == page.fingerprint and agrees(exact, visible[here.start : here.end]):
        return Anchored(How.POSITION, here, (here,))
    if not exact.replace(COVER, "").strip():  # covers fit every cover
        return Anchored(How.LOST, None, ())
    return anchor(annotation.selector, visible)


def all_tags(store: Store, audience: Audience = EVERYTHING) -> dict[str, int]:
    """Count the annotations with each tag, the most used first."""
    t = tables.annotations
    seen, counts = store.visible(audience), dict[str, int]()
    with store.reading() as connection:
        for row in connection.execute(select(t.c.document, t.c.tags).where(~t.c.deleted)):
            for tag in row.tags if row.document in seen else ():
                counts[tag] = counts.get(tag, 0) + 1
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def colour_names(store: Store) -> dict[str, str]:
    """Return the names people gave to colours; a colour without one is absent."""
    with store.reading() as connection:
        return {row.colour: row.name for row in connection.execute(select(tables.colours))}


def _covered(store: Store, found: list[Annotation]) -> list[Annotation]:
    """Cover what is withheld now of the words of annotations."""
    pages = store.some_pages(_with_covers(store, {(each.document, each.page) for each in found}), words=False)
    return [
        replace(each, selector=covered(each.selector, each.fingerprint, pages[each.document, each.page]))
        if (each.document, each.page) in pages
        else each
        for each in found
    ]


def _with_covers(store: Store, keys: set[PageKey]) -> list[PageKey]:
    """Return those of some annotated pages that have text under covers, as currently read."""
    p, a = tables.pages, tables.annotations
    annotated = select(a.c.document, a.c.page).distinct()
    documents = {document for document, _ in keys}
    if len(documents) == 1:
        annotated = annotated.where(a.c.document == documents.pop())
    marked = annotated.subquery()
    same = (p.c.document == marked.c.document) & (p.c.number == marked.c.page)
    query = select(p.c.document, p.c.number).join(marked, same)
    query = query.where(p.c.current, sa.cast(p.c.withheld, sa.String) != "[]")
    with store.reading() as connection:
        return [(row.document, row.number) for row in connection.execute(query) if (row.document, row.number) in keys]


# -- writing


def annotate(
    store: Store,
    page: Page,
    span: Span,
    *,
    author: str,
    colour: str = "yellow",
    note: str = "",
    tags: Iterable[str] = (),
    parent: str | None = None,
) -> Annotation:
    """Mark a stretch of a page; its words are taken from the page's visible text, and kept once this returns.

    Raises:
        UsageError: the stretch is empty, blank, withheld or not on the page, or what is written is too long.
        NotFound: there is no such parent.
    """
    _refuse(page, span)
    selector = Selector.of(page.visible, span)
    return _add(store, (page.document, page.number, page.fingerprint), selector, author, colour, note, tags, parent)


def reply(
    store: Store,
    id: str,
    *,
    author: str,
    note: str,
    tags: Iterable[str] = (),
    colour: str | None = None,
    audience: Audience = EVERYTHING,
) -> Annotation:
    """Answer an annotation, at its place; also one that was deleted meanwhile.

    Raises:
        UsageError: the answer is empty or too long.
        NotFound: there is no such annotation, or not for this audience.
    """
    if not note_of(note):
        raise UsageError("The reply is empty; write something.")
    to = annotation(store, id, audience)
    place = (to.document, to.page, to.fingerprint)
    return _add(store, place, to.selector, author, colour or to.colour, note, tags, to.id)


def revise(
    store: Store,
    id: str,
    version: int,
    *,
    editor: str,
    note: str | None = None,
    tags: Iterable[str] | None = None,
    colour: str | None = None,
    audience: Audience = EVERYTHING,
) -> Annotation:
    """Change what is written beside a mark; `version` is the one the editor saw. None leaves as it is.

    Raises:
        EditConflict: somebody else changed it meanwhile; nothing is written, both texts are in the error.
        UsageError: it is deleted, or what is written is too long.
        NotFound: there is no such annotation, or not for this audience.
    """
    given: dict[str, Any] = {"note": note if note is None else note_of(note)}
    given["tags"] = tags if tags is None else tags_of(tags)
    given["colour"] = colour if colour is None else _colour(colour)
    return _change(store, id, version, editor, audience, given)


def delete(store: Store, id: str, version: int, *, editor: str, audience: Audience = EVERYTHING) -> Annotation:
    """Delete an annotation; replies to it stay, and `restore` brings it back.

    Raises:
        EditConflict: somebody else changed it meanwhile.
        NotFound: there is no such annotation, or not for this audience.
    """
    return _change(store, id, version, editor, audience, {"deleted": True})


def restore(store: Store, id: str, *, editor: str, audience: Audience = EVERYTHING) -> Annotation:
    """Bring a deleted annotation back as it was.

    Raises:
        NotFound: there is no such annotation, or not for this audience.
    """
    return _change(store, id, None, editor, audience, {"deleted": False})


def name_colour(store: Store, colour: str, name: str, who: str) -> None:
    """Give a colour a name; "" takes it away.

    Raises:
        UsageError: there is no such colour, or the name is too long.
    """
    t = tables.colours
    kept, colour = name_of(name) if name.strip() else "", _colour(colour)
    with store.writing() as record:
        record.connection.execute(sa.delete(t).where(t.c.colour == colour))
        if kept:
            record.connection.execute(sa.insert(t).values(colour=colour, name=kept))
        record.log(who, "colour named", f"{colour} {kept}".strip())


def _refuse(page: Page, span: Span) -> None:
    whole = type(span.start) is int and type(span.end) is int
    if not whole or not 0 <= span.start < span.end <= len(page.text):
        raise UsageError(
            f"{span.start}-{span.end} is no stretch of page {page.number}, which has {len(page.text)} characters; "
            "select the words again."
        )
    signs = [at for at in range(span.start, span.end) if not page.text[at].isspace()]
    if not signs:
        raise UsageError("Only blanks are selected; select some words.")
    if all(any(cover.start <= at < cover.end for cover in page.withheld) for at in signs):
        raise UsageError(
            "Everything selected is withheld text, which nobody may read here; select the words beside it."
        )


def _colour(colour: str) -> str:
    if colour not in COLOURS:
        raise UsageError(f"There is no colour {colour!r}; give one of {', '.join(COLOURS)}.")
    return colour


def _add(
    store: Store,
    place: tuple[str, int, str],
    selector: Selector,
    author: str,
    colour: str,
    note: str,
    tags: Iterable[str],
    parent: str | None,
) -> Annotation:
    at, who = moment(), name_of(author)
    made = Annotation(
        id=str(uuid.uuid4()),
        document=place[0],
        page=place[1],
        fingerprint=place[2],
        selector=selector,
        colour=_colour(colour),
        note=note_of(note),
        tags=tags_of(tags),
        parent=parent,
        author=who,
        created=at,
        editor=who,
        modified=at,
        version=1,
        deleted=False,
    )
    with store.writing() as record:
        to = stored(record.connection, parent) if parent is not None else made
        if to is None or (to.document, to.page) != (made.document, made.page):
            raise _not_found(str(parent))
        add(record, made)
    return _covered(store, [made])[0]


def _change(
    store: Store, id: str, version: int | None, editor: str, audience: Audience, given: dict[str, Any]
) -> Annotation:
    who, seen = name_of(editor), store.visible(audience)
    values = {name: value for name, value in given.items() if value is not None}
    with store.writing() as record:
        current = stored(record.connection, id)
        if current is None or current.document not in seen:
            raise _not_found(id)
        stale = version is not None and version != current.version
        if not stale:
            if current.deleted and "deleted" not in values:
                raise UsageError("The annotation is deleted; restore it before you change it.")
            if replace(current, **values) != current:
                changed = replace(current.newest, **values, version=current.version + 1, editor=who, modified=moment())
                supersede(record, id, changed)
    now = annotation(store, id, audience)
    if stale:
        raise EditConflict(now, given.get("note"), given.get("tags"), given.get("colour"))
    return now


def _not_found(id: str) -> NotFound:
    return NotFound(f"There is no annotation {id[:36]!r}; gongmun annotations list shows them all.")
