"""Merges the log into the county's records: every chain as far as everything it stands on is there.

The records are a fold of the log and nothing else: they can be made anew at any time, and a failure here
never touches what was promised by a receipt.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from fangshan_desk.domain.changesets import INSERT, NO_DEVICE, Part, ReceivedChangeset, RowChange, Version
from fangshan_desk.server.splitting import whole
from fangshan_desk.server.store.backend import SERVER
from fangshan_desk.server.store.chains import ChainPlace
from fangshan_desk.server.store.incidents import Incident
from fangshan_desk.server.store.records import Key, LoadedRecord
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.sync.merge import Merge
from fangshan_desk.sync.opening import StoredEntries

_LEAVES_AT_ONCE = 4000


class LogDamagedError(LookupError):
    """A part of an entry that the log must hold is not there."""


class Applier:
    """Built once; several may work at once, on one chain only one of them at a time."""

    def __init__(self, store: Store, *, new_id: Callable[[], str], now_ms: Callable[[], int]) -> None:
        self._store = store
        self._new_id = new_id
        self._now_ms = now_ms

    def catch_up(self) -> int:
        """Apply whatever can be applied; returns how many entries were."""
        total = 0
        # Chains that wait for one another come free one after the other.
        while applied := sum(map(self._advance, self._store.read(lambda session: session.chains.behind()))):
            total += applied
        return total

    def _advance(self, device: bytes) -> int:
        total = 0
        while applied := self._store.write(lambda session: self._stretch(session, device)):
            total += applied
        return total

    def _stretch(self, session: Session, device: bytes) -> int:
        place = session.chains.locked(device)
        if place is None or place.is_applied:
            return 0
        stretch = _Stretch(session, device, place, self._note_parts)
        stretch.run()
        return stretch.applied

    def _note_parts(self, session: Session, item: ReceivedChangeset) -> None:
        session.incidents.add(
            Incident(
                id=self._new_id(),
                reason="parts",
                device=item.device,
                sequence=item.sequence,
                digest=item.digest,
                relayed_by=item.device,
                received_ms=self._now_ms(),
                is_held=False,
            )
        )


@dataclass
class _Stretch:
    """The next entries of one chain, in one transaction."""

    session: Session
    device: bytes
    place: ChainPlace
    note_parts: Callable[[Session, ReceivedChangeset], None]
    applied: int = 0

    def run(self) -> None:
        """Apply single entries, or one transaction of several parts; then note how far it went."""
        first = next(self._entries(self.place.applied), None)
        if first is None:
            return
        before = self.place
        waits_for = self._singles() if first.part.count == 1 else self._parts(first)
        self.place = replace(self.place, waits_for=waits_for or None)
        if self.place != before:
            end = self.place
            self.session.chains.mark_applied(
                self.device, sequence=end.applied, hlc=end.applied_hlc, waits_for=end.waits_for
            )

    def _singles(self) -> str:
        window = list(self._window())
        held = self._held(window)
        records = self._records(row for item in window for row in item.rows if item.sequence not in held)
        waits_for = ""
        for item in window:
            waits_for = "" if item.sequence in held else self._obstacle(item, records, set())
            if waits_for:
                break
            self._apply(item, records, held)
        self.session.records.save(records)
        return waits_for

    def _window(self) -> Iterator[ReceivedChangeset]:
        leaves = 0
        for item in self._entries(self.place.applied):
            if leaves >= _LEAVES_AT_ONCE or item.part.count > 1:
                return
            leaves += len(item.rows)
            yield item

    def _parts(self, first: ReceivedChangeset) -> str:
        """A transaction of several entries: looked at one by one, then applied one by one."""
        last = first.sequence + first.part.count - 1
        if first.part.number == 0 and self.place.sequence < last:
            return "part"
        if not self._belong_together(first):
            self.note_parts(self.session, first)
            self._move(first)
            return ""
        created: set[Key] = set()
        for item in self._until(last):
            held = self._held([item])
            records = self._records(row for row in item.rows if row.kind != INSERT)
            if not held and (obstacle := self._obstacle(item, records, created)):
                return obstacle
        # The start of the second round is fixed before the place moves.
        for item in self._until(last):
            records = self._records(item.rows)
            self._apply(item, records, self._held([item]))
            self.session.records.save(records)
        return ""

    def _belong_together(self, first: ReceivedChangeset) -> bool:
        name, count = first.part.transaction, first.part.count
        items = self._until(first.sequence + count - 1)
        return all(item.part == Part(name, step, count) for step, item in enumerate(items))

    def _until(self, last: int) -> Iterator[ReceivedChangeset]:
        return self._entries(self.place.applied, until=last)

    def _obstacle(
        self, item: ReceivedChangeset, records: Mapping[Key, LoadedRecord], created: set[Key]
    ) -> str:
        """What has to come before this entry, or nothing; ``created`` are rows of its own transaction."""
        if not item.is_readable:
            return "newer"
        places = self.session.chains.places(_devices_named(item) - {self.device, NO_DEVICE})
        places[self.device] = self.place
        for row in item.rows:
            key = (row.table, row.row_id)
            if row.kind == INSERT:
                created.add(key)
            elif key not in created and not records[key].state.is_known:
                return "row"
            elif not all(_is_applied(parent, places) for parent in _parents(row)):
                return "parent"
        return ""

    def _apply(
        self, item: ReceivedChangeset, records: Mapping[Key, LoadedRecord], held: Collection[int]
    ) -> None:
        version, take = Version(item.hlc, item.device), Merge().take
        for row in item.rows if item.sequence not in held else ():
            loaded = records[row.table, row.row_id]
            take(loaded.state, row, version)
            loaded.is_changed = True
        self._move(item)

    def _move(self, item: ReceivedChangeset) -> None:
        self.place = replace(self.place, applied=item.sequence, applied_hlc=item.hlc)
        self.applied += 1

    def _held(self, items: Iterable[ReceivedChangeset]) -> set[int]:
        keys = [(self.device, item.sequence) for item in items]
        return {sequence for _, sequence in self.session.incidents.held(keys)}

    def _records(self, rows: Iterable[RowChange]) -> dict[Key, LoadedRecord]:
        return self.session.records.load((row.table, row.row_id) for row in rows)

    def _entries(self, after: int, *, until: int | None = None) -> Iterator[ReceivedChangeset]:
        reader, log = StoredEntries(), self.session.log
        # Few at a time: an entry may be large.
        while keys := log.chain(self.device, after=after, until=until, most=10):
            entries = log.entries(keys, audience=SERVER)
            for key in keys:
                entry = whole(entries[key])
                if entry is None:
                    raise LogDamagedError(f"{key.device.hex()} {key.sequence}")
                yield reader.read(entry)
            after = keys[-1].sequence


def _devices_named(item: ReceivedChangeset) -> set[bytes]:
    return {parent.device for row in item.rows for parent in _parents(row)}


def _parents(row: RowChange) -> Iterator[Version]:
    return (parent for change in row.fields for parent in change.parents)


def _is_applied(version: Version, places: Mapping[bytes, ChainPlace]) -> bool:
    if version.device == NO_DEVICE:
        return True
    place = places.get(version.device)
    return place is not None and version.hlc <= place.applied_hlc
