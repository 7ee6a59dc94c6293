"""What a laptop lacks, without what it may not see; the roots of the change-sets still hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fangshan_desk.domain.changesets import Entry, RowChange
from fangshan_desk.server.splitting import seen_leaves, whole, with_gaps
from fangshan_desk.server.store.backend import SERVER
from fangshan_desk.server.store.chains import ChainPlace
from fangshan_desk.server.store.changesets import EntryKey, LackingEntry, LogEntry
from fangshan_desk.server.store.devices import EnrolledDevice
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.server.visibility import Contents, Key, Reader, RecordRights
from fangshan_desk.sync.changeset import MalformedChangesetError, decode_leaf
from fangshan_desk.sync.opening import pack_entry

PAGE_BYTES = 4 * 1024 * 1024
_ENTRIES_A_PAGE = 2000


@dataclass(frozen=True, slots=True)
class Page:
    """Packed entries in the order of their clocks; after the last page nothing is lacking."""

    keys: tuple[EntryKey, ...]
    entries: tuple[bytes, ...]
    is_last: bool


class HandingOut:
    """Built once; may be used by several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def page(
        self, device: EnrolledDevice, have: Mapping[bytes, int], *, most_bytes: int = PAGE_BYTES
    ) -> Page:
        """The next entries beyond ``have``, at least one if any is lacking."""
        reader = reader_of(device)

        def look(session: Session) -> list[LackingEntry]:
            ends = {key: _end(place, reader) for key, place in session.chains.places().items()}
            lacks = {key: have.get(key, 0) for key, end in ends.items() if end > have.get(key, 0)}
            return session.log.lacking(lacks, until=ends, most=_ENTRIES_A_PAGE)

        lacking = self._store.read(look)
        chosen = _within(lacking, most_bytes)
        is_last = len(chosen) == len(lacking) < _ENTRIES_A_PAGE
        return self._page(device, [EntryKey(item.device, item.sequence) for item in chosen], is_last=is_last)

    def named(
        self, device: EnrolledDevice, keys: Sequence[EntryKey], *, most_bytes: int = PAGE_BYTES
    ) -> Page:
        """The first of the named entries, again as this laptop may see them now."""
        found = self._store.read(lambda session: session.log.found(keys))
        chosen = _within(found, most_bytes)
        is_last = len(chosen) == len(found)
        return self._page(device, [EntryKey(item.device, item.sequence) for item in chosen], is_last=is_last)

    def _page(self, device: EnrolledDevice, keys: Sequence[EntryKey], *, is_last: bool) -> Page:
        return Page(tuple(keys), tuple(self._entries(device, keys)), is_last)

    def _entries(self, device: EnrolledDevice, keys: Sequence[EntryKey]) -> list[bytes]:
        reader = reader_of(device)
        own = [key for key in keys if key.device == device.device]
        others = [key for key in keys if key.device != device.device]
        held = self._store.read(lambda session: session.incidents.held(others))
        # What somebody wrote is not hidden from them.
        found = self._store.read(lambda session: session.log.entries(own, audience=SERVER))
        found |= self._store.read(
            lambda session: session.log.entries(others, audience=reader.audience), audience=reader.audience
        )
        views = [
            _View(found[key], is_own=key.device == device.device, is_held=key in held)
            for key in keys
            if key in found
        ]
        if reader.asks_records:
            self._ask_records(reader, [view for view in views if not view.is_own])
        return [pack_entry(view.entry()) for view in views]

    def _ask_records(self, reader: Reader, views: Sequence["_View"]) -> None:
        rights = RecordRights(reader, StoredRecords(self._store))
        changes = [(view, number, change) for view in views for number, change in view.changes()]
        rights.prepare((change.table, change.row_id) for _, _, change in changes)
        readable = {(id(view), number) for view, number, change in changes if rights.may_read(change)}
        for view in views:
            view.hidden = {number for number in view.leaves if (id(view), number) not in readable}


class _View:
    """One entry on its way to one reader."""

    def __init__(self, entry: LogEntry, *, is_own: bool, is_held: bool) -> None:
        self._entry = entry
        self.is_own = is_own
        self._leaves: Mapping[int, bytes] | None = None
        self.hidden: set[int] = set(range(entry.leaves)) if is_held and not is_own else set()

    @property
    def leaves(self) -> Mapping[int, bytes]:
        """The leaves the database has shown, by number; opened at first use."""
        if self._leaves is None:
            self._leaves = seen_leaves(self._entry)
        return self._leaves

    def changes(self) -> Iterable[tuple[int, RowChange]]:
        """What the leaves say that are not hidden anyway; what cannot be read is left out."""
        for number, leaf in self.leaves.items():
            if number not in self.hidden:
                try:
                    yield number, decode_leaf(leaf)
                except MalformedChangesetError:
                    continue

    def entry(self) -> Entry:
        """The entry with its gaps."""
        complete = whole(self._entry) if not self.hidden else None
        return complete or with_gaps(self._entry, self.leaves, self.hidden)


@dataclass(frozen=True)
class StoredRecords:
    """The merged records, read with the server's own eyes."""

    store: Store

    def contents(self, keys: Iterable[Key]) -> Mapping[Key, Contents]:
        """Several at once."""
        wanted = list(keys)
        return self.store.read(lambda session: session.records.contents(wanted))


def reader_of(device: EnrolledDevice) -> Reader:
    """Whom the county's server knows behind this laptop."""
    return Reader(device.assignment.role, frozenset(device.assignment.townships))


def _end(place: ChainPlace, reader: Reader) -> int:
    # Whose rights hang on a record waits until the record is merged.
    return place.applied if reader.asks_records else place.sequence


def _within(lacking: Sequence[LackingEntry], most_bytes: int) -> Sequence[LackingEntry]:
    total = 0
    for number, item in enumerate(lacking):
        total += item.size
        if total > most_bytes and number:
            return lacking[:number]
    return lacking
