"""A date typed the way people write it, or picked from a calendar."""

import re
import unicodedata
from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.icons import line_icon


def parse_date(text: str, *, today: date) -> date | None:
    """Reads ``2026-8-1``, ``2026.8.1``, ``20260801`` or ``8-1`` (this year), in any kind of digits."""
    digits = re.findall(r"\d+", unicodedata.normalize("NFKC", text))
    if len(digits) == 1 and len(digits[0]) == 8:
        digits = [digits[0][:4], digits[0][4:6], digits[0][6:]]
    if len(digits) == 2:
        digits = [str(today.year), *digits]
    if len(digits) != 3:
        return None
    year, month, day = (int(part) for part in digits)
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


class DateField(QLineEdit):
    """Holds a date or nothing; what cannot be read stays visible and is marked.

    Up and Down move by a day, Alt+Down opens the calendar.
    """

    date_changed = Signal(object)

    def __init__(
        self, *, today: date, calendar_name: str, placeholder: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._today = today
        self._value: date | None = None
        self._popup: _CalendarPopup | None = None
        self.setPlaceholderText(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(138)
        action = QAction(line_icon("calendar", colour=palette.TEXT_WEAK), calendar_name, self)
        action.triggered.connect(self.open_calendar)
        self.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
        self.editingFinished.connect(self._on_editing_finished)

    def value(self) -> date | None:
        """The date, or nothing when empty or unreadable."""
        return self._value

    def iso(self) -> str:
        """The date as ``YYYY-MM-DD``, or an empty string."""
        return self._value.isoformat() if self._value else ""

    def is_valid(self) -> bool:
        """Whether what is typed is a date or empty."""
        return not self.text().strip() or parse_date(self.text(), today=self._today) is not None

    def set_value(self, value: date | None) -> None:
        """Shows a date; does not emit :attr:`date_changed`."""
        self._value = value
        self.setText(value.isoformat() if value else "")
        self._mark()

    def set_iso(self, text: str) -> None:
        """Shows a date given as ISO text."""
        self.set_value(date.fromisoformat(text) if text else None)

    def open_calendar(self) -> None:
        """Shows the month below the field."""
        if self._popup is None:
            self._popup = _CalendarPopup(self)
            self._popup.picked.connect(self._on_picked)
        self._popup.show_below(self, day=self._value or self._today)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step < 0 and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
        elif step:
            self._take(date.fromordinal((self._read() or self._today).toordinal() + step))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.selectAll()

    def _read(self) -> date | None:
        return parse_date(self.text(), today=self._today)

    def _on_editing_finished(self) -> None:
        value = self._read()
        if value is None and self.text().strip():
            self._mark()
            return
        self._take(value)

    def _on_picked(self, value: date) -> None:
        self._take(value)
        self.setFocus()

    def _take(self, value: date | None) -> None:
        is_new = value != self._value
        self.set_value(value)
        if is_new:
            self.date_changed.emit(value)

    def _mark(self) -> None:
        self.setProperty("invalid", not self.is_valid())
        self.style().unpolish(self)
        self.style().polish(self)


class _CalendarPopup(QWidget):
    """A month in a small window that closes by itself."""

    picked = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "popup")
        self._calendar = QCalendarWidget(self)
        self._calendar.setLocale(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
        self._calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self._calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._calendar.setGridVisible(False)
        self._calendar.clicked.connect(self._on_clicked)
        self._calendar.activated.connect(self._on_clicked)
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._calendar)

    def show_below(self, field: QWidget, *, day: date) -> None:
        self._calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.adjustSize()
        corner = field.mapToGlobal(QPoint(0, field.height() + 2))
        room = field.screen().availableGeometry()
        left = min(corner.x(), room.right() - self.width())
        top = corner.y()
        if top + self.height() > room.bottom():
            top = field.mapToGlobal(QPoint(0, 0)).y() - self.height() - 2
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        self._calendar.setFocus()

    def _on_clicked(self, day: QDate) -> None:
        self.close()
        self.picked.emit(date(day.year(), day.month(), day.day()))
