"""Pages like a page."""

from __future__ import annotations

import pytest

from corpus import Corpus
from search import Searcher
from search.alike import alike
from tests.conftest import Write

ABOUT_FACES = "안면인식 알고리즘을 학습한다. 안면인식 데이터는 출입국 심사에 쓰인다."
ABOUT_TAX = "지방세 징수 현황. 지방세를 체납한 법인의 명단을 공개한다."


@pytest.fixture
def papers(corpus: Corpus, write: Write) -> dict[str, str]:
    return {
        "faces": write(ABOUT_FACES, "차례", name="가.pdf"),
        "faces too": write("출입국 심사대의 안면인식 오류와 학습 데이터를 점검했다.", name="나.pdf"),
        "tax": write(ABOUT_TAX, name="다.pdf"),
        "tax too": write("법인이 지방세를 체납하면 징수한다.", name="라.pdf"),
        "english": write("The algorithm learns faces at the border.", name="e.pdf"),
        "english too": write("Faces at the border: an algorithm that learns.", name="f.pdf"),
    }


@pytest.mark.parametrize(("one", "other"), [("faces", "faces too"), ("tax", "tax too"), ("english", "english too")])
def test_the_page_on_the_same_matter_comes_first(corpus: Corpus, papers: dict[str, str], one: str, other: str) -> None:
    with Searcher(corpus) as searcher:
        page = corpus.store.pages(papers[one])[0]
        tree = alike(page, searcher.index)
        assert tree is not None
        found = [hit.page.document for hit in searcher.search(tree).hits if hit.page.document != papers[one]]
    assert found[0] == papers[other]
    assert not {papers["tax" if one != "tax" else "faces"]} & set(found)


def test_a_page_that_says_too_little_is_like_none(corpus: Corpus, papers: dict[str, str]) -> None:
    with Searcher(corpus) as searcher:
        assert alike(corpus.store.pages(papers["faces"])[1], searcher.index) is None
