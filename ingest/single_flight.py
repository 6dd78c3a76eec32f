"""One run for all who ask for the same thing at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

T = TypeVar("T")


class SingleFlight(Generic[T]):
    """Runs a piece of work once however many threads ask for it meanwhile; each gets its result, or its exception."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._under_way: dict[Hashable, Future[T]] = {}

    def run(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what `work` gives, or what a thread that is at the work of this key now will have got."""
        with self._lock:
            future = self._under_way.get(key)
            if future is None:
                ours = self._under_way[key] = Future()
        if future is not None:
            return future.result()
        try:
            ours.set_result(work())
        except BaseException as error:  # noqa: BLE001 - every waiting thread must hear of it
            ours.set_exception(error)
        finally:
            with self._lock:
                del self._under_way[key]
        return ours.result()
