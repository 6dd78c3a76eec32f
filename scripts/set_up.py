"""Make .venv and install Gongmun in it from a lock file; at once when nothing has changed since the last time.

    python scripts/set_up.py          what running Gongmun needs
    python scripts/set_up.py --dev    and what its checks and tests need

Only the standard library is imported, and nothing that Python 3.6 cannot read: whoever has too old a Python gets
a sentence, not a traceback.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST = (3, 11)
# The development lock holds the runtime lock, so whoever has the first has the second.
LOCKS = {"runtime": "requirements.lock", "development": "requirements-dev.lock"}


def fingerprint(kind):
    """What an installation was made from. The path is in it because a venv does not survive a move of its folder."""
    digest = hashlib.sha256(os.fsencode(str(ROOT)))
    for name in (LOCKS[kind], "pyproject.toml"):
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def stamp(kind):
    return VENV / ("installed-" + kind)


def is_current(kind):
    return VENV_PYTHON.exists() and stamp(kind).exists() and stamp(kind).read_text() == fingerprint(kind)


def make_venv():
    """A new .venv, unless there is one that works: it stays, whatever Python this script runs on."""
    if VENV_PYTHON.exists():
        check = f"import sys, pip; sys.exit(sys.version_info[:2] < {OLDEST})"
        if subprocess.run([str(VENV_PYTHON), "-c", check], stderr=subprocess.DEVNULL).returncode == 0:
            return
    if sys.version_info[:2] < OLDEST:
        version = sys.version.split()[0]
        sys.exit(
            f"Gongmun needs Python 3.11 or newer, and this is {version}: name another one, "
            "as in `make demo PYTHON=python3.12` (Windows: `py -3.12 scripts\\set_up.py`)."
        )
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        sys.exit("This Python has no venv module: install it first (on Debian and Ubuntu: apt install python3-venv).")
    if VENV.exists():
        shutil.rmtree(str(VENV))
    subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=True)


def install(kind):
    """Install the lock file's packages, then the checkout itself, with nothing fetched that the lock does not name.

    Wheels only: building a source package would fetch that package's own build requirements, unpinned. Not compiled:
    Python does that with what it imports, which takes a third off the wait.
    """
    for each in LOCKS:
        if stamp(each).exists():
            stamp(each).unlink()
    pip = [str(VENV_PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-compile"]
    subprocess.run([*pip, "--only-binary=:all:", "--require-hashes", "-r", str(ROOT / LOCKS[kind])], check=True)
    subprocess.run([*pip, "--no-build-isolation", "--no-deps", "--editable", str(ROOT)], check=True)
    for each in LOCKS if kind == "development" else [kind]:
        stamp(each).write_text(fingerprint(each))


def main():
    kind = "development" if "--dev" in sys.argv[1:] else "runtime"
    if is_current(kind):
        return
    print("Setting up .venv from " + LOCKS[kind] + " (only when it has changed; a minute or so)", file=sys.stderr)
    try:
        make_venv()
        install(kind)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Setting up stopped: see above (exit code {error.returncode}). Running it again goes on.")


if __name__ == "__main__":
    main()
