"""The record's vocabulary: releases, documents, pages, spans.

Pages and file pages count from 1. Offsets are half-open code-point spans into a page's canonical text. Boxes are PDF
points with the origin at the top left of the rendered page box, page rotation undone.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from struct import Struct

from corpus.cells import Table

Box = tuple[float, float, float, float]  # x0, top, x1, bottom
COVER = "█"
UNREAD = "unread"  # stands in for the fingerprint of an extraction where a page could not be read


class UnitKind(StrEnum):
    """What a page of a document is; only `PAGE` has a number that may be cited as a page.

    A `COMPUTED` page is one that a layout program of ours made of a file that has none of its own (HWP, HWPX): it is
    cited as such.
    """

    PAGE = "page"
    COMPUTED = "computed page"
    SLIDE = "slide"
    SHEET = "sheet"
    SECTION = "section"
    MESSAGE = "message"
    IMAGE = "image"


class Basis(StrEnum):
    """What a page's text rests on; every grade, hit and citation carries it."""

    TEXT_LAYER = "text layer"
    OCR = "ocr"
    CORRECTED = "corrected"
    CHECKED = "checked by a person"


class State(StrEnum):
    """The one listed state of a file or page: how much of it can be searched."""

    SEARCHABLE = "searchable"
    OCR = "searchable by OCR"
    IN_PART = "searchable in part"
    NOT_SEARCHABLE = "not searchable"


class Reason(StrEnum):
    """Why a file or page is not, or only in part, searchable."""

    NONE = ""
    NOT_READ = "not read yet"
    ENCRYPTED = "encrypted"
    DRM = "DRM"
    DAMAGED = "damaged"
    UNSUPPORTED = "unsupported"
    TIMED_OUT = "timed out"
    TOO_LARGE = "too large"
    CRASHED = "reader crashed"
    EMPTY = "empty file"
    NEEDS_OCR = "needs OCR"
    UNREAD_PICTURES = "unread pictures"
    NOTHING_RECOGNISED = "nothing recognised"
    UNREADABLE = "cannot be opened"
    WITHHELD = "withheld"
    SOME_PAGES = "some pages"
    SOME_FILES = "some files"  # of an archive, or attachments of a mail
    PURGED = "purged"  # somebody had its bytes and its text deleted for good
    NOT_A_FILE = "not a file"  # a link, a device or a folder's end in an archive


class FurnitureKind(StrEnum):
    """Parts of a page that are not its running text."""

    HEAD = "running head"
    FOOT = "running foot"
    NUMBER = "page number"
    NOTE = "note"  # a footnote or endnote
    COMMENT = "comment"  # a reviewer's memo, apart from the text it is about
    PICTURE = "text in a picture"  # recognised: what rests on it is OCR, whatever the page is


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch `[start, end)` of code points of one page's canonical text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True, order=True)
class PageSpan:
    """A span and the page (from 1) it stands on."""

    page: int
    start: int
    end: int


Passage = tuple[PageSpan, ...]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A marked stretch of a page that is not running text."""

    kind: FurnitureKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Withheld:
    """Text found under a cover: neither indexed nor shown until an operator releases it. `box` is the cover's."""

    start: int
    end: int
    box: Box


@dataclass(frozen=True, slots=True)
class Redaction:
    """Something put over a place of a page so that it cannot be read. `made` says how, a word for the listing.

    `bad` means that what it covers can still be taken from the file: then it is a withheld span too.
    """

    box: Box
    made: str
    bad: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """A blank-delimited word of the page text and its box in PDF points."""

    start: int
    end: int
    box: Box


_WORD = Struct("<IHHHHH")  # start, length, then x0, top, x1, bottom in 1/65535 of the page's width or height
_STEPS = 65535


@dataclass(frozen=True, slots=True)
class Words:
    """A page's words, packed: 14 bytes each, boxes as 16-bit fractions of the page (0.01 pt on a letter page)."""

    packed: bytes
    width: float
    height: float

    @classmethod
    def pack(cls, words: list[Word], width: float, height: float) -> Words:
        """Pack words; boxes are clipped to the page, words longer than 65,535 characters are cut."""
        across, down = _STEPS / (width or 1.0), _STEPS / (height or 1.0)
        rows = bytearray()
        for word in words:
            x0, top, x1, bottom = word.box
            rows += _WORD.pack(
                word.start,
                min(word.end - word.start, _STEPS),
                _step(x0 * across),
                _step(top * down),
                _step(x1 * across),
                _step(bottom * down),
            )
        return cls(bytes(rows), width, height)

    def __iter__(self) -> Iterator[Word]:
        across, down = self.width / _STEPS, self.height / _STEPS
        for start, length, x0, top, x1, bottom in _WORD.iter_unpack(self.packed):
            yield Word(start, start + length, (x0 * across, top * down, x1 * across, bottom * down))

    def __len__(self) -> int:
        return len(self.packed) // _WORD.size

    def boxes(self, span: Span) -> list[Box]:
        """Return the boxes of the words that a span touches, in reading order."""
        return [word.box for word in self if word.start < span.end and span.start < word.end]


def _step(value: float) -> int:
    return 0 if value < 0 else _STEPS if value > _STEPS else round(value)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a document as one extraction read it.

    `number` counts from 1 in the file; `label` is the printed number where the file has one. `width` and `height` are
    in points with the rotation undone; `rotation` is what a viewer turns the page by (0, 90, 180, 270, clockwise).
    `confidence` (0 to 1) is given for OCR only, and then `confidences` has a byte for each word, 0 to 100; on a page
    that a person has corrected the first stays the machine's, and words that were typed have 100.
    `fingerprint` names the extraction. Withheld text without a place in the picture has an empty box.
    """

    document: str
    number: int
    fingerprint: str
    text: str
    label: str | None = None
    kind: UnitKind = UnitKind.PAGE
    name: str | None = None
    address: str | None = None
    width: float = 0.0
    height: float = 0.0
    rotation: int = 0
    basis: Basis = Basis.TEXT_LAYER
    confidence: float | None = None
    words: Words = field(default_factory=lambda: Words(b"", 0.0, 0.0))
    furniture: tuple[Furniture, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    state: State = State.SEARCHABLE
    reason: Reason = Reason.NONE
    confidences: bytes = b""
    redactions: tuple[Redaction, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def visible(self) -> str:
        """The text with withheld code points as █; same length, so that offsets hold. Nothing else may be shown."""
        text = self.text
        for span in self.withheld:
            text = text[: span.start] + COVER * (span.end - span.start) + text[span.end :]
        return text


@dataclass(frozen=True, slots=True)
class Extraction:
    """What one tool, version and settings read out of one document. `facts` are the file's own claims, as found."""

    document: str
    fingerprint: str
    tool: str
    settings: Mapping[str, str]
    pages: int
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Release:
    """A request and what came of it (요구 / 청구). Dates are ISO strings: a day, a month or a year.

    `notice` is a sentence that every citation made from the release must carry.
    """

    id: str
    name: str
    agency: str | None = None
    requester: str | None = None
    request_number: str | None = None
    requested: str | None = None
    due: str | None = None
    legal_basis: str | None = None
    notice: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """One handing-over of papers within a release; `source` is the folder or file it was ingested from."""

    id: str
    release: str
    source: str
    received: str | None = None


@dataclass(frozen=True, slots=True)
class Occurrence:
    """Where a document was met: names and visibility belong here, not to the document.

    `path` is relative to the delivery's source, with `/` between its parts; `name` is its last part. `size` in bytes,
    `modified_ns` as the file system told it (nanoseconds since the epoch).
    """

    id: str
    document: str
    delivery: str
    path: str
    name: str
    size: int
    modified_ns: int
    parent: str | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A file by its bytes: `id` is their SHA-256 in hexadecimal. `pages` is None while unknown."""

    id: str
    size: int
    media_type: str
    pages: int | None = None
    state: State = State.NOT_SEARCHABLE
    reason: Reason = Reason.NONE
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A document as one audience sees it: its title, names, releases and dates.

    `date` is ISO (year, month or day) and `date_source` says where it is from: "set" by a person, or the "received"
    date of a delivery; a file's own creation date is never used, being usually wrong.
    """

    document: Document
    title: str
    files: tuple[str, ...]
    agencies: tuple[str, ...]
    releases: tuple[str, ...]
    notices: tuple[str, ...]
    date: str | None
    date_source: str | None
    facts: Mapping[str, str]

    @property
    def year(self) -> str | None:
        return self.date[:4] if self.date else None


@dataclass(frozen=True, slots=True)
class Audience:
    """Who is reading: the ids of the releases they may see; None is everything, the default on one's own machine."""

    releases: frozenset[str] | None = None


EVERYTHING = Audience()


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much can be searched: counts of pages and of files by listed state, and the files that are not whole."""

    pages: Mapping[tuple[State, Reason], int]
    files: Mapping[tuple[State, Reason], int]
    not_whole: tuple[Document, ...]

    @property
    def total(self) -> int:
        return sum(self.pages.values())

    @property
    def searchable(self) -> int:
        """Pages whose text can be searched, wholly or in part."""
        return sum(n for (state, _), n in self.pages.items() if state is not State.NOT_SEARCHABLE)

    @property
    def unread_files(self) -> int:
        """Files of which nothing can be searched and whose pages nobody could count."""
        return sum(1 for document in self.not_whole if document.pages is None)

    @property
    def whole(self) -> bool:
        """Whether every page and file is fully read, so that "absent" can be said without a reservation."""
        return not self.not_whole and all(state is State.SEARCHABLE for state, _ in self.pages)


@dataclass(frozen=True, slots=True)
class Selector:
    """Where a quotation stands: W3C TextQuoteSelector and TextPositionSelector (Web Annotation Data Model, 2017)."""

    exact: str
    prefix: str
    suffix: str
    start: int
    end: int

    @classmethod
    def of(cls, text: str, span: Span, context: int = 32) -> Selector:
        """Describe a span of a text with `context` characters on either side."""
        return cls(
            text[span.start : span.end],
            text[max(0, span.start - context) : span.start],
            text[span.end : span.end + context],
            span.start,
            span.end,
        )


def now() -> str:
    """Return the present moment, UTC, to the second, as an ISO string."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
