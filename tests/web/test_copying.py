"""Copied quotations in a browser: clean, cited, and true when pasted into `gongmun quote` and `cite --verify`."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
from playwright.sync_api import expect

from corpus import Corpus
from corpus.model import Page as Leaf
from search import Searcher
from search.grading import Grade
from tests.web.conftest import Served
from tests.web.steps import (
    SHOWN,
    TOOLS,
    Pasted,
    Reader,
    asked,
    compose,
    drag,
    ime,
    leaf,
    opened,
    paste,
    said,
    span_of,
)

FINDING = "[data-testid=stApp][data-test-script-state=notRunning] main.gm-finding"
HYPHEN = "\ufffe"
INSECURE = """delete Navigator.prototype.clipboard;
delete window.ClipboardItem;
Object.defineProperty(window, "isSecureContext", { value: false });"""
# file, page, where the selection begins and ends, the words it is copied as
SELECTIONS = [
    ("08_보도", 1, "기업에 이전", "에 이른다", "기업에 이전하였으며, 그 수가 약 1억 7천만 건에 이른다"),
    ("08_보도", 1, "과학기술정보통신부가 2019", "구축사업」으로", None),
    ("03_국회", 2, "출입국심사 과정에서\n확보한", "알고리즘의 시험", None),
    (
        "12_Note",
        1,
        "were used to train",
        "sorts the questions",
        "were used to train artificial intelligence. This note sorts the questions",
    ),
    ("12_Note", 1, f"Min{HYPHEN}istry", "Science and", "Ministry of Justice and the Ministry of Science and"),
    ("12_Note", 3, "Consent and Secondary", "57.6 million in one", None),
]


def span(shown: Leaf, first: str, last: str) -> tuple[int, int]:
    start = shown.visible.index(first)
    return start, shown.visible.index(last, start) + len(last)


def verdicts(served: Served, text: str) -> tuple[int, list[str]]:
    """Run `gongmun cite --verify` on a text: its exit code and what it says of each citation."""
    command = [sys.executable, "-m", "ui.cli", "--corpus", str(served.folder), "cite", "--verify", "-", "--json"]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run(command, input=text.encode(), capture_output=True, env=environment, check=False)
    return done.returncode, [each["status"] for each in json.loads(done.stdout)["citations"]]


def exactly(served: Served, shown: Leaf, quotation: str) -> None:
    """The quotation stands word for word in that document, on that page."""
    with Corpus.open(served.folder) as corpus, Searcher(corpus) as searcher:
        found = searcher.quote(quotation, document=shown.document)
    assert found.grade is Grade.EXACT, (found.grade, quotation)
    assert shown.number in {place.page for place in found.places}


def test_what_is_copied_holds_when_pasted(served: Served, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGMUN_CACHE", str(served.folder.parent / "cache"))
    draft: list[str] = []
    page = None
    for file, number, first, last, words in SELECTIONS:
        shown = leaf(served.folder, file, number)
        page = page or opened(reader, served, shown)
        page.goto(f"{served.url}/reader?doc={shown.document}&page={number}")
        page.wait_for_selector(SHOWN.format(number))
        drag(page, served, shown, span(shown, first, last))
        page.keyboard.press("y")
        said(page, "인용문과 출처를 복사했습니다")
        taken = paste(page)
        quotation, citation = taken.parts
        assert "\n" not in quotation
        assert HYPHEN not in quotation
        assert words in (None, quotation)
        assert f"gongmun:1/{shown.document}/p{number}/" in citation
        assert quotation in taken.html
        assert "<blockquote>" in taken.html
        exactly(served, shown, quotation)
        draft.append(taken.plain)
    assert verdicts(served, "\n\n".join(draft)) == (0, ["holds"] * len(SELECTIONS))
    changed = draft[0].replace("1억 7천만 건에", "2억 7천만 건에")
    with pytest.raises(AssertionError):
        exactly(served, leaf(served.folder, "08_보도"), changed.partition("”")[0].strip("“"))


def test_copying_needs_no_secure_context(served: Served, reader: Reader) -> None:
    shown = leaf(served.folder, "08_보도")
    page = opened(reader, served, shown)
    page.add_init_script(INSECURE)
    page.reload()
    page.wait_for_selector(SHOWN.format(1))
    assert page.evaluate("[isSecureContext, 'clipboard' in navigator, 'ClipboardItem' in window]") == [False] * 3
    words = "법무부가 출입국심사 과정에서 확보한 얼굴 이미지를 본인의 동의 없이\n과학기술정보통신부와"
    drag(page, served, shown, span_of(shown, words))
    page.locator(TOOLS).get_by_role("button", name="인용문 복사").click()
    said(page, "인용문과 출처를 복사했습니다")
    both = paste(page)
    assert both.parts[0] == words.replace("\n", " ")
    assert f"<p>“{both.parts[0]}”</p>" in both.html.replace(' style=""', "")
    page.keyboard.press("Shift+Y")
    said(page, "출처를 복사했습니다")
    assert paste(page).plain == both.parts[1]
    page.keyboard.press("Control+c")  # the browser's own copying is clean, too
    said(page, "복사했습니다: “")
    assert paste(page).plain == both.parts[0]


def test_from_a_query_to_a_copied_citation_by_keyboard_alone(
    served: Served, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGMUN_CACHE", str(served.folder.parent / "cache"))
    page = reader(served.url, ready=FINDING)
    expect(page.locator("[data-search]")).to_be_focused()
    typing = ime(page)
    for syllable in ("학", "습", "에"):
        compose(typing, "ㅎ", syllable, syllable)
    page.keyboard.press("Enter")
    expect(page.locator(".gm-finding-hits")).to_be_visible()
    expect(page.locator("[data-search]")).to_have_value("학습에")
    page.keyboard.press("Tab")  # out of the query, where letters are written
    page.keyboard.press("j")
    expect(page.locator(".gm-finding-open").first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/reader?*")
    page.wait_for_selector(".gm-viewer-page[data-ready=true]")
    page.keyboard.press("x")
    page.wait_for_selector(".gm-viewer-plain:focus")
    for _ in range(12):
        page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(TOOLS)).to_be_visible()
    page.keyboard.press("y")
    said(page, "인용문과 출처를 복사했습니다")
    taken: Pasted = paste(page)
    with Corpus.open(served.folder) as corpus:
        shown = corpus.store.page(asked(page)["doc"][0], int(asked(page)["page"][0]))
    start = int(asked(page)["at"][0].partition("-")[0])
    chosen = shown.visible[start : start + 12].strip()
    assert taken.parts[0].startswith("학습")
    assert taken.parts[0].replace(" ", "") == chosen.replace("\n", "").replace(" ", "")
    exactly(served, shown, taken.parts[0])
    assert verdicts(served, taken.plain) == (0, ["holds"])
