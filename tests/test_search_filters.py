"""Filters: what is left is what of the whole result has the values, counted exactly, by every engine alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import Corpus
from search import Searcher
from search.engines.scan import ScanIndex
from search.engines.whoosh import WhooshIndex
from search.filters import Filters, values
from search.indexes import catch_up
from search.results import FACETS, Hit
from tests.conftest import write_document

HOSTILE = '<img src=x onerror="x()">'
PAPERS = [
    ("갑", "법무부", "2019-04-22", ("안면인식 하나", "안면인식 둘 동의", "동의")),
    ("갑", "법무부", "2019", ("안면인식", "안면 데이터")),
    ("을", "감사원", "2021-10", ("안면인식 동의", "동의 안면인식 안면인식", "기타")),
    ("병", None, None, ("안면인식", "동의")),
    (HOSTILE, HOSTILE, "2021", ("동의 안면인식", "안면인식")),
]
QUERIES = ["안면인식", "동의", "안면인식 OR 데이터", "NOT 동의", '"안면인식 동의"', "scope:document 안면인식 동의"]
_VALUES = {
    "agency": ["법무부", "감사원", HOSTILE, "없는 기관"],
    "release": ["갑", "을", "병", HOSTILE],
    "year": ["2019", "2021"],
    "kind": ["pdf", "hwp"],
}


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Searcher, Searcher]]:
    folder = tmp_path_factory.mktemp("filters")
    with Corpus.create(folder / "말뭉치") as corpus:
        for n, (release, agency, received, texts) in enumerate(PAPERS):
            named = f"자료{n}" if release == HOSTILE else release
            write_document(corpus, texts, f"문서 {n}.pdf", named, agency, received, "f", {}, None)
        with corpus.store.writing() as record:
            record.edit(next(iter(corpus.store.documents())), "agency", "감사원", "누군가")
        whoosh = WhooshIndex(folder / "ix", writable=True)
        catch_up(corpus, whoosh)
        yield Searcher(corpus, index=ScanIndex(corpus.store)), Searcher(corpus, index=whoosh)
        whoosh.close()


def _asked(draw: st.DrawFn) -> dict[str, frozenset[str]]:
    return {name: frozenset(draw(st.lists(st.sampled_from(_VALUES[name]), max_size=2))) for name in FACETS}


@st.composite
def _filters(draw: st.DrawFn) -> Filters:
    return Filters(_asked(draw), _asked(draw) if draw(st.booleans()) else {})


def has(hit: Hit, filters: Filters, but: str = "") -> bool:
    """Say it again, one demand at a time."""
    known = values(hit.document)
    return all(
        (not filters.chosen.get(name) or any(value in filters.chosen[name] for value in known[name]))
        and not any(value in filters.excluded.get(name, ()) for value in known[name])
        for name in FACETS
        if name != but
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.sampled_from(QUERIES), filters=_filters(), which=st.sampled_from([0, 1]))
def test_filtered_is_what_is_left_of_everything(
    searchers: tuple[Searcher, Searcher], query: str, filters: Filters, which: int
) -> None:
    searcher = searchers[which]
    everything, some = searcher.search(query, 100), searcher.search(query, 100, filters=filters)
    left = [hit for hit in everything if has(hit, filters)]
    assert [(hit.page.document, hit.page.number) for hit in some] == [
        (hit.page.document, hit.page.number) for hit in left
    ]
    assert (some.total, some.documents) == (len(left), len({hit.page.document for hit in left}))
    assert some.coverage == everything.coverage
    for name in FACETS:
        counts: dict[str, int] = {}
        for hit in everything:
            if has(hit, filters, but=name):
                for value in values(hit.document)[name]:
                    counts[value] = counts.get(value, 0) + 1
        assert some.facets[name] == counts, name


def test_what_filters_mean(searchers: tuple[Searcher, Searcher]) -> None:
    for searcher in searchers:

        def total(searcher: Searcher = searcher, **asked: Filters) -> int:
            return searcher.search("안면인식", filters=asked["filters"]).total

        def only(**chosen: str) -> Filters:
            return Filters({name: frozenset(asked.split("|")) for name, asked in chosen.items()})

        assert total(filters=Filters()) == 8
        assert total(filters=only(release="갑|을")) == 5
        assert total(filters=only(release="갑|을", year="2019")) == 3
        assert total(filters=Filters(excluded={"release": frozenset({"갑"})})) == 5
        assert total(filters=Filters({"year": frozenset({"2019"})}, {"year": frozenset({"2019"})})) == 0
        assert total(filters=only(agency=HOSTILE)) == 2
        assert not Filters({"year": frozenset()}, {})


@pytest.mark.parametrize("sort", ["relevance", "date", "document"])
def test_best_pages_of_documents_walk_all_of_them_once(searchers: tuple[Searcher, Searcher], sort: str) -> None:
    for searcher in searchers:
        flat = searcher.search("안면인식", 100, sort=sort)
        walked: list[Hit] = []
        for offset in range(6):
            part = searcher.search("안면인식", 1, offset, sort, best=1)
            assert (part.total, part.documents) == (flat.total, flat.documents)
            assert len(part) == (offset < flat.documents)
            walked += part
        order = list(dict.fromkeys(hit.page.document for hit in flat))
        assert [hit.page.document for hit in walked] == order
        for hit in walked:
            pages = [other for other in flat if other.page.document == hit.page.document]
            assert hit.score == max(other.score for other in pages)
            counted = searcher.search("안면인식", 100, sort=sort, best=1).per_document
            assert counted[hit.page.document] == len(pages)
        two = searcher.search("안면인식", 100, sort=sort, best=2)
        assert len(two) == sum(min(2, number) for number in two.per_document.values())
