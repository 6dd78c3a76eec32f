"""What the page of releases shows: facts, coverage, deliveries, files with what to do about them. No Streamlit here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from corpus import Corpus, tables
from corpus.listings import EDITABLE, listings, shown
from corpus.model import Delivery, Document, Listing, Reason, Release, State
from ui.cli.dates import iso
from ui.cli.ingest_commands import UPLOADED

if TYPE_CHECKING:
    from ui.web.visit import Visit

PAGE = 50  # files on one page of the table
_NAMED = 12  # files named of each reason
STATES = {"searchable": State.SEARCHABLE, "ocr": State.OCR, "part": State.IN_PART, "none": State.NOT_SEARCHABLE}
_CODES = {state: code for code, state in STATES.items()}
Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Known:
    """All of one look at the catalogue: who is in which delivery, and how the pages of each document came out."""

    listed: Mapping[str, Listing]
    releases: Mapping[str, Release]
    deliveries: Mapping[str, Delivery]
    places: Mapping[str, list[str]]  # the documents of each delivery, each once
    pages: Mapping[str, list[tuple[int, State, Reason]]]

    @classmethod
    def of(cls, corpus: Corpus) -> _Known:
        listed = listings(corpus.store)
        places: dict[str, dict[str, None]] = {}
        for met in corpus.store.occurrences():
            if not met.removed and met.document in listed:
                places.setdefault(met.delivery, {})[met.document] = None
        t, pages = tables.pages, dict[str, list[tuple[int, State, Reason]]]()
        query = select(t.c.document, t.c.number, t.c.state, t.c.reason).where(t.c.current)
        with corpus.store.reading() as connection:
            for row in connection.execute(query.order_by(t.c.document, t.c.number)):
                pages.setdefault(row.document, []).append((row.number, State(row.state), Reason(row.reason)))
        lists = {delivery: list(found) for delivery, found in places.items()}
        return cls(listed, corpus.store.releases(), corpus.store.deliveries(), lists, pages)

    def within(self, release: str) -> list[str]:
        """Return the documents of a release, each once."""
        mine = (self.places.get(key, []) for key, each in self.deliveries.items() if each.release == release)
        return list(dict.fromkeys(document for documents in mine for document in documents))


def shown_data(corpus: Corpus, visit: Visit) -> Data:
    """Return all that the page of releases shows for an address."""
    known = _Known.of(corpus)
    return {
        "coverage": _coverage(known, known.listed),
        "releases": [_release(known, each) for each in _by_date(known)],
        "troubles": _troubles(known),
        "files": _files(known, visit),
        "deliveries": _deliveries(known),
    }


def _by_date(known: _Known) -> list[Release]:
    """Return the releases, that with the newest delivery first."""
    last: dict[str, str] = {}
    for each in known.deliveries.values():
        last[each.release] = max(last.get(each.release, ""), each.received or "")
    return sorted(known.releases.values(), key=lambda each: (last.get(each.id, ""), each.name), reverse=True)


# -- coverage


def _coverage(known: _Known, documents: Iterable[str]) -> Data:
    """Count pages and files by listed state; a file whose pages nobody could count has none."""
    found = list(documents)
    pages = Counter(_CODES[state] for each in found for _, state, _ in known.pages.get(each, []))
    files = Counter(_CODES[known.listed[each].document.state] for each in found)
    uncounted = sum(1 for each in found if known.listed[each].document.pages is None)
    return {
        "pages": [{"state": code, "count": pages[code]} for code in STATES if pages[code]],
        "total": pages.total(),
        "files": [{"state": code, "count": files[code]} for code in STATES if files[code]],
        "documents": len(found),
        "uncounted": uncounted,
    }


def _release(known: _Known, release: Release) -> Data:
    mine = [each for each in known.deliveries.values() if each.release == release.id]
    days = sorted({each.received for each in mine if each.received})
    facts = ("agency", "requester", "request_number", "requested", "due", "legal_basis", "notice")
    return {
        "id": release.id,
        "name": release.name,
        **{name: getattr(release, name) for name in facts},
        "received": days,
        "late": bool(release.due and days and days[0] > release.due and len(days[0]) == len(release.due)),
        "deliveries": len(mine),
        "coverage": _coverage(known, known.within(release.id)),
        "query": 'release:"' + release.name.replace('"', " ") + '"',
    }


def _deliveries(known: _Known) -> list[Data]:
    """Return the log of deliveries, newest first; one sent by the web page is named so, not by its folder."""
    made = []
    for key, each in known.deliveries.items():
        documents = known.places.get(key, [])
        pages = sum(known.listed[document].document.pages or 0 for document in documents)
        uploaded = f"/{UPLOADED}/" in each.source.replace("\\", "/")
        made.append(
            {
                "received": each.received,
                "release": known.releases[each.release].name,
                "source": None if uploaded else shown(each.source),
                "files": len(documents),
                "pages": pages,
            }
        )
    return sorted(made, key=lambda row: (row["received"] or "", row["release"]), reverse=True)


# -- files


def _troubles(known: _Known) -> list[Data]:
    """Return the files that cannot be searched in full, by what is to be done; those of which nothing can, first."""
    groups: dict[tuple[str, str], list[Listing]] = {}
    for listing in known.listed.values():
        document = listing.document
        if document.state is not State.SEARCHABLE:
            for reason in _reasons(known, document):
                groups.setdefault((_CODES[document.state], reason.value), []).append(listing)
    rows = []
    for (state, why), found in sorted(groups.items(), key=lambda group: (group[0][0] != "none", group[0][1])):
        found.sort(key=lambda listing: listing.title)
        named = [_file(known, listing) for listing in found[:_NAMED]]
        rows.append({"state": state, "reason": _key(why), "count": len(found), "files": named})
    return rows


def _reasons(known: _Known, document: Document) -> list[Reason]:
    """Return why a file is not whole: where only some pages are not, why they are not."""
    if document.reason is not Reason.SOME_PAGES:
        return [document.reason]
    found = {reason for _, state, reason in known.pages.get(document.id, []) if state is not State.SEARCHABLE}
    return sorted(found, key=lambda reason: reason.value) or [document.reason]


def _key(reason: str) -> str:
    """Return the end of the names of the texts on a reason."""
    return reason.lower().replace(" ", "_") or "none"


def _file(known: _Known, listing: Listing) -> Data:
    document = listing.document
    short: dict[str, list[int]] = {}
    for number, state, reason in known.pages.get(document.id, []):
        if state is not State.SEARCHABLE:
            short.setdefault(_key(reason.value), []).append(number)
    whole = document.pages is not None and any(len(numbers) == document.pages for numbers in short.values())
    return {
        "id": document.id,
        "title": listing.title,
        "names": list(listing.files[:3]),
        "agency": ", ".join(listing.agencies),
        "date": listing.date,
        "pages": document.pages,
        "size": document.size,
        "state": _CODES[document.state],
        "reasons": [_key(reason.value) for reason in _reasons(known, document) if reason is not Reason.NONE],
        "short": {} if whole else {reason: stretches(numbers) for reason, numbers in short.items()},
        "readable": bool(document.pages),
    }


def stretches(numbers: list[int]) -> str:
    """Return page numbers as people write them: 1, 3–5, 9; of many the first ten stretches."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:10]]
    return ", ".join(said) + (" …" if len(runs) > 10 else "")


def _files(known: _Known, visit: Visit) -> Data:
    """Return one page of the table of files: those of a release and of some states, if the address names such."""
    release = visit.one("release")
    release = release if release in known.releases else ""
    states = [code for code in visit.asked.get("state", []) if code in STATES]
    documents = known.within(release) if release else list(known.listed)
    mine = [known.listed[each] for each in documents]
    counts = Counter(_CODES[listing.document.state] for listing in mine)
    found = sorted(
        (listing for listing in mine if not states or _CODES[listing.document.state] in states),
        key=lambda listing: (listing.files[0] if listing.files else "", listing.document.id),
    )
    last = max(1, -(-len(found) // PAGE))
    page = min(max(1, visit.number("page", 1)), last)
    return {
        "release": release,
        "states": states,
        "counts": [{"state": code, "count": counts[code]} for code in STATES],
        "total": len(found),
        "page": page,
        "pages": last,
        "rows": [_file(known, listing) for listing in found[(page - 1) * PAGE : page * PAGE]],
    }


# -- what people set


def edited(corpus: Corpus, value: Any, author: str) -> str:
    """Set the title, date and agency of a document, as a page asked for; return the name of the text that says so.

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
            changes[name] = shown(said.strip())[:500]
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
