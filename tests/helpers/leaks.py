"""Finds what a Qt test left behind: threads, windows, running timers."""

import gc
import threading
from collections.abc import Callable
from time import monotonic, sleep

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

# A worker that was told to stop may need a moment.
PATIENCE_SECONDS = 2.0


class LeakWatch:
    """Remembers what was there before the test."""

    def __init__(self) -> None:
        self._threads = set(threading.enumerate())
        self._windows = {id(window) for window in _windows()}
        self._timers = {id(timer) for timer in _running_timers()}

    def leftovers(self, *, patience: float = PATIENCE_SECONDS) -> list[str]:
        """One line for each thing that is still there; waits a little for it to go."""
        deadline = monotonic() + patience
        _delete_what_is_due()
        while (found := self._found()) and monotonic() < deadline:
            sleep(0.02)
            _delete_what_is_due()
        return found

    def _found(self) -> list[str]:
        threads = [thread for thread in threading.enumerate() if thread not in self._threads]
        windows = [window for window in _windows() if id(window) not in self._windows]
        timers = [timer for timer in _running_timers() if id(timer) not in self._timers]
        return (
            [f"thread {thread.name} is still running" for thread in threads]
            + [f"window {_name(window)} is still there" for window in windows]
            + [f"timer {_name(timer)} of {_name(timer.parent())} is still running" for timer in timers]
        )


def _windows() -> list[QWidget]:
    return QApplication.topLevelWidgets() if QApplication.instance() else []


def _running_timers() -> list[QTimer]:
    # A timer without parent hangs on no widget, so only the collector knows all of them.
    timers = [thing for thing in gc.get_objects() if issubclass(type(thing), QTimer)]
    return [timer for timer in timers if shiboken6.isValid(timer) and timer.isActive()]


def _delete_what_is_due() -> None:
    gc.collect()
    if QCoreApplication.instance() is not None:
        send: Callable[..., None] = QCoreApplication.sendPostedEvents
        send(None, QEvent.Type.DeferredDelete.value)
        QCoreApplication.processEvents()


def _name(thing: QObject | None) -> str:
    if thing is None:
        return "nobody"
    return f"{type(thing).__name__} {thing.objectName()!r}" if thing.objectName() else type(thing).__name__
