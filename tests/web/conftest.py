"""A real server on a free port, a real browser, and a corpus of the sample release for each test that wants one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from corpus import Corpus
from tests.ingests import SAMPLE, ingest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
READY = "[data-testid=stApp][data-test-script-state=notRunning] .gm-head"


@dataclass(frozen=True)
class Served:
    """A running server: its address, its process, the corpus folder it serves."""

    url: str
    process: subprocess.Popen[bytes]
    folder: Path


@contextmanager
def serving(folder: Path, cache: Path) -> Iterator[Served]:
    """Serve a corpus on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "ui.cli", "--corpus", str(folder), "web", "--port", str(port), "--no-browser"]
    environment = {**os.environ, "GONGMUN_CACHE": str(cache), "PYTHONUTF8": "1"}
    log = folder.parent / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, env=environment)
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(url, process, log)
        yield Served(url, process, folder)
    finally:
        process.kill()
        process.wait()


def wait_for(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert process.poll() is None, log.read_text(encoding="utf-8", errors="replace")
        try:
            urllib.request.urlopen(f"{url}/health", timeout=5).close()
            return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(f"{url} did not answer: {log.read_text(encoding='utf-8', errors='replace')}")


@pytest.fixture(scope="session")
def ingested(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus of the sample release (and its index), to be copied, never changed."""
    place = tmp_path_factory.mktemp("표본")
    before = os.environ.get("GONGMUN_CACHE")
    os.environ["GONGMUN_CACHE"] = str(place / "cache")
    try:
        with Corpus.create(place / "법무부-2021") as corpus:
            ingest(corpus, SAMPLE)
    finally:
        if before is None:
            del os.environ["GONGMUN_CACHE"]
        else:
            os.environ["GONGMUN_CACHE"] = before
    return place


@pytest.fixture
def sample(ingested: Path, tmp_path: Path, own_cache: Path) -> Path:
    """A corpus folder of the sample release of one test's own, its index in the test's own cache."""
    shutil.copytree(ingested, tmp_path, dirs_exist_ok=True)
    return tmp_path / "법무부-2021"


@pytest.fixture(scope="module")
def served(ingested: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a copy of the sample corpus, shared by the tests of a module."""
    place = tmp_path_factory.mktemp("열람실")
    shutil.copytree(ingested, place, dirs_exist_ok=True)
    with serving(place / "법무부-2021", place / "cache") as server:
        yield server


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("install chromium (apt install chromium fonts-noto-cjk) to run the browser tests")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield started
        started.close()


Opened = Callable[..., Page]


@pytest.fixture
def reader(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Return a function that opens an address as a new reader: reader(url, locale="ko-KR", scheme="light", …).

    A page that throws, or asks another machine for anything, fails the test.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def opened(url: str, locale: str = "ko-KR", scheme: str = "light", width: int = 1280, ready: str = READY) -> Page:
        context = browser.new_context(locale=locale, color_scheme=scheme, viewport={"width": width, "height": 860})
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
        page.on("request", lambda request: None if is_own(request.url) else wrong.append(f"asked for {request.url}"))
        page.goto(url)
        if ready:
            page.wait_for_selector(ready, timeout=60_000)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert wrong == []


def is_own(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "ws://127.0.0.1:", "http://localhost:", "data:", "blob:"))
