"""Words that make an interval of a number: about, at least, up to, 약, 여, 이상, 미만."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum

from search.figure_grammar import Number

Interval = tuple[Decimal | None, Decimal | None, bool, bool]  # low, high, low open, high open


class Bound(Enum):
    """What a word says of the number beside it."""

    ABOUT = "about"
    MORE = "more"  # 여: this and a little more
    LOW = "low"
    LOW_OPEN = "low open"
    HIGH = "high"
    HIGH_OPEN = "high open"


_BEFORE = {
    Bound.ABOUT: r"(?<![가-힣])약|대략|about|approximately|approx\.|roughly|around|nearly|some",
    Bound.LOW: r"최소한?|적어도|at least|not less than|no less than|no fewer than|a minimum of|minimum of",
    Bound.LOW_OPEN: r"more\s+than|over|above|in excess of|greater than",
    Bound.HIGH: r"최대|up\s+to|at most|no\s+more\s+than|not\s+more\s+than|within|a maximum of|maximum of|not to exceed",
    Bound.HIGH_OPEN: r"less\s+than|fewer\s+than|under|below",
}
_AFTER = {
    Bound.ABOUT: r"정도|가량|내외|안팎",
    Bound.MORE: r"남짓",
    Bound.LOW: r"이상(?![가-힣]*(?:문학|기온|기후|현상|반응|징후|증상|행동|소견|여부|유무)|향|하|한\s|적)|"
    r"or\s+(?:more|greater|older|over|higher|longer)\b|and\s+(?:above|over)\b(?!\s+by)",
    Bound.LOW_OPEN: r"초과",
    Bound.HIGH: r"이하|이내|한도|내(?=[\s)에의로,.]|$)|or\s+(?:less|fewer|under|below|younger|lower|shorter)\b",
    Bound.HIGH_OPEN: r"미만",
}


_LAST_OF_WORD, _FIRST_OF_WORD = "약략대소한도", frozenset("정가내안남이초한미oOaA")


def _groups(words: dict[Bound, str]) -> str:
    return "|".join(f"(?P<{bound.name}>{each.replace(' ', chr(92) + 's+')})" for bound, each in words.items())


_BEFORE_PATTERN = re.compile(rf"(?:^|(?<![A-Za-z]))(?:{_groups(_BEFORE)})\s*$", re.IGNORECASE)
_AFTER_PATTERN = re.compile(rf"\s?(?:{_groups(_AFTER)})", re.IGNORECASE)


def before(text: str, floor: int, at: int) -> tuple[Bound | None, int]:
    """Return what a word of bound before a place says, and where it begins; nothing before `floor` is looked at."""
    bound, start = None, at
    for _ in range(2):
        window = max(floor, start - 20)
        last = text[window:start].rstrip()[-1:]
        if not last or (last not in _LAST_OF_WORD and not (last.isascii() and last.isalpha())):
            break  # most numbers: nothing is looked for
        found = _BEFORE_PATTERN.search(text[window:start])
        if not found or not found.lastgroup or (start == at and not _spaced(found, text, at)):
            break
        said = Bound[found.lastgroup]
        bound = said if bound in (None, Bound.ABOUT) else bound
        start = window + found.start()
    return bound, start


def _spaced(found: re.Match[str], text: str, at: int) -> bool:
    """Whether a word before a number stands apart from it: Korean ones need not."""
    return "가" <= found[0].strip()[-1] <= "힣" or text[at - 1].isspace()


def after(text: str, at: int) -> tuple[Bound | None, int]:
    """Return what a word of bound at a place says, and where it ends; two may follow each other (내외 이하)."""
    bound, end = None, at
    for _ in range(2):
        if text[end : end + 2].lstrip()[:1] not in _FIRST_OF_WORD:
            break  # most numbers: nothing is looked for
        found = _AFTER_PATTERN.match(text, end)
        if not found or not found.lastgroup:
            break
        said = Bound[found.lastgroup]
        bound = said if bound in (None, Bound.ABOUT, Bound.MORE) else bound
        end = found.end()
    return bound, end


def interval(number: Number, bounds: set[Bound], negative: bool = False) -> Interval:
    """Return the values that a number stands for with the words of bound beside it."""
    value, step = number.value, number.step
    if not bounds:
        return (-value, -value, False, False) if negative else (value, value, False, False)
    for bound, (low, high, low_open, high_open) in {
        Bound.LOW: (value, None, False, False),
        Bound.LOW_OPEN: (value, None, True, False),
        Bound.HIGH: (None, value, False, False),
        Bound.HIGH_OPEN: (None, value, False, True),
        Bound.MORE: (value, value + step, False, True),
        Bound.ABOUT: (value - step / 2, value + step / 2, False, True),
    }.items():
        if bound in bounds:
            made: Interval = low, high, low_open, high_open
            break
    else:
        made = value, value, False, False
    return _negated(made) if negative else made


def _negated(made: Interval) -> Interval:
    low, high, low_open, high_open = made
    return None if high is None else -high, None if low is None else -low, high_open, low_open
