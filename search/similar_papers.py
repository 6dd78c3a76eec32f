"""Papers like a paper, or all that are like each other, as one audience may know of them: by text or by title.

Titles are compared here and not kept: an audience has its own titles, those of the places it may see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from corpus import Corpus
from corpus.folding import squash
from corpus.listings import listings
from corpus.model import EVERYTHING, Audience, Listing
from search.near_duplicates import likeness, pairs

NAMESAKES = 8  # a title that more papers have says nothing of them ("붙임 1"): they are counted, not paired


@dataclass(frozen=True, slots=True)
class Alike:
    """Two papers with the share of their text that is alike (None: too little), and whether they share a title."""

    one: Listing
    other: Listing
    likeness: float | None
    same_title: bool


@dataclass(frozen=True, slots=True)
class CommonTitle:
    """A title of more papers than are compared for it."""

    title: str
    papers: int


def papers_alike(
    corpus: Corpus, document: str | None = None, audience: Audience = EVERYTHING
) -> tuple[list[Alike], list[CommonTitle]]:
    """Return the pairs an audience may see, of one paper (then `one` is that) or all, the most alike first.

    Papers are alike by 80 % of their text or by their title; titles of too many papers are returned beside.
    """
    seen = listings(corpus.store, audience)
    shares: dict[tuple[str, str], float | None] = {
        (pair.document, pair.other): pair.likeness
        for pair in pairs(corpus, seen)
        if document in (None, pair.document, pair.other)
    }
    titled, common = _by_title(seen, document)
    texts = corpus.store.pages
    for key in titled:
        if key not in shares:
            shares[key] = likeness(texts(key[0]), texts(key[1]))
    found = []
    for (a, b), share in shares.items():
        first, second = (b, a) if document == b else (a, b)
        found.append(Alike(seen[first], seen[second], share, (a, b) in titled))
    found.sort(key=lambda each: (-(each.likeness or 0), each.one.title, each.other.title, each.other.document.id))
    return found, common


def _by_title(seen: Mapping[str, Listing], document: str | None) -> tuple[set[tuple[str, str]], list[CommonTitle]]:
    named: dict[str, list[str]] = {}
    for id, listing in seen.items():
        if title := squash(listing.title):
            named.setdefault(title, []).append(id)
    titled: set[tuple[str, str]] = set()
    common = []
    for ids in named.values():
        if len(ids) < 2 or (document is not None and document not in ids):
            continue
        if len(ids) > NAMESAKES:
            common.append(CommonTitle(seen[ids[0]].title, len(ids)))
        else:
            titled.update(pair for pair in combinations(sorted(ids), 2) if document is None or document in pair)
    return titled, common
