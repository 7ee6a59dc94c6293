"""The dark rail at the left: where one can go, with counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFont, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from fangshan_desk.ui.widgets import palette
from fangshan_desk.ui.widgets.icons import icon_pixmap
from fangshan_desk.ui.widgets.painting import paint_bubble, paint_focus, sized_font

ITEM_HEIGHT = 36
ITEM_GAP = 2
_ICON = 18


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """One place in the rail; ``key`` is the page's name, ``shortcut`` is shown in the tooltip."""

    key: str
    caption: str
    icon: str
    shortcut: str = ""


class _RailItem(QAbstractButton):
    """One line of the rail."""

    def __init__(self, entry: NavigationEntry, parent: QWidget) -> None:
        super().__init__(parent)
        self.entry = entry
        self._count = 0
        self._is_compact = False
        self.setCheckable(True)
        self.setText(entry.caption)
        self.setAccessibleName(entry.caption)
        self.setFixedHeight(ITEM_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._describe()

    def set_count(self, count: int) -> None:
        self._count = count
        self._describe()
        self.update()

    def set_compact(self, is_compact: bool) -> None:
        self._is_compact = is_compact
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(40 if self._is_compact else 152, ITEM_HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Arrows only move: opening every page on the way would load it.
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self.update()
        super().enterEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        colour = "#ffffff" if self.isChecked() else palette.NAVY_TEXT
        left = 10
        picture = icon_pixmap(self.entry.icon, colour=colour, size=_ICON, ratio=self.devicePixelRatioF())
        painter.drawPixmap(left, (self.height() - _ICON) // 2, picture)
        if not self._is_compact:
            font = sized_font(self.font(), pixels=14)
            font.setWeight(QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            words = self.rect().adjusted(left + _ICON + 10, 0, -36, 0)
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.text())
        self._paint_count(painter)
        if self.hasFocus():
            paint_focus(painter, QRectF(self.rect()))

    def _paint_ground(self, painter: QPainter) -> None:
        if self.isChecked():
            ground = QColor(palette.NAVY_RAISED)
        elif self.underMouse():
            ground = QColor("#1b3d63")
        else:
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(QRectF(self.rect()), 6, 6)

    def _paint_count(self, painter: QPainter) -> None:
        if self._count <= 0:
            return
        text = "99+" if self._count > 99 else str(self._count)
        font = sized_font(self.font(), pixels=10 if self._is_compact else 11)
        height = 14 if self._is_compact else 18
        painter.setFont(font)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + (6 if self._is_compact else 10))
        top = 2 if self._is_compact else (self.height() - height) / 2
        right = self.width() - (2 if self._is_compact else 10)
        paint_bubble(painter, text, rect=QRectF(right - width, top, width, height), font=font)

    def _describe(self) -> None:
        keys = f" ({self.entry.shortcut})" if self.entry.shortcut else ""
        self.setToolTip(f"{self.entry.caption}{keys}")
        self.setAccessibleDescription(str(self._count) if self._count else "")


class NavigationRail(QWidget):
    """The list of pages; arrow keys move, Enter or Space opens."""

    chosen = Signal(str)

    def __init__(self, groups: Sequence[Sequence[NavigationEntry]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: dict[str, _RailItem] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(ITEM_GAP)
        for number, group in enumerate(groups):
            if number:
                column.addSpacing(8)
                column.addWidget(self._line())
                column.addSpacing(8)
            for entry in group:
                column.addWidget(self._item(entry))
        column.addStretch(1)

    def page_names(self) -> list[str]:
        """The pages in the order shown."""
        return list(self._items)

    def current(self) -> str:
        """The page marked as open, or an empty string."""
        return next((key for key, item in self._items.items() if item.isChecked()), "")

    def set_current(self, key: str) -> None:
        """Marks a page as open without opening it; an unknown key marks nothing."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_count(self, key: str, count: int) -> None:
        """Shows a number beside a page; zero hides it."""
        if key in self._items:
            self._items[key].set_count(count)

    def set_compact(self, is_compact: bool) -> None:
        """Icons only, for narrow windows."""
        for item in self._items.values():
            item.set_compact(is_compact)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        items = list(self._items.values())
        focused = next((number for number, item in enumerate(items) if item.hasFocus()), -1)
        items[(focused + step) % len(items)].setFocus(Qt.FocusReason.TabFocusReason)

    def _item(self, entry: NavigationEntry) -> _RailItem:
        item = _RailItem(entry, self)
        item.clicked.connect(self._on_item_clicked)
        self._items[entry.key] = item
        return item

    def _line(self) -> QFrame:
        line = QFrame(self)
        line.setProperty("surface", "navy-divider")
        line.setFixedHeight(1)
        return line

    def _on_item_clicked(self) -> None:
        item = self.sender()
        if isinstance(item, _RailItem):
            self.set_current(item.entry.key)
            self.chosen.emit(item.entry.key)
