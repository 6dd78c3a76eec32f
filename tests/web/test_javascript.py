"""The components' JavaScript: linted, and its arithmetic tested with node."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
UNIT_TESTS = sorted((ROOT / "tests" / "web").glob("*.test.mjs"))


def test_javascript_is_linted() -> None:
    lint = shutil.which("oxlint", path=str(Path(sys.executable).parent))
    assert lint is not None
    done = subprocess.run([lint, "--deny-warnings", "ui/web/components", "tests/web"], cwd=ROOT, capture_output=True)
    assert done.returncode == 0, done.stdout.decode()


@pytest.mark.parametrize("path", UNIT_TESTS, ids=lambda path: path.stem)
def test_javascript_arithmetic(path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("install nodejs to run the JavaScript unit tests")
    done = subprocess.run([node, "--test", str(path)], cwd=ROOT, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
