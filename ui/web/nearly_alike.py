"""Papers that are nearly another one: other versions of it, or copies; and in how much two of them differ.

Which papers are alike is in the catalogue, so that asking costs one query. In how much they differ takes seconds to say
of long papers: the reader asks for it at a signed address of its own, when somebody looks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus import tables
from corpus.model import Listing
from corpus.store import Store
from ui.web.differing import Comparison, Kind, soon
from ui.web.gate import NOT_KEPT, Refused, document_of, language_of, refused
from ui.web.room import Room, room
from ui.web.texts import texts

Json = dict[str, Any]

_MOST = 20  # versions of one paper that are listed
_MOST_PAIRS = 200
_BESIDE_A_HIT = 3
_PATIENCE = 25.0  # seconds that an answer waits for a comparison
_PURPOSE = "differences"


@dataclass(frozen=True, slots=True)
class Alike:
    """Two papers nearly alike, the earlier first, and how much, from 0 to 1."""

    one: Listing
    other: Listing
    likeness: float


def alike(store: Store, known: Mapping[str, Listing], among: Iterable[str] | None = None) -> list[Alike]:
    """Return the pairs of papers nearly alike of which both are `known` to the audience, the most alike first.

    With `among`, those of which at least one is among these documents. At most 200.
    """
    t = tables.alike
    query = sa.select(t.c.document, t.c.other, t.c.likeness)
    if among is not None:
        ids = list(among)
        query = query.where(sa.or_(t.c.document.in_(ids), t.c.other.in_(ids)))
    with store.reading() as connection:
        rows = connection.execute(query.order_by(t.c.likeness.desc(), t.c.document, t.c.other)).all()
    seen = [row for row in rows if row.document in known and row.other in known][:_MOST_PAIRS]
    first = _first_changes(store, {id for row in seen for id in (row.document, row.other)})
    found = []
    for row in seen:
        one, other = sorted((row.document, row.other), key=lambda id: (known[id].date or "", first.get(id, 0)))
        found.append(Alike(known[one], known[other], row.likeness))
    return found


def _first_changes(store: Store, documents: set[str]) -> dict[str, int]:
    t = tables.changes
    query = sa.select(t.c.document, sa.func.min(t.c.seq)).where(t.c.document.in_(documents)).group_by(t.c.document)
    with store.reading() as connection:
        return {row[0]: row[1] for row in connection.execute(query)} if documents else {}


def compare_address(one: str, other: str, **rest: int | str | None) -> str:
    """Return the address of the page that compares two papers."""
    asked = {"a": one, "b": other, **{name: value for name, value in rest.items() if value is not None}}
    return f"/compare?{urlencode(asked)}"


def percent(likeness: float | None) -> int | None:
    """Return a likeness in whole per cent: 100 only where nothing differs."""
    return None if likeness is None else 100 if likeness == 1 else min(99, round(likeness * 100))


# -- beside a hit


def also_in(store: Store, known: Mapping[str, Listing], documents: Iterable[str]) -> dict[str, list[Json]]:
    """Return the papers nearly like each of some, at most three: title, likeness, the address that compares."""
    found: dict[str, list[Json]] = {}
    sought = set(documents)
    for pair in alike(store, known, sought):
        href = compare_address(pair.one.document.id, pair.other.document.id)
        for mine, its in ((pair.one, pair.other), (pair.other, pair.one)):
            told = found.setdefault(mine.document.id, [])
            if mine.document.id in sought and len(told) < _BESIDE_A_HIT:
                told.append({"title": its.title, "likeness": percent(pair.likeness), "href": href})
    return {document: told for document, told in found.items() if told}


# -- in the reader


def versions(room: Room, document: str, page: int, language: str) -> list[Json]:
    """Return the other versions of a paper: title, likeness, the addresses that compare and say how much differs."""
    with room.searching() as searcher:
        known = searcher.known()
    found = []
    for pair in alike(room.corpus.store, known, [document])[:_MOST]:
        mine = pair.one.document.id == document
        other = (pair.other if mine else pair.one).document.id
        here = {"page": page} if mine else {"page_b": page}
        found.append(
            {
                "document": other,
                "title": known[other].title,
                "later": mine,
                "date": known[other].date,
                "likeness": percent(pair.likeness),
                "compare": compare_address(pair.one.document.id, pair.other.document.id, **here),
                "differences": differences_address(room, pair.one.document.id, pair.other.document.id, language),
            }
        )
    return found


def differences_address(room: Room, one: str, other: str, language: str) -> str:
    """Return the signed address that says in how much two papers differ, as soon as it is known."""
    return f"/{_PURPOSE}/{one}/{other}?{room.signer.query(_PURPOSE, one)}&lang={language}"


async def differences(request: Request) -> Response:
    """Answer with how much two papers differ in, in words: {"said": …}; "" while it is not known yet."""
    try:
        one = document_of(request, _PURPOSE)
        said = await to_thread.run_sync(_said, one, str(request.path_params["other"]), language_of(request))
    except Refused as error:
        return refused(error, as_json=True)
    return JSONResponse({"said": said}, headers=NOT_KEPT)


def _said(one: str, other: str, language: str) -> str:
    here = room()
    with here.searching() as searcher:
        known = searcher.known()
    if one not in known or other not in known:
        raise Refused(404, texts("reading", language)["no_such"])
    found = soon(here.corpus, one, other, _PATIENCE)
    return "" if found is None else in_words(found, language)


def in_words(found: Comparison, language: str) -> str:
    """Return in how much two papers differ: "figures: 1, black boxes: 1"."""
    said, counts = texts("compare", language), found.counts()
    numbers = {
        "figures": counts[Kind.FIGURE],
        "boxes": counts[Kind.UNCOVERED] + counts[Kind.COVERED],
        "words": counts[Kind.WORDS],
        "pages": counts[Kind.ONLY_ONE] + counts[Kind.ONLY_OTHER],
    }
    told = [said[f"count_{name}"].format(n=f"{number:,}") for name, number in numbers.items() if number]
    return said["differs"].format(what=" · ".join(told)) if told else said["nothing_differs"]


ROUTES = [Route("/differences/{document}/{other}", differences)]
