"""The first start of a workspace: key, file, person and laptop."""

import os
import uuid
from contextlib import ExitStack
from dataclasses import replace

from fangshan_desk.app.keys import create_key, create_sample_key, device_signing_key
from fangshan_desk.app.opening import OWNER, file_places
from fangshan_desk.data.desk_file import create_desk_file, open_desk_file
from fangshan_desk.domain.records.declaring import Record
from fangshan_desk.domain.records.people import Device, Officer
from fangshan_desk.support.atomic_files import sync_folder, write_atomically
from fangshan_desk.support.clock import Clock, SystemClock
from fangshan_desk.support.data_key import DataKey, KeyLabel
from fangshan_desk.support.identifiers import IdentifierSource
from fangshan_desk.support.paths import Workspace
from fangshan_desk.support.single_instance import InstanceLock
from fangshan_desk.sync.sealing import ChangesetSealer
from fangshan_desk.usecases.starting import (
    ROLES_OF_BODY,
    SHORTEST_PASSPHRASE,
    FirstStart,
    NameMissingError,
    PassphraseTooShortError,
    RoleOfOtherBodyError,
    WorkspaceStartedError,
)


def start_workspace(
    workspace: Workspace, answers: FirstStart, passphrase: str | None, *, clock: Clock | None = None
) -> None:
    """Make a workspace; ``passphrase`` None makes one with an open key (the invented county only).

    Raises WorkspaceStartedError, NameMissingError, RoleOfOtherBodyError or PassphraseTooShortError and
    leaves nothing behind.
    """
    if workspace.is_started():
        raise WorkspaceStartedError(folder=workspace.folder)
    if not answers.name.strip():
        raise NameMissingError
    if answers.role not in ROLES_OF_BODY[answers.body]:
        raise RoleOfOtherBodyError(role=answers.role, body=answers.body)
    if passphrase is not None and len(passphrase) < SHORTEST_PASSPHRASE:
        raise PassphraseTooShortError(least=SHORTEST_PASSPHRASE)
    workspace.create_folders()
    chosen = clock or SystemClock()
    with InstanceLock(workspace.lock), ExitStack() as undo:
        _remove_start(workspace)
        write_atomically(workspace.starting, b"")
        undo.callback(_remove_start, workspace)
        key = create_sample_key(workspace) if passphrase is None else create_key(workspace, passphrase)
        with key:
            _make_file(workspace, key, answers, chosen)
        # From here on the workspace is started; everything before can be made again after any end.
        os.replace(workspace.unfinished_database, workspace.database)
        sync_folder(workspace.folder)
        undo.pop_all()
    workspace.starting.unlink(missing_ok=True)


def _remove_start(workspace: Workspace) -> None:
    # Only what this or an earlier, unfinished start made: there is no database yet.
    database = workspace.unfinished_database
    logs = [database.with_name(database.name + end) for end in ("-wal", "-shm")]
    for path in (database, *logs, workspace.key_file, workspace.head, workspace.starting):
        path.unlink(missing_ok=True)


def _make_file(workspace: Workspace, key: DataKey, answers: FirstStart, clock: Clock) -> None:
    signing = device_signing_key(key)
    ids = IdentifierSource(clock)
    device = Device(
        id=ids(),
        number=answers.device_number,
        name=answers.device_name or answers.name,
        public_key=signing.public_key.hex(),
    )
    officer = Officer(
        id=ids(), name=answers.name.strip(), body=answers.body, role=answers.role, post=answers.post
    )
    database_key = key.sub_key(KeyLabel.DATABASE)
    places = replace(file_places(workspace), database=workspace.unfinished_database)
    identity = uuid.UUID(device.id).bytes
    create_desk_file(places, database_key, device=identity, public_key=signing.public_key)
    sealer = ChangesetSealer(
        sign=signing.sign,
        wall=lambda: (int(clock.now_utc().timestamp() * 1000), clock.offset_minutes()),
    )
    file = open_desk_file(places, database_key, sealer=sealer, backup=lambda _database: None)
    try:
        with file.transaction(officer.id) as uow:
            records: tuple[Record, ...] = (officer, device)
            uow.insert(*records)
            uow.remember(OWNER, {"officer_id": officer.id, "device_id": device.id})
            uow.commit()
    finally:
        file.close()
