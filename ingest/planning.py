"""What a run would do: which files were met before, and which are new."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus import Corpus
from corpus.model import Delivery
from corpus.originals import digest_of
from ingest.formats import FORMATS
from ingest.outcomes import Planned, Request
from ingest.sources import Source, media_type, walk

Seen = tuple[str, int, int]  # a file's path in its delivery, its size and its time


def known_files(corpus: Corpus, delivery: Delivery) -> dict[Seen, str]:
    """Return the documents that files of a delivery were found to be; those in the trash too, which stay there."""
    met = corpus.store.occurrences(delivery=delivery.id)
    return {(found.path, found.size, found.modified_ns): found.document for found in met}


def seen(source: Source) -> Seen:
    return source.relative, source.size, source.modified_ns


def plan(paths: Sequence[Path], corpus: Corpus, request: Request) -> list[Planned]:
    """Return what `run` would do, without doing it.

    Raises:
        UsageError: a path is not there.
    """
    known, sources = known_files(corpus, request.delivery(paths)), walk(paths)
    documents = set(corpus.store.tries())
    planned = []
    for source in sources:
        try:
            planned.append(Planned(source, _action(source, known.get(seen(source)), documents)))
        except OSError as error:
            planned.append(Planned(source, f"list as one that cannot be opened ({error.strerror or error})"))
    return planned


def _action(source: Source, known: str | None, documents: set[str]) -> str:
    """Return what is to be done with a file; its bytes are added to the `documents` read before it."""
    if known in documents:
        return "unchanged: nothing to do"
    kind, digest = media_type(source.path, source.name), digest_of(source.path)
    if digest in documents:
        return "same bytes as a paper met before: note where it was met"
    documents.add(digest)
    return f"read ({kind})" if kind in FORMATS else f"keep, but it cannot be searched yet ({kind})"
