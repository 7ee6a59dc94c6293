"""What another replica lacks, by its vector: entries one after the other, never all in memory."""

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from fangshan_desk.data.engine import Database
from fangshan_desk.domain.changesets import Entry


@dataclass(frozen=True, slots=True)
class OutgoingEntry:
    """One entry on its way out."""

    device: bytes
    sequence: int
    hlc: int
    digest: bytes
    entry: Entry


@dataclass(frozen=True, slots=True)
class VectorEntry:
    """How far a chain goes here; compared with another replica's a different digest is a fork."""

    device: bytes
    sequence: int
    digest: bytes


class OutgoingReader:
    """Reads the chains for whoever sends them; may be used from any lane."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def vector(self) -> list[VectorEntry]:
        """Every device with anything in this file, own first, stored without a gap."""
        with self._database.reading() as connection:
            return vector(_driver(connection))

    def lacking(self, have: Mapping[bytes, int]) -> Iterator[OutgoingEntry]:
        """Everything beyond ``have``, in the order of (clock, device); one consistent view while it lasts."""
        with self._database.reading() as connection:
            yield from lacking(_driver(connection), have)


def vector(connection: Any) -> list[VectorEntry]:
    """See `OutgoingReader.vector`."""
    rows = connection.execute(
        "SELECT device, sequence, digest FROM sync_self WHERE sequence > 0 UNION ALL "
        "SELECT d.device, v.sequence, v.digest FROM sync_vector v JOIN sync_device d "
        "ON d.number = v.device_number WHERE v.device_number <> (SELECT device_number FROM sync_self)"
    )
    return [VectorEntry(bytes(row[0]), row[1], bytes(row[2])) for row in rows.fetchall()]


def lacking(connection: Any, have: Mapping[bytes, int]) -> Iterator[OutgoingEntry]:
    """See `OutgoingReader.lacking`."""
    numbers = connection.execute("SELECT number, device FROM sync_device").fetchall()
    chains = [
        _beyond(connection, number, bytes(device), have.get(bytes(device), 0)) for number, device in numbers
    ]
    # Parents mostly come first in this order; the few that do not are waited for by the receiver.
    return heapq.merge(*chains, key=lambda item: (item.hlc, item.device))


def _beyond(connection: Any, number: int, device: bytes, sequence: int) -> Iterator[OutgoingEntry]:
    rows = connection.execute(
        "SELECT sequence, hlc, digest, header, signature, seed, body FROM sync_changeset "
        "WHERE device_number = ? AND sequence > ? ORDER BY sequence",
        (number, sequence),
    )
    for row in rows:
        # A compacted body cannot be passed on, and nothing after it either: that replica takes a snapshot.
        if row[6] is None:
            return
        yield OutgoingEntry(device, row[0], row[1], bytes(row[2]), Entry(*map(bytes, row[3:])))


def _driver(connection: Any) -> Any:
    # Past the toolkit: rows are taken from the cursor one by one.
    return connection.connection.driver_connection
