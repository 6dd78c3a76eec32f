"""Squeezed bytes, blown up a chunk at a time: no more than a chunk of them is ever in memory."""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from corpus.model import Reason
from ingest.formats.model import FormatError

CHUNK = 1 << 18
_XZ_MEMORY = 256 << 20
_HEADER = 1 << 20  # bytes of one header of a TAR; more is no name
_DAMAGED = "It is damaged: what was squeezed cannot be unpacked; ask for it again."
_LIST = "The archive's headers are damaged; ask for it again."
_CUT = "It is cut off; ask for it again."


class CutOff(FormatError):
    """Bytes that end too early: what came before them is whole."""

    def __init__(self, reason: Reason = Reason.DAMAGED, detail: str = _CUT) -> None:
        super().__init__(reason, detail)


class BadStream(FormatError):
    """Bytes that do not fit their checksum, or nothing that can be unpacked: what came before may be wrong too."""

    def __init__(self, reason: Reason = Reason.DAMAGED, detail: str = _DAMAGED) -> None:
        super().__init__(reason, detail)


def blocks(file: BinaryIO, size: int | None = None) -> Iterator[bytes]:
    """Yield what a file holds from where it stands, at most `size` bytes of it.

    Raises:
        CutOff: it ends before `size` bytes.
    """
    while size is None or size > 0:
        block = file.read(CHUNK if size is None else min(CHUNK, size))
        if not block:
            if size is None:
                return
            raise CutOff
        size = None if size is None else size - len(block)
        yield block


def inflated(data: Iterable[bytes], bits: int) -> Iterator[bytes]:
    """Yield the bytes of one deflate stream; `bits` as zlib has them: -15 bare, 31 with a gzip header and checksum.

    A gzip file may hold several streams, one after the other; what follows the last and begins none is left out.

    Raises:
        BadStream, CutOff: they are damaged.
    """
    stream, begun = zlib.decompressobj(bits), False
    for block in data:
        while True:
            try:
                chunk = stream.decompress(block, CHUNK)
            except zlib.error as error:
                raise BadStream from error
            begun = begun or bool(block)
            if chunk:
                yield chunk
            block = stream.unconsumed_tail
            if stream.eof:
                block = stream.unused_data.lstrip(b"\0")
                if bits < 0 or not _may_begin(block, b"\x1f\x8b"):
                    return
                stream, begun = zlib.decompressobj(bits), False
            if not block and len(chunk) < CHUNK:
                break
    if begun:
        raise CutOff


def expanded(
    data: Iterable[bytes], make: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor], several: bool = True
) -> Iterator[bytes]:
    """Yield the bytes of BZ2, XZ or LZMA streams, one after the other where there may be `several`.

    Raises:
        BadStream, CutOff: they are damaged.
        FormatError: they need too much memory.
    """
    stream, begun = make(), False
    for block in data:
        while True:
            try:
                chunk = stream.decompress(block, CHUNK)
            except (OSError, ValueError, EOFError, lzma.LZMAError) as error:
                raise _refusal(error) from error
            begun = begun or bool(block)
            if chunk:
                yield chunk
            block = b""
            if stream.eof:
                block = stream.unused_data.lstrip(b"\0")
                if not several or not _may_begin(block, b"BZh", b"\xfd7zXZ"):
                    return
                stream, begun = make(), False
            if not block and stream.needs_input:
                break
    if begun:
        raise CutOff


def _may_begin(block: bytes, *marks: bytes) -> bool:
    """Whether a block, perhaps shorter than a mark, may be where another stream begins."""
    return any(block.startswith(mark[: len(block)]) for mark in marks)


def _refusal(error: Exception) -> FormatError:
    if "emory usage limit" in str(error):
        said = (
            f"Unpacking it takes more than {_XZ_MEMORY >> 20} MB of memory; unpack it by hand, or ask for a plain ZIP."
        )
        return FormatError(Reason.TOO_LARGE, said)
    return BadStream()


def gunzipped(file: BinaryIO) -> Iterator[bytes]:
    return inflated(blocks(file), 31)


def bunzipped(file: BinaryIO) -> Iterator[bytes]:
    return expanded(blocks(file), bz2.BZ2Decompressor)


def unxzed(file: BinaryIO) -> Iterator[bytes]:
    return expanded(blocks(file), lambda: lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=_XZ_MEMORY))


class Forward:
    """A file made of chunks, that can be read and skipped, never gone back in: what `tarfile` needs.

    `most` bytes may be gone through; after them comes a FormatError with Reason.TOO_LARGE. An error of the chunks comes
    again each time it is read on. `last` is what was read last.
    """

    def __init__(self, chunks: Iterator[bytes], most: int) -> None:
        self._chunks, self._most = chunks, most
        self._held, self._used, self._at = b"", 0, 0
        self._error: FormatError | None = None
        self.last = b""

    def tell(self) -> int:
        return self._at

    def read(self, size: int) -> bytes:
        """Return the next `size` bytes, fewer only at the end."""
        if not 0 <= size <= _HEADER:
            raise FormatError(Reason.DAMAGED, _LIST)
        parts = []
        while size > 0 and (part := self._next(size)):
            parts.append(part)
            size -= len(part)
        self.last = b"".join(parts) or self.last
        return self.last if parts else b""

    def seek(self, place: int) -> int:
        """Go forward to a place, or to the end if that comes first."""
        if place < self._at:
            raise FormatError(Reason.DAMAGED, _LIST)
        while self._at < place and self._next(min(place - self._at, CHUNK)):
            pass
        return self._at

    def _next(self, size: int) -> bytes:
        if self._error:
            raise self._error
        if self._used == len(self._held):
            try:
                self._held, self._used = next(self._chunks, b""), 0
            except FormatError as error:
                self._error = error
                raise
        part = self._held[self._used : self._used + size]
        self._used += len(part)
        self._at += len(part)
        if self._at > self._most:
            self._error = FormatError(Reason.TOO_LARGE, f"More than {self._most >> 20:,} MB come out of the archive.")
            raise self._error
        return part
