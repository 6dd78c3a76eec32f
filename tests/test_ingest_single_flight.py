"""One run for all who ask at once."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from ingest.single_flight import SingleFlight

PATIENCE = 60.0  # seconds


def test_threads_that_ask_at_once_share_one_run() -> None:
    flight: SingleFlight[object] = SingleFlight()
    begun, go_on, runs = threading.Event(), threading.Event(), []

    def work() -> object:
        runs.append(1)
        begun.set()
        assert go_on.wait(PATIENCE)
        return object()

    with ThreadPoolExecutor(8) as threads:
        first = threads.submit(flight.run, "key", work)
        assert begun.wait(PATIENCE)
        others = [threads.submit(flight.run, "key", work) for _ in range(6)]
        other_key = threads.submit(flight.run, "other key", lambda: 7)
        assert other_key.result(PATIENCE) == 7
        threading.Timer(0.2, go_on.set).start()
        found = {id(each.result(PATIENCE)) for each in [first, *others]}
    # A thread may have come when the first run was over; none ran beside another.
    assert len(found) == len(runs)
    assert len(runs) < 7


def test_what_is_done_is_done_anew_the_next_time() -> None:
    flight: SingleFlight[int] = SingleFlight()
    numbers = iter(range(5))
    assert [flight.run("key", lambda: next(numbers)) for _ in range(3)] == [0, 1, 2]


def test_everybody_hears_of_a_failure_and_the_next_one_tries_again() -> None:
    flight: SingleFlight[int] = SingleFlight()

    def fail() -> int:
        raise ValueError("no")

    for _ in range(2):
        with pytest.raises(ValueError, match="no"):
            flight.run("key", fail)
    assert flight.run("key", lambda: 3) == 3
