"""Short lists inside cards: rows of a record, facts, and what happened when."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.labels import ElidedLabel, text_label
from fangshan_desk.ui.widgets.painting import paint_focus

ROW_HEIGHT = 53


class RecordRow(QFrame):
    """A record in two lines, with a time at the left and badges or buttons at the right.

    A click on it, Enter or Space emit :attr:`opened` with its key.
    """

    opened = Signal(str)

    def __init__(
        self,
        key: str,
        *,
        title: str,
        subtitle: str = "",
        leading: str = "",
        trailing: Sequence[QWidget] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._key = key
        self.setProperty("surface", "row")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(" ".join(part for part in (leading, title, subtitle) if part))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(ROW_HEIGHT if subtitle else 39)
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 1)
        row.setSpacing(12)
        if leading:
            time = text_label(leading)
            time.setMinimumWidth(41)
            row.addWidget(time)
        row.addLayout(self._words(title, subtitle), 1)
        for widget in trailing:
            row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def key(self) -> str:
        return self._key

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self.rect().contains(event.position().toPoint()):
            self.opened.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit(self._key)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.underMouse():
            painter.fillRect(self.rect(), QColor(palette.FIELD))
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(palette.LINE_WEAK))
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), radius=4)

    def _words(self, title: str, subtitle: str) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addStretch(1)
        words.addWidget(ElidedLabel(title))
        if subtitle:
            words.addWidget(ElidedLabel(subtitle, role="weak"))
        words.addStretch(1)
        return words


class RowList(QWidget):
    """Rows of records below each other; arrow keys move between them."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._rows: list[RecordRow] = []

    def rows(self) -> tuple[RecordRow, ...]:
        return tuple(self._rows)

    def set_rows(self, rows: Sequence[RecordRow]) -> None:
        """Replaces what is shown."""
        for row in self._rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self._rows = list(rows)
        for row in self._rows:
            self._column.addWidget(row)
            row.opened.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        focused = next((number for number, row in enumerate(self._rows) if row.hasFocus()), None)
        if not step or focused is None:
            super().keyPressEvent(event)
            return
        target = max(0, min(len(self._rows) - 1, focused + step))
        self._rows[target].setFocus(Qt.FocusReason.TabFocusReason)


class KeyValueRows(QWidget):
    """Facts as pairs of a weak word and its value; a value may be a control."""

    def __init__(
        self,
        rows: Sequence[tuple[str, str | QWidget]] = (),
        *,
        key_width: int = 84,
        has_lines: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._grid = QVBoxLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._key_width = key_width
        self._has_lines = has_lines
        self.set_rows(rows)

    def set_rows(self, rows: Sequence[tuple[str, str | QWidget]]) -> None:
        """Replaces what is shown."""
        while (item := self._grid.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for key, value in rows:
            self._grid.addWidget(self._row(key, value))
        # Not a fixed height: wrapped words need more of it in a narrow card.
        self._grid.addStretch(1)

    def _row(self, key: str, value: str | QWidget) -> QWidget:
        line = QFrame(self)
        line.setProperty("surface", "fact" if self._has_lines else "bare-fact")
        row = QHBoxLayout(line)
        row.setContentsMargins(*((10, 7, 10, 7) if self._has_lines else (0, 2, 0, 2)))
        row.setSpacing(10)
        name = text_label(key, role="weak")
        name.setFixedWidth(self._key_width - 10)
        row.addWidget(name, 0, Qt.AlignmentFlag.AlignTop)
        if isinstance(value, str):
            words = text_label(value, wrap=True)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            row.addWidget(words, 1)
        else:
            row.addWidget(value)
            row.addStretch(1)
        if self._has_lines:
            line.setMinimumHeight(36)
        return line


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """What happened: when, what, and a weaker second line."""

    when: str
    what: str
    note: str = ""


class TimelineList(QFrame):
    """Events below each other along a line, newest first as given."""

    def __init__(self, entries: Sequence[TimelineEntry] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("surface", "timeline")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(14, 0, 0, 0)
        self._column.setSpacing(4)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.set_entries(entries)

    def set_entries(self, entries: Sequence[TimelineEntry]) -> None:
        """Replaces what is shown."""
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for entry in entries:
            words = text_label(f"{entry.when} {entry.what}".strip(), role="small", wrap=True)
            self._column.addWidget(words)
            if entry.note:
                self._column.addWidget(text_label(entry.note, role="weak", wrap=True))
