"""A word processor's paper (HWPX, KS X 6101) written by hand: a zip file of XML, as small as it can be and be read."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from sample_release.containers import packed

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
_SPACES = " ".join(
    [
        'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph"',
        'xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"',
        'xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core"',
        'xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"',
        'xmlns:opf="http://www.idpf.org/2007/opf/"',
        'xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container"',
    ]
)
_LANGUAGES = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
_FONT = "나눔명조"
_SIZES = (1100, 1800, 1300, 850)  # in hundredths of a point: running text, title, heading, small
TEXT, TITLE, HEADING, SMALL = range(4)
_WIDE = 42_520  # the measure: A4 less its margins, in hundredths of a point


def paragraph(text: str = "", *inside: str, look: int = TEXT, new_page: bool = False) -> str:
    """Return a paragraph of its text and of what else stands in it: a note, a table."""
    run = f'<hp:run charPrIDRef="{look}"><hp:t>{escape(text)}</hp:t></hp:run>' if text else ""
    more = "".join(f'<hp:run charPrIDRef="{look}">{each}</hp:run>' for each in inside)
    style = 1 if look == HEADING else 0
    layout = 1 if look == TITLE else 0
    return (
        f'<hp:p id="0" paraPrIDRef="{layout}" styleIDRef="{style}" pageBreak="{int(new_page)}" columnBreak="0"'
        f' merged="0">{run}{more}</hp:p>'
    )


def _list(*paragraphs: str) -> str:
    return (
        '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="CENTER" linkListIDRef="0"'
        f' linkListNextIDRef="0" textWidth="0" textHeight="0">{"".join(paragraphs)}</hp:subList>'
    )


def footnote(text: str, number: int) -> str:
    """Return a footnote, to be put inside a paragraph."""
    body = _list(paragraph(text, look=SMALL))
    return f'<hp:ctrl><hp:footNote number="{number}" instId="{number}">{body}</hp:footNote></hp:ctrl>'


def running(text: str, kind: str) -> str:
    """Return a running `header` or `footer`, to be put inside the first paragraph."""
    body = _list(paragraph(text, look=SMALL))
    return f'<hp:ctrl><hp:{kind} id="1" applyPageType="BOTH">{body}</hp:{kind}></hp:ctrl>'


def table(rows: Sequence[Sequence[str]], caption: str) -> str:
    """Return a ruled table over the whole measure, to be put inside a paragraph."""
    wide, high = _WIDE // len(rows[0]), 1800
    lines = "".join(
        f"<hp:tr>{''.join(_cell(row, column, text, wide, high) for column, text in enumerate(cells))}</hp:tr>"
        for row, cells in enumerate(rows)
    )
    above = _list(paragraph(caption))
    return (
        '<hp:tbl id="1" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0"'
        f' pageBreak="CELL" repeatHeader="1" rowCnt="{len(rows)}" colCnt="{len(rows[0])}" cellSpacing="0"'
        f' borderFillIDRef="1"><hp:sz width="{wide * len(rows[0])}" widthRelTo="ABSOLUTE" height="{high * len(rows)}"'
        ' heightRelTo="ABSOLUTE"/><hp:pos treatAsChar="1" flowWithText="1" allowOverlap="0" vertRelTo="PARA"'
        ' horzRelTo="PARA" vertAlign="TOP" horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        '<hp:outMargin left="0" right="0" top="0" bottom="0"/>'
        '<hp:inMargin left="141" right="141" top="141" bottom="141"/>'
        f'<hp:caption side="TOP" fullSz="0" width="8504" gap="850" lastWidth="0">{above}</hp:caption>{lines}</hp:tbl>'
    )


def _cell(row: int, column: int, text: str, wide: int, high: int) -> str:
    return (
        f'<hp:tc name="" header="{int(row == 0)}" hasMargin="0" protect="0" editable="0" dirty="0" borderFillIDRef="1">'
        f'{_list(paragraph(text))}<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="1" rowSpan="1"/><hp:cellSz width="{wide}" height="{high}"/>'
        '<hp:cellMargin left="141" right="141" top="141" bottom="141"/></hp:tc>'
    )


_SECTION = (
    '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" outlineShapeIDRef="0"'
    ' memoShapeIDRef="0" textVerticalWidthHead="0" masterPageCnt="0">'
    '<hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
    '<hp:pagePr landscape="WIDELY" width="59528" height="84186" gutterType="LEFT_ONLY">'
    '<hp:margin header="4252" footer="4252" gutter="0" left="8504" right="8504" top="5668" bottom="4252"/>'
    "</hp:pagePr></hp:secPr>"
)


def _each(value: int) -> str:
    return " ".join(f'{language.lower()}="{value}"' for language in _LANGUAGES)


def _characters(number: int, size: int) -> str:
    bold = "<hh:bold/>" if number in (TITLE, HEADING) else ""
    return (
        f'<hh:charPr id="{number}" height="{size}" textColor="#000000" borderFillIDRef="1"><hh:fontRef {_each(0)}/>'
        f"<hh:ratio {_each(100)}/><hh:spacing {_each(0)}/><hh:relSz {_each(100)}/><hh:offset {_each(0)}/>{bold}"
        "</hh:charPr>"
    )


def _layout(number: int, align: str) -> str:
    margins = "".join(f'<hc:{side} value="0" unit="HWPUNIT"/>' for side in ("intent", "left", "right", "prev", "next"))
    return (
        f'<hh:paraPr id="{number}" tabPrIDRef="0" condense="0"><hh:align horizontal="{align}" vertical="BASELINE"/>'
        f'<hh:heading type="NONE" idRef="0" level="0"/><hh:margin>{margins}</hh:margin>'
        '<hh:lineSpacing type="PERCENT" value="160" unit="HWPUNIT"/></hh:paraPr>'
    )


def _style(number: int, name: str, english: str, look: int) -> str:
    return (
        f'<hh:style id="{number}" type="PARA" name="{name}" engName="{english}" paraPrIDRef="0" charPrIDRef="{look}"'
        f' nextStyleIDRef="{number}" langID="1042"/>'
    )


def _head() -> str:
    font = f'<hh:font id="0" face="{_FONT}" type="TTF" isEmbedded="0"/>'
    faces = "".join(f'<hh:fontface lang="{each}" fontCnt="1">{font}</hh:fontface>' for each in _LANGUAGES)
    sides = ("left", "right", "top", "bottom")
    border = "".join(f'<hh:{side}Border type="SOLID" width="0.12 mm" color="#000000"/>' for side in sides)
    characters = "".join(_characters(number, size) for number, size in enumerate(_SIZES))
    styles = _style(0, "바탕글", "Normal", TEXT) + _style(1, "개요 1", "Outline 1", HEADING)
    return (
        f'{_XML}<hh:head {_SPACES} version="1.4" secCnt="1"><hh:beginNum page="1" footnote="1" endnote="1" pic="1"'
        f' tbl="1" equation="1"/><hh:refList><hh:fontfaces itemCnt="7">{faces}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="1"><hh:borderFill id="1" threeD="0" shadow="0">{border}</hh:borderFill>'
        f'</hh:borderFills><hh:charProperties itemCnt="{len(_SIZES)}">{characters}</hh:charProperties>'
        f'<hh:paraProperties itemCnt="2">{_layout(0, "LEFT")}{_layout(1, "CENTER")}</hh:paraProperties>'
        f'<hh:styles itemCnt="2">{styles}</hh:styles></hh:refList></hh:head>'
    )


def _contents() -> str:
    items = "".join(
        f'<opf:item id="{name}" href="Contents/{name}.xml" media-type="application/xml"/>'
        for name in ("header", "section0")
    )
    return (
        f'{_XML}<opf:package {_SPACES} version="" unique-identifier="" id=""><opf:metadata/><opf:manifest>{items}'
        '</opf:manifest><opf:spine><opf:itemref idref="header"/><opf:itemref idref="section0"/></opf:spine>'
        "</opf:package>"
    )


def write(path: Path, *paragraphs: str, head: str, foot: str) -> None:
    """Write a paper of one section, with what stands at the head and the foot of every page."""
    first = paragraph("", _SECTION, running(head, "header"), running(foot, "footer"))
    members = {
        "mimetype": "application/hwp+zip",
        "META-INF/container.xml": (
            f'{_XML}<ocf:container {_SPACES}><ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf"'
            ' media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>'
        ),
        "Contents/content.hpf": _contents(),
        "Contents/header.xml": _head(),
        "Contents/section0.xml": f"{_XML}<hs:sec {_SPACES}>{first}{''.join(paragraphs)}</hs:sec>",
    }
    path.write_bytes(packed({name: text.encode() for name, text in members.items()}))
