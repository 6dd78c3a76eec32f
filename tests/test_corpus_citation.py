"""Citations: made from the record, printed, found again in any text, and checked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.citation import (
    STYLES,
    Broken,
    Citation,
    Permanent,
    Status,
    Unit,
    cite_page,
    cite_passage,
    clean,
    find,
    formatted,
    permanent,
    verify,
    verify_all,
)
from corpus.errors import NotFound, UsageError
from corpus.folding import HYPHEN
from corpus.listings import listings
from corpus.model import Audience, Basis, Extraction, Page, PageSpan, Passage, Release, UnitKind, Withheld
from corpus.verifying import checksum
from tests.conftest import Write

TEXT = "제1장 개요\n동의 없이 제공된 얼굴 사진은 약 1억 7천만 건이었다.\n끝."
WORDS = "약 1억 7천만 건"
DOCUMENT = "0123456789abcdef" * 4

Cite = Callable[..., Citation]


@pytest.fixture
def cite(corpus: Corpus) -> Cite:
    """Cite words of a page, the first place of them."""

    def made(document: str, words: str = WORDS, page: int = 1) -> Citation:
        return cite_passage(corpus.store, listings(corpus.store)[document], at(corpus, document, words, page))

    return made


def at(corpus: Corpus, document: str, words: str, page: int = 1) -> Passage:
    start = corpus.store.page(document, page).text.index(words)
    return (PageSpan(page, start, start + len(words)),)


def read_again(corpus: Corpus, document: str, *texts: str, fingerprint: str = "test-2") -> None:
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, fingerprint, "test", {}, len(texts), {}))
        record.pages(Page(document, n, fingerprint, text) for n, text in enumerate(texts, start=1))


def a_citation(**changes: object) -> Citation:
    made = Citation(
        document=DOCUMENT,
        passage=(PageSpan(5, 10, 20),),
        fingerprint="pdf1-0a1b2c",
        quote="사진 1억\n7천만",
        prefix="앞",
        suffix="뒤",
        unit=Unit(UnitKind.PAGE, 5),
        last=5,
        labels=("3", "3"),
        title="식별추적시스템 사업",
        file="요구자료 1.pdf",
        agencies=("법무부",),
        releases=("의원 요구자료",),
        notices=(),
        date="2019-04",
        date_source="set",
        basis=Basis.TEXT_LAYER,
        confidence=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def line(style: str, **changes: object) -> str:
    return formatted(a_citation(**changes), style).split("\n")[0]


# -- making


def test_passage_is_cited_as_it_stands(corpus: Corpus, write: Write, cite: Cite) -> None:
    document = write(TEXT, name="요구자료 1.pdf", release="의원 요구", agency="법무부", received="2021-10-20")
    made = cite(document, "사진은 약 1억 7천만 건")
    assert (made.quote, made.unit, made.label) == ("사진은 약 1억 7천만 건", Unit(UnitKind.PAGE, 1), "1")
    assert (made.prefix, made.suffix) == ("제1장 개요\n동의 없이 제공된 얼굴 ", "이었다.\n끝.")
    assert (made.title, made.file, made.agencies) == ("요구자료 1", "요구자료 1.pdf", ("법무부",))
    assert (made.date, made.date_source, made.fingerprint) == ("2021-10-20", "received", "test-1")


def test_passage_over_a_page_end(corpus: Corpus, write: Write) -> None:
    document = write("앞 쪽의 끝", "다음 쪽의 처음")
    passage = (PageSpan(1, 2, 6), PageSpan(2, 0, 4))
    made = cite_passage(corpus.store, listings(corpus.store)[document], passage)
    assert made.quote == "쪽의 끝\n다음 쪽"
    assert "/p1-2/2-6+p2:0-4/test-1/" in permanent(made)
    assert "파일 1-2쪽" in formatted(replace(made, labels=(None, None)), "korean")
    ((_, found),) = find(permanent(made))
    assert isinstance(found, Permanent)
    assert found.passage == passage
    assert verify(found, corpus.store, corpus.originals).status is Status.TRUE


def test_pages_read_by_different_extractions(corpus: Corpus, write: Write) -> None:
    """OCR is per page: one page of a passage may be OCR and the next a text layer."""
    document = write("앞 쪽", "다음 쪽")
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, "ocr-1", "ocr", {}, 2, {}))
        record.pages([Page(document, 1, "ocr-1", "앞 쪽", basis=Basis.OCR, confidence=0.91)])
    passage = (PageSpan(1, 0, 3), PageSpan(2, 0, 4))
    made = cite_passage(corpus.store, listings(corpus.store)[document], passage)
    assert (made.fingerprint, made.basis, made.confidence) == ("ocr-1+test-1", Basis.OCR, 0.91)
    ((_, _, verdict),) = verify_all(permanent(made), corpus.store, corpus.originals)
    assert verdict.status is Status.TRUE


def test_earlier_extraction_can_be_cited(corpus: Corpus, write: Write) -> None:
    document = write("옛 글")
    read_again(corpus, document, "새 글")
    listing = listings(corpus.store)[document]
    assert cite_passage(corpus.store, listing, (PageSpan(1, 0, 1),), "test-1").quote == "옛"
    assert cite_passage(corpus.store, listing, (PageSpan(1, 0, 1),)).quote == "새"
    with pytest.raises(NotFound):
        cite_passage(corpus.store, listing, (PageSpan(1, 0, 1),), "test-9")


@pytest.mark.parametrize(
    "passage",
    [
        (),
        (PageSpan(1, 3, 3),),
        (PageSpan(1, -1, 3),),
        (PageSpan(1, 0, 99),),
        (PageSpan(2, 0, 1), PageSpan(1, 0, 1)),
    ],
)
def test_no_passage_is_refused(corpus: Corpus, write: Write, passage: Passage) -> None:
    document = write("하나", "둘둘")
    with pytest.raises(UsageError):
        cite_passage(corpus.store, listings(corpus.store)[document], passage)


def test_withheld_text_is_never_cited(corpus: Corpus, write: Write) -> None:
    document = write("x")
    with corpus.store.writing() as record:
        record.extraction(Extraction(document, "t-2", "test", {}, 1, {}))
        cover = Withheld(3, 6, (0.0, 0.0, 1.0, 1.0))
        record.pages([Page(document, 1, "t-2", "이름 홍길동 귀하", withheld=(cover,))])
    listing = listings(corpus.store)[document]
    for span in ((2, 4), (3, 6), (5, 8), (0, 9)):
        with pytest.raises(UsageError, match="withheld"):
            cite_passage(corpus.store, listing, (PageSpan(1, *span),))
    for made in (cite_passage(corpus.store, listing, (PageSpan(1, 7, 9),)), cite_page(corpus.store, listing, 1)):
        assert not any("홍" in formatted(made, style) for style in STYLES)
    with corpus.store.writing() as record:
        record.open_withheld(document, "운영자")
    assert cite_passage(corpus.store, listing, (PageSpan(1, 3, 6),)).quote == "홍길동"


# -- the permanent form

numbers = st.integers(0, 99_999)
stretches = st.tuples(numbers, st.integers(1, 500)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@st.composite
def permanents(draw: st.DrawFn) -> Permanent:
    pages = sorted(draw(st.lists(st.integers(1, 9999), min_size=1, max_size=4)))
    passage = tuple(PageSpan(page, *draw(stretches)) for page in pages)
    if draw(st.booleans()):
        passage, pages = (), pages[:1]
    document = draw(st.text("0123456789abcdef", min_size=64, max_size=64))
    many = draw(st.sampled_from([1, len(set(pages))]))
    prints = tuple(draw(st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True)) for _ in range(many))
    return Permanent(
        document, pages[0], pages[-1], passage, prints, draw(st.text("0123456789abcdef", min_size=12, max_size=12))
    )


@given(permanents())
def test_permanent_form_is_read_as_written(made: Permanent) -> None:
    form = str(made)
    assert re.fullmatch("[a-z0-9:/+.-]+", form)
    assert find(form) == [(0, made)]
    for before, after in (("(", ")"), ("“", "”."), ("", "에서 보듯"), ("가", ","), ('{"c": "', '"}'), ("", "\nface")):
        assert find(before + form + after) == [(len(before), made)]


@given(permanents(), st.data())
def test_permanent_form_broken_by_line_wraps_is_mended(made: Permanent, data: st.DataObject) -> None:
    form = str(made)
    cuts = data.draw(st.sets(st.integers(1, len(form) - 1), min_size=1, max_size=3))
    for cut in sorted(cuts, reverse=True):
        wrap = data.draw(st.sampled_from(["\n", "\r\n", "\n> ", "\n    ", "=\r\n", "\u200b", "\u00ad"]))
        form = form[:cut] + wrap + form[cut:]
    assert [found for _, found in find(f"참조: {form}\n")] == [made]


def test_hyphen_that_pdf_made_of_a_range_is_mended() -> None:
    form = permanent(a_citation(fingerprint="ocr1"))
    start = form.index("10-20")
    broken = form[: start + 2] + HYPHEN + form[start + 3 :]
    assert [str(found) for _, found in find(broken)] == [form]
    inside = form[:40] + HYPHEN + form[40:]
    assert [str(found) for _, found in find(inside)] == [form]


def test_capitals_and_escaped_slashes_are_mended() -> None:
    form = permanent(a_citation())
    assert [str(found) for _, found in find(form.capitalize())] == [form]
    assert [str(found) for _, found in find(form.replace("/", r"\/"))] == [form]


GOOD = permanent(a_citation())


@pytest.mark.parametrize(
    "form",
    [
        "gongmun:1/",
        "gongmun:1/abc",
        GOOD[:-1],
        GOOD + "0",
        GOOD.replace("/p5/", "/p0/"),
        GOOD.replace("/10-20/", "/20-10/"),
        GOOD.replace("/10-20/", "/10-10/"),
        GOOD.replace("/p5/", "/p5-6/"),
        GOOD.replace("0123", "012g"),
        GOOD.replace("/p5/", "/p 5/"),
        GOOD.replace("/10-20/", "/10-20+p4:1-2/"),
        GOOD.replace("pdf1-0a1b2c", "a+b+c"),
    ],
)
def test_what_cannot_be_read_is_told(corpus: Corpus, form: str) -> None:
    ((position, found),) = find(f"본문 ({form}) 끝")
    assert position == 4
    assert isinstance(found, Broken)
    assert str(found).startswith("gongmun:1/")
    assert verify(found, corpus.store, corpus.originals).status is Status.BROKEN


def test_every_form_in_a_text_is_found() -> None:
    text = f"하나 {GOOD}. 둘 gongmun:1/깨짐 셋 ({GOOD}){GOOD}"
    assert [type(found).__name__ for _, found in find(text)] == ["Permanent", "Broken", "Permanent", "Permanent"]
    assert find("gongmun:2/x, gongmun: 1/ 그리고 gongmun") == []


def test_extraction_with_an_unciteable_name_is_refused() -> None:
    with pytest.raises(UsageError, match="cannot be cited"):
        permanent(a_citation(fingerprint="a b"))


# -- checking


def status(corpus: Corpus, citation: Citation, audience: Audience | None = None) -> Status:
    ((_, _, verdict),) = verify_all(permanent(citation), corpus.store, corpus.originals, audience or Audience())
    assert verdict.sentence.endswith(".")
    assert bool(verdict.passage) == (verdict.status in (Status.TRUE, Status.MOVED) and bool(citation.passage))
    return verdict.status


def place(corpus: Corpus, citation: Citation) -> str:
    """Return what stands now where the verdict points."""
    ((_, _, verdict),) = verify_all(permanent(citation), corpus.store, corpus.originals)
    (span,) = verdict.passage
    return corpus.store.page(citation.document, span.page).text[span.start : span.end]


def test_holds(corpus: Corpus, write: Write, cite: Cite) -> None:
    document = write(TEXT)
    made = cite(document)
    assert status(corpus, made) is Status.TRUE
    assert place(corpus, made) == WORDS
    read_again(corpus, document, TEXT + " 덧붙임")
    assert status(corpus, made) is Status.TRUE


def test_whole_page_holds_whatever_reads_it(corpus: Corpus, write: Write) -> None:
    document = write(TEXT)
    made = cite_page(corpus.store, listings(corpus.store)[document], 1)
    assert (made.quote, made.passage) == ("", ())
    assert "/p1/all/test-1/" in permanent(made)
    read_again(corpus, document, "전혀 다른 글")
    assert status(corpus, made) is Status.TRUE


@pytest.mark.parametrize(
    "now", ["머리말 " + TEXT, TEXT.replace("1억 7천만", "1억\n7천만"), TEXT.replace("개요", "요약본")]
)
def test_moved(corpus: Corpus, write: Write, cite: Cite, now: str) -> None:
    document = write(TEXT)
    made = cite(document)
    read_again(corpus, document, now)
    assert status(corpus, made) is Status.MOVED
    assert place(corpus, made).split() == WORDS.split()


@pytest.mark.parametrize(
    "now", [TEXT.replace("7", "2"), TEXT.replace("약 1억", "약 2억"), "", TEXT.replace("건", "견")]
)
def test_changed(corpus: Corpus, write: Write, cite: Cite, now: str) -> None:
    document = write(TEXT)
    made = cite(document)
    read_again(corpus, document, now)
    assert status(corpus, made) is Status.CHANGED
    ((_, _, verdict),) = verify_all(permanent(made), corpus.store, corpus.originals)
    assert checksum(WORDS) in verdict.sentence
    assert "test-1 still has them" in verdict.sentence


def test_words_that_now_stand_twice_are_not_guessed(corpus: Corpus, write: Write, cite: Cite) -> None:
    document = write("가나다라 100건 마바사아")
    made = cite(document, "100건")
    read_again(corpus, document, "표\n100건\n100건\n")
    assert status(corpus, made) is Status.CHANGED


def test_corpus_made_anew_by_another_reader(corpus: Corpus, write: Write, cite: Cite) -> None:
    """The cited extraction is not there; the checksum alone must say."""
    document = write(TEXT, fingerprint="new-1")
    made = replace(cite(document), fingerprint="old-1")
    assert status(corpus, made) is Status.TRUE
    (span,) = made.passage
    elsewhere = replace(made, passage=(PageSpan(1, span.start - 3, span.end - 3),))
    assert status(corpus, elsewhere) is Status.MOVED
    assert place(corpus, elsewhere) == WORDS
    assert status(corpus, replace(made, quote="약 1억 2천만 건")) is Status.CHANGED


def test_gone(corpus: Corpus, write: Write, cite: Cite) -> None:
    document = write(TEXT)
    made = cite(document)
    assert status(corpus, replace(made, document=DOCUMENT)) is Status.GONE
    path = corpus.originals.local(document)
    content = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"altered")
    assert status(corpus, made) is Status.GONE
    path.unlink()
    assert status(corpus, made) is Status.GONE
    path.write_bytes(content)
    assert status(corpus, made) is Status.TRUE
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(document), "김")
    assert status(corpus, made) is Status.GONE


def test_gone_for_whoever_may_not_see_it(corpus: Corpus, write: Write, cite: Cite) -> None:
    made = cite(write(TEXT, release="갑"))
    form, stranger = permanent(made), Audience(frozenset({"을"}))
    unknown = form.replace(made.document, DOCUMENT)
    said = [verify_all(each, corpus.store, corpus.originals, stranger)[0][2].sentence for each in (form, unknown)]
    assert said[0].replace(made.document[:12], DOCUMENT[:12]) == said[1]
    assert status(corpus, made, Audience(frozenset({"갑"}))) is Status.TRUE


def test_page_that_is_not_there(corpus: Corpus, write: Write, cite: Cite) -> None:
    made = cite(write(TEXT))
    away = replace(made, passage=(PageSpan(2, 0, 3),), unit=Unit(UnitKind.PAGE, 2), last=2)
    assert status(corpus, away) is Status.CHANGED


def test_place_and_checksum_that_do_not_fit_are_broken(corpus: Corpus, write: Write, cite: Cite) -> None:
    made = cite(write(TEXT))
    (span,) = made.passage
    assert status(corpus, replace(made, passage=(PageSpan(1, span.start, span.end - 1),))) is Status.BROKEN


# -- formats


def test_korean_format() -> None:
    assert formatted(a_citation(quote="", passage=()), "korean").split("\n") == [
        "법무부, 「식별추적시스템 사업」, 2019. 4., 의원 요구자료, 요구자료 1.pdf, 3쪽(파일 5쪽)",
        permanent(a_citation(quote="", passage=())),
    ]
    quoted = formatted(a_citation(), "korean").split("\n")
    assert quoted[0] == "“사진 1억 7천만”"
    assert quoted[1].startswith("법무부, 「식별")


def test_english_format() -> None:
    assert line("english") == (
        "법무부: “사진 1억 7천만”, “식별추적시스템 사업”, April 2019, 의원 요구자료, 요구자료 1.pdf, p. 3 (file page 5)"
    )
    assert line("english", quote="", agencies=("A", "B")).startswith("A and B, “식별")
    assert line("english", agencies=()).startswith("“사진 1억 7천만”, “식별")


@pytest.mark.parametrize(
    ("changes", "korean", "english"),
    [
        ({"date": "2021-10-20", "date_source": "received"}, ", 2021. 10. 20. 수령,", ", received 20 October 2021,"),
        ({"date": "2021-10-20"}, ", 2021. 10. 20.,", ", 20 October 2021,"),
        ({"date": "2019"}, ", 2019.,", ", 2019,"),
        ({"date": None}, "사업」, 의원", "사업”, 의원"),
        ({"labels": ("5", "5")}, ", 5쪽", ", p. 5"),
        ({"labels": (None, None)}, ", 파일 5쪽", ", file page 5"),
        ({"labels": ("iv", "iv")}, ", iv쪽(파일 5쪽)", ", p. iv (file page 5)"),
        ({"labels": ("3", "4"), "last": 6}, ", 3-4쪽(파일 5-6쪽)", ", pp. 3-4 (file pages 5-6)"),
        ({"labels": ("5", "6"), "last": 6}, ", 5-6쪽", ", pp. 5-6"),
        ({"labels": ("5", None), "last": 6}, ", 파일 5-6쪽", ", file pages 5-6"),
        ({"unit": Unit(UnitKind.SHEET, 5, "카메라", "B7")}, ", 시트 “카메라”, B7", ", sheet “카메라”, B7"),
        ({"unit": Unit(UnitKind.SLIDE, 5)}, ", 슬라이드 5", ", slide 5"),
        (
            {"unit": Unit(UnitKind.PAGE, 5, None, "표 3, 2행 4열")},
            "(파일 5쪽), 표 3, 2행 4열",
            "page 5), 표 3, 2행 4열",
        ),
        (
            {"basis": Basis.OCR, "confidence": 0.9199},
            ", 문자인식(OCR) 텍스트, 신뢰도 91%",
            ", OCR text, confidence 91 %",
        ),
        ({"basis": Basis.OCR}, ", 문자인식(OCR) 텍스트", ", OCR text"),
        ({"basis": Basis.CHECKED}, ", 사람이 대조한 텍스트", ", text checked by a person"),
        ({"notices": ("재배포 금지", "초안")}, " [재배포 금지] [초안]", " [재배포 금지] [초안]"),
        ({"notices": ("[대외주의] 사본",)}, ") [대외주의] 사본", "5) [대외주의] 사본"),
        ({"notices": ("[대외주의]",)}, "쪽) [대외주의]", "5) [대외주의]"),
        (
            {"releases": ("자료 (재구성)",)},
            ", 자료 (재구성), 요구자료 1.pdf, 3쪽",
            ", 자료 (재구성), 요구자료 1.pdf, p. 3",
        ),
        ({"title": "요구자료 1"}, ", 의원 요구자료, 3쪽", ", 의원 요구자료, p. 3"),
        ({"releases": ()}, ", 요구자료 1.pdf, 3쪽", ", 요구자료 1.pdf, p. 3"),
        ({"title": "두\n줄"}, "「두 줄」", "“두 줄”"),
    ],
)
def test_what_a_citation_says(changes: dict[str, object], korean: str, english: str) -> None:
    assert korean in formatted(a_citation(**changes), "korean").split("\n")[1]
    assert english in line("english", **changes)


@pytest.mark.parametrize("style", ["korean", "english"])
def test_brackets_do_not_stack(style: str) -> None:
    made = a_citation(
        title="답변서 (요약)", releases=("자료 (재구성)",), notices=("[재배포 금지]",), labels=("iv", "iv")
    )
    for quote in ("", made.quote):
        said = formatted(replace(made, quote=quote), style)
        assert not any(each in said for each in ("((", "))", ")(", "[[", "]]", "][")), said


def test_no_sheet_or_slide_is_ever_a_page() -> None:
    for kind in set(UnitKind) - {UnitKind.PAGE, UnitKind.COMPUTED}:
        made = a_citation(unit=Unit(kind, 5))
        assert "쪽" not in line("korean", unit=Unit(kind, 5))
        assert "p. " not in line("english", unit=Unit(kind, 5))
        assert json.loads(formatted(made, "json"))["page"] is None


def test_json_gives_the_raw_text() -> None:
    found = json.loads(formatted(a_citation(), "json"))
    assert found["quote"] == "사진 1억\n7천만"
    assert (found["schema"], found["citation"], found["page"], found["label"]) == (1, GOOD, 5, "3")
    assert (found["start"], found["end"], found["prefix"], found["suffix"]) == (10, 20, "앞", "뒤")
    assert found["unit"] == {"kind": "page", "number": 5, "name": None, "address": None}
    assert found["spans"] == [{"page": 5, "start": 10, "end": 20}]
    assert (found["agency"], found["release"], found["basis"]) == ("법무부", "의원 요구자료", "text layer")
    assert "\n" not in formatted(a_citation(), "json")
    whole = json.loads(formatted(a_citation(passage=(), quote=""), "json"))
    assert (whole["start"], whole["end"], whole["quote"]) == (None, None, "")


def test_every_style_ends_in_something_that_can_be_checked() -> None:
    for style in STYLES:
        assert [str(found) for _, found in find(formatted(a_citation(), style))] == [GOOD]


def test_unknown_style_names_the_known() -> None:
    with pytest.raises(UsageError, match="korean, english, json"):
        formatted(a_citation(), "apa")


def test_notice_of_a_release_reaches_the_citation(corpus: Corpus, write: Write, cite: Cite) -> None:
    document = write(TEXT, release="갑")
    with corpus.store.writing() as record:
        record.release(Release("갑", "갑", notice="보도 유예"))
    assert " [보도 유예]\n" in formatted(cite(document), "korean")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (f"recog{HYPHEN}nition", "recognition"),
        ("recog-\nnition", "recognition"),
        (f"10{HYPHEN}20건", "10-20건"),
        ("a face\nimage", "a face image"),
        ("얼굴\n인식", "얼굴 인식"),
        ("얼굴 \n인식", "얼굴 인식"),
        ("1억 \n\n 7천만", "1억 7천만"),
        ("12\n34", "12 34"),
        (" 앞뒤\n", "앞뒤"),
        ("종\x07\x1b[31m", "종\ufffd\ufffd[31m"),
        ("\u202e거꾸로\u200b", "거꾸로"),
        ("\uf0a7 한글 기호", "\uf0a7 한글 기호"),
    ],
)
def test_clean(raw: str, said: str) -> None:
    assert clean(raw) == said


@given(st.text(alphabet="가1a-\n “”\x07" + HYPHEN, max_size=30))
def test_clean_is_one_line_with_the_same_words(raw: str) -> None:
    said = clean(raw)
    assert "\n" not in said
    assert re.findall(r"\d+", said) == re.findall(r"\d+", raw)
    assert re.sub(r"[\W_]", "", said) == re.sub(r"[\W_]", "", raw)
