"""What the words of a page rest on, and what they rest on once a person has corrected or checked them.

Text recognised in a picture of a page is OCR, whatever the page is. What a person put right has the fingerprint of the
machine's text with `+c` and eight hexadecimal digits after it.
"""

from __future__ import annotations

import re
from hashlib import sha256

from corpus.model import Basis, FurnitureKind, Page, State

_BY_HAND = re.compile(r"\+c[0-9a-f]{8}\Z")


def basis_at(page: Page, start: int, end: int) -> Basis:
    """Return the basis of a stretch of a page's text."""
    if page.basis is Basis.TEXT_LAYER and any(
        mark.kind is FurnitureKind.PICTURE and mark.start < end and start < mark.end for mark in page.furniture
    ):
        return Basis.CORRECTED if by_hand(page.fingerprint) else Basis.OCR
    return page.basis


def by_hand(fingerprint: str) -> bool:
    """Whether a fingerprint is that of a text that a person has put right."""
    return _BY_HAND.search(fingerprint) is not None


def machine_part(fingerprint: str) -> str:
    """Return the fingerprint of the machine's text that a corrected one was made of; of a machine's, itself."""
    return _BY_HAND.sub("", fingerprint)


def fingerprint_by_hand(before: str, text: str) -> str:
    """Name what a person made of a text: the machine's part stays.

    The digits are of a hash of the text and of what it was made of, so that each correction follows from one text alone
    and taking corrections back, one after the other, comes to an end.
    """
    made = "\n".join((before, text))
    return f"{machine_part(before)}+c{sha256(made.encode()).hexdigest()[:8]}"


def has_pictures(page: Page) -> bool:
    """Whether a page has text recognised in pictures on it."""
    return any(mark.kind is FurnitureKind.PICTURE for mark in page.furniture)


def unchecked_basis(page: Page) -> Basis:
    """Return what a page recognised rests on while nobody has compared it with its picture."""
    if has_pictures(page):
        return Basis.TEXT_LAYER
    return Basis.CORRECTED if by_hand(page.fingerprint) else Basis.OCR


def unchecked_state(page: Page) -> State:
    """Return how a page recognised is listed while nobody has compared it with its picture."""
    return State.OCR if page.state is State.SEARCHABLE else page.state
