"""One question or answer on the pipe: a small JSON head, then parts of bytes.

Pipes only: a temporary file would leave an unencrypted photo behind after a crash.
"""

import json
import struct
from collections.abc import Callable
from dataclasses import dataclass, field

_LENGTH = struct.Struct("!I")
_LONGEST_HEAD = 64 * 1024
_MOST_BYTES = 256 * 1024 * 1024


@dataclass(frozen=True)
class Message:
    """Fields that JSON can hold, and raw parts."""

    head: dict[str, object]
    parts: tuple[bytes, ...] = field(default=(), repr=False)


class BadMessageError(Exception):
    """The other side does not keep to the format, or closed the pipe half-way."""


def packed(message: Message) -> list[bytes]:
    """The pieces to write, in order."""
    sizes = [len(part) for part in message.parts]
    head = json.dumps({"fields": message.head, "sizes": sizes}).encode()
    return [_LENGTH.pack(len(head)) + head, *message.parts]


def unpacked(read: Callable[[int], bytes]) -> Message:
    """The next message; ``read`` returns exactly as many bytes as asked for."""
    (length,) = _LENGTH.unpack(read(_LENGTH.size))
    if length > _LONGEST_HEAD:
        raise BadMessageError("head too long")
    fields, sizes = _checked_head(read(length))
    return Message(head=fields, parts=tuple(read(size) for size in sizes))


def _checked_head(raw: bytes) -> tuple[dict[str, object], list[int]]:
    try:
        head = json.loads(raw)
    except ValueError as error:
        raise BadMessageError("head is not JSON") from error
    fields, sizes = (head.get("fields"), head.get("sizes")) if isinstance(head, dict) else (None, None)
    if not isinstance(fields, dict) or not isinstance(sizes, list):
        raise BadMessageError("head without fields and sizes")
    if not all(type(size) is int and size >= 0 for size in sizes) or sum(sizes) > _MOST_BYTES:
        raise BadMessageError("parts too large")
    return fields, sizes
