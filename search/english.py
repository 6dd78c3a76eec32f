"""English inflections: steps 1 and 5a of Porter's algorithm (M. F. Porter, "An algorithm for suffix stripping", 1980).

Only plurals, -ed, -ing, a final y and a silent e are touched, so that `university` never meets `universe`: a word is
found in its inflections, not in its relatives. Irregular forms (was, children) are not known here. Words of three
letters keep their e, lest `one` be found in `on`, and add does not become ad.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Words that say nothing of what a text is about: the stop list of Lucene's EnglishAnalyzer. They must be found like any
# other word; ranking passes them over.
STOP_WORDS = frozenset(
    re.findall(
        "[a-z]+",
        "a an and are as at be but by for if in into is it no not of on or such that the their then there these they "
        "this to was will with",
    )
)

_VOWEL = re.compile(r"[aeiou]|(?<=[^aeiou])y")
_MEASURE = re.compile(r"(?:[aeiou]|(?<=[^aeiou])y)+(?:(?![aeiou])(?!(?<=[^aeiou])y)[a-z])+")
_CVC = re.compile(r"[^aeiou][aeiouy][^aeiouwxy]$")


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return the common form of a lower-case Latin word's inflections; other words come back as they are."""
    if len(word) < 3 or not word.isascii() or not word.isalpha():
        return word
    word = _silent(_past(_plural(word)))
    return word[:-1] + "i" if word.endswith("y") and _VOWEL.search(word[:-1]) else word


def _plural(word: str) -> str:
    if word.endswith("sses"):
        return word[:-2]
    if word.endswith("ies"):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _past(word: str) -> str:
    if word.endswith("eed"):
        return word[:-1] if _measure(word[:-3]) else word
    for ending in ("ed", "ing"):
        base = word.removesuffix(ending)
        if base != word and _VOWEL.search(base):
            return _mended(base)
    return word


def _mended(base: str) -> str:
    """Give back what -ed and -ing took: conflat(ed) → conflate, hopp(ing) → hop, fil(ing) → file."""
    if base.endswith(("at", "bl", "iz")):
        return base + "e"
    if len(base) > 3 and base[-1] == base[-2] and base[-1] not in "aeioulsz":
        return base[:-1]
    return base + "e" if _measure(base) == 1 and (len(base) == 2 or _CVC.search(base)) else base


def _silent(word: str) -> str:
    """Take off a final e: provide and provid(ed) → provid, but file stays."""
    base = word.removesuffix("e")
    if base == word or len(base) < 3 or (_measure(base) == 1 and _CVC.search(base)) or not _measure(base):
        return word
    return base


def _measure(base: str) -> int:
    return len(_MEASURE.findall(base))
