"""A stretch of a memory-mapped file, read as a file: nothing of it is copied that nobody asks for."""

from __future__ import annotations

from io import SEEK_CUR, SEEK_END, RawIOBase
from typing import Any


class MappedPart(RawIOBase):
    """Reads `part`, and keeps it from being unmapped for as long as it is not released."""

    def __init__(self, part: memoryview) -> None:
        super().__init__()
        self.part = part
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {SEEK_CUR: self._at, SEEK_END: len(self.part)}.get(whence, 0)
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        found = self.part[self._at : self._at + len(buffer)]
        buffer[: len(found)] = found
        self._at += len(found)
        return len(found)
