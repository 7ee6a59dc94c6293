"""Moves parked values into their columns once the program has them: after an upgrade."""

from typing import Any

from fangshan_desk.data.row_states import DeviceNumbers, Key, RowStates
from fangshan_desk.data.row_writing import RowWriter
from fangshan_desk.domain.changesets import ROW_ITSELF
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.storable import is_storable

_ROWS_AT_ONCE = 1000


def unpark(connection: Any) -> int:
    """Inside the caller's transaction, with capture switched off; returns how many rows were looked at."""
    keys: list[Key] = [
        (table, row_id)
        for table, row_id in connection.execute("SELECT DISTINCT tno, row_id FROM sync_parked").fetchall()
        if table in BY_NUMBER
    ]
    for start in range(0, len(keys), _ROWS_AT_ONCE):
        _unpark_rows(connection, keys[start : start + _ROWS_AT_ONCE])
    return len(keys)


def _unpark_rows(connection: Any, keys: list[Key]) -> None:
    devices = DeviceNumbers(connection)
    states = RowStates(connection, devices)
    states.load(keys)
    for key in keys:
        row = states.loaded(key)
        parked = connection.execute(
            "SELECT cno, value FROM sync_parked WHERE tno = ? AND row_id = ?", key
        ).fetchall()
        row.parked = {column: value for column, value in parked if column != ROW_ITSELF}
        # A row of a table that is new to this program is known by its parked values alone.
        row.state.is_known = True
        row.state.written = {
            column: value for column, value in row.parked.items() if is_storable(key[0], column, value)
        }
    RowWriter(connection, devices, opened_at="").write(states)
    connection.executemany(
        f"DELETE FROM sync_parked WHERE tno = ? AND row_id = ? AND cno = {ROW_ITSELF}",  # noqa: S608 - constant
        keys,
    )
