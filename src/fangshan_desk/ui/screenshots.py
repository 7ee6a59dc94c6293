"""Pictures of real windows, taken when nothing is loading any more."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, QSize
from PySide6.QtWidgets import QWidget

PATIENCE_MS = 15_000


class NeverQuietError(RuntimeError):
    """The window kept loading for longer than anybody would wait."""


def settle(is_idle: Callable[[], bool] = lambda: True, *, patience_ms: int = PATIENCE_MS) -> None:
    """Runs the event loop until nothing loads and everything is painted.

    Quiet several times in a row: a result that arrives may ask for the next thing.
    """
    clock = QElapsedTimer()
    clock.start()
    quiet_rounds = 0
    while quiet_rounds < 3:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        quiet_rounds = quiet_rounds + 1 if is_idle() else 0
        if clock.elapsed() > patience_ms:
            raise NeverQuietError(f"still busy after {patience_ms} ms")


def grab(
    widget: QWidget,
    path: Path,
    *,
    size: tuple[int, int] = (1366, 768),
    is_idle: Callable[[], bool] = lambda: True,
) -> Path:
    """Shows the widget at a size, waits, and saves what it looks like; returns the path."""
    widget.resize(QSize(*size))
    if not widget.isVisible():
        widget.show()
    settle(is_idle)
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = widget.grab()
    if not picture.save(str(path)):
        raise OSError(f"cannot write {path}")
    return path
