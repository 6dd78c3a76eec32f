"""Originals: whole bytes under their own hash or nothing, kept once, never written again."""

from __future__ import annotations

import hashlib
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.errors import NotFound
from corpus.originals import Originals, digest_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def originals(tmp_path: Path) -> Originals:
    return Originals.at("원본", tmp_path)


def made(folder: Path, content: bytes, name: str = "요구자료 1.pdf") -> tuple[Path, str]:
    path = folder / name
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def under_hash_names(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and len(path.name) == 64]


def test_put_keeps_the_bytes_under_their_hash(originals: Originals, tmp_path: Path) -> None:
    source, digest = made(tmp_path, b"%PDF" * 500_000)
    assert originals.put(source) == (digest, 2_000_000)
    assert originals.local(digest).read_bytes() == source.read_bytes()
    assert originals.local(digest).relative_to(tmp_path).parts == ("원본", digest[:2], digest[2:4], digest)
    assert originals.digest(digest) == digest == digest_of(source)
    assert list(originals.ids()) == [digest]


def test_original_is_read_only(originals: Originals, tmp_path: Path) -> None:
    digest, _ = originals.put(made(tmp_path, b"x")[0])
    assert not originals.local(digest).stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH | stat.S_IROTH)


def test_same_bytes_are_stored_once(originals: Originals, tmp_path: Path) -> None:
    digest, _ = originals.put(made(tmp_path, b"x")[0])
    before = originals.local(digest).stat()
    assert originals.put(made(tmp_path, b"x", "다른 이름.pdf")[0]) == (digest, 1)
    after = originals.local(digest).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)
    assert list(originals.ids()) == [digest]
    assert list((tmp_path / "원본" / "part").iterdir()) == []


def test_empty_file_is_kept(originals: Originals, tmp_path: Path) -> None:
    digest, size = originals.put(made(tmp_path, b"")[0])
    assert (size, originals.local(digest).read_bytes()) == (0, b"")


def test_what_is_gone_is_told(originals: Originals) -> None:
    assert originals.digest("0" * 64) is None
    assert list(originals.ids()) == []
    with pytest.raises(NotFound, match="restore it from a backup"):
        originals.local("0" * 64)


def test_failed_reading_leaves_nothing(originals: Originals, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        originals.put(tmp_path / "없는 파일.pdf")
    assert [path for path in (tmp_path / "원본").rglob("*") if path.is_file()] == []


def test_originals_behind_a_url(tmp_path: Path) -> None:
    originals = Originals.at(f"memory://gongmun-{tmp_path.name}", tmp_path)
    source, digest = made(tmp_path, b"remote")
    assert originals.put(source) == (digest, 6)
    assert originals.put(source) == (digest, 6)
    assert originals.local_root is None
    assert originals.digest(digest) == digest
    assert list(originals.ids()) == [digest]


# -- killed in the middle

PUT = """
import os, signal, sys
from pathlib import Path
from corpus.originals import Originals
originals = Originals.at("원본", Path(sys.argv[1]))
if sys.argv[2] == "before":
    originals.filesystem.mv = lambda *a, **k: os.kill(os.getpid(), signal.SIGKILL)
originals.put(Path(sys.argv[1]) / "요구자료 1.pdf")
"""


def killed(folder: Path, moment: str) -> None:
    environment = {**os.environ, "GONGMUN_FAILPOINT": "original" if moment == "after" else ""}
    command = [sys.executable, "-c", PUT, str(folder), moment]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr.decode()


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("moment", "kept"), [("before", 0), ("after", 1)])
def test_kill_around_the_rename_leaves_no_half_file(tmp_path: Path, moment: str, kept: int) -> None:
    source, digest = made(tmp_path, b"%PDF" * 1000)
    killed(tmp_path, moment)
    found = under_hash_names(tmp_path / "원본")
    assert len(found) == kept
    assert all(digest_of(path) == path.name for path in found)
    assert Originals.at("원본", tmp_path).put(source)[0] == digest
    assert [path.name for path in under_hash_names(tmp_path / "원본")] == [digest]


def test_half_written_files_of_a_killed_writer_are_forgotten(originals: Originals, tmp_path: Path) -> None:
    digest, _ = originals.put(made(tmp_path, b"x")[0])
    half = tmp_path / "원본" / "part" / "0123abcd"
    half.write_bytes(b"ha")
    originals.forget_unfinished()
    assert not half.exists()
    assert list(originals.ids()) == [digest]


def test_nothing_unfinished_is_no_error(originals: Originals) -> None:
    originals.forget_unfinished()
    assert list(originals.ids()) == []
