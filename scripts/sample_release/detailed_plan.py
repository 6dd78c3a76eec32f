"""The detailed plan (세부 추진계획) as the ministry's word processor writes it: HWPX, with a table and footnotes."""

from pathlib import Path

from sample_release import hwpx
from sample_release.house import NOTICE_EN, NOTICE_KO, Entry

FILE = "13_인공지능_식별추적시스템_세부_추진계획.hwpx"
TITLE = "인공지능 식별추적시스템 구축사업 세부 추진계획"

VOLUMES = [
    ["구분", "건수", "용도"],
    ["내국인", "5,760", "재구성하지 않음"],
    ["외국인", "12,000", "재구성하지 않음"],
    ["합계", "17,760", "인공지능 학습, 알고리즘 시험"],
]
STEPS = [
    ["단계", "내용", "맡는 곳"],
    ["1", "출입국심사에서 확보한 얼굴 이미지의 정리", "법무부"],
    ["2", "학습용 자료와 시험용 자료의 구분", "과학기술정보통신부"],
    ["3", "인천국제공항 카메라 88대의 연계 점검", "정보통신산업진흥원"],
    ["4", "알고리즘 시험 결과의 정리", "과학기술정보통신부"],
]


def _paragraphs() -> list[str]:
    """The plan's text, in the order in which it stands."""
    once = hwpx.footnote("만 건 미만의 건수는 알려지지 않아 적지 아니함.", 1)
    twice = hwpx.footnote("88대 가운데 50대가 안면의 생체정보를 촬영할 수 있음.", 2)
    p = hwpx.paragraph
    return [
        p(TITLE, look=hwpx.TITLE),
        p(f"({NOTICE_KO})", look=hwpx.SMALL),
        p(),
        p("Ⅰ. 추진 배경", look=hwpx.HEADING),
        p("□ 법무부와 과학기술정보통신부가 2019년 4월에 맺은 업무협약에 따라 사업을 추진함"),
        p("○ 출입국심사에서 확보한 얼굴 이미지와 국적, 성별, 나이를 인공지능의 학습과 알고리즘의 시험에 사용함"),
        p("○ 사업은 2022년에 완료할 예정임"),
        p(),
        p("Ⅱ. 대상 자료", look=hwpx.HEADING),
        p("□ 이전된 자료는 모두 1억 7,760만 건임", once),
        p("", hwpx.table(VOLUMES, "<표 1> 이전 자료의 규모 (단위: 만 건)")),
        p("○ 이 가운데 1억 건은 인공지능 학습에, 2,000만 건은 알고리즘 시험에 사용함"),
        p("○ 자료의 이전과 제공에 관하여 정보주체의 동의는 받지 않음"),
        p("Ⅲ. 단계별 추진 내용", look=hwpx.HEADING, new_page=True),
        p("□ 카메라 연계 점검은 인천국제공항 출입국심사장 주변에 설치된 88대를 대상으로 함", twice),
        p("", hwpx.table(STEPS, "<표 2> 단계별 추진 내용")),
        p("○ 점검은 카메라 대장에 적힌 관리번호의 차례로 하며, 대장에 없는 카메라는 점검하지 아니함"),
        p("○ 100대 이상을 추가로 설치하는 계획은 정보통신산업진흥원이 따로 세움"),
        p(),
        p("Ⅳ. 행정 사항", look=hwpx.HEADING),
        p("○ 「출입국관리법」은 국민에 대하여는 자동출입국심사를 신청한 사람에 한하여 생체정보의 수집을 허용함"),
        p("○ 단계별 시기와 예산은 재구성 자료에 포함하지 않음"),
        p("붙임 카메라 대장(재구성) 1부. 끝."),
    ]


def build(folder: Path) -> list[Entry]:
    """Write the detailed plan."""
    hwpx.write(folder / FILE, *_paragraphs(), head="세부 추진계획", foot=f"{NOTICE_KO} / {NOTICE_EN}")
    return [Entry(FILE, TITLE, "ko", agency="법무부")]
