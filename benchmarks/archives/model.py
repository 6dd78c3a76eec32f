"""A case of the archives set: bytes, and what a reader of archives must make of them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

READ = ("read",)
# Stands in an expected path for up to 8 characters of the reader's choice, none of them a control or bidi mark.
ANY = "\ufffd"


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: the repaired paths that are right (the first is best), its states, its bytes if it is read.

    Parts of a path are separated by `/`; `!/` stands between a nested archive and what is in it.
    """

    paths: tuple[str, ...]
    states: tuple[str, ...] = READ
    data: bytes | None = None

    def line(self) -> dict[str, Any]:
        """Return the member as expected.jsonl lists it."""
        line: dict[str, Any] = {"paths": list(self.paths), "states": list(self.states)}
        if self.data is not None:
            line |= {"bytes": len(self.data), "sha256": hashlib.sha256(self.data).hexdigest()}
        return line


@dataclass(frozen=True, slots=True)
class Case:
    """An archive. `archive`: states that are right for the whole; `open_ended`: other members may be listed or not.

    `say`: one of these must be given as a reason, for the archive or for a member. `count`: so many members are read.
    """

    file: str
    data: bytes
    members: tuple[Member, ...] = ()
    archive: tuple[str, ...] = READ
    note: str = ""
    open_ended: bool = False
    say: tuple[str, ...] = ()
    count: int | None = None

    def line(self, half: str) -> dict[str, Any]:
        """Return the case as expected.jsonl lists it."""
        return {
            "file": self.file,
            "half": half,
            "archive": list(self.archive),
            "open_ended": self.open_ended,
            "say": list(self.say),
            "count": self.count,
            "members": [member.line() for member in self.members],
            "note": self.note,
        }


def words(about: str) -> bytes:
    """Return the text of a small file, another for each name."""
    return f"{about}\n이 파일에 든 글이다.\n".encode()


def read(path: str, *others: str, data: bytes | None = None) -> Member:
    """Return a member that must be read; its bytes are `words(path)` unless given."""
    return Member((path, *others), READ, words(path) if data is None else data)


def state(path: str, *states: str, data: bytes | None = None) -> Member:
    """Return a member that must be listed with one of some states. `read` among them needs `data`."""
    return Member((path,), states, data)
