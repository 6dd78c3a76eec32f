"""Papers nearly alike: found by MinHash, measured by their text, kept as pairs of the catalogue.

The text of a paper is that of its pages as they may be shown, running heads and page numbers left out, letters and
digits alone; what counts is the share of their stretches of five letters that two papers have in common (Jaccard's).
Candidates are papers that agree in one of 25 bands of five MinHash values: of two that are 80 % alike, one pair in
20,000 is missed (A. Broder, "On the resemblance and containment of documents", 1997). Each candidate is then measured
exactly. Which papers have been compared is a stage of each, named by its last change; the MinHash values are kept with
the index and made anew where they are missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from corpus import Corpus, tables
from corpus.errors import CorpusUnusable
from corpus.folding import squash
from corpus.locking import only_writer
from corpus.model import Page, Reason, State
from search.analysis import body_length, reading_text
from search.indexes import index_folder

LEAST = 0.8  # alike from here on
LETTERS = 50  # a paper with fewer is not compared by its text
STAGE = "alike"
_METHOD = 1  # of comparing: papers compared by another one are compared again
_LONG = 5
_BANDS, _ROWS = 25, 5
_VALUES = _BANDS * _ROWS
_AT_ONCE = 10_000  # shingles hashed in one go: 5 MB
_KEPT = "alike.npz"
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Shingles = NDArray[np.uint64]
Values = NDArray[np.uint32]
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers by their ids, the smaller first, and how much alike their texts are, from 0 to 1."""

    document: str
    other: str
    likeness: float


def left(corpus: Corpus) -> dict[str, int]:
    """Return the last change of each paper with pages that was not compared with the others since."""
    return _pending(corpus)[1]


def link(corpus: Corpus, progress: Report | None = None) -> int:
    """Compare the papers that are new or changed with all others, and keep the pairs; return how many papers that were.

    `progress` is told how many of how many are done.

    Raises:
        CorpusLocked: another process writes to the corpus.
        CorpusUnusable: the corpus or the cache cannot be written to.
    """
    if not left(corpus):
        return 0
    try:
        with only_writer(corpus.folder, "comparing papers"):
            return _link(corpus, progress)
    except (OSError, sa.exc.OperationalError) as error:
        raise CorpusUnusable(
            f"{corpus.folder} or the cache cannot be written to ({error}); make room or mend its permissions, then "
            "run it again."
        ) from error


def pairs(corpus: Corpus, among: Iterable[str]) -> list[Pair]:
    """Return the pairs that were found among some papers, the most alike first: both must be of those."""
    seen, t = frozenset(among), tables.alike
    with corpus.store.reading() as connection:
        rows = connection.execute(sa.select(t).order_by(t.c.likeness.desc(), t.c.document, t.c.other)).all()
    return [Pair(*row) for row in rows if row.document in seen and row.other in seen]


def likeness(one: Iterable[Page], other: Iterable[Page]) -> float | None:
    """Return how much alike two papers are by their text, from 0 to 1; None where either says too little."""
    ours, theirs = shingles(one), shingles(other)
    return _share(ours, theirs) if ours.size and theirs.size else None


def shingles(pages: Iterable[Page]) -> Shingles:
    """Return the hashes of all stretches of five letters of a paper, each once, in order; none where it is short."""
    letters = squash("\n".join(reading_text(page)[: body_length(page)] for page in pages))
    if len(letters) < LETTERS:
        return np.empty(0, np.uint64)
    codes = np.frombuffer(letters.encode("utf-32-le"), np.uint32).astype(np.uint64)
    made = np.zeros(len(codes) - _LONG + 1, np.uint64)
    for at in range(_LONG):
        made = (made + codes[at : at + len(made)]) * _MULTIPLIER
        made ^= made >> np.uint64(29)
    return np.unique(made)


def _share(ours: Shingles, theirs: Shingles) -> float:
    common = int(np.intersect1d(ours, theirs, assume_unique=True).size)
    return common / (ours.size + theirs.size - common)


def _pending(corpus: Corpus) -> tuple[dict[str, int], dict[str, int]]:
    """Return the last change of each paper with pages, and of those among them that were not compared since."""
    d, c, s = tables.documents, tables.changes, tables.stages
    last = sa.select(c.c.document, sa.func.max(c.c.seq)).join(d, d.c.id == c.c.document).where(d.c.pages > 0)
    done = sa.select(s.c.document, s.c.fingerprint).where(s.c.page == 0, s.c.stage == STAGE)
    with corpus.store.reading() as connection:
        changed = {row[0]: row[1] for row in connection.execute(last.group_by(c.c.document))}
        compared = {row.document: row.fingerprint for row in connection.execute(done)}
    met = corpus.store.visible()
    there = {document: change for document, change in changed.items() if document in met}
    return there, {each: change for each, change in there.items() if compared.get(each) != _compared(change)}


def _compared(change: int) -> str:
    return f"{_METHOD}:{change}"


def _link(corpus: Corpus, progress: Report | None) -> int:
    there, pending = _pending(corpus)

    @lru_cache(maxsize=16)
    def text(document: str) -> Shingles:
        return shingles(corpus.store.pages(document))

    values = _all_values(corpus, there, text)
    buckets = _Buckets(values)
    for done, (document, change) in enumerate(pending.items(), start=1):
        found = []
        for other in buckets.near(document) if document in values else ():
            if (share := _share(text(document), text(other))) >= LEAST:
                found.append({"document": min(document, other), "other": max(document, other), "likeness": share})
        _keep(corpus, document, change, found)
        if progress:
            progress(done, len(pending))
    return len(pending)


def _keep(corpus: Corpus, document: str, change: int, found: list[dict[str, Any]]) -> None:
    t = tables.alike
    with corpus.store.writing() as record:
        record.connection.execute(sa.delete(t).where(sa.or_(t.c.document == document, t.c.other == document)))
        if found:
            record.connection.execute(sa.insert(t), found)
        record.stage(document, 0, STAGE, _compared(change), (State.SEARCHABLE, Reason.NONE, ""))


class _Buckets:
    """Papers by the bands of their MinHash values."""

    def __init__(self, values: Mapping[str, Values]) -> None:
        from datasketch import MinHashLSH

        self.lsh = MinHashLSH(num_perm=_VALUES, params=(_BANDS, _ROWS))
        self.made = {document: _minhash(found) for document, found in values.items()}
        for document, made in self.made.items():
            self.lsh.insert(document, made)

    def near(self, document: str) -> Iterator[str]:
        """Yield the other papers that share a band, in order of their ids."""
        yield from sorted(other for other in self.lsh.query(self.made[document]) if other != document)


def _minhash(values: Values) -> Any:
    from datasketch import MinHash

    return MinHash(hashvalues=values, scheme="affine32", permutations=_permutations())


@lru_cache(maxsize=1)
def _permutations() -> Any:
    from datasketch import MinHash

    return MinHash(num_perm=_VALUES, seed=1).permutations


def _values(found: Shingles) -> Values:
    from datasketch import MinHash

    made = MinHash(num_perm=_VALUES, hashfunc=lambda value: value, scheme="affine32", permutations=_permutations())
    for at in range(0, found.size, _AT_ONCE):
        made.update_batch([int(value) for value in found[at : at + _AT_ONCE] >> np.uint64(32)])
    return np.asarray(made.hashvalues, np.uint32)


def _all_values(
    corpus: Corpus, there: Mapping[str, int], text: Callable[[str], Shingles]
) -> dict[str, NDArray[np.uint32]]:
    """Return the MinHash values of each paper with enough text, from the cache as far as they are there."""
    file = index_folder(corpus) / _KEPT
    kept = _kept(file)
    made: dict[str, tuple[int, Values]] = {}
    for document, change in there.items():
        if document in kept and kept[document][0] == change:
            made[document] = kept[document]
        else:
            found = text(document)
            made[document] = change, _values(found) if found.size else np.empty(0, np.uint32)
    _put(file, made)
    return {document: values for document, (_, values) in made.items() if values.size}


def _kept(file: Path) -> dict[str, tuple[int, Values]]:
    """Return what the cache has, by document: its change, and its values, none where it says too little."""
    # Missing or damaged: all is made anew.
    with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile), file.open("rb") as stream:
        kept = np.load(stream, allow_pickle=False)
        ids, changes, values, enough = (kept[name] for name in ("ids", "changes", "values", "enough"))
        if int(kept["method"]) == _METHOD and values.shape == (len(ids), _VALUES):
            rows = zip(ids, changes, values, enough, strict=True)
            return {str(i): (int(c), v if e else np.empty(0, np.uint32)) for i, c, v, e in rows}
    return {}


def _put(file: Path, made: Mapping[str, tuple[int, Values]]) -> None:
    rows = np.zeros((len(made), _VALUES), np.uint32)
    enough = np.zeros(len(made), np.bool_)
    for row, (_, values) in enumerate(made.values()):
        if values.size:
            rows[row], enough[row] = values, True
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = file.with_suffix(".new.npz")
    changes = np.array([change for change, _ in made.values()], np.int64)
    np.savez(fresh, ids=np.array(list(made), "U64"), changes=changes, values=rows, enough=enough, method=_METHOD)
    fresh.replace(file)
