"""The archive of the visit (현장 확인 자료): a zip file whose names and texts are in CP949, as Windows made them."""

from pathlib import Path

from sample_release.containers import packed
from sample_release.house import NOTICE_EN, NOTICE_KO, Entry

FILE = "18_현장_확인_자료.zip"
NOTES, LIST = "현장 확인 메모.txt", "확인 항목표.csv"

MEMO = f"""\
{NOTICE_KO}
{NOTICE_EN}

인천국제공항 출입국심사장 현장 확인 메모

○ 확인한 날과 사람은 재구성하지 않음
○ 출입국심사장 주변에 카메라 88대가 설치되어 있음을 카메라 대장과 견주어 확인함
○ 카메라가 설치되어 있음을 알리는 안내판의 위치와 문구는 확인하지 못함
○ 심사를 받지 않는 사람이 촬영 범위에 들어오는지는 더 확인할 필요가 있음
"""

ITEMS = f"""\
번호,확인 항목,결과,비고
1,카메라의 대수,88대,대장과 같음
2,안면 생체정보를 촬영할 수 있는 카메라,50대,대장과 같음
3,안내판의 위치,확인하지 못함,
4,촬영 범위,확인하지 못함,추가 확인 필요
,{NOTICE_KO},,
"""


def _windows(text: str) -> bytes:
    return text.replace("—", "-").replace("\n", "\r\n").encode("cp949")


def build(folder: Path) -> list[Entry]:
    """Write the archive."""
    members = {f"현장 확인/{NOTES}": _windows(MEMO), f"현장 확인/{LIST}": _windows(ITEMS)}
    (folder / FILE).write_bytes(packed(members, old_names=True))
    return [
        Entry(FILE, "현장 확인 자료(압축 파일)", "ko", agency="법무부"),
        Entry(NOTES, "인천국제공항 출입국심사장 현장 확인 메모", "ko", agency="법무부"),
        Entry(LIST, "현장 확인 항목표", "ko", agency="법무부"),
    ]
