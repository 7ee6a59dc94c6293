"""Paints the cells of a table: calm words, chips for states, a thin line below each row."""

from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from fangshan_desk.ui.models.columns import Align, Column, Weight
from fangshan_desk.ui.models.lazy_table import LazyTableModel
from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.painting import CHIP_HEIGHT, chip_width, paint_chip, sized_font

Index = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 39
_PADDING = 10
_ALIGN = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}


class TableDelegate(QStyledItemDelegate):
    """Reads the model directly: six roles per cell through Qt would cost more than the painting."""

    def __init__(self, view: QTableView, parent: QObject | None = None) -> None:
        super().__init__(parent if parent is not None else view)
        self._view = view
        self._font = QFont()
        self._bold = QFont()
        self._chip_font = QFont()
        self._metrics = QFontMetrics(self._font)
        self.hovered_row = -1
        self.take_font(view.font())

    def take_font(self, font: QFont) -> None:
        """Fonts are measured once, not per cell."""
        self._font = sized_font(font, pixels=palette.BASE_PIXELS)
        self._bold = sized_font(font, pixels=palette.BASE_PIXELS, bold=True)
        self._chip_font = sized_font(font, pixels=12)
        self._metrics = QFontMetrics(self._font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(80, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, LazyTableModel):
            super().paint(painter, option, index)
            return
        rect = option.rect
        self._paint_ground(painter, rect, row=index.row(), is_selected=_is_selected(option))
        column: Column[Any] = model.columns[index.column()]
        words = model.cell_text(index.row(), column)
        if not words:
            return
        tone = model.cell_tone(index.row(), column)
        room = rect.adjusted(_PADDING, 0, -_PADDING, -1)
        if tone is not None:
            width = min(chip_width(words, self._chip_font), room.width())
            box = QRectF(_chip_left(room, width, column.align), 0, width, CHIP_HEIGHT)
            box.moveTop(room.top() + (room.height() - CHIP_HEIGHT) / 2)
            shown = QFontMetrics(self._chip_font).elidedText(words, Qt.TextElideMode.ElideRight, width - 6)
            paint_chip(painter, shown, rect=box, tone=tone, font=self._chip_font)
            return
        painter.setFont(self._bold if column.weight is Weight.STRONG else self._font)
        painter.setPen(QColor(palette.TEXT_WEAK if column.weight is Weight.WEAK else palette.TEXT))
        shown = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _ALIGN[column.align], shown)

    def _paint_ground(self, painter: QPainter, rect: QRect, *, row: int, is_selected: bool) -> None:
        if is_selected:
            painter.fillRect(rect, QColor(palette.SELECTED))
        elif row == self.hovered_row:
            painter.fillRect(rect, QColor(palette.FIELD))
        painter.fillRect(rect.x(), rect.bottom(), rect.width(), 1, QColor(palette.LINE_WEAK))


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)


def _chip_left(room: QRect, width: int, align: Align) -> float:
    if align is Align.RIGHT:
        return room.right() + 1 - width
    if align is Align.CENTRE:
        return room.x() + (room.width() - width) / 2
    return room.x()
