"""The visits as a table for other offices: what is filtered, in the order shown."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.usecases.ports import CellKind, Services, TableColumn
from fangshan_desk.usecases.views.visits import VisitReader, VisitRow

_ROWS_AT_ONCE = 500
_COLUMNS = (
    ("when", CellKind.DATE, None),
    ("time", CellKind.TEXT, None),
    ("enterprise", CellKind.TEXT, 36.0),
    ("township", CellKind.TEXT, None),
    ("state", CellKind.TEXT, None),
    ("risk", CellKind.TEXT, None),
    ("visitors", CellKind.TEXT, 24.0),
    ("answered", CellKind.INTEGER, None),
    ("violated", CellKind.INTEGER, None),
    ("letter", CellKind.TEXT, 24.0),
    ("purpose", CellKind.TEXT, 30.0),
)


class VisitTableUnavailableError(ExpectedError):
    """This desk cannot write tables."""

    key = "visit-export-unavailable"


def write_visits(
    path: Path,
    ids: Sequence[str],
    *,
    reader: VisitReader,
    services: Services,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the visits to a worksheet; returns how many rows."""
    if services.write_table is None:
        raise VisitTableUnavailableError
    text = services.text
    columns = [TableColumn(text(f"visit-column-{name}"), kind, width) for name, kind, width in _COLUMNS]
    rows = _rows(ids, reader, services)
    return services.write_table(path, columns, rows, progress=progress, cancelled=cancelled)


def _rows(ids: Sequence[str], reader: VisitReader, services: Services) -> Iterator[Sequence[object]]:
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        found = reader.rows(ids[start : start + _ROWS_AT_ONCE])
        yield from (_cells(row, services) for row in found if row is not None)


def _cells(row: VisitRow, services: Services) -> Sequence[object]:
    text, offset = services.text, services.clock.offset_minutes()
    made_on = local_date(row.started_at, offset) if row.started_at is not None else row.planned_on
    return (
        made_on,
        row.planned_time,
        row.enterprise,
        services.townships.name_of(row.township) or text("township-county"),
        text(f"visit-state-{row.state.value}"),
        text(f"risk-{row.risk_level}"),
        text("grade-name-separator").join(row.visitors),
        row.answered,
        row.violated,
        row.letter_number,
        row.purpose,
    )
