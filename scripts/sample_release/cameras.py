"""The camera layout: an upright page, a landscape one, and one that stands in the file turned (/Rotate 90).

A turned page is what a scanner or an office program often leaves: the text runs up the sheet in the file and only
the page's /Rotate makes it upright.
"""

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

from sample_release.house import NAVY, SANS, Entry, Look, grid, story
from sample_release.pages import Paper, Sheet, switch

FILE = "06_인천국제공항_카메라_배치_현황.pdf"
LOOK = Look(
    title="인천국제공항 출입국심사장 카메라 배치 현황",
    head="인천국제공항 출입국심사장 카메라 배치 현황",
    font=SANS,
    bold="NanumSquareB",
    size=11.5,
    leading=1.7,
    number="- {} -",
)

FIRST = """
= 인천국제공항 출입국심사장 카메라 배치 현황

□ 개요

○ 인천국제공항 출입국심사장 주변에는 카메라 88대가 설치되어 있음

○ 이 가운데 50대는 안면의 생체정보를 촬영할 수 있으며, 나머지 38대의 기능은 재구성 자료에 포함하지 않음

○ 정보통신산업진흥원(NIPA)은 100대 이상의 카메라를 추가로 설치할 계획임

□ 이 문서의 구성

1. 1쪽: 개요와 용어

2. 2쪽: 카메라 배치표(가로 방향)

3. 3쪽: 구분별 카메라 표시도(가로 방향, 파일에는 세로로 저장)

□ 용어

○ 출입국심사장 주변: 출입국심사를 받는 곳과 그 둘레를 이르는 말로, 경계를 어디까지로 보는지는 알려져 있지 않음

○ 안면 생체정보: 얼굴에서 얻는 정보로서 누구인지를 가려내는 데에 쓰일 수 있는 것

○ 추가 설치: 계획된 것으로, 이 문서를 작성한 기준으로 설치가 끝났는지는 알려져 있지 않음

□ 유의 사항

○ 카메라마다의 위치, 방향, 높이, 기종, 고유번호는 재구성 자료에 포함하지 않음

○ 배치표의 빈칸(…)은 알려지지 않은 것을 뜻하며, 카메라가 없다는 뜻이 아님

○ 표시도의 점은 대수를 세기 위한 것으로, 실제의 위치나 간격을 나타내지 않음

※ 88대와 50대를 함께 인용할 때에는 50대가 88대에 포함된 것임을 밝힐 것. 두 수를 더하여 138대로 적는 것은 잘못임
"""

SECOND = """
# 카메라 배치표

@layout

※ 구역의 이름과 구역별 대수는 알려져 있지 않아 ‘…’로 적음. 합계 88대 = 안면 생체정보 촬영 가능 50대 + 그 밖의
카메라 38대
"""

THIRD = """
# 구분별 카메라 표시도(설치 88대)

@dots

○ 짙은 점 50개: 안면의 생체정보를 촬영할 수 있는 카메라. 빈 점 38개: 그 밖의 카메라

○ 이 쪽은 파일에 세로 방향으로 저장되어 있고, 쪽의 회전값(90도)을 적용하여야 글이 바로 보임. 회전값을 적용하지
않고 읽는 프로그램에서는 글이 아래에서 위로 나타남

※ 추가로 설치할 계획인 100대 이상의 카메라는 이 표시도에 넣지 않음. 끝.
"""


class Dots(Flowable):  # type: ignore[misc]
    """The 88 cameras as points in four rows, the 50 that can take face biometrics filled."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = 240 * mm, 46 * mm

    def draw(self) -> None:
        self.canv.setStrokeColor(NAVY)
        for place in range(88):
            row, column = divmod(place, 22)
            self.canv.setFillColor(NAVY if place < 50 else colors.white)
            self.canv.circle((6 + column * 10.6) * mm, self.height - (6 + row * 10.6) * mm, 3.1 * mm, fill=1)


def _layout() -> list[Flowable]:
    """The layout table: a merged two-row head, a total row, dots where nothing is known."""
    rows = [
        ["번호", "구분", "구역", "대수", "", "", "안면 생체정보<br/>촬영", "비고"],
        ["", "", "", "설치", "추가 계획", "합계", "", ""],
        ["1", "안면 생체정보를 촬영할 수 있는 카메라", "…", "50", "…", "…", "가능", "출입국심사장 주변"],
        ["2", "그 밖의 카메라", "…", "38", "…", "…", "…", "기능은 재구성하지 않음"],
        ["3", "추가로 설치할 카메라", "…", "…", "100 이상", "…", "…", "정보통신산업진흥원(NIPA) 계획"],
        ["", "합계", "", "88", "100 이상", "…", "50", "확정된 합계를 적지 아니함"],
    ]
    spans = tuple(((column, 0), (column, 1)) for column in (0, 1, 2, 6, 7))
    return grid(
        rows,
        [14, 66, 22, 20, 26, 20, 28, 50],
        unit="(단위: 대)",
        heads=2,
        numbers=(3, 4, 5),
        spans=(*spans, ((3, 0), (5, 0))),
        total=True,
    )


def build(folder: Path) -> list[Entry]:
    """Write the three pages, each of its own kind."""
    sheets = [
        Sheet("upright", LOOK),
        Sheet("landscape", LOOK, landscape(A4)),
        Sheet("turned", LOOK, landscape(A4), turned=True),
    ]
    flow = story(FIRST, LOOK) + switch("landscape") + story(SECOND, LOOK, {"layout": _layout()})
    flow += switch("turned") + story(THIRD, LOOK, {"dots": [Dots()]})
    Paper(folder / FILE, LOOK, sheets).build(flow)
    return [Entry(FILE, LOOK.title, "ko", agency="법무부")]
