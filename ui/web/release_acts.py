"""What people set on the page of releases: facts of papers and releases, and taking a release back.

Each act takes what the component sent, which anybody may have written, and returns the name of the text that says what
came of it. Nothing is ever deleted: what was set before, and by whom, stays in the record.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from corpus import Corpus, tables
from corpus.listings import EDITABLE, listings, shown
from corpus.model import Occurrence, Release
from ui.cli.dates import iso

RELEASE_FACTS = ("name", "agency", "requester", "request_number", "requested", "due", "legal_basis")
FINE = ("edit_saved", "edit_same", "withdrawn_done", "brought_back")  # texts that tell of no mistake
_DATES = ("requested", "due")
_LONGEST = 500
_WITHDRAWN = "release withdrawn"
_HALVES = re.compile("[\ud800-\udfff]")  # of characters: what JavaScript cuts, and no record can keep


def edited(corpus: Corpus, value: Any, author: str) -> str:
    """Set the title, date and agency of a document.

    Only fields that differ from what is shown are written; "" goes back to what the record itself says.
    """
    if not isinstance(value, Mapping) or not isinstance(value.get("document"), str):
        return "edit_broken"
    listing = listings(corpus.store).get(value["document"])
    if listing is None:
        return "edit_gone"
    before = {"title": listing.title, "date": listing.date or "", "agency": ", ".join(listing.agencies)}
    changes: dict[str, str] = {}
    for name in EDITABLE:
        said = value.get(name)
        if isinstance(said, str) and said.strip() != before[name]:
            changes[name] = _kept(said)
    if changes.get("date"):
        day = iso(changes["date"])
        if day is None:
            return "edit_no_date"
        changes["date"] = day
    if not changes:
        return "edit_same"
    try:
        with corpus.store.writing() as record:
            for name, said in changes.items():
                record.edit(listing.document.id, name, said or None, author)
    except SQLAlchemyError:  # another holds the catalogue for long, or the disk is full
        corpus.logger().exception("web: an edit was not written")
        return "edit_broken"
    return "edit_saved"


def release_edited(corpus: Corpus, value: Any, author: str) -> str:
    """Set facts of a release; `value` is {release, changes: {fact: [as it was shown, as it is to be]}}.

    "" unsets a fact. Where somebody has changed it since it was shown, nothing is written.
    """
    release, asked = _release(corpus, value), value.get("changes") if isinstance(value, Mapping) else None
    if release is None:
        return "edit_release_gone"
    changes = _changes(release, asked)
    if isinstance(changes, str):
        return changes
    if not changes:
        return "edit_same"
    if changes.get("name", "") in {each.name for each in corpus.store.releases().values()}:
        return "edit_name_taken"
    try:
        with corpus.store.writing() as record:
            record.release(replace(release, **changes))
            for name, said in changes.items():
                record.log(author, "release edited", f"{release.id} {name}: {getattr(release, name) or ''} → {said}")
            for document in dict.fromkeys(each.document for each in _occurrences(corpus, release)):
                record.change(document, "edited")
    except SQLAlchemyError:
        corpus.logger().exception("web: facts of a release were not written")
        return "edit_broken"
    return "edit_saved"


def withdrawn(corpus: Corpus, value: Any, author: str) -> str:
    """Put all papers of a release in the trash, as `gongmun remove` does: not found, read or cited, but kept."""
    release = _release(corpus, value)
    if release is None:
        return "edit_release_gone"
    places = [each for each in _occurrences(corpus, release) if not each.removed]
    return _moved(corpus, release, places, author, removed=True) if places else "edit_same"


def brought_back(corpus: Corpus, value: Any, author: str) -> str:
    """Take out of the trash again what the last withdrawal of a release put there; what was there before stays."""
    release = _release(corpus, value)
    if release is None:
        return "edit_release_gone"
    taken = _taken(corpus, release)
    gone = [each for each in _occurrences(corpus, release) if each.removed]
    places = [each for each in gone if taken is None or f"{each.document} {each.path}" in taken]
    return _moved(corpus, release, places, author, removed=False) if places else "edit_same"


def _moved(corpus: Corpus, release: Release, places: list[Occurrence], author: str, removed: bool) -> str:
    try:
        with corpus.store.writing() as record:
            record.log(author, _WITHDRAWN if removed else "release brought back", release.id)
            record.remove(places, author, removed=removed)
    except SQLAlchemyError:
        corpus.logger().exception("web: a release was not moved to or from the trash")
        return "edit_broken"
    return "withdrawn_done" if removed else "brought_back"


def _taken(corpus: Corpus, release: Release) -> set[str] | None:
    """Return what the last withdrawal of a release took, as the log has it; None if it has never been withdrawn."""
    t = tables.log
    with corpus.store.reading() as connection:
        withdrawals = select(t.c.seq).where(t.c.what == _WITHDRAWN, t.c.detail == release.id)
        last = connection.scalar(withdrawals.order_by(t.c.seq.desc()).limit(1))
        if last is None:
            return None
        return set(connection.scalars(select(t.c.detail).where(t.c.what == "remove", t.c.seq > last)))


def _release(corpus: Corpus, value: Any) -> Release | None:
    key = value.get("release") if isinstance(value, Mapping) else None
    return corpus.store.releases().get(key) if isinstance(key, str) else None


def _occurrences(corpus: Corpus, release: Release) -> list[Occurrence]:
    deliveries = corpus.store.deliveries()
    return [each for each in corpus.store.occurrences() if deliveries[each.delivery].release == release.id]


def _changes(release: Release, asked: Any) -> dict[str, str] | str:
    """Return the facts to be set, or the name of the text that says why none can be."""
    if not isinstance(asked, Mapping):
        return "edit_broken"
    changes = {}
    for name in RELEASE_FACTS:
        pair = asked.get(name)
        if pair is None:
            continue
        if not isinstance(pair, list | tuple) or len(pair) != 2 or not all(isinstance(each, str) for each in pair):
            return "edit_broken"
        was, said = pair[0], _kept(pair[1])
        if was != (getattr(release, name) or ""):
            return "edit_release_changed"
        if name in _DATES and said:
            day = iso(said)
            if day is None:
                return "edit_no_date"
            said = day
        if said != was:
            changes[name] = said
    return "why_nameless" if changes.get("name") == "" else changes


def _kept(said: str) -> str:
    return shown(_HALVES.sub("\ufffd", said.strip()))[:_LONGEST]
