"""Shapes that several controls and the table delegate draw alike."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.palette import TONES, Tone

CHIP_HEIGHT = 22
CHIP_PADDING = 7


def sized_font(base: QFont, *, pixels: int, bold: bool = False) -> QFont:
    """The same family at another size."""
    font = QFont(base)
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return font


def chip_width(text: str, font: QFont) -> int:
    """The width a chip with this text takes."""
    return QFontMetrics(font).horizontalAdvance(text) + 2 * CHIP_PADDING


def paint_chip(painter: QPainter, text: str, *, rect: QRectF, tone: Tone, font: QFont) -> None:
    """A rounded label in the colours of its tone."""
    colours = TONES[tone]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.line), 1))
    painter.setBrush(QColor(colours.fill))
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def paint_focus(painter: QPainter, rect: QRectF, *, radius: float = 6.0) -> None:
    """The ring that shows where the keyboard is."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(palette.FOCUS), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def paint_bubble(painter: QPainter, text: str, *, rect: QRectF, font: QFont) -> None:
    """A count in a red pill."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(palette.ALERT))
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
