"""What a server does once so that no reader waits for it."""

from __future__ import annotations

import functools
import gc
import importlib
import threading

_SLOW = ("pandas", "pyarrow", "ui.web.app")  # Streamlit imports the first two when the first page is drawn: two seconds


def preload() -> None:
    """Import in the background what the first page would wait for."""
    threading.Thread(target=lambda: [importlib.import_module(name) for name in _SLOW], daemon=True).start()


@functools.cache
def settle() -> None:
    """Take what is there after the first page out of garbage collection.

    Streamlit collects garbage after every run of the script. Going through all modules each time takes a tenth of a
    second, more than the search itself (measured on the sample release: 126 ms a query with it, 54 without).
    """
    gc.collect()
    gc.freeze()
