"""Writes merged rows back: rows, heads, conflicts, graves and parked values, many rows a statement."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from fangshan_desk.data.row_states import Content, DeviceNumbers, Key, LoadedRow, RowStates
from fangshan_desk.domain.changesets import ROW_ITSELF, Stored, Version
from fangshan_desk.domain.merging import Existence
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.storable import is_storable

Place = tuple[int, str, int]
"""Table number, row id and column number; column 0 is the row itself."""


@dataclass(slots=True)
class WrittenRows:
    """What writing changed; ``retracted`` counts rows that were there and are not any more."""

    ids: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    opened: list[Place] = field(default_factory=list)
    closed: list[Place] = field(default_factory=list)
    retracted: int = 0


class RowWriter:
    """Collects what to write, then writes it; one for each batch."""

    def __init__(self, connection: Any, devices: DeviceNumbers, *, opened_at: str) -> None:
        self._connection = connection
        self._devices = devices
        self._opened_at = opened_at
        self._statements: dict[str, list[tuple[Any, ...]]] = {}
        self.result = WrittenRows()

    def write(self, states: RowStates) -> None:
        """Everything the states hold; they are empty afterwards."""
        for key, row in states.take_all():
            if row.state.is_known:
                self._write_row(key, row, states)
                self._write_versions(key, row)
        states.forget_contents()
        # What goes is gone before what replaces it comes.
        for statement in sorted(self._statements, key=lambda text: not text.startswith("DELETE")):
            self._connection.executemany(statement, self._statements[statement])
        self._statements = {}

    def _do(self, statement: str, *values: Any) -> None:
        self._statements.setdefault(statement, []).append(values)

    def _write_row(self, key: Key, row: LoadedRow, states: RowStates) -> None:
        is_there, written = row.state.is_there, row.state.written
        if is_there and row.was_there:
            self._update(key, row)
        elif is_there:
            self._put_there(key, {**(states.content(key) if row.was_known else {}), **written}, row)
        elif row.was_there or written:
            self._bury(key, {**states.content(key), **written}, row)
        if written or is_there != row.was_there:
            self.result.ids[key[0]].add(key[1])
        self.result.retracted += row.was_there and not is_there

    def _update(self, key: Key, row: LoadedRow) -> None:
        stored = self._stored(key, row.state.written, row)
        if stored:
            columns = tuple(sorted(stored))
            statement = _update_statement(key[0], columns)
            self._do(statement, *(stored[column] for column in columns), key[1])

    def _put_there(self, key: Key, content: Content, row: LoadedRow) -> None:
        table, row_id = key
        stored = self._stored(key, content, row)
        if table in BY_NUMBER:
            columns, statement = _insert_statement(table)
            self._do(statement, row_id, *map(stored.get, columns))
        else:
            self._park(key, ROW_ITSELF, None)
        if row.was_known:
            self._do("DELETE FROM sync_grave WHERE tno = ? AND row_id = ?", *key)

    def _bury(self, key: Key, content: Content, row: LoadedRow) -> None:
        table, row_id = key
        stored = self._stored(key, content, row)
        text = json.dumps({str(column): value for column, value in stored.items()}, ensure_ascii=False)
        self._do("INSERT OR REPLACE INTO sync_grave(tno, row_id, content) VALUES (?, ?, ?)", *key, text)
        if not row.was_there:
            return
        if table in BY_NUMBER:
            self._do(f'DELETE FROM "{BY_NUMBER[table].name}" WHERE id = ?', row_id)  # noqa: S608 - declared
        else:
            self._unpark(key, ROW_ITSELF)

    def _stored(self, key: Key, content: Mapping[int, Stored], row: LoadedRow) -> Content:
        """The values this program has room for; the others are parked."""
        stored: Content = {}
        for column, value in content.items():
            if is_storable(key[0], column, value):
                stored[column] = value
                if column in row.parked:
                    self._unpark(key, column)
            elif row.parked.get(column, _ABSENT) != value:
                self._park(key, column, value)
        return stored

    def _park(self, key: Key, column: int, value: Stored) -> None:
        statement = "INSERT OR REPLACE INTO sync_parked(tno, row_id, cno, value) VALUES (?, ?, ?, ?)"
        self._do(statement, *key, column, value)

    def _unpark(self, key: Key, column: int) -> None:
        self._do("DELETE FROM sync_parked WHERE tno = ? AND row_id = ? AND cno = ?", *key, column)

    def _write_versions(self, key: Key, row: LoadedRow) -> None:
        state = row.state
        for column, heads in state.heads.items():
            if heads is not row.heads.get(column):
                place = (*key, column)
                self._write_heads(place, heads, row.heads.get(column, ()))
                self._write_losing(place, state.losing.get(column, {}), row.losing.get(column, {}))
        if state.existence is not row.existence:
            place = (*key, ROW_ITSELF)
            self._write_heads(place, tuple(state.existence), tuple(row.existence))
            said = _unusual(state.existence, is_there=state.is_there)
            self._write_losing(place, said, _unusual(row.existence, is_there=row.was_there))

    def _write_heads(self, place: Place, heads: Iterable[Version], before: Iterable[Version]) -> None:
        if before:
            self._do("DELETE FROM sync_head WHERE tno = ? AND row_id = ? AND cno = ?", *place)
        for head in heads:
            self._do(
                "INSERT INTO sync_head(tno, row_id, cno, hlc, device_number) VALUES (?, ?, ?, ?, ?)",
                *place,
                *self._devices.place(head),
            )

    def _write_losing(
        self, place: Place, losing: Mapping[Version, Stored], before: Mapping[Version, Stored]
    ) -> None:
        for version in before.keys() - losing.keys():
            self._do(
                "DELETE FROM sync_conflict WHERE tno = ? AND row_id = ? AND cno = ? AND hlc = ? "
                "AND device_number = ?",
                *place,
                *self._devices.place(version),
            )
        for version, value in losing.items():
            if version not in before or before[version] != value:
                self._do(
                    "INSERT OR REPLACE INTO sync_conflict"
                    "(tno, row_id, cno, hlc, device_number, opened_at, value) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    *place,
                    *self._devices.place(version),
                    self._opened_at,
                    value,
                )
        if losing.keys() - before.keys():
            self.result.opened.append(place)
        elif before and not losing:
            self.result.closed.append(place)


_ABSENT = object()


@cache
def _update_statement(table: int, columns: tuple[int, ...]) -> str:
    names = {column.number: column.name for column in BY_NUMBER[table].columns}
    listed = ", ".join(f'"{names[column]}" = ?' for column in columns)
    # Names come from the declarations, never from a change-set.
    return f'UPDATE "{BY_NUMBER[table].name}" SET {listed} WHERE id = ?'  # noqa: S608


@cache
def _insert_statement(table: int) -> tuple[tuple[int, ...], str]:
    entity = BY_NUMBER[table]
    listed = ", ".join(f'"{column.name}"' for column in entity.columns)
    marks = ", ".join("?" * (len(entity.columns) + 1))
    statement = f'INSERT INTO "{entity.name}" (id, {listed}) VALUES ({marks})'  # noqa: S608 - declared names
    return tuple(column.number for column in entity.columns), statement


def _unusual(existence: Mapping[Version, Existence], *, is_there: bool) -> dict[Version, Stored]:
    """What must be kept of a row's own versions: see `row_states._existence`."""
    usual = Existence.KEPT if is_there else Existence.DELETED
    return {version: int(said) for version, said in existence.items() if said is not usual}
