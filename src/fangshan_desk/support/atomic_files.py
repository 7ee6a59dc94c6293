"""Files that are either the old or the new version, never half of one."""

import contextlib
import os
import time
from pathlib import Path

from fangshan_desk.support.failures import disk_failure

PART_SUFFIX = ".part"
# A virus scanner on Windows holds a fresh file for a moment.
_PAUSES_SECONDS = (0.02, 0.1, 0.3)


def write_atomically(path: Path, content: bytes, *, mode: int = 0o600) -> None:
    """Write beside, sync, rename, sync the folder; an `EnvironmentFailure` means nothing changed."""
    part = path.with_name(path.name + PART_SUFFIX)
    try:
        _write_synced(part, content, mode=mode)
        _replace(part, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise disk_failure(error, path) from error


def sync_folder(folder: Path) -> None:
    """Make a rename or a new name in the folder survive a power cut."""
    if os.name == "nt":
        return  # Windows has no handle for this; NTFS journals the rename.
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove_leftover_parts(folder: Path) -> int:
    """Delete what an interrupted write left behind; only while no other program writes here."""
    leftovers = [file for file in folder.glob(f"*{PART_SUFFIX}") if file.is_file()]
    for file in leftovers:
        with contextlib.suppress(OSError):
            file.unlink()
    return len(leftovers)


def _write_synced(path: Path, content: bytes, *, mode: int) -> None:
    # Never reuse a leftover: it may carry other rights or be a link to another file.
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with open(os.open(path, flags, mode), "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _replace(part: Path, path: Path) -> None:
    for pause in _PAUSES_SECONDS if os.name == "nt" else ():
        with contextlib.suppress(PermissionError):
            os.replace(part, path)
            return
        time.sleep(pause)
    os.replace(part, path)
