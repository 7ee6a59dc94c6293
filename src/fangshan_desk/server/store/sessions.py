"""The store as the rest of the server knows it: work in transactions, one county, whatever database."""

from collections.abc import Callable
from functools import cached_property
from typing import Protocol, TypeVar

from sqlalchemy import Connection, text

from fangshan_desk.server.store.backend import SERVER, Backend, Transactions
from fangshan_desk.server.store.blobs import BlobRows
from fangshan_desk.server.store.chains import ChainRows
from fangshan_desk.server.store.changesets import ChangesetRows
from fangshan_desk.server.store.devices import DeviceRows
from fangshan_desk.server.store.incidents import IncidentRows
from fangshan_desk.server.store.records import RecordRows
from fangshan_desk.server.store.usage import UsageRows

T = TypeVar("T")


class Session:
    """Everything one transaction may read and write."""

    def __init__(self, connection: Connection, county: str) -> None:
        self._connection = connection
        self._county = county

    @cached_property
    def chains(self) -> ChainRows:
        """How far each device's chain goes."""
        return ChainRows(self._connection, self._county)

    @cached_property
    def log(self) -> ChangesetRows:
        """The change-sets."""
        return ChangesetRows(self._connection, self._county)

    @cached_property
    def records(self) -> RecordRows:
        """What the change-sets make of the county's records."""
        return RecordRows(self._connection, self._county)

    @cached_property
    def devices(self) -> DeviceRows:
        """Laptops and enrolment codes."""
        return DeviceRows(self._connection, self._county)

    @cached_property
    def incidents(self) -> IncidentRows:
        """Quarantine, decisions and events."""
        return IncidentRows(self._connection, self._county)

    @cached_property
    def blobs(self) -> BlobRows:
        """Attachments."""
        return BlobRows(self._connection, self._county)

    @cached_property
    def usage(self) -> UsageRows:
        """What each laptop asked for today."""
        return UsageRows(self._connection, self._county)


class Store(Protocol):
    """What the server needs of a place to keep things; the work may be run more than once."""

    def write(self, work: Callable[[Session], T]) -> T:
        """One transaction that may change things."""
        ...

    def read(self, work: Callable[[Session], T], *, audience: int = SERVER) -> T:
        """One consistent view of what this audience may see."""
        ...

    def check(self) -> None:
        """Raises StoreUnavailableFailure when nothing can be read."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


class SQLStore:
    """A store over either back end."""

    def __init__(self, backend: Backend, county: str) -> None:
        self._backend = backend
        self._county = county
        self._transactions = Transactions(backend, county)

    def write(self, work: Callable[[Session], T]) -> T:
        """One transaction that may change things; committed when it returns."""
        return self._transactions.write(lambda connection: work(Session(connection, self._county)))

    def read(self, work: Callable[[Session], T], *, audience: int = SERVER) -> T:
        """One consistent view; the database hides what this audience may not see."""
        return self._transactions.read(
            lambda connection: work(Session(connection, self._county)), audience=audience
        )

    def check(self) -> None:
        """Raises StoreUnavailableFailure when nothing can be read."""
        self._transactions.read(lambda connection: connection.execute(text("SELECT 1")).scalar_one())

    def close(self) -> None:
        """Let go of the database."""
        self._backend.close()
