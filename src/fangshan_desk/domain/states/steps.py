"""Which columns are the state of a case, and which steps the workflow has between two states."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

from fangshan_desk.domain.changesets import Stored
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.letters import Letter, RectificationItem
from fangshan_desk.domain.records.visits import Visit
from fangshan_desk.domain.states import prescription, rectification_item, visit
from fangshan_desk.domain.states.machine import Transition

Steps = frozenset[tuple[str, str]]


def _column(record: type[Record]) -> tuple[int, int]:
    return record.entity.number, record.entity.column("state").number


def _steps(rows: Iterable[Transition[Any, Any]]) -> Steps:
    return frozenset((str(row.frm), str(row.to)) for row in rows)


STATE_COLUMNS: Mapping[tuple[int, int], Steps] = MappingProxyType(
    {
        _column(Visit): _steps(visit.TRANSITIONS),
        _column(Letter): _steps(prescription.TRANSITIONS),
        _column(RectificationItem): _steps(rectification_item.TRANSITIONS),
    }
)


def transition_allowed(table: int, column: int, from_state: Stored, to_state: Stored) -> bool | None:
    """Whether some event leads from the one state to the other; None when the column is no state."""
    steps = STATE_COLUMNS.get((table, column))
    return None if steps is None else (str(from_state), str(to_state)) in steps
