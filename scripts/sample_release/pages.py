"""The pages of a sample document: frames, running head, page number, notice, page labels, metadata, outline."""

from html import escape
from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from sample_release.house import AUTHOR, GREY, NOTICE_EN, NOTICE_KO, SANS, Look, printed

RED = colors.HexColor("#8A1C1C")


class Sheet(PageTemplate):  # type: ignore[misc]
    """One kind of page: its size, the frames text flows into, whether it stands in the file turned by /Rotate 90."""

    def __init__(
        self,
        name: str,
        look: Look,
        size: tuple[float, float] = A4,
        *,
        turned: bool = False,
        columns: int = 1,
        banner: float = 0,
    ) -> None:
        """`size` is the page as it is seen; `banner` sets off so many mm over the columns, for a title."""
        self.look, self.size = look, size
        wide, high = size
        left, bottom, gutter = 25 * mm, 27 * mm, 8 * mm
        top = high - 28 * mm
        frames = []
        if banner:
            frames.append(Frame(left, top - banner * mm, wide - 2 * left, banner * mm, 0, 0, 0, 0, id=f"{name}banner"))
        measure = (wide - 2 * left - (columns - 1) * gutter) / columns
        for place in range(columns):
            start = left + place * (measure + gutter)
            frames.append(Frame(start, bottom, measure, top - banner * mm - bottom, 0, 0, 0, 0, id=f"{name}{place}"))
        super().__init__(id=name, frames=frames, pagesize=size)
        self.rotation = 90 if turned else 0  # reportlab writes it as /Rotate and turns the MediaBox

    def beforeDrawPage(self, canv: Canvas, doc: BaseDocTemplate) -> None:
        """On a turned page, turn all that is drawn against the page's rotation; then draw the running head."""
        if self.rotation:
            canv.translate(self.size[1], 0)
            canv.rotate(90)
        head(canv, self.look, doc.page, *self.size)
        if self.look.foot_first:
            foot(canv, self.look, doc.page, self.size[0])

    def afterDrawPage(self, canv: Canvas, doc: BaseDocTemplate) -> None:
        """Draw number and notice last, so that they also come last where text is read in the file's order."""
        if not self.look.foot_first:
            foot(canv, self.look, doc.page, self.size[0])


def head(canv: Canvas, look: Look, page: int, wide: float, high: float) -> None:
    """The running head over a hairline; none on a cover."""
    if not look.head or (look.cover and page == 1):
        return
    canv.saveState()
    canv.setFillColor(GREY)
    canv.setStrokeColor(GREY)
    canv.setLineWidth(0.4)
    canv.setFont(_sans(look), 8.5)
    canv.drawString(25 * mm, high - 18 * mm, look.head)
    canv.line(25 * mm, high - 20 * mm, wide - 25 * mm, high - 20 * mm)
    canv.restoreState()


def foot(canv: Canvas, look: Look, page: int, wide: float) -> None:
    """The printed page number (none on a cover), and the notice that every page must carry."""
    canv.saveState()
    if not (look.cover and page == 1):
        canv.setFillColor(GREY)
        canv.setFont(_sans(look), 9.5)
        canv.drawCentredString(wide / 2, 18 * mm, look.number.format(printed(look, page)))
    canv.setFillColor(RED)
    canv.setFont(_sans(look), 8)
    notice = f"{NOTICE_KO} / {NOTICE_EN}" if look.language == "ko" else NOTICE_EN
    canv.drawCentredString(wide / 2, 10.5 * mm, notice)
    canv.restoreState()


def _sans(look: Look) -> str:
    """The type of head and foot: not a third font in documents that embed none, or only a little of one."""
    return look.font if look.font.startswith(("HY", "Times")) else SANS


class Paper(BaseDocTemplate):  # type: ignore[misc]
    """A document of the release: metadata, page labels, outline, and the entries of a table of contents."""

    def __init__(self, file: Path, look: Look, sheets: list[Sheet] | None = None) -> None:
        subject = f"{NOTICE_KO} / {NOTICE_EN}"
        lang = "ko-KR" if look.language == "ko" else "en"
        super().__init__(
            str(file), title=look.title, author=AUTHOR, subject=subject, creator=AUTHOR, invariant=1, lang=lang
        )
        self.look = look
        self.addPageTemplates(sheets or [Sheet("plain", look)])

    def handle_documentBegin(self) -> None:
        """Write the page-label tree: the front matter in roman, then arabic from 1."""
        super().handle_documentBegin()
        if self.look.front:
            self.canv.addPageLabel(0, style="ROMAN_LOWER", start=1)
            self.canv.addPageLabel(self.look.front, style="ARABIC", start=1)

    def afterFlowable(self, flowable: Flowable) -> None:
        """Put headings into the outline and the table of contents."""
        level = {"h1": 0, "h2": 1}.get(getattr(getattr(flowable, "style", None), "name", ""))
        if level is None:
            return
        text = flowable.getPlainText()
        key = f"h{self.seq.nextf('heading')}"
        self.canv.bookmarkPage(key)
        self.canv.addOutlineEntry(text, key, level, closed=True)
        self.notify("TOCEntry", (level, escape(text), self.page, key))


def switch(name: str) -> list[Flowable]:
    """Go on with another kind of page."""
    return [NextPageTemplate(name), PageBreak()]
