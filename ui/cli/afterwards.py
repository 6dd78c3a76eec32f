"""What follows an ingest once the text is searchable: tables, then pictures of text (`gongmun ingest --ocr`)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ui.cli import wording
from ui.cli.progress import Events, steps
from ui.cli.terminal import say

if TYPE_CHECKING:
    from corpus import Corpus
    from ingest.outcomes import Outcome


def recognise(
    corpus: Corpus, passwords: Sequence[str], retry: bool, events: Events, workers: int | None = None
) -> None:
    """Recognise the pages that wait for it, with a progress bar, and say what came of them.

    What was read stays when it is stopped; the same command goes on. Without Tesseract it says what to install.
    """
    from corpus.model import Basis
    from ingest import recognising
    from ingest.ocr_models import available

    pages = recognising.left(corpus, retry)
    if not pages:
        return recognising.nothing_left(corpus)
    waiting = [each for each in pages if each.reason]
    missing = available(recognising.models(corpus))
    if missing:
        say(f"{_pages(len(waiting))} cannot be searched yet. {missing} Then: gongmun ingest --ocr")
        return
    with steps(f"Reading {_pages(len(pages))}") as tell:
        for each in recognising.run(corpus, workers=workers, passwords=passwords, retry=retry):
            tell(each.pages, each.of_pages)
            events.recognised(each.pages, each.of_pages)
    still = {(each.document, each.page) for each in recognising.left(corpus, retry=True)}
    read = len([each for each in waiting if (each.document, each.page) not in still])
    if waiting:
        say(f"{_pages(len(waiting))}: {read:,} read by OCR, {len(waiting) - read:,} not; gongmun status says which.")
    compared = [each for each in pages if not each.reason]
    wrong = sum(corpus.store.page(each.document, each.page).basis is not Basis.TEXT_LAYER for each in compared)
    if wrong:
        say(f"{wording.count(wrong, 'page')} with a text that is not what the page shows: read by OCR instead.")


def _pages(count: int) -> str:
    return f"{wording.count(count, 'page')} with pictures of text"


def find_tables(corpus: Corpus, workers: int | None = None) -> None:
    """Find the tables of the PDFs that were not yet looked through, with a progress bar."""
    from ingest import table_pass

    if not table_pass.left(corpus):
        return
    with steps("Finding tables") as tell:
        for done, of_documents in table_pass.run(corpus, workers=workers):
            tell(done, of_documents)


def link_alike(corpus: Corpus) -> None:
    """Compare the papers that are new or changed with all others, with a progress bar.

    While another process writes they are left for the next ingest, or the next gongmun alike.
    """
    from corpus.errors import CorpusLocked
    from search import near_duplicates

    try:
        with steps("Comparing papers") as tell:
            near_duplicates.link(corpus, tell)
    except CorpusLocked as error:
        say(f"Papers were not compared with each other: {error} Then: gongmun alike")


def as_listed_now(corpus: Corpus, outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return outcomes with the state that their documents are listed under by now."""
    from dataclasses import replace

    documents = corpus.store.documents([each.document for each in outcomes if each.document])
    return [
        replace(each, state=now.state, reason=now.reason, detail=now.detail)
        if each.document and (now := documents.get(each.document))
        else each
        for each in outcomes
    ]
