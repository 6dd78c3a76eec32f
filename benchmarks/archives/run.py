"""Score the readers of archives against expected.jsonl, by the rules of README.md.

    .venv/bin/python -m benchmarks.archives.run tuning     # with a line for each case that is not right
    .venv/bin/python -m benchmarks.archives.run frozen     # totals alone

Archives in archives and mails are walked as an ingest walks them, to a depth, with one allowance for all that comes
out of a file. Each case runs in a process of its own, with 1 GB of memory and ten minutes.
"""

from __future__ import annotations

import hashlib
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from benchmarks.archives.build import HERE, make
from benchmarks.archives.model import ANY
from corpus.model import Reason
from ingest.formats import archives, mail
from ingest.formats.model import FormatError, Limits, Member
from ingest.media_types import MAIL, media_type, why_not

_LIMITS = Limits(bytes=1 << 30, files=20_000, ratio=100)
_DEPTH = 8
_SECONDS, _MEMORY, _MOST_INFLATED = 600, 1 << 30, 2_500_000_000
_STATES = {
    Reason.ENCRYPTED: {"encrypted"},
    Reason.DAMAGED: {"damaged"},
    Reason.UNSUPPORTED: {"unsupported"},
    Reason.TOO_LARGE: {"ratio", "size", "count"},
    Reason.NOT_A_FILE: {"link", "not-a-file"},
    Reason.EMPTY: {"empty"},
}
_UNPRINTABLE = "[\0-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]"
_BAD_PATH = re.compile(rf"^/|(^|/)[A-Za-z]:|(^|/)\.\.(/|$)|\\|{_UNPRINTABLE}")


@dataclass(slots=True)
class Found:
    """A member as listed: its path, its states by the README's words, the hash of its bytes if they were had."""

    path: str
    states: set[str]
    sha256: str | None = None
    holds: bool = False  # an archive in the archive


@dataclass(slots=True)
class Walk:
    """All that came out of one file."""

    archive: set[str]
    found: list[Found] = field(default_factory=list)
    bytes: int = 0
    files: int = 0
    peak: int = 0
    seconds: float = 0.0

    def left(self) -> Limits:
        return Limits(max(0, _LIMITS.bytes - self.bytes), max(0, _LIMITS.files - self.files), _LIMITS.ratio)


def walk(path: Path) -> Walk:
    """Take everything out of a file, as an ingest does."""
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY + (512 << 20), resource.RLIM_INFINITY))
    began = time.monotonic()
    walked = Walk(set())
    kind = media_type(path, path.name)
    if path.stat().st_size == 0:
        walked.archive = {"empty"}
    elif refused := why_not(kind, path.name):
        walked.archive = set(_STATES[refused[0]])
    elif kind not in archives.TYPES:
        walked.archive = {"not-an-archive"}
    else:
        try:
            _open(path, kind, "", 0, walked)
            walked.archive = {"read"} if walked.found else {"read", "empty"}
        except FormatError as error:
            walked.archive = set(_STATES[error.reason])
    walked.peak = _peak()
    walked.seconds = time.monotonic() - began
    return walked


def _peak() -> int:
    """Return the most memory this process held, in bytes; ru_maxrss would count what its parent held."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(re.findall(r"VmHWM:\s*(\d+) kB", status)[0]) << 10


def _open(path: Path, kind: str, inside: str, depth: int, walked: Walk) -> None:
    unpack = mail.unpack if kind == MAIL else archives.unpack
    with tempfile.TemporaryDirectory() as folder:
        members = unpack(path, Path(folder), walked.left(), None)
        written = [member.path for member in members if member.path]
        assert all(each.parent == Path(folder) and not each.is_symlink() for each in written), "written elsewhere"
        assert len(list(Path(folder).iterdir())) == len(written), "files are left that no member names"
        walked.bytes += sum(each.stat().st_size for each in written)
        walked.files += len(members)
        for member in members:
            _list(member, inside, depth, walked)


def _list(member: Member, inside: str, depth: int, walked: Walk) -> None:
    name = inside + member.name
    if member.litter:
        walked.found.append(Found(name, {"litter"}))
    elif member.path is None:
        walked.found.append(Found(name, set(_STATES[member.reason])))
    elif member.path.stat().st_size == 0:
        walked.found.append(Found(name, {"empty", "read"}, hashlib.sha256(b"").hexdigest()))
    else:
        kind = media_type(member.path, member.name)
        found = Found(name, {"read"}, _sha256(member.path), kind in archives.TYPES)
        walked.found.append(found)
        if kind in archives.TYPES or kind == MAIL:
            if depth >= _DEPTH:
                found.states = {"depth"}
                return
            try:
                _open(member.path, kind, f"{name}!/", depth + 1, walked)
            except FormatError as error:
                found.states, found.holds = set(_STATES[error.reason]), False


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def faults(case: dict[str, Any], walked: Walk) -> Iterator[tuple[bool, str]]:
    """Yield what is not as expected of a case, and whether it is wrong, not only not right."""
    said = set(walked.archive).union(*(each.states for each in walked.found))
    if not walked.archive & set(case["archive"]):
        yield False, f"the archive is {walked.archive}"
    if case["say"] and not said & set(case["say"]):
        yield False, f"says {said}"
    if case["count"] is not None and sum("read" in each.states for each in walked.found) != case["count"]:
        yield False, "the count differs"
    if walked.bytes > _MOST_INFLATED or walked.peak > _MEMORY:
        yield True, f"{walked.bytes >> 20} MB inflated, {walked.peak >> 20} MB held"
    yield from _paths(case, walked)
    if "read" in walked.archive:
        yield from _members(case, walked)


def _paths(case: dict[str, Any], walked: Walk) -> Iterator[tuple[bool, str]]:
    for each in walked.found:
        bad = _BAD_PATH.search(each.path)
        if bad and not (case["file"] == "backslash.tar" and bad[0] == "\\"):
            yield True, f"a path {each.path!r}"
    for path, times in Counter(each.path for each in walked.found).items():
        if times > 1:
            yield True, f"{times} times {path!r}"


def _members(case: dict[str, Any], walked: Walk) -> Iterator[tuple[bool, str]]:
    left = list(walked.found)
    for wanted in case["members"]:
        patterns = [_pattern(path) for path in wanted["paths"]]
        named = [each for each in left if any(pattern.fullmatch(each.path) for pattern in patterns)]
        right = [each for each in named if each.states & set(wanted["states"]) and _bytes_right(each, wanted)]
        if right:
            left.remove(right[0])
        elif not named:
            yield True, f"missing: {wanted['paths'][0]}"
        else:
            shown = "read" in named[0].states and named[0].states.isdisjoint(wanted["states"])
            yield shown or not _bytes_right(named[0], wanted), f"{named[0].path} is {named[0].states}"
            left.remove(named[0])
    if not case["open_ended"]:
        yield from ((True, f"beside: {each.path} {each.states}") for each in left if not each.holds)


def _bytes_right(each: Found, wanted: dict[str, Any]) -> bool:
    return each.sha256 is None or wanted.get("sha256") in (None, each.sha256)


def _pattern(path: str) -> re.Pattern[str]:
    some = f"(?:(?!{_UNPRINTABLE}).){{0,8}}"
    return re.compile(re.escape(path).replace(re.escape(ANY), some).replace(r"\*", ".*"), re.S)


def main(half: str) -> None:
    """Print the totals of a half, and for tuning what is not right."""
    lines = (HERE / "expected.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["half"] == half]
    totals: Counter[str] = Counter()
    peak, slowest = 0, 0.0
    with tempfile.TemporaryDirectory() as folder:
        make(Path(folder))
        for case in cases:
            try:
                with ProcessPoolExecutor(1, get_context("spawn")) as pool:
                    walked = pool.submit(walk, Path(folder, case["file"])).result(_SECONDS)
                found = list(faults(case, walked))
                peak, slowest = max(peak, walked.peak), max(slowest, walked.seconds)
            except (Exception, BrokenProcessPool) as error:  # noqa: BLE001 - a crash is a result
                found = [(True, f"crash: {type(error).__name__}: {error}")]
                totals["crashes"] += 1
            verdict = "wrong" if any(wrong for wrong, _ in found) else "not right" if found else "right"
            totals[verdict] += 1
            if found and half == "tuning":
                print(f"{verdict}: {case['file']}: {'; '.join(text for _, text in found[:4])}")
    print(
        f"{half}: {totals['right']} of {len(cases)} right, {totals['wrong']} wrong ({totals['crashes']} crashes)",
        end="; ",
    )
    print(f"at most {peak >> 20} MB and {slowest:.1f} s for a case")


if __name__ == "__main__":
    main(sys.argv[1])
