"""What the reader's component shows of a paper: the contract's data, from the record alone.

Offsets are half-open code points of the page's visible text, lengths PDF points; addresses are signed and hold for some
hours. Nothing here knows of Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sa

from corpus import tables
from corpus.annotations import COLOURS, all_tags, annotation, colour_names, without_source
from corpus.errors import GongmunError, NotFound
from corpus.glyphs import Glyphs
from corpus.gone import gone
from corpus.listings import shown
from corpus.model import Audience, Document, Listing, Page, Reason
from ingest.render import has_picture
from search.query import QueryError, parse
from ui.web import faults
from ui.web.asked import without_of
from ui.web.correcting import doubtful, standing
from ui.web.grids import boxed_pages, boxes, grids
from ui.web.holdings import holdings, occurrences, unpaged
from ui.web.marks import elsewhere, on_page
from ui.web.nearly_alike import versions
from ui.web.room import Room
from ui.web.texts import texts
from ui.web.widening import Widening

Json = dict[str, Any]

_SPAN = re.compile(r"([0-9]{1,9})-([0-9]{1,9})")
_UUID = re.compile(r"[0-9a-fA-F-]{36}")
_COUNTED = 60  # pages with hits up to which each hit is counted; of more, each page counts as one
_MOST_FACTS, _LONGEST_FACT = 40, 500


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks the reader for, as it is written there."""

    document: str
    page: str
    query: str
    at: str
    annotation: str
    bridge: bool = False  # whether the query is looked for in other languages and spellings, but those `without`
    without: tuple[str, ...] = ()

    @classmethod
    def of(cls, one: Callable[[str], str], every: Mapping[str, list[str]] | None = None) -> Asked:
        """Take the parameters from a function that returns each by its name, "" where there is none.

        `every` has all values of those that may have several.
        """
        document, page, query = one("doc").strip().lower(), one("page").strip(), one("q").strip()
        return cls(document, page, query, one("at"), one("annotation"), one("bridge") == "on", without_of(every or {}))


@dataclass(frozen=True, slots=True)
class Opened:
    """The page of a paper that an address leads to."""

    listing: Listing
    page: Page
    annotation: str | None

    @property
    def document(self) -> Document:
        return self.listing.document


class NotShown(Exception):
    """There is nothing to show; the sentence says why, in the reader's language."""


class NoPages(NotShown):
    """The paper is there and has no page: an archive, or a file that could not be read."""

    def __init__(self, sentence: str, listing: Listing) -> None:
        super().__init__(sentence)
        self.listing = listing


def assemble(room: Room, asked: Asked, language: str) -> Json:
    """Return the data of the page that an address asks for; `error` is a sentence where there is none."""
    try:
        found = opened(room, asked, language)
    except NoPages as error:
        return {"language": language, "error": str(error), "unpaged": unpaged(room, error.listing)}
    except (NotShown, GongmunError) as error:
        return {"language": language, "error": str(error)}
    store, audience = room.corpus.store, room.audience
    names = colour_names(store)
    return {
        "language": language,
        "error": None,
        "document": _document(room, found, audience),
        "versions": versions(room, found.document.id, found.page.number, language),
        "page": _page(room, found, language),
        "picture_of": _picture_of(room, found.document),
        "hits": hits(room, found.page, asked.query, language, asked.bridge, asked.without),
        "at": _at(asked.at, found.page),
        "annotation": found.annotation,
        "annotations": on_page(store, audience, found.page),
        "elsewhere": elsewhere(store, audience, found.page),
        "colours": [[colour, names.get(colour, "")] for colour in COLOURS],
        "tags": list(all_tags(store, audience)),
        "passage": _signed(room, "passage", found.page, "{span}", language),
        "author_default": "",
    }


def why(reason: Reason, language: str) -> str:
    """Return why something could not be read, in brackets; "" where no reason is known."""
    if reason is Reason.NONE:
        return ""
    name = texts("reader", language).get(f"reason_{reason.value.replace(' ', '_').lower()}", reason.value)
    return f"({name})" if language == "ko" else f" ({name})"


# -- which page


def opened(room: Room, asked: Asked, language: str) -> Opened:
    """Find the paper and page of an address; that of an annotation, where it names one.

    Raises:
        NotShown: there is no such paper or page, or not for this audience.
    """
    said = texts("reading", language)
    document, number, marked = asked.document, asked.page or "1", None
    if asked.annotation:
        document, number, marked = _place_of(room, asked, said)
    listing = listing_of(room, document, said)
    pages = listing.document.pages
    whole = int(number) if re.fullmatch("[0-9]{1,9}", number) else 0
    try:
        page = room.corpus.store.page(listing.document.id, whole)
    except NotFound:
        if pages:
            raise NotShown(said["unknown_page"].format(page=number[:20], pages=pages)) from None
        sentence = said["unread_document"].format(reason=why(listing.document.reason, language))
        raise NoPages(sentence, listing) from None
    return Opened(listing, page, marked)


def _place_of(room: Room, asked: Asked, said: Mapping[str, str]) -> tuple[str, str, str]:
    if not _UUID.fullmatch(asked.annotation):
        raise NotShown(said["unknown_annotation"])
    try:
        found = annotation(room.corpus.store, asked.annotation.lower(), room.audience)
    except NotFound:
        left = [each.document for each in without_source(room.corpus.store) if each.id == asked.annotation.lower()]
        _refuse_gone(room, left, said)
        raise NotShown(said["unknown_annotation"]) from None
    return found.document, str(found.page), found.id


def listing_of(room: Room, beginning: str, said: Mapping[str, str]) -> Listing:
    """Return the paper whose id begins so, as this audience sees it.

    Raises:
        NotShown: there is none, or several.
    """
    if not beginning:
        raise NotShown(said["no_document"])
    with room.searching() as searcher:
        known = searcher.known()
    whole = known.get(beginning)
    found = [whole] if whole else [listing for id, listing in known.items() if id.startswith(beginning)]
    if len(found) != 1:
        if not found:
            _refuse_gone(room, _known_as(room, beginning), said)
        name = "ambiguous_document" if found else "unknown_document"
        raise NotShown(said[name].format(id=beginning[:64]))
    return found[0]


def _known_as(room: Room, beginning: str) -> list[str]:
    """Return the document of the record whose id begins so, be it met anywhere or not; none where several do."""
    try:
        return [room.corpus.store.document(beginning).id]
    except NotFound:
        return []


def _refuse_gone(room: Room, documents: list[str], said: Mapping[str, str]) -> None:
    """Say of a paper in the trash, or purged, that it is; to who may see everything.

    Raises:
        NotShown: it is.
    """
    became = gone(room.corpus.store, documents) if room.audience.releases is None else {}
    for each in became.values():
        when = " " + said["on_day"].format(day=each.at[:10]) if each.at else ""
        name = "document_purged" if each.purged else "document_in_trash"
        raise NotShown(said[name].format(name=each.name or each.document[:12], when=when))


def _at(written: str, page: Page) -> list[int] | None:
    """Return the span that an address outlines, if it is one of the page."""
    match = _SPAN.fullmatch(written)
    if match is None:
        return None
    start, end = int(match[1]), min(int(match[2]), len(page.text))
    return [start, end] if start < end else None


# -- the paper


def _document(room: Room, found: Opened, audience: Audience) -> Json:
    listing, document, store = found.listing, found.document, room.corpus.store
    extraction = store.extraction(document.id, found.page.fingerprint)
    return {
        "id": document.id,
        "title": listing.title,
        "files": list(listing.files),
        "agencies": list(listing.agencies),
        "releases": list(listing.releases),
        "notices": list(listing.notices),
        "date": listing.date,
        "date_source": listing.date_source,
        "pages": document.pages or found.page.number,
        "media_type": document.media_type,
        "size": document.size,
        "state": document.state.value,
        "reason": document.reason.value,
        "detail": document.detail,
        "tool": extraction.tool if extraction else None,
        "fingerprint": found.page.fingerprint,
        "facts": _facts(listing.facts),
        "occurrences": occurrences(room, document.id, audience),
        "held": holdings(room, document.id),
        "boxed": boxed_pages(store, document.id),
        "labels": store.labels(document.id),
        "withheld": _withheld(room, found.page, document.id),
        "original": f"/original/{document.id}?{room.signer.query('original', document.id)}",
    }


def _withheld(room: Room, page: Page, document: str) -> bool:
    """Whether text of a paper is withheld here, which its original, as it came, has in it."""
    t = tables.pages
    covered = sa.select(t.c.number).where(
        t.c.document == document, t.c.current, sa.cast(t.c.withheld, sa.String) != "[]"
    )
    with room.corpus.store.reading() as connection:
        number = connection.scalar(covered.limit(1))
    if number is None or page.withheld:
        return number is not None
    return bool(room.corpus.store.page(document, number).withheld)  # not where it was released since


def _facts(facts: Mapping[str, str]) -> Json:
    """Return what the file says of itself, as far as people would read it."""
    return {shown(name)[:80]: shown(str(value))[:_LONGEST_FACT] for name, value in list(facts.items())[:_MOST_FACTS]}


# -- the page


def _page(room: Room, found: Opened, language: str) -> Json:
    page = found.page
    glyphs: Glyphs = room.drawing.glyphs(page)
    drawn = has_picture(found.document.media_type, page.kind)
    return {
        "number": page.number,
        "label": page.label,
        "kind": page.kind.value,
        "name": page.name,
        "address": page.address,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "basis": page.basis.value,
        "confidence": page.confidence,
        "state": page.state.value,
        "reason": page.reason.value,
        "fingerprint": page.fingerprint,
        "text": page.visible,
        "lines": glyphs.rows(),
        "exact": glyphs.exact,
        "furniture": [[mark.kind.value, mark.start, mark.end] for mark in page.furniture],
        "tables": grids(room.corpus.store, page),
        "table_file": _signed(room, "table", page, f"{page.number}/{{table}}.csv", language),
        "boxes": boxes(page),
        "withheld": [[each.start, each.end, [round(side, 2) for side in each.box]] for each in page.withheld],
        "uncertain": doubtful(page),
        "standing": standing(room, page),
        "picture": _picture_of(room, found.document).replace("{page}", str(page.number)) if drawn else None,
        "print": _signed(room, "print", page, str(page.number), language),
        "plain": _signed(room, "plain", page, str(page.number), language),
    }


def _picture_of(room: Room, document: Document) -> str:
    return f"/picture/{document.id}/{{page}}/{{width}}.webp?{room.signer.query('picture', document.id)}"


def _signed(room: Room, purpose: str, page: Page, rest: str, language: str) -> str:
    """Return the address of a route about this page; one signature serves a whole paper."""
    middle = f"{page.number}/{rest}" if purpose == "passage" else rest
    return f"/{purpose}/{page.document}/{middle}?{room.signer.query(purpose, page.document)}&lang={language}"


# -- the hits of a query in this paper


def hits(
    room: Room, page: Page, query: str, language: str = "en", bridge: bool = False, without: tuple[str, ...] = ()
) -> Json | None:
    """Return the hits of a query in the page's document: their spans here, and the pages with how many each has.

    With `bridge` the query is looked for in other languages and spellings as well, as the search page does.

    On more than 60 pages, `pages` counts one for each and `counted` is "pages": reading them all would keep the reader
    waiting.
    """
    if not query:
        return None
    try:
        tree = parse(query)
        if bridge:
            tree = Widening.of(room.corpus.folder, without).tree(tree)
        with room.searching() as searcher:
            numbers = searcher.pages_of(page.document, tree)
            found = page.number in numbers or not numbers  # of a paper not indexed yet, the page itself is looked at
            here = searcher.marks(tree, [page])[0] if found else ()
            counts = dict.fromkeys(numbers, 1)
            if len(numbers) <= _COUNTED:
                keys = [(page.document, number) for number in numbers if number != page.number]
                others = room.corpus.store.some_pages(keys, words=False)
                marks = searcher.marks(tree, others.values())
                counts = {other.number: len(spans) for other, spans in zip(others.values(), marks, strict=True)}
    except GongmunError as error:
        sentence = faults.said(error, language) if isinstance(error, QueryError) else str(error)
        return {"query": query, "error": sentence, "here": [], "pages": [], "total": 0, "counted": "hits"}
    if here:
        counts[page.number] = len(here)
    listed = sorted((number, count) for number, count in counts.items() if count)
    return {
        "query": query,
        "error": None,
        "here": [list(asdict(span).values()) for span in here],
        "pages": [list(each) for each in listed],
        "total": sum(count for _, count in listed),
        "counted": "hits" if len(numbers) <= _COUNTED else "pages",
    }
