"""Which page of one version of a paper is which of another: matched by their words, in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

Words = Sequence[str]
Pair = tuple[int | None, int | None]  # places in the two lists of pages, from 0; None: no page of that version

_NEAR = 5  # pages of the other version that are looked at for each
_COMMON = 50  # words side by side that are on more pages tell none of them apart
_LEAST = 0.15  # of the words side by side that two pages must share


def paired(ours: Sequence[Words], theirs: Sequence[Words]) -> list[Pair]:
    """Return all pages of both versions in order, each once: the chain of pairs that share most is matched."""
    chain = [(-1, -1), *_heaviest(list(_candidates(ours, theirs)), len(theirs)), (len(ours), len(theirs))]
    found: list[Pair] = []
    for (i, j), (next_i, next_j) in pairwise(chain):
        if i >= 0:
            found.append((i, j))
        found += _between(list(range(i + 1, next_i)), list(range(j + 1, next_j)), ours, theirs)
    return found


def _between(mine: list[int], its: list[int], ours: Sequence[Words], theirs: Sequence[Words]) -> list[Pair]:
    """Pages without a partner; such as have no words at all are partners of each other."""
    if mine and its and not any(ours[i] for i in mine) and not any(theirs[j] for j in its):
        both = min(len(mine), len(its))
        blank: list[Pair] = list(zip(mine, its, strict=False))
        return [*blank, *((i, None) for i in mine[both:]), *((None, j) for j in its[both:])]
    return [*((i, None) for i in mine), *((None, j) for j in its)]


def _candidates(ours: Sequence[Words], theirs: Sequence[Words]) -> Iterator[tuple[int, int, float]]:
    """Yield pairs of pages that share enough, with the share, by our page and its partners, the last first."""
    grams = [_grams(words) for words in theirs]
    holders: dict[tuple[str, str], list[int]] = {}
    same: dict[tuple[str, ...], list[int]] = {}
    for j, found in enumerate(grams):
        for gram in found:
            holders.setdefault(gram, []).append(j)
        same.setdefault(tuple(theirs[j]), []).append(j)
    for i, words in enumerate(ours):
        if not words:
            continue
        mine = _grams(words)
        shared: Counter[int] = Counter()
        for gram in mine:
            if len(held := holders.get(gram, ())) <= _COMMON:
                shared.update(held)
        near = {j for j, _ in shared.most_common(_NEAR)}
        near |= set(sorted(same.get(tuple(words), ()), key=lambda j: abs(i - j))[:_NEAR])
        for j in sorted(near, reverse=True):
            share = len(mine & grams[j]) / (len(mine | grams[j]) or 1)
            if share >= _LEAST:
                yield i, j, share


def _grams(words: Words) -> set[tuple[str, str]]:
    return set(pairwise(["", *words, ""])) if words else set()


def _heaviest(candidates: Sequence[tuple[int, int, float]], width: int) -> list[tuple[int, int]]:
    """Return the chain of candidates, rising on both sides, whose shares are most together (by a Fenwick tree)."""
    best: list[tuple[float, int]] = [(0.0, -1)] * (width + 1)
    before: list[int] = []
    top = (0.0, -1)
    for number, (_, j, share) in enumerate(candidates):
        weight, back = 0.0, -1
        at = j
        while at > 0:
            weight, back = max((weight, back), best[at])
            at -= at & -at
        before.append(back)
        reached = (weight + share, number)
        top = max(top, reached)
        at = j + 1
        while at <= width:
            best[at] = max(best[at], reached)
            at += at & -at
    chain = []
    number = top[1]
    while number >= 0:
        i, j, _ = candidates[number]
        chain.append((i, j))
        number = before[number]
    return chain[::-1]
