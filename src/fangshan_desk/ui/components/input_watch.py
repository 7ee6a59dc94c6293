"""Notices when nobody has touched keyboard or mouse for a while."""

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

_INPUT = {
    QEvent.Type.KeyPress,
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
    QEvent.Type.TouchBegin,
    QEvent.Type.TabletPress,
}
_LOOK_EVERY_MS = 5000


class InputWatch(QObject):
    """Counts the seconds since the last input in any of our windows.

    It filters windows, not the application: a filter there would see every event of every widget.
    """

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._idle_after_ms = 0
        self._has_told = False
        self._since = QElapsedTimer()
        self._since.start()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._on_focus_window_changed)

    def watch(self, seconds: int) -> None:
        """Tells :attr:`idle` after so many seconds without input; 0 stops watching."""
        self._idle_after_ms = seconds * 1000
        self._timer.start() if seconds else self._timer.stop()

    def stop(self) -> None:
        self._timer.stop()

    def seconds_without_input(self) -> float:
        """How long nobody has touched anything."""
        return self._since.elapsed() / 1000

    def is_quiet(self) -> bool:
        """Whether a short pause would not be felt."""
        return self._since.elapsed() > 1500

    def look(self) -> None:
        """Tells once that the limit has passed; the next input starts over."""
        if self._idle_after_ms and not self._has_told and self._since.elapsed() >= self._idle_after_ms:
            self._has_told = True
            self.idle.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _INPUT:
            self._since.restart()
            self._has_told = False
        return False

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)
