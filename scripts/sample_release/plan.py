"""The project plan (추진계획): cover, table of contents in roman front matter, six chapters that begin at page 1.

It holds what a page-label tree is for: the page printed "1" is the fourth of the file.
"""

from pathlib import Path

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, PageBreak, Paragraph
from reportlab.platypus.tableofcontents import TableOfContents

from sample_release.house import NOTICE_EN, NOTICE_KO, SANS, SANS_BOLD, Entry, Look, gap, grid, printed, rule, story
from sample_release.pages import Paper

FILE = "01_인공지능_식별추적시스템_구축사업_추진계획.pdf"
LOOK = Look(
    title="인공지능 식별추적시스템 구축사업 추진계획",
    head="인공지능 식별추적시스템 구축사업 추진계획",
    size=13,
    leading=1.72,
    front=3,
    cover=True,
)

FOREWORD = """
# 일러두기

1. 이 계획서는 「인공지능 식별추적시스템 구축사업」에 관하여 공개적으로 알려진 사실만을 계획서의 형식으로 옮긴
재구성 자료이며, 실제 계획서의 문안을 옮긴 것이 아님.

2. 날짜는 알려진 단위까지만 적음. 연월만 알려진 것은 연월로, 연도만 알려진 것은 연도로 적고 나머지는 비워 둠.

3. 예산, 참여 기업의 명칭, 담당자의 성명은 재구성 자료에 포함하지 않음.

4. 건수는 만 건을 단위로 적으며, 다른 문서의 어림수(예: 1억7,000만여 건)와 다를 수 있음.

5. 본문의 쪽번호는 제Ⅰ장에서 1로 시작하고, 그 앞의 쪽은 로마 숫자로 적음.

## 줄여 쓰는 이름

@names
"""

BODY = """
# Ⅰ. 추진 배경

## 1. 사업의 시작

□ 업무협약에 따른 공동 사업

○ 법무부와 과학기술정보통신부는 2019년 4월 업무협약을 맺고 「인공지능 식별추적시스템 구축사업」을 시작함

○ 사업은 2022년에 완료하는 것을 목표로 함

- 협약 체결의 일자와 협약서의 전문은 이 계획서에 싣지 않으며, 협약의 요지는 따로 붙이는 업무협약서를 따름

□ 사업의 성격

○ 출입국심사 과정에서 확보한 얼굴 이미지 등의 자료를 인공지능 기술의 학습과 알고리즘의 시험에 쓰는 사업임

○ 사업명에 쓰인 ‘식별’은 얼굴 이미지로 누구인지를 가려내는 일을, ‘추적’은 여러 대의 카메라에 나타난 사람이 같은
사람인지를 이어서 살피는 일을 이르는 말로 풀이함

※ 용어의 풀이는 재구성 과정에서 읽는 사람의 이해를 돕기 위하여 붙인 것으로, 법령상의 정의가 아님

## 2. 계획서의 목적

○ 사업에 쓰이는 자료의 종류와 규모, 자료가 옮겨 가는 경로, 카메라 설비의 현황을 한곳에 모아 정리함

○ 자료의 처리와 관련하여 검토가 필요한 법률의 조항과 쟁점을 밝히고, 아직 확인되지 않은 사항을 따로 적어 이후의
검토에서 빠뜨리는 일이 없도록 함

# Ⅱ. 사업 개요

## 1. 개요

@outline

## 2. 기관별 역할

□ 법무부

○ 출입국심사 과정에서 얼굴 이미지와 국적, 성별, 나이를 확보함

○ 확보한 자료를 과학기술정보통신부에 이전함

□ 과학기술정보통신부

○ 법무부로부터 자료를 넘겨받아 민간 기업에 이전함

□ 정보통신산업진흥원(NIPA)

○ 카메라 100대 이상의 추가 설치를 계획함

□ 민간 기업

○ 이전받은 자료를 인공지능 학습과 알고리즘 시험에 사용함

- 기업의 수와 명칭, 선정의 절차는 재구성 자료에 포함하지 않음

## 3. 자료의 흐름

□ 자료는 세 단계를 거쳐 옮겨 감

① 확보: 출입국심사를 받는 내국인과 외국인의 얼굴 이미지, 국적, 성별, 나이가 심사 과정에서 확보됨

② 이전: 확보된 자료가 법무부에서 과학기술정보통신부로 넘어감

③ 제공: 넘어간 자료가 다시 민간 기업에 제공되어 인공지능의 학습과 알고리즘의 시험에 쓰임

※ 각 단계에서 정보주체의 동의를 받는 절차는 두지 않았으며, 이에 관한 검토는 제Ⅴ장에 적음

# Ⅲ. 이용 자료

## 1. 자료의 종류

○ 얼굴 이미지: 출입국심사 과정에서 확보한 안면 이미지

○ 함께 이전되는 정보: 국적, 성별, 나이

- 위의 네 가지 말고 다른 항목이 함께 이전되었는지는 이 계획서에서 다루지 않음

## 2. 자료의 규모

@volume

○ 전체 1억 7,760만 건 가운데 내국인이 5,760만 건, 외국인이 1억 2,000만 건임

○ 내국인 자료는 전체의 약 32.4%, 외국인 자료는 약 67.6%에 해당함

## 3. 자료의 용도

@uses

○ 이전된 자료 가운데 1억 건은 인공지능 학습에, 2,000만 건은 알고리즘 시험에 사용함

○ 두 용도를 더한 1억 2,000만 건은 외국인 자료의 건수와 크기가 같으나, 이는 합계가 같다는 것일 뿐이며 두 자료가
같은 자료라는 뜻으로 읽어서는 아니 됨

○ 학습과 시험에 쓰인 자료를 뺀 나머지 자료의 용도는 이 계획서에 적지 않으며, 학습용 자료와 시험용 자료가 서로
겹치는지도 이 계획서만으로는 확인할 수 없음

## 4. 건수를 읽을 때의 유의 사항

○ 건수는 이미지의 수이며 사람의 수가 아님. 한 사람이 여러 번 심사를 받으면 여러 건이 될 수 있으므로, 건수를 그대로
정보주체의 수로 옮겨 적지 아니함

○ 어림수로 적을 때에는 ‘약’ 또는 ‘여’를 붙여 어림수임을 밝히고, 합계와 내역을 함께 적는 경우에는 내역의 합이
합계와 맞는지를 확인함

# Ⅳ. 카메라 설비

## 1. 설치 현황

□ 인천국제공항 출입국심사장 주변에 카메라 88대가 설치됨

○ 이 가운데 50대는 안면의 생체정보를 촬영할 수 있음

○ 나머지 38대의 기능은 재구성 자료에 포함하지 않음

@cameras

## 2. 추가 설치 계획

□ 정보통신산업진흥원(NIPA)은 100대 이상의 카메라를 추가로 설치할 계획임

○ 추가 설치의 장소와 시기, 카메라의 기종은 재구성 자료에 포함하지 않음

- 추가 설치를 88대에 더하면 188대를 넘게 되나, 기존 카메라를 바꾸는 것인지 새로 더하는 것인지에 따라 총수가
달라지므로 합계를 확정하여 적지 아니함

## 3. 설비에 관하여 밝혀야 할 사항

1. 촬영 범위에 출입국심사를 받지 않는 사람이 들어오는지 여부

2. 카메라가 설치되어 있음을 알리는 안내의 방법과 위치

3. 촬영된 영상에서 얼굴을 가려낸 뒤 남는 영상의 보관과 파기

4. 생체정보를 촬영할 수 있는 50대와 그 밖의 카메라를 현장에서 구별할 수 있는지 여부

※ 위의 네 항목은 물음이며, 이 계획서는 그 답을 싣지 않음

# Ⅴ. 법적 검토 사항

## 1. 「출입국관리법」

□ 생체정보를 수집할 수 있는 국민의 범위

○ 「출입국관리법」은 국민의 경우 자동출입국심사를 신청한 사람에 한하여 생체정보를 수집할 수 있도록 함

○ 자동출입국심사는 2008년에 도입됨

○ 따라서 자동출입국심사를 신청하지 않은 국민의 얼굴 이미지가 이 사업의 자료에 들어 있는지, 들어 있다면 어떤
근거로 수집된 것인지를 먼저 확인할 필요가 있음

## 2. 「개인정보 보호법」

□ 정보주체의 동의

○ 이 사업의 자료를 이전하고 제공하는 과정에서 정보주체의 동의는 받지 않음

○ 출입국심사를 위하여 확보한 자료를 인공지능의 학습과 알고리즘의 시험에 쓰는 것이 「개인정보 보호법」에 어긋나지
않는지가 문제가 됨

□ 검토의 순서

① 자료가 처음 수집된 목적과 그 근거가 되는 법률의 조항을 확인함

② 이전과 제공이 처음의 목적 안에 있는지, 그 밖에 있는지를 판단함

③ 목적 밖의 이용이라면 이를 허용하는 근거가 있는지를 확인함

④ 생체정보에 대하여 따로 갖추어야 할 요건이 있는지를 확인함

⑤ 위탁에 해당하는지 제3자 제공에 해당하는지에 따라 달라지는 요건을 나누어 살핌

※ 검토의 결론은 이 계획서에 적지 않음. 두 법률의 적용에 관하여 기관과 시민사회단체의 입장이 서로 다르므로, 각각의
입장은 해당 문서에서 확인하여야 함

## 3. 쟁점별 정리

@issues

# Ⅵ. 추진 일정과 행정 사항

## 1. 추진 일정

@schedule

○ 그 밖의 중간 일정은 재구성 자료에 포함하지 않음

## 2. 확인이 필요한 사항

1. 자료를 이전한 시기와 횟수, 이전에 쓰인 방법

2. 이전된 자료의 보관 장소와 접근할 수 있는 사람의 범위

3. 사업이 끝난 뒤 학습용 자료와 시험용 자료를 처리하는 방법

4. 정보주체가 자신의 자료가 쓰였는지를 확인하는 방법

5. 사업의 철회 또는 취소가 가능한지에 관한 기관의 판단과 그 근거

## 3. 행정 사항

○ 이 계획서에 적힌 건수와 대수를 다른 문서에 옮겨 적을 때에는 쪽번호를 함께 적고, 이 문서가 시연용으로 재구성된
자료임을 반드시 밝힐 것

○ 다른 문서와 숫자가 다를 때에는 어느 한쪽으로 고쳐 적지 말고 두 숫자와 각각의 출처를 나란히 적을 것

붙임 1. 업무협약서(재구성) 1부.

붙임 2. 안면 이미지 이전 현황 통계표(재구성) 1부.

붙임 3. 카메라 배치 현황(재구성) 1부. 끝.
"""


def _lists() -> dict[str, list[Flowable]]:
    """The plan's ruled tables of words, by the name under which the text calls for them."""
    return {
        "names": grid(
            [
                ["줄여 쓴 이름", "뜻"],
                ["협약", "법무부와 과학기술정보통신부가 2019년 4월에 맺은 업무협약"],
                ["사업", "인공지능 식별추적시스템 구축사업"],
                ["진흥원", "정보통신산업진흥원(NIPA)"],
                ["심사", "출입국심사"],
            ],
            [40, 118],
        ),
        "outline": grid(
            [
                ["구분", "내용"],
                ["사업명", "인공지능 식별추적시스템 구축사업"],
                ["근거", "법무부와 과학기술정보통신부의 업무협약(2019년 4월)"],
                ["기간", "2019년 4월 ~ 2022년"],
                ["대상 자료", "출입국심사에서 확보한 얼굴 이미지, 국적, 성별, 나이"],
                ["자료의 규모", "1억 7,760만 건"],
                ["설비", "인천국제공항 출입국심사장 주변 카메라 88대"],
                ["예산", "재구성 자료에 포함하지 않음"],
            ],
            [36, 122],
        ),
        "issues": grid(
            [
                ["쟁점", "관련 법률", "확인할 사항"],
                ["수집의 근거", "출입국관리법", "자동출입국심사를 신청한 국민의 자료인지 여부"],
                ["동의", "개인정보 보호법", "동의 없이 이전하고 제공할 수 있는 근거가 있는지 여부"],
                ["민간 제공", "개인정보 보호법", "민간 기업의 지위와 기업에 적용되는 의무"],
                ["목적", "두 법률 모두", "심사의 목적과 기술 개발의 목적이 같은지 여부"],
            ],
            [32, 40, 86],
            caption="<표 4> 쟁점과 확인할 사항",
        ),
        "schedule": grid(
            [
                ["시기", "내용", "비고"],
                ["2008년", "자동출입국심사 도입", "사업 이전"],
                ["2019년 4월", "업무협약에 따라 사업 시작", "법무부, 과학기술정보통신부"],
                ["2022년", "사업 완료(목표)", "월, 일은 알려지지 않음"],
            ],
            [36, 66, 56],
        ),
    }


def _figures() -> dict[str, list[Flowable]]:
    """The plan's tables of figures."""
    return {
        "volume": grid(
            [
                ["구분", "건수", "비율(%)"],
                ["내국인", "5,760", "32.4"],
                ["외국인", "12,000", "67.6"],
                ["합계", "17,760", "100.0"],
            ],
            [58, 50, 50],
            caption="<표 1> 이전 자료의 규모",
            unit="(단위: 만 건)",
            numbers=(1, 2),
            total=True,
        ),
        "uses": grid(
            [["용도", "건수"], ["인공지능 학습", "10,000"], ["알고리즘 시험", "2,000"], ["두 용도의 합", "12,000"]],
            [88, 70],
            caption="<표 2> 용도별 자료",
            unit="(단위: 만 건)",
            numbers=(1,),
            total=True,
        ),
        "cameras": grid(
            [["구분", "대수"], ["안면 생체정보 촬영 가능", "50"], ["그 밖의 카메라", "38"], ["합계", "88"]],
            [88, 70],
            caption="<표 3> 출입국심사장 주변 카메라",
            unit="(단위: 대)",
            numbers=(1,),
            total=True,
        ),
    }


def _cover() -> list[Flowable]:
    """The cover: title between two rules, agencies, and the notice in large type."""
    name = ParagraphStyle("c", fontName="NanumMyeongjoBold", fontSize=26, leading=40, alignment=TA_CENTER)
    small = ParagraphStyle("s", fontName="NanumMyeongjo", fontSize=15, leading=27, alignment=TA_CENTER)
    tag = ParagraphStyle("t", fontName=SANS, fontSize=11, leading=18, alignment=TA_CENTER)
    return [
        gap(34),
        rule(2.2, 16),
        Paragraph("인공지능 식별추적시스템<br/>구축사업 추진계획", name),
        gap(8),
        rule(2.2, 16),
        gap(8),
        Paragraph("2019년 4월 ~ 2022년", small),
        gap(62),
        Paragraph("법 무 부<br/>과학기술정보통신부", small),
        gap(18),
        Paragraph(f"{NOTICE_KO}<br/>{NOTICE_EN}", tag),
        PageBreak(),
    ]


def _contents() -> list[Flowable]:
    """The table of contents: printed page numbers behind dot leaders."""
    title = ParagraphStyle("contents", fontName=SANS_BOLD, fontSize=18, leading=40, alignment=TA_CENTER)
    contents = TableOfContents(dotsMinLevel=0, formatter=lambda page: printed(LOOK, page))
    contents.levelStyles = [
        ParagraphStyle("toc1", fontName=SANS_BOLD, fontSize=11.5, leading=16, spaceBefore=3),
        ParagraphStyle("toc2", fontName="NanumMyeongjo", fontSize=11, leading=14, leftIndent=18),
    ]
    return [Paragraph("목 차", title), gap(3), contents, PageBreak()]


def build(folder: Path) -> list[Entry]:
    """Write the plan; two passes, because the contents need page numbers."""
    inserts = _lists() | _figures()
    flow = [*_cover(), *_contents(), *story(FOREWORD, LOOK, inserts), PageBreak(), *story(BODY, LOOK, inserts)]
    Paper(folder / FILE, LOOK).multiBuild(flow)
    return [Entry(FILE, LOOK.title, "ko", agency="법무부")]
