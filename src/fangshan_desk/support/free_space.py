"""Room on the disk: levels at which we warn and refuse, and a reserve to release when it is full."""

import contextlib
import os
import shutil
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from fangshan_desk.support.atomic_files import PART_SUFFIX, sync_folder
from fangshan_desk.support.failures import NoRoomForAttachmentFailure

WARN_BELOW_BYTES = 500_000_000
REFUSE_ATTACHMENTS_BELOW_BYTES = 200_000_000
BALLAST_BYTES = 32 * 1024 * 1024
_BLOCK = 1024 * 1024


class SpaceLevel(StrEnum):
    """How the disk stands; ``text_key`` names the sentence of the two lower levels."""

    ENOUGH = "enough"
    LOW = "low"
    TOO_LOW_FOR_ATTACHMENTS = "too-low-for-attachments"

    @property
    def text_key(self) -> str:
        return f"space-{self}"


def free_bytes(folder: Path) -> int:
    """Bytes this account may still write to the folder's disk."""
    return shutil.disk_usage(folder).free


def space_level(free: int) -> SpaceLevel:
    """The level for so many free bytes."""
    if free < REFUSE_ATTACHMENTS_BELOW_BYTES:
        return SpaceLevel.TOO_LOW_FOR_ATTACHMENTS
    return SpaceLevel.LOW if free < WARN_BELOW_BYTES else SpaceLevel.ENOUGH


def require_room_for_attachment(size: int, free: int) -> None:
    """Photos are refused before records are: raise if this one would use up the reserve."""
    if free - size < REFUSE_ATTACHMENTS_BELOW_BYTES:
        raise NoRoomForAttachmentFailure(free_mb=free // 1_000_000)


class Ballast:
    """A file of no use but its size: on a full disk SQLite can neither delete nor checkpoint."""

    def __init__(self, path: Path, *, size: int = BALLAST_BYTES) -> None:
        self._path = path
        self._size = size

    def is_whole(self) -> bool:
        """Whether the reserve is there."""
        try:
            return self._path.stat().st_size >= self._size
        except OSError:
            return False

    def create(self, *, free: Callable[[Path], int] = free_bytes) -> bool:
        """Fill the reserve if the disk has room to spare; tells whether it is there now."""
        if self.is_whole():
            return True
        with contextlib.suppress(OSError):
            if free(self._path.parent) >= WARN_BELOW_BYTES + self._size:
                self._fill()
        return self.is_whole()

    def release(self) -> bool:
        """Give the room back to the records; tells whether there was any."""
        was_there = self._path.exists()
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        return was_there and not self._path.exists()

    def _fill(self) -> None:
        part = self._path.with_name(self._path.name + PART_SUFFIX)
        with part.open("wb") as stream:
            for start in range(0, self._size, _BLOCK):
                # Random, because a compressing file system would store zeros in no room at all.
                stream.write(os.urandom(min(_BLOCK, self._size - start)))
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(self._path)
        sync_folder(self._path.parent)
