"""The English letter: a ministry's letter about the papers it sends, two pages, with the layout of a real one."""

from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph

from sample_release.house import Entry, Look, gap, grid, in_korean_font, rule, story
from sample_release.pages import Paper

FILE = "11_Letter_on_the_AI_Identification_and_Tracking_System.pdf"
LOOK = Look(
    title="Letter on the AI Identification and Tracking System",
    head="Ministry of Justice · Letter on the AI Identification and Tracking System",
    language="en",
    font="Times-Roman",
    bold="Times-Bold",
    heading="Times-Bold",
    size=12,
    leading=1.5,
    number="Page {}",
    cover=True,
)

TEXT = """
@head

Reference: demo 2021-001 (made up for demonstration)

Date: not reconstructed

Re: <b>Papers on the AI identification and tracking system</b>

To whom it may concern,

This letter is meant for readers who do not read Korean. It says what the enclosed papers on the project 인공지능
식별추적시스템 구축사업 are about and which of them are in English. It reconstructs, for demonstration, the kind
of letter that accompanies released papers; no part of it was written by a ministry.

The project began in April 2019 with a memorandum between the Ministry of Justice and the Ministry of Science and
ICT (MSIT), and is to be completed in 2022. At immigration screening, an image of the face is taken, together with
nationality, gender and age. These data were passed to MSIT and from there on to private companies.

Some 170 million images are concerned. Of these, 100 million were used for AI learning and 20 million for the
testing of algorithms. The papers give more than one figure for the whole, because some of them round it and
others do not:

@figures

Around the immigration area of Incheon International Airport there are 88 cameras, 50 of which can capture face
biometrics. The National IT Industry Promotion Agency (NIPA) is planning more than 100 further cameras. Where each
camera stands is not part of the papers.

The Immigration Act allows the collection of such data only from citizens who have applied for automated clearance,
which was introduced in 2008. The consent of the persons concerned was not obtained. Whether the project is
compatible with the Personal Information Protection Act has been called into question; the enclosed review sets
out the issues and draws no conclusion.

Assembly member Park Joo-min (박주민) requested the papers, and a reply was given, which is enclosed in Korean. It
is the position of the minister that the project cannot be retracted or cancelled. Six civic groups have stated a
joint position, which is enclosed in Korean and in English and should be read in their own words rather than in
this summary.

If you quote from the papers, please name the paper and the page, and give the figure as it stands there. Where two
papers disagree, quote both. Any quotation must say that the paper is a reconstruction made for demonstration.

The following papers are enclosed:

@enclosed

Yours faithfully,

Ministry of Justice

(signature, name and office not reconstructed)
"""


def _head() -> list[Flowable]:
    """The letterhead, without any emblem."""
    name = ParagraphStyle("name", fontName="Times-Bold", fontSize=19, leading=24, alignment=TA_CENTER)
    line = ParagraphStyle("line", fontName="Times-Roman", fontSize=10.5, leading=14, alignment=TA_CENTER)
    return [
        Paragraph("MINISTRY OF JUSTICE", name),
        Paragraph("Republic of Korea · reconstructed letterhead", line),
        gap(1),
        rule(1.4, 1),
        rule(0.4, 12),
    ]


def build(folder: Path) -> list[Entry]:
    """Write the letter."""
    figures = grid(
        [
            ["Images", "Million", "Ten thousand (만)"],
            ["Of nationals", "57.6", "5,760"],
            ["Of foreigners", "120.0", "12,000"],
            ["Together", "177.6", "17,760"],
        ],
        [60, 48, 50],
        numbers=(1, 2),
        total=True,
        font="Times-Roman",
        size=10.5,
    )
    figures[0]._cellvalues[0][2] = Paragraph(in_korean_font("Ten thousand (만)"), figures[0]._cellvalues[0][2].style)
    enclosed = grid(
        [
            ["No.", "Paper", "Language"],
            ["1", "Project plan", "Korean"],
            ["2", "Memorandum between the two ministries", "Korean"],
            ["3", "Reply to the request of Assembly member Park Joo-min", "Korean"],
            ["4", "Statistics on the images handed over", "Korean"],
            ["5", "Minutes, summarised", "Korean"],
            ["6", "Camera layout, Incheon International Airport", "Korean"],
            ["7", "Review of personal-data processing (released in part)", "Korean"],
            ["8", "Press note", "Korean"],
            ["9, 10", "Joint position of six civic groups", "Korean, English"],
            ["12", "Note on automated clearance, consent and secondary use", "English"],
        ],
        [18, 104, 36],
        font="Times-Roman",
        size=10.5,
    )
    inserts = {"head": _head(), "figures": figures, "enclosed": enclosed}
    Paper(folder / FILE, LOOK).build(story(TEXT, LOOK, inserts, in_korean_font))
    return [Entry(FILE, LOOK.title, "en", agency="법무부")]
