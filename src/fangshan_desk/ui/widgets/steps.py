"""The steps of a job in a row: done, now, still to come."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font
from fangshan_desk.ui.widgets.palette import TONES, Tone

_CIRCLE = 20
_WORD_GAP = 7
_LINE = 14
_LINE_GAP = 10


class StepBar(QWidget):
    """Numbered steps; a done step can be clicked to go back, arrow keys move."""

    step_chosen = Signal(int)

    def __init__(self, captions: Sequence[str], *, current: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._captions = tuple(captions)
        self._current = current
        self._reachable = current
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_current(current)

    def current(self) -> int:
        return self._current

    def set_current(self, step: int) -> None:
        """Shows this step as the one being worked on; earlier ones count as done."""
        self._current = step
        self._reachable = max(self._reachable, step)
        if 0 <= step < len(self._captions):
            self.setAccessibleName(f"{step + 1}/{len(self._captions)} {self._captions[step]}")
        self.update()

    def set_reachable(self, step: int) -> None:
        """The last step a click may go to."""
        self._reachable = step

    def sizeHint(self) -> QSize:
        return QSize(self._spans()[-1][1] + 4 if self._captions else 0, 34)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        where = event.position().x()
        for step, (left, right) in enumerate(self._spans()):
            if left <= where <= right and step <= self._reachable and step != self._current:
                self.step_chosen.emit(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        move = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        target = self._current + move
        if move and 0 <= target <= min(self._reachable, len(self._captions) - 1):
            self.step_chosen.emit(target)
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spans = self._spans()
        for step, (left, right) in enumerate(spans):
            self._paint_step(painter, step, left=left, right=right)
            if step + 1 < len(spans):
                painter.setPen(QPen(QColor(palette.FIELD_LINE), 1))
                middle = self.height() / 2
                painter.drawLine(
                    QPointF(right + _LINE_GAP, middle), QPointF(right + _LINE_GAP + _LINE, middle)
                )
        if self.hasFocus():
            left, right = spans[self._current]
            paint_focus(painter, QRectF(left - 3, 3, right - left + 6, self.height() - 6))

    def _caption_font(self, *, bold: bool) -> QFont:
        return sized_font(self.font(), pixels=13, bold=bold)

    def _spans(self) -> list[tuple[int, int]]:
        # Bold widths for all: a step must not move when it becomes the current one.
        self.ensurePolished()
        painter_font = self._caption_font(bold=True)
        from_left, spans = 4, []
        for caption in self._captions:
            width = _CIRCLE + _WORD_GAP + _width(caption, painter_font)
            spans.append((from_left, from_left + width))
            from_left += width + 2 * _LINE_GAP + _LINE
        return spans

    def _paint_step(self, painter: QPainter, step: int, *, left: int, right: int) -> None:
        is_done, is_now = step < self._current, step == self._current
        green = TONES[Tone.GREEN].strong
        ground = green if is_done else palette.PRIMARY if is_now else palette.DISABLED
        word = green if is_done else palette.PRIMARY if is_now else palette.TEXT_HINT
        circle = QRectF(left, (self.height() - _CIRCLE) / 2, _CIRCLE, _CIRCLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(ground))
        painter.drawEllipse(circle)
        if is_done:
            self._paint_tick(painter, circle)
        else:
            painter.setPen(QColor("#ffffff" if is_now else palette.TEXT_HINT))
            painter.setFont(sized_font(self.font(), pixels=11, bold=is_now))
            painter.drawText(circle, Qt.AlignmentFlag.AlignCenter, str(step + 1))
        painter.setPen(QColor(word))
        painter.setFont(self._caption_font(bold=is_now))
        box = QRectF(left + _CIRCLE + _WORD_GAP, 0, right - left, self.height())
        painter.drawText(
            box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self._captions[step]
        )

    def _paint_tick(self, painter: QPainter, circle: QRectF) -> None:
        pen = QPen(QColor("white"), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        left, top = circle.left(), circle.top()
        corners = [
            QPointF(left + 5.8, top + 10.4),
            QPointF(left + 8.8, top + 13.4),
            QPointF(left + 14.4, top + 7),
        ]
        painter.drawPolyline(QPolygonF(corners))


def _width(text: str, font: QFont) -> int:
    return QFontMetrics(font).horizontalAdvance(text)
