"""Named points at which a test can kill the process, to show that nothing is lost there."""

from __future__ import annotations

import os
import signal

PURGE_POINTS = ("purge rows", "purge files", "purge catalogue", "purge index")
POINTS = ("original", "page batch", "between catalogue and index", "index commit")


def failpoint(name: str) -> None:
    """Kill this process at once if the environment names this point; does nothing otherwise."""
    if os.environ.get("GONGMUN_FAILPOINT") == name:
        os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
