"""Covering the words of a quotation that are withheld now, whenever and on whichever extraction it was taken.

What lay under a cover may have been found only after somebody quoted it. Where a quotation cannot be placed for sure on
a page with withheld text, all of it is covered.
"""

from __future__ import annotations

from corpus.anchoring import anchor
from corpus.model import COVER, Page, Selector, Span


def agrees(quote: str, text: str) -> bool:
    """Whether a quotation is this stretch of text; a covered code point (█) in either stands for any."""
    return len(quote) == len(text) and all(a == b or COVER in (a, b) for a, b in zip(quote, text, strict=True))


def covered(selector: Selector, fingerprint: str, page: Page) -> Selector:
    """Return a selector made on one extraction with █ for what the page, as currently read, withholds; same lengths."""
    if not page.withheld:
        return selector
    visible = page.visible
    here = Span(selector.start, selector.end)
    if fingerprint == page.fingerprint and agrees(selector.exact, page.text[here.start : here.end]):
        found: Span | None = here
        candidates: tuple[Span, ...] = (here,)
    else:
        anchored = anchor(selector, page.text)
        anchored = anchored if anchored.candidates else anchor(selector, visible)
        found, candidates = anchored.span, anchored.candidates
    if found is None:
        clear = candidates and not any(COVER in visible[each.start : each.end] for each in candidates)
        exact = selector.exact if clear else COVER * len(selector.exact)
        prefix, suffix = COVER * len(selector.prefix), COVER * len(selector.suffix)
        return Selector(exact, prefix, suffix, selector.start, selector.end)
    if agrees(selector.exact, page.text[found.start : found.end]) or COVER in visible[found.start : found.end]:
        exact = _covered(selector.exact, found.start, page.text, visible)
    else:  # only its line ends differ, and none of it is withheld
        exact = selector.exact
    prefix = _covered(selector.prefix, found.start - len(selector.prefix), page.text, visible)
    suffix = _covered(selector.suffix, found.end, page.text, visible)
    return Selector(exact, prefix, suffix, selector.start, selector.end)


def _covered(words: str, at: int, text: str, visible: str) -> str:
    """Cover the withheld code points of words that stand at an offset; all of them if others stand there."""
    if at < 0 or not agrees(words, text[at : at + len(words)]):
        return COVER * len(words)
    shown = visible[at : at + len(words)]
    return "".join(COVER if there == COVER else word for word, there in zip(words, shown, strict=True))
