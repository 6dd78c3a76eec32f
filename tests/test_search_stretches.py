"""Pages in reading order: the quick ways give what the plain ones do."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import folding
from corpus.model import Furniture, FurnitureKind, Page, PageSpan
from search import stretches
from search.analysis import reading, reading_text
from search.gap import ends_as_begins
from search.grading import PAGE_END, Difference, _between, _group_end, _letters, inside
from search.stretches import Read, Stretch, squash, squashed, standing

# Everyday text, and signs that folding takes apart, joins, lowers or takes out.
EVERYDAY = "가나다 ab.C1, -·「\n一█"
ODD = "㎡①ﬃ\u0301\u1161\u1100²ＡΣ\ufffe\u00adㆍéİ\f"
TEXTS = st.one_of(st.text(EVERYDAY, max_size=60), st.text(EVERYDAY + ODD, max_size=60))


def page(text: str, cuts: list[int], number: int = 1) -> Page:
    cuts = sorted(cut for cut in cuts if cut <= len(text))
    marks = tuple(Furniture(FurnitureKind.HEAD, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    return Page("d", number, "f", text, furniture=marks)


PAGES = st.builds(page, TEXTS, st.lists(st.integers(0, 60), max_size=4, unique=True))


def test_everyday_signs_are_only_lowered() -> None:
    everyday = [chr(code) for code in range(0x10000) if stretches._EVERYDAY.fullmatch(chr(code))]
    assert len(everyday) > 32_000
    assert folding.fold("".join(everyday)).text == "".join(everyday).lower()
    assert all(len(char.lower()) == 1 for char in everyday)


@given(TEXTS, TEXTS)
def test_letters_are_those_of_folding(text: str, other: str) -> None:
    assert squash(text) == folding.squash(text)
    mine, its = squashed(text), folding.squashed(text)
    assert (mine.text, list(mine.starts), list(mine.ends)) == (its.text, list(its.starts), list(its.ends))
    whole = folding.squash(text)
    for start, end in pairwise(sorted({0, len(whole) // 3, len(whole) // 2, len(whole)})):
        for wanted in (whole[start:end], folding.squash(other)):
            if wanted:
                found = [(each.text, list(each.starts), list(each.ends)) for each in standing(wanted, text)]
                expected = folding.occurrences(wanted, text)
                assert found == [(each.text, list(each.starts), list(each.ends)) for each in expected]


@given(PAGES)
def test_reading_order_without_its_map(page: Page) -> None:
    assert reading_text(page) == reading(page).text


@given(PAGES, st.text("가나다ab1", min_size=1, max_size=12))
def test_a_quotation_may_begin_where_the_running_text_ends(page: Page, wanted: str) -> None:
    whole, beyond = folding.squash(reading_text(page)), folding.squash(reading_text(page)[Read.of(page).body :])
    letters = whole[: len(whole) - len(beyond)]
    assert Read.of(page).may_begin(wanted) == ends_as_begins(letters, len(letters), wanted)
    assert Read.of(page).letters == letters


@given(st.lists(PAGES, min_size=1, max_size=3), st.data())
def test_a_passage_has_every_code_point_where_it_stands(pages: list[Page], data: st.DataObject) -> None:
    pages = [Page("d", n, "f", each.text, furniture=each.furniture) for n, each in enumerate(pages, start=1)]
    run = [Read.of(each) for each in pages]
    if len(run) == 1:
        stretch, where = Stretch.of_page(run[0]), [(1, at) for at in reading(pages[0]).starts]
    else:
        stretch, where = Stretch.of_bodies(run), []
        for read in run:
            where += [(read.page.number, at) for at in reading(read.page).starts[: read.body]]
            where.append((0, 0))  # the form feed between
    start = data.draw(st.integers(0, len(stretch.text)))
    end = data.draw(st.integers(start, len(stretch.text)))
    expected: list[PageSpan] = []
    for at in range(start, end):
        if stretch.text[at] != PAGE_END:
            number, offset = where[at]
            if expected and (expected[-1].page, expected[-1].end) == (number, offset):
                expected[-1] = PageSpan(number, expected[-1].start, offset + 1)
            else:
                expected.append(PageSpan(number, offset, offset + 1))
            assert stretch.page_at(at) == number
    assert stretch.passage(start, end) == tuple(expected)


@given(
    st.lists(st.tuples(st.sampled_from("가나ab19²㎡ﬃé"), st.sampled_from(["", " ", "\n", ".", "-", "\ufffe", "  "]))),
    st.data(),
)
@pytest.mark.parametrize("any_case", [False, True])
def test_differences_are_those_seen_letter_by_letter(
    any_case: bool, letters: list[tuple[str, str]], data: st.DataObject
) -> None:
    """The same letters on both sides, written differently and with other signs between."""
    same = {"a": "aA", "b": "bＢ", "1": "1１", "ﬃ": ("ffi", "ﬃ"), "㎡": ("m2", "㎡", "M2")}
    signs = st.sampled_from(["", " ", "\n", ",", "\u200b"])
    quote = "".join(data.draw(st.sampled_from(same.get(letter, letter))) + data.draw(signs) for letter, _ in letters)
    text = "".join(letter + sign for letter, sign in letters)
    mine, theirs = folding.squashed(quote), folding.squashed(text)
    if not mine.text or mine.text != theirs.text:
        return
    expected: list[Difference | None] = []
    i = 0
    while i < len(mine.text):
        j = _group_end(mine, theirs, i)
        a, b, c, d = mine.starts[i], mine.ends[j - 1], theirs.starts[i], theirs.ends[j - 1]
        if quote[a:b] != text[c:d]:
            expected.append(_letters(quote[a:b], text[c:d], any_case))
        if i:
            ended, over = mine.ends[i - 1], theirs.ends[i - 1]
            expected.append(_between(quote[ended:a], text[over:c], text[over - 1], text[c]))
        i = j
    assert inside(quote, mine, text, theirs, any_case) == [each for each in expected if each is not None]
