"""Lanes that work away from the screen, and the collector that keeps Qt's garbage on its thread.

One lane changes data, one looks at data, a few workers do files and network. Results come back on the
thread that made the lanes, a few at a time, so that the screen never waits.
"""

import gc
import logging
import queue
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal

R = TypeVar("R")
log = logging.getLogger(__name__)

# Delivering longer than this would be felt while typing.
_DELIVERY_BUDGET_MS = 12
_SIDE_WORKERS = 3


class Lane(StrEnum):
    """Where a job runs."""

    DATA = "data"
    READ = "read"
    SIDE = "side"


class TaskCancelledError(Exception):
    """The job noticed that it was cancelled."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is; a total of zero means unknown."""

    done: int
    total: int
    note: str = ""


class TaskControl:
    """Handed to the job: asks whether to stop, reports progress."""

    def __init__(self, report: Callable[[Progress], None]) -> None:
        self._cancelled = threading.Event()
        self._report = report

    @property
    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def cancel(self) -> None:
        self._cancelled.set()

    def check(self) -> None:
        """Leaves the job when it was cancelled."""
        if self._cancelled.is_set():
            raise TaskCancelledError

    def report(self, done: int, total: int, note: str = "") -> None:
        """Tells the screen how far the job is; may be called as often as one likes."""
        self._report(Progress(done, total, note))


class Task:
    """One job and who waits for it."""

    def __init__(self, work: Callable[[TaskControl], Any], *, lane: Lane, is_long: bool) -> None:
        self.work = work
        self.lane = lane
        self.is_long = is_long
        self.on_done: Callable[[Any], None] | None = None
        self.on_failed: Callable[[BaseException], None] | None = None
        self.on_progress: Callable[[Progress], None] | None = None
        self.owner: object = None
        self.is_finished = False
        self.latest: Progress | None = None
        self.control = TaskControl(self._on_report)
        self.wake: Callable[[Task], None] | None = None

    def cancel(self) -> None:
        """Asks the job to stop; nothing is delivered any more except a cancelled long job."""
        self.control.cancel()

    def is_wanted(self) -> bool:
        """Whether somebody still waits: the owner was not deleted meanwhile."""
        owners = (self.owner, getattr(self.on_done, "__self__", None))
        return all(shiboken6.isValid(owner) for owner in owners if isinstance(owner, QObject))

    def _on_report(self, progress: Progress) -> None:
        # Only the newest report is kept: a job may report faster than the screen paints.
        is_first = self.latest is None
        self.latest = progress
        if is_first and self.wake is not None:
            self.wake(self)


@dataclass(frozen=True, slots=True)
class _Ended:
    """A job's end on its way to the screen."""

    task: Task
    result: Any = None
    error: BaseException | None = None


class Lanes(QObject):
    """Takes jobs from the screen's thread and brings the results back to it."""

    _woken = Signal()
    became_idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._outbox: deque[_Ended | Task] = deque()
        self._running: list[Task] = []
        self._is_closed = False
        self._woken.connect(self._on_woken, Qt.ConnectionType.QueuedConnection)
        self._queues: dict[Lane, queue.SimpleQueue[Task | None]] = {
            lane: queue.SimpleQueue() for lane in Lane
        }
        workers = {Lane.DATA: 1, Lane.READ: 1, Lane.SIDE: _SIDE_WORKERS}
        self._threads = [
            self._start_worker(lane, number) for lane, count in workers.items() for number in range(count)
        ]

    def submit(
        self,
        work: Callable[[TaskControl], R],
        *,
        lane: Lane,
        on_done: Callable[[R], None] | None = None,
        on_failed: Callable[[BaseException], None] | None = None,
        on_progress: Callable[[Progress], None] | None = None,
        owner: object = None,
        is_long: bool = False,
    ) -> Task:
        """Queues a job; call from the screen's thread only."""
        task = Task(work, lane=lane, is_long=is_long)
        task.on_done, task.on_failed, task.on_progress = on_done, on_failed, on_progress
        task.owner, task.wake = owner, self._send
        if self._is_closed:
            task.cancel()
            task.is_finished = True
            if lane is Lane.DATA:
                log.error("a job that changes data came after the lanes were closed")
            return task
        self._running.append(task)
        self._queues[lane].put(task)
        return task

    def is_idle(self) -> bool:
        """Whether nothing is queued, running or waiting to be delivered."""
        return not self._running

    def shutdown(self, *, patience_seconds: float = 10.0) -> bool:
        """Finishes queued changes, stops everything else, joins the workers; says whether all ended."""
        self._is_closed = True
        for task in self._running:
            if task.lane is not Lane.DATA or task.is_long:
                task.cancel()
        for thread in self._threads:
            lane = Lane(thread.name.split("-")[0])
            self._queues[lane].put(None)
        for thread in self._threads:
            thread.join(patience_seconds)
        self._log_unheard()
        left = [thread.name for thread in self._threads if thread.is_alive()]
        self._threads = []
        if left:
            log.warning("workers did not stop: %s", ", ".join(left))
        return not left

    def _start_worker(self, lane: Lane, number: int) -> threading.Thread:
        # Only the lane that saves may hold back the end of the process.
        thread = threading.Thread(
            target=_work,
            args=(self._queues[lane], self._send),
            name=f"{lane}-{number}",
            daemon=lane is not Lane.DATA,
        )
        thread.start()
        return thread

    def _send(self, message: "_Ended | Task") -> None:
        self._outbox.append(message)
        self._woken.emit()

    def _on_woken(self) -> None:
        clock = QElapsedTimer()
        clock.start()
        while self._outbox:
            if clock.elapsed() > _DELIVERY_BUDGET_MS:
                self._woken.emit()
                return
            message = self._outbox.popleft()
            if isinstance(message, Task):
                self._deliver_progress(message)
            else:
                self._deliver_end(message)

    def _deliver_progress(self, task: Task) -> None:
        progress, task.latest = task.latest, None
        if progress is not None and task.on_progress is not None and not task.is_finished:
            task.on_progress(progress)

    def _deliver_end(self, ended: _Ended) -> None:
        task = ended.task
        task.is_finished = True
        self._running.remove(task)
        try:
            self._call_back(ended)
        finally:
            if not self._running:
                self.became_idle.emit()

    def _call_back(self, ended: _Ended) -> None:
        task, error = ended.task, ended.error
        # A long job that was cancelled still has a progress strip to take away.
        if (task.control.is_cancelled and not task.is_long) or not task.is_wanted():
            return
        if error is not None and task.on_failed is not None:
            task.on_failed(error)
        elif error is None and task.on_done is not None:
            task.on_done(ended.result)

    def _log_unheard(self) -> None:
        while self._outbox:
            message = self._outbox.popleft()
            if isinstance(message, _Ended) and not _is_harmless(message.error):
                log.error("a job failed while the program was closing", exc_info=message.error)
        self._running.clear()


def _work(jobs: "queue.SimpleQueue[Task | None]", send: Callable[[_Ended | Task], None]) -> None:
    while (task := jobs.get()) is not None:
        send(_run(task))
        # The next job may be hours away: do not keep the last one's objects alive.
        del task


def _run(task: Task) -> _Ended:
    if task.control.is_cancelled:
        return _Ended(task, error=TaskCancelledError())
    try:
        return _Ended(task, result=task.work(task.control))
    except BaseException as error:  # noqa: BLE001  # a worker outlives every job; operations sorts failures
        return _Ended(task, error=error)


def _is_harmless(error: BaseException | None) -> bool:
    return error is None or isinstance(error, TaskCancelledError)


class GarbageCollector(QObject):
    """Switches automatic collection off and collects on the screen's thread instead.

    Collecting in a worker could delete a widget there, which ends the process.
    """

    def __init__(self, *, is_quiet: Callable[[], bool] = lambda: True, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_quiet = is_quiet
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.collect)

    def start(self) -> None:
        """What start-up made lives as long as the program: it is never looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start()

    def stop(self) -> None:
        """Back to Python's own habit."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()

    def collect(self) -> int:
        """Collects as much as is due; everything only while nobody types."""
        young, middle, old = gc.get_count()
        if old > 10 and self._is_quiet():
            return gc.collect(2)
        if middle > 10:
            return gc.collect(1)
        return gc.collect(0) if young > 700 else 0
