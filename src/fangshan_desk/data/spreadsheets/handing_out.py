"""Writes the tables that screens hand out, in the columns they name."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from fangshan_desk.data.spreadsheets.cells import Column, ColumnKind
from fangshan_desk.data.spreadsheets.exporting import export_table
from fangshan_desk.usecases.ports import CellKind, TableColumn

_KINDS = {
    CellKind.TEXT: ColumnKind.TEXT,
    CellKind.INTEGER: ColumnKind.INTEGER,
    CellKind.MONEY: ColumnKind.MONEY,
    CellKind.DATE: ColumnKind.DATE,
}


def write_table(
    path: Path,
    columns: Sequence[TableColumn],
    rows: Iterable[Sequence[object]],
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write one table; the file appears complete or not at all. Returns the number of rows."""
    written = [Column(column.title, _KINDS[column.kind], column.width) for column in columns]
    return export_table(path, written, rows, progress=progress, cancelled=cancelled).rows
