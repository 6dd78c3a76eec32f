"""The command line: `gongmun`, or `python -m ui.cli`."""

from __future__ import annotations

import sys

__all__ = ["main"]

INTERRUPTED = 130  # what shells give a program that Ctrl-C stopped
STOPPED = "stopped; run the same command again to go on"


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from ui.cli.entry import gongmun
        from ui.cli.terminal import speak_utf8

        speak_utf8()
        gongmun(prog_name="gongmun")
    except KeyboardInterrupt:  # before or after a command; during one, the group sees to it
        sys.stderr.write(f"\n{STOPPED}\n")
        sys.exit(INTERRUPTED)
