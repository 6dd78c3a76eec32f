"""What a walk finds: every file once, under a name that stays, and nothing that never ends."""

from __future__ import annotations

import os
import sys
import unicodedata
from pathlib import Path

import pytest

from corpus.errors import UsageError
from ingest.sources import Source, storable, walk

posix = pytest.mark.skipif(sys.platform == "win32", reason="links, pipes and names of any bytes are POSIX")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "받은자료"
    made.mkdir()
    return made


def file(path: Path, content: bytes = b"x") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def names(found: list[Source]) -> list[str]:
    return [source.relative for source in found]


def test_files_of_a_folder_in_the_order_of_their_names(folder: Path) -> None:
    for name in ("나/2.pdf", "가.pdf", "나/1.pdf", "나/더/3.hwp"):
        file(folder / name, name.encode())
    found = walk([folder])
    assert names(found) == ["가.pdf", "나/1.pdf", "나/2.pdf", "나/더/3.hwp"]
    first = found[0]
    assert (first.path, first.name) == (folder / "가.pdf", "가.pdf")
    facts = first.path.stat()
    assert (first.size, first.modified_ns) == (facts.st_size, facts.st_mtime_ns)
    assert found[3].name == "3.hwp"


def test_one_file_is_named_by_its_name_alone(folder: Path) -> None:
    assert names(walk([file(folder / "깊이" / "공문.pdf")])) == ["공문.pdf"]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_names_are_kept_as_received(folder: Path, form: str) -> None:
    name = unicodedata.normalize(form, "법무부 업무협약서 — 사본.pdf")
    file(folder / name)
    assert names(walk([folder])) == [next(folder.iterdir()).name]


@pytest.mark.skipif(sys.platform == "darwin", reason="there the two are one name")
def test_composed_and_decomposed_names_are_two_files(folder: Path) -> None:
    for form in ("NFC", "NFD"):
        file(folder / unicodedata.normalize(form, "가.pdf"), form.encode())
    assert len(set(names(walk([folder])))) == 2


def test_files_of_one_name_from_two_folders_are_all_there(folder: Path) -> None:
    file(folder / "1차" / "공문.pdf", b"1")
    file(folder / "2차" / "공문.pdf", b"2")
    assert names(walk([folder / "1차", folder / "2차"])) == ["1차/공문.pdf", "2차/공문.pdf"]
    assert names(walk([folder / "2차" / "공문.pdf", folder / "1차" / "공문.pdf"])) == ["1차/공문.pdf", "2차/공문.pdf"]


def test_file_given_twice_is_met_once(folder: Path) -> None:
    paper = file(folder / "공문.pdf")
    file(folder / "별지" / "표.pdf")
    assert names(walk([folder, paper, folder / "별지", folder])) == ["공문.pdf", "별지/표.pdf"]


def test_how_a_folder_is_written_does_not_change_names(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file(folder / "별지" / "표.pdf")
    monkeypatch.chdir(folder / "별지")
    for way in (folder, Path(".."), Path("../../받은자료"), folder / "별지" / ".."):
        assert names(walk([way])) == ["별지/표.pdf"]
    assert names(walk([Path()])) == names(walk([Path("표.pdf")])) == ["표.pdf"]


def test_litter_is_left_out(folder: Path) -> None:
    for name in (".DS_Store", "Thumbs.db", "desktop.ini", "공문.pdf", ".숨김.pdf"):
        file(folder / name)
    assert names(walk([folder])) == [".숨김.pdf", "공문.pdf"]


def test_path_that_is_not_there(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"없음\.pdf is not there"):
        walk([folder, folder / "없음.pdf"])


def test_empty_folder_and_folder_named_like_a_paper(folder: Path) -> None:
    (folder / "빈 폴더").mkdir()
    (folder / "보고서.pdf").mkdir()
    assert walk([folder]) == []
    file(folder / "보고서.pdf" / "안.pdf")
    assert names(walk([folder])) == ["보고서.pdf/안.pdf"]
    assert names(walk([folder / "보고서.pdf"])) == ["안.pdf"]


@posix
def test_links(folder: Path, tmp_path: Path) -> None:
    outside = file(tmp_path / "밖.pdf", b"four")
    (folder / "링크.pdf").symlink_to(outside)
    (folder / "끊긴.pdf").symlink_to(tmp_path / "없음.pdf")
    (folder / "고리.pdf").symlink_to(folder / "고리.pdf")
    (folder / "위로").symlink_to(folder)
    found = {source.relative: source for source in walk([folder])}
    assert set(found) == {"링크.pdf", "끊긴.pdf", "고리.pdf"}
    assert found["링크.pdf"].size == 4
    assert found["끊긴.pdf"].size == found["고리.pdf"].size == 0
    assert names(walk([folder / "링크.pdf"])) == ["링크.pdf"]
    with pytest.raises(UsageError, match="is not there"):
        walk([folder / "끊긴.pdf"])


@posix
def test_pipes_and_devices_are_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "관.pdf")
    file(folder / "공문.pdf")
    assert names(walk([folder])) == ["공문.pdf"]
    for path in (folder / "관.pdf", Path("/dev/zero")):
        with pytest.raises(UsageError, match="neither a file nor a folder"):
            walk([path])


@posix
def test_folder_that_cannot_be_opened_is_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file(folder / "공문.pdf")
    file(folder / "비밀" / "안.pdf")
    scan = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("비밀"):
            raise PermissionError(13, "Permission denied", str(path))
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert names(walk([folder])) == ["공문.pdf", "비밀"]
    assert names(walk([folder / "비밀"])) == ["."]


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system refuses such names")
def test_names_in_other_bytes(folder: Path) -> None:
    """Names from an old Korean Windows machine, beside others that are in no encoding at all."""
    raw = [("폴더/" + name).encode() for name in ("정상.pdf",)]
    raw += ["폴더/".encode() + part for part in ("업무협약서.pdf".encode("cp949"), b"\xff\xfe.pdf", b"\xff\xfd.pdf")]
    for name in raw:
        file(Path(os.fsdecode(os.fsencode(folder) + b"/" + name)), name)
    found = walk([folder])
    assert {"폴더/정상.pdf", "폴더/업무협약서.pdf"} <= set(names(found))
    assert len(set(names(found))) == 4
    for source in found:
        assert source.relative.encode()  # any catalogue can hold it
        assert source.path.read_bytes().startswith("폴더/".encode())


@posix
@pytest.mark.skipif(sys.platform == "darwin", reason="its file system refuses such names")
def test_two_names_that_read_alike_are_two_files(folder: Path) -> None:
    file(folder / "가.pdf", b"UTF-8")
    Path(os.fsdecode(os.fsencode(folder) + b"/" + "가.pdf".encode("cp949"))).write_bytes(b"CP949")
    found = walk([folder])
    assert len(set(names(found))) == 2
    assert {source.path.read_bytes() for source in found} == {b"UTF-8", b"CP949"}


def test_storable_leaves_good_names_alone() -> None:
    for name in ("공문.pdf", unicodedata.normalize("NFD", "공문.pdf"), "a\nb", ""):
        assert storable(name) == name
