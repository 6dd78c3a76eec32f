"""A query tree as canonical text, the inverse of parse()."""

from __future__ import annotations

from search.query_nodes import (
    And,
    Choice,
    ConfidenceRange,
    DateRange,
    Expression,
    FigureRange,
    Gapped,
    MentionRange,
    Near,
    Node,
    Not,
    Or,
    PageRange,
    Phrase,
    Prefix,
    Scope,
    TextField,
    Word,
)


def unparse(node: Node) -> str:
    """Return the canonical text of a tree: parse(unparse(node)) == node for every tree that parse() returns."""
    match node:
        case Scope(unit, child):
            return f"scope:{unit} {unparse(child)}"
        case Or(children):
            return " OR ".join(_bracketed(child, Or) for child in children)
        case And(children):
            return " ".join(_bracketed(child, And, Or) for child in children)
        case Not(child):
            return "-" + _bracketed(child, And, Or, Not)
        case _:
            return _term(node)


def _term(node: Node) -> str:
    match node:
        case TextField(name, value):
            return f"{name}:{unparse(value)}"
        case Choice(name, value):
            return f"{name}:{value}"
        case DateRange(first, last):
            return f"date:{first}" if first == last else f"date:{first or ''}..{last or ''}"
        case PageRange(first, last):
            return f"page:{first}" if first == last else f"page:{first or ''}..{last or ''}"
        case ConfidenceRange(first, last):
            return "confidence:" + (_decimal(first) if first == last else f"{_decimal(first)}..{_decimal(last)}")
        case FigureRange(low, high, unit, close):
            return f"figure:{'=' if close else ''}{_figures(low, high, unit)}"
        case MentionRange(first, last):
            return "mention:" + _ranged(*(day and day.removeprefix("--") for day in (first, last)))
        case Phrase(text):
            return _quoted(text)
        case Gapped(parts, stars):
            gaps = [" * " * count for count in stars]
            return _quoted("".join(part + gap for part, gap in zip(parts, [*gaps, ""], strict=True)))
        case Near(words, within):
            return f"{_quoted(' '.join(map(unparse, words)))}~{within}"
        case Expression(text):
            return f"/{text}/"
        case Prefix(text):
            return f"{text}*"
        case Word(text, exact):
            return f"={text}" if exact else text
        case _:
            raise TypeError(f"{type(node).__name__} has no text yet")


def _ranged(first: str | None, last: str | None) -> str:
    return f"{first}" if first == last else f"{first or ''}..{last or ''}"


def _figures(low: str | None, high: str | None, unit: str | None) -> str:
    first, last = (value and value + (unit or "") for value in (low, high))
    made = _ranged(first, last)
    return f'"{made}"' if " " in made else made


def _bracketed(node: Node, *loose: type) -> str:
    return f"({unparse(node)})" if isinstance(node, loose) else unparse(node)


def _quoted(text: str) -> str:
    # A phrase came out of one of these pairs, so it cannot hold the closing mark of all three.
    opening, closing = '""' if '"' not in text else "“”" if "”" not in text else "＂＂"
    return f"{opening}{text}{closing}"


def _decimal(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}".rstrip("0").rstrip(".")
