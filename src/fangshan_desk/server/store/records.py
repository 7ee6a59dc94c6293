"""The merged records, by table and column number, so that a newer desk's fields are kept like any other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import func, select

from fangshan_desk.domain.changesets import Stored, Version
from fangshan_desk.domain.merging import Existence, RowState
from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import record

Key = tuple[int, str]
_KEYS_AT_ONCE = 500
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(strict=False).decode
_contents = msgspec.msgpack.Decoder(dict[int, Stored]).decode


class LoadedRecord:
    """One record as the merge rule sees it, and the content it had when it was loaded."""

    __slots__ = ("content", "is_changed", "is_new", "state")

    def __init__(self, content: dict[int, Stored], *, is_new: bool, is_known: bool) -> None:
        self.content = content
        self.is_new = is_new
        self.is_changed = False
        self.state = RowState(content.get, is_known=is_known)


class RecordRows(CountyTables):
    """The table `record`."""

    def load(self, keys: Iterable[Key]) -> dict[Key, LoadedRecord]:
        """The records, held until the transaction ends; new ones are not there yet."""
        loaded: dict[Key, LoadedRecord] = {}
        wanted = sorted(set(keys))
        for table, ids in _by_table(wanted):
            rows = self._connection.execute(
                select(record.c.row_id, record.c.is_known, record.c.content, record.c.versions)
                .where(record.c.county == self._county, record.c.tno == table, record.c.row_id.in_(ids))
                # In one order everywhere: two servers would else wait for each other.
                .order_by(record.c.row_id)
                .with_for_update()
            )
            for row_id, is_known, content, versions in rows:
                found = LoadedRecord(_contents(content), is_new=False, is_known=is_known)
                if versions:
                    _take_versions(found.state, versions)
                loaded[table, row_id] = found
        new = (key for key in wanted if key not in loaded)
        return loaded | {key: LoadedRecord({}, is_new=True, is_known=False) for key in new}

    def save(self, records: Mapping[Key, LoadedRecord]) -> None:
        """Write back what the rule has changed."""
        changed = [(key, loaded) for key, loaded in sorted(records.items()) if loaded.is_changed]
        self._put(record, [_row(key, loaded) for key, loaded in changed if not loaded.is_new])
        # Not "or replace": a row another transaction made meanwhile has to be merged, so all is tried again.
        if new := [_row(key, loaded) for key, loaded in changed if loaded.is_new]:
            self._connection.execute(record.insert(), [{"county": self._county, **row} for row in new])

    def contents(self, keys: Iterable[Key]) -> Mapping[Key, Mapping[int, Stored]]:
        """What the known records show, deleted ones included."""
        found: dict[Key, Mapping[int, Stored]] = {}
        for table, ids in _by_table(sorted(set(keys))):
            rows = self._connection.execute(
                select(record.c.row_id, record.c.content).where(
                    record.c.county == self._county,
                    record.c.tno == table,
                    record.c.row_id.in_(ids),
                    record.c.is_known,
                )
            )
            found.update({(table, row_id): _contents(content) for row_id, content in rows})
        return found

    def table(self, table: int) -> Iterator[tuple[str, Mapping[int, Stored]]]:
        """Every record of a table that is there, by id."""
        rows = self._connection.execute(
            select(record.c.row_id, record.c.content)
            .where(record.c.county == self._county, record.c.tno == table, record.c.is_there)
            .order_by(record.c.row_id)
        )
        return ((row_id, _contents(content)) for row_id, content in rows)

    def counts(self) -> dict[int, int]:
        """How many records of each table are there."""
        rows = self._connection.execute(
            select(record.c.tno, func.count())
            .where(record.c.county == self._county, record.c.is_there)
            .group_by(record.c.tno)
        )
        return {row[0]: row[1] for row in rows}

    def conflicts(self) -> int:
        """How many values wait beside the one that is shown."""
        statement = select(func.coalesce(func.sum(record.c.conflicts), 0)).where(
            record.c.county == self._county, record.c.conflicts > 0
        )
        return int(self._connection.execute(statement).scalar_one())


def _row(key: Key, loaded: LoadedRecord) -> dict[str, Any]:
    state = loaded.state
    return {
        "tno": key[0],
        "row_id": key[1],
        "is_known": state.is_known,
        "is_there": state.is_there,
        "conflicts": _conflicts(state),
        "content": _pack({**loaded.content, **state.written}),
        "versions": _versions(state),
    }


def _by_table(keys: Sequence[Key]) -> Iterator[tuple[int, list[str]]]:
    ids: dict[int, list[str]] = defaultdict(list)
    for table, row_id in keys:
        ids[table].append(row_id)
    for table, found in ids.items():
        for start in range(0, len(found), _KEYS_AT_ONCE):
            yield table, found[start : start + _KEYS_AT_ONCE]


def _conflicts(state: RowState) -> int:
    said = list(state.existence.values())
    return sum(map(len, state.losing.values())) + said.count(Existence.OVERRULED)


def _versions(state: RowState) -> bytes | None:
    if not (state.heads or state.existence):
        return None
    return _pack(
        [
            {column: list(heads) for column, heads in state.heads.items()},
            {
                column: [[*head, value] for head, value in losing.items()]
                for column, losing in state.losing.items()
            },
            [[*version, int(said)] for version, said in state.existence.items()],
        ]
    )


def _take_versions(state: RowState, packed: bytes) -> None:
    heads: dict[int, list[Any]]
    losing: dict[int, list[Any]]
    heads, losing, existence = _unpack(packed)
    state.heads = {column: tuple(Version(*head) for head in found) for column, found in heads.items()}
    state.losing = {
        column: {Version(hlc, device): value for hlc, device, value in found}
        for column, found in losing.items()
    }
    state.existence = {Version(hlc, device): Existence(said) for hlc, device, said in existence}
