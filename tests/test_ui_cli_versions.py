"""gongmun alike and gongmun compare; what an ingest does for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.locking import only_writer
from tests import pdfs
from tests.conftest import Write
from ui.cli.entry import gongmun

Run = Callable[..., Result]

TEXT = (
    "법무부는 인천공항 출입국 심사에서 얻은 내외국인의 얼굴 정보 {}만 건을 본인의 동의를 받지 않고 민간 업체에 넘겨 "
    "인공지능을 학습시키게 하였다. 담당자는 {} 과장이며, 업체는 사진을 사업이 끝난 뒤에 모두 지웠다고 답하였다. "
    "이에 대한 자료는 국회의 요구로 제출되었으며, 기관은 식별추적시스템 구축 사업의 추진 계획과 협약의 내용을 밝혔다."
)


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: object) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *map(str, arguments)])

    return invoked


def test_alike_lists_versions(corpus: Corpus, write: Write, run: Run) -> None:
    one = write(TEXT.format("5,764", "김○○"), name="1차 회신.pdf", agency="법무부")
    other = write(TEXT.format("5,760", "김철수"), name="2차 회신.pdf")
    write("전혀 다른 내용의 문서이다. " * 5, name="다른.pdf")
    result = run("alike")
    assert result.exit_code == 0, result.stderr
    assert "1차 회신" in result.stdout
    assert "% alike" in result.stdout
    assert "다른" not in result.stdout
    form = json.loads(run("alike", "2차 회신", "--json").stdout)
    (pair,) = form["pairs"]
    assert (pair["one"]["document"], pair["other"]["document"]) == (other, one)
    assert 0.8 <= pair["likeness"] < 1
    assert (form["not_compared"], form["common_titles"], pair["same_title"]) == (0, [], False)
    assert "No paper is known to be alike to 다른." in run("alike", "다른").stdout


def test_alike_says_what_waits_while_another_process_writes(corpus: Corpus, write: Write, run: Run) -> None:
    write(TEXT.format("5,764", "김○○"), name="1차.pdf")
    with only_writer(corpus.folder, "testing"):
        result = run("alike")
        assert json.loads(run("alike", "--json").stdout)["not_compared"] == 1
    assert result.exit_code == 0
    assert "1 paper is not compared yet" in result.stderr


def test_compare_shows_masks_figures_and_words(write: Write, run: Run) -> None:
    write(TEXT.format("5,764", "김○○"), name="1차.pdf")
    write(TEXT.format("5,760", "김철수").replace("모두 지웠다고", "모두 돌려주었다고"), "덧붙인 쪽", name="2차.pdf")
    result = run("compare", "1차", "2차")
    assert result.exit_code == 0, result.stderr
    assert "김○○ → 김철수" in result.stdout
    assert "5,764만 → 5,760만" in result.stdout
    assert "지웠다고 → 돌려주었다고" in result.stdout
    assert "p. 2 is only in B" in result.stdout
    form = json.loads(run("compare", "1차", "2차", "--json").stdout)
    kinds = [change["kind"] for change in form["changes"]]
    assert kinds == ["figure", "unmasked", "words", "words"]
    assert form["changes"][0]["before"]["figures"] == ["5,764만 건"]
    assert (form["same"], form["unread"], len(form["pages"])) == (False, [0, 0], 2)


def test_compare_says_when_nothing_differs(write: Write, run: Run) -> None:
    write(TEXT.format("5,764", "김"), name="1차.pdf")
    write(TEXT.format("5,764", "김") + "\n", name="2차.pdf")
    assert "No difference was found." in run("compare", "1차", "2차").stdout


def test_compare_of_one_paper_with_itself_is_wrong_usage(write: Write, run: Run) -> None:
    write(TEXT, name="1차.pdf")
    result = run("compare", "1차", "1차.pdf")
    assert result.exit_code == 2
    assert "one paper" in result.stderr
    assert run("compare", "1차", "없는 문서").exit_code == 2


def test_document_text_cannot_command_the_terminal(write: Write, run: Run) -> None:
    write(TEXT + " 가\x1b[2J나 [bold]다[/bold]", name="1차.pdf")
    write(TEXT + " 라", name="2차.pdf")
    shown = run("compare", "1차", "2차").stdout
    assert "\x1b" not in shown
    assert "[bold]다[/bold]" in shown


def test_an_ingest_links_what_it_took_in(corpus: Corpus, tmp_path: Path, run: Run) -> None:
    folder = tmp_path / "받은자료"
    folder.mkdir()
    lines = [
        f"Sentence number {number} of the letter says something of its own, {number * 37}." for number in range(20)
    ]
    pdfs.make(folder / "first.pdf", pdfs.lines(*lines))
    pdfs.make(folder / "second.pdf", pdfs.lines(*lines[:-1], "The last sentence is another one."))
    result = run("ingest", folder, "--workers", "1")
    assert result.exit_code == 0, result.stderr
    with only_writer(corpus.folder, "testing"):  # nothing is left to do for the command itself
        form = json.loads(run("alike", "--json").stdout)
    assert (len(form["pairs"]), form["not_compared"]) == (1, 0)
