"""Where a corpus's index lies, and keeping it up with the corpus.

Indexes are disposable and lie in the user's own cache folder by corpus id, never in the corpus itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import platformdirs

from corpus import Corpus
from corpus.errors import CorpusLocked
from corpus.locking import only_writer
from search.analysis import entries
from search.engines.whoosh import WhooshIndex
from search.figure_filling import fill, lacking
from search.index import Index

_COMMIT_EVERY = 2500  # pages


def cache_folder() -> Path:
    """Return the folder for what can be made anew: $GONGMUN_CACHE, else the user's cache folder."""
    return Path(os.environ.get("GONGMUN_CACHE") or platformdirs.user_cache_dir("gongmun", appauthor=False))


def index_folder(corpus: Corpus) -> Path:
    return cache_folder() / "index" / corpus.settings.id


def open_index(corpus: Corpus, writable: bool = False) -> Index:
    """Open a corpus's index; one that is missing, damaged or of another form is empty, and behind.

    Only the holder of the corpus's writer lock may open it writable.
    """
    return WhooshIndex(index_folder(corpus), writable)


def behind(corpus: Corpus, index: Index) -> list[str]:
    """Return the documents that changed since the index was written."""
    return corpus.store.changed_since(index.state().change)[1]


def catch_up(corpus: Corpus, index: Index, progress: Callable[[int, int], None] | None = None) -> int:
    """Replay into a writable index what changed since it was written; return how many documents that were.

    `progress` is told how many documents of how many are done.
    """
    fill(corpus)
    last, documents = corpus.store.changed_since(index.state().change)
    visible = corpus.store.visible()
    done_pages = 0
    for done, document in enumerate(documents):
        pages = corpus.store.pages(document) if document in visible else []
        if pages:
            index.put_pages(document, entries(pages))
        else:
            index.delete(document)
        done_pages += len(pages)
        if progress:
            progress(done + 1, len(documents))
        if done_pages >= _COMMIT_EVERY and done + 1 < len(documents):
            done_pages = 0
            index.commit(index.state().change)
    if documents:
        index.commit(last)
    return len(documents)


def current_index(corpus: Corpus) -> Index:
    """Open the corpus's index, after replaying what it has missed where nobody else is writing."""
    index = open_index(corpus)
    if not behind(corpus, index) and not lacking(corpus):
        return index
    index.close()
    keep_up(corpus)
    return open_index(corpus)


def keep_up(corpus: Corpus) -> bool:
    """Replay what the index has missed; return False, having done nothing, while another process is writing."""
    with suppress(CorpusLocked), only_writer(corpus.folder, "bringing the index up to date"):
        index = open_index(corpus, writable=True)
        try:
            catch_up(corpus, index)
        finally:
            index.close()
        return True
    return False
