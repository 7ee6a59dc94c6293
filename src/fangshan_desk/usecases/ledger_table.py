"""The ledger as a table for other offices: what is filtered, in the order shown."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.usecases.ports import CellKind, Services, TableColumn
from fangshan_desk.usecases.views.ledger import LedgerReader, LedgerRow

_ROWS_AT_ONCE = 500
_COLUMNS = (
    ("enterprise", CellKind.TEXT, 32.0),
    ("township", CellKind.TEXT, None),
    ("risk", CellKind.TEXT, None),
    ("letter", CellKind.TEXT, 26.0),
    ("code", CellKind.TEXT, None),
    ("title", CellKind.TEXT, 48.0),
    ("owner", CellKind.TEXT, None),
    ("phone", CellKind.TEXT, None),
    ("deadline", CellKind.DATE, None),
    ("remaining", CellKind.INTEGER, None),
    ("state", CellKind.TEXT, None),
    ("lead", CellKind.TEXT, None),
    ("tracker", CellKind.TEXT, None),
    ("reported", CellKind.DATE, None),
    ("reminded", CellKind.DATE, None),
    ("closed", CellKind.DATE, None),
    ("unpaid", CellKind.MONEY, None),
    ("flagged", CellKind.TEXT, 24.0),
)


class NoTableWriterError(ExpectedError):
    """This desk cannot write tables."""

    key = "ledger-export-unavailable"


def write_ledger(
    path: Path,
    ids: Sequence[str],
    *,
    reader: LedgerReader,
    services: Services,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the items to a worksheet; returns how many rows."""
    if services.write_table is None:
        raise NoTableWriterError
    text = services.text
    columns = [TableColumn(text(f"ledger-table-{name}"), kind, width) for name, kind, width in _COLUMNS]
    rows = _rows(ids, reader, services)
    return services.write_table(path, columns, rows, progress=progress, cancelled=cancelled)


def _rows(ids: Sequence[str], reader: LedgerReader, services: Services) -> Iterator[Sequence[object]]:
    today = services.clock.today()
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        found = reader.rows(ids[start : start + _ROWS_AT_ONCE], today=today)
        yield from (_cells(row, services) for row in found if row is not None)


def _cells(row: LedgerRow, services: Services) -> Sequence[object]:
    text = services.text
    return (
        row.enterprise,
        services.townships.name_of(row.township) or text("township-county"),
        text(f"risk-{row.risk_level}"),
        row.letter_number,
        row.code,
        row.title,
        row.owner_name,
        row.owner_phone,
        row.deadline,
        row.remaining_days,
        text(row.state.label_key),
        text(f"body-{row.lead_body}"),
        row.tracker,
        row.reported_on,
        row.reminded_on,
        row.closed_on,
        row.unpaid_fen,
        text("ledger-flagged") if row.is_deadline_flagged else "",
    )
