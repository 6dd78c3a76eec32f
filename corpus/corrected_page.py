"""A page with a stretch of its text put right by a person: its words, marks and tables follow.

Only recognised text may be put right, a stretch of one line at a time, and never what is withheld. What a person typed
is compared word by word with what stood there: words that stay keep their boxes and confidences. As many words as there
were take their boxes one by one; otherwise each has the box around all of those replaced.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from corpus.cells import Cell, Table
from corpus.errors import UsageError
from corpus.folding import canonical
from corpus.model import COVER, Basis, Box, FurnitureKind, Page, Reason, Span, Word, Words
from corpus.resting import fingerprint_by_hand, has_pictures, unchecked_basis, unchecked_state

MOST = 2000  # characters of a correction
SURE = 100  # the confidence of a word that a person typed
_WORD = re.compile(r"\S+")
_UNSEEN = {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}


def corrected(page: Page, start: int, end: int, text: str) -> Page:
    """Return a page that says `text` where code points [start, end) of it are now; equal offsets put something in.

    Its basis is CORRECTED; on a page of text, whose pictures alone may be put right, that of the page stays and
    `corpus.resting.basis_at` tells of the pictures. Furniture, withheld stretches and tables keep what they mark, and
    are clipped where that was replaced. The page's `tables` are those given with it (`Store.tables`).

    Raises:
        UsageError: the page may not be corrected, the stretch is not one of a line of it or is withheld, or the text
            changes nothing, is too long or has signs in it that cannot be seen.
    """
    _refuse(page, start, end)
    edit = _in_words(page, start, end, _accepted(text))
    if _withheld(page, edit.start, edit.end):
        raise UsageError("Beside the stretch stands withheld text in the same word; correct the words beside it.")
    changed = page.text[: edit.start] + edit.text + page.text[edit.end :]
    words, confidences = _words(page, edit)
    return replace(
        page,
        fingerprint=fingerprint_by_hand(page.fingerprint, changed),
        text=changed,
        basis=Basis.TEXT_LAYER if has_pictures(page) else Basis.CORRECTED,
        state=unchecked_state(page),
        words=words,
        confidences=confidences,
        furniture=tuple(
            replace(mark, start=span.start, end=span.end)
            for mark in page.furniture
            if (span := edit.moved(mark.start, mark.end)) is not None
        ),
        withheld=tuple(
            replace(cover, start=span.start, end=span.end)
            for cover in page.withheld
            if (span := edit.moved(cover.start, cover.end)) is not None
        ),
        tables=tuple(_table(table, edit) for table in page.tables),
    )


def _refuse(page: Page, start: int, end: int) -> None:
    """Refuse what may not be corrected.

    Raises:
        UsageError: the stretch is none of one line of recognised text, or is withheld.
    """
    if not 0 <= start <= end <= len(page.text):
        raise UsageError(
            f"{start}-{end} is no stretch of page {page.number}, which has {len(page.text)} characters; "
            "select the words again."
        )
    if page.reason in (Reason.NEEDS_OCR, Reason.NOTHING_RECOGNISED) or not page.text:
        raise UsageError(f"Page {page.number} has no recognised text yet that could be corrected; read its picture.")
    if unchecked_basis(page) is Basis.TEXT_LAYER or page.basis is Basis.TEXT_LAYER:
        pictures = [mark for mark in page.furniture if mark.kind is FurnitureKind.PICTURE]
        if not any(mark.start <= start and end <= mark.end for mark in pictures):
            raise UsageError(
                f"Page {page.number} has the file's own text there, which says what it says; only text recognised in "
                "pictures can be corrected. Write a note beside it instead."
            )
    if "\n" in page.text[start:end]:
        raise UsageError("The stretch goes over the end of a line; correct one line after the other.")
    if _withheld(page, start, end):
        raise UsageError("The stretch touches withheld text, which nobody can read here; correct the words beside it.")


def _withheld(page: Page, start: int, end: int) -> bool:
    return any(cover.start < end and start < cover.end for cover in page.withheld)


def _accepted(text: str) -> str:
    """Return what a person typed as it is kept: composed (NFC)."""
    made = unicodedata.normalize("NFC", canonical(text))
    if len(made) > MOST:
        raise UsageError(f"The correction has {len(made):,} characters and may have {MOST:,}; correct less at a time.")
    for char in made:
        if unicodedata.category(char) in _UNSEEN or char in (COVER, "\ufffd"):
            raise UsageError(
                f"The correction has a sign in it that cannot be printed (U+{ord(char):04X}); type the words alone."
            )
    return made


# -- what is replaced by what


@dataclass(frozen=True, slots=True)
class _Edit:
    """Code points [start, end) of a page's text give way to a text."""

    start: int
    end: int
    text: str

    @property
    def step(self) -> int:
        """How far what follows moves."""
        return len(self.text) - (self.end - self.start)

    def moved(self, start: int, end: int) -> Span | None:
        """Return where a mark stands now; None of one of which nothing is left. An empty one stays one."""
        if start == end:
            at = start if start <= self.start else start + self.step if start >= self.end else self.start
            return Span(at, at)
        after = self.start + len(self.text)
        first = start if start <= self.start else start + self.step if start >= self.end else after
        last = end + self.step if end >= self.end else min(end, self.start)
        return Span(first, last) if first < last else None


def _in_words(page: Page, start: int, end: int, new: str) -> _Edit:
    """Return what differs, in whole words: those that stay the same at both ends of the stretch are left alone."""
    text = page.text
    start, end, new = _trimmed(text, start, end, new)
    low = text.rfind("\n", 0, start) + 1
    high = text.find("\n", end) if "\n" in text[end:] else len(text)
    left, right = start, end
    while left > low and not text[left - 1].isspace():
        left -= 1
    while right < high and not text[right].isspace():
        right += 1
    there = _spans(text, left, right)
    old = [text[span.start : span.end] for span in there]
    wanted = (text[left:start] + new + text[end:right]).split()
    if old == wanted:
        raise UsageError("The page says that already; change something, or leave it as it is.")
    same = _common(old, wanted)
    tail = _common(old[same:][::-1], wanted[same:][::-1])
    rest, said = there[same : len(there) - tail], wanted[same : len(wanted) - tail]
    if not rest:
        return _put_in(page, (low, high), there, same, said)
    first, last = rest[0].start, rest[-1].end
    if not said:  # a blank goes with what it parted from the rest
        if last < high:
            last += 1
        elif first > low:
            first -= 1
    return _Edit(first, last, " ".join(said))


def _trimmed(text: str, start: int, end: int, new: str) -> tuple[int, int, str]:
    """Leave out blanks at the ends of a stretch that has more than blanks, and there of what replaces it."""
    stretch = text[start:end]
    if not stretch.strip():
        return start, end, new
    if stretch[0].isspace():
        start, new = start + len(stretch) - len(stretch.lstrip()), new.lstrip()
    if stretch[-1].isspace():
        end, new = end - len(stretch) + len(stretch.rstrip()), new.rstrip()
    return start, end, new


def _put_in(page: Page, line: tuple[int, int], there: list[Span], at: int, said: list[str]) -> _Edit:
    """Put words between others, as words that take the place of a neighbour and say it again: so they have a box."""
    text, new = page.text, " ".join(said)
    place = there[at].start if at < len(there) else there[-1].end if there else line[0]
    before = [span for span in _spans(text, *line) if span.end <= place]
    after = [span for span in _spans(text, *line) if span.start >= place]
    if before and not _withheld(page, before[-1].start, before[-1].end):
        span = before[-1]
        return _Edit(span.start, span.end, f"{text[span.start : span.end]} {new}")
    if after and not _withheld(page, after[0].start, after[0].end):
        span = after[0]
        return _Edit(span.start, span.end, f"{new} {text[span.start : span.end]}")
    if before or after:
        raise UsageError("Only withheld words stand beside that place; nothing can be put between them.")
    return _Edit(*line, new)


def _spans(text: str, start: int, end: int) -> list[Span]:
    return [Span(match.start(), match.end()) for match in _WORD.finditer(text, start, end)]


def _common(one: list[str], other: list[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


# -- what follows the text


def _words(page: Page, edit: _Edit) -> tuple[Words, bytes]:
    """Return the words of the corrected page and their confidences."""
    words = list(page.words)
    touched = [at for at, word in enumerate(words) if word.start < edit.end and edit.start < word.end]
    made = list(_boxed(edit, [words[at] for at in touched]))
    kept = [at for at in range(len(words)) if at not in set(touched)]
    place = touched[0] if touched else sum(word.end <= edit.start for word in words)
    found: list[tuple[Word, int]] = []
    sure = page.confidences if len(page.confidences) == len(words) else bytes([SURE] * len(words))
    for at in kept:
        word = words[at]
        step = edit.step if word.start >= edit.end else 0
        found.append((replace(word, start=word.start + step, end=word.end + step), sure[at]))
    before = sum(at < place for at in kept)
    found[before:before] = [(word, SURE) for word in made]
    packed = Words.pack([word for word, _ in found], page.width, page.height)
    return packed, bytes(each for _, each in found) if page.confidences else b""


def _boxed(edit: _Edit, replaced: list[Word]) -> Iterator[Word]:
    """Yield the words of what a person typed, with the boxes of those replaced; none have any where no word had."""
    spans = [(edit.start + match.start(), edit.start + match.end()) for match in _WORD.finditer(edit.text)]
    boxes = [word.box for word in sorted(replaced, key=lambda word: word.start)]
    if not boxes:
        return
    if len(boxes) != len(spans):
        boxes = [_around(boxes)] * len(spans)
    for (start, end), box in zip(spans, boxes, strict=True):
        yield Word(start, end, box)


def _around(boxes: Iterable[Box]) -> Box:
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def _table(table: Table, edit: _Edit) -> Table:
    caption = edit.moved(*table.caption) if table.caption else None
    return replace(
        table,
        cells=tuple(_cell(cell, edit) for cell in table.cells),
        caption=(caption.start, caption.end) if caption else None,
    )


def _cell(cell: Cell, edit: _Edit) -> Cell:
    """Return a cell with what is left of its stretches; an empty one where nothing is."""
    spans = [span for start, end in cell.stretches if (span := edit.moved(start, end)) is not None]
    if not spans:
        return replace(cell, start=edit.start, end=edit.start, more=())
    first, *more = spans
    return replace(cell, start=first.start, end=first.end, more=tuple((span.start, span.end) for span in more))
