"""What mails say, as people read it: charsets that are wrong or missing, encoded headers, HTML bodies."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from ingest.formats import html
from ingest.formats.blocks import Block, BlockCell
from ingest.formats.encodings import decode
from ingest.formats.model import FormatError

_WORD = re.compile(r"=\?([^?*\s]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")  # RFC 2047, and RFC 2231's language
_FOLD = re.compile(r"\r?\n[ \t]*|\r(?=[ \t])")
_ESCAPE = re.compile(rb"=([0-9A-Fa-f]{2})")


class Said(NamedTuple):
    """A text, and whether bytes of it could not be read."""

    text: str
    damaged: bool


def of_bytes(data: bytes, declared: str | None = None) -> Said:
    """Return the text of some bytes, by what they look like and by the charset that is declared, in that order."""
    try:
        found = decode(data, declared)
        return Said(found.text, found.damaged)
    except FormatError:
        pass  # too little to tell: then the mail is taken at its word
    try:
        return Said(data.decode(declared or "ascii"), False)
    except (LookupError, ValueError):
        return Said(data.decode("cp949", "replace"), True)


def header(raw: str) -> str:
    """Return a header's text: unfolded, its encoded words decoded, characters cut in two between words joined."""
    line = _FOLD.sub(" ", raw).strip()
    if not line.isascii():
        line = of_bytes(line.encode("ascii", "surrogateescape") if _is_raw(line) else line.encode()).text
    return "".join(_decoded(line)).strip()


def _is_raw(line: str) -> bool:
    """Whether all that is not ASCII in a line are bytes that the parser smuggled through."""
    return all(char.isascii() or "\udc80" <= char <= "\udcff" for char in line)


def _decoded(line: str) -> Iterator[str]:
    data, charset, end = b"", "", 0
    for word in _WORD.finditer(line):
        between = line[end : word.start()]
        apart = between.strip() or not end
        if data and (apart or word[1].lower() != charset):
            yield of_bytes(data, charset).text
            data = b""
        if apart:
            yield between
        charset, end = word[1].lower(), word.end()
        data += _bytes_of(word[2], word[3])
    if data:
        yield of_bytes(data, charset).text
    yield line[end:]


def _bytes_of(how: str, text: str) -> bytes:
    data = text.encode("utf-8", "replace")
    if how in "qQ":
        return _ESCAPE.sub(lambda match: bytes([int(match[1], 16)]), data.replace(b"_", b" "))
    try:
        return base64.b64decode(data + b"=" * (-len(data) % 4)) or data
    except binascii.Error:
        return data


@dataclass(frozen=True, slots=True)
class Body:
    """What a mail says, or a part of it. `damaged`: bytes of it could not be read."""

    blocks: tuple[Block, ...]
    damaged: bool

    @property
    def letters(self) -> int:
        """How many letters and digits of it are seen."""
        texts: list[Block | BlockCell] = [*self.blocks, *(cell for block in self.blocks for cell in block.cells)]
        hidden = "".join(each.text[start:end] for each in texts for start, end in each.hidden)
        return sum(map(str.isalnum, "".join(each.text for each in texts))) - sum(map(str.isalnum, hidden))


def body(said: Said, is_html: bool) -> Body:
    """Return a body: of plain text one block, of HTML what is seen of it."""
    if not is_html:
        return Body((Block(said.text.strip("\r\n")),), said.damaged)
    return Body(tuple(html.parsed(said.text)[0]), said.damaged)
