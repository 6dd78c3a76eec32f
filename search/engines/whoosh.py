"""Whoosh behind the Index protocol; the only file that imports it.

Whoosh keeps the terms of each page with their counts (no positions: stretches of text are found by search/engines/
grams.py). It pickles its schema, so an index directory is trusted data: it lies in the user's own cache, mode 0700,
and is never taken from elsewhere. Whatever is wrong with it, it is thrown away and built anew from the store.
"""

from __future__ import annotations

import shutil
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BufferedReader
from operator import sub
from pathlib import Path
from pickle import dumps
from struct import Struct
from typing import Any

import numpy as np
from whoosh import index as whoosh_index
from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.columns import NumericColumn
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.filedb.compound import CompoundStorage
from whoosh.filedb.filestore import RamStorage
from whoosh.filedb.structfile import BufferFile, StructFile
from whoosh.formats import Existence
from whoosh.reading import SegmentReader, TermNotFound
from whoosh.system import _INT_SIZE as INT_SIZE
from whoosh.system import pack_int, pack_long, pack_ushort

from corpus.failpoints import failpoint
from corpus.store import PageKey
from search.analysis import JOINT, Entry, fingerprint
from search.engines.evaluation import Mask, Postings, Snapshot, matching, ordered
from search.engines.grams import PAGE_BITS, Grams, identity
from search.engines.mapped import MappedPart
from search.engines.postings import Item, Pool, ReadBefore, read_postings
from search.engines.ranking import scores
from search.english import stem
from search.index import IndexState, Ranked, RankedPage, Tree
from search.query import Word

_FORMAT = "whoosh 2"
_GRAMS = "grams.sqlite"
_CACHED_STEMS, _CACHED_POSTINGS = 2000, 2_000_000  # 8 bytes each posting, for either field
_MANY, _SMALL = 12, 4000  # segments, and pages of a small one


class Terms(FieldType):
    """A field whose terms come ready-made; a posting's weight is how often the term stands on the page."""

    def __init__(self) -> None:
        super().__init__(Existence(), analyzer=None)  # type: ignore[arg-type]


class Codec(W3Codec):
    """Whoosh's own file format, written a whole posting list at a time; its readers read it."""

    def field_writer(self, storage: Any, segment: Any) -> FieldWriter:
        return FieldWriter(self, storage, segment)  # type: ignore[no-untyped-call]

    def terms_reader(self, storage: Any, segment: Any) -> W3TermsReader:
        name = segment.make_filename(self.TERMS_EXT)
        postings = _part(storage, segment.make_filename(self.POSTS_EXT))
        return W3TermsReader(self, _part(storage, name), storage.file_length(name), postings)  # type: ignore[no-untyped-call]


class Part(BufferFile):
    """A file within a memory-mapped segment. Whoosh's own begins with a copy of all of it, which stays in memory."""

    def __init__(self, mapped: memoryview, name: str) -> None:
        StructFile.__init__(self, BufferedReader(MappedPart(mapped)), name)
        self._buf = mapped
        self.is_real = False


def _part(storage: Any, name: str) -> Any:
    """Open a file of a segment; `storage` looks into the segment's one file first, if it has one."""
    whole = getattr(storage, "a", None)
    if not isinstance(whole, CompoundStorage) or whole._source is None or name not in whole._dir:
        return storage.open_file(name)
    offset, length = whole._dir[name]["offset"], whole._dir[name]["length"]
    return Part(memoryview(whole._source)[offset : offset + length], name)


class FieldWriter(W3FieldWriter):
    """Takes what `Pool.iter_postings` yields, and writes each term's postings as one block.

    The bytes are those of Whoosh's W3PostingsWriter, W3TermInfo and OrderedHashWriter, gathered and written at once:
    with an object and three writes for each term, this took half of the time of indexing.
    """

    def add_postings(self, schema: Schema, lengths: Any, items: Iterable[Item]) -> None:
        postings, terms = bytearray(), bytearray()
        offset, place = self._postfile.tell(), self._tindex.tell()  # type: ignore[no-untyped-call]
        for field, term, places, counts in items:
            number = self._fieldmap.setdefault(field, len(self._fieldmap))
            block, info = _block(places, counts, offset + len(postings))
            postings += block
            self._add_term(pack_ushort(number) + term, info, place + len(terms), terms)
        self._postfile.write(bytes(postings))
        self._tindex.dbfile.write(bytes(terms))

    def _add_term(self, key: bytes, info: bytes, place: int, terms: bytearray) -> None:
        """Append a term to those to be written, and enter its place in the tables that are written last."""
        terms += _LENGTHS.pack(len(key), len(info)) + key + info
        table = self._tindex
        table.index.append(place)
        hashed = table.hashfn(key)  # type: ignore[no-untyped-call]
        table.buckets[hashed & 255].append((hashed, place))


_LENGTHS = Struct("!ii")  # whoosh.filedb.filetables: the lengths of a key and its value


def _block(places: list[int], weights: list[float], offset: int) -> tuple[bytes, bytes]:
    """Return a term's postings as they are written at an offset of the postings file, and what is said of them."""
    heaviest = max(weights)
    steps = (places[0],) if len(places) == 1 else tuple(map(sub, places, [0, *places]))
    said = dumps((len(places), places[-1], heaviest, 0, 0, 0), 2)
    data = dumps((steps, None if heaviest == 1.0 else tuple(weights), None), 2)
    block = WHOOSH3_HEADER_MAGIC + pack_int(-len(said) - len(data)) + said + data
    summary = (0, sum(weights), len(places), 0, 0, heaviest, places[0], places[-1])
    return block, W3TermInfo._struct.pack(*summary) + pack_long(offset) + pack_int(len(block))


class WhooshIndex:
    """An index in a folder; `writable` for the one process that holds the corpus's writer lock."""

    def __init__(self, folder: Path, writable: bool = False) -> None:
        self.folder = folder
        self.writable = writable
        self._lock = threading.RLock()
        self._writer: Any = None
        self._reader: Any = None
        self._last: tuple[Any, Mask] | None = None
        opened = _open(folder)
        self.grams, self.whoosh = opened or (_make(folder) if writable else _empty())
        self._made = identity(folder / _GRAMS) if opened or writable else None
        if writable:
            self._drop_unknown()
        self._snapshot: Snapshot
        self._take_snapshot()

    # -- writing

    def put_pages(self, document: str, entries: Sequence[Entry]) -> None:
        with self._lock:
            self.delete(document)
            writer = self._writing()
            for key, entry in zip(self.grams.put(document, entries), entries, strict=True):
                _add(writer, key, entry)

    def delete(self, document: str) -> None:
        with self._lock:
            writer = self._writing()
            number = self.grams.forget(document)
            if number is not None:
                writer.delete_by_term("document", str(number))

    def commit(self, change: int) -> None:
        with self._lock:
            writer, self._writer = self._writing(), None
            writer.commit(mergetype=_merge_many_small)
            failpoint("index commit")
            self.grams.remember(change=change, generation=self.whoosh.latest_generation())
            self.grams.commit()
            self._take_snapshot()

    def _writing(self) -> Any:
        if self._writer is None:
            self.grams.begin()
            self._writer = self.whoosh.writer(codec=Codec(compression=0))  # type: ignore[no-untyped-call]
            self._writer.pool = Pool()
        return self._writer

    def _drop_unknown(self) -> None:
        """After a commit that was cut off, drop the pages that Whoosh has and the table beside it does not."""
        if self.grams.recall("generation") == str(self.whoosh.latest_generation()):
            return
        known = set(self.grams.documents())
        with self.whoosh.reader() as reader:
            numbers = {int(key) >> PAGE_BITS for leaf, _ in reader.leaf_readers() for key in leaf.column_reader("key")}
        writer = self._writing()
        for number in numbers - known:
            writer.delete_by_term("document", str(number))
        self.grams.number_from(max(numbers, default=0))
        self.commit(int(self.grams.recall("change") or 0))

    # -- reading

    def refresh(self) -> None:
        with self._lock:
            if self._made != identity(self.folder / _GRAMS) and (opened := _open(self.folder)):
                self.grams.close()
                self.grams, self.whoosh = opened
                self._made = identity(self.folder / _GRAMS)
            if self._seen != self._version():
                self._take_snapshot()

    def search(
        self,
        tree: Tree,
        allowed: frozenset[str] | None,
        order: Mapping[str, int] | None,
        after: RankedPage | None,
        limit: int,
        by: Tree | None = None,
    ) -> Ranked:
        with self._lock:
            mask = self._matching(tree, allowed)
            wanted = limit > 0 and mask.any()
            found = scores(by or tree, self._snapshot) if wanted else np.zeros(len(mask), dtype=np.float32)
            hits = ordered(mask, found, self._snapshot, order, after, limit)
            documents = len(np.unique(self._snapshot.keys[mask] >> PAGE_BITS))
            return Ranked(tuple(hits), int(np.count_nonzero(mask)), documents)

    def facets(self, tree: Tree, allowed: frozenset[str] | None) -> Mapping[str, int]:
        with self._lock:
            mask = self._matching(tree, allowed)
            numbers, counts = np.unique(self._snapshot.keys[mask] >> PAGE_BITS, return_counts=True)
            return {self._snapshot.documents[int(n)]: int(c) for n, c in zip(numbers, counts, strict=True)}

    def candidates(self, squashed: str, allowed: frozenset[str] | None, without: Word | None = None) -> list[PageKey]:
        with self._lock:
            mask = self._snapshot.places(self.grams.with_stretch(squashed[:JOINT]))
            if without is not None:
                mask &= ~matching(without, self._snapshot)
            if allowed is not None and mask.any():
                mask &= self._snapshot.of_documents(allowed)
            return sorted(self._snapshot.page(int(place)) for place in mask.nonzero()[0])

    def terms(self, prefix: str, limit: int) -> list[str]:
        with self._lock:
            return [term for term, _ in zip(self._snapshot.terms_from(prefix), range(limit), strict=False)]

    def frequency(self, term: str) -> int:
        with self._lock:
            return int(np.count_nonzero(self._snapshot.live[self._snapshot.postings(term)[0]]))

    def state(self) -> IndexState:
        live = self._snapshot.live
        return IndexState(self._change, int(live.sum()), len(self._snapshot.documents), fingerprint())

    def close(self) -> None:
        with self._lock:
            if self._writer is not None:
                self._writer.cancel()
                self._writer = None
            self.grams.rollback()
            self._reader.close()
            self.grams.close()

    def _matching(self, tree: Tree, allowed: frozenset[str] | None) -> Mask:
        """Evaluate a tree; the last answer is kept, since hits and facets ask for the same."""
        key = (tree, allowed)
        if self._last is None or self._last[0] != key:
            mask = matching(tree, self._snapshot)
            if allowed is not None:
                mask = mask & self._snapshot.of_documents(allowed)
            self._last = (key, mask)
        return self._last[1]

    def _version(self) -> tuple[str, int]:
        return self.grams.recall("change"), self.whoosh.latest_generation()

    def _take_snapshot(self) -> None:
        """Read the parts of the index that every query needs: page keys, lengths, what is dead."""
        self._seen = self._version()
        self._change = int(self._seen[0] or 0)
        self._last = None
        if self._reader is not None:
            self._reader.close()
        self._reader = self.whoosh.reader()
        leaves = [(leaf, base) for leaf, base in self._reader.leaf_readers() if leaf.doc_count_all()]
        documents = self.grams.documents()
        keys = _column(leaves, "key", np.int64)
        live = np.isin(keys >> PAGE_BITS, np.array(list(documents), dtype=np.int64))
        for leaf, base in leaves:
            live[[base + place for place in range(leaf.doc_count_all()) if leaf.is_deleted(place)]] = False

        def of_field(field: str) -> ReadBefore:
            return ReadBefore(lambda term: _postings(leaves, field, term.encode()), _CACHED_POSTINGS)

        def terms_from(prefix: str) -> Iterator[str]:
            return (term.decode() for term in self._reader.expand_prefix("terms", prefix))

        @lru_cache(maxsize=_CACHED_STEMS)
        def inflections(stemmed: str) -> list[str]:
            return [term for term in terms_from(stemmed[:-1] or stemmed) if stem(term) == stemmed]

        postings, morphemes = of_field("terms"), of_field("morphemes")
        numbers = {document: n for n, document in documents.items()}
        lengths = _column(leaves, "length", np.float32)
        self._snapshot = Snapshot(
            keys, lengths, live, documents, numbers, self.grams, postings, morphemes, terms_from, inflections
        )


def _open(folder: Path) -> tuple[Grams, Any] | None:
    """Open the two halves of an index; None where there is none, or none that is whole and of this form."""
    if not (folder / _GRAMS).exists():
        return None
    grams = None
    try:
        grams = Grams(folder / _GRAMS)
        if grams.recall("format") == form():
            grams.try_out()
            found: Any = whoosh_index.open_dir(str(folder / "whoosh"))
            found.reader().close()  # raises where a segment is missing or cut off
            return grams, found
    except Exception:  # noqa: BLE001  a damaged index may raise anything at all; it is disposable
        pass
    if grams is not None:
        grams.close()
    return None


def _make(folder: Path) -> tuple[Grams, Any]:
    """Make an index anew, in place of what is there."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "whoosh").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    made = whoosh_index.create_in(str(folder / "whoosh"), _schema())
    grams = Grams.make(folder / _GRAMS)
    grams.remember(change=0, generation=made.latest_generation(), format=form())  # type: ignore[no-untyped-call]
    return grams, made


def _empty() -> tuple[Grams, Any]:
    """Stand in, for a reader, for an index that nobody has made yet."""
    storage: Any = RamStorage()  # type: ignore[no-untyped-call]
    return Grams(None), storage.create_index(_schema())


def form() -> str:
    """Return what an index must be made with to be opened."""
    return f"{_FORMAT}, {fingerprint()}"


def _schema() -> Schema:
    columns = {"key": COLUMN(_numbers("q")), "length": COLUMN(_numbers("i"))}
    return Schema(document=Terms(), terms=Terms(), morphemes=Terms(), **columns)


def _add(writer: Any, key: int, entry: Entry) -> None:
    """Add a page as SegmentWriter.add_document would, without asking each field for its terms one by one."""
    counts = Counter(entry.terms.split(" ")) if entry.terms else Counter()
    place, schema = writer.docnum, writer.schema
    writer.pool.add_page("terms", place, counts)
    writer.pool.add_page("morphemes", place, Counter(entry.morphemes.split()))
    writer.pool.add_page("document", place, {str(key >> PAGE_BITS): 1})
    writer.perdocwriter.start_doc(place)
    writer.perdocwriter.add_column_value("key", schema["key"].column_type, key)
    writer.perdocwriter.add_column_value("length", schema["length"].column_type, counts.total())
    writer.perdocwriter.finish_doc()
    writer.docnum += 1
    writer._added = True


def _merge_many_small(writer: Any, segments: list[Any]) -> list[Any]:
    """Merge the small segments once there are many: every segment costs each query a little."""
    if len(segments) < _MANY:
        return segments
    for segment in segments:
        if segment.doc_count_all() <= _SMALL:
            with SegmentReader(writer.storage, writer.schema, segment) as reader:
                writer.add_reader(reader)
    return [segment for segment in segments if segment.doc_count_all() > _SMALL]


def _numbers(typecode: str) -> Any:
    return NumericColumn(typecode)  # type: ignore[no-untyped-call]


def _column(leaves: Sequence[tuple[Any, int]], name: str, kind: type[np.generic]) -> Any:
    values = [np.fromiter(iter(leaf.column_reader(name)), dtype=kind) for leaf, _ in leaves]
    return np.concatenate(values) if values else np.zeros(0, dtype=kind)


def _postings(leaves: Iterable[tuple[Any, int]], field: str, term: bytes) -> Postings:
    """Return where a term stands, segment by segment: each has it in one block (see `_block`).

    Not by Whoosh's matchers: they go through a list in Python. Deleted pages are among them; the snapshot knows.
    """
    found = []
    for leaf, base in leaves:
        try:
            offset = leaf._terms.term_info(field, term).extent()[0] + len(WHOOSH3_HEADER_MAGIC)
        except TermNotFound:
            continue
        file = leaf._terms._postfile
        found.append(read_postings(file.get(offset + INT_SIZE, -file.get_int(offset)), base))
    found = found or [(np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32))]
    places, often = zip(*found, strict=True)
    return np.concatenate(places), np.concatenate(often)
