"""Every command teaches by example and is documented; starting is quick; errors have their exit codes."""

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from corpus import Corpus
from ui.cli.entry import gongmun, version

ROOT = Path(__file__).parent.parent
CLI = (ROOT / "docs/cli.md").read_text(encoding="utf-8")
COMMON = {"--help", "--corpus"}


def commands() -> Iterator[tuple[str, click.Command]]:
    """Every command and subcommand with its full name."""
    context = click.Context(gongmun, info_name="gongmun")
    waiting: list[tuple[str, click.Command]] = [("gongmun", gongmun)]
    while waiting:
        name, command = waiting.pop()
        yield name, command
        if isinstance(command, click.Group):
            found = [(each, command.get_command(context, each)) for each in command.list_commands(context)]
            waiting += [(f"{name} {each}", sub) for each, sub in found if sub]


NAMED = dict(commands())


def test_the_whole_contract_of_this_version_is_there() -> None:
    named = "init ingest search quote cite show status verify remove reindex doctor demo edit withheld annotations web"
    named += " batch saved figures tables alike compare trash undo move purge correct checked read-first"
    wanted = named.split(" ")
    below = {"withheld release", "annotations list", "annotations export", "annotations import"}
    below |= {f"saved {name}" for name in ("add", "list", "run", "new", "rename", "remove", "restore")}
    assert set(wanted) | below == {name.removeprefix("gongmun ") for name in NAMED} - {"gongmun"}


@pytest.mark.parametrize("name", NAMED)
def test_help_teaches_by_example(name: str) -> None:
    result = CliRunner().invoke(gongmun, [*name.split()[1:], "--help"])
    assert result.exit_code == 0
    assert f"Examples:\n    {name.split()[0]} " in result.stdout
    assert name in result.stdout.split("Examples:")[1]


@pytest.mark.parametrize("name", NAMED)
def test_every_command_and_option_is_documented(name: str) -> None:
    section = CLI if name == "gongmun" else re.split(rf"^###? {name}$", CLI, flags=re.M)[1].split("\n## ")[0]
    options = {each for option in NAMED[name].params for each in option.opts if each.startswith("--")}
    assert [each for each in sorted(options - COMMON) if each not in section] == []


def test_examples_hold_korean() -> None:
    plain = {"gongmun demo", "gongmun withheld", "gongmun reindex", "gongmun doctor"}
    for name, command in NAMED.items():
        assert re.search("[가-힣]", (command.help or "").split("Examples:")[1]) or name in plain


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_starting_imports_nothing_heavy(option: str) -> None:
    code = (
        "import sys\nsys.argv = ['gongmun', sys.argv[1]]\n"
        "from ui.cli import main\ntry:\n    main()\nexcept SystemExit as end:\n    assert end.code == 0, end.code\n"
        "print([name for name in ('corpus', 'search', 'ingest', 'rich', 'sqlalchemy', 'numpy') if name in sys.modules])"
    )
    made = [sys.executable, "-c", code, option]
    began = time.monotonic()
    done = subprocess.run(made, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert time.monotonic() - began < 3  # 0.15 s on an idle machine


def test_version_is_that_of_the_project() -> None:
    assert f'version = "{version()}"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert CliRunner().invoke(gongmun, ["--version"]).stdout == f"gongmun {version()}\n"


def test_unknown_command_and_option_are_usage_errors() -> None:
    mistyped = CliRunner().invoke(gongmun, ["serach", "x"])
    assert (mistyped.exit_code, "Did you mean search?" in mistyped.stderr) == (2, True)
    assert CliRunner().invoke(gongmun, ["search", "--lmit", "3", "x"]).exit_code == 2


def test_no_corpus_is_exit_code_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(gongmun, ["search", "동의"])
    assert result.exit_code == 4
    assert result.stderr.startswith("No corpus was named; ")
    assert CliRunner().invoke(gongmun, ["search", "동의", "--corpus", "없음"]).exit_code == 4


def test_corpus_is_taken_before_and_after_the_command(
    corpus: Corpus, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(corpus.folder)
    assert CliRunner().invoke(gongmun, ["--corpus", folder, "status"]).exit_code == 0
    assert CliRunner().invoke(gongmun, ["status", "--corpus", folder]).exit_code == 0
    assert CliRunner().invoke(gongmun, ["withheld", "--corpus", folder]).exit_code == 0
    monkeypatch.setenv("GONGMUN_CORPUS", folder)
    assert CliRunner().invoke(gongmun, ["status"]).exit_code == 0
    assert CliRunner().invoke(gongmun, ["status", "--corpus", str(tmp_path / "없음")]).exit_code == 4


def test_our_own_mistake_is_one_sentence_and_a_log(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*arguments: object) -> None:
        raise ZeroDivisionError("boom")

    monkeypatch.setattr("corpus.store.Store.coverage", broken)
    result = CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "status"])
    assert result.exit_code == 70
    assert len(result.stderr.splitlines()) == 1
    assert "ZeroDivisionError: boom" in result.stderr
    assert "Traceback" in (corpus.folder / "gongmun.log").read_text(encoding="utf-8")
    again = CliRunner().invoke(gongmun, ["--debug", "--corpus", str(corpus.folder), "status"])
    assert "Traceback" in again.stderr


def test_a_locked_catalogue_is_exit_code_4(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    import sqlalchemy as sa

    def locked(*arguments: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("database is locked"))

    monkeypatch.setattr("corpus.store.Store.coverage", locked)
    result = CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "status"])
    assert result.exit_code == 4
    assert "database is locked" in result.stderr


def test_ctrl_c_says_how_to_go_on(corpus: Corpus, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("corpus.store.Store.coverage", interrupted)
    result = CliRunner().invoke(gongmun, ["--corpus", str(corpus.folder), "status"])
    assert result.exit_code == 130
    assert result.stderr.strip() == "stopped; run the same command again to go on"
