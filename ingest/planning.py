"""What a run would do: which files were met before, and which are new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus import Corpus
from corpus.model import Delivery, Document, Reason
from corpus.originals import digest_of
from corpus.purging import purged
from corpus.taking_back import same_delivery
from ingest.formats import FORMATS
from ingest.media_types import media_type, why_not
from ingest.outcomes import Planned, Request
from ingest.sources import Source, walk

Seen = tuple[str, int, int]  # a file's path in its delivery, its size and its time


def known_files(corpus: Corpus, delivery: Delivery) -> dict[Seen, str]:
    """Return the documents that files of a delivery were found to be; those in the trash too, which stay there."""
    met = corpus.store.occurrences(delivery=delivery.id)
    return {(found.path, found.size, found.modified_ns): found.document for found in met}


def seen(source: Source) -> Seen:
    return source.relative, source.size, source.modified_ns


def unreadable(document: Document, name: str, limit_mb: int) -> tuple[Reason, str] | None:
    """Return why a document of this received name is not even opened, and what to do; None if it is."""
    if document.size == 0:
        return Reason.EMPTY, "The file is empty; ask for it again."
    if document.media_type not in FORMATS:
        no_reader = "There is no reader for it yet; it is kept as it came. Convert a copy to PDF, and ingest that."
        return why_not(document.media_type, name) or (Reason.UNSUPPORTED, no_reader)
    if document.size > limit_mb << 20:
        return Reason.TOO_LARGE, f"It is larger than {limit_mb} MB; raise file_limit_mb in corpus.toml to read it."
    return None


def plan(paths: Sequence[Path], corpus: Corpus, request: Request) -> list[Planned]:
    """Return what `run` would do, without doing it.

    Raises:
        UsageError: a path is not there.
    """
    delivery = same_delivery(request.delivery(paths), corpus.store.deliveries())
    known, sources, refused = known_files(corpus, delivery), walk(paths), purged(corpus.store)
    documents = set(corpus.store.tries())
    planned = []
    for source in sources:
        try:
            planned.append(Planned(source, _action(source, known.get(seen(source)), documents, refused)))
        except OSError as error:
            planned.append(Planned(source, f"list as one that cannot be opened ({error.strerror or error})"))
    return planned


def _action(source: Source, known: str | None, documents: set[str], refused: frozenset[str]) -> str:
    """Return what is to be done with a file; its bytes are added to the `documents` read before it."""
    if known in documents:
        return "unchanged: nothing to do"
    kind, digest = media_type(source.path, source.name), digest_of(source.path)
    if digest in refused:
        return "purged before: leave out (--retry takes it in again)"
    if digest in documents:
        return "same bytes as a paper met before: note where it was met"
    documents.add(digest)
    return f"read ({kind})" if kind in FORMATS else f"keep, but it cannot be searched yet ({kind})"
