"""Does `gongmun quote` find what stands on the paper, on the page where it stands?

    .venv/bin/python -m benchmarks.fidelity ../shared/data/pdf

1. For every page, three phrases taken from what pdftotext (poppler-utils) reads there: an independent reader.
2. Quotations of 40 to 80 characters that cross a line end, from the .txt files beside the PDFs in groundtruth/.

Phrases are whole lines or parts of lines of 2 to 8 words, drawn with a fixed seed. Found means: a place on that page
with a grade of exact, spacing or typography. Misses are listed, and so is every page where pdftotext has text and we
have none.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from corpus import Corpus
from corpus.model import Release, State
from ingest.pipeline import Request, run
from search import Searcher
from search.grading import Grade

PHRASES = 3
QUOTATIONS = 250  # of each ground-truth text


def pages_of(path: Path, password: str | None = None) -> list[str]:
    """Return what pdftotext reads on each page, in its own reading order."""
    options = ["-upw", password] if password else []
    read = subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, check=False)
    return read.stdout.decode("utf-8", errors="replace").split("\f")[:-1]


def phrases_of(text: str, random_: random.Random) -> list[str]:
    """Draw phrases of 2 to 8 words from the lines of a page; of a page with few words, what there is."""
    lines = [line.split() for line in text.splitlines()]
    rich = [words for words in lines if len(words) >= 2 and sum(map(len, words)) >= 8]
    plain = rich or [words for words in lines if re.search(r"[^\W_]", " ".join(words))]
    drawn = []
    for words in random_.sample(plain, min(PHRASES, len(plain))):
        length = random_.randint(min(2, len(words)), min(8, len(words)))
        start = random_.randint(0, len(words) - length)
        phrase = " ".join(words[start : start + length])
        if re.search(r"[^\W_]", phrase):
            drawn.append(phrase)
    return drawn


def crossing_line_ends(text: str, random_: random.Random) -> list[str]:
    """Draw quotations of 40 to 80 characters with a line end inside, ends at word ends."""
    drawn: list[str] = []
    ends = [match.start() for match in re.finditer(r"(?<=\S)\n(?=\S)", text)]
    while ends and len(drawn) < QUOTATIONS:
        end = random_.choice(ends)
        start = end - random_.randint(5, 35)
        piece = text[max(0, start) : start + random_.randint(40, 80)]
        words = re.sub(r"\s+", " ", piece).split(" ")[1:-1]
        quotation = " ".join(words)
        if 40 <= len(quotation) <= 80 and "\n" in piece.strip():
            drawn.append(quotation)
    return drawn


def ingest(folder: Path, corpus: Corpus) -> dict[str, str]:
    """Ingest a folder; return the document of every file's path, printing what is not searchable."""
    found = {}
    for outcome in run([folder], corpus, Request(Release("benchmark", "benchmark"))):
        if outcome.document:
            found[outcome.source.relative] = outcome.document
        if outcome.state is not State.SEARCHABLE:
            print(f"  {outcome.state}: {outcome.source.relative}: {outcome.reason}. {outcome.detail}")
    return found


def pdftotext_phrases(folder: Path, documents: dict[str, str], searcher: Searcher) -> None:
    random_ = random.Random(2026)
    asked = Counter[str]()
    missed = Counter[str]()
    empty: list[str] = []
    for relative, document in sorted(documents.items()):
        if not relative.lower().endswith(".pdf"):
            continue
        ours = {page.number: page for page in searcher.corpus.store.pages(document)}
        for number, text in enumerate(pages_of(folder / relative), start=1):
            page = ours.get(number)
            if re.search(r"[^\W_]", text) and (page is None or not re.search(r"[^\W_]", page.text)):
                empty.append(f"{relative} p. {number}: {text[:60]!r}")
            for phrase in phrases_of(text, random_):
                kind = relative.split("/")[0]
                asked[kind] += 1
                if number not in _pages_with(searcher, phrase, document):
                    missed[kind] += 1
                    print(f"  missed: {relative} p. {number}: {phrase!r}")
    for line in empty:
        print("  pdftotext has text, we have none:", line)
    for kind in sorted(asked):
        share = 1 - missed[kind] / asked[kind]
        print(f"{kind}: {asked[kind] - missed[kind]} of {asked[kind]} phrases found on their page: {share:.2%}")
    total, lost = asked.total(), missed.total()
    print(
        f"all: {total - lost} of {total} phrases found on their page: {1 - lost / total:.2%}; pages empty: {len(empty)}"
    )


def _pages_with(searcher: Searcher, phrase: str, document: str) -> set[int]:
    found = searcher.quote(phrase, document=document, limit=10_000).places
    return {span.page for place in found if place.grade < Grade.ALTERED for span in place.passage}


def ground_truth(folder: Path, documents: dict[str, str], searcher: Searcher) -> None:
    random_ = random.Random(2027)
    grades = Counter[str]()
    for text_file in sorted(folder.glob("groundtruth/*.txt")):
        document = documents.get(f"groundtruth/{text_file.stem}.pdf")
        if document is None:
            continue
        quotations = crossing_line_ends(text_file.read_text(encoding="utf-8"), random_)
        for quotation in quotations:
            result = searcher.quote(quotation, document=document)
            grades[result.grade.word] += 1
            if result.grade is not Grade.EXACT:
                why = [(d.quoted, d.stands) for place in result.places[:1] for d in place.differences]
                print(f"  {result.grade.word}: {text_file.name}: {quotation!r} {why}")
    total = grades.total()
    if total:
        print(f"ground truth, across line ends: {grades['exact']} of {total} exact: {grades['exact'] / total:.2%}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    with tempfile.TemporaryDirectory() as place, Corpus.create(Path(place, "corpus")) as corpus:
        documents = ingest(folder, corpus)
        with Searcher(corpus) as searcher:
            pdftotext_phrases(folder, documents, searcher)
            ground_truth(folder, documents, searcher)


if __name__ == "__main__":
    main()
