"""Which pages a query tree matches, and their order: sets as arrays of booleans, one place a page of the index."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from corpus.store import PageKey
from search.analysis import Pattern, pattern
from search.engines.grams import PAGE_BITS, Grams
from search.english import stem
from search.index import Documents, Pages, RankedPage, Tree
from search.query import And, Not, Or, PageRange, Prefix, Scope, Word

Mask = NDArray[np.bool_]
Scores = NDArray[np.float32]
Postings = tuple[NDArray[np.int32], NDArray[np.float32]]  # places of pages, and how often the term stands on each

_AUDIENCES = 8  # sets of documents whose pages are remembered


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One state of an index. `keys`, `lengths` (in terms) and `live` have a place for every page, dead ones too."""

    keys: NDArray[np.int64]
    lengths: NDArray[np.float32]
    live: Mask
    documents: Mapping[int, str]
    numbers: Mapping[str, int]
    grams: Grams
    postings: Callable[[str], Postings]
    morphemes: Callable[[str], Postings]
    terms_from: Callable[[str], Iterator[str]]
    inflections: Callable[[str], list[str]]  # the terms of a stem
    by_key: NDArray[np.int64] = field(init=False)  # the places in the order of their keys
    _masks: dict[frozenset[str], Mask] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_key", np.argsort(self.keys, kind="stable"))

    def places(self, keys: Iterable[int]) -> Mask:
        """Return the mask of the pages with these keys; unknown keys are passed over."""
        mask = np.zeros(len(self.keys), dtype=bool)
        wanted = np.fromiter(keys, dtype=np.int64)
        if len(wanted) and len(self.keys):
            at = np.searchsorted(self.keys, wanted, sorter=self.by_key)
            at = self.by_key[np.minimum(at, len(self.keys) - 1)]
            mask[at[self.keys[at] == wanted]] = True
        return np.asarray(mask & self.live)

    def of_documents(self, ids: frozenset[str]) -> Mask:
        """Return the mask of the pages of documents; those asked for last are remembered, and not to be written to."""
        found = self._masks.get(ids)
        if found is None:
            if len(self._masks) >= _AUDIENCES:
                self._masks.clear()
            wanted = np.array([self.numbers[d] for d in ids if d in self.numbers], dtype=np.int64)
            found = self._masks[ids] = np.asarray(np.isin(self.keys >> PAGE_BITS, wanted) & self.live)
            found.flags.writeable = False
        return found

    def key(self, page: PageKey) -> int:
        """Return a page's key; -1 where the index does not know its document."""
        number = self.numbers.get(page[0])
        return -1 if number is None else number << PAGE_BITS | page[1]

    def page(self, place: int) -> PageKey:
        key = int(self.keys[place])
        return self.documents[key >> PAGE_BITS], key & ((1 << PAGE_BITS) - 1)


def matching(tree: Tree, index: Snapshot) -> Mask:
    """Return the pages that a tree matches."""
    if isinstance(tree, Scope):
        return _in_whole_documents(tree.child, index)
    match tree:
        case And(children):
            return np.asarray(np.logical_and.reduce([matching(child, index) for child in children]))
        case Or(children):
            return np.asarray(np.logical_or.reduce([matching(child, index) for child in children]))
        case Not(child):
            return index.live & ~matching(child, index)
        case Word() | Prefix():
            return _holding(tree, index)
        case Pages(keys):
            return index.places(index.key(page) for page in keys)
        case Documents(ids):
            return index.of_documents(ids)
        case PageRange(first, last):
            numbers = index.keys & ((1 << PAGE_BITS) - 1)
            return index.live & (numbers >= (first or 1)) & (numbers <= (last or 1 << PAGE_BITS))
        case _:
            raise TypeError(f"an index does not know {type(tree).__name__}; the searcher resolves it first")


def _holding(word: Word | Prefix, index: Snapshot) -> Mask:
    sought = pattern(word.text, prefix=isinstance(word, Prefix))
    if not sought.stream:
        return np.zeros(len(index.keys), dtype=bool)
    if sought.single:
        return _with_any(forms(word, sought.stream, index), index)
    if sought.is_term:
        return _with_any([sought.stream], index)
    if len(sought.squashed) >= 3:
        return index.places(index.grams.with_word(sought.squashed, sought.forms()))
    return _short(sought, index)


def _short(sought: Pattern, index: Snapshot) -> Mask:
    """Find a word of one or two characters that no term stands for, such as A4."""
    mask = index.live
    for term in sought.terms if sought.bounded_right else ():
        mask = mask & _with_any([term], index)
    return index.places(index.grams.with_form(index.keys[mask].tolist(), sought.forms()))


def forms(word: Word | Prefix, form: str, index: Snapshot) -> list[str]:
    """Return the index terms that a single Latin word or number stands for."""
    if isinstance(word, Prefix):
        return [term for term in index.terms_from(form) if form[0].isdigit() == term[0].isdigit()]
    return [form] if word.exact or form[0].isdigit() else index.inflections(stem(form))


def _with_any(terms: Iterable[str], index: Snapshot) -> Mask:
    mask = np.zeros(len(index.keys), dtype=bool)
    for term in terms:
        mask[index.postings(term)[0]] = True
    return mask & index.live


def _in_whole_documents(tree: Tree, index: Snapshot) -> Mask:
    """Return the pages to show of the documents that hold what is asked for on whatever pages."""
    of_page = index.keys >> PAGE_BITS

    def documents(node: Tree) -> Mask:
        match node:
            case And(children):
                return np.asarray(np.logical_and.reduce([documents(child) for child in children]))
            case Or(children):
                return np.asarray(np.logical_or.reduce([documents(child) for child in children]))
            case Not(child):
                return index.live & ~documents(child)
            case leaf:
                return np.isin(of_page, np.unique(of_page[matching(leaf, index)])) & index.live

    leaves = list(sought(tree))
    found = documents(tree)
    return found & np.logical_or.reduce([matching(leaf, index) for leaf in leaves]) if leaves else found


def sought(tree: Tree) -> Iterator[Word | Prefix | Pages]:
    """Yield the leaves that are looked for in the text, leaving out what is under a Not."""
    match tree:
        case Scope(_, child):
            yield from sought(child)
        case And(children) | Or(children):
            for child in children:
                yield from sought(child)
        case Word() | Prefix() | Pages():
            yield tree


def ordered(
    mask: Mask, score: Scores, index: Snapshot, order: Mapping[str, int] | None, after: RankedPage | None, limit: int
) -> list[RankedPage]:
    """Return the matching pages in order, `limit` of them from behind `after`; equals by document id and page."""
    places = mask.nonzero()[0]
    by_id = {number: rank for rank, (_, number) in enumerate(sorted(index.numbers.items()))}
    documents = (index.keys[places] >> PAGE_BITS).tolist()
    ties = np.array([by_id[number] for number in documents], dtype=np.int64)
    if order is None:
        primary = -score[places]
    else:
        ranks = [order.get(index.documents[number], len(order)) for number in documents]
        primary = np.array(ranks, dtype=np.float32)
    places = places[np.lexsort((index.keys[places], ties, primary))]
    if after is not None:
        behind = np.nonzero(index.keys[places] == index.key((after.document, after.number)))[0]
        places = places[behind[0] + 1 :] if len(behind) else places
    return [RankedPage(*index.page(place), float(score[place])) for place in places[:limit]]
