"""Opens a workspace: key, lock, file, reference files, and the desk that use cases and screens share."""

import argparse
import secrets
import threading  # noqa: TID251  # one transaction at a time, whichever lane asks
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import Self, TypeVar

from fangshan_desk.app.indexing import prepare_index
from fangshan_desk.app.keys import opened_key
from fangshan_desk.app.leftovers import remove_leftovers
from fangshan_desk.app.parts import Parts, build_parts
from fangshan_desk.data.backups import BackupSource, back_up
from fangshan_desk.data.desk_file import DeskFile, FilePlaces, open_desk_file
from fangshan_desk.data.engine import Database
from fangshan_desk.domain.changes import Changes
from fangshan_desk.domain.errors import ExpectedError
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.support.clock import Clock, SystemClock
from fangshan_desk.support.data_key import DataKey, KeyLabel
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.single_instance import InstanceLock
from fangshan_desk.usecases.desk import Job, Outcome, Readers
from fangshan_desk.usecases.ports import Services
from fangshan_desk.usecases.rectifying import pass_deadlines

T = TypeVar("T")
OWNER = "owner"
"""Name under which the desk remembers whose laptop this is."""


class WorkspaceEmptyError(ExpectedError):
    """Nothing was started in this folder yet: ``folder``."""

    key = "workspace-empty"


@dataclass(frozen=True)
class Identity:
    """The person and the laptop of a workspace."""

    officer: Officer
    device: Device


class OpenDesk:
    """One open workspace with the person who works in it; close it to release file, key and lock."""

    def __init__(self, parts: Parts, identity: Identity, closing: ExitStack) -> None:
        self._parts = parts
        self._identity = identity
        self._closing = closing
        self._turn = threading.Lock()
        self._services = parts.services(identity.officer, identity.device)

    @property
    def readers(self) -> Readers:
        """The readers."""
        return self._parts.readers

    @property
    def services(self) -> Services:
        """Clock, actor, reference files and so on."""
        return self._services

    @property
    def parts(self) -> Parts:
        """Everything else the composition root hands on: file, stores, keys."""
        return self._parts

    def transact(self, job: Job[T]) -> Outcome[T]:
        """Run the job in one transaction and commit it; on an error nothing is kept."""
        with self._turn, self._parts.file.transaction(self._identity.officer.id) as uow:
            result = job(uow, self._services)
            uow.commit()
            return Outcome(result, uow.changes)

    def work_as(self, officer: Officer) -> None:
        """Change the person at the desk (the invented county lets one try every role)."""
        self._identity = replace(self._identity, officer=officer)
        self._services = self._parts.services(officer, self._identity.device)

    def close(self) -> None:
        """Empty the write-ahead log, wipe the key, release the lock."""
        self._closing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_desk(
    workspace: Workspace,
    passphrase: str | None,
    *,
    clock: Clock | None = None,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> OpenDesk:
    """Open the workspace; ``passphrase`` None opens only the invented county.

    ``random_bytes`` feeds the ids of new records; the invented county makes them repeatable.

    Raises WorkspaceEmptyError, or a failure that leaves every file untouched.
    """
    if not workspace.is_started():
        raise WorkspaceEmptyError(folder=workspace.folder)
    with ExitStack() as closing:
        closing.enter_context(InstanceLock(workspace.lock))
        remove_leftovers(workspace)
        key = closing.enter_context(opened_key(workspace, passphrase))
        chosen = clock or SystemClock()
        file = _open_file(workspace, key, chosen)
        closing.callback(file.close)
        ids = IdentifierSource(chosen, random_bytes=random_bytes)
        parts = build_parts(workspace, key, file, clock=chosen, new_id=ids)
        closing.callback(parts.close)
        prepare_index(file, parts.reference)
        desk = OpenDesk(parts, _identity(file, key), closing.pop_all())
    begin_day(desk)
    return desk


def begin_day(desk: OpenDesk) -> Changes:
    """Mark what became overdue since yesterday; at every start and at midnight."""
    # Looked up by index first: reading every open item would be felt at each start.
    late = desk.readers.ledger.past_deadline(today=desk.services.clock.today())
    if not late:
        return Changes()
    return desk.transact(
        lambda uow, services: pass_deadlines(uow=uow, services=services, item_ids=late)
    ).changes


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[OpenDesk]:
    """The desk of a command's ``--workspace`` and passphrase options."""
    from fangshan_desk.app.keys import passphrase_of

    desk = open_desk(options.place, passphrase_of(options))
    try:
        yield desk
    finally:
        desk.close()


def file_places(workspace: Workspace) -> FilePlaces:
    """Where the file and its companions are."""
    return FilePlaces(workspace.database, workspace.head, workspace.backups)


def _open_file(workspace: Workspace, key: DataKey, clock: Clock) -> DeskFile:
    from fangshan_desk.app.keys import device_signing_key
    from fangshan_desk.sync.sealing import ChangesetSealer

    signing = device_signing_key(key)

    def wall() -> tuple[int, int]:
        return int(clock.now_utc().timestamp() * 1000), clock.offset_minutes()

    def before_migrating(database: Database) -> None:
        source = BackupSource(database, key.sub_key(KeyLabel.DATABASE), workspace.key_file, None)
        name = f"before-migration-{clock.now_utc():%Y%m%dT%H%M%S}.fsbak"
        back_up(source, workspace.backups / name, made_at=clock.now_utc())

    return open_desk_file(
        file_places(workspace),
        key.sub_key(KeyLabel.DATABASE),
        sealer=ChangesetSealer(sign=signing.sign, wall=wall),
        backup=before_migrating,
    )


def _identity(file: DeskFile, key: DataKey) -> Identity:
    with file.transaction("") as uow:
        owner = uow.recall(OWNER) or {}
        officer = uow.get(Officer, owner.get("officer_id", ""))
        device = uow.get(Device, owner.get("device_id", ""))
    return Identity(officer, device)
