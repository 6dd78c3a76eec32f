"""Narrowing a search by what is known of documents: their agencies, releases, years and kinds.

A filter holds of whole documents and, like fields, of what people can edit; so no engine knows filters: they become the
set of documents that an engine may answer with.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from corpus.model import Listing
from search.fields import file_type
from search.results import FACETS


def values(listing: Listing) -> dict[str, tuple[str, ...]]:
    """Return a document's values by facet; one of which nothing is known has none."""
    kind = file_type(listing.document.media_type)
    found = {"agency": listing.agencies, "release": listing.releases, "year": (listing.year or "",), "kind": (kind,)}
    return {name: tuple(value for value in found[name] if value) for name in FACETS}


@dataclass(frozen=True, slots=True)
class Filters:
    """Values asked for, and values not wanted, by facet.

    A document passes if it has, of each facet in `chosen`, any of the values, and none of those in `excluded`.
    """

    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    excluded: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return any(self.chosen.values()) or any(self.excluded.values())

    def passes(self, listing: Listing) -> bool:
        return not self.missed(values(listing))

    def missed(self, has: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        """Return the facets in which a document with these values does not pass."""
        return tuple(name for name in FACETS if not self._holds(name, has[name]))

    def _holds(self, name: str, has: tuple[str, ...]) -> bool:
        chosen, excluded = self.chosen.get(name), self.excluded.get(name)
        return (not chosen or not chosen.isdisjoint(has)) and (not excluded or excluded.isdisjoint(has))


def folded(counts: Mapping[str, int], known: Mapping[str, Listing], filters: Filters) -> dict[str, dict[str, int]]:
    """Fold counts by document into counts by facet and value, most pages first.

    The counts of a facet are those without what is asked of it, so that one sees what another choice would give.
    """
    made: dict[str, dict[str, int]] = {name: {} for name in FACETS}
    for document, pages in counts.items():
        if document in known:
            has = values(known[document])
            missed = filters.missed(has)
            for name in FACETS if not missed else missed if len(missed) == 1 else ():
                for value in has[name]:
                    made[name][value] = made[name].get(value, 0) + pages
    return {name: dict(sorted(found.items(), key=lambda item: (-item[1], item[0]))) for name, found in made.items()}
