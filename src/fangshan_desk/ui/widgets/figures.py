"""Numbers one sees from afar: counts, the risk scale, shares and bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.painting import sized_font
from fangshan_desk.ui.widgets.palette import TONES, Tone


class BigNumber(QWidget):
    """A large number with its unit, and below it what it counts; a click asks for the list behind it."""

    chosen = Signal()

    def __init__(self, number: str, *, caption: str, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._number = text_label(number, role="big-number")
        self._unit = text_label(unit, role="weak-body")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        line = QHBoxLayout()
        line.setSpacing(3)
        line.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBottom)
        line.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        line.addStretch(1)
        self._unit.setContentsMargins(0, 0, 0, 5)
        column.addLayout(line)
        column.addWidget(text_label(caption, role="weak"))
        self._caption = caption
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.show_number(number, unit=unit)

    def show_number(self, number: str, *, unit: str = "") -> None:
        self._number.setText(number)
        self._unit.setText(unit)
        self.setAccessibleName(f"{self._caption} {number} {unit}".strip())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self.chosen.emit()


@dataclass(frozen=True, slots=True)
class Band:
    """One stretch of a scale or share bar: its weight and colour."""

    weight: float
    tone: Tone


class RiskBar(QWidget):
    """A scale of levels with a marker where the case stands; no marker while it is unrated."""

    def __init__(self, bands: Sequence[Band], *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands = tuple(bands)
        self._position: float | None = None
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_position(self, position: float | None, *, description: str = "") -> None:
        """Moves the marker: 0 is the left end, 1 the right end."""
        self._position = None if position is None else max(0.0, min(1.0, position))
        self.setAccessibleName(description)
        self.setToolTip(description)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        bar = QRectF(0, 4, self.width(), 8)
        _paint_bands(painter, self._bands, bar=bar, radius=4, is_faint=self._position is None)
        if self._position is not None:
            middle = 2 + self._position * (self.width() - 4)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.TEXT))
            painter.drawRoundedRect(QRectF(middle - 2, 0, 4, 16), 2, 2)


class ShareBar(QWidget):
    """A whole divided into its shares."""

    def __init__(self, bands: Sequence[Band] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bands = tuple(bands)
        self.setFixedHeight(16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_bands(self, bands: Sequence[Band], *, description: str = "") -> None:
        self._bands = tuple(bands)
        self.setAccessibleName(description)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _paint_bands(painter, self._bands, bar=QRectF(self.rect()), radius=4, is_faint=False)


class BarChart(QWidget):
    """One bar per period; the last stands out."""

    def __init__(self, bars: Sequence[tuple[str, float]] = (), *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = tuple(bars)
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_bars(self, bars: Sequence[tuple[str, float]]) -> None:
        """Replaces what is shown, as pairs of caption and number."""
        self._bars = tuple(bars)
        self.setAccessibleName(", ".join(f"{caption} {number:g}" for caption, number in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, 130)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max(number for _, number in self._bars) or 1
        slot = self.width() / len(self._bars)
        room = min(self.height() - 42, 160)
        for place, (caption, number) in enumerate(self._bars):
            height = max(2.0, room * number / most)
            bar = QRectF(slot * (place + 0.5) - 13, 20 + room - height, 26, height)
            is_last = place == len(self._bars) - 1
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(palette.PRIMARY if is_last else "#b8cce4"))
            painter.drawRoundedRect(bar, 2, 2)
            painter.setFont(sized_font(self.font(), pixels=12))
            painter.setPen(QColor(palette.TEXT_WEAK))
            above = QRectF(slot * place, bar.top() - 20, slot, 18)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{number:g}")
            painter.setPen(QColor(palette.TEXT))
            below = QRectF(slot * place, bar.bottom() + 4, slot, 18)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, caption)


def _paint_bands(
    painter: QPainter, bands: Sequence[Band], *, bar: QRectF, radius: float, is_faint: bool
) -> None:
    whole = sum(band.weight for band in bands)
    frame = QPainterPath()
    frame.addRoundedRect(bar, radius, radius)
    painter.save()
    painter.setClipPath(frame)
    painter.fillRect(bar, QColor(palette.DISABLED))
    painter.setOpacity(0.35 if is_faint else 1.0)
    left = bar.left()
    for band in bands:
        width = bar.width() * band.weight / whole if whole else 0.0
        painter.fillRect(QRectF(left, bar.top(), width, bar.height()), QColor(TONES[band.tone].strong))
        left += width
    painter.restore()
