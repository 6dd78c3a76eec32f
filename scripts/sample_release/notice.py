"""The notice to travellers (안내문) as an office file (DOCX): headings, paragraphs, a table, the foot of every page."""

from io import BytesIO
from pathlib import Path

import docx
from docx.shared import Pt

from sample_release.containers import repacked
from sample_release.house import AUTHOR, NOTICE_EN, NOTICE_KO, Entry

FILE = "14_자동출입국심사_이용자_안내문_검토안.docx"
TITLE = "자동출입국심사 이용자 안내문(검토안)"

TEXT = """
# 1. 안내문의 목적

○ 자동출입국심사를 신청하는 사람에게 얼굴 이미지가 어디에 쓰이는지를 알리기 위한 것임

○ 이 검토안은 쟁점을 보이기 위하여 재구성한 것이며, 실제로 게시된 안내문의 문구를 옮긴 것이 아님

# 2. 안내 문구(안)

○ 자동출입국심사는 2008년에 도입되었으며, 신청한 국민의 생체정보는 「출입국관리법」에 따라 수집함

○ 수집한 얼굴 이미지가 인공지능의 학습이나 알고리즘의 시험에 쓰이는 경우에는 그 사실을 미리 알리고 동의를 받아야
하는지를 검토 중임

@table

# 3. 검토 의견

○ 2019년 4월에 시작된 인공지능 식별추적시스템 구축사업에서는 정보주체의 동의를 받지 않고 자료가 이전됨

○ 안내문만으로 동의를 갈음할 수 있는지에 관하여는 결론을 내리지 아니함. 끝.
"""

ROWS = [
    ["알릴 사항", "현재 안내 여부", "검토안"],
    ["수집하는 정보", "재구성하지 않음", "얼굴 이미지, 국적, 성별, 나이"],
    ["쓰이는 곳", "재구성하지 않음", "심사, 인공지능 학습, 알고리즘 시험"],
    ["넘겨받는 곳", "재구성하지 않음", "과학기술정보통신부, 민간 기업"],
    ["거부할 권리", "재구성하지 않음", "유인 심사대를 이용할 수 있음을 알림"],
]


def office(title: str, text: str, rows: list[list[str]]) -> bytes:
    """Return a DOCX of small markup: `# ` is a heading, `@table` the table, everything else a paragraph."""
    paper = docx.Document()
    paper.styles["Normal"].font.size = Pt(11)
    paper.core_properties.author, paper.core_properties.title = AUTHOR, title
    paper.sections[0].footer.paragraphs[0].text = f"{NOTICE_KO} / {NOTICE_EN}"
    paper.add_heading(title, 0)
    paper.add_paragraph(f"({NOTICE_KO})")
    for block in text.strip().split("\n\n"):
        line = block.replace("\n", " ")
        if line.startswith("# "):
            paper.add_heading(line[2:], 1)
        elif line == "@table":
            table = paper.add_table(len(rows), len(rows[0]), style="Table Grid")
            for place, cells in zip(table.rows, rows, strict=True):
                for cell, value in zip(place.cells, cells, strict=True):
                    cell.text = value
        else:
            paper.add_paragraph(line)
    made = BytesIO()
    paper.save(made)
    return repacked(made.getvalue())


def build(folder: Path) -> list[Entry]:
    """Write the notice."""
    (folder / FILE).write_bytes(office(TITLE, TEXT, ROWS))
    return [Entry(FILE, TITLE, "ko", agency="법무부")]
