"""Saved searches in the catalogue: kept, put away, brought back, looked at; who may know of them."""

from __future__ import annotations

import unicodedata

import pytest

from corpus import Corpus
from corpus import saved_searches as kept
from corpus.custody import verify
from corpus.errors import NotFound, UsageError
from corpus.model import Audience
from tests.conftest import Write


def names(corpus: Corpus, **options: object) -> list[str]:
    return [each.name for each in kept.saved_searches(corpus.store, **options)]  # type: ignore[arg-type]


def test_a_search_is_kept_as_it_was_given(corpus: Corpus, write: Write) -> None:
    write("동의")
    made = kept.save(
        corpus.store,
        " 출입국  사진 ",
        '"안면 이미지" agency:법무부',
        author="김보좌",
        sort="date",
        chosen={"agency": {"법무부", "감사원"}, "year": ()},
        excluded={"kind": ["pdf"]},
    )
    assert (made.name, made.query, made.sort) == ("출입국 사진", '"안면 이미지" agency:법무부', "date")
    assert (made.chosen, made.excluded) == ({"agency": ("감사원", "법무부")}, {"kind": ("pdf",)})
    assert (made.author, made.editor, made.deleted) == ("김보좌", "김보좌", False)
    assert made.seen == corpus.store.last_change() > 0
    assert kept.saved_searches(corpus.store) == [made]
    assert kept.saved_search(corpus.store, "출입국 사진") == made


def test_it_outlives_the_process(corpus: Corpus) -> None:
    made = kept.save(corpus.store, "동의", "동의", author="김")
    with Corpus.open(corpus.folder) as again:
        assert kept.saved_searches(again.store) == [made]
        assert verify(again) == []


def test_names_are_found_as_people_type_them(corpus: Corpus) -> None:
    made = kept.save(corpus.store, "얼굴 AI", "얼굴", author="김")
    for typed in (unicodedata.normalize("NFD", "얼굴 AI"), "얼굴 ai", " 얼굴  AI ", made.id, made.id[:8]):
        assert kept.saved_search(corpus.store, typed) == made
    with pytest.raises(NotFound, match="there are: 얼굴 AI"):
        kept.saved_search(corpus.store, "없음")
    with pytest.raises(NotFound):
        kept.saved_search(corpus.store, made.id[:3])
    with pytest.raises(UsageError, match="already"):
        kept.save(corpus.store, unicodedata.normalize("NFD", "얼굴 ai"), "다른 것", author="이")


@pytest.mark.parametrize(("name", "query"), [("", "동의"), (" \n", "동의"), ("가" * 201, "동의"), ("가", " ")])
def test_nothing_empty_is_kept(corpus: Corpus, name: str, query: str) -> None:
    with pytest.raises(UsageError):
        kept.save(corpus.store, name, query, author="김")
    assert names(corpus) == []


def test_what_sqlite_cannot_hold_is_marked(corpus: Corpus) -> None:
    made = kept.save(corpus.store, "가\x00나\ud800", "동의\x00", author="김")
    assert kept.saved_search(corpus.store, made.name) == made
    assert "\x00" not in made.name + made.query


def test_removed_is_put_away_and_comes_back(corpus: Corpus) -> None:
    made = kept.save(corpus.store, "동의", "동의", author="김")
    gone = kept.remove(corpus.store, made.id, editor="이")
    assert (gone.deleted, gone.editor) == (True, "이")
    assert (names(corpus), names(corpus, deleted=True)) == ([], ["동의"])
    with pytest.raises(NotFound):
        kept.saved_search(corpus.store, "동의")
    assert kept.remove(corpus.store, made.id, editor="박") == gone  # doing it twice changes nothing
    back = kept.restore(corpus.store, kept.saved_search(corpus.store, "동의", deleted=True).id, editor="박")
    assert (back.deleted, back.query, back.seen) == (False, "동의", made.seen)
    assert kept.restore(corpus.store, made.id, editor="김") == back
    said = [(row.who, row.what) for row in corpus.store.log()]
    assert said == [("김", "search saved"), ("이", "saved search removed"), ("박", "saved search restored")]


def test_a_name_that_is_taken_is_not_brought_back(corpus: Corpus) -> None:
    first = kept.save(corpus.store, "동의", "동의", author="김")
    kept.remove(corpus.store, first.id, editor="김")
    second = kept.save(corpus.store, "동의", "동의 없이", author="김")
    with pytest.raises(UsageError, match="already"):
        kept.restore(corpus.store, first.id, editor="김")
    kept.remove(corpus.store, second.id, editor="김")
    assert names(corpus, deleted=True) == ["동의", "동의"]
    assert kept.restore(corpus.store, first.id, editor="김").query == "동의"


def test_renamed_it_is_the_same_search(corpus: Corpus, write: Write) -> None:
    made = kept.save(corpus.store, "동의", "동의", author="김", chosen={"agency": ["법무부"]})
    other = kept.save(corpus.store, "얼굴", "얼굴", author="김")
    write("동의")
    new = kept.rename(corpus.store, made.id, unicodedata.normalize("NFD", " 동의  없이 "), editor="이")
    assert (new.id, new.name, new.query, new.chosen, new.seen) == (
        made.id,
        "동의 없이",
        made.query,
        made.chosen,
        made.seen,
    )
    assert (new.author, new.editor) == ("김", "이")
    assert kept.saved_search(corpus.store, "동의 없이") == new
    last = corpus.store.log()[-1]
    assert (last.who, last.what) == ("이", "saved search renamed")
    assert "동의 → 동의 없이" in last.detail
    before = len(corpus.store.log())
    assert kept.rename(corpus.store, made.id, "동의 없이", editor="박") == new  # nothing changes, nothing is logged
    assert len(corpus.store.log()) == before
    with pytest.raises(UsageError, match="already"):
        kept.rename(corpus.store, made.id, unicodedata.normalize("NFD", "얼굴"), editor="이")
    for empty in ("", " ", "가" * 201):
        with pytest.raises(UsageError):
            kept.rename(corpus.store, made.id, empty, editor="이")
    kept.rename(corpus.store, other.id, "AI", editor="이")
    assert kept.rename(corpus.store, other.id, "ai", editor="이").name == "ai"  # its own name is not taken
    assert kept.rename(corpus.store, made.id, "얼굴", editor="이").name == "얼굴"  # the name is free again
    kept.remove(corpus.store, made.id, editor="이")
    with pytest.raises(NotFound, match="restore"):
        kept.rename(corpus.store, made.id, "다른", editor="이")
    with pytest.raises(NotFound):
        kept.rename(corpus.store, other.id, "다른", editor="이", audience=Audience(frozenset({"갑"})))
    assert names(corpus) == ["ai"]


def test_looking_goes_forward_alone(corpus: Corpus, write: Write) -> None:
    made = kept.save(corpus.store, "동의", "동의", author="김")
    write("하나", name="하나.pdf")
    middle = corpus.store.last_change()
    write("둘", name="둘.pdf")
    assert kept.looked(corpus.store, made.id, middle, editor="이").seen == middle
    assert kept.looked(corpus.store, made.id, made.seen, editor="이").seen == middle
    assert kept.looked(corpus.store, made.id, 10**9, editor="이").seen == corpus.store.last_change()
    last = corpus.store.log()[-1]
    assert (last.who, last.what) == ("이", "saved search looked at")


def test_changes_tell_new_from_changed(corpus: Corpus, write: Write) -> None:
    old = write("하나", name="하나.pdf")
    since = corpus.store.last_change()
    new = write("둘", name="둘.pdf")
    with corpus.store.writing() as record:
        record.edit(old, "title", "제목", "김")
    until = corpus.store.last_change()
    write("셋", name="셋.pdf")
    assert kept.changed_between(corpus.store, since, until) == {old: False, new: True}
    assert kept.changed_between(corpus.store, until, until) == {}


def test_who_sees_less_is_not_told(corpus: Corpus) -> None:
    one, both = Audience(frozenset({"갑"})), Audience(frozenset({"갑", "을"}))
    kept.save(corpus.store, "모두", "동의", author="김")
    wide = kept.save(corpus.store, "둘", "동의", author="김", audience=both)
    kept.save(corpus.store, "하나", "동의", author="김", audience=one)
    assert names(corpus, audience=one) == ["하나"]
    assert names(corpus, audience=both) == ["둘", "하나"]
    assert names(corpus) == ["둘", "모두", "하나"]
    for refused in (kept.remove, kept.restore):
        with pytest.raises(NotFound):
            refused(corpus.store, wide.id, editor="이", audience=one)
    with pytest.raises(NotFound):
        kept.looked(corpus.store, wide.id, 1, editor="이", audience=one)
    kept.save(corpus.store, "둘", "동의", author="이", audience=one)  # that it is taken would tell of the other
    with pytest.raises(NotFound, match="give the id"):
        kept.saved_search(corpus.store, "둘")
