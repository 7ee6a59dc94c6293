"""The embedded back end: one encrypted SQLite file, one writer at a time."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.server.store.migrations import apply_missing, prepare_versions

_READERS = 8
_WAIT_SECONDS = 60
# Another server process on the same file.
_PASSING = {"SQLITE_BUSY", "SQLITE_BUSY_SNAPSHOT", "SQLITE_BUSY_RECOVERY", "SQLITE_LOCKED"}
_UNAVAILABLE = {"SQLITE_FULL", "SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR"}
OLDEST_SQLITE = (3, 51, 3)


class ServerFileUnreadableError(ExpectedError):
    """The file is damaged, or the key beside it is another server's: ``file``."""

    key = "server-file-unreadable"


class EmbeddedBackend:
    """Opens or makes the file; the key was derived from the server's own key file."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        # One writer: the others queue here instead of spinning on the file's lock.
        self.writer = self._engine(size=1, begin="BEGIN IMMEDIATE")
        self.reader = self._engine(size=_READERS, begin="BEGIN")

    def prepare(self, connection: Connection, *, county: str, audience: int) -> None:
        """Nothing to tell: SQLite has no rows of its own to hide."""

    def is_passing(self, error: DBAPIError) -> bool:
        """Whether the file was only busy."""
        name = str(getattr(error.orig, "sqlite_errorname", ""))
        return name in _PASSING or any(name.startswith(known) for known in _UNAVAILABLE)

    def migrate(self, *, now_ms: int) -> None:
        """Bring the tables up to date."""
        with self.writer.begin() as connection:
            prepare_versions(connection)
            apply_missing(connection, now_ms=now_ms)

    def close(self) -> None:
        """Let go of the file; the write-ahead log is emptied first."""
        self.reader.dispose()
        with self.writer.connect() as connection:
            raw = connection.connection.driver_connection
            if raw is not None:
                raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self.writer.dispose()

    def _engine(self, *, size: int, begin: str) -> Engine:
        engine = create_engine(
            "sqlite://",
            creator=lambda: self._connect(),
            module=dbapi2,
            poolclass=QueuePool,
            pool_size=size,
            max_overflow=0,
            pool_timeout=_WAIT_SECONDS,
        )
        event.listen(engine, "begin", lambda connection: connection.exec_driver_sql(begin))
        return engine

    def _connect(self) -> Any:
        uri = f"file:{quote(str(self._path))}?mode=rwc"
        connection = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA cipher_log_level=none")
            connection.execute(f"PRAGMA key=\"x'{self._key.hex()}'\"")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except dbapi2.DatabaseError as error:
            connection.close()
            raise ServerFileUnreadableError(file=self._path.name) from error
        for pragma in (
            "busy_timeout=10000",
            "journal_mode=WAL",
            # A receipt promises that the entry survives a power cut.
            "synchronous=FULL",
            "trusted_schema=OFF",
            "cell_size_check=ON",
            "temp_store=MEMORY",
            "cache_size=-32768",
        ):
            connection.execute(f"PRAGMA {pragma}")
        return connection
