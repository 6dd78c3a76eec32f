"""Where in a file something stands is said alike everywhere."""

from __future__ import annotations

import re

import pytest

from corpus.model import UnitKind
from ui.web.components import FOLDER
from ui.web.texts import texts
from ui.web.units import stretches, unit, units

VIEWS = ("finding", "reader", "annotated", "overview", "releases", "reading")


@pytest.mark.parametrize(
    ("number", "label", "ko", "en"),
    [
        (7, "4", "4쪽(파일 7쪽)", "p. 4 (file page 7)"),
        (7, "iv", "iv쪽(파일 7쪽)", "p. iv (file page 7)"),
        (7, "7", "7쪽", "p. 7"),
        (7, None, "7쪽", "p. 7"),
        (7, "", "7쪽", "p. 7"),
    ],
)
def test_the_printed_number_goes_first_where_it_is_another(number: int, label: str | None, ko: str, en: str) -> None:
    assert (unit(number, label, "ko"), unit(number, label, "en")) == (ko, en)


@pytest.mark.parametrize("kind", sorted(set(UnitKind) - {UnitKind.PAGE, UnitKind.COMPUTED}))
def test_no_sheet_is_ever_a_page(kind: UnitKind) -> None:
    said = unit(5, "3", "ko", kind, "카메라")
    assert said.endswith("“카메라”")
    assert "쪽" not in said
    assert "p." not in unit(5, "3", "en", kind)


def test_computed_page_says_that_it_is_one_and_a_section_goes_by_its_heading() -> None:
    assert unit(5, None, "ko", UnitKind.COMPUTED) == "5쪽(산출)"
    assert unit(5, None, "en", UnitKind.COMPUTED) == "p. 5 (computed)"
    assert unit(5, None, "ko", UnitKind.SECTION, "3. 추진계획", "¶12–40") == "“3. 추진계획”, ¶12–40"
    assert unit(5, None, "en", UnitKind.SECTION, None, "¶12") == "¶12"


def test_several_pages_are_those_of_the_file_where_others_are_printed() -> None:
    assert units([2], {1: "i", 2: "ii"}, "ko") == "ii쪽(파일 2쪽)"
    assert units([1, 2, 4], {1: "i", 2: "ii", 4: "1"}, "ko") == "파일 1–2, 4쪽"
    assert units([1, 2, 4], {1: "1", 2: "2", 4: None}, "en") == "pp. 1–2, 4"


def test_page_numbers_as_people_write_them() -> None:
    assert stretches([1, 3, 4, 5, 9]) == "1, 3–5, 9"
    assert stretches(list(range(1, 99, 2))).endswith("19 …")


def test_every_view_has_the_same_words_and_no_page_has_its_own() -> None:
    common = texts("units", "ko")
    for view in VIEWS:
        found = texts(view, "ko")
        assert {name: found[name] for name in common} == common
        own = {name for name, text in found.items() if re.search(r"파일 \{\w+\}쪽|\{label\}쪽", text)} - set(common)
        assert own == set(), view
    scripts = {path: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.js") if path.name != "units.js"}
    assert [path.name for path, script in scripts.items() if "unit_page" in script or "unit_printed" in script] == []
