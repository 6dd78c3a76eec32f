"""corpus.toml: every setting known, documented and of its type."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from corpus import settings
from corpus.errors import CorpusUnusable, ExitCode

DOCS = Path(__file__).resolve().parent.parent / "docs" / "settings.md"


@pytest.fixture(autouse=True)
def no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for setting in settings.SETTINGS:
        monkeypatch.delenv(f"GONGMUN_{setting.name.upper()}", raising=False)


def write(folder: Path, *lines: str) -> Path:
    (folder / settings.FILE).write_text("\n".join(['id = "abc1"', *lines]), encoding="utf-8")
    return folder


def test_new_file_reads_as_the_defaults(tmp_path: Path) -> None:
    settings.write(tmp_path, "abc1")
    found = settings.read(tmp_path)
    assert found.id == "abc1"
    assert {s.name: getattr(found, s.name) for s in settings.SETTINGS} == {s.name: s.default for s in settings.SETTINGS}


def test_new_file_names_every_setting(tmp_path: Path) -> None:
    """Taking the comment sign off a line must give a file that is read."""
    settings.write(tmp_path, "abc1")
    text = (tmp_path / settings.FILE).read_text(encoding="utf-8")
    for setting in settings.SETTINGS:
        text = text.replace(f"# {setting.name} = ", f"{setting.name} = ")
        assert f"\n{setting.name} = " in text
    (tmp_path / settings.FILE).write_text(text, encoding="utf-8")
    assert settings.read(tmp_path).originals == "originals"


def test_settings_and_their_list_agree() -> None:
    assert [field.name for field in fields(settings.Settings)] == ["id", *(s.name for s in settings.SETTINGS)]
    assert all(setting.help for setting in settings.SETTINGS)


@pytest.mark.parametrize("setting", settings.SETTINGS, ids=lambda setting: setting.name)
def test_setting_is_documented(setting: settings.Setting) -> None:
    rows = [line for line in DOCS.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{setting.name}`")]
    assert len(rows) == 1, f"give {setting.name} one row in docs/settings.md"
    assert f"`GONGMUN_{setting.name.upper()}`" in rows[0]
    assert f"`{setting.default}`" in rows[0]
    assert setting.help in rows[0]


def test_environment_overrides_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "workers = 2", 'originals = "원본"')
    monkeypatch.setenv("GONGMUN_WORKERS", "5")
    found = settings.read(tmp_path)
    assert (found.workers, found.originals) == (5, "원본")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("wrokers = 2", "unknown setting 'wrokers'"),
        ("[workers]", "give a whole number"),
        ('workers = "2"', "give a whole number"),
        ("workers = true", "give a whole number"),
        ("workers = 1.5", "give a whole number"),
        ("workers = -1", "give a whole number"),
        ("originals = 3", "put it in quotation marks"),
        ("format = 99", "newer Gongmun"),
        ("workers =", "not valid TOML"),
        ('id = "again"', "not valid TOML"),
    ],
)
def test_wrong_file_is_refused(tmp_path: Path, line: str, said: str) -> None:
    with pytest.raises(CorpusUnusable, match=said) as error:
        settings.read(write(tmp_path, line))
    assert error.value.exit_code is ExitCode.CORPUS


@pytest.mark.parametrize("content", ["", 'id = ""', 'id = "../elsewhere"', "id = 7", b"\xff\xfe"])
def test_file_without_an_id_is_refused(tmp_path: Path, content: str | bytes) -> None:
    (tmp_path / settings.FILE).write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(CorpusUnusable):
        settings.read(tmp_path)


def test_wrong_environment_names_the_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGMUN_WORKERS", "many")
    with pytest.raises(CorpusUnusable, match="GONGMUN_WORKERS is 'many'"):
        settings.read(write(tmp_path))
