"""Both databases for the server's tests; PostgreSQL is a throw-away cluster of each test process."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from fangshan_desk.server.store.backend import Backend
from fangshan_desk.server.store.embedded import EmbeddedBackend
from fangshan_desk.server.store.postgres import PostgresBackend
from fangshan_desk.server.store.sessions import SQLStore
from tests.helpers.postgres_cluster import NoPostgresError, PostgresCluster

COUNTY = "141128"
DATABASES = ("embedded", "postgresql")
TEMPLATE = "migrated"
_numbers = itertools.count()


@pytest.fixture(scope="session")
def cluster() -> Iterator[PostgresCluster]:
    """A PostgreSQL that dies with the tests; skips where none can run."""
    try:
        started = PostgresCluster()
    except NoPostgresError as error:
        pytest.skip(str(error))
    try:
        run_sql(started, "postgres", f"CREATE DATABASE {TEMPLATE}")
        backend = PostgresBackend(started.url(TEMPLATE))
        backend.migrate(now_ms=1)
        backend.close()
        yield started
    finally:
        started.remove()


def run_sql(cluster: PostgresCluster, database: str, statement: str) -> None:
    """One statement outside any transaction, as the cluster's superuser."""
    engine = create_engine(cluster.url(database), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def new_database(cluster: PostgresCluster) -> Callable[[], str]:
    """Addresses of new databases with today's tables."""

    def make() -> str:
        name = f"county_{next(_numbers)}"
        run_sql(cluster, "postgres", f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return cluster.url(name)

    return make


@pytest.fixture(params=DATABASES)
def backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """Each of the two databases in turn, with its tables made."""
    opened: Backend
    if request.param == "embedded":
        opened = EmbeddedBackend(tmp_path / "county.db", bytes(range(32)))
    else:
        opened = PostgresBackend(request.getfixturevalue("new_database")(), connections=4)
    opened.migrate(now_ms=1)
    yield opened
    opened.close()


@pytest.fixture
def store(backend: Backend) -> SQLStore:
    """A county's store over either database."""
    return SQLStore(backend, COUNTY)
