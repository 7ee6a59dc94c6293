"""A letter's verification code on the screen."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette

_SIDE = 112
_QUIET = 4
_DARK = 128


class CodePicture(QWidget):
    """Paints modules as squares of whole pixels, so that a phone reads it off the screen."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._modules: tuple[bytes, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_modules(self, modules: Sequence[bytes]) -> None:
        """Replaces the code; none shows an empty frame."""
        self._modules = tuple(modules)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        count = len(self._modules)
        side = max(_SIDE, (count + 2 * _QUIET) * self._dots()) if count else _SIDE
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(palette.CARD))
        painter.setPen(QPen(QColor(palette.LINE), 1))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        count = len(self._modules)
        if not count:
            return
        dot = self._dots()
        edge = (self.width() - count * dot) / 2
        for row, line in enumerate(self._modules):
            for column, value in enumerate(line):
                if value < _DARK:
                    box = QRectF(edge + column * dot, edge + row * dot, dot, dot)
                    painter.fillRect(box, QColor("#000000"))

    def _dots(self) -> int:
        count = len(self._modules) + 2 * _QUIET
        return max(2, _SIDE // count)
