"""What sealing must mind beside the new versions: open conflicts, graves and parked values.

A file that never met another laptop has none of them; one query tells.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from fangshan_desk.domain.changesets import NO_DEVICE, ROW_ITSELF, Stored, Version
from fangshan_desk.domain.exchange import Place
from fangshan_desk.domain.merging import shown_among
from fangshan_desk.domain.records.catalogue import BY_NUMBER

Losing = Mapping[Version, Stored]


class VersionsBeside:
    """Looks once what the file holds of these; used for one transaction."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._has_conflicts, self._has_parked, has_graves = connection.execute(
            "SELECT EXISTS (SELECT 1 FROM sync_conflict), EXISTS (SELECT 1 FROM sync_parked), "
            "EXISTS (SELECT 1 FROM sync_grave)"
        ).fetchone()
        self._graves = self._graves_of_new_rows() if has_graves else frozenset()
        self._left: dict[Place, Losing] = {}

    def is_in_grave(self, key: tuple[int, str]) -> bool:
        """Whether a row inserted now had been deleted before."""
        return key in self._graves

    def open_grave(self, table: int, row_id: str) -> None:
        """The row is back."""
        self._connection.execute("DELETE FROM sync_grave WHERE tno = ? AND row_id = ?", (table, row_id))

    def losing(self, place: Place) -> Losing:
        """Values that are not shown, by version."""
        if not self._has_conflicts:
            return {}
        rows = self._connection.execute(
            "SELECT c.hlc, d.device, c.value FROM sync_conflict c "
            "LEFT JOIN sync_device d ON d.number = c.device_number "
            "WHERE c.tno = ? AND c.row_id = ? AND c.cno = ?",
            place,
        ).fetchall()
        return {Version(hlc, bytes(device or NO_DEVICE)): value for hlc, device, value in rows}

    def leave(self, place: Place, losing: Losing) -> None:
        """These stay beside the version that is being sealed; none of them where a person decided."""
        if self._has_conflicts:
            self._left[place] = losing

    def settle(self, touched: Sequence[Place], version: Version) -> None:
        """Everything named is gone and the new version is a head: see what is shown now."""
        if self._has_parked:
            self._connection.executemany(
                "DELETE FROM sync_parked WHERE tno = ? AND row_id = ? AND cno = ?",
                [place for place in touched if place[2] != ROW_ITSELF],
            )
        for place in touched:
            if place in self._left:
                self._settle(place, self._left.pop(place), version)

    def _settle(self, place: Place, losing: Losing, version: Version) -> None:
        opened_at = self._connection.execute(
            "SELECT min(opened_at) FROM sync_conflict WHERE tno = ? AND row_id = ? AND cno = ?", place
        ).fetchone()[0]
        self._connection.execute("DELETE FROM sync_conflict WHERE tno = ? AND row_id = ? AND cno = ?", place)
        if not losing:
            return
        self._keep("sync_head(tno, row_id, cno, hlc, device_number)", place, [(head,) for head in losing])
        typed = self._value(place)
        shown, beside = shown_among({**losing, version: typed})
        self._keep(
            "sync_conflict(tno, row_id, cno, hlc, device_number, opened_at, value)",
            place,
            [(head, opened_at, value) for head, value in beside.items()],
        )
        if version in beside:
            # Somebody's clock is far ahead: what they typed stays on view, as on every other laptop.
            self._show(place, losing[shown])

    def _keep(self, table: str, place: Place, rows: Iterable[tuple[Any, ...]]) -> None:
        for version, *rest in rows:
            number = self._connection.execute(
                "SELECT number FROM sync_device WHERE device = ?", (version.device,)
            ).fetchone()
            values = (*place, version.hlc, number[0] if number else 0, *rest)
            marks = ", ".join("?" * len(values))
            self._connection.execute(f"INSERT INTO {table} VALUES ({marks})", values)  # noqa: S608 - constant

    def _value(self, place: Place) -> Stored:
        entity, name = _named(place)
        row = self._connection.execute(
            f'SELECT "{name}" FROM "{entity}" WHERE id = ?',  # noqa: S608 - declared names
            (place[1],),
        ).fetchone()
        value: Stored = row[0]
        return value

    def _show(self, place: Place, value: Stored) -> None:
        entity, name = _named(place)
        self._connection.execute(
            f'UPDATE "{entity}" SET "{name}" = ? WHERE id = ?',  # noqa: S608 - declared names
            (value, place[1]),
        )

    def _graves_of_new_rows(self) -> frozenset[tuple[int, str]]:
        rows = self._connection.execute(
            "SELECT c.tno, c.row_id FROM sync_capture c "
            "JOIN sync_grave g ON g.tno = c.tno AND g.row_id = c.row_id WHERE c.kind = 1"
        )
        return frozenset((table, row_id) for table, row_id in rows.fetchall())


def _named(place: Place) -> tuple[str, str]:
    entity = BY_NUMBER[place[0]]
    return entity.name, next(column.name for column in entity.columns if column.number == place[2])
