"""The help: how to ask, which keys there are, what the words of this program mean."""

from __future__ import annotations

import functools

from corpus import Corpus
from ui.web.components import mount
from ui.web.examples import Example, found
from ui.web.guide import FIELDS, QUERIES, sections
from ui.web.overview import words_of
from ui.web.room import room
from ui.web.visit import Visit


def show() -> None:
    """Show it."""
    visit, here = Visit.now(), room()
    texts = visit.texts("help")
    examples = _examples(here.corpus, here.corpus.store.last_change(), visit.language)
    mount("guide", {"texts": texts, "sections": sections(texts, examples)})


@functools.lru_cache(maxsize=4)
def _examples(corpus: Corpus, change: int, language: str) -> dict[str, list[Example]]:
    """Return the examples as long as the corpus stays what it is: trying them takes up to a second."""
    words = words_of(corpus, room().audience)
    return found(room().searching, words, language, {**QUERIES, **FIELDS})
