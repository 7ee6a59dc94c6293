"""Reading from and writing to a child process with a deadline."""

import contextlib
import os
import selectors
import sys
import time
from collections.abc import Iterable

_PIECE = 1024 * 1024
_WINDOWS_POLL_SECONDS = 0.005


class DeadlinePassedError(Exception):
    """The other end did not keep up."""


def prepare(descriptor: int) -> None:
    """Make a pipe ready for the two functions below."""
    if sys.platform != "win32":
        os.set_blocking(descriptor, False)


def read_exactly(descriptor: int, count: int, deadline: float) -> bytes:
    """``count`` bytes, or EOFError when the other end closes."""
    found = bytearray()
    while len(found) < count:
        _wait(descriptor, selectors.EVENT_READ, deadline)
        with contextlib.suppress(BlockingIOError):
            piece = os.read(descriptor, min(count - len(found), _PIECE))
            if not piece:
                raise EOFError
            found += piece
    return bytes(found)


def write_all(descriptor: int, pieces: Iterable[bytes], deadline: float) -> None:
    """Every piece, or BrokenPipeError when the other end closes."""
    for piece in pieces:
        rest = memoryview(piece)
        while rest:
            _wait(descriptor, selectors.EVENT_WRITE, deadline)
            with contextlib.suppress(BlockingIOError):
                rest = rest[os.write(descriptor, rest[:_PIECE]) :]


if sys.platform == "win32":
    import ctypes
    import msvcrt

    def _wait(descriptor: int, event: int, deadline: float) -> None:
        # A pipe cannot be selected here. A blocked write ends with the child's own watchdog.
        while event == selectors.EVENT_READ and not _has_bytes(descriptor):
            if time.monotonic() > deadline:
                raise DeadlinePassedError
            time.sleep(_WINDOWS_POLL_SECONDS)

    def _has_bytes(descriptor: int) -> bool:
        available = ctypes.c_ulong()
        handle = ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))
        peek = ctypes.windll.kernel32.PeekNamedPipe
        is_open = peek(handle, None, 0, None, ctypes.byref(available), None)
        # A closed pipe counts as readable: the read then reports the end.
        return not is_open or available.value > 0

else:

    def _wait(descriptor: int, event: int, deadline: float) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(descriptor, event)
            if not selector.select(max(0.0, deadline - time.monotonic())):
                raise DeadlinePassedError
