"""Canonical text, and the folding of it with a map back to its offsets.

Canonical text is the one text of a page: words, boxes, viewer, selectors and quotations all count in its code points.
Folding happens beside it and serves finding only; what a passage says is always read from the canonical text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain

CANONICAL_VERSION = "1"
FOLDING_VERSION = "1"
HYPHEN = "\ufffe"  # pdfium's mark for a line-end hyphen put there by the typesetter; it comes without a line end

_LINE_ENDS = re.compile(r"\r\n?")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def canonical(text: str) -> str:
    r"""Return the canonical form: line ends as \n, NUL and lone surrogates as U+FFFD, all else untouched."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _UNSTORABLE.sub("\ufffd", text)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text made from another: code point `i` comes from the source span `[starts[i], ends[i])`.

    A source character may give several code points (㎡ → m2), several may give one (a base and its marks), some none.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of a folded span that is not empty."""
        return self.starts[start], self.ends[end - 1]


# One sign for all middle dots, before NFKC makes a conjoining jamo of U+318D.
_DOTS = frozenset("ㆍ・･‧∙•⋅")
_DELETED = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad" + HYPHEN)
# NFKC makes plain digits and letters of these; a caret keeps 2019² from folding to 20192.
_MARKED = ("<super>", "<sub>", "<circle>", "<fraction>")


def fold(text: str) -> Folded:
    """Fold a text for finding: NFKC, lower case, one middle dot, no zero-width signs, no line-end hyphen marks.

    Compatibility jamo (ㄱ) stay themselves; raised, lowered and circled signs keep a caret before their plain form.
    """
    pattern = _odd_pattern(text)
    if pattern is None:
        return Folded(text.lower(), range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end, folded in _pieces(text, pattern):
        pieces.append(text[start:end].lower() if folded is None else folded)
        if folded is None:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(folded))
            ends.extend([end] * len(folded))
    return Folded("".join(pieces), starts, ends)


def folded(text: str) -> str:
    """Return `fold(text).text` without the map, several times faster."""
    pattern = _odd_pattern(text)
    if pattern is None:
        return text.lower()
    return pattern.sub(lambda match: _fold_cluster(match[0]), text).lower()


def _pieces(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, str | None]]:
    """Yield (start, end, folded) in order; folded is None where lower-casing is all there is to do."""
    done = 0
    for match in pattern.finditer(text):
        if match.start() > done:
            yield done, match.start(), None
        yield match.start(), match.end(), _fold_cluster(match[0]).lower()
        done = match.end()
    if done < len(text):
        yield done, len(text), None


_PLAIN: set[str] = set()  # characters seen so far that only lower-casing can happen to


@lru_cache(maxsize=16)  # a page is squashed, and then looked into
def _odd_pattern(text: str) -> re.Pattern[str] | None:
    odd = set(text) - _PLAIN
    if odd:
        _PLAIN.update(char for char in odd if not _is_odd(char))
        odd -= _PLAIN
    return _pattern_of(frozenset(odd)) if odd else None


@lru_cache(maxsize=4096)
def _pattern_of(odd: frozenset[str]) -> re.Pattern[str]:
    """Match each odd character, with the base before it where it is a mark that joins on."""
    marks = "".join(re.escape(char) for char in sorted(odd) if _joins_on(char))
    alone = "".join(re.escape(char) for char in sorted(odd) if not _joins_on(char))
    either = [f"(?s:.)?[{marks}]+"] * bool(marks) + [f"[{alone}]"] * bool(alone)
    return re.compile("|".join(either))


@cache
def _is_odd(char: str) -> bool:
    """Whether more than lower-casing may happen to a character."""
    return (
        char in _DOTS
        or char in _DELETED
        or char in "Σς"  # lower() looks at what follows them
        or _joins_on(char)
        or (len(char.lower()) > 1)
        or unicodedata.normalize("NFKC", char) != char
    ) and not _compatibility_jamo(char)


@cache
def _joins_on(char: str) -> bool:
    return bool(unicodedata.combining(char)) or "\u1160" <= char <= "\u11ff" or "\ud7b0" <= char <= "\ud7ff"


def _compatibility_jamo(char: str) -> bool:
    return "\u3131" <= char <= "\u318e" and char not in _DOTS


@lru_cache(maxsize=65536)
def _fold_cluster(cluster: str) -> str:
    out = []
    for char in cluster:
        if char in _DELETED:
            continue
        if char in _DOTS:
            out.append("·")
        elif char in "Σς":
            out.append("σ")
        elif unicodedata.decomposition(char).startswith(_MARKED):
            out.append("^" + unicodedata.normalize("NFKC", char))
        else:
            out.append(char)
    plain = unicodedata.normalize("NFKC", "".join(out))
    return "".join(map(_letter_of, plain)) if cluster[0] >= "\u3260" and len(cluster) == 1 else plain


def _letter_of(char: str) -> str:
    """Return the compatibility letter of a lone leading jamo: ㉠ folds to ㄱ, not to a conjoining U+1100."""
    if not "\u1100" <= char <= "\u1112":
        return char
    return unicodedata.lookup(unicodedata.name(char).replace("CHOSEONG", "LETTER"))


_KEPT = re.compile(r"[^\W_]+")


def squash(text: str) -> str:
    """Return the folded letters and digits of a text, nothing between them."""
    return "".join(_KEPT.findall(folded(text)))


def squashed(text: str) -> Folded:
    """Return `squash(text)` with the map to the source."""
    base = fold(text)
    runs = [match.span() for match in _KEPT.finditer(base.text)]
    return Folded(
        "".join([base.text[start:end] for start, end in runs]),
        list(chain.from_iterable([base.starts[start:end] for start, end in runs])),
        list(chain.from_iterable([base.ends[start:end] for start, end in runs])),
    )


_BEGINNING = 24  # letters of a stretch that are looked for first


def occurrences(wanted: str, text: str) -> Iterator[Folded]:
    """Yield where squashed letters stand in a text: themselves, with the map to it; as `squashed` of it has them.

    Places that begin or end inside one sign, such as before the 2 of ㎡, are left out.
    """
    base = fold(text)
    beginning = re.compile(r"[\W_]*".join(map(re.escape, wanted[:_BEGINNING])))
    match = beginning.search(base.text)
    while match:
        at = _letters_from(base.text, match.start(), len(wanted))
        found = "".join([base.text[i] for i in at])
        if (
            found == wanted
            and not _inside_a_sign(base, at[0] - 1, at[0])
            and not _inside_a_sign(base, at[-1], at[-1] + 1)
        ):
            yield Folded(wanted, [base.starts[i] for i in at], [base.ends[i] for i in at])
        match = beginning.search(base.text, match.start() + 1)


def _letters_from(text: str, start: int, count: int) -> list[int]:
    """Return the offsets of the next letters and digits of a text, `count` of them or what there is."""
    found: list[int] = []
    for run in _KEPT.finditer(text, start):
        found.extend(range(run.start(), run.end()))
        if len(found) >= count:
            break
    return found[:count]


def _inside_a_sign(base: Folded, before: int, after: int) -> bool:
    """Whether two letters of a folded text that follow each other come from one sign of its source."""
    if before < 0 or after >= len(base.text) or not (base.text[before].isalnum() and base.text[after].isalnum()):
        return False
    return base.starts[before] == base.starts[after]
