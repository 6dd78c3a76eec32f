"""Opening a corpus: the object that everything, and a notebook too, starts from."""

from __future__ import annotations

import logging
import os
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

from corpus import settings
from corpus.errors import CorpusMissing, CorpusUnusable, UsageError
from corpus.originals import Originals
from corpus.settings import Settings
from corpus.store import Store

LOG = "gongmun.log"


class _Log(logging.FileHandler):
    """The log file of a corpus; where it cannot be opened, what was to be logged goes to standard error."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
        except OSError:
            self.handleError(record)


@dataclass(frozen=True, slots=True)
class Corpus:
    """An open corpus: its folder, settings, catalogue and originals."""

    folder: Path
    settings: Settings
    store: Store
    originals: Originals = field(repr=False)

    @classmethod
    def create(cls, folder: str | Path) -> Corpus:
        """Make a new corpus in a folder that has none.

        Raises:
            UsageError: there is one already, or the folder is full of other things.
        """
        folder = Path(folder)
        if (folder / settings.FILE).exists():
            raise UsageError(f"{folder} has a corpus already; give another folder, or ingest into this one.")
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(f"{folder} is not empty; give a new or an empty folder.")
        folder.mkdir(parents=True, exist_ok=True)
        settings.write(folder, uuid.uuid4().hex)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: str | Path) -> Corpus:
        """Open the corpus in a folder.

        Raises:
            CorpusMissing: there is none.
            CorpusUnusable: it is damaged, newer than this program or on a network disk.
        """
        folder = Path(folder).absolute()
        if not (folder / settings.FILE).is_file():
            raise CorpusMissing(f"There is no corpus in {folder}; make one with: gongmun init {folder}")
        found = settings.read(folder)
        store = Store(_catalogue_url(found.catalogue, folder))
        try:
            store.migrate()
        except CorpusUnusable:
            raise
        except Exception as error:
            raise CorpusUnusable(f"The catalogue of {folder} cannot be opened ({error}); restore a backup.") from error
        return cls(folder, found, store, Originals.at(found.originals, folder))

    @staticmethod
    def find(given: str | None) -> Path:
        """Return the corpus folder meant: the one given, else $GONGMUN_CORPUS, else the current one.

        Raises:
            CorpusMissing: none of the three is a corpus.
        """
        for folder in (given, os.environ.get("GONGMUN_CORPUS")):
            if folder:
                return Path(folder)
        if Path(settings.FILE).is_file():
            return Path.cwd()
        raise CorpusMissing(
            "No corpus was named; give --corpus DIR, set GONGMUN_CORPUS, or make one with: gongmun init DIR"
        )

    def logger(self) -> logging.Logger:
        """Return the logger that writes to the corpus's own log file."""
        logger = logging.getLogger(f"gongmun.{self.settings.id}")
        if not logger.handlers:
            handler = _Log(self.folder / LOG, encoding="utf-8", delay=True)
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
            logger.addHandler(handler)
            logger.setLevel(logging.INFO)
            logger.propagate = False
        return logger

    def close(self) -> None:
        self.store.close()
        logger = self.logger()
        for handler in list(logger.handlers):  # a corpus opened later elsewhere with this id logs there
            logger.removeHandler(handler)
            handler.close()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _catalogue_url(setting: str, folder: Path) -> str:
    if setting.startswith("sqlite:") and not setting.startswith("sqlite://"):
        return f"sqlite:///{(folder / setting.removeprefix('sqlite:')).as_posix()}"
    return setting
