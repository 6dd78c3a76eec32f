"""The search index of a corpus: its state, and making it anew."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli import wording
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus
    from corpus.custody import Indexed


def index_form(corpus: Corpus) -> dict[str, Any]:
    """Return where the index lies, what it holds, and how many documents it is behind."""
    from search.indexes import behind, index_folder, open_index

    index = open_index(corpus)
    try:
        state = index.state()
        missed = len(behind(corpus, index))
    finally:
        index.close()
    return {
        "folder": str(index_folder(corpus)),
        "pages": state.pages,
        "documents": state.documents,
        "behind": missed,
        "up_to_date": missed == 0,
    }


def show_index(corpus: Corpus, out: Console) -> None:
    """Print whether searches see everything that was ingested."""
    found = index_form(corpus)
    out.print()
    if found["up_to_date"]:
        line(out, f"The index is up to date: {wording.count(found['pages'], 'page')}.")
    else:
        said = f"The index has yet to take in {wording.count(found['behind'], 'changed document')}"
        line(out, (f"{said}: the next search does that, or gongmun reindex.", "yellow"))


def indexed(corpus: Corpus) -> Indexed:
    """Return what the index says it holds, for `corpus.custody.verify`."""
    from corpus.custody import Indexed
    from search.indexes import open_index
    from search.query import PageRange

    index = open_index(corpus)
    try:
        return Indexed(index.state().change, index.facets(PageRange(1, None), None))
    finally:
        index.close()


def made_anew(corpus: Corpus, progress: Callable[[int, int], None]) -> int:
    """Delete the index and make it again; return how many documents that took in.

    Raises:
        CorpusLocked: another process writes to the corpus.
    """
    from corpus.locking import only_writer
    from search.indexes import catch_up, index_folder, open_index

    with only_writer(corpus.folder, "making the index anew"):
        _put_away(index_folder(corpus))
        index = open_index(corpus, writable=True)
        try:
            return catch_up(corpus, index, progress)
        finally:
            index.close()


def _put_away(folder: Path) -> None:
    """Delete an index, all of it or nothing.

    Raises:
        CorpusLocked: Windows, and another process has it open.
    """
    from corpus.errors import CorpusLocked

    old = folder.with_name(f"{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        try:
            folder.rename(old)
        except OSError as error:
            raise CorpusLocked(f"Another process reads the index in {folder}; end it, then try again.") from error
        shutil.rmtree(old, ignore_errors=True)
