"""A table as xlsx, row by row in constant memory, with text that stays text."""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from fangshan_desk.data.spreadsheets.cells import (
    Cell,
    Column,
    ColumnKind,
    cell_of,
    clean_text,
    looks_like_formula,
)

MOST_ROWS = 1_048_576
_LONGEST_TEXT = 32_767
# Excel keeps 15 digits of a number; a longer one is written as text.
_MOST_DIGITS = 15
# Days before this do not exist in a worksheet.
_FIRST_YEAR = 1900
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_NUMBER_FORMATS = {
    ColumnKind.TEXT: "@",
    ColumnKind.INTEGER: "0",
    ColumnKind.DECIMAL: "General",
    ColumnKind.MONEY: "#,##0.00",
    ColumnKind.DATE: "yyyy-mm-dd",
    ColumnKind.MOMENT: "yyyy-mm-dd hh:mm",
}


class SheetFullError(Exception):
    """A worksheet holds no further row."""


def write(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> tuple[int, int]:
    """Write the table; returns rows written and cells shortened."""
    # Here, because few starts end in a spreadsheet.
    import xlsxwriter

    # Rows pass through temporary files: beside the target, so that none stay in the system's folder.
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".", suffix=".part") as folder:
        book = xlsxwriter.Workbook(str(path), {**_OPTIONS, "tmpdir": folder})
        try:
            sheet = _Sheet(book, columns)
            for row in rows:
                sheet.add(row)
            sheet.finish()
        finally:
            _close(book)
    return sheet.rows, sheet.shortened


def _close(book: Any) -> None:
    from xlsxwriter.exceptions import FileCreateError

    try:
        book.close()
    except FileCreateError as error:
        # The library wraps a full disk and a refused folder alike.
        raise error.args[0] from error


class _Sheet:
    """The one worksheet while it grows."""

    def __init__(self, book: Any, columns: Sequence[Column]) -> None:
        self.rows = 0
        self.shortened = 0
        self._columns = columns
        self._sheet = book.add_worksheet()
        self._formats = {kind: book.add_format({"num_format": f}) for kind, f in _NUMBER_FORMATS.items()}
        # Also after someone edits the cell, the text is not read as a formula.
        self._quoted = book.add_format({"num_format": "@", "quote_prefix": True})
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
        for index, column in enumerate(columns):
            self._sheet.set_column(index, index, column.shown_width)
            self._sheet.write_string(0, index, clean_text(column.title), heading)
        self._sheet.freeze_panes(1, 0)

    def add(self, row: Sequence[object]) -> None:
        """The next row."""
        self.rows += 1
        if self.rows >= MOST_ROWS:
            raise SheetFullError
        for index, (column, value) in enumerate(zip(self._columns, row, strict=True)):
            self._put(index, column, cell_of(column, value))

    def finish(self) -> None:
        """What can only be said when the number of rows is known."""
        if self._columns:
            self._sheet.autofilter(0, 0, self.rows, len(self._columns) - 1)

    def _put(self, index: int, column: Column, cell: Cell) -> None:
        style = self._formats[column.kind]
        if cell is None:
            return
        if isinstance(cell, date) and cell.year >= _FIRST_YEAR:
            self._sheet.write_datetime(self.rows, index, cell, style)
        elif isinstance(cell, int | Decimal) and _is_exact(cell):
            self._sheet.write_number(self.rows, index, cell, style)
        else:
            self._put_text(index, str(cell))

    def _put_text(self, index: int, text: str) -> None:
        if len(text.encode("utf-16-le")) // 2 > _LONGEST_TEXT:
            text = _shortened(text)
            self.shortened += 1
        style = self._quoted if looks_like_formula(text) else self._formats[ColumnKind.TEXT]
        self._sheet.write_string(self.rows, index, text, style)


def _is_exact(number: int | Decimal) -> bool:
    return len(Decimal(number).normalize().as_tuple().digits) <= _MOST_DIGITS


def _shortened(text: str) -> str:
    # Excel counts UTF-16 units; an ellipsis shows that the text goes on.
    units = text.encode("utf-16-le")[: (_LONGEST_TEXT - 1) * 2]
    return units.decode("utf-16-le", "ignore") + "…"
