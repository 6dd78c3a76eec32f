"""Finding the tables of PDFs: a second pass, once their pages can be searched. The index has no part in it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from pathlib import Path

import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.cells import Table
from corpus.locking import only_writer
from corpus.model import Page, Reason, State
from ingest.formats import pdf_tables
from ingest.outcomes import failure, writing_to
from ingest.worker import BATCH
from ingest.workers import WorkerPool

STAGE = "tables"
_PDF = "application/pdf"
_AHEAD = 8  # tasks handed out before the first is done

Found = dict[int, tuple[Table, ...]]  # tables by page


def left(corpus: Corpus) -> list[str]:
    """Return the PDFs that were not yet looked through for tables by this finder."""
    d, s = tables.documents, tables.stages
    done = sa.select(s.c.document).where(s.c.page == 0, s.c.stage == STAGE, s.c.fingerprint == pdf_tables.FINGERPRINT)
    query = sa.select(d.c.id).where(d.c.media_type == _PDF, d.c.pages > 0, d.c.id.not_in(done)).order_by(d.c.pages)
    with corpus.store.reading() as connection:
        waiting = list(connection.scalars(query))
    met = corpus.store.visible()
    return [document for document in waiting if document in met]


def run(corpus: Corpus, *, workers: int | None = None, executor: Executor | None = None) -> Iterator[tuple[int, int]]:
    """Find the tables of all PDFs that are left; yield how many of how many documents are done.

    A paper of which a batch of pages fails keeps what was found on the others. Closing the iterator ends the run.

    Raises:
        CorpusLocked: another process writes to the corpus.
        CorpusUnusable: the corpus cannot be written to.
    """
    settings = corpus.settings
    with writing_to(corpus), only_writer(corpus.folder, "finding tables"):
        documents = left(corpus)
        pool = executor or WorkerPool(
            workers or settings.workers or None, seconds=settings.worker_seconds, memory_mb=settings.worker_memory_mb
        )
        try:
            yield from _over(corpus, pool, documents)
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def find(path: Path, pages: list[Page]) -> Found:
    """Find the tables on some pages of a PDF; the task of a worker.

    Raises:
        FormatError: the file cannot be opened.
    """
    ruled = pdf_tables.ruled_on(path, [page.number for page in pages])
    return {page.number: pdf_tables.tables_of(page, ruled[page.number]) for page in pages if ruled[page.number]}


def _over(corpus: Corpus, pool: Executor, documents: list[str]) -> Iterator[tuple[int, int]]:
    tasks: dict[Future[Found], tuple[str, list[Page]]] = {}
    awaited: dict[str, int] = {}
    failed: dict[str, tuple[Reason, str]] = {}
    done = 0

    def take() -> Iterator[tuple[int, int]]:
        nonlocal done
        ready, _ = wait(tasks, return_when=FIRST_COMPLETED)
        for task in ready:
            document, pages = tasks.pop(task)
            error = task.exception()
            if error is None:
                _keep(corpus, pages, task.result())
            elif isinstance(error, BrokenExecutor) or not isinstance(error, Exception):
                raise error
            else:
                failed[document] = failure(error)
            awaited[document] -= 1
            if not awaited[document]:
                _end(corpus, document, failed.get(document))
                done += 1
                yield done, len(documents)

    for document in documents:
        pages = [page for page in corpus.store.pages(document) if page.words]
        batches = [pages[at : at + BATCH] for at in range(0, len(pages), BATCH)] or [[]]
        awaited[document] = len(batches)
        for batch in batches:
            tasks[pool.submit(find, corpus.originals.local(document), batch)] = document, batch
            while len(tasks) >= _AHEAD:
                yield from take()
    while tasks:
        yield from take()


def _keep(corpus: Corpus, pages: list[Page], found: Found) -> None:
    with corpus.store.writing() as record:
        for page in pages:
            record.tables(page.document, page.number, page.fingerprint, found.get(page.number, ()))


def _end(corpus: Corpus, document: str, failed: tuple[Reason, str] | None) -> None:
    """Note that a document was looked through; where that failed, it is not tried again by this finder."""
    came_to = (State.IN_PART, *failed) if failed else (State.SEARCHABLE, Reason.NONE, "")
    with corpus.store.writing() as record:
        record.stage(document, 0, STAGE, pdf_tables.FINGERPRINT, came_to)
