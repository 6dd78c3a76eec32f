"""Pictures of pages and places of characters for a server: drawn in limited processes, kept on disk, asked by threads.

A page that hangs or crashes its process costs those who asked for it and nobody else; it is not tried again for a
while. Passwords are nowhere kept, so that pages of an encrypted paper are read as text.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from corpus import Corpus
from corpus.errors import FileFailure, GongmunError, NotFound, UsageError
from corpus.glyphs import Glyphs, exactly, from_words, keep, load, text_digest
from corpus.model import EVERYTHING, Audience, Basis, Page, Reason
from ingest.formats import FormatError
from ingest.glyphs import glyphs
from ingest.open_papers import other_picture, page_picture, warm_up
from ingest.outcomes import failure
from ingest.picture_cache import PictureCache, PictureKey
from ingest.render import DRAWN, PDF, TURNS, VERSION
from ingest.single_flight import SingleFlight
from ingest.workers import WorkerDied, WorkerPool, WorkerTimedOut

T = TypeVar("T")

WIDTHS = (160, 310, 620, 930, 1240, 1860, 2480)
"""Widths in pixels that pages are drawn at: windows of all sizes share pictures, and nobody can fill the cache."""

CACHE, PICTURES = "cache", "pictures"
_THUMBNAIL = WIDTHS[0]
_AGAIN = 600.0  # seconds until a page that could not be drawn is tried again
_LIMIT_HINT = "read its text, or raise picture_seconds in corpus.toml"


class Drawing:
    """The drawing of one corpus's pages: long-lived, and safe to share between threads, which wait for their picture.

    `workers` processes are started at once, so that the first page does not wait for them; close it to end them.
    """

    def __init__(self, corpus: Corpus, workers: int = 2) -> None:
        limits = corpus.settings
        self._corpus = corpus
        self._log = corpus.logger()
        self._pool = WorkerPool(workers, seconds=limits.picture_seconds, memory_mb=limits.worker_memory_mb)
        self._cache = PictureCache(corpus.folder / CACHE / PICTURES, limits.picture_cache_mb, self._not_kept)
        self._pictures: SingleFlight[bytes] = SingleFlight()
        self._glyphs: SingleFlight[Glyphs] = SingleFlight()
        self._failed: dict[tuple[str, int, str], tuple[float, Reason, str]] = {}
        for _ in range(workers):
            self._pool.submit(warm_up)

    def picture(self, document: str, number: int, width: int, turn: int = 0, audience: Audience = EVERYTHING) -> bytes:
        """Return page `number` (from 1) as a WebP at least `width` pixels wide: the next of `WIDTHS`, at most its last.

        The page is turned as its own rotation says and then by `turn` degrees clockwise; minus the page's rotation
        gives the picture in which the record's boxes lie.

        Raises:
            NotFound: there is no such page, the audience may not see it, or its original is gone.
            FileFailure: the page cannot be drawn; the sentence says why and what remains.
            UsageError: it cannot be turned so.
        """
        if turn not in TURNS:
            raise UsageError(f"A page cannot be turned by {turn} degrees; give 0, 90, 180 or 270.")
        self._check(document, number, audience)
        key = PictureKey(document, number, _next_width(width), turn, VERSION)
        return self._cache.read(key) or self._pictures.run(key, lambda: self._drawn(key))

    def thumbnail(self, document: str, number: int, audience: Audience = EVERYTHING) -> bytes:
        """Return page `number` as a WebP 160 pixels wide; raises as `picture` does."""
        return self.picture(document, number, _THUMBNAIL, audience=audience)

    def glyphs(self, page: Page) -> Glyphs:
        """Return where the characters of a page stand, read from its original the first time and kept.

        Where they cannot be had (another reader, an encrypted or a lost original, no text layer) they are guessed
        from the words, and not `exact`. Withheld text has no place.
        """
        key = (page.document, page.number, page.fingerprint, page.withheld)
        return load(self._corpus.store, page) or self._glyphs.run(key, lambda: self._read_glyphs(page))

    def forget(self, document: str) -> None:
        """Delete the pictures kept of a document."""
        self._cache.forget(document)

    def close(self) -> None:
        """End the processes, what they are at included."""
        self._pool.shutdown(cancel_futures=True)

    def __enter__(self) -> Drawing:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _check(self, document: str, number: int, audience: Audience) -> None:
        """Refuse a page that is not there for this audience, or has no picture."""
        store = self._corpus.store
        found = store.documents([document]).get(document)
        if found is None or not self._may_see(document, audience):
            raise NotFound(f"There is no document {document[:12]!r}; gongmun status --files lists them all.")
        if found.media_type not in DRAWN or (found.media_type != PDF and not found.pages):
            said = f"{found.media_type} has no pictures of its pages; read its text, or open the original."
            raise FormatError(Reason.UNSUPPORTED, said)
        if number < 1 or number > (found.pages or number):
            raise NotFound(f"There is no page {number}; give a number from 1 to {found.pages or 'its last'}.")

    def _may_see(self, document: str, audience: Audience) -> bool:
        store = self._corpus.store
        met = {occurrence.delivery for occurrence in store.occurrences(document) if not occurrence.removed}
        if audience.releases is None or not met:
            return bool(met)
        deliveries = store.deliveries()
        return any(deliveries[delivery].release in audience.releases for delivery in met)

    def _drawn(self, key: PictureKey) -> bytes:
        kept = self._cache.read(key)  # by a thread that was done when this one began
        if kept is not None:
            return kept
        place = (key.document, key.page, "picture")
        media_type = self._corpus.store.documents([key.document])[key.document].media_type
        asked = (key.page, key.width, key.turn)
        if media_type == PDF:
            picture = self._tried(place, lambda path: self._work(page_picture, path, *asked))
        else:
            picture = self._tried(place, lambda path: self._work(other_picture, path, *asked, media_type))
        self._cache.keep(key, picture)
        return picture

    def _read_glyphs(self, page: Page) -> Glyphs:
        kept = load(self._corpus.store, page)
        if kept is not None:
            return kept
        document = self._corpus.store.documents([page.document]).get(page.document)
        if document is None or document.media_type != PDF or page.basis is not Basis.TEXT_LAYER:
            return from_words(page)
        place = (page.document, page.number, page.fingerprint)
        digest = text_digest(page.text)
        try:
            packed = self._tried(place, lambda path: self._work(glyphs, path, page.number, digest))
            found = exactly(page, packed)
        except (GongmunError, ValueError) as error:
            self._log.warning("%s page %d: characters placed by words: %s", page.document[:12], page.number, error)
            return from_words(page)
        try:
            keep(self._corpus.store, page, packed)
        except (OSError, SQLAlchemyError) as error:
            self._log.warning("Boxes of characters are not kept: %s", error)
        return found

    def _tried(self, place: tuple[str, int, str], work: Callable[[Path], bytes]) -> bytes:
        """Do a piece of work with a page's original, unless it failed a short time ago."""
        until, reason, detail = self._failed.get(place, (0.0, Reason.NONE, ""))
        if time.monotonic() < until:
            raise FormatError(reason, detail)
        try:
            return work(self._corpus.originals.local(place[0]))
        except FileFailure as error:
            told = _told(error, place[0], place[1])
            self._failed[place] = (time.monotonic() + _AGAIN, told.reason, told.detail)
            self._log.warning("%s page %d: %s", place[0][:12], place[1], error)
            raise told from error

    def _work(self, function: Callable[..., bytes], *arguments: object) -> bytes:
        """Have a worker do something; a second one, if the first had ended before or by it."""
        try:
            return self._result(function, *arguments)
        except WorkerDied:
            return self._result(function, *arguments)

    def _result(self, function: Callable[..., bytes], *arguments: object) -> bytes:
        try:
            return self._pool.submit(function, *arguments).result()
        except GongmunError:
            raise
        except Exception as error:
            raise FormatError(*failure(error)) from error

    def _not_kept(self, error: OSError) -> None:
        self._log.warning("Pictures of pages are not kept: %s", error)


def _next_width(width: int) -> int:
    return next((each for each in WIDTHS if each >= width), WIDTHS[-1])


def _told(error: FileFailure, document: str, number: int) -> FormatError:
    """Say what a reader of the page can do."""
    reason = failure(error)[0]
    if isinstance(error, WorkerTimedOut):
        return FormatError(reason, f"Page {number} took longer than {error.seconds:g} s; {_LIMIT_HINT}.")
    if isinstance(error, WorkerDied):
        return FormatError(reason, f"Page {number} broke the program that draws; read its text, or open the original.")
    if reason is Reason.ENCRYPTED:
        command = f"gongmun show {document[:12]} --page {number} --image FILE.png --password"
        return FormatError(
            reason, f"The paper is encrypted and no password is kept; read its text, or draw it with: {command}"
        )
    return FormatError(reason, str(error))
