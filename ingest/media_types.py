"""What a file is, told by what is in it; its name counts only where that says nothing.

No reader of documents is asked: this runs in the process that writes the record, on files nobody has looked at.
"""

from __future__ import annotations

import re
import struct
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from corpus.model import Reason
from ingest.formats.archive_tar import is_tar
from ingest.formats.model import FormatError
from ingest.formats.zip_directory import entries, has_directory

UNKNOWN = "application/octet-stream"
HWP, HWPX = "application/x-hwp", "application/hwp+zip"
MAIL, MSG = "message/rfc822", "application/vnd.ms-outlook"
ENCRYPTED_OFFICE = "application/x-encrypted-office"
FASOO, SOFTCAMP = "application/x-drm-fasoo", "application/x-drm-softcamp"
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = f"{_OOXML}wordprocessingml.document", f"{_OOXML}spreadsheetml.sheet"
PPTX = f"{_OOXML}presentationml.presentation"
DOC, XLS, PPT = "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint"

_HEAD = 4096
_PDF_WITHIN = 1024  # bytes of junk that PDF readers accept before the header (ISO 32000-1, Annex H, note 13)
_ENTRIES = 2000  # of a ZIP, to be looked at for what it is
_SIGNATURES = (
    (b"HWP Document File V", HWP),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"II+\0", "image/tiff"),
    (b"MM\0+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"\x1f\x8b", "application/gzip"),
    (b"\x78\x9f\x3e\x22", "application/vnd.ms-tnef"),
    *((b"BZh%d1AY&SY" % level, "application/x-bzip2") for level in range(1, 10)),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"ALZ\1", "application/x-alz"),
    (b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SCDSA00", SOFTCAMP),
    (b"{\\rtf", "application/rtf"),
    (b"\x7fELF", "application/x-elf"),
    (b"ID3\2", "audio/mpeg"),
    (b"ID3\3", "audio/mpeg"),
    (b"ID3\4", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS\0", "audio/ogg"),
    (b"fLaC\0", "audio/flac"),
    (b"\x1aE\xdf\xa3", "video/x-matroska"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (b"SQLite format 3\0", "application/vnd.sqlite3"),
    (b"\xc5\xd0\xd3\xc6", "application/postscript"),
    (b"%!PS", "application/postscript"),
)
_RIFF = {b"WEBP": "image/webp", b"AVI ": "video/x-msvideo", b"WAVE": "audio/wav"}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OFFICE),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("PowerPoint Document", PPT),
    ("__properties_version1.0", MSG),
    ("VisioDocument", "application/vnd.visio"),
)
_MAIN_PARTS = {
    "word/document.xml": DOCX,
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": "application/vnd.ms-excel.sheet.binary.macroenabled.12",
    "ppt/presentation.xml": PPTX,
    "contents/section0.xml": HWPX,
    "visio/document.xml": "application/vnd.ms-visio.drawing",
    "fixeddocseq.fdseq": "application/vnd.ms-xpsdocument",
}
# Types by name, for content that does not tell: text of some kind, or what is too damaged to be known.
_SUFFIXES = {
    "pdf": "application/pdf",
    "hwp": HWP,
    "hwpx": HWPX,
    "docx": DOCX,
    "xlsx": XLSX,
    "pptx": PPTX,
    "doc": DOC,
    "xls": XLS,
    "ppt": PPT,
    "msg": MSG,
    "eml": MAIL,
    "mht": MAIL,
    "mhtml": MAIL,
    "html": "text/html",
    "htm": "text/html",
    "xhtml": "text/html",
    "csv": "text/csv",
    "tsv": "text/csv",
    "md": "text/markdown",
    "markdown": "text/markdown",
    "txt": "text/plain",
    "zip": "application/zip",
    "tar": "application/x-tar",
    "7z": "application/x-7z-compressed",
    "rar": "application/vnd.rar",
    "alz": "application/x-alz",
    "egg": "application/x-egg",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "bmp": "image/bmp",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "mp3": "audio/mpeg",
    "mpg": "video/mpeg",
    "mpeg": "video/mpeg",
    "dwg": "image/vnd.dwg",
}
_TEXTS = frozenset({"text/plain", "text/csv", "text/markdown", "text/html", MAIL})
_HTML = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|table|meta)[\s>]", re.I | re.S
)
_FIELD = re.compile(rb"([!-9;-~]{1,76})[ \t]*:")
_MAIL_FIELDS = frozenset({b"from", b"to", b"subject", b"date", b"cc", b"sender", b"reply-to"})
_MIME_FIELDS = frozenset(
    {b"mime-version", b"message-id", b"received", b"return-path", b"content-type", b"delivered-to"}
)
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]")


def media_type(path: Path, name: str) -> str:
    """Return a file's type. Files that begin like nothing known are told by name, if that is a type's own.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
        kind = _by_signature(path, file, head, _SUFFIXES.get(_suffix(name)))
        if kind is None and head and has_directory(file, path.stat().st_size):
            return "application/zip"  # what stands before it may be anything
        return kind or _by_text(head, name) or _by_name(name)


def _by_signature(path: Path, file: BinaryIO, head: bytes, named: str | None) -> str | None:
    for signature, kind in _SIGNATURES:  # before PDF, for an archive may begin with a whole PDF in it
        if head.startswith(signature):
            return kind
    if head.startswith(_OLE):
        return _of_ole(path, named)
    if head.startswith((b"PK\3\4", b"PK\5\6", b"PK\7\x08PK\3\4")):
        return _of_zip(path, named)
    if head.startswith(b"EGGA") and b"\0" in head[:16]:
        return "application/x-egg"
    if b"DRMONE" in head[:64]:
        return FASOO
    if head.startswith(b"RIFF"):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return "image/heic" if head[8:11] in (b"hei", b"hev", b"mif", b"avi") else "video/mp4"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and head[14:18] in _BMP_HEADERS:
        return "image/bmp"
    if head.startswith(b"MZ") and b"\0" in head[:64] and not has_directory(file, path.stat().st_size):
        return "application/vnd.microsoft.portable-executable"  # with a directory, a ZIP that unpacks itself
    if b"%PDF-" in head[: _PDF_WITHIN + 8]:
        return "application/pdf"
    return "application/x-tar" if any(head[:512]) and is_tar(path) else None


_BMP_HEADERS = tuple(struct.pack("<L", size) for size in (12, 16, 40, 52, 56, 64, 108, 124))


def _of_ole(path: Path, named: str | None) -> str | None:
    """Return what the streams of an OLE file make it; where they tell nothing, or are too damaged, what it is named."""
    import olefile

    try:
        with olefile.OleFileIO(path) as ole:
            if ole.exists("FileHeader"):
                with ole.openstream("FileHeader") as stream:
                    if stream.read(32).startswith(b"HWP Document File"):
                        return HWP
            found = next((kind for stream, kind in _OLE_STREAMS if ole.exists(stream)), None)
    except _OLE_DAMAGE:
        found = None
    return found or (named if named in _OLE_NAMED else "application/x-ole-storage")


_OLE_NAMED = frozenset({HWP, DOC, XLS, PPT, MSG})
# What olefile is seen to raise on damaged files; its own error is an OSError.
_OLE_DAMAGE = (OSError, ValueError, LookupError, ArithmeticError, AttributeError, TypeError, struct.error, MemoryError)


def _of_zip(path: Path, named: str | None) -> str:
    """Return whether a ZIP is a document, by its `mimetype` (HWPX, ODF) or its main part, or an archive of files.

    One without a directory, being cut off, is what it begins like, or else what it is named.
    """
    if said := _mimetype(path):
        return said
    try:
        names = {entry.name.lower().replace("\\", "/").lstrip("/") for entry in islice(entries(path), _ENTRIES)}
    except FormatError:
        return named if named in (HWPX, DOCX, XLSX, PPTX) else "application/zip"
    if "[content_types].xml" in names:
        folders = {name.partition("/")[0] for name in names}
        for folder, kind in _OFFICE_FOLDERS.items():
            if folder in folders and not any(part in names for part in _MAIN_PARTS):
                return kind
    if {"content.xml", "meta-inf/manifest.xml"} <= names:
        return "application/vnd.oasis.opendocument.text"
    return next((kind for part, kind in _MAIN_PARTS.items() if part in names), "application/zip")


_OFFICE_FOLDERS = {"word": DOCX, "xl": XLSX, "ppt": PPTX}  # whose main part has another name, document2.xml say


def _mimetype(path: Path) -> str | None:
    """Return what the first file in a ZIP says it is, if it is named `mimetype` and not squeezed."""
    with path.open("rb") as file:
        head = file.read(38)
        if head[:2] != b"PK" or head[26:28] != b"\x08\0" or head[30:] != b"mimetype":
            return None
        file.seek(int.from_bytes(head[28:30], "little"), 1)
        said = re.match(rb"application/[a-z0-9.+-]+", file.read(100))
    return said[0].decode() if said else None


def _by_text(head: bytes, name: str) -> str | None:
    """Return the type of a text: mail and HTML by what they begin with, else by name, if it is a text's name."""
    named = _SUFFIXES.get(_suffix(name))
    if not _is_text(head) and named not in _TEXTS:
        return None
    plain = head.removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        plain = head[2:].replace(b"\0", b"")
    if _is_mail(plain, named):
        return MAIL
    if _HTML.match(plain) and named not in ("text/plain", "text/markdown", "text/csv", MAIL):
        return "text/html"
    if b"<HWPML" in plain:
        return "application/x-hwpml"
    return named if named and named not in _NEVER_TEXT else "text/plain"


_NEVER_TEXT = frozenset(kind for kind in _SUFFIXES.values() if kind.startswith(("image/", "audio/", "video/"))) | {
    f"application/{kind}" for kind in ("zip", "x-tar", "x-7z-compressed", "vnd.rar", "x-alz", "x-egg")
}


def _is_text(head: bytes) -> bool:
    """Whether bytes are such as a text begins with, in UTF-8, UTF-16 with its mark, CP949 or Latin letters."""
    if not head:
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if _CONTROLS.search(head):
        return False
    for encoding in ("utf-8", "cp949"):
        for end in range(len(head), len(head) - 4, -1):  # the last character may be cut
            try:
                head[: max(1, end)].decode(encoding)
                return True
            except UnicodeDecodeError:
                continue
    return sum(byte > 0x7F for byte in head) < len(head) / 4


def _is_mail(head: bytes, named: str | None) -> bool:
    """Whether a text begins with the header of a mail (RFC 5322).

    What is named like a text needs a field that only programs write, for people write notes that begin From:, To:.
    """
    if named == MAIL:
        return not _HTML.match(head)
    lines = re.split(rb"\r\n?|\n", head)
    if lines[0].startswith(b"From "):  # as mailboxes begin their mails
        lines = lines[1:]
    fields = set()
    for line in lines:
        field = _FIELD.match(line)
        if field:
            fields.add(field[1].lower())
        elif not line[:1].isspace() or not line.strip():
            break
    people, programs = len(fields & _MAIL_FIELDS), len(fields & _MIME_FIELDS)
    return (b"from" in fields or programs > 1) and people > 1 and (programs > 0 or (named is None and people > 2))


def _by_name(name: str) -> str:
    return _SUFFIXES.get(_suffix(name), UNKNOWN)


def _suffix(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


_DRM = "; ask the agency: please send an unprotected copy of {name} (보호를 해제한 사본)."
_OTHER = "; ask the agency: please send {name} as PDF, HWPX or an office file."
_PACKED = " archive, which cannot be opened here; unpack it by hand, or ask the agency: please send {name} as ZIP."
_WHY_NOT = {
    FASOO: (Reason.DRM, "It is protected by DRM (Fasoo)" + _DRM),
    SOFTCAMP: (Reason.DRM, "It is protected by DRM (SoftCamp)" + _DRM),
    ENCRYPTED_OFFICE: (
        Reason.ENCRYPTED,
        "It is an office file locked with a password or by rights management"
        "; ask the agency: please send a copy of {name} without a password.",
    ),
    "application/vnd.rar": (Reason.UNSUPPORTED, "It is a RAR" + _PACKED),
    "application/x-alz": (Reason.UNSUPPORTED, "It is an ALZ" + _PACKED),
    "application/x-egg": (Reason.UNSUPPORTED, "It is an EGG" + _PACKED),
    "application/vnd.ms-cab-compressed": (Reason.UNSUPPORTED, "It is a CAB" + _PACKED),
    "application/zstd": (Reason.UNSUPPORTED, "It is a Zstandard" + _PACKED),
    "application/x-hwpml": (
        Reason.UNSUPPORTED,
        "It is an HWPML file, which cannot be read yet; ask the agency: please send {name} as HWPX.",
    ),
    "application/vnd.microsoft.portable-executable": (
        Reason.UNSUPPORTED,
        "It is a program, which is never run; if papers are in it, ask the agency: please send {name} as ZIP.",
    ),
    "application/x-elf": (Reason.UNSUPPORTED, "It is a program, which is never run; it is kept as it came."),
    "application/x-ole-storage": (Reason.UNSUPPORTED, "It is an old office file of an unknown kind" + _OTHER),
    UNKNOWN: (Reason.UNSUPPORTED, "It is of an unknown type, or damaged from its start on" + _OTHER),
}
_FAMILIES = (
    ("application/vnd.oasis.opendocument", "It is an OpenDocument file, which cannot be read yet" + _OTHER),
    ("video/", "It is a video, which cannot be searched; watch it, and ask for a transcript if there is one."),
    ("audio/", "It is a sound recording, which cannot be searched; ask for a transcript if there is one."),
    (
        "application/vnd.ms-tnef",
        "It is Outlook's own packing (winmail.dat), which cannot be opened here"
        "; ask the agency: please send what came with the mail as ordinary attachments.",
    ),
    ("application/rtf", "It is an RTF file, which cannot be read yet; save it as DOCX" + _OTHER),
    ("application/epub", "It is an e-book, which cannot be read yet" + _OTHER),
    ("application/postscript", "It is a PostScript file, which cannot be read yet" + _OTHER),
    ("application/vnd.ms-xpsdocument", "It is an XPS file, which cannot be read yet" + _OTHER),
    ("application/vnd.ms-excel.sheet.binary", "It is a binary workbook (XLSB); save it as XLSX" + _OTHER),
    ("application/vnd.visio", "It is a Visio drawing, which cannot be read yet" + _OTHER),
    ("application/vnd.ms-visio", "It is a Visio drawing, which cannot be read yet" + _OTHER),
    (
        "application/vnd.sqlite3",
        "It is a database, which cannot be read; ask for a table of what is in it, as XLSX or CSV.",
    ),
    ("image/heic", "It is a HEIC picture, which cannot be read yet; save it as JPEG" + _OTHER),
    ("image/vnd.dwg", "It is a drawing (DWG), which cannot be read yet" + _OTHER),
)


def why_not(kind: str, name: str) -> tuple[Reason, str] | None:
    """Return why a file of a type cannot be read, and a sentence on what to do; None for other types.

    `name` is the file's, for what is to be sent to the agency that gave it.
    """
    reason, sentence = _WHY_NOT.get(kind, (Reason.UNSUPPORTED, ""))
    sentence = sentence or next((said for family, said in _FAMILIES if kind.startswith(family)), "")
    return (reason, sentence.replace("{name}", name)) if sentence else None
