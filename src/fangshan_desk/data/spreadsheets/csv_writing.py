"""A table as csv that Excel and WPS open with the right characters."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from fangshan_desk.data.spreadsheets.cells import Cell, Column, cell_of, clean_text, guarded


def write(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[object]]) -> tuple[int, int]:
    """Write the table; returns rows written and cells shortened (never any)."""
    count = 0
    # Without the byte order mark Excel would read UTF-8 as GBK.
    with open(path, "x", encoding="utf-8-sig", newline="") as file:
        # Text is always quoted: a lone semicolon or tab would split cells in some programs.
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow([guarded(clean_text(column.title)) for column in columns])
        for row in rows:
            cells = zip(columns, row, strict=True)
            writer.writerow([_plain(cell_of(column, value)) for column, value in cells])
            count += 1
    return count, 0


def _plain(cell: Cell) -> str | int | Decimal:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    return "" if cell is None else cell
