"""Archives: every file in them listed once, under a name that leads nowhere, whole or with the reason why not."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from corpus.model import Reason
from ingest.formats import archives
from ingest.formats.archive_names import NAMELESS, clean, decoded, different
from ingest.formats.archive_room import FREE, REST
from ingest.formats.model import FormatError, Limits, Member

ENOUGH = Limits(bytes=1 << 28, files=1000, ratio=100)
WORDS = "이 파일에 든 글이다.\n".encode()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "꺼낸 것"
    made.mkdir()
    return made


def unpack(folder: Path, content: bytes, limits: Limits = ENOUGH, password: str | None = None) -> dict[str, Member]:
    """Unpack an archive; nothing may lie in the folder but the members' files, under numbers."""
    archive = folder.parent / "archive"
    archive.write_bytes(content)
    members = archives.unpack(archive, folder, limits, password)
    assert sorted(folder.iterdir()) == sorted(member.path for member in members if member.path)
    assert all(path.name.isdecimal() for path in folder.iterdir())
    assert len({member.name for member in members}) == len(members)
    for member in members:
        assert member.litter or (member.path is None) == (member.reason is not Reason.NONE)
        assert member.path or member.litter or member.detail.endswith(".")
    return {member.name: member for member in members}


def contents(found: dict[str, Member]) -> dict[str, bytes]:
    return {name: member.path.read_bytes() for name, member in found.items() if member.path}


def reasons(found: dict[str, Member]) -> dict[str, Reason]:
    return {name: member.reason for name, member in found.items() if member.reason}


def zipped(*members: tuple[str | bytes, bytes], method: int = zipfile.ZIP_DEFLATED, flag: bool = False) -> bytes:
    """Return a ZIP; names given as bytes are written as they are, with or without the flag for UTF-8."""
    target = io.BytesIO()
    names = {}
    with zipfile.ZipFile(target, "w", method) as archive:
        for number, (name, content) in enumerate(members):
            if isinstance(name, bytes):  # a stand-in of the same length is replaced afterwards
                stand_in = f"{number:x}".encode().rjust(len(name), b"#")
                names[stand_in] = name
                archive.writestr(stand_in.decode(), content)
            else:
                archive.writestr(name, content)
    made = target.getvalue()
    for stand_in, name in names.items():
        made = made.replace(stand_in, name)
    if flag:
        made = made.replace(b"PK\3\4\x14\0\0\0", b"PK\3\4\x14\0\0\x08").replace(b"\x14\0\0\0\x08", b"\x14\0\0\x08\x08")
    return made


def tarred(
    *members: tuple[tarfile.TarInfo | str, bytes], form: int = tarfile.PAX_FORMAT, encoding: str = "utf-8"
) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=form, encoding=encoding) as archive:
        for member, content in members:
            info = tarfile.TarInfo(member) if isinstance(member, str) else member
            if info.isreg():
                info.size = info.size or len(content)
            archive.addfile(info, io.BytesIO(content.ljust(info.size, b"\0")) if info.isreg() else None)
    return target.getvalue()


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


# -- names


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        ("사업계획서.txt".encode("cp949"), "사업계획서.txt"),
        ("사업계획서.txt".encode(), "사업계획서.txt"),
        ("똠방각하.hwp".encode("cp949"), "똠방각하.hwp"),
        ("첫째.zip".encode("cp949"), "첫째.zip"),  # valid UTF-8 by chance: ù°
        ("표.hwp".encode("cp949"), "표.hwp"),
        ("Résumé.txt".encode(), "Résumé.txt"),  # valid CP949 by chance: R챕sum챕
        ("Résumé.txt".encode("cp437"), "Résumé.txt"),
        ("План.txt".encode(), "План.txt"),
        (b"plan.txt", "plan.txt"),
        (b"", ""),
    ],
)
def test_names_are_decoded(raw: bytes, name: str) -> None:
    assert decoded(raw) == name


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("보고/계획.txt", "보고/계획.txt"),
        ("보고\\계획.txt", "보고/계획.txt"),
        ("../../밖.txt", "밖.txt"),
        ("안/../../밖.txt", "안/밖.txt"),
        ("..\\..\\밖.txt", "밖.txt"),
        ("/etc/사본.txt", "etc/사본.txt"),
        ("C:\\문서\\사본.txt", "문서/사본.txt"),
        ("C:사본.txt", "사본.txt"),
        ("/C:/사본.txt", "사본.txt"),
        ("\\\\?\\C:\\문서\\사본.txt", "문서/사본.txt"),
        ("\\\\server\\share\\회신.txt", "server/share/회신.txt"),
        ("./가//나.txt", "가/나.txt"),
        ("줄\n바꿈\0.txt", "줄_바꿈_.txt"),
        ("\u202egpj.exe", "_gpj.exe"),
        ("..\u200f/밖.txt", ".._/밖.txt"),
        (".. /밖.txt", "밖.txt"),
        ("\udcff.txt", "\ufffd.txt"),
        ("=1+1.txt", "=1+1.txt"),
        ("CON.txt", "CON.txt"),
        ("", NAMELESS),
        ("..", NAMELESS),
        (unicodedata.normalize("NFD", "각서.txt"), "각서.txt"),
    ],
)
def test_paths_lead_nowhere(name: str, path: str) -> None:
    assert clean(name) == path


def test_same_name_twice_is_made_different() -> None:
    taken: set[str] = set()
    names = ["a/문서.txt", "a/문서.txt", "a/문서 (2).txt", "a/문서.txt", "문서", "문서", ".bashrc", ".bashrc"]
    assert [different(name, taken) for name in names] == [
        "a/문서.txt",
        "a/문서 (2).txt",
        "a/문서 (2) (2).txt",
        "a/문서 (3).txt",
        "문서",
        "문서 (2)",
        ".bashrc",
        ".bashrc (2)",
    ]


def test_encodings_of_names_stand_side_by_side(folder: Path) -> None:
    found = unpack(
        folder, zipped(("가나다 문서.txt".encode("cp949"), b"1"), ("마바사 문서.txt".encode(), b"2"), ("c.txt", b"3"))
    )
    assert contents(found) == {"가나다 문서.txt": b"1", "마바사 문서.txt": b"2", "c.txt": b"3"}


def test_name_flagged_wrongly_does_not_lose_the_archive(folder: Path) -> None:
    content = zipped(("계획.txt".encode("cp949"), WORDS), flag=True)
    with pytest.raises(UnicodeDecodeError):  # what is to be outdone
        zipfile.ZipFile(io.BytesIO(content))
    assert contents(unpack(folder, content)) == {"계획.txt": WORDS}


@pytest.mark.parametrize("valid", [True, False])
def test_unicode_path_field_counts_where_it_belongs_to_the_name(folder: Path, valid: bool) -> None:
    info = zipfile.ZipInfo("abc.txt")
    checksum = zlib.crc32(b"abc.txt" if valid else b"other")
    name = b"\1" + struct.pack("<L", checksum) + "외국인 정책.txt".encode()
    info.extra = struct.pack("<2H", 0x7075, len(name)) + name
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(info, WORDS)
    assert list(unpack(folder, target.getvalue())) == ["외국인 정책.txt" if valid else "abc.txt"]


def test_names_in_a_tar(folder: Path) -> None:
    long = "긴 이름 " * 30 + "끝.txt"
    pax = unpack(folder, tarred((long, b"1"), ("../밖.txt", b"2")))
    assert contents(pax) == {long: b"1", "밖.txt": b"2"}
    for path in folder.iterdir():
        path.unlink()
    gnu = unpack(folder, tarred((long, b"1"), form=tarfile.GNU_FORMAT, encoding="cp949"))
    assert contents(gnu) == {long: b"1"}


def test_litter_is_counted_and_not_written(folder: Path) -> None:
    found = unpack(
        folder, zipped(("문서.txt", b"1"), ("__MACOSX/._문서.txt", b"2"), ("가/.DS_Store", b"3"), ("Thumbs.db", b"4"))
    )
    assert {name for name, member in found.items() if member.litter} == {
        "__MACOSX/._문서.txt",
        "가/.DS_Store",
        "Thumbs.db",
    }
    assert contents(found) == {"문서.txt": b"1"}


# -- ZIP


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_methods(folder: Path, method: int) -> None:
    large = os.urandom(300_000) + bytes(700_000) + b"end"
    found = unpack(folder, zipped(("a.bin", large), ("b.txt", WORDS), ("빈.txt", b""), ("폴더/", b""), method=method))
    assert contents(found) == {"a.bin": large, "b.txt": WORDS, "빈.txt": b""}


def test_method_nobody_knows_here(folder: Path) -> None:
    content = zipped(("a.txt", WORDS), ("b.txt", WORDS), method=zipfile.ZIP_STORED)
    start = content.index(b"PK\1\2")
    found = unpack(folder, content[: start + 10] + struct.pack("<H", 98) + content[start + 12 :])
    assert reasons(found) == {"a.txt": Reason.UNSUPPORTED}
    assert "method 98" in found["a.txt"].detail
    assert contents(found) == {"b.txt": WORDS}


def test_bytes_before_and_behind_an_archive(folder: Path) -> None:
    content = b"MZ a program" * 90 + zipped(("a.txt", WORDS)) + b"\0" * 700
    assert contents(unpack(folder, content)) == {"a.txt": WORDS}


def test_comment_that_looks_like_an_end(folder: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("표.txt", WORDS)
        archive.comment = b"PK\5\6" + bytes(18)
    assert contents(unpack(folder, target.getvalue())) == {"표.txt": WORDS}


def test_wrong_checksum_costs_one_file(folder: Path) -> None:
    content = bytearray(zipped(("a.txt", WORDS), ("b.txt", WORDS), method=zipfile.ZIP_STORED))
    content[content.index(WORDS)] ^= 1
    found = unpack(folder, bytes(content))
    assert reasons(found) == {"a.txt": Reason.DAMAGED}
    assert contents(found) == {"b.txt": WORDS}


@pytest.mark.parametrize("size", [10, 5000])
def test_size_that_is_a_lie(folder: Path, size: int) -> None:
    content = zipped(("a.txt", bytes(4000)), ("b.txt", WORDS))
    at = content.index(b"PK\1\2") + 24
    found = unpack(folder, content[:at] + struct.pack("<L", size) + content[at + 4 :])
    assert reasons(found) == {"a.txt": Reason.DAMAGED}
    assert contents(found) == {"b.txt": WORDS}


@pytest.mark.parametrize("kept", [0.5, 0.9])
def test_cut_zip_is_refused(folder: Path, kept: float) -> None:
    content = zipped(*((f"{number}.txt", os.urandom(500)) for number in range(20)))
    with pytest.raises(FormatError, match="ask for it again") as refusal:
        unpack(folder, content[: int(len(content) * kept)])
    assert refusal.value.reason is Reason.DAMAGED


def test_links_and_devices_are_no_files(folder: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, mode in (("link", 0o120777), ("char", 0o020644), ("a.txt", 0o100644)):
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, b"/etc/passwd")
    found = unpack(folder, target.getvalue())
    assert reasons(found) == {"link": Reason.NOT_A_FILE, "char": Reason.NOT_A_FILE}
    assert contents(found) == {"a.txt": b"/etc/passwd"}


def locked(password: bytes) -> bytes:
    """Return a ZIP with one file under the old cipher (APPNOTE 6.1) and one that is open."""
    content = zipped(("비밀.txt", WORDS), ("열린.txt", b"open"), method=zipfile.ZIP_STORED)
    start = content.index(WORDS)
    checksum = zlib.crc32(WORDS)
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(byte: int, before: int) -> int:
        return zlib.crc32(bytes([byte]), before ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def turn(byte: int) -> None:
        keys[0] = crc(byte, keys[0])
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[1] >> 24, keys[2])

    for byte in password:
        turn(byte)
    coded = bytearray()
    for byte in bytes(11) + bytes([checksum >> 24]) + WORDS:
        key = keys[2] | 2
        coded.append(byte ^ ((key * (key ^ 1) >> 8) & 0xFF))
        turn(byte)
    made = bytearray(content[:start] + bytes(coded) + content[start + len(WORDS) :])
    entry = made.index(b"PK\1\2")
    for at, sizes in ((6, 18), (entry + 8, entry + 20)):
        made[at] |= 1
        made[sizes : sizes + 4] = struct.pack("<L", len(coded))
    second = made.index(b"PK\1\2", entry + 4)
    made[second + 42 : second + 46] = struct.pack("<L", struct.unpack_from("<L", made, second + 42)[0] + 12)
    end = made.index(b"PK\5\6")
    made[end + 16 : end + 20] = struct.pack("<L", entry)
    return bytes(made)


@pytest.mark.parametrize("given", [None, "틀린 것"])
def test_locked_file(folder: Path, given: str | None) -> None:
    found = unpack(folder, locked("암호".encode()), password=given)
    assert reasons(found) == {"비밀.txt": Reason.ENCRYPTED}
    assert contents(found) == {"열린.txt": b"open"}
    archive = folder.parent / "archive"
    assert archives.outline(archive).facts == {"files": "2", "locked files": "1"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_password_in_either_encoding(folder: Path, encoding: str) -> None:
    found = unpack(folder, locked("암호".encode(encoding)), password="암호")
    assert contents(found) == {"비밀.txt": WORDS, "열린.txt": b"open"}


def test_folders_are_not_listed(folder: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, attributes in (("가/", 0), ("나", 0x10), ("다", 0o040755 << 16), ("라\\", 0)):
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes
            archive.writestr(info, b"")
        archive.writestr("나/글.txt", WORDS)
    assert contents(unpack(folder, target.getvalue())) == {"나/글.txt": WORDS}


def test_empty_archive_has_no_members(folder: Path) -> None:
    assert unpack(folder, zipped()) == {}
    assert unpack(folder, tarred()) == {}


# -- limits


def test_file_that_squeezes_well_is_read(folder: Path) -> None:
    content = zipped(("표.csv", bytes(FREE - 100)))
    assert 500 * len(content) < FREE
    assert len(contents(unpack(folder, content))["표.csv"]) == FREE - 100


@pytest.mark.parametrize("squeezed", [False, True])
def test_bomb_is_not_written_and_what_is_beside_it_is_read(folder: Path, squeezed: bool) -> None:
    zeros = bytes(3 * FREE)
    content = (
        gzip.compress(tarred(("영.bin", zeros), ("글.txt", WORDS)))
        if squeezed
        else zipped(("영.bin", zeros), ("글.txt", WORDS))
    )
    found = unpack(folder, content)
    assert reasons(found) == {"영.bin": Reason.TOO_LARGE}
    assert "100 times" in found["영.bin"].detail
    assert contents(found) == {"글.txt": WORDS}


def test_limit_on_bytes_is_on_the_whole(folder: Path) -> None:
    parts = [(f"{number}.bin", os.urandom(1 << 20)) for number in range(4)]
    found = unpack(folder, zipped(*parts), Limits(bytes=(2 << 20) + 10, files=10, ratio=100))
    assert list(contents(found)) == ["0.bin", "1.bin"]
    assert reasons(found) == {"2.bin": Reason.TOO_LARGE, "3.bin": Reason.TOO_LARGE}
    assert "2 MB" in found["2.bin"].detail


def test_limit_on_files(folder: Path) -> None:
    limits = Limits(bytes=1 << 20, files=3, ratio=100)
    members = [(f"{number}.txt", b"x") for number in range(5)]
    assert reasons(unpack(folder, zipped(*members), limits)) == {"3.txt": Reason.TOO_LARGE, "4.txt": Reason.TOO_LARGE}
    for path in folder.iterdir():
        path.unlink()
    found = unpack(folder, tarred(*members), limits)
    assert list(found) == ["0.txt", "1.txt", "2.txt", REST]
    assert "more than 3 files" in found[REST].detail


def test_lone_bomb(folder: Path) -> None:
    found = unpack(folder, gzip.compress(bytes(2 * FREE)))
    assert reasons(found) == {archives.ALONE: Reason.TOO_LARGE}


def test_stream_that_is_longer_than_the_limit_is_left(folder: Path) -> None:
    """A TAR that says nothing of sizes it has not begun: what follows a limit is one entry, not a hang."""
    zeros = [(f"{number}.bin", bytes(9 << 20)) for number in range(12)]
    found = unpack(folder, gzip.compress(tarred(*zeros)))
    assert list(contents(found)) == ["0.bin"]
    assert found[REST].reason is Reason.TOO_LARGE
    assert len(found) < 12


# -- TAR and what is squeezed alone


@pytest.mark.parametrize("squeeze", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_tar_however_squeezed(folder: Path, squeeze: type[bytes]) -> None:
    large = os.urandom(600_000)
    found = unpack(folder, squeeze(tarred(("plan.txt", WORDS), ("annex/list.bin", large), ("빈.txt", b""))))
    assert contents(found) == {"plan.txt": WORDS, "annex/list.bin": large, "빈.txt": b""}


@pytest.mark.parametrize("squeeze", [gzip.compress, bz2.compress, lzma.compress])
def test_file_squeezed_alone(folder: Path, squeeze: type[bytes]) -> None:
    assert contents(unpack(folder, squeeze(WORDS) + squeeze(WORDS))) == {archives.ALONE: WORDS * 2}


def test_gzip_brings_its_own_name(folder: Path) -> None:
    target = io.BytesIO()
    with gzip.GzipFile("보고서.txt".encode("cp949").decode("latin-1"), "wb", fileobj=target) as file:
        file.write(WORDS)
    assert contents(unpack(folder, target.getvalue() + b"rubbish")) == {"보고서.txt": WORDS}


def test_links_in_a_tar(folder: Path) -> None:
    content = tarred(
        ("원본.txt", WORDS),
        special("같은 것.txt", tarfile.LNKTYPE, "원본.txt"),
        special("밖으로.txt", tarfile.LNKTYPE, "/etc/passwd"),
        special("문", tarfile.SYMTYPE, "/etc"),
        ("문/passwd", b"mine"),
        special("관", tarfile.FIFOTYPE),
        special("폴더", tarfile.DIRTYPE),
        special("이름표", b"V"),
    )
    found = unpack(folder, content)
    assert contents(found) == {"원본.txt": WORDS, "같은 것.txt": WORDS, "문/passwd": b"mine"}
    assert reasons(found) == dict.fromkeys(("밖으로.txt", "문", "관", "이름표"), Reason.NOT_A_FILE)


def test_two_archives_one_behind_the_other(folder: Path) -> None:
    assert contents(unpack(folder, tarred(("a.txt", b"1")) + tarred(("b.txt", b"2")))) == {"a.txt": b"1", "b.txt": b"2"}


def test_cut_tar(folder: Path) -> None:
    content = tarred(("1.txt", os.urandom(4000)), ("2.txt", os.urandom(4000)), form=tarfile.USTAR_FORMAT)
    found = unpack(folder, content[:7000])
    assert list(contents(found)) == ["1.txt"]
    assert found["2.txt"].reason is Reason.DAMAGED
    assert found[REST].reason is Reason.DAMAGED


def test_cut_between_two_files_of_a_tar(folder: Path) -> None:
    content = tarred(("1.txt", os.urandom(4000)), ("2.txt", os.urandom(4000)), form=tarfile.USTAR_FORMAT)
    found = unpack(folder, content[: 512 + 4096])
    assert list(contents(found)) == ["1.txt"]
    assert "end mark" in found[REST].detail


def test_bad_header_is_not_the_end(folder: Path) -> None:
    content = bytearray(tarred(("1.txt", b"x" * 4000), ("2.txt", b"y"), form=tarfile.USTAR_FORMAT))
    content[512 + 4096 + 150] ^= 0xFF
    found = unpack(folder, bytes(content))
    assert list(contents(found)) == ["1.txt"]
    assert found[REST].reason is Reason.DAMAGED


def test_wrong_checksum_of_a_squeezed_tar_taints_all(folder: Path) -> None:
    content = bytearray(gzip.compress(tarred(("1.txt", WORDS), ("2.bin", os.urandom(600_000)))))
    content[-8] ^= 1
    found = unpack(folder, bytes(content))
    assert reasons(found) == {"1.txt": Reason.DAMAGED, "2.bin": Reason.DAMAGED}


def test_cut_squeezed_tar_keeps_what_is_whole(folder: Path) -> None:
    content = gzip.compress(tarred(("1.bin", os.urandom(300_000)), ("2.bin", os.urandom(300_000))))
    found = unpack(folder, content[:450_000])
    assert list(contents(found)) == ["1.bin"]
    assert found["2.bin"].reason is found[REST].reason is Reason.DAMAGED


def test_sparse_file_that_stands_for_much(folder: Path) -> None:
    info = tarfile.TarInfo("sparse.bin")
    info.pax_headers = {"GNU.sparse.major": "1", "GNU.sparse.minor": "0", "GNU.sparse.realsize": str(600 << 30)}
    info.size = 512
    found = unpack(folder, tarred((info, b"1\n0\n0\n"), ("b.txt", WORDS)))
    assert reasons(found) == {"sparse.bin": Reason.TOO_LARGE}
    assert contents(found) == {"b.txt": WORDS}


def test_name_that_would_fill_the_memory(folder: Path) -> None:
    """A header of 400 MB, in half a megabyte of gzip."""
    head = tarfile.TarInfo("././@LongLink")
    head.type, head.size = tarfile.GNUTYPE_LONGNAME, 400 << 20
    with pytest.raises(FormatError, match="headers are damaged"):
        unpack(folder, gzip.compress(head.tobuf(tarfile.GNU_FORMAT) + bytes(8 << 20)))


# -- 7Z


@pytest.fixture
def seven(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> bytes:
    libarchive = pytest.importorskip("libarchive", exc_type=ImportError)
    source = tmp_path / "source"
    (source / "붙임").mkdir(parents=True)
    (source / "계획서.txt").write_bytes(WORDS)
    (source / "붙임" / "자료.bin").write_bytes(bytes(range(256)) * 20)
    (source / "link").symlink_to("/etc/passwd")
    monkeypatch.chdir(source)
    with libarchive.file_writer(str(tmp_path / "made.7z"), "7zip", options="compression=store") as archive:
        archive.add_files("계획서.txt", "붙임", "link")
    return (tmp_path / "made.7z").read_bytes()


def test_7z(folder: Path, seven: bytes) -> None:
    found = unpack(folder, seven)
    assert contents(found) == {"계획서.txt": WORDS, "붙임/자료.bin": bytes(range(256)) * 20}
    assert reasons(found) == {"link": Reason.NOT_A_FILE}


def test_7z_with_a_wrong_checksum(folder: Path, seven: bytes) -> None:
    at = seven.index(bytes(range(256)))
    found = unpack(folder, seven[:at] + b"\xff" + seven[at + 1 :])
    assert reasons(found)["붙임/자료.bin"] is Reason.DAMAGED
    assert contents(found) == {"계획서.txt": WORDS}


def test_7z_within_limits(folder: Path, seven: bytes) -> None:
    found = unpack(folder, seven, Limits(bytes=100, files=10, ratio=100))
    assert reasons(found)["붙임/자료.bin"] is Reason.TOO_LARGE
    assert list(contents(found)) == ["계획서.txt"]


def test_cut_7z_is_refused(folder: Path, seven: bytes) -> None:
    with pytest.raises(FormatError) as refusal:
        unpack(folder, seven[:-30])
    assert refusal.value.reason is Reason.DAMAGED


def test_7z_without_the_library(folder: Path, seven: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "libarchive", None)
    with pytest.raises(FormatError, match=r"pip install 'gongmun\[seven-zip\]'") as refusal:
        unpack(folder, seven)
    assert refusal.value.reason is Reason.UNSUPPORTED


# -- what is no archive


def attempt(folder: Path, content: bytes) -> tuple[dict[str, bytes], set[Reason]]:
    """Unpack what may be damaged: what was had, and the reasons given for the rest or the whole."""
    for path in folder.iterdir():
        path.unlink()
    try:
        found = unpack(folder, content)
    except FormatError as refusal:
        return {}, {refusal.reason}
    return contents(found), set(reasons(found).values())


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh9", b"rubbish" * 200])
def test_no_archive_at_all(folder: Path, content: bytes) -> None:
    assert attempt(folder, content) == ({}, {Reason.DAMAGED})


def test_archive_has_no_pages(tmp_path: Path) -> None:
    archive = tmp_path / "a.zip"
    archive.write_bytes(zipped(("a.txt", b"a"), ("b/", b"")))
    assert archives.outline(archive).pages == 0
    assert archives.outline(archive).facts == {"files": "1"}
    assert archives.read(archive, 1, 1) == []


@pytest.mark.parametrize("kind", ["zip", "tar", "tar.gz"])
def test_any_byte_changed_ends_in_a_listed_state(folder: Path, kind: str) -> None:
    """No other exception than FormatError, wherever an archive is damaged; what is shown as whole is whole."""
    members = (("a.txt", WORDS), ("b.txt", WORDS))
    content = {"zip": zipped(*members), "tar": tarred(*members), "tar.gz": gzip.compress(tarred(*members))}[kind]
    for at in range(0, min(len(content), 3000), 7):
        had, why = attempt(folder, content[:at] + bytes([content[at] ^ 0xA5]) + content[at + 1 :])
        assert why <= {Reason.DAMAGED, Reason.UNSUPPORTED, Reason.TOO_LARGE, Reason.NOT_A_FILE, Reason.ENCRYPTED}
        assert kind == "tar" or set(had.values()) <= {WORDS}  # a TAR has no checksums of what it holds
