"""What kind of thing differs between a quotation and the paper: a figure, a negation, a particle, a word …

By rules on the words of both sides, the first that fits. They tell a reader where to look first; they say nothing about
how serious a difference is, which its grade does.
"""

from __future__ import annotations

import re
from enum import StrEnum

from corpus.folding import folded, squash


class Kind(StrEnum):
    """What differs; `spacing` are blanks alone."""

    FIGURE = "figure"
    UNIT = "unit"
    DATE = "date"
    NAME = "name"
    NEGATION = "negation"
    PARTICLE = "particle"
    WORD = "word"
    ORDER = "order"
    SIGN = "sign"
    SPACING = "spacing"


_SCALES = "조|억|만|천|백|thousand|million|billion|trillion"
_SCALE = re.compile(rf"(?:{_SCALES})+")
_UNITS = (
    "원|달러|유로|엔|위안|명|인|건|개|대|회|곳|개소|호|세대|부|장|쪽|면|권|종|번|위|배|점|년간|개월|주|시간|분|초"
    "|%p|퍼센트|포인트|mm|cm|km|m|mg|kg|g|t|톤|m2|km2|ha|ml|l|gb|mb|tb|hz|w|kw|mw"
    "|won|dollars?|euros?|yen|years?|months?|weeks?|days?|hours?|minutes?|seconds?|miles?|feet|percent|persons?|people"
    "|times|cases|images|items"
)
_UNIT = re.compile(
    rf"(?:{_UNITS})(?=(?:여|의|을|를|이|가|은|는|에|으로|로|과|와|도|만|당|짜리|씩|이며|이고|이다|이었다|였다|입니다|에서|까지|부터)*\Z)"
)
_MONTH = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    "|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"[0-9]+\s*(?:년|월|일|분기|세기)(?!간|당|평균|[0-9])|[0-9]{{4}}\s*[.\-/]\s*[0-9]{{1,2}}(?:\s*[.\-/]|\b)|'[0-9]{{2}}\.|\b(?:{_MONTH})\b"
    "|[월화수목금토일]요일|\\b(?:19|20)[0-9]{2}\\b(?![.,]?[0-9])",
    re.IGNORECASE,
)
_PARTICLES = (
    "은|는|이|가|을|를|의|에|에서|에게|에게서|께|께서|한테|로|으로|로서|으로서|로써|으로써|와|과|도|만|까지|부터|마다|조차|마저"
    "|보다|처럼|같이|라도|이라도|나|이나|라는|이라는|에는|에도|에서는|에서도|으로는|로는|에의|과의|와의|으로의|로의|까지의|부터의"
    "|이며|이고|란|이란|든지|이든지|요|에만|에서의|에게는"
)
_TAIL = re.compile(rf"(?:{_PARTICLES})?\Z")
_SMALL = re.compile(r"(?:a|an|the|of|in|to|for|on|by|with|from|at|as|into|onto|upon|and|or)\Z")
_NEGATIONS = re.compile(
    r"않|못|없|아니|안(?=되|하|된|됐|한|할|했)|말(?=라|아|고|것)|\bnot?\b|n't\b|n’t\b|\bcannot\b|\bnever\b|\bwithout\b"
    r"|\bneither\b|\bnor\b|\bnone\b|(?:^|\s)안(?=\s|$)"
)
_NEGATING = re.compile(r"\A(?:비|미|불|부|무|몰|반|un|in|im|il|ir|non-?|dis|mis)")
_AGENCY = re.compile(
    r"(?:부|처|청|원|위원회|공사|공단|은행|대학교|대학|법원|검찰청|경찰서|협회|연구원|연구소|센터|주식회사|시|도|군|구|읍|면|동)\Z"
)
_TITLE = re.compile(
    r"\A(?:장관|차관|실장|국장|과장|팀장|사무관|주무관|의원|대표|위원장|위원|총장|청장|처장|원장|교수|박사|씨|변호사|검사|판사|대통령|총리)"
)
_CAPITAL = re.compile(r"[\"'“‘(\[]*[A-Z][\w.&-]*[\"'”’)\],.;:]*")


def kind_of(quoted: str, stands: str, before: str = "", after: str = "") -> Kind:
    """Tell what differs between the words quoted and those that stand there; either may be nothing.

    `before` and `after` are some text of the paper on either side.
    """
    ours, its = folded(quoted), folded(stands)
    if not "".join(quoted.split()).strip() and not "".join(stands.split()).strip():
        return Kind.SPACING
    if squash(quoted) == squash(stands):
        return Kind.FIGURE if re.search("[0-9]", ours) else Kind.SIGN
    if _bare_scale(ours, before) and _bare_scale(its, before):
        return Kind.FIGURE
    if _digits(ours) != _digits(its) or _scales(ours) != _scales(its):
        return Kind.DATE if _dated(quoted, after) or _dated(stands, after) else Kind.FIGURE
    if sorted(ours.split()) == sorted(its.split()):
        return Kind.ORDER
    if _is_unit(ours, its, before):
        return Kind.UNIT
    if _dated(quoted, "") or _dated(stands, ""):
        return Kind.DATE
    if _negates(ours, its):
        return Kind.NEGATION
    if _only_particles(ours, its):
        return Kind.PARTICLE
    return Kind.NAME if _are_names(quoted, stands, before, after) else Kind.WORD


def kind_of_sign(quoted: str, stands: str, left: str, right: str) -> Kind:
    """Tell what differs where the letters are the same, by what stands on either side of the signs.

    A sign beside a digit changes the figure.
    """
    if not (quoted + stands).strip() and not (left.isdigit() and right.isdigit()):
        return Kind.SPACING
    digits = left.isdigit() or right.isdigit() or any(char.isdigit() for char in folded(quoted + stands))
    return Kind.FIGURE if digits else Kind.SIGN


def _digits(text: str) -> list[str]:
    return re.findall("[0-9]+", re.sub(r"(?<=[0-9])[,.](?=[0-9])", "", text))


def _scales(text: str) -> list[str]:
    return re.findall(rf"(?<=[0-9])\s*(?:{_SCALES})", text)


def _bare_scale(words: str, before: str) -> bool:
    return bool(_SCALE.match(words) and re.search(r"[0-9]\s*\Z", before))


def _dated(words: str, after: str) -> bool:
    return bool(_DATE.search(words)) or bool(re.search(r"[0-9]\Z", words) and re.match(r"\s*[년월일](?!간)", after))


def _is_unit(ours: str, its: str, before: str) -> bool:
    """Whether both are the same figure with another unit, or bare units behind a figure."""
    mine, other = _after_figure(ours, before), _after_figure(its, before)
    return mine is not None and other is not None and bool(_UNIT.match(mine) or _UNIT.match(other))


def _after_figure(words: str, before: str) -> str | None:
    match = re.match(rf"(.*[0-9])\s*(?:{_SCALES})*여?\s*(.*)\Z", words, re.DOTALL)
    if match:
        return match[2]
    return words if re.search(rf"[0-9]\s*(?:{_SCALES})*여?\s*\Z", folded(before)) else None


def _negates(ours: str, its: str) -> bool:
    if len(_NEGATIONS.findall(ours)) != len(_NEGATIONS.findall(its)):
        return True
    return any(_prefixed(a, b) or _prefixed(b, a) for a, b in zip(ours.split(), its.split(), strict=False))


def _prefixed(longer: str, shorter: str) -> bool:
    mine, other = squash(longer), squash(shorter)
    match = _NEGATING.match(mine)
    return bool(match) and len(other) > 1 and mine[len(match[0]) :] == other  # type: ignore[index]


def _only_particles(ours: str, its: str) -> bool:
    """Whether the words are the same but for particles at their ends, or are small English words."""
    mine, other = re.findall(r"\w+", ours), re.findall(r"\w+", its)
    if mine + other and all(map(_SMALL.match, mine + other)):
        return True
    return len(mine) == len(other) and all(map(_same_stem, mine, other))


def _same_stem(one: str, other: str) -> bool:
    common = 0
    while common < min(len(one), len(other)) and one[common] == other[common]:
        common += 1
    korean = "가" <= one[:1] <= "힣" or "가" <= one[-1:] <= "힣"
    return (one == other) or (korean and any(_tails(one, other, at) for at in range(common, 0, -1)))


def _tails(one: str, other: str, at: int) -> bool:
    return bool(_TAIL.match(one, at) and _TAIL.match(other, at))


def _are_names(quoted: str, stands: str, before: str, after: str) -> bool:
    mine, other = quoted.split(), stands.split()
    if not mine or not other:
        return False
    starts = not before.strip() or before.rstrip()[-1:] in ".?!"  # every sentence begins with a capital
    if all(map(_CAPITAL.fullmatch, mine + other)):
        return not starts or len(mine + other) > 2 or any(word.isupper() for word in mine + other)
    if len(mine) != 1 or len(other) != 1:
        return False
    ours, its = _stem(mine[0]), _stem(other[0])
    agencies = _AGENCY.search(ours) and _AGENCY.search(its) and len(ours) > 2 and len(its) > 2
    return bool(agencies) or bool(re.fullmatch("[가-힣]{2,4}", ours) and _TITLE.match(after.strip()))


def _stem(word: str) -> str:
    bare = re.sub(r"\A[^\w]+|[^\w]+\Z", "", word)
    return re.sub(r"(?<=[가-힣]{2})(?:은|는|이|가|을|를|의|에|에서|에게|께서|로|으로|와|과|도|만)\Z", "", bare)
