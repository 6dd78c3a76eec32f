"""gongmun web: where it listens, and what it says before."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus import Corpus
from ui.cli import web_commands
from ui.cli.entry import gongmun


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(gongmun, list(arguments))
    return result.exit_code, result.output


def test_a_port_that_is_taken_is_told(corpus: Corpus) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        code, said = run("--corpus", str(corpus.folder), "web", "--port", port, "--no-browser")
    assert code == 2
    assert f"Nothing can be served at 127.0.0.1:{port}" in said
    assert "--port" in said


def test_without_a_corpus_nothing_is_served(tmp_path: Path) -> None:
    code, said = run("--corpus", str(tmp_path), "web")
    assert code == 4
    assert "There is no corpus in" in said


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.5", False),
        ("records.go.kr", False),
    ],
)
def test_listening_to_a_network_is_warned_of(
    corpus: Corpus, host: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_commands, "open_room", lambda *_: None)
    code, said = run("--corpus", str(corpus.folder), "web", "--host", host)
    assert code == 0
    assert ("no login yet" in said) is not own
