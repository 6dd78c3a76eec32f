"""Pages of HWP papers as rhwp lays them out: how many, how large, and where each sign is drawn.

HWP files have no pages; Hancom's programs compute them, and rhwp (MIT, the extra `hwp-pages`) computes them the same
way: 2,040 of 2,042 paragraphs on the right page against Hancom's own PDFs (docs/formats.md). It is read through
its SVG, one `<text>` a sign; its PDF is of no use, for it leaves out signs of fonts that are not on the machine.
"""

from __future__ import annotations

import base64
import binascii
import ctypes
import html
import importlib
import os
import re
import shutil
import subprocess
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians, sin
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

from corpus.model import Reason
from ingest.formats.model import Embedded, FormatError

UNREAD_PICTURE = 20_000  # bytes from which a picture may have words in it
_POINTS = 0.75  # SVG is in pixels of 1/96 inch
_ABOVE, _BELOW = 0.86, 0.14  # of the type's size, above and below its base line
_BASE64 = 4 / 3
_MOST_PIXELS = 20_000_000
_MOST_ACROSS = 16_000
_EQUATION = "Latin Modern Math"  # what rhwp writes equations in, whatever the file says
INSTALL = "pip install 'gongmun[hwp-pages]'"

_ITEM = re.compile(
    # nearly all: one sign in a place, perhaps narrowed; its font, which is followed by others in its stead; its size
    r'<text (?:x="([\d.-]+)" y="([\d.-]+)"|transform="translate\(([\d.-]+),([\d.-]+)\) scale\(([\d.]+),1\)")'
    r' font-family="([^",]*)[^"]*" font-size="([\d.]+)"([^>]*)>([^<]*)</text>'
    r"|<text\s([^>]*)>([^<]*)</text>|<g\b([^>]*)>|(</g>)|<image\b([^>]*)>"
)
_PLACED = re.compile(r"<(g|svg)\b([^>]*)>|(</(?:g|svg)>)|<image\b([^>]*)>")
_DATA = re.compile(r"data:image/([\w+]+);base64,(.*)", re.DOTALL)
_LEAST_SIDE = 20.0  # points: smaller pictures are bullets and emblems
_AS_PNG = 4  # times that a picture in the file may be larger than the PNG that rhwp makes of it
_LENGTH = re.compile(r'textLength="([\d.]+)"')
_ATTRIBUTE = re.compile(r'([\w:-]+)="([^"]*)"')
_STEP = re.compile(r"(matrix|translate|scale|rotate)\(([^)]*)\)")

_Matrix = tuple[float, float, float, float, float, float]
_SAME: _Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LaidPage:
    """A page as drawn: its size in points; its signs in the order of drawing, with four floats each in `boxes`.

    A box is x0, top, x1, bottom in points from the top left. `pictures`: large ones are on it.
    """

    width: float
    height: float
    signs: str
    boxes: array[float]
    pictures: bool


@dataclass(frozen=True, slots=True)
class Layout:
    """All pages of a paper, by which version of rhwp, and the fonts that it asks for."""

    pages: list[LaidPage]
    tool: str
    fonts: tuple[str, ...]


@lru_cache(maxsize=1)
def _rhwp() -> Any:
    """Return rhwp's module, None where it is not installed or does not load here."""
    if sys.platform == "linux":
        with suppress(OSError):  # its wheel brings a FreeType that lacks a function it calls; the system's has it
            ctypes.CDLL("libfreetype.so.6", ctypes.RTLD_GLOBAL)
    try:
        return importlib.import_module("rhwp")
    except (ImportError, OSError):
        return None


def there() -> bool:
    """Whether papers can be laid out on this machine."""
    return _rhwp() is not None


@contextmanager
def _silent() -> Iterator[None]:
    """Keep what rhwp prints (lines that do not fit their page) off standard error."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """Open a paper with rhwp.

    Raises:
        FormatError: it is not installed, or cannot read the paper; its panics are no `Exception`.
    """
    module = _rhwp()
    if module is None:
        raise FormatError(Reason.UNSUPPORTED, f"Laying out HWP papers needs rhwp-python; install it: {INSTALL}.")
    try:
        with _silent():
            yield module.Document.from_bytes(path.read_bytes())
    except (KeyboardInterrupt, SystemExit, MemoryError, FormatError):
        raise
    except BaseException as error:
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        said = "rhwp cannot lay this paper out; read its text, or ask the agency for a PDF of it."
        raise FormatError(Reason.DAMAGED, said) from error


def lay_out(path: Path) -> Layout | None:
    """Return the pages of a paper; None where they cannot be computed (no rhwp, or it fails)."""
    try:
        with _opened(path) as document:
            fonts: set[str] = set()
            pages = [_page(document.render_svg(number), fonts) for number in range(document.page_count)]
    except FormatError:
        return None
    module = _rhwp()
    named = {html.unescape(font).strip(" '") for font in fonts} - {_EQUATION, ""}
    return Layout(pages, f"rhwp {module.version()} (core {module.rhwp_core_version()})", tuple(sorted(named)))


def as_hwpx(path: Path) -> bytes:
    """Return a paper written as HWPX: the way to read HWP 3; raises FormatError where rhwp cannot."""
    with _opened(path) as document:
        written: bytes = document.to_hwpx_bytes()
        return written


def picture(path: Path, number: int, width: int) -> bytes:
    """Return page `number` (from 1) as a PNG about `width` pixels wide, at most 20 megapixels.

    Raises:
        FormatError: it cannot be drawn.
    """
    if width < 1:
        raise ValueError(f"{width} pixels cannot be drawn.")
    with _opened(path) as document:
        if not 1 <= number <= document.page_count:
            raise FormatError(Reason.DAMAGED, f"There is no page {number}; give 1 to {document.page_count}.")
        across, down = _size(_attributes(_head(document.render_svg(number - 1))))
        scale = min(width / across, _MOST_ACROSS / max(across, down), (_MOST_PIXELS / (across * down)) ** 0.5)
        drawn: bytes = document.render_png(number - 1, scale=scale)
        return drawn


def pictures(path: Path, number: int) -> list[Embedded]:
    """Return the pictures on page `number` (from 1) that may have words in them, from the top.

    What rhwp cannot decode (WMF) it gives as SVG, which is as good as nothing here.

    Raises:
        FormatError: it cannot be drawn.
    """
    with _opened(path) as document:
        svg: str = document.render_svg(number - 1)
    found = [each for each in _embedded(svg) if each.box is None or _is_large(each.box)]
    return sorted(found, key=lambda each: (each.box[1], each.box[0]) if each.box else (0.0, 0.0))


def _is_large(box: tuple[float, float, float, float]) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) >= _LEAST_SIDE


def _embedded(svg: str) -> Iterator[Embedded]:
    """Yield the large pictures of a page's SVG; one that is shown in part lies in an `<svg>` of its own."""
    around: list[tuple[_Matrix, list[float]]] = [(_SAME, [])]
    for found in _PLACED.finditer(svg):
        matrix, window = around[-1]
        if found[1] == "g" and not found[2].endswith("/"):
            around.append((_within(matrix, _attributes(found[2]).get("transform")), window))
        elif found[1] == "svg":
            around.append(_opened_window(matrix, _attributes(found[2])) if found.start() else around[-1])
        elif found[3] and len(around) > 1:
            around.pop()
        elif found[4]:
            given = _attributes(found[4])
            told = _DATA.match(given.get("href") or given.get("xlink:href", ""))
            least = UNREAD_PICTURE / (_AS_PNG if told and told[1] == "png" else 1)
            data = _bytes(told[2]) if told and len(told[2]) > least * _BASE64 else b""
            if data and told:
                data = data if told[1] != "svg+xml" else b""
                yield _placed(data, given, _within(matrix, given.get("transform")), window)


def _opened_window(outer: _Matrix, given: dict[str, str]) -> tuple[_Matrix, list[float]]:
    """Return the matrix in an `<svg>` inside another, and the part of the plane that it shows (SVG 1.1, 7.7)."""
    x, y, width, height = (_number(given.get(name)) for name in ("x", "y", "width", "height"))
    window = [_number(each) for each in given.get("viewBox", "").split()]
    if len(window) != 4 or not (window[2] > 0 and window[3] > 0 and width > 0 and height > 0):
        return _times(outer, (1.0, 0.0, 0.0, 1.0, x, y)), []
    across, down = width / window[2], height / window[3]
    return _times(outer, (across, 0.0, 0.0, down, x - window[0] * across, y - window[1] * down)), window


def _placed(data: bytes, given: dict[str, str], matrix: _Matrix, window: list[float]) -> Embedded:
    """Return a picture with what of it is cut away and its place; without one where it is turned."""
    x, y, width, height = (_number(given.get(name)) for name in ("x", "y", "width", "height"))
    left, top, right, bottom = x, y, x + width, y + height
    if window:
        left, top = max(left, window[0]), max(top, window[1])
        right, bottom = min(right, window[0] + window[2]), min(bottom, window[1] + window[3])
    across, down = width or 1.0, height or 1.0
    cut = (left - x) / across, (top - y) / down, (x + width - right) / across, (y + height - bottom) / down
    return Embedded(data, cut, _box(matrix, left, top, right, bottom) if matrix[1] == matrix[2] == 0 else None)


def _bytes(text: str) -> bytes:
    try:
        return base64.b64decode(text)
    except binascii.Error:
        return b""


def fonts_missing(fonts: tuple[str, ...]) -> tuple[str, ...]:
    """Return those fonts that are not on this machine, as fontconfig tells it; none where that is not there."""
    present = _fonts_here()
    return tuple(font for font in fonts if _plain(font) not in present) if present else ()


@lru_cache(maxsize=1)
def _fonts_here() -> frozenset[str]:
    program = shutil.which("fc-list")
    if program is None:
        return frozenset()
    try:
        told = subprocess.run([program, ":", "family"], capture_output=True, check=False, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset(_plain(name) for name in re.split(r"[,\n]", told.decode("utf-8", errors="replace")))


def _plain(font: str) -> str:
    return "".join(font.replace("\\", "").split()).lower()


def _head(svg: str) -> str:
    return svg[: svg.find(">") + 1]


def _attributes(tag: str) -> dict[str, str]:
    return dict(_ATTRIBUTE.findall(tag))


def _size(attributes: dict[str, str]) -> tuple[float, float]:
    return _number(attributes.get("width")) or 793.7, _number(attributes.get("height")) or 1122.5


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0


def _page(svg: str, fonts: set[str]) -> LaidPage:
    """Read a page's signs out of its SVG, and add the fonts it asks for."""
    width, height = _size(_attributes(_head(svg)))
    drawn = _Drawn([], array("f"))
    around: list[_Matrix] = [_SAME]
    large = False
    for found in _ITEM.finditer(svg):
        kind = found.lastindex
        if kind == 9:
            x, y, tx, ty, narrow, font, size, rest, content = found.groups()[:9]
            fonts.add(font)
            matrix = around[-1] if x else _times(around[-1], (float(narrow), 0.0, 0.0, 1.0, float(tx), float(ty)))
            told = _LENGTH.search(rest)
            drawn.put(content, matrix, float(x or 0), float(y or 0), float(size), float(told[1]) if told else 0.0)
        elif kind == 11:
            given = _attributes(found[10])
            matrix = _within(around[-1], given.get("transform"))
            x0, base, high, told_ = (_number(given.get(name)) for name in ("x", "y", "font-size", "textLength"))
            drawn.put(found[11], matrix, x0, base, high or 10.0, told_, given.get("text-anchor") == "middle")
            fonts.add(html.unescape(given.get("font-family", "")).split(",")[0])
        elif kind == 12 and not found[12].endswith("/"):
            around.append(_within(around[-1], _attributes(found[12]).get("transform")))
        elif kind == 13 and len(around) > 1:
            around.pop()
        elif kind == 14:
            large = large or ("data:" in found[14] and len(found[14]) > UNREAD_PICTURE * _BASE64)
    return LaidPage(width * _POINTS, height * _POINTS, "".join(drawn.signs), drawn.boxes, large)


@dataclass(slots=True)
class _Drawn:
    """The signs of a page so far."""

    signs: list[str]
    boxes: array[float]

    def put(
        self, content: str, matrix: _Matrix, left: float, base: float, size: float, told: float, middle: bool = False
    ) -> None:
        """Add the signs of a text element side by side; `told` is the length that it says it has, 0 if it does not."""
        text = html.unescape(content) if "&" in content else content
        wide = [size if sign > "\u1100" and east_asian_width(sign) in "WF" else size * 0.5 for sign in text]
        stretch = told / sum(wide) if told and wide else 1.0
        if middle:
            left -= sum(wide) * stretch / 2
        for sign, step in zip(text, wide, strict=True):
            box = _box(matrix, left, base - size * _ABOVE, left + step * stretch, base + size * _BELOW)
            left += step * stretch
            if self.signs and sign == self.signs[-1] and _near(self.boxes[-4:], box):
                continue  # drawn twice: a shadow, or bold type where there is none
            self.signs.append(sign)
            self.boxes.extend(box)


def _near(one: array[float], other: tuple[float, ...]) -> bool:
    return abs(one[0] - other[0]) < 1.5 and abs(one[1] - other[1]) < 1.5


def _box(matrix: _Matrix, x0: float, top: float, x1: float, bottom: float) -> tuple[float, float, float, float]:
    a, b, c, d, e, f = matrix
    if b == c == 0:
        return (a * x0 + e) * _POINTS, (d * top + f) * _POINTS, (a * x1 + e) * _POINTS, (d * bottom + f) * _POINTS
    across = [a * x + c * y + e for x in (x0, x1) for y in (top, bottom)]
    down = [b * x + d * y + f for x in (x0, x1) for y in (top, bottom)]
    return min(across) * _POINTS, min(down) * _POINTS, max(across) * _POINTS, max(down) * _POINTS


def _within(outer: _Matrix, transform: str | None) -> _Matrix:
    """Return the matrix of something with a transform attribute, inside another (SVG 1.1, 7.6)."""
    for name, arguments in _STEP.findall(transform or ""):
        outer = _times(outer, _step(name, [_number(each) for each in re.split(r"[\s,]+", arguments.strip())]))
    return outer


def _step(name: str, given: list[float]) -> _Matrix:
    first, second = given[0], given[1] if len(given) > 1 else None
    if name == "translate":
        return (1.0, 0.0, 0.0, 1.0, first, second or 0.0)
    if name == "scale":
        return (first, 0.0, 0.0, first if second is None else second, 0.0, 0.0)
    if name == "matrix" and len(given) == 6:
        return (given[0], given[1], given[2], given[3], given[4], given[5])
    if name == "rotate":
        turn, about = radians(first), given[1:3] if len(given) > 2 else [0.0, 0.0]
        turned = (cos(turn), sin(turn), -sin(turn), cos(turn), about[0], about[1])
        return _times(turned, (1.0, 0.0, 0.0, 1.0, -about[0], -about[1]))
    return _SAME


def _times(one: _Matrix, two: _Matrix) -> _Matrix:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * m + e, b * k + d * m + f)
