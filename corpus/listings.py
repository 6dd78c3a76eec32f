"""Documents as one audience sees them: titles, names, releases, dates."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath

from corpus.model import EVERYTHING, Audience, Delivery, Listing, Occurrence, Release
from corpus.store import Store

EDITABLE = ("title", "date", "agency")


def listings(store: Store, audience: Audience = EVERYTHING) -> dict[str, Listing]:
    """Return every document an audience may see, by id.

    The title is the one set by a person, else the received name without its ending. The date is the one set by a
    person, else the day its delivery was received; the agency the one set, else those of its releases.
    """
    occurrences = store.occurrences()  # first: while another process writes, what they name is there by the next line
    releases, deliveries = store.releases(), store.deliveries()
    documents, facts, edits = store.documents(), store.facts(), store.edits()
    met: dict[str, list[tuple[Occurrence, Delivery, Release]]] = {}
    for occurrence in occurrences:
        delivery = deliveries[occurrence.delivery]
        if not occurrence.removed and (audience.releases is None or delivery.release in audience.releases):
            met.setdefault(occurrence.document, []).append((occurrence, delivery, releases[delivery.release]))
    found = {}
    for document, places in met.items():
        places.sort(key=lambda place: (place[1].received or "", place[0].path))
        edited = edits.get(document, {})
        agencies = [edited["agency"]] if "agency" in edited else [r.agency for _, _, r in places if r.agency]
        received = next((d.received for _, d, _ in places if d.received), None)
        found[document] = Listing(
            document=documents[document],
            title=edited.get("title") or shown(PurePosixPath(places[0][0].name).stem),
            files=tuple(dict.fromkeys(shown(occurrence.path) for occurrence, _, _ in places)),
            agencies=tuple(dict.fromkeys(agencies)),
            releases=tuple(dict.fromkeys(release.name for _, _, release in places)),
            notices=tuple(dict.fromkeys(release.notice for _, _, release in places if release.notice)),
            date=edited.get("date") or received,
            date_source="set" if edited.get("date") else "received" if received else None,
            facts=facts.get(document, {}),
        )
    return found


def shown(name: str) -> str:
    """Return a received name as it is shown and searched: NFC, without control characters."""
    normal = unicodedata.normalize("NFC", name)
    return "".join(char if unicodedata.category(char)[0] != "C" else "\ufffd" for char in normal)
