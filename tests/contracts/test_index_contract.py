"""What every engine behind the Index protocol does; the scan over the stored text is the judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Corpus
from corpus.model import Furniture, FurnitureKind
from search.analysis import entries
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.index import Documents, Index, Pages, Tree
from search.query import And, Not, Or, PageRange, Prefix, Scope, Word
from tests.conftest import Write

Made = Callable[[], Index]


@pytest.fixture(params=["scan", "whoosh"])
def make(request: pytest.FixtureRequest, corpus: Corpus, tmp_path: Path) -> Iterator[Made]:
    """Make the engine under test and put all of the corpus into it."""
    made: list[Index] = []

    def index() -> Index:
        engine: Index = ScanIndex(corpus.store) if request.param == "scan" else WhooshIndex(tmp_path / "ix", True)
        made.append(engine)
        fill(engine, corpus)
        return engine

    yield index
    for engine in made:
        engine.close()


def fill(engine: Index, corpus: Corpus) -> None:
    for document in sorted(corpus.store.visible()):
        engine.put_pages(document, entries(corpus.store.pages(document)))
    engine.commit(corpus.store.last_change())


def found(engine: Index, tree: Tree, allowed: frozenset[str] | None = None) -> set[tuple[str, int]]:
    ranked = engine.search(tree, allowed, None, None, 1000)
    pages = {(hit.document, hit.number) for hit in ranked.hits}
    assert ranked.total == len(ranked.hits) == len(pages)
    assert ranked.documents == len({document for document, _ in pages})
    assert sum(engine.facets(tree, allowed).values()) == ranked.total
    return pages


CASES = [
    pytest.param("안면인식", "안면 인식과 추적", True, id="blank inside a compound"),
    pytest.param("안면인식", "안면\n인식", True, id="line end inside a compound"),
    pytest.param("안면인식", "비안면인식기술", True, id="compound around it"),
    pytest.param("안면인식", "안면 데이터와 얼굴 인식", False, id="the parts apart"),
    pytest.param("안면인식", "안면, 인식", False, id="a comma between"),
    pytest.param("인식", "안면인식", True, id="two syllables"),
    pytest.param("공개", "비공개 대상", True, id="a prefix is a compound around"),
    pytest.param("비공개", "공개 대상", False, id="the prefix is not stripped"),
    pytest.param("면", "안면", True, id="one syllable"),
    pytest.param("明", "證明書", True, id="one hanja"),
    pytest.param("5,764만", "내국인 5,764만여 건", True, id="a figure"),
    pytest.param("5764만", "내국인 5,764만여 건", True, id="without its separator"),
    pytest.param("1,764만", "내국인 5,764만여 건", False, id="another figure"),
    pytest.param("764만", "내국인 5,764만여 건", False, id="the end of a figure"),
    pytest.param("764", "5,764", False, id="a number is whole"),
    pytest.param("17억", "1.7억 건", False, id="a decimal point"),
    pytest.param("1.7억", "1.7억 건", True, id="a decimal"),
    pytest.param("2019", "2019.4.22.", True, id="a number in a date"),
    pytest.param("2019", "2019²", True, id="a raised digit is apart"),
    pytest.param("20192", "2019²", False, id="a raised digit does not join"),
    pytest.param("6월", "2021년 6월 3일", True, id="number and syllable"),
    pytest.param("6월", "16월", False, id="not the end of a number"),
    pytest.param("제15조", "출입국관리법 제15조의2", True, id="an article"),
    pytest.param("제1·2항", "제12항", False, id="articles apart"),
    pytest.param("image", "face images were taken", True, id="plural"),
    pytest.param("collecting", "was collected", True, id="past"),
    pytest.param("university", "the universe", False, id="a relative is no inflection"),
    pytest.param("not", "may not provide", True, id="no stop words"),
    pytest.param("a", "a citizen", True, id="one letter"),
    pytest.param("age", "image", False, id="a Latin word is whole"),
    pytest.param("AI식별", "인공지능(AI) 식별", False, id="a sign between"),
    pytest.param("AI식별", "AI 식별추적", True, id="Latin and Korean"),
    pytest.param("AI식별", "KAI식별", False, id="Latin part is whole"),
    pytest.param("face-image", "face-image data", True, id="hyphen"),
    pytest.param("face-image", "face image data", False, id="hyphen asked for"),
    pytest.param("C++", "in C and Java", True, id="outer signs do not count"),
    pytest.param("A4", "A4 용지", True, id="letter and digit"),
    pytest.param("A4", "A44 용지", False, id="letter and another number"),
    pytest.param("ＡＩ", "AI", True, id="full width"),
    pytest.param("한글", "한글", True, id="decomposed Hangul in the text"),
]


@pytest.mark.parametrize(("word", "text", "there"), CASES)
def test_what_a_word_is(make: Made, write: Write, word: str, text: str, there: bool) -> None:
    document = write(text)
    assert found(make(), Word(word)) == ({(document, 1)} if there else set())


def test_exact_word_leaves_inflections_out(make: Made, write: Write) -> None:
    document = write("one image", "two images")
    engine = make()
    assert found(engine, Word("image", exact=True)) == {(document, 1)}
    assert found(engine, Word("image")) == {(document, 1), (document, 2)}


def test_prefix(make: Made, write: Write) -> None:
    document = write("biometrics 제15조", "biology 제1조", "19 bi", "A40 용지")
    engine = make()
    assert found(engine, Prefix("bio")) == {(document, 1), (document, 2)}
    assert found(engine, Prefix("제1")) == {(document, 1), (document, 2)}
    assert found(engine, Prefix("1")) == {(document, n) for n in (1, 2, 3)}
    assert found(engine, Prefix("A4")) == {(document, 4)}


def test_running_heads_do_not_join_the_body(make: Made, write: Write) -> None:
    text = "추진계획\n안면인식은"
    head = Furniture(FurnitureKind.HEAD, 0, 4)
    document = write(text, furniture={1: (head,)})
    engine = make()
    assert found(engine, Word("추진계획")) == {(document, 1)}
    assert found(engine, Word("계획안면")) == set()


def test_withheld_text_is_not_indexed(make: Made, corpus: Corpus, write: Write) -> None:
    from dataclasses import replace

    from corpus.model import Withheld

    document = write("자리")
    page = corpus.store.page(document, 1)
    hidden = replace(page, fingerprint="2", text="연락처 비밀번호 끝", withheld=(Withheld(4, 8, (0, 0, 1, 1)),))
    with corpus.store.writing() as record:
        record.pages([hidden])
        record.change(document, "read")
    engine = make()
    assert found(engine, Word("비밀번호")) == set()
    assert found(engine, Word("연락처")) == {(document, 1)}
    assert engine.candidates("비밀번호", None) == []


def test_audience_narrows_everything(make: Made, write: Write) -> None:
    mine, theirs = write("법무부", name="가.pdf"), write("법무부 장관", name="나.pdf")
    engine = make()
    assert found(engine, Word("법무부"), frozenset({mine})) == {(mine, 1)}
    assert found(engine, Not(Word("장관")), frozenset({theirs})) == set()
    assert engine.candidates("법무부", frozenset({mine})) == [(mine, 1)]


def test_document_scope(make: Made, write: Write) -> None:
    both = write("동의", "수집", "기타", name="가.pdf")
    write("동의", "기타", name="나.pdf")
    engine = make()
    assert found(engine, Scope("document", And((Word("동의"), Word("수집"))))) == {(both, 1), (both, 2)}
    assert found(engine, And((Word("동의"), Word("수집")))) == set()


def test_putting_again_replaces(make: Made, corpus: Corpus, write: Write) -> None:
    document = write("처음 글", name="가.pdf")
    engine = make()
    write("다음 글", name="가.pdf", fingerprint="test-2", document=document)
    fill(engine, corpus)
    assert found(engine, Word("처음")) == set()
    assert found(engine, Word("다음")) == {(document, 1)}
    assert engine.state().pages == 1


def test_paging_by_cursor_walks_everything_once(make: Made, write: Write) -> None:
    write(*["법무부 " + "공문 " * n for n in range(7)], name="가.pdf")
    write(*["법무부"] * 4, name="나.pdf")
    engine = make()
    for order in (None, dict.fromkeys(engine.facets(Word("법무부"), None), 0)):
        walked, after = [], None
        while step := engine.search(Word("법무부"), None, order, after, 3).hits:
            walked += step
            after = step[-1]
        assert len(walked) == len(set(walked)) == 11


def test_candidates_cross_page_ends_and_leave_the_running_heads_out(make: Made, write: Write) -> None:
    foot = Furniture(FurnitureKind.NUMBER, 15, 20)
    document = write("개인정보를 동의 없이 이용\n- 1 -", "하였다는 지적", furniture={1: (foot,)})
    engine = make()
    assert engine.candidates("동의없이이용하였다는", None) == [(document, 1)]
    assert engine.candidates("동의없이", None) == [(document, 1)]
    assert engine.candidates("없다는말", None) == []


# -- all engines agree with the scan, over random texts and queries

_PARTS = [
    "안면",
    "인식",
    "비",
    "공개",
    "과",
    "AI",
    "image",
    "images",
    "5,764",
    "1.7",
    "6",
    "월",
    "제",
    "²",
    "女性",
    "ㅋ",
]
_GAPS = ["", " ", "\n", ",", "-", "·", "|", "_", "\ufffe", ". "]
_texts = st.lists(st.tuples(st.sampled_from(_PARTS), st.sampled_from(_GAPS)), max_size=9).map(
    lambda pairs: "".join(part + gap for part, gap in pairs)
)
_word_texts = st.lists(
    st.tuples(st.sampled_from(_PARTS), st.sampled_from(["", "", "", "-", "·", ","])), min_size=1, max_size=3
).map(lambda pairs: "".join(part + gap for part, gap in pairs))
_leaves = st.builds(Word, _word_texts, st.booleans()) | st.builds(Prefix, _word_texts) | st.just(PageRange(2, 3))
_trees: st.SearchStrategy[Tree] = st.recursive(
    _leaves,
    lambda inner: (
        st.lists(inner, min_size=2, max_size=3).map(lambda c: And(tuple(c)))
        | st.lists(inner, min_size=2, max_size=3).map(lambda c: Or(tuple(c)))
        | inner.map(Not)
    ),
    max_leaves=4,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    documents=st.lists(st.lists(_texts, min_size=1, max_size=4), min_size=1, max_size=3),
    trees=st.lists(_trees | _trees.map(lambda tree: Scope("document", tree)), min_size=8, max_size=8),
)
def test_whoosh_agrees_with_the_scan(
    tmp_path_factory: pytest.TempPathFactory, documents: list[list[str]], trees: list[Tree]
) -> None:
    from tests.conftest import write_document

    folder = tmp_path_factory.mktemp("agree")
    with Corpus.create(folder / "corpus") as corpus:
        ids = [
            write_document(corpus, tuple(texts), f"{n}.pdf", "자료", None, None, "f", {}, None)
            for n, texts in enumerate(documents)
        ]
        scan, engine = ScanIndex(corpus.store), WhooshIndex(folder / "ix", True)
        fill(engine, corpus)
        trees = [*trees, Pages(frozenset({(ids[0], 1)})), Documents(frozenset(ids[:1]))]
        for tree in trees:
            assert found(engine, tree) == found(scan, tree), tree
        engine.close()
