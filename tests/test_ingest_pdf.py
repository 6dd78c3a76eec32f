"""Reading PDFs: text, words, labels, covers, furniture, states, and files that cannot be read."""

from __future__ import annotations

import pickle
import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.colors import Color, gray, white
from reportlab.pdfbase import pdfdoc

from corpus.errors import FileFailure
from corpus.folding import HYPHEN
from corpus.model import FurnitureKind, Page, Reason, State, Words
from ingest.formats import FORMATS, FormatError, pdf
from ingest.formats.pdf_furniture import mark
from ingest.workers import WorkerPool
from tests import pdfs
from tests.pdfs import all_of, annotation, box, lines, make, picture

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"
needs_shared = pytest.mark.skipif(not SHARED.exists(), reason="needs the files beside the project (../shared/data)")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "file.pdf"


def read(path: Path, first: int = 1, last: int = 999, password: str | None = None) -> list[Page]:
    return pdf.read(path, first, last, password, "sha256")


def words(page: Page) -> list[str]:
    return [page.text[word.start : word.end] for word in page.words]


def about(*numbers: float) -> object:
    return pytest.approx(numbers, abs=0.6)


# Text and words


def test_text_and_words(path: Path) -> None:
    (page,) = read(make(path, lines("Some 170 million", "face images")))
    assert page.text == "Some 170 million\nface images"
    assert words(page) == ["Some", "170", "million", "face", "images"]
    assert (page.document, page.number, page.label, page.rotation) == ("sha256", 1, None, 0)
    assert (page.width, page.height) == pdfs.PAGE
    assert (page.state, page.reason, page.fingerprint) == (State.SEARCHABLE, Reason.NONE, pdf.FINGERPRINT)
    some, _, _, face, _ = page.words
    assert (some.box[0], face.box[0]) == about(50, 50)
    assert some.box[1] < 100 < some.box[3] < face.box[1] + 6 < 120 < face.box[3]


def test_korean(path: Path) -> None:
    text = "인공지능 식별추적시스템 구축사업 (2019년)"
    (page,) = read(make(path, lines(text, font=pdfs.korean())))
    assert page.text == text
    assert words(page) == text.split()


def test_words_are_packed_as_the_record_packs_them(path: Path) -> None:
    (page,) = read(make(path, lines("some words", "and more of them", x=333)))
    again = Words.pack(list(page.words), page.width, page.height)
    assert again == page.words


LINES = st.lists(
    st.text("ab Z9가힣-—\u00a0()%.", min_size=1, max_size=30).filter(lambda text: not text.isspace()),
    max_size=12,
)


@settings(max_examples=40, deadline=None)
@given(LINES)
def test_words_cover_the_text_and_hold_no_blank(texts: list[str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        (page,) = read(make(Path(folder) / "file.pdf", lines(*texts, font=pdfs.korean())))
    covered = {at for word in page.words for at in range(word.start, word.end)}
    assert covered == {at for at, char in enumerate(page.text) if not char.isspace()}
    assert not any(re.search(r"\s", word) for word in words(page))
    for word in page.words:
        x0, top, x1, bottom = word.box
        assert 0 <= x0 <= x1 <= page.width
        assert 0 <= top <= bottom <= page.height


def test_line_end_hyphen_makes_two_words(path: Path) -> None:
    (page,) = read(make(path, lines("they were identi-", "fied by the ministry")))
    assert page.text == f"they were identi{HYPHEN}fied by the ministry"
    assert words(page)[2:4] == [f"identi{HYPHEN}", "fied"]
    before, after = list(page.words)[2:4]
    assert before.box[3] < after.box[1] + 6
    assert before.box[0] > 90
    assert after.box[0] == pytest.approx(50, abs=0.6)


def test_signs_beyond_the_basic_plane_keep_offsets_right(path: Path) -> None:
    content = "BT /F 12 Tf 50 500 Td (A B one) Tj 0 -20 Td (two) Tj ET"
    (page,) = read(pdfs.with_map(path, [(0x41, "\U0001d54f"), (0x42, "\ud835")], content))
    assert page.text == "\U0001d54f \ufffd one\ntwo"
    assert words(page) == ["\U0001d54f", "\ufffd", "one", "two"]
    assert [round(word.box[0]) for word in page.words][-1] == 50


def test_boxes_count_from_the_crop_box(path: Path) -> None:
    (page,) = read(make(path, pdfs.cropped((40, 50, 300, 550), lines("here"))))
    assert (page.width, page.height) == (260, 500)
    (word,) = page.words
    assert word.box[0] == pytest.approx(10, abs=0.6)
    assert word.box[1] < 50 < word.box[3]


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_rotation_is_undone(path: Path, rotation: int) -> None:
    texts = ["a page that is", "turned by the viewer"]
    (page,) = read(make(path, pdfs.turned(rotation, lines(*texts))))
    assert page.text == "\n".join(texts)
    assert (page.rotation, page.width, page.height) == (rotation, *pdfs.PAGE)
    first = next(iter(page.words))
    assert first.box[0] == pytest.approx(50, abs=0.6)


def test_upright_text_is_not_cut(path: Path) -> None:
    def draw(canvas) -> None:
        canvas.rotate(90)
        canvas.drawString(100, -200, "upwards")

    (page,) = read(make(path, draw))
    assert words(page) == ["upwards"]
    (word,) = page.words
    assert word.box[3] - word.box[1] > 2 * (word.box[2] - word.box[0])


# Pages, labels, facts


def test_outline(path: Path) -> None:
    make(path, lines("one"), lines("two"), title="업무계획", author="법무부")
    outline = pdf.outline(path)
    assert outline.pages == 2
    assert (outline.facts["Title"], outline.facts["Author"]) == ("업무계획", "법무부")
    assert "page labels" not in outline.facts


def test_labels(path: Path) -> None:
    front = pdfs.labelled("ROMAN_LOWER", lines("front"))
    body = pdfs.labelled("ARABIC", lines("body"), prefix="B-")
    make(path, front, lines("front"), body)
    assert pdf.outline(path).facts["page labels"] == "yes"
    assert [page.label for page in read(path)] == ["i", "ii", "B-1"]


def test_range_of_pages(path: Path) -> None:
    make(path, *[lines(f"number {index}") for index in range(5)])
    assert [page.number for page in read(path, 2, 3)] == [2, 3]
    assert [page.text for page in read(path, 5, 99)] == ["number 4"]
    assert read(path, 6, 9) == []


# Files that cannot be read


def failure(path: Path, password: str | None = None) -> FormatError:
    with pytest.raises(FormatError) as caught:
        read(path, password=password)
    with pytest.raises(FormatError, match=re.escape(str(caught.value))):
        pdf.outline(path, password)
    return caught.value


def test_password(path: Path) -> None:
    make(path, lines("secret"), password="right")
    assert failure(path).reason is Reason.ENCRYPTED
    assert "asks for a password" in str(failure(path))
    assert "given does not open" in str(failure(path, "wrong"))
    assert read(path, password="right")[0].text == "secret"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(b"", Reason.EMPTY, id="empty"),
        pytest.param(b"not a PDF at all", Reason.DAMAGED, id="another format"),
        pytest.param(b"%PDF-1.7\n%%EOF", Reason.DAMAGED, id="nothing in it"),
    ],
)
def test_unreadable_content(path: Path, content: bytes, reason: Reason) -> None:
    path.write_bytes(content)
    error = failure(path)
    assert (error.reason, isinstance(error, FileFailure)) == (reason, True)
    assert str(error).endswith("ask the agency to send it again.")


def test_missing_file(path: Path) -> None:
    assert failure(path).reason is Reason.UNREADABLE


def test_file_without_its_last_lines_is_read(path: Path) -> None:
    make(path, lines("one"), lines("two"))
    path.write_bytes(path.read_bytes()[:-20])
    assert [page.text for page in read(path)] == ["one", "two"]


def test_errors_and_pages_travel_between_processes(path: Path) -> None:
    error = FormatError(Reason.DAMAGED, "Ask again.")
    again = pickle.loads(pickle.dumps(error))
    assert (again.reason, again.detail, str(again)) == (Reason.DAMAGED, "Ask again.", "Ask again.")
    form = FORMATS["application/pdf"]
    make(path, lines("travels"))
    with WorkerPool(1) as pool:
        assert pool.submit(form.outline, path, None).result() == form.outline(path, None)
        assert pool.submit(form.read, path, 1, 1, None, "id").result() == form.read(path, 1, 1, None, "id")
        assert isinstance(pool.submit(form.read, path.with_name("no"), 1, 1, None, "id").exception(), FormatError)


def test_fingerprint_names_tool_and_versions() -> None:
    assert re.fullmatch(r"pdf1-[0-9a-f]{12}", pdf.FINGERPRINT)
    assert re.fullmatch(r"pypdfium2 \d+\.\d+\.\d+ \(pdfium \d+\), reader \d+", pdf.TOOL)


# Withheld text

TEXT = lines("Name: Hong Gildong, born 1970")
OVER = (88.0, 85.0, 170.0, 106.0)  # over "Hong Gildong,"


def polygon(canvas) -> None:
    shape = canvas.beginPath()
    shape.moveTo(85, 488)
    for point in ((170, 488), (173, 500), (170, 516), (85, 516)):
        shape.lineTo(*point)
    shape.close()
    canvas.drawPath(shape, fill=1, stroke=0)


def thick_line(canvas) -> None:
    canvas.setLineWidth(22)
    canvas.line(88, 504, 170, 504)


def square(canvas) -> None:
    entries = {"C": pdfdoc.PDFArray([0, 0, 0]), "IC": pdfdoc.PDFArray([0, 0, 0])}
    annotation("Square", *OVER, **entries)(canvas)


@pytest.mark.parametrize(
    "cover",
    [
        pytest.param(box(*OVER), id="black box"),
        pytest.param(box(*OVER, color=white), id="white box"),
        pytest.param(box(*OVER, color=gray), id="grey box"),
        pytest.param(picture(*OVER), id="image"),
        pytest.param(polygon, id="polygon"),
        pytest.param(thick_line, id="thick line"),
        pytest.param(square, id="square annotation"),
        pytest.param(annotation("Redact", *OVER), id="redaction not applied"),
        pytest.param(pdfs.form("cover", box(44, 242, 85, 253), dy=-200, scale=2), id="box in a form, scaled"),
        pytest.param(all_of(box(*OVER), lines("(b)(6)", x=100)), id="box with a label on it"),
    ],
)
def test_covered_text_is_withheld(path: Path, cover) -> None:
    (page,) = read(make(path, all_of(TEXT, cover)))
    covered = [page.text[each.start : each.end] for each in page.withheld]
    assert covered == ["Hong Gildong,"]
    left, top, right, bottom = page.withheld[0].box
    assert (left, top, right, bottom) == pytest.approx(OVER, abs=25)  # pdfium's bounds of a thick line are wide


def test_covered_text_in_a_form_is_withheld(path: Path) -> None:
    (page,) = read(make(path, all_of(pdfs.form("text", TEXT), box(*OVER))))
    assert [page.text[each.start : each.end] for each in page.withheld] == ["Hong Gildong,"]


def test_covered_lines_are_one_run(path: Path) -> None:
    (page,) = read(make(path, all_of(lines("Name: Hong Gildong", "Born: 1970"), box(83, 85, 300, 130))))
    assert [page.text[each.start : each.end] for each in page.withheld] == ["Hong Gildong", "1970"]
    (page,) = read(make(path, all_of(lines("Hong Gildong", "1970"), box(40, 85, 300, 130))))
    assert [page.text[each.start : each.end] for each in page.withheld] == ["Hong Gildong\n1970"]


def see_through(canvas) -> None:
    canvas.setFillColor(Color(1, 1, 0, alpha=0.4))
    canvas.rect(40, 480, 300, 40, fill=1, stroke=0)


@pytest.mark.parametrize(
    "draw",
    [
        pytest.param(all_of(box(*OVER, color=gray), TEXT), id="shading under the text"),
        pytest.param(all_of(TEXT, see_through), id="highlight"),
        pytest.param(all_of(TEXT, box(*OVER, fill=0, stroke=1)), id="frame"),
        pytest.param(all_of(TEXT, box(*OVER, color=gray), TEXT), id="same text painted again"),
        pytest.param(all_of(TEXT, box(40, 102, 300, 104)), id="underline"),
        pytest.param(all_of(TEXT, box(88, 106, 170, 125)), id="box below the line"),
        pytest.param(all_of(TEXT, annotation("Highlight", *OVER)), id="highlight annotation"),
    ],
)
def test_visible_text_is_not_withheld(path: Path, draw) -> None:
    (page,) = read(make(path, draw))
    assert page.withheld == ()


def test_text_layer_under_a_scan_is_not_withheld(path: Path) -> None:
    def layer(canvas) -> None:
        text = canvas.beginText(50, 500)
        text.setTextRenderMode(3)
        text.textOut("what OCR read on the picture")
        canvas.drawText(text)

    (page,) = read(make(path, all_of(layer, picture(0, 0, 400, 600, shade=255))))
    assert page.withheld == ()


# Furniture


def furniture(page: Page) -> list[tuple[FurnitureKind, str]]:
    return [(each.kind, page.text[each.start : each.end]) for each in page.furniture]


def page_of(number: int, *, head: str = "Ministry of Justice", foot: str = "- {} -") -> pdfs.Draw:
    """Draw a page with a head, eight lines of text of its own, and a foot."""
    body = lines(*(f"line {row} of {'abcdefgh'[number]}" for row in range(8)), top=120)
    return all_of(lines(head, top=30), body, lines(foot.format(number + 1), x=190, top=580))


def test_running_heads_and_page_numbers(path: Path) -> None:
    make(path, *map(page_of, range(4)))
    for number, page in enumerate(read(path), 1):
        assert furniture(page) == [
            (FurnitureKind.HEAD, "Ministry of Justice"),
            (FurnitureKind.NUMBER, f"- {number} -"),
        ]
    assert [furniture(page) for page in read(path, 1, 2)] == [[(FurnitureKind.NUMBER, f"- {n} -")] for n in (1, 2)]


def test_furniture_of_chunks_read_apart(path: Path) -> None:
    make(path, *map(page_of, range(4)))
    chunks = read(path, 1, 2) + read(path, 3, 4)
    assert mark(chunks) == read(path)


@pytest.mark.parametrize("foot", ["{}", "{} / 20", "- {} -", "Page {} of 9", "제 {} 쪽", "{}쪽"])
def test_forms_of_page_numbers(path: Path, foot: str) -> None:
    draw = page_of(0, foot="")
    number = lines(foot.format(1), x=190, top=580, font=pdfs.korean())
    (page,) = read(make(path, all_of(draw, number)))
    assert furniture(page) == [(FurnitureKind.NUMBER, foot.format(1))]


def test_roman_page_numbers(path: Path) -> None:
    feet = [lines(number, x=190, top=580) for number in ("i", "ii", "iii")]
    pages = read(make(path, *(all_of(page_of(n, foot=""), foot) for n, foot in enumerate(feet))))
    assert [furniture(page)[-1] for page in pages] == [(FurnitureKind.NUMBER, number) for number in ("i", "ii", "iii")]


def test_furniture_of_turned_pages(path: Path) -> None:
    def draw(canvas) -> None:  # turned clockwise by the viewer: what is drawn upwards on the left is at the top
        canvas.setPageRotation(90)
        canvas.rotate(90)
        canvas.drawString(100, -30, "Ministry of Justice")
        canvas.drawString(100, -200, f"body of {canvas.getPageNumber()}")

    pages = read(make(path, draw, draw, draw))
    assert [furniture(page) for page in pages] == [[(FurnitureKind.HEAD, "Ministry of Justice")]] * 3


def test_body_is_not_furniture(path: Path) -> None:
    """Dates and lone numbers at the edge of a table, heads that differ, and a table's head close to its rows."""
    tables = [
        all_of(
            lines("number date name", top=60),
            lines(*(f"{row} 2019-0{page}-1{row} {'abcdefghi'[row]}" for row in range(1, 9)), top=74, step=62),
        )
        for page in range(1, 5)
    ]
    assert [furniture(page) for page in read(make(path, *tables))] == [[]] * 4
    heads = [page_of(n, head=f"chapter {'abcd'[n]}", foot="") for n in range(4)]
    assert [furniture(page) for page in read(make(path, *heads))] == [[]] * 4
    dates = [page_of(n, head="", foot=f"0{n}/07/2015") for n in range(4)]
    assert [furniture(page) for page in read(make(path, *dates))] == [[]] * 4


# States


@pytest.mark.parametrize(
    ("draw", "state", "reason"),
    [
        pytest.param(pdfs.blank, State.SEARCHABLE, Reason.NONE, id="blank page"),
        pytest.param(box(20, 20, 300, 300, color=gray), State.SEARCHABLE, Reason.NONE, id="a shape"),
        pytest.param(picture(0, 0, 400, 600), State.NOT_SEARCHABLE, Reason.NEEDS_OCR, id="scan"),
        pytest.param(pdfs.outlines(300), State.NOT_SEARCHABLE, Reason.NEEDS_OCR, id="text as outlines"),
        pytest.param(
            all_of(picture(0, 0, 400, 600, 255), lines("00123")),
            State.IN_PART,
            Reason.UNREAD_PICTURES,
            id="scan with a stamped number",
        ),
        pytest.param(
            all_of(picture(0, 0, 400, 600, 255), lines(*["a line of recognised text"] * 20)),
            State.SEARCHABLE,
            Reason.NONE,
            id="scan with a text layer",
        ),
        pytest.param(all_of(picture(0, 0, 60, 60), lines("text")), State.SEARCHABLE, Reason.NONE, id="logo"),
    ],
)
def test_state(path: Path, draw: pdfs.Draw, state: State, reason: Reason) -> None:
    (page,) = read(make(path, draw))
    assert (page.state, page.reason) == (state, reason)


def test_text_without_a_map_to_unicode_needs_ocr(path: Path) -> None:
    content = "BT /F 12 Tf 50 500 Td (AAAA AAAB ok) Tj ET"
    (page,) = read(pdfs.with_map(path, [(0x41, "\ue012"), (0x42, "\ufffd")], content))
    assert (page.state, page.reason) == (State.NOT_SEARCHABLE, Reason.NEEDS_OCR)
    assert page.text.endswith("ok")


# Real files


@needs_shared
def test_synthetic_redactions() -> None:
    found = {file.stem for file in (SHARED / "redaction" / "synthetic").glob("*.pdf") if read(file)[0].withheld}
    assert found == {file.stem for file in (SHARED / "redaction" / "synthetic").glob("pos_*.pdf")}


@needs_shared
def test_real_redactions() -> None:
    found = {
        file.stem for file in (SHARED / "redaction" / "x-ray").glob("*.pdf") if any(p.withheld for p in read(file))
    }
    assert found == {"bad_cross_hatched_redactions"}


@needs_shared
def test_every_real_file_is_read_or_has_a_reason() -> None:
    files = [file for folder in ("malformed", "scanned") for file in sorted((SHARED / folder).glob("*.pdf"))]
    with WorkerPool(2, seconds=60) as pool:
        for future in [pool.submit(pdf.read, file, 1, 99, None, "id") for file in files]:
            error = future.exception()
            assert error is None or (isinstance(error, FileFailure) and error.reason)
