"""The interface's texts: complete in both languages, with the same places to fill."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from ui.web import texts as texts_package
from ui.web.components import FOLDER
from ui.web.texts import LANGUAGES, chosen, texts

FILES = sorted(Path(texts_package.__file__).parent.glob("*.toml"))
PLACE = re.compile(r"\{(\w+)\}")
HANGUL = re.compile("[가-힣]")
COMPONENTS = {  # component -> the file of its texts
    "masthead": "frame",
    "finding": "finding",
    "viewer": "reader",
    "annotated": "annotated",
    "releases": "releases",
    "overview": "overview",
    "comparing": "compare",
}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_texts_are_complete_in_both_languages(file: Path) -> None:
    for name, text in tomllib.loads(file.read_text(encoding="utf-8")).items():
        assert set(text) == set(LANGUAGES), name
        assert bool(text["ko"].strip()) == bool(text["en"].strip()), name
        places = {language: set(PLACE.findall(text[language])) for language in LANGUAGES}
        assert places["ko"] == places["en"], name
        quoting_korean = file.stem == "help" or f"{file.stem}.{name}" == "frame.other_language"
        assert quoting_korean or not HANGUL.search(text["en"]), name


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_text_a_component_names_is_there(component: str) -> None:
    known = set(texts(COMPONENTS[component], "ko"))
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / component).glob("*.js")))
    named = set(re.findall(r"\btexts\.([a-z_]\w*)", scripts)) | set(re.findall(r"\btexts\[\"(\w+)\"\]", scripts))
    assert named
    assert sorted(named - known) == []


@pytest.mark.parametrize(
    ("cookie", "locale", "language"),
    [
        (None, "ko-KR", "ko"),
        (None, "ko", "ko"),
        (None, "en-US", "en"),
        (None, "fr-FR", "en"),
        (None, None, "en"),
        ("en", "ko-KR", "en"),
        ("ko", "en-US", "ko"),
        ("<script>", "ko-KR", "ko"),
    ],
)
def test_the_language_is_the_chosen_one_else_the_browsers(
    cookie: str | None, locale: str | None, language: str
) -> None:
    assert chosen(cookie, locale) == language
