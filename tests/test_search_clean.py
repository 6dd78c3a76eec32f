"""Quotations without line-break artefacts: each reading offered stands exactly so on the page."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Corpus
from corpus.cells import Cell, Table
from corpus.errors import UsageError
from corpus.folding import HYPHEN
from corpus.model import Furniture, FurnitureKind, Page, Span, Withheld
from search import Searcher
from search.clean import MOST_CHOICES, NoWords, clean_quotation
from search.clean import Withheld as WithheldPassage
from search.grading import Grade
from search.usage import Usage
from tests.ingests import SAMPLE, ingest

USAGE = Usage("\n".join(["개인정보를 동의를 받지 않고 제공하였다. 안면 인식 기술을 쓴다."] * 9))
KOREAN = Path(__file__).resolve().parents[2] / "shared/data/pdf/korean"


def page_of(text: str, **fields: object) -> Page:
    return replace(Page("d" * 64, 1, "f", text), **fields)  # type: ignore[arg-type]


def choices(text: str, usage: Usage = USAGE) -> tuple[str, ...]:
    found = clean_quotation(page_of(text), Span(0, len(text)), usage)
    assert found.grade is Grade.EXACT
    return found.choices


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("개인정\n보를 동의를\n받지 않고", "개인정보를 동의를 받지 않고"),
        ("밝혔 \n음", "밝혔 음"),  # pdfium's line ends in a blank: so did the source's
        ("without\nconsent", "without consent"),
        (f"exam{HYPHEN}ple", "example"),
        (f"10{HYPHEN}20건", "10-20건"),
        ("well-\nknown", "well-known"),
        ("10-\n20건", "10-20건"),
        ("5,764\n120", "5,764 120"),
        ("(\n가나 )\n안면 인식", "(가나 ) 안면 인식"),
        ("안면\n(인식)", "안면 (인식)"),
        ("법무부·\n감사원", "법무부·감사원"),
        ("  안면   인식\n\n", "안면 인식"),
        ("쓴다.\n안면 인식", "쓴다. 안면 인식"),
        ("비중\n(%)\n세계", "비중 (%) 세계"),
    ],
)
def test_line_ends_are_resolved(text: str, read: str) -> None:
    assert choices(text, Usage(USAGE.text + "\n안면 (인식)" * 9))[0] == read


@pytest.mark.parametrize("text", ["추진 근거\n○ 업무협약", "개요\n① 확보", "가나\n※ 다라", "○\n가나"])
def test_a_bullet_stands_apart(text: str) -> None:
    """Also where the papers at hand tell nothing of it."""
    assert choices(text, Usage("")) == (text.replace("\n", " "),)


def test_one_reading_where_papers_tell() -> None:
    assert choices("개인정\n보를") == ("개인정보를",)
    assert choices("개인정보를\n동의를") == ("개인정보를 동의를",)


def test_both_readings_where_they_do_not() -> None:
    assert set(choices("밝혔\n음", Usage(""))) == {"밝혔음", "밝혔 음"}
    assert len(choices("가\n나\n다\n라\n마", Usage(""))) == MOST_CHOICES


def test_a_hyphen_stays_in_words_that_papers_write_so() -> None:
    assert choices(f"well{HYPHEN}known", Usage("well-known")) == ("well-known", "wellknown")


def test_running_heads_inside_are_left_out() -> None:
    text = "안면 인식\n- 3 -\n기술을 쓴다"
    page = page_of(text, furniture=(Furniture(FurnitureKind.NUMBER, 6, 11),))
    found = clean_quotation(page, Span(0, len(text)), USAGE)
    assert found.choices[0] == "안면 인식 기술을 쓴다"
    assert found.passage == (Span(0, 6), Span(11, len(text)))


def test_a_running_head_by_itself_can_be_quoted() -> None:
    page = page_of(
        "추진 계획\n안면 인식\n3쪽",
        furniture=(Furniture(FurnitureKind.HEAD, 0, 6), Furniture(FurnitureKind.NUMBER, 12, 14)),
    )
    found = clean_quotation(page, Span(3, 5), USAGE)
    assert (found.choices, found.passage, found.grade) == (("계획",), (Span(3, 5),), Grade.EXACT)
    assert clean_quotation(page, Span(12, 14), USAGE).choices == ("3쪽",)


@pytest.mark.parametrize(
    ("text", "cut", "whole"),
    [
        ("총 5,764만 건", "764", "5,764"),
        ("온도는 -5 도", "5", "-5"),
        ("이를 비공개 한다", "공개", "비공개"),
        ("it is unable to", "able", "unable"),
        ("비율은 12.5% 이다", "12", "12.5%"),
    ],
)
def test_a_cut_figure_or_negation_is_made_whole(text: str, cut: str, whole: str) -> None:
    start = text.index(cut)
    found = clean_quotation(page_of(text), Span(start, start + len(cut)), USAGE)
    assert (found.choices, found.grade) == ((whole,), Grade.EXACT)
    assert found.passage == (Span(text.index(whole), text.index(whole) + len(whole)),)


def test_withheld_text_is_refused() -> None:
    page = page_of("성명 홍길동 귀하", withheld=(Withheld(3, 6, (0, 0, 1, 1)),))
    for span in (Span(0, 9), Span(3, 6), Span(2, 4)):
        with pytest.raises(WithheldPassage):
            clean_quotation(page, span, USAGE)
    assert clean_quotation(page, Span(7, 9), USAGE).choices == ("귀하",)


@pytest.mark.parametrize(("start", "end"), [(-1, 2), (3, 3), (4, 2), (0, 99)])
def test_what_is_no_stretch_is_refused(start: int, end: int) -> None:
    with pytest.raises(UsageError, match="no stretch"):
        clean_quotation(page_of("안면 인식"), Span(start, end), USAGE)


def test_signs_alone_are_refused() -> None:
    with pytest.raises(NoWords):
        clean_quotation(page_of("가 ※ 나"), Span(1, 4), USAGE)


def test_hostile_signs_do_not_come_along() -> None:
    text = "안면\u202e 인\u200b식\u0007 기술"
    found = clean_quotation(page_of(text), Span(0, len(text)), USAGE)
    assert found.choices[0] == "안면\ufffd 인식\ufffd 기술"


def drawn(corpus: Corpus, count: int, seed: int) -> None:
    """Quote stretches drawn at random: each reading must be exact on its page to whoever looks for it."""
    lots = random.Random(seed)
    with Searcher(corpus) as searcher:
        pages = [
            page for id in sorted(corpus.store.documents()) for page in corpus.store.pages(id) if page.text.strip()
        ]
        usage, done = Usage.of(pages), 0
        for _ in range(count):
            page = lots.choice(pages)
            start = lots.randrange(len(page.text))
            span = Span(start, min(len(page.text), start + lots.choice((8, 40, 250))))
            try:
                found = clean_quotation(page, span, usage)
            except (NoWords, WithheldPassage):
                continue
            done += 1
            for choice in found.choices:
                assert not set(choice) & {"\n", HYPHEN}
                assert choice == choice.strip()
                places = searcher.quote(choice, page.document, limit=2_000).places
                assert (page.number, Grade.EXACT) in {(place.page, place.grade) for place in places}, (span, choice)
        assert done > count / 2


def test_every_reading_of_the_sample_is_exact(corpus: Corpus) -> None:
    ingest(corpus, SAMPLE)
    drawn(corpus, 100, seed=20191021)


@pytest.mark.skipif(not KOREAN.is_dir(), reason="the papers in shared/data are not here")
def test_every_reading_of_real_korean_papers_is_exact(corpus: Corpus) -> None:
    ingest(corpus, *(path for path in sorted(KOREAN.iterdir()) if path.stat().st_size < 1_000_000))
    drawn(corpus, 40, seed=7)


def test_between_two_cells_stands_a_blank_however_the_lines_end() -> None:
    page = page_of("구분\t대수\n카메라\t88\n합계\t백\n팔십팔")
    cells = (
        Cell(1, 1, 0, 2),
        Cell(1, 2, 3, 5),
        Cell(2, 1, 6, 9),
        Cell(2, 2, 10, 12),
        Cell(3, 1, 13, 15),
        Cell(3, 2, 16, 21),
    )
    within = replace(page, tables=(Table(1, cells),))
    assert clean_quotation(page, Span(0, 12), USAGE).choices != ("구분 대수 카메라 88",)
    found = clean_quotation(within, Span(0, 15), USAGE)
    assert (found.choices, found.grade) == (("구분 대수 카메라 88 합계",), Grade.EXACT)
    assert len(clean_quotation(within, Span(13, 21), USAGE).choices) == 2  # within a cell a line end is what it was
