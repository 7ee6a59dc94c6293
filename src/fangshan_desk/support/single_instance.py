"""One program at a time in a workspace, by a lock of the operating system."""

import contextlib
import json
import os
import socket
import sys
from pathlib import Path
from typing import Self

from fangshan_desk.support.failures import WorkspaceBusyFailure, disk_failure

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

# Windows forbids others to read a locked byte: lock one far behind the text.
_LOCKED_BYTE = 1 << 20
_MOST_TEXT = 4096


class InstanceLock:
    """Held until released or until the process ends in any way; a left-over file locks nothing."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take the lock or raise `WorkspaceBusyFailure` naming who holds it."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise disk_failure(error, self._path) from error
        try:
            _lock(descriptor)
        except OSError as error:
            os.close(descriptor)
            raise WorkspaceBusyFailure(**_holder(self._path)) from error
        self._descriptor = descriptor
        self._sign(descriptor)
        return self

    def release(self) -> None:
        """Let the next program in; the file stays, because deleting it would race."""
        if self._descriptor is not None:
            _unlock(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    def _sign(self, descriptor: int) -> None:
        content = json.dumps({"process": os.getpid(), "host": socket.gethostname()}).encode("utf-8")
        # The text only helps the message; a full disk must not keep anyone out.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, content)


def _holder(path: Path) -> dict[str, object]:
    try:
        with path.open("rb") as stream:
            content = json.loads(stream.read(_MOST_TEXT))
        return {"process": str(content["process"]), "host": str(content["host"])}
    except (OSError, ValueError, KeyError, TypeError):
        return {"process": "?", "host": "?"}


if sys.platform == "win32":

    def _lock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        with contextlib.suppress(OSError):
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)

else:

    def _lock(descriptor: int) -> None:
        # flock, not lockf: a POSIX lock would end when any other handle on the file is closed.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        with contextlib.suppress(OSError):
            fcntl.flock(descriptor, fcntl.LOCK_UN)
