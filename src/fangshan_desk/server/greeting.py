"""The first words of an exchange: both vectors side by side, and whether one of the two was set back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fangshan_desk.server.store.changesets import EntryKey
from fangshan_desk.server.store.devices import EnrolledDevice
from fangshan_desk.server.store.incidents import Event, Incident
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.support.signing import SigningKey, verify
from fangshan_desk.sync.protocol import Receipt, read_receipt

_MOST_INCIDENTS = 100


@dataclass(frozen=True, slots=True)
class ChainClaim:
    """How far a laptop has somebody's chain, and the digest of its newest entry."""

    device: bytes
    sequence: int
    digest: bytes


@dataclass(frozen=True, kw_only=True)
class Greeting:
    """What the server answers to a hello."""

    epoch: int
    vector: Sequence[ChainClaim]
    forks: Sequence[EntryKey]
    is_laptop_restored: bool
    receipt: bytes | None
    incidents: Sequence[Incident]


class Greeter:
    """Built once; may be used by several threads."""

    def __init__(
        self, store: Store, *, key: SigningKey, new_id: Callable[[], str], now_ms: Callable[[], int]
    ) -> None:
        self._store = store
        self._key = key
        self._new_id = new_id
        self._now_ms = now_ms

    def greet(
        self, device: EnrolledDevice, claims: Sequence[ChainClaim], *, receipt: bytes | None
    ) -> Greeting:
        """Compare; ``receipt`` is the newest one the laptop holds for its own chain."""
        self._notice_own_loss(device, receipt)
        return self._store.read(lambda session: self._greeting(session, device, claims))

    def _greeting(self, session: Session, device: EnrolledDevice, claims: Sequence[ChainClaim]) -> Greeting:
        places = session.chains.places()
        claimed = {claim.device: claim.sequence for claim in claims}
        own = places.get(device.device)
        newest = EntryKey(device.device, own.sequence) if own and own.sequence else None
        return Greeting(
            epoch=session.devices.epoch(),
            vector=[
                ChainClaim(key, place.sequence, place.digest)
                for key, place in sorted(places.items())
                if place.sequence
            ],
            forks=_forks(session, claims, {key: place.sequence for key, place in places.items()}),
            is_laptop_restored=own is not None and own.sequence > claimed.get(device.device, 0),
            receipt=session.log.receipt(newest) if newest else None,
            incidents=[
                item
                for item in session.incidents.all(device=device.device, most=_MOST_INCIDENTS)
                if item.verdict is None
            ],
        )

    def _notice_own_loss(self, device: EnrolledDevice, data: bytes | None) -> None:
        """A receipt of ours for more than we have: this server was set back to an older state."""
        given = read_receipt(data, self._check) if data is not None else None
        if given is None or given.device != device.device:
            return

        def work(session: Session) -> None:
            place = session.chains.locked(given.device)
            if place is not None and self._is_loss(session, given, place.sequence):
                session.devices.set_epoch(given.epoch + 1)
                session.incidents.note(
                    Event(
                        id=self._new_id(),
                        kind="server-set-back",
                        is_alarm=True,
                        happened_ms=self._now_ms(),
                        device=given.device,
                        sequence=given.sequence,
                    )
                )

        self._store.write(work)

    def _is_loss(self, session: Session, given: Receipt, have: int) -> bool:
        # Once in a life of the server: the other laptops come with older receipts of the same life.
        return given.sequence > have and given.epoch >= session.devices.epoch()

    def _check(self, signature: bytes, content: bytes) -> bool:
        return verify(self._key.public_key, signature, content)


def _forks(session: Session, claims: Sequence[ChainClaim], have: Mapping[bytes, int]) -> list[EntryKey]:
    """Where both sides have an entry under one number and it is not the same."""
    common = [claim for claim in claims if 0 < claim.sequence <= have.get(claim.device, 0)]
    keys = [EntryKey(claim.device, claim.sequence) for claim in common]
    digests = session.log.digests(keys)
    return [key for key, claim in zip(keys, common, strict=True) if digests.get(key) != claim.digest]
