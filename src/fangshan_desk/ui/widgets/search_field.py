"""The field that searches everything."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.painting import sized_font


class SearchField(QLineEdit):
    """Searches while one types; shows its shortcut until something is typed.

    Down and Enter are passed on as signals so the owner can steer its list of results.
    """

    searched = Signal(str)
    down_pressed = Signal()
    entered = Signal(str)
    left = Signal()

    def __init__(
        self, placeholder: str, *, shortcut: str = "", delay_ms: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(delay_ms)
        self._delay.timeout.connect(self._on_delay_over)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setProperty("kind", "search")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(34)
        self.setMaximumWidth(310)
        self.setMinimumWidth(160)
        self.textEdited.connect(self._on_text_edited)
        self.returnPressed.connect(self._on_return_pressed)

    def sizeHint(self) -> QSize:
        return QSize(310, 34)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Down:
            self.down_pressed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.clear()
            self.searched.emit("")
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.text() or not self._hint:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(self.font(), pixels=11))
        width = painter.fontMetrics().horizontalAdvance(self._hint) + 12
        box = self.rect().adjusted(self.width() - width - 12, 8, -12, -8)
        painter.setPen(QPen(QColor(palette.FIELD_LINE), 1))
        painter.setBrush(QColor(palette.CARD))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(QColor(palette.TEXT_HINT))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._hint)

    def _on_text_edited(self) -> None:
        self._delay.start()

    def _on_delay_over(self) -> None:
        self.searched.emit(self.text().strip())

    def _on_return_pressed(self) -> None:
        self.entered.emit(self.text().strip())
