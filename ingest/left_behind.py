"""What the folder of a corpus says of papers beside its catalogue: the log file, and the jobs of the web page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus import Corpus
from corpus.model import Occurrence
from corpus.opened import LOG
from corpus.taking_back import INSIDE

_SHORT = 12  # of a hash
_JOB = re.compile(r"/(jobs/[0-9a-f]{16})/papers\Z")  # ui/web/jobs.py
_ENTRY = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ ")


def forget_names(corpus: Corpus, places: Iterable[Occurrence]) -> None:
    """Put the hash of each paper where one of its names stands, and delete what the web page was sent of it.

    What errors said at length goes from the log file altogether: it may quote papers.
    """
    every = list(places)
    _rewrite(corpus.folder / LOG, lambda text: _log_without(text, every))
    deliveries = corpus.store.deliveries()
    for place in every:
        job = _JOB.search(deliveries[place.delivery].source.replace("\\", "/"))
        if job is not None:
            _forget_sent(corpus.folder / job[1], place)


def _log_without(text: str, places: list[Occurrence]) -> str:
    names = {name: place.document[:_SHORT] for place in places for name in (place.path, place.name)}
    kept = []
    for line in text.splitlines():
        begins = _ENTRY.match(line)
        if begins is None:
            continue
        mentioned = next((hashed for name, hashed in names.items() if name in line), None)
        kept.append(line if mentioned is None else f"{begins[0]}{mentioned}")
    return "".join(f"{line}\n" for line in kept)


def _forget_sent(job: Path, place: Occurrence) -> None:
    if not job.is_dir():
        return
    sent = place.path.partition(INSIDE)[0]
    if sent == place.path:
        (job / "papers" / sent).unlink(missing_ok=True)
        _rewrite(job / "asked.json", lambda text: json.dumps(_asked_without(json.loads(text), place)))
    _rewrite(job / "progress", lambda text: "".join(_told_without(line, place) for line in text.splitlines(True)))
    _rewrite(job / "log.txt", lambda text: "")


def _asked_without(asked: dict[str, Any], place: Occurrence) -> dict[str, Any]:
    hashed = place.document[:_SHORT]
    files = [
        {**each, "path": hashed, "stored": hashed} if each["stored"] == place.path else each for each in asked["files"]
    ]
    return {**asked, "files": files}


def _told_without(line: str, place: Occurrence) -> str:
    if not line.endswith("\n"):
        return line
    event = json.loads(line)
    if event.get("path") != place.path:
        return line
    return json.dumps({**event, "path": place.document[:_SHORT], "detail": ""}) + "\n"


def _rewrite(file: Path, change: Callable[[str], str]) -> None:
    """Change a file in place: whoever has it open to append goes on there."""
    with suppress(FileNotFoundError), file.open("r+", encoding="utf-8", errors="replace") as opened:
        text = change(opened.read())
        opened.seek(0)
        opened.write(text)
        opened.truncate()
