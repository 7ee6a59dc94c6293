"""A text field as high as its words."""

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

_PAUSE_MS = 700
# Border, padding and the document's own margin, above and below.
_FRAME = 22


class GrowingText(QPlainTextEdit):
    """Several lines without a scroll bar; ``edited`` comes after a pause or when the field is left."""

    edited = Signal(str)

    def __init__(self, name: str, *, most_lines: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kept = ""
        self._most_lines = most_lines
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.flush)
        self.textChanged.connect(self._on_text_changed)

    def show_text(self, text: str) -> None:
        """Shows what is kept; never under the person's hands."""
        if self.hasFocus() and self._pause.isActive():
            return
        self._kept = text
        if self.toPlainText() != text:
            self.setPlainText(text)
        self._pause.stop()
        self._fit()

    def flush(self) -> None:
        """Tells what was typed, if it was not told yet."""
        self._pause.stop()
        text = self.toPlainText().strip()
        if text != self._kept.strip():
            self._kept = text
            self.edited.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.flush()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        return QSize(240, self._height())

    def _on_text_changed(self) -> None:
        self._fit()
        if self.hasFocus():
            self._pause.start()

    def _fit(self) -> None:
        height = self._height()
        if height != self.height():
            self.setFixedHeight(height)

    def _height(self) -> int:
        line = self.fontMetrics().lineSpacing()
        # A plain text document counts its height in lines.
        lines = min(self._most_lines, max(1, round(self.document().size().height())))
        return lines * line + _FRAME
