"""Takes entries into the log: each into its device's chain without a gap, or not at all.

What proves nothing, or does not fit, is put aside with its bytes and its reason; it holds up nothing else.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from fangshan_desk.domain.changesets import INSERT, ReceivedChangeset, RefusedEntry, RowChange
from fangshan_desk.domain.records.catalogue import BY_NAME
from fangshan_desk.server.holding import breaks_rights
from fangshan_desk.server.quarantining import Quarantine
from fangshan_desk.server.splitting import is_partial, numbered_rows, split, whole
from fangshan_desk.server.store.backend import SERVER
from fangshan_desk.server.store.chains import ChainPlace
from fangshan_desk.server.store.changesets import EntryKey, LogEntry
from fangshan_desk.server.store.devices import EnrolledDevice
from fangshan_desk.server.store.records import Key
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.server.visibility import audience_of
from fangshan_desk.support.signing import SigningKey, VerifyingKey
from fangshan_desk.sync.changeset import decode_header
from fangshan_desk.sync.opening import CheckSignature, StoredEntries, open_entry
from fangshan_desk.sync.protocol import Receipt, sign_receipt

ENTRIES_AT_ONCE = 200
# Nothing wrong with the bytes: they come again with the next exchange.
PASSING = frozenset({"gap", "withheld"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that was not taken, or taken but held, and why."""

    device: bytes
    sequence: int
    reason: str
    is_held: bool = False


@dataclass(kw_only=True)
class Taken:
    """Outcome of one push; ``receipts`` are the newest of each device that was named."""

    kept: int = 0
    known: int = 0
    refused: list[Refusal] = field(default_factory=list)
    receipts: dict[bytes, bytes] = field(default_factory=dict)
    have: dict[bytes, int] = field(default_factory=dict)

    def add(self, other: "Taken") -> None:
        """What another transaction did."""
        self.kept += other.kept
        self.known += other.known
        self.refused += other.refused
        self.receipts |= other.receipts
        self.have |= other.have


class Acceptance:
    """Built once; may be used by several threads, and beside other servers on the same store."""

    def __init__(
        self,
        store: Store,
        *,
        key: SigningKey,
        quarantine: Quarantine,
        now_ms: Callable[[], int],
    ) -> None:
        self._store = store
        self._key = key
        self._quarantine = quarantine
        self._now_ms = now_ms
        self._verifying: dict[bytes, VerifyingKey] = {}

    def take(
        self, entries: Iterable[bytes], *, relayed_by: bytes, vouched: Mapping[bytes, bytes] | None = None
    ) -> Taken:
        """``vouched`` are public keys, by device, that the county's certificates stand for."""
        epoch, known = self._store.read(lambda session: (session.devices.epoch(), session.devices.all()))
        devices = {item.device: item for item in known}
        keys = {**(vouched or {}), **{item.device: item.public_key for item in devices.values()}}
        chains: dict[bytes, list[ReceivedChangeset]] = defaultdict(list)
        aside: list[RefusedEntry] = []
        for data in entries:
            opened = open_entry(data, check_of=lambda device: self._check(keys.get(device)))
            if isinstance(opened, RefusedEntry):
                aside.append(opened)
            else:
                chains[opened.device].append(opened)
        outcome = Taken(refused=[Refusal(item.device, item.sequence, item.reason) for item in aside])
        for device, items in chains.items():
            items.sort(key=lambda item: item.sequence)
            for start in range(0, len(items), ENTRIES_AT_ONCE):
                some = items[start : start + ENTRIES_AT_ONCE]
                outcome.add(self._extended(device, some, devices.get(device), relayed_by, epoch))
        if aside:
            self._store.write(lambda session: self._quarantine.put_all(session, aside, relayed_by=relayed_by))
        return outcome

    def _check(self, public_key: bytes | None) -> CheckSignature | None:
        if public_key is None:
            return None
        if public_key not in self._verifying:
            self._verifying[public_key] = VerifyingKey(public_key)
        return self._verifying[public_key].verify

    def _extended(
        self,
        device: bytes,
        items: Sequence[ReceivedChangeset],
        author: EnrolledDevice | None,
        relayed_by: bytes,
        epoch: int,
    ) -> Taken:
        def receipt(item: ReceivedChangeset) -> tuple[int, bytes]:
            return self._receipt(item, epoch)

        def work(session: Session) -> Taken:
            session.chains.begin(device)
            place = session.chains.locked(device) or ChainPlace()
            extension = _Extension(session, device, place, author, relayed_by, self._quarantine, receipt)
            return extension.run(items)

        return self._store.write(work)

    def _receipt(self, item: ReceivedChangeset, epoch: int) -> tuple[int, bytes]:
        now_ms = self._now_ms()
        given = Receipt(
            device=item.device,
            sequence=item.sequence,
            digest=item.digest,
            epoch=epoch,
            received_ms=now_ms,
        )
        return now_ms, sign_receipt(given, self._key.sign)


@dataclass
class _Extension:
    """One chain that grows in one transaction."""

    session: Session
    device: bytes
    place: ChainPlace
    author: EnrolledDevice | None
    relayed_by: bytes
    quarantine: Quarantine
    receipt: Callable[[ReceivedChangeset], tuple[int, bytes]]
    taken: Taken = field(default_factory=Taken)

    def run(self, items: Iterable[ReceivedChangeset]) -> Taken:
        """Take what fits, in order."""
        for item in items:
            self._take(item)
        if self.taken.kept:
            end = self.place
            self.session.chains.advance(self.device, sequence=end.sequence, digest=end.digest, hlc=end.hlc)
        self.taken.have[self.device] = self.place.sequence
        return self.taken

    def _take(self, item: ReceivedChangeset) -> None:
        key = EntryKey(item.device, item.sequence)
        if item.sequence <= self.place.sequence and self.session.log.digest(key) == item.digest:
            self.taken.known += 1
            self._answer(self.session.log.receipt(key))
            return
        reason = self._obstacle(item)
        if reason is None:
            self._keep(item)
            return
        self.taken.refused.append(Refusal(item.device, item.sequence, reason))
        if reason not in PASSING:
            self.quarantine.put(self.session, item, reason, relayed_by=self.relayed_by)

    def _obstacle(self, item: ReceivedChangeset) -> str | None:
        """Why the entry is not the next one of its chain; None when it is."""
        if item.sequence <= self.place.sequence:
            return "fork"
        if item.sequence > self.place.sequence + 1:
            return "gap"
        if self._is_revoked(item.sequence):
            return "revoked"
        if item.previous != self.place.digest:
            return "fork"
        if item.hlc <= self.place.hlc:
            return "clock"
        return "withheld" if is_partial(item.entry) else None

    def _is_revoked(self, sequence: int) -> bool:
        last = self.author.revoked_after if self.author else None
        return last is not None and sequence > last

    def _keep(self, item: ReceivedChangeset) -> None:
        leaves = decode_header(item.entry.header).leaves
        parts = split(item, leaves=leaves)
        received_ms, receipt = self.receipt(item)
        entry = LogEntry(
            device=item.device,
            sequence=item.sequence,
            hlc=item.hlc,
            digest=item.digest,
            leaves=leaves,
            size=sum(map(len, item.entry)),
            received_ms=received_ms,
            relayed_by=self.relayed_by,
            header=item.entry.header,
            signature=item.entry.signature,
            seed=item.entry.seed,
            nodes=parts.nodes,
            parts=parts.parts,
        )
        self.session.log.add(entry, receipt)
        self.session.blobs.note_uses(list(_blob_uses(numbered_rows(item, leaves).values())))
        self.place = ChainPlace(item.sequence, item.digest, item.hlc)
        self.taken.kept += 1
        self._answer(receipt)
        self.quarantine.put_leaves(self.session, item, relayed_by=self.relayed_by)
        if self._must_hold(item):
            self.taken.refused.append(Refusal(item.device, item.sequence, "rights", is_held=True))
            self.quarantine.hold(self.session, item, relayed_by=self.relayed_by)
            self._held_rows.update(_keys(item))

    def _answer(self, receipt: bytes | None) -> None:
        if receipt is not None:
            self.taken.receipts[self.device] = receipt

    def _must_hold(self, item: ReceivedChangeset) -> bool:
        if self.author is None:
            return False
        role = self.author.assignment.role
        # What stands on a held change would wait for it, and with it the whole chain on every laptop.
        return any(breaks_rights(role, row) for row in item.rows) or not self._held_rows.isdisjoint(
            _keys(item)
        )

    @cached_property
    def _held_rows(self) -> set[Key]:
        """Rows that held entries of this device touch."""
        keys = [EntryKey(self.device, sequence) for sequence in self.session.incidents.held_of(self.device)]
        entries = self.session.log.entries(keys, audience=SERVER)
        sealed = filter(None, map(whole, entries.values()))
        return {key for entry in sealed for key in _keys(StoredEntries().read(entry))}


def _keys(item: ReceivedChangeset) -> Iterator[Key]:
    return ((row.table, row.row_id) for row in item.rows)


def _blob_uses(rows: Iterable[RowChange]) -> Iterator[tuple[bytes, int, str, int]]:
    for row in rows:
        columns = _BLOB_COLUMNS.get(row.table, frozenset())
        for change in row.fields if row.kind == INSERT and columns else ():
            name = _sha256(change.value) if change.column in columns else None
            if name is not None:
                yield name, row.table, row.row_id, audience_of(row)


def _sha256(value: object) -> bytes | None:
    try:
        return bytes.fromhex(value) if isinstance(value, str) and len(value) == 64 else None
    except ValueError:
        return None


def _columns(entity: str, *names: str) -> frozenset[int]:
    return frozenset(BY_NAME[entity].by_name[name].number for name in names)


_BLOB_COLUMNS: Mapping[int, frozenset[int]] = {
    BY_NAME["attachment"].number: _columns("attachment", "sha256", "thumbnail_sha256"),
    BY_NAME["letter_signature"].number: _columns("letter_signature", "image_sha256"),
}
