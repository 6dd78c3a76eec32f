"""Small PDFs made by code, one odd thing each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from reportlab.lib.colors import Color, black, white
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc, pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

PAGE = (400.0, 600.0)  # points
Draw = Callable[[Canvas], None]

_NANUM = Path("/usr/share/fonts/truetype/nanum/NanumGothic.ttf")


def korean() -> str:
    """Return the name of a Korean font: embedded where there is one, else one that the viewer must have."""
    name = "Korean" if _NANUM.exists() else "HYSMyeongJo-Medium"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, str(_NANUM)) if _NANUM.exists() else UnicodeCIDFont(name))
    return name


def make(path: Path, *pages: Draw, size: tuple[float, float] = PAGE, password: str | None = None, **facts: str) -> Path:
    """Write a PDF of pages drawn by functions; `facts` are its title and so on."""
    encrypt = StandardEncryption(password) if password else None
    canvas = Canvas(str(path), pagesize=size, encrypt=encrypt, invariant=True)
    for key, value in facts.items():
        getattr(canvas, f"set{key.capitalize()}")(value)
    for draw in pages:
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def lines(*texts: str, x: float = 50, top: float = 100, step: float = 20, font: str = "Helvetica") -> Draw:
    """Draw lines of text; `top` is the baseline of the first, counted from the top of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, 12)
        for row, text in enumerate(texts):
            canvas.drawString(x, PAGE[1] - top - row * step, text)

    return draw


def box(
    left: float, top: float, right: float, bottom: float, *, color: Color = black, fill: int = 1, stroke: int = 0
) -> Draw:
    """Draw a rectangle, from the top left corner of the page."""

    def draw(canvas: Canvas) -> None:
        canvas.setFillColor(color)
        canvas.rect(left, PAGE[1] - bottom, right - left, bottom - top, fill=fill, stroke=stroke)
        canvas.setFillColor(black)

    return draw


def picture(left: float, top: float, right: float, bottom: float, shade: int = 0) -> Draw:
    """Draw an image of one grey (0 to 255)."""

    def draw(canvas: Canvas) -> None:
        from PIL import Image

        grey = ImageReader(Image.new("L", (8, 8), shade))
        canvas.drawImage(grey, left, PAGE[1] - bottom, right - left, bottom - top)

    return draw


def annotation(kind: str, left: float, top: float, right: float, bottom: float, **entries: Any) -> Draw:
    """Put an annotation of a kind such as `Square` on the page."""

    def draw(canvas: Canvas) -> None:
        rect = pdfdoc.PDFArray([left, PAGE[1] - bottom, right, PAGE[1] - top])
        fields = {"Type": pdfdoc.PDFName("Annot"), "Subtype": pdfdoc.PDFName(kind), "Rect": rect, "F": 4, **entries}
        canvas._addAnnotation(pdfdoc.PDFDictionary(fields))

    return draw


def form(name: str, draw: Draw, *, dx: float = 0, dy: float = 0, scale: float = 1) -> Draw:
    """Draw by way of a form XObject, moved and scaled."""

    def draw_form(canvas: Canvas) -> None:
        canvas.beginForm(name)
        canvas.setFont("Helvetica", 12)
        draw(canvas)
        canvas.endForm()
        canvas.saveState()
        canvas.translate(dx, dy)
        canvas.scale(scale, scale)
        canvas.doForm(name)
        canvas.restoreState()

    return draw_form


def all_of(*draws: Draw) -> Draw:
    """Draw several things, one over the other."""

    def draw(canvas: Canvas) -> None:
        for each in draws:
            each(canvas)

    return draw


def turned(rotation: int, draw: Draw) -> Draw:
    """Have viewers turn the page; reportlab swaps the sides of its media box, which is undone here."""

    def draw_turned(canvas: Canvas) -> None:
        canvas.setPageSize(PAGE[::-1] if rotation in (90, 270) else PAGE)
        canvas.setPageRotation(rotation)
        draw(canvas)

    return draw_turned


def cropped(crop: tuple[float, float, float, float], draw: Draw) -> Draw:
    """Show a part of the page only: left, bottom, right, top."""

    def draw_cropped(canvas: Canvas) -> None:
        canvas.setCropBox(crop)
        draw(canvas)

    return draw_cropped


def labelled(style: str, draw: Draw, **start: Any) -> Draw:
    """Begin a run of page labels in a style such as `ROMAN_LOWER`."""

    def draw_labelled(canvas: Canvas) -> None:
        canvas.addPageLabel(canvas.getPageNumber() - 1, style=style, **start)
        draw(canvas)

    return draw_labelled


def blank(canvas: Canvas) -> None:
    """Draw nothing."""


def outlines(count: int) -> Draw:
    """Draw many small shapes, as text that was turned into outlines."""

    def draw(canvas: Canvas) -> None:
        for index in range(count):
            canvas.rect(20 + index % 50 * 7, 100 + index // 50 * 15, 2, 8, fill=1, stroke=0)

    return draw


def with_map(path: Path, mapped: Iterable[tuple[int, str]], content: str) -> Path:
    """Write by hand a page whose font maps codes to UTF-16 text of one's choice, lone surrogates included."""
    pairs = [f"<{code:02x}> <{text.encode('utf-16-be', 'surrogatepass').hex()}>" for code, text in mapped]
    ranges = "1 begincodespacerange <00> <ff> endcodespacerange"
    cmap = f"begincmap {ranges} {len(pairs)} beginbfchar {' '.join(pairs)} endbfchar endcmap"
    page = "/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>"
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        f"<</Type/Page/Parent 2 0 R{page}>>",
        f"<</Length {len(content)}>>stream\n{content}\nendstream",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        f"<</Length {len(cmap)}>>stream\n{cmap}\nendstream",
    ]
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    trailer = f"trailer<</Size 7/Root 1 0 R>>\nstartxref\n{len(body)}\n%%EOF"
    path.write_text(f"{body}xref\n0 7\n0000000000 65535 f \n{table}{trailer}", "latin-1")
    return path


__all__ = ["PAGE", "Color", "black", "white"]
