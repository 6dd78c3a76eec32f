"""A citation of a page or of a passage: made from the record, written for people and for programs.

Its permanent form, which `verify` can check later, is described in corpus/verifying.py.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from corpus.anchoring import LAYOUT, line_end_hyphen
from corpus.cells import Table, cell_at, column_letters
from corpus.citation_places import ENGLISH, KOREAN, basis, place
from corpus.errors import UsageError
from corpus.model import Basis, Listing, Page, PageSpan, Passage, UnitKind
from corpus.resting import basis_at
from corpus.store import Store
from corpus.verifying import (
    FINGERPRINT,
    Broken,
    Permanent,
    Status,
    Verdict,
    checksum,
    citable,
    find,
    verify,
    verify_all,
    words_at,
)

__all__ = [
    "STYLES",
    "Broken",
    "Citation",
    "Permanent",
    "Status",
    "Unit",
    "Verdict",
    "cite_page",
    "cite_passage",
    "clean",
    "find",
    "formatted",
    "permanent",
    "verify",
    "verify_all",
]

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
    cell: tuple[int, int, int] | None = None  # table of the page, row and column, where all of it stands in one cell

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
    numbers = list(dict.fromkeys(span.page for span in passage))
    if numbers != sorted(numbers):
        raise UsageError("The passage jumps back to an earlier page; cite its parts one by one.")
    pages = {number: store.page(listing.document.id, number, fingerprint) for number in numbers}
    for span in passage:
        _refuse(span, pages[span.page])
    made = _citation(listing, passage, list(pages.values()))
    return _in_cell(made, store.tables(pages[numbers[0]])) if len(numbers) == 1 else made


def _in_cell(made: Citation, tables: Sequence[Table]) -> Citation:
    """Return a citation with the one cell that its passage stands in, if it does; a sheet's goes by its address."""
    found = [cell_at(tables, span.start, span.end) for span in made.passage]
    if not found or found[0] is None or any(each != found[0] for each in found):
        return made
    table, cell = found[0]
    if made.unit.kind is UnitKind.SHEET:
        return replace(made, unit=replace(made.unit, address=f"{column_letters(cell.column)}{cell.row}"))
    return replace(made, cell=(table.number, cell.row, cell.column))


def _refuse(span: PageSpan, page: Page) -> None:
    if not 0 <= span.start < span.end <= len(page.text):
        raise UsageError(
            f"{span.start}-{span.end} is no stretch of page {span.page}, which has {len(page.text)} characters; "
            "select the words again."
        )
    if any(covered.start < span.end and span.start < covered.end for covered in page.withheld):
        raise UsageError(f"The passage touches withheld text on page {span.page}; cite the words beside it.")


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
        fingerprint="+".join(_fewest([citable(page.fingerprint) for page in pages])),
        quote=words_at(passage, {page.number: page for page in pages}),
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
        basis=next((b for b in _WEAKEST_FIRST if b in _bases(passage, pages)), first.basis),
        confidence=min((page.confidence for page in pages if page.confidence is not None), default=None),
    )


_WEAKEST_FIRST = (Basis.OCR, Basis.CORRECTED, Basis.CHECKED, Basis.TEXT_LAYER)


def _bases(passage: Passage, pages: list[Page]) -> set[Basis]:
    by_number = {page.number: page for page in pages}
    found = {basis_at(by_number[span.page], span.start, span.end) for span in passage}
    return found or {page.basis for page in pages}


def _fewest(fingerprints: list[str]) -> list[str]:
    return fingerprints[:1] if len(set(fingerprints)) == 1 else fingerprints


def permanent(citation: Citation) -> str:
    """Return the form that stays true: no blanks, only a-z, 0-9 and :/+.-, whole after a bracket or a full stop."""
    prints = tuple(citation.fingerprint.split("+"))
    if not all(map(FINGERPRINT.fullmatch, prints)):
        raise UsageError(
            f"The extraction {citation.fingerprint!r} has a name that cannot be cited; read the file again."
        )
    first = citation.unit.number
    return str(Permanent(citation.document, first, citation.last, citation.passage, prints, checksum(citation.quote)))


# -- writing one

_INVISIBLE = {"Cf": "", "Cc": "\ufffd"}


def clean(quote: str) -> str:
    """Return a quotation as one line for people: what the page's layout put into it taken out.

    A line-end hyphen inside a word goes, beside a digit it stays a hyphen. A line end is a blank, between Korean
    syllables too: pdfium does not tell whether the line was broken inside a word, sources have a blank there about as
    often as not, and a blank never makes one word of two. Control characters become a replacement mark.
    """
    line = LAYOUT.sub(_in_line, quote.strip())
    return "".join(_INVISIBLE.get(unicodedata.category(char), char) for char in line)


def _in_line(match: re.Match[str]) -> str:
    if match[0].isspace():
        return " "
    text = match.string
    return line_end_hyphen(text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1])


def formatted(citation: Citation, style: str) -> str:
    """Write a citation in one of `STYLES`.

    Raises:
        UsageError: there is no such style.
    """
    if style not in STYLES:
        raise UsageError(f"There is no citation style {style!r}; give one of {', '.join(STYLES)}.")
    return STYLES[style](citation)


def _korean(citation: Citation) -> str:
    """Write the source, below the quotation if there is one: in brackets after it, those of the page would stack."""
    parts = [
        "·".join(citation.agencies),
        f"「{citation.title}」",
        _korean_date(citation),
        *_release(citation),
        place(citation, KOREAN),
        basis(citation, KOREAN),
    ]
    source = ", ".join(_line(part) for part in parts if part)
    return _ended(f"“{clean(citation.quote)}”\n{source}" if citation.quote else source, citation)


def _english(citation: Citation) -> str:
    agency = _line(" and ".join(citation.agencies))
    parts = [
        f"“{citation.title}”",
        _english_date(citation),
        *_release(citation),
        place(citation, ENGLISH),
        basis(citation, ENGLISH),
    ]
    source = ", ".join(_line(part) for part in parts if part)
    if citation.quote:
        quoted = f"“{clean(citation.quote)}”, {source}"
        return _ended(f"{agency}: {quoted}" if agency else quoted, citation)
    return _ended(f"{agency}, {source}" if agency else source, citation)


def _ended(line: str, citation: Citation) -> str:
    notices = "".join(f" {_bracketed(_line(notice))}" for notice in citation.notices)
    return f"{line}{notices}\n{permanent(citation)}"


def _bracketed(notice: str) -> str:
    """Return a notice in square brackets, also one that came with some of its own."""
    return notice if notice.startswith("[") or notice.endswith("]") else f"[{notice}]"


def _line(text: str) -> str:
    return clean(" ".join(text.split()))


def _release(citation: Citation) -> tuple[str, ...]:
    """Return the releases, and the received file name where the title does not give it already."""
    releases = "·".join(citation.releases)
    if citation.file.rpartition(".")[0] == citation.title or citation.file == citation.title:
        return (releases,)
    return releases, citation.file


def _korean_date(citation: Citation) -> str:
    if not citation.date:
        return ""
    day = " ".join(f"{int(part)}." if part.isdigit() else part for part in citation.date.split("-"))
    return f"{day} 수령" if citation.date_source == "received" else day


_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"]
_MONTHS += ["November", "December"]


def _english_date(citation: Citation) -> str:
    if not citation.date:
        return ""
    year, *rest = citation.date.split("-")
    day = citation.date
    if all(part.isdigit() for part in rest) and (not rest or 1 <= int(rest[0]) <= 12):
        day = " ".join([*(str(int(d)) for d in rest[1:]), *(_MONTHS[int(m) - 1] for m in rest[:1]), year])
    return f"received {day}" if citation.date_source == "received" else day


def _json(citation: Citation) -> str:
    """Return one JSON object; the quotation's fields are those of W3C TextQuote- and TextPositionSelector, raw."""
    head, tail = (citation.passage or (None,))[0], (citation.passage or (None,))[-1]
    found = {
        "schema": 1,
        "citation": permanent(citation),
        "document": citation.document,
        "file": citation.file,
        "title": citation.title,
        "agency": "; ".join(citation.agencies) or None,
        "release": "; ".join(citation.releases) or None,
        "date": citation.date,
        "date_source": citation.date_source,
        "page": citation.unit.number if citation.unit.kind is UnitKind.PAGE else None,
        "label": citation.label,
        "unit": asdict(citation.unit),
        "cell": dict(zip(("table", "row", "column"), citation.cell, strict=True)) if citation.cell else None,
        "quote": citation.quote,
        "prefix": citation.prefix,
        "suffix": citation.suffix,
        "start": head.start if head else None,
        "end": tail.end if tail else None,
        "spans": [asdict(span) for span in citation.passage],
        "fingerprint": citation.fingerprint,
        "basis": citation.basis,
        "confidence": citation.confidence,
        "notices": list(citation.notices),
    }
    return json.dumps(found, ensure_ascii=False)


STYLES: Mapping[str, Callable[[Citation], str]] = {"korean": _korean, "english": _english, "json": _json}
