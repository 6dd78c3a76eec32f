"""Precision and recall of search/figures.py on the labelled sentences of benchmarks/figures, by its README.

    python -m benchmarks.labelled_figures [--each] [--part {tuning,frozen,sealed}]

Both halves are scored, or the one part named; --each lists the failures of the tuning half. Those of the frozen half
and of the sealed set are never printed. The sealed set is scored only when it is named: it is run once, at the end.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from corpus.figures import Figure, Mention
from search.figures import figures, mentions

FOLDER = Path(__file__).parent / "figures"
_VALUELESS = ("article", "identifier")


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled excerpt and what was found in it; `matched` are pairs of places in labels and found."""

    name: str
    text: str
    labels: list[dict[str, Any]]
    found: list[Figure | Mention]
    matched: list[tuple[int, int]]

    def kinds(self) -> Iterator[tuple[str, str]]:
        """Yield what each label and finding counts as: (kind, right | optional | missed | wrong)."""
        right, of_label = {j for _, j in self.matched}, {i for i, _ in self.matched}
        for i, label in enumerate(self.labels):
            if label.get("optional"):
                if i in of_label:
                    yield _kind(label), "optional"
            else:
                yield _kind(label), "right" if i in of_label else "missed"
        for j, each in enumerate(self.found):
            if j not in right:
                yield ("mention" if isinstance(each, Mention) else each.kind.value), "wrong"


def read(part: str) -> list[Line]:
    """Read a part ("tuning", "frozen" or "sealed") and what is found in it."""
    lines = []
    for row in (FOLDER / f"{part}.jsonl").read_text("utf-8").splitlines():
        told = json.loads(row)
        labels = [*told["figures"], *told["mentions"]]
        found: list[Figure | Mention] = [*figures(told["text"]), *mentions(told["text"])]
        lines.append(Line(told["id"], told["text"], labels, found, _matched(told["text"], labels, found)))
    return lines


def _matched(text: str, labels: list[dict[str, Any]], found: list[Figure | Mention]) -> list[tuple[int, int]]:
    pairs, taken = [], set()
    for i, label in enumerate(labels):
        for j, each in enumerate(found):
            if j not in taken and _is(text, label, each):
                pairs.append((i, j))
                taken.add(j)
                break
    return pairs


def _is(text: str, label: dict[str, Any], found: Figure | Mention) -> bool:
    shared = text[max(label["start"], found.start) : min(label["end"], found.end)]
    if label["start"] >= found.end or found.start >= label["end"] or not re.search(r"\w", shared):
        return False
    if isinstance(found, Mention):
        return (label.get("from"), label.get("to")) == (found.first, found.last)
    if label.get("kind") != found.kind.value:
        return False
    if found.kind.value in _VALUELESS and label.get("optional"):
        return True
    values = (_decimal(label["low"]), _decimal(label["high"]), *map(bool, map(label.get, ("low_open", "high_open"))))
    same = found.kind.value == "article" or values == (found.low, found.high, found.low_open, found.high_open)
    return same and _same_unit(label["unit"], found.unit)


def _decimal(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


def _same_unit(label: str | None, found: str | None) -> bool:
    one, other = ((unit or "").lower().removesuffix("s") for unit in (label, found))
    plain = re.fullmatch("[a-z-]*", one + other) and "" in (one, other)
    return one == other or bool(plain)


def _kind(label: dict[str, Any]) -> str:
    return str(label.get("kind", "mention"))


def report(name: str, lines: list[Line]) -> None:
    """Print precision and recall, whole and by kind."""
    counts = Counter(each for line in lines for each in line.kinds())
    kinds = sorted({kind for kind, _ in counts})
    print(f"\n{name}: {len(lines)} excerpts")
    print(f"{'':>12} {'labels':>7} {'right':>6} {'missed':>7} {'wrong':>6} {'precision':>10} {'recall':>7}")
    figure_kinds = [kind for kind in kinds if kind != "mention"]
    for shown, group in [*((kind, [kind]) for kind in kinds), ("figures", figure_kinds), ("all", kinds)]:
        right, missed, wrong = (sum(counts[kind, how] for kind in group) for how in ("right", "missed", "wrong"))
        precision, recall = right / ((right + wrong) or 1), right / ((right + missed) or 1)
        print(f"{shown:>12} {right + missed:7} {right:6} {missed:7} {wrong:6} {precision:10.4f} {recall:7.4f}")
    exact = sum(
        (line.labels[i]["start"], line.labels[i]["end"]) == (line.found[j].start, line.found[j].end)
        for line in lines
        for i, j in line.matched
    )
    print(f"exact spans: {exact} of {sum(len(line.matched) for line in lines)} matched")


def failures(lines: list[Line]) -> None:
    """Print what was missed and what was found wrongly."""
    for line in lines:
        labels, found = {i for i, _ in line.matched}, {j for _, j in line.matched}
        missed = [each for i, each in enumerate(line.labels) if i not in labels and not each.get("optional")]
        wrong = [each for j, each in enumerate(line.found) if j not in found]
        if missed or wrong:
            print(f"\n{line.name} {line.text!r}")
        for label in missed:
            print("   missed", {key: value for key, value in label.items() if key not in ("start", "end")})
        for each in wrong:
            print("   wrong ", repr(line.text[each.start : each.end]), each)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--each", action="store_true", help="list the failures of the tuning half")
    parser.add_argument("--part", choices=("tuning", "frozen", "sealed"), help="score only this (default: both halves)")
    asked = parser.parse_args()
    for part in (asked.part,) if asked.part else ("tuning", "frozen"):
        began = time.perf_counter()
        lines = read(part)
        report(part, lines)
        print(f"{1000 * (time.perf_counter() - began):.0f} ms for {sum(len(line.text) for line in lines):,} characters")
        if asked.each and part == "tuning":
            failures(lines)


if __name__ == "__main__":
    main()
