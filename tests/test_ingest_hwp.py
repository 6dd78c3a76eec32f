"""HWPX papers made by code, read with pages where rhwp is there and without; real HWP files where they are there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from corpus.cells import grid
from corpus.model import FurnitureKind, Page, Reason, Span, State, UnitKind
from ingest.formats import hwp, hwp_layout
from tests import hwpx

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"
needs_layout = pytest.mark.skipif(not hwp_layout.there(), reason="install rhwp-python and libfreetype6")
needs_files = pytest.mark.skipif(not SHARED.exists(), reason="../shared/data is not here")


@pytest.fixture(autouse=True)
def read_afresh() -> None:
    hwp._read.cache_clear()


@pytest.fixture
def without_layout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp_layout, "_rhwp", lambda: None)


def pages_of(path: Path) -> list[Page]:
    return hwp.read(path, 1, hwp.outline(path).pages, document="d")


def marked(page: Page, kind: FurnitureKind) -> list[str]:
    return [page.text[mark.start : mark.end] for mark in page.furniture if mark.kind is kind]


@needs_layout
def test_pages_are_computed_and_say_by_what(tmp_path: Path) -> None:
    path = hwpx.make(tmp_path / "a", hwpx.p("첫째 쪽의 문장이다."), hwpx.p("둘째 쪽의 문장이다.", new_page=True))
    outline = hwp.outline(path)
    first, second = hwp.read(path, 1, 99, document="d")
    assert (outline.pages, first.number, second.number) == (2, 1, 2)
    assert outline.facts["pages computed by"].startswith("rhwp ")
    assert (first.kind, first.label, first.document) == (UnitKind.COMPUTED, None, "d")
    assert (first.text, second.text) == ("첫째 쪽의 문장이다.", "둘째 쪽의 문장이다.")
    assert (round(first.width), round(first.height)) == (595, 842)
    assert hwp.read(path, 2, 2)[0].text == second.text


@needs_layout
def test_fonts_that_are_not_here_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hwp_layout, "_fonts_here", lambda: frozenset({"있는글꼴"}))
    missing = hwp.outline(hwpx.make(tmp_path / "a", hwpx.p("글"), font="없는 글꼴"))
    assert "없는 글꼴" in missing.facts["fonts substituted"]
    present = hwp.outline(hwpx.make(tmp_path / "b", hwpx.p("글"), font="있는 글꼴"))
    assert "있는 글꼴" not in present.facts.get("fonts substituted", "")
    monkeypatch.setattr(hwp_layout, "_fonts_here", frozenset)
    assert "fonts substituted" not in hwp.outline(hwpx.make(tmp_path / "c", hwpx.p("글"))).facts


@needs_layout
def test_a_long_paragraph_is_cut_where_the_page_ends(tmp_path: Path) -> None:
    sentences = [f"{n}번째 문장은 다른 어느 문장과도 다르다." for n in range(1, 400)]
    pages = pages_of(hwpx.make(tmp_path / "a", hwpx.p(" ".join(sentences))))
    assert len(pages) > 1
    assert "".join(page.text for page in pages).replace(" ", "") == "".join(sentences).replace(" ", "")


@needs_layout
def test_words_have_boxes_down_the_page(tmp_path: Path) -> None:
    page = pages_of(hwpx.make(tmp_path / "a", hwpx.p("위의 말"), hwpx.p("아래의 말")))[0]
    words = list(page.words)
    assert [page.text[word.start : word.end] for word in words] == ["위의", "말", "아래의", "말"]
    assert words[0].box[2] <= words[1].box[0]  # to the left of
    assert words[1].box[3] <= words[2].box[1]  # above
    assert all(85 <= word.box[0] < word.box[2] < 595 for word in words)  # the margin is 30 mm


@needs_layout
def test_a_table_over_a_page_end_is_a_table_on_each(tmp_path: Path) -> None:
    lines = [[hwpx.cell(n, 0, hwpx.p(f"항목 {n}의 이름")), hwpx.cell(n, 1, hwpx.p(f"{n * 37}원"))] for n in range(120)]
    pages = pages_of(hwpx.make(tmp_path / "a", hwpx.p("앞의 말"), hwpx.p("", hwpx.table(120, 2, *lines))))
    assert len(pages) > 1
    rows = [row for page in pages for table in page.tables for row in grid(table, page.text)]
    assert rows == [[f"항목 {n}의 이름", f"{n * 37}원"] for n in range(120)]
    assert all(table.cells[0].row == 1 for page in pages for table in page.tables)


@needs_layout
def test_notes_stand_on_the_page_of_their_mark(tmp_path: Path) -> None:
    path = hwpx.make(
        tmp_path / "a",
        hwpx.p("근거가 있다", hwpx.note("근거의 출처"), hwpx.t(" 그러나"), hwpx.running("기밀 아님")),
        hwpx.p("다음 쪽", hwpx.note("끝에 붙는 말", "endNote"), new_page=True),
    )
    first, second = pages_of(path)
    assert first.text.startswith("근거가 있다1) 그러나")
    assert marked(first, FurnitureKind.NOTE) == ["1) 근거의 출처"]
    assert marked(first, FurnitureKind.HEAD) == ["기밀 아님"]
    assert marked(second, FurnitureKind.NOTE) == ["1) 끝에 붙는 말"]
    assert marked(second, FurnitureKind.HEAD) == []


def test_comments_are_apart(tmp_path: Path) -> None:
    path = hwpx.make(tmp_path / "a", hwpx.p("본문", hwpx.note("숨은 설명", "hiddenComment")), hwpx.memo("메모"))
    assert marked(pages_of(path)[0], FurnitureKind.COMMENT) == ["숨은 설명", "메모"]


def test_what_was_deleted_is_withheld(tmp_path: Path) -> None:
    lines = [[hwpx.cell(0, 0, hwpx.p("칸 ", hwpx.deleted("비밀"))), hwpx.cell(0, 1, hwpx.p("둘"))]]
    path = hwpx.make(
        tmp_path / "a", hwpx.p("남은 말 ", hwpx.deleted("지운 말"), hwpx.t(" 끝")), hwpx.p("", hwpx.table(1, 2, *lines))
    )
    page = pages_of(path)[0]
    assert [page.text[span.start : span.end] for span in page.withheld] == ["지운 말", "비밀"]
    assert "지운" not in page.visible
    assert (page.state, page.reason) == (State.IN_PART, Reason.WITHHELD)


@needs_layout
def test_a_picture_covers_what_is_withheld(tmp_path: Path) -> None:
    path = hwpx.make(tmp_path / "a", hwpx.p("남은말 ", hwpx.deleted("지운말"), hwpx.t(" 끝")))
    page = pages_of(path)[0]
    image = Image.open(BytesIO(hwp.picture(path, 1, 1190)))
    hidden = page.withheld[0]
    x0, top, x1, bottom = page.words.boxes(Span(hidden.start, hidden.end))[0]
    scale = image.width / page.width
    inside = image.crop(
        (round(x0 * scale) + 2, round(top * scale) + 2, round(x1 * scale) - 2, round(bottom * scale) - 2)
    )
    assert inside.getextrema() == ((0, 0),) * 3
    assert hidden.box[0] == pytest.approx(x0, abs=0.1)


@needs_layout
def test_a_picture_has_the_width_and_the_words(tmp_path: Path) -> None:
    blank = Image.open(BytesIO(hwp.picture(hwpx.make(tmp_path / "b"), 1, 600))).convert("L")
    written = Image.open(BytesIO(hwp.picture(hwpx.make(tmp_path / "a", hwpx.p("Words")), 1, 600))).convert("L")
    assert abs(written.width - 600) <= 2
    assert set(blank.tobytes()) == {255}
    assert min(written.tobytes()) < 128


def test_cells_span_and_are_addressed(tmp_path: Path) -> None:
    lines = [
        [hwpx.cell(0, 0, hwpx.p("구분"), rows=2), hwpx.cell(0, 1, hwpx.p("예산"), columns=2)],
        [hwpx.cell(1, 1, hwpx.p("작년")), hwpx.cell(1, 2, hwpx.p("올해"), hwpx.p("(안)"))],
    ]
    page = pages_of(hwpx.make(tmp_path / "a", hwpx.p("", hwpx.table(2, 3, *lines, caption="예산 현황"))))[0]
    (table,) = page.tables
    cells = {page.text[c.start : c.end]: (c.row, c.column, c.rows, c.columns) for c in table.cells}
    assert cells == {"구분": (1, 1, 2, 1), "예산": (1, 2, 1, 2), "작년": (2, 2, 1, 1), "올해\n(안)": (2, 3, 1, 1)}
    assert table.caption is not None
    assert page.text[slice(*table.caption)].endswith("예산 현황")


def test_a_table_in_a_cell_follows_the_table(tmp_path: Path) -> None:
    inner = hwpx.table(1, 2, [hwpx.cell(0, 0, hwpx.p("안 가")), hwpx.cell(0, 1, hwpx.p("안 나"))])
    outer = hwpx.table(1, 2, [hwpx.cell(0, 0, hwpx.p("밖 가"), hwpx.p("", inner)), hwpx.cell(0, 1, hwpx.p("밖 나"))])
    page = pages_of(hwpx.make(tmp_path / "a", hwpx.p("", outer)))[0]
    assert [grid(table, page.text) for table in page.tables] == [[["밖 가", "밖 나"]], [["안 가", "안 나"]]]


def test_a_frame_is_no_table(tmp_path: Path) -> None:
    frame = hwpx.table(1, 1, [hwpx.cell(0, 0, hwpx.p("틀 안의 글"))])
    page = pages_of(hwpx.make(tmp_path / "a", hwpx.p("", frame)))[0]
    assert (page.text, page.tables) == ("틀 안의 글", ())


def test_nothing_is_added_to_the_text(tmp_path: Path) -> None:
    path = hwpx.make(
        tmp_path / "a",
        hwpx.p("", hwpx.bookmark("이름"), hwpx.t("본문 [bookmark: 아님] [x]")),
        hwpx.p("고른다 ", hwpx.ticked("예", True), hwpx.ticked("아니오", False)),
        hwpx.p("그림 ", hwpx.image("작은")),
        hwpx.p("식 ", hwpx.equation("{a+b} over {2}")),
        pictures={"작은": hwpx.PIXEL},
    )
    page = pages_of(path)[0]
    assert page.text == "본문 [bookmark: 아님] [x]\n고른다 ☑예☐아니오\n그림\n식 (a+b)/2"
    assert page.state is State.SEARCHABLE


def test_large_pictures_are_unread(tmp_path: Path, without_layout: None) -> None:
    large = hwpx.PIXEL + bytes(30_000)
    path = hwpx.make(tmp_path / "a", hwpx.p("그림 ", hwpx.image("큰")), pictures={"큰": large})
    page = pages_of(path)[0]
    assert (page.state, page.reason) == (State.IN_PART, Reason.UNREAD_PICTURES)


@needs_layout
def test_large_pictures_are_unread_on_their_page(tmp_path: Path) -> None:
    noise = BytesIO()
    Image.effect_noise((250, 250), 90).save(noise, "png")
    path = hwpx.make(
        tmp_path / "a",
        hwpx.p("앞"),
        hwpx.p("그림 ", hwpx.image("큰"), new_page=True),
        pictures={"큰": noise.getvalue()},
    )
    first, second = pages_of(path)
    assert (first.state, second.reason) == (State.SEARCHABLE, Reason.UNREAD_PICTURES)


def test_without_a_layout_units_have_the_names_of_headings(tmp_path: Path, without_layout: None) -> None:
    path = hwpx.make(
        tmp_path / "a",
        hwpx.p("추진 배경", style=1),
        *(hwpx.p(f"{n}번째로 말한 까닭은 다음과 같다.") for n in range(20)),
        hwpx.p("추진 일정", style=1),
        hwpx.p("올해 안에 한다."),
    )
    outline = hwp.outline(path)
    pages = hwp.read(path, 1, 9)
    assert [(page.kind, page.name) for page in pages] == [
        (UnitKind.SECTION, "추진 배경"),
        (UnitKind.SECTION, "추진 일정"),
    ]
    assert (outline.pages, "pages computed by" in outline.facts) == (2, False)


def test_a_blank_paper_is_one_empty_page(tmp_path: Path) -> None:
    (page,) = pages_of(hwpx.make(tmp_path / "a"))
    assert (page.text, page.state) == ("", State.SEARCHABLE)


def test_a_blank_paper_without_a_layout(tmp_path: Path, without_layout: None) -> None:
    (page,) = pages_of(hwpx.make(tmp_path / "a"))
    assert (page.text, page.state, page.kind) == ("", State.SEARCHABLE, UnitKind.SECTION)


@needs_files
@needs_layout
@pytest.mark.parametrize("name", ["hwpspec.hwp", "한글문서파일형식_5.0_revision1.3.hwp"])
def test_distribution_documents_are_read(name: str) -> None:
    pages = pages_of(SHARED / "hwp" / name)
    assert pages[0].kind is UnitKind.COMPUTED
    text = "\n".join(page.text for page in pages)
    assert len(text) > 50_000
    assert "상위 버전의 배포용" not in text


@needs_files
@needs_layout
def test_numbers_of_captions_and_outlines_are_there() -> None:
    (captions,) = pages_of(SHARED / "hwp" / "table-caption.hwp")
    assert "표 2 아래 캡션" in captions.text.splitlines()
    outline = pages_of(SHARED / "hwp" / "머리글꼬리글.hwp")[0]
    assert outline.text.splitlines()[:2] == ["1. aaa", "가. 2233"]


@needs_files
@needs_layout
def test_hwp_3_is_read() -> None:
    pages = pages_of(SHARED / "hwp" / "hwp3-sample4.hwp")
    assert (len(pages), pages[0].kind) == (36, UnitKind.COMPUTED)
    assert "리눅스 어셈블리 프로그래밍의 기초" in pages[1].text


@needs_files
def test_a_hidden_comment_of_hwp_5() -> None:
    (page,) = pages_of(SHARED / "hwp" / "숨은설명.hwp")
    assert marked(page, FurnitureKind.COMMENT) == ["우리는 우리다.\n그것은 그것이다."]
