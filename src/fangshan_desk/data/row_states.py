"""Loads the rows that received changes touch as a merge rule sees them, a few queries for many rows."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from fangshan_desk.domain.changesets import NO_DEVICE, ROW_ITSELF, Stored, Version
from fangshan_desk.domain.merging import Existence, RowState
from fangshan_desk.domain.records.catalogue import BY_NUMBER

Key = tuple[int, str]
"""Table number and row id."""
Content = dict[int, Stored]
_ROWS_PER_QUERY = 1000


class DeviceNumbers:
    """The short numbers this file has for devices; created values belong to number 0."""

    def __init__(self, connection: Any) -> None:
        rows = connection.execute("SELECT number, device FROM sync_device").fetchall()
        self._devices = {0: NO_DEVICE, **{number: bytes(device) for number, device in rows}}
        self._numbers = {device: number for number, device in self._devices.items()}

    def number_of(self, device: bytes) -> int | None:
        """The number, or None for a device nobody has introduced."""
        return self._numbers.get(device)

    def version(self, hlc: int, number: int) -> Version:
        """The version as it travels."""
        return Version(hlc, self._devices[number])

    def place(self, version: Version) -> tuple[int, int]:
        """The version as this file keeps it: hlc, number."""
        return version.hlc, self._numbers[version.device]


@dataclass(slots=True)
class LoadedRow:
    """A row before and after merging; ``state`` is what the rule changes, the rest is as it was loaded."""

    state: RowState
    was_known: bool
    was_there: bool
    existence: Mapping[Version, Existence]
    heads: Mapping[int, tuple[Version, ...]] = field(default_factory=dict)
    losing: Mapping[int, Mapping[Version, Stored]] = field(default_factory=dict)
    parked: Content = field(default_factory=dict)


class RowStates:
    """Rows by table and id; hold few enough for memory and write them before loading more."""

    def __init__(self, connection: Any, devices: DeviceNumbers) -> None:
        self._connection = connection
        self._devices = devices
        self._rows: dict[Key, LoadedRow] = {}
        self._contents: dict[Key, Content] = {}

    def __getitem__(self, key: Key) -> RowState:
        return self._rows[key].state

    def loaded(self, key: Key) -> LoadedRow:
        """The row with what it was when it was loaded."""
        return self._rows[key]

    def take_all(self) -> list[tuple[Key, LoadedRow]]:
        """Hand over everything loaded and forget it."""
        rows, self._rows = self._rows, {}
        return list(rows.items())

    def forget_contents(self) -> None:
        """What was read of rows is no longer needed, or no longer true."""
        self._contents = {}

    def content(self, key: Key) -> Content:
        """Everything the row shows, or showed when it was deleted; parked values included."""
        if key not in self._contents:
            row = self._rows_content(key)
            parked = self._connection.execute(
                "SELECT cno, value FROM sync_parked WHERE tno = ? AND row_id = ? AND cno > 0", key
            )
            self._contents[key] = {**row, **dict(parked.fetchall())}
        return self._contents[key]

    def load(self, keys: Iterable[Key]) -> None:
        """Load what is not loaded yet."""
        wanted: dict[int, list[str]] = {}
        for key in dict.fromkeys(keys):
            if key not in self._rows:
                wanted.setdefault(key[0], []).append(key[1])
        for table, ids in wanted.items():
            self._load_table(table, ids)

    def _load_table(self, table: int, ids: list[str]) -> None:
        there = {row[0] for row in self._select(self._present(table), ids)}
        dead = [row_id for row_id in ids if row_id not in there]
        graves = {row[0] for row in self._select(_of_table("sync_grave", table), dead)}
        for row_id in ids:
            is_there = row_id in there
            is_known = is_there or row_id in graves
            # The row's own reader: most changes are merged without looking at what the row shows.
            state = RowState(partial(self._shown, (table, row_id)), is_known=is_known)
            self._rows[table, row_id] = LoadedRow(state, is_known, is_there, state.existence)
        known = [row_id for row_id in ids if row_id in there or row_id in graves]
        self._load_parked(table, known)
        self._load_heads(table, known)

    def _present(self, table: int) -> str:
        if table in BY_NUMBER:
            return f'SELECT id FROM "{BY_NUMBER[table].name}" WHERE id IN'  # noqa: S608 - declared name
        return _of_table("sync_parked", table, f"AND cno = {ROW_ITSELF}")

    def _load_parked(self, table: int, ids: list[str]) -> None:
        if self._is_empty("sync_parked"):
            return
        statement = _of_table("sync_parked", table, "AND cno > 0", columns="row_id, cno, value")
        for row_id, column, value in self._select(statement, ids):
            self._rows[table, row_id].parked[column] = value

    def _load_heads(self, table: int, ids: list[str]) -> None:
        losing = self._losing(table, ids)
        found: dict[tuple[str, int], list[Version]] = {}
        statement = _of_table("sync_head", table, columns="row_id, cno, hlc, device_number")
        for row_id, column, hlc, number in self._select(statement, ids):
            found.setdefault((row_id, column), []).append(self._devices.version(hlc, number))
        for (row_id, column), heads in found.items():
            values = losing.get((row_id, column), {})
            row = self._rows[table, row_id]
            if column == ROW_ITSELF:
                row.state.existence = _existence(heads, values, is_there=row.was_there)
            else:
                row.state.heads[column] = tuple(sorted(heads))
                if values:
                    row.state.losing[column] = values
        for row_id, _ in found:
            _remember(self._rows[table, row_id])

    def _losing(self, table: int, ids: list[str]) -> dict[tuple[str, int], dict[Version, Stored]]:
        losing: dict[tuple[str, int], dict[Version, Stored]] = {}
        if not self._is_empty("sync_conflict"):
            statement = _of_table("sync_conflict", table, columns="row_id, cno, hlc, device_number, value")
            for row_id, column, hlc, number, value in self._select(statement, ids):
                losing.setdefault((row_id, column), {})[self._devices.version(hlc, number)] = value
        return losing

    def _shown(self, key: Key, column: int) -> Stored:
        return self.content(key).get(column)

    def _rows_content(self, key: Key) -> Content:
        table, row_id = key
        if table in BY_NUMBER:
            numbers, statement = content_query(table)
            row = self._connection.execute(statement, (row_id,)).fetchone()
            if row is not None:
                return dict(zip(numbers, row, strict=True))
        grave = self._connection.execute(
            "SELECT content FROM sync_grave WHERE tno = ? AND row_id = ?", key
        ).fetchone()
        return {} if grave is None else {int(name): value for name, value in json.loads(grave[0]).items()}

    def _is_empty(self, table: str) -> bool:
        found = self._connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone()  # noqa: S608 - constant
        return found is None

    def _select(self, statement: str, values: Sequence[str]) -> Iterator[Any]:
        for start in range(0, len(values), _ROWS_PER_QUERY):
            part = values[start : start + _ROWS_PER_QUERY]
            marks = ", ".join("?" * len(part))
            yield from self._connection.execute(f"{statement} ({marks})", part).fetchall()


def _of_table(name: str, table: int, narrowed: str = "", *, columns: str = "row_id") -> str:
    return f"SELECT {columns} FROM {name} WHERE tno = {table:d} {narrowed} AND row_id IN"  # noqa: S608


@cache
def content_query(table: int) -> tuple[tuple[int, ...], str]:
    """Column numbers of a known table and the query for their values by id."""
    entity = BY_NUMBER[table]
    listed = ", ".join(f'"{column.name}"' for column in entity.columns)
    statement = f'SELECT {listed} FROM "{entity.name}" WHERE id = ?'  # noqa: S608 - declared names
    return tuple(column.number for column in entity.columns), statement


def _existence(
    heads: Iterable[Version], said: Mapping[Version, Stored], *, is_there: bool
) -> dict[Version, Existence]:
    # Nothing is kept for the usual case: a delete that took effect, or a rescue that was heard.
    usual = Existence.KEPT if is_there else Existence.DELETED
    return {head: _UNUSUAL.get(said.get(head), usual) for head in sorted(heads)}


_UNUSUAL: Mapping[Stored, Existence] = {int(said): said for said in Existence}


def _remember(row: LoadedRow) -> None:
    row.heads = dict(row.state.heads)
    row.losing = dict(row.state.losing)
    row.existence = row.state.existence
