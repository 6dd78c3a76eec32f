"""A paragraph of DOCX as text: its runs in order, and what hangs on them (ECMA-376-1, 17.3)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from corpus.model import Box
from ingest.formats.blocks import UNKNOWN, Picture
from ingest.formats.docx_numbering import formatted
from ingest.formats.docx_styles import Styles
from ingest.formats.drawingml import cut_of
from ingest.formats.office_symbols import symbol
from ingest.formats.omml import equation
from ingest.formats.ooxml import Package, child, choice, find, is_on

_THROUGH = frozenset(
    ("w:ins", "w:moveTo", "w:hyperlink", "w:smartTag", "w:customXml", "w:sdtContent", "w:bdo", "w:dir", "w:fldSimple")
)
_GONE = frozenset(("w:del", "w:moveFrom"))
_SIGNS = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_CHANGING = ("PAGE", "NUMPAGES", "SECTIONPAGES")  # fields that say something else on every page


@dataclass(slots=True)
class Line:
    """A paragraph as it is read: its text, what of that is hidden, and what is to follow it."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0
    hidden: list[tuple[int, int]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)  # "footnote" or "endnote", and its id
    comments: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    drawings: list[Element] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    def add(self, text: str, hidden: bool = False) -> None:
        if hidden and text:
            if self.hidden and self.hidden[-1][1] == self.length:
                self.hidden[-1] = self.hidden[-1][0], self.length + len(text)
            else:
                self.hidden.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        return "".join(self.pieces)


@dataclass(slots=True)
class Inline:
    """Reads paragraphs of one part. `mark` gives the sign of a note; fields may run on over paragraphs.

    `still`: fields with page numbers are left out, as a running head is kept once for all pages.
    """

    package: Package
    part: str
    styles: Styles
    marks: dict[tuple[str, str], str] = field(default_factory=dict)
    numbered: dict[str, tuple[int, str]] = field(default_factory=dict)
    still: bool = False
    fields: list[list[str]] = field(default_factory=list)  # of each field that is open: its phase, its instruction

    def line(self, paragraph: Element, hidden: bool) -> Line:
        """Read a paragraph (`w:p`)."""
        line = Line()
        vanishes = self.styles.vanishes(find(paragraph, "w:pPr/w:pStyle"))
        self.walk(paragraph, line, hidden or vanishes)
        self.fields = [each for each in self.fields if each[0] != "begin"]  # one without an end would swallow the rest
        return line

    def walk(self, element: Element, line: Line, hidden: bool) -> None:
        for each in element:
            tag = each.tag
            if tag == "w:r":
                self._run(each, line, hidden)
            elif tag in _THROUGH:
                if tag != "w:fldSimple" or not self._is_left_out(each.get("w:instr", "")):
                    self.walk(each, line, hidden)
            elif tag in _GONE:
                self.walk(each, line, True)
            elif tag == "w:sdt":
                self.walk(child(each, "w:sdtContent"), line, hidden)
            elif tag in ("m:oMath", "m:oMathPara"):
                line.add(equation(each), hidden)
            elif tag == "mc:AlternateContent":
                self.walk(choice(each), line, hidden)

    def _is_left_out(self, instruction: str) -> bool:
        return self.still and (instruction.split() or [""])[0].upper() in _CHANGING

    def _run(self, run: Element, line: Line, hidden: bool) -> None:
        properties = run.find("w:rPr")
        if properties is not None:
            own = properties.find("w:vanish")
            style = properties.find("w:rStyle")
            vanishes = is_on(own) if own is not None else self.styles.vanishes(style)
            hidden = hidden or vanishes
        for each in run:
            self._in_run(each, line, hidden, properties)

    def _in_run(self, each: Element, line: Line, hidden: bool, properties: Element | None) -> None:
        tag = each.tag
        if tag == "w:fldChar":
            self._field(each.get("w:fldCharType", ""))
        elif tag == "w:instrText" and self.fields:
            self.fields[-1][1] += each.text or ""
        elif any(phase == "begin" or self._is_left_out(told) for phase, told in self.fields):
            return
        elif tag in ("w:t", "w:delText"):
            text = _of_font(each.text or "", properties)
            line.add(text, hidden or tag == "w:delText")
        elif tag in _SIGNS:
            line.add(_SIGNS[tag], hidden)
        elif tag == "w:sym":
            line.add(symbol(each.get("w:font", ""), chr(int(each.get("w:char", "20"), 16))), hidden)
        elif tag in ("w:footnoteReference", "w:endnoteReference"):
            self._note(each, line, hidden)
        elif tag == "w:commentReference":
            line.comments.append(each.get("w:id", ""))
        elif tag in ("w:drawing", "w:pict", "w:object", "mc:AlternateContent"):
            self._drawing(choice(each) if tag == "mc:AlternateContent" else each, line, hidden)
        elif tag == "w:ruby":
            self.walk(child(each, "w:rubyBase"), line, hidden)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(["begin", ""])
        elif kind == "separate" and self.fields:
            self.fields[-1][0] = "result"
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _note(self, reference: Element, line: Line, hidden: bool) -> None:
        kind = reference.tag[2:].removesuffix("Reference")
        key = kind, reference.get("w:id", "")
        if not is_on_attribute(reference.get("w:customMarkFollows")):
            if key not in self.marks:
                count, form = self.numbered[kind]
                self.numbered[kind] = count + 1, form
                self.marks[key] = raised(count, form)
            line.add(self.marks[key], hidden)
        line.notes.append(key)

    def _drawing(self, element: Element, line: Line, hidden: bool) -> None:
        """Note the text boxes, pictures, charts and diagrams in a drawing; a box in a box is read with the outer.

        A hidden picture is one that cannot be read: its words would have to be withheld.
        """
        for each in element:
            tag = each.tag
            if tag == "w:txbxContent":
                line.boxes.append(each)
                continue
            if tag == "mc:AlternateContent":
                self._drawing(choice(each), line, hidden)
                continue
            if tag in ("a:blip", "v:imagedata"):
                key = each.get("r:embed") or each.get("r:id")
                if self.package.is_large_picture(self.part, key):
                    shown = Picture(self.package.target(self.part, key), _cut(element, each))
                    line.pictures += UNKNOWN if hidden else [shown]
            elif tag in ("c:chart", "cx:chart", "dgm:relIds"):
                line.drawings.append(element)
            elif tag == "v:textpath" and each.get("string"):
                line.boxes.append(_paragraph_of(each.get("string", "")))
            self._drawing(each, line, hidden)


def _cut(holder: Element, picture: Element) -> Box:
    """Return what is cut away of a picture, of DrawingML or VML, as in `Embedded`."""
    if picture.tag == "a:blip":
        return cut_of(holder)
    left, top, right, bottom = (_share(picture.get(f"crop{side}", "")) for side in ("left", "top", "right", "bottom"))
    return left, top, right, bottom


def _share(told: str) -> float:
    """Return a share of a side as VML tells it: 0.25, or 16384f for as many of 65,536 (ECMA-376-4, 19.1.2.11)."""
    with suppress(ValueError):
        return min(1.0, max(0.0, float(told[:-1]) / 65_536 if told.endswith("f") else float(told)))
    return 0.0


def is_on_attribute(value: str | None) -> bool:
    return value is not None and value not in ("0", "false", "off")


def _of_font(text: str, properties: Element | None) -> str:
    """Return a text whose signs are in the private range of a symbol font as what it shows."""
    if not any("\uf020" <= char <= "\uf0ff" for char in text):
        return text
    fonts = None if properties is None else properties.find("w:rFonts")
    font = "" if fonts is None else fonts.get("w:ascii", "") or fonts.get("w:hAnsi", "")
    return "".join(symbol(font, char) for char in text)


def _paragraph_of(text: str) -> Element:
    """Return a text box with the words of a picture made of words (a watermark)."""
    box, line, run, words = Element("w:txbxContent"), Element("w:p"), Element("w:r"), Element("w:t")
    words.text = text
    run.append(words)
    line.append(run)
    box.append(line)
    return box


_RAISED = str.maketrans("0123456789abcdefghijklmnoprstuvwxyz", "⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ")


def raised(number: int, form: str) -> str:
    """Return the sign of a note as it is shown, raised: `170만 건¹` is not 1701."""
    return formatted(number, form).translate(_RAISED)
