"""Makes the pictures of docs/guide from the sample release, by opening every page in Chromium.

.venv/bin/python scripts/make_guide.py [FOLDER]

Korean and English, light and dark, 1280 points wide; the corpus and its annotations are made anew in a folder for
temporary files. Needs Chromium and Korean fonts (apt install chromium fonts-noto-cjk).
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the checkout, for whoever runs this without installing it

from PIL import Image  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from corpus import Corpus  # noqa: E402
from corpus.annotations import annotate, reply  # noqa: E402
from corpus.model import Span  # noqa: E402
from tests.web.conftest import ARGUMENTS, CHROMIUM, READY, serving  # noqa: E402

READERS = {"ko": "ko-KR", "en": "en-US"}
MARKS = {  # quotation -> colour, tags, note, by language of whoever reads the guide
    "ko": ("중요", "수치를 답변서와 대조할 것"),
    "en": ("key figure", "Compare with the figure in the reply"),
}


def main(folder):
    with tempfile.TemporaryDirectory() as place:
        os.environ["GONGMUN_CACHE"] = str(Path(place) / "cache")
        for language, locale in READERS.items():
            corpus = Path(place) / language / "법무부-2021"
            command = [sys.executable, "-m", "ui.cli", "demo", "--dir", str(corpus), "--no-web"]
            subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            places = prepared(corpus, language)
            with serving(corpus, Path(place) / "cache") as server:
                shoot(server.url, locale, places, folder / language)


def prepared(folder, language):
    """Annotate the sample corpus; return the addresses to show, by the picture's name."""
    tag, note = MARKS[language]
    with Corpus.open(folder) as corpus:
        document, number, span = standing(corpus, "1억 7천만")
        page = corpus.store.page(document, number)
        first = annotate(corpus.store, page, span, author="김보좌", colour="yellow", note=note, tags=[tag])
        reply(corpus.store, first.id, author="이연구", note="5,760만 + 1억 2,000만 = 1억 7,760만")
        other = standing(corpus, "동의")
        annotate(corpus.store, corpus.store.page(*other[:2]), other[2], author="이연구", colour="green", tags=[tag])
    words = "안면이미지 민간기업" if language == "ko" else "face images consent"
    reader = {"doc": document, "page": number, "at": f"{span.start}-{span.end}", "q": "얼굴 이미지"}
    return {
        "search": "/?" + urllib.parse.urlencode({"q": words}),
        "quotation": "/?" + urllib.parse.urlencode({"q": '"동의를 받지 않"'}),
        "start": "/",
        "reader": "/reader?" + urllib.parse.urlencode(reader),
        "annotations": "/annotations",
        "releases": "/releases",
        "overview": "/overview",
        "help": "/help",
        "compare": "/compare?" + urllib.parse.urlencode(versions(folder)),
        "scan": "/reader?" + urllib.parse.urlencode(scan(folder)),
        "sheet": "/reader?" + urllib.parse.urlencode({"doc": named(folder, "15_"), "page": 1}),
    }


def versions(folder):
    return {"a": named(folder, "07_"), "b": named(folder, "재공개본")}


def scan(folder):
    return {"doc": named(folder, "17_"), "page": 1}


def named(folder, part):
    with Corpus.open(folder) as corpus:
        for met in corpus.store.occurrences():
            if part in met.name:
                return met.document
    raise SystemExit(f"The sample release has no paper named {part}.")


def standing(corpus, words):
    for document in sorted(corpus.store.visible()):
        for page in corpus.store.pages(document):
            at = page.visible.find(words)
            if at >= 0:
                return document, page.number, Span(at, at + len(words))
    raise SystemExit(f"The sample release has no page with {words}.")


def shoot(url, locale, places, folder):
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for scheme in ("light", "dark"):
            context = browser.new_context(locale=locale, color_scheme=scheme, viewport={"width": 1280, "height": 860})
            page = context.new_page()
            for name, address in places.items():
                page.goto(url + address)
                page.wait_for_selector(READY, timeout=60_000)
                page.wait_for_selector("main", timeout=60_000)
                page.wait_for_load_state("networkidle")
                page.wait_for_timeout(700)  # pictures of pages fade in
                kept = folder / f"{name}{'' if scheme == 'light' else '-dark'}.webp"
                Image.open(io.BytesIO(page.screenshot())).convert("RGB").save(kept, "WEBP", quality=80, method=6)
                print(kept)
        browser.close()


if CHROMIUM is None or shutil.which("fc-list") is None:
    sys.exit("Install chromium and fonts-noto-cjk first.")
main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs" / "guide" / "pictures")
