"""What was recognised, as a page of the record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from corpus.model import (
    Basis,
    Box,
    Furniture,
    FurnitureKind,
    Page,
    Reason,
    State,
    Withheld,
    Word,
    Words,
)
from ingest.ocr_words import Line, confidence_of

_NO_LAYER = 100  # the confidence of words that were not recognised


@dataclass(slots=True)
class _Written:
    """A text as it grows, its words and their confidences."""

    text: str
    words: list[Word]
    confidences: bytearray

    def add(self, lines: Iterable[Line]) -> None:
        for line in lines:
            self.text += "\n" if self.text else ""
            for number, word in enumerate(line):
                self.text += " " if number else ""
                start = len(self.text)
                self.text += word.text
                self.words.append(Word(start, len(self.text), word.box))
                self.confidences.append(min(100, max(0, round(word.confidence))))


def page_of(page: Page, lines: Sequence[Line], fingerprint: str) -> Page:
    """Return a page whose text is what was recognised of it: lines with boxes in points, as the record has them.

    Words under a black box, of an annotation that leaves them to be seen for one, are withheld.
    """
    written = _Written("", [], bytearray())
    written.add(lines)
    withheld = _withheld(written.words, [each.box for each in page.redactions] + [each.box for each in page.withheld])
    found = bool(written.words)
    state, reason = (State.OCR, Reason.NONE) if found else (State.NOT_SEARCHABLE, Reason.NOTHING_RECOGNISED)
    return replace(
        page,
        fingerprint=fingerprint,
        text=written.text,
        basis=Basis.OCR,
        confidence=round(confidence_of(lines) / 100, 4),
        words=Words.pack(written.words, page.width, page.height),
        confidences=bytes(written.confidences),
        furniture=(),
        tables=(),
        withheld=withheld,
        state=State.IN_PART if withheld else state,
        reason=Reason.WITHHELD if withheld else reason,
    )


def with_pictures(page: Page, pictures: Sequence[Sequence[Line]], fingerprint: str, all_read: bool = True) -> Page:
    """Return a page with what its pictures say after its own text: each of them marked, with an end of line before it.

    The page's own text stays as it was, so that offsets into it hold. `confidence` is that of the pictures. Unless they
    were `all_read`, the page is one with unread pictures still. Words of pictures whose place is not known have an
    empty box.
    """
    own = list(page.words)
    written = _Written(page.text, list(own), bytearray([_NO_LAYER] * len(own)))
    marks = []
    for lines in pictures:
        start = len(written.text) + bool(written.text)
        written.add(lines)
        marks.append(Furniture(FurnitureKind.PICTURE, start, len(written.text)))
    added = written.words[len(own) :]
    withheld = page.withheld + _withheld(added, [each.box for each in page.redactions])
    every = [line for lines in pictures for line in lines]
    state, reason = State.OCR, Reason.NONE
    if not all_read:
        state, reason = State.IN_PART, Reason.UNREAD_PICTURES
    elif withheld:
        state, reason = State.IN_PART, Reason.WITHHELD
    elif not written.text:
        state, reason = State.NOT_SEARCHABLE, Reason.NOTHING_RECOGNISED
    return replace(
        page,
        fingerprint=f"{page.fingerprint}+{fingerprint}",
        text=written.text,
        confidence=round(confidence_of(every) / 100, 4) if every else None,
        words=Words.pack(written.words, page.width, page.height),
        confidences=bytes(written.confidences) if every else b"",
        furniture=(*page.furniture, *marks),
        withheld=withheld,
        state=state,
        reason=reason,
    )


def without_pictures(page: Page) -> Page:
    """Return a page as it was before its pictures were read, where that was done: they are to be read again."""
    starts = [mark.start for mark in page.furniture if mark.kind is FurnitureKind.PICTURE]
    if not starts:
        return page
    end = max(0, min(starts) - 1)
    return replace(
        page,
        fingerprint=page.fingerprint.partition("+")[0],
        text=page.text[:end],
        confidence=None,
        words=Words.pack([word for word in page.words if word.end <= end], page.width, page.height),
        confidences=b"",
        furniture=tuple(mark for mark in page.furniture if mark.kind is not FurnitureKind.PICTURE),
        withheld=tuple(each for each in page.withheld if each.end <= end),
    )


def _withheld(words: Sequence[Word], covers: Sequence[Box]) -> tuple[Withheld, ...]:
    """Return the runs of words under covers."""
    under = ((word, _cover(word.box, covers)) for word in words)
    runs = [(cover, [word for word, _ in run]) for cover, run in groupby(under, key=lambda each: each[1])]
    return tuple(Withheld(run[0].start, run[-1].end, cover) for cover, run in runs if cover)


def _cover(box: Box, covers: Sequence[Box]) -> Box | None:
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return next((each for each in covers if each[0] < x < each[2] and each[1] < y < each[3]), None)
