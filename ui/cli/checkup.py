"""`gongmun doctor`: what is there, what is missing and how to get it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli import wording
from ui.cli.json_forms import SCHEMA
from ui.cli.session import Session
from ui.cli.terminal import line

if TYPE_CHECKING:
    from rich.console import Console

    from corpus import Corpus

OK, MISSING, REQUIRED = "ok", "missing", "REQUIRED"
OLDEST = (3, 11)
PACKAGES = (
    "alembic",
    "click",
    "lark",
    "numpy",
    "pdfplumber",
    "pypdfium2",
    "rich",
    "sqlalchemy",
    "streamlit",
    "whoosh3",
)
_LITTLE = 2_000_000_000  # bytes of free disk below which an ingest may fill it
_STYLES = {OK: "green", MISSING: "yellow", REQUIRED: "bold red"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `advice` says how to get what is missing."""

    mark: str
    name: str
    said: str
    advice: str = ""


def examined(session: Session) -> list[Finding]:
    """Look at this machine, and at the corpus if one is meant."""
    machine = (*_python(), *_packages(), _sqlite(), *_disk(), *_limits())
    return [*machine, _tesseract(session), *_extras(), *_of_corpus(session)]


def show_findings(found: list[Finding], out: Console) -> None:
    width = max(len(each.name) for each in found) + 2
    for each in found:
        line(out, (f"{each.mark:<9}", _STYLES[each.mark]), f"{each.name:<{width}}", each.said)
        if each.advice:
            line(out, each.advice, indent=9 + width)


def findings_form(found: list[Finding]) -> dict[str, Any]:
    return {"schema": SCHEMA, "findings": [asdict(each) for each in found]}


def _python() -> Iterator[Finding]:
    from ui.cli.entry import version

    yield Finding(OK, "Gongmun", version())
    said = f"{sys.version.split()[0]} on {sys.platform} ({sys.executable})"
    if sys.version_info[:2] >= OLDEST:
        yield Finding(OK, "Python", said)
    else:
        yield Finding(REQUIRED, "Python", said, "Install Python 3.11 or newer.")
    encoding = sys.getfilesystemencoding()
    if encoding.replace("-", "").lower() == "utf8":
        yield Finding(OK, "file names", "UTF-8")
    else:
        yield Finding(MISSING, "file names", encoding, "Set PYTHONUTF8=1, or Korean file names may not be read.")


def _packages() -> Iterator[Finding]:
    for name in PACKAGES:
        try:
            yield Finding(OK, name, metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Finding(REQUIRED, name, "not installed", "Run: python scripts/set_up.py")


def _sqlite() -> Finding:
    """Check that this SQLite has FTS5 with the trigram tokenizer, by which quotations are found."""
    try:
        with sqlite3.connect(":memory:") as connection:
            connection.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize='trigram')")
        connection.close()
        return Finding(OK, "SQLite", f"{sqlite3.sqlite_version} with FTS5 trigrams")
    except sqlite3.OperationalError as error:
        said = f"{sqlite3.sqlite_version}: {error}"
        return Finding(REQUIRED, "SQLite", said, "Install a Python whose SQLite is 3.34 or newer, with FTS5.")


def _disk() -> Iterator[Finding]:
    from search.indexes import cache_folder

    cache = cache_folder()
    there = next(folder for folder in (cache, *cache.parents) if folder.exists())
    if os.access(there, os.W_OK):
        yield Finding(OK, "cache", str(cache))
    else:
        yield Finding(REQUIRED, "cache", f"{cache} cannot be written", "Set GONGMUN_CACHE to a folder of yours.")
    yield _space("cache disk", there)


def _space(name: str, folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    said = f"{wording.size(free)} free at {folder}"
    if free >= _LITTLE:
        return Finding(OK, name, said)
    return Finding(MISSING, name, said, "A corpus takes two to three times the size of its files: free some space.")


def _limits() -> Iterator[Finding]:
    yield Finding(OK, "cores", f"{os.cpu_count() or 1}: as many workers read")
    if sys.platform == "linux":
        yield Finding(OK, "worker limits", "time and memory")
        return
    said = "time alone: this platform bounds no process's memory"
    yield Finding(MISSING, "worker limits", said, "Take in papers you do not trust on Linux, or on a machine to spare.")


def _tesseract(session: Session) -> Finding:
    """Look whether pictures of text can be read, with the models that the corpus meant names, or the system's."""
    from corpus.errors import GongmunError
    from ingest.ocr_models import available
    from ingest.recognising import models

    try:
        folder = models(session.open())
    except GongmunError:  # said below
        folder = None
    missing = available(folder)
    if missing:
        return Finding(MISSING, "Tesseract", "no OCR: pages that are pictures are listed as needing it", missing)
    return Finding(OK, "Tesseract", f"tesserocr {metadata.version('tesserocr')}, with Korean and English")


_EXTRAS = (
    ("rhwp-python", "hwp-pages", "page numbers and pictures of HWP and HWPX"),
    ("libarchive-c", "seven-zip", "7Z archives"),
    ("kreuzberg", "legacy-office", "DOC, XLS and PPT"),
)


def _extras() -> Iterator[Finding]:
    for package, extra, what in _EXTRAS:
        try:
            yield Finding(OK, package, f"{metadata.version(package)}: {what}")
        except metadata.PackageNotFoundError:
            yield Finding(MISSING, package, f"no {what}", f"To have them: pip install 'gongmun[{extra}]'")


def _of_corpus(session: Session) -> Iterator[Finding]:
    from corpus.errors import CorpusMissing, GongmunError

    try:
        corpus = session.open()
    except CorpusMissing:
        yield Finding(OK, "corpus", "none named; --corpus DIR looks at one")
        return
    except GongmunError as error:
        yield Finding(REQUIRED, "corpus", "cannot be used", str(error))
        return
    yield from _corpus_health(corpus)


def _corpus_health(corpus: Corpus) -> Iterator[Finding]:
    from ui.cli.index_state import index_form

    coverage, index = corpus.store.coverage(), index_form(corpus)
    files = wording.count(sum(coverage.files.values()), "file")
    yield Finding(OK, "corpus", f"{corpus.folder}: {wording.count(coverage.total, 'page')} in {files}")
    yield _space("corpus disk", corpus.folder)
    if index["up_to_date"]:
        yield Finding(OK, "index", f"up to date, {wording.count(index['pages'], 'page')}")
    else:
        missed = wording.count(index["behind"], "document")
        yield Finding(MISSING, "index", f"{missed} to take in", "The next search does that, or: gongmun reindex")
