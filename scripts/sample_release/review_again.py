"""The review of personal-data processing as it was released a second time: one figure changed, one black box gone."""

from dataclasses import replace
from pathlib import Path

from reportlab.platypus import Flowable

from sample_release import review
from sample_release.house import CoveredLine, Entry, Line, gap, grid, story
from sample_release.pages import Paper

FILE = "19_개인정보_처리_검토서_부분공개_재공개본.pdf"
LOOK = replace(review.LOOK, title="인공지능 식별추적시스템 구축사업 개인정보 처리 검토서(부분공개, 재공개본)")
SHOWN = "출입국 업무 담당 부서(시연용)"

CHANGES = {
    "의뢰 기관의 두 칸과": "의뢰 기관의 한 칸과",
    "더하여 모두 세 칸임": "더하여 모두 두 칸임",
}


def _text() -> str:
    """The review's text with what was changed; each change must have something to change."""
    text = review.TEXT
    for before, after in CHANGES.items():
        if before not in text:
            raise SystemExit(f"{before} is no longer in the review")
        text = text.replace(before, after)
    return text


def _tables() -> dict[str, list[Flowable]]:
    """The review's tables, with the other figure of nationals, and without the box over the department."""
    facts = [[cell.replace("5,760만 건", "5,764만 여 건") for cell in row] for row in review.FACTS]
    opened = [[cell.replace("비공개(두 칸)", "비공개(한 칸)") for cell in row] for row in review.OPEN]
    return review.tables() | {
        "facts": grid(facts, review.FACTS_WIDTHS),
        "open": grid(opened, review.OPEN_WIDTHS),
        "form1": [Line("의뢰 부서", SHOWN), CoveredLine("의뢰 담당자", 40), gap(3)],
    }


def build(folder: Path) -> list[Entry]:
    """Write the second version."""
    Paper(folder / FILE, LOOK).build(story(_text(), LOOK, _tables()))
    return [Entry(FILE, LOOK.title, "ko", agency="법무부")]
