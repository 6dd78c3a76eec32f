"""Recognised papers in a corpus without recognising any: pages as OCR leaves them, and corrections of them."""

from __future__ import annotations

from dataclasses import replace

from corpus import Corpus
from corpus.model import Basis, Delivery, Document, Extraction, Occurrence, Page, Release, State, Word, Words
from ingest import correcting
from search.figures import VERSION, of_page

TEXT = "개인정보 보호위원희는 동의률\n5,764만 건의 사진을 제공 하였다.\n- 3 -"
OCR = "ocr1-0a1b2c3d4e5f"


def ocr_page(text: str = TEXT, document: str = "d" * 64, number: int = 1, **given: object) -> Page:
    """Make a page as OCR leaves it: a box for each word, which tells its line and its column."""
    words, at = [], 0
    for row, line in enumerate(text.split("\n")):
        for column, word in enumerate(line.split()):
            start = text.index(word, at)
            at = start + len(word)
            words.append(Word(start, at, (20.0 * column, 30.0 * row, 20.0 * column + 18, 30.0 * row + 20)))
    page = Page(
        document,
        number,
        OCR,
        text,
        label=str(number),
        width=595.0,
        height=842.0,
        basis=Basis.OCR,
        confidence=0.81,
        words=Words.pack(words, 595.0, 842.0),
        confidences=bytes(50 + at % 50 for at in range(len(words))),
        state=State.OCR,
    )
    return replace(page, **given)  # type: ignore[arg-type]


def at(page: Page, words: str) -> tuple[int, int]:
    start = page.text.index(words)
    return start, start + len(words)


def kept_scan(corpus: Corpus, *texts: str, name: str = "공문.pdf") -> str:
    """Put a recognised paper into a corpus, without recognising it."""
    source = corpus.folder.parent / name
    source.write_text(name + "".join(texts), encoding="utf-8")
    document, size = corpus.originals.put(source)
    pages = [ocr_page(text, document, number) for number, text in enumerate(texts, start=1)]
    listed = Document(document, size, "application/pdf", len(pages), State.OCR)
    with corpus.store.writing() as record:
        record.release(Release("자료", "자료"))
        record.delivery(Delivery("자료-1", "자료", str(source.parent), None))
        record.document(listed)
        record.occurrence(Occurrence(name, document, "자료-1", name, name, size, 0))
        record.extraction(Extraction(document, OCR, "Tesseract", {}, len(pages), {"title": "공문"}))
        record.pages(pages, [of_page(page) for page in pages], VERSION)
        record.settle(listed, OCR, 1)
    return document


def put_right(corpus: Corpus, document: str, old: str, new: str, who: str = "김 보좌관") -> Page:
    page = corpus.store.page(document, 1)
    return correcting.correct(corpus, document, 1, page.fingerprint, *at(page, old), new, who)
