"""Two versions of a paper as the comparison page steps through them: their pages in pairs, their differences numbered.

What search/versions.py finds is put in one order, that of the pages. Words that were under a black box are told with
the box, and the words of a page that only one version has with the page. The last comparisons are remembered, by the
last change of both papers, without the pages themselves; each is made once however many ask for it.
"""

from __future__ import annotations

import threading
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TookTooLong
from dataclasses import dataclass, replace
from enum import StrEnum

import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.model import Page, PageSpan, Passage, State
from ingest.single_flight import SingleFlight
from search.black_boxes import BoxChange, Cover, covers
from search.figures import read
from search.near_duplicates import likeness
from search.versions import Change, ChangeKind, PagePair, Side, differences

_KEPT = 8  # comparisons that are remembered
_WHOLE = (State.SEARCHABLE, State.OCR)


class Kind(StrEnum):
    """What a difference is. A black box, or words written over, that only one version has: uncovered or covered."""

    FIGURE = "figure"
    WORDS = "words"
    SPACING = "spacing"
    UNCOVERED = "uncovered"
    COVERED = "covered"
    ONLY_ONE = "only_one"  # a page that the other version does not have
    ONLY_OTHER = "only_other"


_KINDS = {
    ChangeKind.UNMASKED: Kind.UNCOVERED,
    ChangeKind.MASKED: Kind.COVERED,
    ChangeKind.FIGURE: Kind.FIGURE,
    ChangeKind.WORDS: Kind.WORDS,
    ChangeKind.SPACING: Kind.SPACING,
}


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of one version, as it is named, and how many places on it are covered."""

    number: int
    label: str | None
    kind: str
    name: str | None
    address: str | None
    boxes: int

    @classmethod
    def of(cls, page: Page | None) -> Leaf | None:
        """Return the leaf of a page; None of none."""
        if page is None:
            return None
        return cls(page.number, page.label, page.kind.value, page.name, page.address, len(covers(page)))


@dataclass(frozen=True, slots=True)
class Leaves:
    """A page and its partner in the other version, None where it has none; `same` where all their words are."""

    one: Leaf | None
    other: Leaf | None
    same: bool


@dataclass(frozen=True, slots=True)
class Difference:
    """A difference: what either version says, where (`ours` in the first, `theirs` in the other), on which pair.

    `figures` are those that differ, where that can be told; `box` is a black box of the version that has it.
    """

    kind: Kind
    pair: int
    before: str
    after: str
    ours: Passage = ()
    theirs: Passage = ()
    figures: tuple[str, str] | None = None
    margin: bool = False
    box: Cover | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that differs between two papers, blanks alone apart. `unread`: pages of each that were not read in full."""

    likeness: float | None
    pairs: tuple[Leaves, ...]
    differences: tuple[Difference, ...]
    spacing: tuple[Difference, ...]
    unread: tuple[int, int]

    def counts(self) -> Counter[Kind]:
        return Counter(each.kind for each in self.differences)


# -- made once, and remembered

_Key = tuple[str, str, str, int, int]
_remembered: OrderedDict[_Key, Comparison] = OrderedDict()
_memory = threading.Lock()
_flight: SingleFlight[Comparison] = SingleFlight()
_workers = ThreadPoolExecutor(2, "comparing")  # who waits for a comparison does not hold up the rest of the server


def comparison(corpus: Corpus, one: str, other: str) -> Comparison:
    """Compare two documents by their ids, the version before first. Who may see them is for the caller to say."""
    key = _key(corpus, one, other)
    return _recalled(key) or _flight.run(key, lambda: _made(corpus, key))


def soon(corpus: Corpus, one: str, other: str, seconds: float) -> Comparison | None:
    """Compare two documents; None where that takes longer than so many seconds: it goes on, and is then remembered."""
    if found := _recalled(_key(corpus, one, other)):
        return found
    try:
        return _workers.submit(comparison, corpus, one, other).result(seconds)
    except TookTooLong:
        return None


def _key(corpus: Corpus, one: str, other: str) -> _Key:
    return str(corpus.folder), one, other, _last_change(corpus, one), _last_change(corpus, other)


def _recalled(key: _Key) -> Comparison | None:
    with _memory:
        if key not in _remembered:
            return None
        _remembered.move_to_end(key)
        return _remembered[key]


def _made(corpus: Corpus, key: _Key) -> Comparison:
    ours, theirs = corpus.store.pages(key[1]), corpus.store.pages(key[2])
    made = compared(ours, theirs)
    with _memory:
        _remembered[key] = made
        while len(_remembered) > _KEPT:
            _remembered.popitem(last=False)
    return made


def _last_change(corpus: Corpus, document: str) -> int:
    t = tables.changes
    with corpus.store.reading() as connection:
        return connection.scalar(sa.select(sa.func.max(t.c.seq)).where(t.c.document == document)) or 0


# -- in one order


def compared(ours: Sequence[Page], theirs: Sequence[Page]) -> Comparison:
    """Compare the pages of two versions."""
    pairs, changes, boxes = differences(ours, theirs)
    here, there = ({page.number: page for page in pages} for pages in (ours, theirs))
    places = (
        {pair.one.number: at for at, pair in enumerate(pairs) if pair.one},
        {pair.other.number: at for at, pair in enumerate(pairs) if pair.other},
    )
    lone = (
        {pair.one.number for pair in pairs if pair.one and not pair.other},
        {pair.other.number for pair in pairs if pair.other and not pair.one},
    )
    told = [_box(each, there if each.uncovered else here, places) for each in boxes]
    shown = [_Shown.of(told, uncovered) for uncovered in (True, False)]
    said = (_beside_lone_pages(each, lone, (here, there)) for each in changes if not _told(each, shown, (here, there)))
    words = [_words(each, places) for each in said if each is not None]
    found = [*_lone_pages(pairs), *told, *(each for each in words if each.kind is not Kind.SPACING)]
    return Comparison(
        likeness(ours, theirs),
        tuple(Leaves(Leaf.of(pair.one), Leaf.of(pair.other), pair.same) for pair in pairs),
        tuple(sorted(found, key=_place)),
        tuple(sorted((each for each in words if each.kind is Kind.SPACING), key=_place)),
        (_unread(ours), _unread(theirs)),
    )


def _unread(pages: Iterable[Page]) -> int:
    return sum(page.state not in _WHOLE for page in pages)


def _place(each: Difference) -> tuple[int, bool, int]:
    """Return what differences are put in order by: the pair of pages, running text before margins, then the place."""
    spans = (each.ours if each.before else each.theirs) or (PageSpan(0, -1, -1),)
    return each.pair, each.margin, spans[0].start


def _lone_pages(pairs: Sequence[PagePair]) -> Iterator[Difference]:
    for at, pair in enumerate(pairs):
        if pair.other is None:
            yield Difference(Kind.ONLY_ONE, at, "", "")
        elif pair.one is None:
            yield Difference(Kind.ONLY_OTHER, at, "", "")


def _words(change: Change, places: tuple[dict[int, int], dict[int, int]]) -> Difference:
    """Return a change of words; it is of the page where the version that says something says it."""
    before, after = change.before, change.after
    side, passage = (0, before.passage) if before.text else (1, after.passage)
    kind = _KINDS[change.kind]
    figures = _figures(before, after) if kind is Kind.FIGURE else None
    at = places[side][passage[0].page]
    return Difference(kind, at, before.text, after.text, before.passage, after.passage, figures, change.margin)


def _figures(before: Side, after: Side) -> tuple[str, str] | None:
    """Return the figures of a change that only one side has, if both have some."""
    ours, theirs = Counter(before.figures), Counter(after.figures)
    gone, new = ours - theirs, theirs - ours
    return (", ".join(gone.elements()), ", ".join(new.elements())) if gone and new else None


def _beside_lone_pages(
    change: Change, lone: tuple[set[int], set[int]], pages: tuple[dict[int, Page], dict[int, Page]]
) -> Change | None:
    """Return a change without the words of pages that the other version lacks; None where there are no others.

    Words that stand in the place of others stay, on whichever pages.
    """
    if change.before.text and change.after.text:
        return change
    side, says = (0, change.before) if change.before.text else (1, change.after)
    left = tuple(span for span in says.passage if span.page not in lone[side])
    if len(left) == len(says.passage):
        return change
    if not left:
        return None
    text = " ".join(" ".join(pages[side][span.page].visible[span.start : span.end].split()) for span in left)
    kind = ChangeKind.FIGURE if any(read(text)) else ChangeKind.WORDS
    rest = Side(left, text, ())
    before, after = (change.before, rest) if side else (rest, change.after)
    return replace(change, kind=kind, before=before, after=after)


def _box(box: BoxChange, others: dict[int, Page], places: tuple[dict[int, int], dict[int, int]]) -> Difference:
    """Return a black box that only one version has, with the words that the other has in its place."""
    spans = _spans(others[box.page], box.text)
    if box.uncovered:
        return Difference(Kind.UNCOVERED, places[0][box.cover.page], "", box.text, (), spans, box=box.cover)
    return Difference(Kind.COVERED, places[1][box.cover.page], box.text, "", spans, (), box=box.cover)


def _spans(page: Page, text: str) -> Passage:
    """Return where words stand on a page one after the other, as they were read there; nothing where they do not."""
    sought, visible = text.split(), page.visible
    words = list(page.words)
    said = [visible[word.start : word.end] for word in words]
    for at in range(len(words) - len(sought) + 1) if sought else ():
        if said[at : at + len(sought)] == sought:
            return (PageSpan(page.number, words[at].start, words[at + len(sought) - 1].end),)
    return ()


@dataclass(frozen=True, slots=True)
class _Shown:
    """Where the words stand that were, or are now, under black boxes: by page of the version that shows them."""

    by_page: dict[int, list[PageSpan]]

    @classmethod
    def of(cls, boxes: Iterable[Difference], uncovered: bool) -> _Shown:
        found: dict[int, list[PageSpan]] = {}
        for each in boxes:
            if (each.kind is Kind.UNCOVERED) is uncovered:
                for span in each.theirs if uncovered else each.ours:
                    found.setdefault(span.page, []).append(span)
        return cls(found)

    def has(self, span: PageSpan, text: str) -> bool:
        """Whether all of a span but its blanks is under boxes."""
        here = self.by_page.get(span.page, [])
        places = (at for at in range(span.start, span.end) if not text[at].isspace())
        return bool(here) and all(any(each.start <= at < each.end for each in here) for at in places)


def _told(change: Change, shown: Sequence[_Shown], pages: tuple[dict[int, Page], dict[int, Page]]) -> bool:
    """Whether a change is that of words which a black box hides in the other version: then the box tells it."""
    sides = ((change.after, change.before, shown[0], pages[1]), (change.before, change.after, shown[1], pages[0]))
    for says, hides, places, here in sides:
        if says.text and not any(sign.isalnum() for sign in hides.text):
            return all(places.has(span, here[span.page].visible) for span in says.passage)
    return False
