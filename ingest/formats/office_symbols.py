"""Characters of the fonts Symbol and Wingdings, whose signs stand at places of their own in office files."""

from __future__ import annotations

_WINGDINGS = {
    "l": "●", "m": "❍", "n": "■", "o": "□", "p": "❐", "q": "❑", "r": "❒", "t": "◆", "u": "◆", "v": "❖", "w": "◆",
    "x": "⌧", "y": "⍓", "z": "⌘", "§": "▪", "¨": "◻", "¡": "○", "¤": "◉", "\x9f": "•", "\x9e": "·", "ü": "✓",
    "û": "✗", "þ": "☑", "ý": "☒", "Ø": "➢", "à": "→", "ß": "←", "á": "↑", "â": "↓", "è": "➔", "ð": "⇨", "ï": "⇦",
    "J": "☺", "L": "☹", "F": "☞", "E": "☜", "(": "☎", "*": "✉", "«": "★", "\x8c": "❶", "\x8d": "❷", "\x8e": "❸",
    "\x81": "①", "\x82": "②", "\x83": "③", "\x84": "④", "\x85": "⑤",
}  # fmt: skip
_SYMBOL = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghiklmnopqrstuwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηικλμνοπθρστυωξψζ",
        strict=True,
    )
) | {
    "·": "•", "°": "°", "±": "±", "³": "≥", "£": "≤", "¹": "≠", "»": "≈", "´": "×", "¸": "÷", "®": "→", "¬": "←",
    "­": "↑", "¯": "↓", "«": "↔", "Þ": "⇒", "å": "∑", "Ö": "√", "ò": "∫", "¥": "∞", "¨": "◆", "§": "▪", "Î": "∈",
}  # fmt: skip


def symbol(font: str, char: str) -> str:
    """Return the character that a sign of such a font shows; one that is not known stays, private use included."""
    code = ord(char)
    plain = chr(code - 0xF000) if 0xF020 <= code <= 0xF0FF else char
    name = font.lower()
    if name.startswith("wingdings") and name in ("wingdings", "wingdings 2", "wingdings 3"):
        return _WINGDINGS.get(plain, char) if name == "wingdings" else char
    if name == "symbol":
        return _SYMBOL.get(plain, plain if plain != char and plain.isascii() else char)
    return char
