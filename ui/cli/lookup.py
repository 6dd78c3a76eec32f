"""Which document is meant: an id or its beginning, a file name, a title, or a part of one, if only one fits."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.model import Delivery, Listing, Occurrence

_ID = re.compile(r"[0-9a-f]{4,64}")
SHORT_ID = 10  # characters of an id as shown
_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Known:
    """Something that can be named: by its id, by any of its names, or by a part of one."""

    id: str
    title: str
    names: tuple[str, ...]


def document(corpus: Corpus, meant: str) -> Listing:
    """Return the one document that is meant.

    Raises:
        NotFound: none fits, or several do; the message lists them.
    """
    from corpus.listings import listings

    found = listings(corpus.store)
    return found[one(meant, documents(found)).id]


def documents(found: Mapping[str, Listing]) -> list[Known]:
    return [Known(id, listing.title, listing.files) for id, listing in found.items()]


def removed(corpus: Corpus) -> list[Known]:
    """Return the documents in the trash."""
    from corpus.listings import shown

    names: dict[str, list[str]] = {}
    for occurrence in corpus.store.occurrences():
        if occurrence.removed:
            names.setdefault(occurrence.document, []).append(shown(occurrence.path))
    return [Known(id, _last(paths[0]), tuple(paths)) for id, paths in names.items()]


def deliveries(corpus: Corpus) -> list[Known]:
    releases = corpus.store.releases()
    return [
        Known(each.id, f"{releases[each.release].name}: {each.source}", (each.source, _last(each.source)))
        for each in corpus.store.deliveries().values()
    ]


def occurrences(corpus: Corpus, meant: Known) -> list[Occurrence]:
    """Return where a document was met, or what was met in a delivery."""
    kept: Mapping[str, Delivery] = corpus.store.deliveries()
    if meant.id in kept:
        return corpus.store.occurrences(delivery=meant.id)
    return corpus.store.occurrences(document=meant.id)


def one(meant: str, known: Iterable[Known]) -> Known:
    """Return the one that is meant.

    Raises:
        NotFound: none fits, or several do; the message lists them.
    """
    from corpus.errors import NotFound

    every, sought = list(known), _plain(meant)
    if not sought:
        raise NotFound("The name of the document is empty; gongmun status --files lists them all.")
    for fits in (_is, _has):
        found = [each for each in every if fits(each, sought)]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFound(_several(meant, found))
    raise NotFound(_none(meant, every))


def _is(known: Known, sought: str) -> bool:
    names = (known.id, known.title, *known.names, *map(_last, known.names))
    return any(_plain(name) == sought for name in names)


def _has(known: Known, sought: str) -> bool:
    if _ID.fullmatch(sought) and known.id.startswith(sought):
        return True
    return any(sought in _plain(name) for name in (known.title, *known.names))


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _last(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2]


def _several(meant: str, found: list[Known]) -> str:
    lines = [f"  {each.id[:SHORT_ID]}  {each.title}  ({_last(each.names[0])})" for each in found[:_SHOWN]]
    more = [f"  and {len(found) - _SHOWN} more"] if len(found) > _SHOWN else []
    said = f"{meant!r} fits {len(found)} of them; give more of the name, or the id of one:"
    return "\n".join([said, *lines, *more])


def _none(meant: str, every: list[Known]) -> str:
    names = {_plain(name): name for each in every for name in (each.title, *map(_last, each.names))}
    names |= {part: part for name in names for part in re.split(r"[\s_.]+", name) if len(part) > 1}
    near = difflib.get_close_matches(_plain(meant), names, n=1, cutoff=0.6)
    hint = f" Did you mean {names[near[0]]!r}?" if near else ""
    return f"No document is called {meant!r}; gongmun status --files lists them all.{hint}"
