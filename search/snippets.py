"""Where a query's words stand on a page, and the passage to show for them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from corpus.folding import HYPHEN, Folded
from corpus.model import Page, Span
from search.analysis import K, MappedStream, Pattern, mapped_stream, pattern, reading
from search.english import stem
from search.query_nodes import Leaf, Prefix, Word

_BEFORE, _SHORTEST, _WIDTH = 60, 80, 200  # code points: before the first mark at most, and a snippet's length
_LOOKED_AT = 100  # marks of a page tried as the beginning of its snippet
_LATIN = re.compile(rf"(?<=[|_])[^|_{K}]+(?=[|_])")
# A full stop after a Korean syllable (…다. …요. …함.), a Latin word of three letters or a bracket, not after a figure
# or an abbreviation; ! and ?; then perhaps closing quotation marks, then a blank. Or a line that begins as lists do.
_SENTENCE = re.compile(
    r"(?P<end>(?:(?<=[가-힣])\.|(?<=[a-z]{3})\.|(?<=[)\]”’])\.|[!?。！？])[\"'”’」』)\]]*)\s+"
    r"|(?P<line>)\n\s*(?=[□○◦●•■▪◆▶※❍]|[-–ㅇ] )"
)
_LINE_END = re.compile("[^\\S\n\f]*[\n\f]\\s*|[\u200b\u200c\u200d\u2060\ufeff\u00ad\ufffe]")
_LAYOUT = str.maketrans({"\n": " ", "\t": " ", "\f": " ", HYPHEN: "-"})


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of a page, with line ends as blanks; `start` is its offset in the page, `marks` are spans in it."""

    text: str
    start: int
    marks: tuple[Span, ...]


def spans(page: Page, words: Iterable[Word | Prefix]) -> tuple[Span, ...]:
    """Return where words stand, as spans of the page's text, in order and not overlapping."""
    text, found = reading(page), set[Span]()
    stream = _stream(text.text)
    for word in words:
        found.update(_of_page(text, span) for span in _standing(stream, text.text, word))
    return merged(sorted(found))


def places(page: Page, words: Iterable[Word]) -> list[list[Span]]:
    """Return where each of some words stands, as spans of the page's text, in order; they may overlap."""
    text = reading(page)
    stream = _stream(text.text)
    return [sorted({_of_page(text, span) for span in _standing(stream, text.text, word)}) for word in words]


def holds_exactly(page: Page, typed: str) -> bool:
    """Whether a page on which a word stands has it as typed; the same as `spans` tells, most often sooner."""
    text = page.visible
    if typed.isalpha() and _bare(typed).search(text):
        return True
    if unicodedata.is_normalized("NFC", text) and typed not in _LINE_END.sub("", text):
        return False
    return bool(spans(page, [Word(typed, exact=True)]))


@lru_cache(maxsize=64)
def _bare(typed: str) -> re.Pattern[str]:
    """Match letters that nothing beside them can change: no letter beside Latin ones, no mark that joins the last."""
    latin = rf"[^\W_0-9{K}]"
    left = "" if re.match(f"[{K}]", typed[0]) else f"(?<!{latin})"
    right = "" if re.match(f"[{K}]", typed[-1]) else f"(?!{latin})"
    return re.compile(rf"{left}{re.escape(typed)}{right}(?![\u0300-\u036f\u1160-\u11ff\u20d0-\u20ff\ufe00-\ufe0f])")


def stands(text: str, words: Leaf) -> bool:
    """Whether a word or phrase stands in a text: a title, say, or the name of a file."""
    return any(True for _ in _standing(_stream(text), text, words))


def _stream(text: str) -> MappedStream:
    return mapped_stream(Folded(text, range(len(text)), range(1, len(text) + 1)))


def _of_page(text: Folded, span: Span) -> Span:
    return Span(*text.source(span.start, span.end))


def _standing(stream: MappedStream, text: str, word: Leaf) -> Iterator[Span]:
    for place in _places(stream.stream, word):
        span = Span(*stream.source(*place))
        if not (isinstance(word, Word) and word.exact) or _written_so(word.text, text, span):
            yield span


def _written_so(typed: str, text: str, span: Span) -> bool:
    """Whether a word stands as typed: case, blanks and signs, those before and after it too.

    Ends of lines inside a word, and the hyphens that typesetters put there, do not count.
    """
    written = unicodedata.normalize("NFC", _LINE_END.sub("", text[span.start : span.end]))
    before, _, after = typed.partition(written)
    if before == typed:
        return False
    return text[: span.start].endswith(before) and text.startswith(after, span.end)


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join spans that overlap; they come in order."""
    out: list[Span] = []
    for span in found:
        if out and span.start < out[-1].end:
            out[-1] = Span(out[-1].start, max(out[-1].end, span.end))
        else:
            out.append(span)
    return tuple(out)


def _places(stream: str, word: Leaf) -> Iterator[tuple[int, int]]:
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
    """Return the stretch of a page with the most different words marked; running heads only for want of others.

    It begins and ends with a sentence where one does so near enough, at a blank elsewhere; no mark is cut in two.
    """
    text, every = page.visible, list(marks)
    first, until = _best_window(page, every)
    start = _sentence_start(text, max(0, first - _BEFORE), first)
    most = min(len(text), start + _WIDTH)
    end = _sentence_end(text, max(until, start + _SHORTEST), most) or _blank_before(text, max(most, until), first)
    end = max([end, *(mark.end for mark in every if mark.start < end)])
    inside = tuple(Span(m.start - start, m.end - start) for m in every if start <= m.start < end)
    return Snippet(text[start:end].translate(_LAYOUT), start, inside)


def _best_window(page: Page, marks: list[Span]) -> tuple[int, int]:
    """Return from where to where the most different words are marked within a snippet; the first of equals."""
    text, heads = page.visible, [(part.start, part.end) for part in page.furniture]
    words = ["".join(text[mark.start : mark.end].lower().split()) for mark in marks]

    def window(at: int) -> tuple[bool, int, int]:
        """Return whether it is running text, how many words it has, and where the last new one ends."""
        mark, seen, until = marks[at], set[str](), marks[at].end
        for other, word in zip(marks[at:], words[at:], strict=True):
            if other.end > mark.start + _WIDTH - _BEFORE:
                break
            until = until if word in seen else other.end
            seen.add(word)
        return not any(start <= mark.start < end for start, end in heads), len(seen), until

    if not marks:
        return 0, 0
    best = max(range(min(len(marks), _LOOKED_AT)), key=lambda at: window(at)[:2])
    return marks[best].start, max(marks[best].end, window(best)[2])


def _sentence_start(text: str, earliest: int, latest: int) -> int:
    """Return where the first sentence begins from `earliest` on, or the first word; the text's beginning is one too."""
    if earliest == 0:
        return 0
    starts = [found.end() for found in _SENTENCE.finditer(text, max(0, earliest - 3), latest)]
    within = [start for start in starts if earliest <= start <= latest]
    return within[0] if within else _blank_after(text, earliest, latest)


def _sentence_end(text: str, earliest: int, latest: int) -> int | None:
    """Return where the last sentence ends that ends between two places; None where none does."""
    if latest == len(text):
        return latest
    ends = [
        max(found.end("end"), found.end("line"))
        for found in _SENTENCE.finditer(text, max(0, earliest - 3), min(len(text), latest + 20))
    ]
    return max((end for end in ends if earliest <= end <= latest), default=None)


def _blank_after(text: str, at: int, latest: int) -> int:
    while at < latest and not text[at - 1].isspace():
        at += 1
    return at


def _blank_before(text: str, at: int, earliest: int) -> int:
    end = at
    while end > max(earliest, at - 20) and end < len(text) and not text[end].isspace():
        end -= 1
    return end if end < len(text) and text[end].isspace() else at
