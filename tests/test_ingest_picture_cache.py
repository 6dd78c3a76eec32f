"""Pictures kept on disk: checked, bounded, disposable."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from ingest.picture_cache import PictureCache, PictureKey

KEY = PictureKey("a" * 64, 3, 1240, 0, "1p7000")
HALF = bytes(range(256)) * 2000  # half a megabyte


@pytest.fixture
def failures() -> list[OSError]:
    return []


@pytest.fixture
def cache(tmp_path: Path, failures: list[OSError]) -> PictureCache:
    return PictureCache(tmp_path / "cache" / "pictures", 2, failures.append)


def files(cache: PictureCache) -> list[Path]:
    return sorted(path for path in cache.folder.rglob("*") if path.is_file())


def size(cache: PictureCache) -> int:
    return sum(path.stat().st_size for path in files(cache))


def aged(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def test_what_is_kept_is_read(cache: PictureCache) -> None:
    assert cache.read(KEY) is None
    cache.keep(KEY, b"picture")
    assert cache.read(KEY) == b"picture"
    others = [replace(KEY, **{name: value}) for name, value in [("page", 4), ("width", 160), ("turn", 90)]]
    for other in [*others, replace(KEY, version="2"), replace(KEY, document="b" * 64)]:
        assert cache.read(other) is None


def test_another_server_reads_it_too(cache: PictureCache, failures: list[OSError]) -> None:
    cache.keep(KEY, b"picture")
    assert PictureCache(cache.folder, 2, failures.append).read(KEY) == b"picture"


@pytest.mark.parametrize("wrong", [b"", b"short", b"\0" * 400, "cut", "flipped", "longer"])
def test_damaged_file_is_as_if_it_were_not_there(cache: PictureCache, wrong: bytes | str) -> None:
    cache.keep(KEY, HALF)
    (path,) = files(cache)
    whole = path.read_bytes()
    flipped = whole[:5000] + bytes([whole[5000] ^ 1]) + whole[5001:]
    damaged = {"cut": whole[:-1], "flipped": flipped, "longer": whole + b"\0"}
    path.write_bytes(damaged[wrong] if isinstance(wrong, str) else wrong)
    assert cache.read(KEY) is None
    assert files(cache) == []
    cache.keep(KEY, HALF)
    assert cache.read(KEY) == HALF


def test_size_stays_within_the_limit_and_the_newest_stay(cache: PictureCache) -> None:
    for number in range(1, 21):
        cache.keep(replace(KEY, page=number), HALF)
        aged(cache.folder / KEY.document / replace(KEY, page=number).name, 3000 - 100 * number)
        assert size(cache) <= 2 << 20
    assert cache.read(replace(KEY, page=20)) == HALF
    assert cache.read(replace(KEY, page=1)) is None
    assert len(files(cache)) >= 2


def test_what_is_used_stays(cache: PictureCache) -> None:
    for number in (1, 2, 3, 4):
        cache.keep(replace(KEY, page=number), HALF)
        aged(cache.folder / KEY.document / replace(KEY, page=number).name, 10_000 - number)
    assert cache.read(replace(KEY, page=1)) == HALF
    cache.keep(replace(KEY, page=5), HALF)
    assert cache.read(replace(KEY, page=1)) == HALF
    assert cache.read(replace(KEY, page=2)) is None


def test_limit_counts_what_was_there_before(cache: PictureCache, failures: list[OSError]) -> None:
    for number in (1, 2, 3):
        cache.keep(replace(KEY, page=number), HALF)
    smaller = PictureCache(cache.folder, 1, failures.append)
    smaller.keep(replace(KEY, page=9), b"one more")
    assert size(cache) <= 1 << 20
    assert smaller.read(replace(KEY, page=9)) == b"one more"


def test_limit_of_nothing_keeps_nothing(tmp_path: Path, failures: list[OSError]) -> None:
    cache = PictureCache(tmp_path / "pictures", 0, failures.append)
    cache.keep(KEY, HALF)
    assert cache.read(KEY) is None
    assert not cache.folder.exists()


def test_what_a_killed_server_left_half_written_goes(cache: PictureCache) -> None:
    cache.keep(KEY, HALF)
    left, at_work = files(cache)[0].parent / "left.part", files(cache)[0].parent / "work.part"
    left.write_bytes(b"half")
    at_work.write_bytes(b"half")
    aged(left, 7200)
    PictureCache(cache.folder, 2, print).keep(replace(KEY, page=2), HALF)
    assert not left.exists()
    assert at_work.exists()
    assert cache.read(KEY) == HALF


def test_forgetting_a_document(cache: PictureCache) -> None:
    other = replace(KEY, document="b" * 64)
    for key in (KEY, replace(KEY, page=9), other):
        cache.keep(key, b"picture")
    cache.forget(KEY.document)
    assert cache.read(KEY) is None
    assert cache.read(other) == b"picture"
    cache.forget("c" * 64)


@pytest.mark.parametrize("document", ["", "..", "../x", "a/b", "a\\b", ".", "a\0b", "C:", "문서"])
def test_nothing_but_an_id_names_a_folder(cache: PictureCache, document: str) -> None:
    for use in (cache.read, lambda key: cache.keep(key, b"x"), lambda key: cache.forget(key.document)):
        with pytest.raises(ValueError, match="not the id"):
            use(replace(KEY, document=document))


@pytest.mark.skipif(sys.platform == "win32", reason="a file in the place of a folder reads otherwise")
def test_disk_that_cannot_be_written_is_told_and_nothing_worse(cache: PictureCache, failures: list[OSError]) -> None:
    cache.folder.parent.mkdir(parents=True)
    cache.folder.write_bytes(b"in the way")
    cache.keep(KEY, b"picture")
    assert len(failures) == 1
    assert cache.read(KEY) is None
    assert all(isinstance(failure, NotADirectoryError | FileExistsError) for failure in failures)


def test_many_threads(cache: PictureCache, failures: list[OSError]) -> None:
    def use(number: int) -> bytes | None:
        key = replace(KEY, page=number % 9)
        cache.keep(key, bytes([number % 9]) * 300_000)
        return cache.read(key)

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(use, range(200)))
    assert all(each is None or each == bytes([number % 9]) * 300_000 for number, each in enumerate(found))
    assert failures == []
    cache.keep(KEY, b"after all that")
    assert cache.read(KEY) == b"after all that"
    assert size(cache) <= 2 << 20
