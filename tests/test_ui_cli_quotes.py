"""quote and cite for words that stand nowhere: the nearest passage, what differs, and what was looked through."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.model import Document, Page, Reason, State, Withheld
from tests.conftest import Write
from ui.cli.entry import gongmun

Run = Callable[..., Result]
PAPER = "정보주체의 동의를 받지 않고 안면 데이터 1억 7천만여 건을 제공하였다"


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)

    return invoked


def plain(result: Result) -> str:
    return " ".join(result.stdout.split())


def test_the_nearest_passage_is_shown_with_what_differs_and_the_proof(write: Write, run: Run) -> None:
    write("앞 쪽", PAPER, name="답변.pdf")
    result = run("quote", "안면 데이터 1억 8천만여 명을 제공하였다")
    assert result.exit_code == 0
    said = plain(result)
    assert said.startswith("altered: not the same")
    assert "답변, p. 2" in said
    assert "you quote [8천만여], it stands [7천만여] figure" in said
    assert "you quote [명을], it stands [건을] unit" in said
    assert "The words you quote stand nowhere. Looked through: 2 of 2 pages, 1 of 1 file." in said
    assert "The index: up to date." in said
    assert run("quote", "안면 데이터 1억 8천만여 명을 제공하였다", "--strict").exit_code == 1


def test_json_names_the_kinds_and_what_was_looked_through(write: Write, run: Run) -> None:
    key = write(PAPER, name="답변.pdf")
    found = json.loads(run("quote", "정보주체의 동의를 받고 안면 데이터", "--json", "--document", "답변").stdout)
    assert found["grade"] == "altered"
    [place] = found["places"]
    assert place["difference"] == [{"grade": "altered", "kind": "negation", "quoted": "받고", "stands": "받지 않고"}]
    assert PAPER[place["spans"][0]["start"] : place["spans"][0]["end"]] == place["text"]
    assert found["coverage"]["within"] == {"document": key, "pages": 1, "state": "searchable", "reason": ""}
    assert found["coverage"]["withheld_pages"] == 0
    exact = json.loads(run("quote", "동의를 받지 않고", "--json").stdout)
    assert (exact["coverage"]["within"], exact["coverage"]["withheld_pages"]) == (None, None)


def test_the_proof_says_all_that_was_not_looked_into(corpus: Corpus, write: Write, run: Run) -> None:
    first = write(PAPER, "가려진 이름 홍길동", name="답변.pdf")
    scan = write("", name="스캔.pdf")
    hidden = Withheld(7, 10, (0.0, 0.0, 1.0, 1.0))
    nothing = {"state": State.NOT_SEARCHABLE, "reason": Reason.NOTHING_RECOGNISED}
    with corpus.store.writing() as record:
        record.pages([Page(first, 2, "test-2", "가려진 이름 홍길동", withheld=(hidden,))])
        record.change(first, "read")
        record.pages([Page(scan, 1, "test-2", "", **nothing)])
        record.settle(Document(scan, 0, "application/pdf", 1, **nothing), "test-2", 1)
    for quote, grade in (("전혀 다른 말입니다", "absent"), ("정보주체의 동의를 받고 안면 데이터", "altered")):
        said = plain(run("quote", quote))
        assert said.startswith(grade)
        assert "Looked through: 2 of 3 pages, 1 of 2 files." in said
        assert f"1 page {State.NOT_SEARCHABLE.value}: {Reason.NOTHING_RECOGNISED.value}" in said
        assert "Text under covers on 1 page was not looked into" in said
        assert "The index: up to date." in said
        coverage = json.loads(run("quote", quote, "--json").stdout)["coverage"]
        assert (coverage["pages"], coverage["searchable"], coverage["not_searchable"]) == (3, 2, 1)
        assert (coverage["whole"], coverage["withheld_pages"], coverage["behind"]) == (False, 1, 0)
        assert coverage["reasons"]


def test_cite_says_what_stands_instead(write: Write, run: Run) -> None:
    write(PAPER, name="답변.pdf")
    write("다른 문서에 적힌 다른 말", name="다른.pdf")
    near = run("cite", "답변", "--page", "1", "--quote", "동의를 받고 안면")
    assert near.exit_code == 1
    assert "what stands instead:" in near.stderr
    assert "you quote '받고', it stands '받지 않고'" in near.stderr
    other = run("cite", "답변", "--page", "1", "--quote", "다른 문서에 적힌")
    assert "where they stand:" in other.stderr
    assert "다른, page 1 (exact)" in other.stderr
