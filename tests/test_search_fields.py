"""Fields of a query: titles, agencies, names and dates as an audience knows them."""

from __future__ import annotations

import pytest

from corpus.model import Document, Listing
from search.fields import documents_with, types
from search.query import Choice, DateRange, Node, Not, TextField, parse


def listing(
    title: str = "", file: str = "", agency: str = "", release: str = "", date: str | None = None, id: str = "d"
) -> Listing:
    document = Document(id, 1, "application/pdf")
    agencies = (agency,) if agency else ()
    return Listing(document, title, (file,), agencies, (release,), (), date, "set" if date else None, {})


def holds(query: str, known: Listing) -> bool:
    tree: Node = parse(query)
    field = tree.child if isinstance(tree, Not) else tree
    assert isinstance(field, TextField | DateRange | Choice)
    return bool(documents_with(field, {"d": known})) is not isinstance(tree, Not)


@pytest.mark.parametrize(
    ("query", "title", "there"),
    [
        ("title:식별추적", "인공지능 식별 추적시스템", True),
        ("title:식별추적", "식별과 추적", False),
        ("title:report", "Reports of 2019", True),
        ("title:=report", "Reports of 2019", False),
        ("title:=Reports", "Reports of 2019", True),
        ("title:=reports", "Reports of 2019", False),
        ('title:"report"', "Reports of 2019", False),
        ("title:repo*", "Reports of 2019", True),
        ("title:port", "Reports of 2019", False),
        ("title:2019", "보고(2019.4.)", True),
        ("title:19", "보고(2019.4.)", False),
        ("title:5764", "5,764만 건", True),
        ('title:"식별추적 시스템"', "인공지능 식별추적시스템", True),
        ('title:"식별, 추적"', "식별 추적", False),
        ('title:"1조"', "제1조", True),
        ('title:"1조"', "제11조", False),
        ('title:"art"', "part of it", False),
        ("-title:보고", "계획", True),
        ("title:계획", "추진계획", True),
    ],
)
def test_titles(query: str, title: str, there: bool) -> None:
    assert holds(query, listing(title=title)) is there


def test_each_field_looks_at_its_own_value() -> None:
    known = listing("제목", "자료/보고서 (최종).pdf", "법무부", "2021 국정감사")
    for query in ("title:제목", "file:보고서", "file:pdf", "agency:법무부", 'release:"2021 국정감사"', "file:자료"):
        assert holds(query, known)
    for query in ("title:보고서", "file:제목", "agency:국방부", "release:법무부"):
        assert not holds(query, known)


@pytest.mark.parametrize(
    ("query", "date", "there"),
    [
        ("date:2019", "2019-04-22", True),
        ("date:2019-04", "2019-04-22", True),
        ("date:2019-05", "2019-04-22", False),
        ("date:2019-04-22", "2019-04-22", True),
        ("date:2019-04-22", "2019-04", True),
        ("date:2019-04-22", "2019", True),
        ("date:2019..2021", "2021-12-31", True),
        ("date:2019..2021", "2022-01-01", False),
        ("date:2019-04..", "2019-03-31", False),
        ("date:2019-04..", "2019-04-01", True),
        ("date:..2019-04", "2019-04-30", True),
        ("date:..2019-04", "2019-05-01", False),
        ("date:..2019-04", "2019", True),
        ("date:2019-06..2020-02", "2020", True),
        ("date:2019..", None, False),
        ("-date:2019", None, True),
    ],
)
def test_dates_of_any_precision(query: str, date: str | None, there: bool) -> None:
    assert holds(query, listing(date=date)) is there


@pytest.mark.parametrize(
    ("media_type", "file", "typed"),
    [
        ("application/pdf", "보고.pdf", {"application", "pdf"}),
        ("application/pdf", "보고.hwp", {"application", "pdf"}),  # what it is, not what it is called
        ("application/x-hwp", "보고.hwp", {"application", "x-hwp", "hwp"}),
        ("image/jpeg", "사진.JPG", {"image", "jpeg", "jpg"}),
        ("application/zip", "자료/서식.HWPX", {"application", "zip", "hwpx"}),
        ("application/x-ole-storage", "옛글.hwp", {"application", "x-ole-storage", "hwp"}),
        (
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "글.docx",
            {"application", "vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"},
        ),
    ],
)
def test_types_of_files(media_type: str, file: str, typed: set[str]) -> None:
    known = Listing(Document("d", 1, media_type), "글", (file,), (), (), (), None, None, {})
    assert types(known) == typed
    for name in typed:
        assert holds(f"type:{name}", known)
    assert holds("type:PDF", known) is ("pdf" in typed)
    assert not holds("type:xlsx", known)
