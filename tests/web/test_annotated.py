"""The list of annotations in a browser: the address is the state, files go out and in, hostile words stay words."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from corpus import Corpus
from corpus.annotations import annotate, annotations, delete
from corpus.model import Span
from corpus.verifying import Status, verify_all
from search import Searcher
from search.grading import Grade
from tests.web.conftest import Served, serving
from tests.web.steps import asked, paste, said

Reader = Callable[..., Page]
READY = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-annotated-page"
HOSTILE = '=1+1 <img src=x onerror="window.hacked=1"> **굵게** [y](javascript:window.hacked=1)'


def test_a_quotation_is_copied_as_the_reader_copies_it(marked: Served, reader: Reader) -> None:
    page = reader(f"{marked.url}/annotations?tag=동의&author=김보좌", ready=READY)
    entry = page.locator("main article").last
    entry.hover()
    entry.get_by_role("button", name="인용문 복사").click()
    said(page, "인용문과 출처를 복사했습니다.")
    pasted = paste(page)
    words, source = pasted.parts
    assert "\ngongmun:1/" in source
    assert pasted.html.startswith("<blockquote><p>“")
    with Corpus.open(marked.folder) as corpus:
        (form,) = [verdict for _, _, verdict in verify_all(pasted.plain, corpus.store, corpus.originals)]
        assert form.status is Status.TRUE
        with Searcher(corpus) as searcher:
            assert searcher.quote(words).grade is Grade.EXACT
    entry.get_by_role("button", name="출처 복사").click()
    said(page, "출처를 복사했습니다.")
    assert paste(page).plain == source


@pytest.fixture
def marked(sample: Path, own_cache: Path) -> Iterator[Served]:
    """A server on a corpus with three annotations and a deleted one."""
    with Corpus.open(sample) as corpus:
        store = corpus.store
        pages = [store.pages(document)[0] for document in sorted(store.visible())[:2]]
        annotate(store, pages[0], Span(0, 30), author="김보좌", note="질의서에 인용", tags=["동의"])
        annotate(store, pages[0], Span(40, 60), author="이조사관", note=HOSTILE, tags=[HOSTILE[:90]], colour="pink")
        annotate(store, pages[1], Span(10, 50), author="김보좌", tags=["동의", "얼굴"], colour="blue")
        gone = annotate(store, pages[1], Span(0, 8), author="김보좌", note="지운 것")
        delete(store, gone.id, 1, editor="이조사관")
    with serving(sample, own_cache) as server:
        yield server


def test_filter_walk_open_and_back(marked: Served, reader: Reader) -> None:
    page = reader(f"{marked.url}/annotations", ready=READY)
    entries = page.locator("main article")
    expect(entries).to_have_count(3)
    choice = page.locator("select#annotated-tag")
    choice.focus()
    choice.select_option("동의")
    expect(entries).to_have_count(2)
    assert asked(page) == {"tag": ["동의"]}
    expect(choice).to_be_focused()
    page.locator("h1").click()  # a shortcut rests while a choice has the focus
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    opened = entries.first.locator("a[data-entry]")
    expect(opened).to_be_focused()
    place = opened.get_attribute("href") or ""
    page.keyboard.press("Enter")
    page.wait_for_url("**/reader?*")
    assert page.url.endswith(place)
    assert {"doc", "page", "annotation", "at"} == set(asked(page))
    page.go_back()  # before the run that shows the reader is over
    expect(entries).to_have_count(2)
    assert asked(page) == {"tag": ["동의"]}
    page.go_back()
    expect(entries).to_have_count(3)
    assert asked(page) == {}


def test_hostile_words_are_words(marked: Served, reader: Reader) -> None:
    page = reader(f"{marked.url}/annotations?group=tag", ready=READY)
    expect(page.locator(".gm-annotated-note", has_text="window.hacked").first).to_have_text(HOSTILE)
    assert page.locator("main.gm-annotated-page img, .gm-annotated-note *, blockquote *").count() == 0
    assert page.locator("main a[href^='javascript']").count() == 0
    assert page.evaluate("window.hacked") is None


def test_what_is_exported_comes_back_in(marked: Served, reader: Reader, tmp_path: Path) -> None:
    page = reader(f"{marked.url}/annotations?author=이조사관", ready=READY)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV").click()
    assert waiting.value.suggested_filename.startswith("주석_법무부-2021_")
    table = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(table)
    (row,) = list(csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    assert row["메모"] == f"'{HOSTILE}"
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON-LD").click()
    made = json.loads(Path(waiting.value.path()).read_text(encoding="utf-8"))
    item = made["first"]["items"][0]
    item |= {"id": "urn:uuid:00000000-0000-4000-8000-000000000001"}
    lost = item | {"id": "urn:uuid:00000000-0000-4000-8000-000000000002"}
    lost["target"] = {**item["target"], "source": f"urn:sha256:{'0' * 64}#page=1"}
    made["first"]["items"] = [item, lost]
    changed = tmp_path / "주석.jsonld"
    changed.write_text(json.dumps(made), encoding="utf-8")
    page.locator("#annotated-file").set_input_files(changed)
    expect(page.locator(".gm-annotated-result")).to_contain_text("새로 1개")
    expect(page.locator(".gm-annotated-result li")).to_have_count(1)
    expect(page.locator("main article")).to_have_count(2)


def test_a_deleted_one_is_restored(marked: Served, reader: Reader) -> None:
    page = reader(f"{marked.url}/annotations", ready=READY)
    page.get_by_role("link", name="지운 주석 1개 보기").click()
    expect(page.locator("main article")).to_have_count(1)
    expect(page.locator("main article")).to_contain_text("지운 것")
    page.get_by_role("button", name="되살리기").click()
    expect(page.locator("main article")).to_have_count(0)
    with Corpus.open(marked.folder) as corpus:
        assert len(annotations(corpus.store)) == 4


def test_no_annotations_is_a_beginning(served: Served, reader: Reader) -> None:
    page = reader(f"{served.url}/annotations", ready=READY)
    page.get_by_role("link", name="검색하러 가기").click()
    page.wait_for_selector("main.gm-finding")


@pytest.mark.parametrize(("locale", "scheme"), [("ko-KR", "light"), ("en-GB", "dark")])
def test_nothing_serious_is_found_and_nothing_runs_over(
    marked: Served, reader: Reader, locale: str, scheme: str
) -> None:
    page = reader(f"{marked.url}/annotations?group=tag", locale=locale, scheme=scheme, ready=READY)
    serious = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert serious == []
    for width in (820, 640):  # a tablet; 1280 at 200 %
        page.set_viewport_size({"width": width, "height": 500})
        assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def test_notes_stay_when_their_paper_goes_to_the_trash(marked: Served, reader: Reader) -> None:
    with Corpus.open(marked.folder) as corpus:
        document = next(each.document for each in annotations(corpus.store) if each.author == "이조사관")
        with corpus.store.writing() as record:
            record.remove(corpus.store.occurrences(document), "김주무관")
    page = reader(f"{marked.url}/annotations", ready=READY)
    left = page.locator(".gm-annotated-left")
    expect(left.get_by_role("heading")).to_have_text("출처가 없어진 주석 2건")
    expect(left).to_contain_text(HOSTILE)
    expect(left).to_contain_text("(휴지통에 있음)")
    expect(page.locator("main article")).to_have_count(1)
    assert page.evaluate("window.hacked") is None
    assert [v["id"] for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")] == []
