"""A place to sign with pen, finger or mouse."""

from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QElapsedTimer, QIODevice, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTabletEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font

_THIN, _THICK = 1.4, 4.2
_MOUSE_PRESSURE = 0.45
_LEAST_INK = 24.0


@dataclass(frozen=True, slots=True)
class InkPoint:
    """One point of a stroke: place in pixels, pressure 0–1, milliseconds since the first touch."""

    x: float
    y: float
    pressure: float
    ms: int


Stroke = tuple[InkPoint, ...]


class SignaturePad(QWidget):
    """Takes strokes with their pressure and speed; Ctrl+Z takes the last one back."""

    changed = Signal()

    def __init__(self, *, prompt: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._prompt = prompt
        self._strokes: list[list[InkPoint]] = []
        self._is_drawing = False
        self._since_start = QElapsedTimer()
        self.setAccessibleName(name)
        self.setMinimumSize(240, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def strokes(self) -> tuple[Stroke, ...]:
        """What was written, stroke by stroke."""
        return tuple(tuple(stroke) for stroke in self._strokes)

    def is_blank(self) -> bool:
        """Whether nothing, or no more than a dot, was written."""
        return self._ink_length() < _LEAST_INK

    def clear(self) -> None:
        """Starts again."""
        self._strokes.clear()
        self._is_drawing = False
        self._report()

    def undo(self) -> None:
        """Takes the last stroke back."""
        if self._strokes:
            self._strokes.pop()
            self._report()

    def png(self, *, scale: float = 3.0) -> bytes:
        """The writing cropped to its ink on a transparent ground; empty bytes while blank."""
        if self.is_blank():
            return b""
        area = self._ink_area().adjusted(-6, -6, 6, 6)
        image = QImage((area.size() * scale).toSize(), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.scale(scale, scale)
        painter.translate(-area.topLeft())
        self._paint_ink(painter)
        painter.end()
        content = QByteArray()
        buffer = QBuffer(content)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stub wants bytes, Qt wants text
        return bytes(content.data())

    def sizeHint(self) -> QSize:
        return QSize(520, 220)

    def tabletEvent(self, event: QTabletEvent) -> None:
        kind = event.type()
        if kind == event.Type.TabletPress:
            self._begin(event.position(), event.pressure())
        elif kind == event.Type.TabletMove:
            self._extend(event.position(), event.pressure())
        elif kind == event.Type.TabletRelease:
            self._end()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._begin(event.position(), _MOUSE_PRESSURE)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._extend(event.position(), _MOUSE_PRESSURE)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(palette.FIELD_LINE), 1))
        painter.setBrush(QColor(palette.FIELD))
        painter.drawRoundedRect(frame, palette.RADIUS_SMALL, palette.RADIUS_SMALL)
        self._paint_base_line(painter)
        self._paint_ink(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))

    def _begin(self, where: QPointF, pressure: float) -> None:
        if not self._strokes:
            self._since_start.start()
        self._is_drawing = True
        self._strokes.append([self._point(where, pressure)])
        self.update()

    def _extend(self, where: QPointF, pressure: float) -> None:
        if not self._is_drawing:
            return
        self._strokes[-1].append(self._point(where, pressure))
        self.update()

    def _end(self) -> None:
        if self._is_drawing:
            self._is_drawing = False
            self._report()

    def _point(self, where: QPointF, pressure: float) -> InkPoint:
        # A stroke that leaves the pad must not leave the picture.
        x = max(0.0, min(float(self.width()), where.x()))
        y = max(0.0, min(float(self.height()), where.y()))
        return InkPoint(x, y, max(0.05, min(1.0, pressure)), int(self._since_start.elapsed()))

    def _report(self) -> None:
        self.update()
        self.changed.emit()

    def _ink_length(self) -> float:
        length = 0.0
        for stroke in self._strokes:
            for one, other in pairwise(stroke):
                length += abs(other.x - one.x) + abs(other.y - one.y)
        return length

    def _ink_area(self) -> QRectF:
        points = [QPointF(point.x, point.y) for stroke in self._strokes for point in stroke]
        return QPolygonF(points).boundingRect()

    def _paint_base_line(self, painter: QPainter) -> None:
        level = self.height() * 0.78
        painter.setPen(QPen(QColor(palette.LINE), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(20, level), QPointF(self.width() - 20, level))
        if not self._strokes:
            painter.setPen(QColor(palette.TEXT_HINT))
            painter.setFont(sized_font(self.font(), pixels=13))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._prompt)

    def _paint_ink(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(QColor(palette.TEXT))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        for stroke in self._strokes:
            pen.setWidthF(_THIN + (_THICK - _THIN) * stroke[0].pressure)
            painter.setPen(pen)
            if len(stroke) == 1:
                painter.drawPoint(QPointF(stroke[0].x, stroke[0].y))
            for one, other in pairwise(stroke):
                pen.setWidthF(_THIN + (_THICK - _THIN) * (one.pressure + other.pressure) / 2)
                painter.setPen(pen)
                painter.drawLine(QPointF(one.x, one.y), QPointF(other.x, other.y))
