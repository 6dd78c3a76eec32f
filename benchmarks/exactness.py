"""Is every verbatim quotation found, and every changed one called altered?

    .venv/bin/python -m benchmarks.exactness ../shared/data [--dochan PYTHON]

Quotations are drawn with a fixed seed from texts known independently of our own reading (benchmarks/truth.py).

1. 1,000 verbatim ones of 3 to 300 characters, from a word's beginning to a word's end or into a Korean word; every
   second one re-spaced (blanks taken out, or put between syllables); of those from set pages every third over a page
   end. Found means: a place graded exact, spacing or typography, in that document, beginning on the right page. Every
   miss is named with its reason: either the letters are not in our extraction at all (extraction differs from the
   truth), or they are.
2. 1,000 changed ones of at least 12 letters and digits: a digit, a unit, a particle, a negation, or two words swapped.
   Of each it is made sure, on all letters of all pages, that the original stands there and the changed form nowhere.
   Right means: altered, and the first place named is a passage with the original's letters (nine in ten), on a page
   where the original begins.

PYTHON is an interpreter with the package dochan, which reads HWP; without it only HWPX and the rest are drawn from.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

from benchmarks.truth import Letters, Truth, korquad, printed, set_articles
from corpus import Corpus
from corpus.folding import squash
from search import Searcher
from search.grading import Grade
from search.quotes import Place

SHARES = {"ground truth": 0.2, "HWP": 0.2, "HWPX": 0.1, "set pages": 0.5}
SHORTEST, LONGEST, FEWEST_LETTERS = 3, 300, 12
ALL = 100_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A quotation, where it was drawn from, and what was done to it."""

    text: str
    truth: Truth
    how: str
    original: str


@dataclass(slots=True)
class Tally:
    """Counts of what came of quotations, and a line for each that went wrong."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, outcome: str, drawn: Drawn, why: str = "") -> None:
        self.counts[outcome] += 1
        if why:
            self.wrong.append(f"{outcome}: {drawn.truth.kind} {drawn.truth.name} ({drawn.how}): {drawn.text!r} {why}")


# -- verbatim


def stretch(truth: Truth, lots: random.Random, shortest: int = SHORTEST) -> str | None:
    """Draw a stretch of a text, its blanks as one blank each; None where the draw was poor."""
    text = lots.choices(truth.stretches, weights=[len(each) for each in truth.stretches])[0]
    text = " ".join(text.split())
    length = round(shortest * (LONGEST / shortest) ** lots.random())
    return _cut(text, lots.randrange(max(1, len(text) - length + 1)), length, lots, shortest)


def over_a_page_end(truth: Truth, lots: random.Random, shortest: int = SHORTEST) -> str | None:
    """Draw a stretch around a page end of set pages."""
    length = round(max(8, shortest) * (LONGEST / max(8, shortest)) ** lots.random())
    page = lots.randrange(len(truth.pages))
    before = sum(map(len, truth.pages[: page + 1]))
    return _cut(truth.stretches[0], *_around(truth.stretches[0], before, length, lots), lots, shortest)


def _around(text: str, letters: int, length: int, lots: random.Random) -> tuple[int, int]:
    """Return the start and the length of a stretch that holds the letter with that number."""
    end = next((at for at, n in enumerate(accumulate(len(squash(char)) for char in text)) if n >= letters), len(text))
    return max(0, end - lots.randint(2, length - 2)), length


def _cut(text: str, start: int, length: int, lots: random.Random, shortest: int) -> str | None:
    start = text.find(" ", start - 1) + 1 if start else 0
    piece = text[start : start + length]
    whole = start + length >= len(text) or text[start + length] == " "
    if not whole and not (
        lots.random() < 0.4 and re.search("[가-힣]$", piece) and "가" <= text[start + length] <= "힣"
    ):
        piece = piece.rpartition(" ")[0]
    piece = piece.strip()
    return piece if shortest <= len(piece) and len(squash(piece)) >= min(2, shortest) else None


def respaced(text: str, lots: random.Random) -> str:
    """Take blanks out, or put blanks between Korean syllables; never at a digit, where a blank says something."""
    if lots.random() < 0.5:
        return re.sub(r"(?<=[^\W\d]) (?=[^\W\d])", lambda _: "" if lots.random() < 0.7 else " ", text)
    return re.sub("(?<=[가-힣])(?=[가-힣])", lambda _: " " if lots.random() < 0.2 else "", text)


def verbatim(truths: Sequence[Truth], number: int, lots: random.Random) -> list[Drawn]:
    drawn: list[Drawn] = []
    while len(drawn) < number:
        truth = _choose(truths, lots)
        crossing = truth.kind == "set pages" and lots.random() < 1 / 3
        text = (over_a_page_end if crossing else stretch)(truth, lots)
        if text is not None:
            changed = respaced(text, lots) if len(drawn) % 2 else text
            how = ("re-spaced" if changed != text else "verbatim") + (", over a page end" if crossing else "")
            drawn.append(Drawn(changed, truth, how, text))
    return drawn


def _choose(truths: Sequence[Truth], lots: random.Random) -> Truth:
    kinds = sorted({truth.kind for truth in truths})
    kind = lots.choices(kinds, weights=[SHARES.get(kind, 1) for kind in kinds])[0]
    some = [truth for truth in truths if truth.kind == kind]
    return lots.choices(some, weights=[sum(map(len, truth.stretches)) for truth in some])[0]


def find_all(drawn: Iterable[Drawn], searcher: Searcher, letters: dict[str, Letters]) -> Tally:
    tally = Tally()
    for each in drawn:
        places = searcher.quote(each.text, limit=ALL).places
        mine = [place for place in places if place.document == each.truth.document]
        good = [place for place in mine if place.grade < Grade.ALTERED]
        right = each.truth.right_pages(each.text)
        if any(not right or place.page in right for place in good):
            tally.note("found on the right page" if right else "found; page not told", each)
        elif not letters[each.truth.document].holds(squash(each.text)):
            tally.note("missed: extraction differs from the truth", each, _nearest(each, letters))
        elif good:
            pages = sorted({place.page for place in good})
            tally.note("missed: on another page", each, f"right {sorted(right)}, found {pages}")
        elif mine:
            tally.note("missed: called altered", each, _said(mine[0]))
        else:
            tally.note("missed: not found though the extraction has it", each, f"page {sorted(right)}")
    return tally


def _nearest(drawn: Drawn, letters: dict[str, Letters]) -> str:
    """Return what our extraction has where the truth has a quotation, by the longest common stretch."""
    wanted, text = squash(drawn.text), letters[drawn.truth.document].running
    match = SequenceMatcher(None, text, wanted, autojunk=False).find_longest_match()
    start = max(0, match.a - match.b)
    return f"ours: {text[start : start + len(wanted)]!r}"


def _said(place: Place) -> str:
    return f"page {place.page}: {[(each.quoted, each.stands) for each in place.differences]}"


# -- changed

_UNITS = re.split(" ", "원 건 명 개 대 회 년 월 일 시간 개월 억 만 천 번 위 달러 km cm")
_PARTICLES = {
    **{"은": "이", "는": "가", "을": "이", "를": "가", "이": "을", "가": "를", "에서": "에", "에": "의", "의": "에"},
    **{"과": "은", "와": "는", "로": "를", "도": "만"},
}
_ENGLISH_SMALL = ["the", "a", "of", "in", "to", "for", "on", "by", "with", "from"]
_NEGATED = {
    **{"있다": "없다", "없다": "있다", "하였다": "하지 않았다", "했다": "하지 않았다", "한다": "하지 않는다"},
    **{"되었다": "되지 않았다", "됐다": "되지 않았다", "된다": "되지 않는다", "이다": "아니다", "지 않": ""},
    **{"하는": "하지 않는", "하여": "하지 않아", "한 ": "하지 않은 "},
    **{" is ": " is not ", " are ": " are not ", " can ": " cannot ", " was ": " was not ", " not ": " "},
    **{" will ": " will not ", " has ": " has no ", "with ": "without "},
}


def other_digit(text: str, lots: random.Random) -> str | None:
    places = [match.start() for match in re.finditer("[0-9]", text)]
    if not places:
        return None
    at = lots.choice(places)
    return text[:at] + lots.choice([d for d in "123456789" if d != text[at]]) + text[at + 1 :]


def other_unit(text: str, lots: random.Random) -> str | None:
    places = list(re.finditer(rf"(?<=[0-9])( ?)({'|'.join(sorted(_UNITS, key=len, reverse=True))})", text))
    if not places:
        return None
    at = lots.choice(places)
    return text[: at.start(2)] + lots.choice([unit for unit in _UNITS if unit != at[2]]) + text[at.end() :]


def other_particle(text: str, lots: random.Random) -> str | None:
    changes = [
        (match.span(), new)
        for old, new in _PARTICLES.items()
        for match in re.finditer(f"(?<=[가-힣]{{2}}){old}(?= |$)", text)
    ]
    small = "|".join(_ENGLISH_SMALL)
    for match in re.finditer(rf"(?<= )(?:{small})(?= )", text):
        changes.append((match.span(), lots.choice([word for word in _ENGLISH_SMALL if word != match[0]])))
    return _replaced(text, changes, lots)


def negated(text: str, lots: random.Random) -> str | None:
    changes = [(match.span(), new) for old, new in _NEGATED.items() for match in re.finditer(re.escape(old), text)]
    changes += [((m.start(), m.start()), lots.choice("비미불")) for m in re.finditer("(?<= )[가-힣]{3,}", text)][:1]
    return _replaced(text, changes, lots)


def _replaced(text: str, changes: list[tuple[tuple[int, int], str]], lots: random.Random) -> str | None:
    if not changes:
        return None
    (start, end), new = lots.choice(changes)
    return text[:start] + new + text[end:]


def swapped(text: str, lots: random.Random) -> str | None:
    words = text.split()
    if len(words) < 3:
        return None
    at = lots.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


CHANGES: dict[str, Callable[[str, random.Random], str | None]] = {
    "digit": other_digit,
    "unit": other_unit,
    "particle": other_particle,
    "negation": negated,
    "swapped words": swapped,
}


def changed(truths: Sequence[Truth], number: int, letters: dict[str, Letters], lots: random.Random) -> list[Drawn]:
    """Draw quotations whose original stands in the corpus and whose changed form stands nowhere in it."""
    drawn: list[Drawn] = []
    while len(drawn) < number:
        how = list(CHANGES)[len(drawn) % len(CHANGES)]
        truth = _choose(truths, lots)
        crossing = truth.kind == "set pages" and lots.random() < 0.2
        original = (over_a_page_end if crossing else stretch)(truth, lots, FEWEST_LETTERS + 1)
        text = CHANGES[how](original, lots) if original else None
        if original is None or text is None or len(squash(text)) < FEWEST_LETTERS or len(squash(original)) < 10:
            continue
        if not letters[truth.document].holds(squash(original)):
            continue
        if not any(each.holds(squash(text)) for each in letters.values()):
            drawn.append(Drawn(text, truth, how, original))
    return drawn


def call_all(drawn: Iterable[Drawn], searcher: Searcher, letters: dict[str, Letters]) -> Tally:
    tally = Tally()
    for each in drawn:
        result = searcher.quote(each.text)
        if result.grade < Grade.ALTERED:
            tally.note(f"CALLED FOUND: {result.grade.word}", each, _said(result.places[0]))
        elif not result.places:
            tally.note("absent", each, f"original: {each.original!r}")
        elif _is_passage(result.places[0], each, letters):
            tally.note("altered, with the right passage", each)
        else:
            place = result.places[0]
            tally.note("altered, with another passage", each, f"{place.text!r} instead of {each.original!r}")
    return tally


def _is_passage(place: Place, drawn: Drawn, letters: dict[str, Letters]) -> bool:
    """Whether a place is where a quotation's original stands: here, or in another document that has it too."""
    wanted, given = squash(drawn.original), squash(place.text)
    here = letters[place.document]
    near = SequenceMatcher(None, wanted, given, autojunk=False).ratio() >= 0.9
    return near and bool({span.page for span in place.passage} & here.pages_with(wanted))


def show(title: str, tally: Tally, most: int = 60) -> None:
    total = tally.counts.total()
    print(f"\n{title}: {total}")
    for outcome, number in tally.counts.most_common():
        print(f"  {number:5} {number / total:8.2%}  {outcome}")
    for line in sorted(tally.wrong)[:most]:
        print("   ", line)
    if len(tally.wrong) > most:
        print(f"    and {len(tally.wrong) - most} more")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--dochan", metavar="PYTHON", help="an interpreter that has dochan, for HWP")
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place, Corpus.create(Path(place, "corpus")) as corpus:
        truths = list(printed(corpus, options.data, options.dochan))
        truths += set_articles(corpus, korquad(options.data / "retrieval" / "KorQuAD_v1.0_dev.json"))
        truths.sort(key=lambda truth: (truth.kind, truth.name))
        letters = {truth.document: Letters.of(corpus, truth.document) for truth in truths}
        pages = sum(len(each.pages) for each in letters.values())
        print(f"{len(truths)} documents, {pages} pages: {dict(Counter(truth.kind for truth in truths))}")
        first = verbatim(truths, options.number, random.Random(options.seed))
        second = changed(truths, options.number, letters, random.Random(options.seed + 1))
        with Searcher(corpus) as searcher:
            show("verbatim quotations", find_all(first, searcher, letters))
            began = time.perf_counter()
            tally = call_all(second, searcher, letters)
            each = (time.perf_counter() - began) * 1000 / len(second)
        show("changed quotations", tally)
        print(f"  by change: {dict(Counter(drawn.how for drawn in second))}; {each:.1f} ms each")


if __name__ == "__main__":
    main()
