"""ZIP files with something the matter inside: encryption, damage, odd methods, nesting, other formats."""

from __future__ import annotations

import bz2
import gzip
import io
import random
import struct
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage

from benchmarks.archives.model import READ, Case, Member, read, state, words
from benchmarks.archives.names import flagged, korean
from benchmarks.archives.raw_zip import (
    BZIP2,
    DESCRIPTOR,
    ENCRYPTED,
    LZMA,
    STORED,
    UTF8,
    Entry,
    zip_bytes,
)

NOTHING = ("empty", "read")


def cases() -> Iterator[Case]:
    """Yield the cases in pairs, one for each half."""
    yield from _empty()
    yield from _locked()
    yield from _damaged()
    yield from _surrounded()
    yield from _methods()
    yield from _odd_fields()
    yield from _not_archives()
    yield from _nested()
    yield from _other_formats()


def _empty() -> Iterator[Case]:
    yield Case("empty-1.zip", zip_bytes([]), archive=NOTHING, note="an archive with nothing in it")
    folders = [Entry(f"{name}/".encode(), flags=UTF8, mode=0o040755) for name in ("빈 폴더", "빈 폴더/안")]
    yield Case("empty-2.zip", zip_bytes(folders), archive=NOTHING, note="folders alone")
    yield Case("no-bytes.zip", b"", archive=("empty", "damaged"), note="a file of 0 bytes")
    head = b"PK\3\4" + random.Random(1).randbytes(200)
    yield Case("head-alone.zip", head, archive=("damaged",), note="four right bytes, then noise")
    data = zip_bytes([Entry("빈.txt".encode(), flags=UTF8), flagged("찬.txt")])
    yield Case("empty-member-1.zip", data, (state("빈.txt", "empty"), read("찬.txt")), note="a member of 0 bytes")
    data = zip_bytes([Entry(b"blank.txt", flags=DESCRIPTOR), flagged("full.txt")])
    yield Case("empty-member-2.zip", data, (state("blank.txt", "empty"), read("full.txt")), note="a member of 0 bytes")


def _locked() -> Iterator[Case]:
    noise = random.Random(2).randbytes(64)
    locked = Entry("비밀.txt".encode(), packed=noise, size=52, crc=7, flags=UTF8 | ENCRYPTED)
    yield Case("locked-1.zip", zip_bytes([locked]), (state("비밀.txt", "encrypted"),), note="ZipCrypto")
    mixed = [
        korean("공개.txt"),
        Entry("비공개.txt".encode("cp949"), packed=noise, size=52, crc=7, flags=ENCRYPTED, system=0),
    ]
    members = (read("공개.txt"), state("비공개.txt", "encrypted"))
    yield Case("locked-2.zip", zip_bytes(mixed), members, note="one member locked, one open")
    aes = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, 8)
    company: list[list[Entry]] = [[], [flagged("열림.txt")]]
    for at, others in enumerate(company, 1):
        entry = Entry(b"aes.txt", packed=noise, size=36, crc=0, flags=ENCRYPTED, method=99, extra=aes)
        found = (state("aes.txt", "encrypted"), *(read("열림.txt") for _ in others))
        yield Case(f"aes-{at}.zip", zip_bytes([entry, *others]), found, note="AES (WinZip)")


def _damaged() -> Iterator[Case]:
    wrong = Entry("틀림.txt".encode(), words("틀림.txt"), flags=UTF8, crc=1)
    members = (state("틀림.txt", "damaged"), read("맞음.txt"))
    yield Case("crc-1.zip", zip_bytes([wrong, flagged("맞음.txt")]), members, note="wrong checksum of one member")
    entry = Entry(b"only.txt", words("only.txt"), method=STORED, crc=1)
    yield Case(
        "crc-2.zip", zip_bytes([entry]), (state("only.txt", "damaged"),), note="wrong checksum of the only member"
    )
    noise = Entry("깨짐.txt".encode(), packed=random.Random(3).randbytes(90), size=500, crc=5, flags=UTF8)
    members = (state("깨짐.txt", "damaged"), read("성함.txt"))
    yield Case("stream-1.zip", zip_bytes([noise, flagged("성함.txt")]), members, note="no deflate stream")
    whole = flagged("x.txt")
    good = zip_bytes([whole])
    at = good.index(b"PK\1\2") - 6
    data = good[:at] + b"\xff\xff" + good[at + 2 :]
    yield Case("stream-2.zip", data, (state("x.txt", "damaged"),), note="two bytes changed in the stream")
    bodies = [Entry(f"{n}.txt".encode(), random.Random(n).randbytes(3000), method=STORED) for n in (1, 2, 3)]
    full = zip_bytes(bodies)
    salvaged = tuple(Member((f"{n}.txt",), ("read", "damaged"), bodies[n - 1].data) for n in (1, 2, 3))
    note = "cut off: refused, or what is whole is read and the rest listed; nothing half is shown as whole"
    yield Case("cut-1.zip", full[:7000], salvaged, ("damaged", *READ), note, True, ("damaged",))
    yield Case("cut-2.zip", full[:-9], salvaged, ("damaged", *READ), note, True, ("damaged",))


def _surrounded() -> Iterator[Case]:
    stub = b"MZ" + bytes(998)
    for at, shifted in enumerate((True, False), 1):
        path = f"풀기 {at}.txt"
        data = zip_bytes([flagged(path)], before=stub, shifted=shifted)
        yield Case(f"before-{at}.zip", data, (read(path),), note="bytes before the archive (it unpacks itself)")
    yield Case(
        "after-1.zip", zip_bytes([flagged("꼬리.txt")]) + b"\r\n" * 50, (read("꼬리.txt"),), note="bytes after it"
    )
    data = zip_bytes([flagged("말.txt")], comment="압축 설명: 2부 중 1부".encode("cp949"))
    yield Case("after-2.zip", data, (read("말.txt"),), note="comment in CP949")
    for at, tail in enumerate((" 끝", " 마침"), 3):
        data = zip_bytes([flagged("표.txt")], comment=b"PK\5\6" + tail.encode("cp949"))
        member = Member(("표.txt",), ("read", "damaged"), words("표.txt"))
        note = "comment that holds the mark of an end: hard, refusing it is right too"
        yield Case(f"after-{at}.zip", data, (member,), ("read", "damaged"), note, open_ended=True)


def _methods() -> Iterator[Case]:
    for at, method in enumerate((BZIP2, LZMA), 1):
        data = zip_bytes([Entry(b"packed.txt", words("packed.txt") * 40, method=method)])
        member = Member(("packed.txt",), ("read", "unsupported"), words("packed.txt") * 40)
        yield Case(f"method-{at}.zip", data, (member,), note=f"method {method}")
    for at, method in enumerate((9, 98), 3):
        entry = Entry(b"odd.txt", packed=random.Random(at).randbytes(80), size=300, crc=9, method=method)
        members = (state("odd.txt", "unsupported", "damaged"), read("plain.txt"))
        yield Case(f"method-{at}.zip", zip_bytes([entry, flagged("plain.txt")]), members, note=f"method {method}")


def _odd_fields() -> Iterator[Case]:
    for at, signed in enumerate((True, False), 1):
        entry = Entry("흐름.txt".encode(), words("흐름.txt"), flags=UTF8 | DESCRIPTOR, signed_descriptor=signed)
        yield Case(f"stream-written-{at}.zip", zip_bytes([entry]), (read("흐름.txt"),), note="sizes after the bytes")
    buffer = io.BytesIO()
    info = zipfile.ZipInfo("큰 틀.txt", (2024, 3, 2, 0, 0, 0))
    with zipfile.ZipFile(buffer, "w") as archive, archive.open(info, "w", force_zip64=True) as file:
        file.write(words("큰 틀.txt"))
    yield Case("zip64.zip", buffer.getvalue(), (read("큰 틀.txt"),), note="ZIP64 fields where none are needed")
    note = "last part of a split archive: say that the other parts are missing"
    yield Case("split.zip", zip_bytes([flagged("조각.txt")], disk=3), archive=("damaged", "unsupported"), note=note)
    data = zip_bytes([Entry(b"shown.txt", words("shown.txt"), local_name=b"other.txt")])
    member = Member(("shown.txt",), ("read", "damaged"), words("shown.txt"))
    yield Case("two-names-1.zip", data, (member,), note="the directory names it otherwise than the member")
    data = zip_bytes([Entry(b"sized.txt", words("sized.txt"), local_size=3)])
    member = Member(("sized.txt",), ("read", "damaged"), words("sized.txt"))
    yield Case("two-names-2.zip", data, (member,), note="the directory tells another size than the member")


def _not_archives() -> Iterator[Case]:
    yield Case("zip-named.txt", zip_bytes([flagged("속.txt")]), (read("속.txt"),), note="an archive named .txt")
    yield Case("text-named.zip", words("글"), archive=("not-an-archive",), note="a text named .zip: a document")
    types = Entry(b"[Content_Types].xml", b"<Types/>")
    yield Case(
        "document.docx",
        zip_bytes([types, Entry(b"word/document.xml", b"<w/>")]),
        archive=("not-an-archive",),
        note="an office file is one document, never walked",
    )
    mimetype = Entry(b"mimetype", b"application/hwp+zip", method=STORED)
    yield Case(
        "document.hwpx",
        zip_bytes([mimetype, Entry(b"Contents/section0.xml", b"<s/>")]),
        archive=("not-an-archive",),
        note="an HWPX file is one document, never walked",
    )
    docx = zip_bytes([types, Entry(b"word/document.xml", b"<w/>")])
    for at, name in enumerate(("계획.docx", "서식.docx"), 1):
        data = zip_bytes([Entry(name.encode(), docx, flags=UTF8, method=STORED)])
        yield Case(f"office-in-{at}.zip", data, (read(name, data=docx),), note="office file as a member: not walked")


def _mail(attachment: bytes, name: str) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "kim@example.go.kr", "lee@example.go.kr"
    mail["Subject"], mail["Date"] = "자료 송부", "Tue, 02 Mar 2021 09:00:00 +0900"
    mail.set_content("붙임과 같이 보냅니다.\n")
    mail.add_attachment(attachment, maintype="application", subtype="octet-stream", filename=name)
    mail.set_boundary("=====gongmun=====")
    return mail.as_bytes()


def _nested() -> Iterator[Case]:
    mail = _mail(words("붙임"), "붙임.txt")
    inner = zip_bytes([Entry("메일.eml".encode("cp949"), mail, system=0)])
    data = zip_bytes([Entry("안.zip".encode("cp949"), inner, system=0)])
    members = (read("안.zip!/메일.eml", data=mail), read("안.zip!/메일.eml!/붙임.txt", data=words("붙임")))
    yield Case("mail-1.zip", data, members, note="mail with attachment in a ZIP in a ZIP")
    mail = _mail(zip_bytes([korean("속.txt")]), "묶음.zip")
    data = zip_bytes([Entry("메일.eml".encode(), mail, flags=UTF8)])
    members = (read("메일.eml", data=mail), read("메일.eml!/묶음.zip!/속.txt", data=words("속.txt")))
    yield Case("mail-2.zip", data, members, note="ZIP attached to a mail in a ZIP")
    for at, (make, ends) in enumerate(((korean, "zip"), (flagged, "zip")), 1):
        one = zip_bytes([make("셋째.txt")])
        two = zip_bytes([Entry(f"둘째.{ends}".encode(), one, flags=UTF8), make("둘째.txt")])
        data = zip_bytes([Entry("첫째.zip".encode("cp949"), two, system=0), make("첫째.txt")])
        found = ("첫째.txt", "첫째.zip!/둘째.txt", "첫째.zip!/둘째.zip!/셋째.txt")
        nested = tuple(read(path, data=words(path.rpartition("!/")[2])) for path in found)
        yield Case(f"nested-{at}.zip", data, nested, note="three deep: no bomb")
    broken = zip_bytes([flagged("안쪽.txt")])[:40]
    data = zip_bytes([Entry(b"broken.zip", broken, method=STORED), flagged("옆.txt")])
    yield Case("nested-broken.zip", data, (state("broken.zip", "damaged"), read("옆.txt")), note="a broken ZIP inside")
    locked = zip_bytes([Entry(b"s.txt", packed=bytes(40), size=28, crc=3, flags=ENCRYPTED)])
    data = zip_bytes([Entry(b"locked.zip", locked, method=STORED), flagged("곁.txt")])
    members = (state("locked.zip!/s.txt", "encrypted"), read("곁.txt"))
    yield Case("nested-locked.zip", data, members, note="a locked ZIP inside")


def _other_formats() -> Iterator[Case]:
    heads = [
        ("alz", b"ALZ\x01\n\0\0\0BLZ\x01"),
        ("egg", b"EGGA\0\x01"),
        ("rar", b"Rar!\x1a\7\1\0"),
        ("lzh", b"!\0-lh5-"),
    ]
    for at, (ending, head) in enumerate(heads):
        data = head + random.Random(at).randbytes(300)
        yield Case(f"korean.{ending}", data, archive=("unsupported",), note=f"{ending.upper()}: say what to ask for")
    text = words("보고서")
    file = io.BytesIO()
    with gzip.GzipFile("보고서.txt", "wb", fileobj=file, mtime=0) as stream:
        stream.write(text)
    member = Member(("보고서.txt", "one.txt", "*"), ("read", "unsupported"), text)
    yield Case("one.txt.gz", file.getvalue(), (member,), ("read", "unsupported"), "one file, squeezed: no TAR in it")
    member = Member(("two.txt", "*"), ("read", "unsupported"), text)
    yield Case(
        "two.txt.bz2", bz2.compress(text), (member,), ("read", "unsupported"), "one file, squeezed: no TAR in it"
    )
