"""Chips that narrow a list."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.focus import KeyboardFocus
from fangshan_desk.ui.widgets.painting import paint_focus, sized_font

_HEIGHT = 28
_PADDING = 10
_ARROW = 12


class _Chip(KeyboardFocus, QAbstractButton):
    """The shared look of filter chips."""

    trailing = 0

    def __init__(self, caption: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setText(caption)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(sized_font(self.font(), pixels=12)).horizontalAdvance(self.text())
        return QSize(words + 2 * _PADDING + self.trailing, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def is_active(self) -> bool:
        return self.isChecked()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = palette.SELECTED_LINE if self.is_active() else palette.FIELD_LINE
        ground = palette.SELECTED if self.is_active() else palette.CARD
        if self.underMouse() and not self.is_active():
            ground = palette.FIELD
        painter.setPen(QPen(QColor(line), 1))
        painter.setBrush(QColor(ground))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(QColor(palette.PRIMARY if self.is_active() else palette.TEXT))
        painter.setFont(sized_font(self.font(), pixels=12))
        words = self.rect().adjusted(0, 0, -self.trailing, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())
        self._paint_trailing(painter)
        if self.shows_focus():
            paint_focus(painter, QRectF(self.rect()))

    def _paint_trailing(self, painter: QPainter) -> None:
        """For chips with something after the words."""


class FilterChip(_Chip):
    """A choice that is on or off, with its number of rows."""

    def __init__(self, caption: str, *, count: int | None = None, parent: QWidget | None = None) -> None:
        super().__init__(caption, parent)
        self._caption = caption
        self.setCheckable(True)
        self.set_count(count)

    def set_count(self, count: int | None) -> None:
        self.setText(self._caption if count is None else f"{self._caption} {count}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()


class DropDownFilter(_Chip):
    """A chip that opens a list of values; the first value means "all"."""

    value_chosen = Signal(str)
    trailing = _ARROW

    def __init__(
        self,
        caption: str,
        *,
        options: Sequence[tuple[str, str]],
        value: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(caption, parent)
        self._caption = caption
        self._options: tuple[tuple[str, str], ...] = ()
        self._value = value
        self.clicked.connect(self.open_menu)
        self.set_options(options)

    def value(self) -> str:
        """The chosen value; the first option's value stands for all."""
        return self._value

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Replaces what is offered, pairs of value and words; keeps the choice where it still exists."""
        self._options = tuple(options)
        values = [value for value, _ in options]
        if self._value not in values:
            self._value = values[0] if values else ""
        self._show_choice()

    def set_value(self, value: str) -> None:
        """Shows a choice; does not emit :attr:`value_chosen`."""
        self._value = value
        self._show_choice()

    def is_active(self) -> bool:
        return bool(self._options) and self._value != self._options[0][0]

    def open_menu(self) -> None:
        """Shows the values below the chip."""
        menu = self._build_menu()
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _build_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        group = QActionGroup(menu)
        for value, words in self._options:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.setData(value)
            group.addAction(action)
            menu.addAction(action)
        menu.triggered.connect(self._on_menu_triggered)
        return menu

    def _on_menu_triggered(self, action: QAction) -> None:
        value = str(action.data())
        if value != self._value:
            self.set_value(value)
            self.value_chosen.emit(value)

    def _show_choice(self) -> None:
        words = dict(self._options).get(self._value, "")
        self.setText(f"{self._caption}{words}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def _paint_trailing(self, painter: QPainter) -> None:
        right, middle = self.width() - _PADDING, self.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.PRIMARY if self.is_active() else palette.TEXT_WEAK))
        corners = [
            QPointF(right - 7, middle - 2),
            QPointF(right, middle - 2),
            QPointF(right - 3.5, middle + 2.5),
        ]
        painter.drawPolygon(QPolygonF(corners))
