"""The files of the archives set, made by code; README.md says what is expected of a reader.

`python -m benchmarks.archives.build FOLDER` writes them, and expected.jsonl beside this file.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.archives import bombs, contents, names, sevens, tars
from benchmarks.archives.model import Case

HERE = Path(__file__).parent
HALVES = ("tuning", "frozen")


def make(folder: Path) -> list[tuple[str, Case]]:
    """Write every archive into `folder`; return each case with its half, in the order of expected.jsonl."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for half, case in cases():
        (folder / case.file).write_bytes(case.data)
        made.append((half, case))
    return made


def cases() -> Iterator[tuple[str, Case]]:
    """Yield each case with its half: of each module, one for tuning, one frozen, in turn."""
    for module in (names, contents, tars, bombs, sevens):
        for at, case in enumerate(module.cases()):
            yield HALVES[at % 2], case


def _main(folder: str) -> None:
    made = make(Path(folder))
    lines = [json.dumps(case.line(half), ensure_ascii=False) + "\n" for half, case in made]
    (HERE / "expected.jsonl").write_text("".join(lines), encoding="utf-8")
    print(f"{len(made)} archives in {folder}; {HERE / 'expected.jsonl'} written")


if __name__ == "__main__":
    _main(sys.argv[1])
