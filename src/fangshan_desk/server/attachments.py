"""Attachments under their SHA-256: taken in chunks, given to who may see a record that names them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fangshan_desk.server.handing_out import StoredRecords, reader_of
from fangshan_desk.server.problems import ProblemCode, RequestRefusedError
from fangshan_desk.server.store.blobs import CHUNK_BYTES, BlobRow
from fangshan_desk.server.store.devices import EnrolledDevice
from fangshan_desk.server.store.sessions import Session, Store
from fangshan_desk.server.visibility import RecordRights

LARGEST_BLOB = 64 * 1024 * 1024
_SHA256_BYTES = 32


@dataclass(frozen=True, slots=True)
class Offer:
    """An attachment a laptop has."""

    sha256: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What is still missing of one attachment."""

    sha256: bytes
    missing: tuple[int, ...]
    is_complete: bool


class Attachments:
    """Built once; may be used by several threads."""

    def __init__(self, store: Store, *, now_ms: Callable[[], int]) -> None:
        self._store = store
        self._now_ms = now_ms

    def offered(self, device: EnrolledDevice, offers: Sequence[Offer]) -> list[Progress]:
        """Which chunks of what a laptop has are missing here."""
        if any(len(offer.sha256) != _SHA256_BYTES for offer in offers):
            raise RequestRefusedError(ProblemCode.MALFORMED)
        if any(not 0 <= offer.size <= LARGEST_BLOB for offer in offers):
            raise RequestRefusedError(ProblemCode.TOO_LARGE)

        def work(session: Session) -> list[Progress]:
            return [self._begun(session, device, offer) for offer in offers]

        return self._store.write(work)

    def _begun(self, session: Session, device: EnrolledDevice, offer: Offer) -> Progress:
        session.blobs.begin(offer.sha256, size=offer.size, started_by=device.device, now_ms=self._now_ms())
        return _progress(session, _found(session, offer.sha256))

    def take(self, sha256: bytes, number: int, body: bytes) -> Progress:
        """One chunk; with the last one the whole is compared with its name."""

        def work(session: Session) -> tuple[Progress, bool]:
            row = _found(session, sha256)
            if row.completed_ms is not None:
                return _progress(session, row), True
            if not 0 <= number < row.chunks or len(body) != _chunk_size(row, number):
                raise RequestRefusedError(ProblemCode.MALFORMED)
            session.blobs.add_chunk(sha256, number, body)
            if session.blobs.missing(row):
                return _progress(session, row), True
            is_whole = session.blobs.is_whole(row)
            if is_whole:
                session.blobs.complete(sha256, now_ms=self._now_ms())
            else:
                session.blobs.forget_chunks(sha256)
            return _progress(session, _found(session, sha256)), is_whole

        progress, is_sound = self._store.write(work)
        if not is_sound:
            raise RequestRefusedError(ProblemCode.BLOB_DAMAGED)
        return progress

    def give(self, device: EnrolledDevice, sha256: bytes, number: int) -> tuple[int, bytes]:
        """Whole size and one chunk of a complete attachment; one that may not be seen does not exist."""

        def work(session: Session) -> tuple[BlobRow | None, list[tuple[int, str]]]:
            audience = reader_of(device).audience
            return session.blobs.get(sha256), session.blobs.uses(sha256, audience=audience)

        row, uses = self._store.read(work)
        if row is None or row.completed_ms is None or not self._may_see(device, row, uses):
            raise RequestRefusedError(ProblemCode.BLOB_UNKNOWN)
        body = self._store.read(lambda session: session.blobs.chunk(sha256, number))
        if body is None:
            raise RequestRefusedError(ProblemCode.BLOB_UNKNOWN)
        return row.size, body

    def wanted(self, device: EnrolledDevice, *, most: int) -> list[bytes]:
        """Attachments of records this laptop may see that nobody has sent yet."""
        audience = reader_of(device).audience
        return self._store.read(lambda session: session.blobs.wanted(audience=audience, most=most))

    def _may_see(self, device: EnrolledDevice, row: BlobRow, uses: Sequence[tuple[int, str]]) -> bool:
        reader = reader_of(device)
        if row.started_by == device.device:
            return True
        if not reader.asks_records:
            return bool(uses)
        rights = RecordRights(reader, StoredRecords(self._store))
        rights.prepare(uses)
        return any(rights.may_read_record(use) for use in uses)


def _found(session: Session, sha256: bytes) -> BlobRow:
    row = session.blobs.get(sha256)
    if row is None:
        raise RequestRefusedError(ProblemCode.BLOB_UNKNOWN)
    return row


def _progress(session: Session, row: BlobRow) -> Progress:
    if row.completed_ms is not None:
        return Progress(row.sha256, (), is_complete=True)
    return Progress(row.sha256, tuple(session.blobs.missing(row)), is_complete=False)


def _chunk_size(row: BlobRow, number: int) -> int:
    return min(CHUNK_BYTES, row.size - number * CHUNK_BYTES)
