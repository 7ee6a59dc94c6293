"""Runs jobs for the screens and decides once how success, refusal and failure are told."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal

from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.failures import EnvironmentFailure
from fangshan_desk.ui.context import JobControl, Texts
from fangshan_desk.ui.tasks import Lane, Lanes, Progress, Task, TaskCancelledError
from fangshan_desk.ui.widgets.messages import MessageKind

R = TypeVar("R")
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Notice:
    """A sentence for the strip above the page; only the window shows it."""

    sentence: str
    kind: MessageKind = MessageKind.INFO
    detail: str = ""
    next_step: str = ""
    action: Callable[[], None] | None = None


@dataclass(frozen=True)
class LongJob:
    """A long job the window shows: its words, how far it is, how to stop it."""

    task: Task
    label: str
    progress: Progress = Progress(0, 0)  # noqa: RUF009  # frozen, so it can be shared


class Operations(QObject):
    """The one way from a screen to a lane and back."""

    changed = Signal(object, object)
    noticed = Signal(object)
    crashed = Signal(object)
    long_job_moved = Signal(object)
    long_job_ended = Signal(object)

    def __init__(self, lanes: Lanes, texts: Texts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lanes = lanes
        self._texts = texts
        self._latest: dict[tuple[int, str], Task] = {}

    def run(
        self,
        job: Callable[[], R],
        *,
        on_done: Callable[[R], None] | None = None,
        on_failed: Callable[[ExpectedError], bool] | None = None,
        label: str = "",
        initiator: object = None,
        on_undone: Callable[[], None] | None = None,
    ) -> Task:
        """Runs a job that changes data; publishes its `Changes`, then calls ``on_done``.

        ``on_done`` is dropped when the initiator was deleted meanwhile; the changes are published anyway.
        ``on_undone`` is called when nothing was kept, whatever the reason.
        """

        def again() -> None:
            self.run(
                job,
                on_done=on_done,
                on_failed=on_failed,
                label=label,
                initiator=initiator,
                on_undone=on_undone,
            )

        def done(result: R) -> None:
            self._publish_result(result, initiator)
            _call(on_done, result, owner=initiator)

        def failed(error: BaseException) -> None:
            if on_undone is not None:
                _call(lambda _: on_undone(), None, owner=initiator)
            self._tell(error, on_failed=on_failed, again=again, label=label)

        return self.lanes.submit(lambda _: job(), lane=Lane.DATA, on_done=done, on_failed=failed)

    def read(
        self,
        job: Callable[[], R],
        *,
        on_done: Callable[[R], None],
        key: str = "",
        owner: object = None,
    ) -> Task:
        """Looks something up; with a key a newer request of the same owner replaces this one."""
        waiting = owner if owner is not None else getattr(on_done, "__self__", None)
        place = (id(waiting), key)

        def again() -> None:
            self.read(job, on_done=on_done, key=key, owner=owner)

        def failed(error: BaseException) -> None:
            self._tell(error, on_failed=None, again=again, label=key)

        task = self.lanes.submit(
            lambda _: job(), lane=Lane.READ, on_done=on_done, on_failed=failed, owner=waiting
        )
        if key:
            self._replace_latest(place, task)
        return task

    def run_long(
        self,
        job: Callable[[JobControl], R],
        *,
        on_done: Callable[[R], None] | None = None,
        on_failed: Callable[[ExpectedError], bool] | None = None,
        label: str,
        initiator: object = None,
        lane: str = Lane.SIDE,
    ) -> Task:
        """Runs a long job; the window shows its label, how far it is and a way to stop it."""

        def again() -> None:
            self.run_long(
                job, on_done=on_done, on_failed=on_failed, label=label, initiator=initiator, lane=lane
            )

        def done(result: R) -> None:
            self.long_job_ended.emit(LongJob(task, label))
            self._publish_result(result, initiator)
            _call(on_done, result, owner=initiator)

        def failed(error: BaseException) -> None:
            self.long_job_ended.emit(LongJob(task, label))
            self._tell(error, on_failed=on_failed, again=again, label=label)

        def moved(progress: Progress) -> None:
            self.long_job_moved.emit(LongJob(task, label, progress))

        task = self.lanes.submit(
            job, lane=Lane(lane), on_done=done, on_failed=failed, on_progress=moved, is_long=True
        )
        self.long_job_moved.emit(LongJob(task, label))
        return task

    def say(
        self,
        sentence: str,
        *,
        kind: str = "info",
        detail: str = "",
        next_step: str = "",
        action: Callable[[], None] | None = None,
    ) -> None:
        """Shows a sentence above the page."""
        self.noticed.emit(Notice(sentence, MessageKind(kind), detail, next_step, action))

    def publish(self, changes: Changes, *, initiator: object = None) -> None:
        """Tells all screens what changed."""
        if changes.entities:
            self.changed.emit(changes, initiator)

    def _publish_result(self, result: object, initiator: object) -> None:
        changes = result if isinstance(result, Changes) else getattr(result, "changes", None)
        if isinstance(changes, Changes):
            self.publish(changes, initiator=initiator)

    def _replace_latest(self, place: tuple[int, str], task: Task) -> None:
        before = self._latest.get(place)
        if before is not None and not before.is_finished:
            before.cancel()
        # Finished requests of pages long closed must not pile up.
        self._latest = {known: other for known, other in self._latest.items() if not other.is_finished}
        self._latest[place] = task

    def _tell(
        self,
        error: BaseException,
        *,
        on_failed: Callable[[ExpectedError], bool] | None,
        again: Callable[[], None],
        label: str,
    ) -> None:
        if isinstance(error, TaskCancelledError):
            self.say(self._texts("shell-cancelled", job=label))
        elif isinstance(error, ExpectedError) and self._texts.has(error.key):
            if on_failed is None or not on_failed(error):
                self._say_failure(error.key, error.values, kind="warning")
        elif isinstance(error, EnvironmentFailure) and self._texts.has(error.key):
            log.warning("%s: %s", label or "job", error)
            self._say_failure(error.key, error.values, kind="error", again=again)
        else:
            log.error("%s failed", label or "job", exc_info=error)
            self.crashed.emit(error)

    def _say_failure(
        self, key: str, values: dict[str, object], *, kind: str, again: Callable[[], None] | None = None
    ) -> None:
        next_key = f"{key}-next"
        detail = self._texts(next_key, **values) if self._texts.has(next_key) else ""
        next_step = self._texts("shell-try-again") if again else ""
        self.say(self._texts(key, **values), kind=kind, detail=detail, next_step=next_step, action=again)


def _call(callback: Callable[[Any], None] | None, result: object, *, owner: object) -> None:
    owners = (owner, getattr(callback, "__self__", None))
    if callback is not None and all(shiboken6.isValid(one) for one in owners if isinstance(one, QObject)):
        callback(result)
