"""The gap: pages that the index does not know yet are looked through, each read once, and never as they were before."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.folding import squash
from corpus.model import Page
from search import Searcher
from search.engines.scan import ScanIndex
from search.gap import Gap, Letters, ends_as_begins
from search.grading import Grade
from search.stretches import Read

Write = Callable[..., str]
TEXTS = st.text("가나다 ab1\n-", max_size=30)


class Behind(ScanIndex):
    """An index that was last written before anything was there."""

    def state(self):  # type: ignore[no-untyped-def]
        from dataclasses import replace

        return replace(super().state(), change=0)

    def candidates(self, *_, **__):  # type: ignore[no-untyped-def]
        return []


def test_a_quotation_is_found_before_the_index_knows_it(corpus: Corpus, write: Write) -> None:
    write("동의를 받지 않고 이전하였다", "다음 쪽")
    with Searcher(corpus, index=Behind(corpus.store)) as searcher:
        assert searcher.quote("받지 않고").grade is Grade.EXACT
        assert searcher.quote("이전하였다 다음").grade is Grade.EXACT
        assert searcher.quote("없는 말").grade is Grade.ABSENT


def test_a_page_read_anew_is_not_answered_from_memory(corpus: Corpus, write: Write) -> None:
    document = write("동의를 받지 않고", fingerprint="test-1")
    with Searcher(corpus, index=Behind(corpus.store)) as searcher:
        assert searcher.quote("동의를 받지 않고").grade is Grade.EXACT
        write("동의를 모두 받고", fingerprint="test-2", document=document)
        assert searcher.quote("동의를 받지 않고").grade is not Grade.EXACT
        assert searcher.quote("동의를 모두 받고").grade is Grade.EXACT


def test_each_page_is_read_once(corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    document = write("첫 쪽", "둘째 쪽")
    gap = Gap()
    assert list(gap.candidates("쪽", [document], corpus.store)) == [(document, 1), (document, 2)]
    monkeypatch.setattr(corpus.store, "pages", lambda _: pytest.fail("read a second time"))
    assert list(gap.candidates("둘째", [document], corpus.store)) == [(document, 2)]


@given(TEXTS, TEXTS.map(squash).filter(bool))
def test_letters_tell_what_the_page_itself_would(text: str, wanted: str) -> None:
    page = Page("0" * 64, 1, "f", text)
    letters, read = Letters.of(page), Read.of(page)
    assert (letters.squashed, letters.squashed[: letters.body]) == (read.squashed, read.letters)
    assert letters.may_begin(wanted) == read.may_begin(wanted)


@given(st.text("가나다", max_size=12), st.text("가나다", min_size=1, max_size=6), st.integers(0, 12))
def test_a_quotation_may_begin_where_its_first_letters_end_a_page(letters: str, wanted: str, end: int) -> None:
    end = min(end, len(letters))
    by_hand = any(letters[:end].endswith(wanted[:length]) for length in range(1, len(wanted)))
    assert ends_as_begins(letters, end, wanted) == by_hand
