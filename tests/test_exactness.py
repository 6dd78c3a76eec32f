"""The exactness benchmark in small, on generated papers: all verbatim quotations found, no changed one called found."""

from __future__ import annotations

import random

import pytest

from benchmarks.exactness import CHANGES, Tally, call_all, changed, find_all, verbatim
from benchmarks.truth import Letters, Truth, set_articles
from corpus import Corpus
from search import Searcher

NUMBER = 60
SUBJECTS = [
    "법무부",
    "출입국본부",
    "인천공항공사",
    "개인정보보호위원회",
    "과학기술정보통신부",
    "감사원",
    "국가인권위원회",
    "민간 업체",
]
OBJECTS = [
    "안면 데이터",
    "출입국 기록",
    "식별추적 시스템",
    "동의서 사본",
    "업무협약서",
    "예산 내역",
    "영상 자료",
    "AI 학습용 자료",
]
ADVERBS = [
    "정보주체의 동의를 받지 않고",
    "관계 법령에 따라",
    "국회에 보고하지 아니하고",
    "심의를 거쳐",
    "내부 결재만으로",
]
VERBS = ["제공하였다", "보관하고 있다", "파기하였다", "공개하지 않았다", "이관하였다", "분석한다", "수집하여 이용했다"]
ENGLISH = ["The agency provided", "A contractor stored", "The ministry did not disclose", "An auditor is reviewing"]


def article(lots: random.Random) -> str:
    """Return sentences with figures, dates, negations and units, in Korean and some English."""
    sentences = []
    for _ in range(60):
        year, month, day = lots.randint(2016, 2023), lots.randint(1, 12), lots.randint(1, 28)
        amount = lots.choice(
            [f"{lots.randint(1, 9)}억 {lots.randint(1, 9)}천만여 건", f"{lots.randint(100, 999_999):,}명"]
        )
        if lots.random() < 0.2:
            sentences.append(f"{lots.choice(ENGLISH)} {lots.randint(2, 900)} million images in the year {year}.")
        else:
            sentences.append(
                f"{lots.choice(SUBJECTS)}는 {year}년 {month}월 {day}일 {lots.choice(ADVERBS)} "
                f"{lots.choice(OBJECTS)} {amount}을 {lots.choice(VERBS)}."
            )
    return " ".join(sentences)


@pytest.fixture
def truths(corpus: Corpus) -> list[Truth]:
    lots = random.Random(20211021)
    return list(set_articles(corpus, {f"자료 {number}": article(lots) for number in range(6)}))


def told(tally: Tally) -> str:
    return "\n".join([str(tally.counts), *tally.wrong])


def test_verbatim_quotations_are_found_on_their_page(corpus: Corpus, truths: list[Truth]) -> None:
    letters = {truth.document: Letters.of(corpus, truth.document) for truth in truths}
    drawn = verbatim(truths, NUMBER, random.Random(1))
    assert {each.how for each in drawn} > {"verbatim", "re-spaced", "verbatim, over a page end"}
    with Searcher(corpus) as searcher:
        tally = find_all(drawn, searcher, letters)
    assert tally.counts == {"found on the right page": NUMBER}, told(tally)


def test_changed_quotations_are_altered_and_never_found(corpus: Corpus, truths: list[Truth]) -> None:
    letters = {truth.document: Letters.of(corpus, truth.document) for truth in truths}
    drawn = changed(truths, NUMBER, letters, random.Random(2))
    assert {each.how for each in drawn} == set(CHANGES)
    with Searcher(corpus) as searcher:
        tally = call_all(drawn, searcher, letters)
    assert set(tally.counts) <= {"altered, with the right passage", "altered, with another passage"}, told(tally)
    assert tally.counts["altered, with the right passage"] >= 0.95 * NUMBER, told(tally)  # sentences much alike
