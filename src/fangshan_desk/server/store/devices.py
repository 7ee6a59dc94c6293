"""The laptops of the county and the codes that let one in."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from fangshan_desk.domain.rights import Body, Role
from fangshan_desk.server.store.statements import CountyTables
from fangshan_desk.server.store.tables import county as county_table
from fangshan_desk.server.store.tables import device as device_table
from fangshan_desk.server.store.tables import enrolment


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Whose laptop it is and what that person may do; decided when the code is made."""

    officer: str
    body: Body
    role: Role
    townships: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolledDevice:
    """A laptop that may exchange, or might until it was revoked."""

    device: bytes
    name: str
    officer_id: str
    assignment: Assignment
    public_key: bytes
    certificate: bytes
    enrolled_ms: int
    last_seen_ms: int | None = None
    revoked_ms: int | None = None
    revoked_after: int | None = None
    revoked_reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolmentCode:
    """A one-time code; only its hash is kept."""

    secret_hash: bytes
    assignment: Assignment
    created_ms: int
    expires_ms: int
    used_ms: int | None = None
    device: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyRow:
    """The county this store belongs to."""

    county: str
    name: str
    public_key: bytes
    epoch: int
    created_ms: int


_PLAIN = ("enrolled_ms", "last_seen_ms", "revoked_ms", "revoked_after", "revoked_reason")


class DeviceRows(CountyTables):
    """The tables `county`, `device` and `enrolment`."""

    def county(self) -> CountyRow | None:
        """The county, once the server was started."""
        row = self._connection.execute(
            select(county_table).where(county_table.c.county == self._county)
        ).mappings()
        found = row.one_or_none()
        return CountyRow(**dict(found)) if found else None

    def epoch(self) -> int:
        """Which life of the server this is; 1 until it was ever set back."""
        row = self.county()
        return row.epoch if row else 1

    def found_county(self, row: CountyRow) -> None:
        """Make the county; one that is there already stays."""
        values = {"name": row.name, "public_key": row.public_key, "epoch": row.epoch}
        self._add_if_new(county_table, [{**values, "created_ms": row.created_ms}])

    def set_epoch(self, epoch: int) -> None:
        """The store was set back to an earlier state: from now on another life of the server."""
        where = county_table.c.county == self._county
        self._connection.execute(county_table.update().where(where).values(epoch=epoch))

    def get(self, device: bytes) -> EnrolledDevice | None:
        """One laptop."""
        rows = self._connection.execute(
            select(device_table).where(device_table.c.county == self._county, device_table.c.device == device)
        ).mappings()
        found = rows.one_or_none()
        return _device(found) if found else None

    def some(self, devices: Collection[bytes]) -> list[EnrolledDevice]:
        """The named laptops, as far as they are known."""
        where = (device_table.c.county == self._county, device_table.c.device.in_(devices))
        rows = self._connection.execute(select(device_table).where(*where)).mappings()
        return [_device(row) for row in rows]

    def all(self) -> list[EnrolledDevice]:
        """Every laptop, by number."""
        rows = self._connection.execute(
            select(device_table)
            .where(device_table.c.county == self._county)
            .order_by(device_table.c.number, device_table.c.enrolled_ms)
        ).mappings()
        return [_device(row) for row in rows]

    def put(self, device: EnrolledDevice) -> None:
        """Let a laptop in, or change what is known of it."""
        values = {name: getattr(device, name) for name in _PLAIN}
        values |= {"name": device.name, "officer_id": device.officer_id, "device": device.device}
        values |= {"public_key": device.public_key, "certificate": device.certificate}
        self._put(device_table, [{**values, **_assigned(device.assignment)}])

    def saw(self, device: bytes, *, now_ms: int) -> None:
        """It asked for something just now."""
        self._connection.execute(
            device_table.update()
            .where(device_table.c.county == self._county, device_table.c.device == device)
            .values(last_seen_ms=now_ms)
        )

    def revoke(self, device: bytes, *, after: int, reason: str, now_ms: int) -> None:
        """Nothing is answered or taken from it any more; entries up to ``after`` stay what they are."""
        self._connection.execute(
            device_table.update()
            .where(device_table.c.county == self._county, device_table.c.device == device)
            .values(revoked_ms=now_ms, revoked_after=after, revoked_reason=reason)
        )

    def add_code(self, code: EnrolmentCode) -> None:
        """Keep the hash of a new code."""
        values = {"created_ms": code.created_ms, "expires_ms": code.expires_ms}
        self._add(enrolment, secret_hash=code.secret_hash, **values, **_assigned(code.assignment))

    def locked_code(self, secret_hash: bytes) -> EnrolmentCode | None:
        """The code with this hash, held until the transaction ends."""
        rows = self._connection.execute(
            select(enrolment)
            .where(enrolment.c.county == self._county, enrolment.c.secret_hash == secret_hash)
            .with_for_update()
        ).mappings()
        found = rows.one_or_none()
        return _code(found) if found else None

    def codes(self) -> list[EnrolmentCode]:
        """Every code ever made, newest first."""
        rows = self._connection.execute(
            select(enrolment)
            .where(enrolment.c.county == self._county)
            .order_by(enrolment.c.created_ms.desc())
        ).mappings()
        return [_code(row) for row in rows]

    def use_code(self, secret_hash: bytes, *, device: bytes, now_ms: int) -> None:
        """From now on the code lets in this laptop only."""
        self._connection.execute(
            enrolment.update()
            .where(enrolment.c.county == self._county, enrolment.c.secret_hash == secret_hash)
            .values(used_ms=now_ms, device=device)
        )


def _assigned(assignment: Assignment) -> dict[str, Any]:
    return {
        "officer": assignment.officer,
        "body": assignment.body.value,
        "role": assignment.role.value,
        "townships": json.dumps(assignment.townships),
        "number": assignment.number,
    }


def _assignment(row: Mapping[Any, Any]) -> Assignment:
    townships: Sequence[str] = json.loads(row["townships"])
    return Assignment(
        officer=row["officer"],
        body=Body(row["body"]),
        role=Role(row["role"]),
        townships=tuple(townships),
        number=row["number"],
    )


def _device(row: Mapping[Any, Any]) -> EnrolledDevice:
    return EnrolledDevice(
        device=row["device"],
        name=row["name"],
        officer_id=row["officer_id"],
        assignment=_assignment(row),
        public_key=row["public_key"],
        certificate=row["certificate"],
        **{name: row[name] for name in _PLAIN},
    )


def _code(row: Mapping[Any, Any]) -> EnrolmentCode:
    names = ("secret_hash", "created_ms", "expires_ms", "used_ms", "device")
    return EnrolmentCode(assignment=_assignment(row), **{name: row[name] for name in names})
