"""The server's migrations in order; one that was released is never edited."""

from collections.abc import Mapping
from typing import NamedTuple

from sqlalchemy import Connection, text

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.server.store.migrations import m0001_postgresql, m0001_sqlite


class NewerStoreError(ExpectedError):
    """A newer program has changed the tables: ``version``."""

    key = "server-store-newer"


class Migration(NamedTuple):
    """The statements for either database."""

    sqlite: tuple[str, ...]
    postgresql: tuple[str, ...]


MIGRATIONS: Mapping[int, Migration] = {1: Migration(m0001_sqlite.STATEMENTS, m0001_postgresql.STATEMENTS)}
_VERSIONS = (
    "CREATE TABLE IF NOT EXISTS server_schema "
    "(version INTEGER NOT NULL PRIMARY KEY, applied_ms BIGINT NOT NULL)"
)


def prepare_versions(connection: Connection) -> None:
    """The table that says which migrations were applied."""
    connection.exec_driver_sql(_VERSIONS)


def apply_missing(connection: Connection, *, now_ms: int) -> None:
    """Apply what is missing; NewerStoreError when there is something this program does not know."""
    done = set(connection.execute(text("SELECT version FROM server_schema")).scalars())
    if unknown := done - MIGRATIONS.keys():
        raise NewerStoreError(version=max(unknown))
    for version in sorted(MIGRATIONS.keys() - done):
        is_lite = connection.dialect.name == "sqlite"
        for statement in MIGRATIONS[version].sqlite if is_lite else MIGRATIONS[version].postgresql:
            connection.exec_driver_sql(statement)
        connection.execute(
            text("INSERT INTO server_schema (version, applied_ms) VALUES (:version, :now)"),
            {"version": version, "now": now_ms},
        )
