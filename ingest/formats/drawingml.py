"""What is drawn in office files: text in shapes, diagrams, charts (DrawingML, ECMA-376-1 20 and 21)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from corpus.model import Box
from ingest.formats.blocks import Block, BlockCell, BlockKind, Picture
from ingest.formats.number_formats import shown
from ingest.formats.omml import equation
from ingest.formats.ooxml import Package, choice, find

_MOST_POINTS = 2_000  # of a chart
_MOST_SPAN = 100


def paragraphs(body: Element) -> list[str]:
    """Return the paragraphs of a text body (`p:txBody`, `a:txBody`, `c:rich`)."""
    return [_paragraph(each) for each in body.iter("a:p")]


def text_of(body: Element | None) -> str:
    """Return the paragraphs of a text body, a line each; nothing for none."""
    return "" if body is None else "\n".join(paragraphs(body)).strip("\n")


def _paragraph(element: Element) -> str:
    pieces = []
    for each in element:
        if each.tag in ("a:r", "a:fld"):
            pieces.append(each.findtext("a:t") or "")
        elif each.tag == "a:br":
            pieces.append("\n")
        elif each.tag == "mc:AlternateContent":
            pieces.append(_paragraph(choice(each)))
        elif each.tag in ("m:oMath", "m:oMathPara", ":m"):
            pieces.append(equation(each))
    return "".join(pieces).replace("\v", "\n").replace("\xad", "")


def table_block(table: Element) -> Block:
    """Return a table of a slide (`a:tbl`)."""
    cells = []
    for row, line in enumerate(table.iter("a:tr"), 1):
        for column, cell in enumerate(line.findall("a:tc"), 1):
            if cell.get("hMerge") in ("1", "true") or cell.get("vMerge") in ("1", "true"):
                continue
            rows, columns = (min(max(1, int(cell.get(name, "1"))), _MOST_SPAN) for name in ("rowSpan", "gridSpan"))
            cells.append(BlockCell(row, column, text_of(cell.find("a:txBody")), rows, columns))
    return Block("", BlockKind.TABLE, cells=tuple(cells))


def filled_with(element: Element) -> Iterator[tuple[str | None, Box]]:
    """Yield the pictures in an element: the id of each, and what of it is cut away (`a:srcRect`), as in `Embedded`."""
    for holder in element.iter():
        for blip in holder.findall("a:blip"):
            yield blip.get("r:embed"), cut_of(holder)


def large_pictures(package: Package, part: str, element: Element) -> list[Picture]:
    """Return the pictures in an element of a part that are large enough to have words in them."""
    return [
        Picture(package.target(part, key), cut)
        for key, cut in filled_with(element)
        if package.is_large_picture(part, key)
    ]


def cut_of(holder: Element) -> Box:
    """Return what is cut away of the picture that an element holds."""
    rectangle = holder.find("a:srcRect")
    if rectangle is None:
        return 0.0, 0.0, 0.0, 0.0
    return (
        _share(rectangle.get("l", "")),
        _share(rectangle.get("t", "")),
        _share(rectangle.get("r", "")),
        _share(rectangle.get("b", "")),
    )


def _share(told: str) -> float:
    """Return a share of a side, told in thousandths of a percent or in percent (ECMA-376-1, 20.1.10.40)."""
    with suppress(ValueError):
        return min(1.0, max(0.0, float(told[:-1]) / 100 if told.endswith("%") else float(told) / 100_000))
    return 0.0


def drawn(package: Package, part: str, element: Element) -> Iterator[Block]:
    """Yield what the charts and diagrams in an element of a part say."""
    for each in element.iter():
        if each.tag in ("c:chart", "cx:chart") and each.get("r:id"):
            yield from chart_blocks(package.tree(package.target(part, each.get("r:id"))))
        elif each.tag == "dgm:relIds":
            yield from _diagram(package.tree(package.target(part, each.get("r:dm"))))


def _diagram(model: Element) -> Iterator[Block]:
    """Yield the texts of SmartArt, in the order in which they were typed."""
    for point in model.iter("dgm:pt"):
        if point.get("type", "node") in ("node", "asst") and (text := text_of(point.find("dgm:t"))):
            yield Block(text)


def chart_blocks(space: Element) -> Iterator[Block]:
    """Yield a chart as a table under its title: a column for each series, a row for each category."""
    title = _title(find(space, "c:chart/c:title"))
    axes = [text for each in space.iter("c:title") if (text := _title(each)) and text != title]
    cells: list[BlockCell] = []
    for number, series in enumerate(_series(space), 2):
        name = " ".join(_points(series.find("c:tx")).values())
        cells += [BlockCell(1, number, name)] if name else []
        labels = _points(_either(series, "c:cat", "c:xVal"))
        if number == 2:
            cells += [BlockCell(2 + at, 1, text) for at, text in labels.items()]
        cells += [BlockCell(2 + at, number, text) for at, text in _points(_either(series, "c:val", "c:yVal")).items()]
    if cells:
        yield Block(title, BlockKind.TABLE, cells=tuple(cells))
    elif title:
        yield Block(title)
    if axes:
        yield Block("\n".join(axes))


def _series(space: Element) -> list[Element]:
    return list(space.iter("c:ser"))


def _either(series: Element, one: str, other: str) -> Element | None:
    found = series.find(one)
    return series.find(other) if found is None else found


def _title(title: Element | None) -> str:
    if title is None:
        return ""
    rich = find(title, "c:tx/c:rich")
    return text_of(rich) if rich is not None else " ".join(_points(title.find("c:tx")).values())


def _points(holder: Element | None) -> dict[int, str]:
    """Return the texts or numbers kept in a chart, by their place from 0."""
    if holder is None:
        return {}
    code = next((each.text for each in holder.iter("c:formatCode")), None) or "General"
    numbers = next(holder.iter("c:numCache"), None) is not None or next(holder.iter("c:numLit"), None) is not None
    found: dict[int, str] = {}
    for place, point in enumerate(holder.iter("c:pt")):
        at, value = int(point.get("idx", place)), point.findtext("c:v") or ""
        if at < _MOST_POINTS:
            found.setdefault(at, shown(value, point.get("formatCode") or code) if numbers else value)
    alone = holder.findtext("c:v")
    return found or ({0: alone} if alone else {})
