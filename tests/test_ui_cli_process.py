"""The command line as a process: UTF-8 whatever the console, exit codes, Ctrl-C, pipes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus import Corpus

ROOT = Path(__file__).parent.parent
MANY = 300  # papers: more than any machine reads before the signal reaches it


def environment(**more: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "ascii", "LANG": "C"} | more


def gongmun(*arguments: str, **options: object) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "ui.cli", *arguments]
    return subprocess.run(command, env=environment(), capture_output=True, timeout=60, **options)  # type: ignore[call-overload]


def test_output_is_utf8_on_an_ascii_console(corpus: Corpus, write) -> None:
    write("정보주체의 동의를 받지 않고", name="답변서.pdf")
    folder = str(corpus.folder)
    found = gongmun("--corpus", folder, "search", "동의")
    assert found.returncode == 0, found.stderr
    assert "답변서, p. 1" in found.stdout.decode("utf-8")
    assert "«동의»를 받지 않고" in found.stdout.decode("utf-8")
    as_json = json.loads(gongmun("--corpus", folder, "search", "동의", "--json").stdout.decode("utf-8"))
    assert as_json["hits"][0]["title"] == "답변서"
    wrong = gongmun("--corpus", folder, "search", '"동의')
    assert wrong.returncode == 2
    assert wrong.stdout == b""
    assert '"동의\n^' in wrong.stderr.decode("utf-8").replace("\r", "")


def test_csv_in_a_file_begins_with_a_mark_for_spreadsheets(corpus: Corpus, write, tmp_path: Path) -> None:
    write("동의", name="답변서.pdf")
    command = [sys.executable, "-m", "ui.cli", "--corpus", str(corpus.folder), "search", "동의", "--csv"]
    with (tmp_path / "hits.csv").open("wb") as file:
        subprocess.run(command, env=environment(), stdout=file, check=True, timeout=60)
    assert (tmp_path / "hits.csv").read_bytes().startswith(b"\xef\xbb\xbfdocument,title,")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
def test_ctrl_c_stops_an_ingest_that_goes_on_later(corpus: Corpus, tmp_path: Path) -> None:
    papers = tmp_path / "자료"
    papers.mkdir()
    original = next((ROOT / "ui/sample/release").glob("01_*.pdf")).read_bytes()
    for n in range(MANY):
        (papers / f"{n:03}.pdf").write_bytes(original + f"%{n}\n".encode())
    command = [sys.executable, "-m", "ui.cli", "ingest", str(papers), "--corpus", str(corpus.folder)]
    running = subprocess.Popen(command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    deadline = time.monotonic() + 30
    while not corpus.store.documents() and time.monotonic() < deadline:
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    _, said = running.communicate(timeout=30)
    assert running.returncode == 130, said.decode("utf-8")
    assert said.decode("utf-8").strip().splitlines()[-1] == "stopped; run the same command again to go on"
    assert "Traceback" not in said.decode("utf-8")
    assert len(corpus.store.documents()) < MANY
    assert gongmun("--corpus", str(corpus.folder), "status").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="no head")
def test_a_closed_pipe_is_no_error(corpus: Corpus, write) -> None:
    write("\n".join(f"동의 {n}" for n in range(20_000)), name="긴 글.pdf")
    line = f"'{sys.executable}' -m ui.cli --corpus '{corpus.folder}' show 글 --page 1 | head -1"
    done = subprocess.run(["sh", "-c", line], env=environment(), capture_output=True, timeout=60)
    assert done.stdout.decode("utf-8") == "동의 0\n"
    assert "Traceback" not in done.stderr.decode("utf-8")
    assert "mistake" not in done.stderr.decode("utf-8")
