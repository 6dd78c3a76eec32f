"""Settings: a name, a default and a help line each; read from `corpus.toml`, overridden by the environment."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusUnusable

FILE = "corpus.toml"
FORMAT = 1


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; the environment variable `GONGMUN_<NAME>` overrides the file."""

    name: str
    default: str | int
    help: str


SETTINGS = (
    Setting("catalogue", "sqlite:catalogue.sqlite", "where the catalogue lies: an SQLAlchemy URL, or sqlite:FILE here"),
    Setting("originals", "originals", "where originals lie: a folder, or an fsspec URL"),
    Setting("workers", 0, "worker processes for reading papers; 0 means one per core"),
    Setting("worker_seconds", 60, "wall-clock limit for reading one batch of pages, in seconds"),
    Setting("worker_memory_mb", 1024, "address space of one worker in megabytes (Linux only)"),
    Setting("file_limit_mb", 2048, "files larger than this many megabytes are listed as too large"),
    Setting("archive_mb", 1024, "megabytes that may come out of one archive, with all that lies in it"),
    Setting("archive_files", 20_000, "files that may come out of one archive, with all that lies in it"),
    Setting("archive_ratio", 200, "bytes that may come out of an archive for each byte of it, beyond the first 10 MB"),
    Setting("archive_depth", 8, "archives that may lie in each other"),
    Setting("ocr_models", "", "folder of Tesseract's language models (kor.traineddata …); empty: the system's"),
    Setting("ocr_seconds", 120, "wall-clock limit for recognising one page, in seconds"),
    Setting("picture_seconds", 20, "wall-clock limit for drawing one page, in seconds"),
    Setting("picture_cache_mb", 512, "pictures of pages kept in the corpus's cache folder, in megabytes; 0 keeps none"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one corpus; `id` is the corpus's own, made at `gongmun init`."""

    id: str
    catalogue: str
    originals: str
    workers: int
    worker_seconds: int
    worker_memory_mb: int
    file_limit_mb: int
    archive_mb: int
    archive_files: int
    archive_ratio: int
    archive_depth: int
    ocr_models: str
    ocr_seconds: int
    picture_seconds: int
    picture_cache_mb: int


def read(folder: Path) -> Settings:
    """Read a corpus's settings.

    Raises:
        CorpusUnusable: the file is not TOML, has an unknown name or a value of the wrong type.
    """
    path = folder / FILE
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusUnusable(f"{path} is not valid TOML ({error}); mend or restore it.") from error
    if not isinstance(found.get("id"), str) or not found["id"].isalnum():
        raise CorpusUnusable(
            f"{path} has no corpus id; restore it from a backup, or make a new corpus with gongmun init."
        )
    if found.get("format", FORMAT) != FORMAT:
        raise CorpusUnusable(f"{path} is of format {found['format']}; install a newer Gongmun to open it.")
    unknown = set(found) - {"id", "format"} - {setting.name for setting in SETTINGS}
    if unknown:
        raise CorpusUnusable(f"{path} has an unknown setting {sorted(unknown)[0]!r}; docs/settings.md lists them all.")
    return Settings(id=found["id"], **{s.name: _value(s, found, path) for s in SETTINGS})  # type: ignore[arg-type]


def _value(setting: Setting, found: dict[str, object], path: Path) -> str | int:
    variable = f"GONGMUN_{setting.name.upper()}"
    said = os.environ.get(variable)
    value: object = found.get(setting.name, setting.default)
    if said is not None:
        value = int(said) if isinstance(setting.default, int) and said.isascii() and said.isdigit() else said
    where = path if said is None else variable
    if isinstance(setting.default, int):
        if type(value) is int and value >= 0:
            return value
        raise CorpusUnusable(f"{setting.name} in {where} is {value!r}; give a whole number, 0 or more.")
    if isinstance(value, str):
        return value
    raise CorpusUnusable(f"{setting.name} in {where} is {value!r}; put it in quotation marks.")


def write(folder: Path, corpus_id: str) -> None:
    """Write a new settings file with the defaults as comments."""
    lines = [f'id = "{corpus_id}"', f"format = {FORMAT}", ""]
    for setting in SETTINGS:
        lines += [f"# {setting.help}", f"# {setting.name} = {setting.default!r}".replace("'", '"'), ""]
    (folder / FILE).write_text("\n".join(lines), encoding="utf-8")
