"""Everything that can go wrong and be told to a person.

GongmunError                    base: a sentence that ends in what to do, and an exit code
├── UsageError            (2)   wrong usage or query
├── NotFound              (2)   no such document, page, release
├── AnswerIsNo            (1)   a check that failed: verify, cite --verify
├── FileFailure           (3)   one file cannot be read
├── EditConflict          (1)   an annotation was changed by somebody else meanwhile
├── PageChanged           (1)   a page reads otherwise than the person saw it
└── CorpusUnusable        (4)   missing, locked, newer format, network disk
    ├── CorpusMissing
    ├── CorpusLocked
    └── CorpusTooNew
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.annotation_rows import Annotation


class ExitCode(IntEnum):
    """What the command line returns; scripts rely on it."""

    DONE = 0
    NO = 1
    USAGE = 2
    SOME_FAILED = 3
    CORPUS = 4


class GongmunError(Exception):
    """Base of all errors shown to a person; `str(error)` is one sentence that ends in what to do."""

    exit_code = ExitCode.USAGE


class UsageError(GongmunError):
    """A wrong option, argument or query."""


class NotFound(GongmunError):
    """A document, page, release or file that is not there."""


class AnswerIsNo(GongmunError):
    """A check was made and its answer is no."""

    exit_code = ExitCode.NO


class FileFailure(GongmunError):
    """One file cannot be read; the run goes on without it."""

    exit_code = ExitCode.SOME_FAILED


class EditConflict(GongmunError):
    """An annotation was changed by somebody else since it was read; nothing was written.

    `current` is how it stands now; `note`, `tags` and `colour` are what was to be written, None where nothing was.
    """

    exit_code = ExitCode.NO

    def __init__(self, current: Annotation, note: str | None, tags: tuple[str, ...] | None, colour: str | None) -> None:
        done = "deleted" if current.deleted else "changed"
        super().__init__(
            f"{current.editor} has {done} this annotation meanwhile (version {current.version}) and yours was not "
            "written; compare the two and save again."
        )
        self.current = current
        self.note = note
        self.tags = tags
        self.colour = colour


class PageChanged(GongmunError):
    """A page reads otherwise than the person saw it; nothing was written.

    `fingerprint` names how it reads now; `text` is what was to be written, None where nothing was.
    """

    exit_code = ExitCode.NO

    def __init__(self, page: int, by: str, fingerprint: str, text: str | None = None) -> None:
        super().__init__(
            f"Page {page} was {by} meanwhile, and yours was not written; look at it again, and save again."
        )
        self.page = page
        self.fingerprint = fingerprint
        self.text = text


class CorpusUnusable(GongmunError):
    """The corpus as a whole cannot be used now."""

    exit_code = ExitCode.CORPUS


class CorpusMissing(CorpusUnusable):
    """There is no corpus in the folder."""


class CorpusLocked(CorpusUnusable):
    """Another process is writing to the corpus."""


class CorpusTooNew(CorpusUnusable):
    """The corpus was written by a newer Gongmun."""
