"""The chains of all devices in one file: what fits is stored without a gap, the rest is held or set aside."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fangshan_desk.data.journal import RECEIVED
from fangshan_desk.data.row_states import DeviceNumbers
from fangshan_desk.domain.changesets import (
    NO_DEVICE,
    ChangesetReader,
    Entry,
    Part,
    ReceivedChangeset,
    RefusedEntry,
    Version,
)
from fangshan_desk.domain.exchange import Quarantined

# Enough for an evening of one laptop; what is turned away comes again with the next exchange.
MOST_HELD = 5000
# Of each reason.
MOST_QUARANTINED = 1000
# Unproved bytes are kept to be looked at, not to be used.
KEPT_OF_UNPROVED = 64 * 1024
WHOLE_ENTRY = -1
_GAP, _OWN_FUTURE = "gap", "own-future"


@dataclass(slots=True)
class ChainEnd:
    """The newest stored entry of a device, and the newest applied one."""

    number: int
    device: bytes
    sequence: int = 0
    hlc: int = 0
    digest: bytes = b""
    applied_sequence: int = 0
    applied_hlc: int = 0
    waits_for: str = ""

    @property
    def has_backlog(self) -> bool:
        """Whether entries wait to be applied."""
        return self.applied_sequence < self.sequence


class Chains:
    """Vector, stored entries and what is set aside; used inside one transaction."""

    def __init__(self, connection: Any, devices: DeviceNumbers, reader: ChangesetReader, *, now: str) -> None:
        self._connection = connection
        self._devices = devices
        self._reader = reader
        self._now = now
        self._own, self.ends = _ends(connection)
        self._changed: set[int] = set()
        self.fresh: dict[tuple[int, int], ReceivedChangeset] = {}
        self.counts: Counter[str] = Counter()
        self._kept: dict[str, int] = {}
        self.quarantined: list[Quarantined] = []
        self.newest_hlcs: list[int] = []

    def take(self, arrival: ReceivedChangeset | RefusedEntry) -> None:
        """Store it, hold it, or set it aside."""
        if isinstance(arrival, RefusedEntry):
            self._set_aside(arrival.reason, arrival, arrival.content[:KEPT_OF_UNPROVED])
            return
        number = self._devices.number_of(arrival.device)
        if number is None:
            self._set_aside("unknown-device", arrival, self._reader.pack(arrival.entry))
            return
        self._place(arrival, self.end_of(number, arrival.device))

    def end_of(self, number: int, device: bytes) -> ChainEnd:
        """The end of a device's chain."""
        if number not in self.ends:
            self.ends[number] = ChainEnd(number, device)
        return self.ends[number]

    def is_applied(self, version: Version) -> bool:
        """Whether everything this version stands on is in the rows."""
        if version.device == NO_DEVICE:
            return True
        number = self._devices.number_of(version.device)
        return number in self.ends and version.hlc <= self.ends[number].applied_hlc

    def advance(self, end: ChainEnd, item: ReceivedChangeset) -> None:
        """The entry is in the rows."""
        end.applied_sequence, end.applied_hlc = item.sequence, item.hlc
        self.fresh.pop((end.number, item.sequence), None)
        self._changed.add(end.number)
        self.counts["applied"] += 1

    def wait(self, end: ChainEnd, reason: str) -> None:
        """Name what the next entry of a device waits for."""
        if end.waits_for != reason:
            end.waits_for = reason
            self._changed.add(end.number)

    def entry(self, number: int, sequence: int) -> Entry:
        """A stored entry."""
        row = self._connection.execute(
            "SELECT header, signature, seed, body FROM sync_changeset "
            "WHERE device_number = ? AND sequence = ?",
            (number, sequence),
        ).fetchone()
        return Entry(*map(bytes, row))

    def read(self, number: int, sequence: int) -> ReceivedChangeset:
        """What a stored entry says."""
        fresh = self.fresh.get((number, sequence))
        return fresh or self._reader.read(self.entry(number, sequence))

    def part(self, number: int, sequence: int) -> Part:
        """The place of a stored entry in its transaction, without reading its body."""
        if (number, sequence) in self.fresh:
            return self.fresh[number, sequence].part
        row = self._connection.execute(
            "SELECT header FROM sync_changeset WHERE device_number = ? AND sequence = ?", (number, sequence)
        ).fetchone()
        return self._reader.part(bytes(row[0]))

    def keep_leaf(self, item: ReceivedChangeset, leaf: int, reason: str, content: bytes) -> None:
        """Set one part of a stored entry aside."""
        self._keep("IGNORE", reason, item, content, leaf=leaf)
        self.quarantined.append(Quarantined(reason, item.device, item.sequence))

    def save(self) -> None:
        """Write the vector."""
        self._connection.executemany(
            "INSERT OR REPLACE INTO sync_vector(device_number, sequence, hlc, digest, applied_sequence, "
            "applied_hlc, waits_for) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    end.number,
                    end.sequence,
                    end.hlc,
                    end.digest,
                    end.applied_sequence,
                    end.applied_hlc,
                    end.waits_for,
                )
                for end in (self.ends[number] for number in sorted(self._changed))
            ],
        )

    def _place(self, item: ReceivedChangeset, end: ChainEnd) -> None:
        if item.sequence <= end.sequence:
            self._compare(item, end)
        elif end.number == self._own:
            self._hold(_OWN_FUTURE, item)
        elif item.sequence > end.sequence + 1:
            self._hold(_GAP, item)
        elif self._fits(item, end):
            self._store(item, end)
            self._take_held(end)

    def _compare(self, item: ReceivedChangeset, end: ChainEnd) -> None:
        row = self._connection.execute(
            "SELECT digest FROM sync_changeset WHERE device_number = ? AND sequence = ?",
            (end.number, item.sequence),
        ).fetchone()
        # Without a row it came with a snapshot: nothing is left to compare with.
        if row is None or bytes(row[0]) == item.digest:
            self.counts["known"] += 1
        else:
            self._set_aside("fork", item, self._reader.pack(item.entry))

    def _fits(self, item: ReceivedChangeset, end: ChainEnd) -> bool:
        reason = ""
        if item.previous != end.digest:
            reason = "fork"
        elif item.hlc <= end.hlc:
            reason = "clock"
        if reason:
            self._set_aside(reason, item, self._reader.pack(item.entry))
        return not reason

    def _store(self, item: ReceivedChangeset, end: ChainEnd) -> None:
        self._connection.execute(
            "INSERT INTO sync_changeset(device_number, sequence, hlc, digest, header, signature, seed, body, "
            "state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (end.number, item.sequence, item.hlc, item.digest, *item.entry, RECEIVED),
        )
        # The good copy has come: what was set aside under this very header is no news any more.
        self._connection.execute(
            "DELETE FROM sync_pending WHERE device = ? AND sequence = ? AND digest = ? AND leaf = ?",
            (item.device, item.sequence, item.digest, WHOLE_ENTRY),
        )
        end.sequence, end.hlc, end.digest = item.sequence, item.hlc, item.digest
        self._changed.add(end.number)
        self.fresh[end.number, item.sequence] = item
        self.newest_hlcs.append(item.hlc)
        self.counts["stored"] += 1

    def _take_held(self, end: ChainEnd) -> None:
        for item in self._held(end):
            if self._fits(item, end):
                self._store(item, end)

    def _held(self, end: ChainEnd) -> Iterator[ReceivedChangeset]:
        """Held entries that have come within reach, one after the other as the chain grows."""
        while rows := self._connection.execute(
            "SELECT number, content FROM sync_pending WHERE device = ? AND sequence = ? AND reason = ?",
            (end.device, end.sequence + 1, _GAP),
        ).fetchall():
            number, content = rows[0]
            self._connection.execute("DELETE FROM sync_pending WHERE number = ?", (number,))
            yield self._reader.read(self._reader.unpack(bytes(content)))

    def _hold(self, reason: str, item: ReceivedChangeset) -> None:
        if self._room(f"{reason} {item.device.hex()}", MOST_HELD, item.device, reason):
            # In place of a forged copy of the same header, should there be one.
            self._keep("REPLACE", reason, item, self._reader.pack(item.entry))
        self.counts[reason] += 1

    def _set_aside(self, reason: str, item: ReceivedChangeset | RefusedEntry, content: bytes) -> None:
        self.quarantined.append(Quarantined(reason, item.device, item.sequence))
        if self._room(reason, MOST_QUARANTINED, None, reason):
            self._keep("IGNORE", reason, item, content)

    def _room(self, name: str, most: int, device: bytes | None, reason: str) -> bool:
        """Whether another one may be kept; counted once, then remembered."""
        if name not in self._kept:
            self._kept[name] = self._connection.execute(
                "SELECT count(*) FROM sync_pending WHERE device = coalesce(?, device) AND reason = ?",
                (device, reason),
            ).fetchone()[0]
        self._kept[name] += 1
        return self._kept[name] <= most

    def _keep(
        self,
        otherwise: str,
        reason: str,
        item: ReceivedChangeset | RefusedEntry,
        content: bytes,
        *,
        leaf: int = WHOLE_ENTRY,
    ) -> None:
        self._connection.execute(
            f"INSERT OR {otherwise} INTO sync_pending"  # noqa: S608 - one of two words
            "(device, sequence, digest, leaf, reason, kept_at, content) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (item.device, item.sequence, item.digest, leaf, reason, self._now, content),
        )


def _ends(connection: Any) -> tuple[int, dict[int, ChainEnd]]:
    rows = connection.execute(
        "SELECT v.device_number, d.device, v.sequence, v.hlc, v.digest, v.applied_sequence, v.applied_hlc, "
        "v.waits_for FROM sync_vector v JOIN sync_device d ON d.number = v.device_number"
    ).fetchall()
    ends = {row[0]: ChainEnd(row[0], bytes(row[1]), row[2], row[3], bytes(row[4]), *row[5:]) for row in rows}
    number, device, sequence, digest = connection.execute(
        "SELECT device_number, device, sequence, digest FROM sync_self"
    ).fetchone()
    # Not the clock of `sync_self`: it may have been drawn ahead of the newest change-set.
    newest = connection.execute(
        "SELECT hlc FROM sync_changeset WHERE device_number = ? AND sequence = ?", (number, sequence)
    ).fetchone()
    hlc = newest[0] if newest else 0
    ends[number] = ChainEnd(number, bytes(device), sequence, hlc, bytes(digest), sequence, hlc)
    return number, ends


def introduce(connection: Any, device: bytes, public_key: bytes) -> int:
    """Give a device a number in this file; its key was vouched for. Returns the number."""
    row = connection.execute("SELECT number FROM sync_device WHERE device = ?", (device,)).fetchone()
    if row is not None:
        return int(row[0])
    number = connection.execute("SELECT coalesce(max(number), 0) + 1 FROM sync_device").fetchone()[0]
    connection.execute(
        "INSERT INTO sync_device(number, device, public_key) VALUES (?, ?, ?)", (number, device, public_key)
    )
    return int(number)
