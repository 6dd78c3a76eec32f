"""What a worker pool promises: whatever a task does, only that task suffers."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from corpus.errors import FileFailure
from corpus.model import Reason
from ingest.formats import FormatError
from ingest.workers import NotSendable, SerialExecutor, WorkerDied, WorkerPool, WorkerTimedOut

ROOT = Path(__file__).parent.parent
LIMIT = 10.0  # seconds a task may take; far more than any needs, even on a machine that stalls
PATIENCE = 60.0  # seconds until something that should have ended has not

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and memory limits are POSIX")


def double(number: int, *, plus: int = 0) -> int:
    return 2 * number + plus


def pid() -> int:
    return os.getpid()


def refuse() -> None:
    raise FormatError(Reason.DAMAGED, "The file is damaged.")


def die(code: int) -> None:
    os._exit(code)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hang(seconds: float = 60.0) -> None:
    time.sleep(seconds)


def hog() -> int:
    return len([bytearray(50 << 20) for _ in range(1000)])


def give_lock() -> object:
    return threading.Lock()


class Sly(Exception):
    def __init__(self, one: int, two: int) -> None:
        super().__init__("only one argument, so that it cannot be made again")


def raise_sly() -> None:
    raise Sly(1, 2)


def noisy() -> str:
    os.write(1, b"OUT")
    os.write(2, b"ERR")
    return "said"


def start_sleeper(marker: str) -> None:
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    Path(marker).write_text(str(child.pid))
    time.sleep(60)


def poison(number: int) -> int:
    if number % 40 == 7:
        (be_killed, hang, lambda: die(3))[number % 3]()
    return number


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, seconds=LIMIT, memory_mb=1500) as pool:
        yield pool


@pytest.fixture(params=["pool", "serial", "standard library"])
def any_executor(request: pytest.FixtureRequest) -> Iterator[object]:
    made = {
        "pool": lambda: WorkerPool(2),
        "serial": SerialExecutor,
        "standard library": lambda: ProcessPoolExecutor(2, mp_context=get_context("spawn")),
    }
    with made[request.param]() as executor:
        yield executor


def test_executors_are_interchangeable(any_executor) -> None:
    assert list(any_executor.map(double, range(5))) == [0, 2, 4, 6, 8]
    assert any_executor.submit(double, 4, plus=1).result() == 9
    error = any_executor.submit(refuse).exception()
    assert isinstance(error, FormatError)
    assert (error.reason, str(error)) == (Reason.DAMAGED, "The file is damaged.")


def test_workers_are_reused_and_never_more_than_asked_for(pool: WorkerPool) -> None:
    pids = {future.result() for future in [pool.submit(pid) for _ in range(50)]}
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids


def test_tasks_begin_in_order(tmp_path: Path) -> None:
    with WorkerPool(1) as pool:
        finished = []
        for number in range(20):
            pool.submit(double, number).add_done_callback(lambda future: finished.append(future.result()))
    assert finished == [2 * number for number in range(20)]


def test_exception_tells_where_it_was_raised(pool: WorkerPool) -> None:
    error = pool.submit(refuse).exception()
    assert error is not None
    assert "in refuse" in error.__notes__[0]


@pytest.mark.parametrize(
    ("task", "code"),
    [pytest.param(be_killed, -9, id="kill -9", marks=posix), pytest.param(lambda: None, 3, id="os._exit")],
)
def test_dead_worker_loses_its_own_task_only(pool: WorkerPool, task, code: int) -> None:
    before = [pool.submit(double, number) for number in range(5)]
    dead = pool.submit(task) if code < 0 else pool.submit(die, code)
    after = [pool.submit(double, number) for number in range(5)]
    error = dead.exception()
    assert isinstance(error, WorkerDied)
    assert isinstance(error, FileFailure)
    assert (error.code, error.reason) == (code, Reason.CRASHED)
    assert [future.result() for future in before + after] == [0, 2, 4, 6, 8] * 2


def test_hanging_task_is_stopped() -> None:
    with WorkerPool(2, seconds=3) as pool:
        assert pool.submit(double, 1).result() == 2
        begun = time.monotonic()
        slow = pool.submit(hang)
        quick = [pool.submit(double, number) for number in range(5)]
        error = slow.exception()
        assert isinstance(error, WorkerTimedOut)
        assert error.reason is Reason.TIMED_OUT
        assert "3 s" in str(error)
        assert time.monotonic() - begun < PATIENCE
        assert [future.result() for future in quick] == [0, 2, 4, 6, 8]


@pytest.mark.skipif(sys.platform != "linux", reason="other platforms do not bound the address space")
def test_memory_hog_is_stopped_and_replaced() -> None:
    with WorkerPool(1, memory_mb=1500) as pool:
        before = pool.submit(pid).result()
        assert isinstance(pool.submit(hog).exception(), MemoryError)
        assert pool.submit(pid).result() != before


def test_two_hundred_tasks_with_five_poisonous() -> None:
    with WorkerPool(2, seconds=5) as pool:
        futures = [pool.submit(poison, number) for number in range(200)]
        right = [number for number, future in enumerate(futures) if not future.exception()]
        assert len(right) == 195
        assert [futures[number].result() for number in right] == right
        assert {type(futures[number].exception()) for number in set(range(200)) - set(right)} == {
            WorkerDied,
            WorkerTimedOut,
        }


def test_what_cannot_travel_says_so(pool: WorkerPool) -> None:
    with pytest.raises(NotSendable, match="lock cannot be sent back"):
        pool.submit(give_lock).result()
    with pytest.raises(NotSendable, match="cannot be read back"):
        pool.submit(raise_sly).result()
    assert isinstance(pool.submit(lambda: None).exception(), Exception)
    assert pool.submit(double, 2).result() == 4


def test_errors_can_be_pickled() -> None:
    with WorkerPool(1) as pool:
        for error in (WorkerDied(-11), WorkerTimedOut(3.0), FormatError(Reason.EMPTY, "Empty.")):
            assert str(pool.submit(same, error).result()) == str(error)
    assert str(WorkerDied(-11)).startswith("The reader ended in the middle of its work (signal 11)")


def same(value: object) -> object:
    return value


def test_workers_are_silent(capfd: pytest.CaptureFixture[str]) -> None:
    with WorkerPool(1) as pool:
        assert pool.submit(noisy).result() == "said"
    assert capfd.readouterr() == ("", "")


def test_cancelled_tasks_are_passed_over() -> None:
    with WorkerPool(1) as pool:
        pool.submit(hang, 0.3)
        second, third = pool.submit(double, 1), pool.submit(double, 2)
        assert second.cancel()
        assert third.result() == 4
        with pytest.raises(CancelledError):
            second.result()


def test_shutdown_finishes_what_was_submitted() -> None:
    pool = WorkerPool(2)
    futures = [pool.submit(double, number) for number in range(20)]
    pool.shutdown()
    assert all(future.done() for future in futures)
    with pytest.raises(RuntimeError, match="shut down"):
        pool.submit(double, 1)
    pool.shutdown()
    WorkerPool(1).shutdown()


def test_shutdown_at_once_kills_what_runs() -> None:
    pool = WorkerPool(1)
    assert pool.submit(double, 1).result() == 2
    running, waiting = pool.submit(hang), pool.submit(double, 2)
    while not running.running():
        time.sleep(0.01)
    begun = time.monotonic()
    pool.shutdown(cancel_futures=True)
    assert time.monotonic() - begun < PATIENCE
    assert isinstance(running.exception(), WorkerDied)
    assert waiting.cancelled()


@posix
def test_programs_started_by_a_task_end_with_it(tmp_path: Path) -> None:
    marker = tmp_path / "pid"
    with WorkerPool(1, seconds=4) as pool:
        with pytest.raises(WorkerTimedOut):
            pool.submit(start_sleeper, str(marker)).result()
        assert _is_gone_soon(int(marker.read_text()))


def test_a_pool_needs_workers() -> None:
    with pytest.raises(ValueError, match="at least one"):
        WorkerPool(0)


PROGRAM = """
    import os, sys, time
    from ingest.workers import WorkerPool

    def work(folder, seconds):
        open(os.path.join(folder, str(os.getpid())), "w").close()
        time.sleep(seconds)

    if __name__ == "__main__":
        with WorkerPool(2) as pool:
            tasks = [pool.submit(work, sys.argv[1], 60) for _ in range(4)]
            tasks[0].result()
"""


@pytest.fixture
def program(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[bytes], list[int]]]:
    """A program of its own process group, with two workers in the middle of a long task."""
    script, pids = tmp_path / "program.py", tmp_path / "pids"
    script.write_text(textwrap.dedent(PROGRAM))
    pids.mkdir()
    started = subprocess.Popen(
        [sys.executable, str(script), str(pids)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    while len(list(pids.iterdir())) < 2 and started.poll() is None:
        time.sleep(0.02)
    yield started, [int(path.name) for path in pids.iterdir()]
    started.kill()
    started.communicate()


@posix
def test_interrupt_ends_everything(program: tuple[subprocess.Popen[bytes], list[int]]) -> None:
    started, workers = program
    os.killpg(started.pid, signal.SIGINT)
    _, said = started.communicate(timeout=30)
    assert said.count(b"KeyboardInterrupt") == 1
    assert all(_is_gone_soon(worker) for worker in workers)


@posix
def test_no_worker_outlives_its_parent(program: tuple[subprocess.Popen[bytes], list[int]]) -> None:
    started, workers = program
    started.kill()
    assert all(_is_gone_soon(worker) for worker in workers)


def _is_gone_soon(pid: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and Path(f"/proc/{pid}/stat").read_text().split(") ")[1][0] == "Z":
            return True  # nobody has collected it yet
        time.sleep(0.05)
    return False
