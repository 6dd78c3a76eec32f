"""Scores ingest.formats.encodings.decode against the encodings set; README.md says what is right.

`python -m benchmarks.encodings.run` lists the mistakes of the tuning half and gives its totals;
`python -m benchmarks.encodings.run --frozen` gives the totals of the frozen half, nothing else.
"""

from __future__ import annotations

import argparse
import codecs
import re
from collections import Counter

from benchmarks.encodings.build import BAD, Case, cases
from ingest.formats.encodings import decode
from ingest.formats.model import FormatError

RIGHT, NO_MISTAKE, WRONG, NAME = "right", "no mistake, not right", "wrong", "text right, encoding misnamed"


def judge(case: Case) -> tuple[str, str]:
    """Return what came of a case by the README's table, and a line on it. A crash is let through."""
    try:
        text, encoding, damaged = decode(case.data)
    except FormatError as error:
        return _refused(case), f"refused: {error.detail}"
    told = f"{encoding}, {'damaged' if damaged else 'whole'}: {text[:60]!r}"
    if case.outcome == "empty":
        return WRONG if text.strip() else RIGHT, told  # ingest/formats/plain.py lists blanks as an empty file
    if case.outcome == "damaged":
        same = _runs(text) == _runs(case.text or "")
        return RIGHT if same and damaged else WRONG, told
    if case.outcome == "refused":
        return RIGHT if case.text is not None and text == case.text else WRONG, told
    if text != case.text or damaged:
        return WRONG, told
    return RIGHT if _same_name(encoding, case.encodings) else NAME, told


def _refused(case: Case) -> str:
    if case.outcome == "refused":
        return RIGHT
    return NO_MISTAKE if case.outcome == "damaged" or case.refusal_ok else WRONG


def _runs(text: str) -> str:
    return re.sub(f"{BAD}+", BAD, text)


def _same_name(encoding: str, right: tuple[str, ...]) -> bool:
    return codecs.lookup(encoding).name in {codecs.lookup(name).name for name in right}


def _main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--frozen", action="store_true", help="totals of the frozen half instead of the tuning half")
    half = "frozen" if arguments.parse_args().frozen else "tuning"
    totals: Counter[str] = Counter()
    for case in cases():
        if case.half != half:
            continue
        verdict, told = judge(case)
        totals[verdict] += 1
        if half == "tuning" and verdict != RIGHT:
            print(f"{verdict}: {case.name} ({case.outcome}): {told}")
    print(f"{half}: {totals.total()} files; " + ", ".join(f"{name} {number}" for name, number in totals.most_common()))


if __name__ == "__main__":
    _main()
