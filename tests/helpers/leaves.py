"""Rows' changes written by hand, for laptops that send what no desk would."""

from fangshan_desk.domain.changesets import INSERT, UPDATE, FieldChange, RowChange, Stored, Version
from tests.helpers.replicas import Replica

NAME, HEADCOUNT, RISK, NOTE = 1, 11, 17, 21
UNKNOWN_COLUMN = 900
ids = [f"0190f3a0-0000-7000-8000-{number:012d}" for number in range(10_000)]


def new(number: int, name: str = "新", **values: Stored) -> RowChange:
    """An enterprise is made."""
    numbers = {"note": NOTE, "headcount": HEADCOUNT, "unknown": UNKNOWN_COLUMN, "risk": RISK}
    fields = [FieldChange(NAME, name, ())]
    fields += [FieldChange(numbers[field], value, ()) for field, value in values.items()]
    return RowChange(INSERT, 10, ids[number], tuple(fields))


def edit(number: int, column: int, value: Stored, *parents: Version, table: int = 10) -> RowChange:
    """One of its fields is written."""
    return RowChange(UPDATE, table, ids[number], (FieldChange(column, value, parents),))


def names(desk: Replica) -> list[str]:
    """Names on view."""
    return [row[0] for row in desk.rows("SELECT name FROM enterprise ORDER BY id")]
