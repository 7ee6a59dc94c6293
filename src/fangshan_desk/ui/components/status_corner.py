"""The corner of the rail that says whether the county is reachable and what still waits here."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.labels import ElidedLabel, text_label


class Connection(StrEnum):
    """How the desk stands with the county server."""

    OFFLINE = "offline"
    ONLINE = "online"
    SYNCING = "syncing"
    TROUBLE = "trouble"


@dataclass(frozen=True)
class StatusFacts:
    """What the corner and the rail show: a state in words, lines below it, counts by page."""

    connection: Connection = Connection.OFFLINE
    words: str = ""
    lines: tuple[str, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


_DOTS = {
    Connection.OFFLINE: palette.NAVY_WARNING,
    Connection.ONLINE: "#8fd6a8",
    Connection.SYNCING: "#8ec2ff",
    Connection.TROUBLE: "#ff9d94",
}


class _Dot(QWidget):
    """The coloured point before the words."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFixedSize(12, 18)
        self.colour = palette.NAVY_WARNING

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self.colour))
        painter.drawEllipse(0, 3, 11, 11)


class StatusCorner(QFrame):
    """A click asks for the page that explains it."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dot = _Dot(self)
        self._words = text_label(role="connection")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(1)
        self._is_compact = False
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 10, 10, 22)
        column.setSpacing(1)
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignLeft)
        first.addWidget(self._words, 1)
        column.addLayout(first)
        column.addLayout(self._lines)

    def show_facts(self, facts: StatusFacts) -> None:
        """Replaces what is shown."""
        self._dot.colour = _DOTS[facts.connection]
        self._dot.update()
        self._words.setText(facts.words)
        self._words.setProperty("state", str(facts.connection))
        self._words.style().unpolish(self._words)
        self._words.style().polish(self._words)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in facts.lines:
            label = ElidedLabel(line, parent=self)
            label.setFixedHeight(18)
            label.setVisible(not self._is_compact)
            self._lines.addWidget(label)
        self.setToolTip("\n".join((facts.words, *facts.lines)))
        self.setAccessibleName(" ".join((facts.words, *facts.lines)))

    def set_compact(self, is_compact: bool, *, hides_words: bool = False) -> None:
        """Only the point and its word, or only the point."""
        self._is_compact = is_compact
        self._words.setVisible(not hides_words)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(22 if hides_words else 18, 10, 0 if hides_words else 10, 22)
        for number in range(self._lines.count()):
            item = self._lines.itemAt(number)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.setVisible(not is_compact)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()
