"""What a person should look at: entries in quarantine, alarms, and what was decided about them."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Join, and_, func, select

from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import decision, event, quarantine


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An entry that did not pass; ``is_held`` when it stands in its chain but goes no further."""

    id: str
    reason: str
    device: bytes
    sequence: int
    digest: bytes
    relayed_by: bytes
    received_ms: int
    is_held: bool
    content: bytes = b""
    verdict: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened to the county's server and is never forgotten."""

    id: str
    kind: str
    is_alarm: bool
    happened_ms: int
    device: bytes = b""
    sequence: int = 0
    details: str = ""


_SHORT = ("id", "reason", "device", "sequence", "digest", "relayed_by", "received_ms", "is_held")
_EVENT = tuple(Event.__dataclass_fields__)
RELEASED = "released"


class IncidentRows(CountyTables):
    """The tables `quarantine`, `decision` and `event`."""

    def add(self, incident: Incident) -> None:
        """Put an entry aside, with its bytes."""
        values = {name: getattr(incident, name) for name in _SHORT}
        self._add(quarantine, **values, content=incident.content)

    def is_known(self, *, device: bytes, sequence: int, digest: bytes) -> bool:
        """Whether exactly this was put aside before."""
        table = quarantine.c
        where = (
            table.county == self._county,
            table.device == device,
            table.sequence == sequence,
            table.digest == digest,
        )
        statement = select(func.count()).select_from(quarantine).where(*where)
        return bool(self._connection.execute(statement).scalar_one())

    def put_aside_since(self, relayed_by: bytes, *, since_ms: int) -> int:
        """Bytes this laptop has brought into quarantine since then."""
        statement = select(func.coalesce(func.sum(func.length(quarantine.c.content)), 0)).where(
            quarantine.c.county == self._county,
            quarantine.c.relayed_by == relayed_by,
            quarantine.c.received_ms >= since_ms,
        )
        return int(self._connection.execute(statement).scalar_one())

    def all(self, *, most: int = 1000, device: bytes | None = None) -> list[Incident]:
        """Newest first, without their bytes; with ``device`` what it made or brought."""
        table = quarantine.c
        where: list[ColumnElement[bool]] = [table.county == self._county]
        if device is not None:
            where.append((table.device == device) | (table.relayed_by == device))
        rows = self._connection.execute(
            select(*(table[name] for name in _SHORT), decision.c.verdict)
            .select_from(_with_decisions())
            .where(*where)
            .order_by(table.received_ms.desc(), table.id.desc())
            .limit(most)
        ).mappings()
        return [Incident(**dict(row)) for row in rows]

    def get(self, incident_id: str) -> Incident | None:
        """One of them, with its bytes."""
        rows = self._connection.execute(
            select(*(quarantine.c[name] for name in _SHORT), quarantine.c.content, decision.c.verdict)
            .select_from(_with_decisions())
            .where(quarantine.c.county == self._county, quarantine.c.id == incident_id)
        ).mappings()
        found = rows.one_or_none()
        return Incident(**dict(found)) if found else None

    def held(self, keys: Sequence[tuple[bytes, int]]) -> set[tuple[bytes, int]]:
        """Which of these entries go no further for now."""
        if not keys:
            return set()
        devices = {device for device, _ in keys}
        return {(device, n) for device in devices for n in self.held_of(device)} & set(keys)

    def held_of(self, device: bytes) -> list[int]:
        """Sequences of a device's entries that go no further for now."""
        table = quarantine.c
        rows = self._connection.execute(
            select(table.sequence)
            .select_from(_with_decisions())
            .where(
                table.county == self._county,
                table.device == device,
                table.is_held,
                decision.c.verdict.is_distinct_from(RELEASED),
            )
            .order_by(table.sequence)
        )
        return list(rows.scalars())

    def decide(self, incident_id: str, *, verdict: str, made_by: str, now_ms: int) -> None:
        """What a person decided; the first decision stands."""
        values = {"id": incident_id, "verdict": verdict, "made_by": made_by, "made_ms": now_ms}
        self._add_if_new(decision, [values])

    def note(self, happened: Event) -> None:
        """Write an event down."""
        self._add(event, **{name: getattr(happened, name) for name in _EVENT})

    def events(self, *, most: int = 1000, alarms_only: bool = False) -> list[Event]:
        """Newest first."""
        where: list[ColumnElement[bool]] = [event.c.county == self._county]
        if alarms_only:
            where.append(event.c.is_alarm)
        rows = self._connection.execute(
            select(*(event.c[name] for name in _EVENT))
            .where(*where)
            .order_by(event.c.happened_ms.desc(), event.c.id.desc())
            .limit(most)
        ).mappings()
        return [Event(**dict(row)) for row in rows]

    def count(self) -> int:
        """Entries nobody has decided about."""
        statement = (
            select(func.count())
            .select_from(_with_decisions())
            .where(quarantine.c.county == self._county, decision.c.verdict.is_(None))
        )
        return int(self._connection.execute(statement).scalar_one())


def _with_decisions() -> Join:
    return quarantine.outerjoin(
        decision, and_(decision.c.county == quarantine.c.county, decision.c.id == quarantine.c.id)
    )
