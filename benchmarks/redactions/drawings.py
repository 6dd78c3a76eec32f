"""The drawings of the made pages, in pairs: one for tuning, one frozen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from reportlab.pdfbase import pdfdoc

from benchmarks.redactions.sheet import (
    HEIGHT,
    WIDTH,
    Box,
    Sheet,
    annotate,
    code,
    gone,
    label,
    letter,
    photo,
    scan,
    scanned,
)

Drawing = Callable[[Sheet], None]
HIDDEN = [("4,500백만원", 3), ("010-1111-2222", 4)]
GREY = (0.5, 0.5, 0.5)


def drawings() -> Iterator[tuple[str, Drawing, int]]:
    """Yield name, drawing and rotation of each page."""
    makers = [_in_the_picture, _under_a_layer, _labelled, _turned, _annotated, _picture_over, _column, _in_a_form]
    makers += [_stamped, _coded, _photographed, _headed, _worn, _barred, _painted_first, _marked, _by_signs, _two_scans]
    for make in makers:
        for which in (0, 1):
            drawing, rotate = make(which)
            yield f"{make.__name__.strip('_').replace('_', '-')}-{which + 1}", drawing, rotate


def _in_the_picture(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        boxes = [(130.0, 205.0, 260.0, 222.0), (72.0, 230.0, 380.0, 244.0), (72.0, 256.0, 140.0, 270.0)]
        for box in boxes[which:]:
            sheet.fill(box)
            sheet.masked(box, "in the picture")

    return scanned(draw, (0.0, 0.6)[which], which + 1), 0


def _under_a_layer(which: int) -> tuple[Drawing, int]:
    """A scan masked after it was read: the text layer still says what the picture hides."""

    def masked(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row)
        sheet.fill(box)
        sheet.masked(box, "in the picture", hidden=hide)
        sheet.note = "text layer of OCR made before the masking"

    def draw(sheet: Sheet) -> None:
        scanned(masked, 0.0, which + 3)(sheet)
        sheet.canvas.saveState()
        sheet.canvas._code.append("3 Tr")
        letter(sheet)
        sheet.canvas.restoreState()

    return draw, 0


def _labelled(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row) if which else gone(sheet, row, hide)
        sheet.fill(box)
        sheet.text(box[0] + 4, box[1] + 3, "비공개" if which == 0 else "(b)(6)", 1.0, 9)
        sheet.masked(box, "filled rectangle", hidden=hide if which else "", label="white words on the box, to be read")

    return draw, 0


def _turned(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row)
        sheet.fill(box)
        sheet.masked(box, "filled rectangle", hidden=hide)
        sheet.note = "page turned by /Rotate: boxes are of the page as shown"

    return draw, (90, 270)[which]


def _annotated(which: int) -> tuple[Drawing, int]:
    """Annotations for redacting that were never applied: the words can still be read."""

    def draw(sheet: Sheet) -> None:
        for hide, row in HIDDEN[: which + 1]:
            box = letter(sheet, hide, row) if row == 3 else _place(hide, row)
            kind = pdfdoc.PDFString("masked")
            annotate(sheet, box, "Redact", IC=[0, 0, 0], OC=[1, 0, 0], OverlayText=kind)
            sheet.masked(box, "unapplied annotation", "none", hide)
        sheet.note = "the words show: viewers draw nothing, or an outline"

    return draw, 0


def _place(hide: str, row: int) -> Box:
    """Return the box that `letter` would return, without drawing on the page."""
    from benchmarks.redactions.sheet import drawn

    found: list[Box] = []
    drawn(lambda sheet: found.append(letter(sheet, hide, row)))
    return found[0]


def _picture_over(which: int) -> tuple[Drawing, int]:
    """Pixels or blots of a picture over words that are still there."""

    def draw(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row)
        image = photo(which, 24, 255) if which == 0 else photo(which, 48, 90)
        sheet.picture(box, image)
        sheet.masked(box, "image", ("coloured", "dark")[which], hide)

    return draw, 0


def _column(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        names = ["Kim One", "Lee Two", "Park Three", "Choi Four", "Jung Five"]
        sheet.fill((72, 300, 500, 318), 0.85, 0.85, 0.85)
        sheet.never((72, 300, 500, 318), "shaded row")
        for column, head in enumerate(("연번", "성명", "소속")):
            sheet.text(80 + column * 140, 302, head)
        for row, name in enumerate(names):
            top = 320.0 + row * 20
            sheet.text(80, top + 2, str(row + 1))
            sheet.text(360, top + 2, "출입국심사과")
            if which:
                sheet.text(222, top + 2, name)
            box = (214.0, top + 1, 350.0, top + 18)
            sheet.fill(box)
            sheet.masked(box, "filled rectangle", hidden=name if which else "")

    return draw, 0


def _in_a_form(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row) if which else gone(sheet, row, hide)
        sheet.canvas.beginForm("cover")
        sheet.canvas.setFillGray(0)
        sheet.canvas.rect(0, 0, (box[2] - box[0]) * 2, (box[3] - box[1]) * 2, stroke=0, fill=1)
        sheet.canvas.endForm()
        sheet.canvas.saveState()
        sheet.canvas.translate(box[0], HEIGHT - box[3])
        sheet.canvas.scale(0.5, 0.5)
        sheet.canvas.doForm("cover")
        sheet.canvas.restoreState()
        sheet.masked(box, "filled rectangle", hidden=hide if which else "", inside="a form object, scaled by half")

    return draw, 0


def _stamp(sheet: Sheet, x: float, top: float) -> None:
    canvas = sheet.canvas
    canvas.setStrokeColorRGB(0.8, 0.1, 0.1)
    canvas.setLineWidth(3)
    canvas.rect(x, HEIGHT - top - 60, 60, 60, stroke=1, fill=0)
    canvas.setFillColorRGB(0.8, 0.1, 0.1)
    canvas.setFont("Helvetica-Bold", 20)
    canvas.drawString(x + 8, HEIGHT - top - 27, "SEAL")
    canvas.drawString(x + 8, HEIGHT - top - 50, "2021")
    sheet.never((x - 2, top - 2, x + 62, top + 62), "red stamp over words")


def _stamped(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        _stamp(sheet, 150, 235)

    return (scanned(draw, 0.4, 9) if which else draw), 0


def _coded(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        boxes = [(450.0, 60.0, 520.0, 130.0), (72.0, 700.0, 300.0, 730.0)]
        for at, box in enumerate(boxes):
            sheet.picture(box, code(which * 2 + at, bool(at)))
            sheet.never(box, "bar code" if at else "QR code")

    return (scanned(draw, 0.0, 10) if which else draw), 0


def _photographed(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        boxes: list[Box] = [(72, 350, 300, 520), (320, 350, 420, 450)] if which == 0 else [(72, 350, 520, 420)]
        for at, box in enumerate(boxes):
            sheet.picture(box, photo(at + which, 240, (70, 40)[which]))
            sheet.never(box, "dark photograph")
        sheet.text(72, 530, "그림 1. 공항 출국장 야간 전경", size=9)

    return draw, 0


def _headed(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        head: Box = (72, 300, 500, 320)
        sheet.fill(head, *((0.0, 0.0, 0.0), (0.05, 0.1, 0.3))[which])
        sheet.text(80, 303, "구분          2019년          2020년", 1.0)
        sheet.never(head, "dark table header, white words")
        for row in range(6):
            band: Box = (72, 320 + row * 20, 500, 340 + row * 20)
            if row % 2:
                sheet.fill(band, *((0.8, 0.8, 0.8), GREY)[which])
                sheet.never(band, "shaded row")
            sheet.text(80, 323 + row * 20, f"{row + 1}분기          {row * 311 + 40}          {row * 97 + 12}")

    return draw, 0


def _worn(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        edges: list[Box] = [(0, 0, 14, HEIGHT), (0, 0, WIDTH, 9)] if which == 0 else [(WIDTH - 18, 0, WIDTH, HEIGHT)]
        for edge in edges:
            sheet.fill(edge)
            sheet.never(edge, "black edge of the copier")
        sheet.canvas.setFillGray(0)
        for top in (250, 600):
            sheet.canvas.circle(36, HEIGHT - top, 9, stroke=0, fill=1)
            sheet.never((27, top - 9, 45, top + 9), "punch hole")

    return scanned(draw, (0.0, 0.5)[which], 12 + which), 0


def _barred(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        letter(sheet)
        bar: Box = (72, 60, 523, 66) if which == 0 else (0, 780, WIDTH, 800)
        sheet.fill(bar, *((0.0, 0.0, 0.0), (0.1, 0.2, 0.4))[which])
        sheet.never(bar, "bar of the letterhead")
        for row in range(3):
            square: Box = (72, 400 + row * 24, 82, 410 + row * 24)
            sheet.fill(square)
            sheet.never(square, "square before an item")
            sheet.text(90, 398 + row * 24, f"항목 {row + 1}: 해당 없음")

    return draw, 0


def _painted_first(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        box: Box = (60, 90, 520, 290)
        if which == 0:
            sheet.fill(box, 1, 1, 0.85)
        else:
            sheet.picture(box, photo(5, 60, 30).point(lambda value: 255 - value))
        sheet.never(box, "ground painted before the words")
        letter(sheet)

    return draw, 0


def _marked(which: int) -> tuple[Drawing, int]:
    def draw(sheet: Sheet) -> None:
        hide, row = HIDDEN[which]
        box = letter(sheet, hide, row)
        kind = ("Highlight", "StrikeOut")[which]
        annotate(sheet, box, kind, C=[1, 1, 0] if which == 0 else [1, 0, 0])
        sheet.never(box, f"{kind} annotation: the words show")
        annotate(sheet, _place("국회사무처", 0), "Underline", C=[0, 0, 1])

    return draw, 0


def _by_signs(which: int) -> tuple[Drawing, int]:
    """Words masked by signs: text, not a box; calling it a redaction is neither asked for nor wrong."""

    def draw(sheet: Sheet) -> None:
        letter(sheet)
        signs = ("성명: ■■■   전화: ■■■-■■■■-■■■■", "성명: ○○○   주소: ******* 계좌: XXX-XX-XXXXX")[which]
        box = sheet.text(72, 320, signs)
        sheet.optional.append(label(box, "signs", "black", ""))

    return draw, 0


def _two_scans(which: int) -> tuple[Drawing, int]:
    """Scans of half a page: one with a box in it, one without; a box drawn later over the second."""

    def upper(sheet: Sheet) -> None:
        letter(sheet)
        if which:
            sheet.fill((72, 178, 240, 194))

    def draw(sheet: Sheet) -> None:
        sheet.picture((0, 0, WIDTH, HEIGHT), scan(upper, 0.0, 20 + which))
        if which:
            sheet.masked((72, 178, 240, 194), "in the picture")
        box: Box = (72, 230, 260, 246)
        sheet.fill(box, *((0.0, 0.0, 0.0), GREY)[which])
        sheet.masked(box, "filled rectangle", ("black", "grey")[which])
        sheet.note = "scan; a box drawn over the picture"

    return draw, 0
