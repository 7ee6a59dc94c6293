"""Puts entries aside with their reason, so that the laptop and the county both see them."""

from collections.abc import Callable, Iterable

from fangshan_desk.domain.changesets import ReceivedChangeset, RefusedEntry
from fangshan_desk.server.store.incidents import Event, Incident
from fangshan_desk.server.store.sessions import Session
from fangshan_desk.sync.opening import pack_entry

KEPT_OF_UNPROVED = 64 * 1024
PUT_ASIDE_A_DAY = 32 * 1024 * 1024
_DAY_MS = 24 * 3600 * 1000
# Somebody may be trying something, or a laptop has two histories.
_ALARMS = frozenset({"fork", "signature", "revoked", "rights"})


class Quarantine:
    """Built once; writes in the caller's transaction."""

    def __init__(self, *, new_id: Callable[[], str], now_ms: Callable[[], int]) -> None:
        self._new_id = new_id
        self._now_ms = now_ms

    def put_all(self, session: Session, items: Iterable[RefusedEntry], *, relayed_by: bytes) -> None:
        """Entries that prove nothing."""
        for item in items:
            self._put(session, item, relayed_by, is_held=False)

    def put(self, session: Session, item: ReceivedChangeset, reason: str, *, relayed_by: bytes) -> None:
        """An entry that is what it says, and does not fit."""
        refused = _refused(item, reason, pack_entry(item.entry))
        self._put(session, refused, relayed_by, is_held=False)

    def put_leaves(self, session: Session, item: ReceivedChangeset, *, relayed_by: bytes) -> None:
        """Leaves of a kept entry that nobody can read."""
        if item.unreadable:
            content = b"".join(leaf.content for leaf in item.unreadable)
            self._put(session, _refused(item, "leaf", content), relayed_by, is_held=False)

    def hold(self, session: Session, item: ReceivedChangeset, *, relayed_by: bytes) -> None:
        """A kept entry that its author had no right to make: it goes no further until a person decides."""
        self._put(session, _refused(item, "rights", b""), relayed_by, is_held=True)

    def _put(self, session: Session, item: RefusedEntry, relayed_by: bytes, *, is_held: bool) -> None:
        now_ms, rows = self._now_ms(), session.incidents
        if not is_held and rows.is_known(device=item.device, sequence=item.sequence, digest=item.digest):
            return
        is_full = rows.put_aside_since(relayed_by, since_ms=now_ms - _DAY_MS) >= PUT_ASIDE_A_DAY
        rows.add(
            Incident(
                id=self._new_id(),
                reason=item.reason,
                device=item.device,
                sequence=item.sequence,
                digest=item.digest,
                relayed_by=relayed_by,
                received_ms=now_ms,
                is_held=is_held,
                content=b"" if is_full else item.content[:KEPT_OF_UNPROVED],
            )
        )
        if item.reason in _ALARMS:
            rows.note(
                Event(
                    id=self._new_id(),
                    kind=f"entry-{item.reason}",
                    is_alarm=True,
                    happened_ms=now_ms,
                    device=item.device,
                    sequence=item.sequence,
                )
            )


def _refused(item: ReceivedChangeset, reason: str, content: bytes) -> RefusedEntry:
    return RefusedEntry(
        reason=reason, content=content, digest=item.digest, device=item.device, sequence=item.sequence
    )
