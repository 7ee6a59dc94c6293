"""The register as a table for other offices: what is filtered, in the order shown."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.local_time import local_date
from fangshan_desk.usecases.ports import CellKind, Services, TableColumn
from fangshan_desk.usecases.views.register import EnterpriseRow, RegisterReader

_ROWS_AT_ONCE = 500
_COLUMNS = (
    ("name", CellKind.TEXT, 36.0),
    ("uscc", CellKind.TEXT, 22.0),
    ("township", CellKind.TEXT, None),
    ("address", CellKind.TEXT, 36.0),
    ("categories", CellKind.TEXT, 24.0),
    ("risk", CellKind.TEXT, None),
    ("headcount", CellKind.INTEGER, None),
    ("legal_representative", CellKind.TEXT, None),
    ("contact_person", CellKind.TEXT, None),
    ("contact_phone", CellKind.TEXT, 16.0),
    ("industry", CellKind.TEXT, 20.0),
    ("status", CellKind.TEXT, None),
    ("last_visit", CellKind.DATE, None),
    ("open_items", CellKind.INTEGER, None),
)


class RegisterTableUnavailableError(ExpectedError):
    """This desk cannot write tables."""

    key = "register-export-unavailable"


def write_register(
    path: Path,
    ids: Sequence[str],
    *,
    reader: RegisterReader,
    services: Services,
    progress: Callable[[int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> int:
    """Write the enterprises to a worksheet; returns how many rows."""
    if services.write_table is None:
        raise RegisterTableUnavailableError
    text = services.text
    columns = [TableColumn(text(f"register-column-{name}"), kind, width) for name, kind, width in _COLUMNS]
    rows = _rows(ids, reader, services)
    return services.write_table(path, columns, rows, progress=progress, cancelled=cancelled)


def _rows(ids: Sequence[str], reader: RegisterReader, services: Services) -> Iterator[Sequence[object]]:
    for start in range(0, len(ids), _ROWS_AT_ONCE):
        found = reader.rows(ids[start : start + _ROWS_AT_ONCE])
        yield from (_cells(row, services) for row in found if row is not None)


def _cells(row: EnterpriseRow, services: Services) -> Sequence[object]:
    text, visited = services.text, row.last_visit_at
    return (
        row.name,
        row.uscc,
        services.townships.name_of(row.township) or text("township-county"),
        row.address,
        category_words(row.categories, text),
        text(f"risk-{row.risk_level.value}"),
        row.headcount,
        row.legal_representative,
        row.contact_person,
        row.contact_phone,
        row.industry,
        text(f"register-status-{row.status.value}"),
        local_date(visited, services.clock.offset_minutes()) if visited else None,
        row.open_items,
    )


def category_words(codes: Sequence[str], text: Callable[..., str]) -> str:
    """Short names of the kinds of enterprise."""
    return text("register-between").join(text(f"register-category-{code}") for code in codes)
