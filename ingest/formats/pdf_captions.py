"""The lines over the tables of a PDF page that name them: `<표 4> 단계별 정보의 종류`, `Table 2: Reactions`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.model import Box, Page

_FAR = 40.0  # points from a caption down to its table: a line such as (단위: 천 명) may stand between
_OVERLAP = 2.0
_NUMBER = r"[0-9]{1,3}(?:[-.–][0-9]{1,3})*"
_NAMES = re.compile(
    rf"[\s<〈＜《\[【(（「『○◎□■▣※*•·-]*(?:표\s*{_NUMBER}(?![0-9]*[은는이가을를의에와과])|Table\s+{_NUMBER})", re.I
)


def captions(page: Page, boxes: Sequence[Box]) -> list[tuple[int, int] | None]:
    """Return for each table the half-open stretch of the page's text that is its caption, None where none is found.

    A caption is a line that begins as one, at most 40 points above the table and over it; the nearest table has it.
    """
    lines = list(_named(page))
    near = sorted(
        (box[1] - line[3], table, at)
        for table, box in enumerate(boxes)
        for at, (_, line) in enumerate(lines)
        if -_OVERLAP <= box[1] - line[3] <= _FAR and line[0] < box[2] and box[0] < line[2]
    )
    found: list[tuple[int, int] | None] = [None] * len(boxes)
    taken: set[int] = set()
    for _, table, at in near:
        if found[table] is None and at not in taken:
            found[table] = lines[at][0]
            taken.add(at)
    return found


def _named(page: Page) -> Iterator[tuple[tuple[int, int], Box]]:
    """Yield the lines that begin as a caption does, each with the box of its words."""
    start = 0
    for line in page.text.splitlines(keepends=True):
        end = start + len(line.rstrip())
        if _NAMES.match(line):
            boxes = [word.box for word in page.words if start <= word.start < end]
            if boxes:
                x0, top, x1, bottom = zip(*boxes, strict=True)
                yield (start + len(line) - len(line.lstrip()), end), (min(x0), min(top), max(x1), max(bottom))
        start += len(line)
