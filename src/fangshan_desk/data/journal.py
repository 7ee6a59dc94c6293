"""Seals what the triggers captured into the next change-set, inside the person's own transaction.

Works on the bare DB-API connection: this runs at every save and must cost little.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType
from typing import Any

from fangshan_desk.data.versions_beside import VersionsBeside
from fangshan_desk.domain.changesets import (
    DELETE,
    INSERT,
    NO_DEVICE,
    ROW_ITSELF,
    UPDATE,
    ChainHead,
    FieldChange,
    NewRow,
    Part,
    RowChange,
    SealedChangeset,
    Sealer,
    Version,
)
from fangshan_desk.domain.merging import as_parents, names_real_only, without_created
from fangshan_desk.domain.records.catalogue import BY_NUMBER

ROWS_PER_PART = 2000
SEALED, ACKNOWLEDGED, RECEIVED = 0, 1, 2
UNKNOWN_ACTOR = ""
DECIDED = 4
"""Noted like a change: the person has chosen between all versions of the field, or keeps the row."""
Written = Mapping[tuple[int, str], Sequence[Any]]
"""Rows a transaction inserted, by table and id, in the order of the declared columns after the id."""
_NOTHING_WRITTEN: Written = MappingProxyType({})


class Journal:
    """The chain of this device in one open file."""

    def __init__(self, connection: Any, sealer: Sealer) -> None:
        self._connection = connection
        self._sealer = sealer
        row = connection.execute(
            "SELECT device, device_number, incarnation, sequence, hlc, digest FROM sync_self"
        ).fetchone()
        self._number: int = row[1]
        self._beside = VersionsBeside(connection)
        self._head = ChainHead(row[0], row[2], row[3], row[4], row[5])

    @property
    def head(self) -> ChainHead:
        """The newest sealed change-set known to be in the file."""
        return self._head

    def seal(self, actor: str, written: Written = _NOTHING_WRITTEN) -> ChainHead:
        """Seal everything captured since BEGIN; returns the head the COMMIT will make true.

        The head is taken over by `accept` only after COMMIT, so a rollback leaves no hole. ``written``
        spares reading back new rows that nothing touched since.
        """
        captured = self._captured()
        if not captured:
            return self._head
        self._beside = VersionsBeside(self._connection)
        head = self._sealed_head(captured, actor, written)
        self._connection.execute("DELETE FROM sync_capture")
        return head

    def witness(self, hlc: int) -> None:
        """Others' change-sets were taken in: what is sealed from now on sorts after them."""
        if hlc > self._head.hlc:
            self._connection.execute("UPDATE sync_self SET hlc = ?", (hlc,))
            # Even after a rollback: a clock ahead of its change-sets harms nothing.
            self._head = replace(self._head, hlc=hlc)

    def accept(self, head: ChainHead) -> None:
        """The transaction that sealed up to ``head`` is committed."""
        self._head = head

    def _captured(self) -> list["_CapturedRow"]:
        return _by_row(
            self._connection.execute(
                "SELECT kind, tno, row_id, cno, old FROM sync_capture ORDER BY n"
            ).fetchall()
        )

    def _sealed_head(self, captured: "Sequence[_CapturedRow]", actor: str, written: Written) -> ChainHead:
        kept = [row for row in captured if not (row.is_new and row.is_deleted)]
        if not kept:
            return self._head
        head = self._head
        name = self._sealer.new_transaction()
        count = -(-len(kept) // ROWS_PER_PART)
        for number in range(count):
            rows = self._changes(kept[number * ROWS_PER_PART : (number + 1) * ROWS_PER_PART], written)
            sealed = self._sealer.seal(rows, head=head, actor=actor, part=Part(name, number, count))
            self._store(sealed, rows)
            head = replace(head, sequence=sealed.sequence, hlc=sealed.hlc, digest=sealed.digest)
        self._connection.execute(
            "UPDATE sync_self SET sequence = ?, hlc = ?, digest = ?", (head.sequence, head.hlc, head.digest)
        )
        return head

    def _changes(self, rows: "Sequence[_CapturedRow]", written: Written) -> list[RowChange | NewRow]:
        found = (self._creation(row, written) if row.is_new else self._change(row) for row in rows)
        return [change for change in found if change is not None]

    def _change(self, row: "_CapturedRow") -> RowChange | None:
        return self._deletion(row) if row.is_deleted else self._update(row)

    def _return(self, row: "_CapturedRow") -> RowChange | None:
        """A row put back after its deletion: every field may differ, and the deletes are answered."""
        self._beside.open_grave(row.table, row.row_id)
        row.columns |= {ROW_ITSELF, *_columns(row.table)[0]}
        row.decided.add(ROW_ITSELF)
        row.kind = UPDATE
        return self._update(row)

    def _creation(self, row: "_CapturedRow", written: Written) -> RowChange | NewRow | None:
        numbers, names = _columns(row.table)
        key = (row.table, row.row_id)
        if self._beside.is_in_grave(key):
            return self._return(row)
        # The triggers note every change of a synced column: none noted, none made.
        stored = written[key][1:] if key in written and not row.columns else self._read(row, names)
        if stored is None:
            return None
        pairs = zip(numbers, stored, strict=True)
        flat = [item for pair in pairs if pair[1] is not None for item in pair]
        return NewRow(row.table, row.row_id, flat)

    def _update(self, row: "_CapturedRow") -> RowChange | None:
        entity = BY_NUMBER[row.table]
        columns = [column for column in entity.columns if column.number in row.columns]
        # The id says whether the row is there when only the row itself was decided about.
        stored = self._read(row, ["id", *(column.name for column in columns)])
        if stored is None:
            return None
        heads = self._heads(row)
        fields = [
            FieldChange(column.number, value, self._parents(row, column.number, heads))
            for column, value in zip(columns, stored[1:], strict=True)
        ]
        if ROW_ITSELF in row.decided:
            fields.insert(0, FieldChange(ROW_ITSELF, 1, self._parents(row, ROW_ITSELF, heads)))
        return RowChange(row.kind, row.table, row.row_id, tuple(fields))

    def _parents(
        self, row: "_CapturedRow", column: int, heads: Mapping[int, tuple[Version, ...]]
    ) -> tuple[Version, ...]:
        """What a new value replaces: what the person saw, or all there is where the person decided."""
        place = (row.table, row.row_id, column)
        losing = self._beside.losing(place)
        if column in row.decided:
            self._beside.leave(place, {})
            return as_parents(heads.get(column, ()))
        parents = as_parents([head for head in heads.get(column, ()) if head not in losing])
        if losing:
            self._beside.leave(place, losing if names_real_only(parents) else without_created(losing))
        return parents

    def _deletion(self, row: "_CapturedRow") -> RowChange:
        self._connection.execute(
            "INSERT OR REPLACE INTO sync_grave(tno, row_id, content) VALUES (?, ?, ?)",
            (row.table, row.row_id, row.old_content),
        )
        self._beside.leave((row.table, row.row_id, ROW_ITSELF), {})
        # The heads seen tell a receiver whether somebody edited what this deletes.
        seen = ((column, as_parents(heads)) for column, heads in sorted(self._heads(row).items()))
        fields = tuple(FieldChange(column, None, parents) for column, parents in seen if parents)
        return RowChange(DELETE, row.table, row.row_id, fields)

    def _read(self, row: "_CapturedRow", names: Sequence[str]) -> Sequence[Any] | None:
        listed = ", ".join(f'"{name}"' for name in names)
        # Names come from the declarations, never from a person.
        statement = f'SELECT {listed} FROM "{BY_NUMBER[row.table].name}" WHERE id = ?'  # noqa: S608
        found: Sequence[Any] | None = self._connection.execute(statement, (row.row_id,)).fetchone()
        return found

    def _heads(self, row: "_CapturedRow") -> dict[int, tuple[Version, ...]]:
        rows = self._connection.execute(
            "SELECT h.cno, h.hlc, d.device FROM sync_head h "
            "LEFT JOIN sync_device d ON d.number = h.device_number "
            "WHERE h.tno = ? AND h.row_id = ? ORDER BY h.cno, h.hlc, d.device",
            (row.table, row.row_id),
        ).fetchall()
        heads: dict[int, tuple[Version, ...]] = {}
        for column, hlc, device in rows:
            heads[column] = (*heads.get(column, ()), Version(hlc, bytes(device or NO_DEVICE)))
        return heads

    def _store(self, sealed: SealedChangeset, rows: Sequence[RowChange | NewRow]) -> None:
        self._connection.execute(
            "INSERT INTO sync_changeset(device_number, sequence, hlc, digest, header, signature, seed, body, "
            "state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._number,
                sealed.sequence,
                sealed.hlc,
                sealed.digest,
                sealed.header,
                sealed.signature,
                sealed.seed,
                sealed.body,
                SEALED,
            ),
        )
        touched = [
            (row.table, row.row_id, field.column if row.kind != DELETE else ROW_ITSELF)
            for row in rows
            if isinstance(row, RowChange)
            for field in (row.fields or (FieldChange(ROW_ITSELF, None, ()),))
        ]
        if touched:
            self._connection.executemany(
                "DELETE FROM sync_head WHERE tno = ? AND row_id = ? AND cno = ?", touched
            )
            self._connection.executemany(
                "INSERT OR REPLACE INTO sync_head(tno, row_id, cno, hlc, device_number) "
                "VALUES (?, ?, ?, ?, ?)",
                [(*key, sealed.hlc, self._number) for key in touched],
            )
            self._beside.settle(touched, Version(sealed.hlc, self._head.device))


@cache
def _columns(table: int) -> tuple[tuple[int, ...], tuple[str, ...]]:
    columns = BY_NUMBER[table].columns
    return tuple(column.number for column in columns), tuple(column.name for column in columns)


class _CapturedRow:
    """All that one transaction noted about one row."""

    __slots__ = ("columns", "decided", "is_deleted", "is_new", "kind", "old_content", "row_id", "table")

    def __init__(self, kind: int, table: int, row_id: str) -> None:
        self.kind = kind
        self.table = table
        self.row_id = row_id
        self.columns: set[int] = set()
        self.decided: set[int] = set()
        self.is_new = False
        self.is_deleted = False
        self.old_content = "{}"


def _by_row(noted: Sequence[tuple[int, int, str, int, str | None]]) -> list[_CapturedRow]:
    rows: dict[tuple[int, str], _CapturedRow] = {}
    for kind, table, row_id, column, old in noted:
        row = rows.get((table, row_id))
        if row is None:
            row = rows[(table, row_id)] = _CapturedRow(kind, table, row_id)
            row.is_new = kind == INSERT
        if kind == DELETE:
            row.is_deleted = True
            row.old_content = old or row.old_content
        elif kind == INSERT:
            row.is_deleted = False
            if not row.is_new:
                # Deleted and put back within one transaction: every field may differ.
                row.columns |= {item.number for item in BY_NUMBER[table].columns}
        else:
            row.columns.add(column)
            if kind == DECIDED:
                row.decided.add(column)
    for row in rows.values():
        row.kind = DELETE if row.is_deleted else (INSERT if row.is_new else UPDATE)
    return list(rows.values())
