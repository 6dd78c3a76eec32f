"""Does the HWP reader say what Hancom's own PDF of a paper says, and on the right page?

    .venv/bin/python -m benchmarks.hwp_fidelity ../shared/data

For every file under hwp/ and hwpx/ that has a PDF of the same name under pdf/korean/ (printed by Hancom Office):

1. Text: the 4-grams of its signs, blanks left out, against what pdftotext (poppler-utils) reads. Recall is the share of
   the PDF's that we have, precision the share of ours that the PDF has. What stands first or last on at least half of
   the PDF's pages (running heads, page numbers) is taken out of both: a record has it once. So are ticked and empty
   boxes, which Hancom prints as drawings.
2. Pages: each stretch of text (a paragraph, a cell, or the part of one on a page) of 12 letters or more that stands
   once in ours and in the PDF: is it on that page? Stretches that pdftotext tells in another order are counted apart.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import time
import unicodedata
from collections import Counter
from pathlib import Path

from corpus.model import Page, UnitKind
from ingest.formats import hwp

GRAM = 4
PROBE = 12
_DRAWN = re.compile("[☐☑\ufffe]")


def pdf_pages(path: Path) -> list[str]:
    """Return what pdftotext reads on each page."""
    read = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    return read.stdout.decode("utf-8", errors="replace").split("\f")[:-1]


def bare(text: str) -> str:
    """Return a text without blanks and without what is printed as a drawing."""
    return re.sub(r"\s+", "", _DRAWN.sub("", unicodedata.normalize("NFKC", text)))


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()


def running(pages: list[str]) -> set[str]:
    """Return the lines, digits masked, that stand first or last on at least half of the pages."""
    counts: Counter[str] = Counter()
    for page in pages:
        lines = [masked(line) for line in page.splitlines() if line.strip()]
        counts.update({*lines[:3], *lines[-3:]})
    return {line for line, count in counts.items() if len(pages) > 2 and count * 2 >= len(pages)}


def masked(line: str) -> str:
    return re.sub(r"\d+", "0", bare(line))


def without(text: str, heads: set[str]) -> str:
    return "\n".join(line for line in text.splitlines() if masked(line) not in heads)


def grams(text: str) -> Counter[str]:
    plain = bare(text)
    return Counter(plain[at : at + GRAM] for at in range(len(plain) - GRAM + 1))


def compare(ours: list[Page], theirs: list[str]) -> tuple[int, int, int]:
    """Return how many 4-grams we share with the PDF, how many it has, how many we have."""
    heads = running(theirs)
    truth = grams("\n".join(without(page, heads) for page in theirs))
    told = grams("\n".join(without(page.text, heads) for page in ours))
    return (truth & told).total(), truth.total(), told.total()


def places(ours: list[Page], theirs: list[str]) -> tuple[int, int, int]:
    """Return how many stretches are on the right page, how many could be told, and how many could not be found."""
    pages = [letters(page) for page in theirs]
    right = told = lost = 0
    own = "\n".join(letters(page.text) for page in ours)
    for page in ours:
        for stretch in re.split(r"[\n\t]", page.text):
            probe = letters(stretch)
            if len(probe) < PROBE or own.count(probe) > 1:
                continue
            on = [number for number, text in enumerate(pages, 1) for _ in range(text.count(probe))]
            if len(on) == 1:
                told += 1
                right += on[0] == page.number
                if on[0] != page.number:
                    print(f"    p. {page.number}, in the PDF {on[0]}: {stretch[:60]!r}")
            elif not on:
                lost += 1
    return right, told, lost


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    shared = truth = told = 0
    for path in sorted([*folder.glob("hwp/*.hwp"), *folder.glob("hwpx/*.hwpx")]):
        pdf = folder / "pdf" / "korean" / f"{path.stem}.pdf"
        if not pdf.exists():
            continue
        start = time.process_time()
        outline = hwp.outline(path)
        pages = hwp.read(path, 1, outline.pages)
        seconds = time.process_time() - start
        theirs = pdf_pages(pdf)
        both, of_pdf, of_ours = compare(pages, theirs)
        shared, truth, told = shared + both, truth + of_pdf, told + of_ours
        computed = pages[0].kind is UnitKind.COMPUTED
        right, asked, lost = places(pages, theirs) if computed else (0, 0, 0)
        print(
            f"{path.name}: recall {both / max(1, of_pdf):.3f}, precision {both / max(1, of_ours):.3f}"
            f" ({of_pdf} 4-grams); pages {len(pages)} of {len(theirs)}; right page {right} of {asked},"
            f" {lost} not found; {seconds:.1f} s CPU; fonts not here: {outline.facts.get('fonts substituted', 'none')}"
        )
    if truth and told:
        print(f"all: recall {shared / truth:.3f}, precision {shared / told:.3f} of {truth} and {told} 4-grams")


if __name__ == "__main__":
    main()
