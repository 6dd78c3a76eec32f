"""What is in an Outlook message: its properties, files and messages that came with it ([MS-OXMSG], [MS-OXPROPS]).

python-oxmsg reads these too, but takes Korean of an unknown code page for Latin-9, fails where a text does not fit its
code page, and gives no messages in messages.
"""

from __future__ import annotations

import datetime as dt
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import MessageError
from email.parser import HeaderParser
from typing import Any

from ingest.formats.mail_text import Body, Said, body, header, of_bytes

SUBJECT, BODY, HTML, RTF, HEADERS = 0x0037, 0x1000, 0x1013, 0x1009, 0x007D
_TO, _CC, _BCC, _MESSAGE_ID = 0x0E04, 0x0E03, 0x0E02, 0x1035
_SENDER_NAME, _SENDER, _SENDER_SMTP = 0x0C1A, 0x0C1F, 0x5D01
_SENT, _DELIVERED = 0x0039, 0x0E06
_CODE_PAGE, _INTERNET_CODE_PAGE = 0x3FFD, 0x3FDE
_LONG_NAME, _SHORT_NAME, _DISPLAY_NAME, _DATA = 0x3707, 0x3704, 0x3001, 0x3701
_UNICODE, _BYTES, _STORAGE, _STRING = 0x001F, 0x0102, 0x000D, 0x001E
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_#"
_CODE_PAGES = {949: "cp949", 51949: "euc_kr", 50225: "iso2022_kr", 65001: "utf-8", 20127: "ascii", 1200: "utf-16-le"}


@dataclass(frozen=True, slots=True)
class Storage:
    """A folder of an OLE file that holds properties: a message (at the root `place` is empty), or an attachment."""

    ole: Any
    place: tuple[str, ...]
    skipped: int  # bytes before the first property

    def stream(self, key: int, kind: int) -> bytes | None:
        """Return the bytes of a property of variable size."""
        name = [*self.place, f"__substg1.0_{key:04X}{kind:04X}"]
        if not self.ole.exists(name) or self.ole.get_type(name) != 2:
            return None
        with self.ole.openstream(name) as stream:
            return bytes(stream.read())

    def value(self, key: int) -> int | None:
        """Return the eight bytes of a property of fixed size."""
        with self.ole.openstream([*self.place, _PROPERTIES]) as stream:
            data = stream.read()[self.skipped :]
        for tag, number in struct.iter_unpack("<L4xQ", data[: len(data) // 16 * 16]):
            if tag >> 16 == key:
                return int(number)
        return None

    def text(self, key: int, code_page: int = _CODE_PAGE) -> Said | None:
        """Return a property that is text, whether of two bytes a character or in the message's code page."""
        wide = self.stream(key, _UNICODE)
        if wide is not None:
            text = wide[: len(wide) // 2 * 2].decode("utf-16-le", "replace")
            return Said(text.rstrip("\0"), False)
        narrow = self.stream(key, _STRING)
        return of_bytes(narrow.rstrip(b"\0"), self._charset(code_page)) if narrow is not None else None

    def _charset(self, key: int) -> str | None:
        page = (self.value(key) or self.value(_CODE_PAGE) or 0) & 0xFFFFFFFF
        return _CODE_PAGES.get(page, f"cp{page}") if page else None

    def string(self, key: int) -> str:
        said = self.text(key)
        return said.text.strip() if said else ""

    # -- a message's own

    @property
    def fields(self) -> list[tuple[str, str]]:
        """The header as people read it; what the mail's own header does not say, from the properties."""
        own = self._header()
        address = self.string(_SENDER_SMTP) or self.string(_SENDER)
        name = self.string(_SENDER_NAME)
        known = {
            "From": f"{name} <{address}>" if name and address and name != address else name or address,
            "To": self.string(_TO),
            "Cc": self.string(_CC),
            "Bcc": self.string(_BCC),
            "Date": self._date(),
            "Message-ID": self.string(_MESSAGE_ID),
        }
        fields = [(key, own.get(key.lower()) or value) for key, value in known.items()]
        return [*fields, ("Subject", self.string(SUBJECT) or own.get("subject", ""))]

    def _header(self) -> dict[str, str]:
        try:
            parsed = HeaderParser().parsestr(self.string(HEADERS))
            return {name.lower(): header(str(value)) for name, value in reversed(parsed.items())}
        except (MessageError, ValueError):
            return {}

    def _date(self) -> str:
        ticks = self.value(_SENT) or self.value(_DELIVERED)  # of 100 ns since 1601
        try:
            return str(dt.datetime(1601, 1, 1) + dt.timedelta(seconds=ticks // 10**7)) + " UTC" if ticks else ""
        except OverflowError:
            return ""

    @property
    def bodies(self) -> list[Body]:
        """The body: the plain text, unless the HTML says much more."""
        plain = body(self.text(BODY, _INTERNET_CODE_PAGE) or Said("", False), False)
        rich = self._html()
        if rich and rich.letters > 2 * plain.letters:
            return [rich]
        return [plain] if plain.letters else []

    def _html(self) -> Body | None:
        data = self.stream(HTML, _BYTES)
        said = of_bytes(data, self._charset(_INTERNET_CODE_PAGE)) if data else self.text(HTML)
        return body(said, True) if said else None

    @property
    def only_rich(self) -> bool:
        """Whether there is a body in RTF and in no form that is read."""
        return not self.bodies and len(self.stream(RTF, _BYTES) or b"") > 16

    def attachments(self) -> Iterator[Attachment]:
        """Yield the files and messages that came with a message, in order."""
        depth = len(self.place)
        found = {
            tuple(each[: depth + 1])
            for each in self.ole.listdir(streams=True, storages=True)
            if tuple(each[:depth]) == self.place and each[depth:] and each[depth].startswith(_ATTACHMENT)
        }
        for place in sorted(found):
            yield Attachment(Storage(self.ole, place, 8))


@dataclass(frozen=True, slots=True)
class Attachment:
    """Something that came with a message."""

    storage: Storage

    @property
    def name(self) -> str:
        of = self.storage.string
        return of(_LONG_NAME) or of(_SHORT_NAME) or of(_DISPLAY_NAME)

    @property
    def data(self) -> bytes | None:
        """Its bytes, if it is a file."""
        return self.storage.stream(_DATA, _BYTES)

    @property
    def message(self) -> Storage | None:
        """The message it is, if it is one."""
        place = (*self.storage.place, f"__substg1.0_{_DATA:04X}{_STORAGE:04X}")
        found = self.storage.ole.exists([*place, _PROPERTIES])
        return Storage(self.storage.ole, place, 24) if found else None

    @property
    def is_object(self) -> bool:
        """Whether it is an object of another program."""
        return bool(self.storage.ole.exists([*self.storage.place, f"__substg1.0_{_DATA:04X}{_STORAGE:04X}"]))
