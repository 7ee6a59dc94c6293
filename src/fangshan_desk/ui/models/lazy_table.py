"""A table of any length: all ids at once, rows only when they become visible."""

from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from fangshan_desk.ui.context import OperationsPort
from fangshan_desk.ui.models.columns import Align, Column, SortOrder
from fangshan_desk.ui.widgets.palette import Tone

RowT = TypeVar("RowT")
SourceRowT = TypeVar("SourceRowT", covariant=True)
Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 64
# 100 pages stay in memory: about 6,400 rows, far more than one looks at.
MOST_PAGES = 100
# While one scrolls fast, pages that flew by are not fetched.
MOST_WAITING_PAGES = 3

TONE_ROLE = Qt.ItemDataRole.UserRole + 1
WEIGHT_ROLE = Qt.ItemDataRole.UserRole + 2
ID_ROLE = Qt.ItemDataRole.UserRole + 3

_ALIGNMENT = {
    Align.LEFT: Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    Align.RIGHT: Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    Align.CENTRE: Qt.AlignmentFlag.AlignCenter,
}


class RowSource(Protocol[SourceRowT]):
    """Where rows come from; both methods run in the reading lane and return frozen things."""

    def ids(self, order: SortOrder | None) -> Sequence[str]:
        """All ids in the order wanted."""
        ...

    def rows(self, ids: Sequence[str]) -> Sequence[SourceRowT | None]:
        """One row per id, None where it is gone meanwhile."""
        ...


@dataclass(frozen=True)
class _FetchedPage(Generic[RowT]):
    generation: int
    number: int
    ids: tuple[str, ...]
    rows: tuple[RowT | None, ...]


class LazyTableModel(QAbstractTableModel, Generic[RowT]):
    """Shows a row source; while rows are read again the old ones stay painted."""

    ids_loaded = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[RowT]],
        *,
        operations: OperationsPort,
        placeholder: str = "…",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._operations = operations
        self._placeholder = placeholder
        self._source: RowSource[RowT] | None = None
        self._order: SortOrder | None = None
        self._ids: tuple[str, ...] = ()
        self._rows: dict[str, RowT] = {}
        self._pages: OrderedDict[int, tuple[str, ...]] = OrderedDict()
        self._fresh: set[int] = set()
        self._asked: set[int] = set()
        self._waiting: list[int] = []
        self._generation = 0
        self._ids_asked = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_fetch_due)

    @property
    def columns(self) -> tuple[Column[RowT], ...]:
        """The columns in the order declared."""
        return self._columns

    @property
    def order(self) -> SortOrder | None:
        """How the rows are sorted, if not in the source's own order."""
        return self._order

    def set_source(self, source: RowSource[RowT], *, order: SortOrder | None = None) -> None:
        """Shows another source, such as one with another filter; the old rows stay until its ids are here."""
        self._source = source
        self._order = order if order is not None else self._order
        self.reload()

    def reload(self) -> None:
        """Reads ids and visible rows again without emptying what is painted."""
        source, order = self._source, self._order
        if source is None:
            return
        self._ids_asked += 1
        asked = self._ids_asked
        self._operations.read(
            lambda: (asked, tuple(source.ids(order))), on_done=self._on_ids, key="ids", owner=self
        )

    def row_id(self, row: int) -> str:
        """The id at a position; empty beyond the end."""
        return self._ids[row] if 0 <= row < len(self._ids) else ""

    def row_of(self, record_id: str) -> int:
        """The position of an id, or -1."""
        try:
            return self._ids.index(record_id)
        except ValueError:
            return -1

    def row_at(self, row: int) -> RowT | None:
        """The fetched row at a position; None while it was not read yet."""
        return self._rows.get(self.row_id(row))

    def is_loaded(self) -> bool:
        """Whether nothing is asked for and not yet here."""
        return not self._asked and not self._waiting

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._ids)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  # Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        reader = _READERS.get(role)
        return None if reader is None else reader(self, index.row(), self._columns[index.column()])

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].title
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENT[self._columns[section].align]
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self._columns) or not self._columns[column].is_sortable:
            return
        wanted = SortOrder(self._columns[column].key, order is Qt.SortOrder.DescendingOrder)
        if wanted != self._order:
            self._order = wanted
            self.reload()

    def cell_text(self, row: int, column: Column[RowT]) -> str:
        """The words of a cell; the placeholder while the row is on its way."""
        found = self._wanted_row(row)
        return self._placeholder if found is None else column.display(found)

    def cell_tone(self, row: int, column: Column[RowT]) -> Tone | None:
        """The colour of a cell, if it is a chip."""
        found = self.row_at(row)
        return column.tone(found) if column.tone is not None and found is not None else None

    def _wanted_row(self, row: int) -> RowT | None:
        page = row // PAGE_ROWS
        if page not in self._fresh and page not in self._asked:
            self._ask(page)
        return self._rows.get(self._ids[row])

    def _ask(self, page: int) -> None:
        if page in self._waiting:
            return
        self._waiting = [*self._waiting, page][-MOST_WAITING_PAGES:]
        if not self._timer.isActive():
            self._timer.start(0)

    def _on_fetch_due(self) -> None:
        for page in self._waiting:
            self._fetch(page)
        self._waiting = []

    def _fetch(self, page: int) -> None:
        source, generation = self._source, self._generation
        ids = self._ids[page * PAGE_ROWS : (page + 1) * PAGE_ROWS]
        if source is None or not ids:
            return
        self._asked.add(page)

        def work() -> _FetchedPage[RowT]:
            return _FetchedPage(generation, page, ids, tuple(source.rows(ids)))

        self._operations.read(work, on_done=self._on_page, owner=self)

    def _on_page(self, fetched: _FetchedPage[RowT]) -> None:
        if fetched.generation != self._generation:
            return
        self._asked.discard(fetched.number)
        for record_id, row in zip(fetched.ids, fetched.rows, strict=True):
            if row is None:
                self._rows.pop(record_id, None)
            else:
                self._rows[record_id] = row
        self._remember(fetched.number, fetched.ids)
        first = fetched.number * PAGE_ROWS
        last = first + len(fetched.ids) - 1
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))

    def _remember(self, page: int, ids: tuple[str, ...]) -> None:
        self._fresh.add(page)
        self._pages[page] = ids
        self._pages.move_to_end(page)
        while len(self._pages) > MOST_PAGES:
            old, old_ids = self._pages.popitem(last=False)
            self._fresh.discard(old)
            for record_id in old_ids:
                self._rows.pop(record_id, None)

    def _on_ids(self, loaded: tuple[int, tuple[str, ...]]) -> None:
        asked, ids = loaded
        if asked != self._ids_asked:
            return
        is_same = ids == self._ids
        if not is_same:
            self.beginResetModel()
        self._ids = ids
        self._generation += 1
        self._fresh.clear()
        self._asked.clear()
        self._waiting = []
        if not is_same:
            # Positions moved; the rows themselves stay painted until they are read again.
            self._keep_rows_by_id()
            self.endResetModel()
        elif ids:
            self.dataChanged.emit(self.index(0, 0), self.index(len(ids) - 1, len(self._columns) - 1))
        self.ids_loaded.emit(len(ids))

    def _keep_rows_by_id(self) -> None:
        self._pages.clear()
        if len(self._rows) > MOST_PAGES * PAGE_ROWS:
            self._rows.clear()


_Reader = Callable[[LazyTableModel[Any], int, Column[Any]], Any]
_READERS: dict[int, _Reader] = {
    Qt.ItemDataRole.DisplayRole: lambda model, row, column: model.cell_text(row, column),
    Qt.ItemDataRole.TextAlignmentRole: lambda model, row, column: _ALIGNMENT[column.align],
    TONE_ROLE: lambda model, row, column: model.cell_tone(row, column),
    WEIGHT_ROLE: lambda model, row, column: column.weight,
    ID_ROLE: lambda model, row, column: model.row_id(row),
}
