"""What a reader does with a pencil: annotate, revise, delete, restore, name a colour.

Each act takes what the component sent, which anybody may have written, and returns what to say: `kind` is saved,
deleted, restored, conflict or error, `text` a sentence in the reader's language, `annotation` how it stands now,
`yours` what was not written. Nothing is raised for a mistake of the reader's. What is answered "saved" is on disk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

import corpus.annotations as pencil
from corpus.annotations import Annotation
from corpus.errors import EditConflict, GongmunError, NotFound
from corpus.model import Page, Span
from ui.web.marks import shown_on
from ui.web.room import Room
from ui.web.texts import texts

Said = dict[str, Any]

_MOST_TEXT = 50_000  # characters of anything sent; what may be kept is less and told by corpus.written
_MOST_LISTED = 200
_HALVES = re.compile("[\ud800-\udfff]")  # of characters: what JavaScript cuts, and no record can keep


@dataclass(frozen=True, slots=True)
class Place:
    """The page that the reader looked at when they acted; `page` counts from 1."""

    document: str
    page: int


Act = Callable[[Room, Place | None, Any, str], Said]


class NotUnderstood(Exception):
    """What was sent is not of the agreed form; the argument names the part."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a trigger brought, to be taken out by name and kind."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: Any) -> Sent:
        if not isinstance(value, Mapping):
            raise NotUnderstood("value")
        return cls(value)

    def text(self, name: str) -> str:
        found = self.values.get(name, "")
        if not isinstance(found, str) or len(found) > _MOST_TEXT:
            raise NotUnderstood(name)
        return _HALVES.sub("\ufffd", found)

    def number(self, name: str) -> int:
        found = self.values.get(name)
        if isinstance(found, float) and found.is_integer():  # JSON does not tell 3 from 3.0
            found = int(found)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 10**9:
            raise NotUnderstood(name)
        return found

    def listed(self, name: str) -> list[str]:
        found = self.values.get(name, [])
        if not isinstance(found, list | tuple) or len(found) > _MOST_LISTED:
            raise NotUnderstood(name)
        if not all(isinstance(each, str) and len(each) <= _MOST_TEXT for each in found):
            raise NotUnderstood(name)
        return [_HALVES.sub("\ufffd", each) for each in found]

    def id(self, name: str) -> str:
        found = self.text(name)
        if not re.fullmatch("[0-9a-f-]{36}", found):
            raise NotUnderstood(name)
        return found


# -- the acts


def annotate(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Mark a stretch of the page, or reply to the annotation named as `parent`."""
    return answered(room, value, language, lambda sent: _annotate(room, place, sent, language))


def revise(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Change note, tags and colour of an annotation of which `version` was seen."""

    def act(sent: Sent) -> Said:
        given = sent.values
        made = pencil.revise(
            room.corpus.store,
            sent.id("id"),
            sent.number("version"),
            editor=sent.text("author"),
            note=sent.text("note") if "note" in given else None,
            tags=sent.listed("tags") if "tags" in given else None,
            colour=sent.text("colour") if "colour" in given else None,
            audience=room.audience,
        )
        return _done(room, "saved", made, language)

    return answered(room, value, language, act)


def delete(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Delete an annotation of which `version` was seen."""

    def act(sent: Sent) -> Said:
        id, version, editor = sent.id("id"), sent.number("version"), sent.text("author")
        return _done(
            room,
            "deleted",
            pencil.delete(room.corpus.store, id, version, editor=editor, audience=room.audience),
            language,
        )

    return answered(room, value, language, act)


def restore(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Bring a deleted annotation back."""

    def act(sent: Sent) -> Said:
        made = pencil.restore(room.corpus.store, sent.id("id"), editor=sent.text("author"), audience=room.audience)
        return _done(room, "restored", made, language)

    return answered(room, value, language, act)


def name_colour(room: Room, place: Place | None, value: Any, language: str) -> Said:
    """Give a colour a name for everybody; "" takes it away."""

    def act(sent: Sent) -> Said:
        who = sent.text("author") or "web"
        pencil.name_colour(room.corpus.store, sent.text("colour"), sent.text("name"), who)
        return {"kind": "saved", "text": texts("reading", language)["saved"], "annotation": None, "yours": None}

    return answered(room, value, language, act)


ACTS: Mapping[str, Act] = {
    "annotate": annotate,
    "revise": revise,
    "delete": delete,
    "restore": restore,
    "name_colour": name_colour,
}


# -- how they are done and answered


def _annotate(room: Room, place: Place | None, sent: Sent, language: str) -> Said:
    store = room.corpus.store
    if sent.values.get("parent"):
        to, author, note = sent.id("parent"), sent.text("author"), sent.text("note")
        made = pencil.reply(store, to, author=author, note=note, tags=sent.listed("tags"), audience=room.audience)
        return _done(room, "saved", made, language)
    page = page_seen(room, place, sent)
    if page is None:
        return _error(texts("reading", language)["page_changed"], sent)
    made = pencil.annotate(
        store,
        page,
        Span(sent.number("start"), sent.number("end")),
        author=sent.text("author"),
        colour=sent.text("colour") or pencil.COLOURS[0],
        note=sent.text("note"),
        tags=sent.listed("tags"),
    )
    return _done(room, "saved", made, language)


def page_seen(room: Room, place: Place | None, sent: Sent) -> Page | None:
    """Return the page as the extraction read it whose text was on the screen; None if that is not to be had.

    The place is what was drawn last; where the component names its own, that is what the reader saw.
    """
    document = sent.text("document") or (place.document if place else "")
    number = sent.number("page") if "page" in sent.values else place.page if place else 0
    fingerprint = sent.text("fingerprint")
    if document not in room.corpus.store.visible(room.audience):
        raise NotUnderstood("document")
    try:
        page = room.corpus.store.page(document, number, fingerprint)
    except NotFound:
        return None
    return page if fingerprint and page.fingerprint == fingerprint else None


def answered(room: Room, value: Any, language: str, act: Callable[[Sent], Said]) -> Said:
    """Do an act with what was sent; what goes wrong is answered with a sentence."""
    said, sent = texts("reading", language), Sent({})
    try:
        sent = Sent.of(value)
        return act(sent)
    except NotUnderstood as error:
        return _error(said["not_understood"].format(what=error), sent)
    except EditConflict as error:
        deleting = error.note is None and error.tags is None and error.colour is None
        gone = "conflict_deleted" if error.current.deleted else "conflict_kept" if deleting else "conflict"
        text = said[gone].format(editor=error.current.editor, version=error.current.version)
        return {"kind": "conflict", "text": text, "annotation": _now(room, error.current), "yours": _yours(sent)}
    except GongmunError as error:
        return _error(said["refused"].format(why=error), sent)
    except SQLAlchemyError:  # another holds the catalogue for long, or the disk is full
        room.corpus.logger().exception("web: an act was not written")
        return _error(said["not_written"], sent)


def _done(room: Room, kind: str, made: Annotation, language: str) -> Said:
    return {"kind": kind, "text": texts("reading", language)[kind], "annotation": _now(room, made), "yours": None}


def _error(text: str, sent: Sent) -> Said:
    return {"kind": "error", "text": text, "annotation": None, "yours": _yours(sent)}


def _now(room: Room, made: Annotation) -> Said:
    """Return an annotation as the component takes it, placed on the page as currently read."""
    return {**shown_on(made, room.corpus.store.page(made.document, made.page)), "parent": made.parent, "replies": []}


def _yours(sent: Sent) -> Said:
    """Return what the reader wrote, so that nothing of it is lost."""
    note, colour, tags = (sent.values.get(name) for name in ("note", "colour", "tags"))
    return {
        "note": note if isinstance(note, str) else "",
        "colour": colour if isinstance(colour, str) else "",
        "tags": [tag for tag in tags if isinstance(tag, str)] if isinstance(tags, list | tuple) else [],
    }
