"""The open workspace file: created once, checked at every start, one transaction at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fangshan_desk.data.capture import install_triggers, triggers_are_whole
from fangshan_desk.data.engine import Database, open_existing
from fangshan_desk.data.head_mark import HeadMark
from fangshan_desk.data.incoming import applying
from fangshan_desk.data.journal import UNKNOWN_ACTOR, Journal
from fangshan_desk.data.migrations import apply_pending, pending_steps, unknown_steps
from fangshan_desk.data.parking import unpark
from fangshan_desk.data.unit_of_work import SQLUnitOfWork
from fangshan_desk.domain.changesets import Sealer
from fangshan_desk.domain.errors import ExpectedError


class NewerFileError(ExpectedError):
    """A newer program has changed the file; this one must not touch it."""

    key = "error-file-from-newer-program"


class LostTailError(ExpectedError):
    """The file ends before the last change that was reported as saved: ``saved``, ``found``."""

    key = "error-file-lost-its-tail"


@dataclass(frozen=True)
class FilePlaces:
    """Where the file and its companions are."""

    database: Path
    head: Path
    backups: Path


class DeskFile:
    """One open workspace; hand its units of work to the use cases of the data lane."""

    def __init__(self, database: Database, journal: Journal, head_mark: HeadMark) -> None:
        self.database = database
        self.journal = journal
        self._head_mark = head_mark

    @contextmanager
    def transaction(self, actor: str) -> Iterator[SQLUnitOfWork]:
        """A unit of work signed by this officer; commits nothing by itself."""
        with SQLUnitOfWork(self.database, self.journal, self._head_mark, actor=actor) as uow:
            yield uow

    def close(self) -> None:
        """Empty the write-ahead log and close."""
        self.database.close()
        self._head_mark.close()


def create_desk_file(places: FilePlaces, key: bytes, *, device: bytes, public_key: bytes) -> None:
    """Make a new, empty file; never over an existing one."""
    if places.database.exists():
        raise FileExistsError(places.database)
    # Made closed to other accounts before the first byte is written; its log inherits this.
    places.database.touch(mode=0o600)
    database = Database(places.database, key)
    try:
        apply_pending(database.raw_writer)
        # One transaction: a hundred triggers are a hundred disk flushes else.
        database.raw_writer.execute("BEGIN IMMEDIATE")
        _begin_chain(database.raw_writer, device, public_key)
        install_triggers(database.raw_writer)
        database.raw_writer.execute("COMMIT")
    finally:
        database.close()


def _begin_chain(connection: Any, device: bytes, public_key: bytes) -> None:
    connection.execute(
        "INSERT INTO sync_device(number, device, public_key) VALUES (1, ?, ?)", (device, public_key)
    )
    connection.execute(
        "INSERT INTO sync_self(one, device, device_number, incarnation, sequence, hlc, digest, applying) "
        "VALUES (1, ?, 1, 1, 0, 0, ?, 0)",
        (device, b""),
    )


def open_desk_file(places: FilePlaces, key: bytes, *, sealer: Sealer, backup: Any) -> DeskFile:
    """Open, migrate (after a backup) and check the file.

    ``backup(database)`` is called before any migration. Raises NewerFileError, LostTailError,
    DatabaseDamagedError or DatabaseMissingError; the file is left as it was.
    """
    database = open_existing(places.database, key)
    head_mark = HeadMark(places.head)
    try:
        _bring_up_to_date(database, backup)
        journal = Journal(database.raw_writer, sealer)
        _check_tail(journal, head_mark)
        _seal_leftovers(database, journal)
    except BaseException:
        head_mark.close()
        database.close()
        raise
    return DeskFile(database, journal, head_mark)


def _bring_up_to_date(database: Database, backup: Any) -> None:
    connection = database.raw_writer
    newer = unknown_steps(connection)
    if newer:
        raise NewerFileError(step=newer[-1])
    if pending_steps(connection):
        backup(database)
        apply_pending(connection)
    if not triggers_are_whole(connection):
        connection.execute("BEGIN IMMEDIATE")
        install_triggers(connection)
        connection.execute("COMMIT")
    _take_up_parked(connection)


def _take_up_parked(connection: Any) -> None:
    # What a newer laptop has sent may have found its column with this very program.
    if connection.execute("SELECT 1 FROM sync_parked LIMIT 1").fetchone() is None:
        return
    connection.execute("BEGIN IMMEDIATE")
    with applying(connection):
        unpark(connection)
    connection.execute("COMMIT")


def _check_tail(journal: Journal, head_mark: HeadMark) -> None:
    marked = head_mark.read()
    head = journal.head
    if marked is None or marked[0] < head.sequence:
        return
    if marked[0] > head.sequence or marked[1] != head.digest:
        raise LostTailError(saved=marked[0], found=head.sequence)


def _seal_leftovers(database: Database, journal: Journal) -> None:
    # Rows written by another program (a database shell) were captured but never sealed.
    connection = database.raw_writer
    if connection.execute("SELECT count(*) FROM sync_capture").fetchone()[0] == 0:
        return
    connection.execute("BEGIN IMMEDIATE")
    head = journal.seal(UNKNOWN_ACTOR)
    connection.execute("COMMIT")
    journal.accept(head)
