"""How well a page answers: BM25 over three kinds of terms.

BM25 is that of Robertson and Zaragoza, "The Probabilistic Relevance Framework" (2009), with Lucene's idf. Latin words
(their inflections together, stop words passed over) and numbers count fully, and so do the morphemes of Korean; pairs
of syllables, which know nothing of words and find every compound, count PAIRS of that, or fully where there are no
morphemes. All measured on the tuning halves of KorQuAD and CACM (benchmarks/relevance.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.folding import folded
from search.analysis import K, analyse, pattern
from search.engines.evaluation import Postings, Scores, Snapshot, forms, sought
from search.english import STOP_WORDS
from search.index import Pages, Tree
from search.morphemes import morphemes
from search.query import Prefix, Word

PAIRS = 0.3
K1_LATIN, K1_KOREAN, B = 1.2, 0.6, 0.75
# Pairs on more than this share of the pages tell nothing. On few pages they cost little, and stay.
TOO_MANY, FEW = 0.2, 1000
_KOREAN = re.compile(f"[{K}]")


@dataclass(frozen=True, slots=True)
class Group:
    """Terms that count as one: the live pages they stand on, how often, and their weight."""

    places: NDArray[np.integer[Any]]
    often: NDArray[np.float32]
    weight: float
    k1: float


def scores(tree: Tree, index: Snapshot) -> Scores:
    """Score every page of an index by the words of a tree."""
    total = np.zeros(len(index.keys), dtype=np.float32)
    alive = max(1, int(index.live.sum()))
    mean = float(index.lengths[index.live].sum(dtype=np.float64)) / alive  # exact: the same in whatever order
    for group in _groups(_words(tree), index, alive):
        at, often, k1 = group.places, group.often, group.k1
        idf = np.log1p((alive - len(at) + 0.5) / (len(at) + 0.5))
        norm = k1 * (1 - B + B * index.lengths[at] / max(mean, 1.0))
        total[at] += (group.weight * idf * often * (k1 + 1) / (often + norm)).astype(np.float32)
    return total


def _words(tree: Tree) -> list[Word | Prefix]:
    """Return the words that count, each once, in order."""
    found = [word for leaf in sought(tree) for word in (leaf.words if isinstance(leaf, Pages) else (leaf,))]
    return list(dict.fromkeys(found))


def _groups(words: Sequence[Word | Prefix], index: Snapshot, alive: int) -> list[Group]:
    text = folded(" ".join(word.text for word in words))
    meant = [_group([index.morphemes(each)], 1.0, K1_KOREAN, index) for each in dict.fromkeys(morphemes(text))]
    weight = PAIRS if meant else 1.0
    pairs = [_group([index.postings(pair)], weight, K1_KOREAN, index) for pair in _pairs(words, text)]
    others = [_group([index.postings(term) for term in terms], 1.0, K1_LATIN, index) for terms in _latin(words, index)]
    telling = [*meant, *others, *(pair for pair in pairs if len(pair.places) <= max(FEW, TOO_MANY * alive))]
    return [group for group in telling or pairs if len(group.places)]


def _group(postings: Sequence[Postings], weight: float, k1: float, index: Snapshot) -> Group:
    if len(postings) == 1:
        places, often = postings[0]
        if not index.live.all():
            kept = index.live[places]
            places, often = places[kept], often[kept]
        return Group(places, often, weight, k1)
    counts = np.zeros(len(index.keys), dtype=np.float32)
    for places, often in postings:
        counts[places] += often
    counts[~index.live] = 0
    at = counts.nonzero()[0]
    return Group(at, counts[at], weight, k1)


def _pairs(words: Sequence[Word | Prefix], text: str) -> Iterator[str]:
    """Yield the pairs of syllables of a query's text, also from one word to the next; a lone syllable is a word."""
    yield from dict.fromkeys(term for term in analyse(text)[1] if len(term) > 1 and _KOREAN.search(term))
    lone = dict.fromkeys(pattern(word.text).stream for word in words)
    yield from (stream for stream in lone if len(stream) == 1 and _KOREAN.match(stream))


def _latin(words: Sequence[Word | Prefix], index: Snapshot) -> Iterator[tuple[str, ...]]:
    """Yield the Latin words and numbers of a query, each with its inflections; stop words where there are no others."""
    parts: dict[Word | Prefix, str] = {}
    for word in words:
        shape = pattern(word.text, prefix=isinstance(word, Prefix))
        if shape.single:
            parts[word] = shape.stream
        else:
            parts.update((Word(term), term) for term in shape.terms if not _KOREAN.search(term))
    telling = {word: form for word, form in parts.items() if form not in STOP_WORDS}
    if not telling and not any(_KOREAN.search(word.text) for word in words):
        telling = parts
    yield from dict.fromkeys(tuple(forms(word, form, index)) for word, form in telling.items())
