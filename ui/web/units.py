"""Where in a file something stands, in words: the same on every page of the reading room.

ui/web/components/shared/units.js says it in the browser, of the same texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import floor
from typing import Any

from corpus.model import Page, UnitKind
from ui.web.texts import texts


def unit(
    number: int,
    label: str | None,
    language: str,
    kind: UnitKind = UnitKind.PAGE,
    name: str | None = None,
    address: str | None = None,
) -> str:
    """Return "4쪽(파일 7쪽)" where another number is printed on page 7 of a file, else "7쪽"; no page for a sheet.

    A section goes by its heading and paragraphs ("“3. 추진계획”, ¶12–40"), a sheet or mail by its name: the numbers
    that we give them stand in no paper.
    """
    said = texts("units", language)
    if kind is UnitKind.PAGE:
        return said["unit_printed" if label and label != str(number) else "unit_page"].format(n=number, label=label)
    named = f"“{name}”" if name else ""
    if kind is UnitKind.SECTION and (named or address):
        words = named
    elif kind in (UnitKind.SHEET, UnitKind.MESSAGE):
        words = said[f"unit_{kind.value}"].format(n=named or number)
    else:
        words = " ".join(filter(None, (said[f"unit_{kind.value.replace(' ', '_')}"].format(n=number), named)))
    return ", ".join(filter(None, (words, address)))


def units(numbers: Sequence[int], labels: Mapping[int, str | None], language: str) -> str:
    """Return the words for some pages of a file; of several, their numbers in it: "1, 3–5쪽"."""
    if len(numbers) == 1:
        return unit(numbers[0], labels.get(numbers[0]), language)
    other = any(label and label != str(number) for number, label in labels.items())
    return texts("units", language)["unit_file_pages" if other else "unit_pages"].format(n=stretches(numbers))


def stretches(numbers: Sequence[int]) -> str:
    """Return page numbers as people write them: 1, 3–5, 9; of many the first ten stretches."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    said = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:10]]
    return ", ".join(said) + (" …" if len(runs) > 10 else "")


def unit_of(page: Page) -> dict[str, Any]:
    """Return where a hit stands and what its text rests on, as components take it; confidence in whole per cent."""
    confidence = None if page.confidence is None else floor(page.confidence * 100 + 1e-9)
    return {
        "page": page.number,
        "label": page.label,
        "kind": page.kind.value,
        "name": page.name,
        "address": page.address,
        "basis": page.basis.name.lower(),
        "confidence": confidence,
    }
