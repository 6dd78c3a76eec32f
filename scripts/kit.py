"""Write dist/kit: a folder that installs Gongmun on a machine without a network.

Made with `make kit`; for other machines than this one: `make kit ARGS="--platform windows-x86_64 --python 3.12"`.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kit_files.install import this_machine
from packaging.requirements import Requirement
from packaging.tags import mac_platforms

ROOT = Path(__file__).resolve().parent.parent
KIT = ROOT / "dist" / "kit"
LOCK = ROOT / "requirements.lock"
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]


def manylinux(machine: str) -> list[str]:
    """The wheel tags of a Linux from 2018 on (glibc 2.28); pip does not know that 2.28 takes wheels for less."""
    return [f"manylinux_2_{minor}_{machine}" for minor in range(28, 4, -1)] + [f"manylinux2014_{machine}"]


# Platform: its wheel tags, and what the markers in the lock file ask about it.
PLATFORMS = {
    "linux-x86_64": (manylinux("x86_64"), ("linux", "Linux", "posix", "x86_64")),
    "linux-arm64": (manylinux("aarch64"), ("linux", "Linux", "posix", "aarch64")),
    "macos-x86_64": (list(mac_platforms((14, 0), "x86_64")), ("darwin", "Darwin", "posix", "x86_64")),
    "macos-arm64": (list(mac_platforms((14, 0), "arm64")), ("darwin", "Darwin", "posix", "arm64")),
    "windows-x86_64": (["win_amd64"], ("win32", "Windows", "nt", "AMD64")),
}


def main() -> None:
    here_python, here_platform = this_machine().split()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--python", action="append", metavar="3.X", help="Python version of the machine; repeatable")
    parser.add_argument("--platform", action="append", choices=PLATFORMS, help="its platform; repeatable")
    options = parser.parse_args()

    shutil.rmtree(KIT, ignore_errors=True)
    copy_files()
    build_own_wheel()
    made_for = [f"{py} {pf}" for py in options.python or [here_python] for pf in options.platform or [here_platform]]
    for machine in made_for:
        print(f"Fetching the wheels for Python {machine}", file=sys.stderr)
        fetch(machine)
    (KIT / "made-for.txt").write_text("\n".join(made_for) + "\n")
    size = sum(file.stat().st_size for file in KIT.rglob("*") if file.is_file())
    print(f"{KIT.relative_to(ROOT)}: {len(list(KIT.glob('wheels/*')))} wheels, {size / 1e6:.0f} MB")


def copy_files() -> None:
    KIT.mkdir(parents=True)
    shutil.copy(LOCK, KIT)
    for file in (ROOT / "scripts" / "kit_files").iterdir():
        if file.is_file():
            # As each is read, whatever git made of the line ends here; Windows takes the mark as a sign of UTF-8.
            newline = "\r\n" if file.suffix in {".bat", ".txt"} else "\n"
            encoding = "utf-8-sig" if file.suffix == ".txt" else "utf-8"
            (KIT / file.name).write_text(file.read_text(encoding="utf-8"), encoding=encoding, newline=newline)


def build_own_wheel() -> None:
    # setuptools packs whatever an earlier build left in build/, modules since removed included.
    shutil.rmtree(ROOT / "build", ignore_errors=True)
    wheel = ["wheel", "-qq", "--no-build-isolation", "--no-deps", "--wheel-dir", str(KIT / "wheels"), str(ROOT)]
    run([*PIP, *wheel])
    shutil.rmtree(ROOT / "build")


def fetch(machine: str) -> None:
    """Download the locked wheels that fit a machine."""
    download = [*PIP, "download", "-qq", "--require-hashes", "--only-binary=:all:", "--dest", str(KIT / "wheels")]
    if machine == this_machine():
        run([*download, "-r", str(LOCK)])
        return
    python, platform = machine.split()
    tags, _ = PLATFORMS[platform]
    with tempfile.TemporaryDirectory() as folder:
        chosen = Path(folder, "requirements.txt")
        chosen.write_text("\n".join(locked_for(python, platform)))
        fitting = ["--python-version", python, "--implementation", "cp", "--no-deps"]
        fitting += [f"--platform={tag}" for tag in tags]
        run([*download, *fitting, "-r", str(chosen)])


def locked_for(python: str, platform: str) -> Iterator[str]:
    """The lock's entries that hold on another machine, markers taken off: pip would ask them about this one."""
    _, (sys_platform, platform_system, os_name, platform_machine) = PLATFORMS[platform]
    environment = {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": sys_platform,
        "platform_system": platform_system,
        "os_name": os_name,
        "platform_machine": platform_machine,
    }
    lines = [line for line in LOCK.read_text().splitlines() if not line.lstrip().startswith("#")]
    for entry in "\n".join(lines).replace("\\\n", "").splitlines():
        pin, *hashes = entry.split(" --hash=")
        requirement = Requirement(pin)
        if requirement.marker is None or requirement.marker.evaluate(environment):
            yield " --hash=".join([f"{requirement.name}{requirement.specifier}", *(each.strip() for each in hashes)])


def run(command: list[str]) -> None:
    if code := subprocess.run(command).returncode:
        shutil.rmtree(KIT)  # half a kit would look like one
        sys.exit(f"The kit was not made: see above (exit code {code}).")


if __name__ == "__main__":
    main()
