"""gongmun saved: keeping searches, what is new for each, and the line after an ingest."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus, tables
from tests.conftest import Write
from tests.pdfs import lines, make
from ui.cli.entry import gongmun

Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: object, **options: object) -> Result:
        made = ["--corpus", str(corpus.folder), *map(str, arguments)]
        return CliRunner().invoke(gongmun, made, **options)  # type: ignore[arg-type]

    return invoked


def test_what_is_new_until_it_is_ticked_off(write: Write, run: Run) -> None:
    write("동의 하나", name="옛것.pdf")
    added = run("saved", "add", "동의", "동의 -사진", "--sort", "date")
    assert added.exit_code == 0
    assert "saved new 동의" in added.stderr
    assert run("saved", "new").stdout == "동의  동의 -사진: nothing new\n"
    write("동의 없이", "동의 사진", name="새것.pdf", agency="법무부")
    for _ in range(2):
        shown = run("saved", "new", "동의")
        assert "1 new page in 1 document" in shown.stdout
        assert "1.  새것, p. 1" in shown.stdout
        assert "«동의» 없이" in shown.stdout
    assert "1 new page" in run("saved", "new", "--seen").stdout
    assert "nothing new" in run("saved", "new").stdout


def test_list_tells_how_much_is_new(write: Write, run: Run) -> None:
    assert run("saved", "list").stdout.startswith("There are no saved searches")
    run("saved", "add", "얼굴 AI", "얼굴 OR AI", "--sort", "document")
    write("AI", name="가.pdf")
    shown = run("saved", "list").stdout
    assert "얼굴 AI  얼굴 OR AI\n" in shown
    assert "1 new page in 1 document · " in shown
    assert " · by document\n" in shown
    found = json.loads(run("saved", "list", "--json").stdout)
    (form,) = found["saved"]
    assert list(form) == [
        "id",
        "name",
        "query",
        "chosen",
        "excluded",
        "sort",
        "author",
        "created",
        "removed",
        "editor",
        "modified",
        "total",
        "documents",
        "counted",
        "waiting",
        "unfinished",
        "error",
    ]
    assert (form["name"], form["total"], form["counted"], form["error"]) == ("얼굴 AI", 1, "new pages", None)


def test_new_as_json_says_what_happened_to_each_document(corpus: Corpus, write: Write, run: Run) -> None:
    old = write("동의 하나", name="옛것.pdf")
    run("saved", "add", "동의", "동의")
    new = write("동의 둘", name="새것.pdf")
    with corpus.store.writing() as record:
        record.edit(old, "title", "제목", "김")
    (form,) = json.loads(run("saved", "new", "동의", "--json").stdout)["saved"]
    assert {hit["document"]: hit["change"] for hit in form["hits"]} == {old: "changed", new: "new"}
    assert form["total"] == len(form["hits"]) == 2
    assert run("saved", "new").stdout.count("this document was here before, and changed") == 1


def test_run_is_a_search(write: Write, run: Run) -> None:
    for n in range(12):
        write(f"동의 {n}", name=f"{n}.pdf")
    run("saved", "add", "모두", "동의", "--sort", "document")
    for options in ([], ["--limit", "3", "--offset", "2"], ["--json"]):
        mine = run("saved", "run", "모두", *options).stdout
        its = run("search", "동의", "--sort", "document", *options).stdout
        assert untimed(mine) == untimed(its) != ""
    run("saved", "add", "없음", "없는말")
    assert run("saved", "run", "없음").stdout.startswith("Nothing found.")


def untimed(output: str) -> str:
    return "\n".join(line for line in output.splitlines() if " ms" not in line and "took_ms" not in line)


def test_removed_comes_back(write: Write, run: Run) -> None:
    run("saved", "add", "동의", "동의")
    write("동의", name="가.pdf")
    assert "saved restore 동의" in run("saved", "remove", "동의").stderr
    assert run("saved", "list").stdout.startswith("There are no saved searches")
    removed = run("saved", "list", "--removed").stdout
    assert removed.startswith("동의  동의\n")
    assert json.loads(run("saved", "list", "--removed", "--json").stdout)["saved"][0]["removed"] is True
    assert run("saved", "new", "동의").exit_code == 2
    assert "Brought back 동의" in run("saved", "restore", "동의").stderr
    assert "1 new page" in run("saved", "new", "동의").stdout
    assert run("saved", "list", "--removed").stdout == "No saved search was removed.\n"


def test_renamed(write: Write, run: Run) -> None:
    run("saved", "add", "동의", "동의")
    run("saved", "add", "얼굴", "얼굴")
    write("동의", name="가.pdf")
    assert "Renamed 동의 to 동의 없이." in run("saved", "rename", "동의", "동의 없이").stderr
    assert "1 new page" in run("saved", "new", "동의 없이").stdout
    assert run("saved", "run", "동의").exit_code == 2
    assert "already" in run("saved", "rename", "동의 없이", "동의 없이").stderr
    taken = run("saved", "rename", "동의 없이", "얼굴")
    assert (taken.exit_code, "There is a saved search '얼굴' already" in taken.stderr) == (2, True)
    assert run("saved", "rename", "없음", "다른").exit_code == 2


def test_what_cannot_be_kept_is_refused(run: Run) -> None:
    bad = run("saved", "add", "동의", "동의 (")
    assert bad.exit_code == 2
    assert bad.stderr.splitlines()[-1] == "     ^"
    assert run("saved", "add", "", "동의").exit_code == 2
    assert run("saved", "add", "동의", "동의").exit_code == 0
    assert "already" in run("saved", "add", "동의", "얼굴").stderr
    for command in (["run", "없음"], ["new", "없음"], ["remove", "없음"], ["restore", "없음"]):
        result = run("saved", *command)
        assert (result.exit_code, "No saved search" in result.stderr) == (2, True), command


def test_one_that_can_no_longer_be_asked(corpus: Corpus, write: Write, run: Run) -> None:
    run("saved", "add", "낡은 것", "동의")
    run("saved", "add", "동의", "동의")
    with corpus.store.writing() as record:
        t = tables.saved_searches
        record.connection.execute(t.update().where(t.c.name == "낡은 것").values(query="동의 ("))
    write("동의")
    result = run("saved", "new")
    assert result.exit_code == 3
    assert "cannot be asked any more: " in result.stdout
    assert "1 new page" in result.stdout


def test_one_that_takes_too_long_stays_new(write: Write, run: Run) -> None:
    run("saved", "add", "느린 것", "/(a|aa)+$/")
    write("a" * 60 + "c", "aa", name="가.pdf")
    for _ in range(2):
        shown = run("saved", "new", "--seen").stdout
        assert "at least 1 new page in 1 document" in shown
        assert "nothing is ticked off" in shown


def test_hostile_text_commands_no_terminal(corpus: Corpus, write: Write, run: Run) -> None:
    run("saved", "add", "동\x1b[31m의 [red]", "동의 OR \x9b2J")
    write("동의 \x1b[31m")
    for arguments in (["list"], ["new"], ["run", "동\x1b[31m의 [red]"], ["list", "--json"], ["new", "--json"]):
        result = run("saved", *arguments)
        assert not set(result.stdout + result.stderr) & {"\x1b", "\x9b"}, arguments
    assert "[red]" in run("saved", "list").stdout


def test_an_ingest_says_for_what_there_is_news(corpus: Corpus, run: Run, tmp_path: Path) -> None:
    papers = tmp_path / "자료"
    papers.mkdir()
    make(papers / "one.pdf", lines("Consent was not asked for"))
    silent = run("ingest", papers, "--workers", "1")
    assert (silent.exit_code, "Saved search" in silent.stdout) == (0, False)
    run("saved", "add", "consent", "consent")
    run("saved", "add", "철회", "철회")
    make(papers / "two.pdf", lines("No consent at all"))
    told = [line for line in run("ingest", papers, "--workers", "1").stdout.splitlines() if "Saved search" in line]
    assert told == ["Saved search consent: 1 new page in 1 document (gongmun saved new consent)"]
