"""Papers made for measuring: dense Korean pages set from the KorQuAD passages in ../shared, with a fixed seed."""

from __future__ import annotations

import json
import random
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SOURCE = Path("../shared/data/retrieval/KorQuAD_v1.0_dev.json")
FONT = Path("/usr/share/fonts/truetype/nanum/NanumMyeongjo.ttf")
PAGES_EACH = 25
_LINES, _ACROSS = 42, 42


def dense_pages(folder: Path, pages: int, pages_each: int = PAGES_EACH) -> Path:
    """Write about `pages` pages of some 1,800 characters into files of 25; what is there already is left."""
    folder.mkdir(parents=True, exist_ok=True)
    words = _words()
    pdfmetrics.registerFont(TTFont("Nanum", FONT))
    for number in range(pages // pages_each):
        path = folder / f"자료_{number:05}.pdf"
        if not path.exists():
            _write(path, words, random.Random(number), pages_each)
    return folder


def _words() -> list[str]:
    articles = json.loads(SOURCE.read_text(encoding="utf-8"))["data"]
    text = " ".join(paragraph["context"] for article in articles for paragraph in article["paragraphs"])
    return [word for word in text.split() if all(c < "ɐ" or "가" <= c <= "힣" for c in word)]


def _write(path: Path, words: list[str], random_: random.Random, pages: int) -> None:
    canvas = Canvas(str(path), invariant=1, pageCompression=1)
    for number in range(1, pages + 1):
        text = canvas.beginText(60, 790)
        text.setFont("Nanum", 10)
        text.setLeading(17)
        start = random_.randrange(len(words) - 900)
        running = " ".join(words[start : start + 900])
        for line in range(_LINES):
            text.textLine(running[line * _ACROSS : (line + 1) * _ACROSS])
        canvas.drawText(text)
        canvas.drawCentredString(300, 30, f"- {number} -")
        canvas.showPage()
    part = path.with_suffix(".part")
    part.write_bytes(canvas.getpdfdata())
    part.rename(path)
