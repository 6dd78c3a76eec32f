"""Jobs: papers sent to the web page, and their ingest by the command line in a process of its own.

    <corpus>/jobs/<id>/
      incoming/<n>      a file that was sent, and <n>.json: its name as received; <n>-….part while it comes
      asked.json        the release and the files, from the start of the ingest on
      papers/…          the files under names that this system can store, until the ingest is finished
      progress          what the ingest tells (docs/json.md); progress.lock is held by its process
      log.txt           what it said

Everything is read from there, so that another browser, or the server after a restart, sees the same.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import unicodedata
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import filelock

import ui
from corpus import Corpus
from corpus.errors import UsageError
from corpus.model import now
from ui.cli.ingest_commands import UPLOADED
from ui.cli.session import who

_NAME_BYTES = 240  # file systems take 255; the rest is for telling names apart
_PATH_BYTES, _DEPTH = 2000, 40
_START_SECONDS = 20.0
_RESERVED = frozenset(("CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(1, 10))))
_ABOUT = ("agency", "requester", "request_number", "requested", "due", "received", "legal_basis")
_CHILDREN: dict[str, subprocess.Popen[bytes]] = {}  # those this server started, so that it notices their end
_starting = threading.Lock()


class Refused(UsageError):
    """Something that cannot be done with a job; `why` names the sentence in the reader's language."""

    def __init__(self, why: str, sentence: str) -> None:
        super().__init__(sentence)
        self.why = why


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent: its number in the job, its path as received, its size in bytes, its time in seconds."""

    number: int
    path: str
    size: int
    modified: float


@dataclass(frozen=True, slots=True)
class Job:
    """One upload and its ingest."""

    folder: Path

    @classmethod
    def create(cls, corpus: Corpus) -> Job:
        job = cls(corpus.folder / UPLOADED / uuid.uuid4().hex[:16])
        (job.folder / "incoming").mkdir(parents=True)
        return job

    @classmethod
    def of(cls, corpus: Corpus, name: str) -> Job:
        """Return a job by its id.

        Raises:
            Refused: there is none.
        """
        job = cls(corpus.folder / UPLOADED / name)
        if not (len(name) == 16 and name.isalnum() and name.isascii() and job.folder.is_dir()):
            raise Refused("gone", "There is no such upload any more; load the page anew.")
        return job

    @property
    def id(self) -> str:
        return self.folder.name

    @property
    def papers(self) -> Path:
        return self.folder / "papers"

    def part(self, number: int) -> Path:
        """Return where a file may be written while it comes."""
        return self.folder / "incoming" / f"{number}-{uuid.uuid4().hex[:8]}.part"

    def keep(self, part: Path, sent: Sent) -> None:
        """Keep a file that has come whole; one of the same number is replaced.

        Raises:
            Refused: its name cannot be stored, or the ingest has begun.
        """
        storable_path(sent.path)
        with _starting:
            if (self.folder / "asked.json").exists():
                raise Refused("begun", "The ingest of this upload has begun; send the file as a new upload.")
            _write(self.folder / "incoming" / f"{sent.number}.json", asdict(sent))
            part.replace(self.folder / "incoming" / str(sent.number))

    def drop(self, number: int) -> None:
        """Forget a file that was sent."""
        for name in (f"{number}.json", str(number)):
            (self.folder / "incoming" / name).unlink(missing_ok=True)

    def sent(self) -> list[Sent]:
        """Return the files that have come and wait for the ingest, in the order they were chosen in."""
        notes = (_read(note) for note in (self.folder / "incoming").glob("*.json"))
        found = [Sent(**note) for note in notes if note]
        return sorted((each for each in found if (self.folder / "incoming" / str(each.number)).exists()), key=_number)

    def asked(self) -> dict[str, Any] | None:
        """Return what was asked for, or None while the ingest has not been started."""
        return _read(self.folder / "asked.json")

    def events(self) -> list[dict[str, Any]]:
        """Return what the ingest told so far; a line that is being written is left out."""
        try:
            lines = (self.folder / "progress").read_text(encoding="utf-8").splitlines(keepends=True)
        except OSError:
            return []
        return [json.loads(line) for line in lines if line.endswith("\n")]

    def last_said(self) -> str:
        """Return the last line that the ingest wrote, which says why it failed before it began."""
        with suppress(OSError):
            lines = (self.folder / "log.txt").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            return lines[-1] if lines else ""
        return ""


def _number(sent: Sent) -> int:
    return sent.number


def jobs(corpus: Corpus) -> list[Job]:
    """Return all jobs, newest first."""
    folder = corpus.folder / UPLOADED
    found = [Job(path) for path in folder.iterdir() if path.is_dir()] if folder.is_dir() else []
    return sorted(found, key=lambda job: (_made(job.folder), job.id), reverse=True)


def _made(folder: Path) -> float:
    with suppress(OSError):
        return max(path.stat().st_mtime for path in (folder / "asked.json", folder / "incoming") if path.exists())
    return 0.0


# -- names


def storable_path(received: str, windows: bool = os.name == "nt") -> str:
    """Return a path under which a file can be stored in a folder and never outside of it, `/` between its parts.

    Names stay as they were received where the system can store them: composed or decomposed, whatever they say.

    Raises:
        Refused: nothing is left of it, or it is too long or too deep.
    """
    parts = [_storable(part, windows) for part in received.split("/") if part not in ("", ".", "..")]
    path = "/".join(parts)
    if not parts or len(parts) > _DEPTH or len(path.encode()) > _PATH_BYTES:
        raise Refused("name", "This name cannot be stored; rename the file, or move it out of its deep folders.")
    return path


def _storable(part: str, windows: bool) -> str:
    name = part.replace("\0", "_")
    if windows:
        name = "".join("_" if char in '<>:"|?*\\' or ord(char) < 32 else char for char in name).rstrip(". ") or "_"
        if name.partition(".")[0].strip().upper() in _RESERVED:
            name = f"_{name}"
    if len(name.encode()) <= _NAME_BYTES:
        return name
    ending = Path(name).suffix if len(Path(name).suffix.encode()) <= 20 else ""
    mark = f"~{hashlib.sha256(part.encode()).hexdigest()[:8]}{ending}"
    return name.encode()[: _NAME_BYTES - len(mark.encode())].decode(errors="ignore") + mark


def stored_paths(sent: list[Sent]) -> dict[int, str]:
    """Return the path each file is stored under, by its number; of two alike the second gets a folder of its own."""
    files: set[str] = set()
    folders: set[str] = set()
    found = {}
    for each in sent:
        path = storable_path(each.path)
        if _alike(path) in files | folders or not files.isdisjoint(_above(path)):
            path = f"~{each.number}/{path.rsplit('/', 1)[-1]}"
        files.add(_alike(path))
        folders.update(_above(path))
        found[each.number] = path
    return found


def _alike(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()  # some file systems take these for one name


def _above(path: str) -> list[str]:
    parts = _alike(path).split("/")
    return ["/".join(parts[:depth]) for depth in range(1, len(parts))]


# -- starting and ending


def start(corpus: Corpus, job: Job, about: Mapping[str, str], password: str = "") -> None:
    """Ingest what was sent, in a process that outlives this one; `about` has the release's `name` and facts (ISO).

    Raises:
        Refused: nothing was sent, or it was started before.
    """
    with _starting:
        if job.asked() is not None:
            raise Refused("begun", "The ingest of this upload has begun; its progress is on the page of releases.")
        sent = job.sent()
        if not sent:
            raise Refused("empty", "No file was sent; choose files first.")
        paths = stored_paths(sent)
        files = [{**asdict(each), "stored": paths[each.number]} for each in sent]
        _log_other_names(corpus, files)
        _write(job.folder / "asked.json", {"about": dict(about), "at": now(), "files": files})
        _launch(corpus, job, password)


def again(corpus: Corpus, job: Job, password: str = "") -> None:
    """Go on with an ingest that was killed or failed; what was read stays.

    Raises:
        Refused: it runs, or is finished.
    """
    with _starting:
        if phase(job) not in ("killed", "stopped", "failed"):
            raise Refused("begun", "This ingest runs or is finished; there is nothing to start again.")
        _launch(corpus, job, password)


def _log_other_names(corpus: Corpus, files: list[dict[str, Any]]) -> None:
    """Keep the received name of a file in the record where it could not be stored under it."""
    others = [each for each in files if each["stored"] != each["path"].strip("/")]
    if others:
        with corpus.store.writing() as record:
            for each in others:
                record.log(who(), "received under another name", f"{each['stored']} was {each['path']!r}")


def _launch(corpus: Corpus, job: Job, password: str) -> None:
    asked = job.asked() or {"files": [], "about": {}}
    for each in asked["files"]:
        place, come = job.papers / each["stored"], job.folder / "incoming" / str(each["number"])
        if come.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            come.replace(place)
            os.utime(place, (each["modified"], each["modified"]))
    _await_end(job)
    (job.folder / "progress").unlink(missing_ok=True)
    secret = password.replace("\0", "").encode()
    command = [*_command(corpus, job, asked["about"]), *(["--password-file", "-"] if secret else [])]
    with (job.folder / "log.txt").open("ab") as log:
        process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if secret else subprocess.DEVNULL,  # not among the arguments, which others can see
            stdout=log,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONPATH": str(Path(ui.__file__).parents[1]), "PYTHONUTF8": "1"},
            start_new_session=True,
            creationflags=getattr(subprocess, "DETACHED_PROCESS", 0),
        )
    _CHILDREN[job.id] = process
    if process.stdin is not None:
        with suppress(OSError), process.stdin as stdin:
            stdin.write(secret)


def _command(corpus: Corpus, job: Job, about: Mapping[str, str]) -> list[str]:
    """Return the command line of a job's ingest; each value is tied to its option, so that none is taken for one."""
    facts = [f"--{name.replace('_', '-')}={about[name]}" for name in _ABOUT if about.get(name)]
    return [
        *(sys.executable, "-P", "-m", "ui.cli", "--corpus", str(corpus.folder), "ingest", str(job.papers)),
        *(f"--release={about.get('name', '')}", *facts, "--wait", "--retry"),
        *("--progress-file", str(job.folder / "progress")),
    ]


def stop(job: Job) -> None:
    """Ask a running ingest to stop as Ctrl-C does: what is read stays, and it can be started again."""
    process = next((event.get("process") for event in job.events() if event["event"] == "begin"), None)
    if process and phase(job) in ("running", "waiting"):
        with suppress(ProcessLookupError):
            os.kill(process, getattr(signal, "CTRL_BREAK_EVENT", signal.SIGINT))


def delete(job: Job) -> None:
    """Delete a job with what was sent; what was ingested stays in the corpus.

    Raises:
        Refused: its ingest is running.
    """
    with _starting:
        if phase(job) in ("running", "waiting"):
            raise Refused("runs", "This ingest is running; stop it first.")
        _await_end(job)
        shutil.rmtree(job.folder, ignore_errors=True)


# -- watching


def phase(job: Job) -> str:
    """Return open (files are coming), running, waiting (for another writer), done, failed, stopped or killed."""
    asked = job.asked()
    if asked is None:
        return "open"
    events = job.events()
    last = events[-1] if events else {"event": "none"}
    if last["event"] == "end":
        return str(last["how"])
    if _alive(job, bool(events)):
        return "waiting" if last["event"] == "waiting" else "running"
    if not events and job.id not in _CHILDREN and time.time() - _made(job.folder) < _START_SECONDS:
        return "running"  # another server has started it this moment
    events = job.events()  # it may have ended between the two looks
    return str(events[-1]["how"]) if events and events[-1]["event"] == "end" else "failed" if not events else "killed"


def _alive(job: Job, began: bool) -> bool:
    child = _CHILDREN.get(job.id)
    if child is not None:
        if child.poll() is None:
            return True
        del _CHILDREN[job.id]
    if not began:
        return False
    try:
        with filelock.FileLock(job.folder / "progress.lock", blocking=False):
            return False
    except filelock.Timeout:
        return True


def _await_end(job: Job) -> None:
    """Wait for a process of ours that has told its end, or was killed, to be gone."""
    child = _CHILDREN.pop(job.id, None)
    if child is not None:
        child.wait()


def tidy(job: Job) -> None:
    """Delete the files of a finished ingest: the originals keep their bytes."""
    files = [event for event in job.events() if event["event"] == "file"]
    if phase(job) == "done" and all(event["document"] for event in files):
        shutil.rmtree(job.papers, ignore_errors=True)
        shutil.rmtree(job.folder / "incoming", ignore_errors=True)
        child = _CHILDREN.get(job.id)
        if child is not None and child.poll() is not None:
            del _CHILDREN[job.id]


def _write(path: Path, value: Mapping[str, Any]) -> None:
    made = path.with_name(f"{path.name}.{uuid.uuid4().hex[:8]}")
    made.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    made.replace(path)


def _read(path: Path) -> dict[str, Any] | None:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
