"""Papers outside of the reader, at signed addresses: the original, a page for printing, a page for plain reading.

The two pages need no script, and are allowed none. Text of a paper is escaped wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from corpus.cells import Table
from corpus.citation import cite_page, formatted
from corpus.errors import GongmunError, NotFound
from corpus.listings import shown
from corpus.model import Listing, Page
from corpus.written import harmless
from ingest.render import has_picture
from ui.web.gate import NOT_KEPT, Refused, document_of, language_of, number_of, refused
from ui.web.page_html import STYLE, page_html
from ui.web.reading import why
from ui.web.room import Room, room
from ui.web.texts import texts
from ui.web.units import unit

_POLICY = "; ".join(
    [
        "default-src 'none'",
        "img-src 'self'",
        "style-src 'unsafe-inline'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ]
)
_HEADERS = {"content-security-policy": _POLICY, **NOT_KEPT}
_PRINTED = 1860  # pixels across
_STYLES = {"ko": "korean", "en": "english"}
_FONT = "font-family: Pretendard, 'Noto Sans KR', 'Noto Sans CJK KR', 'Malgun Gothic', NanumGothic, sans-serif"


# -- the original


async def original(request: Request) -> Response:
    """Answer with the bytes as they came, for the disk and never for the window."""
    try:
        document = document_of(request, "original")
        path, listing = await to_thread.run_sync(_original, document, language_of(request))
    except Refused as error:
        return refused(error)
    name = listing.files[0].rpartition("/")[2] or listing.title
    headers = {
        "content-disposition": disposition(name),
        "content-security-policy": "default-src 'none'; sandbox",
        "cache-control": "private, no-store",
    }
    return FileResponse(path, media_type=_media_type(listing.document.media_type), headers=headers)


def _original(document: str, language: str) -> tuple[Path, Listing]:
    here = room()
    listing = _listing(here, document, language)
    try:
        return here.corpus.originals.local(document), listing
    except GongmunError as error:
        raise Refused(404, str(error)) from error


_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_LONGEST = 120  # characters of a name; of Korean ones, file systems take 85 to 255


def disposition(name: str) -> str:
    """Return the header that has a browser save a file under a name (RFC 6266, RFC 8187), whatever the name is."""
    safe = _FORBIDDEN.sub(" ", harmless(shown(name)).replace("\ufffd", " ")).strip(" .") or "document"
    stem, dot, ending = safe.rpartition(".")
    if dot and len(safe) > _LONGEST:
        safe = f"{stem[: _LONGEST - len(ending[:10]) - 1]}.{ending[:10]}"
    safe = safe[:_LONGEST]
    plain = re.sub(r"[^A-Za-z0-9 ._-]", "_", safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _media_type(written: str) -> str:
    return written if re.fullmatch(r"[a-z0-9]+/[a-z0-9.+-]{1,100}", written) else "application/octet-stream"


# -- pages for printing and for reading


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of a paper with what is said about it; `query` signs the neighbours' addresses as well."""

    listing: Listing
    page: Page
    cited: str
    language: str
    query: str
    picture: str | None
    tables: tuple[Table, ...] = ()

    @property
    def said(self) -> dict[str, str]:
        return dict(texts("reading", self.language))

    @property
    def source(self) -> str:
        """The citation as HTML, its permanent form in a line of its own, with the notices of its releases."""
        words, _, form = self.cited.rpartition("\n")
        return f'<p class="source">{escape(harmless(words))}</p><p class="form">{escape(form)}</p>'

    @property
    def where(self) -> str:
        return escape(harmless(self.place))

    @property
    def place(self) -> str:
        page = self.page
        return unit(page.number, page.label, self.language, page.kind, page.name, page.address)

    @property
    def title(self) -> str:
        return escape(harmless(self.listing.title))

    @property
    def reader(self) -> str:
        return f"/reader?doc={self.listing.document.id}&amp;page={self.page.number}"


async def to_print(request: Request) -> Response:
    """Answer with a page that prints on one sheet with its citation."""
    return await _answered(request, "print", _print_page)


async def plain(request: Request) -> Response:
    """Answer with the text of a page as plain HTML, for screen readers and for selecting by keyboard."""
    return await _answered(request, "plain", _plain_page)


async def _answered(request: Request, purpose: str, page_of: Callable[[Sheet], str]) -> Response:
    try:
        document, number = document_of(request, purpose), number_of(request, "page")
        language = language_of(request)
        sheet = await to_thread.run_sync(_sheet, document, number, language, request.url.query)
    except Refused as error:
        return refused(error)
    return HTMLResponse(page_of(sheet), headers={**_HEADERS, "content-language": language})


def _sheet(document: str, number: int, language: str, query: str) -> Sheet:
    here = room()
    listing = _listing(here, document, language)
    try:
        page = here.corpus.store.page(document, number)
        cited = formatted(cite_page(here.corpus.store, listing, number), _STYLES[language])
    except NotFound as error:
        raise Refused(404, texts("reading", language)["no_such"]) from error
    except GongmunError as error:
        raise Refused(503, str(error)) from error
    drawn = has_picture(listing.document.media_type, page.kind)
    signed = f"/picture/{document}/{number}/{_PRINTED}.webp?{here.signer.query('picture', document)}"
    found = here.corpus.store.tables(page)
    return Sheet(listing, page, cited, language, query, signed if drawn else None, found)


def _listing(here: Room, document: str, language: str) -> Listing:
    with here.searching() as searcher:
        listing = searcher.listing(document)
    if listing is None:
        raise Refused(404, texts("reading", language)["no_such"])
    return listing


def _html(sheet: Sheet, style: str, body: str) -> str:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{sheet.title}</title>'
    head += f"<style>{style}{STYLE}</style>"
    return f'<!doctype html><html lang="{sheet.language}"><head>{head}</head><body>{body}</body></html>'


# -- printing


def _print_page(sheet: Sheet) -> str:
    page, said = sheet.page, sheet.said
    across, down = page.width, page.height
    if page.rotation in (90, 270):
        across, down = down, across
    wide = bool(sheet.picture) and across > down
    room_down = 132 if wide else 222  # millimetres: A4 less margins, title and citation
    style = _PRINT_STYLE.format(font=_FONT, way="landscape" if wide else "portrait", down=room_down)
    name = said["picture"].format(title=sheet.listing.title, where=sheet.place)
    shown_page = (
        f'<img src="{escape(sheet.picture)}" alt="{escape(harmless(name))}">' if sheet.picture else _text(sheet)
    )
    body = (
        f'<p class="hint">{escape(said["to_print"])} <a href="{sheet.reader}">{escape(said["back"])}</a></p>'
        f"<main><h1>{sheet.title}</h1><p class=where>{sheet.where}</p><figure>{shown_page}</figure>"
        f"<footer>{sheet.source}</footer></main>"
    )
    return _html(sheet, style, body)


_PRINT_STYLE = """
@page {{ size: A4 {way}; margin: 12mm }}
* {{ box-sizing: border-box }}
html {{ {font}; font-size: 9pt; line-height: 1.45; color: #1f2322; background: #fff }}
body {{ margin: 0 auto; max-width: 273mm; padding: 6mm }}
h1 {{ font-size: 11pt; line-height: 1.3; margin: 0 }}
.where {{ margin: 0 0 3mm; color: #555 }}
figure {{ margin: 0 }}
figure img {{ display: block; max-width: 100%; max-height: {down}mm; margin: 0 auto; border: .2mm solid #bbb }}
figure p {{ font-size: 10.5pt; white-space: pre-wrap }}
footer {{ margin-top: 3mm; border-top: .2mm solid #bbb; padding-top: 2mm; break-inside: avoid }}
footer p {{ margin: 0 0 1mm; overflow-wrap: anywhere }}
.form {{ font-family: monospace; font-size: 7pt; color: #444 }}
.hint {{ margin: 0 0 5mm; padding: 2mm 3mm; background: #f1efe9; border-radius: 1.5mm }}
.hint a {{ color: #1d5c63 }}
@media print {{ body {{ padding: 0; max-width: none }} .hint {{ display: none }} }}
"""


# -- reading


def _plain_page(sheet: Sheet) -> str:
    links = _neighbours(sheet)
    body = (
        f'<nav>{links}<a href="{sheet.reader}">{escape(sheet.said["back"])}</a></nav>'
        f"<main><h1>{sheet.title}</h1><h2>{sheet.where}</h2>{_text(sheet)}"
        f"<h2>{escape(sheet.said['source'])}</h2>{sheet.source}</main><nav>{links}</nav>"
    )
    return _html(sheet, _PLAIN_STYLE.format(font=_FONT), body)


def _neighbours(sheet: Sheet) -> str:
    pages, number = sheet.listing.document.pages or sheet.page.number, sheet.page.number
    names = [("previous", "prev", number - 1), ("next", "next", number + 1)]
    start, query = f"/plain/{sheet.listing.document.id}", escape(sheet.query)
    return "".join(
        f'<a rel="{rel}" href="{start}/{to}?{query}">{escape(sheet.said[name])}</a> '
        for name, rel, to in names
        if 1 <= to <= pages
    )


_PLAIN_STYLE = """
:root {{ color-scheme: light dark }}
html {{ {font}; font-size: 112.5%; line-height: 1.7 }}
body {{ max-width: 44rem; margin: 0 auto; padding: 1.5rem 1.25rem 4rem }}
h1 {{ font-size: 1.35rem; line-height: 1.35; margin: 1.5rem 0 .25rem }}
h2 {{ font-size: 1rem; margin: 0 0 1.5rem }}
h2:not(:first-of-type) {{ margin: 2.5rem 0 .5rem; border-top: 1px solid; padding-top: 1rem }}
p {{ overflow-wrap: anywhere }}
.text {{ white-space: pre-wrap }}
.head {{ opacity: .75; font-size: .85em }}
.source, .form {{ font-size: .85rem; margin: .25rem 0 }}
.form {{ font-family: monospace }}
nav a {{ margin-right: 1rem }}
"""


def _text(sheet: Sheet) -> str:
    """Return a page's visible text as HTML, or why there is none."""
    page = sheet.page
    if not page.visible.strip():
        return f"<p>{escape(sheet.said['empty'].format(reason=why(page.reason, sheet.language)))}</p>"
    return page_html(page, sheet.tables, sheet.said, texts("reader", sheet.language)["table_n"])


ROUTES = [
    Route("/original/{document}", original),
    Route("/print/{document}/{page}", to_print),
    Route("/plain/{document}/{page}", plain),
]
