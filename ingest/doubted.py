"""PDF pages whose text layer may be garbage that looks like text: no Hangul on a page of a Korean paper.

Such layers come of fonts with a wrong map to Unicode (`¹ý¹«ºÎ` for 법무부), or of OCR in the wrong language. A page is
looked at if its paper is Korean (another page, its title or its file name has Hangul) and its own text has letters
enough, no Hangul, and hardly any of the small words that English consists of. It is then for `replaces` to say, from
both texts, which of them is the page's: a page in Latin letters is recognised as such, and keeps its own.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.model import Page, Reason, State
from corpus.recording import Recorder
from corpus.waiting import SCRIPT_STAGE, Waiting
from ingest.formats import pdf

SAID = (
    "The text that the file gives for some pages is not what they show, which is Korean: they were read by OCR instead."
)
_PDF = "application/pdf"
_VERSION = "1"  # to be raised with every change of what is looked at
_HANGUL = re.compile("[가-힣ᄀ-ᇿㄱ-ㆎ]")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[^\W_]{3,}")
_SMALL = re.compile(r"\b(?:the|of|and|to|in|for|is|on|by|with|as|at|this|that|be|are|or|from|was|not|an|it|a)\b", re.I)
_LEAST_LETTERS = 40
_LEAST_HANGUL = 20  # on a page, for its paper to be Korean
_MOST_SMALL = 0.05  # of the words
_MOSTLY = 0.5  # of the letters recognised that must be Hangul
_SURE = 0.75  # confidence
_MOST_ALIKE = 0.2  # of the words of the text layer that the picture has too


def fingerprint(tool: str) -> str:
    """Return the name of what pages are looked at with; `tool` is the fingerprint of the OCR."""
    return f"{tool} {_VERSION} {pdf.FINGERPRINT}"


def unseen(corpus: Corpus, tool: str) -> list[str]:
    """Return the PDFs that were not yet looked through."""
    d, s = tables.documents, tables.stages
    done = sa.select(s.c.document).where(s.c.page == 0, s.c.stage == SCRIPT_STAGE, s.c.fingerprint == fingerprint(tool))
    query = sa.select(d.c.id).where(d.c.media_type == _PDF, d.c.pages > 0, d.c.id.not_in(done)).order_by(d.c.pages)
    with corpus.store.reading() as connection:
        found = list(connection.scalars(query))
    met = corpus.store.visible()
    return [document for document in found if document in met]


def left(corpus: Corpus, tool: str) -> list[Waiting]:
    """Return the pages that are to be looked at, of the PDFs that were not yet looked through."""
    documents = unseen(corpus, tool)
    if not documents:
        return []
    s = tables.stages
    query = sa.select(s.c.document, s.c.page).where(s.c.stage == SCRIPT_STAGE, s.c.fingerprint == fingerprint(tool))
    with corpus.store.reading() as connection:
        done = {(row.document, row.page) for row in connection.execute(query)}
    said = defaultdict(list)
    for each in corpus.store.occurrences():
        said[each.document].append(each.name)
    for document, facts in corpus.store.facts().items():
        said[document].append(facts.get("Title", ""))
    return [
        Waiting(document, page.number, Reason.NONE, "")
        for document in documents
        for page in doubtful(corpus.store.pages(document), said[document])
        if (document, page.number) not in done
    ]


def seen(record: Recorder, documents: Iterable[str], tool: str) -> None:
    """Note that PDFs were looked through."""
    for document in documents:
        record.stage(document, 0, SCRIPT_STAGE, fingerprint(tool), (State.SEARCHABLE, Reason.NONE, ""))


def doubtful(pages: Sequence[Page], said: Iterable[str]) -> Iterator[Page]:
    """Yield the pages of a PDF that are to be looked at; `said` are its title and its file names."""
    if any(_HANGUL.search(each) for each in said) or any(len(_HANGUL.findall(p.text)) >= _LEAST_HANGUL for p in pages):
        yield from (
            page for page in pages if (page.state, page.reason) == (State.SEARCHABLE, Reason.NONE) and _is(page)
        )


def _is(page: Page) -> bool:
    if _HANGUL.search(page.text) or len(_LETTER.findall(page.text)) < _LEAST_LETTERS:
        return False
    return len(_SMALL.findall(page.text)) < _MOST_SMALL * len(re.findall(r"\w+", page.text))


def replaces(found: Page, page: Page) -> bool:
    """Whether a page as recognised is to stand for the page as its file has it: Korean for sure, and another text."""
    letters = len(_LETTER.findall(found.text))
    if letters < _LEAST_LETTERS or len(_HANGUL.findall(found.text)) < _MOSTLY * letters:
        return False
    words = _WORD.findall(page.text.lower())
    picture = set(_WORD.findall(found.text.lower()))
    alike = sum(word in picture for word in words)
    return (found.confidence or 0.0) >= _SURE and alike <= _MOST_ALIKE * len(words)
