"""Encrypted copies of the file, verified by reopening them, thinned by age; restoring goes to a new file.

A plain copy of a live database is not a backup: half of them were corrupt in trials.
"""

import json
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from fangshan_desk.data.engine import SMALLEST_FILE, Database, DatabaseError, connect
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.support.atomic_files import sync_folder

SUFFIX = ".fsbak"
_PAGES_PER_STEP = 2000
_MANIFEST = "manifest.json"
_DATABASE, _KEY_FILE, _FOLDER = "desk.db", "desk.key", "attachments"
Progress = Callable[[int, int], None]


class BackupDamagedError(ExpectedError):
    """The backup cannot be read, is cut short, or does not verify."""

    key = "error-backup-damaged"


class RestoreTargetExistsError(ExpectedError):
    """Restoring never writes over a workspace that holds data."""

    key = "error-restore-target-exists"


class BackupCancelledError(ExpectedError):
    """The person stopped the backup; no file was left."""

    key = "error-backup-cancelled"


@dataclass(frozen=True)
class BackupSource:
    """What goes into a backup."""

    database: Database
    key: bytes
    key_file: Path
    attachments: Path | None


def back_up(
    source: BackupSource,
    target: Path,
    *,
    made_at: datetime,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Path:
    """Write one backup file; the name appears only once the copy has been reopened and checked."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + ".part")
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder:
        copy = Path(folder) / _DATABASE
        _copy_database(source, copy, progress, cancelled)
        sequence = verify_database(copy, source.key)
        manifest = {"format": 1, "made_at": made_at.isoformat(), "sequence": sequence}
        try:
            _write_archive(part, copy, source, manifest)
            part.replace(target)
            sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
    return target


def _copy_database(
    source: BackupSource, copy: Path, progress: Progress | None, cancelled: Callable[[], bool]
) -> None:
    reader = connect(source.database.path, source.key, read_only=True)
    target = connect(copy, source.key)

    def step(_status: int, remaining: int, total: int) -> None:
        if cancelled():
            raise BackupCancelledError
        if progress is not None:
            progress(total - remaining, total)

    try:
        target.execute("PRAGMA journal_mode=DELETE")
        reader.backup(target, pages=_PAGES_PER_STEP, progress=step)
    finally:
        target.close()
        reader.close()


def verify_database(path: Path, key: bytes) -> int:
    """Last sealed sequence of a copy that passes every page and structure check."""
    try:
        connection = connect(path, key, read_only=True)
        try:
            sound = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            sound = sound and not connection.execute("PRAGMA cipher_integrity_check").fetchall()
            sequence: int = connection.execute("SELECT sequence FROM sync_self").fetchone()[0]
        finally:
            connection.close()
    except (DatabaseError, TypeError) as error:
        raise BackupDamagedError(path=path.name) from error
    if not sound:
        raise BackupDamagedError(path=path.name)
    return sequence


def _write_archive(part: Path, copy: Path, source: BackupSource, manifest: dict[str, object]) -> None:
    note = copy.with_name(_MANIFEST)
    note.write_text(json.dumps(manifest), encoding="utf-8")
    with part.open("wb") as stream:
        with tarfile.open(fileobj=stream, mode="w") as archive:
            archive.add(note, _MANIFEST)
            archive.add(source.key_file, _KEY_FILE)
            archive.add(copy, _DATABASE)
            if source.attachments is not None and source.attachments.exists():
                archive.add(source.attachments, _FOLDER, filter=_without_parts)
        stream.flush()
        _sync(stream.fileno())


def _without_parts(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    return None if member.name.endswith(".part") else member


def _sync(descriptor: int) -> None:
    import os

    os.fsync(descriptor)


def unpack_backup(backup: Path, folder: Path) -> None:
    """Unpack into a new, empty workspace folder; the file inside is checked when it is opened.

    Raises BackupDamagedError or RestoreTargetExistsError and leaves nothing behind.
    """
    if folder.exists() and any(folder.iterdir()):
        raise RestoreTargetExistsError(folder=folder)
    staging = folder.with_name(folder.name + ".restoring")
    # Left by an attempt that was killed; its files must not mix with this backup's.
    _remove_tree(staging)
    try:
        with tarfile.open(backup) as archive:
            archive.extractall(staging, members=list(_safe_members(archive)), filter="data")
        if not (staging / _DATABASE).exists() or (staging / _DATABASE).stat().st_size < SMALLEST_FILE:
            raise BackupDamagedError(path=backup.name)
        if folder.exists():
            folder.rmdir()
        staging.rename(folder)
    except (tarfile.TarError, OSError, EOFError) as error:
        raise BackupDamagedError(path=backup.name) from error
    finally:
        _remove_tree(staging)


def _safe_members(archive: tarfile.TarFile) -> Iterator[tarfile.TarInfo]:
    for member in archive.getmembers():
        parts = PurePosixPath(member.name).parts
        if not (member.isfile() or member.isdir()) or ".." in parts or member.name.startswith("/"):
            raise tarfile.TarError(member.name)
        if parts[0] in (_MANIFEST, _DATABASE, _KEY_FILE, _FOLDER):
            yield member


def _remove_tree(folder: Path) -> None:
    import shutil

    shutil.rmtree(folder, ignore_errors=True)


def superseded_backups(made: dict[Path, date], today: date) -> list[Path]:
    """Backups to remove: all of the last 7 days stay, then one a week for 8 weeks, then one a month."""
    kept: set[tuple[str, int, int]] = set()
    removed = []
    for path, day in sorted(made.items(), key=lambda pair: pair[1], reverse=True):
        slot = _slot(day, today)
        if slot is not None and slot in kept:
            removed.append(path)
        elif slot is not None:
            kept.add(slot)
    return removed


def _slot(day: date, today: date) -> tuple[str, int, int] | None:
    age = today - day
    if age <= timedelta(days=7):
        return None
    if age <= timedelta(weeks=9):
        year, week, _ = day.isocalendar()
        return ("week", year, week)
    return ("month", day.year, day.month)
