"""The mail (전자우편) that announced the second delivery, with its errata attached."""

from datetime import datetime, timedelta, timezone
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from sample_release.containers import DATE
from sample_release.house import NOTICE_EN, NOTICE_KO, Entry
from sample_release.notice import office

FILE = "16_추가_제출_알림.eml"
TITLE = "추가 제출 자료를 보내 드립니다(시연용 재구성)"
ATTACHED = "정오표_내국인_건수.docx"

TEXT = f"""\
[{NOTICE_KO}]
[{NOTICE_EN}]

박주민 의원실 담당자께

요구하신 「인공지능 식별추적시스템 구축사업」 관련 자료를 추가로 보내 드립니다.

1. 세부 추진계획(한글 문서)
2. 자동출입국심사 이용자 안내문 검토안
3. 인천국제공항 카메라 대장
4. 개인정보 처리 검토서(부분공개) 재공개본
5. 현장 확인 자료(압축 파일)

붙임의 정오표에는 내국인 건수를 5,764만 여 건으로 적은 자료를 밝혀 두었습니다.
보낸 때와 주소는 시연을 위하여 지어낸 것이며, 실제로 보낸 전자우편의 문장을 옮긴 것이 아닙니다.

법무부 담당 부서(재구성)
"""

ERRATA = """
# 1. 바로잡는 까닭

○ 내국인의 얼굴 이미지를 5,760만 건으로 적은 자료와 5,764만 여 건으로 적은 자료가 함께 있음

# 2. 대조

@table

○ 어느 쪽이 맞는지는 확인되지 아니하였으므로, 인용할 때에는 두 숫자와 출처를 나란히 적을 것. 끝.
"""
ROWS = [
    ["문서", "적힌 건수"],
    ["추진계획, 통계표", "5,760만 건"],
    ["보도설명자료, 검토서 재공개본", "5,764만 여 건"],
]


def build(folder: Path) -> list[Entry]:
    """Write the mail; the addresses are of domains that cannot exist."""
    mail = EmailMessage(policy=policy.SMTP)
    mail["Subject"] = TITLE
    mail["From"] = "법무부 담당 부서(재구성) <sender@ministry.invalid>"
    mail["To"] = "박주민 의원실(재구성) <office@assembly.invalid>"
    mail["Date"] = format_datetime(datetime(*DATE, tzinfo=timezone(timedelta(hours=9))))
    mail["Message-ID"] = "<demo-2021-001@ministry.invalid>"
    mail.set_content(TEXT, cte="base64")
    mail.add_attachment(
        office("정오표(내국인 건수)", ERRATA, ROWS),
        maintype="application",
        subtype="vnd.openxmlformats-officedocument.wordprocessingml.document",
        filename=ATTACHED,
    )
    mail.set_boundary("=-gongmun-sample-release-=")
    (folder / FILE).write_bytes(mail.as_bytes())
    return [
        Entry(FILE, TITLE, "ko", agency="법무부"),
        Entry(ATTACHED, "정오표(내국인 건수)", "ko", agency="법무부"),
    ]
