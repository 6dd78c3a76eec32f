"""The two-column paper in English: justified narrow columns with words divided at the line end.

Words are divided where `DIVIDED` allows it, by soft hyphens; the file then holds an ordinary hyphen at the line
end, which a reader of the text has to take out again.
"""

import re
from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, NextPageTemplate, Paragraph

from sample_release.house import Entry, Look, gap, grid, in_korean_font, rule, story
from sample_release.pages import Paper, Sheet
from sample_release.paper_text import DIVIDED, TEXT

FILE = "12_Note_on_Automated_Clearance_Consent_and_Secondary_Use.pdf"
LOOK = Look(
    title="Automated Clearance, Consent and Secondary Use: A Note on the AI Identification and Tracking System",
    head="Automated Clearance, Consent and Secondary Use",
    language="en",
    font="Times-Roman",
    bold="Times-Bold",
    heading="Times-Bold",
    size=11,
    leading=1.36,
    number="{}",
    foot_first=True,
)
SOFT = "\u00ad"
PLACES = {word.replace("-", ""): word.replace("-", SOFT) for word in DIVIDED.split()}


def divide(text: str) -> str:
    """Put soft hyphens into the long words, keeping a capital at the start."""

    def word(found: re.Match[str]) -> str:
        plain = found.group()
        divided = PLACES.get(plain.lower(), plain.lower())
        return plain[0] + divided[1:] if plain[1:].islower() else plain

    return in_korean_font(re.sub(r"[A-Za-z]{6,}", word, text))


def _title() -> list[Flowable]:
    """Title and abstract, at the head of the first column pair."""
    title = ParagraphStyle("name", fontName="Times-Bold", fontSize=15, leading=18.5, alignment=TA_CENTER)
    line = ParagraphStyle("line", fontName="Times-Italic", fontSize=10, leading=13, alignment=TA_CENTER)
    return [
        Paragraph(LOOK.title.replace(": ", ":<br/>"), title),
        gap(2),
        Paragraph("A paper in the manner of a legal journal; no author, because it is a reconstruction", line),
        gap(2),
        rule(0.6, 6),
    ]


def _tables() -> dict[str, list[Flowable]]:
    """Tables of one column's width."""
    return {
        "volume": grid(
            [
                ["Images of", "Million", "Share (%)"],
                ["nationals", "57.6", "32.4"],
                ["foreigners", "120.0", "67.6"],
                ["both", "177.6", "100.0"],
            ],
            [31, 22, 23],
            caption="Table 1. Images handed over",
            numbers=(1, 2),
            total=True,
            font="Times-Roman",
        ),
        "steps": grid(
            [
                ["Step", "From", "To"],
                ["taking", "traveller", "Ministry of Justice"],
                ["passing", "Ministry of Justice", "MSIT"],
                ["handing on", "MSIT", "companies"],
            ],
            [20, 28, 28],
            caption="Table 2. The way of the data",
            font="Times-Roman",
        ),
    }


def build(folder: Path) -> list[Entry]:
    """Write the paper: the title over the whole measure, then two columns."""
    first, later = Sheet("first", LOOK, columns=2, banner=32), Sheet("later", LOOK, columns=2)
    flow = [*_title(), NextPageTemplate("later"), *story(TEXT, LOOK, _tables(), divide)]
    Paper(folder / FILE, LOOK, [first, later]).build(flow)
    return [Entry(FILE, LOOK.title, "en")]
