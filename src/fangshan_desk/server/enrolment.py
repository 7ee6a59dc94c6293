"""Lets laptops in by a code that works once, and shuts them out again."""

import hashlib
import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.devices import Assignment, EnrolledDevice, EnrolmentCode
from fangshan_desk.server.store.incidents import Event
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.support.certificates import DeviceCertificate, certify
from fangshan_desk.support.clock import Clock
from fangshan_desk.support.invitations import SECRET_BYTES
from fangshan_desk.support.request_signing import enrolment_content
from fangshan_desk.support.signing import SigningKey, verify

CODE_LIVES = timedelta(days=7)
_CERTIFICATE_LIVES = timedelta(days=20 * 365)
_NAME_CHARACTERS = 60


class DeviceUnknownError(ExpectedError):
    """No laptop, or more than one, has this id: ``given``."""

    key = "server-device-unknown"


@dataclass(frozen=True, kw_only=True)
class Application:
    """What a new laptop sends; ``proof`` shows that the key is its own."""

    secret: bytes
    device: bytes
    public_key: bytes
    proof: bytes
    name: str = ""
    officer_id: str = ""


class Enrolment:
    """Built once; may be used by several threads."""

    def __init__(
        self,
        store: Store,
        *,
        county: str,
        key: SigningKey,
        clock: Clock,
        new_id: Callable[[], str],
    ) -> None:
        self._store = store
        self._county = county
        self._key = key
        self._clock = clock
        self._new_id = new_id

    def make_code(self, assignment: Assignment, *, lives: timedelta = CODE_LIVES) -> bytes:
        """The secret of a new code; only its hash is kept."""
        secret, now = secrets.token_bytes(SECRET_BYTES), self._clock.now_utc()
        code = EnrolmentCode(
            secret_hash=_hashed(secret),
            assignment=assignment,
            created_ms=_milliseconds(now.timestamp()),
            expires_ms=_milliseconds((now + lives).timestamp()),
        )

        def keep(session: Session) -> None:
            numbers = [item.assignment.number for item in session.devices.all()]
            numbers += [item.assignment.number for item in session.devices.codes()]
            number = assignment.number or max(numbers, default=0) + 1
            session.devices.add_code(replace(code, assignment=replace(assignment, number=number)))
            session.incidents.note(self._event("code-made", details=assignment.role.value))

        self._store.write(keep)
        return secret

    def enrol(self, application: Application) -> EnrolledDevice:
        """Let the laptop in; asking again with the same key gets the same answer."""
        self._check(application)
        return self._store.write(lambda session: self._enrolled(session, application))

    def revoke(self, device: bytes, *, reason: str = "") -> EnrolledDevice:
        """Nothing is answered to it or taken from it any more; what it has delivered stays."""

        def shut_out(session: Session) -> EnrolledDevice:
            found = session.devices.get(device)
            if found is None:
                raise DeviceUnknownError(given=device.hex())
            if found.revoked_ms is None:
                place = session.chains.locked(device)
                delivered = place.sequence if place else 0
                now_ms = self._now_ms()
                session.devices.revoke(device, after=delivered, reason=reason, now_ms=now_ms)
                session.incidents.note(self._event("device-revoked", device=device))
            return session.devices.get(device) or found

        return self._store.write(shut_out)

    def _check(self, application: Application) -> None:
        content = enrolment_content(
            county=self._county,
            secret=application.secret,
            device=application.device,
            public_key=application.public_key,
        )
        if len(application.device) != 16 or not verify(application.public_key, application.proof, content):
            raise RequestRefusedError(ProblemCode.SIGNATURE)

    def _enrolled(self, session: Session, application: Application) -> EnrolledDevice:
        code = session.devices.locked_code(_hashed(application.secret))
        known = session.devices.get(application.device)
        if code is None:
            raise RequestRefusedError(ProblemCode.CODE_UNKNOWN)
        is_same_key = known is not None and known.public_key == application.public_key
        if code.device is not None:
            if known is None or code.device != application.device or not is_same_key:
                raise RequestRefusedError(ProblemCode.CODE_USED)
            return known
        if code.expires_ms < self._now_ms():
            raise RequestRefusedError(ProblemCode.CODE_EXPIRED)
        # A second code for the same laptop changes what it may do, never whose key it is.
        if known is not None and (known.revoked_ms is not None or not is_same_key):
            raise RequestRefusedError(ProblemCode.DEVICE_KNOWN)
        device = self._made(application, code.assignment)
        session.devices.put(device)
        session.chains.begin(device.device)
        session.devices.use_code(code.secret_hash, device=device.device, now_ms=self._now_ms())
        session.incidents.note(self._event("device-enrolled", device=device.device))
        return device

    def _made(self, application: Application, assignment: Assignment) -> EnrolledDevice:
        now = self._clock.now_utc()
        name = application.name.strip()[:_NAME_CHARACTERS] or str(assignment.number)
        certificate = DeviceCertificate(
            device_id=str(uuid.UUID(bytes=application.device)),
            name=name,
            public_key=application.public_key,
            valid_from=now - timedelta(days=1),
            valid_to=now + _CERTIFICATE_LIVES,
            county_id=self._county,
        )
        return EnrolledDevice(
            device=application.device,
            name=name,
            officer_id=application.officer_id,
            assignment=assignment,
            public_key=application.public_key,
            certificate=certify(certificate, self._key).to_bytes(),
            enrolled_ms=self._now_ms(),
        )

    def _event(self, kind: str, *, device: bytes = b"", details: str = "") -> Event:
        return Event(
            id=self._new_id(),
            kind=kind,
            is_alarm=False,
            happened_ms=self._now_ms(),
            device=device,
            details=details,
        )

    def _now_ms(self) -> int:
        return _milliseconds(self._clock.now_utc().timestamp())


def _hashed(secret: bytes) -> bytes:
    return hashlib.sha256(b"fangshan-desk enrolment secret\0" + secret).digest()


def _milliseconds(seconds: float) -> int:
    return int(seconds * 1000)
