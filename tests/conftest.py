"""What all tests share: a cache of their own, and small corpora written straight into a catalogue."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.model import Delivery, Document, Extraction, Furniture, Occurrence, Page, Release, State

# A shell that runs in the background hands on an ignored SIGINT; the programs that tests stop with Ctrl-C need it.
signal.signal(signal.SIGINT, signal.default_int_handler)

REQUIRE_ALL = os.environ.get("GONGMUN_REQUIRE") == "all"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where everything must be there (CI), a test that skips with "install …" as its reason has failed."""
    report = yield
    reason = report.longrepr[2] if report.skipped and isinstance(report.longrepr, tuple) else ""
    if REQUIRE_ALL and reason.startswith("Skipped: install "):
        report.outcome = "failed"
    return report


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep every test's index to itself, and the user's own out of it."""
    cache = tmp_path / "cache"
    monkeypatch.setenv("GONGMUN_CACHE", str(cache))
    monkeypatch.delenv("GONGMUN_CORPUS", raising=False)
    return cache


@pytest.fixture(autouse=True)
def own_main(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the main module back after each test: Streamlit's AppTest puts its script there, and worker processes that
    start later would run it."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])


@pytest.fixture
def corpus(tmp_path: Path) -> Iterator[Corpus]:
    with Corpus.create(tmp_path / "말뭉치") as opened:
        yield opened


Write = Callable[..., str]


@pytest.fixture
def write(corpus: Corpus) -> Write:
    """Write a document of ready-made page texts into the catalogue; return its id.

    `name` is the file's, `release` the release's name; `furniture` maps a page number to its marked spans.
    """

    def written(
        *texts: str,
        name: str = "문서.pdf",
        release: str = "자료",
        agency: str | None = None,
        received: str | None = None,
        fingerprint: str = "test-1",
        furniture: dict[int, tuple[Furniture, ...]] | None = None,
        document: str | None = None,
    ) -> str:
        return write_document(corpus, texts, name, release, agency, received, fingerprint, furniture or {}, document)

    return written


def write_document(
    corpus: Corpus,
    texts: tuple[str, ...],
    name: str,
    release: str,
    agency: str | None,
    received: str | None,
    fingerprint: str,
    furniture: dict[int, tuple[Furniture, ...]],
    document: str | None,
) -> str:
    import hashlib

    source = corpus.folder.parent / f"made-{release}-{name}"
    source.write_text("\f".join(texts), encoding="utf-8")
    kept, size = corpus.originals.put(source)
    made = document or kept
    pages = [
        Page(made, n, fingerprint, text, label=str(n), furniture=furniture.get(n, ()))
        for n, text in enumerate(texts, start=1)
    ]
    key = hashlib.sha256(f"{release} {name}".encode()).hexdigest()[:16]
    with corpus.store.writing() as record:
        record.release(Release(release, release, agency=agency))
        record.delivery(Delivery(f"{release}-1", release, str(source.parent), received))
        record.document(Document(made, size, "application/pdf"))
        record.occurrence(Occurrence(key, made, f"{release}-1", name, name, size, 0))
        record.extraction(Extraction(made, fingerprint, "test", {}, len(pages), {}))
        record.pages(pages)
        record.settle(Document(made, size, "application/pdf", len(pages), State.SEARCHABLE), fingerprint, 1)
    return made
