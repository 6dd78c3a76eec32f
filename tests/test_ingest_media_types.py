"""What a file is, told by what is in it, whatever it is named; and what to ask for where nobody can open it here."""

from __future__ import annotations

import base64
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from corpus.model import Reason
from ingest.media_types import (
    DOC,
    DOCX,
    ENCRYPTED_OFFICE,
    FASOO,
    HWP,
    HWPX,
    MAIL,
    MSG,
    PPT,
    PPTX,
    SOFTCAMP,
    UNKNOWN,
    XLS,
    XLSX,
    media_type,
    why_not,
)
from tests.ole_files import ole
from tests.pdfs import lines, make

HEADER = b"From: a@example.kr\r\nTo: b@example.kr\r\nSubject: x\r\nDate: Thu, 4 Mar 2021 10:00:00 +0900\r\n"


def kind(folder: Path, content: bytes, name: str) -> str:
    file = folder / "bytes"
    file.write_bytes(content)
    return media_type(file, name)


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else method)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (b"%PDF-1.7\n", "x", "application/pdf"),
        (b"junk\n" * 200 + b"%PDF-1.4", "이름.hwp", "application/pdf"),
        (b"\x89PNG\r\n", "사진.pdf", "image/png"),
        (b"\xff\xd8\xff\xe0", "사진.pdf", "image/jpeg"),
        (b"II*\0", "스캔", "image/tiff"),
        (b"MM\0*", "스캔", "image/tiff"),
        (b"GIF89a\x01\0", "그림.png", "image/gif"),
        (b"BM" + bytes(4) + bytes(4) + b"\x36\0\0\0" + b"\x28\0\0\0", "그림", "image/bmp"),
        ("BM은 비즈니스 모델이다.".encode(), "글.txt", "text/plain"),
        (b"HWP Document File V3.00", "옛.txt", HWP),
        (b"\x1f\x8b\x08\0", "자료", "application/gzip"),
        (b"BZh91AY&SY\0", "자료", "application/x-bzip2"),
        (b"BZhang said", "note", "text/plain"),
        (b"\xfd7zXZ\0\0", "자료", "application/x-xz"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "자료.zip", "application/x-7z-compressed"),
        (b"Rar!\x1a\x07\x01\0", "자료.zip", "application/vnd.rar"),
        (b"ALZ\x01\x0a\0\0\0", "자료.zip", "application/x-alz"),
        (b"EGGA\0\x01\0\0", "자료.zip", "application/x-egg"),
        (b"SCDSA004" + bytes(30), "보고서.hwp", SOFTCAMP),
        (b"\x9b\x20DRMONE  This Document is encrypted and protected by Fasoo DRM", "보고서.hwp", FASOO),
        (b"MZ\x90\0" + bytes(60), "설치.exe", "application/vnd.microsoft.portable-executable"),
        (b"\0\0\0\x18ftypmp42", "영상", "video/mp4"),
        (b"RIFF\0\0\0\0WAVE", "녹음", "audio/wav"),
        (b"{\\rtf1\\ansi", "보고서.doc", "application/rtf"),
        (b"\0\1\2", "모름", UNKNOWN),
        (b"", "빈.pdf", "application/pdf"),
        (bytes(1024), "묶음.tar", "application/x-tar"),
    ],
)
def test_signatures(tmp_path: Path, content: bytes, name: str, expected: str) -> None:
    assert kind(tmp_path, content, name) == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"word/document.xml": b"<w/>", "[Content_Types].xml": b"<T/>"}, DOCX),
        ({"[Content_Types].xml": b"<T/>", "word/document2.xml": b"<w/>"}, DOCX),
        ({"[Content_Types].xml": b"<T/>", "xl/workbook.xml": b"<x/>"}, XLSX),
        ({"[Content_Types].xml": b"<T/>", "ppt/presentation.xml": b"<p/>"}, PPTX),
        ({"mimetype": b"application/hwp+zip", "Contents/section0.xml": b"<s/>"}, HWPX),
        ({"Contents/section0.xml": b"<s/>", "version.xml": b"<v/>"}, HWPX),
        ({"mimetype": b"application/vnd.oasis.opendocument.text"}, "application/vnd.oasis.opendocument.text"),
        ({"공문.docx": b"PK", "word.txt": b"word/document.xml"}, "application/zip"),
        ({"폴더/계획.txt": b"x"}, "application/zip"),
        ({}, "application/zip"),
    ],
)
def test_documents_in_zips_are_documents(tmp_path: Path, members: dict[str, bytes], expected: str) -> None:
    assert kind(tmp_path, zipped(members), "무엇.zip") == expected


def test_cut_document_is_what_it_is_named(tmp_path: Path) -> None:
    whole = zipped({"[Content_Types].xml": b"<T/>", "word/document.xml": b"<w/>" * 99})
    assert kind(tmp_path, whole[:60], "공문.docx") == DOCX
    assert kind(tmp_path, whole[:60], "공문.zip") == "application/zip"
    hwpx = zipped({"mimetype": b"application/hwp+zip", "Contents/section0.xml": b"<s/>"})
    assert kind(tmp_path, hwpx[:70], "공문") == HWPX


def test_archive_that_begins_with_a_pdf_is_an_archive(tmp_path: Path) -> None:
    paper = make(tmp_path / "안.pdf", lines("inside"))
    content = zipped({"안.pdf": paper.read_bytes()}, zipfile.ZIP_STORED)
    assert b"%PDF-" in content[:1024]
    assert kind(tmp_path, content, "묶음.zip") == "application/zip"


def test_archive_that_unpacks_itself_is_an_archive(tmp_path: Path) -> None:
    assert kind(tmp_path, b"MZ\x90\0" + bytes(600) + zipped({"a.txt": b"a"}), "받기.exe") == "application/zip"


def test_tar_by_its_checksum(tmp_path: Path) -> None:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        archive.addfile(tarfile.TarInfo("a.txt"))
    assert kind(tmp_path, target.getvalue(), "자료") == "application/x-tar"


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        ({"FileHeader": b"HWP Document File" + bytes(300), "BodyText": b"x"}, HWP),
        ({"WordDocument": b"x"}, DOC),
        ({"Workbook": b"x"}, XLS),
        ({"Book": b"x"}, XLS),
        ({"PowerPoint Document": b"x"}, PPT),
        ({"__properties_version1.0": bytes(32)}, MSG),
        ({"EncryptedPackage": b"x", "EncryptionInfo": b"x"}, ENCRYPTED_OFFICE),
        ({"Contents": b"x"}, "application/x-ole-storage"),
    ],
)
def test_ole_files_by_their_streams(tmp_path: Path, streams: dict[str, bytes], expected: str) -> None:
    assert kind(tmp_path, ole(streams), "무엇.bin") == expected


@pytest.mark.parametrize("length", [9, 512, 600])
def test_damaged_ole_file_is_what_it_is_named(tmp_path: Path, length: int) -> None:
    cut = ole({"WordDocument": b"x"})[:length].ljust(600, b"\xfe")
    assert kind(tmp_path, cut, "공문.hwp") == HWP
    assert kind(tmp_path, cut, "공문") == "application/x-ole-storage"


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (HEADER + b"\r\n\xbe\xc8\xb3\xe7", "메일.eml", MAIL),
        (HEADER + b"MIME-Version: 1.0\r\n\r\nhi", "메일", MAIL),
        (HEADER + b"\r\nhi", "메일", MAIL),
        (HEADER + b"\r\nhi", "메모.txt", "text/plain"),  # people write notes like that
        (HEADER + b"Message-ID: <1@example.kr>\r\n\r\nhi", "메모.txt", MAIL),
        (b"From a@example.kr Thu Mar  4 10:00:00 2021\n" + HEADER + b"\n", "편지함", MAIL),
        (b"no mail at all", "메일.eml", MAIL),  # its reader will say so
        ("요청: 자료\n답변: 없음\n".encode(), "메모", "text/plain"),
        (b"<!DOCTYPE html><p>x", "쪽.html", "text/html"),
        (b"\xef\xbb\xbf<html><table>", "표.xls", "text/html"),  # as programs export tables
        ("<html>".encode("utf-16"), "쪽", "text/html"),
        (b"<html>", "소스.txt", "text/plain"),
        ("그냥 글".encode(), "글.txt", "text/plain"),
        ("그냥 글".encode("cp949"), "글", "text/plain"),
        ("그냥 글".encode("utf-16"), "글", "text/plain"),
        (("가" * 3000).encode(), "긴 글", "text/plain"),  # the first bytes looked at end in the middle of a syllable
        ("가,나\n1,2\n".encode(), "표.csv", "text/csv"),
        ("# 제목".encode(), "글.md", "text/markdown"),
        ("그냥 글".encode(), "묶음.zip", "text/plain"),
        ("그냥 글".encode(), "글.pdf", "application/pdf"),  # by its name; the reader will say that it is none
        (bytes(range(256)), "글.txt", "text/plain"),  # and here too
        (b'<?xml version="1.0"?><HWPML Version="2.9">', "글.hml", "application/x-hwpml"),
    ],
)
def test_texts(tmp_path: Path, content: bytes, name: str, expected: str) -> None:
    assert kind(tmp_path, content, name) == expected


@pytest.mark.parametrize(
    ("kind", "reason", "words"),
    [
        (FASOO, Reason.DRM, "DRM (Fasoo); ask the agency: please send an unprotected copy of 계획.hwp"),
        (SOFTCAMP, Reason.DRM, "DRM (SoftCamp); ask the agency: please send an unprotected copy of 계획.hwp"),
        (ENCRYPTED_OFFICE, Reason.ENCRYPTED, "please send a copy of 계획.hwp without a password"),
        ("application/x-alz", Reason.UNSUPPORTED, "please send 계획.hwp as ZIP"),
        ("application/vnd.rar", Reason.UNSUPPORTED, "please send 계획.hwp as ZIP"),
        ("application/vnd.oasis.opendocument.text", Reason.UNSUPPORTED, "please send 계획.hwp as PDF"),
        ("video/mp4", Reason.UNSUPPORTED, "transcript"),
        (UNKNOWN, Reason.UNSUPPORTED, "unknown type"),
    ],
)
def test_why_a_type_cannot_be_read(kind: str, reason: Reason, words: str) -> None:
    found = why_not(kind, "계획.hwp")
    assert found is not None
    assert found[0] is reason
    assert words in found[1]
    assert found[1].endswith(".")


def test_name_in_a_sentence_is_never_a_pattern() -> None:
    found = why_not(FASOO, "{name} {0} \\1.hwp")
    assert found is not None
    assert "copy of {name} {0} \\1.hwp" in found[1]


@pytest.mark.parametrize("kind", ["application/pdf", HWP, HWPX, DOCX, DOC, MAIL, MSG, "text/plain", "application/zip"])
def test_types_that_have_or_may_have_a_reader_are_not_refused(kind: str) -> None:
    assert why_not(kind, "x") is None


def test_mail_with_a_pdf_in_it_is_a_mail(tmp_path: Path) -> None:
    coded = base64.encodebytes(b"%PDF-1.4\n" * 200)
    assert kind(tmp_path, HEADER + b"MIME-Version: 1.0\r\n\r\n" + coded, "메일.eml") == MAIL
