"""Documents as they are shown: titles, names, agencies, dates."""

from __future__ import annotations

import unicodedata

import pytest

from corpus import Corpus
from corpus.listings import listings, shown
from corpus.model import Audience, Document, Listing, Release
from corpus.store import Store
from tests.conftest import Write


def listed(corpus: Corpus, document: str) -> Listing:
    return listings(corpus.store)[document]


def test_title_is_the_received_name_until_it_is_set(corpus: Corpus, write: Write) -> None:
    document = write("하나", name=unicodedata.normalize("NFD", "요구자료 1.최종.pdf"))
    assert listed(corpus, document).title == "요구자료 1.최종"
    assert listed(corpus, document).files == ("요구자료 1.최종.pdf",)
    with corpus.store.writing() as record:
        record.edit(document, "title", "식별추적시스템 사업계획", "김")
    assert listed(corpus, document).title == "식별추적시스템 사업계획"
    with corpus.store.writing() as record:
        record.edit(document, "title", None, "김")
    assert listed(corpus, document).title == "요구자료 1.최종"


def test_date_says_where_it_is_from(corpus: Corpus, write: Write) -> None:
    document = write("하나", received="2021-10-20")
    assert (listed(corpus, document).date, listed(corpus, document).date_source) == ("2021-10-20", "received")
    with corpus.store.writing() as record:
        record.edit(document, "date", "2019-04", "김")
    found = listed(corpus, document)
    assert (found.date, found.date_source, found.year) == ("2019-04", "set", "2019")
    other = listed(corpus, write("둘", name="둘.pdf", release="다른 자료"))
    assert (other.date, other.date_source, other.year) == (None, None, None)


def test_agency_is_the_releases_or_the_one_set(corpus: Corpus, write: Write) -> None:
    document = write("하나", release="가", agency="법무부")
    write("하나", release="나", agency="과기정통부", document=document)
    assert listed(corpus, document).agencies == ("법무부", "과기정통부")
    assert listed(corpus, document).releases == ("가", "나")
    with corpus.store.writing() as record:
        record.edit(document, "agency", "출입국·외국인정책본부", "김")
    assert listed(corpus, document).agencies == ("출입국·외국인정책본부",)


def test_earliest_delivery_names_the_document(corpus: Corpus, write: Write) -> None:
    document = write("하나", release="가", name="나중.pdf", received="2021-10-20")
    write("하나", release="나", name="먼저.pdf", received="2020-01-01", document=document)
    assert (listed(corpus, document).title, listed(corpus, document).date) == ("먼저", "2020-01-01")
    mine = listings(corpus.store, Audience(frozenset({"가"})))[document]
    assert (mine.title, mine.date, mine.releases) == ("나중", "2021-10-20", ("가",))


def test_notice_of_a_release_comes_along(corpus: Corpus, write: Write) -> None:
    document = write("하나", release="가")
    with corpus.store.writing() as record:
        record.release(Release("가", "가", notice="재배포 금지"))
    assert listed(corpus, document).notices == ("재배포 금지",)


@pytest.mark.parametrize(
    ("received", "said"),
    [
        (unicodedata.normalize("NFD", "법무부.pdf"), "법무부.pdf"),
        ("줄\n바꿈.pdf", "줄\ufffd바꿈.pdf"),
        ("\u202efdp.exe", "\ufffdfdp.exe"),
        ("평범한 이름.hwp", "평범한 이름.hwp"),
    ],
)
def test_names_are_shown_without_tricks(received: str, said: str) -> None:
    assert shown(received) == said


def test_papers_that_come_in_meanwhile_do_no_harm(
    corpus: Corpus, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, plain = write("글", name="가.pdf"), Store.documents

    def and_one_more_comes(store: Store) -> dict[str, Document]:
        found = plain(store)
        write("다른 글", name="나.pdf", release="다른 자료")
        return found

    monkeypatch.setattr(Store, "documents", and_one_more_comes)
    assert list(listings(corpus.store)) == [first]
