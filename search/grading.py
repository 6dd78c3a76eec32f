"""How exactly a quotation agrees with the text it was found in.

The squashed letters and digits of both are equal already; graded is what stands between them and how they are written,
on the raw text of both sides. The rule of the house: a sign, a decimal point, a range mark, a percent sign, a raised
digit or a blank between digits that differs makes the quotation `altered`, never less.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import IntEnum

from corpus.folding import HYPHEN, Folded, fold
from corpus.model import COVER

PAGE_END = "\f"
_BREAK = re.compile(r"[^\S\n\f]*[\n\f]\s*")
_NOTHING = re.compile("[\u200b\u200c\u200d\u2060\ufeff\u00ad]")
_QUOTES = "“”„‟\"″＂'‘’‚‛′`´「」『』〈〉《》()[]{}（）［］"
_TYPOGRAPHY = str.maketrans(
    dict.fromkeys("“”„‟″＂", '"')
    | dict.fromkeys("‘’‚‛′`´", "'")
    | dict.fromkeys("‐‑‒–—―−－﹣", "-")
    | dict.fromkeys("∼〜～˜", "~")
    | dict.fromkeys("ㆍ・･‧∙•⋅", "·")
    | {"…": "..."}
)


class Grade(IntEnum):
    """How exactly a quotation stands in the record, best first."""

    EXACT = 0
    SPACING = 1
    TYPOGRAPHY = 2
    ALTERED = 3
    ABSENT = 4

    @property
    def word(self) -> str:
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where quotation and text differ, each as written there."""

    grade: Grade
    quoted: str
    stands: str


def aligned(quote: str, mine: Folded, text: str, theirs: Folded, at: int, any_case: bool = False) -> list[Difference]:
    """Compare a quotation with the stretch of text whose squashed form has it from `at` on.

    `mine` and `theirs` are the squashed forms with their maps. Letter case counts unless `any_case`.
    """
    found = []
    length = len(mine.text)
    for i in range(length):
        a, b = mine.starts[i], mine.ends[i]
        c, d = theirs.starts[at + i], theirs.ends[at + i]
        if i and (a == mine.starts[i - 1] or c == theirs.starts[at + i - 1]):
            continue  # one sign that folds to several letters, compared once
        if quote[a:b] != text[c:d]:
            found.append(_letters(quote[a:b], text[c:d], any_case))
        before, after = (mine.ends[i - 1] if i else a), (theirs.ends[at + i - 1] if i else c)
        if i and (before != a or after != c):
            found.append(_between(quote[before:a], text[after:c], text[after - 1], text[c]))
    found.append(_edge_before(quote[: mine.starts[0]], text[: theirs.starts[at]], text[theirs.starts[at]]))
    end = theirs.ends[at + length - 1]
    found.append(_edge_after(quote[mine.ends[-1] :], text[end:], text[end - 1]))
    return [difference for difference in found if difference is not None]


def grade(differences: list[Difference]) -> Grade:
    """Return the grade of a quotation by its worst difference."""
    return max((difference.grade for difference in differences), default=Grade.EXACT)


def _letters(quoted: str, stands: str, any_case: bool) -> Difference | None:
    if unicodedata.normalize("NFC", quoted) == unicodedata.normalize("NFC", stands):
        return None
    if any_case and quoted.lower() == stands.lower():
        return None
    marked = "^" in fold(quoted).text or "^" in fold(stands).text
    same_form = unicodedata.normalize("NFKC", quoted) == unicodedata.normalize("NFKC", stands)
    return Difference(Grade.TYPOGRAPHY if same_form and not marked else Grade.ALTERED, quoted, stands)


def _between(quoted: str, stands: str, left: str, right: str) -> Difference | None:
    """Compare what stands between two letters or digits; `left` and `right` are those of the text."""
    ours, its = _NOTHING.sub("", quoted), _NOTHING.sub("", stands)
    if ours == its:
        return None
    digits = left.isdigit() and right.isdigit()
    if COVER in its:
        return Difference(Grade.ALTERED, quoted, stands)
    if _signs(ours) == _signs(its):
        worst = _blanks(ours, its, left, right)
    elif HYPHEN in its and _signs(ours) == "-" and _signs(its) == "":
        worst = Grade.EXACT
    elif _plain(ours) == _plain(its):
        worst = max(Grade.TYPOGRAPHY, _blanks(_plain_gap(ours), _plain_gap(its), left, right))
    else:
        worst = Grade.ALTERED
    if digits and worst is Grade.SPACING:
        worst = Grade.ALTERED
    return Difference(worst, quoted, stands) if worst else None


def _blanks(ours: str, its: str, left: str, right: str) -> Grade:
    """Grade two gaps with the same signs; a line or page end may stand for a blank or for nothing."""
    readings = {_collapsed(_BREAK.sub(filling, its.replace(HYPHEN, ""))) for filling in ("", " ")}
    if HYPHEN in its:
        readings.add("-")
    mine = {_collapsed(_BREAK.sub(filling, ours.replace(HYPHEN, ""))) for filling in ("", " ")}
    if not readings & mine:
        return Grade.SPACING
    joined = "" in mine and " " not in mine and _BREAK.search(its) is not None and HYPHEN not in its
    if joined and left.isdigit() and right.isdigit():
        return Grade.ALTERED
    if joined and _latin(left) and _latin(right):
        return Grade.SPACING
    return Grade.EXACT


def _collapsed(gap: str) -> str:
    return re.sub(r"\s+", " ", gap)


def _signs(gap: str) -> str:
    return re.sub(r"\s", "", gap).replace(HYPHEN, "")


def _plain(gap: str) -> str:
    return unicodedata.normalize("NFKC", _signs(gap).translate(_TYPOGRAPHY)).translate(_TYPOGRAPHY)


def _plain_gap(gap: str) -> str:
    return re.sub(r"[^\s\ufffe]+", "x", gap)


def _latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


def _edge_before(quoted: str, stands: str, first: str) -> Difference | None:
    """Compare what stands before the first letter or digit: a sign, or the rest of a number, belongs to a figure."""
    lead = quoted.strip()
    if first.isdigit() and not _signs(lead).strip(_QUOTES):
        cut = re.search(r"(?:[0-9][.,]?|(?<![^\W_])[-−+±△▲])\Z", stands)
        if cut:
            return Difference(Grade.ALTERED, lead, cut[0])
    return _edge(lead, stands.rstrip()[-len(lead) :] if lead else "")


def _edge_after(quoted: str, stands: str, last: str) -> Difference | None:
    tail = quoted.strip()
    if last.isdigit() and not _signs(tail).strip(_QUOTES):
        cut = re.match(r"[0-9]|[.,][0-9]|[%‰％²³¹⁰⁴-⁹]", stands)
        if cut:
            return Difference(Grade.ALTERED, tail, cut[0])
    return _edge(tail, stands.lstrip()[: len(tail)] if tail else "")


def _edge(quoted: str, stands: str) -> Difference | None:
    """Compare signs at an end of the quotation; marks of quotation may be the quoter's own."""
    if not quoted or quoted == stands or not quoted.strip(_QUOTES + " "):
        return None
    if _plain(quoted.strip(_QUOTES)) == _plain(stands)[: len(_plain(quoted.strip(_QUOTES)))]:
        return Difference(Grade.TYPOGRAPHY, quoted, stands) if _signs(quoted.strip(_QUOTES)) not in stands else None
    serious = re.search(r"[%‰％+±△▲]|[-−]\Z", quoted)
    return Difference(Grade.ALTERED if serious else Grade.TYPOGRAPHY, quoted, stands)
