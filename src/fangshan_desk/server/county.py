"""Puts one county's server together; everything behind the network, built once."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.server.acceptance import Acceptance
from fangshan_desk.server.applying import Applier
from fangshan_desk.server.attachments import Attachments
from fangshan_desk.server.challenges import Challenges
from fangshan_desk.server.enrolment import Enrolment
from fangshan_desk.server.greeting import Greeter
from fangshan_desk.server.handing_out import HandingOut
from fangshan_desk.server.identity import CountyKeys, ServerFolder, open_keys
from fangshan_desk.server.quarantining import Quarantine
from fangshan_desk.server.store.backend import Backend
from fangshan_desk.server.store.devices import CountyRow
from fangshan_desk.server.store.embedded import EmbeddedBackend
from fangshan_desk.server.store.postgres import PostgresBackend
from fangshan_desk.server.store.sessions import Session, SQLStore, Store
from fangshan_desk.support.clock import Clock
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.sync.protocol import server_id


class OtherCountyKeyError(ExpectedError):
    """The database belongs to a server with another key file: ``folder``."""

    key = "server-other-key"


@dataclass
class CountyServer:
    """The parts; may be used by several threads, and beside other servers on one PostgreSQL."""

    store: Store
    keys: CountyKeys
    clock: Clock
    new_id: Callable[[], str]

    @property
    def county(self) -> str:
        """The county's number."""
        return self.keys.county

    @cached_property
    def id(self) -> bytes:
        """How bundles name this server."""
        return server_id(self.keys.signing.public_key)

    @cached_property
    def challenges(self) -> Challenges:
        """Words to be signed."""
        return Challenges(self.keys.challenge_key, now_ms=self.now_ms)

    @cached_property
    def enrolment(self) -> Enrolment:
        """Lets laptops in and shuts them out."""
        return Enrolment(
            self.store, county=self.county, key=self.keys.signing, clock=self.clock, new_id=self.new_id
        )

    @cached_property
    def acceptance(self) -> Acceptance:
        """Takes entries in."""
        quarantine = Quarantine(new_id=self.new_id, now_ms=self.now_ms)
        return Acceptance(self.store, key=self.keys.signing, quarantine=quarantine, now_ms=self.now_ms)

    @cached_property
    def applier(self) -> Applier:
        """Merges the log."""
        return Applier(self.store, new_id=self.new_id, now_ms=self.now_ms)

    @cached_property
    def handing_out(self) -> HandingOut:
        """Gives entries out."""
        return HandingOut(self.store)

    @cached_property
    def attachments(self) -> Attachments:
        """Takes and gives photos and scans."""
        return Attachments(self.store, now_ms=self.now_ms)

    @cached_property
    def greeter(self) -> Greeter:
        """Compares vectors."""
        return Greeter(self.store, key=self.keys.signing, new_id=self.new_id, now_ms=self.now_ms)

    def now_ms(self) -> int:
        """This moment, in UTC milliseconds."""
        return int(self.clock.now_utc().timestamp() * 1000)

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()


def open_county(
    folder: ServerFolder, *, clock: Clock, database: str | None = None, county: str | None = None
) -> CountyServer:
    """Open the county in the folder's own file, or in the PostgreSQL at the address ``database``."""
    keys = open_keys(folder, county=county) if county else open_keys(folder)
    backend: Backend
    if database is None:
        backend = EmbeddedBackend(folder.database, keys.database_key)
    else:
        backend = PostgresBackend(database)
    try:
        return _opened(backend, keys, clock, folder)
    except BaseException:
        backend.close()
        raise


def _opened(backend: Backend, keys: CountyKeys, clock: Clock, folder: ServerFolder) -> CountyServer:
    store = SQLStore(backend, keys.county)
    server = CountyServer(store, keys, clock, IdentifierSource(clock))
    backend.migrate(now_ms=server.now_ms())
    row = CountyRow(
        county=keys.county,
        name=keys.county,
        public_key=keys.signing.public_key,
        epoch=1,
        created_ms=server.now_ms(),
    )

    def found(session: Session) -> bool:
        session.devices.found_county(row)
        known = session.devices.county()
        return known is not None and known.public_key == row.public_key

    if not store.write(found):
        raise OtherCountyKeyError(folder=folder.folder)
    return server
