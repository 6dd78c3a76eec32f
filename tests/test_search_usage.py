"""Whether two pieces at a line end are one word, judged by how papers write."""

from __future__ import annotations

from corpus.model import Page
from search.usage import Usage

PAPERS = Usage("\n".join(["개인정보를 동의를 받지 않고 제공하였다. 출입국 심사에 안면 인식 기술을 쓴다."] * 9))


def test_what_papers_write_as_one_word_is_joined() -> None:
    assert PAPERS.joined("개인정", "보를 동의") > 0.9
    assert PAPERS.joined("동의를 받", "지 않고") > 0.9


def test_what_papers_write_apart_stays_apart() -> None:
    assert PAPERS.joined("개인정보를", "동의를") < 0.1
    assert PAPERS.joined("심사에 안면", "인식") < 0.1


def test_what_nobody_wrote_stays_open() -> None:
    assert 0.1 < Usage("").joined("개인정", "보를") < 0.9
    assert 0.1 < PAPERS.joined("밝혔", "음") < 0.9


def test_line_ends_are_no_evidence() -> None:
    assert Usage("가나\n다라\n" * 50).joined("가나", "다라") == Usage("").joined("가나", "다라")


def test_compounds_are_those_that_are_written_so() -> None:
    usage = Usage("a well-known fact, a well-known case, an example")
    assert usage.compound("well", "known")
    assert not usage.compound("exam", "ple")


def test_pages_are_taken_in_up_to_a_limit() -> None:
    pages = [Page("d", n, "f", "가" * 10) for n in range(1, 10)]
    assert len(Usage.of(pages, most=25).text.replace("\n", "")) == 25
