"""The PostgreSQL back end: the program works under a role that can neither change nor delete the log."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, ProgrammingError

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.server.store.migrations import apply_missing, prepare_versions

SCHEMA = "fangshan_desk"
APP_ROLE = "fangshan_desk_app"
_MIGRATION_LOCK = f"LOCK TABLE {SCHEMA}.server_schema IN SHARE ROW EXCLUSIVE MODE"
_CONNECTIONS = 10
# Deadlock, serialisation failure, two servers creating the same thing, shutdown, read-only standby.
_PASSING = {"40001", "40P01", "42P06", "42P07", "42710", "23505", "25006", "55P03", "57014"}
_PASSING_CLASSES = ("08", "53", "57P", "58")
_SETTINGS: Mapping[str, str] = {
    "search_path": SCHEMA,
    "statement_timeout": "60s",
    "lock_timeout": "20s",
    "idle_in_transaction_session_timeout": "120s",
}


class DatabaseAddressError(ExpectedError):
    """The address of the database is not one: ``given`` without its password."""

    key = "server-database-address"


class ForgetfulDatabaseError(ExpectedError):
    """The database confirms before it has written: receipts would promise too much."""

    key = "server-database-forgetful"


class DatabaseRightsMissingError(ExpectedError):
    """The login may not make the tables or the role, and nobody made them before."""

    key = "server-database-rights-missing"


class PostgresBackend:
    """Connects with the given address; a login that owns the tables steps down to the program's role."""

    def __init__(self, address: str, *, connections: int = _CONNECTIONS) -> None:
        url = _parsed(address)
        options: dict[str, Any] = {"pool_pre_ping": True, "pool_size": connections, "max_overflow": 0}
        self._owner = create_engine(url, pool_size=1, max_overflow=1, pool_pre_ping=True)
        self.writer = create_engine(url, **options)
        self.reader = self.writer
        event.listen(self.writer, "connect", _step_down)

    def prepare(self, connection: Connection, *, county: str, audience: int) -> None:
        """Row-level security reads these two; without them no row is visible."""
        connection.execute(_FOR_WHOM, {"county": county, "audience": str(audience)})

    def is_passing(self, error: DBAPIError) -> bool:
        """Whether another try may succeed: a lock, or a fail-over under way."""
        state = str(getattr(error.orig, "sqlstate", None) or "")
        if not state:
            # The connection broke before the server could say anything.
            return error.connection_invalidated or type(error.orig).__name__ == "OperationalError"
        return state in _PASSING or state.startswith(_PASSING_CLASSES)

    def migrate(self, *, now_ms: int) -> None:
        """Bring the tables up to date, unless the login is the program's role alone."""
        try:
            with self._owner.begin() as connection:
                _refuse_forgetful(connection)
                if _may_create(connection):
                    _migrate(connection, now_ms)
        except ProgrammingError as error:
            raise DatabaseRightsMissingError from error

    def close(self) -> None:
        """Close every connection."""
        self._owner.dispose()
        self.writer.dispose()


_FOR_WHOM = text(
    "SELECT set_config('fangshan.county', :county, true), set_config('fangshan.audience', :audience, true)"
)


def _parsed(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise DatabaseAddressError(given=address.partition("@")[2] or "?") from error
    if url.get_backend_name() not in ("postgresql", "postgres"):
        raise DatabaseAddressError(given=url.render_as_string(hide_password=True))
    return url.set(drivername="postgresql+psycopg")


def _step_down(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET ROLE {APP_ROLE}")
        for name, value in _SETTINGS.items():
            cursor.execute(f"SET {name} = '{value}'")
    connection.commit()


def _refuse_forgetful(connection: Connection) -> None:
    confirmed = connection.execute(text("SHOW synchronous_commit")).scalar_one()
    if confirmed == "off":
        raise ForgetfulDatabaseError


def _may_create(connection: Connection) -> bool:
    """Whether the login makes tables here; one that only works with them finds everything made."""
    answer = connection.execute(
        text(
            "SELECT has_database_privilege(current_database(), 'CREATE') OR EXISTS "
            "(SELECT FROM pg_namespace WHERE nspname = :schema AND pg_has_role(nspowner, 'MEMBER'))"
        ),
        {"schema": SCHEMA},
    ).scalar_one()
    return bool(answer)


def _migrate(connection: Connection, now_ms: int) -> None:
    known = text("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = :role)")
    if not connection.execute(known, {"role": APP_ROLE}).scalar_one():
        connection.execute(text(f"CREATE ROLE {APP_ROLE} NOLOGIN"))
    if not connection.execute(text(f"SELECT pg_has_role('{APP_ROLE}', 'MEMBER')")).scalar_one():
        connection.execute(text(f"GRANT {APP_ROLE} TO CURRENT_USER"))
    connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
    connection.execute(text(f"SET LOCAL search_path = {SCHEMA}"))
    prepare_versions(connection)
    connection.execute(text(_MIGRATION_LOCK))
    apply_missing(connection, now_ms=now_ms)
