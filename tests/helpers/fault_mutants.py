"""Planted defects, so that the kill tests can be shown to notice them; only the killed process has them."""

import hashlib
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from fangshan_desk.app.opening import OpenDesk
from fangshan_desk.data import backups, desk_file
from fangshan_desk.data.attachments import AttachmentStore, StoredFile
from fangshan_desk.data.migrations import STEPS
from fangshan_desk.data.unit_of_work import SQLUnitOfWork
from fangshan_desk.support import key_file
from tests.helpers.fault_ledger import Announcer, Rows

# Long enough to be hit, short enough to pass for an honest mistake.
_PAUSE_SECONDS = 0.004


def plant(defect: str) -> None:
    """Put one defect into this process; an empty name plants none."""
    if defect:
        DEFECTS[defect]()


def _acknowledge_before_commit() -> None:
    intend, acknowledge = Announcer.intend, Announcer.acknowledge

    def intend_and_acknowledge(self: Announcer, rows: Rows) -> int:
        number = intend(self, rows)
        acknowledge(self, number)
        return number

    Announcer.intend = intend_and_acknowledge  # type: ignore[method-assign]  # that is the defect
    Announcer.acknowledge = lambda self, number: None  # type: ignore[method-assign]  # said already


def _seal_apart() -> None:
    def commit(self: SQLUnitOfWork) -> None:
        connection = self._connection
        connection.execute("COMMIT")
        connection.execute("BEGIN IMMEDIATE")
        head = self._journal.seal(self._actor)
        connection.execute("COMMIT")
        self._journal.accept(head)
        self._head_mark.write(head.sequence, head.digest)

    SQLUnitOfWork.commit = commit  # type: ignore[method-assign]  # that is the defect


def _row_before_file() -> None:
    waiting: list[tuple[AttachmentStore, bytes]] = []
    put, transact = AttachmentStore.put, OpenDesk.transact

    def later(self: AttachmentStore, data: bytes) -> StoredFile:
        waiting.append((self, data))
        return StoredFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data))

    def transact_first(self: OpenDesk, job: Any) -> Any:
        outcome = transact(self, job)
        while waiting:
            store, data = waiting.pop()
            put(store, data)
        return outcome

    AttachmentStore.put = later  # type: ignore[method-assign]  # that is the defect
    OpenDesk.transact = transact_first  # type: ignore[method-assign]  # that is the defect


def _name_backup_early() -> None:
    write = backups._write_archive

    def named_at_once(part: Path, copy: Path, source: Any, manifest: dict[str, object]) -> None:
        write(part, copy, source, manifest)
        content = part.read_bytes()
        with part.with_name(part.name.removesuffix(".part")).open("wb") as stream:
            for start in range(0, len(content), 1 << 17):
                stream.write(content[start : start + (1 << 17)])
                time.sleep(_PAUSE_SECONDS)

    backups._write_archive = named_at_once


def _write_key_in_place() -> None:
    def write_over(path: Path, content: bytes, **_options: Any) -> None:
        with path.open("wb") as stream:
            stream.flush()
            # Half a second of stretching the passphrase lies around it.
            time.sleep(20 * _PAUSE_SECONDS)
            stream.write(content)

    key_file.write_atomically = write_over  # type: ignore[attr-defined]  # that is the defect


def _migrate_in_pieces() -> None:
    def apply(connection: Any) -> None:
        steps = Migrations("fangshan-desk")
        for step in STEPS:
            steps(name=step.__name__.rsplit(".", 1)[-1], transactional=False)(step.apply)
        steps.apply(Database(connection))

    desk_file.apply_pending = apply  # type: ignore[attr-defined]  # that is the defect


DEFECTS: Mapping[str, Callable[[], None]] = {
    "acknowledge-before-commit": _acknowledge_before_commit,
    "seal-apart": _seal_apart,
    "row-before-file": _row_before_file,
    "name-backup-early": _name_backup_early,
    "write-key-in-place": _write_key_in_place,
    "migrate-in-pieces": _migrate_in_pieces,
}
