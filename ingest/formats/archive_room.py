"""What comes out of an archive or a mail: written under numbers, within limits, each name once."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.model import Reason
from ingest.formats.archive_names import clean, different, is_litter
from ingest.formats.model import FormatError, Limits, Member

FREE = 10 << 20  # bytes that may come out whatever the ratio: a table squeezes to a thousandth
_BY_HAND = "unpack it by hand and ingest what is in it, if it is to be trusted"
REST = "(what follows)"


class Room:
    """The members of one archive of `size` bytes as they are taken out of it, in order, and the room left for more."""

    def __init__(self, folder: Path, limits: Limits, size: int) -> None:
        self.members: list[Member] = []
        self.allowed = min(limits.bytes, max(FREE, limits.ratio * size))  # bytes, in all
        self._left = self.allowed
        self._folder, self._limits = folder, limits
        self._taken: set[str] = set()

    @property
    def full(self) -> bool:
        """Whether there are as many files as there may be."""
        return len(self.members) >= self._limits.files

    @property
    def too_many(self) -> str:
        return f"The archive holds more than {self._limits.files:,} files; {_BY_HAND}, or raise the limit."

    @property
    def too_large(self) -> str:
        if self.allowed < self._limits.bytes:
            said = f"Unpacked, the archive is more than {self._limits.ratio} times as large, as if made to fill a disk"
            return f"{said}; {_BY_HAND}."
        return f"More than {self.allowed >> 20:,} MB come out of the archive; {_BY_HAND}, or raise the limit."

    def refuse(self, name: str, reason: Reason, detail: str) -> None:
        """List a file that could not be had."""
        self.members.append(Member(different(clean(name), self._taken), None, reason, detail))

    def put(self, name: str, chunks: Iterable[bytes], size: int | None = None) -> Path | None:
        """Write a file and list it; where that fails (FormatError from `chunks`, no room left) list why.

        `size` in bytes, where it is known beforehand; return where it was written.
        """
        name = clean(name)
        if is_litter(name):
            self.members.append(Member(different(name, self._taken), litter=True))
            return None
        if size is not None and size > self._left:
            self.refuse(name, Reason.TOO_LARGE, self.too_large)
            return None
        path = self._folder / str(len(self.members) + 1)
        try:
            self._write(path, chunks)
        except FormatError as error:
            path.unlink()
            self.refuse(name, error.reason, error.detail)
            return None
        self.members.append(Member(different(name, self._taken), path))
        return path

    def _write(self, path: Path, chunks: Iterable[bytes]) -> None:
        """Write a file; what was unpacked counts even where it comes to nothing, since it took as long."""
        with path.open("xb") as file:
            for chunk in chunks:
                if len(chunk) > self._left:
                    raise FormatError(Reason.TOO_LARGE, self.too_large)
                self._left -= len(chunk)
                file.write(chunk)

    def withdraw(self, reason: Reason, detail: str) -> None:
        """List every file written so far as one that could not be had: a checksum over all of them is wrong."""
        for at, member in enumerate(self.members):
            if member.path is not None:
                member.path.unlink()
                self.members[at] = Member(member.name, None, reason, detail)
