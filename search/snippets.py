"""Where a query's words stand on a page, and the passage to show for them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus.folding import HYPHEN
from corpus.model import Page, Span
from search.analysis import K, Pattern, mapped_stream, pattern, reading
from search.english import stem
from search.query import Prefix, Word

_BEFORE, _WIDTH = 60, 200
_LOOKED_AT = 100  # marks of a page tried as the beginning of its snippet
_LATIN = re.compile(rf"(?<=[|_])[^|_{K}]+(?=[|_])")
_LAYOUT = str.maketrans({"\n": " ", "\t": " ", "\f": " ", HYPHEN: "-"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a page, with line ends as blanks; `start` is its offset in the page, `marks` are spans in it."""

    text: str
    start: int
    marks: tuple[Span, ...]


def spans(page: Page, words: Iterable[Word | Prefix]) -> tuple[Span, ...]:
    """Return where words stand, as spans of the page's text, in order and not overlapping."""
    text = reading(page)
    stream = mapped_stream(text)
    found = sorted({Span(*stream.source(*place)) for word in words for place in _places(stream.stream, word)})
    return merged(found)


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap; they come in order."""
    out: list[Span] = []
    for span in found:
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _places(stream: str, word: Word | Prefix) -> Iterator[tuple[int, int]]:
    shape = pattern(word.text, prefix=isinstance(word, Prefix))
    if not shape.stream:
        return
    if shape.single and isinstance(word, Word) and not word.exact and not shape.stream[0].isdigit():
        common = stem(shape.stream)
        yield from (match.span() for match in _LATIN.finditer(stream) if stem(match[0]) == common)
        return
    for form in shape.forms():
        at = stream.find(form)
        while at >= 0:
            yield _inner(stream, at, form, shape)
            at = stream.find(form, at + 1)


def _inner(stream: str, at: int, form: str, shape: Pattern) -> tuple[int, int]:
    """Return the word itself within a form found; of a prefix, the whole word that begins so."""
    start = at + (form[0] != shape.stream[0])
    end = start + len(shape.stream)
    if not shape.bounded_right and not re.match(rf"[{K}]", shape.stream[-1]):
        rest = re.compile(rf"[^|_{K}]*").match(stream, end)
        end = rest.end() if rest else end
    return start, end


def snippet(page: Page, marks: Iterable[Span]) -> Snippet:
    """Return the stretch of a page with the most marks in it, cut at blanks; running heads only for want of others."""
    text, every = page.visible, list(marks)
    best = _best_mark(page, every)
    first, until = (best.start, best.end) if best else (0, 0)
    start = _blank_after(text, max(0, first - _BEFORE), first)
    end = _blank_before(text, max(min(len(text), start + _WIDTH), until), first)
    end = max([end, *(mark.end for mark in every if mark.start < end)])  # no mark is shown in part
    inside = tuple(Span(m.start - start, m.end - start) for m in every if start <= m.start < end)
    return Snippet(text[start:end].translate(_LAYOUT), start, inside)


def _best_mark(page: Page, marks: list[Span]) -> Span | None:
    """Return the mark that has the most different words marked after it within a snippet; the first of equals."""

    def worth(mark: Span) -> tuple[bool, int]:
        near = (other for other in marks if mark.start <= other.start and other.end <= mark.start + _WIDTH - _BEFORE)
        heads = any(part.start <= mark.start < part.end for part in page.furniture)
        return not heads, len({page.text[other.start : other.end].lower() for other in near})

    return max(marks[:_LOOKED_AT], key=worth, default=None)


def _blank_after(text: str, at: int, latest: int) -> int:
    if at == 0:
        return 0
    while at < latest and not text[at - 1].isspace():
        at += 1
    return at


def _blank_before(text: str, at: int, earliest: int) -> int:
    end = at
    while end > max(earliest, at - 20) and end < len(text) and not text[end].isspace():
        end -= 1
    return end if end < len(text) and text[end].isspace() else at
