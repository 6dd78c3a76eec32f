"""The table beside a Whoosh index that finds stretches of text: SQLite's FTS5 with three-character terms.

Holds the pages' streams (search/analysis.py) for words, and their squashed text for quotations. Page keys are 64-bit:
a document's number here, then 20 bits of page number. A document that is put again gets a new number, so nothing is
ever deleted from the FTS table; what no stream answers for is dead. FTS5 finds nothing for fewer than three characters
(https://www.sqlite.org/fts5.html, "The Trigram Tokenizer"), so shorter stretches are looked for in the streams.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from search.analysis import JOINT, Entry

PAGE_BITS = 20
_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (n INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE);
CREATE TABLE IF NOT EXISTS streams (key INTEGER PRIMARY KEY, stream TEXT NOT NULL, seam TEXT NOT NULL);
CREATE VIRTUAL TABLE IF NOT EXISTS grams USING fts5 (squashed, joint, content='', tokenize='trigram', detail=full);
"""


class Grams:
    """One open table; a process that only reads never waits for one that writes."""

    def __init__(self, path: Path | None) -> None:
        name = ":memory:" if path is None else str(path)
        self.connection = sqlite3.connect(name, timeout=20, isolation_level=None, check_same_thread=False)
        if path is None:
            self.connection.executescript(_SCHEMA)

    @classmethod
    def make(cls, path: Path) -> Grams:
        """Make a new table; opening one writes nothing, so that no reader waits for a writer."""
        made = cls(path)
        made.connection.execute("PRAGMA journal_mode=WAL")
        made.connection.executescript(_SCHEMA)
        # Gather 16 MB of terms before writing them out: a sixth less time than with FTS5's own 1 MB.
        made.connection.execute("INSERT INTO grams (grams, rank) VALUES ('hashsize', 16777216)")
        return made

    def close(self) -> None:
        self.connection.close()

    # -- writing

    def begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("PRAGMA synchronous=NORMAL")  # disposable: consistent is enough
            self.connection.execute("BEGIN IMMEDIATE")

    def commit(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")

    def rollback(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def put(self, document: str, entries: Sequence[Entry]) -> list[int]:
        """Take in a document's pages under a new number; return their keys."""
        cursor = self.connection.execute("INSERT INTO documents (id) VALUES (?)", (document,))
        assert cursor.lastrowid is not None
        base = cursor.lastrowid << PAGE_BITS
        keys = [base | entry.number for entry in entries]
        rows = zip(keys, entries, strict=True)
        self.connection.executemany(
            "INSERT INTO grams (rowid, squashed, joint) VALUES (?, ?, ?)",
            [(key, entry.squashed, entry.joint) for key, entry in rows],
        )
        self.connection.executemany(
            "INSERT INTO streams VALUES (?, ?, ?)",
            [(key, entry.stream, entry.seam) for key, entry in zip(keys, entries, strict=True)],
        )
        return keys

    def forget(self, document: str) -> int | None:
        """Forget a document; return the number it had."""
        row = self.connection.execute("SELECT n FROM documents WHERE id = ?", (document,)).fetchone()
        if row is None:
            return None
        first = row[0] << PAGE_BITS
        self.connection.execute("DELETE FROM documents WHERE n = ?", row)
        self.connection.execute("DELETE FROM streams WHERE key BETWEEN ? AND ?", (first, first + (1 << PAGE_BITS) - 1))
        return int(row[0])

    def number_from(self, n: int) -> None:
        """Make sure that the next document's number is greater than `n`."""
        self.connection.execute("INSERT OR IGNORE INTO documents (n, id) VALUES (?, '')", (n,))
        self.connection.execute("DELETE FROM documents WHERE id = ''")

    def remember(self, **values: str | int) -> None:
        rows = [(name, str(value)) for name, value in values.items()]
        self.connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)

    # -- reading

    def recall(self, name: str) -> str:
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def try_out(self) -> None:
        """Raise sqlite3.Error where the tables cannot be read."""
        for table in ("grams WHERE grams MATCH 'try'", "streams", "documents"):
            self.connection.execute(f"SELECT * FROM {table} LIMIT 1").fetchall()

    def documents(self) -> dict[int, str]:
        return dict(self.connection.execute("SELECT n, id FROM documents"))

    def pages(self) -> int:
        return int(self.connection.execute("SELECT count(*) FROM streams").fetchone()[0])

    def with_word(self, squashed: str, forms: Sequence[str]) -> list[int]:
        """Return the keys of pages whose stream holds one of the forms; `squashed` are the word's letters alone."""
        found = "SELECT key FROM grams JOIN streams ON key = grams.rowid WHERE grams MATCH ?"
        return self._keys(f"{found} AND ({_any(forms)})", (_match("squashed", squashed), *forms))

    def with_form(self, keys: Sequence[int], forms: Sequence[str]) -> list[int]:
        """Return those of the keys whose page's stream holds one of the forms."""
        found = []
        for start in range(0, len(keys), 500):
            some = ",".join(map(str, keys[start : start + 500]))
            found += self._keys(f"SELECT key FROM streams WHERE key IN ({some}) AND ({_any(forms)})", forms)
        return found

    def with_stretch(self, squashed: str) -> list[int]:
        """Return the keys of pages that may hold a stretch of letters and digits, whole or begun at their end."""
        if len(squashed) < 3:
            return self._short(squashed)
        found = "SELECT key FROM grams JOIN streams ON key = grams.rowid WHERE grams MATCH ?"
        return self._keys(found, (_match("squashed joint", squashed[: 2 * JOINT]),))

    def _short(self, squashed: str) -> list[int]:
        """Look for one or two characters in the streams without their marks, and over page ends."""
        bare = "replace(replace(replace(stream, '|', ''), '_', ''), '.', '')"
        return self._keys(f"SELECT key FROM streams WHERE instr({bare}, ?) OR seam = ?", (squashed, squashed))

    def _keys(self, sql: str, values: Sequence[str]) -> list[int]:
        return [row[0] for row in self.connection.execute(sql, values)]


def _any(forms: Sequence[str]) -> str:
    return " OR ".join(["instr(stream, ?)"] * len(forms))


def _match(columns: str, squashed: str) -> str:
    return f'{{{columns}}} : "{squashed}"'


def identity(path: Path) -> tuple[int, int] | None:
    """Return what tells a table from one that was made anew in its place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
