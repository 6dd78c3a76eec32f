"""Postings on their way into a segment, gathered page by page and given out term by term, and those read again."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from itertools import repeat
from pickle import load

import numpy as np

from search.engines.evaluation import Postings

_EACH = 20  # postings that an entry costs beside its own

Item = tuple[str, bytes, list[int], list[float]]  # field, term, places of pages, how often it stands on each


class Vocabulary(dict[str, int]):
    """Numbers terms in the order in which they are first asked for."""

    def __missing__(self, term: str) -> int:
        number = self[term] = len(self)
        return number


class FieldPostings:
    """A field's postings as they come: a term's number, a page's place, and how often the term stands there."""

    def __init__(self) -> None:
        self.vocabulary = Vocabulary()
        self.terms, self.places, self.counts = array("I"), array("I"), array("I")

    def add(self, place: int, counts: Mapping[str, int]) -> None:
        self.terms.extend(map(self.vocabulary.__getitem__, counts))
        self.places.extend(repeat(place, len(counts)))
        self.counts.extend(counts.values())

    def by_term(self) -> Iterator[tuple[str, list[int], list[float]]]:
        """Yield each term, in the order of code points, with the places it stands at and how often."""
        terms = np.array(self.terms, dtype=np.int64)
        order = np.argsort(terms, kind="stable")
        places, counts = np.array(self.places)[order], np.array(self.counts, dtype=np.float64)[order]
        ends = np.cumsum(np.bincount(terms, minlength=len(self.vocabulary))).tolist()
        for term, number in sorted(self.vocabulary.items()):
            start, end = (ends[number - 1] if number else 0), ends[number]
            yield term, places[start:end].tolist(), counts[start:end].tolist()


class Pool:
    """Gathers a segment's postings; Whoosh's own pool makes and sorts a tuple for every one of them."""

    def __init__(self) -> None:
        self.fields = {name: FieldPostings() for name in ("document", "morphemes", "terms")}

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting from a segment that is being merged."""
        field, term, place, weight, _ = item
        self.add_page(field, place, {term.decode(): int(weight)})

    def add_page(self, field: str, place: int, counts: Mapping[str, int]) -> None:
        self.fields[field].add(place, counts)

    def iter_postings(self) -> Iterator[Item]:
        """Yield field, term, places and counts in the order Whoosh writes them: UTF-8 sorts as code points do."""
        for field, postings in sorted(self.fields.items()):
            for term, places, counts in postings.by_term():
                yield field, term.encode(), places, counts

    def cleanup(self) -> None:
        self.fields.clear()


def read_postings(block: bytes, base: int) -> Postings:
    """Return the postings of a block that Whoosh has pickled: what is said of it, then its data.

    The data are the steps from one place to the next, how often the term stands at each (None: once), and nothing.
    """
    both = BytesIO(block)
    load(both)
    steps, counts, _ = load(both)
    places = np.cumsum(np.array(steps, dtype=np.int32), dtype=np.int32)
    places += base
    often = np.ones(len(places), np.float32) if counts is None else np.array(counts, dtype=np.float32)
    return places, often


class ReadBefore:
    """Gives a term's postings, and keeps those asked for last: as many as have `most` postings together."""

    def __init__(self, read: Callable[[str], Postings], most: int) -> None:
        self._read, self._most = read, most
        self._kept: dict[str, Postings] = {}  # in the order in which they were asked for
        self._held = 0

    def __call__(self, term: str) -> Postings:
        found = self._kept.pop(term, None)
        if found is None:
            found = self._read(term)
            self._held += len(found[0]) + _EACH
        self._kept[term] = found
        while self._held > self._most and len(self._kept) > 1:
            oldest = next(iter(self._kept))
            self._held -= len(self._kept.pop(oldest)[0]) + _EACH
        return found
