"""Finds open conflicts on any connection: for readers, and inside the transaction that decides."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fangshan_desk.domain.changesets import NO_DEVICE, ROW_ITSELF, Stored, Version
from fangshan_desk.domain.exchange import Place
from fangshan_desk.domain.merging import Standing, TransitionAllowed, standing
from fangshan_desk.domain.records.catalogue import BY_NUMBER
from fangshan_desk.domain.records.declaring import Entity


@dataclass(frozen=True, kw_only=True)
class OpenConflict:
    """Versions and stored values of one place; ``shown`` are the versions whose value is on view."""

    place: Place
    entity: Entity
    field: str
    standing: Standing
    opened_at: str
    shown_value: Stored
    shown: tuple[Version, ...]
    losing: Mapping[Version, Stored]


def open_conflicts(
    connection: Any, allowed: TransitionAllowed | None, *, place: Place | None = None
) -> Iterator[OpenConflict]:
    """All of them, or the one of a place; a deleted row has none, nor has what the workflow settled."""
    for found, opened_at in _places(connection, place):
        entity = BY_NUMBER.get(found[0])
        names = {column.number: column.name for column in entity.columns} if entity else {}
        # A field of a newer desk is merged but cannot be shown; it is decided where it is known.
        if entity is None or found[2] not in {ROW_ITSELF, *names}:
            continue
        field = names.get(found[2], "")
        shown_value = _shown_value(connection, entity, field, found[1])
        if shown_value is None:
            continue
        conflict = _conflict(connection, found, entity, field, (opened_at, shown_value[0]), allowed)
        if conflict.standing is not Standing.SETTLED:
            yield conflict


def _places(connection: Any, place: Place | None) -> list[tuple[Place, str]]:
    narrowed, values = ("WHERE tno = ? AND row_id = ? AND cno = ? ", place) if place else ("", ())
    rows = connection.execute(
        f"SELECT tno, row_id, cno, min(opened_at) FROM sync_conflict {narrowed}"  # noqa: S608 - constant text
        "GROUP BY tno, row_id, cno ORDER BY min(opened_at), tno, row_id, cno",
        values,
    )
    return [((table, row_id, column), opened_at) for table, row_id, column, opened_at in rows.fetchall()]


def _shown_value(connection: Any, entity: Entity, field: str, row_id: str) -> tuple[Stored] | None:
    """What the row shows; nothing when the row is gone."""
    column = f'"{field}"' if field else "NULL"
    row = connection.execute(
        f'SELECT {column} FROM "{entity.name}" WHERE id = ?',  # noqa: S608 - declared names
        (row_id,),
    ).fetchone()
    return None if row is None else (row[0],)


def _conflict(
    connection: Any,
    place: Place,
    entity: Entity,
    field: str,
    known: tuple[str, Stored],
    allowed: TransitionAllowed | None,
) -> OpenConflict:
    opened_at, shown_value = known
    losing = dict(_versions(connection, "sync_conflict", place))
    heads = [version for version, _ in _versions(connection, "sync_head", place)]
    # A row that stays is shown by whoever changed it last, since nobody has answered the deletion.
    shown = _row_heads(connection, place) if place[2] == ROW_ITSELF else heads
    table, _, column = place
    standings = {
        standing(allowed, table, column, losing=value, shown=shown_value) for value in losing.values()
    }
    return OpenConflict(
        place=place,
        entity=entity,
        field=field,
        standing=next(item for item in _WORST_FIRST if item in standings),
        opened_at=opened_at,
        shown_value=shown_value,
        shown=tuple(sorted((head for head in shown if head not in losing), reverse=True)),
        losing=losing,
    )


_WORST_FIRST = (Standing.LEAD_BODY, Standing.OPEN, Standing.SETTLED)


def _row_heads(connection: Any, place: Place) -> list[Version]:
    rows = connection.execute(
        "SELECT h.hlc, d.device FROM sync_head h JOIN sync_device d ON d.number = h.device_number "
        "WHERE h.tno = ? AND h.row_id = ?",
        place[:2],
    )
    return [Version(hlc, bytes(device)) for hlc, device in rows.fetchall()]


def _versions(connection: Any, table: str, place: Place) -> Iterator[tuple[Version, Stored]]:
    value = "x.value" if table == "sync_conflict" else "NULL"
    rows = connection.execute(
        f"SELECT x.hlc, d.device, {value} FROM {table} x "  # noqa: S608 - constants
        "LEFT JOIN sync_device d ON d.number = x.device_number "
        "WHERE x.tno = ? AND x.row_id = ? AND x.cno = ?",
        place,
    )
    for hlc, device, stored in rows.fetchall():
        yield Version(hlc, bytes(device or NO_DEVICE)), stored
