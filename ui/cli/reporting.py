"""gongmun search --report: a search as a document one can sign."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ui.cli.terminal import print_plain, say

if TYPE_CHECKING:
    from search import Searcher
    from search.looking import Patience
    from search.widening import Widening


def write_report(
    searcher: Searcher,
    query: str,
    limit: int | None,
    patience: Patience,
    file: str,
    language: str | None,
    widening: Widening | None,
) -> None:
    """Write a report to a file, or print it where the file is "-"; `limit` is how many hits it lists.

    Raises:
        QueryError: the query cannot be understood.
        UsageError: the file cannot be written.
    """
    from corpus.errors import UsageError
    from search.report import MOST_HITS, report
    from ui.cli.entry import version
    from ui.cli.report_text import report_text

    made = report(searcher, query, MOST_HITS if limit is None else limit, patience, widening)
    text = report_text(made, language or _language(), version())
    if file == "-":
        print_plain(text)
        return
    try:
        Path(file).write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written ({error.strerror}); name another file.") from error
    say(f"{file}: {made.answer.value}")


def _language() -> str:
    """Return the language of the system, as its environment tells it: ko, or else en."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if os.environ.get(name):
            return "ko" if os.environ[name].lower().startswith("ko") else "en"
    return "en"
