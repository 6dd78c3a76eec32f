"""Bytes to text: what a Korean office's encodings look like, and what must not be guessed."""

from __future__ import annotations

import pytest

from benchmarks.encodings import run
from benchmarks.encodings.build import cases
from corpus.model import Reason
from ingest.formats.encodings import decode
from ingest.formats.model import FormatError

LETTER = "수신: 기획조정실장\n제목: 인공지능 식별추적시스템 구축사업 자료 제출\n"


def test_the_tuning_half_of_the_set_has_no_mistake() -> None:
    wrong = [(case.name, told) for case in cases() if case.half == "tuning" for verdict, told in [run.judge(case)]
             if verdict == run.WRONG]  # fmt: skip
    assert wrong == []


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16-le"), ("utf-16-be", "utf-16-be"),
     ("cp949", "cp949"), ("euc-kr", "cp949"), ("iso2022_kr", "iso-2022-kr")],
)  # fmt: skip
def test_korean(encoding: str, name: str) -> None:
    assert decode(LETTER.encode(encoding)) == (LETTER, name, False)


@pytest.mark.parametrize("text", ["The Ministry’s reply said “no” – twice.", "Äpfel und Öl", "naïve résumé, 25 €"])
def test_western_text_that_is_valid_cp949_in_part(text: str) -> None:
    assert decode(text.encode("cp1252")) == (text, "windows-1252", False)


@pytest.mark.parametrize("word", ["연", "채", "첫", "예산"])
def test_korean_words_that_are_valid_utf_8_as_well(word: str) -> None:
    assert decode(word.encode("cp949")).text == word


@pytest.mark.parametrize("text", ["ÇÑ±Û ±úÁü: 깨진 글의 인용", "Café Müller", "30 °C", "שלום עולם", "Привет"])
def test_utf_8_is_not_repaired(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", False)


def test_hangul_far_into_a_long_file() -> None:
    text = "0123456789 abcdefgh\n" * 40_000 + LETTER
    assert decode(text.encode("cp949")) == (text, "cp949", False)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949"])
def test_a_bad_byte_is_marked_and_told(encoding: str) -> None:
    data = LETTER[:20].encode(encoding) + b"\xff" + LETTER[20:].encode(encoding)
    assert decode(data) == (LETTER[:20] + "\ufffd" + LETTER[20:], encoding, True)


@pytest.mark.parametrize(
    "data",
    [bytes(range(256)) * 4, bytes(500), LETTER.encode("johab"), LETTER.encode("cp949") + LETTER.encode()],
    ids=["noise", "zeros", "johab", "two encodings"],
)
def test_what_cannot_be_told_is_refused(data: bytes) -> None:
    with pytest.raises(FormatError) as refused:
        decode(data)
    assert refused.value.reason is Reason.UNSUPPORTED


def test_a_declared_encoding_decides_only_what_the_bytes_leave_open() -> None:
    greek = "Καλημέρα σε όλους"
    assert decode(greek.encode("iso8859-7"), "iso-8859-7").text == greek
    assert decode(LETTER.encode("cp949"), "ks_c_5601-1987").text == LETTER
    assert decode(LETTER.encode("cp949"), "iso-8859-1").text == LETTER
    assert decode(LETTER.encode(), "euc-kr").text == LETTER
    assert decode(LETTER.encode("cp949"), "no-such-thing").text == LETTER
