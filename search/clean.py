"""A quotation as a person would type it: what the page's layout put into it taken out, and nothing else.

Running heads inside it are left out, line-end hyphens resolved, line ends become a blank or nothing. Where a line may
have been broken inside a word, `search.usage` weighs both readings; while that does not settle it, both are offered.
Between two cells of a table stands a blank, however its lines end.
Every reading offered is graded on the page's own text before it is given out.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus.errors import UsageError
from corpus.folding import HYPHEN, Folded
from corpus.model import Page, Span
from corpus.written import harmless
from search.analysis import body_length, reading
from search.grading import Grade
from search.quotes import Sought, on_page
from search.usage import Usage

MOST_CHOICES = 4

_SURE = 0.9  # likelihood from which one reading alone is offered
_GAP = re.compile(rf"[\s{HYPHEN}]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_OPEN = re.compile("[가-힣ㄱ-ㆎ㐀-鿿]")  # scripts that break lines inside words
_OPENING = "([{<“‘「『〈《（［【"
_CLOSING = ")]}>”’」』〉》）］】"
_ENDING = ",.;:!?…、。"
_TIGHT = "·ㆍ・∙/~∼〜"  # mostly without blanks on either side
_BULLETS = "○●◎◉◯□■◇◆▣▶▷◦•‣⁃▪▫※☞★☆①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮"  # what begins a line of a list, a blank on either side
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_AROUND = 300  # code points of context to grade a piece by; grading itself looks at 200
_WIDEN = 40  # code points by which a stretch may grow so as not to cut a figure


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of one page as it may be quoted.

    `passage` are its spans on the page: what was asked for without blanks at its ends and without running heads,
    widened where it cut into a figure or took a negation away. `choices` are its readings, at most four, the best
    first; `grade` is how exactly each of them stands there.
    """

    passage: tuple[Span, ...]
    choices: tuple[str, ...]
    grade: Grade


class Withheld(UsageError):
    """Part of what is to be quoted is withheld."""


class NoWords(UsageError):
    """There is nothing to quote."""


def clean_quotation(page: Page, span: Span, usage: Usage) -> Quotation:
    """Return a span of a page's visible text as a quotation; `page.tables` tell where the cells of its tables end.

    Raises:
        Withheld: part of it is withheld.
        NoWords: it has no letter and no digit.
        UsageError: it is no span of the page, or too long to be looked for.
    """
    if not 0 <= span.start < span.end <= len(page.text):
        raise UsageError(f"{span.start}-{span.end} is no stretch of page {page.number}; select the words again.")
    _refuse_withheld(page, (span,))
    read = reading(page)
    start, end = _trimmed(read.text, *_in_reading(page, read, span))
    if not any(sign.isalnum() for sign in read.text[start:end]):
        raise NoWords("There is no letter and no digit in the stretch; select the words to quote.")
    start, end = _widened(read.text, start, end)
    passage = tuple(_runs(read.starts[start:end]))
    _refuse_withheld(page, passage)
    readings = _readings(read.text[start:end], usage, _between_cells(page, read.starts[start:end]))
    graded = [(_grade(read.text, start, end, choice), choice) for choice in readings]
    best = min(grade for grade, _ in graded)
    return Quotation(passage, tuple(choice for grade, choice in graded if grade is best), best)


def _refuse_withheld(page: Page, passage: tuple[Span, ...]) -> None:
    if any(cover.start < part.end and part.start < cover.end for cover in page.withheld for part in passage):
        raise Withheld("Part of the stretch is withheld and cannot be quoted; select the words beside it.")


# -- which stretch


def _in_reading(page: Page, read: Folded, span: Span) -> tuple[int, int]:
    """Return where a span stands in the page's reading order: in its running text, else in one of its running heads."""
    body = body_length(page)
    start, end = (bisect_left(read.starts, at, 0, body) for at in (span.start, span.end))
    if any(sign.isalnum() for sign in read.text[start:end]):
        return start, end
    heads = [at for at in range(body, len(read.text)) if span.start <= read.starts[at] < span.end]
    heads = [at for at in heads if not (at + 1 < len(read.text) and read.starts[at + 1] == read.starts[at])]
    apart = next((n for n in range(1, len(heads)) if heads[n] != heads[n - 1] + 1), len(heads))
    return (heads[0], heads[apart - 1] + 1) if heads else (start, end)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and _GAP.match(text[end - 1]):
        end -= 1
    while start < end and _GAP.match(text[start]):
        start += 1
    return start, end


def _widened(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the least wider stretch that says what it says there: 764 of 5,764 and 공개 of 비공개 do not."""
    most_left = next((n for n in range(_WIDEN) if not _solid(text, start - n - 1)), _WIDEN)
    most_right = next((n for n in range(_WIDEN) if not _solid(text, end + n)), _WIDEN)
    for more in range(max(most_left, most_right) + 1):
        left, right = min(more, most_left), min(more, most_right)
        for a, b in dict.fromkeys(((start - left, end), (start, end + right), (start - left, end + right))):
            if _grade(text, a, b, text[a:b]) is Grade.EXACT:
                return (a if a == start else _word_begins(text, a)), b
    return start, end


def _word_begins(text: str, at: int) -> int:
    """Return where the Latin word around an offset begins: what is widened to unable does not end at nable."""
    while at > 0 and _LETTERS.match(text[at]) and _LETTERS.match(text[at - 1]) and not _OPEN.match(text[at - 1]):
        at -= 1
    return at


def _solid(text: str, at: int) -> bool:
    return 0 <= at < len(text) and not _GAP.match(text[at])


def _runs(offsets: Sequence[int]) -> Iterator[Span]:
    """Yield the spans that some ascending offsets make up."""
    first = before = offsets[0]
    for offset in offsets[1:]:
        if offset != before + 1:
            yield Span(first, before + 1)
            first = offset
        before = offset
    yield Span(first, before + 1)


def _grade(text: str, start: int, end: int, quote: str) -> Grade:
    """Grade a quotation against the place it was taken from."""
    first = max(0, start - _AROUND)
    near = Page("", 1, "", text[first : end + _AROUND])
    found = on_page(Sought.of(quote), [near])
    here = [
        place.grade for place in found if place.passage[0].start < end - first and start - first < place.passage[-1].end
    ]
    return min(here, default=Grade.ABSENT)


# -- how it reads


def _between_cells(page: Page, offsets: Sequence[int]) -> frozenset[int]:
    """Return where in a stretch (the offset of each code point on the page) a cell of a table begins or ends."""
    stretches = (each for table in page.tables for cell in table.cells for each in cell.stretches)
    edges = sorted({at for start, end in stretches if start < end for at in (start, end)})
    return frozenset(
        n for n, (a, b) in enumerate(pairwise(offsets), 1) if bisect_right(edges, b) > bisect_right(edges, a)
    )


def _readings(text: str, usage: Usage, cells: frozenset[int] = frozenset()) -> list[str]:
    """Return the readings of a stretch, the likeliest first; `cells` are the places where a cell begins or ends."""
    beam = [("", 1.0)]
    done = 0
    for gap in _GAP.finditer(text):
        piece = text[done : gap.start()]
        done = gap.end()
        apart = any(at in cells for at in range(gap.start(), gap.end() + 1))
        ways = [(" ", 1.0)] if apart else _ways(text, gap.start(), gap.end(), usage)
        beam = [(made + piece + way, chance * likely) for made, chance in beam for way, likely in ways]
        beam = sorted(beam, key=lambda each: -each[1])[:MOST_CHOICES]
    finished = (made + text[done:] for made, _ in beam)
    return list(dict.fromkeys(harmless(_INVISIBLE.sub("", each)) for each in finished))


def _ways(text: str, start: int, end: int, usage: Usage) -> list[tuple[str, float]]:
    """Return what may stand for a gap between two words, with how likely each is, the likelier first."""
    gap = text[start:end]
    if HYPHEN in gap:
        return _hyphen(text, start, end, usage)
    if "\n" not in gap or gap[0] != "\n":  # where pdfium's line ends in a blank, the source always had one
        return [(" ", 1.0)]
    if _several_ends(text, start, end):
        return [(" ", 1.0)]
    before, after = text[start - 1], text[end]
    if before in _OPENING or after in _CLOSING + _ENDING:
        return [("", 1.0)]
    if before in _TIGHT + "-" or after in _TIGHT:
        sign = start - 1 if before in _TIGHT + "-" else end
        loose = sign > 0 and sign + 1 < len(text) and (text[sign - 1].isspace() and text[sign + 1].isspace())
        return [(" " if loose else "", 1.0)]
    if before in _BULLETS or after in _BULLETS:
        return [(" ", 1.0)]
    if before in _ENDING or not (_OPEN.match(before) or _OPEN.match(after)):
        return [(" ", 1.0)]
    joined = usage.joined(text[:start], text[end:])
    if joined >= _SURE or joined <= 1 - _SURE:
        return [("" if joined >= _SURE else " ", 1.0)]
    return sorted([("", joined), (" ", 1 - joined)], key=lambda way: -way[1])


def _several_ends(text: str, start: int, end: int) -> bool:
    """Whether lines end more than once between two words: grading reads such ends all in one way."""
    while start > 0 and not text[start - 1].isalnum():
        start -= 1
    while end < len(text) and not text[end].isalnum():
        end += 1
    return sum("\n" in gap for gap in _GAP.findall(text[start:end])) > 1


def _hyphen(text: str, start: int, end: int, usage: Usage) -> list[tuple[str, float]]:
    """Resolve a line-end hyphen: a part of the word where the papers write it so, beside a figure always."""
    before, after = text[start - 1 : start], text[end : end + 1]
    if not (before.isalpha() and after.isalpha()):
        return [("-", 1.0)]
    left = [*_LETTERS.finditer(text[:start])][-1][0]
    right = _LETTERS.match(text[end:])
    compound = usage.compound(left, right[0] if right else "")
    return [("-", 0.6), ("", 0.4)] if compound else [("", 1.0)]
