"""`gongmun verify`: what custody finds, on a terminal and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ui.cli import wording
from ui.cli.index_state import indexed
from ui.cli.json_forms import SCHEMA
from ui.cli.progress import steps
from ui.cli.terminal import line, out

if TYPE_CHECKING:
    from corpus import Corpus
    from corpus.custody import Problem


def differences(corpus: Corpus) -> list[Problem]:
    """Compare originals, catalogue and index, with a progress bar."""
    from corpus import custody

    with steps("Checking originals") as tell:
        return custody.verify(corpus, lambda: indexed(corpus), lambda what, done, total: tell(done, total))


def show_differences(corpus: Corpus, found: list[Problem]) -> None:
    from corpus.purging import purged

    console = out()
    for problem in found:
        line(console, (problem.kind.value, "bold red"), f": {problem.sentence}")
    documents = wording.count(len(corpus.store.documents()) - len(purged(corpus.store)), "document")
    if found:
        line(console, (f"{wording.count(len(found), 'difference')} in {documents}.", "bold"))
    else:
        line(console, ("No difference", "bold green"), f": originals, catalogue and index agree on {documents}.")


def verify_form(found: list[Problem]) -> dict[str, Any]:
    rows = [{"kind": each.kind.value, "document": each.document or None, "sentence": each.sentence} for each in found]
    return {"schema": SCHEMA, "agree": not found, "differences": rows}
