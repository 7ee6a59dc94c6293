"""Open conflicts with who wrote what and when; lists of what is held, set aside or refers to nothing."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from fangshan_desk.data.engine import Database
from fangshan_desk.data.open_conflicts import OpenConflict, open_conflicts
from fangshan_desk.domain.changesets import ROW_ITSELF, Authorship, ChangesetReader, Stored, Version
from fangshan_desk.domain.merging import TransitionAllowed, is_created
from fangshan_desk.domain.records.catalogue import BY_NAME, ENTITIES
from fangshan_desk.domain.records.declaring import from_storage
from fangshan_desk.domain.records.storable import is_storable
from fangshan_desk.usecases.resolving import conflict_id, value_id
from fangshan_desk.usecases.views.conflicts import (
    Conflict,
    ConflictValue,
    DanglingReference,
    PendingEntry,
    WaitingDevice,
)


class SQLConflictReader:
    """See `usecases.views.conflicts.ConflictReader`."""

    def __init__(
        self, database: Database, entries: ChangesetReader, allowed: TransitionAllowed | None
    ) -> None:
        self._database = database
        self._entries = entries
        self._allowed = allowed

    def count(self) -> int:
        """How many wait for a decision."""
        with self._database.reading() as connection:
            return sum(1 for _ in open_conflicts(_driver(connection), self._allowed))

    def open_conflicts(self) -> list[Conflict]:
        """Longest open first."""
        with self._database.reading() as connection:
            driver = _driver(connection)
            found = open_conflicts(driver, self._allowed)
            return [self._conflict(driver, item) for item in found]

    def dangling(self) -> list[DanglingReference]:
        """Records that refer to deleted ones."""
        with self._database.reading() as connection:
            return _dangling(_driver(connection))

    def pending(self) -> list[PendingEntry]:
        """Held entries and the quarantine, oldest first."""
        with self._database.reading() as connection:
            rows = _driver(connection).execute(
                "SELECT device, sequence, reason, kept_at FROM sync_pending ORDER BY number"
            )
            return [
                PendingEntry(
                    device=bytes(device).hex(),
                    sequence=sequence,
                    reason=reason,
                    kept_at=datetime.fromisoformat(kept_at),
                )
                for device, sequence, reason, kept_at in rows.fetchall()
            ]

    def waiting(self) -> list[WaitingDevice]:
        """Stored entries that lack something."""
        with self._database.reading() as connection:
            rows = _driver(connection).execute(
                "SELECT d.device, v.applied_sequence + 1, v.waits_for FROM sync_vector v "
                "JOIN sync_device d ON d.number = v.device_number WHERE v.waits_for <> '' ORDER BY d.number"
            )
            return [
                WaitingDevice(device=bytes(device).hex(), sequence=sequence, reason=reason)
                for device, sequence, reason in rows.fetchall()
            ]

    def _conflict(self, driver: Any, found: OpenConflict) -> Conflict:
        shown = found.shown[0] if found.shown else None
        values = [self._value(driver, found, shown, found.shown_value, is_shown=True)]
        for version, stored in sorted(found.losing.items(), reverse=True):
            values.append(self._value(driver, found, version, stored, is_shown=False))
        return Conflict(
            id=conflict_id(found.entity.name, found.place[1], found.field),
            entity=found.entity.name,
            row_id=found.place[1],
            field=found.field,
            standing=found.standing,
            opened_at=datetime.fromisoformat(found.opened_at),
            values=tuple(values),
        )

    def _value(
        self, driver: Any, found: OpenConflict, version: Version | None, stored: Stored, *, is_shown: bool
    ) -> ConflictValue:
        author = self._author(driver, version)
        is_row = found.place[2] == ROW_ITSELF
        return ConflictValue(
            id=value_id(None if is_row and is_shown else version),
            value=None if is_row else _typed(found, stored),
            stored=None if is_row else stored,
            is_shown=is_shown,
            is_deletion=is_row and not is_shown,
            device=version.device.hex() if version and not is_created(version) else "",
            actor_id=author.actor if author else "",
            made_at=_made_at(author) if author else None,
        )

    def _author(self, driver: Any, version: Version | None) -> Authorship | None:
        if version is None or is_created(version):
            return None
        header = _header_at(driver, version)
        return None if header is None else self._entries.authorship(header)


def _made_at(author: Authorship) -> datetime:
    # What the laptop's clock said, right or wrong, in the time of its place.
    zone = timezone(timedelta(minutes=author.offset_minutes))
    return datetime.fromtimestamp(author.wall_ms / 1000, tz=UTC).astimezone(zone)


def _typed(found: OpenConflict, stored: Stored) -> Any:
    if not is_storable(found.place[0], found.place[2], stored):
        return stored
    return from_storage(found.entity.column(found.field), stored)


def _header_at(driver: Any, version: Version) -> bytes | None:
    """The header with this clock: found by halving, since clocks rise along a chain."""
    number, low, high = driver.execute(
        "SELECT d.number, min(c.sequence), max(c.sequence) FROM sync_device d "
        "JOIN sync_changeset c ON c.device_number = d.number WHERE d.device = ?",
        (version.device,),
    ).fetchone()
    while number is not None and low <= high:
        middle = (low + high) // 2
        row = driver.execute(
            "SELECT hlc, header FROM sync_changeset WHERE device_number = ? AND sequence = ?",
            (number, middle),
        ).fetchone()
        if row is None or row[0] == version.hlc:
            return None if row is None else bytes(row[1])
        low, high = (middle + 1, high) if row[0] < version.hlc else (low, middle - 1)
    return None


def _dangling(driver: Any) -> list[DanglingReference]:
    found: list[DanglingReference] = []
    for entity in ENTITIES:
        for column in entity.columns:
            if column.references is None:
                continue
            rows = driver.execute(
                f'SELECT t.id, g.row_id FROM sync_grave g JOIN "{entity.name}" t '  # noqa: S608 - declared
                f'ON t."{column.name}" = g.row_id WHERE g.tno = ?',
                (BY_NAME[column.references].number,),
            )
            found += [
                DanglingReference(
                    entity=entity.name,
                    row_id=row_id,
                    field=column.name,
                    referred_entity=column.references,
                    referred_id=referred_id,
                )
                for row_id, referred_id in rows.fetchall()
            ]
    return found


def _driver(connection: Any) -> Any:
    return connection.connection.driver_connection
