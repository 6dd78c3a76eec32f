"""Install Gongmun from this folder, without a network: started by install.sh and install.bat, or by hand.

    python install.py [DIR]     DIR: the folder to install in, gongmun in the home folder unless given

Only the standard library, and nothing that Python 3.6 cannot read: whoever has the wrong Python gets a sentence.
"""

import os
import platform
import subprocess
import sys
from pathlib import Path

KIT = Path(__file__).resolve().parent


def this_machine():
    """The Python and the platform that wheels depend on, as made-for.txt writes them: `3.11 linux-x86_64`."""
    system = {"Linux": "linux", "Windows": "windows", "Darwin": "macos"}.get(platform.system(), platform.system())
    machine = platform.machine().lower()
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(machine, machine)
    return f"{sys.version_info[0]}.{sys.version_info[1]} {system}-{machine}"


def main():
    made_for = (KIT / "made-for.txt").read_text().splitlines()
    if this_machine() not in made_for:
        sys.exit(
            f"This kit is for Python {' or '.join(made_for)}, and here runs Python {this_machine()}: "
            "name the right one, as in `PYTHON=python3.11 sh install.sh` (Windows: `py -3.11 install.py`), "
            "or have a kit made for this machine."
        )
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path.home() / "gongmun").absolute()
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    wheels = KIT / "wheels"
    pip = [str(programs / "python"), "-m", "pip", "--disable-pip-version-check", "install", "-qq", "--no-index"]
    try:
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        lock = ["--find-links", str(wheels), "--require-hashes", "-r", str(KIT / "requirements.lock")]
        subprocess.run([*pip, *lock], check=True)
        # Forced, since a newer kit may hold other contents under the same version.
        own = [str(wheel) for wheel in wheels.glob("gongmun-*.whl")]
        subprocess.run([*pip, "--no-deps", "--force-reinstall", *own], check=True)
    except subprocess.CalledProcessError as error:
        sys.exit(f"Gongmun was not installed: see above (exit code {error.returncode}).")
    print(f'Gongmun is installed. Try it:\n    "{programs / "gongmun"}" demo')


if __name__ == "__main__":
    main()
