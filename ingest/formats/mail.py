"""Mail (EML, RFC 5322 and MIME): one page, its header as people read it and its body; files that came with it."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from corpus.folding import CANONICAL_VERSION, canonical
from corpus.model import Page, Reason, State, UnitKind
from ingest.formats import html
from ingest.formats.archive_room import Room
from ingest.formats.blocks import Block, write
from ingest.formats.mail_parts import Part, Parts, fields, file_name, parsed, parts
from ingest.formats.model import FormatError, Limits, Member, Outline

_READER = "1"  # to be raised with every change of what is read
TOOL = f"mail, reader {_READER}"
FINGERPRINT = "mail1-" + sha256(f"{TOOL}, {html.TOOL}, canonical {CANONICAL_VERSION}".encode()).hexdigest()[:12]
SHOWN = ("From", "Sender", "To", "Cc", "Bcc", "Date", "Subject")
_FACTS = {"message-id": "message id", "date": "date", "in-reply-to": "in reply to", "subject": "subject"}
_NO_MAIL = "It begins like no mail; ask for it again, as a file saved by the mail program (.eml or .msg)."
_CUT = "It is cut off or damaged in the mail; ask for it again."
_NAME = 200


def outline(path: Path, password: str | None = None) -> Outline:
    """Return one page and what the header claims.

    Raises:
        FormatError: it is no mail.
    """
    mail = _opened(path)
    claimed = {name.lower(): canonical(value) for name, value in reversed(list(fields(mail)))}
    return Outline(1, {fact: claimed[name] for name, fact in _FACTS.items() if claimed.get(name)})


def read(path: Path, first: int, last: int, password: str | None = None, document: str = "") -> list[Page]:
    """Return the mail as one page of kind `message`, named by its subject.

    It is read in part where bytes of it fit no charset, or its end is missing.
    """
    if not first <= 1 <= last:
        return []
    mail = _opened(path)
    found = _sorted(mail)
    return [page(list(fields(mail)), found, 1, document, FINGERPRINT)]


def page(shown: list[tuple[str, str]], found: Parts, number: int, document: str, fingerprint: str) -> Page:
    """Return a mail's page: the fields of its header that people are shown, an empty line, its body, if it has one."""
    lines = [
        f"{name}: {value}"
        for wanted in SHOWN
        for name, value in shown
        if name.lower() == wanted.lower() and value and (wanted != "Sender" or value not in dict(shown).values())
    ]
    subject = next((value for name, value in shown if name.lower() == "subject"), "")
    damaged = found.cut or any(body.damaged for body in found.bodies)
    blank = Page(
        document,
        number,
        fingerprint,
        "",
        kind=UnitKind.MESSAGE,
        name=canonical(" ".join(subject.split()))[:_NAME] or None,
        state=State.IN_PART if damaged else State.SEARCHABLE,
        reason=Reason.DAMAGED if damaged else Reason.NONE,
    )
    blocks = [Block("\n".join(lines))]
    for body in found.bodies:
        blocks += [Block(""), *body.blocks]
    return write(blank, blocks)


def unpack(path: Path, folder: Path, limits: Limits, password: str | None = None) -> list[Member]:
    """Write the files that came with a mail into an empty folder: attachments, pictures in its text, mails in it.

    Raises:
        FormatError: it is no mail.
    """
    room = Room(folder, limits, path.stat().st_size)
    for number, part in enumerate(_sorted(_opened(path), texts=False).files, 1):
        name = file_name(part, number)
        if room.full:
            room.refuse(name, Reason.TOO_LARGE, room.too_many)
            continue
        data = part.data
        if part.cut:
            room.refuse(name, Reason.DAMAGED, _CUT)
        else:
            room.put(name, [data], len(data))
    return room.members


def _opened(path: Path) -> Part:
    data = path.read_bytes().removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n \t")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        data = data.decode("utf-16", "replace").encode()
    try:
        mail = parsed(data)
    except (RecursionError, ValueError, LookupError, TypeError) as error:
        raise FormatError(Reason.DAMAGED, _NO_MAIL) from error
    if not mail.keys():
        raise FormatError(Reason.DAMAGED, _NO_MAIL)
    return mail


def _sorted(mail: Part, texts: bool = True) -> Parts:
    try:
        return parts(mail, texts)
    except RecursionError as error:
        raise FormatError(Reason.DAMAGED, "Its parts lie in each other without end; ask for it again.") from error
