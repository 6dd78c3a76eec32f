"""Quotations over the columns of a page: from the foot of the left one to the head of the right, and on to a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Corpus
from corpus.folding import HYPHEN
from search import Searcher
from search.grading import Grade
from tests import pdfs
from tests.ingests import ingest

# A word goes on at the head of the next column, as Korean words do at any line end; an English one has a hyphen there.
LEFT = (
    "법무부는 출입국 심사를",
    "고도화하기 위하여 내국인과",
    "외국인의 얼굴 사진을 민간",
    "업체에 제공하였으며 정보주",
)
RIGHT = (
    "체의 동의를 받지 않았다.",
    "The images of 170 million travel-",
    "lers were handed over without",
    "consent and nobody was noti-",
)
NEXT_LEFT = ("fied of it. 위원회는 이를", "조사하여 시정을 권고한다.")
NEXT_RIGHT = ("끝으로 자료를 파기한다.",)


def _column(texts: tuple[str, ...], x: float, foot: bool = False) -> pdfs.Draw:
    """Draw a column of lines; with `foot`, down to the foot of the page."""
    return pdfs.lines(*texts, x=x, top=490 if foot else 60, font=pdfs.korean())


@pytest.fixture
def searcher(corpus: Corpus, tmp_path: Path) -> Searcher:
    first = pdfs.all_of(_column(LEFT, 20, foot=True), _column(RIGHT, 210))
    second = pdfs.all_of(_column(NEXT_LEFT, 20), _column(NEXT_RIGHT, 210))
    ingest(corpus, pdfs.make(tmp_path / "두 단.pdf", first, second))
    return Searcher(corpus)


@pytest.mark.parametrize(
    ("quotation", "first", "last"),
    [
        ("민간 업체에 제공하였으며 정보주체의 동의를 받지 않았다", 1, 1),
        ("민간업체에 제공하였으며 정보주체의동의를 받지않았다", 1, 1),
        ("정보주체의", 1, 1),
        ("주체", 1, 1),
        ("사진을 민간 업체에 제공하였으며 정보주체의 동의를 받지 않았다. The images of 170 million travellers", 1, 1),
        ("nobody was notified of it. 위원회는 이를 조사하여", 1, 2),
        ("시정을 권고한다. 끝으로 자료를 파기한다.", 2, 2),
    ],
)
def test_a_quotation_goes_on_in_the_next_column(searcher: Searcher, quotation: str, first: int, last: int) -> None:
    with searcher:
        result = searcher.quote(quotation)
    assert result.grade <= Grade.TYPOGRAPHY
    (place,) = result.places
    assert sorted({span.page for span in place.passage}) == list(range(first, last + 1))
    (document,) = searcher.corpus.store.visible()
    texts = {page.number: page.visible for page in searcher.corpus.store.pages(document)}
    said = "".join(texts[span.page][span.start : span.end] for span in place.passage)
    assert "".join(said.replace(HYPHEN, "").replace("-", "").split()) == "".join(quotation.split())


def test_what_stands_beside_each_other_in_two_columns_is_no_passage(searcher: Searcher) -> None:
    with searcher:
        assert searcher.quote("끝으로 자료를 파기한다. 조사하여").grade > Grade.TYPOGRAPHY
        assert searcher.quote("위원회는 이를 끝으로").grade > Grade.TYPOGRAPHY
        assert searcher.search('"위원회는 이를 끝으로"').total == 0
        assert searcher.search('"정보주체의 동의를"').total == 1


def test_a_changed_passage_over_columns_is_called_altered(searcher: Searcher) -> None:
    with searcher:
        result = searcher.quote("민간 업체에 제공하였으며 정보주체의 동의를 받았다")
    assert result.grade is Grade.ALTERED
    assert (result.places[0].page, "정보주" in result.places[0].text) == (1, True)
