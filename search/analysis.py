"""Text to tokens, the same for every engine, for pages and for queries.

A page is analysed in reading order: its running text, then its running heads and page numbers, withheld text as █.
From that come a *stream* (what words are found in), its *terms* and *morphemes* (what ranking counts) and *squashed*
text (what quotations are looked for in).

The stream, of folded text: Korean syllables and hanja follow each other without blanks; `_` stands between a Latin
word or a number and whatever is next to it; `|` stands for any run of signs, and at both ends. Numbers lose their
thousands separators and keep their decimal point.

    "AI 식별추적 시스템(5,764만 건)" → |ai_식별추적시스템|5764_만건|
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import add

from corpus.folding import FOLDING_VERSION, Folded, fold, folded, squash
from corpus.model import Page
from search.morphemes import dictionary, morphemes

K = "가-힣ㄱ-ㆎᄀ-ᇿ㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)*"
_TOKEN = re.compile(rf"{_NUMBER}|[{K}]+|[^\W_0-9{K}]+|(?:[^\w\s]|_)+")
_K_RUN = re.compile(rf"[{K}]+")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_DECIMAL = re.compile(r"[0-9]+\.[0-9]+")
_YEAR_MONTH = re.compile(r"(?:19|20)[0-9]{2}\.(?:0?[1-9]|1[0-2])")
_SPLIT = re.compile(r"[.,]")

JOINT = 64  # squashed characters on either side of a page end, for passages that run over it


@cache
def fingerprint() -> str:
    """Return what an index is made with. It is kept there; another one (another dictionary) means: build it anew."""
    return f"analysis 5, folding {FOLDING_VERSION}, {dictionary()}"


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index takes of one page. `terms` are separated by blanks, repeated as often as they stand there.

    So are `morphemes`, which serve ranking alone (search/morphemes.py).
    `joint` are letters and digits on either side of the page end, `seam` the last and the first of them.
    """

    document: str
    number: int
    terms: str
    stream: str
    squashed: str
    joint: str
    seam: str
    morphemes: str


def reading(page: Page) -> Folded:
    """Return a page's text in reading order with its map to the page's offsets.

    The running text comes first; each running head, foot or page number follows after a `|` of its own, so that a
    passage runs on from the body of one page to the body of the next.
    """
    text = page.visible
    if not page.furniture:
        return Folded(text, range(len(text)), range(1, len(text) + 1))
    starts: list[int] = []
    ends: list[int] = []
    for start, end in reading_spans(page):
        starts.extend(range(start, end))
        ends.extend(range(start + 1, end + 1))
    return Folded(reading_text(page), starts, ends)


def reading_text(page: Page) -> str:
    """Return `reading(page).text` without the map, many times faster."""
    text = page.visible
    if not page.furniture:
        return text
    bodies, marks = _in_order(page)
    return "".join([text[start:end] for start, end in bodies] + ["|" + text[start:end] for start, end in marks])


def reading_spans(page: Page) -> list[tuple[int, int]]:
    """Return the spans of a page's text that `reading(page)` puts one after another; a `|` has that of what follows."""
    bodies, marks = _in_order(page)
    return bodies + [span for start, end in marks for span in ((start, start + 1), (start, end))]


def _in_order(page: Page) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return the spans of a page's running text, and those of its running heads, feet and numbers."""
    marks = sorted((mark.start, mark.end) for mark in page.furniture)
    bodies, done = [], 0
    for start, end in marks:
        if start > done:
            bodies.append((done, start))
        done = max(done, end)
    if len(page.text) > done:
        bodies.append((done, len(page.text)))
    return bodies, marks


def body_length(page: Page) -> int:
    """Return how many code points of `reading(page)` are running text."""
    return len(page.text) - sum(mark.end - mark.start for mark in page.furniture)


def entries(pages: list[Page], following: Page | None = None) -> list[Entry]:
    """Analyse consecutive pages of a document; `following` is the page after the last, for the passage between."""
    texts = [reading(page).text for page in pages]
    bodies = [text[: body_length(page)] for text, page in zip(texts, pages, strict=True)]
    bodies.append(reading(following).text[: body_length(following)] if following else "")
    ahead = [""] * len(bodies)  # the letters that follow each page, from as many pages as it takes
    for at in range(len(pages) - 1, -1, -1):
        ahead[at] = (_letters(bodies[at + 1], slice(JOINT)) + ahead[at + 1])[:JOINT]
    found = []
    for page, text, body, after in zip(pages, texts, bodies, ahead, strict=False):
        plain = folded(text)
        stream, terms = analyse(plain)
        before = _letters(body, slice(-JOINT, None)) if after else ""
        seam = before[-1:] + after[:1]
        squashed, meant = squash_folded(plain), " ".join(morphemes(plain))
        found.append(Entry(page.document, page.number, " ".join(terms), stream, squashed, before + after, seam, meant))
    return found


def _letters(body: str, part: slice) -> str:
    """Return the first or last JOINT letters and digits of a text; mostly they stand in three times as many signs."""
    near = body[: 3 * JOINT] if part.start is None else body[-3 * JOINT :]
    found = squash(near)
    return (found if len(found) >= JOINT or len(near) == len(body) else squash(body))[part]


def analyse(plain: str) -> tuple[str, list[str]]:
    """Return the stream and the terms of a folded text.

    Terms are Latin words, numbers, pairs of Korean syllables that follow each other, a number or Latin word with the
    one syllable next to it (6_월, 제_15), and each Korean syllable by itself, once however often it stands there.
    """
    pieces, terms = ["|"], []
    last, beside = "|", ""  # kind of the token before (| sign, k Korean or hanja, w Latin word or number), and its end
    for token in _TOKEN.findall(plain):
        first = token[0]
        if not first.isalnum():
            if last != "|":
                pieces.append("|")
                last = "|"
        elif _is_k(first):
            if last == "w":
                pieces.append("_")
                terms.append(f"{beside}_{first}")
            pieces.append(token)
            last, beside = "k", token[-1]
        else:
            parts = numbers(token) if first.isdigit() else [token]
            if last != "|":
                pieces.append("_")
            if last == "k":
                terms.append(f"{beside}_{parts[0]}")
            terms.extend(parts)
            pieces.append("|".join(parts))
            last, beside = "w", parts[-1]
    if last != "|":
        pieces.append("|")
    stream = "".join(pieces)
    runs = _K_RUN.findall(stream)
    for run in runs:
        terms.extend(map(add, run, run[1:]))
    terms.extend(sorted(set("".join(runs))))
    return stream, terms


@dataclass(frozen=True, slots=True)
class MappedStream:
    """The stream of a mapped text, and where each of its tokens comes from.

    Token `i` begins at `begins[i]` of the stream and at `offsets[i]` of the folded text `plain`, of `text`.
    """

    stream: str
    begins: list[int]
    offsets: list[int]
    lengths: list[int]
    plain: Folded
    text: Folded

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of a span of the stream that begins and ends in letters or digits."""
        first, last = self._folded(start)[0], self._folded(end - 1)[1]
        return self.text.starts[self.plain.starts[first]], self.text.ends[self.plain.ends[last - 1] - 1]

    def _folded(self, at: int) -> tuple[int, int]:
        """Return the span of the folded text that a place of the stream stands for: of a changed number, all of it."""
        token = bisect_right(self.begins, at) - 1
        offset, length = self.offsets[token], self.lengths[token]
        until = self.begins[token + 1] if token + 1 < len(self.begins) else len(self.stream)
        piece = self.stream[self.begins[token] : until].rstrip("|_")
        if len(piece) != length or not piece[0].isalpha():
            return offset, offset + length
        inside = offset + at - self.begins[token]
        return inside, inside + 1


def mapped_stream(text: Folded) -> MappedStream:
    """Return the stream of a mapped text with a map to the text's own source."""
    plain = fold(text.text)
    pieces, at = ["|"], 1
    begins, offsets, lengths = [0], [0], [0]
    for match in _TOKEN.finditer(plain.text):
        piece = _next_piece(match[0], pieces[-1][-1])
        if piece:
            pieces.append(piece)
            begins.append(at + piece.startswith("_"))
            offsets.append(match.start())
            lengths.append(match.end() - match.start())
            at += len(piece)
    if pieces[-1][-1] != "|":
        pieces.append("|")
    return MappedStream("".join(pieces), begins, offsets, lengths, plain, text)


def _next_piece(token: str, before: str) -> str:
    """Return what a token adds to a stream that ends so."""
    if not token[0].isalnum():
        return "" if before == "|" else "|"
    if _is_k(token[0]):
        return token if before == "|" or _is_k(before) else "_" + token
    piece = "|".join(numbers(token)) if token[0].isdigit() else token
    return piece if before == "|" else "_" + piece


def _is_k(char: str) -> bool:
    return "가" <= char <= "힣" or _K_RUN.match(char) is not None


def numbers(token: str) -> list[str]:
    """Return a number's normal form: 5,764 → 5764; 1.7 stays; 2019.4.22 is three numbers, and so is 2019.4 two."""
    if token.isdigit():
        return [token]
    if _THOUSANDS.fullmatch(token):
        return [token.replace(",", "")]
    if _DECIMAL.fullmatch(token) and not _YEAR_MONTH.fullmatch(token):
        return [token]
    return _SPLIT.split(token)


_NOT_KEPT = re.compile(r"[\W_]+")


def squash_folded(plain: str) -> str:
    """Return the letters and digits of a folded text, as `corpus.folding.squash` gives them of a raw one."""
    return _NOT_KEPT.sub("", plain)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a query word looks for in a stream.

    `stream` is the word's own stream without its ends, `terms` its terms, each once. Where `bounded_left` (or right) is
    set, a Latin word or a number stands at that end, which must be whole: a `_` or `|` comes before (after) it.
    """

    stream: str
    terms: tuple[str, ...]
    bounded_left: bool
    bounded_right: bool

    @property
    def single(self) -> bool:
        """Whether the word is one Latin word or one number."""
        return len(self.terms) == 1 and self.terms[0] == self.stream and not _is_k(self.stream[0])

    @property
    def is_term(self) -> bool:
        """Whether an index term says exactly where the word stands: 인식, 6월, 제15; not of a prefix such as 제1*."""
        if self.stream not in self.terms or self.single:
            return False
        return len(self.terms) == 1 or self.bounded_right == (not _is_k(self.stream[-1]))

    def forms(self) -> tuple[str, ...]:
        """Return the strings of which any one in a page's stream means that the word stands there."""
        left = ("|", "_") if self.bounded_left else ("",)
        right = ("|", "_") if self.bounded_right else ("",)
        return tuple(a + self.stream + b for a in left for b in right)

    @property
    def squashed(self) -> str:
        return _NOT_KEPT.sub("", self.stream)


@lru_cache(maxsize=4096)  # asked of every hit
def pattern(word: str, prefix: bool = False) -> Pattern:
    """Return what a query word looks for; of a prefix, the right end is left open."""
    stream, terms = analyse(folded(word))
    stream = stream.strip("|")
    if not stream:
        return Pattern("", (), False, False)
    left, right = not _is_k(stream[0]), not _is_k(stream[-1])
    ranking = dict.fromkeys(term for term in terms if len(term) > 1 or term == stream or not _is_k(term))
    return Pattern(stream, tuple(ranking), left, right and not prefix)
