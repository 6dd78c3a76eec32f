"""Outlook's messages (MSG): a page for the message, one more for each message in it; files that came with them."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from corpus.folding import canonical
from corpus.model import Page, Reason, State
from ingest.formats import mail
from ingest.formats.archive_room import Room
from ingest.formats.mail_parts import Parts
from ingest.formats.model import FormatError, Limits, Member, Outline
from ingest.formats.msg_parts import SUBJECT, Attachment, Storage

_READER = "1"  # to be raised with every change of what is read
TOOL = f"Outlook messages, reader {_READER}"
FINGERPRINT = "msg1-" + sha256(f"{TOOL}, {mail.FINGERPRINT}".encode()).hexdigest()[:12]
_DEPTH = 10
_DAMAGED = "It is no Outlook message, or a damaged one; ask for it again, as .msg or .eml."
_OBJECT = "It is an object of another program, which cannot be taken out; ask for it as a file."
_LINK = "Only a link to the file was sent; ask the agency for the file."
# What damaged files are seen to make olefile raise, whose own error is an OSError.
_DAMAGE = (OSError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError, struct.error, RecursionError)


def outline(path: Path, password: str | None = None) -> Outline:
    """Return a page for each message, and what the outermost claims.

    Raises:
        FormatError: it is no message, or damaged.
    """
    with _opened(path) as root:
        claimed = {name.lower(): canonical(value) for name, value in root.fields if value}
        names = {"message-id": "message id", "date": "date", "subject": "subject"}
        return Outline(len(list(_messages(root))), {names[key]: claimed[key] for key in names if key in claimed})


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the messages as pages of kind `message`, the outermost first, named by their subjects.

    One whose body is in RTF alone, or does not fit its code page, is read in part.
    """
    with _opened(path) as root:
        messages = enumerate(_messages(root), 1)
        return [_page(message, number, document) for number, (message, _) in messages if first <= number <= last]


def _page(message: Storage, number: int, document: str) -> Page:
    page = mail.page(message.fields, Parts(message.bodies), number, document, FINGERPRINT)
    return replace(page, state=State.IN_PART, reason=Reason.UNSUPPORTED) if message.only_rich else page


def unpack(path: Path, folder: Path, limits: Limits, password: str | None = None) -> list[Member]:
    """Write the files that came with a message into an empty folder; those of a message in it under its subject.

    Raises:
        FormatError: it is no message, or damaged.
    """
    room = Room(folder, limits, path.stat().st_size)
    with _opened(path) as root:
        for message, where in _messages(root):
            for number, each in enumerate(message.attachments(), 1):
                if each.message is None:
                    _put(room, where + (each.name or f"part {number}").replace("/", "_"), each)
    return room.members


def _put(room: Room, name: str, attachment: Attachment) -> None:
    data = None if room.full else attachment.data
    if room.full:
        room.refuse(name, Reason.TOO_LARGE, room.too_many)
    elif data is not None:
        room.put(name, [data], len(data))
    elif attachment.is_object:
        room.refuse(name, Reason.UNSUPPORTED, _OBJECT)
    else:
        room.refuse(name, Reason.NOT_A_FILE, _LINK)


def _messages(message: Storage, where: str = "") -> Iterator[tuple[Storage, str]]:
    """Yield a message and those in it, outermost first, each with the folder that its files are listed under."""
    yield message, where
    for attachment in message.attachments():
        inner = attachment.message
        if inner is not None and len(inner.place) <= 2 * _DEPTH:
            name = (inner.string(SUBJECT) or attachment.name or "message").replace("/", "_")
            yield from _messages(inner, f"{where}{name[:100]}/")


@contextmanager
def _opened(path: Path) -> Iterator[Storage]:
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            if not ole.exists("__properties_version1.0"):
                raise FormatError(Reason.DAMAGED, _DAMAGED)
            yield Storage(ole, (), 32)
    except _DAMAGE as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise  # the disk's, not the file's
        raise FormatError(Reason.DAMAGED, _DAMAGED) from error
