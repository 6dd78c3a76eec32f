"""Score what is read as redactions and as withheld text against the labels, by the rules of README.md.

    .venv/bin/python -m benchmarks.redactions.run tuning made-tuning [--detail] [--data ../shared/data]

Of the frozen lists only totals are printed: `--detail` is refused for them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.redactions.build import make
from corpus.folding import HYPHEN, canonical
from corpus.glyphs import text_digest, unpack
from corpus.model import COVER, Box, Page, Withheld
from ingest.formats import pdf
from ingest.glyphs import glyphs

HERE = Path(__file__).parent
LISTS = ("tuning", "made-tuning", "frozen", "made-frozen")
CROSS_HATCHED = "bad_cross_hatched_redactions"
GROWN = 2.0  # points around a label
LEAST_FOUND = 0.8
LEAST_INSIDE = 0.5
LEAST_RUN = 3  # letters or digits


@dataclass(slots=True)
class Score:
    """Counts over pages; `milliseconds` are CPU time of reading."""

    pages: int = 0
    redactions: int = 0
    found: int = 0
    bad: int = 0
    bad_found: int = 0
    bad_exact: int = 0
    hidden: int = 0
    hidden_found: int = 0
    false_places: int = 0
    false_pages: int = 0
    false_texts: int = 0
    milliseconds: float = 0.0

    def add(self, other: Score) -> None:
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    def __str__(self) -> str:
        return (
            f"{self.pages:3} pages  found {self.found}/{self.redactions}  bad {self.bad_found}/{self.bad}"
            f" (exact {self.bad_exact})  hidden {self.hidden_found}/{self.hidden}"
            f"  false alarms: {self.false_places} places on {self.false_pages} pages, {self.false_texts} of text"
            f"  {self.milliseconds / max(1, self.pages):.1f} ms/page"
        )


@dataclass(slots=True)
class Judged:
    """A page's score and what went wrong, in words."""

    score: Score
    wrongs: list[str] = field(default_factory=list)


def judge(line: dict[str, Any], path: Path) -> Judged:
    """Read a labelled page and score it."""
    began = time.process_time()
    (page,) = pdf.read(path, line["page"], line["page"])
    judged = Judged(Score(pages=1, milliseconds=1000 * (time.process_time() - began)))
    reported = [shown(each.box, page) for each in page.redactions]
    _judge_boxes(judged, line, reported, page)
    _judge_text(judged, line, path, page)
    return judged


def shown(box: Box, page: Page) -> Box:
    """Turn a box of the record (rotation undone) into one of the page as it is rendered (/Rotate, clockwise)."""
    left, top, right, bottom = box
    if page.rotation == 90:
        return page.height - bottom, left, page.height - top, right
    if page.rotation == 180:
        return page.width - right, page.height - bottom, page.width - left, page.height - top
    if page.rotation == 270:
        return top, page.width - right, bottom, page.width - left
    return box


def _judge_boxes(judged: Judged, line: dict[str, Any], reported: list[Box], page: Page) -> None:
    score = judged.score
    for label in line["redactions"]:
        box = tuple(label["box"])
        score.redactions += 1
        share = covered(box, reported) / (_area(box) or 1.0)
        score.found += share >= LEAST_FOUND
        if share < LEAST_FOUND:
            judged.wrongs.append(f"not found ({share:.0%}): {label['made']} {box}")
    right = [grown(each["box"]) for key in ("redactions", "optional", "hidden") for each in line[key] if each["box"]]
    pairs = zip(reported, page.redactions, strict=True)
    wrong = [(box, each.made) for box, each in pairs if covered(box, right) < LEAST_INSIDE * _area(box)]
    places = together([box for box, _ in wrong])
    score.false_places += places
    score.false_pages += places > 0
    judged.wrongs += [f"false alarm: {made} {tuple(round(side) for side in box)}" for box, made in wrong]


def _judge_text(judged: Judged, line: dict[str, Any], path: Path, page: Page) -> None:
    score = judged.score
    boxes = _characters(path, page)
    for label in line["redactions"]:
        if label["under"] == "text":
            found, exact = _is_withheld(label, page, boxes)
            score.bad += 1
            score.bad_found += found
            score.bad_exact += exact
            if not (found and exact):
                judged.wrongs.append(f"bad one {'not found' if not found else 'not exact'}: {label['box']}")
    for label in line["hidden"]:
        score.hidden += 1
        score.hidden_found += _is_withheld(label, page, boxes)[0]
    under = [each["box"] for each in line["redactions"] if each["under"] in ("text", "label")]
    under += [each["box"] for each in line["hidden"]]
    for run in page.withheld:
        outside = [at for at in _said(page, run) if not any(_holds(box, boxes[at]) for box in under)]
        score.false_texts += len(outside) >= LEAST_RUN
        if len(outside) >= LEAST_RUN:
            judged.wrongs.append(f"false alarm of text: {page.text[run.start : run.end]!r} {run.box}")


def _is_withheld(label: dict[str, Any], page: Page, boxes: NDArray[np.float64]) -> tuple[bool, bool]:
    """Return whether the quote of a label is withheld at its place and not to be seen, and whether all is exact."""
    place = label.get("box") or (0.0, 0.0, page.width, page.height)
    near = grown(place)
    runs = [run for run in page.withheld if any(_holds(near, boxes[at]) for at in range(run.start, run.end))]
    withheld = "".join(_squashed(page.text[run.start : run.end]) for run in runs)
    visible = page.visible
    words = set(label["quote"].split())
    shows = [
        word
        for word in page.words
        if visible[word.start : word.end] in words and _holds(place, np.array(shown(word.box, page)))
    ]
    exact = hashlib.sha256(withheld.encode()).hexdigest() == label.get("sha256")
    return _squashed(canonical(label["quote"])) in withheld and not shows, exact


def _said(page: Page, run: Withheld) -> Iterator[int]:
    return (at for at in range(run.start, run.end) if page.text[at].isalnum())


def _squashed(text: str) -> str:
    """Take out blanks; the reader's sign for a hyphen at a line end is the hyphen of the labels."""
    return "".join(text.replace(COVER, "").replace(HYPHEN, "-").split())


def _characters(path: Path, page: Page) -> NDArray[np.float64]:
    """Return the boxes of the page's characters as the page is shown."""
    packed = glyphs(path, page.number, text_digest(page.text))
    boxes = unpack(packed, len(page.text), page.width, page.height)
    return np.array([shown(tuple(row), page) for row in boxes.tolist()]).reshape(-1, 4)


def _holds(box: Iterable[float], character: NDArray[np.float64]) -> bool:
    left, top, right, bottom = box
    x, y = (character[0] + character[2]) / 2, (character[1] + character[3]) / 2
    return bool(left <= x <= right and top <= y <= bottom)


def grown(box: Iterable[float]) -> Box:
    """Return a box with the room that labels are given."""
    left, top, right, bottom = box
    return left - GROWN, top - GROWN, right + GROWN, bottom + GROWN


def covered(box: Box, covers: list[Box]) -> float:
    """Return the area of a box that others cover together."""
    parts = [_common(box, cover) for cover in covers]
    parts = [part for part in parts if _area(part) > 0]
    xs = sorted({edge for part in parts for edge in (part[0], part[2])})
    area = 0.0
    for left, right in pairwise(xs):
        reached = 0.0
        for part in sorted((p for p in parts if p[0] <= left and p[2] >= right), key=lambda part: part[1]):
            area += (right - left) * max(0.0, part[3] - max(part[1], reached))
            reached = max(reached, part[3])
    return area


def together(boxes: list[Box]) -> int:
    """Count boxes, those that touch as one."""
    groups: list[list[Box]] = []
    for box in boxes:
        near = [group for group in groups if any(_touch(box, other) for other in group)]
        groups = [group for group in groups if group not in near] + [[box, *(each for group in near for each in group)]]
    return len(groups)


def _touch(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]


def _common(one: Box, other: Box) -> Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def _area(box: Iterable[float]) -> float:
    left, top, right, bottom = box
    return max(0.0, right - left) * max(0.0, bottom - top)


def run(name: str, data: Path, made: Path, detail: bool) -> None:
    """Score one list: all of it, and what the README wants apart."""
    totals: dict[str, Score] = {}
    for text in (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        line = json.loads(text)
        file = line["file"]
        path = made / Path(file).name if file.startswith("made/") else data / file
        judged = judge(line, path)
        parts = [file.partition("/")[0]]
        parts += ["redaction without the cross-hatched"] if parts == ["redaction"] and CROSS_HATCHED not in file else []
        for part in ["all", *parts]:
            totals.setdefault(part, Score()).add(judged.score)
        if detail and judged.wrongs:
            print(f"{line['id']} {file} page {line['page']}", *judged.wrongs, sep="\n    ")
    for part, score in totals.items():
        print(f"{name}, {part}: {score}")


def main() -> None:
    parser = argparse.ArgumentParser(description="Score redactions against the labels.")
    parser.add_argument("lists", nargs="+", choices=LISTS)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--detail", action="store_true", help="what went wrong, page by page (tuning lists only)")
    options = parser.parse_args()
    if options.detail and any("frozen" in name for name in options.lists):
        parser.error("The frozen lists give totals only.")
    with tempfile.TemporaryDirectory() as folder:
        if any(name.startswith("made") for name in options.lists):
            make(Path(folder))
        for name in options.lists:
            run(name, options.data, Path(folder), options.detail)


if __name__ == "__main__":
    main()
