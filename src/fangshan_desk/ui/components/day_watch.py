"""Notices that a new day has begun while the program stays open."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal

CHECK_EVERY_MS = 60_000


class DayWatch(QObject):
    """Emits :attr:`day_changed` once for each new day.

    Looks once a minute instead of counting to midnight: a laptop that slept must notice too.
    """

    day_changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QObject) -> None:
        super().__init__(parent)
        self._today = today
        self._day = today()
        self._timer = QTimer(self)
        self._timer.setInterval(CHECK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Compare the day with the last one seen."""
        now = self._today()
        if now != self._day:
            self._day = now
            self.day_changed.emit()
