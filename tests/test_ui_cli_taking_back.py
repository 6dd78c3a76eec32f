"""remove of archives, trash, undo, move and purge on the command line; citations of what is gone."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from tests.pdfs import lines, make
from ui.cli.entry import gongmun

Run = Callable[..., Result]


@pytest.fixture
def run(corpus: Corpus) -> Run:
    def invoked(*arguments: str, **options: str) -> Result:
        return CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), *arguments], **options)

    return invoked


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "1차"
    made.mkdir()
    make(made / "회의록.pdf", lines("ordinary minutes"))
    make(made / "계획.pdf", lines("ordinary plan"))
    return made


@pytest.fixture
def papers(run: Run, folder: Path) -> Path:
    done = run("ingest", str(folder), "--workers", "1", "--no-ocr")
    assert done.exit_code == 0, done.output
    return folder


def found(run: Run, query: str) -> int:
    return int(json.loads(run("search", query, "--json").stdout)["total"])


def test_undo_says_what_it_undid_and_how_to_take_that_back(run: Run, papers: Path) -> None:
    done = run("undo")
    assert done.exit_code == 0
    assert f"the ingest of {papers} into 1차" in done.stderr
    assert "2 documents to the trash" in done.stderr
    assert "undo --restore" in done.stderr
    assert found(run, "ordinary") == 0
    assert "no ingest left to undo" in run("undo").stderr
    listed = json.loads(run("trash", "--json").stdout)
    assert [each["paths"] for each in listed["documents"]] == [["회의록.pdf"], ["계획.pdf"]]
    assert "2 documents in the trash" in run("trash").stdout
    back = run("undo", "--restore")
    assert "Brought back" in back.stderr
    assert found(run, "ordinary") == 2
    assert "No ingest is undone" in run("undo", "--restore").stderr
    assert "0 documents in the trash" in run("trash").stdout


def test_a_delivery_is_moved_by_its_names(run: Run, papers: Path) -> None:
    unknown = run("move", "1차", "국감")
    assert unknown.exit_code == 2
    assert "there are: 1차" in unknown.stderr
    made = run("move", str(papers), "국감 자료", "--new")
    assert made.exit_code == 0
    assert "(2 documents) from 1차 to 국감 자료" in made.stderr
    assert (found(run, "release:국감"), found(run, 'release:"1차"')) == (2, 0)
    assert run("move", str(papers), "국감 자료", "--new").exit_code == 2
    assert "already" in run("move", str(papers), "국감").stderr
    assert run("move", str(papers), "1차").exit_code == 0
    assert found(run, 'release:"1차"') == 2
    assert run("move", str(papers), " ", "--new").exit_code == 2


def test_purge_asks_first_and_takes_only_what_is_in_the_trash(corpus: Corpus, run: Run, papers: Path) -> None:
    refused = run("purge", "회의록", "--yes")
    assert refused.exit_code == 2
    assert "gongmun remove" in refused.stderr
    form = json.loads(run("cite", "회의록", "--page", "1", "--quote", "ordinary minutes", "--json").stdout)["citation"]
    (papers.parent / "인용.txt").write_text(f"“ordinary minutes”\n{form}\n", encoding="utf-8")
    run("remove", "회의록")
    assert "in the trash" in run("cite", "--verify", str(papers.parent / "인용.txt")).stdout
    asked = run("purge", "회의록", input="n\n")
    assert "  회의록.pdf\n" in asked.stderr
    assert "Delete 1 document for good" in asked.stderr
    assert "Nothing was purged" in asked.stderr
    done = run("purge", "회의록", "--yes")
    assert (done.exit_code, "Purged 1 document." in done.stderr) == (0, True)
    assert run("verify").exit_code == 0
    verdict = run("cite", "--verify", str(papers.parent / "인용.txt"))
    assert verdict.exit_code == 1
    assert "source gone" in verdict.stdout
    assert "was purged from this corpus on" in verdict.stdout
    assert run("remove", "회의록", "--restore").exit_code == 2
    assert "No purge was cut off" in run("purge").stderr
    again = run("ingest", str(papers), "--workers", "1", "--no-ocr")
    assert again.exit_code == 3
    assert "purged" in again.stdout
    assert "purged before: leave out" in run("ingest", str(papers), "--dry-run").stdout


def test_a_delivery_is_purged_as_far_as_it_is_in_the_trash(corpus: Corpus, run: Run, papers: Path) -> None:
    run("remove", "회의록")
    assert "Purged 1 document." in run("purge", str(papers), "--yes").stderr
    assert found(run, "ordinary") == 1
    assert run("purge", str(papers), "--yes").exit_code == 2
    run("remove", str(papers))
    assert "Purged 1 document." in run("purge", str(papers), "--yes").stderr
    assert corpus.store.deliveries() == {}
    assert run("verify").exit_code == 0


def test_an_archive_is_removed_and_restored_with_what_is_in_it(run: Run, folder: Path, tmp_path: Path) -> None:
    whole = tmp_path / "압축"
    whole.mkdir()
    with zipfile.ZipFile(whole / "자료.zip", "w") as made:
        made.write(folder / "회의록.pdf", "회의록.pdf")
        made.write(folder / "계획.pdf", "계획.pdf")
    (whole / "계획.pdf").write_bytes((folder / "계획.pdf").read_bytes())
    run("ingest", str(whole), "--workers", "1", "--no-ocr")
    assert found(run, "ordinary") == 2
    gone = run("remove", "자료.zip")
    assert "(3 documents)" in gone.stderr
    assert found(run, "ordinary") == 1
    assert "(3 documents)" in run("remove", "자료.zip", "--restore").stderr
    assert found(run, "ordinary") == 2


def test_quoting_and_notes_say_that_their_source_is_gone(corpus: Corpus, run: Run, papers: Path) -> None:
    from corpus.annotations import annotate
    from corpus.model import Span

    document = json.loads(run("show", "회의록", "--json").stdout)["document"]
    annotate(corpus.store, corpus.store.page(document, 1), Span(0, 8), author="이보좌관", note="다시 볼 것")
    form = json.loads(run("cite", "회의록", "--page", "1", "--quote", "ordinary minutes", "--json").stdout)["citation"]
    copied = f"“ordinary minutes”\n{form}\n"
    assert "source gone" not in run("quote", "-", input=copied).output
    run("remove", "회의록")
    quoted = run("quote", "-", input=copied)
    assert "source gone" in quoted.stderr
    assert "in the trash" in quoted.stderr
    listed = run("annotations", "list")
    assert "source gone" in listed.stdout
    assert "다시 볼 것" in listed.stdout
    assert "회의록.pdf, in the trash" in listed.stdout
    assert run("annotations", "list", "--json").exit_code == 0
    run("purge", "회의록", "--yes")
    assert "was purged" in run("quote", "-", input=copied).stderr
    listed = run("annotations", "list")
    assert "다시 볼 것" in listed.stdout
    assert "회의록" not in listed.stdout
    assert "ordinary" not in listed.stdout
    (form_of,) = json.loads(run("annotations", "list", "--json").stdout)["source_gone"]
    assert (form_of["document"], form_of["note"], form_of["source"]) == (document, "다시 볼 것", "purged")
