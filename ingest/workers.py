"""Worker processes that may hang, crash or eat memory without harm to anything but their own task.

All parsing and drawing of pages runs here. `WorkerPool` is a `concurrent.futures.Executor`; a `SerialExecutor` can
take its place, or a `ProcessPoolExecutor`, which one dead worker breaks. Here each has a pipe of its own, so that the
loss of one loses one task.

Functions, arguments and results must be picklable; functions live at the top of a module. A program that starts
workers guards its main module (`if __name__ == "__main__"`), since workers import it.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, TypeVar

from corpus.errors import FileFailure
from corpus.model import Reason

T = TypeVar("T")

_PRELOADED = ["ingest.formats", "ingest.open_papers", "ingest.workers"]
_START = 60.0  # seconds that a process may take to report itself
_GRACE = 5.0  # seconds for a process to be gone
_KILL = int(getattr(signal, "SIGKILL", signal.SIGTERM))


class WorkerError(FileFailure):
    """A task that was lost with its worker; its arguments are its whole state, since it may be pickled."""

    reason = Reason.CRASHED


class WorkerTimedOut(WorkerError):
    """A task took longer than it may."""

    reason = Reason.TIMED_OUT

    def __init__(self, seconds: float) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    def __str__(self) -> str:
        return f"The work took longer than {self.seconds:g} s and was stopped; allow more time, or leave the file out."


class WorkerDied(WorkerError):
    """A worker ended in the middle of a task: `code` is its exit code, or minus the signal that killed it."""

    def __init__(self, code: int | None) -> None:
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        how = f"signal {-self.code}" if self.code and self.code < 0 else f"exit code {self.code}"
        return f"The reader ended in the middle of its work ({how}); leave the file out, or report it."


class NotSendable(WorkerError):
    """A task's result or exception cannot travel between processes."""


class SerialExecutor(Executor):
    """Runs each task at once, in this process, without limits: for tests and for `--workers 0`."""

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Run a task and return its finished future."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001 - it goes to whoever asks the future
            future.set_exception(error)
        return future


@dataclass(slots=True)
class _Task:
    payload: bytes
    future: Future[Any]


@dataclass(slots=True, eq=False)
class _Worker:
    """A process and our end of its pipe; it is starting until it reports itself, then idle or at a task."""

    process: BaseProcess
    pipe: Connection
    deadline: float | None
    ready: bool = False
    task: _Task | None = None


class WorkerPool(Executor):
    """At most `workers` processes, started as they are needed; tasks begin in the order of their submission.

    A task that takes more than `seconds` of wall-clock time gets `WorkerTimedOut`, one whose process ends
    `WorkerDied`; the process is replaced. `memory_mb` bounds a process's address space where the platform can.
    """

    def __init__(self, workers: int | None = None, *, seconds: float | None = None, memory_mb: int | None = None):
        self._size = (os.cpu_count() or 1) if workers is None else workers
        if self._size < 1:
            raise ValueError("A pool needs at least one worker.")
        self._seconds = seconds
        self._memory_mb = memory_mb
        self._context = _context()
        self._tasks: deque[_Task] = deque()
        self._team: list[_Worker] = []
        self._lock = threading.Lock()
        self._dispatcher: threading.Thread | None = None
        self._closing = self._aborting = self._rung = False
        self._bell, self._ringer = multiprocessing.Pipe(duplex=False)

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        """Queue a task; what cannot be pickled fails in its future."""
        future: Future[T] = Future()
        try:
            task = _Task(_dump((fn, args, kwargs)), future)
        except Exception as error:  # noqa: BLE001 - pickling runs the arguments' own code
            future.set_exception(error)
            return future
        with self._lock:
            if self._closing:
                raise RuntimeError("The worker pool has been shut down; make a new one.")
            self._tasks.append(task)
            if self._dispatcher is None:
                self._dispatcher = threading.Thread(target=self._dispatch, name="worker pool", daemon=True)
                self._dispatcher.start()
        self._ring()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the pool: when its tasks are done, or at once with `cancel_futures`, which also kills running tasks."""
        with self._lock:
            self._closing = True
            self._aborting = self._aborting or cancel_futures
            dispatcher = self._dispatcher
        if dispatcher is None:
            self._close_bell()
            return
        self._ring()
        if wait and dispatcher is not threading.current_thread():
            dispatcher.join()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the pool, at once if by an exception (Ctrl-C)."""
        self.shutdown(cancel_futures=kind is not None)

    def _ring(self) -> None:
        """Wake the dispatcher."""
        with self._lock:
            if not self._rung:
                self._rung = True
                self._ringer.send_bytes(b"!")

    def _close_bell(self) -> None:
        with self._lock:
            self._rung = True  # nobody rings any more
            self._bell.close()
            self._ringer.close()

    # From here on everything runs in the dispatcher's thread alone.

    def _dispatch(self) -> None:
        try:
            while not self._is_over():
                self._hand_out()
                self._listen()
        finally:
            self._abandon()

    def _is_over(self) -> bool:
        with self._lock:
            at_work = any(worker.task for worker in self._team)
            return self._aborting or (self._closing and not self._tasks and not at_work)

    def _hand_out(self) -> None:
        for worker in [worker for worker in self._team if worker.ready and not worker.task]:
            task = self._next_task()
            if task is None:
                return
            self._give(worker, task)
        starting = sum(not worker.ready for worker in self._team)
        for _ in range(min(self._size - len(self._team), len(self._tasks) - starting)):
            self._start()

    def _next_task(self) -> _Task | None:
        """Take the oldest task that has not been cancelled."""
        while True:
            with self._lock:
                if not self._tasks:
                    return None
                task = self._tasks.popleft()
            if task.future.set_running_or_notify_cancel():
                return task

    def _start(self) -> None:
        ours, theirs = self._context.Pipe()
        try:
            process = self._context.Process(target=_serve, args=(theirs, self._memory_mb), daemon=True)
            process.start()
            self._team.append(_Worker(process, ours, time.monotonic() + _START))
        except Exception as error:  # noqa: BLE001 - no processes left, an unguarded main module
            self._fail_next(error)
        theirs.close()  # so that a worker's end is an end of file

    def _give(self, worker: _Worker, task: _Task) -> None:
        worker.task = task
        worker.deadline = None if self._seconds is None else time.monotonic() + self._seconds
        with contextlib.suppress(OSError):  # it ended while idle: heard of next
            worker.pipe.send_bytes(task.payload)

    def _listen(self) -> None:
        """Wait for a report, an end or a deadline, and see to it."""
        deadlines = [worker.deadline for worker in self._team if worker.deadline is not None]
        patience = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        heard = wait([self._bell, *(worker.pipe for worker in self._team)], patience)
        if self._bell in heard:
            with self._lock:
                self._bell.recv_bytes()
                self._rung = False
        for worker in [worker for worker in self._team if worker.pipe in heard]:
            self._hear(worker)
        now = time.monotonic()
        for worker in [worker for worker in self._team if worker.deadline is not None and worker.deadline <= now]:
            self._lose(worker, WorkerTimedOut(_START if worker.task is None else self._seconds or 0.0))

    def _hear(self, worker: _Worker) -> None:
        try:
            report = worker.pipe.recv_bytes()
        except (EOFError, OSError):
            self._lose(worker)
            return
        task, worker.task, worker.deadline = worker.task, None, None
        if task is None:
            worker.ready = True
            return
        done, outcome, last = _load(report)
        (task.future.set_result if done else task.future.set_exception)(outcome)
        if last:
            self._lose(worker)

    def _lose(self, worker: _Worker, error: WorkerError | None = None) -> None:
        """Take a worker out of the team; its task, or the next one if it never got ready, gets the error."""
        self._team.remove(worker)
        code = _end(worker, patient=error is None)
        if worker.task:
            worker.task.future.set_exception(error or WorkerDied(code))
        elif not worker.ready:
            self._fail_next(error or WorkerDied(code))

    def _fail_next(self, error: Exception) -> None:
        task = self._next_task()
        if task:
            task.future.set_exception(error)

    def _abandon(self) -> None:
        """End every worker, and tell what was at work or waiting."""
        with self._lock:
            self._closing = True
        while self._tasks:
            future = self._tasks.popleft().future
            future.cancel()
            future.set_running_or_notify_cancel()
        for worker in self._team:
            _kill(worker.process)
        while self._team:
            self._lose(self._team[-1], WorkerDied(-_KILL))
        self._close_bell()


def _context() -> Any:
    """Return the way to start processes: forkserver where there is one, which starts them in some milliseconds."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


def _end(worker: _Worker, *, patient: bool) -> int | None:
    """See a worker out, killing it unless it is `patient`ly waited for; return its exit code."""
    worker.pipe.close()
    if patient:
        worker.process.join(_GRACE)
    _kill(worker.process)
    worker.process.join(_GRACE)
    return worker.process.exitcode


def _kill(process: BaseProcess) -> None:
    """Kill a worker and the programs that it started: it leads a process group of its own."""
    if process.pid and hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, _KILL)
    process.kill()


def _dump(value: object) -> bytes:
    return bytes(ForkingPickler.dumps(value))


def _load(report: bytes) -> tuple[bool, Any, bool]:
    """Return whether a task was done, its result or exception, and whether that was its worker's last."""
    try:
        done, outcome, last = pickle.loads(report)
    except Exception as error:  # noqa: BLE001 - unpickling runs the result's own code
        return False, NotSendable(f"The result cannot be read back ({error}); return plain data."), False
    return done, outcome, last


# Below: in the worker.


def _serve(pipe: Connection, memory_mb: int | None) -> None:
    """Do the tasks that come down a pipe until it closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    _silence()
    _limit(memory_mb)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    last = False
    with contextlib.suppress(EOFError, OSError):
        pipe.send_bytes(b"ready")
        while not last:
            report, last = _answer(pipe.recv_bytes())
            pipe.send_bytes(report)


def _silence() -> None:
    """Send what libraries print to nowhere: a terminal shows what the program says, and nothing else."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)


def _limit(memory_mb: int | None) -> None:
    """Bound the address space (MB) and leave no core files, where the platform can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory_mb is not None:
        with contextlib.suppress(ValueError, OSError):  # macOS refuses
            resource.setrlimit(resource.RLIMIT_AS, (memory_mb << 20, memory_mb << 20))


def _end_with_parent() -> None:
    """End this process and what it started as soon as the parent is gone, even in the middle of a task."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
            os.killpg(os.getpid(), _KILL)
        os._exit(1)


def _answer(payload: bytes) -> tuple[bytes, bool]:
    """Do a task; return the report on it and whether the worker must end, its memory having run out."""
    try:
        function, args, kwargs = pickle.loads(payload)
        return _report(True, function(*args, **kwargs)), False
    except BaseException as error:  # noqa: BLE001 - it travels to the parent
        last = isinstance(error, MemoryError)
        if last:
            error.__traceback__ = None  # lets go of what filled the memory
        else:
            error.add_note(f"In the worker:\n{traceback.format_exc()}")
        return _report(False, error, last), last


def _report(done: bool, outcome: object, last: bool = False) -> bytes:
    try:
        return _dump((done, outcome, last))
    except MemoryError:
        raise  # told by the caller
    except Exception as error:  # noqa: BLE001 - pickling runs the result's own code
        kind = f"{type(outcome).__module__}.{type(outcome).__qualname__}"
        return _dump((False, NotSendable(f"A {kind} cannot be sent back ({error}); return plain data."), last))
