"""PDFs for what the real ones lack: scans, unapplied annotations, labels on boxes, turned pages, stamps, codes, photos.

`python -m benchmarks.redactions.build FOLDER` writes them, and their labels here (made-*.jsonl).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.redactions.drawings import drawings
from benchmarks.redactions.sheet import HEIGHT, WIDTH, drawn, rounded

HERE = Path(__file__).parent
HALVES = ("tuning", "frozen")


def make(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Write the PDFs into `folder`; return the half and the labels of each."""
    folder.mkdir(parents=True, exist_ok=True)
    made = []
    for at, (name, draw, rotate) in enumerate(drawings()):
        data, sheet = drawn(draw, rotate)
        (folder / f"{name}.pdf").write_bytes(data)
        size = [HEIGHT, WIDTH] if rotate in (90, 270) else [WIDTH, HEIGHT]
        line: dict[str, Any] = {"id": f"m{at + 1:03d}", "file": f"made/{name}.pdf", "page": 1, "size": size}
        lists = {"redactions": sheet.redactions, "hidden": sheet.hidden, "optional": sheet.optional, "not": sheet.no}
        line |= {key: [label | {"box": shown(label["box"], rotate)} for label in each] for key, each in lists.items()}
        made.append((HALVES[at % 2], line | ({"note": sheet.note} if sheet.note else {})))
    return made


def shown(box: list[float], rotate: int) -> list[float]:
    """Return where a box of the unturned page stands on the page as it is shown (/Rotate, clockwise)."""
    left, top, right, bottom = box
    if rotate == 90:
        return rounded((HEIGHT - bottom, left, HEIGHT - top, right))
    if rotate == 270:
        return rounded((top, WIDTH - right, bottom, WIDTH - left))
    return box


def _main(folder: str) -> None:
    made = make(Path(folder))
    for half in HALVES:
        lines = [json.dumps(line, ensure_ascii=False) + "\n" for which, line in made if which == half]
        (HERE / f"made-{half}.jsonl").write_text("".join(lines), encoding="utf-8")
        print(f"{half}: {len(lines)} pages")


if __name__ == "__main__":
    _main(sys.argv[1])
