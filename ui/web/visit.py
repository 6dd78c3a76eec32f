"""Who is looking at which page: the language they read and what their address asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from ui.web.texts import chosen, texts

LANGUAGE_COOKIE = "gongmun_language"


@dataclass(frozen=True, slots=True)
class Visit:
    """One run of a page for one reader; `asked` holds the address's parameters, each with all its values."""

    language: str
    asked: Mapping[str, list[str]]

    @classmethod
    def now(cls) -> Visit:
        asked = {name: st.query_params.get_all(name) for name in st.query_params}
        return cls(chosen(st.context.cookies.get(LANGUAGE_COOKIE), st.context.locale), asked)

    def texts(self, view: str) -> dict[str, str]:
        """Return a view's texts in this reader's language."""
        return dict(texts(view, self.language))

    def one(self, name: str, default: str = "") -> str:
        """Return a parameter's last value."""
        return (self.asked.get(name) or [default])[-1]

    def number(self, name: str, default: int) -> int:
        """Return a parameter as a whole number; what is none counts as not given."""
        value = self.one(name)
        return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else default
