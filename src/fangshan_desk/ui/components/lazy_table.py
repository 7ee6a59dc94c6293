"""The table every list page uses: sorting, columns, keyboard, copying, an empty state."""

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QMenu,
    QStackedLayout,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fangshan_desk.ui.components.table_delegate import ROW_HEIGHT, TableDelegate
from fangshan_desk.ui.context import OperationsPort, Texts
from fangshan_desk.ui.models.columns import Column, SortOrder
from fangshan_desk.ui.models.lazy_table import LazyTableModel, RowSource
from fangshan_desk.ui.widgets.messages import EmptyState

RowT = TypeVar("RowT")
# More rows than this are an export, not a copy.
MOST_COPIED_ROWS = 2000
LEAST_STRETCHED = 150
LEAST_WIDTH = 78


class LazyTable(QFrame, Generic[RowT]):
    """A card that holds a table of any length."""

    row_chosen = Signal(str)
    row_opened = Signal(str)
    typed = Signal(str)
    loaded = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        operations: OperationsPort,
        texts: Texts,
        empty: EmptyState,
        name: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("surface", "table")
        self._texts = texts
        self.model: LazyTableModel[RowT] = LazyTableModel(columns, operations=operations, parent=self)
        self.view = QTableView(self)
        self.view.setAccessibleName(name)
        self._delegate = TableDelegate(self.view)
        self._empty = empty
        self._kept_id = ""
        self._widths: dict[int, int] = {}
        self._is_fitting = False
        self._build_view()
        self._build_header()
        self._build_layout()
        self.model.modelAboutToBeReset.connect(self._on_about_to_reset)
        self.model.ids_loaded.connect(self._on_ids_loaded)

    def set_source(self, source: RowSource[RowT], *, order: SortOrder | None = None) -> None:
        """Shows another source; the chosen row stays chosen when it is in it."""
        self.model.set_source(source, order=order)
        self._show_order()

    def reload(self) -> None:
        """Reads again what is shown."""
        self.model.reload()

    def current_id(self) -> str:
        """The id of the row the keyboard is on, or an empty string."""
        return self.model.row_id(self.view.currentIndex().row())

    def selected_ids(self) -> list[str]:
        """The ids of all chosen rows from top to bottom."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return [self.model.row_id(row) for row in rows]

    def choose(self, record_id: str) -> bool:
        """Puts the keyboard on a row; says whether it is there."""
        row = self.model.row_of(record_id)
        if row < 0:
            self._kept_id = record_id
            return False
        self._go_to_row(row)
        return True

    def allow_many(self) -> None:
        """Lets several rows be chosen at once."""
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take_key(event)
        if watched is self.view.viewport():
            self._follow_mouse(event)
            if event.type() == QEvent.Type.Resize:
                self._fit_columns()
        return False

    def copy_rows(self) -> None:
        """Puts the chosen rows on the clipboard, one line each, cells parted by tabs."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        shown = [
            column for number, column in enumerate(self.model.columns) if not self.view.isColumnHidden(number)
        ]
        lines = [
            "\t".join(self.model.cell_text(row, column) for column in shown)
            for row in rows[:MOST_COPIED_ROWS]
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def _build_view(self) -> None:
        view = self.view
        view.setModel(self.model)
        view.setItemDelegate(self._delegate)
        view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        view.setShowGrid(False)
        view.setWordWrap(False)
        view.setTabKeyNavigation(False)
        view.setMouseTracking(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.doubleClicked.connect(self._on_opened)
        view.selectionModel().currentRowChanged.connect(self._on_current_changed)
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        # Fixed height: sizing rows by content makes Qt ask for every row.
        rows = view.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(ROW_HEIGHT)
        rows.setDefaultSectionSize(ROW_HEIGHT)
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def _build_header(self) -> None:
        header = self.view.horizontalHeader()
        header.setFixedHeight(33)
        header.setHighlightSections(False)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(48)
        header.setStretchLastSection(False)
        header.setSortIndicatorClearable(False)
        for number, column in enumerate(self.model.columns):
            header.resizeSection(number, column.width)
            self.view.setColumnHidden(number, column.starts_hidden)
        header.setSectionsClickable(True)
        header.sectionResized.connect(self._on_section_resized)
        header.sectionClicked.connect(self._on_header_clicked)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._on_columns_requested)

    def _fit_columns(self) -> None:
        widths = fitted_widths(
            [
                (self._widths.get(number, column.width), column.stretches)
                if not self.view.isColumnHidden(number)
                else (0, False)
                for number, column in enumerate(self.model.columns)
            ],
            room=self.view.viewport().width(),
        )
        self._is_fitting = True
        for number, width in enumerate(widths):
            if width:
                self.view.horizontalHeader().resizeSection(number, width)
        self._is_fitting = False

    def _on_section_resized(self, section: int, before: int, width: int) -> None:
        # A width somebody dragged is kept when the window changes.
        if not self._is_fitting and width:
            self._widths[section] = width

    def _build_layout(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        self._stack = QStackedLayout()
        self._stack.addWidget(self.view)
        self._stack.addWidget(self._empty)
        column.addLayout(self._stack)

    def _on_header_clicked(self, section: int) -> None:
        column, order = self.model.columns[section], self.model.order
        if not column.is_sortable:
            return
        turns = order is not None and order.key == column.key and not order.is_descending
        self.model.sort(section, Qt.SortOrder.DescendingOrder if turns else Qt.SortOrder.AscendingOrder)
        self._show_order()

    def _show_order(self) -> None:
        order, header = self.model.order, self.view.horizontalHeader()
        keys = [column.key for column in self.model.columns]
        header.setSortIndicatorShown(order is not None and order.key in keys)
        if order is not None and order.key in keys:
            descending = Qt.SortOrder.DescendingOrder
            direction = descending if order.is_descending else Qt.SortOrder.AscendingOrder
            header.setSortIndicator(keys.index(order.key), direction)

    def _on_about_to_reset(self) -> None:
        self._kept_id = self.current_id() or self._kept_id

    def _on_ids_loaded(self, count: int) -> None:
        self._stack.setCurrentWidget(self.view if count else self._empty)
        row = self.model.row_of(self._kept_id) if self._kept_id else -1
        if row >= 0 and self.view.currentIndex().row() != row:
            self._go_to_row(row)
        self._kept_id = ""
        self.loaded.emit(count)

    def _go_to_row(self, row: int) -> None:
        index = self.model.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag
        self.view.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.view.scrollTo(index)

    def _on_current_changed(self, current: QModelIndex, before: QModelIndex) -> None:
        self.row_chosen.emit(self.model.row_id(current.row()))

    def _on_opened(self, index: QModelIndex) -> None:
        self.row_opened.emit(self.model.row_id(index.row()))

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current_id():
                self.row_opened.emit(self.current_id())
            return True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_rows()
            return True
        is_plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if is_plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
            return True
        return False

    def _follow_mouse(self, event: QEvent) -> None:
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
            self._hover(self.view.rowAt(event.position().toPoint().y()))
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)

    def _hover(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.view.viewport().update()

    def _on_menu_requested(self, where: QPoint) -> None:
        menu = self._menu()
        copy = menu.addAction(self._texts("shell-table-copy"), self.copy_rows)
        copy.setEnabled(bool(self.selected_ids()))
        menu.popup(self.view.viewport().mapToGlobal(where))

    def _on_columns_requested(self, where: QPoint) -> None:
        self.column_menu().popup(self.view.horizontalHeader().mapToGlobal(where))

    def column_menu(self) -> QMenu:
        """The list of columns one may show or hide."""
        menu = self._menu()
        title = menu.addAction(self._texts("shell-table-columns"))
        title.setEnabled(False)
        menu.addSeparator()
        for number, column in enumerate(self.model.columns):
            if column.is_optional:
                menu.addAction(self._column_action(menu, number, column))
        return menu

    def _column_action(self, menu: QMenu, number: int, column: Column[Any]) -> QAction:
        action = QAction(column.title, menu)
        action.setCheckable(True)
        action.setChecked(not self.view.isColumnHidden(number))
        action.toggled.connect(self._shower(number))
        return action

    def _shower(self, number: int) -> Callable[[bool], None]:
        def show_or_hide(is_shown: bool) -> None:
            self.view.setColumnHidden(number, not is_shown)
            self._fit_columns()

        return show_or_hide

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def fitted_widths(columns: Sequence[tuple[int, bool]], *, room: int) -> list[int]:
    """Widths that fill the room: some columns stretch, and in a narrow window all give way a little.

    Below its floor no column goes: then one has to scroll sideways.
    """
    fixed = [(width, min(width, LEAST_WIDTH)) for width, stretches in columns if not stretches]
    stretching = sum(1 for _, stretches in columns if stretches)
    floors = sum(floor for _, floor in fixed)
    spare = sum(width for width, _ in fixed) - floors
    share = (room - LEAST_STRETCHED * stretching - floors) / spare if spare else 1.0
    share = max(0.0, min(1.0, share))
    narrow = [
        None if stretches else min(width, LEAST_WIDTH) + int((width - min(width, LEAST_WIDTH)) * share)
        for width, stretches in columns
    ]
    left = room - sum(width for width in narrow if width is not None)
    each = max(LEAST_STRETCHED, left // stretching) if stretching else 0
    return [each if width is None else width for width in narrow]
