"""A small file beside the database that knows the last commit.

One flipped bit in the write-ahead log silently drops every later commit; SQLite's own checks stay clean.
Comparing this mark with the file at every start notices that. Not synced to disk on purpose: the log is,
and a mark older than the file is harmless.
"""

import struct
import zlib
from pathlib import Path

_SLOT = struct.Struct("<Q32sI")
_SLOTS = 2


class HeadMark:
    """Two slots written in turn, each with a checksum, so that a torn write leaves the other."""

    def __init__(self, path: Path) -> None:
        self._path = path
        path.touch(mode=0o600)
        self._file = path.open("r+b")
        self._next = 0

    def read(self) -> tuple[int, bytes] | None:
        """The highest intact (sequence, digest), or None when there is none."""
        self._file.seek(0)
        data = self._file.read(_SLOT.size * _SLOTS)
        found = [slot for slot in map(_slot, (data[: _SLOT.size], data[_SLOT.size :])) if slot is not None]
        return max(found, default=None)

    def write(self, sequence: int, digest: bytes) -> None:
        """Note the head just committed."""
        body = struct.pack("<Q32s", sequence, digest)
        self._file.seek(self._next * _SLOT.size)
        self._file.write(body + struct.pack("<I", zlib.crc32(body)))
        self._file.flush()
        self._next = 1 - self._next

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _slot(data: bytes) -> tuple[int, bytes] | None:
    if len(data) < _SLOT.size:
        return None
    sequence, digest, checksum = _SLOT.unpack(data[: _SLOT.size])
    intact = zlib.crc32(data[: _SLOT.size - 4]) == checksum
    return (sequence, digest) if intact and sequence else None
