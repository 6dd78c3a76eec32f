"""A quotation handed to `gongmun quote -` as it was copied: in “ ”, its citation below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.cli.pasted import copied
from ui.cli.terminal import say

if TYPE_CHECKING:
    from corpus import Corpus
    from search import Searcher
    from search.results import QuoteResult


def say_gone(corpus: Corpus, text: str) -> None:
    """Say of each citation in a text whose source is gone that it is, and why."""
    from corpus.verifying import Status, verify_all

    verdicts = (verdict for _, _, verdict in verify_all(text, corpus.store, corpus.originals))
    for sentence in dict.fromkeys(each.sentence for each in verdicts if each.status is Status.GONE):
        say(f"{Status.GONE}: {sentence}")


def pasted_quote(searcher: Searcher, text: str, document: str | None) -> QuoteResult | None:
    """Look for the words of a copied quotation alone, and say so; None if the text is no such thing.

    Where the papers have the words with these marks around them, the marks are looked for too.
    """
    found = copied(text, searcher.listing)
    if found is None:
        return None
    words, cited = found
    left_out = "; the citation below them was left out." if cited else "."
    result = searcher.quote(f"“{words}”", document)
    if not result.grade and any(place.text[:1] + place.text[-1:] == "“”" for place in result.places):
        if cited:
            say(f"Looked for the words with their marks “ ”, as they stand so{left_out}")
        return result
    say(f"Looked for the words between “ ” alone{left_out}")
    return searcher.quote(words, document)
