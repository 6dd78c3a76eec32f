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
from functools import lru_cache

from corpus.folding import HYPHEN, Folded, fold
from corpus.model import COVER
from search.kinds import Kind, kind_of_sign

PAGE_END = "\f"
_BREAK = re.compile(r"[^\S\n\f]*[\n\f]\s*")
_PAGE_END = re.compile("-\n?\f")
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
_WIDTHS = {0xFF01 + n: 0x21 + n for n in range(94)}  # full-width signs and digits
# What belongs to a figure though it is no part of the quotation: more digits, a sign, a per cent sign, a raised digit.
_FIGURE_BEFORE = re.compile(r"(?:[0-9][.,]?|(?<![^\W_])[-+±△▲~<>≤≥]|(?<![\w.])\.)\Z")
_FIGURE_AFTER = re.compile(r"[.,]?[0-9]|\s*[%‰][+±↑↓]?|[+±↑↓]|[½¼¾⅐-⅞]")
_SIGNS_BEFORE, _SIGNS_AFTER = re.compile(r"[\W_]*\Z"), re.compile(r"[\W_]*")
_ORDERING = ".,;:·-~*/|○●◦•■□▪▫◆◇▶▷→⇒※☞❍ㅇo" + _QUOTES
_RAISED = re.compile("[²³¹⁰⁴-⁹⁺⁻]")
_NEGATION = re.compile(r"(?<!\w)[비미불부무非未不無]\Z")
_NEGATING_PREFIX = re.compile(r"(?<![^\W_])(?:un|in|im|il|ir|non|dis|mis)\Z", re.IGNORECASE)

_EDGE = 200  # characters looked at beyond either end of a quotation
_SHORT = 32  # characters of two gaps together that are remembered


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
    """One place where quotation and text differ, each as written there, and what kind of thing differs."""

    grade: Grade
    quoted: str
    stands: str
    kind: Kind = Kind.SIGN


def aligned(quote: str, mine: Folded, text: str, theirs: Folded, any_case: bool = False) -> list[Difference]:
    """Compare a quotation with a place in a text that has the same letters and digits.

    `mine` and `theirs` are the squashed forms with their maps. With `any_case`, as in a search, letter
    case does not count, what follows a negating syllable is found, and a Latin word begins where the text's does.
    """
    found = inside(quote, mine, text, theirs, any_case)
    found += before(quote, mine.starts[0], text, theirs.starts[0], any_case)
    return found + after(quote, mine.ends[-1], text, theirs.ends[-1])


def inside(quote: str, mine: Folded, text: str, theirs: Folded, any_case: bool = False) -> list[Difference]:
    """Compare how the same letters and digits are written, and what stands between them."""
    found: list[Difference | None] = []
    breaks = sorted({*_breaks(mine), *_breaks(theirs)})
    single = not any(
        mine.starts[at] == mine.starts[at - 1] or theirs.starts[at] == theirs.starts[at - 1] for at in breaks
    )
    i = 0
    for end in (*(breaks if single else ()), len(mine.text)):
        a, b, c, d = mine.starts[i], mine.ends[end - 1], theirs.starts[i], theirs.ends[end - 1]
        if single and b - a == d - c == end - i and quote[a:b] == text[c:d]:  # letter by letter the same
            found.append(_gap(quote, mine, text, theirs, i))
            i = end
        while i < end:
            j = _group_end(mine, theirs, i)
            a, b, c, d = mine.starts[i], mine.ends[j - 1], theirs.starts[i], theirs.ends[j - 1]
            found += [_letters(quote[a:b], text[c:d], any_case), _gap(quote, mine, text, theirs, i)]
            i = j
    return [difference for difference in found if difference is not None]


def _breaks(letters: Folded) -> list[int]:
    """Return which letters do not begin where the one before ends."""
    pairs = zip(letters.starts[1:], letters.ends, strict=False)
    return [at for at, (start, ended) in enumerate(pairs, 1) if start != ended]


def _gap(quote: str, mine: Folded, text: str, theirs: Folded, at: int) -> Difference | None:
    """Compare what stands before a letter, from the one before on."""
    if at == 0:
        return None
    ended, over, begins = mine.ends[at - 1], theirs.ends[at - 1], theirs.starts[at]
    quoted, stands = quote[ended : mine.starts[at]], text[over:begins]
    return None if quoted == stands else _between(quoted, stands, text[over - 1], text[begins])


def before(quote: str, mine: int, text: str, theirs: int, any_case: bool = False) -> list[Difference]:
    """Compare what stands before the first letter or digit, at `mine` of the quotation and at `theirs` of the text."""
    found = []
    if not any_case and _NEGATION.search(text[max(0, theirs - 2) : theirs]):
        found.append(Difference(Grade.ALTERED, "", text[theirs - 1], Kind.NEGATION))  # 공개 is not 비공개
    edge = _edge_before(quote[:mine], text[max(0, theirs - _EDGE) : theirs], text[theirs], any_case)
    return [*found, edge] if edge else found


def after(quote: str, mine: int, text: str, theirs: int) -> list[Difference]:
    """Compare what stands after the last letter or digit, which ends at `mine` and at `theirs`."""
    edge = _edge_after(quote[mine:], text[theirs : theirs + _EDGE], text[theirs - 1])
    return [edge] if edge else []


def _group_end(mine: Folded, theirs: Folded, start: int) -> int:
    """Return where the letters end that one sign gives on either side: ﬃ is compared with ffi as a whole."""
    end = start + 1
    while end < len(mine.text) and (
        mine.starts[end] == mine.starts[end - 1] or theirs.starts[end] == theirs.starts[end - 1]
    ):
        end += 1
    return end


def grade(differences: list[Difference]) -> Grade:
    """Return the grade of a quotation by its worst difference."""
    return max((difference.grade for difference in differences), default=Grade.EXACT)


def _letters(quoted: str, stands: str, any_case: bool) -> Difference | None:
    if unicodedata.normalize("NFC", quoted) == unicodedata.normalize("NFC", stands):
        return None
    if any_case:
        quoted, stands = quoted.lower(), stands.lower()
        if quoted == stands:
            return None
    marked = "^" in fold(quoted).text or "^" in fold(stands).text
    same_form = unicodedata.normalize("NFKC", quoted) == unicodedata.normalize("NFKC", stands)
    worst = Grade.TYPOGRAPHY if same_form and not marked else Grade.ALTERED
    kind = Kind.FIGURE if any(map(str.isdigit, quoted + stands)) else Kind.SIGN if marked else Kind.WORD
    return Difference(worst, quoted, stands, kind if worst is Grade.ALTERED else Kind.SIGN)


def _between(quoted: str, stands: str, left: str, right: str) -> Difference | None:
    """Compare what stands between two letters or digits; `left` and `right` are those of the text."""
    judge = _judged if len(quoted) + len(stands) <= _SHORT else _judged.__wrapped__
    worst = judge(quoted, stands, left.isdigit(), right.isdigit(), _spaced(left) and _spaced(right))
    kind = Kind.SPACING if worst is Grade.SPACING else kind_of_sign(quoted, stands, left, right)
    return Difference(worst, quoted, stands, kind) if worst else None


@lru_cache(maxsize=1024)  # mostly a blank that is a line end there
def _judged(quoted: str, stands: str, after_digit: bool, before_digit: bool, spaced: bool) -> Grade:
    """Grade what stands between two letters, with `spaced` of a script that puts blanks between its words."""
    ours, its = _NOTHING.sub("", quoted), _NOTHING.sub("", stands)
    if ours == its:
        return Grade.EXACT
    if spaced:  # nothing tells a typesetter's hyphen at the end of a page from one of the word
        its = _PAGE_END.sub(HYPHEN, its)
    digits = after_digit and before_digit
    joined = "" in (ours, its) or (HYPHEN in ours + its and not _signs(ours))
    if COVER in its or (digits and joined):
        return Grade.ALTERED
    if _signs(ours) == _signs(its):
        worst = _blanks(ours, its, spaced)
    elif HYPHEN in its and _BREAK.sub("", ours) == "-" and _signs(its) == "":
        worst = Grade.EXACT
    elif _plain(ours) == _plain(its):
        blanks = _blanks(_plain_gap(ours), _plain_gap(its), spaced)
        worst = Grade.ALTERED if digits and blanks else Grade.TYPOGRAPHY
    elif not after_digit and _unmarked(ours) == _unmarked(its):
        worst = Grade.TYPOGRAPHY
    else:
        worst = Grade.ALTERED
    return Grade.ALTERED if digits and worst is Grade.SPACING else worst


def _blanks(ours: str, its: str, spaced: bool) -> Grade:
    """Grade two gaps with the same signs; a line or page end may stand for a blank or for nothing."""
    readings = {_collapsed(_BREAK.sub(filling, its.replace(HYPHEN, ""))) for filling in ("", " ")}
    if HYPHEN in its:
        readings.add("-")
    mine = {_collapsed(_BREAK.sub(filling, ours.replace(HYPHEN, ""))) for filling in ("", " ")}
    if not readings & mine:
        return Grade.SPACING
    joined = "" in mine and " " not in mine and _BREAK.search(its) is not None and HYPHEN not in its
    return Grade.SPACING if joined and spaced else Grade.EXACT


def _collapsed(gap: str) -> str:
    return re.sub(r"\s+", " ", gap)


def _signs(gap: str) -> str:
    return re.sub(r"\s", "", gap).replace(HYPHEN, "")


def _plain(gap: str) -> str:
    return unicodedata.normalize("NFKC", _signs(gap).translate(_TYPOGRAPHY)).translate(_TYPOGRAPHY)


def _unmarked(gap: str) -> str:
    """Return a gap's signs without marks of quotation: leaving them out, or adding them, changes no word."""
    return re.sub("[“”„‟‘’‚‛「」『』〈〉《》\"']", "", _plain(gap))


def _plain_gap(gap: str) -> str:
    return re.sub(r"[^\s\ufffe]+", "x", gap)


@lru_cache(maxsize=4096)
def _spaced(char: str) -> bool:
    """Whether a character is of a script that puts blanks between its words."""
    return unicodedata.name(char, "").startswith(("LATIN", "GREEK", "CYRILLIC", "COMBINING"))


def _level(gap: str) -> str:
    return gap.translate(_TYPOGRAPHY).translate(_WIDTHS)


def reach(quoted: str, stands: str) -> int:
    """Return how far a place goes on for the signs at the end of a quotation that stand there too, in code points.

    `stands` is the text after the place; for the beginning of a quotation, give both turned round.
    """
    marks, at, end = _signs(quoted), 0, 0
    for mark in marks:
        while at < len(stands) and stands[at].isspace():
            at += 1
        if at < len(stands) and _plain(stands[at]) == _plain(mark):
            at = end = at + 1
        elif mark not in _QUOTES:
            break
    return end


def _edge_before(quoted: str, stands: str, first: str, whole_word: bool) -> Difference | None:
    """Compare what stands before the first letter or digit: a sign, or the rest of a number, belongs to a figure.

    With `whole_word`, a Latin word may not be cut into at all; else only where that takes its negation away.
    """
    if first.isdigit():
        cut = _cut(_FIGURE_BEFORE.search(_level(quoted)), _FIGURE_BEFORE.search(_level(stands)))
        if cut:
            return cut
    elif stands and _spaced(first) and (_spaced(stands[-1]) if whole_word else _NEGATING_PREFIX.search(stands)):
        kind = Kind.WORD if whole_word else Kind.NEGATION  # able is not unable
        return Difference(Grade.ALTERED, "", stands[-1], kind)
    if not quoted:
        return None
    return _edge(_signs(quoted), _signs(_SIGNS_BEFORE.search(stands)[0]), first.isdigit())  # type: ignore[index]


def _edge_after(quoted: str, stands: str, last: str) -> Difference | None:
    cut = None
    if last.isdigit():
        cut = _cut(_FIGURE_AFTER.match(_level(quoted)), _FIGURE_AFTER.match(_level(stands)))
    if cut is None and (last.isdigit() or _spaced(last)):
        cut = _cut(None, _RAISED.match(stands))
    if cut or not quoted:
        return cut
    return _edge(_signs(quoted), _signs(_SIGNS_AFTER.match(stands)[0]), last.isdigit())  # type: ignore[index]


def _cut(ours: re.Match[str] | None, its: re.Match[str] | None) -> Difference | None:
    """Compare what belongs to a figure outside of its digits."""
    quoted, stands = ours[0] if ours else "", its[0] if its else ""
    if quoted == stands:
        return None
    if quoted.strip() == stands.strip():
        return Difference(Grade.SPACING, quoted, stands, Kind.SPACING)
    return Difference(Grade.ALTERED, quoted, stands, Kind.FIGURE)


def _edge(quoted: str, stands: str, figure: bool) -> Difference | None:
    """Compare the signs at an end of the quotation, blanks aside; marks of quotation may be the quoter's own.

    Beside a `figure`, a sign may belong to it. Of other signs, only those that order a text (points, list marks) may be
    the quoter's own: a currency, ≠ or ? says something.
    """
    own = quoted.strip(_QUOTES)
    if quoted == stands or not own or own in stands:
        return None
    if _plain(own) in _plain(stands):
        return Difference(Grade.TYPOGRAPHY, quoted, stands)
    serious = _plain(own).strip(_ORDERING) or (figure and re.search(r"[-~]\Z", _plain(own)))
    worst = Grade.ALTERED if serious else Grade.TYPOGRAPHY
    return Difference(worst, quoted, stands, Kind.FIGURE if figure and serious else Kind.SIGN)
