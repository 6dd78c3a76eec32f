"""What the catalogue does behind any SQLAlchemy URL.

SQLite always; $GONGMUN_TEST_POSTGRESQL, the URL of a database to be emptied before each test, adds a run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from corpus import tables
from corpus.errors import NotFound
from corpus.listings import listings
from corpus.model import (
    COVER,
    Audience,
    Delivery,
    Document,
    Extraction,
    Furniture,
    FurnitureKind,
    Occurrence,
    Page,
    Reason,
    Release,
    State,
    Withheld,
    Word,
    Words,
)
from corpus.store import Store

POSTGRESQL = os.environ.get("GONGMUN_TEST_POSTGRESQL")
A, B, C = ("a" * 64, "b" * 64, "ab" * 32)


@pytest.fixture(params=["sqlite", *(["postgresql"] if POSTGRESQL else [])])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    url = f"sqlite:///{tmp_path / 'catalogue.sqlite'}"
    if request.param == "postgresql":
        assert POSTGRESQL
        url = emptied(POSTGRESQL)
    opened = Store(url)
    opened.migrate()
    yield opened
    opened.close()


def emptied(url: str) -> str:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        tables.metadata.drop_all(connection)
        connection.exec_driver_sql("DROP TABLE IF EXISTS alembic_version")
    engine.dispose()
    return url


def deliver(
    store: Store, document: str, *texts: str, release: str = "자료", name: str = "문서.pdf", received: str | None = None
) -> str:
    """Record a document as met in a release, with these pages, and return the occurrence's id."""
    key = f"{release} {name} {document[:4]}"
    with store.writing() as record:
        record.release(Release(release, release, agency=f"{release} 기관"))
        record.delivery(Delivery(f"{release}-1", release, "/받은 자료", received))
        record.document(Document(document, 10, "application/pdf"))
        record.occurrence(Occurrence(key, document, f"{release}-1", name, name, 10, 0))
    if texts:
        read(store, document, "t-1", *texts)
    return key


def read(store: Store, document: str, fingerprint: str, *texts: str) -> int:
    with store.writing() as record:
        record.extraction(Extraction(document, fingerprint, "test", {}, len(texts), {"제목": "사실"}))
        record.pages(Page(document, n, fingerprint, text) for n, text in enumerate(texts, start=1))
        return record.settle(Document(document, 10, "", len(texts), State.SEARCHABLE), fingerprint, 1)


def seen(release: str) -> Audience:
    return Audience(frozenset({release}))


# -- pages


def test_page_comes_back_whole(store: Store) -> None:
    deliver(store, A)
    page = Page(
        A,
        1,
        "t-1",
        "머리글\n본문 \U0001f4c4 끝\ufffe",
        label="iv",
        width=595.0,
        height=842.0,
        words=Words.pack([Word(0, 3, (1.0, 2.0, 3.0, 4.0))], 595.0, 842.0),
        furniture=(Furniture(FurnitureKind.HEAD, 0, 3),),
        withheld=(Withheld(4, 6, (0.0, 0.0, 1.0, 1.0)),),
        state=State.IN_PART,
        reason=Reason.UNREAD_PICTURES,
    )
    with store.writing() as record:
        record.pages([page])
    assert store.page(A, 1) == page
    assert store.pages(A) == [page]
    assert store.some_pages([(A, 1), (A, 2), (B, 1)]) == {(A, 1): page}


def test_page_text_is_insert_only(store: Store) -> None:
    deliver(store, A, "처음 글")
    read(store, A, "t-1", "바뀐 글")
    assert store.page(A, 1).text == "처음 글"


def test_one_extraction_of_a_page_is_current(store: Store) -> None:
    deliver(store, A, "하나", "둘")
    read(store, A, "t-2", "하나!")
    assert [(page.number, page.fingerprint) for page in store.pages(A)] == [(1, "t-2"), (2, "t-1")]
    assert store.page(A, 1, "t-1").text == "하나"
    assert store.page(A, 1).text == "하나!"


def test_earlier_extraction_can_be_made_current_again(store: Store) -> None:
    deliver(store, A, "하나")
    read(store, A, "t-2", "하나!")
    read(store, A, "t-1", "하나")
    assert [page.fingerprint for page in store.pages(A)] == ["t-1"]


def test_extraction_is_named_by_the_only_beginning_that_fits(store: Store) -> None:
    deliver(store, A, "하나")
    read(store, A, "t-10", "열")
    read(store, A, "t_1", "줄")
    assert store.page(A, 1, "t-1").text == "하나"
    assert store.page(A, 1, "t_").text == "줄"
    with pytest.raises(NotFound):
        store.page(A, 1, "t-")
    with pytest.raises(NotFound):
        store.page(A, 1, "%")


def test_missing_page_says_how_to_count(store: Store) -> None:
    deliver(store, A, "하나")
    with pytest.raises(NotFound, match="gongmun show"):
        store.page(A, 2)


def test_more_pages_than_one_statement_takes(store: Store) -> None:
    deliver(store, A, *(f"{n}쪽" for n in range(1, 901)))
    found = store.some_pages((A, n) for n in range(1, 901))
    assert len(found) == 900
    assert found[A, 900].text == "900쪽"


# -- withheld text


def test_withheld_text_is_covered_until_it_is_opened(store: Store) -> None:
    deliver(store, A)
    with store.writing() as record:
        record.pages([Page(A, 1, "t-1", "이름 홍길동", withheld=(Withheld(3, 6, (0.0, 0.0, 1.0, 1.0)),))])
    assert store.page(A, 1).visible == f"이름 {COVER * 3}"
    before = store.last_change()
    with store.writing() as record:
        record.open_withheld(A, "운영자")
    for page in (store.page(A, 1), store.pages(A)[0], store.some_pages([(A, 1)])[A, 1]):
        assert page.visible == "이름 홍길동"
    assert store.changed_since(before) == (before + 1, [A])
    assert [(row.who, row.what, row.detail) for row in store.log()] == [("운영자", "withheld text released", A)]


# -- documents


def test_document_by_its_beginning(store: Store) -> None:
    deliver(store, A)
    deliver(store, C)
    assert store.document("aa").id == A
    assert store.document(C).id == C
    for beginning, said in (("a", "More than one"), ("f", "No document"), ("%", "No document")):
        with pytest.raises(NotFound, match=said):
            store.document(beginning)


def test_same_bytes_twice_are_one_document_with_two_occurrences(store: Store) -> None:
    deliver(store, A, name="가.pdf")
    deliver(store, A, name="나.pdf")
    assert list(store.documents()) == [A]
    assert [occurrence.name for occurrence in store.occurrences(A)] == ["가.pdf", "나.pdf"]


def test_replaced_file_is_a_change_of_both_documents(store: Store) -> None:
    key = deliver(store, A, "하나")
    before = store.last_change()
    with store.writing() as record:
        record.document(Document(B, 10, "application/pdf"))
        record.occurrence(Occurrence(key, B, "자료-1", "문서.pdf", "문서.pdf", 11, 1))
    assert store.visible() == {B}
    assert A in store.changed_since(before)[1]


def test_release_said_again_fills_in_and_forgets_nothing(store: Store) -> None:
    with store.writing() as record:
        record.release(Release("r", "자료", agency="법무부"))
        record.release(Release("r", "자료", requester="의원실"))
    assert store.releases()["r"] == Release("r", "자료", agency="법무부", requester="의원실")


# -- what people set


def test_latest_edit_wins_and_history_stays(store: Store) -> None:
    deliver(store, A)
    with store.writing() as record:
        for value in ("첫 제목", "새 제목"):
            record.edit(A, "title", value, "김")
        record.edit(A, "date", "2019-04", "김")
        record.edit(A, "date", None, "이")
    assert store.edits() == {A: {"title": "새 제목"}}
    with store.reading() as connection:
        rows = connection.execute(sa.select(tables.edits).order_by(tables.edits.c.seq)).all()
    assert [(row.field, row.value, row.who) for row in rows] == [
        ("title", "첫 제목", "김"),
        ("title", "새 제목", "김"),
        ("date", "2019-04", "김"),
        ("date", None, "이"),
    ]


# -- trash


def test_remove_and_restore(store: Store) -> None:
    deliver(store, A, "하나")
    (met,) = store.occurrences(A)
    with store.writing() as record:
        record.remove([met], "김")
    assert store.visible() == frozenset()
    assert store.occurrences(A)[0].removed
    assert store.page(A, 1).text == "하나"  # the record keeps it: citations are checked against it
    with store.writing() as record:
        record.remove([met], "김", removed=False)
    assert store.visible() == {A}
    assert [row.what for row in store.log()] == ["remove", "restore"]


# -- changes


def test_change_numbers_strictly_increase(store: Store) -> None:
    assert store.last_change() == 0
    deliver(store, A)
    numbers = [read(store, A, f"t-{n}", "글") for n in range(5)]
    assert numbers == sorted(set(numbers))
    assert store.last_change() == numbers[-1]
    assert store.changed_since(numbers[-1]) == (numbers[-1], [])
    assert store.changed_since(0) == (numbers[-1], [A])


def test_change_number_is_never_given_twice(store: Store) -> None:
    with store.writing() as record:
        first = record.change(A, "read")
        record.connection.execute(sa.delete(tables.changes))
    with store.writing() as record:
        assert record.change(A, "read") > first


def test_failed_transaction_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing() as record:  # noqa: PT012
        record.document(Document(A, 1, "x"))
        record.change(A, "read")
        raise ZeroDivisionError
    assert store.documents() == {}
    assert store.last_change() == 0


def test_unknown_document_cannot_have_pages(store: Store) -> None:
    with pytest.raises(sa.exc.IntegrityError), store.writing() as record:
        record.pages([Page(A, 1, "t-1", "글")])


# -- who may see what


def test_audience_sees_its_own_release_alone(store: Store) -> None:
    deliver(store, A, "하나", release="갑", name="갑 명단.pdf", received="2021-01-02")
    deliver(store, A, release="을", name="을 명단.pdf", received="2020-01-02")
    deliver(store, B, "둘", "셋", release="을")
    assert store.visible() == {A, B}
    assert store.visible(seen("갑")) == {A}
    assert store.visible(seen("병")) == frozenset()
    assert store.visible(Audience(frozenset())) == frozenset()
    assert (store.coverage().total, store.coverage(seen("갑")).total, store.coverage(seen("병")).total) == (3, 1, 0)
    assert sum(store.coverage(seen("갑")).files.values()) == 1


def test_listing_tells_one_audience_nothing_of_another(store: Store) -> None:
    deliver(store, A, "하나", release="갑", name="갑 명단.pdf", received="2021-01-02")
    deliver(store, A, release="을", name="을 명단.pdf", received="2020-01-02")
    (listing,) = listings(store, seen("갑")).values()
    assert (listing.title, listing.files, listing.date) == ("갑 명단", ("갑 명단.pdf",), "2021-01-02")
    assert "을" not in f"{listing}"
    assert listings(store, seen("병")) == {}


def test_removed_delivery_is_seen_by_nobody(store: Store) -> None:
    deliver(store, A, "하나", release="갑")
    deliver(store, A, release="을", name="을.pdf")
    with store.writing() as record:
        record.remove(store.occurrences(delivery="갑-1"), "김")
    assert store.visible(seen("갑")) == frozenset()
    assert store.coverage(seen("갑")).total == 0
    assert listings(store)[A].files == ("을.pdf",)


# -- coverage and stages


def test_coverage_names_what_is_not_whole(store: Store) -> None:
    deliver(store, A, "하나")
    deliver(store, B)
    with store.writing() as record:
        record.settle(Document(B, 10, "", None, State.NOT_SEARCHABLE, Reason.ENCRYPTED, "암호"), "t-1", 2)
    coverage = store.coverage()
    assert coverage.pages == {(State.SEARCHABLE, Reason.NONE): 1}
    assert coverage.files == {(State.SEARCHABLE, Reason.NONE): 1, (State.NOT_SEARCHABLE, Reason.ENCRYPTED): 1}
    assert [document.id for document in coverage.not_whole] == [B]
    assert (coverage.whole, coverage.unread_files) == (False, 1)
    assert store.tries() == {A: ("t-1", 1), B: ("t-1", 2)}


def test_coverage_counts_current_pages_alone(store: Store) -> None:
    deliver(store, A, "하나", "둘")
    read(store, A, "t-2", "하나", "둘")
    assert store.coverage().total == 2


def test_migrating_again_changes_nothing(store: Store) -> None:
    deliver(store, A, "하나")
    store.migrate()
    assert store.page(A, 1).text == "하나"
    assert store.facts() == {A: {"제목": "사실"}}
