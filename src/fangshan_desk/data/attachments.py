"""Photos and scans as encrypted files beside the database, named after the SHA-256 of their content."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from fangshan_desk.domain.errors import ExpectedError

Progress = Callable[[int, int], None]

_MAGIC = b"FSDA"
_VERSION = 1
_AES_256_GCM = 1
_NONCE_SIZE = 12
# Magic, version, suite and two reserved bytes.
_HEADER = _MAGIC + bytes([_VERSION, _AES_256_GCM, 0, 0])
_SHA256 = re.compile(r"[0-9a-f]{64}")
# Room kept for the records themselves: photos are refused first when the disk fills up.
_SPACE_KEPT = 200 * 1024 * 1024
# Above both bounds a clean-up more likely follows a wrong list than real orphans.
_ORPHANS_ALLOWED = 20
_ORPHAN_SHARE = 0.05


class AttachmentMissingError(ExpectedError):
    """A record names a file that is not on this laptop (lost, or not received yet)."""

    key = "attachment-missing"


class AttachmentDamagedError(ExpectedError):
    """The stored bytes are not what was saved: disk error, foreign file or wrong key."""

    key = "attachment-damaged"


class AttachmentFromNewerDeskError(ExpectedError):
    """The file was written by a later version of the program."""

    key = "attachment-newer"


class DiskNearlyFullError(ExpectedError):
    """Too little space for attachments; records can still be saved: ``free_mb``, ``kept_mb``."""

    key = "attachment-disk-nearly-full"


class TooManyOrphansError(ExpectedError):
    """A clean-up would remove a large share of the files: ``count``, ``total``."""

    key = "attachment-too-many-orphans"


@dataclass(frozen=True)
class StoredFile:
    """What a record keeps about an attachment."""

    sha256: str
    size: int


@dataclass(frozen=True)
class VerifyReport:
    """Result of reading every stored file once."""

    checked: int
    damaged: tuple[str, ...]
    newer: tuple[str, ...] = ()


class AttachmentStore:
    """The attachments folder of one workspace; ``put`` returns only when the file survives a power cut."""

    def __init__(
        self,
        folder: Path,
        key: bytes,
        *,
        free_space: Callable[[Path], int] = lambda folder: shutil.disk_usage(folder).free,
    ) -> None:
        if len(key) != 32:
            raise ValueError("the attachment key has 32 bytes")
        self._folder = folder
        self._cipher = AESGCM(key)
        self._free_space = free_space
        self._own_parts = secrets.token_hex(4)
        # Their rows may not be committed yet: a clean-up must leave them alone.
        self._put_by_us: set[str] = set()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def put(self, data: bytes) -> StoredFile:
        """Store the bytes durably; call it before committing the row that names them."""
        sha256 = hashlib.sha256(data).hexdigest()
        self._put_by_us.add(sha256)
        target = self._path(sha256)
        if self._problem_of(sha256) is None:
            _sync(target)
        else:
            self._refuse_on_full_disk(len(data))
            self._make_folder(target.parent)
            self._write(target, sha256=sha256, data=data)
        _sync_folder(target.parent)
        return StoredFile(sha256=sha256, size=len(data))

    def read(self, sha256: str) -> bytes:
        """The content, verified against its name."""
        try:
            stored = self._path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise AttachmentMissingError(sha256=sha256) from error
        return self._opened(sha256, stored)

    def exists(self, sha256: str) -> bool:
        """Whether a file of this name is here (not whether it is intact)."""
        return self._path(sha256).is_file()

    def missing(self, known: Collection[str]) -> tuple[str, ...]:
        """Those of ``known`` that are not in the folder."""
        return tuple(sorted(sha256 for sha256 in known if not self.exists(sha256)))

    def stored(self) -> Iterator[str]:
        """Names of all stored files."""
        for path in self._folder.glob("??/*.bin"):
            if _SHA256.fullmatch(path.stem) and path.parent.name == path.stem[:2]:
                yield path.stem

    def verify_all(
        self, progress: Progress | None = None, *, cancelled: Callable[[], bool] = lambda: False
    ) -> VerifyReport:
        """Read every file once; ``progress`` gets (done, total)."""
        names = sorted(self.stored())
        damaged: list[str] = []
        newer: list[str] = []
        checked = 0
        for sha256 in names:
            if cancelled():
                break
            problem = self._problem_of(sha256)
            if isinstance(problem, AttachmentFromNewerDeskError):
                newer.append(sha256)
            elif problem:
                damaged.append(sha256)
            checked += 1
            if progress:
                progress(checked, len(names))
        return VerifyReport(checked=checked, damaged=tuple(damaged), newer=tuple(newer))

    def delete_orphans(self, known: Collection[str], *, confirmed: bool = False) -> int:
        """Remove files that no row names, and leftovers of broken writes; returns how many files went.

        ``known`` must hold every hash of every row, open conflict and waiting change-set.
        """
        kept = {*known, *self._put_by_us}
        names = list(self.stored())
        orphans = [sha256 for sha256 in names if sha256 not in kept]
        if len(orphans) > max(_ORPHANS_ALLOWED, _ORPHAN_SHARE * len(names)) and not confirmed:
            raise TooManyOrphansError(count=len(orphans), total=len(names))
        for sha256 in orphans:
            self._path(sha256).unlink(missing_ok=True)
        for part in self._folder.glob("??/*.part"):
            if self._own_parts not in part.name:
                part.unlink(missing_ok=True)
        return len(orphans)

    def _path(self, sha256: str) -> Path:
        # Names come from change-sets too: anything but a hash could leave the folder.
        if not _SHA256.fullmatch(sha256):
            raise ValueError("not a SHA-256")
        return self._folder / sha256[:2] / f"{sha256}.bin"

    def _part_path(self, target: Path) -> Path:
        return target.with_name(f"{target.stem}.{self._own_parts}{secrets.token_hex(4)}.part")

    def _problem_of(self, sha256: str) -> ExpectedError | None:
        try:
            self.read(sha256)
        except (AttachmentMissingError, AttachmentDamagedError, AttachmentFromNewerDeskError) as problem:
            return problem
        return None

    def _opened(self, sha256: str, stored: bytes) -> bytes:
        header, rest = stored[: len(_HEADER)], memoryview(stored)[len(_HEADER) :]
        if header[:4] == _MAGIC and len(header) == len(_HEADER) and header[4:6] > _HEADER[4:6]:
            raise AttachmentFromNewerDeskError(sha256=sha256)
        if header != _HEADER or len(rest) < _NONCE_SIZE:
            raise AttachmentDamagedError(sha256=sha256)
        try:
            data = self._cipher.decrypt(rest[:_NONCE_SIZE], rest[_NONCE_SIZE:], _bound_to(sha256))
        except InvalidTag as error:
            raise AttachmentDamagedError(sha256=sha256) from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise AttachmentDamagedError(sha256=sha256)
        return data

    def _write(self, target: Path, *, sha256: str, data: bytes) -> None:
        nonce = os.urandom(_NONCE_SIZE)
        sealed = self._cipher.encrypt(nonce, data, _bound_to(sha256))
        part = self._part_path(target)
        try:
            with open(part, "xb", buffering=0, opener=_private) as file:
                _write_whole(file.fileno(), _HEADER + nonce)
                _write_whole(file.fileno(), sealed)
                os.fsync(file.fileno())
            os.replace(part, target)
        except OSError:
            part.unlink(missing_ok=True)
            raise

    def _make_folder(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(self._folder)

    def _refuse_on_full_disk(self, size: int) -> None:
        free = self._free_space(self._folder)
        if free - size < _SPACE_KEPT:
            raise DiskNearlyFullError(free_mb=free // 1024**2, kept_mb=_SPACE_KEPT // 1024**2)


def _bound_to(sha256: str) -> bytes:
    # Authenticated, so that one stored file cannot be passed off as another.
    return _HEADER + sha256.encode("ascii")


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _write_whole(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _sync(path: Path) -> None:
    with open(path, "r+b") as file:
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    # Windows cannot flush a folder; NTFS journals the rename.
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
