"""Custody: whether originals, catalogue, annotations and index still agree with each other and with what came in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import select

from corpus import tables
from corpus.covering import agrees
from corpus.model import UNREAD, Document
from corpus.opened import Corpus
from corpus.originals import Originals
from corpus.purging import purged, unfinished
from corpus.store import Store

Progress = Callable[[str, int, int], None]  # what is checked, how many are done, of how many


class Kind(StrEnum):
    """What a check found."""

    MISSING = "original missing"
    ALTERED = "original altered"
    STRAY = "stray file"
    NO_EXTRACTION = "extraction not listed"
    PAGES = "pages missing"
    CURRENT = "current extraction"
    STAGES = "state missing"
    ANNOTATION = "annotation differs"
    INDEX = "index differs"
    PURGE = "purge cut off"


@dataclass(frozen=True, slots=True)
class Problem:
    """One difference; `document` is "" where it belongs to none, `sentence` ends in what to do."""

    kind: Kind
    document: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Indexed:
    """What an index says it holds: the last change it took in, and the number of pages by document."""

    change: int
    pages: Mapping[str, int]


def verify(
    corpus: Corpus, index: Callable[[], Indexed] | None = None, progress: Progress | None = None
) -> list[Problem]:
    """Check originals, catalogue and, where one is given, an index against each other; all that differs is returned."""
    gone = purged(corpus.store)
    documents = {id: document for id, document in corpus.store.documents().items() if id not in gone}
    problems = [*_originals(corpus.originals, documents, progress or _silent), *_catalogue(corpus.store, documents)]
    problems += [problem for problem in _annotations(corpus.store) if problem.document not in gone]
    if unfinished(corpus.store):
        problems.append(Problem(Kind.PURGE, "", "A purge was cut off before its end; finish it with: gongmun purge."))
    if index is not None:
        problems += _index(corpus.store, index())
    return problems


def _silent(what: str, done: int, total: int) -> None:
    """Tell nobody."""


# -- originals


def _originals(originals: Originals, documents: Mapping[str, Document], progress: Progress) -> Iterator[Problem]:
    for done, document in enumerate(documents, start=1):
        found = originals.digest(document)
        if found is None:
            sentence = f"The original of {document[:12]} is missing; restore it from a backup."
            yield Problem(Kind.MISSING, document, sentence)
        elif found != document:
            yield Problem(Kind.ALTERED, document, _altered(document, found))
        progress("originals", done, len(documents))
    for path in originals.filesystem.find(originals.root):
        stray = _stray(originals, path, documents)
        if stray:
            yield Problem(Kind.STRAY, "", stray)


def _altered(document: str, found: str) -> str:
    return (
        f"The original of {document[:12]} has other bytes than came in (they hash to {found[:12]}); "
        "restore it from a backup."
    )


_PLACE = re.compile(r"/([0-9a-f]{2})/([0-9a-f]{2})/(\1\2[0-9a-f]{60})\Z")


def _stray(originals: Originals, path: str, documents: Mapping[str, Document]) -> str | None:
    """Return what to say of a file among the originals; None of one that belongs there or is on its way in."""
    place = _PLACE.search(path)
    if place is None:
        inside = path.removeprefix(f"{originals.root}/")
        return None if inside.startswith("part/") else f"{inside} among the originals is not one of them; delete it."
    name = place[3]
    if name in documents:
        return None
    whole = originals.digest(name) == name
    said = "came in and was never listed" if whole else "is not listed and has not the bytes its name says"
    return f"The file {name[:12]} among the originals {said}; ingest its source again, or delete it."


# -- catalogue


def _catalogue(store: Store, documents: Mapping[str, Document]) -> Iterator[Problem]:
    p, x, s = tables.pages, tables.extractions, tables.stages
    with store.reading() as connection:
        known = select(x.c.document).where((x.c.document == p.c.document) & (x.c.fingerprint == p.c.fingerprint))
        unlisted = connection.execute(
            select(p.c.document, p.c.number).where(~known.exists(), p.c.fingerprint != UNREAD)
        ).all()
        current = sa.func.sum(sa.case((p.c.current, 1), else_=0))
        counted = connection.execute(
            select(p.c.document, p.c.number, current.label("current")).group_by(p.c.document, p.c.number)
        ).all()
        staged = {(row.document, row.page) for row in connection.execute(select(s.c.document, s.c.page))}
    for document, number in unlisted:
        sentence = f"Page {number} of {document[:12]} is of an extraction that is not listed; ingest it again."
        yield Problem(Kind.NO_EXTRACTION, document, sentence)
    numbers: dict[str, set[int]] = {}
    for row in counted:
        numbers.setdefault(row.document, set()).add(row.number)
        if row.current != 1:
            yield Problem(Kind.CURRENT, row.document, _current(row.document, row.number, row.current))
    for listed in documents.values():
        found = numbers.get(listed.id, set())
        yield from _pages(listed, found)
        yield from _stages(listed.id, {0} | found, staged)


def _current(document: str, number: int, current: int) -> str:
    many = f"{current} current extractions" if current else "no current extraction"
    return f"Page {number} of {document[:12]} has {many} and should have one; restore the catalogue from a backup."


def _pages(document: Document, found: set[int]) -> Iterator[Problem]:
    """Compare the number of pages a document is listed with, where it is known, with the pages there are."""
    if document.pages is None or found == set(range(1, document.pages + 1)):
        return
    missing = sorted(set(range(1, document.pages + 1)) - found)
    if missing:
        what = f"{len(found)} of the {document.pages} pages; page {missing[0]} is the first missing. Ingest it again."
    else:
        what = f"{len(found)} pages and is listed with {document.pages}; ingest it again."
    yield Problem(Kind.PAGES, document.id, f"The catalogue has of {document.id[:12]} {what}")


def _stages(document: str, wanted: set[int], staged: set[tuple[str, int]]) -> Iterator[Problem]:
    missing = sorted(number for number in wanted if (document, number) not in staged)
    if missing:
        what = f"page {missing[0]}" if missing[0] else "the file as a whole"
        sentence = f"It is not noted how {what} of {document[:12]} was read; ingest it again."
        yield Problem(Kind.STAGES, document, sentence)


# -- annotations


def _annotations(store: Store) -> Iterator[Problem]:
    """Compare the words each annotation quotes with those of the extraction it was made on, deleted ones too."""
    a, p, v = tables.annotations, tables.pages, tables.annotation_versions
    same = (p.c.document == a.c.document) & (p.c.number == a.c.page) & (p.c.fingerprint == a.c.fingerprint)
    newest = select(v.c.version).where((v.c.annotation == a.c.id) & (v.c.version == a.c.version))
    query = select(
        a.c.id, a.c.document, a.c.page, a.c.start, a.c.end, a.c.exact, p.c.text, newest.exists().label("kept")
    )
    with store.reading() as connection:
        found = connection.execution_options(yield_per=200).execute(query.outerjoin(p, same).order_by(a.c.id))
        for row in found:
            what = None
            if row.text is None:
                what = "is of an extraction that is not listed"
            elif not row.exact or not agrees(row.exact, row.text[row.start : row.end]):
                what = "quotes words that do not stand at its place"
            elif not row.kept:
                what = "is not in its own history"
            if what:
                sentence = f"Annotation {row.id} on page {row.page} of {row.document[:12]} {what}; "
                yield Problem(Kind.ANNOTATION, row.document, sentence + "restore the catalogue from a backup.")


# -- index


def _index(store: Store, held: Indexed) -> Iterator[Problem]:
    """Compare an index with the documents to be found and their pages; only one that is up to date can be judged."""
    last = store.last_change()
    if held.change != last:
        sentence = f"The index is at change {held.change} and the catalogue at {last}; search once, or gongmun reindex."
        yield Problem(Kind.INDEX, "", sentence)
        return
    wanted = _searched(store)
    for document in sorted(wanted.keys() | held.pages.keys()):
        should, does = wanted.get(document, 0), held.pages.get(document, 0)
        if should != does:
            sentence = f"The index has {does} pages of {document[:12]} and the catalogue {should}; run gongmun reindex."
            yield Problem(Kind.INDEX, document, sentence)


def _searched(store: Store) -> dict[str, int]:
    """Return the number of current pages of each document that is not removed."""
    t = tables.pages
    query = select(t.c.document, sa.func.count().label("n")).where(t.c.current).group_by(t.c.document)
    seen = store.visible()
    with store.reading() as connection:
        return {row.document: row.n for row in connection.execute(query) if row.document in seen}
