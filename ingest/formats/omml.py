"""Equations of office files (OMML, ECMA-376-1 22.1) as a line of text, as a person would type them."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from ingest.formats.ooxml import find

_SIMPLE = 1  # characters that need no brackets


def equation(element: Element) -> str:
    """Return what `m:oMath` or `m:oMathPara` says: (a+b)/2, x^2, √(x), ∑_(i=1)^n i."""
    return "".join(_of(child) for child in element)


def _of(element: Element) -> str:
    tag = element.tag
    if tag in ("m:r", "w:r"):
        return "".join(each.text or "" for each in element if each.tag in ("m:t", "w:t"))
    if tag in _WRITERS:
        return _WRITERS[tag](element)
    if tag.endswith("Pr"):
        return ""
    return equation(element)


def _part(element: Element, name: str) -> str:
    found = element.find(f"m:{name}")
    return "" if found is None else equation(found)


def _in_brackets(text: str) -> str:
    return text if len(text) <= _SIMPLE or text.isalnum() else f"({text})"


def _property(element: Element, name: str, usual: str) -> str:
    found = find(element, f"m:{element.tag[2:]}Pr/m:{name}")
    return usual if found is None else found.get("m:val", "")


def _fraction(element: Element) -> str:
    return f"{_in_brackets(_part(element, 'num'))}/{_in_brackets(_part(element, 'den'))}"


def _scripts(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    marks = (f"_{_in_brackets(below)}" if below else "") + (f"^{_in_brackets(above)}" if above else "")
    return marks + _part(element, "e") if element.tag == "m:sPre" else _part(element, "e") + marks


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"{degree and f'[{degree}]'}√{_in_brackets(_part(element, 'e'))}"


def _large(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    marks = (f"_{_in_brackets(below)}" if below else "") + (f"^{_in_brackets(above)}" if above else "")
    return f"{_property(element, 'chr', '∫')}{marks} {_part(element, 'e')}"


def _delimited(element: Element) -> str:
    inner = _property(element, "sepChr", "|").join(equation(each) for each in element.findall("m:e"))
    return _property(element, "begChr", "(") + inner + _property(element, "endChr", ")")


def _function(element: Element) -> str:
    return f"{_part(element, 'fName')} {_part(element, 'e')}"


def _limit(element: Element) -> str:
    return f"{_part(element, 'e')}{'_' if element.tag == 'm:limLow' else '^'}{_in_brackets(_part(element, 'lim'))}"


def _accent(element: Element) -> str:
    return _part(element, "e") + _property(element, "chr", "\u0302")


def _rows(element: Element) -> str:
    rows = element.findall("m:mr") or element.findall("m:e")
    lines = [", ".join(equation(each) for each in row.findall("m:e")) or equation(row) for row in rows]
    return "; ".join(lines)


_WRITERS = {
    "m:f": _fraction,
    "m:sSup": _scripts,
    "m:sSub": _scripts,
    "m:sSubSup": _scripts,
    "m:sPre": _scripts,
    "m:rad": _root,
    "m:nary": _large,
    "m:d": _delimited,
    "m:func": _function,
    "m:limLow": _limit,
    "m:limUpp": _limit,
    "m:acc": _accent,
    "m:m": _rows,
    "m:eqArr": _rows,
}
