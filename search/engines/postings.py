"""Postings on their way into a segment: gathered page by page, given out term by term."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Mapping
from itertools import repeat

import numpy as np

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
