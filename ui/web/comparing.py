"""What the comparison page shows: a pair of pages side by side, with what differs marked in both, and all differences.

Offsets are half-open code points of a page's visible text, boxes PDF points. Nothing here knows of Streamlit.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from corpus.errors import GongmunError, NotFound
from corpus.glyphs import Glyphs
from corpus.model import Box, Listing, Page, Passage, Span, State, UnitKind
from ingest.render import has_picture
from ui.web.differing import Comparison, Difference, Kind, Leaf, soon
from ui.web.grids import grids
from ui.web.nearly_alike import Alike, alike, compare_address, differences_address, percent
from ui.web.reading import NotShown, listing_of
from ui.web.room import Room
from ui.web.texts import texts

Json = dict[str, Any]

_PATIENCE = 1.5  # seconds until the page is shown without its differences, which follow
_LISTED = 100  # differences of a group
_LONGEST = 160  # characters of a text in a list
_GROUPS: tuple[tuple[str, frozenset[Kind]], ...] = (
    ("boxes", frozenset({Kind.UNCOVERED, Kind.COVERED})),
    ("figures", frozenset({Kind.FIGURE})),
    ("words", frozenset({Kind.WORDS})),
    ("pages", frozenset({Kind.ONLY_ONE, Kind.ONLY_OTHER})),
)
_PAGES = (UnitKind.PAGE.value, UnitKind.COMPUTED.value)  # a sheet is no page
_SLIGHT = 0.5  # papers less alike are hardly versions of each other


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, as it is written: two papers, a page of the one or the other, a difference."""

    one: str
    other: str
    page: str = ""
    page_b: str = ""
    difference: str = ""

    @classmethod
    def of(cls, one: Callable[[str], str]) -> Asked:
        """Take the parameters from a function that returns each by its name, "" where there is none."""
        return cls(one("a").strip().lower(), one("b").strip().lower(), one("page"), one("page_b"), one("diff"))


def assemble(room: Room, asked: Asked, language: str) -> Json:
    """Return the data of the comparison that an address asks for: `state` says of what sort it is.

    That is "choose" (one or both papers are not given), "error" (a sentence says why), "waiting" (the comparison is
    being made) or "compared".
    """
    said = texts("reading", language)
    try:
        given = [listing_of(room, each, said) for each in (asked.one, asked.other) if each]
    except (NotShown, GongmunError) as error:
        return {"language": language, "state": "error", "error": str(error)}
    if len(given) < 2:
        return {"language": language, "state": "choose", **_choice(room, given, language)}
    one, other = given
    made: Json = {"language": language, "one": _paper(one), "other": _paper(other)}
    if one.document.id == other.document.id:
        return {**made, "state": "error", "error": texts("compare", language)["same_file"], "other": None}
    for each in given:
        if not each.document.pages:
            sentence = texts("compare", language)["no_pages"].format(title=each.title)
            return {**made, "state": "error", "error": sentence}
    made["swap"] = compare_address(other.document.id, one.document.id)
    made["backwards"] = bool(one.date and other.date and one.date > other.date)
    found = soon(room.corpus, one.document.id, other.document.id, _PATIENCE)
    if found is None:
        when_done = differences_address(room, one.document.id, other.document.id, language)
        return {**made, "state": "waiting", "when_done": when_done}
    return {**made, "state": "compared", **_compared(room, (one, other), found, asked)}


def _paper(listing: Listing) -> Json:
    return {
        "id": listing.document.id,
        "title": listing.title,
        "files": list(listing.files[:3]),
        "agencies": list(listing.agencies),
        "releases": list(listing.releases),
        "notices": list(listing.notices),
        "date": listing.date,
        "pages": listing.document.pages,
        "reader": f"/reader?doc={listing.document.id}",
    }


# -- which papers there are to compare


def _choice(room: Room, given: list[Listing], language: str) -> Json:
    with room.searching() as searcher:
        known = searcher.known()
    found = alike(room.corpus.store, known, [each.document.id for each in given] or None)
    return {"given": _paper(given[0]) if given else None, "pairs": [_row(each) for each in found]}


def _row(pair: Alike) -> Json:
    return {
        "one": _paper(pair.one),
        "other": _paper(pair.other),
        "likeness": percent(pair.likeness),
        "href": compare_address(pair.one.document.id, pair.other.document.id),
    }


# -- the comparison


def _compared(room: Room, papers: tuple[Listing, Listing], found: Comparison, asked: Asked) -> Json:
    ids = papers[0].document.id, papers[1].document.id
    at, chosen = _where(found, asked)
    here = [(n, each) for n, each in enumerate(found.differences, start=1) if each.pair == at]
    counts = [0] * len(found.pairs)
    for each in found.differences:
        counts[each.pair] += 1
    return {
        "likeness": percent(found.likeness),
        "slight": found.likeness is not None and found.likeness < _SLIGHT,
        "unread": list(found.unread),
        "matched": sum(1 for pair in found.pairs if pair.one and pair.other),
        "unchanged": sum(pair.same for pair in found.pairs),
        "paged": all(leaf.kind in _PAGES for pair in found.pairs for leaf in (pair.one, pair.other) if leaf),
        "total": len(found.differences),
        "spacing": len(found.spacing),
        "groups": [_group(name, kinds, found, ids) for name, kinds in _GROUPS],
        "pairs": [
            {
                "one": _leaf(pair.one),
                "other": _leaf(pair.other),
                "count": count,
                "href": compare_address(ids[0], ids[1], **_pages(pair.one, pair.other)),
            }
            for pair, count in zip(found.pairs, counts, strict=True)
        ],
        "at": at,
        "chosen": chosen,
        "differences": [{"n": n, **_difference(each, found)} for n, each in here],
        "sheets": [_sheet(room, papers, found, at, side) for side in (0, 1)],
    }


def _where(found: Comparison, asked: Asked) -> tuple[int, int | None]:
    """Return the pair of pages that an address asks for, from 0, and the number of the difference chosen on it.

    Where no page is asked for, the pair is that of the difference, or of the first one.
    """
    chosen = _number(asked.difference)
    if chosen is not None and not 1 <= chosen <= len(found.differences):
        chosen = None
    for written, side in ((asked.page, "one"), (asked.page_b, "other")):
        number = _number(written)
        leaves = ((at, getattr(pair, side)) for at, pair in enumerate(found.pairs))
        at = next((at for at, leaf in leaves if leaf is not None and leaf.number == number), None)
        if number is not None and at is not None:
            on_it = chosen is not None and found.differences[chosen - 1].pair == at
            return at, chosen if on_it else None
    if chosen is not None:
        return found.differences[chosen - 1].pair, chosen
    return (found.differences[0].pair, None) if found.differences else (0, None)


def _number(written: str) -> int | None:
    return int(written) if re.fullmatch("[1-9][0-9]{0,8}", written) else None


def _pages(one: Leaf | None, other: Leaf | None) -> dict[str, int]:
    if one is not None:
        return {"page": one.number}
    return {"page_b": other.number} if other is not None else {}


def _leaf(leaf: Leaf | None) -> Json | None:
    return None if leaf is None else asdict(leaf)


def _group(name: str, kinds: frozenset[Kind], found: Comparison, ids: tuple[str, str]) -> Json:
    """Return the differences of some kinds, as a list that leads to each."""
    all_of_them = [(n, each) for n, each in enumerate(found.differences, start=1) if each.kind in kinds]
    rows = [
        {"n": n, **_difference(each, found), "href": compare_address(ids[0], ids[1], diff=n)}
        for n, each in all_of_them[:_LISTED]
    ]
    return {"name": name, "total": len(all_of_them), "rows": rows}


def _difference(each: Difference, found: Comparison) -> Json:
    """Return a difference as it is told in words: of figures those that differ, else what either version says."""
    before, after = each.figures or (each.before, each.after)
    pair = found.pairs[each.pair]
    return {
        "kind": each.kind.value,
        "look": _look(each),
        "before": _cut(before),
        "after": _cut(after),
        "margin": each.margin,
        "box": each.box is not None,
        "one": _named(found, 0, each.ours, pair.one),
        "other": _named(found, 1, each.theirs, pair.other),
    }


def _named(found: Comparison, side: int, passage: Passage, here: Leaf | None) -> Json | None:
    """Return the page on which one version says it, or would; that of the pair where nothing is known."""
    if not passage or (here is not None and passage[0].page == here.number):
        return _leaf(here)
    leaves = (pair.other if side else pair.one for pair in found.pairs)
    return next((_leaf(leaf) for leaf in leaves if leaf is not None and leaf.number == passage[0].page), None)


def _look(each: Difference) -> str:
    """Return how a difference is marked: removed, added, changed, uncovered, covered, spacing; "page" for a page."""
    if each.kind in (Kind.ONLY_ONE, Kind.ONLY_OTHER):
        return "page"
    if each.kind in (Kind.UNCOVERED, Kind.COVERED, Kind.SPACING):
        return each.kind.value
    return "changed" if each.before and each.after else "removed" if each.before else "added"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 :]}"


# -- one page of the pair


def _sheet(room: Room, papers: tuple[Listing, Listing], found: Comparison, at: int, side: int) -> Json | None:
    """Return the page of one version (`side` 0 or 1) on a pair, with what is marked on it; None where it has none."""
    pair, document = found.pairs[at], papers[side].document
    leaf = pair.other if side else pair.one
    if leaf is None:
        return None
    try:
        page = room.corpus.store.page(document.id, leaf.number)
    except NotFound:  # it was taken away since
        return None
    drawn = has_picture(document.media_type, page.kind)
    glyphs = room.drawing.glyphs(page) if drawn else None
    signed = room.signer.query("picture", document.id)
    numbered = list(enumerate(found.differences, start=1))
    marks = [mark for n, each in numbered for mark in _marks(n, each, side, page, glyphs)]
    marks += [mark for each in found.spacing for mark in _marks(0, each, side, page, glyphs)]
    return {
        **asdict(leaf),
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "basis": page.basis.value,
        "part": page.state not in (State.SEARCHABLE, State.OCR),
        "text": page.visible,
        "furniture": [[mark.kind.value, mark.start, mark.end] for mark in page.furniture],
        "tables": grids(room.corpus.store, page),
        "picture": f"/picture/{document.id}/{page.number}/{{width}}.webp?{signed}" if drawn else None,
        "reader": f"/reader?doc={document.id}&page={page.number}",
        "marks": marks,
    }


def _marks(n: int, each: Difference, side: int, page: Page, glyphs: Glyphs | None) -> Iterable[Json]:
    """Yield the marks of one difference on a page: stretches of words, an empty one where some are missing, a box."""
    look = _look(each)
    holds_box = each.kind is Kind.UNCOVERED if side == 0 else each.kind is Kind.COVERED
    if each.box is not None and holds_box and each.box.page == page.number:
        yield {"n": n, "look": look, "start": None, "end": None, "boxes": [_rounded(each.box.box)]}
    for span in each.theirs if side else each.ours:
        if span.page == page.number and span.end <= len(page.text):
            missing = span.start == span.end
            kind = "gap" if missing else look
            boxes = _boxes(glyphs, span.start, span.end) if glyphs else []
            yield {"n": n, "look": kind, "start": span.start, "end": span.end, "boxes": boxes}


def _boxes(glyphs: Glyphs, start: int, end: int) -> list[list[float]]:
    """Return the rectangles of a stretch of text; of an empty one, the edge where it would stand."""
    if start < end:
        return [_rounded(box) for box in glyphs.boxes(Span(start, end))]
    before = glyphs.boxes(Span(start - 1, start)) if start else []
    if before:
        _, top, x, bottom = before[0]
        return [_rounded((x, top, x, bottom))]
    after = glyphs.boxes(Span(start, start + 1))
    return [_rounded((x, top, x, bottom)) for x, top, _, bottom in after[:1]]


def _rounded(box: Box) -> list[float]:
    return [round(side, 2) for side in box]
