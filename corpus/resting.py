"""What the words at one place of a page rest on: text recognised in a picture of it is OCR, whatever the page is."""

from __future__ import annotations

from corpus.model import Basis, FurnitureKind, Page


def basis_at(page: Page, start: int, end: int) -> Basis:
    """Return the basis of a stretch of a page's text."""
    if page.basis is Basis.TEXT_LAYER and any(
        mark.kind is FurnitureKind.PICTURE and mark.start < end and start < mark.end for mark in page.furniture
    ):
        return Basis.OCR
    return page.basis
