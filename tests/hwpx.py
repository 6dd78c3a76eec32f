# ruff: noqa: E501 (XML as the word processor writes it)
"""Small HWPX papers made by code: paragraphs, tables, notes and the like, as the word processor writes them."""

from __future__ import annotations

import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

_SPACES = (
    'xmlns:hp="http://www.hancom.co.kr/hwpml/2011/paragraph" xmlns:hs="http://www.hancom.co.kr/hwpml/2011/section"'
    ' xmlns:hc="http://www.hancom.co.kr/hwpml/2011/core" xmlns:hh="http://www.hancom.co.kr/hwpml/2011/head"'
    ' xmlns:opf="http://www.idpf.org/2007/opf/" xmlns:ocf="urn:oasis:names:tc:opendocument:xmlns:container"'
)
_LANGUAGES = ("HANGUL", "LATIN", "HANJA", "JAPANESE", "OTHER", "SYMBOL", "USER")
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>'
MIMETYPE = "application/hwp+zip"
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def p(text: str = "", *inside: str, new_page: bool = False, style: int = 0) -> str:
    """Return a paragraph: its text, then what else stands in it."""
    run = f"<hp:run charPrIDRef='0'><hp:t>{escape(text)}</hp:t></hp:run>" if text else ""
    more = "".join(f"<hp:run charPrIDRef='0'>{each}</hp:run>" for each in inside)
    return (
        f'<hp:p id="0" paraPrIDRef="0" styleIDRef="{style}" pageBreak="{int(new_page)}" columnBreak="0" merged="0">'
        f"{run}{more}</hp:p>"
    )


def t(text: str) -> str:
    return f"<hp:t>{escape(text)}</hp:t>"


def sublist(*paragraphs: str) -> str:
    return (
        '<hp:subList id="" textDirection="HORIZONTAL" lineWrap="BREAK" vertAlign="TOP" linkListIDRef="0"'
        f' linkListNextIDRef="0" textWidth="0" textHeight="0">{"".join(paragraphs)}</hp:subList>'
    )


def cell(row: int, column: int, *paragraphs: str, rows: int = 1, columns: int = 1) -> str:
    """Return a cell; row and column count from 0, as in the file."""
    return (
        f'<hp:tc name="" header="0" hasMargin="0" protect="0" editable="0" dirty="0" borderFillIDRef="1">'
        f'{sublist(*paragraphs)}<hp:cellAddr colAddr="{column}" rowAddr="{row}"/>'
        f'<hp:cellSpan colSpan="{columns}" rowSpan="{rows}"/>'
        f'<hp:cellSz width="{9000 * columns}" height="{1500 * rows}"/>'
        '<hp:cellMargin left="141" right="141" top="141" bottom="141"/></hp:tc>'
    )


def table(rows: int, columns: int, *lines: list[str], caption: str = "") -> str:
    """Return a table of lines of cells."""
    title = f'<hp:caption side="TOP" fullSz="0" width="8504" gap="850" lastWidth="0">{sublist(p(caption))}</hp:caption>'
    return (
        '<hp:tbl id="1" zOrder="0" numberingType="TABLE" textWrap="TOP_AND_BOTTOM" textFlow="BOTH_SIDES" lock="0"'
        f' pageBreak="CELL" repeatHeader="1" rowCnt="{rows}" colCnt="{columns}" cellSpacing="0" borderFillIDRef="1">'
        f'<hp:sz width="{9000 * columns}" widthRelTo="ABSOLUTE" height="{1500 * rows}" heightRelTo="ABSOLUTE"/>'
        '<hp:pos treatAsChar="1" flowWithText="1" allowOverlap="0" vertRelTo="PARA" horzRelTo="PARA" vertAlign="TOP"'
        ' horzAlign="LEFT" vertOffset="0" horzOffset="0"/>'
        '<hp:outMargin left="0" right="0" top="0" bottom="0"/><hp:inMargin left="141" right="141" top="141" bottom="141"/>'
        f"{title if caption else ''}{''.join('<hp:tr>' + ''.join(line) + '</hp:tr>' for line in lines)}</hp:tbl>"
    )


def note(text: str, kind: str = "footNote") -> str:
    """Return a footnote (or `endNote`, `hiddenComment`) to be put inside a paragraph."""
    return f'<hp:ctrl><hp:{kind} number="1" instId="1">{sublist(p(text))}</hp:{kind}></hp:ctrl>'


def running(text: str, kind: str = "header") -> str:
    """Return a running head or `footer`."""
    return f'<hp:ctrl><hp:{kind} id="1" applyPageType="BOTH">{sublist(p(text))}</hp:{kind}></hp:ctrl>'


def memo(text: str) -> str:
    """Return a memo; it stands at the end of a section."""
    return f'<hp:memogroup><hp:memo id="1" memoShapeIDRef="0"><hp:paraList>{p(text)}</hp:paraList></hp:memo></hp:memogroup>'


def bookmark(name: str) -> str:
    return f'<hp:ctrl><hp:bookmark name="{name}"/></hp:ctrl>'


def equation(script: str) -> str:
    return (
        f'<hp:equation id="3" version="Equation Version 60" baseLine="85" textColor="#000000" baseUnit="1000">'
        f'<hp:sz width="4000" height="1000"/><hp:pos treatAsChar="1"/><hp:script>{escape(script)}</hp:script></hp:equation>'
    )


def ticked(caption: str, on: bool) -> str:
    """Return a box to tick."""
    return f'<hp:checkBtn caption="{caption}" value="{"CHECKED" if on else "UNCHECKED"}" name="c"></hp:checkBtn>'


def deleted(text: str) -> str:
    """Return a run's text that was deleted under tracking."""
    return f'<hp:t><hp:deleteBegin Id="1" TcId="1"/>{escape(text)}<hp:deleteEnd Id="1" TcId="1" paraend="0"/></hp:t>'


def image(name: str) -> str:
    """Return a picture of a part in BinData, with the description that the word processor writes of its own."""
    return (
        '<hp:pic id="5" zOrder="1" numberingType="PICTURE" textWrap="SQUARE" textFlow="BOTH_SIDES" lock="0">'
        '<hp:sz width="9000" widthRelTo="ABSOLUTE" height="9000" heightRelTo="ABSOLUTE"/><hp:pos treatAsChar="1"/>'
        f'<hc:img binaryItemIDRef="{name}" bright="0" contrast="0" effect="REAL_PIC" alpha="0"/>'
        "<hp:shapeComment>그림입니다. 원본 그림의 이름: x.png</hp:shapeComment></hp:pic>"
    )


_SECTION = (
    '<hp:secPr id="" textDirection="HORIZONTAL" spaceColumns="1134" tabStop="8000" outlineShapeIDRef="0" memoShapeIDRef="0"'
    ' textVerticalWidthHead="0" masterPageCnt="0"><hp:startNum pageStartsOn="BOTH" page="0" pic="0" tbl="0" equation="0"/>'
    '<hp:pagePr landscape="WIDELY" width="59528" height="84186" gutterType="LEFT_ONLY">'
    '<hp:margin header="4252" footer="4252" gutter="0" left="8504" right="8504" top="5668" bottom="4252"/></hp:pagePr>'
    "</hp:secPr>"
)


def _header(font: str) -> str:
    faces = "".join(
        f'<hh:fontface lang="{language}" fontCnt="1"><hh:font id="0" face="{font}" type="TTF" isEmbedded="0"/></hh:fontface>'
        for language in _LANGUAGES
    )
    each = " ".join(f'{language.lower()}="{{0}}"' for language in _LANGUAGES)
    zero, hundred = each.format(0), each.format(100)
    border = "".join(
        f'<hh:{side}Border type="SOLID" width="0.12 mm" color="#000000"/>'
        for side in ("left", "right", "top", "bottom")
    )
    return (
        f'{_XML}<hh:head {_SPACES} version="1.4" secCnt="1">'
        '<hh:beginNum page="1" footnote="1" endnote="1" pic="1" tbl="1" equation="1"/><hh:refList>'
        f'<hh:fontfaces itemCnt="7">{faces}</hh:fontfaces>'
        f'<hh:borderFills itemCnt="1"><hh:borderFill id="1" threeD="0" shadow="0">{border}</hh:borderFill></hh:borderFills>'
        '<hh:charProperties itemCnt="1"><hh:charPr id="0" height="1000" textColor="#000000" borderFillIDRef="1">'
        f"<hh:fontRef {zero}/><hh:ratio {hundred}/><hh:spacing {zero}/><hh:relSz {hundred}/><hh:offset {zero}/>"
        "</hh:charPr></hh:charProperties>"
        '<hh:paraProperties itemCnt="1"><hh:paraPr id="0" tabPrIDRef="0" condense="0"><hh:align horizontal="LEFT"'
        ' vertical="BASELINE"/><hh:heading type="NONE" idRef="0" level="0"/><hh:margin><hc:intent value="0" unit="HWPUNIT"/>'
        '<hc:left value="0" unit="HWPUNIT"/><hc:right value="0" unit="HWPUNIT"/><hc:prev value="0" unit="HWPUNIT"/>'
        '<hc:next value="0" unit="HWPUNIT"/></hh:margin><hh:lineSpacing type="PERCENT" value="160" unit="HWPUNIT"/>'
        "</hh:paraPr></hh:paraProperties>"
        '<hh:styles itemCnt="2"><hh:style id="0" type="PARA" name="바탕글" engName="Normal" paraPrIDRef="0" charPrIDRef="0"'
        ' nextStyleIDRef="0" langID="1042"/><hh:style id="1" type="PARA" name="개요 1" engName="Outline 1" paraPrIDRef="0"'
        ' charPrIDRef="0" nextStyleIDRef="1" langID="1042"/></hh:styles></hh:refList>'
        '<hh:trackChanges itemCnt="1"><hh:trackChange type="Delete" date="2026-01-01T00:00:00Z" authorID="1" hide="0" id="1"/>'
        "</hh:trackChanges></hh:head>"
    )


def make(
    path: Path,
    *paragraphs: str,
    font: str = "있을 수 없는 글꼴",
    pictures: dict[str, bytes] | None = None,
    manifest: str = "",
) -> Path:
    """Write a paper of one section; `pictures` are parts by their name, `manifest` is what META-INF says."""
    images = pictures or {}
    first = p("", _SECTION)
    items = "".join(
        f'<opf:item id="{name}" href="BinData/{name}.png" media-type="image/png" isEmbeded="1"/>' for name in images
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(zipfile.ZipInfo("mimetype"), MIMETYPE)
        package.writestr(
            "META-INF/container.xml",
            f'{_XML}<ocf:container {_SPACES}><ocf:rootfiles><ocf:rootfile full-path="Contents/content.hpf"'
            ' media-type="application/hwpml-package+xml"/></ocf:rootfiles></ocf:container>',
        )
        if manifest:
            package.writestr("META-INF/manifest.xml", manifest)
        package.writestr(
            "Contents/content.hpf",
            f'{_XML}<opf:package {_SPACES} version="" unique-identifier="" id=""><opf:metadata/><opf:manifest>'
            '<opf:item id="header" href="Contents/header.xml" media-type="application/xml"/>'
            f'<opf:item id="section0" href="Contents/section0.xml" media-type="application/xml"/>{items}</opf:manifest>'
            '<opf:spine><opf:itemref idref="header"/><opf:itemref idref="section0"/></opf:spine></opf:package>',
        )
        package.writestr("Contents/header.xml", _header(font))
        package.writestr("Contents/section0.xml", f"{_XML}<hs:sec {_SPACES}>{first}{''.join(paragraphs)}</hs:sec>")
        for name, content in images.items():
            package.writestr(f"BinData/{name}.png", content)
    return path
