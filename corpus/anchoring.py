"""Where a quotation stands in another extraction of the same page, and never a guess.

A `Selector` is a W3C TextQuoteSelector (exact, prefix, suffix) and the TextPositionSelector (start, end) of the text
it was made on (Web Annotation Data Model, 2017). The position is tried first, then the exact words, then their context.
Every letter, digit and sign must be the quoted one: what differs in one of them is lost, however well its context fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import takewhile

from corpus.folding import HYPHEN, Folded
from corpus.model import Selector, Span


class How(StrEnum):
    """What a quotation was found by; the last two have no span."""

    POSITION = "position"
    EXACT = "exact"
    CONTEXT = "context"
    LAYOUT = "layout"
    AMBIGUOUS = "ambiguous"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Anchored:
    """Where a quotation stands, by which means, and all the places at which its words stand."""

    how: How
    span: Span | None
    candidates: tuple[Span, ...]


def anchor(selector: Selector, text: str) -> Anchored:
    """Find a quotation in another reading of the text it was made on.

    POSITION: the TextPositionSelector's place says it, and no other place has more of the context. EXACT: the
    TextQuoteSelector's `exact` stands once. CONTEXT: it stands several times, and `prefix` and `suffix` fit one place
    strictly best. LAYOUT: as these, once line ends, blanks beside a Korean syllable and line-end hyphens are left out.
    """
    if not selector.exact.strip():
        return Anchored(How.LOST, None, ())
    found = _kept(_standing(selector.exact, text), selector, text)
    if found:
        return _chosen(found, selector, text)
    found = _kept(_standing_bare(selector.exact, text), selector, text)
    if not found:
        return Anchored(How.LOST, None, ())
    chosen = _chosen(found, selector, text)
    return chosen if chosen.span is None else Anchored(How.LAYOUT, chosen.span, chosen.candidates)


def _chosen(found: list[Span], selector: Selector, text: str) -> Anchored:
    """Choose among places that all have the words; what does not stand out is ambiguous."""
    here = Span(selector.start, selector.end)
    if len(found) == 1:
        return Anchored(How.POSITION if found[0] == here else How.EXACT, found[0], tuple(found))
    fits = [_fit(selector, text, span) for span in found]
    best = max(fits)
    winners = [span for span, fit in zip(found, fits, strict=True) if fit == best]
    if here in winners:
        return Anchored(How.POSITION, here, tuple(found))
    if len(winners) == 1 and best >= min(_CONTEXT, len(bare(selector.prefix).text + bare(selector.suffix).text)):
        return Anchored(How.CONTEXT, winners[0], tuple(found))
    return Anchored(How.AMBIGUOUS, None, tuple(found))


_CONTEXT = 4  # signs of context that must agree before it tells places apart: fewer agree by chance in a table
_AROUND = 128  # characters read around a place, to have as many without their blanks as a selector has


def _fit(selector: Selector, text: str, span: Span) -> int:
    """Count the signs of a selector's prefix and suffix that stand around a place without a gap."""
    before = bare(text[max(0, span.start - _AROUND) : span.start]).text
    after = bare(text[span.end : span.end + _AROUND]).text
    return _common(before[::-1], bare(selector.prefix).text[::-1]) + _common(after, bare(selector.suffix).text)


def _common(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _standing(exact: str, text: str) -> list[Span]:
    """Return every place of a string, overlapping ones too."""
    pattern = re.compile(f"(?={re.escape(exact)})")
    return [Span(match.start(), match.start() + len(exact)) for match in pattern.finditer(text)]


def _standing_bare(exact: str, text: str) -> list[Span]:
    """Return every place where a string stands but for its layout, first to last sign of it."""
    wanted, there = bare(exact).text, bare(text)
    if not wanted:
        return []
    return [Span(*there.source(span.start, span.end)) for span in _standing(wanted, there.text)]


# A quotation's first and last figure or Latin word must not have grown: 5% is not in 15%, 7 not in -7, able in unable.
_EDGE = re.compile(r"[0-9A-Za-z]")
_BEFORE = re.compile(r"(?:[0-9A-Za-z]|[0-9][.,]|[-+−–~∼△▲±])\Z")
_AFTER = re.compile(r"[.,]?[0-9]|[A-Za-z%‰]|[-–~∼][0-9]")


def _kept(spans: list[Span], selector: Selector, text: str) -> list[Span]:
    """Keep the places whose first and last figure or Latin word is no more than the quoted one."""
    first, last = _EDGE.match(selector.exact), _EDGE.match(selector.exact[-1])
    before, after = _said(_BEFORE.search(selector.prefix)), _said(_AFTER.match(selector.suffix))
    return [
        span
        for span in spans
        if not (first and _said(_BEFORE.search(text[max(0, span.start - 2) : span.start])) != before)
        and not (last and _said(_AFTER.match(text[span.end : span.end + 2])) != after)
    ]


def _said(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


LAYOUT = re.compile(rf"(?:{HYPHEN}|-(?=[^\S\n]*\n))\s*|\s+")
_OPEN = re.compile("[\u1100-\u11ff\u3131-\u318e\u3400-\u9fff\uac00-\ud7ff\uf900-\ufaff]")  # Korean and hanja


def bare(text: str) -> Folded:
    """Return a text without what a reader makes of line ends, with the map back.

    Beside a Korean syllable a blank or line end is left out, for at a line end pdfium cannot tell whether there was a
    blank. Elsewhere blanks are one blank, so that 12 34 is not 1234 and not able is not notable. A line-end hyphen is
    left out between letters and is a hyphen beside anything else: 10-20 is never 1020.
    """
    pieces: list[tuple[str, int]] = []
    done = 0
    for match in LAYOUT.finditer(text):
        pieces += [(text[at], at) for at in range(done, match.start())]
        pieces += [(sign, match.start()) for sign in _stands_for(match, text)]
        done = match.end()
    pieces += [(text[at], at) for at in range(done, len(text))]
    starts = [at for _, at in pieces]
    return Folded("".join(sign for sign, _ in pieces), starts, [at + 1 for at in starts])


def _stands_for(match: re.Match[str], text: str) -> str:
    if match.start() == 0 or match.end() == len(text):
        return "" if match[0].isspace() else "-"
    before, after = text[match.start() - 1], text[match.end()]
    if not match[0].isspace():
        return line_end_hyphen(before, after)
    return "" if _OPEN.match(before) or _OPEN.match(after) else " "


def line_end_hyphen(before: str, after: str) -> str:
    """Return what a line-end hyphen is between two signs: nothing inside a word, else itself."""
    return "" if before.isalpha() and after.isalpha() else "-"
