"""Where a citation stands and what it rests on, in Korean and in English words."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor
from typing import TYPE_CHECKING

from corpus.model import Basis, UnitKind

if TYPE_CHECKING:
    from corpus.citation import Citation

KOREAN = {
    "page": "{}쪽",
    "both": "{}({})",
    "file page": "파일 {}쪽",
    "slide": "슬라이드 {}",
    "sheet": "시트 {}",
    "section": "구역 {}",
    "message": "전자우편 {}",
    "computed page": "{}쪽(산출)",
    "image": "그림 {}",
    "cell": "위에서 {}번째 표, {}행 {}열",
    "ocr": "문자인식(OCR) 텍스트",
    "corrected": "교정된 텍스트",
    "checked by a person": "사람이 대조한 텍스트",
    "confidence": "신뢰도 {}%",
}
ENGLISH = {
    "page": "p. {}",
    "both": "{} ({})",
    "pages": "pp. {}",
    "file page": "file page {}",
    "file pages": "file pages {}",
    "slide": "slide {}",
    "sheet": "sheet {}",
    "section": "section {}",
    "message": "message {}",
    "computed page": "p. {} (computed)",
    "image": "image {}",
    "cell": "table {} from the top, row {}, column {}",
    "ocr": "OCR text",
    "corrected": "corrected text",
    "checked by a person": "text checked by a person",
    "confidence": "confidence {} %",
}


def place(citation: Citation, texts: Mapping[str, str]) -> str:
    """Say where: the printed page first, the file's page where it differs or is all there is; never an invented one."""
    unit, s = citation.unit, "s" if citation.last != citation.unit.number and "pages" in texts else ""
    numbers = _from_to(str(unit.number), str(citation.last))
    named = f"“{unit.name}”" if unit.name and citation.last == unit.number else ""
    if unit.kind is UnitKind.SECTION and (named or unit.address):
        said = named
    elif unit.kind in (UnitKind.SHEET, UnitKind.MESSAGE):
        said = texts[unit.kind].format(named or numbers)
    elif unit.kind is not UnitKind.PAGE:
        said = " ".join(filter(None, (texts[unit.kind].format(numbers), named)))
    else:
        first, last = citation.labels
        said = file_page = texts["file page" + s].format(numbers)
        if first and last:
            printed = texts["page" + s].format(_from_to(first, last))
            said = printed if _from_to(first, last) == numbers else texts["both"].format(printed, file_page)
    cell = texts["cell"].format(*citation.cell) if citation.cell else ""
    return ", ".join(filter(None, (said, unit.address, cell)))


def _from_to(first: str, last: str) -> str:
    return first if first == last else f"{first}-{last}"


def basis(citation: Citation, texts: Mapping[str, str]) -> str:
    """Say what the text rests on where that is not the file's own text."""
    said = texts.get(citation.basis, "")
    if citation.basis is Basis.OCR and citation.confidence is not None:
        said += ", " + texts["confidence"].format(floor(citation.confidence * 100 + 1e-9))
    return said
