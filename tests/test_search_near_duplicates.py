"""Papers nearly alike: found, kept, caught up with, and shown only to who may see both."""

from __future__ import annotations

import random

import numpy as np
import pytest
import sqlalchemy as sa

from corpus import Corpus, tables
from corpus.errors import CorpusLocked
from corpus.locking import only_writer
from corpus.model import Audience, Furniture, FurnitureKind, Page
from corpus.purging import plan
from ingest.purging import purge
from search.indexes import index_folder
from search.near_duplicates import left, likeness, link, pairs, shingles
from search.similar_papers import NAMESAKES, papers_alike
from tests.conftest import Write

SYLLABLES = "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후"


def prose(seed: int, words: int = 300) -> str:
    lots = random.Random(seed)
    return " ".join("".join(lots.choices(SYLLABLES, k=lots.randint(2, 4))) for _ in range(words))


def all_pairs(corpus: Corpus) -> list[tuple[str, str]]:
    return [(each.document, each.other) for each in pairs(corpus, corpus.store.documents())]


def changed(text: str, share: float, seed: int = 1) -> str:
    """Replace a share of the words, those at the end."""
    words = text.split()
    keep = round(len(words) * (1 - share))
    return " ".join(words[:keep] + prose(seed + 1000, len(words) - keep).split())


def test_versions_are_linked_and_others_are_not(corpus: Corpus, write: Write) -> None:
    text = prose(1)
    one = write(text, prose(2), name="계획.pdf")
    near = write(changed(text, 0.05), prose(2), name="계획 수정.pdf")
    write(changed(text, 0.5), prose(3), name="반쯤.pdf")
    write(prose(4), name="다른.pdf")
    assert link(corpus) == 4
    (found,) = pairs(corpus, corpus.store.documents())
    assert {found.document, found.other} == {one, near}
    assert found.document < found.other
    expected = likeness(corpus.store.pages(one), corpus.store.pages(near))
    assert found.likeness == expected
    assert 0.9 < found.likeness < 1


def test_no_pair_above_the_bound_is_missed(corpus: Corpus, write: Write) -> None:
    written = {}
    for number in range(30):
        text = prose(number)
        written[write(text, name=f"{number}가.pdf")] = text
        shifted = changed(text, number / 100, number)
        written[write(shifted, name=f"{number}나.pdf")] = shifted
    link(corpus)
    sets = {document: shingles(corpus.store.pages(document)) for document in written}
    wanted = set()
    for one in sets:
        for other in sets:
            common = np.intersect1d(sets[one], sets[other]).size
            if one < other and common / (sets[one].size + sets[other].size - common) >= 0.8:
                wanted.add((one, other))
    assert set(all_pairs(corpus)) == wanted
    assert 5 < len(wanted) < 30


def test_only_what_is_new_or_changed_is_compared(corpus: Corpus, write: Write) -> None:
    text = prose(1)
    one = write(text, name="가.pdf")
    assert link(corpus) == 1
    assert link(corpus) == 0
    two = write(changed(text, 0.02), name="나.pdf")
    assert list(left(corpus)) == [two]
    assert link(corpus) == 1
    assert all_pairs(corpus) == [(min(one, two), max(one, two))]
    with corpus.store.writing() as record:
        record.pages([Page(two, 1, "test-2", prose(9))])
        record.change(two, "read")
    assert link(corpus) == 1
    assert all_pairs(corpus) == []


@pytest.mark.parametrize("damage", ["lost", "cut", "other"])
def test_a_lost_cache_is_made_anew(corpus: Corpus, write: Write, damage: str) -> None:
    text = prose(1)
    one = write(text, name="가.pdf")
    link(corpus)
    file = index_folder(corpus) / "alike.npz"
    if damage == "lost":
        file.unlink()
    elif damage == "cut":
        file.write_bytes(file.read_bytes()[:100])
    else:
        np.savez(file, ids=np.array([one]), method=99)
    two = write(changed(text, 0.02), name="나.pdf")
    assert link(corpus) == 1
    assert all_pairs(corpus) == [(min(one, two), max(one, two))]


def test_running_heads_blanks_and_signs_do_not_count() -> None:
    text = prose(1)
    head = "법무부 내부검토용 "
    headed = Page("가", 1, "f", head + text, furniture=(Furniture(FurnitureKind.HEAD, 0, len(head)),))
    assert likeness([Page("나", 1, "f", text.replace(" ", "\n"))], [headed]) == 1


def test_a_short_paper_is_not_compared(corpus: Corpus, write: Write) -> None:
    write("붙임 1부. 끝.", name="가.pdf")
    write("붙임 1부.  끝.", name="나.pdf")
    assert link(corpus) == 2
    assert all_pairs(corpus) == []
    assert likeness([], []) is None


def test_who_does_not_see_both_learns_of_neither(corpus: Corpus, write: Write) -> None:
    text = prose(1)
    write(text, name="계획.pdf", release="가")
    two = write(changed(text, 0.02), name="계획.pdf", release="나")
    link(corpus)
    assert len(papers_alike(corpus)[0]) == 1
    assert papers_alike(corpus, audience=Audience(frozenset({"나"}))) == ([], [])
    assert papers_alike(corpus, two, Audience(frozenset({"나"}))) == ([], [])
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(two), "나")
    link(corpus)
    assert papers_alike(corpus) == ([], [])
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(two), "나", removed=False)
    assert link(corpus) == 1
    assert len(papers_alike(corpus)[0]) == 1


def test_one_title_links_papers_whatever_they_say(corpus: Corpus, write: Write) -> None:
    one = write(prose(1), name="업무 협약서.pdf", release="가")
    two = write(prose(2), name="업무협약서.hwp", release="나")
    link(corpus)
    (found,), common = papers_alike(corpus, two)
    assert (found.one.document.id, found.other.document.id) == (two, one)
    assert found.same_title
    assert found.likeness is not None
    assert found.likeness < 0.1
    assert common == []
    for number in range(NAMESAKES):
        write(prose(10 + number), name="업무협약서.pdf", release=f"다{number}")
    found_now, common = papers_alike(corpus, two)
    assert found_now == []
    assert [(each.title, each.papers) for each in common] == [("업무 협약서", NAMESAKES + 2)]


def test_withheld_text_counts_nowhere() -> None:
    from corpus.model import Withheld

    text, secret = prose(1), prose(2)
    covered = Page("가", 1, "f", text + secret, withheld=(Withheld(len(text), len(text + secret), (0, 0, 9, 9)),))
    assert likeness([covered], [Page("나", 1, "f", text)]) == 1


def test_only_the_holder_of_the_lock_compares(corpus: Corpus, write: Write) -> None:
    write(prose(1))
    with only_writer(corpus.folder, "testing"), pytest.raises(CorpusLocked):
        link(corpus)
    assert len(left(corpus)) == 1
    with corpus.store.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.alike)) == 0


def test_nothing_is_left_of_a_paper_that_was_purged(corpus: Corpus, write: Write) -> None:
    text = prose(1)
    one, two = write(text, name="가.pdf"), write(changed(text, 0.02), name="나.pdf")
    link(corpus)
    assert len(all_pairs(corpus)) == 1
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(two), "나")
    purge(corpus, plan(corpus.store, corpus.store.occurrences(two)), "나")
    assert all_pairs(corpus) == []
    kept = index_folder(corpus) / "alike.npz"
    assert not kept.exists()
    three = write(changed(text, 0.04), name="다.pdf")
    assert link(corpus) == 1
    with kept.open("rb") as stream:
        assert set(np.load(stream, allow_pickle=False)["ids"]) == {one, three}
