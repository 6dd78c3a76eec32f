"""The parts of a mail (MIME): which are its body, and which are files that came with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from email.errors import CloseBoundaryNotFoundDefect, InvalidBase64LengthDefect
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from typing import Any

from ingest.formats.mail_text import Body, body, header, of_bytes

_ENDINGS = {
    "text/plain": ".txt",
    "text/html": ".html",
    "text/calendar": ".ics",
    "text/csv": ".csv",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/gif": ".gif",
    "image/bmp": ".bmp",
    "image/tiff": ".tif",
    "application/pdf": ".pdf",
    "message/rfc822": ".eml",
}
_READ = ("text/plain", "text/html")


class _AsWritten(Compat32):
    """Header fields as they are in the file: what is not ASCII there would be lost."""

    def header_fetch_parse(self, name: str, value: str) -> str:
        return value


class Part(Message):
    """A part of a mail. A mail in a mail stays one: its bytes are a file's, and must not be written anew."""

    def get_content_maintype(self) -> str:
        kind = super().get_content_maintype()
        return "application" if kind == "message" else kind

    def get_content_type(self) -> str:
        kind = super().get_content_type()
        return "message/status" if kind == "message/delivery-status" else kind  # which the parser would take apart

    def get_param(self, param: str, failobj: Any = None, header: str = "content-type", unquote: bool = True) -> Any:
        """Return a parameter; a charset that is no name as none, which the library would fail over."""
        value = super().get_param(param, failobj, header, unquote)
        if param != "charset" or value is failobj:
            return value
        name = value[2] if isinstance(value, tuple) else str(value)
        return name if name.isascii() and name.isprintable() else failobj

    @property
    def filename(self) -> str | None:
        """The name a file came with, decoded."""
        for field_name, parameter in (("content-disposition", "filename"), ("content-type", "name")):
            try:
                value = self.get_param(parameter, None, field_name)
            except (ValueError, LookupError, TypeError):
                continue
            if isinstance(value, tuple):  # RFC 2231: charset, language, bytes as Latin-1
                return of_bytes(value[2].encode("latin-1", "replace"), value[0]).text
            if value:
                return header(value)
        return None

    @property
    def data(self) -> bytes:
        """What the part holds, its transfer encoding undone."""
        found = self.get_payload(decode=True)
        return found if isinstance(found, bytes) else b""

    @property
    def cut(self) -> bool:
        """Whether its Base64 ends in the middle of a byte; known once `data` was read."""
        return any(isinstance(each, InvalidBase64LengthDefect) for each in self.defects)


@dataclass(slots=True)
class Parts:
    """What a mail holds: the texts of its body, the files. `cut`: its last boundary is missing."""

    bodies: list[Body] = field(default_factory=list)
    files: list[Part] = field(default_factory=list)
    cut: bool = False


def parsed(data: bytes) -> Part:
    """Parse a mail; whatever it is, something comes of it."""
    return BytesParser(Part, policy=_AsWritten()).parsebytes(data)  # type: ignore[return-value]


def fields(mail: Part) -> Iterator[tuple[str, str]]:
    """Yield the header's fields as people read them, names as written."""
    for name, value in mail.raw_items():
        yield name, header(str(value))


def parts(mail: Part, texts: bool = True) -> Parts:
    """Sort the parts of a mail; without `texts` for the files alone."""
    found = Parts()
    _sort(mail, found, texts)
    return found


def _sort(part: Part, found: Parts, texts: bool) -> None:
    found.cut = found.cut or any(isinstance(each, CloseBoundaryNotFoundDefect) for each in part.defects)
    kind = part.get_content_type()
    inner = part.get_payload() if part.is_multipart() else None
    if isinstance(inner, list):
        if kind == "multipart/alternative":
            _choose([each for each in inner if isinstance(each, Part)], found, texts)
        else:
            for each in inner:
                if isinstance(each, Part):
                    _sort(each, found, texts)
    elif kind.startswith("multipart/") or (kind in _READ and _is_body(part)):
        if texts:
            found.bodies.append(_said(part, kind))
    else:
        found.files.append(part)


def _is_body(part: Part) -> bool:
    return part.get_content_disposition() != "attachment" and not part.filename


def _said(part: Part, kind: str) -> Body:
    return body(of_bytes(part.data, _charset(part)), kind == "text/html")


def _charset(part: Part) -> str | None:
    try:
        return part.get_content_charset()
    except (ValueError, LookupError, TypeError):
        return None


def _choose(inner: list[Part], found: Parts, texts: bool) -> None:
    """Take one of several forms of the same body: the plain one, unless it says much less than the other."""
    forms = []
    for each in inner:
        form = Parts()
        _sort(each, form, texts)
        found.files += form.files
        found.cut = found.cut or form.cut
        forms.append(form.bodies)
    if not forms:
        return
    longest = max(map(_letters, forms))
    found.bodies += next(form for form in forms if 2 * _letters(form) >= longest)


def _letters(bodies: list[Body]) -> int:
    return sum(each.letters for each in bodies)


def file_name(part: Part, number: int) -> str:
    """Return the name of a file that came with a mail: its own, or one made of its type, or a mail's of its subject."""
    name = part.filename
    if name:
        kind = part.get_content_type()
        return name + ".eml" if kind == "message/rfc822" and "." not in name[-5:] else name
    kind = part.get_content_type()
    subject = header(str(parsed(part.data).get("subject", ""))) if kind == "message/rfc822" else ""
    return (subject[:100] or f"part {number}").replace("/", "_") + _ENDINGS.get(kind, "")
