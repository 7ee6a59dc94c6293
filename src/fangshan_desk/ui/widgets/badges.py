"""Small coloured labels: a state in words and colour."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fangshan_desk.ui.widgets.painting import (
    CHIP_HEIGHT,
    chip_width,
    paint_bubble,
    paint_chip,
    sized_font,
)
from fangshan_desk.ui.widgets.palette import Tone


class Badge(QWidget):
    """A chip of one tone; colour never stands without its words."""

    def __init__(self, text: str = "", *, tone: Tone = Tone.GREY, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._text = text
        self._tone = tone
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def tone(self) -> Tone:
        return self._tone

    def show_state(self, text: str, *, tone: Tone) -> None:
        """Changes words and colour together."""
        self._text, self._tone = text, tone
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(chip_width(self._text, sized_font(self.font(), pixels=12)), CHIP_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = sized_font(self.font(), pixels=12)
        paint_chip(painter, self._text, rect=QRectF(self.rect()), tone=self._tone, font=font)


class CountBubble(QWidget):
    """A number in a red pill; hidden at zero."""

    def __init__(self, count: int = 0, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        self._text = "99+" if count > 99 else str(count)
        self.setVisible(count > 0)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self._text) + 10
        return QSize(max(18, width), 18)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = sized_font(self.font(), pixels=11)
        paint_bubble(painter, self._text, rect=QRectF(self.rect()), font=font)
