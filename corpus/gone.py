"""What became of a paper that is cited, linked or annotated and no longer to be found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus.annotations import Annotation, without_source
from corpus.purging import purged, when_purged
from corpus.store import Store
from corpus.taking_back import trash


@dataclass(frozen=True, slots=True)
class Gone:
    """A paper in the trash, or (`purged`) one deleted for good, of which nothing but its hash is known.

    `at` is when (ISO, UTC), if that is known; `name` as received.
    """

    document: str
    purged: bool
    name: str | None
    at: str | None


def gone(store: Store, documents: Iterable[str]) -> dict[str, Gone]:
    """Return those of some documents that are in the trash everywhere, or purged; for whoever may see everything."""
    sought = set(documents) - store.visible()
    if not sought:
        return {}
    found = {each: Gone(each, True, None, when_purged(store, each)) for each in sought & purged(store)}
    for each in trash(store):
        if each.document in sought:
            found[each.document] = Gone(each.document, False, each.name, each.at)
    return found


@dataclass(frozen=True, slots=True)
class Left:
    """An annotation, and what became of its paper."""

    annotation: Annotation
    gone: Gone


def left(store: Store) -> list[Left]:
    """Return the annotations whose source is gone, by document and place; for whoever may see everything."""
    found = without_source(store)
    became = gone(store, {each.document for each in found})
    return [Left(each, became[each.document]) for each in found if each.document in became]
