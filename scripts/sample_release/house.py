"""The look the sample documents share: fonts, paragraph styles, tables, and the small markup they are written in.

The documents are written as plain text with the marks a Korean official uses (□ ○ - ※); `story` sets them. Keeping
the prose apart from the drawing lets a reader of the modules check each sentence against the known facts.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    CondPageBreak,
    Flowable,
    HRFlowable,
    PageBreak,
    Paragraph,
    Spacer,
    Table,
)

NOTICE_KO = "시연용 재구성 자료 — 실제 정부 문서가 아님"
NOTICE_EN = "Reconstruction for demonstration, not a government document"
AUTHOR = "Gongmun sample release"
FONTS = Path("/usr/share/fonts/truetype/nanum")
SANS, SANS_BOLD = "NanumSquareR", "NanumSquareB"
GREY = colors.HexColor("#555555")
SHADE = colors.HexColor("#E9EDF2")
NAVY = colors.HexColor("#1F3552")
HANGUL = re.compile(r"[\u3131-\u318e\uac00-\ud7a3「」]+(?:[ ·][\u3131-\u318e\uac00-\ud7a3「」]+)*")


@dataclass(frozen=True)
class Entry:
    """What release.toml says about one document; `date` only where the known facts give one."""

    file: str
    title: str
    language: str
    agency: str = ""
    date: str = ""


@dataclass(frozen=True)
class Look:
    """How one document is set: its language, type, running head and the form of its page numbers."""

    title: str
    head: str = ""
    language: str = "ko"
    font: str = "NanumMyeongjo"
    bold: str = "NanumMyeongjoBold"
    heading: str = SANS_BOLD
    size: float = 12
    leading: float = 1.75
    number: str = "- {} -"
    front: int = 0  # pages before page 1: they get i, ii, iii
    cover: bool = False  # the first page has neither running head nor page number
    wrap: str | None = None  # "CJK" breaks lines inside words, as word processors in Korea do
    align: int = TA_JUSTIFY
    foot_first: bool = False  # the foot stands before the page's text in the file, as some programs write it


def register_fonts() -> None:
    """Make the Nanum families known; reportlab embeds of each only the glyphs that a document uses."""
    for plain, bold in (("NanumMyeongjo", "NanumMyeongjoBold"), (SANS, SANS_BOLD)):
        for name in (plain, bold):
            pdfmetrics.registerFont(TTFont(name, str(FONTS / f"{name}.ttf")))
        pdfmetrics.registerFontFamily(plain, normal=plain, bold=bold, italic=plain, boldItalic=bold)


def roman(number: int) -> str:
    """The lower-case roman numeral of a front-matter page (there are never more than eight)."""
    return ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")[number]


def printed(look: Look, page: int) -> str:
    """The number printed on the file's page `page`."""
    return roman(page) if page <= look.front else str(page - look.front)


def in_korean_font(text: str) -> str:
    """Hangul in a document set in a Latin font: put into a font that has it."""
    return HANGUL.sub(lambda found: f'<font name="NanumMyeongjo">{found.group()}</font>', text)


class Passage(Paragraph):  # type: ignore[misc]
    """A paragraph that, when lines break inside words, does not begin a line with the blank it broke at."""

    def breakLinesCJK(self, maxWidths: Any) -> Any:
        broken = super().breakLinesCJK(maxWidths)
        lines = broken.lines if broken.kind == 0 else []
        for place, (extra, (text,)) in enumerate(lines):
            if place and text.startswith(" "):
                before, (start,) = lines[place - 1]
                lines[place - 1] = (before, [start + " "])  # kept: a paragraph split at a page end is joined again
                lines[place] = (extra + stringWidth(" ", broken.fontName, broken.fontSize), [text.lstrip()])
        return broken


# --- paragraph styles and the small markup -------------------------------------------------------------------------

MARKS = re.compile(
    r"(?P<mark>=|##?|□|○|-|※|\*|>|\^|@|[①-⑮]|\d{1,2}\.|\(\d\)|[가-하]\.)(?: +|(?<=@))(?P<rest>.*)"
    r"|(?P<article>제\d+조\(.*)"
)
INDENTS = {"□": 0, "○": 1, "-": 2, "※": 2, "*": 3}
# Space that a hanging sign takes, in ems of the body type.
HANGS = {"□": 1.6, "○": 1.6, "-": 1.0, "※": 1.6, "*": 0.9}


def styles(look: Look) -> dict[str, ParagraphStyle]:
    """The paragraph styles of one document, keyed by the mark that calls for them ("" is running text)."""
    size = look.size
    base = ParagraphStyle(
        "body",
        fontName=look.font,
        bulletFontName=look.font,
        bulletFontSize=size,
        fontSize=size,
        leading=size * look.leading,
        alignment=look.align,
        wordWrap=look.wrap,
        spaceAfter=size * 0.45,
        allowWidows=0,
        allowOrphans=0,
        splitLongWords=0,
    )

    def child(name: str, **changes: Any) -> ParagraphStyle:
        return ParagraphStyle(name, parent=base, **changes)

    found = {
        "": base,
        "=": child("title", fontName=look.heading, fontSize=size * 1.55, leading=size * 2.1, alignment=TA_CENTER),
        "#": child("h1", fontName=look.heading, fontSize=size * 1.25, spaceBefore=size),
        "##": child("h2", fontName=look.heading, fontSize=size * 1.06, spaceBefore=size * 0.7),
        ">": child("right", alignment=TA_RIGHT),
        "^": child("centre", alignment=TA_CENTER),
        "article": child("article", spaceBefore=size * 0.3),
        "number": child("number", leftIndent=size * 2.0, bulletIndent=size * 0.2),
        "letter": child("letter", leftIndent=size * 3.6, bulletIndent=size * 1.8),
    }
    found["#"].alignment = found["##"].alignment = TA_LEFT
    for mark, depth in INDENTS.items():
        start = depth * size * 0.95
        small = (
            {"fontSize": size * 0.88, "bulletFontSize": size * 0.88, "leading": size * 0.88 * look.leading}
            if mark in "※*"
            else {}
        )
        found[mark] = child(mark, bulletIndent=start, leftIndent=start + size * HANGS[mark], **small)
    return found


def _blocks(text: str) -> list[tuple[str, str]]:
    """Split the small markup into (mark, paragraph): a mark or a blank line starts one, other lines carry it on."""
    blocks: list[tuple[str, str]] = []
    fresh = True
    for line in text.strip().splitlines():
        line = line.strip()
        found = MARKS.fullmatch(line)
        if not line:
            fresh = True
        elif found and found["article"]:
            blocks.append(("article", line))
            fresh = False
        elif found:
            blocks.append((found["mark"], found["rest"]))
            fresh = False
        elif fresh:
            blocks.append(("", line))
            fresh = False
        else:
            blocks[-1] = (blocks[-1][0], f"{blocks[-1][1]} {line}")
    return blocks


def story(
    text: str, look: Look, inserts: Mapping[str, list[Flowable]] | None = None, treat: Callable[[str], str] = str
) -> list[Flowable]:
    """Set the small markup: `@name` puts in a list of flowables, `@break` ends the page, the rest are paragraphs."""
    sheet = styles(look)
    flow: list[Flowable] = []
    blocks = _blocks(text)
    for place, (mark, rest) in enumerate(blocks):
        if mark in ("#", "##"):
            # A heading stays with what follows: with a table as a whole, with a paragraph's first lines.
            follows = blocks[place + 1][0]
            if follows == "@":
                flow.append(Passage(treat(rest), ParagraphStyle(sheet[mark].name, sheet[mark], keepWithNext=1)))
                continue
            flow.append(CondPageBreak(look.size * look.leading * (6.5 if follows in ("#", "##") else 4)))
        if mark == "@":
            flow += [PageBreak()] if rest == "break" else (inserts or {})[rest]
        elif mark in sheet:
            bullet = mark if mark in INDENTS else None
            flow.append(Passage(treat(rest), sheet[mark], bulletText=bullet))
        else:
            style = sheet["letter" if re.fullmatch(r"[가-하]\.|\(\d\)", mark) else "number"]
            flow.append(Passage(treat(rest), style, bulletText=mark))
    return flow


# --- tables and small pieces ---------------------------------------------------------------------------------------


def grid(
    rows: list[list[str]],
    widths: list[float],
    *,
    caption: str = "",
    unit: str = "",
    heads: int = 1,
    numbers: tuple[int, ...] = (),
    spans: tuple[tuple[tuple[int, int], tuple[int, int]], ...] = (),
    total: bool = False,
    font: str = SANS,
    size: float = 9.5,
) -> list[Flowable]:
    """A ruled table in mm widths; `numbers` are the columns set flush right, `unit` the line "(단위: 만 건)" above."""
    cell = ParagraphStyle("cell", fontName=font, fontSize=size, leading=size * 1.45)
    bold = {SANS: SANS_BOLD, "Times-Roman": "Times-Bold"}.get(font, font)
    head = ParagraphStyle("head", parent=cell, fontName=bold, alignment=TA_CENTER)
    right = ParagraphStyle("right", parent=cell, alignment=TA_RIGHT)

    def style(row: int, column: int) -> ParagraphStyle:
        return head if row < heads else right if column in numbers else cell

    cells = [[Paragraph(text, style(row, column)) for column, text in enumerate(line)] for row, line in enumerate(rows)]
    table = Table(cells, colWidths=[width * mm for width in widths], repeatRows=heads, spaceAfter=5 * mm)
    commands: list[tuple[Any, ...]] = [
        ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
        ("BOX", (0, 0), (-1, -1), 1.1, colors.black),
        ("BACKGROUND", (0, 0), (-1, heads - 1), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
    ]
    commands += [("SPAN", start, end) for start, end in spans]
    if total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 1.1, colors.black))
    table.setStyle(commands)
    above = [
        Paragraph(
            caption, ParagraphStyle("caption", parent=cell, fontName=bold, spaceBefore=6, spaceAfter=3, keepWithNext=1)
        )
    ]
    if unit:
        above.append(Paragraph(unit, ParagraphStyle("unit", parent=right, spaceAfter=2, keepWithNext=1)))
    return [*(above if caption else above[1:]), table]


def rule(thickness: float = 0.8, after: float = 8) -> Flowable:
    """A line over the whole measure."""
    return HRFlowable(width="100%", thickness=thickness, color=colors.black, spaceBefore=2, spaceAfter=after)


def gap(height: float) -> Flowable:
    """Blank space in mm."""
    return Spacer(1, height * mm)


def letterhead(agency: str, lines: list[tuple[str, str]]) -> list[Flowable]:
    """The head of an official letter (기안문): the agency, then 수신, (경유), 제목 over a double rule."""
    name = ParagraphStyle("agency", fontName="NanumMyeongjoBold", fontSize=22, leading=30, alignment=TA_CENTER)
    plain = ParagraphStyle("line", fontName="NanumMyeongjo", fontSize=11.5, leading=19)
    rows = [[Paragraph(label, plain), Paragraph(text, plain)] for label, text in lines]
    table = Table(
        rows, colWidths=[20 * mm, 140 * mm], style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("PADDING", *ALL, 1)]
    )
    return [Paragraph(agency, name), gap(6), table, rule(1.4, 2), rule(0.4, 12)]


ALL = ((0, 0), (-1, -1))


class CoveredLine(Flowable):  # type: ignore[misc]
    """A line of a form whose value lies under an opaque black box painted over it.

    With `hidden=None` nothing lies under the box: a redaction as it should be. With a string the text stays in the
    file beneath the box: the mistake that a reader of released papers has to find before publishing them.
    """

    def __init__(self, label: str, width: float, hidden: str | None = None) -> None:
        super().__init__()
        self.label, self.box, self.hidden = label, width * mm, hidden
        self.width, self.height = 150 * mm, 20

    def draw(self) -> None:
        self.canv.setFont("NanumMyeongjo", 11.5)
        self.canv.drawString(8, 6, self.label)
        if self.hidden:
            self.canv.drawString(48 * mm, 6, self.hidden)
        self.canv.setFillColor(colors.black)
        self.canv.rect(46 * mm, 1.5, self.box, 15.5, stroke=0, fill=1)


class Line(Flowable):  # type: ignore[misc]
    """A line of a form with its value: what `CoveredLine` shows when its box is gone."""

    def __init__(self, label: str, value: str) -> None:
        super().__init__()
        self.label, self.value = label, value
        self.width, self.height = 150 * mm, 20

    def draw(self) -> None:
        self.canv.setFont("NanumMyeongjo", 11.5)
        self.canv.drawString(8, 6, self.label)
        self.canv.drawString(48 * mm, 6, self.value)
