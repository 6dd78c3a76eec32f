"""Texts whose wording is known from elsewhere than our own reading of the paper, beside the corpus that holds them.

Three kinds: the .txt beside the PDFs in data/pdf/groundtruth; the HWP or HWPX that a PDF in data/pdf/korean was printed
from (same stem); KorQuAD passages set into pages here, with running heads and page numbers, lines of 42 characters and
page ends wherever they fall, in the middle of a Korean word too (as Korean papers are set: figures and Latin words stay
whole).
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from corpus import Corpus
from corpus.folding import squash
from corpus.model import Delivery, Document, Extraction, Furniture, FurnitureKind, Occurrence, Page, Release, State
from ingest.outcomes import Request
from ingest.pipeline import run
from search.analysis import body_length, reading

_ACROSS, _LINES = 42, 30
_READ_HWP = "import sys, dochan; sys.stdout.buffer.write(dochan.Dochan(sys.argv[1]).to_plain_text().encode())"


@dataclass(frozen=True, slots=True)
class Truth:
    """What a document says by an independent source: stretches of running text, and on which page letters stand.

    `pages` are the squashed pages by an independent reader, from page 1; empty where nobody tells pages.
    """

    kind: str
    name: str
    document: str
    stretches: tuple[str, ...]
    pages: tuple[str, ...]

    def right_pages(self, quotation: str) -> set[int]:
        """Return the pages a quotation begins on; empty where it cannot be told."""
        wanted, found, text = squash(quotation), set[int](), "".join(self.pages)
        at = text.find(wanted)
        while at >= 0:
            found.add(_page_at(self.pages, at))
            at = text.find(wanted, at + 1)
        return found


def printed(corpus: Corpus, data: Path, dochan: str | None) -> Iterator[Truth]:
    """Ingest the PDFs that have a truth of their own, and yield it; `dochan` is a Python that can read HWP with it."""
    texts = {path.with_suffix(".pdf"): ("ground truth", (path.read_text(encoding="utf-8"),))
             for path in sorted((data / "pdf" / "groundtruth").glob("*.txt"))}  # fmt: skip
    for pdf in sorted((data / "pdf" / "korean").glob("*.pdf")):
        hwpx, hwp = data / "hwpx" / f"{pdf.stem}.hwpx", data / "hwp" / f"{pdf.stem}.hwp"
        if hwpx.exists():
            texts[pdf] = "HWPX", tuple(hwpx_paragraphs(hwpx))
        elif hwp.exists() and dochan:
            texts[pdf] = "HWP", tuple(hwp_paragraphs(hwp, dochan))
    request = Request(Release("printed", "printed"))
    for outcome in run(list(texts), corpus, request):
        pdf = next(path for path in texts if path.name == outcome.source.relative.rpartition("/")[2])
        if outcome.document:
            kind, stretches = texts[pdf]
            read = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True)
            pages = tuple(map(squash, read.stdout.decode("utf-8", errors="replace").split("\f")[:-1]))
            yield Truth(kind, pdf.name, outcome.document, stretches, pages)


def hwpx_paragraphs(path: Path) -> Iterator[str]:
    """Yield the text of each paragraph, those of table cells too, as the XML has them."""
    with zipfile.ZipFile(path) as archive:
        for name in sorted(archive.namelist()):
            if re.fullmatch(r"Contents/section\d+\.xml", name):
                for paragraph in ET.fromstring(archive.read(name)).iterfind(".//{*}p"):
                    yield "".join("".join(t.itertext()) for t in paragraph.iterfind("{*}run/{*}t"))


def hwp_paragraphs(path: Path, python: str) -> list[str]:
    """Return paragraphs and table cells as dochan reads them, without the marks that are its own.

    What it joins with two blanks is taken apart again.
    """
    read = subprocess.run([python, "-c", _READ_HWP, str(path)], capture_output=True, check=True)
    text = re.sub(r"\[bookmark: [^]]*\]", "\n", read.stdout.decode()).replace("\uf0a0", " ")  # Wingdings' blank
    return [part for part in re.split(r"[\t\n]| {2,}", text) if part.strip()]


def set_articles(corpus: Corpus, articles: dict[str, str]) -> Iterator[Truth]:
    """Set articles into pages with running heads, put them straight into the catalogue, and yield what they say."""
    with corpus.store.writing() as record:
        record.release(Release("set", "set"))
        record.delivery(Delivery("set-1", "set", "set"))
    for title, text in articles.items():
        text = " ".join(unicodedata.normalize("NFC", text).split())
        document = hashlib.sha256(f"{title} {text}".encode()).hexdigest()
        pages, letters = _set(document, title, text)
        with corpus.store.writing() as record:
            record.document(Document(document, len(text), "text/plain"))
            record.occurrence(Occurrence(document[:16], document, "set-1", f"{title}.txt", f"{title}.txt", 0, 0))
            record.extraction(Extraction(document, "set-1", "set", {}, len(pages), {}))
            record.pages(pages)
            done = Document(document, len(text), "text/plain", len(pages), State.SEARCHABLE)
            record.settle(done, "set-1", 1)
        yield Truth("set pages", title, document, (text,), tuple(letters))


def korquad(path: Path) -> dict[str, str]:
    """Return the articles of KorQuAD, their passages one after another."""
    data = json.loads(path.read_text(encoding="utf-8"))["data"]
    return {each["title"]: " ".join(passage["context"] for passage in each["paragraphs"]) for each in data}


def _set(document: str, title: str, text: str) -> tuple[list[Page], list[str]]:
    pages, letters = [], []
    lines = list(_lines(text))
    for number, start in enumerate(range(0, len(lines), _LINES), start=1):
        body = lines[start : start + _LINES]
        head, foot = f"{title} 자료집\n", f"\n- {number} -"
        whole = head + "\n".join(body) + foot
        marks = (
            Furniture(FurnitureKind.HEAD, 0, len(head)),
            Furniture(FurnitureKind.NUMBER, len(whole) - len(foot), len(whole)),
        )
        pages.append(Page(document, number, "set-1", whole, label=str(number), furniture=marks))
        letters.append(squash("".join(body)))
    return pages, letters


def _lines(text: str) -> Iterator[str]:
    start = 0
    while start < len(text):
        end = min(start + _ACROSS, len(text))
        while end < len(text) and start + 1 < end and _holds_together(text[end - 1], text[end]):
            end -= 1
        yield text[start:end]
        start = end


def _holds_together(left: str, right: str) -> bool:
    """Whether two characters stay on one line: letters and digits that are not Korean, and what stands in a figure."""
    return not (left.isspace() or right.isspace() or "가" <= left <= "힣" or "가" <= right <= "힣")


@dataclass(frozen=True, slots=True)
class Letters:
    """All letters of a document as we read them: each page with its heads, and the running text of each."""

    document: str
    pages: tuple[str, ...]
    bodies: tuple[str, ...]
    running: str

    @classmethod
    def of(cls, corpus: Corpus, document: str) -> Letters:
        pages = corpus.store.pages(document)
        texts = [(page, reading(page).text) for page in pages]
        bodies = tuple(squash(text[: body_length(page)]) for page, text in texts)
        return cls(document, tuple(squash(text) for _, text in texts), bodies, "".join(bodies))

    def holds(self, squashed: str) -> bool:
        return squashed in self.running or any(squashed in page for page in self.pages)

    def pages_with(self, squashed: str) -> set[int]:
        """Return the pages a stretch stands on, whole or in part."""
        found = {number for number, page in enumerate(self.pages, start=1) if squashed in page}
        at = self.running.find(squashed)
        while at >= 0:
            found |= set(range(_page_at(self.bodies, at), _page_at(self.bodies, at + len(squashed) - 1) + 1))
            at = self.running.find(squashed, at + 1)
        return found


def _page_at(bodies: Sequence[str], at: int) -> int:
    """Return the number of the page that a letter of the running text stands on."""
    for number, body in enumerate(bodies, start=1):
        if at < len(body):
            return number
        at -= len(body)
    return len(bodies)
