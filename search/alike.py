"""More like this page: a query made of the words that tell a page from the others.

Words are weighed by how often they stand on the page and on how few pages of the record (tf-idf: K. Spärck Jones, "A
statistical interpretation of term specificity", 1972); the heaviest are looked for on other pages, any of them.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import pairwise

from corpus.folding import fold
from corpus.model import Page
from search.index import Index
from search.query import Node, Or, Word

_WORDS = 20
_WORD = re.compile(r"[가-힣]{2,}|[a-z]{4,}")
_PARTICLE = re.compile(r"(?<=[가-힣]{2})(?:에서|에게|으로|까지|부터|[을를이가은는의에로와과도])\Z")


def alike(page: Page, index: Index) -> Node | None:
    """Return the query that finds pages like this one (and itself); None where it says too little."""
    pages = max(1, index.state().pages)
    counts = Counter(_PARTICLE.sub("", word) for word in _WORD.findall(fold(page.visible).text))
    weights = {
        word: count * math.log(pages / most) for word, count in counts.items() if (most := _most(word, index)) > 1
    }
    heaviest = sorted((word for word in weights if weights[word] > 0), key=lambda word: (-weights[word], word))[:_WORDS]
    words = tuple(Word(word) for word in heaviest)
    return Or(words) if len(words) > 1 else words[0] if words else None


def _most(word: str, index: Index) -> int:
    """Return on how many pages a word can stand at most: a Korean one, where the rarest two of its syllables do."""
    if word.isascii():
        return index.frequency(word)
    return min(index.frequency(a + b) for a, b in pairwise(word))
