"""Colours and type of Streamlit's own elements; our components follow by its CSS variables."""

from __future__ import annotations

_KOREAN = (
    "Pretendard",
    "'Noto Sans KR'",
    "'Noto Sans CJK KR'",
    "'Apple SD Gothic Neo'",
    "'Malgun Gothic'",
    "NanumGothic",
)
_FONT = ", ".join((*_KOREAN, "sans-serif"))
_LIGHT = {
    "primaryColor": "#1d5c63",
    "backgroundColor": "#fbfaf7",
    "secondaryBackgroundColor": "#f1efe9",
    "textColor": "#1f2322",
    "linkColor": "#1d5c63",
    "borderColor": "#d9d5cb",
}
_DARK = {
    "primaryColor": "#7cc4c4",
    "backgroundColor": "#17191a",
    "secondaryBackgroundColor": "#202426",
    "textColor": "#e7e5df",
    "linkColor": "#7cc4c4",
    "borderColor": "#3a3f41",
}

THEME = {
    "theme.font": _FONT,
    "theme.baseRadius": "6px",
    **{f"theme.light.{name}": value for name, value in _LIGHT.items()},
    **{f"theme.dark.{name}": value for name, value in _DARK.items()},
}
