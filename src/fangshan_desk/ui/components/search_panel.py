"""The list that opens under the search field while one types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.ui.context import OperationsPort, Target
from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.labels import text_label
from fangshan_desk.ui.widgets.painting import CHIP_HEIGHT, chip_width, paint_chip, sized_font
from fangshan_desk.ui.widgets.palette import Tone
from fangshan_desk.ui.widgets.search_field import SearchField

ROW_HEIGHT = 46
MOST_ROWS = 10
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class SearchHit:
    """One find: its words, what kind of record it is, and where it is shown."""

    title: str
    target: Target
    subtitle: str = ""
    kind: str = ""
    tone: Tone = Tone.GREY


Search = Callable[[str], Sequence[SearchHit]]


class _HitsModel(QAbstractListModel):
    """The finds of one search."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.hits: tuple[SearchHit, ...] = ()

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        self.beginResetModel()
        self.hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            hit = self.hits[index.row()]
            return f"{hit.title} {hit.subtitle}".strip()
        return None


class _HitDelegate(QStyledItemDelegate):
    """Two lines and a chip per find."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, ROW_HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        if not isinstance(model, _HitsModel):
            return
        hit, rect = model.hits[index.row()], option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(palette.SELECTED))
        room = rect.adjusted(12, 5, -12, -5)
        if hit.kind:
            font = sized_font(option.font, pixels=12)
            width = chip_width(hit.kind, font)
            top = rect.y() + (rect.height() - CHIP_HEIGHT) / 2
            box = QRectF(room.right() - width, top, width, CHIP_HEIGHT)
            paint_chip(painter, hit.kind, rect=box, tone=hit.tone, font=font)
            room.setRight(room.right() - width - 10)
        for words, pixels, colour, align in (
            (hit.title, 13, palette.TEXT, Qt.AlignmentFlag.AlignTop),
            (hit.subtitle, 12, palette.TEXT_WEAK, Qt.AlignmentFlag.AlignBottom),
        ):
            painter.setFont(sized_font(option.font, pixels=pixels))
            painter.setPen(QColor(colour))
            shown = QFontMetrics(painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, align | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()


class SearchPanel(QFrame):
    """Searches for what the field holds; the keyboard stays in the field."""

    target_chosen = Signal(object)

    def __init__(
        self,
        field: SearchField,
        *,
        operations: OperationsPort,
        search: Search,
        nothing_found: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._field = field
        self._operations = operations
        self._search = search
        self.setProperty("surface", "popup")
        self._model = _HitsModel(self)
        self._list = QListView(self)
        self._list.setModel(self._model)
        self._list.setItemDelegate(_HitDelegate(self._list))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setUniformItemSizes(True)
        self._list.setMouseTracking(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.clicked.connect(self._on_clicked)
        self._nothing = text_label(nothing_found, role="weak")
        self._nothing.setContentsMargins(12, 10, 12, 10)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 5, 1, 5)
        column.setSpacing(0)
        column.addWidget(self._list)
        column.addWidget(self._nothing)
        field.searched.connect(self._on_searched)
        field.installEventFilter(self)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        if self.isVisible() and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(Qt.Key(event.key()))
        return False

    def hits(self) -> tuple[SearchHit, ...]:
        """What is listed now."""
        return self._model.hits

    def choose(self, row: int) -> None:
        """Goes to one find."""
        if 0 <= row < len(self._model.hits):
            target = self._model.hits[row].target
            self.hide()
            self._field.clear()
            self.target_chosen.emit(target)

    def _steer(self, key: Qt.Key) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(key, 0)
        if step:
            row = max(0, min(len(self._model.hits) - 1, self._list.currentIndex().row() + step))
            self._list.setCurrentIndex(self._model.index(row))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose(self._list.currentIndex().row())
            return True
        return False

    def _on_searched(self, words: str) -> None:
        if not words:
            self.hide()
            return
        search = self._search
        self._operations.read(lambda: tuple(search(words)), on_done=self._on_found, key="search", owner=self)

    def _on_found(self, hits: tuple[SearchHit, ...]) -> None:
        if not self._field.text().strip():
            return
        self._model.show_hits(hits)
        if hits:
            self._list.setCurrentIndex(self._model.index(0))
        self._list.setVisible(bool(hits))
        self._nothing.setVisible(not hits)
        self._place(len(hits))

    def _place(self, rows: int) -> None:
        width = max(440, self._field.width())
        height = min(rows, MOST_ROWS) * ROW_HEIGHT + 12 if rows else 48
        corner = self._field.mapTo(
            self.window(), QPoint(self._field.width() - width, self._field.height() + 4)
        )
        self.setGeometry(max(8, corner.x()), corner.y(), width, height)
        self.show()
        self.raise_()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.choose(index.row())
