"""Corrections of recognised text: what follows the text, what is refused, what is kept and taken back."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Corpus
from corpus.annotations import annotate, placed
from corpus.annotations import annotations as all_of
from corpus.cells import Cell, Table
from corpus.citation import cite_passage, find, permanent, verify
from corpus.correcting import as_corrected, corrected, history, undo_correction
from corpus.custody import verify as verify_custody
from corpus.errors import NotFound, PageChanged, UsageError
from corpus.figure_rows import of_page as figures_of
from corpus.listings import listings
from corpus.model import (
    Basis,
    Furniture,
    FurnitureKind,
    Page,
    PageSpan,
    Reason,
    Span,
    State,
    Withheld,
)
from corpus.purging import erase, plan
from corpus.resting import basis_at, by_hand, machine_part
from ingest import correcting
from search import Searcher

from .conftest import Write
from .scans import OCR, TEXT, at, kept_scan, ocr_page, put_right


def said(page: Page) -> list[str]:
    return [page.text[word.start : word.end] for word in page.words]


# -- what follows the text


def test_as_many_words_take_the_boxes_one_by_one() -> None:
    page = ocr_page()
    made = corrected(page, *at(page, "보호위원희는 동의률"), "보호위원회는 동의를")
    assert made.text == TEXT.replace("위원희는 동의률", "위원회는 동의를")
    assert (made.basis, made.state, made.confidence) == (Basis.CORRECTED, State.OCR, 0.81)
    assert [word.box for word in made.words] == [word.box for word in page.words]
    assert said(made) == made.text.split()
    assert list(made.confidences) == [50, 100, 100, *page.confidences[3:]]


def test_words_joined_and_parted_have_the_box_around_them() -> None:
    page = ocr_page()
    boxes = [word.box for word in page.words]
    joined = corrected(page, *at(page, "제공 하였다"), "제공하였다")
    assert said(joined) == joined.text.split()
    assert [word.box for word in joined.words][3:7] == [*boxes[3:6], pytest.approx((60, 30, 98, 50), abs=0.02)]
    parted = corrected(page, *at(page, "5,764만"), "5,764 만")
    assert [word.box for word in parted.words][3:5] == [boxes[3]] * 2
    assert list(parted.confidences)[2:6] == [page.confidences[2], 100, 100, page.confidences[4]]


def test_words_that_stay_in_a_line_typed_anew_keep_what_they_have() -> None:
    page = ocr_page()
    line = "5,764만 건의 사진을 제공 하였다."
    made = corrected(page, *at(page, line), "5,764만 건의  사진을 제공하였다. ")
    assert made.text.split("\n")[1] == "5,764만 건의 사진을 제공하였다."
    assert list(made.words)[:6] == list(page.words)[:6]
    assert list(made.confidences)[:6] == list(page.confidences)[:6]


@pytest.mark.parametrize(
    ("stretch", "text", "line"),
    [
        ("제공 하", "제공하", "5,764만 건의 사진을 제공하였다."),
        ("건의 ", "건 ", "5,764만 건 사진을 제공 하였다."),
        (" 건의 ", " 명의 얼굴 ", "5,764만 명의 얼굴 사진을 제공 하였다."),
        ("건의", "", "5,764만 사진을 제공 하였다."),
        ("하였다.", "", "5,764만 건의 사진을 제공"),
        ("5,764만", "", "건의 사진을 제공 하였다."),
        ("건의", "건 의 ", "5,764만 건 의 사진을 제공 하였다."),
    ],
)
def test_blanks_part_words(stretch: str, text: str, line: str) -> None:
    page = ocr_page()
    made = corrected(page, *at(page, stretch), text)
    assert made.text.split("\n") == [TEXT.split("\n")[0], line, "- 3 -"]
    assert said(made) == made.text.split()


@pytest.mark.parametrize(
    ("before", "text", "line"),
    [
        ("건의 ", "얼굴 ", "5,764만 건의 얼굴 사진을 제공 하였다."),
        ("건의", " 얼굴", "5,764만 건의 얼굴 사진을 제공 하였다."),
        ("사진", "첩", "5,764만 건의 사진첩을 제공 하였다."),
        ("하였다.", " 끝.", "5,764만 건의 사진을 제공 하였다. 끝."),
        ("동의률\n", "총 ", "총 5,764만 건의 사진을 제공 하였다."),
    ],
)
def test_words_that_were_missed_are_put_in(before: str, text: str, line: str) -> None:
    page = ocr_page()
    place = at(page, before)[1]
    made = corrected(page, place, place, text)
    assert made.text.split("\n")[1] == line
    assert said(made) == made.text.split()
    assert len(made.confidences) == len(made.words)


def test_marks_and_tables_follow_and_are_clipped() -> None:
    page = ocr_page()
    start, end = at(page, "건의 사진을")
    marks = (
        Furniture(FurnitureKind.HEAD, 0, TEXT.index("\n")),
        Furniture(FurnitureKind.NOTE, TEXT.index("5,764만"), start + 2),
        Furniture(FurnitureKind.NUMBER, *at(page, "- 3 -")),
    )
    cells = (
        Cell(1, 1, *at(page, "5,764만")),
        Cell(1, 2, *at(page, "건의"), more=(at(page, "제공"), at(page, "하였다."))),
        Cell(1, 3, 0, 0),
        Cell(1, 4, *at(page, "건의")),
    )
    page = replace(page, furniture=marks, tables=(Table(1, cells, caption=at(page, "- 3 -")),))
    made = corrected(page, start, end, "번의 얼굴 사진첩을")
    read = [made.text[mark.start : mark.end] for mark in made.furniture]
    assert read == [TEXT.split("\n")[0], "5,764만 ", "- 3 -"]
    [table] = made.tables
    stretches = [[made.text[a:z] for a, z in cell.stretches] for cell in table.cells]
    assert stretches == [["5,764만"], ["제공", "하였다."], [""], [""]]
    assert table.caption is not None
    assert made.text[slice(*table.caption)] == "- 3 -"
    whole = corrected(page, *at(page, "- 3 -"), "- 8 -")
    assert whole.text[whole.furniture[2].start : whole.furniture[2].end] == "- 8 -"


words_of_lines = st.lists(
    st.lists(st.text("가나다라abc12.,", min_size=1, max_size=6), min_size=1, max_size=6), min_size=1, max_size=4
)


@given(words_of_lines, st.data())
def test_words_boxes_and_covers_hold_whatever_is_typed(lines: list[list[str]], data: st.DataObject) -> None:
    page = ocr_page("\n".join(map(" ".join, lines)))
    covers = data.draw(st.sets(st.integers(0, len(page.words) - 1), max_size=2))
    hidden = [word for number, word in enumerate(page.words) if number in covers]
    page = replace(page, withheld=tuple(Withheld(word.start, word.end, word.box) for word in hidden))
    start = data.draw(st.integers(0, len(page.text)))
    end = data.draw(st.integers(start, len(page.text)))
    text = data.draw(st.text("가나다abc12  ", max_size=12))
    try:
        made = corrected(page, start, end, text)
    except UsageError:
        return
    assert made.text.count("\n") == page.text.count("\n")
    assert said(made) == made.text.split()
    assert len(made.confidences) == len(made.words)
    before = [page.text[each.start : each.end] for each in page.withheld]
    assert [made.text[each.start : each.end] for each in made.withheld] == before
    line = page.text.count("\n", 0, start)
    for number, (old, new) in enumerate(zip(page.text.split("\n"), made.text.split("\n"), strict=True)):
        assert old == new or number == line
    boxes = {word.box for word in page.words}
    whole = [(made.text[word.start : word.end], word.box) for word in made.words]
    assert [each for each in whole if each[1][1] < 30 * line - 1] == [
        (page.text[word.start : word.end], word.box) for word in page.words if word.box[1] < 30 * line - 1
    ]
    assert len({box for _, box in whole} - boxes) <= 1  # all else have the box of a word that stood there


@given(words_of_lines, st.data())
def test_what_is_typed_is_what_stands_there(lines: list[list[str]], data: st.DataObject) -> None:
    page = ocr_page("\n".join(map(" ".join, lines)))
    first = data.draw(st.sampled_from(list(page.words)))
    last = data.draw(
        st.sampled_from(
            [w for w in page.words if w.start >= first.start and "\n" not in page.text[first.start : w.end]]
        )
    )
    text = " ".join(data.draw(st.lists(st.text("가나다라abc12.,", min_size=1, max_size=6), min_size=1, max_size=4)))
    if page.text[first.start : last.end] == text:
        with pytest.raises(UsageError, match="says that already"):
            corrected(page, first.start, last.end, text)
    else:
        made = corrected(page, first.start, last.end, text)
        assert made.text == page.text[: first.start] + text + page.text[last.end :]


# -- what is refused


@pytest.mark.parametrize(
    ("stretch", "text", "match"),
    [
        ("동의률", "동의률", "says that already"),
        ("동의률", "동의\n를", "cannot be printed"),
        ("동의률", "동의\x07", r"U\+0007"),
        ("동의률", "동의\u202e", r"U\+202E"),
        ("동의률", "█", r"U\+2588"),
        ("동의률", "가" * 2001, "may have 2,000"),
        ("동의률\n5,764만", "동의를", "end of a line"),
    ],
)
def test_what_cannot_stand_in_a_line_is_refused(stretch: str, text: str, match: str) -> None:
    page = ocr_page()
    with pytest.raises(UsageError, match=match):
        corrected(page, *at(page, stretch), text)


def test_places_off_the_page_and_withheld_ones_are_refused() -> None:
    page = ocr_page()
    for start, end in ((-1, 3), (3, 2), (0, len(TEXT) + 1)):
        with pytest.raises(UsageError, match="no stretch of page 1"):
            corrected(page, start, end, "가")
    covered = replace(page, withheld=(Withheld(*at(page, "건의"), (0, 0, 1, 1)),))
    for stretch in ("건의", "5,764만 건", "의 사진"):
        with pytest.raises(UsageError, match="withheld"):
            corrected(covered, *at(page, stretch), "가")
    place = at(page, "건의")[1]
    with pytest.raises(UsageError, match="same word"):
        corrected(covered, place, place, "가")
    beside = corrected(covered, place + 1, place + 1, "얼굴 ")
    [cover] = beside.withheld
    assert beside.text[cover.start : cover.end] == "건의"
    assert "얼굴" in beside.visible


def test_a_text_layer_is_never_corrected_but_its_pictures_are() -> None:
    own, picture = "Annex 1", "제 3호 서 식"
    page = ocr_page(f"{own}\n{picture}", basis=Basis.TEXT_LAYER)
    with pytest.raises(UsageError, match="the file's own text"):
        corrected(page, *at(page, "Annex"), "Anhang")
    page = replace(page, furniture=(Furniture(FurnitureKind.PICTURE, *at(page, picture)),))
    with pytest.raises(UsageError, match="the file's own text"):
        corrected(page, *at(page, "Annex"), "Anhang")
    made = corrected(page, *at(page, "서 식"), "서식")
    assert (made.basis, made.text) == (Basis.TEXT_LAYER, f"{own}\n제 3호 서식")
    assert basis_at(page, *at(page, "서 식")) is Basis.OCR
    assert basis_at(made, *at(made, "서식")) is Basis.CORRECTED
    assert basis_at(made, *at(made, "Annex")) is Basis.TEXT_LAYER
    assert made.text[made.furniture[0].start : made.furniture[0].end] == "제 3호 서식"


def test_a_page_that_waits_for_ocr_has_nothing_to_correct() -> None:
    with pytest.raises(UsageError, match="no recognised text"):
        corrected(ocr_page("", reason=Reason.NEEDS_OCR, basis=Basis.TEXT_LAYER), 0, 0, "가")


# -- kept, found, taken back

FIGURES = correcting._FIGURES


@pytest.fixture
def scan(corpus: Corpus) -> str:
    return kept_scan(corpus, TEXT, "둘째 쪽의 글")


def test_a_correction_is_found_at_once_and_the_machine_text_stays(corpus: Corpus, scan: str) -> None:
    with Searcher(corpus) as searcher:
        assert searcher.search("동의률").total == 1
    page = put_right(corpus, scan, "동의률", "동의를")
    assert (page.basis, page.state) == (Basis.CORRECTED, State.OCR)
    assert page.fingerprint.startswith(f"{OCR}+c")
    assert machine_part(page.fingerprint) == OCR
    with Searcher(corpus) as searcher:
        assert [hit.page.basis for hit in searcher.search("동의를").hits] == [Basis.CORRECTED]
        assert searcher.search("동의률").total == 0
        assert searcher.search("basis:corrected").total == 1
        [place] = searcher.quote("보호위원희는 동의를").places
        assert place.basis is Basis.CORRECTED
    assert corpus.store.page(scan, 1, OCR).text == TEXT
    assert not verify_custody(corpus)
    extraction = corpus.store.extraction(scan, page.fingerprint)
    assert extraction is not None
    assert dict(extraction.facts) == {"title": "공문"}


def test_a_search_that_goes_on_finds_it_too(corpus: Corpus, scan: str) -> None:
    with Searcher(corpus) as searcher:
        put_right(corpus, scan, "동의률", "동의를")
        assert searcher.quote("보호위원희는 동의를").places
        assert not searcher.quote("보호위원희는 동의률").places


def test_figures_follow_a_correction(corpus: Corpus, scan: str) -> None:
    page = put_right(corpus, scan, "5,764만", "5,164만")
    with corpus.store.reading() as connection:
        found = figures_of(connection, scan, 1, page.fingerprint)
    assert [str(figure.low) for figure in found.figures][:1] == ["51640000"]
    with Searcher(corpus) as searcher:
        assert searcher.search("figure:51640000").total == 1
        assert searcher.search("figure:57640000").total == 0


def test_corrections_are_taken_back_one_by_one(corpus: Corpus, scan: str) -> None:
    first = put_right(corpus, scan, "동의률", "동의를")
    second = put_right(corpus, scan, "위원희", "위원회", "이 비서")
    assert second.fingerprint.count("+c") == 1
    there_and_back = put_right(corpus, scan, "위원회", "위원희")
    assert (there_and_back.text, there_and_back.fingerprint) != (second.text, first.fingerprint)
    texts = [there_and_back.text]
    for _ in range(3):
        here = corpus.store.page(scan, 1)
        texts.append(correcting.undo(corpus, scan, 1, here.fingerprint, "김 보좌관").text)
    assert texts[1:] == [second.text, first.text, TEXT]
    page = corpus.store.page(scan, 1)
    assert (page.fingerprint, page.basis) == (OCR, Basis.OCR)
    with pytest.raises(UsageError, match="no correction"):
        correcting.undo(corpus, scan, 1, OCR, "김 보좌관")
    told = [(each.was, each.text, each.who, each.undo) for each in history(corpus.store, scan, 1)]
    assert told == [
        ("동의률", "동의를", "김 보좌관", False),
        ("위원희", "위원회", "이 비서", False),
        ("위원회", "위원희", "김 보좌관", False),
        ("위원희", "위원회", "김 보좌관", True),
        ("위원회", "위원희", "김 보좌관", True),
        ("동의를", "동의률", "김 보좌관", True),
    ]
    assert put_right(corpus, scan, "동의률", "동의를").fingerprint == first.fingerprint
    whats = [row.what for row in corpus.store.log()]
    assert (whats.count("corrected"), whats.count("correction taken back")) == (4, 3)
    assert not any("동의" in row.detail for row in corpus.store.log())
    assert not verify_custody(corpus)


def test_of_two_who_correct_the_same_text_the_second_is_told(corpus: Corpus, scan: str) -> None:
    seen = corpus.store.page(scan, 1)
    put_right(corpus, scan, "동의률", "동의를", "이 비서")
    with pytest.raises(PageChanged, match="Page 1 was changed by 이 비서 meanwhile") as told:
        correcting.correct(corpus, scan, 1, seen.fingerprint, *at(seen, "위원희"), "위원회", "김 보좌관")
    assert told.value.text == "위원회"
    assert len(history(corpus.store, scan, 1)) == 1
    with pytest.raises(PageChanged):
        undo_correction(corpus.store, scan, 1, OCR, "김 보좌관", FIGURES)


def test_of_many_at_once_one_is_kept_and_all_others_are_told(corpus: Corpus, scan: str) -> None:
    seen, told = corpus.store.page(scan, 1), list[str]()

    def act(word: str) -> None:
        try:
            correcting.correct(corpus, scan, 1, seen.fingerprint, *at(seen, "동의률"), word, "김 보좌관")
            told.append(word)
        except PageChanged as error:
            told.append(f"not {error.text}")

    threads = [threading.Thread(target=act, args=(word,)) for word in ("동의를", "동의율", "등의를", "동 의률")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = [word for word in told if not word.startswith("not")]
    assert (len(told), len(kept), len(history(corpus.store, scan, 1))) == (4, 1, 1)
    assert kept[0] in corpus.store.page(scan, 1).text


def test_it_is_saved_while_another_process_takes_papers_in(corpus: Corpus, scan: str) -> None:
    from corpus.locking import only_writer

    with only_writer(corpus.folder, "a test"):
        assert put_right(corpus, scan, "동의률", "동의를").basis is Basis.CORRECTED
        with Searcher(corpus) as searcher:
            assert searcher.quote("보호위원희는 동의를").places


def test_papers_that_are_not_there_cannot_be_corrected(corpus: Corpus, scan: str) -> None:
    with pytest.raises(NotFound):
        correcting.correct(corpus, scan, 9, OCR, 0, 1, "가", "김 보좌관")
    with corpus.store.writing() as record:
        record.remove(corpus.store.occurrences(scan), "김 보좌관")
    with pytest.raises(NotFound, match="status --files"):
        correcting.correct(corpus, scan, 1, OCR, 0, 1, "가", "김 보좌관")
    with pytest.raises(UsageError, match="name"):
        correcting.correct(corpus, scan, 1, OCR, 0, 1, "가", " ")


def test_annotations_of_the_machine_text_stand_on_the_corrected_one(corpus: Corpus, scan: str) -> None:
    page = corpus.store.page(scan, 1)
    annotate(corpus.store, page, Span(*at(page, "사진을 제공")), author="김 보좌관", note="확인")
    annotate(corpus.store, page, Span(*at(page, "동의률")), author="김 보좌관", note="무엇?")
    made = put_right(corpus, scan, "보호위원희는 동의률", "보호위원회의 제3자 동의를")
    lost, stands = all_of(corpus.store, document=scan)
    assert placed(lost, made).span is None
    found = placed(stands, made).span
    assert found is not None
    assert made.text[found.start : found.end] == "사진을 제공"


def cited(corpus: Corpus, document: str, words: str) -> str:
    page = corpus.store.page(document, 1)
    listing = listings(corpus.store)[document]
    return permanent(cite_passage(corpus.store, listing, (PageSpan(1, *at(page, words)),)))


def checked(corpus: Corpus, form: str) -> tuple[str, str]:
    [(_, read)] = find(form)
    verdict = verify(read, corpus.store, corpus.originals)
    return verdict.status.value, verdict.sentence


def test_citations_of_the_machine_text_say_what_was_corrected(corpus: Corpus, scan: str) -> None:
    wrong, right = cited(corpus, scan, "위원희는 동의률"), cited(corpus, scan, "사진을 제공")
    put_right(corpus, scan, "개인정보", "개 인 정보")
    put_right(corpus, scan, "건의", "번의")
    put_right(corpus, scan, "동의률", "동의를", "이 비서")
    status, sentence = checked(corpus, wrong)
    assert status == "changed"
    assert "Page 1 was corrected since: “동의률” to “동의를” (이 비서, 20" in sentence
    assert checked(corpus, right)[0] == "moved"
    later = cited(corpus, scan, "위원희는 동의를")
    assert f"/{OCR}..c" in later
    assert checked(corpus, later)[0] == "holds"
    correcting.undo(corpus, scan, 1, corpus.store.page(scan, 1).fingerprint, "김 보좌관")
    assert checked(corpus, wrong)[0] == "moved"
    status, sentence = checked(corpus, later)
    assert status == "changed"
    assert "taken back since: “동의률” to “동의를”" in sentence


def test_a_page_recognised_once_more_is_as_people_left_it(corpus: Corpus, scan: str) -> None:
    again = ocr_page(TEXT, scan)
    assert as_corrected(corpus.store, again) == again
    made = put_right(corpus, scan, "동의률", "동의를")
    assert as_corrected(corpus.store, again) == made
    other = replace(again, fingerprint="ocr1-another")
    assert as_corrected(corpus.store, other) == other
    correcting.undo(corpus, scan, 1, made.fingerprint, "김 보좌관")
    assert as_corrected(corpus.store, again) == again


def test_documents_without_all_figures_stay_so(corpus: Corpus, scan: str) -> None:
    from search.figure_filling import lacking

    with corpus.store.writing() as record:
        record.connection.exec_driver_sql("UPDATE recognised SET version = 0")
    put_right(corpus, scan, "동의률", "동의를")
    assert lacking(corpus) == [scan]


def test_purging_leaves_no_correction(corpus: Corpus, scan: str) -> None:
    put_right(corpus, scan, "동의률", "동의를")
    places = corpus.store.occurrences(scan)
    with corpus.store.writing() as record:
        record.remove(places, "김 보좌관")
    erase(corpus.store, plan(corpus.store, corpus.store.occurrences(scan)), "김 보좌관")
    with corpus.store.reading() as connection:
        assert not connection.exec_driver_sql("SELECT * FROM corrections").all()
        rows = connection.exec_driver_sql("SELECT detail FROM log").scalars().all()
    assert not any("동의" in row for row in rows)


def test_papers_of_text_cannot_be_corrected(corpus: Corpus, write: Write) -> None:
    document = write("보통의 글")
    with pytest.raises(UsageError, match="the file's own text"):
        correcting.correct(corpus, document, 1, "test-1", 0, 3, "다른", "김 보좌관")
    assert not by_hand(corpus.store.page(document, 1).fingerprint)
