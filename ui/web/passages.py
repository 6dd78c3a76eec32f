"""A selected passage as it is copied, at signed addresses: the clean quotation, its readings, its citation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from corpus.citation import Citation, cite_passage, formatted, permanent
from corpus.errors import GongmunError, NotFound, UsageError
from corpus.model import Page, PageSpan, Span
from corpus.store import PageKey
from corpus.written import harmless
from search.clean import NoWords, Quotation, Withheld, clean_quotation
from search.quotes import MAX_LENGTH
from search.usage import Usage
from ui.web.gate import NOT_KEPT, Refused, document_of, language_of, number_of, refused
from ui.web.room import Room, room
from ui.web.texts import texts

_STYLES = {"ko": "korean", "en": "english"}
_NEAREST = 200  # pages of the same paper that line ends are judged by
_OF_OTHERS = 10  # pages of each other paper
_AT_ONCE = 50  # pages read from the store in one go
_BLOCK = 50  # pages that are judged by the same text


@dataclass(frozen=True, slots=True)
class Copied:
    """A quotation with its citation, ready to be copied: the quotation, its source, the permanent form, a line each."""

    quotation: Quotation
    citation: Citation
    language: str

    @property
    def source(self) -> tuple[str, str]:
        """The citation without the words, and its permanent form."""
        words, _, _ = formatted(replace(self.citation, quote=""), _STYLES[self.language]).rpartition("\n")
        return harmless(words), permanent(self.citation)

    def plain(self, choice: str) -> str:
        return "\n".join((f"“{choice}”", *self.source))

    def html(self, choice: str) -> str:
        """Return it as HTML that Hancom Office and Word take over: a quoted paragraph and a common one."""
        source, form = map(escape, self.source)
        return f"<blockquote><p>“{escape(choice)}”</p></blockquote><p>{source}<br>{form}</p>"

    def data(self) -> dict[str, Any]:
        """Return what the component gets."""
        choices, citation = self.quotation.choices, self.citation
        passage = self.quotation.passage
        copies = [{"plain": self.plain(choice), "html": self.html(choice)} for choice in choices]
        start, end = passage[0].start, passage[-1].end
        return {
            "text": choices[0],
            "choices": list(choices),
            "citation": "\n".join(self.source),
            **copies[0],
            "copies": copies,
            "grade": self.quotation.grade.word,
            "span": [start, end],
            "link": f"/reader?doc={citation.document}&page={citation.unit.number}&at={start}-{end}",
        }


async def passage(request: Request) -> Response:
    """Answer with a stretch of a page as it is copied; what cannot be quoted is refused with a sentence."""
    try:
        document, number = document_of(request, "passage"), number_of(request, "page")
        start, end = (_offset(request, name) for name in ("start", "end"))
        found = await to_thread.run_sync(_copied, document, number, Span(start, end), language_of(request))
    except Refused as error:
        return refused(error, as_json=True)
    return JSONResponse(found, headers=NOT_KEPT)


def _offset(request: Request, name: str) -> int:
    written = str(request.path_params[name])
    if not (written.isascii() and written.isdigit() and len(written) < 10):
        raise Refused(404, texts("reading", language_of(request))["no_such"])
    return int(written)


def _copied(document: str, number: int, span: Span, language: str) -> dict[str, Any]:
    here, said = room(), texts("reading", language)
    with here.searching() as searcher:
        listing = searcher.listing(document)
    if listing is None:
        raise Refused(404, said["no_such"])
    try:
        page = here.corpus.store.page(document, number)
        _refuse(span, page, language)
        within = replace(page, tables=here.corpus.store.tables(page))
        quotation = clean_quotation(within, span, usage(here, page))
        spans = tuple(PageSpan(number, part.start, part.end) for part in quotation.passage)
        return Copied(quotation, cite_passage(here.corpus.store, listing, spans, page.fingerprint), language).data()
    except Withheld as error:
        raise Refused(422, said["withheld"]) from error
    except NoWords as error:
        raise Refused(422, said["no_words"]) from error
    except NotFound as error:
        raise Refused(404, said["no_such"]) from error
    except UsageError as error:
        raise Refused(422, str(error)) from error
    except GongmunError as error:
        raise Refused(503, str(error)) from error


def _refuse(span: Span, page: Page, language: str) -> None:
    said = texts("reading", language)
    if not 0 <= span.start < span.end <= len(page.text):
        raise Refused(422, said["no_stretch"].format(start=span.start, end=span.end))
    if len(span) > MAX_LENGTH:
        raise Refused(422, said["too_long"].format(n=f"{len(span):,}", most=f"{MAX_LENGTH:,}"))


# -- what line ends are judged by


def usage(here: Room, page: Page) -> Usage:
    """Return the text that a page's line ends are judged by: its own paper's around it, then that of others."""
    block = (page.number - 1) // _BLOCK
    return _usage(here.corpus.folder.as_posix(), page.document, block, here.corpus.store.last_change())


@lru_cache(maxsize=16)
def _usage(folder: str, document: str, block: int, change: int) -> Usage:
    return Usage.of(_nearest(room(), document, block * _BLOCK + _BLOCK // 2))


def _nearest(here: Room, document: str, middle: int) -> Iterator[Page]:
    store = here.corpus.store
    known = store.documents(store.visible(here.audience))
    own = known[document].pages or middle + _BLOCK if document in known else 0
    numbers = sorted(range(1, own + 1), key=lambda number: abs(number - middle))[:_NEAREST]
    keys = [(document, number) for number in sorted(numbers)]
    for id, other in known.items():
        if id != document:
            keys += [(id, number) for number in range(1, min(other.pages or 0, _OF_OTHERS) + 1)]
    for start in range(0, len(keys), _AT_ONCE):
        some: list[PageKey] = keys[start : start + _AT_ONCE]
        yield from store.some_pages(some, words=False).values()


ROUTES = [Route("/passage/{document}/{page}/{start}-{end}", passage)]
