"""Purging for good: rows, bytes, pictures, index and the room on disk that SQLite keeps of them.

Everything after the rows can be done again, and is by whoever purges next or calls `finish`, until it is noted in the
log that it was done to the end. Copies that people made elsewhere (backups, exports) are theirs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable

from corpus import Corpus, purging
from corpus.errors import CorpusLocked, UsageError
from corpus.failpoints import failpoint
from corpus.locking import only_writer
from corpus.purging import Plan, give_back, purged
from ingest.drawing import CACHE, PICTURES
from ingest.left_behind import forget_names
from ingest.outcomes import writing_to
from ingest.picture_cache import PictureCache
from search.indexes import catch_up, index_folder, open_index

Report = Callable[[int, int], None]  # documents indexed, of how many


def purge(corpus: Corpus, planned: Plan, who: str, progress: Report | None = None) -> None:
    """Delete what is planned, for good, and finish what a purge before left undone.

    Raises:
        UsageError: what is planned has changed meanwhile; plan it anew.
        CorpusLocked: another process writes to the corpus, or (Windows) reads its index.
        CorpusUnusable: the corpus cannot be written to, or goes on being read; `finish` does the rest.
    """
    with writing_to(corpus), only_writer(corpus.folder, "a purge"):
        if purging.plan(corpus.store, planned.places) != planned:
            raise UsageError("These papers have changed meanwhile; run the purge again.")
        forget_names(corpus, planned.places)
        purging.erase(corpus.store, planned, who)
        _finish(corpus, who, progress)


def finish(corpus: Corpus, who: str, progress: Report | None = None) -> bool:
    """Do what a purge that was cut off left undone; return False, having done nothing, if there is none.

    Raises:
        CorpusLocked, CorpusUnusable: as `purge`.
    """
    with writing_to(corpus), only_writer(corpus.folder, "a purge"):
        if not purging.unfinished(corpus.store):
            return False
        _finish(corpus, who, progress)
        return True


def _finish(corpus: Corpus, who: str, progress: Report | None) -> None:
    pictures = PictureCache(corpus.folder / CACHE / PICTURES, corpus.settings.picture_cache_mb, lambda error: None)
    for document in sorted(purged(corpus.store)):
        corpus.originals.forget(document)
        pictures.forget(document)
    failpoint("purge files")
    give_back(corpus.store)
    failpoint("purge catalogue")
    _index_anew(corpus, progress)
    failpoint("purge index")
    purging.finished(corpus.store, who)


def _index_anew(corpus: Corpus, progress: Report | None) -> None:
    """Delete the index and make it again: neither of its halves gives back the words of a page that is deleted."""
    folder = index_folder(corpus)
    if folder.exists():
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise CorpusLocked(f"Another process reads the index in {folder}; end it, then: gongmun purge") from error
    index = open_index(corpus, writable=True)
    try:
        catch_up(corpus, index, progress)
    finally:
        index.close()
