"""The stored change-sets, device by device, for the audit and for the exchange."""

from collections.abc import Iterator
from dataclasses import dataclass

from fangshan_desk.data.engine import Database


@dataclass(frozen=True)
class StoredDevice:
    """A device whose change-sets are in this file."""

    number: int
    device: bytes
    public_key: bytes


@dataclass(frozen=True)
class StoredEntry:
    """One change-set as stored; ``body`` is None once compacted."""

    sequence: int
    header: bytes
    signature: bytes
    seed: bytes
    body: bytes | None


class ChainReader:
    """Reads chains in sequence order without loading them whole."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def devices(self) -> list[StoredDevice]:
        """Every device known to the file."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT number, device, public_key FROM sync_device ORDER BY number"
            ).fetchall()
        return [StoredDevice(row[0], bytes(row[1]), bytes(row[2] or b"")) for row in rows]

    def entries(self, device_number: int) -> Iterator[StoredEntry]:
        """The chain of one device from its first entry."""
        with self._database.reading() as connection:
            rows = connection.exec_driver_sql(
                "SELECT sequence, header, signature, seed, body FROM sync_changeset "
                "WHERE device_number = ? ORDER BY sequence",
                (device_number,),
            )
            for sequence, header, signature, seed, body in rows:
                yield StoredEntry(
                    sequence,
                    bytes(header),
                    bytes(signature),
                    bytes(seed),
                    None if body is None else bytes(body),
                )

    def newest(self, device_number: int) -> int:
        """Sequence of the newest entry, 0 when there is none."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT max(sequence) FROM sync_changeset WHERE device_number = ?", (device_number,)
            ).fetchone()
        return int(row[0] or 0) if row else 0

    def waiting(self) -> int:
        """How many change-sets of this laptop the server has not confirmed."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql(
                "SELECT count(*) FROM sync_changeset WHERE device_number = 1 AND state = 0"
            ).fetchone()
        return int(row[0]) if row else 0

    def own_head(self) -> tuple[int, bytes]:
        """Sequence and digest this laptop believes to be its newest."""
        with self._database.reading() as connection:
            row = connection.exec_driver_sql("SELECT sequence, digest FROM sync_self").fetchone()
        return (int(row[0]), bytes(row[1])) if row else (0, b"")
