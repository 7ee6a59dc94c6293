"""One question's answer as a row of joined buttons."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font
from fangshan_desk.ui.widgets.palette import TONES, Tone

_HEIGHT = 30
_PADDING = 12


@dataclass(frozen=True, slots=True)
class AnswerChoice:
    """One possible answer: the value kept, the word shown, the colour when chosen, the digit."""

    value: str
    caption: str
    tone: Tone
    digit: str = ""


class SegmentedAnswer(QWidget):
    """Joined choices of which at most one is chosen; clicking the chosen one takes it back.

    The owner handles digits for the whole list of questions through :meth:`answer_for_digit`.
    """

    answered = Signal(str)

    def __init__(
        self, choices: Sequence[AnswerChoice], *, value: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._value = value
        self._pointed = -1
        self._is_read_only = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def value(self) -> str:
        """The chosen answer, or an empty string."""
        return self._value

    def set_value(self, value: str) -> None:
        """Shows an answer; does not emit :attr:`answered`."""
        self._value = value
        chosen = next((choice.caption for choice in self._choices if choice.value == value), "")
        self.setAccessibleDescription(chosen)
        self.update()

    def set_read_only(self, is_read_only: bool) -> None:
        """Shows the answer of an issued record that nobody may change."""
        self._is_read_only = is_read_only
        cursor = Qt.CursorShape.ArrowCursor if is_read_only else Qt.CursorShape.PointingHandCursor
        self.setCursor(cursor)

    def answer_for_digit(self, digit: str) -> bool:
        """Chooses by digit; ``0`` without a choice of its own takes the answer back."""
        if self._is_read_only:
            return False
        for choice in self._choices:
            if choice.digit == digit:
                self._choose(choice.value)
                return True
        if digit == "0":
            self._choose("")
            return True
        return False

    def sizeHint(self) -> QSize:
        return QSize(sum(self._widths()) + 1, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self._choice_at(event.position().x()))

    def leaveEvent(self, event: object) -> None:
        self._point_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        number = self._choice_at(event.position().x())
        if number >= 0 and not self._is_read_only:
            value = self._choices[number].value
            self._choose("" if value == self._value else value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() and self.answer_for_digit(event.text()):
            return
        move = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(Qt.Key(event.key()), 0)
        if not move or self._is_read_only:
            super().keyPressEvent(event)
            return
        values = [choice.value for choice in self._choices]
        at = values.index(self._value) if self._value in values else (-1 if move > 0 else len(values))
        self._choose(values[max(0, min(len(values) - 1, at + move))])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(sized_font(self.font(), pixels=13))
        frame = QPainterPath()
        frame.addRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.fillPath(frame, QColor(palette.CARD))
        painter.setClipPath(frame)
        left = 0.0
        for number, width in enumerate(self._widths()):
            self._paint_choice(painter, number, rect=QRectF(left, 0, width, self.height()))
            left += width
        painter.setClipping(False)
        painter.setPen(QPen(QColor(palette.FIELD_LINE), 1))
        painter.drawPath(frame)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()), radius=4)

    def _paint_choice(self, painter: QPainter, number: int, *, rect: QRectF) -> None:
        choice = self._choices[number]
        is_chosen = choice.value == self._value
        if is_chosen:
            painter.fillRect(rect, QColor(_chosen_colour(choice.tone)))
        elif number == self._pointed and not self._is_read_only:
            painter.fillRect(rect, QColor(palette.SURFACE))
        if number:
            painter.setPen(QPen(QColor(palette.FIELD_LINE), 1))
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        painter.setPen(QColor("white" if is_chosen else palette.TEXT))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, choice.caption)

    def _widths(self) -> list[int]:
        return [
            self.fontMetrics().horizontalAdvance(choice.caption) + 2 * _PADDING for choice in self._choices
        ]

    def _choice_at(self, where: float) -> int:
        left = 0
        for number, width in enumerate(self._widths()):
            if left <= where < left + width:
                return number
            left += width
        return -1

    def _point_at(self, number: int) -> None:
        if number != self._pointed:
            self._pointed = number
            self.update()

    def _choose(self, value: str) -> None:
        if value != self._value:
            self.set_value(value)
            self.answered.emit(value)


def _chosen_colour(tone: Tone) -> str:
    return {Tone.RED: TONES[Tone.RED].text, Tone.GREY: "#566370", Tone.YELLOW: "#7a6300"}.get(
        tone, TONES[tone].strong
    )
