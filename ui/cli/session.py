"""What a command starts from: the corpus that was named, opened when it is needed."""

from __future__ import annotations

import getpass
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from corpus import Corpus

F = TypeVar("F", bound=Callable[..., Any])


@dataclass(slots=True)
class Session:
    """One run of the command line."""

    folder: str | None = None
    debug: bool = False
    corpus: Corpus | None = None

    def open(self) -> Corpus:
        """Open the corpus named by --corpus, $GONGMUN_CORPUS or the current folder; it closes with the command.

        Raises:
            CorpusUnusable: there is none, or it cannot be used.
        """
        if self.corpus is None:
            from corpus import Corpus

            self.corpus = Corpus.open(Corpus.find(self.folder))
        return self.corpus

    def close(self) -> None:
        if self.corpus is not None:
            self.corpus.close()
            self.corpus = None

    def corpus_words(self) -> str:
        """Return what has to be typed after `gongmun` to mean the same corpus again."""
        return f" --corpus {typed(self.folder)}" if self.folder else ""


def typed(word: str) -> str:
    """Return a word as it can be pasted into this system's shell."""
    if word and all(char.isalnum() or char in "-_./\\:=+,@%~" for char in word):
        return word
    if os.name == "nt":
        return subprocess.list2cmdline([word])
    return "'" + word.replace("'", "'\\''") + "'"


def corpus_option(command: F) -> F:
    """Give a command --corpus, as the group has it, so that it may stand after the command's name."""
    option = click.option(
        "--corpus",
        metavar="DIR",
        expose_value=False,
        callback=_chosen,
        help="The corpus; else $GONGMUN_CORPUS, else the current folder.",
    )
    return option(command)


def _chosen(context: click.Context, parameter: click.Parameter, value: str | None) -> None:
    session = context.find_object(Session)
    if value and session is not None:
        session.folder = value


json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON document (docs/json.md).")


def who() -> str:
    """Return the name that edits and removals are logged under: that of the account."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such account, as in some containers
        return "unknown"
