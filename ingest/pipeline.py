"""The one writer: files go in, originals, pages and index entries come out.

Workers read; this process alone writes, in short transactions, and waits for nothing inside one. What is done is in
the catalogue, so that a run that was stopped or killed goes on where it was when it is started again.
"""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass, field, replace
from itertools import pairwise
from pathlib import Path
from typing import Any

from corpus import Corpus
from corpus.failpoints import failpoint
from corpus.locking import only_writer
from corpus.model import Delivery, Document, Extraction, Occurrence, Reason, State
from corpus.originals import digest_of
from corpus.purging import purged
from corpus.stating import PageState, listed
from corpus.taking_back import same_delivery
from ingest.containers import Unpacking, holds_files, inside, unpack
from ingest.formats import FORMATS
from ingest.formats.model import Member
from ingest.indexing import Indexing
from ingest.media_types import media_type
from ingest.outcomes import (
    PURGED,
    Outcome,
    Progress,
    Request,
    Verdict,
    failure,
    unread_pages,
    with_lost,
    writing_to,
)
from ingest.planning import known_files, seen, unreadable
from ingest.sources import Source, short_hash, walk
from ingest.worker import Reading, batches, begin, go_on
from ingest.workers import WorkerPool
from search.analysis import Entry, entries
from search.figures import VERSION
from search.indexes import catch_up, open_index

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
        unpacking = Unpacking(settings)
        try:
            catch_up(corpus, index)
            indexing = Indexing(corpus, index)
            delivery = same_delivery(request.delivery(paths), corpus.store.deliveries())
            ingest = _Run(corpus, request, delivery, pool, indexing, unpacking, tuple(passwords), retry, progress)
            yield from ingest.over(sources)
            indexing.commit()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            unpacking.close()
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
    members: list[Member] | None = None  # what it holds, once it is unpacked
    folder: Path = Path()  # to which it is unpacked


class _Run:
    """One ingest under way."""

    def __init__(
        self,
        corpus: Corpus,
        request: Request,
        delivery: Delivery,
        pool: Executor,
        indexing: Indexing,
        unpacking: Unpacking,
        passwords: tuple[str, ...],
        retry: bool,
        progress: Report | None,
    ) -> None:
        self.corpus, self.request, self.delivery = corpus, request, delivery
        self.pool, self.indexing, self.unpacking = pool, indexing, unpacking
        self.passwords, self.retry, self.report = passwords, retry, progress
        self.known = known_files(corpus, delivery)
        self.trash = {(met.path, met.document) for met in corpus.store.occurrences(delivery=delivery.id) if met.removed}
        self.visible = corpus.store.visible()
        self.documents, self.purged = corpus.store.documents(), purged(corpus.store)
        self.tries = corpus.store.tries()
        self.tasks: dict[Future[Reading] | Future[list[Member]], _Paper] = {}
        self.under_way: dict[str, _Paper] = {}
        self.untold: set[str] = set()  # documents that are read, and of which no file is in this run
        self.progress = Progress(0, 0, 0, 0, 0)
        self.log = corpus.logger()

    def over(self, sources: list[Source]) -> Iterator[Outcome]:
        """Take in the files one by one, with no more papers under way than keep the workers busy."""
        self.progress = replace(self.progress, of_files=len(sources), of_bytes=sum(s.size for s in sources))
        with self.corpus.store.writing() as record:
            record.release(self.request.release)
            record.delivery(self.delivery)
            record.run(self.delivery, self.request.who)
        for source in sources:
            yield from self._take_in_and_tell(source)
            while len(self.tasks) > 8:
                yield from self._await()
        self._read_left_over()
        while self.tasks:
            yield from self._await()

    # -- taking files in

    def _take_in_and_tell(self, source: Source) -> Iterator[Outcome]:
        outcome = self._take_in(source)
        if outcome is not None:
            yield self._told(outcome)

    def _take_in(self, source: Source) -> Outcome | None:
        """Keep a file and note where it was met; start reading it if that is needed, and then return None."""
        known = self.known.get(seen(source))
        if known is not None and (self._settled(known, source) or (source.relative, known) in self.trash):
            return self._outcome(source, Verdict.UNCHANGED, self.documents[known])
        try:
            kind = media_type(source.path, source.name)
            if self.purged and not self.retry and digest_of(source.path) in self.purged:
                return Outcome(source, Verdict.FAILED, None, State.NOT_SEARCHABLE, Reason.PURGED, PURGED, 0)
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
        if met is not None and self._settled(document, source):
            return None if self._unpacks_again(source, met) else self._outcome(source, Verdict.KNOWN, met)
        return self._start(source, replace(found, media_type=kind))

    def _settled(self, document: str, source: Source) -> bool:
        """Whether a document has been read, and would not be read any better now, from a file of its bytes."""
        if document not in self.tries:
            return False
        state = self.documents[document]
        if state.state is not State.NOT_SEARCHABLE:
            return not (self.retry and state.reason in (Reason.SOME_PAGES, Reason.SOME_FILES))
        if state.reason is Reason.UNSUPPORTED:
            kind = media_type(source.path, source.name)
            reader = FORMATS[kind].fingerprint if kind in FORMATS else ""
            return kind == state.media_type and reader == self.tries[document][0]
        return not self.retry and not (state.reason is Reason.ENCRYPTED and self.passwords)

    def _note(self, source: Source, document: Document) -> None:
        """Note where a document was met; the file that had this path before, if any, stays in the record."""
        key = short_hash(f"{self.delivery.id}\n{source.relative}\n{document.id}")
        parent = source.parents[-1] if source.parents else None
        place = (self.delivery.id, source.relative, source.name, source.size, source.modified_ns, parent)
        with self.corpus.store.writing() as record:
            record.document(document)
            record.take_in(Occurrence(key, document.id, *place), self.request.who)
            if document.id in self.tries:
                self.indexing.changed(record.change(document.id, "met"))
        self.known[seen(source)] = document.id
        self.documents.setdefault(document.id, document)
        if document.id in self.tries and document.id not in self.visible:
            self.indexing.put(document.id, entries(self.corpus.store.pages(document.id)))

    def _start(self, source: Source, document: Document) -> Outcome | None:
        refused = unreadable(document, source.name, self.corpus.settings.file_limit_mb)
        if refused:
            return self._fail(_Paper(source, document, source.path), *refused)
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

    # -- taking pages in

    def _await(self) -> Iterator[Outcome]:
        """Wait for some task, and take in what it read."""
        tasks: Iterable[Future[Any]] = self.tasks
        done, _ = wait(tasks, timeout=0.5, return_when=FIRST_COMPLETED)
        for task in done:
            paper = self.tasks.pop(task)
            error = task.exception()
            if error is None:
                result = task.result()
                if isinstance(result, Reading):
                    self._keep(paper, result)
                else:
                    yield from self._take_in_members(paper, result)
            elif not isinstance(error, Exception) or isinstance(error, BrokenExecutor):
                raise error
            else:
                self._note_failure(paper, *failure(error))
                self.log.warning("%s", paper.source.relative, exc_info=error)
            paper.awaited -= 1
            if paper.awaited == 0 and not self._unpacks(paper):
                yield from self._end(paper)
        self.indexing.commit_if_due()

    def _note_failure(self, paper: _Paper, reason: Reason, detail: str) -> None:
        if paper.members is not None and paper.pages:  # a mail that was read, and whose attachments are lost
            paper.members = [Member("*", None, reason, detail)]
        else:
            paper.failure = reason, detail

    def _end(self, paper: _Paper) -> Iterator[Outcome]:
        """Settle a paper, and tell what became of it and of the other files of its bytes."""
        known = paper.document.id in self.tries and paper.reading is None and paper.members is not None
        outcome = self._outcome(paper.source, Verdict.KNOWN, paper.document) if known else self._settle(paper)
        if paper.document.id not in self.untold:
            yield self._told(outcome)
        document = self.documents[paper.document.id]
        for source in paper.also:
            if not self._unpacks_again(source, document):
                yield self._told(self._outcome(source, Verdict.KNOWN, document))

    # -- taking in what lies in archives and mails

    def _unpacks(self, paper: _Paper) -> bool:
        """Begin to unpack a paper that is read, if it holds files and has not been unpacked; say whether."""
        if paper.members is not None or paper.failure or not holds_files(paper.document):
            return False
        paper.members = []
        refused = self.unpacking.refused(paper.source)
        if refused:
            paper.failure = refused
            return False
        paper.folder, limits = self.unpacking.folder(), self.unpacking.limits(paper.source)
        task = self.pool.submit(unpack, paper.path, paper.document.media_type, paper.folder, limits, self.passwords)
        self.tasks[task] = paper
        paper.awaited += 1
        return True

    def _unpacks_again(self, source: Source, document: Document) -> bool:
        """Begin to unpack a container met before at another place, so that what it holds is listed there too."""
        if not holds_files(document) or document.state is State.NOT_SEARCHABLE or document.id in source.parents:
            return False
        paper = _Paper(source, document, self.corpus.originals.local(document.id), awaited=0)
        return self._unpacks(paper)

    def _take_in_members(self, paper: _Paper, members: list[Member]) -> Iterator[Outcome]:
        """Take in what came out of a container, and note what could not be had of it."""
        paper.members = members
        sources = list(self.unpacking.sources(paper.source, paper.document.id, members))
        lost = [member for member in members if member.path is None and not member.litter]
        self.progress = replace(self.progress, of_files=self.progress.of_files + len(sources) + len(lost))
        with self.corpus.store.writing() as record:
            record.lost(paper.document.id, [(member.name, member.reason, member.detail) for member in lost])
        for source in sources:
            yield from self._take_in_and_tell(source)
        self.unpacking.done(paper.folder)
        for member in lost:
            state = (State.NOT_SEARCHABLE, member.reason, member.detail)
            yield self._told(Outcome(inside(paper.source, member), Verdict.FAILED, None, *state, 0))

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
        state, reason, detail = with_lost(listed(count, paper.pages, paper.failure), paper.members or [])
        if paper.failure:
            with self.corpus.store.writing() as record:
                record.pages(unread_pages(paper.document.id, count, paper.pages, paper.failure[0]), (), VERSION)
        self._write_settled(paper, replace(paper.document, pages=count, state=state, reason=reason, detail=detail))
        if paper.read <= _KEPT_ENTRIES:
            paper.entries.sort(key=lambda entry: entry.number)
            self.indexing.put(paper.document.id, paper.entries)
        else:
            self.indexing.leave(paper.read)
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
            self.indexing.changed(record.settle(document, fingerprint, tries))
        self.documents[document.id] = document
        self.tries[document.id] = (fingerprint, tries)
        self.under_way.pop(document.id, None)

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
