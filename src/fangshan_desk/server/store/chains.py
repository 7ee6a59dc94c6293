"""How far the server has each device's chain: the server's vector."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select

from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import chain


@dataclass(frozen=True, slots=True)
class ChainPlace:
    """The newest entry kept of one device, and how far its entries are applied."""

    sequence: int = 0
    digest: bytes = b""
    hlc: int = 0
    applied: int = 0
    applied_hlc: int = 0
    waits_for: str | None = None

    @property
    def is_applied(self) -> bool:
        """Whether everything kept is in the rows."""
        return self.applied >= self.sequence


_COLUMNS = tuple(ChainPlace.__dataclass_fields__)


class ChainRows(CountyTables):
    """The table `chain`."""

    def begin(self, device: bytes) -> None:
        """Make the place of a device that has sent nothing yet."""
        start = {name: 0 for name in _COLUMNS} | {"digest": b"", "waits_for": None}
        self._add_if_new(chain, [{"device": device, **start}])

    def locked(self, device: bytes) -> ChainPlace | None:
        """The place, held against every other writer until the transaction ends; None if never begun."""
        row = self._connection.execute(
            select(*(chain.c[name] for name in _COLUMNS))
            .where(chain.c.county == self._county, chain.c.device == device)
            .with_for_update()
        ).one_or_none()
        return ChainPlace(*row) if row else None

    def advance(self, device: bytes, *, sequence: int, digest: bytes, hlc: int) -> None:
        """The entry was kept."""
        self._change(device, sequence=sequence, digest=digest, hlc=hlc)

    def mark_applied(self, device: bytes, *, sequence: int, hlc: int, waits_for: str | None) -> None:
        """Entries up to this one are in the rows; ``waits_for`` says what the next one lacks."""
        self._change(device, applied=sequence, applied_hlc=hlc, waits_for=waits_for)

    def places(self, devices: Collection[bytes] | None = None) -> dict[bytes, ChainPlace]:
        """The places of these devices, or of all."""
        if devices is not None and not devices:
            return {}
        statement = select(chain.c.device, *(chain.c[name] for name in _COLUMNS)).where(
            chain.c.county == self._county
        )
        if devices is not None:
            statement = statement.where(chain.c.device.in_(devices))
        return {row[0]: ChainPlace(*row[1:]) for row in self._connection.execute(statement)}

    def behind(self) -> list[bytes]:
        """Devices with entries that are not in the records yet."""
        statement = select(chain.c.device).where(
            chain.c.county == self._county, chain.c.applied < chain.c.sequence
        )
        return list(self._connection.execute(statement.order_by(chain.c.device)).scalars())

    def vector(self) -> Mapping[bytes, int]:
        """Newest sequence by device."""
        statement = select(chain.c.device, chain.c.sequence).where(
            chain.c.county == self._county, chain.c.sequence > 0
        )
        return {row[0]: row[1] for row in self._connection.execute(statement)}

    def _change(self, device: bytes, **values: object) -> None:
        where = (chain.c.county == self._county, chain.c.device == device)
        self._connection.execute(chain.update().where(*where).values(**values))
