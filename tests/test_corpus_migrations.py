"""Migrations: upgrading gives the tables the code expects, from whatever is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus import Corpus, migrations, tables
from corpus.errors import CorpusTooNew
from corpus.store import Store


def test_upgraded_schema_is_that_of_the_tables(corpus: Corpus) -> None:
    with corpus.store.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []


def test_head_is_the_newest_and_there_is_one_line(corpus: Corpus) -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))
    assert scripts.get_heads() == [migrations.HEAD]
    assert len(scripts.get_bases()) == 1


def test_catalogue_knows_its_version(corpus: Corpus) -> None:
    with corpus.store.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == migrations.HEAD


def test_newer_catalogue_is_left_alone(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'c.sqlite'}")
    with store.writing() as record:
        record.connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        record.connection.exec_driver_sql("INSERT INTO alembic_version VALUES ('9999')")
    with pytest.raises(CorpusTooNew, match="newer than"):
        store.migrate()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master").scalars().all() == ["alembic_version"]
    store.close()


def test_failed_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'c.sqlite'}")
    from corpus import store as module

    def half(connection: object) -> None:
        migrations.upgrade(connection)  # type: ignore[arg-type]
        raise ZeroDivisionError

    monkeypatch.setattr(module, "upgrade", half)
    with pytest.raises(ZeroDivisionError):
        store.migrate()
    monkeypatch.undo()
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT name FROM sqlite_master").all() == []
    store.migrate()
    assert store.last_change() == 0
    store.close()


@pytest.mark.parametrize("old", ["0001", "0002"])
def test_an_older_catalogue_keeps_what_it_has(tmp_path: Path, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(f"sqlite:///{tmp_path / 'c.sqlite'}")
    monkeypatch.setattr(migrations, "HEAD", old)
    with store.writing() as record:
        migrations.upgrade(record.connection)
        record.log("김", "a test", "kept")
    monkeypatch.undo()
    store.migrate()
    assert [row.detail for row in store.log()] == ["kept"]
    with store.reading() as connection:
        assert MigrationContext.configure(connection).get_current_revision() == migrations.HEAD
        assert compare_metadata(MigrationContext.configure(connection), tables.metadata) == []
    store.close()
