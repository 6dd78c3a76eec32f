"""What a style of DOCX says of a paragraph or run, with what it is based on (ECMA-376-1, 17.7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.formats.ooxml import find, is_on

_BODY = 9  # the outline level of what is no heading
_MOST_BASES = 30


@dataclass(slots=True)
class Styles:
    """The styles of a document by id."""

    elements: dict[str, Element] = field(default_factory=dict)
    usual: str = ""  # the id of the style of paragraphs that name none

    @classmethod
    def of(cls, part: Element) -> Styles:
        """Read the part `styles.xml`."""
        made = cls({each.get("w:styleId", ""): each for each in part.findall("w:style")})
        for key, each in made.elements.items():
            if each.get("w:type") == "paragraph" and each.get("w:default") in ("1", "true", "on"):
                made.usual = key
        return made

    def find(self, style: str, path: str) -> Element | None:
        """Return a property of a style or of those it is based on."""
        for _ in range(_MOST_BASES):
            element = self.elements.get(style)
            if element is None:
                return None
            found = find(element, path)
            if found is not None:
                return found
            base = element.find("w:basedOn")
            style = "" if base is None else base.get("w:val", "")
        return None

    def vanishes(self, reference: Element | None) -> bool:
        """Whether text in a style, referred to by `w:rStyle` or `w:pStyle`, is hidden."""
        return reference is not None and is_on(self.find(reference.get("w:val", ""), "w:rPr/w:vanish"))

    def heading(self, style: str, properties: Element | None) -> int:
        """Return the level of a heading, from 1; 0 for a paragraph that is none."""
        own = None if properties is None else properties.find("w:outlineLvl")
        found = self.find(style, "w:pPr/w:outlineLvl") if own is None else own
        if found is not None:
            level = int(found.get("w:val", str(_BODY)))
            return level + 1 if 0 <= level < _BODY else 0
        name = self.elements[style].find("w:name") if style in self.elements else None
        told = "" if name is None else name.get("w:val", "").lower()
        if told.startswith("heading ") and told[8:].isdigit():
            return int(told[8:])
        return int(told == "title")
