"""Equations of HWP papers as a line of text: what is read aloud, without the marks that only place it.

The language is the equation editor's (한글과컴퓨터, 한글 문서 파일 형식: 수식, revision 1.3).
"""

from __future__ import annotations

import re

_TOKEN = re.compile(r'"([^"]*)"|([A-Za-z]+)|([<>!=+-]{1,3})|(\S)|\s+')
_TIGHT = re.compile(r"(?<=[\w()|]) ?([_^/√]) ?")
_BINDING = frozenset({"over", "^", "_", "sup", "sub", "sqrt", "of"})
_PLACING = frozenset(
    re.findall(
        r"\w+",
        "left right rm it bold box bigg lsub rsub lsup rsup from to cases matrix pmatrix dmatrix bmatrix pile lpile"
        " rpile eqalign cal color ladj radj under rel buildrel vec bar hat tilde dot ddot underline overline dyad acute"
        " grave check arch",
    )
)
_OVER = {"over": "/", "atop": " ", "sup": "^", "sub": "_", "sqrt": "√", "root": "√", "of": " "}
_SIGNS = {
    **dict.fromkeys(["times"], "×"),
    **dict.fromkeys(["div", "divide"], "÷"),
    **dict.fromkeys(["inf", "infinity"], "∞"),
    **dict.fromkeys(["rarrow", "->"], "→"),
    **dict.fromkeys(["larrow", "<-"], "←"),
    **dict.fromkeys(["leq", "le", "<="], "≤"),
    **dict.fromkeys(["geq", "ge", ">="], "≥"),
    **dict.fromkeys(["neq", "ne", "!="], "≠"),
    "lrarrow": "↔",
    "approx": "≈",
    "equiv": "≡",
    "pm": "±",
    "plusminus": "±",
    "minusplus": "∓",
    "cdot": "·",
    "sum": "∑",
    "int": "∫",
    "prod": "∏",
    "partial": "∂",
    "therefore": "∴",
    "because": "∵",
    "cdots": "⋯",
    "ldots": "…",
    "in": "∈",
    "subset": "⊂",
    "cup": "∪",
    "cap": "∩",
    "smallunion": "∪",
    "smallinter": "∩",
    "emptyset": "∅",
    "forall": "∀",
    "exist": "∃",
    "angle": "∠",
    "triangle": "△",
    "deg": "°",
    "prime": "′",
    "circ": "∘",
    "bullet": "•",
    "ast": "∗",
}
_GREEK: dict[str, str] = dict(
    zip(
        re.findall(
            r"\w+",
            "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"
            " phi chi psi omega",
        ),
        "αβγδεζηθικλμνξοπρστυφχψω",
        strict=True,
    )
)


def as_text(script: str) -> str:
    """Return an equation as a line of text: `{a+b} over {2}` is (a+b)/2, `x^2` stays, `alpha` is α."""
    tokens = list(_TOKEN.finditer(script))
    kept = _brackets([token[0] for token in tokens])
    out = "".join(kept.get(at) or _written(token) for at, token in enumerate(tokens))
    return _TIGHT.sub(r"\1", " ".join(out.split()))


def _brackets(tokens: list[str]) -> dict[int, str]:
    """Return which braces are to be parentheses: those around more than one thing that is over, raised or lowered."""
    solid = [at for at, token in enumerate(tokens) if not token.isspace()]
    place = {at: n for n, at in enumerate(solid)}
    kept: dict[int, str] = {}
    open_: list[int] = []
    for at in solid:
        if tokens[at] == "{":
            open_.append(at)
        elif tokens[at] == "}" and open_:
            start = open_.pop()
            before = tokens[solid[place[start] - 1]] if place[start] else ""
            after = tokens[solid[place[at] + 1]] if place[at] + 1 < len(solid) else ""
            bound = before.lower() in _BINDING or after.lower() == "over"
            if bound and place[at] - place[start] > 2:
                kept[start], kept[at] = "(", ")"
    return kept


def _written(match: re.Match[str]) -> str:
    quoted, word, run, sign = (match[n] for n in (1, 2, 3, 4))
    if quoted is not None:
        return quoted
    if word is not None:
        return _word(word)
    if run is not None:
        return _SIGNS.get(run, run)
    if sign is not None:
        return {"~": " ", "`": "", "{": "", "}": "", "#": "; ", "&": " "}.get(sign, sign)
    return " "


def _word(word: str) -> str:
    """Return a word of the language as what it draws; keywords may be in capitals, Greek letters then are too."""
    lower = word.lower()
    if lower in _PLACING and (word.islower() or word.isupper()):
        return ""
    if lower in _OVER or lower in _SIGNS:
        return _OVER.get(lower) or _SIGNS[lower]
    if lower in _GREEK:
        return _GREEK[lower] if word[0].islower() else _GREEK[lower].upper()
    for keyword in ("left", "right"):  # they need no blank after them: fleft(, hright)
        if lower.endswith(keyword) and (word.islower() or word[len(word) - len(keyword) :].isupper()):
            return word[: -len(keyword)]
    return word
