"""Writes rows to xlsx or csv so that no cell can become a formula and no half file is left."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fangshan_desk.data.spreadsheets import csv_writing, xlsx_writing
from fangshan_desk.data.spreadsheets.cells import Column
from fangshan_desk.domain.errors import ExpectedError

_PROGRESS_EVERY = 200

Rows = Iterable[Sequence[object]]


class ExportFormatUnknownError(ExpectedError):
    """The file name ends neither in .xlsx nor in .csv: ``file_name``."""

    key = "export-format-unknown"


class ExportCancelledError(ExpectedError):
    """The person stopped it; an older file of that name is untouched."""

    key = "export-cancelled"


class ExportTargetBusyError(ExpectedError):
    """The target is open elsewhere, or the folder is not ours to write: ``file_name``."""

    key = "export-target-busy"


class ExportTooLongError(ExpectedError):
    """More rows than a worksheet holds: ``limit``."""

    key = "export-too-long"


@dataclass(frozen=True)
class ExportResult:
    """What was written; ``shortened`` cells were longer than a worksheet cell may be."""

    rows: int
    shortened: int = 0


def export_table(
    path: Path,
    columns: Sequence[Column],
    rows: Rows,
    *,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ExportResult:
    """Write one table; ``path`` appears complete or not at all. ``progress`` gets the rows done."""
    writers = {".xlsx": xlsx_writing.write, ".csv": csv_writing.write}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise ExportFormatUnknownError(file_name=path.name)
    part = path.with_name(f".{secrets.token_hex(4)}.part")
    counted = _watched(rows, progress=progress, cancelled=cancelled)
    try:
        done, shortened = write(part, columns, counted)
        _sync(part)
        os.replace(part, path)
    except xlsx_writing.SheetFullError as error:
        raise ExportTooLongError(limit=xlsx_writing.MOST_ROWS - 1) from error
    except PermissionError as error:
        raise ExportTargetBusyError(file_name=path.name) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return ExportResult(rows=done, shortened=shortened)


def _watched(
    rows: Rows, *, progress: Callable[[int], None] | None, cancelled: Callable[[], bool] | None
) -> Iterator[Sequence[object]]:
    done = 0
    for done, row in enumerate(rows, start=1):
        if cancelled and cancelled():
            raise ExportCancelledError
        yield row
        if progress and done % _PROGRESS_EVERY == 0:
            progress(done)
    if progress:
        progress(done)


def _sync(path: Path) -> None:
    with open(path, "r+b") as file:
        os.fsync(file.fileno())
