"""Archives whose names need repair, or must be kept from doing harm."""

from __future__ import annotations

import struct
import unicodedata
import zlib
from collections.abc import Iterator

from benchmarks.archives.model import ANY, Case, Member, read, state, words
from benchmarks.archives.raw_zip import UTF8, Entry, zip_bytes


def flagged(path: str, about: str | None = None) -> Entry:
    """Return a member with a UTF-8 name that says so."""
    return Entry(path.encode(), words(path if about is None else about), flags=UTF8)


def korean(path: str, about: str | None = None) -> Entry:
    """Return a member as Korean Windows wrote it: the name in CP949, nothing said."""
    return Entry(path.encode("cp949"), words(path if about is None else about), system=0)


def silent(path: str, about: str | None = None) -> Entry:
    """Return a member with a UTF-8 name that does not say so."""
    return Entry(path.encode(), words(path if about is None else about))


def cases() -> Iterator[Case]:
    """Yield the cases in pairs, one for each half."""
    yield from _encodings()
    yield from _doubtful_encodings()
    yield from _litter()
    yield from _ways_out()
    yield from _clashes()
    yield from _marks()
    yield from _shapes()


def _plain(file: str, entries: list[Entry], paths: list[str], note: str) -> Case:
    return Case(file, zip_bytes(entries), tuple(map(read, paths)), note=note)


def _encodings() -> Iterator[Case]:
    plain = ["plan.txt", "annex/contract.txt"]
    yield _plain("ascii.zip", [flagged(path) for path in plain], plain, "ASCII names")
    paths = ["계획서.txt", "붙임/계약서.txt"]
    yield _plain("utf8-flag.zip", [flagged(path) for path in paths], paths, "UTF-8 names with the flag")
    paths = ["보고서/사업계획서.txt", "보고서/계약서.txt"]
    yield _plain("cp949.zip", [korean(path) for path in paths], paths, "CP949 names without the flag")
    paths = ["똠방각하.txt", "펲시 자료/㈜한국 ①.txt"]
    yield _plain("cp949-more.zip", [korean(path) for path in paths], paths, "CP949 outside KS X 1001")
    yield _plain("utf8-silent.zip", [silent("회의록.txt")], ["회의록.txt"], "UTF-8 without the flag (Mac)")
    path = "자료/붙임 1. 계획서.txt"
    yield _plain("utf8-silent-2.zip", [silent(path)], [path], "UTF-8 without the flag")
    for at, (make, note) in enumerate([(flagged, "flag"), (silent, "no flag")]):
        path = ["한글 이름/각서.txt", "국회 요구자료.txt"][at]
        yield _plain(f"nfd-{at + 1}.zip", [make(unicodedata.normalize("NFD", path), path)], [path], f"NFD, {note}")
    paths = ["가나다라 문서.txt", "마바사아 문서.txt"]
    yield _plain("mixed-1.zip", [korean(paths[0]), silent(paths[1])], paths, "CP949 and unmarked UTF-8 in one archive")
    paths = ["법무부 회신.txt", "notice.txt", "외교부 회신.txt"]
    entries = [korean(paths[0]), korean(paths[1]), flagged(paths[2])]
    yield _plain("mixed-2.zip", entries, paths, "CP949, ASCII and marked UTF-8 in one archive")
    yield _unicode_extra("extra-1.zip", "외국인 정책.txt", stale=False)
    yield _unicode_extra("extra-2.zip", "출입국 정책.txt", stale=True)


def _unicode_extra(file: str, path: str, stale: bool) -> Case:
    """Info-ZIP's Unicode path field (APPNOTE 4.6.9): it counts only if its checksum is that of the name."""
    name = path.encode("cp949")
    told = "이름이 바뀌기 전.txt" if stale else path
    field = struct.pack("<BL", 1, zlib.crc32(b"other" if stale else name)) + told.encode()
    entry = Entry(name, words(path), extra=struct.pack("<HH", 0x7075, len(field)) + field, system=0)
    return _plain(file, [entry], [path], "Unicode path field, " + ("stale: to be ignored" if stale else "valid"))


def _doubtful_encodings() -> Iterator[Case]:
    yield _plain("short-1.zip", [korean("가.txt")], ["가.txt"], "one CP949 syllable")
    yield _plain("short-2.zip", [korean("예산.txt")], ["예산.txt"], "two CP949 syllables")
    for at, path in enumerate(["Résumé.txt", "Übersicht.txt"], 1):
        name = path.encode("cp437")
        wrong = name.decode("cp949", "replace")
        member = read(path, wrong, data=words(path))
        yield Case(f"cp437-{at}.zip", zip_bytes([Entry(name, words(path), system=0)]), (member,), note="CP437: either")
    member = read(f"{ANY}.txt", data=words("bytes"))
    data = zip_bytes([Entry(b"\xff\xfe\xfd.txt", words("bytes"))])
    yield Case("no-encoding-1.zip", data, (member,), note="name in no encoding")
    member = read(f"보고{ANY}.txt", f"{ANY}.txt", data=words("cut"))
    data = zip_bytes([Entry("보고".encode("cp949") + b"\xba.txt", words("cut"), system=0)])
    yield Case("no-encoding-2.zip", data, (member,), note="CP949 name cut in the middle of a character")


def _litter() -> Iterator[Case]:
    mac = [flagged("문서.txt"), Entry("__MACOSX/._문서.txt".encode(), b"\0\5\x16\7" + bytes(60), flags=UTF8)]
    members = (read("문서.txt"), state("__MACOSX/._문서.txt", "litter"), state(".DS_Store", "litter"))
    yield Case(
        "mac.zip", zip_bytes([*mac, Entry(b".DS_Store", b"\0\0\0\1Bud1" + bytes(40))]), members, note="Mac litter"
    )
    names = ["자료/Thumbs.db", "자료/desktop.ini", "자료/._문서.txt"]
    entries = [flagged("자료/문서.txt"), *(Entry(name.encode(), b"litter", flags=UTF8) for name in names)]
    found = (read("자료/문서.txt"), *(state(name, "litter") for name in names))
    yield Case("windows-litter.zip", zip_bytes(entries), found, note="litter of Windows and Mac in a folder")


def _ways_out() -> Iterator[Case]:
    yield _out("backslash-1.zip", "폴더\\문서.txt", "폴더/문서.txt", note="backslashes part folders", safe=True)
    yield _out("backslash-2.zip", "a\\b\\c.txt", "a/b/c.txt", note="backslashes part folders", safe=True)
    yield _out("up-1.zip", "../../밖.txt", "밖.txt", note="leads out of the folder")
    yield _out("up-2.zip", "안/../../바깥.txt", "안/바깥.txt", "바깥.txt", note="leads out of the folder")
    yield _out("up-3.zip", "..\\..\\밖으로.txt", "밖으로.txt", note="leads out, with backslashes")
    yield _out("up-4.zip", "안/..\\..\\문.txt", "안/문.txt", "문.txt", note="leads out, mixed")
    yield _out("absolute-1.zip", "/etc/사본.txt", "etc/사본.txt", note="absolute")
    yield _out("absolute-2.zip", "C:\\Users\\kim\\문서.txt", f"{ANY}Users/kim/문서.txt", note="absolute, Windows")
    yield _out("absolute-3.zip", "\\\\server\\share\\회신.txt", "server/share/회신.txt", note="network path")
    yield _out("dots.zip", "././/./점.txt", "점.txt", note="dots and double slashes", safe=True)
    link = Entry(b"link.txt", b"/etc/passwd", mode=0o120777)
    members = (state("link.txt", "link", "not-a-file"), read("a.txt"))
    yield Case("symlink-1.zip", zip_bytes([link, flagged("a.txt")]), members, note="link to a file of the machine")
    link = Entry("바로가기.txt".encode(), "원본.txt".encode(), flags=UTF8, mode=0o120777)
    members = (state("바로가기.txt", "link", "not-a-file"), read("원본.txt"))
    yield Case("symlink-2.zip", zip_bytes([link, flagged("원본.txt")]), members, note="link within the archive")
    for kind, mode in (("char", 0o020644), ("fifo", 0o010644)):
        device = Entry(kind.encode(), mode=mode)
        members = (state(kind, "not-a-file", "empty"), read("b.txt"))
        yield Case(f"device-{kind}.zip", zip_bytes([device, flagged("b.txt")]), members, note="not a file")


def _out(file: str, name: str, *paths: str, note: str, safe: bool = False) -> Case:
    states = ("read",) if safe else ("read", "unsafe-name")
    data = zip_bytes([Entry(name.encode(), words(name), flags=UTF8)])
    return Case(file, data, (Member(paths, states, words(name)),), note=note)


def _clashes() -> Iterator[Case]:
    data = zip_bytes([flagged("문서.txt", "첫째"), flagged("문서.txt", "둘째")])
    members = tuple(read("문서.txt", f"문서.txt{ANY}", f"문서{ANY}.txt", data=words(each)) for each in ("첫째", "둘째"))
    yield Case("twice-1.zip", data, members, note="same name, other bytes: both are papers")
    data = zip_bytes([flagged("a.txt", each) for each in ("one", "two", "one")])
    members = tuple(read("a.txt", f"a.txt{ANY}", f"a{ANY}.txt", data=words(each)) for each in ("one", "two", "one"))
    yield Case(
        "twice-2.zip", data, members, note="three of a name, two of them equal: three occurrences, two documents"
    )
    yield _plain("case-1.zip", [flagged("Report.txt"), flagged("report.TXT")], ["Report.txt", "report.TXT"], "case")
    paths = ["보고서.TXT", "보고서.txt"]
    yield _plain("case-2.zip", [flagged(path) for path in paths], paths, "case")
    nfd = unicodedata.normalize("NFD", "각서.txt")
    members = tuple(read("각서.txt", f"각서.txt{ANY}", f"각서{ANY}.txt", data=words(each)) for each in ("nfc", "nfd"))
    data = zip_bytes([flagged("각서.txt", "nfc"), flagged(nfd, "nfd")])
    yield Case("form-clash.zip", data, members, note="NFC and NFD of one name")
    members = (read("자료", f"자료{ANY}", data=words("file")), read("자료/안.txt"))
    data = zip_bytes([flagged("자료", "file"), flagged("자료/안.txt")])
    yield Case("file-and-folder.zip", data, members, note="a file and a folder of one name")


def _marks() -> Iterator[Case]:
    yield _marked("control-1.zip", [("줄\n바꿈.txt", f"줄{ANY}바꿈.txt"), ("탭\t.txt", f"탭{ANY}.txt")])
    yield _marked("control-2.zip", [("\x1b[31m빨강.txt", f"{ANY}[31m빨강.txt"), ("a\x7f\x85.txt", f"a{ANY}.txt")])
    yield _marked("nul.zip", [("문서.txt\0.exe", f"문서.txt{ANY}.exe", "문서.txt")])
    yield _marked("bidi-1.zip", [("계약\u202etxt.exe.txt", f"계약{ANY}txt.exe.txt")])
    yield _marked("bidi-2.zip", [("\u2066계획\u2069.txt", f"{ANY}계획{ANY}.txt"), ("\u200f보고.txt", f"{ANY}보고.txt")])
    yield _marked("zero-width.zip", [("보\u200b고서.txt", "보\u200b고서.txt", f"보{ANY}고서.txt")])
    yield _marked("formula.zip", [("=1+1 계산.txt", "=1+1 계산.txt"), ("@합계.txt", "@합계.txt")])
    yield _marked("markup.zip", [("<img src=x> **굵게**.txt", "<img src=x> **굵게**.txt")])


def _marked(file: str, names: list[tuple[str, ...]]) -> Case:
    data = zip_bytes([flagged(name) for name, *_ in names])
    members = tuple(read(*paths, data=words(name)) for name, *paths in names)
    return Case(file, data, members, note="no control character or bidi mark in a path; else names stay as they are")


def _shapes() -> Iterator[Case]:
    long = "가" * 240 + ".txt"
    member = read(long, "가" * 30 + "*", data=words("long"))
    yield Case("long-1.zip", zip_bytes([flagged(long, "long")]), (member,), note="720 bytes; * stands for any end")
    deep = "/".join(["깊은 폴더"] * 60) + "/문서.txt"
    member = read(deep, "깊은 폴더/*", data=words("deep"))
    yield Case("long-2.zip", zip_bytes([flagged(deep, "deep")]), (member,), note="60 folders; * stands for any end")
    paths = ["CON.txt", "aux/nul.txt"]
    yield _plain("reserved-1.zip", [flagged(path) for path in paths], paths, "names Windows keeps for itself")
    names = [
        ("점.txt.", "점.txt.", "점.txt"),
        ("뒤 .txt ", "뒤 .txt ", "뒤 .txt"),
        ("스트림.txt:x", f"스트림.txt{ANY}x"),
    ]
    yield _marked("reserved-2.zip", names)
    data = zip_bytes([Entry(b"", words("nameless")), flagged("이름 있음.txt")])
    members = (Member((f"{ANY}", "*"), ("read", "unsafe-name", "damaged"), words("nameless")), read("이름 있음.txt"))
    yield Case("nameless.zip", data, members, note="a member without a name")
    entries = [Entry("폴더/".encode(), words("slash"), flags=UTF8), flagged("폴더/안쪽.txt")]
    members = (
        Member(("폴더", "폴더/", f"폴더{ANY}"), ("read", "damaged", "not-a-file"), words("slash")),
        read("폴더/안쪽.txt"),
    )
    yield Case("folder-with-bytes.zip", zip_bytes(entries), members, note="named like a folder, but holds bytes")
