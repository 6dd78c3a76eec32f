"""What a search offers beside its hits: what was looked for beside the words typed, and what may have been meant."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from search import Searcher
    from search.bridge import Bridged
    from search.figure_search import Spelled
    from search.results import Results
    from search.suggest import Suggestion


def suggestions(searcher: Searcher, query: str) -> list[Suggestion]:
    """Return what may have been meant by a query that finds nothing."""
    from search.suggest import did_you_mean

    return did_you_mean(searcher, query)


def show(results: Results, meant: list[Suggestion], say: Callable[[str], None]) -> None:
    """Say what was added to the words typed, and how to leave it out; and what may have been meant."""
    from ui.cli import wording
    from ui.cli.session import typed

    for each in results.added:
        say(f"{each.typed}: also looked for {', '.join(forms(each))} (leave out: --without {typed(each.typed)})")
    for suggestion in meant:
        say(f"Did you mean {typed(suggestion.query)}? It is on {wording.count(suggestion.total, 'page')}.")


def forms(added: Bridged | Spelled) -> tuple[str, ...]:
    """Return what was looked for beside a word; of the spellings of a number, examples."""
    from search.bridge import Bridged

    return added.added if isinstance(added, Bridged) else (*added.forms[:3], "…")
