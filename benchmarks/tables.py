"""Are the tables of PDFs those that pdfplumber finds, and do their cells say the same?

    .venv/bin/python -m benchmarks.tables [FOLDER of PDFs, ../shared/data/pdf/plumber] [--pages 6]

pdfplumber's own `find_tables` and `extract` are the measure; compared without blanks. Turned text is left out of
the cells and counted apart, since pdfplumber writes it backwards. CPU milliseconds a page, of the finding alone.
"""

from __future__ import annotations

import argparse
import time
import warnings
from pathlib import Path
from typing import Any

import pdfplumber

from corpus.cells import Table
from corpus.model import Page
from ingest.formats import FormatError, pdf, pdf_tables

NEAR = 2.0  # points


class Count:
    """What was found in some files."""

    def __init__(self) -> None:
        self.pages = self.ours = self.theirs = self.same = self.cells = self.equal = self.turned = 0
        self.seconds = 0.0

    def file(self, path: Path, most: int) -> None:
        outline = pdf.outline(path)
        numbers = range(1, min(outline.pages, most) + 1)
        began = time.process_time()
        ruled = pdf_tables.ruled_on(path, numbers)
        self.seconds += time.process_time() - began
        self.pages += len(numbers)
        with pdfplumber.open(path) as document:
            for page in pdf.read(path, 1, numbers[-1], None, "d"):
                found = pdf_tables.tables_of(page, ruled[page.number])
                self.ours += len(found)
                for theirs in document.pages[page.number - 1].find_tables():
                    self.theirs += 1
                    self.table(page, found, theirs)

    def table(self, page: Page, found: tuple[Table, ...], theirs: Any) -> None:
        ours = next((each for each in found if each.box and _near(each.box, theirs.bbox)), None)
        if ours is None:
            return
        self.same += len(ours.cells) == len(theirs.cells)
        upright = all(char["upright"] for char in theirs.page.crop(theirs.bbox, strict=False).chars)
        said = {
            (round(box[0]), round(box[1])): words or ""
            for row, texts in zip(theirs.rows, theirs.extract(), strict=True)
            for box, words in zip(row.cells, texts, strict=True)
            if box
        }
        for cell in ours.cells:
            assert cell.box
            wanted = said.get((round(cell.box[0]), round(cell.box[1])))
            if wanted is None:
                continue
            if not upright:
                self.turned += 1
                continue
            self.cells += 1
            words = " ".join(page.text[a:z] for a, z in cell.stretches)
            self.equal += "".join(words.split()) == "".join(wanted.split())


def _near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return all(abs(a - b) < NEAR for a, b in zip(one, other, strict=True))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", nargs="?", type=Path, default=Path("../shared/data/pdf/plumber"))
    parser.add_argument("--pages", type=int, default=6, help="of each file, at most")
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    count, failed = Count(), 0
    for path in sorted(asked.folder.rglob("*.pdf")):
        try:
            count.file(path, asked.pages)
        except FormatError:
            failed += 1
    print(
        f"{count.pages} pages; {failed} files could not be opened; {count.seconds * 1000 / count.pages:.1f} ms a page"
    )
    print(f"tables: {count.theirs} of pdfplumber, {count.ours} of ours, {count.same} with the same box and cells")
    print(f"cells: {count.equal} of {count.cells} equal ({count.equal / max(1, count.cells):.4f});", end=" ")
    print(f"{count.turned} in tables with turned text left out")


if __name__ == "__main__":
    main()
