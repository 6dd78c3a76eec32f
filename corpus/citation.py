"""A citation: of a page or of a passage, its permanent form, its formats, and whether it still holds.

The permanent form says which bytes, which page, which code points of which extraction, and a checksum of the words:

    gongmun:1/<sha256 of the file>/p<page>[-<page>]/<start>-<end>[+p<page>:<start>-<end>…]/<extraction>/<checksum>

`all` stands for the code points where a whole page is cited. The checksum is the first 12 hexadecimal digits of the
SHA-256 of the words in UTF-8, the stretches of a passage joined by a line end. The extraction is its fingerprint; pages
read by different ones (OCR is per page) give one each, in order, joined by +.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, reduce
from hashlib import sha256

from corpus.anchoring import How, anchor
from corpus.errors import NotFound, UsageError
from corpus.folding import HYPHEN
from corpus.model import (
    EVERYTHING,
    Audience,
    Basis,
    Listing,
    Page,
    PageSpan,
    Passage,
    Selector,
    Span,
    UnitKind,
)
from corpus.originals import Originals
from corpus.store import Store

_CONTEXT = 32  # characters of prefix and suffix, as in Selector.of


@dataclass(frozen=True, slots=True)
class Unit:
    """What was cited: `number` counts from 1 in the file and is a page number only where `kind` is page."""

    kind: UnitKind
    number: int
    name: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A page (`passage` empty, `quote` "") or a passage, with all that is needed to print it.

    `quote` is the text as it stands, the stretches of a passage joined by line ends. `labels` are the printed labels of
    the first and the last page, None where the file has none. `confidence` (0 to 1) is given for OCR only.
    """

    document: str
    passage: Passage
    fingerprint: str
    quote: str
    prefix: str
    suffix: str
    unit: Unit
    last: int
    labels: tuple[str | None, str | None]
    title: str
    file: str
    agencies: tuple[str, ...]
    releases: tuple[str, ...]
    notices: tuple[str, ...]
    date: str | None
    date_source: str | None
    basis: Basis
    confidence: float | None

    @property
    def label(self) -> str | None:
        return self.labels[0]


# -- making one


def cite_page(store: Store, listing: Listing, number: int) -> Citation:
    """Cite a whole page, as currently read.

    Raises:
        NotFound: the document has no such page.
    """
    return _citation(listing, (), [store.page(listing.document.id, number)])


def cite_passage(store: Store, listing: Listing, passage: Passage, fingerprint: str | None = None) -> Citation:
    """Cite a passage, on the current extraction of its pages or on the one named.

    Raises:
        NotFound: the document has no such page, or not in that extraction.
        UsageError: the passage is empty, leaves its page or touches withheld text.
    """
    if not passage:
        raise UsageError("An empty passage cannot be cited; cite the page, or select some words.")
    numbers = dict.fromkeys(span.page for span in passage)
    pages = {number: store.page(listing.document.id, number, fingerprint) for number in numbers}
    for span in passage:
        _refuse(span, pages[span.page])
    return _citation(listing, passage, list(pages.values()))


def _refuse(span: PageSpan, page: Page) -> None:
    if not 0 <= span.start < span.end <= len(page.text):
        raise UsageError(
            f"{span.start}-{span.end} is no stretch of page {span.page}, which has {len(page.text)} characters; "
            "select the words again."
        )
    if any(covered.start < span.end and span.start < covered.end for covered in page.withheld):
        raise UsageError(f"The passage touches withheld text on page {span.page}; cite the words beside it, or the page.")


def _citation(listing: Listing, passage: Passage, pages: list[Page]) -> Citation:
    first, last = pages[0], pages[-1]
    prefix = suffix = ""
    if passage:
        head, tail = passage[0], passage[-1]
        prefix = first.visible[max(0, head.start - _CONTEXT) : head.start]
        suffix = last.visible[tail.end : tail.end + _CONTEXT]
    return Citation(
        document=listing.document.id,
        passage=passage,
        fingerprint="+".join(_fewest([page.fingerprint for page in pages])),
        quote=_words(passage, {page.number: page for page in pages}),
        prefix=prefix,
        suffix=suffix,
        unit=Unit(first.kind, first.number, first.name, first.address),
        last=last.number,
        labels=(first.label, last.label),
        title=listing.title,
        file=listing.files[0].rpartition("/")[2],
        agencies=listing.agencies,
        releases=listing.releases,
        notices=listing.notices,
        date=listing.date,
        date_source=listing.date_source,
        basis=next((b for b in _WEAKEST_FIRST if any(page.basis is b for page in pages)), first.basis),
        confidence=min((page.confidence for page in pages if page.confidence is not None), default=None),
    )


_WEAKEST_FIRST = (Basis.OCR, Basis.CORRECTED, Basis.CHECKED, Basis.TEXT_LAYER)


def _fewest(fingerprints: list[str]) -> list[str]:
    return fingerprints[:1] if len(set(fingerprints)) == 1 else fingerprints


def _words(passage: Passage, pages: dict[int, Page]) -> str:
    """Return what stands at a passage: visible text alone."""
    return "\n".join(pages[span.page].visible[span.start : span.end] for span in passage)
