"""Opens the encrypted file: one writer connection, read-only readers, and the checks before any of it.

SQLCipher with a raw key: the passphrase is stretched once by the key file, never per connection.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fangshan_desk.domain.errors import ExpectedError

# SQLite before 3.51.3 can corrupt a WAL file that two connections share ("WAL-reset" fault).
OLDEST_SQLITE = (3, 51, 3)
SMALLEST_FILE = 4096
DatabaseError = dbapi2.DatabaseError
OperationalError = dbapi2.OperationalError


class DatabaseDamagedError(ExpectedError):
    """The file is not a database any more, too short, or fails its page checks."""

    key = "error-database-damaged"


class DatabaseMissingError(ExpectedError):
    """The workspace says there is a database but the file is not there."""

    key = "error-database-missing"


class OldLibraryError(ExpectedError):
    """The SQLite library is older than the program may use."""

    key = "error-old-sqlite"


def connect(path: Path, key: bytes, *, read_only: bool = False) -> Any:
    """A keyed DB-API connection; creates the file only when writing.

    Raises DatabaseDamagedError when the key does not open it (the key itself was checked before).
    """
    if tuple(dbapi2.sqlite_version_info) < OLDEST_SQLITE:
        raise OldLibraryError(found=dbapi2.sqlite_version)
    mode = "ro" if read_only else "rwc"
    uri = f"file:{quote(str(path))}?mode={mode}"
    connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _prepare(connection, key, read_only=read_only)
    except dbapi2.DatabaseError as error:
        connection.close()
        raise DatabaseDamagedError(path=path.name) from error
    return connection


def _prepare(connection: Any, key: bytes, *, read_only: bool) -> None:
    connection.execute("PRAGMA cipher_log_level=none")
    connection.execute(f"PRAGMA key=\"x'{key.hex()}'\"")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    pragmas = ["busy_timeout=5000", "trusted_schema=OFF", "cell_size_check=ON", "temp_store=MEMORY"]
    if read_only:
        pragmas += ["query_only=ON", "cache_size=-16384"]
    else:
        # FULL: NORMAL lost acknowledged records in simulated power cuts.
        pragmas += ["journal_mode=WAL", "synchronous=FULL", "foreign_keys=OFF", "cache_size=-65536"]
        pragmas += ["wal_autocheckpoint=200", "secure_delete=ON"]
    for pragma in pragmas:
        connection.execute(f"PRAGMA {pragma}")
    connection.set_authorizer(_authorize)


def _authorize(action: int, *_names: object) -> int:
    # ATTACH would let a crafted statement copy the data into a plain file.
    return int(dbapi2.SQLITE_DENY if action == dbapi2.SQLITE_ATTACH else dbapi2.SQLITE_OK)


class Database:
    """One open file; ``raw_writer`` is used by the data lane only, readers by anyone."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        self._key = key
        self.raw_writer: Any = connect(path, key)
        self.readers: Engine = create_engine(
            "sqlite://",
            creator=lambda: connect(path, key, read_only=True),
            module=dbapi2,
            poolclass=QueuePool,
        )
        event.listen(self.readers, "begin", _begin_deferred)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only connection with one consistent view."""
        with self.readers.connect() as connection:
            yield connection

    def checkpoint(self) -> None:
        """Move the write-ahead log into the file, so that damage to the log can lose nothing."""
        self.raw_writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Close every connection; the write-ahead log is emptied first."""
        self.readers.dispose()
        try:
            self.checkpoint()
        finally:
            self.raw_writer.close()


def _begin_deferred(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")


def open_existing(path: Path, key: bytes) -> Database:
    """Open a file that must already hold data; a missing or emptied file is never recreated."""
    if not path.exists():
        raise DatabaseMissingError(path=path.name)
    if path.stat().st_size < SMALLEST_FILE:
        raise DatabaseDamagedError(path=path.name)
    return Database(path, key)
