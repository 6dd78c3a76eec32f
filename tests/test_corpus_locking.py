"""One writer at a time, across processes; the message names who holds the corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.errors import CorpusLocked, ExitCode
from corpus.locking import only_writer

ROOT = Path(__file__).resolve().parent.parent
HOLD = """
import sys
from pathlib import Path
from corpus.locking import only_writer
with only_writer(Path(sys.argv[1]), "gongmun ingest 받은자료"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def holder(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Run another process that holds the lock until its input ends."""
    pipe = subprocess.PIPE
    environment = {**os.environ, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", HOLD, str(folder)]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        yield process
        if process.stdin and not process.stdin.closed:
            process.stdin.close()


def test_two_processes_cannot_both_write(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        with pytest.raises(CorpusLocked) as error, only_writer(tmp_path, "ingest"):
            pytest.fail("two writers at once")
        said = str(error.value)
        assert "gongmun ingest 받은자료" in said
        assert f"process {process.pid} on " in said
        assert said.endswith("wait until it is done.")
        assert error.value.exit_code is ExitCode.CORPUS
    with only_writer(tmp_path, "ingest"):
        pass


def test_lock_of_a_killed_process_is_free(tmp_path: Path) -> None:
    with holder(tmp_path) as process:
        process.kill()
        process.wait()
        with only_writer(tmp_path, "ingest"):
            assert f"process {os.getpid()} on" in (tmp_path / "writer.txt").read_text(encoding="utf-8")


def test_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), only_writer(tmp_path, "ingest"):
        raise ZeroDivisionError
    with only_writer(tmp_path, "ingest"):
        pass
    assert not (tmp_path / "writer.txt").exists()


def test_holder_that_did_not_say_is_told_so(tmp_path: Path) -> None:
    with holder(tmp_path):
        (tmp_path / "writer.txt").unlink()
        with pytest.raises(CorpusLocked, match="did not say"), only_writer(tmp_path, "ingest"):
            pass
