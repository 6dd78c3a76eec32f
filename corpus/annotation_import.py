"""Taking annotations from a file into the record: each placed on its page for sure, or listed as not placed.

Of two annotations of one id the higher version wins, of equal versions the later; the other stays in the history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from corpus.anchoring import How, anchor
from corpus.annotation_reading import Draft, drafts
from corpus.annotation_rows import Annotation, Version, add, keep, stored, supersede, versions
from corpus.covering import agrees
from corpus.errors import NotFound, UsageError
from corpus.model import COVER, EVERYTHING, Audience, Page, Selector, Span
from corpus.recording import Recorder
from corpus.store import Store
from corpus.written import harmless

_BATCH = 50  # annotations written in one transaction, so that an ingest and other people come between
FindPage = Callable[[str, int, str | None], Page | None]


class Fate(StrEnum):
    """What became of an annotation that could be placed."""

    ADDED = "added"
    CHANGED = "changed"
    KEPT = "kept"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    `added` are new; `changed` are newer than what was here; `kept` are older or lost against a rival, and went into the
    history; `same` were here already. `remarks` are sentences on what was imported but stands elsewhere now or alone,
    `refused` on what was not imported and why.
    """

    added: int
    changed: int
    kept: int
    same: int
    remarks: tuple[str, ...]
    refused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ready:
    """An annotation that has its place, and the remark to make if it is new."""

    name: str
    annotation: Annotation
    remark: str


def import_annotations(store: Store, text: str, who: str, audience: Audience = EVERYTHING) -> Imported:
    """Take in the annotations of a JSON-LD or CSV file; doing it again changes nothing.

    Raises:
        UsageError: the file as a whole cannot be read.
    """
    found, refused = drafts(text, who)
    fates: Counter[Fate] = Counter()
    remarks: list[str] = []
    ready = _parents_first(_placed(store, found, audience, refused))
    for at in range(0, len(ready), _BATCH):
        with store.writing() as record:
            for each in ready[at : at + _BATCH]:
                try:
                    fate, said = _taken(record, each)
                except UsageError as error:
                    refused.append(f"{each.name}: {error}")
                else:
                    fates[fate] += 1
                    remarks += said
    report = Imported(
        fates[Fate.ADDED], fates[Fate.CHANGED], fates[Fate.KEPT], fates[Fate.SAME], tuple(remarks), tuple(refused)
    )
    with store.writing() as record:
        counted = f"{report.added} added, {report.changed} changed, {report.kept} kept, {report.same} here already"
        record.log(who, "annotations imported", f"{counted}, {len(refused)} refused")
    return report


# -- placing


def _placed(store: Store, found: list[Draft], audience: Audience, refused: list[str]) -> list[_Ready]:
    seen = store.visible(audience)

    @lru_cache(maxsize=256)
    def page_of(document: str, number: int, fingerprint: str | None) -> Page | None:
        try:
            page = store.page(document, number, fingerprint)
        except NotFound:
            return None
        return page if fingerprint in (None, page.fingerprint) else None

    ready: dict[str, _Ready] = {}
    order: list[_Ready] = []
    for draft in sorted(found, key=lambda each: each.document is None):  # what answers another needs its place
        try:
            made = _ready(store, draft, seen, page_of) if draft.document else _answer(store, draft, ready, seen)
        except UsageError as error:
            refused.append(f"{draft.name}: {error}")
            continue
        ready.setdefault(draft.id, made)
        order.append(made)
    return order


def _ready(store: Store, draft: Draft, seen: frozenset[str], page_of: FindPage) -> _Ready:
    document = draft.document or ""
    if document not in seen:
        raise UsageError(f"it is of document {document[:12]}, which is not in this corpus; ingest that first.")
    own = page_of(document, draft.page, draft.fingerprint) if draft.page and draft.fingerprint else None
    if own is not None and _stands(draft.selector, own):
        here = Span(draft.selector.start, draft.selector.end)
        return _Ready(draft.name, _annotation(draft, own, here), "")
    page, span, how = _found(draft, _pages(store, draft, page_of))
    moved = f"its words stand on page {page.number} at {span.start}-{span.end} (found by {how.value})."
    return _Ready(draft.name, _annotation(draft, page, span), "" if how is How.POSITION else f"{draft.name}: {moved}")


def _stands(selector: Selector, page: Page) -> bool:
    there = page.visible[selector.start : selector.end]
    return bool(there) and agrees(harmless(selector.exact), harmless(there))


def _pages(store: Store, draft: Draft, page_of: FindPage) -> list[Page]:
    """Return the pages, as currently read, that an annotation may stand on."""
    if draft.page is None:
        return store.pages(draft.document or "")
    page = page_of(draft.document or "", draft.page, None)
    if page is None:
        raise UsageError(f"not placed: its document has no page {draft.page}.")
    return [page]


def _found(draft: Draft, pages: list[Page]) -> tuple[Page, Span, How]:
    if not draft.selector.exact.replace(COVER, "").strip():  # covers fit every cover
        raise UsageError("not placed: all of its words are withheld.")
    anchored = [(page, anchor(draft.selector, page.visible)) for page in pages]
    standing = [(page, each.span, each.how) for page, each in anchored if each.span is not None]
    several = len(standing) > 1 or any(each.how is How.AMBIGUOUS for _, each in anchored)
    if several:
        raise UsageError("not placed: its words stand in several places; mark the right one by hand.")
    if not standing:
        where = f"page {draft.page}" if draft.page else "any page"
        raise UsageError(f"not placed: its words do not stand on {where} of {(draft.document or '')[:12]}.")
    return standing[0]


def _answer(store: Store, draft: Draft, ready: dict[str, _Ready], seen: frozenset[str]) -> _Ready:
    """Give a reply whose target is another annotation the place of that."""
    with store.reading() as connection:
        there = stored(connection, draft.parent or "")
    to = ready[draft.parent].annotation if draft.parent in ready else there
    if to is None or to.document not in seen:
        raise UsageError("not placed: it replies to an annotation that is neither here nor in the file before it.")
    return _Ready(draft.name, _made(draft, to.document, to.page, to.fingerprint, to.selector), "")


def _annotation(draft: Draft, page: Page, span: Span) -> Annotation:
    return _made(draft, page.document, page.number, page.fingerprint, Selector.of(page.visible, span))


def _made(draft: Draft, document: str, page: int, fingerprint: str, selector: Selector) -> Annotation:
    return Annotation(
        id=draft.id,
        document=document,
        page=page,
        fingerprint=fingerprint,
        selector=selector,
        colour=draft.colour,
        note=draft.note,
        tags=draft.tags,
        parent=draft.parent,
        author=draft.author,
        created=draft.created,
        editor=draft.editor,
        modified=draft.modified,
        version=draft.version,
        deleted=False,
    )


def _parents_first(found: Iterable[_Ready]) -> list[_Ready]:
    """Order annotations so that each comes after what it replies to; a ring of replies is cut somewhere."""
    first: dict[str, _Ready] = {}
    again = [each for each in found if first.setdefault(each.annotation.id, each) is not each]
    ordered: dict[str, _Ready] = {}
    for each in first.values():
        chain: dict[str, _Ready] = {}
        at: _Ready | None = each
        while at is not None and at.annotation.id not in ordered and at.annotation.id not in chain:
            chain[at.annotation.id] = at
            at = first.get(at.annotation.parent or "")
        for id in reversed(chain):
            ordered[id] = chain[id]
    return [*ordered.values(), *again]


# -- merging


def _taken(record: Recorder, each: _Ready) -> tuple[Fate, list[str]]:
    """Write an annotation, and say what is to be said of it if it is new."""
    made = each.annotation
    to = stored(record.connection, made.parent) if made.parent else None
    alone = made.parent is not None and (to is None or (to.document, to.page) != (made.document, made.page))
    fate = _merged(record, replace(made, parent=None) if alone else made)
    said = [each.remark] if each.remark else []
    if alone:
        said.append(f"{each.name}: it stands alone, as the annotation it replies to is not here.")
    return fate, said if fate is Fate.ADDED else []


def _merged(record: Recorder, made: Annotation) -> Fate:
    current = stored(record.connection, made.id)
    if current is None:
        add(record, made)
        return Fate.ADDED
    if (made.document, made.page) != (current.document, current.page):
        raise UsageError("another annotation here has its id; nothing was changed.")
    past, mine, theirs = versions(record.connection, made.id), current.newest, made.newest
    if _content(theirs) == _content(mine):
        return Fate.SAME
    if theirs.version > mine.version:
        supersede(record, made.id, theirs)
        return Fate.CHANGED
    if any(_content(theirs) == _content(each) for each in past):
        return Fate.SAME
    theirs = replace(theirs, version=mine.version + 1)
    if made.version == mine.version and made.modified > mine.modified:
        supersede(record, made.id, theirs)
        return Fate.CHANGED
    keep(record, made.id, theirs)
    supersede(record, made.id, replace(mine, version=mine.version + 2))
    return Fate.KEPT


def _content(version: Version) -> tuple[str, str, tuple[str, ...], bool]:
    return version.colour, version.note, version.tags, version.deleted
