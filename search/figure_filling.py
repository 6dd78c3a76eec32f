"""Filling in the figures of documents that were read before there were any, or by an older recogniser."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus import Corpus, figure_rows
from corpus.model import Page
from search.figures import VERSION, of_page

_AT_ONCE = 25  # pages written in one go: a transaction stays short


def lacking(corpus: Corpus) -> list[str]:
    """Return the documents of which not all pages have the figures of this version."""
    with corpus.store.reading() as connection:
        return figure_rows.unrecognised(connection, VERSION)


def fill(corpus: Corpus) -> int:
    """Recognise the figures of documents that lack them; return how many. The holder of the writer lock calls this."""
    documents = lacking(corpus)
    for document in documents:
        for pages in _batches(corpus.store.pages(document)):
            found = [of_page(page) for page in pages]
            with corpus.store.writing() as record:
                figure_rows.write(record.connection, found, VERSION)
                figure_rows.forget(record.connection, document)  # not whole yet
        with corpus.store.writing() as record:
            figure_rows.note(record.connection, [document], VERSION)
    return len(documents)


def _batches(pages: Sequence[Page]) -> Iterator[Sequence[Page]]:
    for start in range(0, len(pages), _AT_ONCE):
        yield pages[start : start + _AT_ONCE]
