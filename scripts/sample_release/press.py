"""The press note (보도설명자료), in a Korean font that the file names but does not embed (HYSMyeongJo-Medium).

Old office software made such files by the thousand: a reader without the font substitutes one, and the text has to
be decoded through Adobe's character tables instead of the file's own.
"""

from pathlib import Path

from reportlab.lib.enums import TA_LEFT
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Flowable

from sample_release.house import Entry, Look, grid, rule, story
from sample_release.pages import Paper

FILE = "08_보도설명자료_식별추적시스템.pdf"
FONT = "HYSMyeongJo-Medium"
LOOK = Look(
    title="보도설명자료: 인공지능 식별추적시스템 구축사업",
    head="보도설명자료",
    font=FONT,
    bold=FONT,
    heading=FONT,
    size=12.5,
    leading=1.75,
    align=TA_LEFT,
)

TEXT = """
= 보 도 설 명 자 료

@rule

@head

# 1. 보도의 내용

○ 법무부가 출입국심사 과정에서 확보한 얼굴 이미지를 본인의 동의 없이 과학기술정보통신부와 민간 기업에
이전하였으며, 그 수가 약 1억 7천만 건에 이른다는 내용임

○ 내국인의 자료가 5,764만 여 건 들어 있다는 보도가 있음

# 2. 설명

○ 이 사업은 법무부와 과학기술정보통신부가 2019년 4월 업무협약을 맺고 시작한 「인공지능 식별추적시스템
구축사업」으로, 2022년에 완료할 예정임

○ 이전된 자료는 얼굴 이미지와 국적, 성별, 나이이며, 1억 건이 인공지능 학습에, 2,000만 건이 알고리즘 시험에 사용됨

○ 사업을 철회하거나 취소할 수 없다는 것이 장관의 입장임

※ 장관의 입장은 요지를 간접적으로 적은 것이며, 발언을 그대로 옮긴 것이 아님

# 3. 숫자에 관한 참고 사항

@figures

○ 내국인 건수는 자료에 따라 5,760만 건으로도, 5,764만 여 건으로도 적혀 있음. 기사에 옮길 때에는 어느 문서의
숫자인지를 밝혀 주기 바람

# 4. 자주 묻는 사항

1. 동의를 받았는지: 정보주체의 동의는 받지 않음

2. 어느 공항의 카메라인지: 인천국제공항 출입국심사장 주변의 88대이며, 이 가운데 50대가 안면의 생체정보를 촬영할 수
있음

3. 카메라가 더 늘어나는지: 정보통신산업진흥원이 100대 이상을 추가로 설치할 계획임

4. 국민의 생체정보를 수집할 수 있는지: 「출입국관리법」은 자동출입국심사를 신청한 국민에 한하여 수집을 허용하며,
자동출입국심사는 2008년에 도입됨

5. 「개인정보 보호법」에 어긋나는지: 문제가 제기되어 있으며, 이 자료에는 결론을 싣지 않음

※ 묻는 말과 답은 알려진 사실을 문답의 형식으로 나누어 적은 것임. 끝.
"""


def build(folder: Path) -> list[Entry]:
    """Write the press note."""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    head: list[Flowable] = grid(
        [
            ["구분", "내용"],
            ["제목", "인공지능 식별추적시스템 구축사업 관련 설명"],
            ["배포", "법무부"],
            ["보도 시점", "(재구성하지 않음)"],
            ["담당", "(재구성하지 않음)"],
        ],
        [36, 122],
        font=FONT,
    )
    figures = grid(
        [
            ["대상", "건수", "비고"],
            ["전체", "17,760", "약 1억 7천만 건으로 보도됨"],
            ["내국인", "5,760", "5,764만 여 건으로 보도됨"],
            ["외국인", "12,000", ""],
        ],
        [46, 40, 72],
        unit="(단위: 만 건)",
        numbers=(1,),
        font=FONT,
    )
    inserts = {"rule": [rule(2, 8)], "head": head, "figures": figures}
    Paper(folder / FILE, LOOK).build(story(TEXT, LOOK, inserts))
    return [Entry(FILE, LOOK.title, "ko", agency="법무부")]
