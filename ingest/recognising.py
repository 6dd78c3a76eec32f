"""Reading what is only a picture: pages that need OCR, and pictures on pages of text. Done once all text is searchable.

Each page is kept as soon as it is read, so that a run that was stopped goes on where it was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from corpus import Corpus
from corpus.correcting import as_corrected
from corpus.locking import only_writer
from corpus.model import Document, Extraction, Page, Reason
from corpus.stating import restate
from corpus.waiting import OCR_STAGE, SCRIPT_STAGE, Waiting, waiting, wanted
from ingest import doubted, ocr
from ingest.indexing import Indexing
from ingest.ocr_models import available
from ingest.outcomes import failure, writing_to
from ingest.workers import WorkerPool
from search.figures import VERSION, of_page
from search.indexes import catch_up, open_index

_AHEAD = 8  # tasks handed out before the first is done


@dataclass(frozen=True, slots=True)
class Recognised:
    """How far a run is: the document just worked on as it is now listed, pages done and pages in all."""

    document: Document
    pages: int
    of_pages: int


def left(corpus: Corpus, retry: bool = False) -> list[Waiting]:
    """Return the pages that would be read now; those an equal OCR has failed on only with `retry`.

    With Tesseract there, the pages follow whose text is to be compared with their picture: their reason is none.
    """
    folder = models(corpus)
    tool = ocr.fingerprint(folder)
    unread = [each for each in waiting(corpus.store, ocr.MEDIA_TYPES) if retry or each.tried != tool]
    if available(folder):
        return unread
    every = unread + doubted.left(corpus, tool)
    place = {document: at for at, document in enumerate(dict.fromkeys(each.document for each in every))}
    return sorted(every, key=lambda each: place[each.document])


def run(
    corpus: Corpus,
    *,
    workers: int | None = None,
    passwords: Sequence[str] = (),
    retry: bool = False,
    executor: Executor | None = None,
) -> Iterator[Recognised]:
    """Recognise what waits for it; yield after each page. Closing the iterator, or Ctrl-C, ends the run.

    Raises:
        CorpusLocked: another process writes to the corpus.
        CorpusUnusable: the corpus or its index cannot be written to.
    """
    settings = corpus.settings
    with writing_to(corpus), only_writer(corpus.folder, "reading pictures"):
        index = open_index(corpus, writable=True)
        pool = executor or WorkerPool(
            workers or settings.workers or None, seconds=settings.ocr_seconds, memory_mb=settings.worker_memory_mb
        )
        try:
            catch_up(corpus, index)
            indexing = Indexing(corpus, index)
            looking = doubted.unseen(corpus, ocr.fingerprint(models(corpus)))
            yield from _Run(corpus, pool, indexing, tuple(passwords)).over(left(corpus, retry))
            _looked_through(corpus, looking)
            indexing.commit()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            index.close()


def nothing_left(corpus: Corpus) -> None:
    """Note, where `left` gives nothing, that no paper need be looked through again.

    Raises:
        CorpusLocked: another process writes to the corpus.
        CorpusUnusable: the corpus cannot be written to.
    """
    documents = doubted.unseen(corpus, ocr.fingerprint(models(corpus)))
    if documents:
        with writing_to(corpus), only_writer(corpus.folder, "reading pictures"):
            _looked_through(corpus, documents)


def _looked_through(corpus: Corpus, documents: Sequence[str]) -> None:
    folder = models(corpus)
    if documents and not available(folder):
        with corpus.store.writing() as record:
            doubted.seen(record, documents, ocr.fingerprint(folder))


def models(corpus: Corpus) -> Path | None:
    """Return the folder of language models that a corpus names; None for the system's."""
    return Path(corpus.settings.ocr_models).expanduser() if corpus.settings.ocr_models else None


class _Run:
    def __init__(self, corpus: Corpus, pool: Executor, indexing: Indexing, passwords: tuple[str, ...]) -> None:
        self.corpus, self.pool, self.indexing, self.passwords = corpus, pool, indexing, passwords
        self.folder = models(corpus)
        self.tool = ocr.fingerprint(self.folder)
        self.tasks: dict[Future[Page], Page] = {}
        self.done = 0

    def over(self, pages: Sequence[Waiting]) -> Iterator[Recognised]:
        """Hand out the pages document by document, those first that somebody wants by then; keep what comes back."""
        left = {document: [each.page for each in group] for document, group in groupby(pages, lambda e: e.document)}
        while left:
            asked_for = (document for document in wanted(self.corpus.store) if document in left)
            document = next(asked_for, next(iter(left)))
            for number in left.pop(document):
                self._hand_out(self.corpus.store.page(document, number))
                while len(self.tasks) >= _AHEAD:
                    yield from self._await(len(pages))
        while self.tasks:
            yield from self._await(len(pages))

    def _hand_out(self, page: Page) -> None:
        media_type = self.corpus.store.document(page.document).media_type
        path = self.corpus.originals.local(page.document)
        task = self.pool.submit(ocr.read, path, media_type, page, self.folder, self.passwords)
        self.tasks[task] = page

    def _await(self, of_pages: int) -> Iterator[Recognised]:
        done, _ = wait(self.tasks, timeout=0.5, return_when=FIRST_COMPLETED)
        for task in done:
            page, error = self.tasks.pop(task), task.exception()
            if error is not None and (not isinstance(error, Exception) or isinstance(error, BrokenExecutor)):
                raise error
            self._keep(page, error, None if error else task.result())
            self.done += 1
            yield Recognised(self.corpus.store.document(page.document), self.done, of_pages)
        self.indexing.commit_if_due()

    def _keep(self, page: Page, error: BaseException | None, found: Page | None) -> None:
        """Write a page as recognised, or that it could not be, and what its document is listed under now."""
        reason, detail = failure(error) if isinstance(error, Exception) else (Reason.NONE, "")
        stage, tool = OCR_STAGE, self.tool
        if page.reason is Reason.NONE:
            stage, tool = SCRIPT_STAGE, doubted.fingerprint(tool)
            found = None if found is None or found.fingerprint == page.fingerprint else found
            detail = doubted.SAID if found is not None else detail
        elif found is not None:
            if page.reason is Reason.UNREAD_PICTURES:  # its own text stays, and the tables in that
                found = replace(found, tables=self.corpus.store.tables(page))
            reason = found.reason
            detail = ocr.NOT_DECODED if reason is Reason.UNREAD_PICTURES else ""
        if found is not None:
            found = as_corrected(self.corpus.store, found)
        with self.corpus.store.writing() as record:
            record.stage(page.document, page.number, stage, tool, (page.state, reason, detail))
            if found is not None:
                record.extraction(self._extraction(page, found))
                record.pages([found], [of_page(found)], VERSION)
                self.indexing.changed(record.change(page.document, "recognised"))
            if found is not None or reason is Reason.UNREAD_PICTURES:
                restate(record, page.document)
        if found is not None:
            self.indexing.leave(1)

    def _extraction(self, page: Page, found: Page) -> Extraction:
        """Return what the catalogue lists the recognised pages under, with what the file says of itself."""
        before = self.corpus.store.extraction(page.document, page.fingerprint)
        pages = self.corpus.store.document(page.document).pages or 0
        facts = before.facts if before is not None else {}
        return Extraction(page.document, found.fingerprint, "Tesseract", {}, pages, facts)
