"""The one writer: files go in, originals, pages and index entries come out.

Workers read; this process alone writes, in short transactions, and waits for nothing inside one. What is done is in
the catalogue, so that a run that was stopped or killed goes on where it was when it is started again.
"""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path

from corpus import Corpus
from corpus.failpoints import failpoint
from corpus.locking import only_writer
from corpus.model import Delivery, Document, Extraction, Occurrence, Reason, State
from ingest.formats import FORMATS
from ingest.outcomes import (
    Outcome,
    PageState,
    Progress,
    Request,
    Verdict,
    failure,
    listed,
    unread_pages,
    writing_to,
)
from ingest.planning import known_files, seen
from ingest.sources import Source, media_type, short_hash, walk
from ingest.worker import Reading, batches, begin, go_on
from ingest.workers import WorkerPool
from search.analysis import Entry, entries
from search.figures import VERSION
from search.index import Index
from search.indexes import catch_up, open_index

_COMMIT_PAGES = 2500
_NOT_READ = "It has not been read yet; run the same ingest again."
_OURS = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG}  # failures to write, never to read
_KEPT_ENTRIES = 2000  # pages whose entries are kept for the index; longer papers are analysed again from the store


Report = Callable[[Progress], None]


def run(
    paths: Sequence[Path],
    corpus: Corpus,
    request: Request,
    *,
    workers: int | None = None,
    passwords: Sequence[str] = (),
    retry: bool = False,
    progress: Report | None = None,
    executor: Executor | None = None,
) -> Iterator[Outcome]:
    """Ingest files; yield what became of each, as it becomes known.

    `workers` overrides the setting (0: one per core); `retry` reads again what could not be read before; `executor`
    takes the place of the worker pool. Closing the iterator, or Ctrl-C, ends the run: what is read stays.

    Raises:
        UsageError: a path is not there.
        CorpusLocked: another process writes to the corpus.
        CorpusUnusable: the corpus or its index cannot be written to.
    """
    sources = walk(paths)
    settings = corpus.settings
    with writing_to(corpus), only_writer(corpus.folder, "an ingest"):
        corpus.originals.forget_unfinished()
        index = open_index(corpus, writable=True)
        pool = executor or WorkerPool(
            workers or settings.workers or None,
            seconds=settings.worker_seconds,
            memory_mb=settings.worker_memory_mb,
        )
        ingest = _Run(corpus, request, request.delivery(paths), pool, index, tuple(passwords), retry, progress)
        try:
            catch_up(corpus, index)
            yield from ingest.over(sources)
            ingest.finish()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            index.close()


@dataclass(slots=True)
class _Paper:
    """A document that is being read: what is still to come, and what the index will take."""

    source: Source
    document: Document
    path: Path
    awaited: int = 1
    read: int = 0
    reading: Reading | None = None
    pages: dict[int, PageState] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    failure: tuple[Reason, str] | None = None
    also: list[Source] = field(default_factory=list)  # files of the same bytes, met meanwhile


class _Run:
    """One ingest under way."""

    def __init__(
        self,
        corpus: Corpus,
        request: Request,
        delivery: Delivery,
        pool: Executor,
        index: Index,
        passwords: tuple[str, ...],
        retry: bool,
        progress: Report | None,
    ) -> None:
        self.corpus, self.request, self.delivery = corpus, request, delivery
        self.pool, self.index, self.passwords, self.retry, self.report = pool, index, passwords, retry, progress
        self.known = known_files(corpus, delivery)
        self.trash = {(met.path, met.document) for met in corpus.store.occurrences(delivery=delivery.id) if met.removed}
        self.visible = corpus.store.visible()
        self.documents = corpus.store.documents()
        self.tries = corpus.store.tries()
        self.tasks: dict[Future[Reading], _Paper] = {}
        self.under_way: dict[str, _Paper] = {}
        self.untold: set[str] = set()  # documents that are read, and of which no file is in this run
        self.progress = Progress(0, 0, 0, 0, 0)
        self.uncommitted = 0
        self.last_change = self.complete_to = 0  # our last change, and the last up to which the index has all
        self.began = self.committed_at = time.monotonic()
        self.log = corpus.logger()

    def over(self, sources: list[Source]) -> Iterator[Outcome]:
        """Take in the files one by one, with no more papers under way than keep the workers busy."""
        self.progress = replace(self.progress, of_files=len(sources), of_bytes=sum(s.size for s in sources))
        self.last_change = self.complete_to = self.index.state().change
        with self.corpus.store.writing() as record:
            record.release(self.request.release)
            record.delivery(self.delivery)
        for source in sources:
            outcome = self._take_in(source)
            if outcome is not None:
                yield self._told(outcome)
            while len(self.tasks) > 8:
                yield from self._await()
        self._read_left_over()
        while self.tasks:
            yield from self._await()

    def finish(self) -> None:
        self._commit()

    # -- taking files in

    def _take_in(self, source: Source) -> Outcome | None:
        """Keep a file and note where it was met; start reading it if that is needed, and then return None."""
        known = self.known.get(seen(source))
        if known is not None and (self._settled(known) or (source.relative, known) in self.trash):
            return self._outcome(source, Verdict.UNCHANGED, self.documents[known])
        try:
            kind = media_type(source.path, source.name)
            document, size = self.corpus.originals.put(source.path)
        except OSError as error:
            if error.errno in _OURS or error.filename not in (None, str(source.path)):
                raise  # it is the corpus that cannot be written
            detail = f"It cannot be opened ({error.strerror or error}); check its permissions and try again."
            return Outcome(source, Verdict.FAILED, None, State.NOT_SEARCHABLE, Reason.UNREADABLE, detail, 0)
        met = self.documents.get(document)
        if met is not None and (source.relative, document) in self.trash:
            return self._outcome(source, Verdict.UNCHANGED, met)
        found = met or Document(document, size, kind, reason=Reason.NOT_READ, detail=_NOT_READ)
        self._note(source, found)
        if document in self.under_way:
            self.under_way[document].also.append(source)
            return None
        if met is not None and self._settled(document):
            return self._outcome(source, Verdict.KNOWN, met)
        return self._start(source, found)

    def _settled(self, document: str) -> bool:
        """Whether a document has been read, and would not be read any better now."""
        if document not in self.tries:
            return False
        state = self.documents[document]
        if state.state is not State.NOT_SEARCHABLE:
            return not (self.retry and state.reason is Reason.SOME_PAGES)
        if state.reason is Reason.UNSUPPORTED:
            return state.media_type not in FORMATS
        return not self.retry and not (state.reason is Reason.ENCRYPTED and self.passwords)

    def _note(self, source: Source, document: Document) -> None:
        """Note where a document was met; the file that had this path before, if any, stays in the record."""
        key = short_hash(f"{self.delivery.id}\n{source.relative}\n{document.id}")
        place = (self.delivery.id, source.relative, source.name, source.size, source.modified_ns)
        with self.corpus.store.writing() as record:
            record.document(document)
            record.occurrence(Occurrence(key, document.id, *place))
            if document.id in self.tries:
                self._changed(record.change(document.id, "met"))
        self.known[seen(source)] = document.id
        self.documents.setdefault(document.id, document)
        if document.id in self.tries and document.id not in self.visible:
            self.index.put_pages(document.id, entries(self.corpus.store.pages(document.id)))
            self.uncommitted += 1

    def _start(self, source: Source, document: Document) -> Outcome | None:
        why_not = self._unreadable(document)
        if why_not:
            return self._fail(_Paper(source, document, source.path), *why_not)
        paper = _Paper(source, document, self.corpus.originals.local(document.id))
        self.under_way[document.id] = paper
        task = self.pool.submit(begin, paper.path, document.media_type, document.id, self.passwords)
        self.tasks[task] = paper
        return None

    def _read_left_over(self) -> None:
        """Read the papers that a run which was killed kept and did not read, and whose files are gone since."""
        for document in self.documents.keys() - self.tries.keys() - self.under_way.keys():
            for met in [met for met in self.corpus.store.occurrences(document) if not met.removed][:1]:
                source = Source(self.corpus.originals.local(document), met.path, met.size, met.modified_ns)
                self.untold.add(document)
                self._start(source, self.documents[document])

    def _unreadable(self, document: Document) -> tuple[Reason, str] | None:
        limit = self.corpus.settings.file_limit_mb
        if document.size == 0:
            return Reason.EMPTY, "The file is empty; ask for it again."
        if document.media_type not in FORMATS:
            return Reason.UNSUPPORTED, f"{document.media_type} cannot be read yet; it is kept as it came."
        if document.size > limit << 20:
            return Reason.TOO_LARGE, f"It is larger than {limit} MB; raise file_limit_mb in corpus.toml to read it."
        return None

    # -- taking pages in

    def _await(self) -> Iterator[Outcome]:
        """Wait for some task, and take in what it read."""
        done, _ = wait(self.tasks, timeout=0.5, return_when=FIRST_COMPLETED)
        for task in done:
            paper = self.tasks.pop(task)
            error = task.exception()
            if error is None:
                self._keep(paper, task.result())
            elif not isinstance(error, Exception) or isinstance(error, BrokenExecutor):
                raise error
            else:
                paper.failure = failure(error)
                self.log.warning("%s", paper.source.relative, exc_info=error)
            paper.awaited -= 1
            if paper.awaited == 0:
                outcome = self._settle(paper)
                if paper.document.id not in self.untold:
                    yield self._told(outcome)
                for source in paper.also:
                    yield self._told(self._outcome(source, Verdict.KNOWN, self.documents[paper.document.id]))
        if self._commit_is_due():
            self._commit()

    def _keep(self, paper: _Paper, reading: Reading) -> None:
        """Write a batch of pages to the catalogue, and ask for the others when it was the first."""
        kind = FORMATS[paper.document.media_type]
        with self.corpus.store.writing() as record:
            if paper.reading is None:
                outline = reading.outline
                record.extraction(
                    Extraction(paper.document.id, kind.fingerprint, kind.tool, {}, outline.pages, outline.facts)
                )
            record.pages(reading.pages, reading.figures, VERSION)
        failpoint("page batch")
        paper.pages.update((page.number, (page.state, page.reason)) for page in reading.pages)
        paper.read += len(reading.pages)
        if paper.read <= _KEPT_ENTRIES:
            paper.entries += reading.entries
        self.progress = replace(self.progress, pages=self.progress.pages + len(reading.pages))
        self._tell()
        if paper.reading is None:
            paper.reading = reading
            self._ask_for_the_rest(paper, reading)

    def _ask_for_the_rest(self, paper: _Paper, reading: Reading) -> None:
        ends = batches(reading.outline.pages)
        for before, last in pairwise(ends):
            arguments = (paper.path, paper.document.media_type, paper.document.id, reading.outline)
            task = self.pool.submit(go_on, *arguments, before + 1, last, reading.password)
            self.tasks[task] = paper
            paper.awaited += 1

    def _settle(self, paper: _Paper) -> Outcome:
        """Give a paper that is read its listed state, and hand its pages to the index."""
        if paper.reading is None or (paper.failure and not paper.pages):
            return self._fail(paper, *(paper.failure or (Reason.DAMAGED, "It could not be read; ask for it again.")))
        count = paper.reading.outline.pages
        state, reason, detail = listed(count, paper.pages, paper.failure)
        if paper.failure:
            with self.corpus.store.writing() as record:
                record.pages(unread_pages(paper.document.id, count, paper.pages, paper.failure[0]), (), VERSION)
        self._write_settled(paper, replace(paper.document, pages=count, state=state, reason=reason, detail=detail))
        if paper.read <= _KEPT_ENTRIES:
            paper.entries.sort(key=lambda entry: entry.number)
            self.index.put_pages(paper.document.id, paper.entries)
        else:
            self.complete_to = min(self.complete_to, self.last_change - 1)
        self.uncommitted += paper.read
        failed = state is State.NOT_SEARCHABLE
        return self._outcome(paper.source, Verdict.FAILED if failed else Verdict.NEW, self.documents[paper.document.id])

    def _fail(self, paper: _Paper, reason: Reason, detail: str) -> Outcome:
        self._write_settled(paper, replace(paper.document, state=State.NOT_SEARCHABLE, reason=reason, detail=detail))
        self.log.warning("%s: %s: %s", paper.source.relative, reason, detail)
        return self._outcome(paper.source, Verdict.FAILED, self.documents[paper.document.id])

    def _write_settled(self, paper: _Paper, document: Document) -> None:
        fingerprint = FORMATS[document.media_type].fingerprint if document.media_type in FORMATS else ""
        tries = self.tries.get(document.id, ("", 0))[1] + 1
        with self.corpus.store.writing() as record:
            self._changed(record.settle(document, fingerprint, tries))
        self.documents[document.id] = document
        self.tries[document.id] = (fingerprint, tries)
        self.under_way.pop(document.id, None)

    def _changed(self, number: int) -> None:
        """Note a change of ours; a number left out was another process's change, which the index has not taken in."""
        if number == self.last_change + 1 and self.complete_to == self.last_change:
            self.complete_to = number
        self.last_change = number

    # -- the index

    def _commit_is_due(self) -> bool:
        waited = time.monotonic() - self.committed_at
        return self.uncommitted >= _COMMIT_PAGES or (self.uncommitted > 0 and waited > self._patience())

    def _patience(self) -> float:
        """Return how long pages may wait for a commit, in seconds: the first not at all, later ones ever longer."""
        since = time.monotonic() - self.began
        return 0.0 if self.committed_at == self.began else min(20.0, 5.0 + since / 4)

    def _commit(self) -> None:
        """Write the index; what it has not been given (long papers, changes of others) it takes from the store."""
        failpoint("between catalogue and index")
        self.index.commit(self.complete_to)
        if self.complete_to < self.last_change:
            catch_up(self.corpus, self.index)
            self.last_change = self.complete_to = self.index.state().change
        self.uncommitted, self.committed_at = 0, time.monotonic()

    # -- telling

    def _outcome(self, source: Source, verdict: Verdict, document: Document) -> Outcome:
        state = (document.state, document.reason, document.detail)
        return Outcome(source, verdict, document.id, *state, document.pages or 0)

    def _told(self, outcome: Outcome) -> Outcome:
        size = self.progress.bytes + outcome.source.size
        self.progress = replace(self.progress, files=self.progress.files + 1, bytes=size)
        self._tell()
        return outcome

    def _tell(self) -> None:
        if self.report:
            self.report(self.progress)
