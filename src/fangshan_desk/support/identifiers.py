"""Ids made on the device: UUIDv7, ascending within the process."""

import re
import secrets
from collections.abc import Callable
from threading import Lock  # noqa: TID251 - guards a counter, starts nothing
from uuid import UUID

from fangshan_desk.support.clock import Clock

_RANDOM_BITS = 74
_RANDOM_LIMIT = 1 << _RANDOM_BITS
_LOW_BITS = 62
# Steps within one millisecond stay unpredictable and never run out in practice.
_STEP_BYTES = 4
_CANONICAL = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


class IdentifierSource:
    """Makes ids; call it for the next one, in canonical text."""

    def __init__(self, clock: Clock, *, random_bytes: Callable[[int], bytes] = secrets.token_bytes) -> None:
        self._clock = clock
        self._random_bytes = random_bytes
        self._lock = Lock()
        self._milliseconds = -1
        self._tail = 0

    def __call__(self) -> str:
        with self._lock:
            self._advance()
            return _text(self._milliseconds, self._tail)

    def _advance(self) -> None:
        now = int(self._clock.now_utc().timestamp() * 1000)
        if now > self._milliseconds:
            self._start_at(now)
            return
        # The clock stood still or was set back: later ids must still sort later.
        self._tail += 1 + int.from_bytes(self._random_bytes(_STEP_BYTES))
        if self._tail >= _RANDOM_LIMIT:
            self._start_at(self._milliseconds + 1)

    def _start_at(self, milliseconds: int) -> None:
        self._milliseconds = milliseconds
        self._tail = int.from_bytes(self._random_bytes(10)) % _RANDOM_LIMIT


def _text(milliseconds: int, tail: int) -> str:
    high = (milliseconds & ((1 << 48) - 1)) << 80
    version = 0x7 << 76
    variant = 0b10 << _LOW_BITS
    middle = (tail >> _LOW_BITS) << 64
    return str(UUID(int=high | version | middle | variant | (tail & ((1 << _LOW_BITS) - 1))))


def is_identifier(text: str) -> bool:
    """Whether the text is a canonical UUIDv7."""
    return _CANONICAL.fullmatch(text) is not None
