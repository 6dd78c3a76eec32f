"""What an ingest tells a program that watches it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import filelock
import pytest
from click.testing import CliRunner, Result

from corpus import Corpus
from corpus.locking import only_writer
from tests.ingests import SAMPLE
from ui.cli.entry import gongmun
from ui.cli.ingest_commands import UPLOADED


def run(corpus: Corpus, papers: Path, file: Path) -> Result:
    return CliRunner().invoke(
        gongmun, ["--corpus", str(corpus.folder), "ingest", str(papers), "--progress-file", str(file)]
    )


def events(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    folder = tmp_path / "받은 자료"
    folder.mkdir()
    shutil.copy(next(SAMPLE.glob("02_*.pdf")), folder / "협약서.pdf")
    (folder / "빈 파일.pdf").write_bytes(b"")
    return folder


def test_a_watching_program_is_told_of_each_file_and_of_the_end(corpus: Corpus, papers: Path, tmp_path: Path) -> None:
    file = tmp_path / "progress"
    assert run(corpus, papers, file).exit_code == 3
    told = events(file)
    assert [told[0]["event"], told[-1]["event"], told[-1]["how"]] == ["begin", "end", "done"]
    files = {each["path"]: (each["state"], each["reason"], each["pages"]) for each in told if each["event"] == "file"}
    assert files == {"협약서.pdf": ("searchable", "", 2), "빈 파일.pdf": ("not searchable", "empty file", 0)}
    last = [each for each in told if each["event"] == "progress"][-1]
    assert (last["files"], last["of_files"], last["bytes"], last["pages"]) == (2, 2, last["of_bytes"], 2)
    assert [each["time"] for each in told] == sorted(each["time"] for each in told)
    run(corpus, papers, file)
    assert [each["verdict"] for each in events(file) if each["event"] == "file"] == ["unchanged"] * 2


def test_a_refusal_is_told_too(corpus: Corpus, papers: Path, tmp_path: Path) -> None:
    file = tmp_path / "progress"
    with only_writer(corpus.folder, "a test"):
        assert run(corpus, papers, file).exit_code == 4
    end = events(file)[-1]
    assert (end["event"], end["how"]) == ("end", "failed")
    assert "a test, process" in end["error"]


def test_two_do_not_write_to_one_progress_file(
    corpus: Corpus, papers: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.cli.progress._LOOKED", 0)
    file = tmp_path / "progress"
    with filelock.FileLock(f"{file}.lock"):
        refused = run(corpus, papers, file)
    assert refused.exit_code == 2
    assert "name another file" in refused.stderr
    assert corpus.store.documents() == {}


def test_only_what_was_uploaded_may_lie_in_the_corpus(corpus: Corpus, papers: Path, tmp_path: Path) -> None:
    sent = corpus.folder / UPLOADED / "0123456789abcdef" / "papers"
    shutil.copytree(papers, sent)
    assert run(corpus, sent, tmp_path / "progress").exit_code == 3
    assert run(corpus, corpus.folder / "corpus.toml", tmp_path / "progress").exit_code == 2
