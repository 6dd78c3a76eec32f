"""Where a quotation stands: over page ends, around running heads, never under a cover, and never overlooked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.errors import UsageError
from corpus.folding import HYPHEN, squash
from corpus.model import Audience, Furniture, FurnitureKind, Page, PageSpan, Withheld
from search import Searcher
from search.analysis import JOINT, body_length, entries, reading
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.grading import Grade
from search.quotes import MAX_LENGTH, Place, Sought, on_page
from search.results import QuoteResult
from tests.conftest import Write

HEAD, FOOT, NUMBER = FurnitureKind.HEAD, FurnitureKind.FOOT, FurnitureKind.NUMBER
COVERED = (0.0, 0.0, 1.0, 1.0)


def mark(text: str, part: str, kind: FurnitureKind) -> Furniture:
    return Furniture(kind, text.index(part), text.index(part) + len(part))


def page(text: str, number: int = 1, heads: tuple[str, ...] = (), hidden: str = "") -> Page:
    withheld = (Withheld(text.index(hidden), text.index(hidden) + len(hidden), COVERED),) if hidden else ()
    return Page("d", number, "f", text, furniture=tuple(mark(text, part, HEAD) for part in heads), withheld=withheld)


def covered(place: Place, pages: list[Page]) -> str:
    """Return what a place's spans really say, page by page."""
    texts = {page.number: page.visible for page in pages}
    return "".join(texts[span.page][span.start : span.end] for span in place.passage)


@pytest.fixture
def searchers(corpus: Corpus, tmp_path: Path) -> Iterator[Callable[[], list[Searcher]]]:
    """Open a searcher with each engine, and one with an index that has seen nothing of the corpus."""
    opened: list[Searcher] = []

    def search() -> list[Searcher]:
        opened.append(Searcher(corpus))
        opened.append(Searcher(corpus, index=ScanIndex(corpus.store)))
        opened.append(Searcher(corpus, index=WhooshIndex(tmp_path / "nothing")))
        assert [each.search("무엇").behind for each in opened] == [0, 0, len(corpus.store.visible())]
        return opened

    yield search
    for each in opened:
        each.close()


def spans(result: QuoteResult) -> list[list[tuple[int, int, int]]]:
    return [[(span.page, span.start, span.end) for span in place.passage] for place in result.places]


def test_over_page_ends(write: Write, searchers: Callable[[], list[Searcher]]) -> None:
    one, two, three = (
        "개인정보를 동의 없이\n- 1 -",
        "머리글\n이용",
        "보고서 머리글이 아주 긴 쪽입니다\n하였다는 지적. 동",
    )
    document = write(
        one,
        two,
        three,
        "의 절차 끝",
        furniture={
            1: (mark(one, "- 1 -", NUMBER),),
            2: (mark(two, "머리글", HEAD),),
            3: (mark(three, three.split("\n")[0], HEAD),),
        },
    )
    for search in searchers():
        over = search.quote("동의 없이 이용하였다는 지적")  # the middle page has but two syllables
        assert over.grade is Grade.EXACT
        assert spans(over) == [[(1, 6, 12), (2, 3, 6), (3, 18, 26)]]  # with the line ends at the page ends
        assert over.places[0].document == document
        assert "머리글" not in over.places[0].text
        assert search.quote("동의 없이이용").grade is Grade.EXACT  # a page end may stand for nothing
        assert search.quote("동의 없이, 이용").grade is Grade.ALTERED
        assert search.quote("동의").places[0].page == 1
        assert sorted(each.page for each in search.quote("동의").places) == [1, 3]  # two letters, one on either page
        assert search.quote("머리글").grade is Grade.EXACT
        assert search.quote("이용하였던").grade is Grade.ABSENT
        assert search.quote("하였다는 지적. 동의 절차").grade is Grade.EXACT
        phrase = search.search('"없이 이용하였다는"') if not search.search("무엇").behind else None
        assert phrase is None or [hit.page.number for hit in phrase] == [1]


def test_over_an_empty_page_and_one_of_signs(write: Write, searchers: Callable[[], list[Searcher]]) -> None:
    write("수집한 안면", "", "· · ·", "데이터를 넘겼다", name="가.pdf")
    write("얼굴", "", "영상을", name="다.pdf")
    write("목차" + "." * 400, "끝부분의 글" + " …" * 300, "다음 쪽의 글", name="나.pdf")
    for search in searchers():
        assert search.quote("안면 데이터를").grade is Grade.ALTERED  # signs stand between
        assert search.quote("수집한 안면").grade is Grade.EXACT
        assert search.quote("목차 끝부분의 글").grade is Grade.ALTERED
        assert search.quote("끝부분의 글 다음 쪽의").grade is Grade.ALTERED
        assert search.quote("얼굴 영상을").grade is Grade.EXACT


def test_long_quotations(write: Write, searchers: Callable[[], list[Searcher]]) -> None:
    words = [f"{n}번째 낱말은" for n in range(900)]
    texts = [" ".join(words[n : n + 150]) for n in range(0, 900, 150)]
    write(*texts, name="긴 글.pdf")
    for search in searchers():
        whole = " ".join(words)
        two_thousand = whole[5:2005]
        assert search.quote(two_thousand[two_thousand.index(" ") : two_thousand.rindex(" ")]).grade is Grade.EXACT
        result = search.quote(whole)
        assert result.grade is Grade.EXACT
        assert [span.page for span in result.places[0].passage] == [1, 2, 3, 4, 5, 6]
        assert search.quote(whole.replace("700번째", "701번째")).grade is Grade.ALTERED
        assert search.quote("가" * MAX_LENGTH).grade is Grade.ABSENT
        with pytest.raises(UsageError, match="20,001"):
            search.quote("가" * (MAX_LENGTH + 1))


@pytest.mark.parametrize("quote", ["", "   ", "%", "“…”", "-", "😀", "\u200b", "_"])
def test_nothing_to_look_for(quote: str) -> None:
    with pytest.raises(UsageError):
        Sought.of(quote)


def test_one_and_two_characters(write: Write, searchers: Callable[[], list[Searcher]]) -> None:
    first = write("법무부는 5,764만 건. 제1조", "AI 시대 면", name="가.pdf")
    for search in searchers():
        assert spans(search.quote("면")) == [[(2, 6, 7)]]
        assert spans(search.quote("법무")) == [[(1, 0, 2)]]
        assert spans(search.quote("AI")) == [[(2, 0, 2)]]
        assert search.quote("1").grade is Grade.EXACT
        assert search.quote("64").grade is Grade.ALTERED
        assert search.quote("76").grade is Grade.ALTERED
        assert search.quote("뷁").grade is Grade.ABSENT
        assert {place.document for place in search.quote("부").places} == {first}


def test_withheld_text_is_never_found_or_shown(
    corpus: Corpus, write: Write, searchers: Callable[[], list[Searcher]]
) -> None:
    document = write("자리", "다음 쪽 글")
    text = "연락처는 홍길동 과장이며 끝"
    hidden = replace(corpus.store.page(document, 1), fingerprint="2", text=text, withheld=(Withheld(5, 11, COVERED),))
    with corpus.store.writing() as record:
        record.pages([hidden])
        record.change(document, "read")
    for search in searchers():
        for quote in ("홍길동", "길동 과장", "홍", "는 홍길", "과장이며"):
            assert search.quote(quote).grade is Grade.ABSENT, quote
        around = search.quote("연락처는 이며 끝")
        assert around.grade is Grade.ALTERED
        assert not set("홍길동과장") & set(around.places[0].text)
        assert not any(set("홍길동과장") & set(each.stands) for each in around.places[0].differences)
        over = search.quote("이며 끝 다음 쪽")
        assert over.grade is Grade.EXACT
    with corpus.store.writing() as record:
        record.open_withheld(document, "기록관")
    with Searcher(corpus) as search:
        assert search.quote("홍길동 과장이며").grade is Grade.EXACT


def test_what_changed_since_the_index_was_written_is_read_itself(corpus: Corpus, write: Write) -> None:
    first = write("동의를 받지 않았다", name="가.pdf")
    with Searcher(corpus) as search:
        second = write("제3자에게 넘겼다", "다음 쪽", name="나.pdf")
        added = search.quote("제3자에게 넘겼다 다음")
        assert (added.grade, added.behind) == (Grade.EXACT, 1)
        write("동의를 받았다", name="가.pdf", fingerprint="test-2", document=first)
        assert search.quote("받지 않았다").grade is Grade.ABSENT
        assert search.quote("동의를 받았다").grade is Grade.EXACT
        with corpus.store.writing() as record:
            record.remove(corpus.store.occurrences(second), "누군가")
        assert search.quote("제3자에게").grade is Grade.ABSENT


def test_a_hidden_document_is_nowhere(write: Write, corpus: Corpus) -> None:
    write("공개된 동의서", "둘째 쪽", name="가.pdf", release="갑", agency="법무부")
    write("숨긴 동의서의 비밀", name="나.pdf", release="을", agency="국방부")
    for index in (None, ScanIndex(corpus.store)):
        with Searcher(corpus, Audience(frozenset({"갑"})), index=index) as search:
            result = search.search("동의서")
            assert (result.total, result.documents, len(result)) == (1, 1, 1)
            assert result.facets["agency"] == {"법무부": 1}
            assert result.facets["release"] == {"갑": 1}
            assert result.coverage.total == 2
            assert search.search("agency:국방부").total == search.search('"숨긴 동의서"').total == 0
            assert search.search("NOT 둘째").total == 1
            assert search.search("scope:document NOT 둘째").total == 0
            found = search.quote("동의서")
            assert [place.grade for place in found.places] == [Grade.EXACT]
            assert len(found.listings) == 1
            assert found.coverage.total == 2
            assert search.quote("비밀").grade is Grade.ABSENT
            hidden = next(iter(corpus.store.visible() - set(found.listings)))
            assert search.quote("비밀", document=hidden).grade is Grade.ABSENT
            assert search.listing(hidden) is None
            with corpus.store.writing() as record:
                record.edit(hidden, "title", "비밀 문서", "누군가")
            assert search.quote("비밀").behind == search.search("비밀").behind == 0
            assert search.search("title:비밀").total == 0


def test_best_places_come_first_and_the_limit_cuts_the_worst(write: Write, corpus: Corpus) -> None:
    write("1.7억 건", "17억 건", "17억건", "-17억 건", "1 7억 건")
    with Searcher(corpus) as search:
        grades = [place.grade for place in search.quote("17억 건").places]
        assert grades == sorted(grades)
        assert grades[:2] == [Grade.EXACT, Grade.SPACING]
        assert set(grades[2:]) == {Grade.ALTERED}
        assert [place.grade for place in search.quote("17억 건", limit=1).places] == [Grade.EXACT]


# -- pages by themselves


def test_running_heads_wherever_they_stand_in_the_text() -> None:
    pages = [
        page("쪽머리\n개인정보를 동의 12\n없이", 1, ("쪽머리", "12")),
        page("없는 글\n꼬리말", 2, ("꼬리말",)),
        page("머리\n끝", 3, ("머리",)),
    ]
    (place,) = on_page(Sought.of("개인정보를 동의 없이 없는 글 끝"), pages)
    assert place.grade is Grade.EXACT
    assert squash(covered(place, pages)) == "개인정보를동의없이없는글끝"
    assert {span.page for span in place.passage} == {1, 2, 3}
    assert [p.grade for p in on_page(Sought.of("쪽머리"), pages)] == [Grade.EXACT]
    assert on_page(Sought.of("없이 쪽머리"), pages)[0].grade is Grade.ALTERED  # what only reading order brings together


def test_a_sign_is_not_cut_in_two() -> None:
    assert on_page(Sought.of("2"), [page("12 ㎡")])[0].grade is Grade.ALTERED
    assert len(on_page(Sought.of("m"), [page("㎡")])) == 0
    assert on_page(Sought.of("m2"), [page("㎡")])[0].passage == (PageSpan(1, 0, 1),)


def test_every_place_counts_once() -> None:
    pages = [page("동의 동의 동의"), page("동의", 2)]
    assert len(on_page(Sought.of("동의"), pages)) == 3
    assert len(on_page(Sought.of("동의 동의"), pages)) == 3  # the third runs over the page end


def test_joints_hold_enough_for_any_passage_over_a_page_end() -> None:
    thin = [page(" . ".join("가나다라마바사아자차"), n) for n in range(1, 21)]
    made = entries(thin)
    letters = squash("".join(each.text for each in thin))
    for entry in made[:-1]:
        at = entry.number * 10
        assert entry.joint == letters[max(at - 10, 0) : at] + letters[at : at + JOINT]
        assert entry.seam == "차가"
    assert made[-1].joint == made[-1].seam == ""


WORDS = ["개인정보", "동의", "없이", "face", "5,764", "1.7", "-5%", "\u1100\u1161\u11a8", "㎡", "…", "😀", "女"]
bodies = st.lists(st.lists(st.sampled_from(WORDS), max_size=5), min_size=1, max_size=4)


@given(bodies, st.lists(st.booleans(), min_size=4, max_size=4), st.sampled_from([" ", "\n", HYPHEN]), st.data())
def test_any_run_of_words_over_pages_is_found_there(
    words: list[list[str]], heads: list[bool], gap: str, data: st.DataObject
) -> None:
    pages = []
    for number, (body, head) in enumerate(zip(words, heads, strict=False), start=1):
        text = ("머리글\n" if head else "") + gap.join(body) + ("\n- 7 -" if head else "")
        marks = (mark(text, "머리글", HEAD), mark(text, "- 7 -", NUMBER)) if head else ()
        pages.append(Page("d", number, "f", text, furniture=marks))
    flat = [(number, word) for number, body in enumerate(words) for word in body]
    if not flat:
        return
    start = data.draw(st.integers(0, len(flat) - 1))
    end = data.draw(st.integers(start + 1, len(flat)))
    parts = [gap.join(w for n, w in flat[start:end] if n == number) for number in range(len(words))]
    quote = " ".join(part for part in parts if part)
    if not squash(quote) or not squash(flat[start][1]) or not squash(flat[end - 1][1]):
        return
    first = flat[start][0]
    found = [place for place in on_page(Sought.of(quote), pages[first:]) if place.grade is Grade.EXACT]
    assert found, (quote, [each.text for each in pages])
    for place in found:
        assert squash(covered(place, pages)) == squash(quote)
        assert squash(place.text) == squash(quote)
        assert list(place.passage) == sorted(place.passage)
        for span in place.passage:
            assert 0 <= span.start < span.end <= len(pages[span.page - 1].text)


@given(st.text("가나ab1.- \n", max_size=30), st.data())
def test_reading_order_loses_nothing(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4, unique=True)))
    marks = tuple(Furniture(FOOT, a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False))
    made = reading(Page("d", 1, "f", text, furniture=marks))
    heads = "".join("|" + text[each.start : each.end] for each in marks)
    body = "".join(char for at, char in enumerate(text) if not any(m.start <= at < m.end for m in marks))
    assert made.text == body + heads
    assert body_length(Page("d", 1, "f", text, furniture=marks)) == len(body)
    assert all(text[at] == char for char, at in zip(made.text, made.starts, strict=True) if char != "|")
