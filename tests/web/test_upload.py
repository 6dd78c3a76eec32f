"""Papers from a reader's disk to a hit: sent, read in a process of its own, found; in any browser, with any server."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from tests.ingests import SAMPLE, pages_with
from tests.pdfs import lines, make
from tests.web.conftest import Served, serving

HOSTILE = "<img src=x onerror=document.title='fired'>[글](http:··evil.example).pdf"


def choose(page: Page, *files: Path) -> None:
    page.set_input_files("[data-upload=files]", list(files))
    page.wait_for_selector(".gm-releases-form:not([hidden])")


def begin(page: Page, name: str) -> None:
    page.fill(".gm-releases-form [name=name]", name)
    page.fill(".gm-releases-form [name=received]", "2021. 10. 21.")
    page.click(".gm-releases-form [type=submit]")


def test_two_papers_are_sent_read_and_found(
    served: Served, reader: Callable[..., Page], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGMUN_CACHE", str(served.folder.parent / "cache"))  # the index that the ingest wrote
    good = make(tmp_path / HOSTILE, lines("Kumquat of the ministry"))
    broken = tmp_path / "끊긴 파일.pdf"
    broken.write_bytes(b"%PDF-1.7 broken")
    page = reader(f"{served.url}/releases")
    choose(page, good, broken)
    begin(page, "올린 자료")
    job = page.locator(".gm-releases-job", has_text="올린 자료")
    expect(job).to_contain_text("완료: 파일 2개, 1쪽", timeout=60_000)
    expect(job).to_contain_text("검색되지 않는 파일 1개")
    other = reader(f"{served.url}/releases", locale="en-GB")
    expect(other.locator(".gm-releases-job", has_text="올린 자료")).to_contain_text(
        "Finished: 2 files, 1 page · 1 file cannot"
    )
    expect(page.locator("#not-searchable")).to_contain_text("기관에 파일을 다시 요청하십시오.")
    assert page.locator(".gm-releases-files img").count() == 0
    assert "fired" not in page.title()
    page.get_by_role("link", name="검색하기").first.click()
    page.wait_for_url("**/?q=release*")
    with Corpus.open(served.folder) as corpus:
        assert len(pages_with(corpus, "kumquat")) == 1
        uploaded = [each for each in corpus.store.deliveries().values() if "jobs" in each.source]
        assert [each.received for each in uploaded] == ["2021-10-21"]
    assert list((served.folder / "jobs").glob("*/papers/*")) == []


def test_a_cancelled_file_is_not_sent_and_a_failed_one_can_be_again(
    served: Served, reader: Callable[..., Page], tmp_path: Path
) -> None:
    papers = [make(tmp_path / f"{name}.pdf", lines(name)) for name in ("first", "second")]
    page = reader(f"{served.url}/releases")
    page.route("**/uploads/*/1?*", lambda route: route.abort())
    choose(page, *papers)
    queue = page.locator(".gm-releases-queue")
    expect(queue).to_contain_text("서버와 연결이 끊겼습니다")
    page.unroute("**/uploads/*/1?*")
    queue.get_by_role("button", name="다시 보내기", exact=True).click()
    expect(queue).to_contain_text("파일 2개를 보냈습니다")
    queue.get_by_role("button", name="빼기: second.pdf").click()
    expect(queue).to_contain_text("파일 1개를 보냈습니다")
    page.get_by_role("button", name="모두 취소").click()
    expect(queue).to_be_empty()
    assert [path for path in (served.folder / "jobs").glob("*/incoming/*") if path.suffix == ".part"] == []


def test_the_work_goes_on_without_page_and_server(
    sample: Path, own_cache: Path, reader: Callable[..., Page], tmp_path: Path
) -> None:
    paper = next(SAMPLE.glob("01_*.pdf")).read_bytes()
    files = [tmp_path / f"{n:02}.pdf" for n in range(10)]
    for n, file in enumerate(files):
        file.write_bytes(paper + f"%{n}\n".encode())
    with serving(sample, own_cache) as server:
        page = reader(f"{server.url}/releases")
        choose(page, *files)
        begin(page, "많은 자료")
        expect(page.locator(".gm-releases-job")).to_contain_text("많은 자료", timeout=30_000)
        page.context.close()
        server.process.kill()
        server.process.wait()
    with Corpus.open(sample) as corpus:
        for _ in range(1200):
            if len(corpus.store.tries()) == 22:
                break
            time.sleep(0.1)
        assert len(corpus.store.tries()) == 22
    with serving(sample, own_cache) as server:
        page = reader(f"{server.url}/releases")
        expect(page.locator(".gm-releases-job")).to_contain_text("완료: 파일 10개, 100쪽", timeout=60_000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(served: Served, reader: Callable[..., Page], tmp_path: Path, scheme: str) -> None:
    page = reader(f"{served.url}/releases", scheme=scheme)
    choose(page, make(tmp_path / "a.pdf", lines("a")))
    page.click(".gm-releases-form summary")
    page.locator(".gm-releases-files button").first.click()
    found = Axe().run(page, context=".gm-releases-page").response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found if each["impact"] in ("serious", "critical")] == []


def test_a_title_is_edited_in_place(served: Served, reader: Callable[..., Page]) -> None:
    page = reader(f"{served.url}/releases?state=part")
    page.locator(".gm-releases-files button").first.click()
    page.fill(".gm-releases-editing [name=title]", "고친 제목 <b>")
    page.keyboard.press("Enter")
    expect(page.locator("#gm-said")).to_contain_text("저장했습니다.")
    expect(page.locator(".gm-releases-files")).to_contain_text("고친 제목 <b>")
