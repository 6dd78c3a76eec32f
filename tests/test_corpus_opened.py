"""Opening a corpus: which folder, and what is refused."""

from __future__ import annotations

import os
import threading
import unicodedata
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.errors import CorpusMissing, CorpusUnusable, ExitCode, UsageError


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_create_and_open(tmp_path: Path, form: str) -> None:
    folder = tmp_path / unicodedata.normalize(form, "법무부 말뭉치 100%")
    with Corpus.create(folder) as made:
        made.store.last_change()
    with Corpus.open(folder) as opened:
        assert opened.settings == made.settings
        assert opened.originals.local_root == folder / "originals"
    assert {path.name for path in folder.iterdir()} >= {"corpus.toml", "catalogue.sqlite"}


def test_two_corpora_have_two_ids(tmp_path: Path) -> None:
    with Corpus.create(tmp_path / "갑") as one, Corpus.create(tmp_path / "을") as other:
        assert one.settings.id != other.settings.id


def test_create_into_an_empty_folder(tmp_path: Path) -> None:
    folder = tmp_path / "빈 폴더"
    folder.mkdir()
    Corpus.create(folder).close()


def test_create_refuses_what_is_there(tmp_path: Path) -> None:
    Corpus.create(tmp_path / "말뭉치").close()
    with pytest.raises(UsageError, match="has a corpus already"):
        Corpus.create(tmp_path / "말뭉치")
    with pytest.raises(UsageError, match="is not empty"):
        Corpus.create(tmp_path)
    (tmp_path / "파일").write_text("x")
    with pytest.raises(UsageError, match="is not empty"):
        Corpus.create(tmp_path / "파일")


def test_open_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="gongmun init") as error:
        Corpus.open(tmp_path)
    assert error.value.exit_code is ExitCode.CORPUS


def test_catalogue_elsewhere(tmp_path: Path) -> None:
    folder = tmp_path / "말뭉치"
    Corpus.create(folder).close()
    setting = f'catalogue = "sqlite:///{(tmp_path / "다른 곳.sqlite").as_posix()}"'
    with (folder / "corpus.toml").open("a", encoding="utf-8") as file:
        file.write(setting + "\n")
    with Corpus.open(folder) as opened:
        assert opened.store.last_change() == 0
    assert (tmp_path / "다른 곳.sqlite").exists()


def test_find_prefers_what_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(CorpusMissing, match="--corpus DIR"):
        Corpus.find(None)
    (tmp_path / "corpus.toml").touch()
    assert Corpus.find(None) == tmp_path
    monkeypatch.setenv("GONGMUN_CORPUS", "환경")
    assert Corpus.find(None) == Path("환경")
    assert Corpus.find("준 것") == Path("준 것")


def test_two_may_open_a_new_corpus_at_once(tmp_path: Path) -> None:
    folder = tmp_path / "말뭉치"
    Corpus.create(folder).close()
    for path in folder.glob("catalogue.sqlite*"):
        path.unlink()
    errors: list[Exception] = []

    def work() -> None:
        try:
            Corpus.open(folder).close()
        except CorpusUnusable as error:
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_log_follows_the_corpus_when_it_is_moved(tmp_path: Path) -> None:
    with Corpus.create(tmp_path / "여기") as here:
        here.logger().info("처음")
    (tmp_path / "여기").rename(tmp_path / "저기")
    with Corpus.open(tmp_path / "저기") as there:
        there.logger().info("다음")
    text = (tmp_path / "저기" / "gongmun.log").read_text(encoding="utf-8")
    assert [line.split(" ", 3)[3] for line in text.splitlines()] == ["처음", "다음"]
    assert not (tmp_path / "여기").exists()


@pytest.mark.skipif(os.name == "nt", reason="a file that is open cannot be removed on Windows")
def test_closed_corpus_holds_no_file(tmp_path: Path) -> None:
    with Corpus.create(tmp_path / "말뭉치") as corpus:
        corpus.store.last_change()
    held = [str(path.readlink()) for path in Path("/proc/self/fd").glob("*") if path.is_symlink()]
    assert not [name for name in held if str(tmp_path) in name]


def test_a_log_that_cannot_be_written_stops_nothing(corpus: Corpus, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus.folder / "gongmun.log").mkdir()
    corpus.logger().warning("그림을 그리지 못함")
    assert "그림을 그리지 못함" in capsys.readouterr().err
