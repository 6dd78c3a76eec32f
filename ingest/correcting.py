"""Correcting recognised text in a corpus: the page, its figures, and a number for the index to follow.

No lock is taken: as with an annotation, one short transaction writes it all, also while papers are taken in. The next
search brings the index up to date, unless another process is writing; that one will have done so at its next commit.
"""

from __future__ import annotations

from corpus import Corpus, correcting
from corpus.model import Page
from search.figures import VERSION, of_page

_FIGURES = correcting.Figures(of_page, VERSION)


def correct(
    corpus: Corpus, document: str, page: int, fingerprint: str, start: int, end: int, text: str, who: str
) -> Page:
    """Put right code points [start, end) of a page (from 1) that was seen as `fingerprint`; return the page as it is.

    Raises:
        PageChanged: the page reads otherwise now; nothing is written, what was typed is in the error.
        UsageError: it may not be corrected so, or the name is none; the sentence says why.
        NotFound: there is no such page.
    """
    return correcting.correct(corpus.store, document, page, fingerprint, start, end, text, who, _FIGURES)


def undo(corpus: Corpus, document: str, page: int, fingerprint: str, who: str) -> Page:
    """Take the last correction of a page back: the text before it is the current one again.

    Raises:
        PageChanged: the page reads otherwise than as `fingerprint` now.
        UsageError: nobody has corrected it, or the name is none.
        NotFound: there is no such page.
    """
    return correcting.undo_correction(corpus.store, document, page, fingerprint, who, _FIGURES)
