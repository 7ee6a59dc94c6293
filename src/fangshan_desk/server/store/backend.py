"""What the two back ends have in common, and a transaction's way through either."""

import time
from collections.abc import Callable
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from fangshan_desk.support.failures import EnvironmentFailure

T = TypeVar("T")
SERVER = 1 << 30
"""The audience of the server itself; every other bit stands for a role."""
# A serialisation failure or a deadlock is gone at the second try; a fail-over takes seconds.
_PAUSES_SECONDS = (0.02, 0.1, 0.4, 1.0)


class StoreUnavailableFailure(EnvironmentFailure):
    """The database does not answer, is full, or is read-only at the moment."""

    key = "failure-store-unavailable"


class Backend(Protocol):
    """An engine to write with, one to read with, and what only this database knows."""

    writer: Engine
    reader: Engine

    def prepare(self, connection: Connection, *, county: str, audience: int) -> None:
        """Tell the transaction for whom it reads."""
        ...

    def is_passing(self, error: DBAPIError) -> bool:
        """Whether the same work may succeed at the next try."""
        ...

    def migrate(self, *, now_ms: int) -> None:
        """Bring the tables up to date; several servers may start at once."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class Transactions:
    """Runs work in transactions; it may be run again, so it must be fit to be repeated."""

    def __init__(self, backend: Backend, county: str) -> None:
        self._backend = backend
        self._county = county

    def write(self, work: Callable[[Connection], T]) -> T:
        """One transaction that may change things; committed when it returns."""
        return self._tried(self._backend.writer, work, SERVER)

    def read(self, work: Callable[[Connection], T], *, audience: int = SERVER) -> T:
        """One consistent view; with ``audience`` of a role the database itself hides what it may not see."""
        return self._tried(self._backend.reader, work, audience)

    def _tried(self, engine: Engine, work: Callable[[Connection], T], audience: int) -> T:
        pauses = iter(_PAUSES_SECONDS)
        while True:
            try:
                return self._once(engine, work, audience)
            except DBAPIError as error:
                if not self._backend.is_passing(error):
                    raise
                pause = next(pauses, None)
                if pause is None:
                    raise StoreUnavailableFailure from error
            time.sleep(pause)

    def _once(self, engine: Engine, work: Callable[[Connection], T], audience: int) -> T:
        with engine.begin() as connection:
            self._backend.prepare(connection, county=self._county, audience=audience)
            return work(connection)
