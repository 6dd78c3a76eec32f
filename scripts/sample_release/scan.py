"""The scanned letter: a PDF of one picture of a page, a little askew and with the dust of a scanner, without text."""

import random
import textwrap
import time
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from sample_release.containers import DATE
from sample_release.house import AUTHOR, FONTS, NOTICE_KO, Entry

FILE = "17_자료_제출_공문_스캔본.pdf"
TITLE = "추가 자료 제출 공문(스캔본)"
DPI = 200
SIZE = (1654, 2339)  # A4 at 200 dpi
LEFT, TOP, LINE = 200, 470, 66

LINES = """
수신  국회의원 박주민
(경유)  재구성하지 않음
제목  인공지능 식별추적시스템 관련 자료의 추가 제출

1. 의원님의 의정활동에 경의를 표합니다.
2. 요구하신 인공지능 식별추적시스템 구축사업의 자료 가운데 먼저 내지 못한 것을 붙임과 같이 추가로 제출합니다.
3. 카메라 대장은 인천국제공항 출입국심사장 주변에 설치된 88대를 적은 것이며, 구역은 적지 않았습니다.
4. 개인정보 처리 검토서는 가린 부분을 다시 살펴 의뢰 부서를 공개하였습니다.

붙임  세부 추진계획 등 5부.  끝.
"""


def _font(name: str, points: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(FONTS / f"{name}.ttf"), round(points * DPI / 72))


def _page() -> Image.Image:
    """The letter as black on white."""
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    pen.text((SIZE[0] / 2, 250), "법 무 부", 0, _font("NanumMyeongjoBold", 22), anchor="mm")
    pen.line((LEFT, 350, SIZE[0] - LEFT, 350), 0, 5)
    text, place = _font("NanumMyeongjo", 13), TOP
    for line in LINES.strip().splitlines():
        for part in textwrap.wrap(line, 36, subsequent_indent="    ", drop_whitespace=False) or [""]:
            pen.text((LEFT, place), part.rstrip(), 0, text)
            place += LINE
    pen.text((SIZE[0] / 2, place + 150), "법무부 장관", 0, _font("NanumMyeongjoBold", 20), anchor="mm")
    pen.text((SIZE[0] / 2, place + 250), "(직인은 재구성하지 않음)", 0, text, anchor="mm")
    pen.text((SIZE[0] / 2, SIZE[1] - 160), NOTICE_KO, 0, _font("NanumSquareR", 11), anchor="mm")
    return page


def _scanned(page: Image.Image) -> Image.Image:
    """The page as a scanner saw it: half a degree askew, specks here and there, in black and white."""
    askew = page.rotate(0.5, Image.Resampling.BICUBIC, fillcolor=255)
    lots = random.Random(2021)
    for _ in range(400):
        askew.putpixel((lots.randrange(SIZE[0]), lots.randrange(SIZE[1])), 0)
    return askew.point(lambda grey: 255 if grey > 140 else 0).convert("1", dither=Image.Dither.NONE)


def build(folder: Path) -> list[Entry]:
    """Write the letter; its picture is packed as a fax packs it (CCITT G4)."""
    moment = time.struct_time((*DATE, 0, 0, 0))
    _scanned(_page()).save(
        folder / FILE, resolution=DPI, title=TITLE, author=AUTHOR, creationDate=moment, modDate=moment
    )
    return [Entry(FILE, TITLE, "ko", agency="법무부")]
