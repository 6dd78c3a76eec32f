"""How things are said: pages, bases, grades, counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Basis, Listing, Page


def count(number: int, thing: str) -> str:
    """Return "1 page", "12 pages", "1,330 pages"."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def unit(page: Page) -> str:
    """Return "p. 3 (printed 2)" for a page, and for anything else what it is; a page number is never invented."""
    if page.kind.value == "page":
        printed = f" (printed {page.label})" if page.label and page.label != str(page.number) else ""
        return f"p. {page.number}{printed}"
    named = f'"{page.name}"' if page.name else ""
    match page.kind.value:
        case "section" if named or page.address:
            words = named
        case "computed page":
            words = f"p. {page.number} (computed)"
        case "slide" | "image":
            words = " ".join(filter(None, (page.kind.value, str(page.number), named)))
        case kind:
            words = f"{kind} {named or page.number}"
    return ", ".join(filter(None, (words, page.address)))


def basis(found: Basis, confidence: float | None) -> str:
    """Return what a text rests on, with the confidence of OCR."""
    if found.value == "ocr":
        return "read by OCR" + (f" (confidence {confidence:.2f})" if confidence is not None else "")
    return found.value


def origin(listing: Listing) -> str:
    """Return agency · date · release."""
    dated = listing.date or ""
    if dated and listing.date_source == "received":
        dated = f"received {dated}"
    return " · ".join(part for part in (", ".join(listing.agencies), dated, ", ".join(listing.releases)) if part)


def size(number: int) -> str:
    """Return a number of bytes as people read it."""
    amount = float(number)
    for name in ("bytes", "kB", "MB", "GB"):
        if amount < 1000 or name == "GB":
            break
        amount /= 1000
    return f"{number:,} bytes" if name == "bytes" else f"{amount:,.1f} {name}"
