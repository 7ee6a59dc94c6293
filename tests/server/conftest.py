"""Both databases for the server's tests; PostgreSQL is a throw-away cluster of each test process."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from fangshan_desk.server.county import CountyServer
from fangshan_desk.server.identity import CountyKeys, ServerFolder
from fangshan_desk.server.store.backend import Backend
from fangshan_desk.server.store.devices import CountyRow
from fangshan_desk.server.store.embedded import EmbeddedBackend
from fangshan_desk.server.store.postgres import PostgresBackend
from fangshan_desk.server.store.sessions import SQLStore
from fangshan_desk.support.identifiers import IdentifierSource
from tests.helpers.clocks import FixedClock
from tests.helpers.postgres_cluster import NoPostgresError, PostgresCluster
from tests.helpers.running_county import RunningCounty, answering

DATABASES = ("embedded", "postgresql")
TEMPLATE = "shared"
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
    """Addresses of new, empty databases."""

    def make() -> str:
        name = f"county_{next(_numbers)}"
        run_sql(cluster, "postgres", f"CREATE DATABASE {name}")
        return cluster.url(name)

    return make


@pytest.fixture(params=DATABASES)
def new_backend(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Backend]:
    """Each of the two databases in turn, of this test alone."""
    opened: Backend
    if request.param == "embedded":
        opened = EmbeddedBackend(tmp_path / "county.db", bytes(range(32)))
    else:
        opened = PostgresBackend(request.getfixturevalue("new_database")(), connections=4)
    opened.migrate(now_ms=1)
    yield opened
    opened.close()


@pytest.fixture(scope="session", params=DATABASES)
def backend(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Backend]:
    """Each of the two databases in turn, shared: every test is a county of its own in it."""
    opened: Backend
    if request.param == "embedded":
        opened = EmbeddedBackend(tmp_path_factory.mktemp("server") / "county.db", bytes(range(32)))
    else:
        cluster: PostgresCluster = request.getfixturevalue("cluster")
        opened = PostgresBackend(cluster.url(TEMPLATE), connections=4)
    opened.migrate(now_ms=1)
    yield opened
    opened.close()


@pytest.fixture
def county_name() -> str:
    """A county no other test has."""
    return f"c{next(_numbers)}"


@pytest.fixture
def store(backend: Backend, county_name: str) -> SQLStore:
    """An empty county's store over either database."""
    return SQLStore(backend, county_name)


@pytest.fixture
def clock() -> FixedClock:
    """The server's clock."""
    return FixedClock()


@pytest.fixture
def county_server(store: SQLStore, county_name: str, clock: FixedClock) -> CountyServer:
    """A county's parts over either database."""
    keys = CountyKeys(county_name, county_name.encode().ljust(32))
    row = CountyRow(county=county_name, name="", public_key=keys.signing.public_key, epoch=1, created_ms=1)
    store.write(lambda session: session.devices.found_county(row))
    return CountyServer(store, keys, clock, IdentifierSource(clock))


@pytest.fixture
def running(county_server: CountyServer, tmp_path: Path) -> Iterator[RunningCounty]:
    """The same, answering without TLS."""
    with answering(county_server, ServerFolder(tmp_path)) as started:
        yield started
