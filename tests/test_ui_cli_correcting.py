"""correct, checked and read-first on the command line, and what other commands say of such pages."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.model import Basis, Page, Reason, State
from corpus.waiting import wanted
from ui.cli.entry import gongmun

from .conftest import Write
from .scans import TEXT, kept_scan

Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments])

    return invoked


@pytest.fixture
def scan(corpus: Corpus) -> str:
    return kept_scan(corpus, TEXT, "둘째 쪽의 글, 또 글")


def test_a_line_is_corrected_found_and_taken_back(run: Run, corpus: Corpus, scan: str) -> None:
    done = run("correct", "공문", "--page", "1", "--line", "동의률", "--to", "동의를", "--who", "김 보좌관")
    assert done.exit_code == 0, done.output
    assert "Corrected p. 1 of 공문: “동의률” to “동의를”, by 김 보좌관" in done.stderr
    assert f"correct {scan[:10]} --page 1 --undo" in done.stderr
    [hit] = json.loads(run("search", "동의를", "--json").stdout)["hits"]
    assert hit["basis"] == "corrected"
    assert "corrected" in run("search", "동의를").stdout
    assert "corrected" in run("quote", "위원희는 동의를").stdout
    assert "교정된 텍스트" in run("cite", "공문", "--page", "1", "--quote", "위원희는 동의를").stdout
    assert " · corrected" in run("show", "공문", "--page", "1").stderr
    listed = run("correct", "공문", "--page", "1").stdout
    assert "“동의률” to “동의를”" in listed
    assert "김 보좌관" in listed
    back = run("correct", "공문", "--page", "1", "--undo")
    assert "it says “동의률” again (read by OCR (confidence 0.81))" in back.stderr
    assert corpus.store.page(scan, 1).text == TEXT
    assert run("correct", "공문", "--page", "1", "--undo").exit_code == 2


def test_the_corrections_as_json(run: Run, scan: str) -> None:
    run("correct", "공문", "--page", "1", "--line", "동의률", "--to", "동의를", "--who", "이 비서")
    form = json.loads(run("correct", "공문", "--page", "1", "--undo", "--who", "김 보좌관", "--json").stdout)
    assert (form["document"], form["page"], form["basis"], form["text"]) == (scan, 1, "ocr", TEXT)
    told = [(each["was"], each["text"], each["who"], each["undo"]) for each in form["corrections"]]
    assert told == [("동의률", "동의를", "이 비서", False), ("동의를", "동의률", "김 보좌관", True)]
    assert form["corrections"][1]["fingerprint"] == form["extraction"] == form["corrections"][0]["before"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--page", "2", "--line", "글", "--to", "문"), "stands 2 times on page 2"),
        (("--page", "1", "--line", "없는 말", "--to", "문"), "does not stand on page 1"),
        (("--page", "1", "--line", " ", "--to", "문"), "--line is empty"),
        (("--page", "1", "--line", "동의률"), "--line and --to both"),
        (("--page", "1", "--undo", "--to", "문"), "--undo alone"),
        (("--page", "1", "--line", "동의률", "--to", "동의\n를"), "U+000A"),
        (("--page", "9", "--line", "동의률", "--to", "동의를"), "no page 9"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Run, corpus: Corpus, scan: str, arguments: tuple[str, ...], said: str
) -> None:
    done = run("correct", "공문", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert corpus.store.page(scan, 1).text == TEXT


def test_a_text_layer_says_what_it_says(run: Run, write: Write) -> None:
    write("보통의 글", name="본문.pdf")
    done = run("correct", "본문", "--page", "1", "--line", "보통", "--to", "다른")
    assert (done.exit_code, "the file's own text" in done.stderr) == (2, True)
    assert "nothing to tick off" in run("checked", "본문", "--page", "1").stderr


def test_pages_are_ticked_off_and_counted_as_read(run: Run, scan: str) -> None:
    before = json.loads(run("status", "--json").stdout)
    assert (before["coverage"]["whole"], before["bases"]) == (False, {"ocr": 2})
    assert "Of the pages, 2 read by OCR." in run("status").stdout
    done = run("checked", "공문", "--page", "1", "--page", "2", "--who", "김 보좌관")
    assert "Ticked off p. 1, 2 of 공문" in done.stderr
    after = json.loads(run("status", "--json").stdout)
    assert (after["coverage"]["whole"], after["bases"]) == (True, {"checked by a person": 2})
    assert "Of the pages, 2 checked by a person." in run("status").stdout
    assert "checked by a person" in run("search", "동의률").stdout
    listed = run("checked", "공문").stdout
    assert "2 of 2 pages checked by a person" in listed
    assert "p. 2 · 김 보좌관" in listed
    assert "Took the tick off p. 2" in run("checked", "공문", "--page", "2", "--undo").stderr
    assert run("checked", "공문", "--page", "2", "--undo").exit_code == 2
    assert "1 of 2 pages" in run("checked", "공문").stdout


def test_one_wrong_page_and_none_is_ticked_off(run: Run, corpus: Corpus, scan: str) -> None:
    assert run("checked", "공문", "--page", "1", "--page", "7").exit_code == 2
    assert run("checked", "공문", "--undo").exit_code == 2
    assert corpus.store.page(scan, 1).basis is Basis.OCR


def test_papers_that_wait_are_read_first_when_asked_for(run: Run, corpus: Corpus, scan: str) -> None:
    done = run("read-first", "공문")
    assert "no page that waits for OCR" in done.stderr
    assert wanted(corpus.store) == []
    with corpus.store.writing() as record:
        record.pages([Page(scan, 1, "bare", "", state=State.NOT_SEARCHABLE, reason=Reason.NEEDS_OCR)])
    done = run("read-first", scan[:10])
    assert (done.exit_code, "(1 page waiting)" in done.stderr) == (0, True)
    assert wanted(corpus.store) == [scan]
