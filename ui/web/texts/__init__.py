"""The interface's texts, Korean and English side by side: one TOML file a view, a table a text.

[hits]
ko = "{n}쪽에서 찾음"
en = "Found on {n} pages"
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from importlib import resources

LANGUAGES = ("ko", "en")
COMMON = "units"  # its texts are among those of every view


@functools.cache
def texts(view: str, language: str) -> Mapping[str, str]:
    """Return one view's texts in a language, by name."""
    found: dict[str, dict[str, str]] = {}
    for name in dict.fromkeys((COMMON, view)):
        file = resources.files("ui.web.texts") / f"{name}.toml"
        found |= tomllib.loads(file.read_text(encoding="utf-8"))
    return {name: text[language] for name, text in found.items()}


def chosen(cookie: str | None, locale: str | None) -> str:
    """Return the language to speak: what the reader chose before, else the browser's, else English."""
    if cookie in LANGUAGES:
        return str(cookie)
    return "ko" if (locale or "").lower().startswith("ko") else "en"
